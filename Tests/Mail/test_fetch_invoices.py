"""scripts/fetch-invoices against a real POP3 server, with real mails and the built programs.

Needs dovecot, mpop and ripmime (scripts/setup --all), and the programs in BOMS_BIN or .build/debug. With
BOMS_TEST_ALL the kills are many.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import mails
from mailserver import DOVECOT, PASSWORD, USER, Cutter, MailServer

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/fetch-invoices"
PROGRAMS = Path(os.environ.get("BOMS_BIN", ROOT / ".build/debug"))
MISSING = [name for name in ("mpop", "ripmime") if not shutil.which(name)] + ([] if DOVECOT else ["dovecot"])
KILLS = 40 if os.environ.get("BOMS_TEST_ALL") else 8


@unittest.skipIf(MISSING, f"not installed: {', '.join(MISSING)}")
class FetchInvoices(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boms-mail-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "server").mkdir()
        self.server = MailServer(self.folder / "server")
        self.addCleanup(self.server.stop)
        self.database = self.folder / "mall.db"
        self.spool = self.folder / "spool"
        secret = self.folder / "password"
        secret.write_text(PASSWORD + "\n")
        secret.chmod(0o600)
        self.settings = {
            "PATH": os.environ["PATH"], "TZ": "UTC", "HOME": str(self.folder),
            "BOMS_BIN": str(PROGRAMS), "BOMS_DB": str(self.database), "BOMS_LANG": "en",
            "BOMS_MAIL_SPOOL": str(self.spool), "BOMS_MAIL_HOST": "localhost",
            "BOMS_MAIL_PORT": str(self.server.tls), "BOMS_MAIL_USER": USER,
            "BOMS_MAIL_PASSWORD_FILE": str(secret),
            "BOMS_MAIL_CA": str(self.server.folder / "cert.pem"),
        }  # fmt: skip
        self.tool("boms-db", "init", "--quiet")

    # What the tests are written in.

    def tool(self, *words: str) -> str:
        return subprocess.run(
            [PROGRAMS / words[0], *words[1:]], env=self.settings, check=True, capture_output=True,
            text=True).stdout  # fmt: skip

    def fetch(self, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT], env=self.settings | settings, capture_output=True, text=True, timeout=300)

    def assert_silent(self, ran: subprocess.CompletedProcess[str]) -> None:
        self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (0, "", ""))

    def place(self, folder: str) -> list[Path]:
        return sorted(self.spool.glob(f"{folder}/*/*.eml"))

    def query(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.database) as books:
            return books.execute(sql).fetchall()

    def pool(self) -> list[str]:
        return [row[0] for row in self.query("SELECT invoice_no FROM invoice ORDER BY 1")]

    def deliver(self, *names: str) -> list[str]:
        """Delivers those mails, or all with invoices; returns the numbers in them."""
        chosen = mails.with_invoices()
        found = []
        for case in names or chosen:
            mail, indices = chosen[case]
            self.server.deliver(mail)
            found += [mails.number(index) for index in indices]
        return sorted(found)

    def assert_complete(self, numbers: list[str]) -> None:
        """Every mail is in one place, every invoice is in the pool, once."""
        self.assertEqual(self.pool(), numbers)
        self.assertEqual(
            self.query("SELECT count(*) FROM invoice_event WHERE kind = 'received'"),
            [(len(numbers),)])
        self.assertEqual(
            self.query("SELECT count(*) FROM invoice_file GROUP BY invoice_id HAVING count(*) > 1"), [])
        self.assertEqual(self.place("failed"), [])
        self.assertEqual(list(self.spool.glob("new/*")), [])
        self.assertEqual(list(self.spool.glob("work.*")), [])
        self.assertEqual(len(self.place("done")), self.server.count)

    # Mails.

    def test_invoices_are_found_however_they_are_attached(self) -> None:
        numbers = self.deliver()
        self.assert_silent(self.fetch())
        self.assert_complete(numbers)
        self.assertFalse(Path("/tmp/evil.xml").exists())
        # Names are as they were given, whatever they were written in.
        names = {row[0] for row in self.query("SELECT name FROM invoice_file")}
        self.assertIn("发票_电费.xml", names)
        self.assertEqual([name for name in names if "�" in name or "/" in name], [])
        found = (self.spool / "fetch-invoices.log").read_text()
        self.assertIn(f"mails {len(mails.with_invoices())} · taken {len(mails.with_invoices())}", found)
        # Nothing new: nothing happens, and nobody is told.
        before = self.query("SELECT count(*) FROM invoice_event")
        self.assert_silent(self.fetch())
        self.assertEqual(self.query("SELECT count(*) FROM invoice_event"), before)
        self.assertEqual(self.server.mails(), self.server.count)

    def test_a_mail_without_an_invoice_is_kept_and_links_are_for_a_person(self) -> None:
        for mail in mails.without_invoice().values():
            self.server.deliver(mail)
        ran = self.fetch()
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual(ran.stdout, "")
        self.assertEqual(len(self.place("no-invoice")), len(mails.without_invoice()))
        told = [line for line in ran.stderr.splitlines() if "no-invoice" in line]
        self.assertEqual(len(told), 2, ran.stderr)
        link = next(line for line in told if "links" in line).split(": ")[1]
        findings = Path(link + ".findings.txt").read_text()
        self.assertIn("https://fp.example.com/d?id=1&k=2\n", findings)
        self.assertIn("Subject: 开票通知", findings)
        self.assertIn("From: 供应商 <supplier@example.com>", findings)
        # Told once.
        self.assert_silent(self.fetch())

    def test_what_is_refused_goes_to_failed_with_its_findings(self) -> None:
        good = mails.invoice(1)
        self.server.deliver(mails.attached("错", ("a.xml", good.replace(b">12.00<", b">13.00<"))).as_bytes())
        self.server.deliver(mails.attached(
            "一半", ("b.xml", mails.invoice(2)), ("c.xml", b"<?xml version='1.0'?><x/>")).as_bytes())  # fmt: skip
        self.server.deliver(mails.attached("只有图", ("合同.pdf", mails.pdf())).as_bytes())
        self.server.deliver(mails.attached("好", ("d.xml", mails.invoice(3))).as_bytes())
        ran = self.fetch()
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertEqual(len(self.place("failed")), 3, ran.stderr)
        self.assertEqual(len(self.place("done")), 1)
        for mail in self.place("failed"):
            self.assertIn('"result":"rejected"', Path(f"{mail}.findings.txt").read_text())
            self.assertIn(str(mail), ran.stderr)
        self.assertEqual(self.pool(), [mails.number(2), mails.number(3)])
        # To try again, it is put back; what it brought before is there.
        mail = self.place("failed")[0]
        mail.rename(self.spool / "new/again")
        self.assertEqual(self.fetch().returncode, 1)
        self.assertEqual(len(self.place("failed")), 3)

    # The server.

    def test_mail_is_deleted_on_the_server_only_if_asked_for_and_after_it_is_here(self) -> None:
        numbers = self.deliver("rfc 2231, utf-8", "a pack")
        self.assert_silent(self.fetch())
        self.assertEqual(self.server.mails(), 2)
        numbers = sorted(numbers + self.deliver("inline"))
        self.assert_silent(self.fetch(BOMS_MAIL_DELETE="yes"))
        self.assertEqual(self.server.mails(), 0)
        self.assert_complete(numbers)

    def test_a_server_that_dies_loses_nothing(self) -> None:
        numbers = self.deliver()
        for tls, limit in (("off", 3_000), ("off", 30_000), ("on", 60_000)):
            cutter = Cutter(self.server.tls if tls == "on" else self.server.plain, limit)
            self.addCleanup(cutter.close)
            ran = self.fetch(
                BOMS_MAIL_TLS=tls, BOMS_MAIL_PORT=str(cutter.own_port), BOMS_MAIL_DELETE="yes",
                BOMS_MAIL_TIMEOUT="8")  # fmt: skip
            self.assertEqual(ran.returncode, 69, ran.stderr)
            self.assertIn("could not be read", ran.stderr)
            self.assertEqual(self.server.mails(), self.server.count)
        self.assertGreater(len(self.place("done")), 5)
        self.server.stop()
        self.assertEqual(self.fetch().returncode, 69)
        self.server.start()
        self.assert_silent(self.fetch(BOMS_MAIL_DELETE="yes"))
        self.assert_complete(numbers)
        self.assertEqual(self.server.mails(), 0)

    def test_a_wrong_password_is_said_and_an_open_one_refused(self) -> None:
        secret = Path(self.settings["BOMS_MAIL_PASSWORD_FILE"])
        secret.write_text("wrong\n")
        ran = self.fetch()
        self.assertEqual(ran.returncode, 78, ran.stderr)
        self.assertNotIn("wrong", ran.stderr)
        secret.chmod(0o640)
        ran = self.fetch()
        self.assertEqual(ran.returncode, 78)
        self.assertIn("others may read", ran.stderr)

    # Whatever dies.

    def test_killed_at_any_moment_it_ends_the_same(self) -> None:
        numbers = self.deliver()
        chance = random.Random(5)
        settings = self.settings | {"BOMS_MAIL_DELETE": "yes"}
        for round in range(KILLS):
            running = subprocess.Popen(
                [SCRIPT], env=settings, start_new_session=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)  # fmt: skip
            time.sleep(chance.random() ** 2 * 4)
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            here = len(self.place("done")) + len([*self.spool.glob("new/*")])
            self.assertGreaterEqual(here + self.server.mails(), self.server.count, round)
            self.assertEqual(self.place("failed"), [])
        self.assert_silent(self.fetch(BOMS_MAIL_DELETE="yes"))
        self.assert_complete(numbers)
        self.assertEqual(self.server.mails(), 0)
        self.assertEqual(self.query("PRAGMA integrity_check"), [("ok",)])

    def test_when_import_cannot_the_mail_waits(self) -> None:
        numbers = self.deliver("rfc 2231, utf-8", "a pack", "inline")
        stand_in = self.folder / "bin"
        stand_in.mkdir()
        for status in (75, 74, 70, 78, 137):
            (stand_in / "boms-invoice").write_text(f"#!/bin/sh\necho oh >&2\nexit {status}\n")
            (stand_in / "boms-invoice").chmod(0o755)
            ran = self.fetch(BOMS_BIN=str(stand_in))
            self.assertEqual(ran.returncode, status, ran.stderr)
            self.assertIn("the mail stays", ran.stderr)
            self.assertEqual(len(list(self.spool.glob("new/*"))), 3)
        self.assert_silent(self.fetch())
        self.assert_complete(numbers)

    def test_a_busy_database_leaves_the_mail_where_it_is(self) -> None:
        numbers = self.deliver("inline")
        holder = sqlite3.connect(self.database)
        holder.execute("BEGIN IMMEDIATE")
        ran = self.fetch(BOMS_WAIT="0")
        self.assertEqual(ran.returncode, 75, ran.stderr)
        holder.rollback()
        holder.close()
        self.assert_silent(self.fetch())
        self.assert_complete(numbers)

    def test_a_full_disk_loses_nothing(self) -> None:
        disk = self.folder / "disk"
        disk.mkdir()
        if os.getuid() != 0 or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], capture_output=True
        ).returncode:
            self.skipTest("no small disk can be made here")
        self.addCleanup(subprocess.run, ["umount", disk], check=False)
        self.spool = disk / "spool"
        self.settings["BOMS_MAIL_SPOOL"] = str(self.spool)
        self.settings["BOMS_LOG"] = str(self.folder / "log")
        numbers = self.deliver("rfc 2231, utf-8", "inline", "20 MB", "a pack")
        ran = self.fetch(BOMS_MAIL_DELETE="yes")
        self.assertIn(ran.returncode, (69, 74), ran.stderr)
        self.assertEqual(self.server.mails(), self.server.count)
        self.assertEqual(self.place("failed"), [])
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        self.assert_silent(self.fetch(BOMS_MAIL_DELETE="yes"))
        self.assert_complete(numbers)
        self.assertEqual(self.server.mails(), 0)

    def test_two_never_overlap(self) -> None:
        self.assert_silent(self.fetch())
        holder = subprocess.Popen(
            ["flock", "--no-fork", self.spool / "lock", "sh", "-c", "echo held; exec sleep 20"],
            stdout=subprocess.PIPE)  # fmt: skip
        self.addCleanup(holder.stdout.close)
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        holder.stdout.readline()
        ran = self.fetch()
        self.assertEqual(ran.returncode, 75)
        self.assertIn("another run has the lock", ran.stderr)

    def test_mail_that_others_deliver_is_taken_without_a_server(self) -> None:
        settings = {key: value for key, value in self.settings.items() if key != "BOMS_MAIL_HOST"}
        self.settings = settings
        self.assert_silent(self.fetch())
        (self.spool / "new/1").write_bytes(mails.with_invoices()["inline"][0])
        self.assert_silent(self.fetch())
        self.assertEqual(self.pool(), [mails.number(112)])


if __name__ == "__main__":
    unittest.main()
