"""The columns of a journey's sheet, and what may stand in its rows.

One row is one cell: what one lane says at one step. A row names its place by the numbers that
never change (stage, step, cell), so a sheet can be sorted and filtered and still comes back right.
The names beside the numbers are for reading. ``docs/how-to/journeys-in-files.md`` tells it to
people.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from polku.journeys.lanes import CELL_ROWS

CLEAR = "[clear]"
# In the column *cell*: something new, whatever stands there already
NEW = "+"
TEXT = "text_"
YES = ("x", "yes", "1", "true", "kyllä", "tak", "да")

# Before the texts, one column a language, and after them. What stands in *picture* is for reading:
# no sheet carries a picture, and none takes one down.
BEFORE = ("journey", "stage", "stage_name", "step", "step_name", "place", "lane", "cell")
AFTER = (
    "written_in", "value", "ref", "who", "whose", "evidence", "times_seen", "seen_on", "decision",
    "why", "picture", "remove",
)  # fmt: skip
COLUMNS = (*BEFORE, *AFTER)


# Rows that are no cell of the blueprint: of the journey, of a stage, of a step
OF_JOURNEY = ("journey", "scenario", "happy_path")
OF_STAGE = ("stage", "goal")
STEP_TEXTS = ("customer_action", "expectation", "another_way")
STEP_VALUES = ("feeling_target", "feeling_assumed", "wait", "optional", "at_once_with", "told_by")
OF_STEP = ("step", *STEP_TEXTS, *STEP_VALUES)
LANES = (*OF_JOURNEY, *OF_STAGE, *OF_STEP, *CELL_ROWS, "touchpoint", "pain")

_LANGUAGE = re.compile(r"text_[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class SheetRow:
    """One row of a file: its number as spreadsheets count, and its cells by heading."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the columns of languages, by language; empty ones are left out."""
        return {
            name.removeprefix(TEXT): text.strip()
            for name, text in self.cells.items()
            if name.startswith(TEXT) and text.strip()
        }

    @property
    def is_taken_out(self) -> bool:
        """Whether somebody put a sign into the column *remove*."""
        return self["remove"].casefold() in YES

    @property
    def says_nothing(self) -> bool:
        """Whether it is a blank to fill in."""
        names = ("value", "ref", "who", "remove", "decision", "why")
        return not self.texts and not any(self[name] for name in names)


def headings(languages: Sequence[str]) -> list[str]:
    """All columns in order, for texts in these languages."""
    return [*BEFORE, *(f"{TEXT}{lang}" for lang in languages), *AFTER]


def are_ours(headers: Iterable[str]) -> bool:
    """Whether these are the headings of a journey's sheet."""
    names = {known_heading(header) for header in headers}
    return "lane" in names and bool(names & {"step", "step_name"})


def known_heading(header: str) -> str:
    """The column that a heading names, or nothing. Case and blanks around it do not matter."""
    name = header.strip().casefold().replace(" ", "_")
    if name in COLUMNS:
        return name
    tag = header.strip().replace(" ", "_")
    tag = TEXT + tag[len(TEXT) :] if tag.casefold().startswith(TEXT) else ""
    return tag if _LANGUAGE.fullmatch(tag) else ""
