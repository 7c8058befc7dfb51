"""What a log says about itself before it works: nothing is dropped without a word."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

REASONS = {
    "no_case": "no case: nobody can say whose path this is",
    "no_activity": "no activity: nobody can say what happened",
    "no_time": "no time",
    "unreadable_time": "a time that cannot be read",
    "impossible_time": "a local time that never was: the clocks went forward",
    "broken_row": "a row that is not whole",
    "unreadable_letters": "letters that cannot be read; a sign stands for each",
    "duplicate": "the same case, activity and time as a row before it",
}

TOLD_ONLY = frozenset({"duplicate", "unreadable_letters"})  # told, and kept
KEPT = 100  # rows told one by one; more are counted


class BadLog(ValueError):
    """A file that cannot be read as a log, with what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that was left out, or that is told and kept (``TOLD_ONLY``).

    ``line`` counts from 1 as an editor does (the heading of a CSV is line 1); in files without
    lines it is the number of the event. ``value`` is what stood there, shortened. ``part`` is the
    name of the file where a log lies in several.
    """

    line: int
    reason: str
    value: str = ""
    part: str = ""

    def __str__(self) -> str:
        told = f": {self.value!r}" if self.value else ""
        where = f"{self.part}, " if self.part else ""
        return f"{where}line {self.line}: {REASONS[self.reason]}{told}"

    def place(self, line: str) -> str:
        """Its *line*, as the reader writes numbers, with the file where there are several."""
        return f"{line} ({self.part})" if self.part else line


@dataclass(slots=True)
class Problems:
    """Everything odd about a log: counts by reason, the first rows of each, and remarks.

    ``personal`` names columns whose values look like names or addresses of people; ``guessed``
    says which column was taken for what, when nobody said so.
    """

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    guessed: dict[str, str] = field(default_factory=dict)
    personal: list[str] = field(default_factory=list)

    def add(self, line: int, reason: str, value: object = "") -> None:
        """Note one row."""
        self.counts[reason] += 1
        if self.counts[reason] <= KEPT:
            self.examples.append(Problem(line, reason, str(value)[:80]))

    def add_rows(self, lines: Iterable[int], n: int, reason: str) -> None:
        """Note *n* rows of one reason at once."""
        for line in islice(lines, KEPT):
            self.add(int(line), reason)
        if n > KEPT:
            self.counts[reason] += n - KEPT

    @property
    def left_out(self) -> int:
        """Rows that take no part; some are only told and kept."""
        return sum(n for reason, n in self.counts.items() if reason not in TOLD_ONLY)

    def __bool__(self) -> bool:
        return bool(self.counts or self.remarks or self.personal)
