#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the division of pools: cases worked out by hand, and by counting every day of pools made by chance."""

import json
import subprocess
import sys
import unittest
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reference_billing import CHINESE, LawError
from reference_shares import divide, random_pool

HERE = Path(__file__).parent


def unit(area="100", unit_no="A1", from_on=None, to_on=None):
    return {"unit_no": unit_no, "area_m2": area, "from_on": from_on, "to_on": to_on}


def term(line=1, **fields):
    return {"line": line, "item": "share", "method": "share"} | fields


def contract(contract_no="C-1", *units, terms=None, start_on="2026-01-01", end_on="2026-12-31", **more):
    """A contract with one unit of 100 m² and one share term unless told otherwise."""
    return {"contract_no": contract_no, "start_on": start_on, "end_on": end_on,
            "units": list(units) or [unit()], "terms": [term()] if terms is None else terms} | more


def pool(amount, *contracts, period="2026-09", **fields):
    """A pool of September, of thirty days."""
    return {"pool": {"pool_no": "G1", "period": period, "item": "share", "amount": amount} | fields,
            "contracts": list(contracts)}


class Division(unittest.TestCase):

    def parts(self, *args, **fields):
        """What each contract bears, and the operator."""
        divided = divide(pool(*args, **fields))
        found = {part["contract_no"]: part["amount"] for part in divided["parts"]}
        return found | ({"own": divided["own"]} if divided["own"] != "0.00" else {})

    def lines(self, *args, **fields):
        return [part["line"] for part in divide(pool(*args, **fields))["parts"]]

    def test_the_form(self):
        self.assertEqual(divide(pool("1000.00", contract("C-2", terms=[term(4)]), contract("C-1", unit("50")),
                                     own_area_m2="50")),
                         {"pool_no": "G1", "period": "2026-09", "own": "250.00",
                          "parts": [{"contract_no": "C-1", "line": 1, "amount": "250.00"},
                                    {"contract_no": "C-2", "line": 4, "amount": "500.00"}]})

    def test_by_area_to_the_largest_remainder(self):
        # 33.333… and 66.666…: the fen that is left is the second's.
        self.assertEqual(self.parts("100.00", contract("C-1"), contract("C-2", unit("200"))),
                         {"C-1": "33.33", "C-2": "66.67"})
        # 14.2857…, 28.5714…, 57.1428…: two fen are left, for the remainders .57 and .71 (of 28.57 and 57.14: .14, .28).
        self.assertEqual(self.parts("1.00", contract("C-1"), contract("C-2", unit("200")), contract("C-3", unit("400"))),
                         {"C-1": "0.14", "C-2": "0.29", "C-3": "0.57"})

    def test_ties_to_the_smaller_contract_no_as_text(self):
        three = [contract("C-2"), contract("C-10"), contract("C-1")]
        self.assertEqual(self.parts("100.00", *three), {"C-1": "33.34", "C-10": "33.33", "C-2": "33.33"})
        self.assertEqual(self.parts("0.02", *three), {"C-1": "0.01", "C-10": "0.01", "C-2": "0.00"})
        self.assertEqual(self.parts("0.02", contract("a"), contract("B"), contract("合同")),
                         {"B": "0.01", "a": "0.01", "合同": "0.00"})

    def test_the_operator_is_last_in_ties(self):
        two = [contract("C-1"), contract("合同-9")]
        self.assertEqual(self.parts("100.00", *two, own_area_m2="100"),
                         {"C-1": "33.34", "合同-9": "33.33", "own": "33.33"})
        self.assertEqual(self.parts("0.02", *two, own_area_m2="100"), {"C-1": "0.01", "合同-9": "0.01"})
        self.assertEqual(self.parts("0.03", *two, own_area_m2="100"), {"C-1": "0.01", "合同-9": "0.01", "own": "0.01"})
        # A larger remainder goes before: 24.999…, and the operator's 50.0004….
        self.assertEqual(self.parts("1.00", *two, own_area_m2="200.004"), {"C-1": "0.25", "合同-9": "0.25", "own": "0.50"})

    def test_days_in_force(self):
        for half in (contract("C-1", start_on="2026-09-16"),
                     contract("C-1", end_on="2026-09-15"),
                     contract("C-1", terminated_on="2026-09-15"),
                     contract("C-1", terms=[term(from_on="2026-09-16")]),
                     contract("C-1", terms=[term(to_on="2026-09-15")]),
                     contract("C-1", unit(from_on="2026-09-16")),
                     contract("C-1", unit(to_on="2026-09-15")),
                     contract("C-1", unit(from_on="2026-09-06", to_on="2026-09-20")),
                     contract("C-1", unit(from_on="2026-09-10"), terms=[term(to_on="2026-09-24")])):
            self.assertEqual(self.parts("90.00", half, contract("C-2")), {"C-1": "30.00", "C-2": "60.00"}, half)

    def test_a_unit_of_another_area_within_the_month(self):
        # 100 × 10 days, none for ten days, 200 × 10 days = 100 × 30.
        changed = contract("C-1", unit(to_on="2026-09-10"), unit("200", from_on="2026-09-21"))
        self.assertEqual(self.parts("90.00", changed, contract("C-2")), {"C-1": "45.00", "C-2": "45.00"})

    def test_the_operator_bears_all_days_of_the_month(self):
        # 29 × 15 days = 15 × 29 days.
        half = contract("C-1", unit("29", from_on="2024-02-15"), start_on="2024-01-01")
        self.assertEqual(self.parts("7.00", half, period="2024-02", own_area_m2="15"), {"C-1": "3.50", "own": "3.50"})

    def test_the_units_of_the_term(self):
        two = [unit("60", "A1"), unit("40", "A2")]
        other = contract("C-2", unit("60"))
        for listed in ("A1", ["A1"], "A1; A9"):
            self.assertEqual(self.parts("80.00", contract("C-1", *two, terms=[term(unit_no=listed)]), other),
                             {"C-1": "40.00", "C-2": "40.00"})
        for listed in ("A1;A2", ["A1", "A2"], "", None, []):
            self.assertEqual(self.parts("80.00", contract("C-1", *two, terms=[term(unit_no=listed)]), other),
                             {"C-1": "50.00", "C-2": "30.00"})

    def test_several_terms_take_part_once(self):
        def with_terms(*terms):
            record = contract("C-1", unit("100", "A1"), unit("50", "A2"), terms=list(terms))
            return self.parts("300.00", record, contract("C-2")), self.lines("300.00", record, contract("C-2"))[0]
        three, seven = term(3, unit_no="A1"), term(7, unit_no="A2")
        self.assertEqual(with_terms(three, seven), ({"C-1": "180.00", "C-2": "120.00"}, 7))        # 150 : 100
        self.assertEqual(with_terms(seven, three), ({"C-1": "180.00", "C-2": "120.00"}, 7))
        self.assertEqual(with_terms(three, seven | {"to_on": "2026-08-31"}), ({"C-1": "150.00", "C-2": "150.00"}, 3))
        self.assertEqual(with_terms(three, seven | {"from_on": "2026-10-01"}), ({"C-1": "150.00", "C-2": "150.00"}, 3))
        # In force on the last day: 50 × 1 more to 3,000, of 6,050.
        self.assertEqual(with_terms(three, seven | {"from_on": "2026-09-30"}), ({"C-1": "151.24", "C-2": "148.76"}, 7))
        # A unit under two terms weighs twice: 150 + 50.
        self.assertEqual(with_terms(term(10), seven), ({"C-1": "200.00", "C-2": "100.00"}, 10))
        # The highest line charges, also where nothing of the weight is its own.
        self.assertEqual(with_terms(three, term(8, unit_no="A9")), ({"C-1": "150.00", "C-2": "150.00"}, 8))
        # Lines of other items and methods are not asked.
        self.assertEqual(with_terms(three, term(9, item="clean"), term(11, method="fixed", price="1", per="month")),
                         ({"C-1": "150.00", "C-2": "150.00"}, 3))

    def test_equal(self):
        large, day = contract("C-1", unit("9999")), contract("C-2", start_on="2026-09-30")
        twice, bare = contract("C-3", terms=[term(1), term(2)]), contract("C-4") | {"units": []}
        gone = contract("C-5", end_on="2026-08-31")
        for word in ("equal", "平均"):
            self.assertEqual(self.parts("10.01", bare, gone, large, day, twice, basis=word, own_area_m2="500"),
                             {"C-1": "2.51", "C-2": "2.50", "C-3": "2.50", "C-4": "2.50"})
        self.assertEqual(self.lines("10.01", large, twice, basis="equal"), [1, 2])

    def test_who_takes_no_part(self):
        absent = [contract("C-2", status="draft"), contract("C-3", status="归档"),
                  contract("C-4", end_on="2026-08-31"), contract("C-5", start_on="2026-10-01"),
                  contract("C-6", terms=[]), contract("C-7", terms=[term(item="clean")]),
                  contract("C-8", unit("0")), contract("C-9", unit(to_on="2026-08-31")),
                  contract("D-1", terms=[term(unit_no="A9")]), contract("D-2") | {"units": []},
                  contract("D-3", terminated_on="2026-08-31"),
                  contract("D-4", terms=[term(method="fixed", price="1", per="month")])]
        self.assertEqual(self.parts("100.00", *absent, contract("C-1", status="signed"), own_area_m2="100"),
                         {"C-1": "50.00", "own": "50.00"})

    def test_words(self):
        self.assertEqual(self.parts("100.00", contract("C-1", terms=[term(method="公摊")], status="已签"),
                                    contract("C-2", unit("300")), basis="按面积", own_area_m2=None),
                         {"C-1": "25.00", "C-2": "75.00"})

    def test_somebody_must_bear_it(self):
        for record in (pool("100.00"), pool("100.00", contract(end_on="2026-08-31")),
                       pool("100.00", basis="equal", own_area_m2="100"), pool("100.00", contract("C-1", unit("0")))):
            with self.assertRaises(LawError):
                divide(record)
        self.assertEqual(self.parts("100.00", own_area_m2="0.001"), {"own": "100.00"})

    def test_a_pool_below_zero_mirrors_one_above(self):
        two = [contract("C-1"), contract("C-2"), contract("C-3")]
        self.assertEqual(self.parts("-100.00", *two), {"C-1": "-33.34", "C-2": "-33.33", "C-3": "-33.33"})
        self.assertEqual(self.parts("0", *two), {"C-1": "0.00", "C-2": "0.00", "C-3": "0.00"})

    def test_what_is_refused(self):
        for record in (pool("1.005", contract()), pool("1.00", contract(), contract()),
                       pool("1.00", contract(start_on="2027-01-01")), pool("1.00", contract(), basis="weight"),
                       pool("1.00", contract(terms=[term(due_day=1, due_days=1)]))):
            with self.assertRaises(LawError):
                divide(record)


