#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases of late fees and allocation worked out by hand, and the tables that the Swift tests read.

    python3 -m unittest test_accounts
"""

import io
import sys
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))

import reference_allocation
import reference_late_fees
import tables_allocation
import tables_late_fees

FIXTURES = Path(__file__).resolve().parent.parent / "Fixtures"


def fees(rows, settlements=(), grace=0, mode="skip", cap=None, as_of="2026-02-28", **more):
    case = {
        "rows": rows, "settlements": list(settlements), "holds": [], "waived": "0.00", "item": "rent",
        "bears_from": None, "as_of": as_of,
        "rules": [{"item": "*", "from_on": "2020-01-01", "rate_permille": "0.5", "grace_days": grace,
                   "grace_mode": mode, "cap_percent": cap}],
    }
    case.update(more)
    return reference_late_fees.postings(case)


DUE = [["35000.00", "2026-01-05"]]


class LateFees(unittest.TestCase):
    def test_month_ends(self):
        # 17.50 a day: 26 days of January, 28 of February
        self.assertEqual(fees(DUE), [["2026-01-06", "2026-01-31", "455.00"],
                                     ["2026-02-01", "2026-02-28", "490.00"]])

    def test_the_day_of_payment_counts(self):
        self.assertEqual(fees(DUE, [["35000.00", "2026-01-15"]]),
                         [["2026-01-06", "2026-01-15", "175.00"]])

    def test_grace(self):
        paid = [["35000.00", "2026-01-10"]]
        self.assertEqual(fees(DUE, paid, grace=3)[0][2], "35.00")
        self.assertEqual(fees(DUE, paid, grace=3, mode="waive")[0][2], "87.50")
        in_time = [["35000.00", "2026-01-08"]]
        self.assertEqual(fees(DUE, in_time, grace=3, mode="waive"), [])

    def test_cap_waiver_and_hold(self):
        self.assertEqual([r[2] for r in fees(DUE, cap="1")], ["350.00"])
        self.assertEqual([r[2] for r in fees(DUE, waived="500.00")], ["445.00"])
        self.assertEqual(fees(DUE, holds=[["2026-01-10", "2026-01-19"]])[0][2], "280.00")


def row(number, amount, bill_on="2026-01-01", contract="C1", adjusts=None, late=False, company="A",
        deposit=False):
    return [number, "B%d" % number, contract, 10, late, bill_on, bill_on, amount, adjusts, company, deposit]


def payment(no, amount, paid_on, contract=None, bill=None, lines=(), company=None):
    return {"no": no, "amount": amount, "paid_on": paid_on, "company_no": company, "contract_no": contract,
            "bill_no": bill, "lines": list(lines)}


def allocated(rows, payments, recorded=(), as_of="2026-12-31", prepaid=()):
    found = reference_allocation.allocations({
        "rows": rows, "payments": payments, "prepaid": list(prepaid), "recorded": list(recorded),
        "late_fees_last": True, "as_of": as_of})
    return [(a[0], a[1], a[2], a[4]) for a in found["allocations"]]


class Allocations(unittest.TestCase):
    def test_lines_then_named_then_order(self):
        rows = [row(1, "100.00"), row(2, "100.00"), row(3, "100.00", contract="C2")]
        paid = payment("S", "210.00", "2026-01-02", contract="C2", lines=[["B2", "60.00"]])
        self.assertEqual(allocated(rows, [paid]), [
            ("P:S", 2, "60.00", "line"), ("P:S", 3, "100.00", "named"), ("P:S", 1, "50.00", "order")])

    def test_the_same_amount(self):
        rows = [row(1, "100.00"), row(2, "70.00")]
        self.assertEqual(allocated(rows, [payment("S", "70.00", "2026-01-02")]),
                         [("P:S", 2, "70.00", "exact")])

    def test_late_fees_last_and_credit(self):
        rows = [row(1, "100.00", late=True), row(2, "100.00"), row(3, "50.00", "2026-02-01")]
        self.assertEqual(allocated(rows, [payment("S", "220.00", "2026-01-02")]), [
            ("P:S", 2, "100.00", "order"), ("P:S", 1, "100.00", "order"), ("P:S", 3, "20.00", "credit")])

    def test_a_credit_note(self):
        rows = [row(1, "100.00", contract="C2"), row(2, "100.00"), row(3, "100.00"),
                row(4, "-250.00", "2026-02-01", adjusts=3)]
        self.assertEqual(allocated(rows, []), [
            ("N:4", 3, "100.00", "credit_note"), ("N:4", 2, "100.00", "credit_note"),
            ("N:4", 1, "50.00", "credit")])

    def test_companies(self):
        rows = [row(1, "100.00"), row(2, "100.00", company="B")]
        self.assertEqual(allocated(rows, [payment("S", "150.00", "2026-01-02", company="B")]),
                         [("P:S", 2, "100.00", "order")])
        self.assertEqual(allocated(rows, [payment("S", "150.00", "2026-01-02")]),
                         [("P:S", 1, "100.00", "order"), ("P:S", 2, "50.00", "order")])

    def test_deposits_and_credit_notes(self):
        rows = [row(1, "100.00", deposit=True), row(2, "40.00", "2026-01-02"), row(3, "-70.00", "2026-01-03")]
        self.assertEqual(allocated(rows, []), [("N:3", 2, "40.00", "credit_note")])
        self.assertEqual(allocated(rows, [payment("S", "140.00", "2026-01-02")]),
                         [("P:S", 1, "100.00", "order"), ("P:S", 2, "40.00", "order")])

    def test_prepaid(self):
        rows = [row(1, "100.00"), row(2, "100.00", company="B")]
        self.assertEqual(
            allocated(rows, [payment("S", "20.00", "2026-01-01")], prepaid=[[1, "B", "2026-01-01", "150.00"]]),
            [("B:1", 2, "100.00", "credit"), ("P:S", 1, "20.00", "order")])

    def test_a_late_fee_is_not_picked_by_its_amount(self):
        rows = [row(1, "100.00"), row(2, "70.00", late=True)]
        self.assertEqual(allocated(rows, [payment("S", "70.00", "2026-01-02")]),
                         [("P:S", 1, "70.00", "order")])

    def test_what_is_recorded_stays(self):
        rows = [row(1, "100.00"), row(2, "100.00", "2026-02-01")]
        paid = [payment("S1", "100.00", "2026-01-02"), payment("S2", "100.00", "2026-01-20")]
        self.assertEqual(allocated(rows, paid, [["P:S2", 1, "100.00"]]),
                         [("P:S1", 2, "100.00", "credit")])


class Tables(unittest.TestCase):
    """The tables in Tests/Fixtures are what the reference writes."""

    def written(self, module):
        out = io.StringIO()
        with mock.patch.object(sys, "argv", ["tables"]), redirect_stdout(out):
            module.main()
        return out.getvalue()

    def test_late_fees(self):
        self.assertEqual(self.written(tables_late_fees), (FIXTURES / "late-fees.jsonl").read_text())

    def test_allocations(self):
        self.assertEqual(self.written(tables_allocation), (FIXTURES / "allocations.jsonl").read_text())


if __name__ == "__main__":
    unittest.main()
