"""Figures of speed, the limits they must keep, and the table of both."""

import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from polku.storage.sqlite.driver import Database

CPU = "ms CPU"
SECONDS = "s"
MEMORY = "MB"
STATEMENTS = "statements"


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, in which unit, what the bare floor took, limit and aim.

    *value* None stands for something that could not be measured; *note* says why, or what else
    was seen.
    """

    name: str
    unit: str
    value: float | None
    limit: float | None = None
    aim: float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """``ok``, ``OVER the limit``, or ``-`` where nothing can be said."""
        if self.value is None or self.limit is None:
            return "-"
        return "ok" if self.value <= self.limit else "OVER the limit"

    @property
    def is_over(self) -> bool:
        """Whether a limit was measured and not kept."""
        return self.verdict.startswith("OVER")


def machine() -> dict[str, str]:
    """What the figures were taken on, and when."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": str(_cores()),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "SQLite": f"{Database.sqlite_version} (Python's own: {sqlite3.sqlite_version})",
        "load": Path("/proc/loadavg").read_text().split()[0],
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    return Path("/proc/cpuinfo").read_text().count("processor\t")


def table(figures: Iterable[Figure]) -> str:
    """Lines of aligned columns."""
    rows = [("what", "Polku", "floor", "limit", "aim", "unit", "verdict", "note")]
    rows += [
        (f.name, _short(f.value), _short(f.floor), _short(f.limit), _short(f.aim), f.unit,
         f.verdict, f.note)
        for f in figures
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def as_data(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures for a program."""
    return [{**asdict(figure), "verdict": figure.verdict} for figure in figures]


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"
