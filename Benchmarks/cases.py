"""What is measured, and beside what: a to h of the issues. Each case checks that both sides have
come to the same result before it believes their seconds."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from mall import AS_OF, PRAGMAS, Mall
from measure import Command, Cost, Failed, best, median, run


@dataclass(frozen=True)
class Target:
    """What is to be reached: a ratio, seconds, or rows a second of ours."""

    kind: str
    limit: float

    def __str__(self) -> str:
        if self.kind == "ratio":
            return f"≤ {self.limit:g}×"
        if self.kind == "rate":
            return f"≥ {self.limit:,.0f}/s"
        if self.limit < 0.1:
            return f"≤ {self.limit * 1000:g} ms"
        return f"< {self.limit:g} s"


@dataclass(frozen=True)
class Result:
    case: str
    what: str
    rows: int
    target: Target
    ours: Cost
    theirs: Cost | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours.seconds / self.theirs.seconds if self.theirs else None

    @property
    def cpu_ratio(self) -> float | None:
        """Of processor time: what is left of the ratio when other programs disturb the clock."""
        return self.ours.cpu / self.theirs.cpu if self.theirs else None

    @property
    def rate(self) -> float:
        return self.rows / self.ours.seconds

    @property
    def is_met(self) -> bool:
        if self.target.kind == "ratio":
            return self.ratio is not None and self.ratio <= self.target.limit
        if self.target.kind == "rate":
            return self.rate >= self.target.limit
        return self.ours.seconds <= self.target.limit


def shell(database: Path, script: str, stdout: Path = Path("/dev/null")) -> Command:
    return Command(["sqlite3", "-bail", "-batch", str(database)], stdin=script, stdout=stdout)


def value(database: Path, query: str) -> tuple:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchone()
    finally:
        connection.close()


def agree(what: str, left: object, right: object) -> None:
    if left != right:
        raise Failed(f"{what}: ours gives {left}, SQLite {right}")


def line_count(path: Path) -> int:
    with open(path, "rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def on_copy(mall: Mall, original: Path, name: str, command: Command) -> Command:
    """The command with a fresh copy of a database, made before it starts."""
    return Command(
        command.arguments, command.stdin, command.stdout, lambda: mall.copy(original, name)
    )


def import_readings(mall: Mall, repeat: int) -> list[Result]:
    ours, theirs = mall.folder / "a-ours.db", mall.folder / "a-sqlite.db"
    script = (
        f"{PRAGMAS}\nBEGIN IMMEDIATE;\n"
        f'.import --csv "{mall.stored_readings}" reading\nCOMMIT;\n'
    )
    costs = best(
        [
            on_copy(mall, mall.metered, ours.name, Command(
                mall.tool("boms-import", "--db", str(ours), "reading", str(mall.readings)))),
            on_copy(mall, mall.metered, theirs.name, shell(theirs, script)),
        ],
        repeat,
    )  # fmt: skip
    query = "SELECT count(*), sum(value_e6), max(read_on), min(meter_no) FROM reading"
    agree("readings", value(ours, query), value(theirs, query))
    what = "import reading : sqlite3 .import"
    return [Result("a", what, mall.meters * 100, Target("ratio", 1.0), *costs)]


def bill(mall: Mall, repeat: int) -> list[Result]:
    ours, theirs = mall.folder / "b-ours.db", mall.folder / "b-sqlite.db"
    charges = mall.folder / "b-charges.csv"
    script = f"""{PRAGMAS}
