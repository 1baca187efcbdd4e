#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference division of shared costs (公摊) by the letter of the law, used as a test oracle.

    reference_shares.py < pools.jsonl > divided.jsonl
    reference_shares.py --random SEED COUNT > pools.jsonl

One pool per line on stdin, with the contracts that may have a part in it as the
filter reads them (those of the pool's property):

    {"pool": {"pool_no": "GT-202609", "period": "2026-09", "item": "share", "amount": "18642.37",
              "basis": "area", "own_area_m2": "350.5"},
     "contracts": [{"contract_no": "C-1", "start_on": …, "units": […], "terms": […]}]}

One division per line on stdout, its parts by contract_no as text:

    {"pool_no": "GT-202609", "period": "2026-09", "own": "1200.00",
     "parts": [{"contract_no": "C-1", "line": 3, "amount": "17442.37"}]}

`own` is what the operator bears; own and parts make the pool's amount to the fen.
Tax, rounding and due date are the term's and come after. A part of weight above 0
that comes to nothing is listed with 0.00. A bad line is reported on stderr and
skipped, exit status 1; so is a pool that nobody bears. Where the text leaves a
choice, NOTES.md says which one was made. `--random` makes pools, the same ones
for a seed whatever the count.
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from random_contracts import Maker
from reference_billing import (ONE_DAY, LawError, Term, add_months, days_in, money, read_choice, read_date,
                               read_number, read_term)


@dataclass(frozen=True)
class Part:
    """Who bears a part of a pool; the operator is the one without a contract."""
    contract_no: str | None
    line: int | None
    weight: Fraction


def days_common(*spans: tuple[date, date]) -> int:
    """How many days lie in all of the spans."""
    return max(0, days_in(max(first for first, _ in spans), min(last for _, last in spans)))


def term_weight(term: Term, month: tuple[date, date]) -> Fraction:
    """Σ area × the days of the month on which the unit is in force, the term covers it and the term runs."""
    return sum((unit.value * days_common(month, (term.first, term.last), (unit.first, unit.last))
                for unit in term.areas), Fraction(0))


def part_of(contract: dict, item: str, basis: str, month: tuple[date, date]) -> Part | None:
    """A contract takes part once, whatever the number of its share terms; its highest line charges."""
    if read_choice(contract, "status", "signed") != "signed":
        return None
    if read_date(contract, "start_on") > read_date(contract, "end_on"):
        raise LawError("end_on is before start_on")
    terms = [read_term(contract, raw) for raw in contract.get("terms") or []
             if read_choice(raw, "method") == "share" and raw["item"] == item]
    terms = [term for term in terms if days_common(month, (term.first, term.last)) > 0]
    if not terms:
        return None
    weight = Fraction(1) if basis == "equal" else sum(term_weight(term, month) for term in terms)
    return Part(contract["contract_no"], max(term.line for term in terms), weight)


def largest_remainder(amount: Fraction, weights: list[Fraction]) -> list[Fraction]:
    """To the fen by weight; what is left goes, a fen each, to the largest remainders, of equal ones to the first."""
    fen = abs(amount) * 100
    if fen.denominator != 1:
        raise LawError("the amount of a pool is in whole fen")
    if not sum(weights) > 0:
        raise LawError("nobody bears the pool")
    exact = [fen * weight / sum(weights) for weight in weights]
    given = [floor(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda n: given[n] - exact[n])       # stable: the first of equal ones
    for n in order[:int(fen) - sum(given)]:
        given[n] += 1
    return [Fraction(-share if amount < 0 else share, 100) for share in given]


def divide(record: dict) -> dict:
    pool, contracts = record["pool"], record["contracts"]
    first = date.fromisoformat(pool["period"] + "-01")
    month = first, add_months(first, 1) - ONE_DAY
    basis = read_choice(pool, "basis", "area")
    numbers = [contract["contract_no"] for contract in contracts]
    if len(set(numbers)) < len(numbers):
        raise LawError("a contract comes twice")

    found = [part_of(contract, pool["item"], basis, month) for contract in contracts]
    parts = sorted((part for part in found if part is not None and part.weight > 0), key=lambda part: part.contract_no)
    own_area = read_number(pool, "own_area_m2", Fraction(0)) if basis == "area" else Fraction(0)
    own = Part(None, None, own_area * days_in(*month))                           # last in ties
    *amounts, borne = largest_remainder(read_number(pool, "amount"), [part.weight for part in parts + [own]])
    return {"pool_no": pool["pool_no"], "period": pool["period"], "own": money(borne),
            "parts": [{"contract_no": part.contract_no, "line": part.line, "amount": money(amount)}
                      for part, amount in zip(parts, amounts)]}


# ---------------------------------------------------------------- pools by chance

ITEM = "share"
MONTHS = ["2024-02", "2024-02", "2025-02", "2026-02", "2026-09", "2026-10", "2026-12", "2027-01", "2028-02"]


class PoolMaker(Maker):
    """One pool and its contracts from one stream of chance."""

    def __init__(self, seed: int, number: int):
        super().__init__(seed, number, spellings=False)
        self.chance = random.Random(f"{seed}/pool/{number}")
        self.pool_no = f"GT{seed}-{number:06d}"
        first = date.fromisoformat(self.one_of(*MONTHS) + "-01")
        if self.maybe(0.3):
            first = date(self.chance.randint(2020, 2030), self.chance.randint(1, 12), 1)
        self.first, self.last = first, add_months(first, 1) - ONE_DAY
        # Of equal areas there are equal remainders.
        self.areas = [self.area() for _ in range(self.one_of(1, 1, 2, 3, 30))]

    def around(self) -> date:
        """A day of the month or close to it, its ends more often than others."""
        return self.one_of(self.first, self.last, self.first - ONE_DAY, self.last + ONE_DAY,
                           self.day_between(self.first, self.last), self.day_between(self.first, self.last),
                           self.first - timedelta(days=self.chance.randint(2, 400)),
                           self.last + timedelta(days=self.chance.randint(2, 400)))

    def span(self, whole: float) -> tuple[date, date]:
        """Mostly the whole month and more."""
        if self.maybe(whole):
            return (self.first - timedelta(days=self.chance.randint(0, 800)),
                    self.last + timedelta(days=self.chance.randint(0, 800)))
        one, other = sorted((self.around(), self.around()))
        return one, other

    def make_pool_units(self) -> list[dict]:
        """One to four units; some come, go, or change their area within the month."""
        units = []
        for number in range(self.one_of(1, 1, 1, 2, 3, 4)):
            unit = {"unit_no": f"A-{number + 1}", "area_m2": self.decimal(self.one_of(*self.areas))}
            if self.maybe(0.6):
                unit |= self.one_of({}, {"from_on": None, "to_on": None})
                units.append(unit)
                continue
            first, last = self.span(0.2)
            self.put(unit, "from_on", 0.8, first.isoformat())
            self.put(unit, "to_on", 0.8, last.isoformat())
            units.append(unit)
            if unit.get("to_on") and self.maybe(0.5):
                gap = self.one_of(1, 1, 2, 10)
                units.append({"unit_no": unit["unit_no"], "area_m2": self.decimal(self.area()),
                              "from_on": (last + timedelta(days=gap)).isoformat(), "to_on": None})
        self.chance.shuffle(units)
        return units

    def make_share_term(self, line: int, item: str, unit_nos: list[str]) -> dict:
        term = {"line": line, "item": item, "method": self.one_of("share", "share", "share", "公摊")}
        if self.maybe(0.4):
            some = self.chance.sample(unit_nos, self.chance.randint(1, len(unit_nos)))
            term["unit_no"] = some if self.maybe(0.3) else ";".join(some)
        if self.maybe(0.25):
            first, last = self.span(0.1)
            self.put(term, "from_on", 0.7, first.isoformat())
            self.put(term, "to_on", 0.7, last.isoformat())
        self.make_due(term, self.first, of_first=False)
        self.make_tax(term)
        return term

    def make_contract(self, contract_no: str) -> dict:
        start, end = self.span(0.7)
        contract = {"contract_no": contract_no, "tenant_no": f"T{self.chance.randint(1, 999):04d}",
                    "start_on": start.isoformat(), "end_on": end.isoformat()}
        if self.maybe(0.15):
            contract["terminated_on"] = max(start, self.around()).isoformat()
        self.put(contract, "status", 0.2, self.one_of("signed", "signed", "draft", "archived", "草稿"))
        contract["units"] = [] if self.maybe(0.03) else self.make_pool_units()
        unit_nos = sorted({unit["unit_no"] for unit in contract["units"]}) or ["A-1"]
        lines = self.chance.sample(range(1, 13), 6)
        items = self.one_of([ITEM], [ITEM], [ITEM], [ITEM], [ITEM] * 2, [ITEM] * 3, [ITEM, "clean"], ["clean"], [])
        terms = [self.make_share_term(lines.pop(), item, unit_nos) for item in items]
        if self.maybe(0.5):
            terms.append({"line": lines.pop(), "item": self.one_of("rent", ITEM), "method": "fixed",
                          "price": "3000", "per": "month"})
        self.chance.shuffle(terms)
        contract["terms"] = terms
        return contract

    def amount(self) -> str:
        fen = self.one_of(1, 2, 7, 99, 100, 10 ** 11, self.chance.randint(1, 1000),
                          *[self.chance.randint(1, 10 ** 7) for _ in range(6)])
        if self.maybe(0.1):
            fen = -fen
        elif self.maybe(0.02):
            fen = 0
        return money(Fraction(fen, 100))

    def make(self) -> dict:
        pool = {"pool_no": self.pool_no, "period": f"{self.first:%Y-%m}", "item": ITEM, "amount": self.amount()}
        self.put(pool, "basis", 0.9, self.one_of("area", "area", "area", "equal", "按面积", "平均"))
        own = self.one_of("350.5", "0", "0.001", self.decimal(self.one_of(*self.areas)), self.decimal(self.area()))
        self.put(pool, "own_area_m2", 0.7, own)
        names = self.chance.sample([f"{prefix}{number}" for prefix in ("C-", "C-", "c-", "C", "合同-", "B/")
                                    for number in range(1, 25)], self.one_of(1, 2, 3, 4, 5, 6, 8, 12, 40))
        record = {"pool": pool, "contracts": [self.make_contract(name) for name in dict.fromkeys(names)]}
        try:
            divide(record)
        except LawError:                                     # nobody bears it: let it be the operator
            pool |= {"basis": "area", "own_area_m2": "350.5"}
        return record


def random_pool(seed: int, number: int) -> dict:
    return PoolMaker(seed, number).make()


def main() -> int:
    parser = argparse.ArgumentParser(description="Divide the pools on stdin, by the letter of the law.")
    parser.add_argument("--random", nargs=2, type=int, metavar=("SEED", "COUNT"),
                        help="print so many pools made by chance instead")
    options = parser.parse_args()
    sys.stdin.reconfigure(encoding="utf-8-sig")
    sys.stdout.reconfigure(encoding="utf-8")
    if options.random:
        seed, count = options.random
        for number in range(count):
            print(json.dumps(random_pool(seed, number), ensure_ascii=False))
        return 0

    failed = False
    for number, text in enumerate(sys.stdin, start=1):
        if not text.strip():
            continue
        try:
            divided = divide(json.loads(text, parse_float=Decimal))
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as problem:
            print(f"<stdin>:{number}: error: {problem!r}", file=sys.stderr)
            failed = True
            continue
        print(json.dumps(divided, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
