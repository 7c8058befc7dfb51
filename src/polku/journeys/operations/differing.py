"""Field by field: whether somebody changed what a writer is about to change."""

from collections.abc import Mapping
from typing import Any

from polku.journeys.models.journeys import JourneyRow
from polku.journeys.operations.conflicts import both, clean, conflict
from polku.journeys.operations.editing import Edit
from polku.kernel.actor import Actor
from polku.kernel.fields import plain
from polku.tenancy.translated import Translated

# Columns that writers know by another name
OUTSIDE = {"actor_party": "actor", "branch_of_step": "branch_of"}


def hold_bases(
    edit: Edit, row: Any, values: Mapping[str, Any], base: Mapping[str, Any] | None, by: Actor
) -> None:
    """Raise Conflict for the fields whose stored value is neither what the writer started from nor
    what they write. A base text may be a lone text: then it is of the writer's language."""
    clashes = {}
    for column, value in values.items():
        name = OUTSIDE.get(column, column)
        if base is None or name not in base:
            continue
        now = getattr(row, column)
        if isinstance(now, Translated):
            found = _texts(now, value, base[name], by)
        else:
            found = _plainly(now, value, base[name])
        if found:
            clashes[name] = both(edit, row, **found)
    if clashes:
        raise conflict(edit, clashes)


def _plainly(now: Any, mine: Any, base: Any) -> dict[str, Any] | None:
    theirs, wanted, start = (code_or_plain(value) for value in (now, mine, base))
    if theirs in (start, wanted) or _written(start) == _written(theirs):
        return None
    return {"base": start, "theirs": theirs, "mine": wanted}


def _written(value: Any) -> str:
    """As a form sends it."""
    return "" if value is None else str(value)


def _texts(now: Translated, mine: Translated, base: Any, by: Actor) -> dict[str, Any] | None:
    """In the languages that differ between what is stored and what is written."""
    started = base if isinstance(base, Mapping) else {by.lang_for_writing: str(base or "")}
    for lang in sorted({*now.texts, *mine.texts}):
        theirs, wanted = now.text(lang), mine.text(lang)
        if theirs != wanted and theirs != clean(str(started.get(lang) or ""), lang):
            return {"base": started.get(lang) or "", "theirs": theirs, "mine": wanted}
    return None


def code_or_plain(value: Any) -> Any:
    """A reference by its code, a piece by its number, anything else in machine form."""
    if isinstance(value, JourneyRow):
        return value.number
    return value.code if hasattr(value, "code") else plain(value)
