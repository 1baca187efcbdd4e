#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random cases of late fees with the rows that the reference finds: the table of the Swift test.

    python3 tables_late_fees.py --seed 1 --count 400 > ../Fixtures/late-fees.jsonl
"""

import argparse
import json
import random
from datetime import date, timedelta

from reference_late_fees import postings, yuan

RATES = ["0.5", "0.5", "0.3", "1", "0.05", "0.123457", "5", "0", "30", "1000"]


def case(rng):
    due = date(2020, 1, 1) + timedelta(days=rng.randrange(2200))

    def near(low, high):
        return str(due + timedelta(days=rng.randint(low, high)))

    base = rng.choice([1, 7, 333, 100000, rng.randrange(1, 100000000), rng.randrange(1, 5000000)])
    rows = [[yuan(base), str(due)]]
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3])):
        change = rng.randrange(-base, base + 1) if rng.random() < 0.9 else -base
        rows.append([yuan(change), near(0, 200)])
    settlements = []
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 5])):
        amount = rng.choice([base, base // 2, base // 3, rng.randrange(1, base + 1), -(base // 4)])
        if amount:
            on = near(-10, 12) if rng.random() < 0.4 else near(-30, 300)
            settlements.append([yuan(amount), on])
    holds = []
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        start = due + timedelta(days=rng.randint(-20, 200))
        end = start + timedelta(days=rng.choice([0, 5, 40, 90]))
        holds.append([str(start), str(end)])
    rules = []
    kinds = rng.choice([["*"], ["rent"], ["*", "rent"], ["*", "*"], ["*", "*", "rent", "rent"], ["other"]])
    for item in kinds:
        back = rng.random() < 0.6
        start = near(-400, 0) if back else near(0, 200)
        if any(r["item"] == item and r["from_on"] == start for r in rules):
            continue
        rules.append({
            "item": item, "from_on": start, "rate_permille": rng.choice(RATES),
            "grace_days": rng.choice([0, 0, 3, 5, 15, 40]),
            "grace_mode": rng.choice(["skip", "waive"]),
            "cap_percent": rng.choice([None, None, "30", "20", "100", "1.5", "0"]),
        })
    waived = rng.choice([0, 0, 0, 0, base // 100, base // 20, base])
    return {
        "rows": rows, "settlements": settlements, "holds": holds, "waived": yuan(waived),
        "rules": rules, "item": "rent",
        "bears_from": near(-60, 150) if rng.random() < 0.15 else None, "as_of": near(-5, 420),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    written = 0
    while written < options.count:
        one = case(rng)
        one["expected"] = postings(one)
        # Most of what chance makes bears nothing: a tenth of that will do.
        if not one["expected"] and rng.random() < 0.95:
            continue
        written += 1
        print(json.dumps(one, separators=(",", ":")))


if __name__ == "__main__":
    main()
