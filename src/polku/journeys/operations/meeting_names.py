"""Meeting points of a step written as names, a line each, as one types them in a table."""

from collections.abc import Iterable, Sequence

from polku.journeys.entities import TOUCHPOINT
from polku.journeys.models import Journey, Step, Touchpoint
from polku.journeys.operations.editing import editing
from polku.journeys.operations.meeting import Met, by_name, met_at, set_meets
from polku.journeys.operations.texts import standing_step, step_label
from polku.kernel.actor import Actor
from polku.kernel.changes import create_object
from polku.kernel.folding import fold

ROW = "touchpoint"


def meet_by_names(
    journey: Journey, step_id: int, names: Iterable[str], *, by: Actor,
    base: Iterable[str] | None = None,
) -> Step:  # fmt: skip
    """Let people meet us at a step at the meeting points of these names; unknown ones are added to
    the library.

    *base* are the names that the writer saw. Only what differs from it is changed: what somebody
    else put there meanwhile stays, and so nothing is lost and nobody has to choose. Without it the
    names are the whole list.
    """
    wanted = _clean(names)
    seen = None if base is None else _clean(base)
    with editing(journey, "meeting_points_set", by=by) as edit:
        step = standing_step(edit, step_id, ROW, base="\n".join(seen or ()), mine="\n".join(wanted))
        met = met_at(edit, step)
        points = Touchpoint.objects.filter(workspace=by.workspace).in_bulk([pk for pk, _ in met])
        there = {fold(t): point for point in points.values() for t in point.name.texts.values()}
        known = by_name(by, [*wanted, *(seen or ())]) | there
        new = [name for name in wanted if fold(name) not in known]
        for name in new:
            known[fold(name)] = create_object(TOUCHPOINT, {"name": name}, by=by)
        mine = dict.fromkeys(known[fold(name)].pk for name in wanted)
        start = {pk for pk, _ in met} if seen is None else _numbers(seen, known)
        result = _merged(met, list(mine), start - set(mine))
        set_meets(edit, step, result, {point.pk: point for point in known.values()})
        edit.label = step_label(step, row=ROW, text=", ".join(wanted))
    return step


def _merged(met: Met, wanted: Sequence[int], gone: set[int]) -> Met:
    """What stays, then what is new; one of them is the first."""
    kept = [[pk, main] for pk, main in met if pk not in gone]
    there = {pk for pk, _ in kept}
    found = [*kept, *([pk, False] for pk in wanted if pk not in there)]
    if found and not any(main for _, main in found):
        found[0][1] = True
    return found


def _clean(names: Iterable[str]) -> list[str]:
    return [name for one in names if (name := " ".join(str(one).split()))]


def _numbers(names: Iterable[str], known: dict[str, Touchpoint]) -> set[int]:
    return {known[fold(name)].pk for name in names if fold(name) in known}
