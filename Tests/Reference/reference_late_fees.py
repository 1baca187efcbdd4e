#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Late fees (违约金), day by day and with fractions, from the text of the law alone.

    python3 reference_late_fees.py < cases.jsonl > rows.jsonl

A case is one JSON object:

    {"rows": [["35000.00", "2026-01-05"], ...],          the charge, then its adjustments: amount, due_on
     "settlements": [["10000.00", "2026-02-11"], ...],   amount, effective day
     "holds": [["2026-03-01", "2026-03-20"], ...],       first and last day on hold
     "waived": "0.00", "item": "rent", "bears_from": null, "as_of": "2026-12-31",
     "rules": [{"item": "*", "from_on": "2026-01-01", "rate_permille": "0.5", "grace_days": 3,
                "grace_mode": "skip", "cap_percent": "30"}]}

and comes to a list of [first day, last day = day of the row, amount].
"""

import json
import sys
from datetime import date, timedelta
from fractions import Fraction

ONE = timedelta(days=1)


def half_up(value):
    """The nearest whole number, a half away from zero."""
    magnitude = abs(value)
    whole = int(magnitude)
    if magnitude - whole >= Fraction(1, 2):
        whole += 1
    return -whole if value < 0 else whole


def fen(text):
    return int(Fraction(text) * 100)


def yuan(amount):
    return "%s%d.%02d" % ("-" if amount < 0 else "", abs(amount) // 100, abs(amount) % 100)


def day(text):
    return None if text is None else date.fromisoformat(text)


def rule_on(rules, item, on):
    """A rule for the item beats `*`; rules are dated."""
    for wanted in (item, "*"):
        in_force = [r for r in rules if r["item"] == wanted and day(r["from_on"]) <= on]
        if in_force:
            return max(in_force, key=lambda r: r["from_on"])
    return None


def rule_of_the_charge(rules, item, on):
    """For grace and cap: the rule on the first overdue day, else the first that comes into force."""
    days = [on] + sorted(day(r["from_on"]) for r in rules if day(r["from_on"]) > on)
    for candidate in days:
        found = rule_on(rules, item, candidate)
        if found:
            return found
    return None


def postings(case, as_of=None):
    as_of = as_of or day(case["as_of"])
    rows = [(fen(amount), day(due)) for amount, due in case["rows"]]
    paid = [(fen(amount), day(on)) for amount, on in case["settlements"]]
    holds = [(day(a), day(b)) for a, b in case["holds"]]
    rules, item, bears_from = case["rules"], case["item"], day(case["bears_from"])
    due_on = rows[0][1]
    rule = rule_of_the_charge(rules, item, due_on + ONE)
    final = sum(amount for amount, _ in rows)
    if rule is None or final <= 0:
        return []
    grace = timedelta(days=rule["grace_days"])
    skips = rule["grace_mode"] == "skip"
    cap = None
    if rule["cap_percent"] is not None:
        cap = half_up(final * Fraction(rule["cap_percent"]) / 100)

    def open_on(d):
        demanded = 0
        for amount, due in rows:
            if d > due + grace if skips else d > due:
                demanded += amount
        settled = 0
        for amount, on in paid:
            in_time = not skips and on <= due_on + grace
            if on < d or in_time:
                settled += amount
        return max(0, min(demanded, final) - settled)

    first = due_on + ONE
    if bears_from and bears_from > first:
        first = bears_from
    found = []
    borne = Fraction(0)
    before = 0
    start = first
    d = first
    while d <= as_of:
        in_force = rule_on(rules, item, d)
        if in_force and not any(a <= d <= b for a, b in holds):
            borne += open_on(d) * Fraction(in_force["rate_permille"]) / 1000
        is_month_end = (d + ONE).day == 1
        if d > due_on + grace and (is_month_end or any(on == d for _, on in paid)):
            total = half_up(borne)
            if cap is not None:
                total = min(total, cap)
            total = max(0, total - fen(case["waived"]))
            if total != before:
                found.append([str(start), str(d), yuan(total - before)])
            before = total
            start = d + ONE
        d += ONE
    return found


def main():
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(postings(json.loads(line))))


if __name__ == "__main__":
    main()
