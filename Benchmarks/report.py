"""The results as a table for people and as JSON for programs."""

import os
import platform
import re
import subprocess
from pathlib import Path

from cases import Result
from measure import Cost, floor


def first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout.strip() or done.stderr.strip()).split("\n")[0]


def machine(root: Path) -> dict[str, object]:
    cpu = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    commit = first_line("git", "-C", str(root), "describe", "--always", "--dirty")
    return {
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(memory.group(1)) / 1048576, 1) if memory else None,
        "kernel": platform.release(),
        "swift": first_line("swift", "--version"),
        "sqlite": first_line("sqlite3", "--version").split(" ")[0],
        "commit": commit,
        "load": round(os.getloadavg()[0], 2),
        "peak_floor_mb": round(floor(), 1),
    }


def cost_json(cost: Cost, rows: int) -> dict[str, float]:
    return {
        "seconds": round(cost.seconds, 4),
        "user": round(cost.user, 4),
        "system": round(cost.system, 4),
        "rows_per_second": round(rows / cost.seconds),
        "peak_mb": round(cost.peak_mb, 1),
    }


def result_json(result: Result, smaller: Result | None) -> dict[str, object]:
    return {
        "case": result.case,
        "what": result.what,
        "rows": result.rows,
        "ours": cost_json(result.ours, result.rows),
        "theirs": cost_json(result.theirs, result.rows) if result.theirs else None,
        "ratio": round(result.ratio, 3) if result.ratio else None,
        "cpu_ratio": round(result.cpu_ratio, 3) if result.cpu_ratio else None,
        "target": str(result.target),
        "met": result.is_met,
        "at_a_tenth": {
            "rows": smaller.rows,
            "peak_mb": round(smaller.ours.peak_mb, 1),
            "theirs_peak_mb": round(smaller.theirs.peak_mb, 1) if smaller.theirs else None,
        } if smaller else None,
    }  # fmt: skip


HEADINGS = [
    "", "ours : theirs", "rows", "s", "cpu s", "rows/s", "peak MB", "at n/10", "s", "cpu s",
    "peak MB", "ratio", "of cpu", "target", "",
]  # fmt: skip


def cells(result: Result, smaller: Result | None) -> list[str]:
    ours, theirs = result.ours, result.theirs
    return [
        result.case, result.what, f"{result.rows:,}", f"{ours.seconds:.3f}", f"{ours.cpu:.3f}",
        f"{result.rate:,.0f}" if result.case not in "cf" else "", f"{ours.peak_mb:.0f}",
        f"{smaller.ours.peak_mb:.0f}" if smaller else "",
        f"{theirs.seconds:.3f}" if theirs else "", f"{theirs.cpu:.3f}" if theirs else "",
        f"{theirs.peak_mb:.0f}" if theirs else "",
        f"{result.ratio:.2f}×" if result.ratio else "",
        f"{result.cpu_ratio:.2f}×" if result.cpu_ratio else "", str(result.target),
        "met" if result.is_met else "NOT MET",
    ]  # fmt: skip


def table(rows: list[list[str]]) -> str:
    rows = [HEADINGS, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    texts = (0, 1, 14)
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in rows
    )