def as_day(text, default):
    return date.fromisoformat(text) if text else default


def weights_by_day(record):
    """Weight and line of each contract, counted day by day and unit by unit straight from the input."""
    given = record["pool"]
    first = date.fromisoformat(given["period"] + "-01")
    days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]
    equal = given.get("basis") in ("equal", "平均")
    found = {}
    for its in record["contracts"]:
        if CHINESE["status"].get(its.get("status"), its.get("status") or "signed") != "signed":
            continue
        weight, lines = Fraction(0), set()
        for raw in its["terms"]:
            if raw["method"] not in ("share", "公摊") or raw["item"] != given["item"]:
                continue
            names = raw.get("unit_no")
            names = names.split(";") if isinstance(names, str) else names
            for day in days:
                if not (as_day(raw.get("from_on"), date.fromisoformat(its["start_on"])) <= day
                        <= min(as_day(raw.get("to_on"), date.max), date.fromisoformat(its["end_on"]),
                               as_day(its.get("terminated_on"), date.max))):
                    continue
                lines.add(raw["line"])
                for row in its["units"]:
                    if (not names or row["unit_no"] in names) and \
                            as_day(row.get("from_on"), date.min) <= day <= as_day(row.get("to_on"), date.max):
                        weight += Fraction(str(row["area_m2"]))
        if lines and (equal or weight > 0):
            found[its["contract_no"]] = (Fraction(1) if equal else weight), max(lines)
    own = Fraction(0) if equal else Fraction(str(given.get("own_area_m2") or 0)) * len(days)
    return found, own


