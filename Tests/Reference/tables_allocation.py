#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random accounts with the allocations that the reference finds: the table of the Swift test.

    python3 tables_allocation.py --seed 1 --count 300 > ../Fixtures/allocations.jsonl

In half of them a first run saw only a part of the facts: the rest came in late. After those of one
company come as many as `--companies` says with two companies, deposits and prepaid money.
"""

import argparse
import json
import random
from datetime import date, timedelta

from reference_allocation import allocations, yuan

START = date(2026, 1, 1)


def facts(rng):
    def near(low, high):
        return START + timedelta(days=rng.randint(low, high))

    # Few amounts, so that a payment often equals a bill.
    amounts = [rng.randrange(1, 20) * 10000 for _ in range(3)] + [rng.randrange(1, 500000)]
    contracts = ["C1", "C2", "C3"][: rng.choice([1, 2, 2, 3])]
    span = rng.choice([10, 60, 120])
    bills = {}
    rows = []
    for number in range(1, rng.randint(2, 12)):
        contract = rng.choice(contracts)
        adjusted = None
        amount = rng.choice(amounts)
        billed = near(0, span)
        if rows and rng.random() < 0.3:
            base = rng.choice([r for r in rows if r[8] is None])
            adjusted, contract = base[0], base[2]
            billed = max(billed, date.fromisoformat(base[5]))
            amount = rng.choice([amount, -amount, -amount])
        elif rng.random() < 0.03:
            amount = -amount
        due = billed if amount < 0 else billed + timedelta(days=rng.choice([0, 0, 5, 10, 30]))
        key = (contract, billed, due, amount < 0, rng.randrange(2))
        bill = bills.setdefault(key, "B%03d" % rng.randrange(1000))
        rows.append([number, bill, contract, rng.choice([10, 10, 20]), rng.random() < 0.2,
                     str(billed), str(due), yuan(amount), adjusted])
    numbers = [r[1] for r in rows] + ["B-none"]
    payments = []
    for number in range(rng.randint(1, 8)):
        amount = rng.choice(amounts + [sum(amounts), rng.randrange(1, 300000)])
        lines = []
        if rng.random() < 0.25:
            for bill in sorted(set(rng.choices(numbers, k=2))):
                lines.append([bill, yuan(rng.choice(amounts + [-100]))])
        payments.append({
            "no": "S%03d" % rng.randrange(1000), "paid_on": str(near(-5, span)),
            "amount": yuan(amount if rng.random() < 0.95 else -amount),
            "contract_no": rng.choice(contracts) if rng.random() < 0.25 else None,
            "bill_no": rng.choice(numbers) if rng.random() < 0.25 else None, "lines": lines,
        })
    payments = list({p["no"]: p for p in payments}.values())
    rng.shuffle(rows)
    return {"rows": rows, "payments": payments, "recorded": [],
            "late_fees_last": rng.random() < 0.8, "as_of": str(near(span // 2, span + 20))}


def with_companies(rng, one):
    """Two companies and deposits; a bill is of one company."""
    company_of = {}
    for row in sorted(one["rows"]):
        adjusted = next((r for r in one["rows"] if r[0] == row[8]), None)
        company, deposit = rng.choice(["CQ", "CQ", "WY"]), rng.random() < 0.2
        if adjusted is not None:
            company, deposit = adjusted[9], adjusted[10]
        row += [company, deposit]
        if company_of.setdefault(row[1], company) != company:
            row[1] += "-" + company
    for payment in one["payments"]:
        payment["company_no"] = rng.choice([None, None, "CQ", "WY"])
    one["prepaid"] = [
        [number, rng.choice(["CQ", "WY"]), str(START + timedelta(days=rng.choice([-3, 0, 0, 20]))),
         yuan(rng.randrange(1, 300000))] for number in range(1, rng.choice([1, 1, 2, 3]))]
    return one


def case(rng, companies=False):
    one = facts(rng)
    if companies:
        one = with_companies(rng, one)
    if rng.random() < 0.5:
        known = dict(one)
        known["rows"] = [r for r in one["rows"] if rng.random() < 0.7]
        known["payments"] = [p for p in one["payments"] if rng.random() < 0.7]
        if companies:
            known["prepaid"] = [p for p in one["prepaid"] if rng.random() < 0.7]
        found = allocations(known)["allocations"]
        one["recorded"] = [a[:3] for a in found]
        if found and rng.random() < 0.2:
            source, row, amount = rng.choice(found)[:3]
            one["recorded"].append([source, row, "-" + amount])
        if rng.random() < 0.2:
            one["recorded"].append(["O:W1", rng.choice(one["rows"])[0], "10.00"])
    return one


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--companies", type=int, default=300)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    for number in range(options.count + options.companies):
        one = case(rng, companies=number >= options.count)
        one["expected"] = allocations(one)
        print(json.dumps(one, separators=(",", ":")))


if __name__ == "__main__":
    main()
