#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second implementation of the law of fixed assets, from its text alone (CAS 4, CAS 6, CAS 8, CAS 21): slow,
exact, and without a thought for anything else. NOTES.md has the readings.

    reference_depreciation.py --random SEED COUNT    assets made by chance and what they lose, a JSON object a line
"""

import json
import random
import sys
from datetime import date
from fractions import Fraction
from math import floor


class Refused(Exception):
    """The rule that an asset breaks."""


def fen(text):
    return int(Fraction(str(text)) * 100)


def half_up(value):
    value = Fraction(value)
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def index(day):
    return day.year * 12 + day.month - 1


def name(month):
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def end_of(month):
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


LATE = {"fixed", "investment_property"}
RANK = ["improve", "impair", "re_estimate", "transfer", "dispose"]
YEARLY = {"double_declining", "sum_of_years"}


def split_years(months):
    """Service years counted back from the end of the life: the odd months come first."""
    odd = months % 12
    return ([odd] if odd else []) + [12] * (months // 12)


class Spread:
    """How an amount is spread over months, as a function of the month's place."""

    def __init__(self, asset, method, base, months, rate_months, units=None):
        self.method, self.base, self.months, self.rate_months = method, base, months, rate_months
        self.remaining = asset.get("straight_line_form") == "remaining"
        self.total_units, self.used, self.limit = units or (None, 0, None)
        self.place = 0
        self.queue = []  # Of the current year: the amounts of its months to come.
        self.years = split_years(months) if months > 0 else []

    def yearly(self, net, left):
        months = self.years.pop(0)
        ahead = len(self.years)
        if self.method == "sum_of_years":
            parts = split_years(self.months)
            weights = [Fraction(size, 12) * (len(parts) - at) for at, size in enumerate(parts)]
            at = len(parts) - ahead - 1
            amount = half_up(Fraction(self.base) * weights[at] / sum(weights))
        elif ahead >= 2:
            amount = min(left, half_up(Fraction(net) * 2 * Fraction(12, self.rate_months) * Fraction(months, 12)))
        else:
            amount = half_up(Fraction(left) * months / (months + 12 * ahead))
        each = half_up(Fraction(amount, months))
        given = 0
        for _ in range(months - 1):
            part = min(each, amount - given)
            self.queue.append(part)
            given += part
        self.queue.append(amount - given)

    def take(self, net, left, units):
        """The month's amount; `left` is what may still be charged."""
        self.place += 1
        if self.method == "units":
            self.used += units
            if self.used >= self.limit:
                return left
            return min(left, half_up(Fraction(self.base) * units / self.total_units))
        if self.method in YEARLY:
            if not self.queue and self.years:
                self.yearly(net, left)
            amount = self.queue.pop(0) if self.queue else left
        elif self.remaining:
            amount = half_up(Fraction(left, max(self.months - self.place + 1, 1)))
        else:
            amount = half_up(Fraction(self.base, self.months))
        if self.place >= self.months:
            return left
        return min(amount, left)


