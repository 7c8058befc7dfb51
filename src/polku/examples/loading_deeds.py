"""What happened to the objects of an example: made, moved on, decided, tied, told, edited."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from polku.examples.content import (
    DecisionRow,
    DependencyRow,
    EditRow,
    LinkRow,
    Move,
    OfferingRow,
    RequirementRow,
    ServiceRow,
)
from polku.examples.content_offers import PackageRow
from polku.examples.content_people import PersonaRow
from polku.examples.loading_journeys import plan_journeys, ties_of_journeys
from polku.examples.loading_offers import plan_offering, plan_package, set_subject
from polku.examples.loading_pictures import plan_picture_of
from polku.examples.loading_stakes import plan_lines, ties_of_people
from polku.examples.loading_story import DECIDED, EDITED, MOVED, TIED, TOLD, Story
from polku.examples.loading_values import (
    dials_of,
    first_day,
    outside,
    translated,
    values_of,
)
from polku.examples.loading_versions import REPLACED, former_replaced, ties_of_versions
from polku.examples.texts import Day, Text
from polku.journeys.entities import JOURNEY, TOUCHPOINT
from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of
from polku.kernel.changes import change_object, create_objects
from polku.kernel.decisions import take_decision
from polku.kernel.fingerprints import fingerprint
from polku.kernel.links import tie
from polku.kernel.models import Transition
from polku.kernel.registry import Entity, entity_of
from polku.kernel.transitions import Step, correct
from polku.people.entities import INSIGHT, PERSONA, RELATIONSHIP, SEGMENT, STAKEHOLDER
from polku.portfolio.entities import (
    COMPONENT,
    DEPENDENCY,
    GOAL,
    OFFERING,
    PACKAGE,
    REQUIREMENT,
    SERVICE,
    VERSION,
)
from polku.portfolio.operations import (
    DIAL_FIELDS,
    close_to_new,
    take_step,
    tell_giver,
)

# The order in which the objects of one day are made: what is referred to comes first
LIVING: tuple[tuple[str, Entity], ...] = (
    ("relationships", RELATIONSHIP), ("segments", SEGMENT), ("insights", INSIGHT),
    ("personas", PERSONA), ("stakeholders", STAKEHOLDER), ("goals", GOAL),
    ("components", COMPONENT), ("services", SERVICE), ("packages", PACKAGE),
    ("offerings", OFFERING),
    ("touchpoints", TOUCHPOINT), ("requirements", REQUIREMENT), ("versions", VERSION),
    ("journeys", JOURNEY),
)  # fmt: skip


def plan_all(story: Story) -> None:
    """Make every object, and plan what happened to it on its day."""
    with_step = dict(_decisions_of_steps(story))
    for name, entity in LIVING:
        rows = getattr(story.example, name)
        _make_all(story, entity, rows)
        for row in rows:
            _plan_life(story, row, with_step)
    _make_needs(story)
    for decision in story.example.decisions:
        if decision.key not in with_step:
            day = max(decision.decided_on, story.first_day(decision.subject))
            story.plan(day, DECIDED, decision.decider, partial(_decide, story, decision))
    for link in story.example.links:
        _plan_tie(story, link)
    plan_lines(story)
    plan_journeys(story)
    for edit in story.example.edits:
        story.plan(edit.on, EDITED, edit.by, partial(_edit, story, edit))


def _decisions_of_steps(story: Story) -> Iterator[tuple[str, tuple[str, Day]]]:
    """Decisions that a step of their own subject leaves behind: key -> (subject, day)."""
    subjects = {row.key: row.subject for row in story.example.decisions}
    for name, entity in LIVING:
        for row in getattr(story.example, name):
            state, held = "", ""
            for step in row.moves:
                found = entity.machine.find(state, step.to, held) if entity.machine else None
                decides = found is not None and found.decides and state
                if decides and subjects.get(step.decision) == row.key:
                    yield step.decision, (row.key, step.on)
                held = state if entity.machine and step.to == entity.machine.held else ""
                state = step.to


def _plan_life(story: Story, row: Any, with_step: dict[str, Any]) -> None:
    begin, *later = row.moves
    before = begin.on
    for step in later:
        before = _day_of_step(story, step, before)
        if step.to == REPLACED:
            continue
        story.plan(before, MOVED, step.by, partial(_step, story, row, step, with_step))
    if isinstance(row, ServiceRow):
        _plan_service(story, row)
    if isinstance(row, RequirementRow):
        _plan_wish(story, row)
    if isinstance(row, PersonaRow):
        plan_picture_of(story, row)
    for link in _ties_named(story, row):
        _plan_tie(story, link)


def _ties_named(story: Story, row: Any) -> list[LinkRow]:
    """The ties that a row names itself, after what else happened on its first day was planned."""
    if isinstance(row, OfferingRow):
        return plan_offering(story, row)
    if isinstance(row, PackageRow):
        return plan_package(story, row)
    return [*ties_of_people(row), *ties_of_versions(row), *ties_of_journeys(row)]


def _day_of_step(story: Story, step: Move, before: Day) -> Day:
    """A step that lies ahead was planned with the one before it, or with its decision."""
    if not step.planned:
        return step.on
    decision = story.rows[step.decision].decided_on if step.decision else before
    return max(before, decision)


def tie_steps_to_decisions(story: Story) -> None:
    """Say which decision stands behind a step that is not one of its own subject."""
    for step, key in story.behind:
        story.past.tied(step, story.made[key])


# Making


def _make_all(story: Story, entity: Entity, rows: Sequence[Any]) -> None:
    """Make the objects of one kind at once; :class:`Past` says on which day each was made."""
    waiting = list(rows)
    while waiting:
        by = waiting[0].moves[0].by
        ready = [row for row in waiting if row.moves[0].by == by and _stands_alone(story, row)]
        if entity is SERVICE:  # their codes are given, one by one
            ready = ready[:1]
            story.past.code(entity.prefix, int(ready[0].code.split("-")[1]))
        story.do(story.opening_day, by, partial(_make, story, entity, ready))
        waiting = [row for row in waiting if row.key not in story.made]


def _stands_alone(story: Story, row: Any) -> bool:
    parent = getattr(row, "parent", "")
    return not parent or parent in story.made


def _make(story: Story, entity: Entity, rows: Sequence[Any], by: Actor) -> None:
    made = create_objects(entity, [_begun(story, entity, row) for row in rows], by=by)
    for row, obj in zip(rows, made, strict=True):
        story.made[row.key] = obj
        story.past.made(entity, obj, row.moves[0])


def _begun(story: Story, entity: Entity, row: Any) -> dict[str, Any]:
    """The values of a row when it began, in the state in which it began."""
    values = values_of(entity, row, story.made, story.past.today)
    if entity.machine is not None:
        values[entity.state_field] = row.moves[0].to
    if owner := _owner_then(story, row):
        values["owner_party"] = story.made[owner]
    if isinstance(row, ServiceRow) and row.last_reviewed_on is not None:
        values.pop("review_due", None)  # set on the day of the last look
    return values


def _owner_then(story: Story, row: Any) -> str:
    """Who owned it at first: the owner, or whoever looked after it until they left."""
    if not hasattr(row, "owner"):
        return ""
    if row.owner:
        return str(row.owner)
    last = story.rows[row.moves[-1].by]
    return str(last.key) if last.left_on is not None else ""


def _make_needs(story: Story) -> None:
    """What rests on what, each from the day on which both ends were there."""
    for by, needs in groupby(
        sorted(story.example.dependencies, key=_needed_by(story)), key=_needed_by(story)
    ):
        story.do(story.opening_day, by, partial(_make_some_needs, story, list(needs)))


def _needed_by(story: Story) -> Callable[[DependencyRow], str]:
    return lambda need: story.rows[need.from_].owner or story.chief


def _make_some_needs(story: Story, needs: Sequence[DependencyRow], by: Actor) -> None:
    values = [values_of(DEPENDENCY, need, story.made, story.past.today) for need in needs]
    for need, obj in zip(needs, create_objects(DEPENDENCY, values, by=by), strict=True):
        ends = max(story.first_day(need.from_), story.first_day(need.to))
        story.past.happened[obj] = max(ends, need.valid_from or ends)


# Moving and deciding


def _step(story: Story, row: Any, step: Move, with_step: dict[str, Any], by: Actor) -> None:
    obj = story.object(row.key)
    if step.corrects:
        taken = _correct(story, obj, step, by)
    else:
        if isinstance(row, OfferingRow):
            set_subject(obj, story.object(row.subject))
        when = Step(step.to, story.past.date(step.on), step.reason, step.gates)
        taken = take_step(obj, when, by=by)
        if isinstance(row, RequirementRow) and step.to == "will_not_do" and row.reason_rejected:
            values = {"reason_rejected": translated(row.reason_rejected)}
            change_object(REQUIREMENT, obj, values, by=by)
    story.changed(row.key)
    story.past.steps.append((taken, story.now))
    former_replaced(story, row, taken)
    if with_step.get(step.decision) == (row.key, step.on):
        _word(story, taken.decision, story.rows[step.decision])
    elif taken.decision is not None:
        story.past.decisions.append((taken.decision, story.now))
    elif step.decision:
        story.behind.append((taken, step.decision))


def _correct(story: Story, obj: Any, step: Move, by: Actor) -> Transition:
    wrong = Transition.objects.filter(
        workspace=story.workspace, object_kind=kind_of(obj), object_id=obj.pk
    ).latest("effective_on", "id")
    taken = correct(wrong, by=by, obj=obj, reason=step.reason)
    story.past.corrected(taken, step)
    return taken


def _decide(story: Story, row: DecisionRow, by: Actor) -> None:
    taken = take_decision(
        story.object(row.subject), by=by, question=str(row.question), reason=str(row.reason)
    )
    _word(story, taken, row)


def _word(story: Story, taken: Any, row: DecisionRow) -> None:
    """The decision as the example words it, on the day on which it was taken."""
    others = [
        {"party": story.made[key].code, "name": story.made[key].name, "words": words}
        for key, words in row.dissent
    ]
    story.past.decided(taken, row, story.made[row.decider], story.made.get(row.revises), others)
    story.made[row.key] = taken
    then = story.now if row.decided_on == story.day else story.past.moment(row.decided_on)
    story.past.decisions.append((taken, then))


# Tying


def _plan_tie(story: Story, link: LinkRow) -> None:
    day = max(link.made_on, story.first_day(link.from_), story.first_day(link.to))

    def make(by: Actor) -> None:
        until = story.past.date(link.valid_to) if link.valid_to is not None else None
        made = tie(
            link.kind, story.object(link.from_), story.object(link.to), by=by, why=link.why,
            confidence=link.confidence, properties=link.properties, valid_to=until,
            valid_from=story.past.date(day),
        )  # fmt: skip
        story.past.links.append((made, story.now))

    story.plan(day, TIED, link.made_by, make)


# Telling


def _plan_wish(story: Story, row: RequirementRow) -> None:
    begin = row.moves[0]
    for asked in row.asks_for:
        _plan_tie(story, LinkRow("L02", row.key, asked, made_by=begin.by, made_on=begin.on))
    if row.giver_told_at is not None:

        def tell(by: Actor) -> None:
            wish = tell_giver(story.object(row.key), by=by)
            story.past.told(wish, story.now)

        last = next(m for m in reversed(row.moves) if not m.planned)
        story.plan(max(row.giver_told_at, begin.on), TOLD, row.owner or last.by, tell)


def _plan_service(story: Story, row: ServiceRow) -> None:
    begin = first_day(row)
    by_hand: dict[tuple[Day, str], list[str]] = {}
    for name, dial in dials_of(row).items():
        by_hand.setdefault((max(dial.set_at, begin), dial.set_by), []).append(name)
    for (day, by), names in by_hand.items():
        story.plan(day, TOLD, by, partial(_set_dials, story, row, day, names))
    if row.last_reviewed_on is not None:
        looked = max(row.last_reviewed_on, begin)
        who = _owner_then(story, row)
        story.plan(looked, TOLD, who, partial(_look_again, story, row))
    if row.closed_to_new is not None:
        story.plan(row.closed_to_new, TOLD, row.owner, partial(_close, story, row))


def _set_dials(story: Story, row: ServiceRow, day: Day, names: list[str], by: Actor) -> None:
    service = story.object(row.key)
    dials = dials_of(row)
    notes = dict(service.dial_notes)
    for name in names:
        notes[name] = {
            "reason": dials[name].reason,
            "set_by": story.rows[dials[name].set_by].name,
            "set_on": str(story.past.date(day)),
        }
    values: dict[str, Any] = {DIAL_FIELDS[name]: dials[name].value for name in names}
    said = " ".join(dials[name].reason for name in names)
    values |= {"dial_notes": notes}
    change_object(SERVICE, service, values, by=by, note=said, by_verb=True)
    story.changed(row.key)


def _look_again(story: Story, row: ServiceRow, by: Actor) -> None:
    days = {"last_reviewed_on": row.last_reviewed_on, "review_due": row.review_due}
    values = {name: story.past.date(day) for name, day in days.items() if day is not None}
    change_object(SERVICE, story.object(row.key), values, by=by)
    story.changed(row.key)


def _close(story: Story, row: ServiceRow, by: Actor) -> None:
    close_to_new(story.object(row.key), closed=True, reason=row.closed_to_new_reason, by=by)
    story.changed(row.key)


# Editing


def _edit(story: Story, edit: EditRow, by: Actor) -> None:
    obj = story.object(edit.object)
    entity = entity_of(obj)
    story.prints.setdefault((entity.kind, obj.pk), fingerprint(obj))
    field = entity.by_name[edit.field]
    value = edit.value
    raw = dict(value.texts) if isinstance(value, Text) else outside(
        field, value, story.made, story.past.today
    )  # fmt: skip
    change_object(entity, obj, {edit.field: raw}, by=by, note=edit.note)
    story.changed(edit.object)
