#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference implementation of the billing law, used as a test oracle.

It does what `boms-bill compute` does: the methods `fixed`, `area`, `turnover`,
`metered` and `once`. It was written from the text of the law (`billing.md`)
alone, without a look at the program that it tests. It prefers to be plainly
right over being fast: exact fractions, one function per sentence of the law, the
standard library only.

    reference_billing.py --as-of 2026-12-31 [--from 2026-09-01] < contracts.jsonl

One contract per line on stdin, one charge per line on stdout, in the order
contract (as read), line, period_start, kind, source. Terms of method `share` are
passed over in silence (reference_shares.py divides the pools), and with
`--methods` those of every method that is not named. A bad line is reported on
stderr and skipped, exit status 1. `--every-day` cuts every period into single
days instead of at the dates where something changes; the result must be the
same. `--source` adds the charge's source to each row.

Where the text leaves a choice, NOTES.md says which one was made.
"""

import argparse
import json
import sys
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator
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
    "guarantee_basis": {"固定": "fixed", "按面积": "area"},
    "true_up": {"否": "none", "年度取高": "year"},
    "turnover": {"是": True, "否": False, "yes": True, "no": False},
    "register": {"总": "total", "尖": "sharp", "峰": "peak", "平": "flat", "谷": "valley", "深谷": "deep"},
    "tier_basis": {"月": "month", "年": "year"},
    "basis": {"按面积": "area", "平均": "equal"},
}
ALLOWED = {field: set(words.values()) for field, words in CHINESE.items()}

MONTHS_PER = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ROUNDING_PLACES = {"fen": 2, "jiao": 1, "yuan": 0}
MONTH_SHIFT = {"previous": -1, "same": 0, "next": 1}
CYCLES = (1, 2, 3, 6, 12)
METHODS = ("fixed", "area", "turnover", "metered", "once")
REGISTERS = list(CHINESE["register"].values())


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
class TierVersion:
    """Marginal bands in force from one day: (from, value of what is above it), smallest first."""
    first: date
    bands: list[tuple[Fraction, Fraction]]

    def parts(self, low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
        """How much of the stretch from low to high lies in each band, with the band's value."""
        for number, (start, value) in enumerate(self.bands):
            end = self.bands[number + 1][0] if number + 1 < len(self.bands) else max(high, start)
            inside = min(high, end) - max(low, start)
            if inside > 0:
                yield inside, value


def in_force(versions: list[TierVersion], day: date) -> TierVersion | None:
    """The newest version not after the day."""
    return max((version for version in versions if version.first <= day),
               key=lambda version: version.first, default=None)


def tier_versions(rows: list[dict], start: str, value: Callable[[dict], Fraction]) -> list[TierVersion]:
    """The rows of each from_on are one version."""
    dates = sorted({read_date(row, "from_on") for row in rows})
    return [TierVersion(first, sorted((read_number(row, start, Fraction(0)), value(row))
                                      for row in rows if read_date(row, "from_on") == first))
            for first in dates]


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
    amount: Fraction | None                # the price as given
    basis: str                             # "area": the price is per m²; else "fixed"
    percent: Fraction | None               # of the turnover, as a fraction of 1
    true_up: str
    tiers: list["TierVersion"]             # of the turnover, oldest first
    prices: list[tuple[date, Fraction]]    # (from, price), oldest first
    areas: list[Dated]                     # the units that the term covers
    free: list[Dated]                      # rent-free spans on its item, as fractions of 1
    free_of_turnover: list[Dated]          # those of them that free it of turnover rent as well

    def price_on(self, day: date) -> Fraction:
        for from_on, price in reversed(self.prices):
            if from_on <= day:
                return price
        raise AssertionError("the first price is in force from the beginning of time")

    def area_on(self, day: date) -> Fraction | None:
        """What the price is multiplied by; None = no unit is in force."""
        if self.basis == "fixed":
            return Fraction(1)
        areas = [unit.value for unit in self.areas if unit.covers(day)]
        return sum(areas) if areas else None

    def free_on(self, day: date) -> Fraction:
        """The largest percent of the spans that cover the day."""
        return max((span.value for span in self.free if span.covers(day)), default=Fraction(0))

    def turnover_free_on(self, day: date) -> Fraction:
        return max((span.value for span in self.free_of_turnover if span.covers(day)), default=Fraction(0))

    def changes_within(self, first: date, last: date) -> set[date]:
        """Days of a span, after its first, on which price, area or free percent may differ from the day before."""
        days = {from_on for from_on, _ in self.prices}
        for dated in self.areas + self.free:
            if dated.overlaps(first, last):
                days.add(dated.first)
                if dated.last < last:
                    days.add(dated.last + ONE_DAY)
        return {day for day in days if first < day <= last}


