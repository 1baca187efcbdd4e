#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference of revenue recognition and lessor straight-line income, used as a test oracle.

    reference_accrual.py --random SEED COUNT > cases.jsonl

A case is a contract with a life: it is accrued month after month and changes in between. `step` after
`step` it says what the contract is then, which facts are recorded, and through which month it is accrued,
and, under `expected`, the rows that must be booked:

    {"kinds": {"rent": "lease", "mgmt": "service"}, "billing_from": null, "openings": [["rent", "12.00"]],
     "steps": [{"month": "2026-03", "closed": null, "contract": "{…}", "facts": [
                  {"source": "ME1", "kind": "metered", "item": "power", "company_no": "CQ", "net": "10.00",
                   "period": ["2026-03-01", "2026-03-31"]}],
                "expected": [["CQ", "rent", "time", "2026-03", 0, "1000.00", "-20.00", "0.00"]]}]}

Charges over time are those of reference_billing.py; what is here is what happens to them afterwards.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import random_contracts
from reference_billing import (ONE_DAY, add_months, charges, days_in, money, month_day, present, read_choice,
                               read_date, read_term, round_half_up)

FOREVER = date(9000, 1, 1)
TIME_METHODS = ("fixed", "area", "once", "turnover")


def last_of(month: date) -> date:
    return month_day(month.year, month.month, 31)


def fen(amount: Fraction) -> Fraction:
    return round_half_up(amount, 2)


@dataclass
class Row:
    company_no: str
    item: str
    basis: str
    month: date                            # its first day
    revision: int
    earned: Fraction
    straight: Fraction
    brought: Fraction

    @property
    def group(self):
        return self.company_no, self.item, self.basis


@dataclass
class Group:
    earnings: list[tuple[Fraction, date, date]] = field(default_factory=list)   # net, first and last day
    billed_before: list[tuple[Fraction, date, date]] = field(default_factory=list)
    span: tuple[date, date] | None = None  # of a lease's income
    opening: Fraction = Fraction(0)
    system_from: date | None = None        # nothing before it is recognized here

    def earned(self, through: date) -> Fraction:
        """What is earned through a day: each charge by its days, rounded as a running total."""
        return self.earned_of(self.earnings, through)

    @staticmethod
    def earned_of(earnings, through: date) -> Fraction:
        total = Fraction(0)
        for net, first, last in earnings:
            days = days_in(first, min(last, through)) if through >= first else 0
            total += fen(net * Fraction(days, days_in(first, last)))
        return total

    @property
    def earned_before_the_system(self) -> Fraction:
        return self.earned(self.system_from - ONE_DAY) if self.system_from else Fraction(0)

    def brought(self, through: date) -> Fraction:
        """What the old books hold through a day: what they billed and was earned since, less all that they earned and
        is billed here."""
        if not self.system_from:
            return Fraction(0)
        return self.earned_of(self.billed_before, through) - self.earned_before_the_system


def month_weight(span: tuple[date, date], month: date) -> Fraction:
    """How much of a month a span has: a whole month is 1, whatever its length."""
    first, last = max(span[0], month), min(span[1], last_of(month))
    return Fraction(days_in(first, last), last_of(month).day) if first <= last else Fraction(0)


def months(first: date, last: date):
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def income(group: Group, month: date, recognized: Fraction) -> Fraction:
    """Straight-line income of a month, after what was recognized before it."""
    total = sum((net for net, _, _ in group.earnings), Fraction(0))
    left = total - recognized
    first, last = group.span
    if last <= last_of(month):
        return left                        # the last month, or after it: all that is left
    if last_of(month) < first:
        return Fraction(0)
    rest = sum(month_weight(group.span, one) for one in months(max(month, first), last))
    return fen(left * month_weight(group.span, month) / rest)


def spread_terms(contract: dict):
    """The terms that charge time, with their days."""
    for raw in contract.get("terms") or []:
        method = read_choice(raw, "method")
        term = read_term(contract, raw)
        has_price = present(raw, "price") or any(step["line"] == raw["line"]
                                                 for step in contract.get("price_steps") or [])
        if term.first <= term.last and (method in ("fixed", "area") or (method == "turnover" and has_price)):
            yield raw, term