class RandomPools(unittest.TestCase):

    def test_what_holds_for_every_pool(self):
        seen = set()
        for number in range(600):
            record = random_pool(1, number)
            divided = divide(record)
            found, own = weights_by_day(record)
            parts = divided["parts"]
            self.assertEqual([(part["contract_no"], part["line"]) for part in parts],
                             sorted((contract_no, line) for contract_no, (_, line) in found.items()))
            amount = Decimal(record["pool"]["amount"])
            borne = [Decimal(part["amount"]) for part in parts] + [Decimal(divided["own"])]
            self.assertEqual(sum(borne), amount)

            weights = [found[part["contract_no"]][0] for part in parts] + [own]
            exact = [abs(Fraction(amount)) * 100 * weight / sum(weights) for weight in weights]
            fen = [abs(Fraction(share)) * 100 for share in borne]
            more = [share >= whole and share > int(whole) for share, whole in zip(fen, exact)]
            for share, whole in zip(fen, exact):
                self.assertIn(share, (int(whole), int(whole) + 1))
            # Nobody got a fen more while one with a larger remainder, or an earlier one with the same, did not.
            rank = [(-(whole % 1), n) for n, whole in enumerate(exact)]
            got, not_got = ([r for r, m in zip(rank, more) if m == which] for which in (True, False))
            self.assertFalse(got and not_got and max(got) > min(not_got))
            seen |= {"many"} if len(parts) > 15 else {"none"} if not parts else set()
            seen |= {"tie"} if got and not_got and max(got)[0] == min(not_got)[0] else set()
            seen |= {"below zero"} if amount < 0 else set()
            seen |= {"own"} if own else set()
        self.assertEqual(seen, {"many", "none", "tie", "below zero", "own"})

    def test_the_order_of_the_contracts_is_nothing(self):
        for number in range(100):
            record = random_pool(2, number)
            self.assertEqual(divide(record), divide(record | {"contracts": record["contracts"][::-1]}))

    def test_the_same_seed_gives_the_same_pools(self):
        self.assertEqual(random_pool(3, 5), random_pool(3, 5))
        self.assertNotEqual(random_pool(3, 5), random_pool(4, 5))

    def test_the_program(self):
        def run(*arguments, stdin=""):
            return subprocess.run([sys.executable, HERE / "reference_shares.py", *arguments], input=stdin,
                                  capture_output=True, encoding="utf-8")
        made = run("--random", "5", "20")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual([json.loads(line) for line in made.stdout.splitlines()], [random_pool(5, n) for n in range(20)])
        divided = run(stdin=made.stdout)
        self.assertEqual((divided.returncode, divided.stderr), (0, ""))
        self.assertEqual([json.loads(line) for line in divided.stdout.splitlines()],
                         [divide(random_pool(5, n)) for n in range(20)])
        lines = made.stdout.splitlines()
        broken = run(stdin="\n".join([lines[0], "{}", lines[1]]))
        self.assertEqual((broken.returncode, len(broken.stdout.splitlines())), (1, 2))
        self.assertIn("<stdin>:2: error:", broken.stderr)


if __name__ == "__main__":
    unittest.main()
