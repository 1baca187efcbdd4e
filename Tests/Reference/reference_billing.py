#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference implementation of the billing law, used as a test oracle.

It does what `boms-bill compute` does for the methods `fixed`, `area` and
`once`, and was written from the text of the law (`billing.md`) alone, without a
look at the program that it tests. It prefers to be plainly right over being
fast: exact fractions, one function per sentence of the law, the standard
library only.

    reference_billing.py --as-of 2026-12-31 [--from 2026-09-01] < contracts.jsonl

One contract per line on stdin, one charge per line on stdout, in the order
contract (as read), line, period_start, kind. Terms of other methods are passed
over in silence. A bad line is reported on stderr and skipped, exit status 1.
`--every-day` cuts every period into single days instead of at the dates where
something changes; the result must be the same.

Where the text leaves a choice, NOTES.md says which one was made.
"""

import argparse
import json
import sys
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

ONE_DAY = timedelta(days=1)

# Chinese spellings of listed values, by field.
CHINESE = {
    "method": {"固定": "fixed", "按面积": "area", "提成": "turnover",
               "抄表": "metered", "公摊": "share", "一次性": "once"},
    "per": {"日": "day", "月": "month", "季": "quarter", "半年": "half_year", "年": "year"},
    "anchor": {"自然周期": "calendar", "合同周期": "start"},
    "timing": {"预收": "advance", "后收": "arrears"},
    "due_month": {"上月": "previous", "当月": "same", "次月": "next"},
    "proration": {"实际天数": "actual", "30天": "d30", "365天": "d365", "整月": "whole"},
    "rounding": {"分": "fen", "角": "jiao", "元": "yuan"},
    "tax_included": {"是": True, "否": False, "yes": True, "no": False},
    "status": {"草稿": "draft", "已签": "signed", "归档": "archived"},
}
ALLOWED = {field: set(words.values()) for field, words in CHINESE.items()}

MONTHS_PER = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ROUNDING_PLACES = {"fen": 2, "jiao": 1, "yuan": 0}
MONTH_SHIFT = {"previous": -1, "same": 0, "next": 1}
CYCLES = (1, 2, 3, 6, 12)


class LawError(ValueError):
    """The input cannot be billed: what the law calls an error."""


# ---------------------------------------------------------------- days

def month_day(year: int, month: int, day: int) -> date:
    """That day of that month, clamped to the month's last day."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, clamped to the month's end."""
    index = day.year * 12 + (day.month - 1) + months
    return month_day(index // 12, index % 12 + 1, day.day)


def days_in(first: date, last: date) -> int:
    """How many days a span has, both ends counted."""
    return (last - first).days + 1


# ---------------------------------------------------------------- numbers

def round_half_up(value: Fraction, places: int) -> Fraction:
    """To so many decimal places, a half goes away from zero."""
    scale = 10 ** places
    nearest = floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(-nearest if value < 0 else nearest, scale)


def money(value: Fraction) -> str:
    """Yuan with exactly two places."""
    fen = value * 100
    assert fen.denominator == 1, "money is a whole number of fen"
    yuan, rest = divmod(abs(fen.numerator), 100)
    return f"{'-' if fen < 0 else ''}{yuan}.{rest:02d}"


# ---------------------------------------------------------------- reading

def present(record: dict, field: str) -> bool:
    """Null and the empty string are the same as absent."""
    return record.get(field) not in (None, "")


def read_date(record: dict, field: str, default: date | None = None) -> date | None:
    if not present(record, field):
        return default
    return date.fromisoformat(record[field])


def read_int(record: dict, field: str, default: int | None = None) -> int | None:
    return int(str(record[field])) if present(record, field) else default


def read_number(record: dict, field: str, default: Fraction | None = None) -> Fraction | None:
    """A decimal, from its text; `5%` is 5."""
    if not present(record, field):
        return default
    return Fraction(Decimal(str(record[field]).removesuffix("%")))


def read_rate(record: dict, field: str) -> Fraction:
    """A rate: `0.09` or `9%`; absent is 0."""
    value = read_number(record, field, Fraction(0))
    return value / 100 if str(record.get(field)).endswith("%") else value


def read_choice(record: dict, field: str, default=None):
    if not present(record, field):
        return default
    value = record[field]
    value = CHINESE[field].get(value, value)
    if value not in ALLOWED[field]:
        raise LawError(f"{field}: '{value}' is not known")
    return value


def read_list(record: dict, field: str) -> list[str]:
    """A JSON list, or text with `;` between the values."""
    value = record.get(field) or []
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else value


# ---------------------------------------------------------------- a term, ready to compute

@dataclass(frozen=True)
class Dated:
    """A value in force from one day to another."""
    first: date
    last: date
    value: Fraction

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first


@dataclass(frozen=True)
class Term:
    contract_no: str
    line: int
    item: str
    method: str
    first: date                            # the term's first and last day, both charged
    last: date
    on: date                               # base date of `once`
    per: str | None
    cycle_months: int
    anchor: str
    timing: str
    due_day: int | None
    due_month: str | None
    due_days: int | None
    first_due_on: date | None
    lead_days: int
    proration: str
    tax_rate: Fraction
    tax_included: bool
    rounding: str
    amount: Fraction                       # the price as given
    prices: list[tuple[date, Fraction]]    # (from, price), oldest first
    areas: list[Dated]                     # the units that the term covers
    free: list[Dated]                      # rent-free spans on its item, as fractions of 1

    def price_on(self, day: date) -> Fraction:
        for from_on, price in reversed(self.prices):
            if from_on <= day:
                return price
        raise AssertionError("the first price is in force from the beginning of time")

    def area_on(self, day: date) -> Fraction | None:
        """What the price is multiplied by; None = no unit is in force."""
        if self.method == "fixed":
            return Fraction(1)
        areas = [unit.value for unit in self.areas if unit.covers(day)]
        return sum(areas) if areas else None

    def free_on(self, day: date) -> Fraction:
        """The largest percent of the spans that cover the day."""
        return max((span.value for span in self.free if span.covers(day)), default=Fraction(0))

    def changes_within(self, first: date, last: date) -> set[date]:
        """Days of a span, after its first, on which price, area or free percent may differ from the day before."""
        days = {from_on for from_on, _ in self.prices}
        for dated in self.areas + self.free:
            if dated.overlaps(first, last):
                days.add(dated.first)
                if dated.last < last:
                    days.add(dated.last + ONE_DAY)
        return {day for day in days if first < day <= last}


def price_path(raw: dict, steps: list[dict], first: date, last: date) -> list[tuple[date, Fraction]]:
    """The prices of a term: as given, then by its steps or by its escalation."""
    price = read_number(raw, "price")
    path = [(date.min, price)]
    percent, months = read_number(raw, "escalate_percent"), read_int(raw, "escalate_months")
    if percent is None and months is None:
        return path + sorted((read_date(step, "from_on"), read_number(step, "price")) for step in steps)
    if percent is None or months is None or months < 1:
        raise LawError("escalation needs a percent and a number of months")
    if steps:
        raise LawError("escalation and price steps on one line")
    places = read_int(raw, "price_places", 2)
    count = 1
    while add_months(first, count * months) <= last:
        price = round_half_up(price * (1 + percent / 100), places)
        path.append((add_months(first, count * months), price))
        count += 1
    return path


def read_term(contract: dict, raw: dict) -> Term:
    line, item, method = read_int(raw, "line"), raw["item"], read_choice(raw, "method")
    start_on, end_on = read_date(contract, "start_on"), read_date(contract, "end_on")
    effective_end = min(end_on, read_date(contract, "terminated_on", end_on))
    first = read_date(raw, "from_on", start_on)
    last = min(read_date(raw, "to_on", end_on), effective_end)
    steps = [step for step in contract.get("price_steps") or [] if read_int(step, "line") == line]
    wanted = read_list(raw, "unit_no")
    if present(raw, "due_day") and present(raw, "due_days"):
        raise LawError("due_day and due_days on one line")
    cycle_months = read_int(raw, "cycle_months", 1)
    if cycle_months not in CYCLES:
        raise LawError(f"cycle_months: {cycle_months} is not one of {CYCLES}")
    per = read_choice(raw, "per")
    if per is None and method != "once":
        raise LawError("per is missing")
    if not present(raw, "price"):
        raise LawError("price is missing")
    return Term(
        contract_no=contract["contract_no"], line=line, item=item, method=method,
        first=first, last=last, on=read_date(raw, "on", first),
        per=per,
        cycle_months=cycle_months,
        anchor=read_choice(raw, "anchor", "calendar"),
        timing=read_choice(raw, "timing", "advance"),
        due_day=read_int(raw, "due_day"),
        due_month=read_choice(raw, "due_month"),
        due_days=read_int(raw, "due_days"),
        first_due_on=read_date(raw, "first_due_on"),
        lead_days=read_int(raw, "lead_days", 0),
        proration=read_choice(raw, "proration", "actual"),
        tax_rate=read_rate(raw, "tax_rate"),
        tax_included=read_choice(raw, "tax_included", True),
        rounding=read_choice(raw, "rounding", "fen"),
        amount=read_number(raw, "price"),
        prices=[] if method == "once" else price_path(raw, steps, first, last),
        areas=[Dated(read_date(unit, "from_on", date.min), read_date(unit, "to_on", date.max),
                     read_number(unit, "area_m2"))
               for unit in contract.get("units") or []
               if not wanted or unit["unit_no"] in wanted],
        free=[Dated(read_date(span, "from_on"), read_date(span, "to_on", date.max),
                    read_number(span, "percent", Fraction(100)) / 100)
              for span in contract.get("rent_free") or []
              if (span.get("item") or "rent") in (item, "*")],
    )


# ---------------------------------------------------------------- periods

@dataclass(frozen=True)
class Period:
    number: int                            # k, 0 is the one with the term's first day
    first: date                            # as cut at the term's first and last day
    last: date
    slices: list[tuple[date, date]]        # its month slices, whole


def periods(term: Term) -> list[Period]:
    """Each period and each slice counted from the anchor, never from the one before."""
    if term.anchor == "start":
        origin = term.first
    else:
        month = (term.first.month - 1) // term.cycle_months * term.cycle_months + 1
        origin = date(term.first.year, month, 1)

    found = []
    number = 0
    while True:
        months = range(number * term.cycle_months, (number + 1) * term.cycle_months)
        slices = [(add_months(origin, j), add_months(origin, j + 1) - ONE_DAY) for j in months]
        first, last = max(slices[0][0], term.first), min(slices[-1][1], term.last)
        if first > term.last:
            return found
        found.append(Period(number, first, last, slices))
        number += 1


# ---------------------------------------------------------------- amounts

@dataclass(frozen=True)
class Segment:
    days: int
    price: Fraction
    area: Fraction | None                  # None: no unit in force
    free: Fraction                         # 1: wholly free

    @property
    def charged(self) -> bool:
        return self.free < 1

    @property
    def weight(self) -> Fraction:
        """Area × (1 − free percent)."""
        return (self.area or Fraction(0)) * (1 - self.free)


def segments(term: Term, first: date, last: date, every_day: bool) -> list[Segment]:
    """A span of the term, cut wherever price, area or free percent changes."""
    if every_day:
        cuts = [first + timedelta(days=n) for n in range(1, days_in(first, last))]
    else:
        cuts = sorted(term.changes_within(first, last))
    starts = [first] + cuts
    ends = [cut - ONE_DAY for cut in cuts] + [last]
    return [Segment(days_in(a, b), term.price_on(a), term.area_on(a), term.free_on(a))
            for a, b in zip(starts, ends)]


def slice_amount(term: Term, whole_first: date, whole_last: date, every_day: bool) -> Fraction:
    """What one month slice of the term is worth, exactly."""
    first, last = max(whole_first, term.first), min(whole_last, term.last)
    if first > last:
        return Fraction(0)
    parts = segments(term, first, last, every_day)
    if term.per == "day":                  # price × days, no proration mode applies
        return sum((s.price * s.days * s.weight for s in parts), Fraction(0))

    months = MONTHS_PER[term.per]          # monthly price P = price / months
    slice_days = days_in(whole_first, whole_last)
    if term.proration == "whole":
        free_days = sum(s.days for s in parts if not s.charged)
        for s in parts:
            if s.charged and s.area is not None:
                return s.price / months * s.weight * (1 - Fraction(free_days, slice_days))
        return Fraction(0)

    all_charged = sum(s.days for s in parts if s.charged) == slice_days
    if term.proration == "actual" or all_charged:
        day_share = Fraction(1, slice_days)
    elif term.proration == "d30":
        day_share = Fraction(1, 30)
    else:
        day_share = Fraction(12, 365)
    return sum((s.price * s.days * s.weight for s in parts if s.charged), Fraction(0)) * day_share / months


def period_amount(term: Term, period: Period, every_day: bool) -> Fraction:
    """The exact sum over the period's slices."""
    return sum((slice_amount(term, a, b, every_day) for a, b in period.slices), Fraction(0))


