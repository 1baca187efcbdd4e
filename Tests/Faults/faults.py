"""What the tests of faults are written in: books, the steps of a night, and what became of them.

The built programs are those in BOMS_BIN or .build/debug. BOMS_FAULTS says how many faults of each kind
(1,000 kills of each step, 10,000 broken inputs for each reader, 60 seconds of many at once are its whole), as a
part of it: BOMS_FAULTS=0.05 is a quick look. BOMS_FAULTS_JOBS says how many programs run beside each other.
"""

import atexit
import filecmp
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("BOMS_BIN", ROOT / ".build/debug"))
SMALL = ROOT / "Tests/Fixtures/small"
PART = float(os.environ.get("BOMS_FAULTS", "1"))
JOBS = int(os.environ.get("BOMS_FAULTS_JOBS", os.cpu_count() or 1))

sys.path.insert(0, str(ROOT / "Tests/Mail"))
import mails  # noqa: E402

# What docs/outputs.md says about how a program ends. 70 is a bug of ours.
DOCUMENTED = {0, 1, 64, 65, 66, 69, 73, 74, 75, 77, 78}

Item = TypeVar("Item")
Result = TypeVar("Result")


def times(whole: int) -> int:
    return max(3, int(whole * PART))


def tell(text: str) -> None:
    """A figure, for docs/reliability.md."""
    print(f"faults: {text}", file=sys.stderr, flush=True)


def each(items: Iterable[Item], work: Callable[[Item], Result]) -> list[Result]:
    with ThreadPoolExecutor(JOBS) as pool:
        return list(pool.map(work, items))


class Ran(NamedTuple):
    words: tuple[str, ...]
    status: int
    out: str
    err: str

    @property
    def is_documented(self) -> bool:
        """Ends as the documents say, and says why where it failed."""
        said = self.status in (0, 1) or self.err != ""
        return self.status in DOCUMENTED and said and "unforeseen" not in self.err and "Fatal error" not in self.err


class Place:
    """A folder with books in it, `m.db`."""

    def __init__(self, books: Path | None = None, folder: Path | None = None) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="boms-faults-", dir=memory()))
        self.database = self.folder / "m.db"
        self.settings = {
            "PATH": os.environ["PATH"], "TZ": "UTC", "HOME": str(self.folder), "TMPDIR": str(self.folder),
            "BOMS_DB": str(self.database), "BOMS_LANG": "en",
        }  # fmt: skip
        if books is not None:
            shutil.copyfile(books, self.database)

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *words: str, before: tuple[str, ...] = (), **more: object) -> subprocess.Popen[bytes]:
        """Starts a program; `before` is what it runs under (strace)."""
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        return subprocess.Popen(
            [*before, PROGRAMS / words[0], *words[1:]], cwd=self.folder, env=self.settings, **given)

    def run(self, *words: str, before: tuple[str, ...] = (), stdin: bytes | None = None, **more: object) -> Ran:
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
        child = self.start(*words, before=before, **more)
        try:
            out, err = child.communicate(stdin, timeout=120)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise
        text = [(part or b"").decode(errors="replace") for part in (out, err)]
        return Ran(words, child.returncode, *text)

    def succeed(self, *words: str, statuses: tuple[int, ...] = (0,)) -> Ran:
        ran = self.run(*words)
        if ran.status not in statuses:
            raise AssertionError(ran)
        return ran

    def checked(self) -> Ran:
        return self.run("boms-db", "check")

    def query(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.database, timeout=60) as books:
            found = books.execute(sql).fetchall()
        books.close()
        return found

    def dump(self) -> list[str]:
        """Every row of the books, as who opens them next will find them. The files stay as they are."""
        left = self.left_over()
        if not left:
            return dump(self.database)
        with tempfile.TemporaryDirectory(dir=memory()) as folder:
            for file in (self.database, *left):
                shutil.copyfile(file, Path(folder) / file.name)
            return dump(Path(folder) / "m.db", is_whole=False)

    def left_over(self) -> list[Path]:
        """What the next one who opens the books takes into them, or back."""
        files = (Path(f"{self.database}{ending}") for ending in ("-wal", "-journal"))
        return [file for file in files if file.exists()]

    def is_still(self, books: Path) -> bool:
        """Byte for byte: then it need not be asked what stands in it."""
        return not self.left_over() and filecmp.cmp(self.database, books, shallow=False)


# What differs from run to run and is not books: when, who, and how long.
LOGS = ("audit", "job_run")


