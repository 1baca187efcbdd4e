"""Sixteen programs at once for a minute: importing, billing, collecting and all the rest, some of them killed. No
fact is lost, none is there twice, and the books are those of one program after the other."""

import signal
import time
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import faults
from faults import DAY, DOCUMENTED, Place, chance, mails, staged, stages, tell

SECONDS = max(3.0, 60 * faults.PART)
CROWD = 16
HEADING = "payment_no,tenant_no,property_no,paid_on,amount,method\n"
JOBS = [
    ("boms-bill", "run", "--as-of", DAY), ("boms-bill", "run", "--all", "--as-of", DAY),
    ("boms-collect", "run", "--as-of", DAY), ("boms-invoice", "match", "--as-of", DAY),
    ("boms-depreciate", "run", "--as-of", faults.ASSETS_DAY), ("boms-remind", "run", "--as-of", DAY),
    ("boms-invoice", "import", "--as-of", DAY, "invoices"), ("boms-import", "--all", "registers"),
    ("boms-db", "check"), ("boms-export", "charges"), ("boms-export", "open_items"),
    ("boms-db", "backup", "copy.db", "--force"),
    ("boms-remind", "deliver", "--channel", "mail", "--digest", "--as-of", DAY, "--via", faults.DELIVER),
]  # fmt: skip
QUIET = [words for words in JOBS if words[:2] in {
    ("boms-bill", "run"), ("boms-collect", "run"), ("boms-depreciate", "run"), ("boms-remind", "run"),
    ("boms-invoice", "match")}]  # fmt: skip


class Crowd(unittest.TestCase):
    maxDiff = 2000

    def test_sixteen_at_once_for_a_minute(self) -> None:
        for kills in (False, True):
            with self.subTest(kills=kills):
                self.crowd(kills)

    def crowd(self, kills: bool) -> None:
        place = staged(stages()[1].before)
        self.addCleanup(place.remove)
        end = time.monotonic() + SECONDS
        ends: Counter[str] = Counter()

        def member(number: int) -> list[str]:
            """Imports payments and invoices of its own, each until it is told that they are in, and runs jobs."""
            random = chance(("crowd", kills, number))
            made = []
            while time.monotonic() < end or not made:
                serial = len(made) + 1
                name = f"{number}-{serial}.csv"
                tenant, day = random.randint(1, 3), random.randint(1, 20)
                row = f"M{number}-{serial},T{tenant},P1,2026-11-{day:02},{serial}.{number:02},bank\n"
                (place.folder / name).write_text(HEADING + row)
                invoice = f"{number}-{serial}.xml"
                (place.folder / invoice).write_bytes(mails.invoice(number * 1000 + serial))
                for words in [("boms-import", "payment", name), ("boms-invoice", "import", "--as-of", DAY, invoice)]:
                    while self.tried(place, words, random, kills, ends) != 0:
                        pass
                made.append(row.strip())
                for _ in range(2):
                    self.tried(place, random.choice(JOBS), random, kills, ends)
            return made

        with ThreadPoolExecutor(CROWD) as pool:
            rows = [row for rows in pool.map(member, range(1, CROWD + 1)) for row in rows]
        for words in QUIET:
            place.succeed(*words, statuses=(0, 1))

        # Every payment that was said to be in is in, once, as it was written; every invoice too.
        columns = "payment_no, tenant_no, property_no, paid_on, amount_fen, method"
        found = place.query(f"SELECT {columns} FROM payment WHERE payment_no LIKE 'M%'")
        wanted = sorted(row.replace(".", "") for row in rows)
        self.assertEqual(sorted(",".join(map(str, row)) for row in found), wanted)
        invoices = place.query("SELECT count(*), count(DISTINCT invoice_no) FROM invoice")[0]
        files = place.query("SELECT count(*) FROM invoice_file")[0][0]
        self.assertEqual(invoices, (len(rows) + 15, len(rows) + 15))
        self.assertEqual(files, len(rows) + 15)
        checked = place.checked()
        self.assertEqual((checked.status, checked.out.count("\n")), (0, 1), checked)
        verified = place.run("boms-db", "audit", "verify")
        self.assertEqual(verified.status, 0, verified)

        # The books of one program after the other, with the same facts.
        alone = staged(stages()[1].before)
        self.addCleanup(alone.remove)
        (alone.folder / "all.csv").write_text(HEADING + "".join(f"{row}\n" for row in rows))
        alone.succeed("boms-import", "payment", "all.csv")
        for words in QUIET:
            alone.succeed(*words, statuses=(0, 1))
        for sql in COMPARED:
            self.assertEqual(place.query(sql), alone.query(sql), sql)
        # Nobody was told anything twice, but where somebody was killed in between.
        twice = "SELECT reminder_id FROM reminder_event WHERE event = 'sent' GROUP BY 1 HAVING count(*) > 1"
        self.assertEqual(place.query(twice), [])
        tell(f"sixteen at once for {SECONDS:.0f} s{', a tenth of them killed' if kills else ''}: {len(rows)} payments, "
             f"{len(rows)} invoices, programs by exit code {dict(sorted(ends.items()))}")  # fmt: skip

    def tried(self, place: Place, words: tuple[str, ...], random, kills: bool, ends: Counter[str]) -> int:
        wait = random.choice(["0", "1", "60", "60"])
        child = place.start(*words, "--wait", wait)
        if kills and random.random() < 0.1:
            try:
                child.communicate(timeout=random.uniform(0, 1.5))
            except faults.subprocess.TimeoutExpired:
                child.kill()
        _, err = child.communicate()
        status = child.returncode
        ends[str(status)] += 1
        # 75: busy, and told so.
        good = {0, 1, 75} | ({-signal.SIGKILL} if kills else set())
        if words[0] == "boms-remind" and "deliver" in words:
            good.add(1)
        self.assertIn(status, good, (words, err.decode()[-2000:]))
        self.assertTrue(status in DOCUMENTED or kills)
        if status == 75:
            self.assertIn(b"hint:", err)
        return status


# In which order payments came decides which charge each of them pays, but not how much is paid.
COMPARED = [
    "SELECT contract_no, source, period_start, kind, sum(net_fen), sum(tax_fen), sum(amount_fen) FROM charge "
    "WHERE kind <> 'adjust' AND source NOT GLOB 'C[0-9]*' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    "SELECT payment_no, company_no FROM payment_entry ORDER BY 1",
    "SELECT payment_no, tenant_no FROM payment_claim ORDER BY 1",
    "SELECT asset_no, month, sum(amount_fen) FROM depreciation GROUP BY 1, 2 ORDER BY 1, 2",
]


if __name__ == "__main__":
    unittest.main()
