"""Disks that are full, fail, may not be written, or lost a page: the books are what they were or what they were to
be, the program says so with its exit code, and the next run makes up for it."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import faults
from faults import Place, Ran, Stage, chance, dump, each, staged, stages, tell, times

IS_ROOT = os.geteuid() == 0
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def strace(calls: str, inject: str | None, *paths: str) -> tuple[str, ...]:
    """Runs a program; of its calls only those count that are about those files."""
    what = ("-e", f"inject={calls}:{inject}") if inject else ()
    only = [word for path in paths for word in ("-P", path)]
    return ("strace", "-qq", "-o", "/dev/null" if inject else "calls", *only, "-e", f"trace={calls}", *what)


class Disk(unittest.TestCase):
    maxDiff = 2000

    def holds(self, place: Place, stage: Stage, ran: Ran, when: object, codes: set[int]) -> None:
        """What it says is so, and nothing is there in part; the next run, undisturbed, makes up for it."""
        self.assertTrue(ran.is_documented, (stage.step.name, when, ran))
        found = stage.was if place.is_still(stage.before) else place.dump()
        if ran.status in stage.step.statuses:
            self.assertEqual(found, stage.will, f"{stage.step.name} {when} says that all is well: {ran}")
        else:
            self.assertIn(ran.status, codes, (stage.step.name, when, ran))
            if stage.step.name != "remind deliver":
                self.assertIn(found, (stage.was, stage.will), f"{stage.step.name} {when} happened in part: {ran}")

    def makes_up(self, place: Place, stage: Stage, when: object) -> None:
        words = stage.step.words
        if stage.step.name == "remind deliver":
            # What could not be sent is tried when its time has come.
            words = tuple(word.replace("T02:", "T09:") for word in words)
        again = place.run(*words)
        self.assertIn(again.status, stage.step.statuses + stage.step.again, (stage.step.name, when, again))
        found, wanted = place.dump(), stage.will
        if stage.step.name == "remind deliver":
            found, wanted = sent(found), sent(wanted)
        self.assertEqual(found, wanted, f"{stage.step.name} {when}, after the next run")

    # Full.

    @unittest.skipUnless(IS_ROOT and shutil.which("mount"), "only root may mount a small disk")
    def test_a_small_disk_that_is_full(self) -> None:
        place = Place(folder=Path(tempfile.mkdtemp(prefix="boms-small-disk-")))
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16m", "boms-faults", place.folder], capture_output=True)
        if mounted.returncode != 0:
            place.remove()
            self.skipTest(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
        try:
            faults.files(place.folder)
            for stage in stages():
                with self.subTest(stage.step.name):
                    self.small_disk(place, stage)
        finally:
            subprocess.run(["umount", place.folder], check=True)
            place.remove()

    def small_disk(self, place: Place, stage: Stage) -> None:
        ends: Counter[str] = Counter()
        # From nothing that is left to more than enough, in pages.
        for left in [*range(0, 40, 1), *range(40, 400, 10)][:: max(1, round(0.2 / faults.PART))]:
            for path in place.folder.glob("m.db*"):
                path.unlink()
            (place.folder / "sent").unlink(missing_ok=True)
            shutil.copyfile(stage.before, place.database)
            free = os.statvfs(place.folder).f_bavail
            ballast = place.folder / "ballast"
            ballast.write_bytes(bytes(max(0, free - left) * 4096))
            ran = place.run(*stage.step.words)
            ballast.unlink()
            when = f"with {left} pages left"
            # The program that sends is shell, and may itself find no room.
            self.holds(place, stage, ran, when, {1, 74} if stage.step.name == "remind deliver" else {74})
            self.makes_up(place, stage, when)
            ends["went through" if ran.status in stage.step.statuses else f"exit code {ran.status}"] += 1
        tell(f"small disk: {stage.step.name}: {dict(ends)}")
        self.assertGreater(ends["went through"], 0)

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_every_call_on_the_books_that_fails(self) -> None:
        for stage in stages():
            with self.subTest(stage.step.name):
                points = []
                for call, error in [
                    ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("ftruncate", "ENOSPC"),
                    ("pread64", "EIO"), ("openat", "EACCES"), ("openat", "EMFILE"), ("unlink", "EACCES"),
                ]:  # fmt: skip
                    with staged(stage.before) as place:
                        place.run(*stage.step.words, before=strace(call, None, *paths(place)))
                        count = len((place.folder / "calls").read_text().splitlines())
                    points += [(call, error, number) for number in range(1, count + 1)]
                points = points[:: max(1, round(1 / faults.PART))]

                def fail(point: tuple[str, str, int], stage: Stage = stage) -> int:
                    call, error, number = point
                    with staged(stage.before) as place:
                        before = strace(call, f"error={error}:when={number}", *paths(place))
                        ran = place.run(*stage.step.words, before=before)
                        self.holds(place, stage, ran, point, {66, 73, 74, 75})
                        self.makes_up(place, stage, point)
                        return ran.status

                ends = Counter(each(points, fail))
                tell(f"failing calls: {stage.step.name}: {len(points)} calls, exit codes {dict(sorted(ends.items()))}")

    # Read only.

    @unittest.skipUnless(IS_ROOT and shutil.which("mount"), "only root may mount a disk that cannot be written")
    def test_a_disk_that_cannot_be_written(self) -> None:
        for stage in stages():
            with self.subTest(stage.step.name), staged(stage.before) as place:
                files = shutil.copytree(place.folder, place.folder.with_suffix(".files"), symlinks=True)
                subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "boms-faults", place.folder], check=True)
                try:
                    shutil.copytree(files, place.folder, symlinks=True, dirs_exist_ok=True)
                    shutil.rmtree(files)
                    subprocess.run(["mount", "-o", "remount,ro", place.folder], check=True)
                    self.refused(place, stage, ())
                finally:
                    subprocess.run(["umount", place.folder], check=True)

    @unittest.skipUnless(not IS_ROOT or shutil.which("setpriv"), "root may write whatever is read only")
    def test_a_file_and_a_folder_that_may_only_be_read(self) -> None:
        # Whoever is not root; root becomes nobody for it.
        who = NOBODY if IS_ROOT else ()
        for what in ("file", "folder"):
            for stage in stages():
                with self.subTest(what, step=stage.step.name), staged(stage.before) as place:
                    if IS_ROOT:
                        give_to_nobody(place, stage.before.parent)
                    os.chmod(place.folder, 0o555 if what == "folder" else 0o755)
                    os.chmod(place.database, 0o444 if what == "file" else 0o644)
                    if place.run("boms-db", "info", "--version", before=who).status != 0:
                        self.skipTest("nobody cannot run the programs here")
                    self.refused(place, stage, who)
                    os.chmod(place.folder, 0o755)

    def refused(self, place: Place, stage: Stage, who: tuple[str, ...]) -> None:
        was = place.dump()
        ran = place.run(*stage.step.words, before=who)
        self.assertTrue(ran.is_documented, ran)
        self.assertIn(ran.status, {66, 73}, ran)
        self.assertIn("hint:", ran.err)
        self.assertEqual(place.dump(), was)

    # Damaged.

    def test_pages_that_are_damaged_are_found_and_a_backup_helps(self) -> None:
        stage = stages()[-1]
        place = Place(stage.before)
        backup = place.folder / "backup.db"
        place.succeed("boms-db", "backup", str(backup))
        wanted = dump(backup)
        size = place.database.stat().st_size
        page_size = place.query("PRAGMA page_size")[0][0]
        readers = [("boms-export", name) for name in ("charges", "open_items", "unit", "journal", "contract")]
        readers += [("boms-db", "info"), ("boms-invoice", "list"), ("boms-remind", "list")]
        readers += [("boms-bill", "notice", "--month", "2026-10")]
        used: set[int] = {row[0] for row in place.query("SELECT pageno FROM dbstat")} if has_dbstat(place) else set()

        def damage(number: int) -> str:
            random = chance(("page", number))
            page = 0 if number % 20 == 0 else random.randrange(size // page_size)
            with staged(stage.before) as place:
                with open(place.database, "r+b") as file:
                    match random.randrange(4):
                        case 0:  # A page of noise.
                            file.seek(page * page_size)
                            file.write(random.randbytes(page_size))
                        case 1:  # A page of nothing.
                            file.seek(page * page_size)
                            file.write(bytes(page_size))
                        case 2:  # Half a page that was never written: its header is right.
                            file.seek(page * page_size + page_size // 2)
                            file.write(random.randbytes(page_size // 2))
                        case 3:  # The end is gone.
                            file.truncate(page * page_size + random.randrange(page_size))
                changed = place.database.read_bytes() != stage.before.read_bytes()
                for words in [random.choice(readers), stage.step.words, random.choice(faults.STEPS[1:]).words]:
                    ran = place.run(*words)
                    self.assertTrue(ran.is_documented, (number, page, ran))
                    # 66, 78: no database, or not one of ours, any more. 0, 1: the page was not looked at.
                    self.assertIn(ran.status, {0, 1, 65, 66, 74, 78}, (number, page, ran))
                found = place.checked()
                self.assertTrue(found.is_documented, (number, page, found))
                # The first page says what the file is.
                self.assertIn(found.status, {0, 1} | ({66, 78} if page == 0 else set()), (number, page, found))
                if found.status == 1:
                    self.assertIn("db.", found.out)
                restored = place.run("boms-db", "restore", str(backup))
                if page == 0 and restored.status == 78:
                    # What it is can no longer be known: it is moved away by hand.
                    for path in place.folder.glob("m.db*"):
                        path.unlink()
                    restored = place.run("boms-db", "restore", str(backup))
                self.assertEqual(restored.status, 0, (number, page, restored))
                self.assertEqual(place.dump(), wanted, (number, page))
                self.assertEqual(place.checked().status, 0)
                if not changed:
                    return "nothing was changed"
                return "found by check" if found.status else "in no table" if page + 1 not in used else "not found"

        ends = Counter(each(range(times(1000)), damage))
        tell(f"damaged pages: {dict(ends)}")
        place.remove()
        self.assertGreater(ends["found by check"], 0)

    def test_a_log_of_noise_beside_the_books_costs_nothing(self) -> None:
        stage = stages()[1]
        for number in range(times(200)):
            random = chance(("log", number))
            with staged(stage.before) as place:
                for ending in random.choice([("-wal",), ("-shm",), ("-wal", "-shm"), ("-journal",)]):
                    noise = random.randbytes(random.choice([0, 1, 32, 5000, 70000]))
                    Path(f"{place.database}{ending}").write_bytes(noise)
                ran = place.run(*stage.step.words)
                self.assertEqual(ran.status, 0, ran)
                self.assertEqual(place.dump(), stage.will)


def sent(dumped: list[str]) -> list[str]:
    """Which reminders were sent: each once."""
    events = [re.match(r"reminder_event\|\(\d+, (\d+), 'sent'", line) for line in dumped]
    return sorted(event[1] for event in events if event)


def give_to_nobody(place: Place, *folders: Path) -> None:
    """Root may do everything; nobody, who has a role in these books, may do what files allow."""
    place.succeed("boms-db", "grant", "nobody", "admin")
    for path in (place.folder, place.database, *folders):
        os.chown(path, 65534, 65534)


def paths(place: Place) -> list[str]:
    return [f"{place.database}{ending}" for ending in ("", "-wal", "-shm")]


def has_dbstat(place: Place) -> bool:
    try:
        place.query("SELECT 1 FROM dbstat LIMIT 1")
    except faults.sqlite3.OperationalError:
        return False
    return True


if __name__ == "__main__":
    unittest.main()
