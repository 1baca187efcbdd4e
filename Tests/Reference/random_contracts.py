#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random contracts for the filter, as JSON Lines: valid, realistic, and nasty.

    random_contracts.py --seed N --count N [--spellings] [--defects] > contracts.jsonl

Made to bring every field of a charge term of the methods `fixed`, `area`,
`turnover`, `metered` and `once`, and every convention that touches them, against
every other: month ends, leap days, units that come and go, overlapping rent-free
spans, prices of six places, days due that a month lacks; reports late, early,
missing or of months outside the term, turnover just at its guarantee or below
zero, lease years cut short; meters that roll over, are swapped, share a tariff
and its tiers, registers read on other days, and registers that a version of it
does not price or prices by another stretch of time. Contract N of a seed is
always the same, whatever the count.

Only valid input is made, unless `--defects` is given: then a third of the
contracts have one thing that the law refuses, and the whole contract must fail.
With `--spellings` some values are written in the other ways that the registers
accept (Chinese words, `9%`).
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
    "turnover": "提成", "metered": "抄表", "none": "否",
    "total": "总", "sharp": "尖", "peak": "峰", "flat": "平", "valley": "谷", "deep": "深谷",
}
REGISTER_SETS = [["total"], ["total"], ["total"], ["total"], ["peak", "flat", "valley"],
                 ["sharp", "peak", "flat", "valley", "deep"], ["total", "peak", "valley"], ["peak", "valley"]]
