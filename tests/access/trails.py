"""What work leaves behind, all canaries: history, decisions, ties, steps, files, keys, lists."""

from typing import TYPE_CHECKING, Any

from polku.exchange.operations.runs import run_import, start_import
from polku.exchange.operations.uploads import keep_upload, open_upload, try_import
from polku.exchange.planning.suggesting import suggest
from polku.kernel.actor import Actor
from polku.kernel.changes import change_object, create_objects
from polku.kernel.decisions import take_decision
from polku.kernel.links import tie
from polku.kernel.models import (
    CodeSequence,
    Decision,
    ExternalRef,
    ImportRun,
    LearntMapping,
    LooseEnd,
    SavedView,
    Transition,
)
from polku.kernel.notices import visible_notices
from polku.kernel.operations_notices import Telling, tell
from polku.kernel.registry import entities, entity, entity_of
from polku.kernel.tokens import make_token
from polku.people.models import SharingRequest
from polku.people.operations import add_role, draw_line
from tests.access import trails_journeys
from tests.access.canaries import FIRST_NUMBER, Side, words
from tests.cast import Person

if TYPE_CHECKING:
    from tests.access.world import World

# The words of a trail on what is shared with a customer are the team's own all the same
WHOSE = {
    Side.SHARED: Side.INSIDE,
    Side.INSIDE: Side.INSIDE,
    Side.OTHER: Side.OTHER,
    Side.FOREIGN: Side.FOREIGN,
}


def leave(world: "World") -> None:
    """Trails on the objects of every side."""
    norrvik = world.cast.olga.actor
    for side, whose in WHOSE.items():
        _begin_decisions(world, side, whose)
        by = norrvik if side is Side.FOREIGN else world.cast.aino.actor
        _of_objects(world, side, whose, by)
        _ties(world, side, whose, by)
        _other_rows(world, side, whose, by)
        trails_journeys.leave(world, side, whose, by)
    for side, owner in ((Side.INSIDE, world.cast.aino), (Side.FOREIGN, world.cast.olga)):
        text = Side.PRIVATE if side is Side.INSIDE else side
        _keys_and_lists(world, side, text, owner)
        _news(world, side, text, owner)
        _files(world, side, owner.actor)


def _begin_decisions(world: "World", side: Side, whose: Side) -> None:
    room = world.cast.norrvik if side is Side.FOREIGN else world.cast.museum
    number = FIRST_NUMBER[whose] + (500 if side is Side.SHARED else 0)
    CodeSequence.objects.update_or_create(workspace=room, prefix="DEC", defaults={"last": number})


def _of_objects(world: "World", side: Side, whose: Side, by: Actor) -> None:
    for kind, obj in list(world.objects[side].items()):
        row = entity_of(obj)
        change_object(row, obj, {"review_due": "2026-12-31"}, by=by, note=words(whose, "note"))
        _step(world, side, kind, obj, whose)
        world.numbers[side].setdefault("loose_end", _loose_end(obj, whose))
        _decide(obj, whose, by)
        if kind == "service_product":
            world.objects[side]["decision"] = _share(_decide(obj, side, by), side, obj)


def _step(world: "World", side: Side, kind: str, obj: Any, whose: Side) -> None:
    rows = Transition.objects.filter(object_kind=kind, object_id=obj.pk)
    rows.update(reason=words(whose, "reason"))
    for step in rows.order_by("-pk")[:1]:
        world.numbers[side][f"transition {kind}"] = step.pk
        world.numbers[side]["transition"] = step.pk


def _decide(obj: Any, whose: Side, by: Actor) -> Decision:
    return take_decision(
        obj, by=by, question=words(whose, "question"), reason=words(whose, "reason"),
        conditions=words(whose, "conditions"), dissent=[{"who": whose, "words": whose}],
    )  # fmt: skip


def _share(decision: Decision, side: Side, obj: Any) -> Decision:
    """A decision as open as what it is about: to its customer, or (a foreign one) to everyone.

    It was taken for a step, whose reason is the team's own.
    """
    Transition.objects.filter(object_kind="service_product", object_id=obj.pk).update(
        decision=decision
    )
    Decision.objects.filter(pk=decision.pk).update(
        audience=obj.audience, relationship_id=obj.relationship_id,
        code=f"DEC-{FIRST_NUMBER[side] + 900}",
    )  # fmt: skip
    return Decision.objects.get(pk=decision.pk)


def _loose_end(obj: Any, whose: Side) -> int:
    row, _new = LooseEnd.objects.update_or_create(
        workspace_id=obj.workspace_id, check_code="L01", object_kind=obj._meta.db_table,
        object_id=obj.pk, defaults={"dismissed_reason": words(whose, "dismissed")},
    )  # fmt: skip
    return int(row.pk)


