"""The table of docs/reliability.md, row for row: what fails, made to fail, ends with the code that stands there. The
Chinese page has the same rows."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import unittest
from collections.abc import Callable

import faults
from faults import DAY, ROOT, Place, Stage, staged, stages
from test_disk import IS_ROOT, NOBODY, give_to_nobody

BILL = ("boms-bill", "run", "--as-of", DAY)


def table(page: str) -> list[list[str]]:
    """The cells of the page's first table, without its head."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    first = [[cell.strip() for cell in row] for row in rows if len(row) == 4]
    return [row for row in first[2:]]


def failing(inject: str) -> tuple[str, ...]:
    """All calls of this kind fail."""
    return ("strace", "-qq", "-o", "/dev/null", "-e", f"inject={inject}")


def needs(*programs: str) -> None:
    missing = [name for name in programs if not shutil.which(name)]
    if missing:
        raise unittest.SkipTest(f"not installed: {', '.join(missing)}")


# Each gives the exit code, as a shell would show it.


def killed(place: Place) -> int:
    child = place.start(*BILL)
    child.kill()
    child.communicate()
    return 128 - child.returncode


def disk_full(place: Place) -> int:
    needs("strace")
    return place.run(*BILL, before=failing("pwrite64:error=ENOSPC")).status


def disk_fails(place: Place) -> int:
    needs("strace")
    return place.run(*BILL, before=failing("fdatasync:error=EIO")).status


def read_only(place: Place, what: str) -> int:
    if IS_ROOT:
        needs("setpriv")
        give_to_nobody(place)
    os.chmod(place.database if what == "file" else place.folder, 0o444 if what == "file" else 0o555)
    status = place.run(*BILL, before=NOBODY if IS_ROOT else ()).status
    os.chmod(place.folder, 0o755)
    os.chmod(place.database, 0o644)
    return status


def no_database(place: Place) -> int:
    place.database.unlink()
    return place.run(*BILL).status


