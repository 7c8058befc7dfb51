"""Two people write at one place: the later one gets both texts, and nothing is lost."""

from typing import Any

from polku.journeys.models import JourneyEdit
from polku.journeys.operations.editing import Edit
from polku.kernel.answers import Conflict
from polku.kernel.audit import kind_of
from polku.tenancy.translated import Translated

LOOK_BACK = 60


def clean(text: str, lang: str = "en") -> str:
    """A text as it would be stored."""
    return Translated.of(str(text or "").replace("\r\n", "\n"), lang).source_text


def hold_base(edit: Edit, name: str, row: Any, *, base: Any, theirs: Any, mine: Any) -> None:
    """Raise Conflict when what is stored is neither what the writer started from nor what they
    write."""
    if base is not None and theirs not in (base, mine):
        raise conflict(edit, {name: both(edit, row, base=base, theirs=theirs, mine=mine)})


def both(edit: Edit, row: Any, **texts: Any) -> dict[str, Any]:
    """Both texts, with who wrote the stored one and when, as far as it is known."""
    return {**texts, **(_writer(edit, row) if row is not None else {})}


def conflict(edit: Edit, fields: dict[str, dict[str, Any]]) -> Conflict:
    """The error that carries them."""
    return Conflict(fields, edit.journey.revision)


def taken_out(edit: Edit, name: str, *, base: Any, mine: Any) -> Conflict:
    """The place itself was taken out meanwhile: what was written for it is handed back."""
    return conflict(edit, {name: {"base": base, "theirs": "", "mine": mine, "removed": True}})


def _writer(edit: Edit, row: Any) -> dict[str, Any]:
    kind = kind_of(row)
    entries = JourneyEdit.objects.filter(journey=edit.journey).select_related("user")
    for entry in entries.order_by("-number")[:LOOK_BACK]:
        if any(c["kind"] == kind and c["id"] == row.pk for c in entry.changes):
            name = str(entry.user) if entry.user else ""
            return {"by": name, "at": entry.at.isoformat()}
    return {}
