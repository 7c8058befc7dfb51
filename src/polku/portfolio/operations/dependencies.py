"""Verbs about needs: dated, with what happens when the needed thing fails."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.changes import change_object, create_object
from polku.kernel.clock import today_in
from polku.portfolio.entities import DEPENDENCY
from polku.portfolio.models import Dependency


def add_need(start: Any, end: Any, *, by: Actor, **values: Any) -> Dependency:
    """Write down that *start* needs *end*; *values*: kind, criticality, valid_from, valid_to, note.

    Raises Refused for a circle, with its path, and for a need that stands for these days already.
    """
    made: Dependency = create_object(DEPENDENCY, {**values, "from": start, "to": end}, by=by)
    return made


def change_need(
    need: Dependency, *, by: Actor, revision: int | None = None, **values: Any
) -> Dependency:
    """Change what is said of a need; its ends stay."""
    changed: Dependency = change_object(DEPENDENCY, need, values, by=by, revision=revision)
    return changed


def end_need(need: Dependency, *, by: Actor, reason: str, on: dt.date | None = None) -> Dependency:
    """Let a need hold until a day, today if none is said; the row and the reason stay."""
    if not reason.strip():
        raise BadInput({"reason": _("Say why in a few words; it is kept.")})
    values = {"valid_to": on or today_in(by.workspace)}
    ended: Dependency = change_object(DEPENDENCY, need, values, by=by, note=reason.strip())
    return ended