# Ties of each side: kind of tie and the kinds of its two ends
TIES = (
    ("L06", "service_product", "segment"), ("L01", "service_product", "strategy_goal"),
    ("L02", "requirement", "touchpoint"), ("L02", "requirement", "component"),
    ("L32", "relationship", "offering"), ("L06", "service_product", "persona"),
    ("L34", "persona", "insight"), ("L39", "stakeholder", "service_product"),
)  # fmt: skip


def _ties(world: "World", side: Side, whose: Side, by: Actor) -> None:
    """Each tie says why; some lead from what is shared to what never is."""
    objects, numbers = world.objects[side], world.numbers[side]
    for code, *kinds in TIES:
        start, end = (objects[kind] for kind in kinds)
        number = tie(code, start, end, by=by, why=words(whose, "because")).pk
        for kind in kinds:
            numbers.setdefault(f"link {kind}", number)
        numbers.setdefault("link", number)
    inside = world.objects[Side.INSIDE]["service_product"]
    if side in {Side.SHARED, Side.OTHER}:
        tie("L35", objects["service_product"], inside, by=by, why=words(whose, "because"))


def _other_rows(world: "World", side: Side, whose: Side, by: Actor) -> None:
    party = world.objects[side]["party"]
    row = add_role(party, "user", by=by, note=words(whose, "part"))
    world.numbers[side]["party_role party"] = world.numbers[side]["party_role"] = row.pk
    ties = {Side.SHARED: world.cast.school, Side.OTHER: world.others}
    relationship = ties.get(side) or world.objects[side]["relationship"]
    asked = SharingRequest.objects.create(
        workspace=by.workspace, relationship=relationship, from_type="basic",
        to_type="cooperative", decision=world.objects[side]["decision"],
        told_by=words(whose, "told"),
    )  # fmt: skip
    world.numbers[side]["sharing_request"] = asked.pk
    _line(world, side, whose, by)


def _line(world: "World", side: Side, whose: Side, by: Actor) -> None:
    """A line from the side's stakeholder to another one of that side."""
    values = {"group_name": words(whose, "stakeholder", "beside")}
    other = create_objects(entity("stakeholder"), [values], by=by)[0]
    line = draw_line(
        world.objects[side]["stakeholder"], other, words(whose, "stakeholder", "line"), by=by
    )
    number = line.pk
    world.numbers[side]["stakeholder_line stakeholder"] = number
    world.numbers[side]["stakeholder_line"] = number


def _keys_and_lists(world: "World", side: Side, text: Side, owner: Person) -> None:
    assert owner.membership is not None
    token, _secret = make_token(owner.membership, words(text, "token"), by=owner.actor)
    world.numbers[side]["token"] = token.pk
    for row in entities():
        view = SavedView.objects.create(
            workspace=owner.actor.workspace, user=owner.user, kind=row.kind,
            name=words(text, "list", row.kind), query=f"q={text}",
        )  # fmt: skip
        world.numbers[side].setdefault("saved_view", view.pk)


def _news(world: "World", side: Side, text: Side, owner: Person) -> None:
    """Somebody asks the owner something; it is told to them alone."""
    service, said = world.objects[side]["service_product"], {"words": words(text, "question")}
    asked = Telling(owner.user.pk, "asked", "asked:1", "service_product", service.pk, said)
    tell(owner.actor.workspace, [asked])
    notice = visible_notices(owner.actor).get(key="asked:1")
    world.numbers[side]["notice"] = notice.pk


def _files(world: "World", side: Side, by: Actor) -> None:
    """A file that was brought in: its name, rows, headings, mapping and keys."""
    text = f"Name;Description;{words(side, 'heading')}\n{words(side, 'imported')};{side};{side}\n"
    run = keep_upload([text.encode()], f"{side}.csv", by=by)
    try_import(run, suggest(open_upload(run), by).mapping, by=by)
    run = run_import(start_import(run, by=by))
    assert run.state == ImportRun.State.COMPLETE, run.message
    ImportRun.objects.filter(pk=run.pk).update(source=words(side, "source"))
    LearntMapping.objects.create(
        workspace=by.workspace, name=words(side, "mapping"), header=words(side, "header")
    )
    ExternalRef.objects.create(
        workspace=by.workspace, source=words(side, "source"), kind="service_product",
        key=words(side, "key"), object_id=world.objects[side]["service_product"].pk, run=run,
    )  # fmt: skip
    world.numbers[side]["import_run"] = run.pk
