"""Reading a journey as one document: six statements, whatever its size."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from polku.journeys.document_json import from_json
from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    PictureDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.lanes import View, hidden_rows, view_of
from polku.journeys.models import (
    BlueprintCell,
    Journey,
    JourneyVersion,
    PainPoint,
    Stage,
    Step,
    Touchpoint,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.links import live_links
from polku.kernel.models import Attachment, Link
from polku.kernel.queries import visible

MEETS = "L07"
_EVIDENCE = ("evidence", "evidence_n", "evidence_on")
_STEP = (
    "name", "customer_action", "expectation", "number", "emotion_target", "emotion_assumed",
    "sphere", "optional", "parallel_group", "branch_when", "expected_wait", *_EVIDENCE,
)  # fmt: skip
_CELL = ("row", "text", "number", "duration", "activity_class", *_EVIDENCE)
PICTURE = ("number", "words", "sha256", "width", "height")
_PAIN = ("text", "number", "severity", "decision", "decision_reason", *_EVIDENCE)


def read_document(actor: Actor, journey: Journey) -> JourneyDoc:
    """What the journey's rows say now, as far as *actor* may see it: texts beyond the line of
    visibility and meeting points out of sight are left out. Raises NotFound across workspaces."""
    if journey.workspace_id != actor.workspace.pk:
        raise NotFound
    return as_seen(whole(actor, journey), actor)


def read_version(actor: Actor, journey: Journey, version: int) -> JourneyDoc:
    """Version *version*: for the team the rows while it is the newest, else as it was agreed.
    Raises NotFound."""
    if version == journey.version and (actor.is_internal or not _kept(actor, journey).exists()):
        return read_document(actor, journey)
    return read_agreed(actor, journey, version)


def read_agreed(actor: Actor, journey: Journey, version: int | None = None) -> JourneyDoc:
    """A version as it was agreed, the last one when none is named; never what is being written.
    Raises NotFound."""
    if journey.state != Journey.State.SKETCH and version in (None, journey.version):
        return read_document(actor, journey)
    rows = _kept(actor, journey)
    kept = (rows if version is None else rows.filter(version=version)).first()
    if kept is None:
        raise NotFound
    return as_seen(replace(from_json(kept.content), code=journey.code), actor)


def document_for(actor: Actor, journey: Journey, version: int | None = None) -> JourneyDoc:
    """What a reader gets who names no version: the team what stands, everyone else what was
    agreed last, if anything ever was."""
    if version is None and not actor.is_internal and _kept(actor, journey).exists():
        return read_agreed(actor, journey)
    return read_version(actor, journey, version or journey.version)


def _kept(actor: Actor, journey: Journey) -> QuerySet[JourneyVersion]:
    """The versions that were agreed, the newest first."""
    return JourneyVersion.objects.filter(workspace=actor.workspace, journey=journey)


def versions_of(actor: Actor, journey: Journey) -> list[JourneyVersion]:
    """The agreed versions, newest first, without what they say."""
    return list(_kept(actor, journey).defer("content").select_related("agreed_by"))


def whole(actor: Actor, journey: Journey, only: Collection[int] | None = None) -> JourneyDoc:
    """Everything that the rows say, for whoever may see all of it; *only* reads no more than these
    steps (inner numbers), each at its place in the whole."""
    stages = list(Stage.objects.filter(journey=journey, removed=False))
    steps = list(_steps(journey, {row.pk for row in stages}))
    some = {} if only is None else {"step__in": only}
    cells = _by_step(_cell_rows(journey).filter(**some), _cell)
    pains = list(PainPoint.objects.filter(journey=journey, removed=False, **some))
    links = _links(actor, [step.pk for step in steps if only is None or step.pk in only])
    wanted = {link.to_id for link in links} | {pain.touchpoint_id or 0 for pain in pains}
    points = Touchpoint.objects.filter(workspace=actor.workspace).in_bulk(wanted - {0})
    met = _met(links, points)
    hurts = _pains(pains, points)
    numbers = {row.pk: row.number for row in steps}
    by_stage: dict[int, list[StepDoc]] = defaultdict(list)
    order = {row.pk: place for place, row in enumerate(stages)}
    ordered = sorted(steps, key=lambda row: (order[row.stage_id], row.position, row.pk))
    for place, row in enumerate(ordered, 1):
        if only is not None and row.pk not in only:
            continue
        by_stage[row.stage_id].append(
            _step(row, place, numbers, cells[row.pk], met[row.pk], hurts[row.pk])
        )
    return JourneyDoc(
        name=journey.name, code=journey.code, kind=journey.kind, scenario=journey.scenario,
        version=journey.version, state=journey.state, happy_path=journey.happy_path,
        edits=journey.edits, pains=tuple(hurts[None]),
        stages=tuple(_stage(row, by_stage[row.pk]) for row in stages),
    )  # fmt: skip


def _steps(journey: Journey, stages: Collection[int]) -> Iterable[Step]:
    rows = Step.objects.filter(journey=journey, removed=False)
    rows = rows.select_related("sub_journey", "picture")
    return (row for row in rows if row.stage_id in stages)


def _cell_rows(journey: Journey) -> QuerySet[BlueprintCell]:
    rows = BlueprintCell.objects.filter(journey=journey, removed=False)
    return rows.select_related("component", "actor_party", "picture").only(
        *_CELL, "id", "thread", "step_id", "position", "component__code", "component__name",
        "actor_party__code", "actor_party__name", *(f"picture__{name}" for name in PICTURE),
    )  # fmt: skip


def _links(actor: Actor, steps: list[int]) -> list[Link]:
    rows = live_links(actor).filter(
        kind=MEETS, from_kind="step", from_id__in=steps, to_kind="touchpoint"
    )
    return list(rows.order_by("id"))


def _by_step(rows: Iterable[Any], read: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.step_id].append(read(row))
    return found


def _own(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"id": row.pk, "thread": str(row.thread)} | {name: getattr(row, name) for name in names}


def _named(row: Any) -> Named | None:
    return Named(row.code, row.title) if row is not None else None


def _stage(row: Stage, steps: list[StepDoc]) -> StageDoc:
    names = ("name", "number", "dsv_step", "goal_of_customer")
    return StageDoc(**_own(row, names), steps=tuple(steps))


def _step(
    row: Step, place: int, numbers: dict[int, int], cells: list[CellDoc],
    points: list[TouchpointDoc], pains: list[PainDoc],
) -> StepDoc:  # fmt: skip
    by_row: dict[str, list[CellDoc]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row].append(cell)
    return StepDoc(
        **_own(row, _STEP), place=place, branch_of=numbers.get(row.branch_of_step_id or 0),
        sub_journey=_named(row.sub_journey), touchpoints=tuple(points), pains=tuple(pains),
        cells={name: tuple(few) for name, few in by_row.items()}, picture=picture_doc(row.picture),
    )  # fmt: skip


def _cell(row: BlueprintCell) -> CellDoc:
    return CellDoc(
        **_own(row, _CELL),
        component=_named(row.component),
        actor=_named(row.actor_party),
        picture=picture_doc(row.picture),
    )


def picture_doc(row: Attachment | None) -> PictureDoc | None:
    """A picture as it stands in a document."""
    return PictureDoc(**{name: getattr(row, name) for name in PICTURE}) if row else None


def _met(links: list[Link], points: dict[int, Touchpoint]) -> dict[int, list[TouchpointDoc]]:
    """Meeting points by step, the first one first."""
    found: dict[int, list[TouchpointDoc]] = defaultdict(list)
    for link in links:
        if point := points.get(link.to_id):
            found[link.from_id].append(_touchpoint(point, link))
    return defaultdict(
        list, {step: sorted(few, key=lambda p: not p.primary) for step, few in found.items()}
    )


def _touchpoint(row: Touchpoint, link: Link) -> TouchpointDoc:
    return TouchpointDoc(
        name=row.name, code=row.code, id=row.pk, primary=bool(link.properties.get("primary")),
        channel_kind=row.channel_kind, state=row.state, decisive=row.moment_of_truth,
        has_latitude=bool(row.latitude), has_recovery=bool(row.recovery),
        importance=row.importance, link_id=link.pk, suspect=link.suspect_since is not None,
    )  # fmt: skip


def _pains(
    pains: list[PainPoint], points: dict[int, Touchpoint]
) -> dict[int | None, list[PainDoc]]:
    found: dict[int | None, list[PainDoc]] = defaultdict(list)
    for row in pains:
        about = _named(points.get(row.touchpoint_id or 0))
        found[row.step_id].append(PainDoc(**_own(row, _PAIN), touchpoint=about))
    return found


def as_seen(doc: JourneyDoc, actor: Actor) -> JourneyDoc:
    """The document without what *actor* may not see; the team sees all."""
    if actor.is_internal:
        return doc
    known = {point.id for step in doc.steps for point in step.touchpoints}
    points = visible(actor, Touchpoint).filter(pk__in=known).values_list("code", flat=True)
    told = {step.sub_journey.code for step in doc.steps if step.sub_journey}
    ways = visible(actor, Journey).filter(code__in=told).values_list("code", flat=True)
    return seen_from(doc, view_of(actor), points=set(points), journeys=set(ways) if told else set())


def seen_from(
    doc: JourneyDoc, view: View, *, points: Collection[str] = (), journeys: Collection[str] = ()
) -> JourneyDoc:
    """The document as one side sees it: without rows beyond its line, the names of our parts and
    people, our reasons, and meeting points and journeys whose codes are not given."""
    if view == "team":
        return doc
    hidden = hidden_rows(view)

    def pain(row: PainDoc) -> PainDoc:
        about = row.touchpoint if row.touchpoint and row.touchpoint.code in points else None
        return replace(row, decision_reason="", touchpoint=about)

    def step(row: StepDoc) -> StepDoc:
        cells = {
            name: tuple(replace(cell, component=None, actor=None) for cell in few)
            for name, few in row.cells.items()
            if name not in hidden
        }
        sub = row.sub_journey if row.sub_journey and row.sub_journey.code in journeys else None
        return replace(
            row, cells=cells, pains=tuple(map(pain, row.pains)), sub_journey=sub,
            touchpoints=tuple(_outward(p) for p in row.touchpoints if p.code in points),
        )  # fmt: skip

    stages = tuple(replace(row, steps=tuple(map(step, row.steps))) for row in doc.stages)
    return replace(doc, stages=stages, pains=tuple(map(pain, doc.pains)))


def _outward(point: TouchpointDoc) -> TouchpointDoc:
    return replace(point, has_latitude=False, suspect=False, link_id=0)