def depreciate(asset, through=None):
    """The rows `(month, amount, accumulated, net, reason)`, in fen, of all months that are charged."""
    cost = fen(asset["cost"])
    if asset.get("salvage_percent") is not None:
        salvage = half_up(Fraction(cost) * Fraction(str(asset["salvage_percent"]).rstrip("%")) / 100)
    else:
        salvage = fen(asset.get("salvage") or 0)
    kind, method = asset.get("kind", "fixed"), asset["method"]
    acquired = date.fromisoformat(asset["acquired_on"])
    service = date.fromisoformat(asset.get("in_service_on") or asset["acquired_on"])
    late = kind in LATE
    done = asset.get("opening_months", 0)
    accumulated = fen(asset.get("opening_accumulated") or 0)
    impairment = fen(asset.get("opening_impairment") or 0)
    life = asset.get("life_months") or 0
    first = index(service) + (1 if late else 0) + done
    taken_over = bool(done or accumulated or impairment)
    entered = acquired
    if taken_over:
        entered = max(acquired, end_of(first - 1))
    events = []
    for event in asset.get("events", []):
        if event["kind"] == "count":
            continue
        day = date.fromisoformat(event["on"])
        if taken_over and day <= entered:
            raise Refused("asset_event.before-opening")
        events.append((max(day, entered), RANK.index(event["kind"]), event))
    events.sort(key=lambda item: item[:2])
    disposal = next((day for day, _, event in events if event["kind"] == "dispose"), None)
    if disposal and events[-1][0] > disposal:
        raise Refused("asset_event.after-disposal")
    stop = None if disposal is None else index(disposal) - (0 if late else 1)
    usage = {index(date.fromisoformat(row["month"] + "-01")): Fraction(str(row["units"])) for row in asset.get("usage", [])}
    total = Fraction(str(asset["total_units"])) if asset.get("total_units") is not None else None
    used = Fraction(0)

    def units_of(base, already):
        if total is None:
            raise Refused("asset.total-units")
        return total - already

    rate_months = life
    base = cost - salvage
    if impairment == 0 and base > 0:
        if method == "units":
            if accumulated:
                used = Fraction(half_up(Fraction(accumulated) * total * 1000000 / base), 1000000)
            spread = Spread(asset, method, base, life, life, (total, Fraction(0), total - used))
        else:
            spread = Spread(asset, method, base, life, life)
            gone = 0
            if method != "none":
                for _ in range(done):
                    if gone < base:
                        gone += spread.take(cost - gone, base - gone, 0)
    else:
        left = max(cost - accumulated - impairment - salvage, 0)
        if left and life - done <= 0 and method not in ("units", "none"):
            raise Refused("asset_event.life")
        units = None
        if method == "units":
            rest = max(units_of(left, used), 0)
            units = (rest or 1, Fraction(0), rest)
        spread = Spread(asset, method, left, life - done, life, units)

    rows = []
    month = min(index(entered), first)
    elapsed = done
    horizon = through if through is not None else 12 * 9999
    while month <= horizon:
        net = cost - accumulated - impairment
        if not events and (method == "none" or (month >= first and net <= salvage)):
            break
        if method == "units" and not events and not any(key >= month for key in usage):
            break
        charged = None
        if method != "none" and month >= first and (stop is None or month <= stop) and net > salvage:
            quantity = usage.get(month, Fraction(0))
            if method != "units" or quantity > 0:
                left = net - salvage
                charged = spread.take(net, left, quantity)
                used += quantity
                accumulated += charged
                reason = "final" if charged == left else "normal"
        if month >= first:
            elapsed += 1
        changed = anew = gone_away = False
        leaving = None
        while events and index(events[0][0]) <= month:
            _, _, event = events.pop(0)
            what = event["kind"]
            if what == "improve":
                cost += fen(event["amount"])
                changed = True
            elif what == "impair":
                if fen(event["amount"]) > cost - accumulated - impairment:
                    raise Refused("asset_event.impairment")
                impairment += fen(event["amount"])
                changed = True
            if what in ("improve", "re_estimate") and event.get("life_months") is not None:
                life, changed, anew = event["life_months"], True, True
            if what == "re_estimate":
                changed = True
                if event.get("salvage") is not None:
                    salvage = fen(event["salvage"])
                if event.get("method"):
                    method, anew = event["method"], True
            if what == "dispose":
                gone_away = True
                leaving = (accumulated, cost - accumulated - impairment)
        if charged is not None:
            shown = leaving or (accumulated, cost - accumulated - impairment)
            rows.append((name(month), charged, shown[0], shown[1], reason))
        if gone_away:
            break
        if changed:
            left = cost - accumulated - impairment - salvage
            if left > 0 and life - elapsed <= 0 and method not in ("units", "none"):
                raise Refused("asset_event.life")
            if anew:
                rate_months = life - elapsed
            units = None
            if method == "units":
                rest = max(units_of(left, used), 0)
                units = (rest or 1, Fraction(0), rest)
            spread = Spread(asset, method, max(left, 0), life - elapsed, rate_months, units)
        month += 1
    return rows


# Assets made by chance.


def yuan(rng, low, high):
    return f"{rng.randint(low * 100, high * 100) / 100:.2f}"


