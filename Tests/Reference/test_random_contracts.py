#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests on contracts made by chance: what holds for all of them, and that the generator is as nasty as it says."""

import os
import subprocess
import sys
import unittest
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import reference_billing as law
from random_contracts import defective_contract, random_contract

HERE = Path(__file__).parent
FOREVER = "2199-12-31"

# What at least one contract in a hundred must have, among those with charges.
TRAITS = [
    "true-up that gives back", "true-ups of several years", "true-up of a year cut short", "year with a month missing",
    "turnover below zero", "reported before the month's end", "reported long after",
    "guarantee by area with units that change", "guarantee by the quarter", "due the month before, billed ahead",
    "first_due_on of a guarantee", "free of turnover rent and not, overlapping", "tiers of turnover in versions",
    "several meters on one line with tiers by year", "tiers of three bands", "tiers of decimals",
    "a tariff from month to year or back", "a tariff that stops to price a register",
    "swap on one day", "swap on the next day", "swap with a gap", "swap to another multiplier", "swap to another tariff",
    "close reading", "reading before the install", "reading between installs", "registers read on different days",
    "rollover with a multiplier", "multiplier of decimals", "zero usage", "lines that share a tariff",
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def register(row: dict) -> str:
    return row.get("register") or "total"


def turnover_traits(record: dict, rows: list[dict]) -> Iterator[str]:
    terms = [law.read_term(record, raw) for raw in record["terms"] if raw["method"] == "turnover"]
    true_ups = [row for row in rows if row["source"].startswith("Y")]
    if any(row["amount"].startswith("-") for row in true_ups):
        yield "true-up that gives back"
    for term in terms:
        its = [row for row in true_ups if row["line"] == term.line]
        if len(its) > 1:
            yield "true-ups of several years"
        if any(day(row["period_end"]) + timedelta(days=1) < law.add_months(day(row["period_start"]), 12) for row in its):
            yield "true-up of a year cut short"
        months = law.turnover_months(term, law.read_reports(record), every_day=False)
        reported = {month.report is not None for month in months}
        if term.true_up == "year" and its and reported == {True, False}:
            yield "year with a month missing"
        if term.basis == "area" and any(term.first < unit.first <= term.last for unit in term.areas):
            yield "guarantee by area with units that change"
        if term.prices and term.cycle_months == 3:
            yield "guarantee by the quarter"
        if term.due_month == "previous" and term.lead_days > 0:
            yield "due the month before, billed ahead"
        if term.prices and term.first_due_on is not None:
            yield "first_due_on of a guarantee"
        if len(term.tiers) > 1:
            yield "tiers of turnover in versions"
        keeps = [span for span in term.free if span not in term.free_of_turnover]
        if any(span.overlaps(other.first, other.last) for span in keeps for other in term.free_of_turnover):
            yield "free of turnover rent and not, overlapping"
    for report in record.get("turnovers", []):
        if Decimal(str(report["amount"])) < 0:
            yield "turnover below zero"
        if report.get("reported_on"):
            after = law.add_months(day(report["month"] + "-01"), 1)
            if day(report["reported_on"]) < after:
                yield "reported before the month's end"
            if (day(report["reported_on"]) - after).days >= 200:
                yield "reported long after"


def meter_traits(record: dict, rows: list[dict]) -> Iterator[str]:
    versions = defaultdict(lambda: defaultdict(list))
    for row in record.get("tariffs", []):
        versions[row["tariff_no"]][row["from_on"]].append(row)
    for by_day in versions.values():
        listed = [by_day[from_on] for from_on in sorted(by_day)]
        for earlier, later in zip(listed, listed[1:]):
            if {row.get("tier_basis") or "month" for row in earlier} != {row.get("tier_basis") or "month" for row in later}:
                yield "a tariff from month to year or back"
            if not {register(row) for row in earlier} <= {register(row) for row in later}:
                yield "a tariff that stops to price a register"
        for its in listed:
            if max(Counter(map(register, its)).values()) >= 3:
                yield "tiers of three bands"
            if any(Decimal(str(row.get("tier_from") or 0)) % 1 for row in its):
                yield "tiers of decimals"

    charged, lines = defaultdict(set), defaultdict(set)
    for row in rows:
        if row["kind"] == "metered":
            charged[row["line"]].add(row["source"])
    for install in record.get("meters", []):
        lines[install["tariff_no"]].add(install["line"])
        by_year = any(row.get("tier_basis") == "year" for row in record["tariffs"]
                      if row["tariff_no"] == install["tariff_no"])
        if by_year and len(charged[install["line"]]) > 1:
            yield "several meters on one line with tiers by year"
        if Decimal(install.get("multiplier") or 1) % 1:
            yield "multiplier of decimals"
    if any(len(its) > 1 for its in lines.values()):
        yield "lines that share a tariff"

    installs, read = defaultdict(list), defaultdict(lambda: defaultdict(set))
    for install in record.get("meters", []):
        installs[install["meter_no"], register(install)].append(install)
    for reading in record.get("readings", []):
        read[reading["meter_no"]][reading["read_on"]].add(register(reading))
    for (meter_no, name), its in installs.items():
        its.sort(key=lambda install: install["from_on"])
        days = [day(read_on) for read_on, registers in read[meter_no].items() if name in registers]
        if any(read_on < day(its[0]["from_on"]) for read_on in days):
            yield "reading before the install"
        if its[-1].get("close_reading") is not None:
            yield "close reading"
        for old, new in zip(its, its[1:]):
            apart = (day(new["from_on"]) - day(old["to_on"])).days
            yield {0: "swap on one day", 1: "swap on the next day"}.get(apart, "swap with a gap")
            if old.get("multiplier") != new.get("multiplier"):
                yield "swap to another multiplier"
            if old["tariff_no"] != new["tariff_no"]:
                yield "swap to another tariff"
            if any(day(old["to_on"]) < read_on < day(new["from_on"]) for read_on in days):
                yield "reading between installs"
    for by_day in read.values():
        if len({frozenset(registers) for registers in by_day.values()}) > 1:
            yield "registers read on different days"
    for install in law.read_installs(record):
        previous = install.open_value
        for read_on in sorted(install.readings):
            if install.readings[read_on] < previous and install.multiplier != 1:
                yield "rollover with a multiplier"
            if install.readings[read_on] == previous:
                yield "zero usage"
            previous = install.readings[read_on]


class RandomContracts(unittest.TestCase):

    def test_cutting_every_day_gives_the_same(self):
        for number in range(150):
            record = random_contract(7, number, spellings=number % 2 == 1)
            self.assertEqual(law.charges(record, FOREVER), law.charges(record, FOREVER, every_day=True), record)

    def test_periods_leave_no_day_out_and_none_twice(self):
        for number in range(300):
            record = random_contract(8, number)
            for raw in record["terms"]:
                read = law.read_term(record, raw)
                if read.method in ("once", "metered"):
                    continue
                day = read.first
                for period in law.periods(read):
                    self.assertEqual(period.first, day)
                    day = period.last + timedelta(days=1)
                if read.first <= read.last:
                    self.assertEqual(day, read.last + timedelta(days=1))

    def test_net_and_tax_make_the_amount(self):
        for number in range(200):
            for row in law.charges(random_contract(9, number), FOREVER):
                self.assertEqual(Decimal(row["net"]) + Decimal(row["tax"]), Decimal(row["amount"]))

    def test_no_two_charges_have_one_identity(self):
        for number in range(400):
            found = Counter((row["source"], row["period_start"], row["kind"])
                            for row in law.charges(random_contract(13, number), FOREVER, source=True))
            self.assertEqual([identity for identity, count in found.items() if count > 1], [], number)

    def test_rows_stand_by_line_period_kind_and_source(self):
        for number in range(200):
            rows = [(row["line"], row["period_start"], row["kind"], row["source"])
                    for row in law.charges(random_contract(14, number), FOREVER, source=True)]
            self.assertEqual(rows, sorted(rows))

    def test_a_day_to_begin_leaves_the_other_charges_as_they_are(self):
        for number in range(200):
            record = random_contract(15, number)
            whole, part = law.charges(record, FOREVER), law.charges(record, FOREVER, "2026-03-15")
            self.assertEqual(part, [row for row in whole if row["due_on"] >= "2026-03-15"
                                    and (row["kind"] != "metered" or row["period_end"] >= "2026-03-15")])

    def test_the_same_seed_gives_the_same_contract(self):
        self.assertEqual(random_contract(3, 5), random_contract(3, 5))
        self.assertNotEqual(random_contract(3, 5), random_contract(4, 5))

    def test_the_same_seed_gives_the_same_contracts_in_every_process(self):
        def run(hash_seed):
            return subprocess.run([sys.executable, HERE / "random_contracts.py", "--seed", "3", "--count", "200"],
                                  capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": hash_seed}).stdout
        self.assertEqual(run("1"), run("2"))

    def test_every_kind_of_charge_and_of_choice_comes_up(self):
        kinds, fields, seen = set(), set(), Counter()
        for number in range(500):
            record = random_contract(10, number)
            rows = law.charges(record, FOREVER, source=True)
            kinds |= {row["kind"] for row in rows}
            fields |= {name for name, value in record.items() if value}
            if rows:
                seen.update({*turnover_traits(record, rows), *meter_traits(record, rows)})
        self.assertEqual(kinds, {"base", "turnover", "metered", "once"})
        self.assertLessEqual({"turnovers", "turnover_tiers", "meters", "tariffs", "readings"}, fields)
        rare = {trait: seen[trait] for trait in TRAITS if seen[trait] < 5}
        self.assertEqual(rare, {})
        self.assertEqual(set(seen) - set(TRAITS), set())

    def test_each_method_alone_gives_its_part(self):
        for number in range(100):
            record = random_contract(11, number)
            parts = [row for method in law.METHODS for row in law.charges(record, FOREVER, methods=(method,))]
            whole = law.charges(record, FOREVER)
            self.assertEqual(sorted(map(str, parts)), sorted(map(str, whole)))

    def test_what_the_law_refuses_fails_the_contract(self):
        seen = set()
        for number in range(400):
            record, defect = defective_contract(12, number)
            seen.add(defect)
            if defect is None:
                law.charges(record, FOREVER)
            else:
                with self.assertRaises(law.LawError, msg=f"{number} {defect}"):
                    law.charges(record, FOREVER)
        self.assertEqual(seen, {None, "due", "steps", "line", "late", "below", "half", "version"})


if __name__ == "__main__":
    unittest.main()
