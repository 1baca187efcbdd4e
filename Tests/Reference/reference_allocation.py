#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Allocation (核销) of one account, day by day, from the text of the law alone.

    python3 reference_allocation.py < cases.jsonl > allocations.jsonl

A case is one JSON object: one tenant and property.

    {"rows": [[1, "B0001", "C1", 10, false, "2026-01-01", "2026-01-05", "3000.00", null, "CQ", false], ...],
         id, bill, contract, priority of the item, late fee?, bill_on, due_on, amount, id of the adjusted
         row, company, deposit? (the last two may be missing: one company, no deposit)
     "payments": [{"no": "S001", "paid_on": "2026-01-04", "amount": "3000.00", "company_no": null,
                   "contract_no": null, "bill_no": "B0001", "lines": [["B0001", "1000.00"]]}],
     "prepaid": [[1, "CQ", "2026-01-01", "500.00"]],     id, company, since, amount; may be missing
     "recorded": [["P:S001", 1, "1000.00"]],     source, id of the row, amount: stays
     "late_fees_last": true, "as_of": "2026-12-31"}

A source is `P:` a payment, `N:` a negative row, `B:` money prepaid before the system, `O:` something else that settles. Nothing is kept from
day to day but the list of allocations: what is open and what is left is summed anew each time.
"""

import json
import sys
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace as Bag

ONE = timedelta(days=1)


def fen(text):
    return int(Fraction(text) * 100)


def yuan(amount):
    return "%s%d.%02d" % ("-" if amount < 0 else "", abs(amount) // 100, abs(amount) % 100)


class Account:
    def __init__(self, case):
        self.rows = [
            Bag(id=r[0], bill=r[1], contract=r[2], priority=r[3], late=r[4],
                bill_on=date.fromisoformat(r[5]), due_on=date.fromisoformat(r[6]),
                amount=fen(r[7]), adjusts=r[8], company=r[9] if len(r) > 9 else "",
                deposit=r[10] if len(r) > 10 else False)
            for r in case["rows"]
        ]
        self.payments = [
            Bag(no=p["no"], paid_on=date.fromisoformat(p["paid_on"]), amount=fen(p["amount"]),
                company=p.get("company_no"), contract=p["contract_no"], bill=p["bill_no"],
                lines=[(b, fen(a)) for b, a in p["lines"]])
            for p in case["payments"]
        ]
        self.late_last = case["late_fees_last"]
        self.made = [Bag(source=s, row=i, amount=fen(a)) for s, i, a in case["recorded"]]
        self.new = []
        self.sources = {}
        for p in self.payments:
            if p.amount > 0:
                self.sources["P:" + p.no] = Bag(key="P:" + p.no, day=p.paid_on, amount=p.amount,
                                                order=(p.paid_on, 1, p.no), payment=p, note=None,
                                                company=p.company, pot=None)
        for number, company, since, amount in case.get("prepaid", []):
            key, day = "B:%d" % number, date.fromisoformat(since)
            self.sources[key] = Bag(key=key, day=day, amount=fen(amount), order=(day, -1, number),
                                    payment=None, note=None, company=company, pot=None)
        for r in self.rows:
            if r.amount < 0:
                key = "N:%d" % r.id
                self.sources[key] = Bag(key=key, day=r.bill_on, amount=-r.amount,
                                        order=(r.bill_on, 0, r.bill, r.id), payment=None, note=r,
                                        company=r.company, pot=r.deposit)

    def open(self, row):
        return row.amount - sum(m.amount for m in self.made if m.row == row.id)

    def left(self, source):
        return source.amount - sum(m.amount for m in self.made if m.source == source.key)

    def payable(self, today):
        """The open rows that a day sees, in the order of step 4."""
        rows = [r for r in self.rows if r.amount > 0 and r.bill_on <= today and self.open(r) > 0]
        return sorted(rows, key=lambda r: (self.late_last and r.late, r.due_on, r.priority, r.bill, r.id))

    def may_pay(self, source, row):
        return source.company in (None, row.company) and source.pot in (None, row.deposit)

    def give(self, source, rows, step, limit=None):
        for row in rows:
            if not self.may_pay(source, row):
                continue
            amount = min(self.open(row), self.left(source))
            if limit is not None:
                amount = min(amount, limit)
            if amount > 0:
                self.made.append(Bag(source=source.key, row=row.id, amount=amount))
                effective = max(source.day, row.bill_on)
                self.new.append([source.key, row.id, yuan(amount), str(effective), step])
                if limit is not None:
                    limit -= amount

    def as_instructed(self, source, today):
        payment = source.payment
        if payment is None:
            return
        for bill, amount in payment.lines:
            ids = {r.id for r in self.rows if r.bill == bill}
            had = sum(m.amount for m in self.made if m.source == source.key and m.row in ids)
            self.give(source, [r for r in self.payable(today) if r.bill == bill], "line", amount - had)
        if payment.bill:
            self.give(source, [r for r in self.payable(today) if r.bill == payment.bill], "named")
        if payment.contract:
            self.give(source, [r for r in self.payable(today) if r.contract == payment.contract], "named")

    def same_amount(self, source, today):
        bills = {}
        for row in self.payable(today):
            if self.may_pay(source, row):
                bills.setdefault(row.bill, []).append(row)
        equal = [(min(r.due_on for r in rows), bill) for bill, rows in bills.items()
                 if sum(self.open(r) for r in rows) == self.left(source) and not any(r.late for r in rows)]
        if equal:
            bill = min(equal)[1]
            self.give(source, [r for r in self.payable(today) if r.bill == bill], "exact")

    def day(self, today):
        in_order = sorted(self.sources.values(), key=lambda s: s.order)
        for source in in_order:
            if source.note is not None and source.day == today:
                note = source.note
                self.give(source, [r for r in self.payable(today) if r.id == note.adjusts], "credit_note")
                self.give(source, [r for r in self.payable(today) if r.contract == note.contract], "credit_note")
        for source in in_order:
            if source.day < today or (source.payment is None and source.day == today):
                self.as_instructed(source, today)
                self.give(source, self.payable(today), "credit")
        for source in in_order:
            if source.payment is not None and source.day == today:
                self.as_instructed(source, today)
                self.same_amount(source, today)
                self.give(source, self.payable(today), "order")


def allocations(case, as_of=None):
    as_of = as_of or date.fromisoformat(case["as_of"])
    account = Account(case)
    days = [r.bill_on for r in account.rows] + [s.day for s in account.sources.values()]
    today = min(days, default=as_of)
    while today <= as_of:
        account.day(today)
        today += ONE
    credits = sorted((s for s in account.sources.values() if s.day <= as_of and account.left(s) > 0),
                     key=lambda s: s.order)
    return {"allocations": account.new,
            "credits": [[s.key, str(s.day), yuan(account.left(s))] for s in credits]}


def main():
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(allocations(json.loads(line))))


if __name__ == "__main__":
    main()
