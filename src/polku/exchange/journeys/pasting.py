"""A table that somebody pasted, understood as a journey.

Two shapes are common: a line for each step with a heading for each lane, and the picture turned
round, a column for each step with the name of the lane at its left. Which it is shows in the words.
A plain list, one step a line, is a journey too. What is not understood is named, and stays in the
box of the person who pasted it.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _

from polku.exchange.journeys.columns import OF_JOURNEY, STEP_VALUES
from polku.exchange.journeys.lane_words import lane_named
from polku.exchange.spreadsheet.delimited import guess_delimiter, records
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.kernel.answers import BadInput

type Shape = Literal["steps_down", "steps_across", "list"]

MOST_LINES, MOST_COLUMNS, LONGEST = 500, 200, 400_000
# What a column may be: the lanes of a sheet but those that only one journey as a whole has
CHOICES = (
    "stage", "step", "customer_action", "expectation", "customer_backstage", "touchpoint",
    "frontstage", "backstage", "support", "system", "supplier", "feeling_assumed",
    "feeling_target", "wait", "pain", "goal",
)  # fmt: skip
_NEVER = frozenset({*OF_JOURNEY, *STEP_VALUES, "another_way"}) - frozenset(CHOICES)


@dataclass(frozen=True)
class PastedColumn:
    """One column of the table as it was understood: its heading, the lane (empty: left out), and
    its entries, one for each step."""

    heading: str
    lane: str
    entries: tuple[str, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether something stands in it and it goes nowhere."""
        return not self.lane and any(self.entries)

    @property
    def example(self) -> str:
        """Its first text."""
        return next((text for text in self.entries if text), "")


@dataclass(frozen=True)
class Pasted:
    """A table with its steps downward, whatever way round it came."""

    shape: Shape
    columns: tuple[PastedColumn, ...]
    lines: int

    def of(self, lane: str) -> PastedColumn | None:
        """The first column of a lane."""
        return next((column for column in self.columns if column.lane == lane), None)

    def chosen(self, lanes: Mapping[int, str]) -> "Pasted":
        """The same table with lanes that a person chose, by the column's place."""
        columns = tuple(
            replace(column, lane=lanes.get(place, column.lane))
            for place, column in enumerate(self.columns)
        )
        return replace(self, columns=columns)


def read_pasted(text: str) -> Pasted:
    """Understand a pasted table. Raises BadInput with a sentence that says what was expected."""
    if len(text) > LONGEST:
        raise _refused(_("This is more than one journey can hold. Paste a part of it."))
    table = _table(text)
    if not table:
        raise _refused(_("Nothing was pasted. Copy the cells in your spreadsheet and paste them."))
    width = max(len(row) for row in table)
    if len(table) > MOST_LINES or width > MOST_COLUMNS:
        words = _("Up to %(lines)d lines and %(columns)d columns are read at once; this has "
                  "%(n)d lines and %(m)d columns.")  # fmt: skip
        raise _refused(words % {"lines": MOST_LINES, "columns": MOST_COLUMNS,
                                "n": len(table), "m": width})  # fmt: skip
    square = [[*row, *[""] * (width - len(row))] for row in table]
    return _understood(square)


def _refused(words: str) -> BadInput:
    return BadInput({"table": words}, _("Nothing was made. What you pasted is still here."))


def _table(text: str) -> list[list[str]]:
    """The rows that hold something, each cell without blanks around it."""
    text = text.replace("\0", "").removeprefix("\ufeff").strip("\r\n")
    name = "pasted.tsv" if "\t" in text else "pasted.csv"
    delimiter = "\t" if "\t" in text else guess_delimiter(text, name)
    if "\t" not in text and _is_a_list(text, delimiter):
        rows = [[line] for line in text.splitlines()]
    else:
        rows = _split(text, delimiter)
    clean = [[cell.strip() for cell in row] for row in rows]
    return [row for row in clean if any(row)]


def _is_a_list(text: str, delimiter: str) -> bool:
    """Sentences with commas in them are a list of steps, not a table."""
    counts = {line.count(delimiter) for line in text.splitlines() if line.strip()}
    return counts == {0} or (delimiter == "," and len(counts) > 1 and not _known_first(text))


def _known_first(text: str) -> bool:
    cells = text.strip().splitlines()[0].split(",")
    return sum(bool(lane_named(cell.strip(' "'))) for cell in cells) > 1


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(records(io.StringIO(text), delimiter))
    except FileRefused:  # a quotation mark that opens and never closes is a mere sign here
        return list(records(io.StringIO(text), delimiter, quotes=False))


def _understood(table: list[list[str]]) -> Pasted:
    across = [lane_named(cell) for cell in table[0]]
    down = [lane_named(row[0]) for row in table]
    if sum(map(bool, across)) >= max(2, sum(map(bool, down))):
        return _steps_down(table[0], table[1:])
    if sum(map(bool, down)) >= 2:
        if not down[0] and not table[0][0]:
            table[0][0] = "step"  # the names of the steps stand above the picture
        turned = [list(column) for column in zip(*table, strict=True)]
        found = _steps_down(turned[0], turned[1:])
        return replace(found, shape="steps_across")
    if len(table[0]) == 1:
        first = 1 if across[0] and len(table) > 1 else 0
        texts = tuple(row[0] for row in table[first:])
        return Pasted("list", (PastedColumn("", "customer_action", texts),), len(texts))
    raise _refused(_unknown(table))


def _unknown(table: list[list[str]]) -> str:
    words = _("Neither the first line nor the first column names lanes. Found: %(found)s. Write "
              "headings such as Stage, Step, Customer does, We do, Meeting points, and paste it "
              "again.")  # fmt: skip
    found = ", ".join(cell for cell in table[0] if cell)[:200]
    return words % {"found": found}


def _steps_down(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Pasted:
    columns: list[PastedColumn] = []
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        texts = tuple(row[place] for row in rows)
        if not heading and not any(texts):
            continue
        lane = lane_named(heading)
        lane = "" if lane in _NEVER or lane in taken else lane
        taken |= {lane} if lane in {"stage", "step"} else set()
        columns.append(PastedColumn(heading, lane, texts))
    return Pasted("steps_down", tuple(columns), len(rows))