def dump(database: Path, *, is_whole: bool = True) -> list[str]:
    """The rows; of a file that is whole, without a lock or a file beside it."""
    books = sqlite3.connect(f"file:{database}{'?immutable=1' if is_whole else ''}", uri=True)
    try:
        tables = [row[0] for row in books.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
        return [
            f"{table}|{row}"
            for table in tables if not table.startswith(LOGS)
            for row in sorted(map(str, books.execute(f'SELECT * FROM "{table}"')))
        ]  # fmt: skip
    finally:
        books.close()


def memory() -> str | None:
    """A folder in memory if there is one: a thousand copies of books are nothing for a disk."""
    folder = Path("/dev/shm")
    is_roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 1 << 30
    return str(folder) if is_roomy else None


# The steps of a night.

DAY = "2026-11-22"
ASSETS_DAY = "2033-12-31"
DELIVER = "cat >> sent; echo >> sent"


class Step(NamedTuple):
    name: str
    words: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)
    # What a second run says, where it is another.
    again: tuple[int, ...] = ()


STEPS = [
    Step("import", ("boms-import", "--all", "registers")),
    Step("bill run", ("boms-bill", "run", "--as-of", DAY)),
    Step("collect run", ("boms-collect", "run", "--as-of", DAY)),
    Step("invoice import", ("boms-invoice", "import", "--as-of", DAY, "invoices")),
    Step("invoice post", ("boms-invoice", "post", "--as-of", DAY, "--from", "post.csv"), again=(65,)),
    Step("invoice match", ("boms-invoice", "match", "--as-of", DAY), (0, 1)),
    Step("invoice request", ("boms-invoice", "request", "run", "--as-of", DAY), (0, 1)),
    Step("depreciate run", ("boms-depreciate", "run", "--as-of", ASSETS_DAY)),
    Step("remind run", ("boms-remind", "run", "--as-of", DAY)),
    Step("remind deliver", (
        "boms-remind", "deliver", "--channel", "mail", "--digest", "--as-of", DAY, "--at", f"{DAY}T02:00:00Z",
        "--via", DELIVER)),
]  # fmt: skip


def files(folder: Path) -> None:
    """What the steps read: the registers of the small property, with purchases that invoices are for."""
    shutil.copytree(SMALL, folder / "registers")
    with open(folder / "registers/purchase.csv", "a", encoding="utf-8") as purchases:
        for index in range(1, 9):
            seller, amount = mails.SELLER[1], (index % 9 + 1) * 106
            purchases.write(f"CG-1{index},WY,,{seller},,2026-11-02,{amount},保洁,taxable,\n")
    (folder / "invoices").mkdir()
    for index in range(1, 12):
        (folder / f"invoices/{index}.xml").write_bytes(mails.invoice(index))
    more = {f"{index}__xml": mails.invoice(index) for index in range(8, 16)}
    (folder / "invoices/more.zip").write_bytes(mails.pack(**more))
    numbers = "".join(f"{mails.number(index)},记-{index},2026-11\n" for index in range(1, 7))
    (folder / "post.csv").write_text("invoice_no,voucher,period\n" + numbers, encoding="utf-8")


class Stage(NamedTuple):
    """A step, the books before it and after it, and how long it takes undisturbed."""

    step: Step
    before: Path
    was: list[str]
    will: list[str]
    out: str
    seconds: float


@cache
def stages() -> list[Stage]:
    """The night, undisturbed. Each stage's books and files are kept till the end."""
    place = Place()
    atexit.register(place.remove)
    folder = place.folder
    files(folder)
    place.succeed("boms-db", "init")
    made = []
    for number, step in enumerate(STEPS):
        before = folder / f"{number}.db"
        shutil.copyfile(place.database, before)
        was = place.dump()
        ran = place.succeed(*step.words, statuses=step.statuses)
        will = place.dump()
        if was == will:
            raise AssertionError(f"{step.name} does nothing: {ran}")
        made.append(Stage(step, before, was, will, ran.out, timed(step, before)))
        (folder / "sent").unlink(missing_ok=True)
    return made


def timed(step: Step, before: Path) -> float:
    """The median of some runs."""
    took = []
    for _ in range(5):
        with staged(before) as place:
            start = time.monotonic()
            place.succeed(*step.words, statuses=step.statuses)
            took.append(time.monotonic() - start)
    return sorted(took)[2]


def staged(before: Path) -> Place:
    """A place with those books and what the steps read."""
    place = Place(before)
    for name in ("registers", "invoices", "post.csv"):
        (place.folder / name).symlink_to(before.parent / name)
    return place


def killed(status: int) -> bool:
    return status in (-signal.SIGKILL, 128 + signal.SIGKILL)


def chance(seed: object) -> random.Random:
    """The same numbers in every run."""
    return random.Random(str(seed))