TENTH, FEN = Decimal("0.1"), Decimal("0.01")
ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Maker:
    """One contract from one stream of chance."""

    def __init__(self, seed: int, number: int, spellings: bool, defects: bool = False):
        self.chance = random.Random(f"{seed}/{number}")
        self.contract_no = f"R{seed}-{number:06d}"
        self.spellings = spellings
        self.defects = defects
        self.defect: str | None = None     # what is wrong with the contract that was made

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
        if method != "area":           # method, or the basis of a guarantee
            top *= 300
        return Decimal(self.chance.randint(1, top * 10 ** places)) / 10 ** places

    def make_due(self, term: dict, start: date, of_first: bool = True, before: float = 0) -> None:
        rule = self.one_of("none", "days", "days", "day", "day", "day", "day+month", "day+month")
        early = self.maybe(before)             # due the month before the base date, billed days ahead of that
        if early:
            rule = "day+month"
        if rule == "days":
            term["due_days"] = self.one_of(-31, -30, -15, -10, -1, 0, 0, 1, 5, 10, 15, 30, 45)
        if rule.startswith("day") and rule != "days":
            term["due_day"] = self.one_of(1, 5, 10, 15, 20, 25, 28, 29, 30, 31, 31, 31,
                                          self.chance.randint(1, 31))
        if rule.endswith("month"):
            term["due_month"] = self.word("previous" if early else self.one_of("previous", "same", "next"))
        if of_first and self.maybe(0.2):
            term["first_due_on"] = (start + timedelta(days=self.chance.randint(-40, 60))).isoformat()
        self.put(term, "lead_days", 1.0 if early else 0.5, self.one_of(0, 3, 5, 7, 10, 15, 30, 45, 90))

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
        method = self.one_of("fixed", "fixed", "fixed", "area", "area", "area", "area", "once",
                             "turnover", "turnover", "turnover", "metered", "metered", "metered")
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
        if method == "metered":
            self.make_due(term, start, of_first=False)
            self.make_tax(term)
            self.put(term, "timing", 0.3, "arrears")
            return term, []

        per = self.one_of("day", "day", "month", "month", "month", "quarter", "half_year", "year")
        guaranteed = method != "turnover" or self.maybe(0.8)
        basis = method
        if method == "turnover":
            basis = self.one_of("fixed", "area")
            self.put(term, "guarantee_basis", 1.0 if basis == "area" else 0.85, self.word(basis))
            self.put(term, "true_up", 0.6, self.one_of("year", "year", "year", self.word("none")))
            if term.get("true_up") == "year" and self.spellings and self.maybe(0.2):
                term["true_up"] = "年度取高"
        if guaranteed:
            term["per"] = self.word(per)
            term["price"] = self.decimal(self.price(basis, per))
        elif self.maybe(0.3):
            term["price"] = self.one_of(None, "")
        if self.maybe(0.4) and unit_nos:
            some = self.chance.sample(unit_nos, self.chance.randint(1, len(unit_nos)))
            term["unit_no"] = some if self.maybe(0.3) else ";".join(some)
        elif self.maybe(0.2):
            term["unit_no"] = self.one_of("", [])
        self.put(term, "cycle_months", 0.9, self.one_of(1, 1, 3, 3, 3, 6, 12) if method == "turnover" else
                 self.one_of(1, 1, 1, 2, 3, 3, 6, 12))
        self.put(term, "anchor", 0.8, self.word("calendar" if method == "turnover" else
                                                self.one_of("calendar", "start", "start")))
        self.put(term, "timing", 0.7, self.word(self.one_of("advance", "arrears")))
        self.put(term, "proration", 0.85, self.word(self.one_of("actual", "d30", "d365", "whole")))

        first, last = start, end
        if self.maybe(0.25):
            first = self.day_between(start - timedelta(days=70) if self.maybe(0.3) else start, end)
            term["from_on"] = first.isoformat()
        if self.maybe(0.25):
            last = self.day_between(first, end + timedelta(days=70 if self.maybe(0.3) else 0))
            term["to_on"] = last.isoformat()

        self.make_due(term, first, before=0.25 if method == "turnover" else 0)
        self.make_tax(term)

        change = self.one_of("none", "none", "escalation", "steps") if guaranteed else "none"
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
            steps = [{"line": line, "from_on": day.isoformat(), "price": self.decimal(self.price(basis, per))}
                     for day in sorted(days)]
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
            keeps = self.one_of(True, True, False)
            self.put(span, "turnover", 0.4, ("是" if keeps else "否") if self.spellings and self.maybe(0.3) else keeps)
            spans.append(span)
        self.chance.shuffle(spans)
        return spans

    def make_free_of_turnover(self, contract: dict, terms: list[dict], start: date, end: date) -> None:
        """Two or three overlapping spans of different percents on a turnover term, freeing its share or not."""
        spans = contract.get("rent_free", [])
        keys = {(span.get("item") or "rent", span["from_on"]) for span in spans}
        item = self.one_of(*[term["item"] for term in terms])
        first = self.day_between(start, end)
        for percent in self.chance.sample(["100", "100.00", "75", "50", "33.333333", "12.5"], self.one_of(2, 2, 3)):
            if (item, first.isoformat()) not in keys:
                keys.add((item, first.isoformat()))
                last = first + timedelta(days=self.one_of(13, 30, 45, 75))
                spans.append({"item": item, "from_on": first.isoformat(), "to_on": last.isoformat(),
                              "percent": percent, "turnover": self.one_of(True, False)})
            item = self.one_of(item, item, "*")
            first += timedelta(days=self.one_of(0, 5, 10, 15))
        self.chance.shuffle(spans)
        contract["rent_free"] = spans

    # ---- turnover

    def percent(self, low: int, high: int) -> str:
        text = f"{Decimal(self.chance.randint(low, high)) / self.one_of(1, 10, 100):f}"
        # Below one it could be read in two ways, and is refused without the sign.
        needs_sign = Decimal(text) < 1 or (self.spellings and self.maybe(0.3))
        return text + "%" if needs_sign else text

    def make_shares(self, term: dict, first: date, last: date) -> list[dict]:
        """The percent of the turnover, its tiers, or both."""
        tiers = []
        if self.maybe(0.4):
            days = {first - timedelta(days=self.one_of(0, 0, 1, 30, 400))}
            if self.maybe(0.1):                # until then the percent, or nothing
                days = {self.day_between(first, last)}
            while self.maybe(0.5):
                days.add(self.day_between(first, last))
            for day in sorted(days):
                sales = Decimal(self.one_of("0", "0", "0", "0", "5000", "30000.5"))
                for number in range(self.one_of(1, 2, 3, 3, 4)):
                    tiers.append({"line": term["line"], "from_on": day.isoformat(),
                                  "sales_from": self.decimal(sales), "percent": self.percent(1, 30)})
                    sales += (Decimal(self.chance.randint(1, 300000)) if self.maybe(0.5) else
                              Decimal(self.chance.randint(1, 30000000)) / 100 if self.maybe(0.6) else
                              Decimal(self.one_of("0.01", "50000", "100000")))
        if not tiers or self.maybe(0.2):
            term["percent"] = self.percent(1, 30)
        return tiers

    def make_reports(self, term: dict, free_line: bool, first: date, last: date) -> list[dict]:
        """Turnover of the term's months: none missing, some, or most; around what the guarantee is worth."""
        reports = []
        price = Decimal(str(term.get("price") or 0))
        per = {**{word: name for name, word in CHINESE_WORDS.items()}}.get(term.get("per"), term.get("per"))
        monthly = price * 30 if per == "day" else price / {"quarter": 3, "half_year": 6, "year": 12}.get(per, 1)
        if term.get("guarantee_basis") in ("area", "按面积"):
            monthly *= 150
        percent = Decimal(str(term.get("percent") or "10").rstrip("%")) or Decimal(1)
        worth = monthly / percent * 100 if monthly else Decimal(200000)
        if worth < 1:
            worth = Decimal(100)
        reported = self.one_of(1.0, 1.0, 1.0, 0.9, 0.5, 0.1)
        if term.get("true_up") in ("year", "年度取高"):
            reported = self.one_of(1.0, 1.0, 1.0, 0.97, 0.8)
        month = add_months(first.replace(day=1), -1 if self.maybe(0.1) else 0)
        until = add_months(last.replace(day=1), self.one_of(0, 0, 0, 0, 2))
        while month <= until:
            if self.maybe(reported):
                amount = worth * self.chance.randint(20, 250) / 100
                if self.maybe(0.1):
                    amount = self.one_of(Decimal(0), worth, worth + FEN, worth / 30, worth * 40)
                elif self.maybe(0.05):         # more was returned than sold
                    amount = self.one_of(-FEN, -worth / 10, -worth, -worth * 3)
                report = {"month": f"{month:%Y-%m}", "amount": self.decimal(amount.quantize(FEN))}
                if not free_line:
                    report["line"] = term["line"]
                elif self.maybe(0.1):
                    report["line"] = self.one_of(None, "")
                day = add_months(month, 1) + timedelta(days=self.one_of(0, 2, 4, 7, 9, 10, 14, 30, -1, -3, -20, 45, 200,
                                                                        900))
                self.put(report, "reported_on", 0.9, day.isoformat())
                reports.append(report)
            month = add_months(month, 1)
        return reports

    def make_turnover(self, contract: dict, terms: list[dict], start: date, end: date) -> None:
        terms = [term for term in terms if term["method"] in ("turnover", "提成")]
        reports, tiers = [], []
        for term in terms:
            first = date.fromisoformat(term.get("from_on") or start.isoformat())
            last = max(first, min(date.fromisoformat(term.get("to_on") or end.isoformat()), end))
            tiers += self.make_shares(term, first, last)
            reports += self.make_reports(term, len(terms) == 1 and self.maybe(0.6), first, last)
        self.chance.shuffle(reports)
        self.chance.shuffle(tiers)
        if reports or terms and self.maybe(0.3):
            contract["turnovers"] = reports
        if tiers or terms and self.maybe(0.3):
            contract["turnover_tiers"] = tiers
        if terms and self.maybe(0.35):
            self.make_free_of_turnover(contract, terms, start, end)

    # ---- meters

    def make_tariff(self, tariff_no: str, registers: list[str], before: date, end: date,
                    by_year: bool = False) -> list[dict]:
        """Versions with bands for each register; a register may be missing from one, though not all."""
        days = {before - timedelta(days=self.one_of(0, 0, 1, 100, 1000))}
        while self.maybe(0.5):
            days.add(self.day_between(before, max(before, end)))
        rows = []
        basis = "year" if by_year else self.one_of("month", "month", "year")
        for day in sorted(days):
            priced = [register for register in registers if register != "total" or len(registers) == 1]
            if len(priced) < len(registers) and self.maybe(0.15):
                priced = ["total"]             # for a while one price for all hours
            priced = [register for register in priced if self.maybe(0.85)] or priced[:1]
            tiered = by_year or self.maybe(0.5)
            for register in priced:
                its_basis = self.one_of("month", "year") if self.maybe(0.05) else basis
                start = Decimal(0)
                for number in range(self.one_of(2, 3, 3, 4) if tiered else 1):
                    price = Decimal(self.chance.randint(1, 40000)) / self.one_of(10000, 10000, 100000)
                    if self.maybe(0.02):
                        price = Decimal(0)
                    row = {"tariff_no": tariff_no, "from_on": day.isoformat(), "price": self.decimal(price)}
                    self.put(row, "register", 0.5 if register == "total" else 1.0, self.word(register))
                    self.put(row, "tier_from", 0.5 if start == 0 else 1.0, self.decimal(start))
                    self.put(row, "tier_basis", 0.5 if its_basis == "month" else 1.0, self.word(its_basis))
                    rows.append(row)
                    start += Decimal(self.one_of("50", "200", "1000", "5000", "123.45", "0.5", "33.333", "0.000001"))
            if self.maybe(0.4):
                basis = {"month": "year", "year": "month"}[basis]
        return rows

    def make_reading_days(self, first: date, last: date) -> list[date]:
        """Mostly a reading a month, at its end or on any day; some left out, some months with two."""
        days, months = set(), self.one_of(1, 1, 1, 1, 3)
        at_end = self.maybe(0.6)
        month = first.replace(day=1)
        while month <= last and len(days) < 40:
            length = monthrange(month.year, month.month)[1]
            for _ in range(self.one_of(1, 1, 1, 1, 1, 2, 0)):
                days.add(month.replace(day=length if at_end and self.maybe(0.8) else self.chance.randint(1, length)))
            month = add_months(month, months)
        if self.maybe(0.3):
            days.add(last)
        if self.maybe(0.05):
            days.add(first)
        return sorted(day for day in days if first <= day <= last)

    def make_values(self, install: dict, days: list[date], last: date, closed: bool, digits: int | None) -> list[dict]:
        """Readings that only go up, or over the top where the number of digits is known."""
        span = 10 ** digits if digits else 10 ** 9
        value = Decimal(self.chance.randint(0, min(span, 10 ** 5) * 10 - 1)) / 10
        if digits and self.maybe(0.3):
            value = span - Decimal(self.chance.randint(1, 2000)) / 10
        still = self.maybe(0.05)               # nobody uses it
        install["open_reading"] = self.decimal(value)
        typical = self.one_of(30, 300, 3000) if span > 10 ** 4 else 300
        values = {}
        for day in days + [last] * closed:
            if day not in values:
                used = self.one_of(Decimal(0), TENTH, Decimal(self.chance.randint(0, typical * 10)) / 10,
                                   Decimal(self.chance.randint(0, typical * 1000)) / 1000,
                                   Decimal(self.chance.randint(0, typical)))
                if digits and self.maybe(0.05):    # the most that a rollover may hide; or just to the top
                    used = self.one_of(Decimal(span) / 2 - TENTH, min(span - value, Decimal(span) / 2 - TENTH))
                value += Decimal(0) if still else used
                if digits is not None and value >= span:
                    value -= span
                values[day] = value
        if closed:
            install["close_reading"] = self.decimal(values[last])
        keep_last = last in days
        return [{"day": day, "value": value} for day, value in values.items() if day != last or keep_last]

    def make_stretches(self, start: date, end: date) -> list[tuple[date, date | None]]:
        """When the installs of a meter begin and end: one install, or swaps on the same day, the next, or later."""
        first = start if self.maybe(0.5) else self.day_between(start, end)
        if self.maybe(0.05):
            first = start - timedelta(days=self.chance.randint(1, 60))
        stretches: list[tuple[date, date | None]] = [(first, None)]
        while len(stretches) < 4 and first < end and self.maybe(0.35):
            taken_out = self.day_between(first, end - ONE_DAY)
            put_in = taken_out + timedelta(days=self.one_of(1, 1, 0, 0, 5, 40))
            stretches[-1] = first, taken_out
            if put_in > end or (put_in == taken_out == first):
                return stretches
            first = put_in
            stretches.append((first, None))
        if self.maybe(0.2):
            stretches[-1] = first, self.day_between(first, end) if self.maybe(0.5) else end
        return stretches

    def read_of_register(self, days: list[date], first: date, last: date) -> list[date]:
        """When one register of a meter is read: with the others, not every time, or a few days later."""
        habit = self.one_of("all", "all", "all", "some", "later")
        if habit == "some":
            return [day for day in days if self.maybe(0.8)]
        if habit == "later":
            moved = {day + timedelta(days=self.one_of(0, 0, 1, 2, 9)) for day in days}
            return sorted(day for day in moved if first <= day <= last)
        return days

    def make_meter(self, meter_no: str, line: int, registers: list[str], tariffs: list[str],
                   start: date, end: date) -> tuple[list[dict], list[dict]]:
        """Installs of one meter and its readings, those of other tenants before, between and after too."""
        digits = self.one_of(None, 4, 5, 6)
        multipliers = [None, "1", "20", "40", "60", "0.1", "1.25", "0.3333", "12.5", "30.00"]
        multiplier, tariff_no = self.one_of(*multipliers), tariffs[0]
        stretches = self.make_stretches(start, end)
        installs, readings = [], []

        def add_reading(day: date, register: str, value: str) -> None:
            row = {"meter_no": meter_no, "read_on": day.isoformat(), "value": value}
            self.put(row, "register", 0.6 if register == "total" else 1.0, self.word(register))
            readings.append(row)

        if self.maybe(0.2):                                  # the tenant before
            for back in self.chance.sample(range(1, 50), self.one_of(1, 2)):
                add_reading(stretches[0][0] - timedelta(days=back), self.one_of(*registers), self.one_of("0", "99999"))
        for number, (begin, to_on) in enumerate(stretches):
            last = min(to_on or end, end)
            follows = number + 1 < len(stretches)
            closed = to_on is not None or self.maybe(0.1)
            days = self.make_reading_days(begin, last)
            if number > 0:                                   # the day of a swap is the old meter's
                days = [day for day in days if day > stretches[number - 1][1]]
                if self.maybe(0.3):
                    multiplier = self.one_of(*multipliers)
                tariff_no = self.one_of(tariff_no, *tariffs)
            for register in registers:
                install = {"meter_no": meter_no, "line": line, "tariff_no": tariff_no, "from_on": begin.isoformat()}
                self.put(install, "register", 0.6 if register == "total" else 1.0, self.word(register))
                self.put(install, "multiplier", 0.0 if multiplier is None else 1.0, multiplier)
                self.put(install, "digits", 0.0 if digits is None else 1.0, digits)
                self.put(install, "to_on", 0.0 if to_on is None else 1.0, to_on and to_on.isoformat())
                its = self.read_of_register(days, days[0] if days else begin, last)
                for reading in self.make_values(install, its, last, closed, digits):
                    add_reading(reading["day"], register, self.decimal(reading["value"]))
                if not closed:
                    self.put(install, "close_reading", 0.0, None)
                installs.append(install)
            # Taken out and not yet put in again, or gone on to the next tenant: readings of nobody here.
            if follows and (stretches[number + 1][0] - last).days > 2 and self.maybe(0.5):
                add_reading(last + ONE_DAY, self.one_of(*registers), "1")
            if closed and not follows and self.maybe(0.3):
                add_reading(last + timedelta(days=31), registers[0], "1")
        return installs, readings

    def make_meters(self, contract: dict, terms: list[dict], start: date, end: date) -> None:
        lines = [term["line"] for term in terms if term["method"] in ("metered", "抄表")]
        installs, tariffs, readings = [], [], []
        numbers = self.chance.sample(range(1, 30), 29)
        common: list[str] = []                               # registers of a tariff that all lines share
        shared = self.maybe(0.3)
        for line in lines:
            crowd = self.maybe(0.4)                          # several meters on one tariff with tiers by year
            names = ["P0"] if shared else [f"P{line}-{i + 1}" for i in range(self.one_of(1, 1, 2))]
            if common:
                registers = [register for register in common if self.maybe(0.8)] or common
            else:
                registers = self.one_of(*REGISTER_SETS)
                for name in names:
                    tariffs += self.make_tariff(name, registers, start - timedelta(days=60), end, crowd)
                common = registers if shared else []
            for _ in range(self.one_of(2, 3, 4) if crowd else self.one_of(0, 1, 1, 1, 2, 2, 3)):
                its_installs, its_readings = self.make_meter(f"E{numbers.pop()}", line, registers,
                                                             self.chance.sample(names, len(names)), start, end)
                installs += its_installs
                readings += its_readings
        for name, rows in (("meters", installs), ("tariffs", tariffs), ("readings", readings)):
            self.chance.shuffle(rows)
            if rows or lines and self.maybe(0.3):
                contract[name] = rows

    # ---- things that the law refuses

    def break_something(self, contract: dict, end: date) -> str | None:
        """One thing that makes the whole contract fail, where the contract has room for it."""
        terms = contract["terms"]
        steps = {step["line"] for step in contract.get("price_steps", [])}
        installs, readings = contract.get("meters", []), contract.get("readings", [])
        turnover = [term for term in terms if term["method"] in ("turnover", "提成")]
        stepped = [term for term in terms if term["line"] in steps]

        def counter(row: dict) -> tuple[str, str]:
            return row["meter_no"], CHINESE_WORDS.get(row.get("register") or "total", row.get("register"))

        # Installs that are the only one of their register, so that what is added is read from them.
        counters = [counter(install) for install in installs]
        still_open = [install for install in installs
                      if counters.count(counter(install)) == 1 and install.get("close_reading") is None
                      and date.fromisoformat(install["from_on"]) < end]
        used = [row for row in readings for install in installs if counter(row) == counter(install)
                and install["from_on"] <= row["read_on"] <= end.isoformat()]

        def add_reading(install: dict, day: date, value: str) -> None:
            row = {"meter_no": install["meter_no"], "read_on": day.isoformat(), "value": value}
            if install.get("register") is not None:
                row["register"] = install["register"]
            readings.append(row)
            contract["readings"] = readings

        possible = ["due"]
        possible += ["steps"] * bool(stepped) + ["line"] * (len(turnover) > 1 and bool(contract.get("turnovers")))
        possible += ["late", "below", "half"] * bool(still_open)
        possible += ["version"] * bool(used)
        defect = self.one_of(*possible)
        if defect == "due":
            self.one_of(*terms).update(due_day=5, due_days=5)
        elif defect == "steps":
            self.one_of(*stepped).update(escalate_months=12, escalate_percent="5")
        elif defect == "line":
            self.one_of(*contract["turnovers"]).pop("line")
        elif defect == "late":
            install = self.one_of(*still_open)
            add_reading(install, end + timedelta(days=self.one_of(1, 30)), "999")
        elif defect in ("below", "half"):
            install = self.one_of(*still_open)
            readings[:] = [row for row in readings if counter(row) != counter(install)]
            install["open_reading"] = "5000.5"
            install.pop("digits", None)
            if defect == "half":
                install["digits"] = 4
            add_reading(install, end, self.one_of("5000.4", "4999", "0.5"))
        else:
            for row in contract["tariffs"]:
                row["from_on"] = (date.fromisoformat(row["from_on"]) + timedelta(days=40000)).isoformat()
        contract["status"] = "signed"
        return defect

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
        lines = self.chance.sample(range(1, 13), self.one_of(1, 1, 2, 2, 3, 4, 5))
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
        effective_end = min(end, terminated or end)
        self.make_turnover(contract, terms, start, effective_end)
        self.make_meters(contract, terms, start, effective_end)
        if self.defects and self.maybe(0.35):
            self.defect = self.break_something(contract, effective_end)
        return contract


