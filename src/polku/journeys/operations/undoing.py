"""Undo and redo, over what the server stored: each person takes back their own newest edit.

What somebody changed since is never overwritten: then both texts are shown instead.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.journeys.edit_words import edit_words
from polku.journeys.models import Journey, JourneyEdit, Step
from polku.journeys.operations.conflicts import both, conflict
from polku.journeys.operations.editing import (
    BESIDE,
    MODELS,
    Edit,
    column_value,
    held_journey,
    plain_column,
    take_over,
)
from polku.journeys.operations.meeting import NOTED, met_at, set_meets
from polku.journeys.operations.pictures import HANGS, told_pictures
from polku.journeys.operations.versions import SETTLED
from polku.journeys.policy import may_edit
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, Refused, require
from polku.kernel.audit import one_operation

UNDO, REDO = "undone", "redone"


def undo(journey: Journey, *, by: Actor) -> JourneyEdit:
    """Take back the actor's newest edit of this version that stands. Raises Refused when there is
    none, Conflict (by place) when somebody changed the same since; then nothing is changed."""
    return _turn(journey, UNDO, by)


def redo(journey: Journey, *, by: Actor) -> JourneyEdit:
    """Do again what the actor took back last, as long as they edited nothing since."""
    return _turn(journey, REDO, by)


def undoable(actor: Actor, journey: Journey) -> str | None:
    """What an undo would take back, in words; None for nothing."""
    found = _newest(actor, journey)
    return edit_words(found) if found is not None else None


def redoable(actor: Actor, journey: Journey) -> str | None:
    """What a redo would do again, in words; None for nothing."""
    found = _taken_back(actor, journey)
    return edit_words(found.undoes) if found is not None and found.undoes else None


def _own(actor: Actor, journey: Journey) -> Any:
    """The actor's edits of the version that is being written, the newest first."""
    rows = JourneyEdit.objects.filter(workspace=actor.workspace, journey=journey)
    if journey.state in SETTLED:  # what was agreed is changed by a new edit, never by an undo
        return rows.none()
    mine = rows.filter(user_id=actor.user_id) if actor.user_id else rows.filter(user=None)
    return mine.filter(label__version=journey.version).order_by("-number")


def _newest(actor: Actor, journey: Journey) -> JourneyEdit | None:
    found: JourneyEdit | None = _own(actor, journey).filter(undoes=None, undone=False).first()
    return found


def _taken_back(actor: Actor, journey: Journey) -> JourneyEdit | None:
    """The newest undo that nothing of the actor's own came after."""
    rows = _own(actor, journey)
    last = rows.filter(undoes=None).values_list("number", flat=True).first() or 0
    undos = rows.filter(verb=UNDO, undone=False, number__gt=last)
    found: JourneyEdit | None = undos.select_related("undoes").first()
    return found


def _turn(journey: Journey, verb: str, by: Actor) -> JourneyEdit:
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    with transaction.atomic(), one_operation():
        held = held_journey(journey)
        require(may_edit(by, held))
        turned = _newest(by, held) if verb == UNDO else _taken_back(by, held)
        first = turned if verb == UNDO else turned and turned.undoes
        if turned is None or first is None:
            raise Refused(_("There is nothing of yours to take back here.") if verb == UNDO
                          else _("There is nothing to do again."))  # fmt: skip
        edit = Edit(held, by)
        edit.label = {k: v for k, v in first.label.items() if k != "version"}
        if verb == UNDO:
            _hold_what_others_wrote(edit, first)
        _apply(edit, first.changes, back=verb == UNDO)
        entry = edit.close(verb, undoes=turned)
        if entry is None:
            raise Refused(_("There is nothing of yours to take back here."))
        turned.undone = True
        turned.save(update_fields=["undone"])
        JourneyEdit.objects.filter(pk=first.pk).update(undone=verb == UNDO)
    take_over(journey, held)
    return entry


