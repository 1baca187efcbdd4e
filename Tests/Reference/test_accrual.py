#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of revenue recognition: schedules worked out by hand, and what holds for all lives made by chance."""

import unittest
from datetime import date
from fractions import Fraction

from reference_accrual import Life, accrue, random_case

KINDS = {"rent": "lease", "mgmt": "service"}


def month(text):
    return date.fromisoformat(text + "-01")


def term(line=1, **fields):
    return {"line": line, "item": "rent", "method": "fixed", "price": "3000", "per": "month"} | fields


def contract(start="2026-01-01", end="2026-12-31", *terms, **fields):
    return {"contract_no": "C1", "start_on": start, "end_on": end, "units": [],
            "terms": list(terms) or [term()]} | fields


class Books:
    def __init__(self, billing_from=None, openings=()):
        self.case = {"kinds": KINDS, "billing_from": billing_from, "openings": list(openings)}
        self.recorded = []

    def accrue(self, lease, through, facts=(), closed=None):
        """`2026-01 3000 -250` for each row."""
        rows = accrue(self.case, lease, list(facts), month(through), month(closed) if closed else None, self.recorded)
        self.recorded += rows
        return [f"{str(row.month)[:7]} {float(row.earned):g} {float(row.straight):g}" for row in rows]


class ByHand(unittest.TestCase):
    def test_three_years_three_months_free_five_percent_a_year(self):
        lease = contract("2026-01-01", "2028-12-31",
                         term(price="10000", escalate_percent="5", escalate_months=12),
                         rent_free=[{"from_on": "2026-01-01", "to_on": "2026-03-31"}])
        books = Books()
        # 9 × 10,000 + 12 × 10,500 + 12 × 11,025 = 348,300 ÷ 36 = 9,675.
        self.assertEqual(books.accrue(lease, "2026-04"),
                         ["2026-01 0 9675", "2026-02 0 9675", "2026-03 0 9675", "2026-04 10000 -325"])
        self.assertEqual(books.accrue(lease, "2028-12")[-1], "2028-12 11025 -1350")
        self.assertEqual(sum(row.straight for row in books.recorded), 0)
        self.assertEqual(books.accrue(lease, "2029-03"), [])

    def test_a_start_within_a_month(self):
        lease = contract("2026-01-15", "2026-03-14", term(price="3100", anchor="start"))
        self.assertEqual(Books().accrue(lease, "2026-03"),
                         ["2026-01 1700 0", "2026-02 2950 150", "2026-03 1550 -150"])

    def test_handover_before_the_start(self):
        lease = contract("2026-02-01", handover_on="2026-01-01")
        self.assertEqual(Books().accrue(lease, "2026-02"), ["2026-01 0 2750", "2026-02 3000 -250"])

    def test_a_quarter_in_advance(self):
        lease = contract("2026-01-01", "2026-12-31", term(cycle_months=3))
        self.assertEqual(Books().accrue(lease, "2026-03"),
                         ["2026-01 3100 -100", "2026-02 2800 200", "2026-03 3100 -100"])

    def test_modified_mid_way(self):
        free = [{"from_on": "2026-01-01", "to_on": "2026-02-28"}]
        books = Books()
        books.accrue(contract("2026-01-01", "2027-12-31", rent_free=free), "2026-12")
        lower = contract("2026-01-01", "2027-12-31", rent_free=free,
                         price_steps=[{"line": 1, "from_on": "2027-01-01", "price": "2400"}])
        # 12 × 2,400 − 3,000 recognized before they were charged = 25,800 ÷ 12 = 2,150.
        self.assertEqual(set(row[8:] for row in books.accrue(lower, "2027-12")), {"2400 -250"})
        self.assertEqual(sum(row.straight for row in books.recorded), 0)

    def test_terminated_and_known_late(self):
        free = [{"from_on": "2026-01-01", "to_on": "2026-02-28"}]
        books = Books()
        books.accrue(contract("2026-01-01", "2027-12-31", rent_free=free), "2026-08")
        ended = contract("2026-01-01", "2027-12-31", rent_free=free, terminated_on="2026-06-15")
        self.assertEqual(books.accrue(ended, "2026-09"), ["2026-09 -7500 -4000"])

    def test_the_start_of_the_system(self):
        books = Books("2026-10-01", [["rent", "300"]])
        self.assertEqual(books.accrue(contract(), "2026-12"),
                         ["2026-10 3000 -100", "2026-11 3000 -100", "2026-12 3000 -100"])

    def test_facts_come_late(self):
        fact = {"kind": "metered", "item": "mgmt", "company_no": "", "net": "310",
                "period": ["2026-01-21", "2026-02-20"]}
        lease = contract("2026-01-01", "2026-12-31", term(item="mgmt"))
        books = Books()
        books.accrue(lease, "2026-01")
        self.assertEqual(books.accrue(lease, "2026-01", [fact]), ["2026-01 110 0"])
        self.assertEqual(books.accrue(lease, "2026-02", [fact | {"net": "250"}], closed="2026-01"),
                         ["2026-02 3000 0", "2026-02 140 0"])


class ByChance(unittest.TestCase):
    def test_whatever_happens_it_comes_to_what_is_charged(self):
        revised = modified = 0
        for number in range(40):
            life = Life(7, number)
            case = life.live()
            rows = [row for step in case["steps"] for row in step["expected"]]
            rest = sum(Fraction(row[6]) for row in rows)
            start = sum(Fraction(amount) for item, amount in case["openings"] if case["kinds"][item] == "lease")
            self.assertEqual(rest + start, 0, number)
            self.assertEqual(case["steps"][-1]["expected"], [], "a month after the end adds nothing")
            revised += any(row[4] for row in rows)
            modified += len({step["contract"] for step in case["steps"]}) > 1
        self.assertGreater(revised, 1)
        self.assertGreater(modified, 10)

    def test_the_same_seed_gives_the_same_life(self):
        self.assertEqual(random_case(1, 5), random_case(1, 5))


if __name__ == "__main__":
    unittest.main()
