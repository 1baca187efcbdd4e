#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the reference of depreciation: by hand, and what holds of assets made by chance."""

import random
import unittest

from reference_depreciation import Refused, case, depreciate, fen, random_asset


def asset(**fields):
    return {"asset_no": "A", "cost": "10000", "method": "straight_line", "life_months": 36,
            "acquired_on": "2024-01-15", "salvage": "500"} | fields


class ByHand(unittest.TestCase):
    def amounts(self, **fields):
        return [row[1] for row in depreciate(asset(**fields))]

    def test_straight_line(self):
        self.assertEqual(self.amounts(), [26389] * 35 + [26385])
        self.assertEqual(depreciate(asset())[0][0], "2024-02")
        self.assertEqual(depreciate(asset(kind="intangible"))[0][0], "2024-01")

    def test_double_declining(self):
        amounts = self.amounts(cost="100000", salvage="4000", method="double_declining", life_months=60)
        self.assertEqual([sum(amounts[at:at + 12]) for at in range(0, 60, 12)],
                         [4000000, 2400000, 1440000, 880000, 880000])
        self.assertEqual(amounts[11], 333337)

    def test_sum_of_years(self):
        amounts = self.amounts(cost="10000", salvage="200", method="sum_of_years", life_months=60)
        self.assertEqual([amounts[11], amounts[12], amounts[59]], [27225, 21778, 5449])

    def test_what_is_left_after_an_event(self):
        events = [{"kind": "re_estimate", "on": "2024-12-31", "life_months": 23}]
        amounts = self.amounts(events=events)
        self.assertEqual(len(amounts), 23)
        self.assertEqual(amounts[11], (950000 - 11 * 26389 + 6) // 12)
        with self.assertRaises(Refused):
            self.amounts(events=[{"kind": "re_estimate", "on": "2024-12-31", "life_months": 11}])


class ByChance(unittest.TestCase):
    def test_nothing_below_salvage_and_nothing_left(self):
        rng = random.Random(7)
        for number in range(400):
            made = random_asset(rng, number)
            found = case(made)
            for _, amount, accumulated, net, _ in found.get("rows", []):
                self.assertGreaterEqual(amount, 0)
                self.assertGreaterEqual(net, 0)
            if "rows" in found and not made["events"] and made["method"] not in ("units", "none"):
                given = sum(fen(made.get(key, 0)) for key in ("opening_accumulated", "opening_impairment"))
                charged = sum(row[1] for row in found["rows"])
                if found["rows"]:
                    self.assertEqual(given + charged + found["rows"][-1][3], fen(made["cost"]))
                    self.assertEqual(found["rows"][-1][4], "final")


if __name__ == "__main__":
    unittest.main()
