"""A clock that goes back, or that was wrong for a night: nothing is taken back, nothing is doubled, no number is
given twice, and when the clock is right again the books are those of nights on which it always was."""

import re
import shutil
import unittest

import faults
from faults import DAY, Place, staged, stages, tell

NIGHT = [
    ("boms-bill", "run"), ("boms-collect", "run"), ("boms-invoice", "match"), ("boms-invoice", "request", "run"),
    ("boms-depreciate", "run"), ("boms-remind", "run"),
]  # fmt: skip
DELIVER = ("boms-remind", "deliver", "--channel", "mail", "--digest", "--via", faults.DELIVER)
FAKETIME = shutil.which("faketime")


class Clock(unittest.TestCase):
    maxDiff = 2000

    def fresh(self) -> Place:
        """The small property with its invoices, before its first night."""
        place = staged(stages()[1].before)
        self.addCleanup(place.remove)
        place.succeed("boms-invoice", "import", "--as-of", "2026-10-31", "invoices")
        return place

    def night(self, place: Place, day: str, *, clock: str | None = None) -> None:
        """A whole night, by --as-of or by the clock."""
        before = ("faketime", "-f", f"@{clock} 02:10:00") if clock else ()
        options = () if clock else ("--as-of", day)
        for words in NIGHT:
            ran = place.run(*words, *options, before=before)
            self.assertTrue(ran.is_documented and ran.status in (0, 1), (day, clock, ran))
        moment = () if clock else ("--at", f"{day}T02:10:00Z")
        ran = place.run(*DELIVER, *options, *moment, before=before)
        self.assertTrue(ran.is_documented and ran.status in (0, 1), (day, clock, ran))

    def expect_same(self, disturbed: Place, quiet: Place) -> None:
        for table, columns in COMPARED.items():
            sql = f"SELECT {columns} FROM {table} ORDER BY {columns}"
            self.assertEqual(disturbed.query(sql), quiet.query(sql), table)
        for place in (disturbed, quiet):
            checked = place.checked()
            self.assertEqual((checked.status, checked.out.count("\n")), (0, 1), checked)
            self.assertEqual(place.run("boms-db", "audit", "verify").status, 0)
            # No message went out twice, and no reminder in two messages.
            text = (place.folder / "sent").read_text()
            numbers = re.findall(r"^Message-No: (.*)$", text, re.MULTILINE)
            self.assertEqual(len(numbers), len(set(numbers)))
            twice = "SELECT reminder_id FROM reminder_event WHERE event = 'sent' GROUP BY 1 HAVING count(*) > 1"
            self.assertEqual(place.query(twice), [])

    def test_days_that_go_back_change_nothing(self) -> None:
        quiet, disturbed = self.fresh(), self.fresh()
        for day in ("2026-11-20", "2026-11-21", DAY):
            for place in (quiet, disturbed):
                self.night(place, day)
            was = disturbed.dump()
            # Not before what is recorded was known: the same day again, the day before, a month, ten years.
            for wrong in (day, "2026-11-19", "2026-10-21", "2016-11-22"):
                self.night(disturbed, wrong)
                now = disturbed.dump()
                for table in LEDGERS:
                    self.assertEqual(rows(now, table), rows(was, table), f"{wrong} after {day}: {table}")
        tell(f"clock back: {len(rows(disturbed.dump(), 'charge'))} charges, nothing new on 12 wrong nights")
        for place in (quiet, disturbed):
            self.night(place, "2026-11-23")
        self.expect_same(disturbed, quiet)

    @unittest.skipUnless(FAKETIME, "faketime is not installed")
    def test_a_clock_that_was_wrong_for_a_night(self) -> None:
        quiet, disturbed = self.fresh(), self.fresh()
        for place in (quiet, disturbed):
            self.night(place, "", clock="2026-11-21")
        # The battery of the clock is empty: it is 1970, or the year in which the board was made.
        for wrong in ("1970-01-02", "2000-01-01", "2019-02-28"):
            self.night(disturbed, "", clock=wrong)
        # Backups, jobs and copies do not mind either.
        for number, clock in enumerate(("2026-11-21 03:00:00", "1999-12-31 23:59:59", "2038-01-19 03:14:08")):
            ran = disturbed.run("boms-db", "backup", f"copy-{number}.db", before=("faketime", "-f", f"@{clock}"))
            self.assertEqual(ran.status, 0, ran)
        for place in (quiet, disturbed):
            self.night(place, "", clock=DAY)
        self.expect_same(disturbed, quiet)

    @unittest.skipUnless(FAKETIME, "faketime is not installed")
    def test_a_clock_that_runs_back_while_programs_run(self) -> None:
        # But for the delivery, whose sleeps would be faked as well.
        for stage in stages()[:-1]:
            with self.subTest(stage.step.name), staged(stage.before) as place:
                # A day for each second, backwards.
                ran = place.run(*stage.step.words, before=("faketime", "-f", "@2026-11-22 02:10:00 x-86400"))
                self.assertTrue(ran.is_documented and ran.status in stage.step.statuses, ran)
                self.assertEqual(place.dump(), stage.will)


# What is recorded and never changed.
LEDGERS = [
    "charge", "bill", "allocation", "payment_entry", "payment_claim", "receipt", "depreciation", "asset_movement",
    "invoice", "invoice_event", "invoice_request", "number_series",
]  # fmt: skip
# Without the days of running, which are those of the nights.
COMPARED = {
    "bill": "bill_no, contract_no, company_no, bill_on, due_on, net_fen, tax_fen, amount_fen",
    "charge": "contract_no, source, period_start, revision, kind, net_fen, tax_fen, amount_fen",
    "allocation": "payment_no, charge_id, amount_fen",
    "payment_entry": "payment_no, company_no",
    "receipt": "receipt_no, payment_no",
    "depreciation": "asset_no, month, revision, amount_fen",
    "invoice_request": "request_no, colour, tenant_no, invoice_kind",
    "number_series": "series, period, last",
    "reminder": "kind, subject, due_on, recipient, channel, level",
}


def rows(dumped: list[str], table: str) -> list[str]:
    return [line for line in dumped if line.startswith(f"{table}|")]


if __name__ == "__main__":
    unittest.main()