def of_line(contract: dict, rows: str, line: int) -> list[dict]:
    """The contract's rows of a kind that name this line."""
    return [row for row in contract.get(rows) or [] if read_int(row, "line") == line]


def price_path(raw: dict, steps: list[dict], first: date, last: date) -> list[tuple[date, Fraction]]:
    """The prices of a term: as given, then by its steps or by its escalation."""
    price = read_number(raw, "price", Fraction(0))     # empty: a turnover term without a guarantee
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
    steps = of_line(contract, "price_steps", line)
    wanted = read_list(raw, "unit_no")
    if present(raw, "due_day") and present(raw, "due_days"):
        raise LawError("due_day and due_days on one line")
    cycle_months = read_int(raw, "cycle_months", 1)
    if cycle_months not in CYCLES:
        raise LawError(f"cycle_months: {cycle_months} is not one of {CYCLES}")
    per = read_choice(raw, "per")
    tiers = tier_versions(of_line(contract, "turnover_tiers", line), "sales_from",
                          lambda row: read_number(row, "percent") / 100) if method == "turnover" else []
    percent = read_number(raw, "percent")
    if method == "turnover" and percent is None and not tiers:
        raise LawError("a turnover term has neither a percent nor tiers")
    priced = method not in ("metered", "share") and (method != "turnover" or present(raw, "price") or bool(steps))
    if priced and per is None and method != "once":
        raise LawError("per is missing")
    if priced and method != "turnover" and not present(raw, "price"):
        raise LawError("price is missing")
    free = [(Dated(read_date(span, "from_on"), read_date(span, "to_on", date.max),
                   read_number(span, "percent", Fraction(100)) / 100),
             read_choice(span, "turnover", False))
            for span in contract.get("rent_free") or []
            if (span.get("item") or "rent") in (item, "*")]
    return Term(
        contract_no=contract["contract_no"], line=line, item=item, method=method,
        first=first, last=last, on=read_date(raw, "on", first),
        per=per,
        cycle_months=cycle_months,
        anchor="calendar" if method == "turnover" else read_choice(raw, "anchor", "calendar"),
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
        basis=read_choice(raw, "guarantee_basis", "fixed") if method == "turnover" else method,
        percent=None if percent is None else percent / 100,
        true_up=read_choice(raw, "true_up", "none"),
        tiers=tiers,
        prices=price_path(raw, steps, first, last) if priced and method != "once" else [],
        areas=[Dated(read_date(unit, "from_on", date.min), read_date(unit, "to_on", date.max),
                     read_number(unit, "area_m2"))
               for unit in contract.get("units") or []
               if not wanted or unit["unit_no"] in wanted],
        free=[span for span, _ in free],
        free_of_turnover=[span for span, keeps_turnover in free if not keeps_turnover],
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


# ---------------------------------------------------------------- what is wanted

@dataclass(frozen=True)
class Want:
    """A charge before it is rounded and taxed."""
    source: str
    kind: str
    first: date
    last: date
    due_on: date
    exact: Callable[[], Fraction]
    read_on: date | None = None            # of a metered charge


def rent(term: Term, every_day: bool) -> Iterator[Want]:
    """The periods of a term of method fixed or area, and those of a guarantee."""
    for period in periods(term):
        base = period.last + ONE_DAY if term.timing == "arrears" else period.first
        yield Want(f"L{term.line}", "base", period.first, period.last,
                   due_date(term, base, is_first=period.number == 0),
                   lambda period=period: period_amount(term, period, every_day))


def once(term: Term) -> Iterator[Want]:
    yield Want(f"L{term.line}", "once", term.on, term.on, due_date(term, term.on, is_first=True),
               lambda: term.amount)


# ---------------------------------------------------------------- turnover

@dataclass(frozen=True)
class Report:
    amount: Fraction
    reported_on: date | None


@dataclass(frozen=True)
class Month:
    """A calendar month of a turnover term: its report, and what it is worth."""
    first: date                            # the term's days in it
    last: date
    report: Report | None
    guarantee: Fraction                    # rounded
    entitlement: Fraction                  # exact; 0 without a report


def read_reports(contract: dict) -> dict[tuple[int, date], Report]:
    """By line and first day of the month."""
    lines = [read_int(raw, "line") for raw in contract.get("terms") or []
             if read_choice(raw, "method") == "turnover"]
    found = {}
    for row in contract.get("turnovers") or []:
        line = read_int(row, "line")
        if not lines or (line is not None and line not in lines):
            continue                       # no term uses it
        if line is None and len(lines) != 1:
            raise LawError("a turnover report without a line needs a contract with one turnover term")
        key = lines[0] if line is None else line, date.fromisoformat(row["month"] + "-01")
        if key in found:
            raise LawError(f"two turnover reports for {row['month']}")
        found[key] = Report(read_number(row, "amount"), read_date(row, "reported_on"))
    return found


def turnover_rent(term: Term, sales: Fraction, day: date) -> Fraction:
    """Turnover × percent, or by the marginal tiers in force on the day."""
    version = in_force(term.tiers, day)
    if version is not None:
        return sum((part * percent for part, percent in version.parts(Fraction(0), sales)), Fraction(0))
    return sales * (term.percent or Fraction(0))


def charged_share(term: Term, first: date, last: date) -> Fraction:
    """Of the days of a span, how many bear turnover rent, each weighted by 1 − free percent."""
    count = days_in(first, last)
    return sum(1 - term.turnover_free_on(first + timedelta(days=n)) for n in range(count)) / Fraction(count)


def turnover_months(term: Term, reports: dict[tuple[int, date], Report], every_day: bool) -> list[Month]:
    if term.first > term.last:
        return []
    found = []
    whole_first = term.first.replace(day=1)
    while whole_first <= term.last:
        whole_last = add_months(whole_first, 1) - ONE_DAY
        first, last = max(whole_first, term.first), min(whole_last, term.last)
        report = reports.get((term.line, whole_first))
        guarantee = slice_amount(term, whole_first, whole_last, every_day) if term.prices else Fraction(0)
        entitlement = Fraction(0)
        if report is not None:
            entitlement = turnover_rent(term, report.amount, last) * charged_share(term, first, last)
        found.append(Month(first, last, report, round_as(term, guarantee), entitlement))
        whole_first = add_months(whole_first, 1)
    return found


def round_as(term: Term, value: Fraction) -> Fraction:
    return round_half_up(value, ROUNDING_PLACES[term.rounding])


def excess(term: Term, month: Month) -> Fraction:
    return max(round_as(term, month.entitlement) - month.guarantee, Fraction(0))


def turnover_due(term: Term, base: date, reported: list[date | None]) -> date:
    """By the term's rule from the base date, no earlier than by the rule from the day of the report."""
    return max(due_date(term, day, is_first=False) for day in [base, *reported] if day is not None)


def lease_years(term: Term) -> Iterator[tuple[date, date]]:
    """From the term's first day, each anniversary counted from there; the last cut at the term's last day."""
    number = 0
    while add_months(term.first, 12 * number) <= term.last:
        yield (add_months(term.first, 12 * number),
               min(add_months(term.first, 12 * (number + 1)) - ONE_DAY, term.last))
        number += 1


def true_up(term: Term, months: list[Month]) -> Fraction:
    """The larger of the year's guarantee and the year's turnover rent, less what its months charged; may give back."""
    guarantee = sum(month.guarantee for month in months)
    entitlement = round_as(term, sum((month.entitlement for month in months), Fraction(0)))
    charged = sum(month.guarantee + excess(term, month) for month in months)
    return max(guarantee, entitlement) - charged


def turnover(term: Term, reports: dict[tuple[int, date], Report], every_day: bool) -> Iterator[Want]:
    if term.prices:
        yield from rent(term, every_day)
    months = turnover_months(term, reports, every_day)
    for month in months:
        if month.report is not None:
            due_on = turnover_due(term, month.last + ONE_DAY, [month.report.reported_on])
            yield Want(f"L{term.line}", "turnover", month.first, month.last, due_on,
                       lambda month=month: excess(term, month))
    if term.true_up == "year":
        for first, last in lease_years(term):
            its = [month for month in months if first <= month.last <= last]
            if all(month.report is not None for month in its):
                due_on = turnover_due(term, last + ONE_DAY, [month.report.reported_on for month in its])
                yield Want(f"Y{term.line}", "turnover", first, last, due_on,
                           lambda its=its: true_up(term, its))


# ---------------------------------------------------------------- meters

@dataclass
class Install:
    """One register of a meter from the day it is put in to the day it is taken out or the contract ends."""
    meter_no: str
    register: str
    line: int
    multiplier: Fraction
    digits: int | None
    tariff_no: str
    first: date
    last: date
    open_value: Fraction
    close_value: Fraction | None
    readings: dict[date, Fraction]


@dataclass(frozen=True)
class Usage:
    """What a register counted up to one reading."""
    install: Install
    read_on: date
    quantity: Fraction


@dataclass(frozen=True)
class Tariff:
    """The prices of one register by version; a version without bands does not price the register."""
    bands: list[TierVersion]
    basis: dict[date, str]                 # month or year, by version


def read_installs(contract: dict) -> list[Install]:
    end_on = read_date(contract, "end_on")
    end = min(end_on, read_date(contract, "terminated_on", end_on))
    # What no metered line uses is passed over.
    metered = {read_int(raw, "line") for raw in contract.get("terms") or []
               if read_choice(raw, "method") == "metered"}
    installs = [Install(row["meter_no"], read_choice(row, "register", "total"), read_int(row, "line"),
                        read_number(row, "multiplier", Fraction(1)), read_int(row, "digits"), row["tariff_no"],
                        read_date(row, "from_on"), min(read_date(row, "to_on", end), end),
                        read_number(row, "open_reading"), read_number(row, "close_reading"), {})
                for row in contract.get("meters") or [] if read_int(row, "line") in metered]
    installs.sort(key=lambda install: (install.meter_no, REGISTERS.index(install.register), install.first))
    for row in contract.get("readings") or []:
        attach(installs, row["meter_no"], read_choice(row, "register", "total"),
               read_date(row, "read_on"), read_number(row, "value"))
    for install in installs:
        if install.close_value is not None and install.first <= install.last:
            install.readings.setdefault(install.last, install.close_value)
    return installs


def attach(installs: list[Install], meter_no: str, register: str, day: date, value: Fraction) -> None:
    """Give a reading to the install in force; on the day of a swap, to the one that is taken out."""
    begun = [install for install in installs
             if (install.meter_no, install.register) == (meter_no, register) and install.first <= day]
    for install in begun:
        if day <= install.last:
            if day in install.readings:
                raise LawError(f"two readings of {meter_no} {register} on {day}")
            install.readings[day] = value
            return
    # Before the first install the meter was another's; after a closed one it may be again.
    if begun and begun[-1].close_value is None:
        raise LawError(f"the reading of {meter_no} {register} on {day} is after the install's last day "
                       f"{begun[-1].last}, which has no close reading")


def usages(install: Install) -> Iterator[Usage]:
    previous = install.open_value
    for day in sorted(install.readings):
        value = install.readings[day]
        counted = value - previous
        if counted < 0:
            if install.digits is None:
                raise LawError(f"{install.meter_no} {install.register} on {day}: {value} is below {previous}")
            span = 10 ** install.digits
            counted += span
            if not counted < Fraction(span, 2):
                raise LawError(f"{install.meter_no} {install.register} on {day}: {value} is below {previous} "
                               "and no rollover, the usage would be half the range or more")
        yield Usage(install, day, counted * install.multiplier)
        previous = value


def read_tariff(contract: dict, tariff_no: str, register: str) -> Tariff:
    rows = [row for row in contract.get("tariffs") or [] if row["tariff_no"] == tariff_no]
    priced = [row for row in rows if read_choice(row, "register", "total") == register]
    versions = {version.first: version
                for version in tier_versions(priced, "tier_from", lambda row: read_number(row, "price"))}
    basis = {}
    for first in {read_date(row, "from_on") for row in rows}:
        words = {read_choice(row, "tier_basis", "month") for row in priced if read_date(row, "from_on") == first}
        if len(words) > 1:
            raise LawError(f"tariff {tariff_no} of {first}: tiers by month and by year of one register")
        basis[first] = words.pop() if words else "month"
        versions.setdefault(first, TierVersion(first, []))
        if versions[first].bands and versions[first].bands[0][0] != 0:
            raise LawError(f"tariff {tariff_no} of {first}: the first band of {register} does not begin at 0")
    return Tariff(list(versions.values()), basis)


def priced_usages(contract: dict, term: Term, installs: list[Install]) -> Iterator[tuple[Usage, Fraction]]:
    """Every usage of the line with its price, in the order in which tiers count; each register counts for itself."""
    counted: list[tuple[date, tuple, Fraction]] = []       # day before the reading, tariff and register, usage
    found = [usage for install in installs if install.line == term.line for usage in usages(install)]
    found.sort(key=lambda usage: (usage.read_on, usage.install.meter_no,
                                  REGISTERS.index(usage.install.register)))
    for usage in found:
        install = usage.install
        tariff = read_tariff(contract, install.tariff_no, install.register)
        version = in_force(tariff.bands, usage.read_on)
        if version is None:
            raise LawError(f"tariff {install.tariff_no} has no version on {usage.read_on}")
        if not version.bands:                              # a register that the version does not price
            yield usage, Fraction(0)
            continue
        day = usage.read_on - ONE_DAY
        together = (install.tariff_no, install.register)
        by_month = tariff.basis[version.first] == "month"
        before = sum((quantity for other, its, quantity in counted if its == together
                      and other.year == day.year and (not by_month or other.month == day.month)), Fraction(0))
        counted.append((day, together, usage.quantity))
        yield usage, sum((part * price for part, price in version.parts(before, before + usage.quantity)), Fraction(0))


def metered(contract: dict, term: Term, installs: list[Install]) -> Iterator[Want]:
    """One charge for each meter and day on which registers of it are read."""
    days_read = defaultdict(set)
    for install in installs:
        days_read[install.meter_no].update(install.readings)
    read_together = defaultdict(list)
    for usage, price in priced_usages(contract, term, installs):
        read_together[usage.read_on, usage.install.meter_no].append((usage, price))
    for (day, meter_no), its in read_together.items():
        earlier = [other + ONE_DAY for other in days_read[meter_no] if other < day]
        first = min(max([usage.install.first, *earlier]) for usage, _ in its)
        yield Want(f"M{meter_no}", "metered", first, day, due_date(term, day + ONE_DAY, is_first=False),
                   lambda its=its: sum((price for _, price in its), Fraction(0)), read_on=day)


# ---------------------------------------------------------------- charges

def as_date(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def wanted(contract: dict, methods: tuple[str, ...], every_day: bool) -> Iterator[tuple[Term, Want]]:
    """Every charge of a contract, whatever the day."""
    terms = [read_term(contract, raw) for raw in contract.get("terms") or []
             if read_choice(raw, "method") in methods]
    reports = read_reports(contract) if "turnover" in methods else {}
    installs = read_installs(contract) if "metered" in methods else []
    for term in terms:
        if term.method == "once":
            wants = once(term)
        elif term.method == "turnover":
            wants = turnover(term, reports, every_day)
        elif term.method == "metered":
            wants = metered(contract, term, installs)
        else:
            wants = rent(term, every_day)
        for want in wants:
            yield term, want


def charges(contract: dict, as_of: date | str, from_: date | str | None = None, every_day: bool = False,
            methods: tuple[str, ...] = METHODS, source: bool = False) -> list[dict]:
    """The charges of a contract with bill_on ≤ as_of and due_on ≥ from_, in the order of the filter.

    A metered charge must also be read on or after from_.
    """
    as_of, from_ = as_date(as_of), as_date(from_)
    if read_choice(contract, "status", "signed") != "signed":
        return []
    if read_date(contract, "start_on") > read_date(contract, "end_on"):
        raise LawError("end_on is before start_on")

    rows = []
    for term, want in wanted(contract, methods, every_day):
        bill_on = want.due_on - timedelta(days=term.lead_days)
        if bill_on > as_of or (from_ is not None and want.due_on < from_):
            continue
        if from_ is not None and want.read_on is not None and want.read_on < from_:
            continue
        net, tax, amount = split_tax(term, want.exact())
        if amount == 0:
            continue
        row = {
            "contract_no": term.contract_no, "line": term.line, "item": term.item, "kind": want.kind,
            "period_start": want.first.isoformat(), "period_end": want.last.isoformat(),
            "bill_on": bill_on.isoformat(), "due_on": want.due_on.isoformat(),
            "net": money(net), "tax": money(tax), "amount": money(amount),
        }
        rows.append((want, row | {"source": want.source} if source else row))
    # Within a line by period_start, kind, source: meters as text, a month of turnover before its year's true-up.
    rows.sort(key=lambda pair: (pair[1]["line"], pair[1]["period_start"], pair[0].kind, pair[0].source))
    return [row for _, row in rows]


def read_methods(text: str) -> tuple[str, ...]:
    methods = tuple(text.split(","))
    if not set(methods) <= set(METHODS):
        raise argparse.ArgumentTypeError(f"'{text}': methods are {','.join(METHODS)}")
    return methods


def main() -> int:
    parser = argparse.ArgumentParser(description="Charges of the contracts on stdin, by the letter of the law.")
    parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="D",
                        help="charges with bill_on up to this day")
    parser.add_argument("--from", dest="from_", type=date.fromisoformat, metavar="D",
                        help="only charges due on or after this day, and readings of this day or later")
    parser.add_argument("--methods", type=read_methods, default=METHODS, metavar="M,M",
                        help="only terms of these methods (fixed,area,turnover,metered,once)")
    parser.add_argument("--source", action="store_true",
                        help="add the source (L<line>, M<meter_no>, Y<line>) to each charge")
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
            rows = charges(contract, options.as_of, options.from_, options.every_day,
                           options.methods, options.source)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as problem:
            print(f"<stdin>:{number}: error: {problem!r}", file=sys.stderr)
            failed = True
            continue
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
