"""A mall of a given size: files as a user would bring them, and databases made of them.

Everything is made when it is first asked for, the same for the same size. `size` is the number of
contracts, and of readings.
"""

import datetime
import shutil
import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Iterator

import invoices
from measure import Command, run

AS_OF = "2026-12-01"
"""The day of the run: one monthly charge of every contract is due, and none before it."""

DAYS = 100
"""So many readings of each meter."""

# How `Sources/Shared/Store/Books.swift` opens a database; WAL is in the file.
PRAGMAS = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"


def days_from(first: str, count: int) -> list[str]:
    start = datetime.date.fromisoformat(first)
    return [str(start + datetime.timedelta(days=day)) for day in range(count)]


class Mall:
    def __init__(self, folder: Path, tools: Path, size: int):
        self.folder = folder
        self.tools = tools
        self.size = size
        folder.mkdir(parents=True)

    # Files

    def _write(self, name: str, lines: Iterator[str]) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        return path

    @property
    def meters(self) -> int:
        return max(1, self.size // DAYS)

    def _readings(self) -> Iterator[tuple[str, str, int]]:
        """Day by day over all meters, as monthly files come; values in tenths."""
        for index, day in enumerate(days_from("2026-01-01", DAYS)):
            for meter in range(1, self.meters + 1):
                yield f"E{meter:06d}", day, meter * 37 % 5000 + index * (meter % 90 + 10)

    @cached_property
    def readings(self) -> Path:
        def lines() -> Iterator[str]:
            yield "meter_no,read_on,value,source\n"
            for meter, day, tenths in self._readings():
                yield f"{meter},{day},{tenths // 10}.{tenths % 10},manual\n"

        return self._write("readings.csv", lines())

    @cached_property
    def stored_readings(self) -> Path:
        """The same rows as the table has them, ids included, which `.import` asks for."""

        def lines() -> Iterator[str]:
            for row, (meter, day, tenths) in enumerate(self._readings(), 1):
                yield f"{row},{meter},{day},total,{tenths * 100_000},manual,0\n"

        return self._write("stored-readings.csv", lines())

    def _leases(self) -> Iterator[tuple[str, str, str, str, str, str, str]]:
        """Contract, tenant, first and last day, unit, area, price per m² and month."""
        starts = days_from("2025-01-01", 365)
        ends = days_from("2027-12-31", 365)
        for n in range(1, self.size + 1):
            area = 2000 + n * 7919 % 48_000
            price = 8000 + n * 104_729 % 22_000
            yield (
                f"HT-{n:07d}", f"T{(n - 1) // 10 + 1:06d}", starts[n % 365], ends[n % 365],
                f"U{n:07d}", f"{area // 100}.{area % 100:02d}",
                f"{price // 100}.{price % 100:02d}",
            )  # fmt: skip

    @cached_property
    def _registers(self) -> Path:
        """`DIR/<register>.csv`: one company, one property, ten contracts a tenant."""
        tables = {
            "company": ["company_no,name,credit_code", "CQ,示例商业有限公司,91330000142942095H"],
            "property": [
                "property_no,name,company_no,billing_from",
                f"XH01,示例购物中心,CQ,{AS_OF}",
            ],
            "fee_item": ["item,name,kind,tax_rate", "rent,租金,rent,9%"],
        }
        for name, rows in tables.items():
            self._write(f"registers/{name}.csv", (row + "\n" for row in rows))

        def tenants() -> Iterator[str]:
            yield "tenant_no,name\n"
            for n in range(1, (self.size + 9) // 10 + 1):
                yield f"T{n:06d},示例商贸有限公司{n}\n"

        def units() -> Iterator[str]:
            yield "unit_no,property_no,area_m2\n"
            for _, _, _, _, unit, area, _ in self._leases():
                yield f"{unit},XH01,{area}\n"

        def contracts() -> Iterator[str]:
            yield "contract_no,tenant_no,property_no,start_on,end_on\n"
            for contract, tenant, start, end, _, _, _ in self._leases():
                yield f"{contract},{tenant},XH01,{start},{end}\n"

        def contract_units() -> Iterator[str]:
            yield "contract_no,unit_no,from_on,area_m2\n"
            for contract, _, start, _, unit, area, _ in self._leases():
                yield f"{contract},{unit},{start},{area}\n"

        def terms() -> Iterator[str]:
            yield "contract_no,line,item,method,price,per\n"
            for contract, _, _, _, _, _, price in self._leases():
                yield f"{contract},1,rent,area,{price},month\n"

        self._write("registers/tenant.csv", tenants())
        self._write("registers/unit.csv", units())
        self._write("registers/contract.csv", contracts())
        self._write("registers/contract_unit.csv", contract_units())
        return self._write("registers/charge_term.csv", terms()).parent

    @cached_property
    def leases_json(self) -> Path:
        """The same contracts for `boms-bill compute`, one a line."""

        def lines() -> Iterator[str]:
            for contract, tenant, start, end, unit, area, price in self._leases():
                yield (
                    f'{{"contract_no":"{contract}","tenant_no":"{tenant}","start_on":"{start}",'
                    f'"end_on":"{end}","units":[{{"unit_no":"{unit}","area_m2":"{area}",'
                    f'"from_on":"{start}"}}],"terms":[{{"line":1,"item":"rent","method":"area",'
                    f'"price":"{price}","per":"month","cycle_months":1,"anchor":"calendar",'
                    '"timing":"advance","proration":"actual","tax_rate":"0.09",'
                    '"tax_included":true}]}\n'
                )

        return self._write("leases.jsonl", lines())

    # Databases

    def tool(self, name: str, *arguments: str) -> list[str]:
        return [str(self.tools / name), *arguments]

    def copy(self, database: Path, name: str) -> Path:
        """A copy of a database that no program has open."""
        path = self.folder / name
        self.remove(path)
        shutil.copyfile(database, path)
        return path

    def remove(self, path: Path) -> None:
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            leftover.unlink(missing_ok=True)

    def _closed(self, path: Path) -> Path:
        """Moves what is in the write-ahead log into the file itself, so that it can be copied."""
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        database.close()
        return path

    def _new_database(self, name: str) -> Path:
        path = self.folder / name
        run(Command(self.tool("boms-db", "init", "--db", str(path))))
        return path

    @cached_property
    def invoices(self) -> Path:
        return invoices.write(self.folder / "h", max(20, self.size // invoices.PER_MALL))

    @cached_property
    def empty(self) -> Path:
        return self._closed(self._new_database("empty.db"))

    @cached_property
    def metered(self) -> Path:
        """Everything that readings refer to."""
        path = self._new_database("metered.db")
        self._write("meters/company.csv", (self._registers / "company.csv").open())
        self._write("meters/property.csv", (self._registers / "property.csv").open())

        def meters() -> Iterator[str]:
            yield "meter_no,kind,property_no,digits\n"
            for meter in range(1, self.meters + 1):
                yield f"E{meter:06d},power,XH01,6\n"

        folder = self._write("meters/meter.csv", meters()).parent
        run(Command(self.tool("boms-import", "--db", str(path), "--all", str(folder))))
        return self._closed(path)

    @cached_property
    def let(self) -> Path:
        """The contracts, and nothing billed yet."""
        path = self._new_database("let.db")
        run(Command(self.tool("boms-import", "--db", str(path), "--all", str(self._registers))))
        return self._closed(path)

    @cached_property
    def billed(self) -> Path:
        """The contracts after the run of the day."""
        path = self.copy(self.let, "billed.db")
        run(Command(self.bill(path)))
        return self._closed(path)

    def bill(self, database: Path) -> list[str]:
        return self.tool("boms-bill", "run", "--db", str(database), "--as-of", AS_OF)

    # Assets

    @cached_property
    def assets(self) -> Path:
        """As many assets as contracts, booked through the month before the one that is measured."""
        path = self._new_database("assets.db")
        for name in ("company", "property"):
            self._write(f"assets/{name}.csv", (self._registers / f"{name}.csv").open())
        methods = ["straight_line"] * 8 + ["double_declining", "sum_of_years"]

        def rows() -> Iterator[str]:
            yield "asset_no,name,category,property_no,acquired_on,cost,salvage_percent,life_months,method\n"
            for n in range(1, self.size + 1):
                cost = 100_000 + n * 104_729 % 90_000_000
                yield (
                    f"GD{n:07d},设备{n},设备{n % 40},XH01,2026-09-{n % 28 + 1:02d},"
                    f"{cost // 100}.{cost % 100:02d},5%,{(n % 8 + 3) * 12},{methods[n % 10]}\n"
                )

        folder = self._write("assets/asset.csv", rows()).parent
        run(Command(self.tool("boms-import", "--db", str(path), "--all", str(folder))))
        run(Command(self.depreciate(path, "2026-10")))
        return self._closed(path)

    def depreciate(self, database: Path, month: str) -> list[str]:
        return self.tool(
            "boms-depreciate", "run", "--db", str(database), "--month", month,
            "--as-of", "2026-12-31",
        )  # fmt: skip

    @cached_property
    def staged_depreciation(self) -> Path:
        """The rows of the month, in their order, in a table without any constraint."""
        booked = self.copy(self.assets, "depreciated.db")
        run(Command(self.depreciate(booked, "2026-11")))
        path = self.folder / "staged-depreciation.db"
        database = sqlite3.connect(path)
        database.execute("ATTACH ? AS booked", (str(self._closed(booked)),))
        database.execute(
            "CREATE TABLE depreciation AS SELECT * FROM booked.depreciation WHERE month = '2026-11'"
        )
        database.commit()
        database.close()
        return path

    @cached_property
    def staged(self) -> Path:
        """The rows that a run has added, in their order, in tables without any constraint."""
        path = self.folder / "staged.db"
        database = sqlite3.connect(path)
        database.execute("ATTACH ? AS billed", (str(self.billed),))
        for table in ("bill", "charge", "number_series"):
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM billed.{table}")
        database.commit()
        database.close()
        return path