def random_contract(seed: int, number: int, spellings: bool = False) -> dict:
    return Maker(seed, number, spellings).make()


def defective_contract(seed: int, number: int, spellings: bool = False) -> tuple[dict, str | None]:
    """A contract as `--defects` makes it, and what is wrong with it."""
    maker = Maker(seed, number, spellings, defects=True)
    return maker.make(), maker.defect


CHINESE_METHODS = {"固定": "fixed", "按面积": "area", "提成": "turnover", "抄表": "metered",
                   "公摊": "share", "一次性": "once"}


def keep_methods(contract: dict, methods: list[str]) -> None:
    """Terms of those methods stay, with their price steps; of the others nothing stays."""
    contract["terms"] = [term for term in contract["terms"]
                         if CHINESE_METHODS.get(term["method"], term["method"]) in methods]
    lines = {term["line"] for term in contract["terms"]}
    if "price_steps" in contract:
        contract["price_steps"] = [step for step in contract["price_steps"] if step["line"] in lines]
    if "turnover" not in methods:
        contract.pop("turnovers", None)
        contract.pop("turnover_tiers", None)
    if "metered" not in methods:
        for section in ("meters", "tariffs", "readings"):
            contract.pop(section, None)


def main() -> int:
    parser = argparse.ArgumentParser(description="Random valid contracts as JSON Lines.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--spellings", action="store_true",
                        help="also write Chinese words and percents, as the registers accept them")
    parser.add_argument("--defects", action="store_true",
                        help="a third of the contracts have one thing that the law refuses")
    parser.add_argument("--methods", metavar="METHOD,…",
                        help="leave out terms of other methods, and what belongs to them")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    for number in range(options.count):
        contract = Maker(options.seed, number, options.spellings, options.defects).make()
        if options.methods:
            keep_methods(contract, options.methods.split(","))
        print(json.dumps(contract, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
