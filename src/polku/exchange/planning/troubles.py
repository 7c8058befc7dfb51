"""What a person is told about a row, as a code with facts; the sentence is made when read."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from polku.exchange.spreadsheet.cells import TROUBLES
from polku.kernel.answers import Sentence


class Trouble(NamedTuple):
    """One remark on a row. ``look`` is False for what is only told, not to be looked at."""

    code: str
    column: str = ""
    facts: Mapping[str, Any] = {}
    look: bool = True

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {"code": self.code, "column": self.column, **self.facts}


SENTENCES: dict[str, Sentence] = {
    **TROUBLES,
    "no_row_name": _("A row needs a name. Text in the row: “{raw}”"),
    "repeated": _("Row {other} stands for the same thing and was taken."),
    "alike_name": _("The same thing twice? Its name is much like “{other}”, {place}."),
    "alike_alias": _("The same thing twice? It shares the name “{words}” with “{other}”, {place}."),
    "alike_page": _("The same thing twice? It has the same page as “{other}”, {place}."),
    "alike_more": _("More that look like it: {n}."),
    "too_long": _("The text has {n} signs, {limit} fit. The field stays empty, the text is kept."),
    "cut": _("The name has {n} signs, {limit} fit. It was cut; the whole text is kept."),
    "extra_cells": _("Cells beyond the last heading: {n}. Their texts are kept."),
    "conflict": _(
        "Changed here and in the file. Before: “{base}”, here: “{here}”, in the file: “{file}”."
    ),
    "other_name": _("The key is known, and the name was “{other}”. Is it the same thing?"),
    "other_code": _("The code {raw} belongs to “{other}” here, so the row was not tied to it."),
    "put_away": _("It was put away here and stays so."),
    "new_party": _("“{raw}” is not known here yet; saved as a guess."),
    "no_such_service": _("No service here or in the file is called “{raw}”."),
    "no_column": _("No column of this sheet is called “{raw}”. Nothing of it was taken."),
    "nowhere": _("There is no “{raw}” here or in the file, so this stayed empty."),
    "unfit": _("“{raw}” does not fit here, so this stayed as it was."),
    "picture_left": _(
        "The picture “{raw}” stays behind: a sheet holds only its words. A backup carries it."
    ),
    "cell_left": "{message}",
    "list_here": _("What stands under {raw} is not the same here. It is changed on its own page."),
    "no_home": _("This workspace has no party of its own yet, so no relationship was made."),
    "circle": _("This would go round in a circle: {path}. It was left out."),
    "twice": _("This stands in row {other} already."),
    "itself": _("A thing cannot need itself."),
    "dates_order": _("The last day comes before the first. Both stay empty, the texts are kept."),
    "not_stored": _("{message} The row was left out."),
}


def sentence(stored: Mapping[str, Any]) -> str:
    """The remark in the reader's language."""
    words = SENTENCES.get(str(stored.get("code", "")), "{raw}")
    facts = {"raw": "", **{key: str(value)[:200] for key, value in stored.items()}}
    if stored.get("place_row"):
        facts["place"] = str(_("row {row}")).format(row=stored["place_row"])
    elif "place_code" in stored:
        facts["place"] = str(_("here as {code}")).format(code=stored["place_code"])
    try:
        return str(words).format(**facts)
    except KeyError:
        return str(words)