def overwrite(place: Place, start: int, end: int) -> None:
    with open(place.database, "r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * (end - start))


def damaged_page(place: Place) -> int:
    size = place.database.stat().st_size
    overwrite(place, 8192, size)
    return place.run(*BILL).status


def no_database_any_more(place: Place) -> int:
    overwrite(place, 0, 4096)
    return place.run(*BILL).status


def found_by_check(place: Place) -> int:
    """A page of an index: no program that does not use it sees it."""
    (page,) = place.query("SELECT rootpage FROM sqlite_schema WHERE name = 'reminder_event_reminder'")[0]
    overwrite(place, (page - 1) * 4096, page * 4096)
    return place.checked().status


def foreign(place: Place) -> int:
    place.database.unlink()
    with sqlite3.connect(place.database) as books:
        books.execute("CREATE TABLE a (b)")
    books.close()
    return place.run(*BILL).status


def damaged_backup(place: Place) -> int:
    place.succeed("boms-db", "backup", "copy.db")
    size = (place.folder / "copy.db").stat().st_size
    os.truncate(place.folder / "copy.db", size // 2)
    return place.run("boms-db", "restore", "copy.db").status


def output_full(place: Place) -> int:
    with open("/dev/full", "wb") as full:
        return place.run(*BILL, stdout=full).status


def reader_gone(place: Place) -> int:
    receiving, sending = os.pipe()
    os.close(receiving)
    status = place.run(*BILL, stdout=sending).status
    os.close(sending)
    return 128 - status


def output_closed(place: Place) -> int:
    words = [str(faults.PROGRAMS / BILL[0]), *BILL[1:]]
    return subprocess.run(
        ["bash", "-c", 'exec "$@" >&-', "bash", *words], env=place.settings, capture_output=True).returncode  # fmt: skip


def no_place_for_a_file(place: Place) -> int:
    return place.run("boms-db", "backup", "nowhere/copy.db").status


def no_temporary(place: Place) -> int:
    place.settings["TMPDIR"] = str(place.folder / "nowhere")
    # A list that is read twice.
    return place.run(
        "boms-invoice", "post", "--from", "-", "--voucher", "1", "--period", "2026-11", stdin=b"invoice_no\n").status


def clock_back(place: Place) -> int:
    place.succeed(*BILL)
    return place.run("boms-bill", "run", "--as-of", "2016-11-22").status


def busy(place: Place) -> int:
    with sqlite3.connect(place.database, isolation_level=None) as books:
        books.execute("BEGIN IMMEDIATE")
        status = place.run(*BILL, "--wait", "1").status
        books.execute("ROLLBACK")
    books.close()
    return status


def restore_in_use(place: Place) -> int:
    place.succeed("boms-db", "backup", "copy.db")
    with sqlite3.connect(place.database) as books:
        books.execute("SELECT count(*) FROM unit").fetchall()
        books.execute("BEGIN").execute("SELECT count(*) FROM unit").fetchall()
        status = place.run("boms-db", "restore", "copy.db", "--wait", "1").status
    books.close()
    return status


def bad_input(place: Place) -> int:
    return place.run("boms-import", "tenant", stdin=b"tenant_no,name\nT9,\n").status


def some_bad(place: Place) -> int:
    return place.run(
        "boms-import", "tenant", "--rejects", "bad.csv", stdin=b"tenant_no,name\nT8,x\nT9,\n").status


def no_input(place: Place) -> int:
    return place.run("boms-import", "tenant", "nowhere.csv").status


def no_sender(place: Place) -> int:
    place.succeed("boms-remind", "run", "--as-of", DAY)
    return place.run(
        "boms-remind", "deliver", "--channel", "mail", "--as-of", DAY, "--via", "/nowhere/deliver-mail").status


# In the order of the table.
ROWS: list[tuple[str, Callable[[Place], int]]] = [
    ("killed", killed),
    ("the disk is full", disk_full),
    ("the disk fails", disk_fails),
    ("the database file may only be read", lambda place: read_only(place, "file")),
    ("its folder may only be read", lambda place: read_only(place, "folder")),
    ("the database is not there", no_database),
    ("a page of the database is damaged", damaged_page),
    ("… and no program has looked at it", found_by_check),
    ("the file is no database any more", no_database_any_more),
    ("the file is another program's database", foreign),
    ("a backup is damaged", damaged_backup),
    ("standard output is full", output_full),
    ("whoever reads the output goes", reader_gone),
    ("standard output is closed", output_closed),
    ("a file cannot be made", no_place_for_a_file),
    ("there is no folder for temporary files", no_temporary),
    ("the clock goes back", clock_back),
    ("another program writes", busy),
    ("a restore while books are open", restore_in_use),
    ("bad input", bad_input),
    ("bad input with `--rejects`", some_bad),
    ("an input is not there", no_input),
    ("a program that sends is not there", no_sender),
]


class Table(unittest.TestCase):
    def test_every_row_holds(self) -> None:
        rows = table("docs/reliability.md")
        self.assertEqual([row[0] for row in rows], [name for name, _ in ROWS])
        before: Stage = stages()[1]
        for (name, fault), row in zip(ROWS, rows):
            with self.subTest(name), staged(before.before) as place:
                self.assertEqual(str(fault(place)), row[2].strip("`"), row)

    def test_the_chinese_page_has_the_same_rows(self) -> None:
        codes = [row[2] for row in table("docs/reliability.md")]
        self.assertEqual([row[2] for row in table("docs/zh/reliability.md")], codes)

    def test_every_code_that_is_named_is_documented(self) -> None:
        codes = {int(row[2].strip("`")) for row in table("docs/reliability.md")}
        signals = {128 + signal.SIGKILL, 128 + signal.SIGPIPE}
        self.assertLessEqual(codes - signals, faults.DOCUMENTED)
        page = (ROOT / "docs/outputs.md").read_text(encoding="utf-8")
        for code in codes - signals:
            self.assertTrue(re.search(rf"^\| {code} \|", page, re.MULTILINE), code)


if __name__ == "__main__":
    unittest.main()
