#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random contracts for the filter, as JSON Lines: valid, realistic, and nasty.

    random_contracts.py --seed N --count N [--spellings] > contracts.jsonl

Made to bring every field of a charge term of the methods `fixed`, `area` and
`once`, and every convention that touches them, against every other: month
ends, leap days, units that come and go, overlapping rent-free spans, prices of
six places, days due that a month lacks. Contract N of a seed is always the same,
whatever the count. Only valid input is made. With `--spellings` some values are
written in the other ways that the registers accept (Chinese words, `9%`).
"""

import argparse
import json
import random
import sys
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

ITEMS = ["rent", "mgmt", "promo", "parking", "ad"]
TAX_RATES = ["0", "0.01", "0.03", "0.05", "0.06", "0.09", "0.13"]
NASTY_DAYS = ["2019-12-31", "2020-01-31", "2020-02-28", "2020-02-29", "2020-03-01", "2023-08-31",
              "2023-10-30", "2023-11-30", "2023-12-31", "2024-01-29", "2024-01-30", "2024-01-31",
              "2024-02-01", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-31", "2024-12-31",
              "2025-01-01", "2025-01-31", "2025-02-28", "2025-03-01", "2025-04-30", "2025-05-31",
              "2026-01-15", "2026-02-28", "2026-07-31", "2027-02-28", "2027-12-01", "2028-02-29"]
CHINESE_WORDS = {
    "fixed": "固定", "area": "按面积", "once": "一次性", "day": "日", "month": "月", "quarter": "季",
    "half_year": "半年", "year": "年", "calendar": "自然周期", "start": "合同周期", "advance": "预收",
    "arrears": "后收", "previous": "上月", "same": "当月", "next": "次月", "actual": "实际天数",
    "d30": "30天", "d365": "365天", "whole": "整月", "fen": "分", "jiao": "角", "yuan": "元",
}


def add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Maker:
    """One contract from one stream of chance."""

    def __init__(self, seed: int, number: int, spellings: bool):
        self.chance = random.Random(f"{seed}/{number}")
        self.contract_no = f"R{seed}-{number:06d}"
        self.spellings = spellings

    # ---- small choices

    def maybe(self, probability: float) -> bool:
        return self.chance.random() < probability

    def one_of(self, *values):
        return self.chance.choice(values)

    def day_between(self, first: date, last: date) -> date:
        """Any day of a span, month ends and firsts more often than others."""
        day = first + timedelta(days=self.chance.randint(0, (last - first).days))
        if self.maybe(0.3):
            nice = day.replace(day=self.one_of(1, 1, monthrange(day.year, day.month)[1]))
            if first <= nice <= last:
                return nice
        return day

    def decimal(self, value: Decimal):
        """A decimal as text, sometimes as a number whose text is the same."""
        text = f"{value:f}"
        if self.maybe(0.15) and "." in text and Decimal(repr(float(text))) == value and "e" not in repr(float(text)):
            return float(text)
        return text

    def word(self, value: str) -> str:
        return CHINESE_WORDS[value] if self.spellings and self.maybe(0.2) else value

    def put(self, record: dict, field: str, probability: float, value) -> None:
        """Set a field, or leave it out, or now and then write it as null."""
        if self.maybe(probability):
            record[field] = value
        elif self.maybe(0.05):
            record[field] = None

    # ---- parts of a contract

    def make_dates(self) -> tuple[date, date, date | None]:
        if self.maybe(0.02):
            start = self.one_of(date(1999, 12, 31), date(2096, 2, 29), date(2099, 12, 31), date(2100, 2, 28))
        elif self.maybe(0.5):
            start = date.fromisoformat(self.one_of(*NASTY_DAYS))
        else:
            start = self.day_between(date(2019, 6, 1), date(2028, 12, 31))
        if self.maybe(0.5):
            end = add_months(start, 12 * self.one_of(1, 1, 2, 3, 3, 3, 5, 8)) - timedelta(days=1)
        elif self.maybe(0.2):
            end = start + timedelta(days=self.one_of(0, 1, 2, 27, 28, 29, 30, 31, 59, 89))
        else:
            end = start + timedelta(days=self.chance.randint(20, 1500))
        terminated = None
        if self.maybe(0.3):
            terminated = self.one_of(start, end, end + timedelta(days=self.chance.randint(1, 200)),
                                     self.day_between(start, end), self.day_between(start, end),
                                     self.day_between(start, end))
        return start, end, terminated

    def area(self) -> Decimal:
        if self.maybe(0.05):
            return Decimal(self.one_of("0.01", "0.5", "1", "9999.99", "33.333"))
        return Decimal(self.chance.randint(500, 300000)) / 100

    def make_units(self, start: date, end: date) -> list[dict]:
        """Units with one or more spans each, never two at a time; some leave gaps."""
        units = []
        for number in range(self.one_of(1, 1, 1, 2, 2, 3, 4)):
            unit_no = self.one_of("A", "B") + f"-L{number + 1}-{self.chance.randint(1, 999):03d}"
            spans: list[tuple[date | None, date | None]]
            if self.maybe(0.5):
                spans = [(None if self.maybe(0.5) else start, None)]
            else:
                low, high = start - timedelta(days=60), end + timedelta(days=60)
                cuts = sorted({self.day_between(low, high) for _ in range(self.one_of(2, 2, 3, 4, 4, 6))})
                # Every other stretch is without the unit, or it follows on with another area.
                spans, i = [], 0
                while i + 1 < len(cuts):
                    last = cuts[i + 1] - timedelta(days=1)
                    spans.append((cuts[i], max(cuts[i], last)))
                    i += 1 if last >= cuts[i] and self.maybe(0.5) else 2
                if not spans:
                    spans = [(cuts[0], None)]
                elif self.maybe(0.4):
                    spans[-1] = (spans[-1][0], None)
                if self.maybe(0.2):
                    spans[0] = (None, spans[0][1])
            for from_on, to_on in spans:
                unit = {"unit_no": unit_no, "area_m2": self.decimal(self.area())}
                if from_on is not None or self.maybe(0.5):
                    unit["from_on"] = from_on and from_on.isoformat()
                if to_on is not None or self.maybe(0.5):
                    unit["to_on"] = to_on and to_on.isoformat()
                units.append(unit)
        self.chance.shuffle(units)
        return units

    def price(self, method: str, per: str | None) -> Decimal:
        if self.maybe(0.02):
            return Decimal(0)
        if self.maybe(0.05):
            return Decimal(self.one_of("0.000001", "0.005", "0.01", "0.333333", "0.045", "1"))
        places = self.one_of(0, 1, 2, 2, 2, 2, 3, 4, 6, 6)
        top = {"day": 15, "month": 400, "quarter": 1200, "half_year": 2400, "year": 4800}.get(per, 400)
        if method != "area":
            top *= 300
        return Decimal(self.chance.randint(1, top * 10 ** places)) / 10 ** places

    def make_due(self, term: dict, start: date) -> None:
        rule = self.one_of("none", "days", "days", "day", "day", "day", "day+month", "day+month")
        if rule == "days":
            term["due_days"] = self.one_of(-31, -30, -15, -10, -1, 0, 0, 1, 5, 10, 15, 30, 45)
        if rule.startswith("day") and rule != "days":
            term["due_day"] = self.one_of(1, 5, 10, 15, 20, 25, 28, 29, 30, 31, 31, 31,
                                          self.chance.randint(1, 31))
        if rule.endswith("month"):
            term["due_month"] = self.word(self.one_of("previous", "same", "next"))
        if self.maybe(0.2):
            term["first_due_on"] = (start + timedelta(days=self.chance.randint(-40, 60))).isoformat()
        self.put(term, "lead_days", 0.5, self.one_of(0, 3, 5, 7, 10, 15, 30, 45, 90))

    def make_tax(self, term: dict) -> None:
        rate = self.one_of(*TAX_RATES)
        if self.spellings and self.maybe(0.3):
            rate = f"{Decimal(rate) * 100:f}".rstrip("0").rstrip(".") or "0"
            rate += "%"
        self.put(term, "tax_rate", 0.85, rate)
        included = self.one_of(True, False)
        self.put(term, "tax_included", 0.6,
                 ("是" if included else "否") if self.spellings and self.maybe(0.2) else included)
        self.put(term, "rounding", 0.5, self.word(self.one_of("fen", "jiao", "yuan")))

    def make_term(self, line: int, start: date, end: date, unit_nos: list[str]) -> tuple[dict, list[dict]]:
        method = self.one_of("fixed", "fixed", "fixed", "area", "area", "area", "area", "once")
        term = {"line": line, "item": self.one_of(*ITEMS), "method": self.word(method)}
        if self.maybe(0.1):
            term["company_no"] = self.one_of("CQ", "WY")
        if method == "once":
            term["price"] = self.decimal(self.price(method, None))
            self.put(term, "on", 0.85, (start + timedelta(days=self.chance.randint(-60, 400))).isoformat())
            if self.maybe(0.15):
                term["from_on"] = self.day_between(start, end).isoformat()
            self.make_due(term, start)
            self.make_tax(term)
            return term, []

        per = self.one_of("day", "day", "month", "month", "month", "quarter", "half_year", "year")
        term["per"] = self.word(per)
        term["price"] = self.decimal(self.price(method, per))
        if self.maybe(0.4) and unit_nos:
            some = self.chance.sample(unit_nos, self.chance.randint(1, len(unit_nos)))
            term["unit_no"] = some if self.maybe(0.3) else ";".join(some)
        elif self.maybe(0.2):
            term["unit_no"] = self.one_of("", [])
        self.put(term, "cycle_months", 0.9, self.one_of(1, 1, 1, 2, 3, 3, 6, 12))
        self.put(term, "anchor", 0.8, self.word(self.one_of("calendar", "start", "start")))
        self.put(term, "timing", 0.7, self.word(self.one_of("advance", "arrears")))
        self.put(term, "proration", 0.85, self.word(self.one_of("actual", "d30", "d365", "whole")))

        first, last = start, end
        if self.maybe(0.25):
            first = self.day_between(start - timedelta(days=70) if self.maybe(0.3) else start, end)
            term["from_on"] = first.isoformat()
        if self.maybe(0.25):
            last = self.day_between(first, end + timedelta(days=70 if self.maybe(0.3) else 0))
            term["to_on"] = last.isoformat()

        self.make_due(term, first)
        self.make_tax(term)

        change = self.one_of("none", "none", "escalation", "steps")
        steps = []
        if change == "escalation":
            months, percent = self.one_of((12, "5"), (12, "8"), (12, "3.5"), (24, "10"), (36, "100"), (6, "2.25"),
                                          (13, "7.77"), (1, "1.5"), (3, "4"), (2, "1.333333"), (18, "6.5"))
            term["escalate_months"] = months
            term["escalate_percent"] = percent + "%" if self.spellings and self.maybe(0.3) else percent
            self.put(term, "price_places", 0.5, self.one_of(0, 1, 2, 2, 3, 4, 6))
        elif change == "steps":
            days = {self.day_between(first - timedelta(days=200), last + timedelta(days=30))
                    for _ in range(self.one_of(1, 1, 2, 3, 5))}
            steps = [{"line": line, "from_on": day.isoformat(), "price": self.decimal(self.price(method, per))}
                     for day in days]
        return term, steps

    def make_free(self, start: date, end: date) -> list[dict]:
        """Spans on one item or all, early ones most, many overlapping; the percent from part to whole."""
        spans, keys = [], set()
        for _ in range(self.one_of(0, 0, 1, 1, 2, 3, 5)):
            latest = min(end, start + timedelta(days=120)) if self.maybe(0.5) else end
            first = start if self.maybe(0.3) else self.day_between(start - timedelta(days=20), latest)
            last = first + timedelta(days=self.one_of(0, 1, 9, 14, 29, 30, 44, 59, 89, self.chance.randint(0, 200)))
            if self.maybe(0.3):
                last = add_months(first, self.one_of(1, 2, 3)) - timedelta(days=1)
            span = {"from_on": first.isoformat(), "to_on": last.isoformat()}
            item = self.one_of("*", "*", "rent", "rent", None, *ITEMS)
            if item is not None:
                span["item"] = item
            key = (item or "rent", first)
            if key in keys:
                continue
            keys.add(key)
            self.put(span, "percent", 0.8, self.one_of("100", "100", "100", "50", "50", "30", "33.33", "66.666667",
                                                       "99.99", 25, 100))
            if self.spellings and isinstance(span.get("percent"), str) and self.maybe(0.3):
                span["percent"] += "%"
            spans.append(span)
        self.chance.shuffle(spans)
        return spans

    def make(self) -> dict:
        start, end, terminated = self.make_dates()
        contract = {"contract_no": self.contract_no, "tenant_no": f"T{self.chance.randint(1, 999):04d}",
                    "start_on": start.isoformat(), "end_on": end.isoformat()}
        self.put(contract, "terminated_on", 1.0 if terminated else 0.0, terminated and terminated.isoformat())
        if self.maybe(0.2):
            contract["status"] = self.one_of("signed", "signed", "signed", "draft", "archived")
        units = [] if self.maybe(0.03) else self.make_units(start, end)
        if units or self.maybe(0.5):
            contract["units"] = units
        unit_nos = sorted({unit["unit_no"] for unit in units})

        terms, steps = [], []
        lines = self.chance.sample(range(1, 13), self.one_of(1, 1, 2, 2, 3, 4))
        for line in lines:
            term, its_steps = self.make_term(line, start, end, unit_nos)
            terms.append(term)
            steps += its_steps
        self.chance.shuffle(steps)
        contract["terms"] = terms
        if steps or self.maybe(0.3):
            contract["price_steps"] = steps
        free = self.make_free(start, end)
        if free or self.maybe(0.3):
            contract["rent_free"] = free
        return contract


def random_contract(seed: int, number: int, spellings: bool = False) -> dict:
    return Maker(seed, number, spellings).make()


def main() -> int:
    parser = argparse.ArgumentParser(description="Random valid contracts as JSON Lines.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--spellings", action="store_true",
                        help="also write Chinese words and percents, as the registers accept them")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    for number in range(options.count):
        print(json.dumps(random_contract(options.seed, number, options.spellings), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
