"""Where records go may be full, gone, closed or a disk that fails: no output is cut short without an error, and what
was recorded stays recorded."""

import os
import resource
import shutil
import signal
import subprocess
import unittest
from collections import Counter

import faults
from faults import DAY, Place, Ran, each, staged, stages, tell

# Everything that writes records without changing anything.
READERS = [
    ("boms-export", "charges"), ("boms-export", "charges", "--format", "json"),
    ("boms-export", "charges", "--format", "jsonl"), ("boms-export", "charges", "--format", "table"),
    ("boms-export", "journal"), ("boms-export", "contract"), ("boms-export", "--list"),
    ("boms-import", "--list"), ("boms-import", "--describe", "contract"), ("boms-import", "--template", "contract"),
    ("boms-db", "info"), ("boms-bill", "explain", "C1"), ("boms-bill", "statement", "C1"),
    ("boms-bill", "notice", "--month", "2026-10"), ("boms-bill", "missing", "--as-of", DAY),
    ("boms-invoice", "list"), ("boms-invoice", "rules"), ("boms-invoice", "check", "invoices"),
    ("boms-invoice", "request", "list"), ("boms-invoice", "request", "export", "--dry-run", "--as-of", DAY),
    ("boms-depreciate", "schedule", "GD1"), ("boms-depreciate", "report", "--month", "2032-01"),
    ("boms-remind", "list"), ("boms-remind", "preview"), ("boms-export", "--help"), ("boms-bill", "run", "--help"),
]  # fmt: skip
# With a run before it, of which nothing but the output is changed.
IGNORED = lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # noqa: E731