ATTACH '{mall.staged}' AS staged;
BEGIN IMMEDIATE;
INSERT INTO bill SELECT * FROM staged.bill ORDER BY rowid;
INSERT INTO charge SELECT * FROM staged.charge ORDER BY rowid;
INSERT INTO number_series SELECT * FROM staged.number_series;
COMMIT;
"""
    costs = best(
        [
            on_copy(mall, mall.let, ours.name, Command(mall.bill(ours), stdout=charges)),
            on_copy(mall, mall.let, theirs.name, shell(theirs, script)),
        ],
        repeat,
    )
    for query in (
        "SELECT count(*), sum(amount_fen), max(bill_no), min(due_on) FROM bill",
        "SELECT count(*), sum(net_fen), sum(tax_fen), max(bill_no) FROM charge",
    ):
        agree("bills", value(ours, query), value(theirs, query))
    agree("charges printed", line_count(charges) - 1, mall.size)
    what = "bill run : INSERT … SELECT"
    return [Result("b", what, mall.size, Target("ratio", 3.0), *costs)]


def bill_again(mall: Mall, repeat: int) -> list[Result]:
    path = mall.copy(mall.billed, "c.db")
    quiet = best([Command(mall.bill(path))], repeat)[0]
    agree("charges of a quiet night", value(path, "SELECT count(*) FROM charge")[0], mall.size)

    step = mall.folder / "price_step.csv"
    step.write_text(
        f"contract_no,line,from_on,price\nHT-{mall.size // 2:07d},1,2026-12-16,99.5\n"
    )
    # A price that changes in the middle of the month that is billed: the run adjusts it.
    run(Command(mall.tool("boms-import", "--db", str(path), "--restate", "price_step", str(step))))
    changed = run(Command(mall.bill(path)))
    agree(
        "adjustments", value(path, "SELECT count(*) FROM charge WHERE kind = 'adjust'")[0], 1
    )
    target = Target("seconds", 1.0)
    return [
        Result("c", "bill run, nothing due", mall.size, target, quiet),
        Result("c", "bill run, one contract changed", mall.size, target, changed),
    ]


def compute(mall: Mall, repeat: int) -> list[Result]:
    charges = mall.folder / "d-charges.csv"
    command = Command(
        mall.tool(
            "boms-bill", "compute", "--as-of", AS_OF, "--from", AS_OF, str(mall.leases_json)
        ),
        stdout=charges,
    )
    cost = best([command], repeat)[0]
    agree("charges computed", line_count(charges) - 1, mall.size)
    what = "bill compute, contracts"
    return [Result("d", what, mall.size, Target("rate", 100_000), cost)]


def export_charges(mall: Mall, repeat: int) -> list[Result]:
    ours, theirs = mall.folder / "e-ours.csv", mall.folder / "e-sqlite.csv"
    columns = (
        "bill_no, property_no, contract_no, tenant_no, tenant_name, company_no, line, item,"
        " item_name, kind, period_start, period_end, revision, bill_on, due_on, booked_on,"
        " quantity_e6, price_e6, tax_rate_e6, tax_code, net_fen, tax_fen, amount_fen, explain"
    )
    query = (
        f"SELECT {columns} FROM charges"
        " ORDER BY contract_no, source, period_start, kind, revision"
    )
    database = str(mall.billed)
    costs = best(
        [
            Command(mall.tool("boms-export", "--db", database, "charges"), stdout=ours),
            Command(["sqlite3", "-csv", "-header", database, query], stdout=theirs),
        ],
        repeat,
    )
    agree("lines", line_count(ours), line_count(theirs))
    what = "export charges : sqlite3 -csv"
    return [Result("e", what, mall.size, Target("ratio", 1.5), *costs)]


def start(mall: Mall, repeat: int) -> list[Result]:
    del repeat
    costs = median(
        [Command(mall.tool("boms-bill", "--help")), Command(["sqlite3", "--version"])], 50
    )
    what = "bill --help : sqlite3 --version"
    return [Result("f", what, 1, Target("seconds", 0.015), *costs)]


def depreciate(mall: Mall, repeat: int) -> list[Result]:
    ours, theirs = mall.folder / "g-ours.db", mall.folder / "g-sqlite.db"
    months = mall.folder / "g-months.csv"
    script = f"""{PRAGMAS}
ATTACH '{mall.staged_depreciation}' AS staged;
BEGIN IMMEDIATE;
INSERT INTO depreciation SELECT * FROM staged.depreciation ORDER BY rowid;
COMMIT;
"""
    command = Command(mall.depreciate(ours, "2026-11"), stdout=months)
    costs = best(
        [
            on_copy(mall, mall.assets, ours.name, command),
            on_copy(mall, mall.assets, theirs.name, shell(theirs, script)),
        ],
        repeat,
    )
    query = "SELECT count(*), sum(amount_fen), sum(net_fen), max(booked_on) FROM depreciation"
    agree("depreciation", value(ours, query), value(theirs, query))
    agree("months printed", line_count(months) - 1, mall.size)
    again = best([Command(mall.depreciate(ours, "2026-11"))], 1)[0]
    what = "depreciate run : INSERT … SELECT"
    return [
        Result("g", what, mall.size, Target("ratio", 3.0), *costs),
        Result("g", "depreciate run again, nothing due", mall.size, Target("seconds", 1.0), again),
    ]


def import_invoices(mall: Mall, repeat: int) -> list[Result]:
    folder, ours, theirs = mall.invoices, mall.folder / "h-ours.db", mall.folder / "h-lxml.db"
    count = sum(1 for _ in folder.iterdir())
    script = Path(__file__).parent / "lxml_pool.py"
    importing = Command(
        mall.tool("boms-invoice", "import", "--db", str(ours), "--as-of", "2026-11-22", str(folder))
    )
    parsing = Command(["sh", "-c", 'exec xmllint --noout "$0"/*.xml', str(folder)])
    plain = Command(
        ["/usr/bin/python3", str(script), str(theirs), str(folder)],
        prepare=lambda: mall.remove(theirs),
    )
    costs = best([on_copy(mall, mall.empty, ours.name, importing), parsing, plain], repeat)
    agree(
        "invoices",
        value(ours, "SELECT count(*), sum(gross_fen) FROM invoice"),
        value(theirs, "SELECT count(*), CAST(round(sum(gross) * 100) AS INTEGER) FROM invoice"),
    )
    again = best([importing], 1)[0]
    return [
        Result("h", "invoice import : xmllint --noout", count, Target("ratio", 2.0), *costs[:2]),
        Result("h", "invoice import : lxml + sqlite3", count, Target("ratio", 0.5), costs[0], costs[2]),
        Result("h", "invoice import again, all known", count, Target("seconds", 2.0), again),
    ]


CASES: dict[str, Callable[[Mall, int], list[Result]]] = {
    "a": import_readings,
    "b": bill,
    "c": bill_again,
    "d": compute,
    "e": export_charges,
    "f": start,
    "g": depreciate,
    "h": import_invoices,
}

GROWING = ("a", "b", "d", "e", "g", "h")
"""Cases whose peak memory is compared with that of a tenth of the rows."""