def split_tax(term: Term, exact: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """Net, tax and amount of a charge: rounded once, then divided."""
    rounded = round_half_up(exact, ROUNDING_PLACES[term.rounding])
    if term.tax_included:
        net = round_half_up(rounded / (1 + term.tax_rate), 2)
        return net, rounded - net, rounded
    tax = round_half_up(rounded * term.tax_rate, 2)
    return rounded, tax, rounded + tax


# ---------------------------------------------------------------- due dates

def due_date(term: Term, base: date, is_first: bool) -> date:
    if is_first and term.first_due_on is not None:
        return term.first_due_on
    if term.due_days is not None:
        return base + timedelta(days=term.due_days)
    if term.due_day is None:
        return base
    month = base.replace(day=1)
    if term.due_month is not None:
        month = add_months(month, MONTH_SHIFT[term.due_month])
        return month_day(month.year, month.month, term.due_day)
    due = month_day(month.year, month.month, term.due_day)
    if due < base:
        month = add_months(month, 1)
        due = month_day(month.year, month.month, term.due_day)
    return due


# ---------------------------------------------------------------- charges

def as_date(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def charges(contract: dict, as_of: date | str, from_: date | str | None = None,
            every_day: bool = False) -> list[dict]:
    """The charges of a contract with bill_on ≤ as_of and due_on ≥ from_, in the order of the filter."""
    as_of, from_ = as_date(as_of), as_date(from_)
    if read_choice(contract, "status", "signed") != "signed":
        return []
    if read_date(contract, "start_on") > read_date(contract, "end_on"):
        raise LawError("end_on is before start_on")

    rows = []
    for raw in contract.get("terms") or []:
        if read_choice(raw, "method") not in ("fixed", "area", "once"):
            continue
        term = read_term(contract, raw)
        if term.method == "once":
            dues = [("once", Period(0, term.on, term.on, []), term.on)]
        else:
            dues = [("base", p, p.last + ONE_DAY if term.timing == "arrears" else p.first)
                    for p in periods(term)]
        for kind, period, base in dues:
            due_on = due_date(term, base, is_first=period.number == 0)
            bill_on = due_on - timedelta(days=term.lead_days)
            if bill_on > as_of or (from_ is not None and due_on < from_):
                continue
            exact = term.amount if kind == "once" else period_amount(term, period, every_day)
            net, tax, amount = split_tax(term, exact)
            if amount == 0:
                continue
            rows.append({
                "contract_no": term.contract_no, "line": term.line, "item": term.item, "kind": kind,
                "period_start": period.first.isoformat(), "period_end": period.last.isoformat(),
                "bill_on": bill_on.isoformat(), "due_on": due_on.isoformat(),
                "net": money(net), "tax": money(tax), "amount": money(amount),
            })
    return sorted(rows, key=lambda row: (row["line"], row["period_start"], row["kind"]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Charges of the contracts on stdin, by the letter of the law.")
    parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="D",
                        help="charges with bill_on up to this day")
    parser.add_argument("--from", dest="from_", type=date.fromisoformat, metavar="D",
                        help="only charges due on or after this day")
    parser.add_argument("--every-day", action="store_true",
                        help="cut periods into single days (slow, same result)")
    options = parser.parse_args()

    sys.stdin.reconfigure(encoding="utf-8-sig")
    sys.stdout.reconfigure(encoding="utf-8")
    failed = False
    for number, text in enumerate(sys.stdin, start=1):
        if not text.strip():
            continue
        try:
            contract = json.loads(text, parse_float=Decimal)
            rows = charges(contract, options.as_of, options.from_, options.every_day)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as problem:
            print(f"<stdin>:{number}: error: {problem!r}", file=sys.stderr)
            failed = True
            continue
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