def small_files() -> None:
    """No file grows beyond a page, as with a quota; the signal is ignored, so that the write fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


class Outputs(unittest.TestCase):
    maxDiff = 2000

    def setUp(self) -> None:
        self.place = staged(stages()[-1].before)
        self.addCleanup(self.place.remove)

    def whole(self, words: tuple[str, ...]) -> Ran:
        ran = self.place.run(*words)
        self.assertIn(ran.status, (0, 1), ran)
        self.assertGreater(len(ran.out), 20, ran)
        return ran

    def test_a_full_device_is_an_error(self) -> None:
        for words in READERS:
            with self.subTest(words), open("/dev/full", "wb") as full:
                self.whole(words)
                ran = self.place.run(*words, stdout=full)
                self.assertEqual(ran.status, 74, ran)
                self.assertIn("no space left", ran.err)

    def test_a_file_that_may_not_grow_is_an_error_unless_all_is_in_it(self) -> None:
        for words in READERS:
            with self.subTest(words):
                whole = self.whole(words)
                out = self.place.folder / "out"
                with open(out, "wb") as file:
                    ran = self.place.run(*words, stdout=file, preexec_fn=small_files)
                if len(whole.out.encode()) <= 4096 and ran.status in (0, 1):
                    self.assertEqual(out.read_bytes().decode(), whole.out)
                else:
                    self.assertEqual(ran.status, 74, ran)

    def test_a_reader_that_goes_ends_the_writer_and_never_with_success(self) -> None:
        for words in READERS:
            whole = self.whole(words)
            for ignores in (False, True):
                with self.subTest(words, ignores=ignores):
                    receiving, sending = os.pipe()
                    os.close(receiving)
                    more = {"preexec_fn": IGNORED} if ignores else {}
                    ran = self.place.run(*words, stdout=sending, **more)
                    os.close(sending)
                    self.assertEqual(ran.status, 74 if ignores else -signal.SIGPIPE, ran)
        # Who has read what he wanted goes, and the rest of the shell's pipe goes on.
        shell = subprocess.run(
            ["bash", "-c", f"set -o pipefail; '{faults.PROGRAMS}/boms-export' charges | head -2"],
            env=self.place.settings, capture_output=True)  # fmt: skip
        self.assertEqual(len(shell.stdout.splitlines()), 2)
        self.assertIn(shell.returncode, (0, 128 + signal.SIGPIPE))
        self.assertEqual(shell.stderr, b"")

    def test_a_closed_output_is_an_error_and_never_the_database(self) -> None:
        was = self.place.dump()
        for words in READERS:
            for closed in ((1,), (0, 1), (1, 2), (0, 1, 2)):
                with self.subTest(words, closed=closed):
                    ran = self.closed(self.place, words, closed)
                    self.assertEqual(ran.status, 74, ran)
        self.assertEqual(self.place.dump(), was)
        for stage in stages():
            for closed in ((0,), (1,), (2,), (0, 1, 2)):
                with self.subTest(stage.step.name, closed=closed), staged(stage.before) as place:
                    ran = self.closed(place, stage.step.words, closed)
                    # An import has no rows to write.
                    statuses = {74} if 1 in closed and stage.out else set(stage.step.statuses)
                    self.assertIn(ran.status, statuses, ran)
                    self.assertIn(place.dump(), (stage.was, stage.will), ran)
                    self.assertEqual(place.checked().status, 0)

    def closed(self, place: Place, words: tuple[str, ...], closed: tuple[int, ...]) -> Ran:
        shell = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
        child = subprocess.run(
            ["bash", "-c", f'exec "$@" {shell}', "bash", faults.PROGRAMS / words[0], *words[1:]],
            cwd=place.folder, env=place.settings, capture_output=True)  # fmt: skip
        return Ran(words, child.returncode, child.stdout.decode(), child.stderr.decode())

    def test_what_a_step_recorded_stays_though_its_rows_could_not_be_written(self) -> None:
        ends = []
        for stage in stages():
            for kind in ("full", "gone", "ignored"):
                with self.subTest(stage.step.name, kind=kind), staged(stage.before) as place:
                    if kind == "full":
                        with open("/dev/full", "wb") as full:
                            ran = place.run(*stage.step.words, stdout=full)
                    else:
                        receiving, sending = os.pipe()
                        os.close(receiving)
                        more = {"preexec_fn": IGNORED} if kind == "ignored" else {}
                        ran = place.run(*stage.step.words, stdout=sending, **more)
                        os.close(sending)
                    found = place.dump()
                    state = "recorded" if found == stage.will else "not" if found == stage.was else "in part"
                    if stage.out == "":
                        self.assertIn(ran.status, stage.step.statuses)
                    elif kind == "gone":
                        self.assertIn(ran.status, (-signal.SIGPIPE, *stage.step.statuses, 74), ran)
                    else:
                        self.assertEqual(ran.status, 74, ran)
                    if stage.step.name != "remind deliver":
                        self.assertNotEqual(state, "in part", ran)
                    ends.append(f"{stage.step.name} {kind}: {ran.status} {state}")
                    again = place.run(*stage.step.words)
                    self.assertIn(again.status, stage.step.statuses + stage.step.again)
                    self.assertEqual(place.dump(), stage.will)
        for end in ends:
            tell(f"output: {end}")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_files_appear_whole_or_not_at_all(self) -> None:
        for words in [
            ("boms-bill", "notice", "--month", "2026-10", "--out", "pages/"),
            ("boms-bill", "statement", "T1", "--as-of", DAY, "--out", "T1.html"),
            ("boms-collect", "receipt", "--month", "2026-02", "--out", "pages/"),
            ("boms-depreciate", "card", "--out", "pages/"),
            ("boms-invoice", "request", "export", "--xlsx", "a.xlsx", "--as-of", DAY),
            ("boms-db", "backup", "copy.db", "--force"),
        ]:
            with self.subTest(words):
                with staged(stages()[-1].before) as place:
                    traced = place.run(*words, before=("strace", "-qq", "-o", "calls", "-e", "trace=write,pwrite64"))
                    self.assertIn(traced.status, (0, 1), traced)
                    wanted = made(place)
                    self.assertGreater(len(wanted), 0)
                    calls = [line.split("(")[0] for line in (place.folder / "calls").read_text().splitlines()]
                points = [(call, number) for call in set(calls) for number in range(1, calls.count(call) + 1)]
                points = points[:: max(1, round(0.3 / faults.PART))]

                def fail(point: tuple[str, int], words: tuple[str, ...] = words) -> int:
                    with staged(stages()[-1].before) as place:
                        # From then on, as on a disk that is full.
                        inject = f"inject={point[0]}:error=ENOSPC:when={point[1]}+"
                        ran = place.run(*words, before=("strace", "-qq", "-o", "/dev/null", "-e", inject))
                        self.assertIn(ran.status, {0, 1, 73, 74}, (point, ran))
                        found = made(place)
                        for name, size in found.items():
                            self.assertEqual(size, wanted.get(name), (point, name, ran))
                        if ran.status in (0, 1):
                            self.assertEqual(found, wanted, (point, ran))
                        again = place.run(*words)
                        self.assertIn(again.status, (0, 1), again)
                        self.assertEqual(made(place).keys(), wanted.keys(), (point, again))
                        return ran.status

                ends = Counter(each(points, fail))
                codes = dict(sorted(ends.items()))
                tell(f"files: {' '.join(words[:3])}: {len(points)} writes that fail, exit codes {codes}")


def made(place: Place) -> dict[str, int]:
    """The files that a command has made, and how large they are."""
    known = ("m.db", "calls")
    return {
        str(path.relative_to(place.folder)): path.stat().st_size
        for path in place.folder.rglob("*") if path.is_file() and not path.name.startswith(known)
        and not any(parent.is_symlink() for parent in (path, *path.parents))
    }  # fmt: skip


if __name__ == "__main__":
    unittest.main()
