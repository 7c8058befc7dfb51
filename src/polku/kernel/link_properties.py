"""The facts that a tie of one kind carries: read from outside, checked, kept as plain data."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.answers import BadInput
from polku.kernel.link_kinds import LinkKind, Property

LARGEST = 1_000_000_000


def read_properties(kind: LinkKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in stored form, what was left empty left out. Raises BadInput by ``properties.*``.

    A name that the kind does not have is refused: nothing that was sent gets lost unseen.
    """
    known = {row.name: row for row in kind.properties}
    found: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, raw in given.items():
        place = f"properties.{str(name)[:40]}"
        if name not in known:
            problems[place] = _("This kind of tie does not carry that.")
            continue
        try:
            value = _READERS[known[name].type](raw, known[name])
        except ValueError as error:
            problems[place] = str(error)
        else:
            if value not in (None, ""):
                found[name] = value
    if problems:
        raise BadInput(problems)
    return found


def _text(raw: Any, row: Property) -> str:
    if not isinstance(raw, str | int | float | None) or isinstance(raw, bool):
        raise ValueError(_("A text is needed here."))
    text = "" if raw is None else str(raw).replace("\x00", "").strip()
    if len(text) > row.longest:
        raise ValueError(_("Too long; %(limit)d characters fit.") % {"limit": row.longest})
    return text


def _number(raw: Any, _row: Property) -> int | None:
    if raw in (None, ""):
        return None
    text = str(raw).strip()
    if isinstance(raw, bool) or not text.isascii() or not text.isdigit() or len(text) > 10:
        raise ValueError(_("A whole number is needed here."))
    if int(text) > LARGEST:
        raise ValueError(_("That number does not fit here."))
    return int(text)


def _yes_no(raw: Any, _row: Property) -> bool | None:
    if raw in (None, ""):
        return None
    if raw in (True, "true", "yes", "on"):
        return True
    if raw in (False, "false", "no"):
        return False
    raise ValueError(_("Answer yes or no."))


_READERS = {"text": _text, "number": _number, "yes_no": _yes_no}
