"""Runs one program at a time and says what it took: seconds, processor time, peak memory."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable


class Failed(Exception):
    """A program that should have gone through did not."""


@dataclass(frozen=True)
class Cost:
    """What one run took. The peak is never seen below this interpreter's own (`floor`)."""

    seconds: float
    user: float
    system: float
    peak_mb: float

    @property
    def cpu(self) -> float:
        return self.user + self.system


@dataclass(frozen=True)
class Command:
    """A program, what it reads and where its output goes; `prepare` comes before, unmeasured."""

    arguments: list[str]
    stdin: str = ""
    stdout: Path = Path(os.devnull)
    prepare: Callable[[], object] = lambda: None


def run(command: Command) -> Cost:
    command.prepare()
    # What was prepared is on the disk, so that no measured commit waits for it.
    os.sync()
    start = time.perf_counter()
    with open(command.stdout, "wb") as stdout, subprocess.Popen(
        command.arguments,
        stdin=subprocess.PIPE if command.stdin else subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8", "BOMS_LANG": "en"},
    ) as child:
        if child.stdin:
            child.stdin.write(command.stdin.encode())
            child.stdin.close()
        said = child.stderr.read().decode(errors="replace") if child.stderr else ""
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    # The shell of SQLite reports some errors and still ends with 0.
    is_shell = Path(command.arguments[0]).name == "sqlite3"
    if child.returncode != 0 or (is_shell and said):
        raise Failed(f"{' '.join(command.arguments)}: exit {child.returncode}\n{said[-2000:]}")
    return Cost(seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024)


def best(commands: list[Command], repeat: int) -> list[Cost]:
    """The fastest run of each, in alternating order, so that none is always the first."""
    costs: list[list[Cost]] = [[] for _ in commands]
    for turn in range(repeat):
        order = list(enumerate(commands))
        for index, command in reversed(order) if turn % 2 else order:
            costs[index].append(run(command))
    return [min(runs, key=lambda cost: cost.seconds) for runs in costs]


def median(commands: list[Command], repeat: int) -> list[Cost]:
    """The run of median length of each, in alternation, after one that is not counted."""
    costs: list[list[Cost]] = [[] for _ in commands]
    for turn in range(-1, repeat):
        for index, command in enumerate(commands):
            cost = run(command)
            if turn >= 0:
                costs[index].append(cost)
    middle = [statistics.median_low(cost.seconds for cost in runs) for runs in costs]
    return [
        next(cost for cost in runs if cost.seconds == seconds)
        for runs, seconds in zip(costs, middle)
    ]


def floor() -> float:
    """The smallest peak that can be seen: a child starts as a copy of this interpreter."""
    return run(Command(["true"])).peak_mb