def random_asset(rng, number):
    method = rng.choice(["straight_line", "straight_line", "units", "double_declining", "sum_of_years", "straight_line", "none"])
    life = 12 * rng.randint(1, 10) if method in YEARLY else rng.choice([1, 2, 7, 12, 13, 36, 60, 61, 120])
    cost = yuan(rng, 1, rng.choice([2, 100, 10_000, 3_000_000]))
    asset = {
        "asset_no": f"R{number}", "name": "x", "cost": cost, "method": method, "life_months": life,
        "acquired_on": date.fromordinal(date(2020, 1, 1).toordinal() + rng.randint(0, 1500)).isoformat(),
        "kind": rng.choice(["fixed", "fixed", "intangible", "investment_property", "deferred", "right_of_use"]),
        "straight_line_form": rng.choice(["fixed", "remaining"]),
    }
    salvage = rng.choice([None, "percent", "amount", "all"])
    if salvage == "percent":
        asset["salvage_percent"] = rng.choice(["3%", "5%", "10%", "0.5%"])
    elif salvage == "amount":
        asset["salvage"] = f"{rng.randint(0, fen(cost)) / 100:.2f}"
    elif salvage == "all" and rng.random() < 0.2:
        asset["salvage"] = cost
    if rng.random() < 0.3:
        later = date.fromisoformat(asset["acquired_on"]).toordinal() + rng.randint(0, 200)
        asset["in_service_on"] = date.fromordinal(later).isoformat()
    if method == "units" or rng.random() < 0.1:
        asset["total_units"] = rng.choice(["3", "100.5", "60000", "1234.567891"])
    if rng.random() < 0.35:
        asset["opening_months"] = rng.randint(0, life)
        if asset["opening_months"] and rng.random() < 0.9:
            share = Fraction(asset["opening_months"], life) * Fraction(rng.randint(80, 115), 100)
            asset["opening_accumulated"] = f"{min(int(fen(cost) * share), fen(cost)) / 100:.2f}"
        if rng.random() < 0.25:
            rest = fen(cost) - fen(asset.get("opening_accumulated", 0))
            asset["opening_impairment"] = f"{rng.randint(0, rest // 3) / 100:.2f}"
    start = date.fromisoformat(asset.get("in_service_on", asset["acquired_on"])).toordinal()
    start += 30 * asset.get("opening_months", 0)
    asset["events"] = [random_event(rng, start, life, fen(cost)) for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 4]))]
    seen = set()
    asset["events"] = [e for e in asset["events"] if (e["on"], e["kind"]) not in seen and not seen.add((e["on"], e["kind"]))]
    if rng.random() < 0.3:
        last = max([date.fromisoformat(e["on"]).toordinal() for e in asset["events"]], default=start)
        asset["events"].append({
            "kind": "dispose", "way": rng.choice(["sale", "scrap", "loss", "damage", "donate"]),
            "on": date.fromordinal(last + rng.randint(0, 900)).isoformat(), "proceeds": yuan(rng, 0, 500)})
    rng.shuffle(asset["events"])
    if "total_units" in asset:
        months = {name(index(date.fromordinal(start)) + rng.randint(-2, 40)) for _ in range(rng.randint(0, 25))}
        scale = float(asset["total_units"])
        asset["usage"] = [{"month": m, "units": f"{rng.random() * scale / rng.choice([3, 10, 30]):.6f}"} for m in sorted(months)]
    return asset


def random_event(rng, start, life, cost):
    kind = rng.choice(["impair", "improve", "re_estimate", "transfer", "re_estimate", "count"])
    event = {"kind": kind, "on": date.fromordinal(start + rng.randint(-40, 31 * min(life, 130))).isoformat()}
    if kind == "impair":
        event["amount"] = f"{max(1, rng.randint(1, max(cost // 6, 1))) / 100:.2f}"
    if kind == "improve":
        event["amount"] = f"{max(1, rng.randint(1, cost)) / 100:.2f}"
    if kind in ("improve", "re_estimate") and rng.random() < 0.6:
        event["life_months"] = rng.choice([life, life + 6, life + 12, life + 37, 12 * 12])
    if kind == "re_estimate":
        if rng.random() < 0.4:
            event["salvage"] = f"{rng.randint(0, cost // 4) / 100:.2f}"
        if rng.random() < 0.4 or ("life_months" not in event and "salvage" not in event):
            event["method"] = rng.choice(["straight_line", "double_declining", "sum_of_years", "none", "units"])
    if kind == "transfer":
        event["department"] = rng.choice(["A", "B"])
    if kind == "count":
        event["found"] = True
    return event


def case(asset):
    try:
        rows = depreciate(asset)
    except Refused as refused:
        return {"asset": asset, "refused": str(refused)}
    return {"asset": asset, "rows": [[m, a, c, n, r] for m, a, c, n, r in rows]}


def main():
    if len(sys.argv) != 4 or sys.argv[1] != "--random":
        sys.exit(__doc__)
    rng = random.Random(int(sys.argv[2]))
    for number in range(int(sys.argv[3])):
        print(json.dumps(case(random_asset(rng, number)), ensure_ascii=False))


if __name__ == "__main__":
    main()
