"""What the editor's forms and scripts send, turned into verbs of journeys; no rule of its own."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.columns import stages_in_order, steps_in_order
from polku.journeys.lanes import BY_KEY
from polku.journeys.models import Journey, Step
from polku.journeys.operations import (
    add_stage,
    add_step,
    copy_step,
    move_stage,
    move_step,
    paste,
    redo,
    remove_stage,
    remove_step,
    undo,
    write_stage,
    write_step,
    write_text,
)
from polku.journeys.operations.meeting_names import meet_by_names
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound
from polku.kernel.durations import NotADuration, read_duration
from polku.web.desk.editing_controls import line_ends
from polku.web.desk.journeys_news import Told, place_id

type Verb = Callable[[Any, Actor, Journey, int], Told]
# Rows whose cells are stages: their names, and the place of a step that is not there yet
OF_STAGES = frozenset({"stage", "none"})
TEXTS = frozenset({"name", "branch_when"})


def write(post: Any, actor: Actor, journey: Journey) -> Told:
    """One text into one place: a cell, a name of a step or stage, meeting points, a wait."""
    row, at = place_of(post.get("at", ""))
    text = line_ends(post.get("text", ""))
    lang = post.get("lang", "") or actor.lang_for_writing
    base = line_ends(post["base"]) if "base" in post else None
    if lang not in {*actor.workspace.languages, actor.lang_for_writing}:
        raise BadInput({"lang": _("Choose one of the languages of this place.")})
    if row == "stage":
        start = None if base is None else {"name": {lang: base}}
        write_stage(journey, at, {"name": {lang: text}}, by=actor, base=start)
    elif row == "touchpoint":
        names = None if base is None else base.split("\n")
        meet_by_names(journey, at, text.split("\n"), by=actor, base=names)
    elif row == "wait":
        _wait(journey, at, text, base, actor)
    elif row in TEXTS or (row in BY_KEY and BY_KEY[row].is_written):
        write_text(journey, at, row, text, by=actor, lang=lang, base=base)
    else:
        raise BadInput({"row": _("There is no such row to write in.")})
    return Told(_("Saved."))


def _wait(journey: Journey, step: int, text: str, base: str | None, actor: Actor) -> None:
    start = None
    if base is not None:
        try:
            start = {"expected_wait": read_duration(base)}
        except NotADuration:
            start = {"expected_wait": base}
    write_step(journey, step, {"expected_wait": text}, by=actor, base=start)


def act(post: Any, actor: Actor, journey: Journey) -> Told:
    """The verb that was sent, about a step, a stage, or the journey as a whole."""
    verb = post.get("verb", "")
    if verb in _WHOLE:
        return _WHOLE[verb](post, actor, journey)
    row, at = place_of(post.get("at", ""))
    if row not in OF_STAGES and verb in _STEP:
        return _STEP[verb](post, actor, journey, at)
    if row in OF_STAGES and verb in _STAGE:
        return _STAGE[verb](post, actor, journey, at)
    raise BadInput({"verb": _("There is nothing to be done by that name.")})


def paste_text(
    post: Any, actor: Actor, journey: Journey, *, folded: frozenset[int] = frozenset()
) -> Told:
    """A block of cells as a spreadsheet puts it on the clipboard: tabs across, lines down. What is
    *folded* is passed over, as it is by those who look at it."""
    table = list(csv.reader(io.StringIO(line_ends(post.get("text", ""))), delimiter="\t"))
    lanes = [key for key in post.get("lanes", "").split(",") if key]
    lang = post.get("lang", "") or actor.lang_for_writing
    row, at = place_of(post.get("at") or f"{post.get('row', '')}-{post.get('step', '')}")
    table = [line for line in table if line] or [[]]
    n = paste(journey, at, row, table, by=actor, lang=lang, lanes=lanes, folded=folded)
    return Told(_("Pasted into %(n)d cells.") % {"n": n})


def place_of(text: str) -> tuple[str, int]:
    """Row and inner number of a step or stage, from the id of a cell. Raises NotFound."""
    row, _dash, number = text.rpartition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise NotFound
    return row, int(number)


def _place(rows: list[Any], pk: int) -> int:
    found = next((place for place, row in enumerate(rows) if row.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def _to(step: Step) -> str:
    return place_id("name", step.pk)


def _undo(_post: Any, actor: Actor, journey: Journey) -> Told:
    undo(journey, by=actor)
    return Told(_("Taken back."))


def _redo(_post: Any, actor: Actor, journey: Journey) -> Told:
    redo(journey, by=actor)
    return Told(_("Done again."))


def _add_stage(post: Any, actor: Actor, journey: Journey) -> Told:
    """A stage at the end, or after another, with a first step that waits for its name."""
    after = place_of(post["at"])[1] if post.get("at") else None
    name = " ".join(post.get("name", "").split()) or _("New stage")
    stage = add_stage(journey, after=after, values={"name": name}, by=actor)
    if after is not None:
        return Told(_("A stage was put in."), place_id("stage", stage.pk))
    step = add_step(journey, stage.pk, by=actor)
    return Told(_("A stage was put in."), _to(step))


def _add(post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    rows = steps_in_order(actor, journey)
    step = rows[_place(rows, at)]
    values = {"name": post["name"]} if post.get("name") else {}
    made = add_step(journey, step.stage_id, after=step.pk, values=values, by=actor)
    return Told(_("A step was put in."), _to(made))


def _add_to_stage(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    made = add_step(journey, at, by=actor)
    return Told(_("A step was put in."), _to(made))


def _aside(way: int) -> Verb:
    """One to the left or right; at the edge of a stage into the next one."""

    def move(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
        rows, stages = steps_in_order(actor, journey), stages_in_order(actor, journey)
        step = rows[_place(rows, at)]
        mine = [row for row in rows if row.stage_id == step.stage_id]
        within = _place(mine, step.pk) + way
        if 0 <= within < len(mine):
            after = mine[within].pk if way > 0 else (mine[within - 1].pk if within else 0)
            move_step(journey, step.pk, stage_id=step.stage_id, after=after, by=actor)
            return Told(_("Moved."))
        target = _place(stages, step.stage_id) + way
        if not 0 <= target < len(stages):
            return Told(_("It stands at the end already."))
        end = 0 if way > 0 else None
        move_step(journey, step.pk, stage_id=stages[target].pk, after=end, by=actor)
        words = _("Moved into the stage %(name)s.") % {"name": stages[target].title}
        return Told(words, focus=_if_folded(stages[target].pk))

    return move


def _beside(way: str) -> Verb:
    """Right before or after another; over a stage without steps, into it."""

    def move(post: Any, actor: Actor, journey: Journey, pk: int) -> Told:
        row, by = place_of(post.get("by", ""))
        if row in OF_STAGES:
            move_step(journey, pk, stage_id=by, by=actor)
            return Told(_("Moved."))
        if pk == by:
            return Told()
        rows = [row for row in steps_in_order(actor, journey) if row.pk != pk]
        other = rows[_place(rows, by)]
        mine = [row for row in rows if row.stage_id == other.stage_id]
        place = _place(mine, by)
        before = mine[place - 1].pk if place else 0
        after = other.pk if way == "after" else before
        move_step(journey, pk, stage_id=other.stage_id, after=after, by=actor)
        return Told(_("Moved."))

    return move


def _to_stage(post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    stage = place_of(post.get("by", ""))[1]
    move_step(journey, at, stage_id=stage, by=actor)
    return Told(_("Moved."), focus=_if_folded(stage))


def _if_folded(stage: int) -> str:
    """Where one stands when the step went out of sight: the one cell of a folded stage."""
    return place_id("none", stage)


def _copy(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    made = copy_step(journey, at, by=actor)
    return Told(_("Copied."), _to(made))


def _remove(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    remove_step(journey, at, by=actor)
    return Told(_("The step was taken out. Undo brings it back."))


def _stage_aside(way: int) -> Verb:
    def move(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
        rows = stages_in_order(actor, journey)
        place = _place(rows, at)
        if not 0 <= place + way < len(rows):
            return Told(_("It stands at the end already."))
        other = place + way if way > 0 else place - 2
        after = rows[other].pk if other >= 0 else 0
        move_stage(journey, rows[place].pk, after=after, by=actor)
        return Told(_("Moved."))

    return move


def _remove_stage(_post: Any, actor: Actor, journey: Journey, at: int) -> Told:
    remove_stage(journey, at, by=actor)
    return Told(_("The stage was taken out with its steps. Undo brings them back."))


_WHOLE: Mapping[str, Callable[[Any, Actor, Journey], Told]] = {
    "undo": _undo, "redo": _redo, "add_stage": _add_stage,
}  # fmt: skip
_STEP: Mapping[str, Verb] = {
    "add": _add, "left": _aside(-1), "right": _aside(1), "before": _beside("before"),
    "after": _beside("after"), "stage": _to_stage, "copy": _copy, "remove": _remove,
}  # fmt: skip
_STAGE: Mapping[str, Verb] = {
    "add": _add_to_stage, "left": _stage_aside(-1), "right": _stage_aside(1),
    "remove": _remove_stage,
}  # fmt: skip