def groups(case: dict, contract: dict, facts: list[dict]) -> dict[tuple, Group]:
    kinds = case["kinds"]
    system_from = read_date(case, "billing_from")
    found: dict[tuple, Group] = defaultdict(Group)
    if read_choice(contract, "status", "signed") != "signed":
        return {}
    companies = {raw["line"]: raw.get("company_no") or "" for raw in contract.get("terms") or []}
    plain = {name: value for name, value in contract.items() if name != "turnovers"}
    for row in charges(plain, FOREVER, methods=TIME_METHODS):
        if row["item"] in kinds:
            group = found[companies[row["line"]], row["item"], "time"]
            group.earnings.append(
                (Fraction(row["net"]), date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])))
            if system_from and date.fromisoformat(row["due_on"]) < system_from:
                group.billed_before.append(group.earnings[-1])
    for fact in facts:
        if fact["item"] in kinds:
            first, last = (date.fromisoformat(day) for day in fact["period"])
            if fact["kind"] == "turnover":
                first = last
            found[fact["company_no"], fact["item"], "fact"].earnings.append((Fraction(fact["net"]), first, last))
    for item, amount in case["openings"]:
        if kinds.get(item) == "lease":
            lines = sorted((raw for raw in contract.get("terms") or [] if raw["item"] == item),
                           key=lambda raw: raw["line"])
            company = (lines[0].get("company_no") or "") if lines else ""
            found[company, item, "time"].opening += Fraction(amount)

    rents = [(raw, term) for raw, term in spread_terms(contract) if kinds.get(raw["item"]) == "lease"]
    end = min(read_date(contract, "end_on"), read_date(contract, "terminated_on", FOREVER))
    for (company, item, basis), group in found.items():
        if basis == "fact":
            continue
        group.system_from = system_from
        if kinds[item] != "lease":
            continue
        own = [term for raw, term in rents if raw["item"] == item and (raw.get("company_no") or "") == company]
        first = read_date(contract, "handover_on", read_date(contract, "start_on"))
        last = max((term.last for term in own), default=end)
        # Rent that begins after other rent is of its own time.
        if own and min(term.first for _, term in rents) < min(term.first for term in own):
            first = max(first, min(term.first for term in own))
        if system_from:
            first = max(first, system_from)
        group.span = min(first, last), last
    return dict(found)


def accrue(case: dict, contract: dict, facts: list[dict], month: date, closed: date | None,
           recorded: list[Row]) -> list[Row]:
    """The rows to be booked so that all months through one are accrued.

    `closed` is the last month that is closed.
    """
    if read_choice(contract, "status", "signed") != "signed":
        return []
    found = groups(case, contract, facts)
    for row in recorded:
        found.setdefault(row.group, Group())
    newest = max((row.month for row in recorded), default=None)
    system_from = read_date(case, "billing_from")
    rows = []
    for key, group in found.items():
        mine = [row for row in recorded if row.group == key]
        if newest is None:
            days = [first for _, first, _ in group.earnings] + ([group.span[0]] if group.span else [])
            start = min(days, default=system_from or month)
            if system_from:
                start = max(start, system_from)
        elif newest == month and not (closed and newest <= closed):
            start = newest
        else:
            start = add_months(newest, 1)
        for one in months(start, last_of(month)) if start <= last_of(month) else ():
            before = [row for row in mine if row.month < one]
            here = [row for row in mine if row.month == one]
            earned_before = sum((row.earned for row in before), Fraction(0))
            brought = group.brought(last_of(one)) - sum((row.brought for row in before + here), Fraction(0))
            straight_before = sum((row.straight for row in before), Fraction(0))
            earned = group.earned(last_of(one)) - group.earned_before_the_system - earned_before
            if group.span:
                recognized = group.earned_before_the_system + group.opening + earned_before + straight_before
                straight = income(group, one, recognized) - earned
            else:
                straight = -straight_before - group.opening
            earned -= sum((row.earned for row in here), Fraction(0))
            straight -= sum((row.straight for row in here), Fraction(0))
            if earned or straight or brought:
                row = Row(*key, one, max((row.revision + 1 for row in here), default=0), earned, straight,
                          brought)
                rows.append(row)
                mine.append(row)
    return rows


# ---------------------------------------------------------------- cases by chance

KINDS = ("lease", "lease", "service", None)


