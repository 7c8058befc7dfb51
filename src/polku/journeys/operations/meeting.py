"""Meeting points at steps: ties of kind L07, one of them the first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from polku.journeys.entities import TOUCHPOINT
from polku.journeys.models import Journey, Step, Touchpoint
from polku.journeys.operations.editing import MEETS, Edit, editing
from polku.journeys.operations.texts import standing_step, step_label
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.audit import kind_of
from polku.kernel.changes import create_object
from polku.kernel.fingerprints import fingerprint
from polku.kernel.folding import fold
from polku.kernel.link_history import CHANGED, MADE, REMOVED, facts_of, remember_many
from polku.kernel.links import live_links
from polku.kernel.models import Link
from polku.kernel.queries import visible

MOST_AT_A_STEP = 20
NOTED = "touchpoints"  # the name under which an edit keeps them

type Met = list[list[Any]]  # [[inner number of the meeting point, whether it is the first], ...]


def meet_at(
    journey: Journey, step_id: int, touchpoints: Sequence[Touchpoint | str], *,
    primary: Touchpoint | str | None = None, by: Actor,
) -> Step:  # fmt: skip
    """Say at which meeting points people meet us at a step: the whole list.

    Meeting points or their codes. *primary* is the first of them; when it is not said, the one that
    was stays, else the first of the list. Raises Refused for one that was removed or put away, and
    BadInput for a code that nobody has.
    """
    with editing(journey, "meeting_points_set", by=by) as edit:
        step = standing_step(edit, step_id, NOTED, base=None, mine=[str(p) for p in touchpoints])
        points = _points(touchpoints, by)
        first = _points([primary], by)[0].pk if primary else None
        wanted = {point.pk: point for point in points}
        before = met_at(edit, step)
        if first is None:
            first = next((pk for pk, main in before if main and pk in wanted), None)
        first = first if first in wanted else next(iter(wanted), None)
        set_meets(edit, step, [[pk, pk == first] for pk in wanted], wanted)
        edit.label = step_label(step, row="touchpoint", text=", ".join(p.title for p in points))
    return step


def new_touchpoint(
    journey: Journey, step_id: int, name: str, *, by: Actor, **values: Any
) -> Touchpoint:
    """Put a new meeting point into the library and at this step, after those that are there.

    One of that very name, in any language, is taken instead of making a second one.
    """
    with editing(journey, "meeting_points_set", by=by) as edit:
        step = standing_step(edit, step_id, NOTED, base=None, mine=name)
        point = by_name(by, [name]).get(fold(name)) or create_object(
            TOUCHPOINT, {"name": name, **values}, by=by
        )
        before = met_at(edit, step)
        if point.pk not in {pk for pk, _main in before}:
            set_meets(edit, step, [*before, [point.pk, not before]], {point.pk: point})
        edit.label = step_label(step, row="touchpoint", text=point.title)
    return point


def by_name(by: Actor, names: Iterable[str]) -> dict[str, Touchpoint]:
    """Meeting points in use by their folded name, in any language; the oldest of equal ones."""
    wanted = {fold(name) for name in names}
    found: dict[str, Touchpoint] = {}
    for point in visible(by, Touchpoint).exclude(state="removed").order_by("id"):
        for text in point.name.texts.values():
            if fold(text) in wanted:
                found.setdefault(fold(text), point)
    return found


def _points(given: Sequence[Touchpoint | str], by: Actor) -> list[Touchpoint]:
    codes = [p.code if isinstance(p, Touchpoint) else str(p).strip().upper()[:20] for p in given]
    if len(codes) > MOST_AT_A_STEP:
        words = _("Up to %(n)d meeting points fit at one step.")
        raise BadInput({NOTED: words % {"n": MOST_AT_A_STEP}})
    rows = {row.code: row for row in visible(by, Touchpoint, archived=True).filter(code__in=codes)}
    if missing := [code for code in codes if code not in rows]:
        words = _("There is no “%(code)s” here.")
        raise BadInput({NOTED: words % {"code": missing[0][:40]}})
    return [rows[code] for code in dict.fromkeys(codes)]


def met_at(edit: Edit, step: Step) -> Met:
    """What is tied to a step now, the first one first."""
    return [
        [link.to_id, bool(link.properties.get("primary"))]
        for link in _links(edit.by, [step.pk])[step.pk]
    ]


def _links(by: Actor, steps: Iterable[int]) -> dict[int, list[Link]]:
    rows = live_links(by).filter(
        kind=MEETS, from_kind="step", from_id__in=list(steps), to_kind="touchpoint"
    )
    found: dict[int, list[Link]] = defaultdict(list)
    for link in rows.order_by("id"):
        found[link.from_id].append(link)
    for few in found.values():
        few.sort(key=lambda link: not link.properties.get("primary"))
    return found


def set_meets(
    edit: Edit, step: Step, wanted: Met, points: Mapping[int, Touchpoint] | None = None
) -> None:
    """Let exactly these be tied to the step. Raises Refused for a new tie to one out of use."""
    before = met_at(edit, step)
    now = {link.to_id: link for link in _links(edit.by, [step.pk])[step.pk]}
    numbers = {pk for pk, _main in wanted} | set(now)
    known = {**(points or {}), **Touchpoint.objects.filter(
        workspace=edit.by.workspace).in_bulk(numbers - set(points or {}))}  # fmt: skip
    missing = [[pk, main] for pk, main in wanted if pk not in now]
    tie_points(edit, [(step, known[pk], main) for pk, main in missing if pk in known])
    _change_first(edit, step, [(now[pk], known[pk], main) for pk, main in wanted if pk in now])
    kept = {pk for pk, _main in wanted}
    _untie(edit, step, [(link, known[pk]) for pk, link in now.items() if pk not in kept])
    edit.note("step", step, NOTED, _sorted(before), _sorted(met_at(edit, step)))
    codes = {pk: point.code for pk, point in known.items()}
    _tell(edit, step, before, met_at(edit, step), codes)


def _sorted(met: Met) -> Met:
    return sorted(met)


def _tell(edit: Edit, step: Step, before: Met, after: Met, codes: Mapping[int, str]) -> None:
    if _sorted(before) == _sorted(after):
        return
    was, now = ([codes.get(pk, "") for pk, _main in met] for met in (before, after))
    edit.tell(NOTED, {"step": step.number, "at": was}, {"step": step.number, "at": now})


def tie_points(edit: Edit, rows: Sequence[tuple[Step, Touchpoint, bool]]) -> None:
    """Tie steps to meeting points, in few statements. Raises Refused."""
    for _step, point, _main in rows:
        if point.archived or point.state == Touchpoint.State.REMOVED:
            words = _("“%(name)s” is not in use any more and gets no new steps.")
            raise Refused(words % {"name": point.title})
    prints = {point.pk: fingerprint(point) for _step, point, _main in rows}
    links = [
        Link(
            workspace=edit.by.workspace, kind=MEETS, from_kind=kind_of(step), from_id=step.pk,
            to_kind=kind_of(point), to_id=point.pk, made_by_id=edit.by.user_id,
            from_fingerprint=fingerprint(step), to_fingerprint=prints[point.pk],
            properties={"primary": True} if main else {},
        )
        for step, point, main in rows
    ]  # fmt: skip
    Link.objects.bulk_create(links, batch_size=200)
    pairs = zip(links, rows, strict=True)
    told = [(link, (step, point), None, "") for link, (step, point, _main) in pairs]
    remember_many(MADE, told, by=edit.by)


def _change_first(edit: Edit, step: Step, rows: list[tuple[Link, Touchpoint, bool]]) -> None:
    told = []
    for link, point, main in rows:
        if bool(link.properties.get("primary")) == main:
            continue
        before = facts_of(link)
        others = {name: value for name, value in link.properties.items() if name != "primary"}
        link.properties = others | ({"primary": True} if main else {})
        link.save(update_fields=["properties"])
        told.append((link, (step, point), before, ""))
    remember_many(CHANGED, told, by=edit.by)


def _untie(edit: Edit, step: Step, rows: list[tuple[Link, Touchpoint]]) -> None:
    told = []
    reason = _("Taken out at the step.")
    for link, point in rows:
        before = facts_of(link)
        link.state, link.removed_reason = Link.State.REMOVED, reason
        link.save(update_fields=["state", "removed_reason"])
        told.append((link, (step, point), before, reason))
    remember_many(REMOVED, told, by=edit.by)


def copy_meets(edit: Edit, pairs: Sequence[tuple[int, Step]]) -> None:
    """Give copies of steps the meeting points of the first ones, as far as they are in use."""
    links = _links(edit.by, [number for number, _copy in pairs])
    numbers = {link.to_id for few in links.values() for link in few}
    rows = Touchpoint.objects.filter(workspace=edit.by.workspace, archived=False)
    points = rows.exclude(state=Touchpoint.State.REMOVED).in_bulk(numbers)
    tie_points(edit, [
        (copy, points[link.to_id], bool(link.properties.get("primary")))
        for number, copy in pairs for link in links[number] if link.to_id in points
    ])  # fmt: skip