def _hold_what_others_wrote(edit: Edit, first: JourneyEdit) -> None:
    """What an edit made goes with its undo only while nobody else has written in it. Raises
    Refused."""
    made = {
        (change["kind"], change["id"])
        for change in first.changes
        if change["fields"].get("removed") == [True, False]
    }
    later = JourneyEdit.objects.filter(
        journey=edit.journey, number__gt=first.number, undoes=None, undone=False
    ).select_related("user")
    for entry in later if made else ():
        if entry.user_id != edit.by.user_id and _touched(entry) & (made | _within(made, entry)):
            who = str(entry.user) if entry.user else "–"
            raise Refused(
                _("It stays, since somebody wrote in it meanwhile: %(who)s.") % {"who": who}
            )


def _touched(entry: JourneyEdit) -> set[tuple[str, int]]:
    """Rows into which an edit wrote; a row that only made room for another does not count."""
    return {(c["kind"], c["id"]) for c in entry.changes if set(c["fields"]) != {"position"}}


def _within(made: set[tuple[str, int]], entry: JourneyEdit) -> set[tuple[str, int]]:
    """What the edit touched inside these rows: cells and pain points of a step, steps of a
    stage."""
    numbers: dict[str, list[int]] = {}
    for kind, number in _touched(entry):
        numbers.setdefault(kind, []).append(number)
    found: set[tuple[str, int]] = set()
    for kind, home in (("blueprint_cell", "step"), ("pain_point", "step"), ("step", "stage")):
        homes = [number for made_kind, number in made if made_kind == home]
        if homes and kind in numbers:
            rows: Any = MODELS[kind].objects.filter(pk__in=numbers[kind], **{f"{home}__in": homes})
            found |= {(kind, number) for number in rows.values_list("pk", flat=True)}
    return found


def _apply(edit: Edit, changes: list[dict[str, Any]], *, back: bool) -> None:
    """Put every field where it was (or where it went), after looking whether it still stands where
    this edit left it (or found it)."""
    clashes: dict[str, dict[str, Any]] = {}
    wanted: list[tuple[Any, str, Any]] = []
    rows = _rows(edit, changes)
    for change in changes:
        row = rows[change["kind"], change["id"]]
        for name, (before, after) in change["fields"].items():
            to, expected = (before, after) if back else (after, before)
            now = _now(edit, row, name)
            if now == to:
                continue
            if now != expected:
                place, texts = _clash(name, base=expected, theirs=now, mine=to)
                clashes[f"{row.number}.{place}"] = both(edit, row, **texts)
            wanted.append((row, name, to))
    if clashes:
        raise conflict(edit, clashes)
    for row, name, to in wanted:
        if name == NOTED:
            set_meets(edit, row, to)
    _write(edit, [one for one in wanted if one[1] != NOTED])


def _clash(name: str, **values: Any) -> tuple[str, dict[str, Any]]:
    """What stands against what, under the name that people know it by."""
    return ("picture", told_pictures(**values)) if name == HANGS else (name, values)


def _rows(edit: Edit, changes: list[dict[str, Any]]) -> dict[tuple[str, int], Any]:
    """The rows that an edit touched, those taken out included; one statement a kind."""
    found: dict[tuple[str, int], Any] = {}
    for kind in {change["kind"] for change in changes}:
        numbers = [change["id"] for change in changes if change["kind"] == kind]
        rows: Any = MODELS[kind].objects.filter(journey=edit.journey, pk__in=numbers)
        if beside := BESIDE.get(MODELS[kind]):
            rows = rows.select_related(*beside)
        found |= {(kind, row.pk): row for row in rows}
    return found


def _now(edit: Edit, row: Any, name: str) -> Any:
    if name == NOTED:
        return sorted(met_at(edit, row)) if isinstance(row, Step) else []
    return plain_column(getattr(row, name))


def _write(edit: Edit, wanted: list[tuple[Any, str, Any]]) -> None:
    by_row: dict[tuple[str, int], tuple[Any, dict[str, Any]]] = {}
    for row, name, to in wanted:
        key = row._meta.db_table, row.pk
        values = by_row.setdefault(key, (row, {}))[1]
        values[name] = column_value(type(row), name, to)
    edit.write_rows(by_row.values())
