"""Programs that are killed: at any moment, and at every call that writes. After the next run the books are those
of a run that nothing disturbed."""

import re
import shutil
import time
import unittest
from collections import Counter, deque
from statistics import median

import faults
from faults import Place, Stage, chance, each, killed, staged, stages, tell, times

KILLS = times(1000)
# What changes files. Reading is left out: nothing is different before and after it.
WRITING = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename")


class Kills(unittest.TestCase):
    maxDiff = 2000

    def finish(self, place: Place, stage: Stage, when: object, took: deque[float] | None = None) -> str:
        """Runs the step again; says whether the one that was killed had happened. `took` gets the time of a
        run that had all to do."""
        is_delivery = stage.step.name == "remind deliver"
        found = stage.was if place.is_still(stage.before) else place.dump()
        if not is_delivery:
            self.assertIn(found, (stage.was, stage.will), f"{stage.step.name} killed at {when} happened in part")
        start = time.monotonic()
        again = place.run(*stage.step.words)
        if took is not None and found == stage.was:
            took.append(time.monotonic() - start)
        self.assertIn(again.status, stage.step.statuses + stage.step.again, (when, again))
        self.assertEqual(place.dump(), stage.will, f"{stage.step.name} killed at {when}, after the next run")
        # No part of a file is left behind; the log and its index go with whoever closes last.
        left = {path.name for path in place.folder.iterdir() if not path.is_symlink()}
        self.assertLessEqual(left, {"m.db", "m.db.deliver.lock", "sent"}, when)
        if is_delivery:
            self.sent(place, when)
        return "happened" if found == stage.will else "did not" if found == stage.was else "in part"

    def sent(self, place: Place, when: object) -> None:
        """Every message went out; at most the one that was being sent went out again, under its number."""
        text = (place.folder / "sent").read_text()
        numbers = Counter(re.findall(r"^Message-No: (.*)$", text, re.MULTILINE))
        wanted = {row[0] for row in place.query("SELECT message_no FROM message")}
        self.assertEqual(set(numbers), wanted, when)
        self.assertLessEqual(sum(numbers.values()) - len(numbers), 1, when)

    def test_at_any_moment(self) -> None:
        for stage in stages():
            with self.subTest(stage.step.name):
                random = chance(stage.step.name)
                moments = [random.uniform(0, 1.1) for _ in range(KILLS)]
                # A machine that others use is not always as fast: the last runs say how long one is.
                took = deque([stage.seconds], maxlen=5)

                def kill(part: float, stage: Stage = stage, took: deque[float] = took) -> str:
                    moment = part * median(took)
                    with staged(stage.before) as place:
                        child = place.start(*stage.step.words)
                        try:
                            child.communicate(timeout=moment)
                        except faults.subprocess.TimeoutExpired:
                            child.kill()
                            child.communicate()
                        self.assertIn(child.returncode, (*stage.step.statuses, -9))
                        return self.finish(place, stage, f"{moment:.4f} s", took)

                ends = Counter(each(moments, kill))
                tell(f"killed at {KILLS} moments: {stage.step.name}: {counted(ends)}")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_at_every_call_that_writes(self) -> None:
        for stage in stages():
            with self.subTest(stage.step.name):
                with staged(stage.before) as place:
                    found = points(place, stage.step.words)

                def kill(point: tuple[str, int], stage: Stage = stage) -> str:
                    call, number = point
                    with staged(stage.before) as place:
                        ran = place.run(*stage.step.words, before=strace(call, f"signal=KILL:when={number}"))
                        self.assertTrue(killed(ran.status) or ran.status in stage.step.statuses, (point, ran))
                        return self.finish(place, stage, point)

                ends = Counter(each(found, kill))
                tell(f"killed at each of {len(found)} writing calls: {stage.step.name}: {counted(ends)}")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_a_database_that_was_being_made(self) -> None:
        words = ("boms-db", "init")

        def kill(point: tuple[str, int]) -> str:
            with Place() as place:
                ran = place.run(*words, before=strace(point[0], f"signal=KILL:when={point[1]}"))
                self.assertTrue(killed(ran.status) or ran.status == 0, (point, ran))
                if place.database.exists():
                    # What is half made is no books yet, and says so.
                    self.assertIn(place.run("boms-export", "unit").status, (0, 66, 78), point)
                self.assertEqual(place.run(*words).status, 0, point)
                self.assertEqual(place.run("boms-export", "unit").status, 0, point)
                self.assertEqual(place.checked().status, 0, point)
                return "made" if ran.status == 0 else "made again"

        with Place() as place:
            found = points(place, words)
        ends = Counter(each(found, kill))
        tell(f"killed at each of {len(found)} writing calls: init: {counted(ends)}")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_a_restore(self) -> None:
        old, copy = stages()[5], stages()[2]
        words = ("boms-db", "restore", "copy.db")

        def fresh() -> Place:
            place = Place(old.before)
            shutil.copyfile(copy.before, place.folder / "copy.db")
            return place

        def kill(point: tuple[str, int]) -> str:
            with fresh() as place:
                ran = place.run(*words, before=strace(point[0], f"signal=KILL:when={point[1]}"))
                self.assertTrue(killed(ran.status) or ran.status == 0, (point, ran))
                found = place.dump()
                self.assertIn(found, (old.was, copy.was), f"restored in part: {point}")
                again = place.run(*words)
                self.assertEqual(again.status, 0, (point, again))
                self.assertEqual(place.dump(), copy.was, point)
                return "happened" if found == copy.was else "did not"

        with fresh() as place:
            found = points(place, words)
        ends = Counter(each(found, kill))
        tell(f"killed at each of {len(found)} writing calls: restore: {counted(ends)}")


def counted(ends: Counter[str]) -> str:
    return " · ".join(f"{end} {count}" for end, count in sorted(ends.items()))


def strace(call: str, inject: str | None = None) -> tuple[str, ...]:
    """Runs a program, and injects something at a call of its own (not of its children)."""
    what = ("-e", f"inject={call}:{inject}") if inject else ()
    return ("strace", "-qq", "-o", "/dev/null" if inject else "calls", "-e", f"trace={call}", *what)


def points(place: Place, words: tuple[str, ...]) -> list[tuple[str, int]]:
    """The calls that a command makes undisturbed: all of them, or as many as the part allows."""
    found = []
    if place.database.exists():
        shutil.copyfile(place.database, place.folder / "kept")
    for call in WRITING:
        place.run(*words, before=strace(call))
        count = len((place.folder / "calls").read_text().splitlines())
        found += [(call, number) for number in range(1, count + 1)]
        for path in place.folder.glob("m.db*"):
            path.unlink()
        if (place.folder / "kept").exists():
            shutil.copyfile(place.folder / "kept", place.database)
    return found[:: max(1, round(1 / faults.PART))]


if __name__ == "__main__":
    unittest.main()
