"""What came of reading one cell."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from polku.exchange.spreadsheet.refusals import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Outcome = Literal["value", "empty", "clear", "problem", "kept"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, read.

    value: ``value`` holds it. empty: nothing was said, so nothing changes. clear: the field is to
    be emptied. kept: a word nobody knows, stored as text beside an empty field. problem: the row
    is kept, the field stays empty, ``raw`` is stored and ``code`` and ``message`` are reported.
    ``precision`` is for dates that are only the edge of a month or year.
    """

    outcome: Outcome
    value: object = None
    raw: str = ""
    code: str = ""
    message: Words = ""
    precision: str = "day"


EMPTY = Cell("empty")
CLEAR = Cell("clear")


def value_cell(value: object, raw: str, precision: str = "day") -> Cell:
    """A cell that was understood."""
    return Cell("value", value, raw, precision=precision)


def kept_cell(raw: str, code: str = "unknown_word") -> Cell:
    """A word that was not understood and is kept as it is."""
    return Cell("kept", None, raw, code, format_lazy(TROUBLES[code], raw=raw[:80]))


def problem_cell(code: str, raw: str) -> Cell:
    """A cell that can't be right, or has two meanings."""
    return Cell("problem", None, raw, code, format_lazy(TROUBLES[code], raw=raw[:80]))


TROUBLES: dict[str, "_StrPromise"] = {
    "unknown_word": _("“{raw}” is not a word known here. The field stays empty, the word is kept."),
    "no_such_day": _("There is no day “{raw}”. The field stays empty, the text is kept."),
    "not_a_date": _("“{raw}” is not a date. The field stays empty, the text is kept."),
    "only_a_period": _("“{raw}” names no day. The field stays empty, the text is kept."),
    "two_readings": _(
        "“{raw}” can be read in two ways. Say whether the day or the month is first."
    ),
    "not_an_address": _(
        "“{raw}” is not the address of a page. The field stays empty, the text is kept."
    ),
    "unknown_language": _(
        "“{raw}” is not a language known here. The field stays empty, the text is kept."
    ),
    "no_name": _("“{raw}” holds no name. The field stays empty, the text is kept."),
}