class Life:
    """A contract that is accrued and changes."""

    def __init__(self, seed: int, number: int):
        self.chance = random.Random(f"accrual {seed} {number}")
        while True:
            self.contract = random_contracts.random_contract(self.chance.randrange(10**6), number)
            random_contracts.keep_methods(self.contract, list(TIME_METHODS))
            self.contract.pop("turnovers", None)
            start, end = read_date(self.contract, "start_on"), read_date(self.contract, "end_on")
            if self.contract["terms"] and days_in(start, end) < 1500:
                break
        self.start, self.end = start, end
        if self.chance.random() < 0.4:
            self.contract["handover_on"] = str(start + timedelta(days=self.chance.randint(-60, 40)))
        self.contract["status"] = "signed"
        items = sorted({term["item"] for term in self.contract["terms"]} | {"power"})
        self.kinds = {item: self.chance.choice(KINDS) for item in items}
        self.kinds = {item: kind for item, kind in self.kinds.items() if kind}
        self.billing_from, self.openings = None, []
        if self.chance.random() < 0.4:
            self.billing_from = start + timedelta(days=self.chance.randint(-100, days_in(start, end) + 50))
            self.openings = [[item, f"{self.chance.randint(-9999999, 9999999) / 100:.2f}"]
                             for item, kind in self.kinds.items()
                             if kind == "lease" and self.chance.random() < 0.6]
        self.facts: list[dict] = []

    def day(self) -> date:
        return self.start + timedelta(days=self.chance.randrange(max(1, days_in(self.start, self.end))))

    def change(self):
        """One modification, of those that registers and commands allow."""
        contract, terms = self.contract, self.contract["terms"]
        term = self.chance.choice(terms)
        what = self.chance.choice(["terminate", "extend", "step", "free", "close", "once", "price", "drop",
                                   "fact", "fact", "handover", "again"])
        if what == "terminate":
            contract["terminated_on"] = str(self.day())
        elif what == "again":
            contract.pop("terminated_on", None)
        elif what == "extend":
            contract["end_on"] = str(read_date(contract, "end_on") + timedelta(days=self.chance.randint(1, 200)))
        elif what == "step" and present(term, "price") and not present(term, "escalate_percent"):
            steps = contract.setdefault("price_steps", [])
            on = str(self.day())
            if not any(step["line"] == term["line"] and step["from_on"] == on for step in steps):
                steps.append({"line": term["line"], "from_on": on, "price": str(self.chance.randint(1, 99999))})
        elif what == "price" and present(term, "price"):
            term["price"] = str(self.chance.randint(1, 99999))
        elif what == "free":
            spans, on = contract.setdefault("rent_free", []), self.day()
            if not any(span["from_on"] == str(on) for span in spans):
                spans.append({"item": term["item"], "from_on": str(on),
                              "to_on": str(on + timedelta(days=self.chance.randint(0, 90))),
                              "percent": self.chance.choice(["100", "50"])})
        elif what == "close":
            on = self.day()
            if term["method"] in ("fixed", "area") and not present(term, "to_on") \
                    and str(on) > (term.get("from_on") or str(self.start)):
                other = dict(term, line=max(one["line"] for one in terms) + 1, from_on=str(on + ONE_DAY))
                other["company_no"] = self.chance.choice(["CQ", "WY", other.get("company_no")])
                other.pop("first_due_on", None)
                term["to_on"] = str(on)
                terms.append(other)
        elif what == "once":
            terms.append({"line": max(one["line"] for one in terms) + 1, "item": term["item"], "method": "once",
                          "price": str(self.chance.randint(1, 99999)), "tax_rate": "0.09", "on": str(self.day())})
        elif what == "drop" and len(terms) > 1:
            terms.remove(term)
            contract["price_steps"] = [step for step in contract.get("price_steps") or []
                                       if step["line"] != term["line"]]
            contract["turnover_tiers"] = [tier for tier in contract.get("turnover_tiers") or []
                                          if tier["line"] != term["line"]]
        elif what == "handover":
            contract["handover_on"] = str(self.start + timedelta(days=self.chance.randint(-60, 60)))
        elif what == "fact":
            first = self.day()
            self.facts.append({
                "source": f"M{len(self.facts)}", "kind": self.chance.choice(["metered", "metered", "turnover", "share"]),
                "item": self.chance.choice(sorted(self.kinds) or ["power"]),
                "company_no": self.chance.choice(["CQ", "WY"]), "net": f"{self.chance.randint(-99999, 999999) / 100:.2f}",
                "period": [str(first), str(first + timedelta(days=self.chance.randint(0, 45)))]})

    def live(self) -> dict:
        case = {"kinds": self.kinds, "billing_from": str(self.billing_from) if self.billing_from else None,
                "openings": self.openings, "steps": []}
        recorded: list[Row] = []
        month = self.start.replace(day=1)
        closed = None
        for _ in range(self.chance.choice([1, 3, 6, 10])):
            month = add_months(month, self.chance.choice([0, 0, 1, 1, 1, 2, 5]))
            self.step(case, month, closed, recorded)
            if self.chance.random() < 0.4:
                closed = max(closed or month, add_months(month, self.chance.choice([-2, -1, 0])))
            while self.chance.random() < 0.4:
                self.change()
        # To its end, and once more: whatever happened, the differences come to nothing.
        end = max(read_date(self.contract, "end_on"), month, *(date.fromisoformat(fact["period"][1])
                                                              for fact in self.facts), *self.once_days())
        self.step(case, add_months(end.replace(day=1), 1), closed, recorded)
        self.step(case, add_months(end.replace(day=1), 2), closed, recorded)
        return case

    def once_days(self):
        return (read_date(term, "on") for term in self.contract["terms"] if present(term, "on"))

    def step(self, case: dict, month: date, closed: date | None, recorded: list[Row]):
        expected = accrue(case, self.contract, self.facts, month, closed, recorded)
        recorded += expected
        case["steps"].append({
            "month": str(month)[:7], "closed": str(closed)[:7] if closed else None,
            "contract": json.dumps(self.contract, ensure_ascii=False), "facts": list(self.facts),
            "expected": [[row.company_no, row.item, row.basis, str(row.month)[:7], row.revision,
                          money(row.earned), money(row.straight), money(row.brought)] for row in expected]})


def random_case(seed: int, number: int) -> dict:
    return Life(seed, number).live()


def main() -> int:
    parser = argparse.ArgumentParser(description="Random lives of contracts, with what is to be booked of them.")
    parser.add_argument("--random", nargs=2, type=int, required=True, metavar=("SEED", "COUNT"))
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    seed, count = options.random
    for number in range(count):
        print(json.dumps(random_case(seed, number), ensure_ascii=False, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
