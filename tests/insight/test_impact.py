"""Impact: what hangs on a thing, over which path, how gravely, on which day, for whom to know."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from polku.insight.impact import (
    EFFECTS,
    PARTS,
    QUESTIONS,
    Group,
    ImpactResult,
    asking,
    impact,
    name_of,
    sentence,
    sql,
    start_of,
    tell,
)
from polku.kernel.actor import Actor, system_actor
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.changes import archive_object
from polku.kernel.clock import today_in
from polku.kernel.events import ask
from polku.kernel.links import tie
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.portfolio.models import Dependency, PackageMember
from tests.cast import Cast, make

DAY = dt.timedelta(days=1)
SOLD = "Ticket machine → needed by Ticket sale → offered as Day ticket"
SERVED = "Every child visits → with the part Schools come → served by School visit"


def need(by: Actor, start: Any, end: Any, effect: str = "unknown", **more: Any) -> Any:
    """*start* needs *end*."""
    return make("dependency", by, **{"from": start}, to=end, criticality=effect, **more)


def story(by: Actor, school: Any) -> dict[str, Any]:
    """A machine that a sale needs, what is sold, and the school that uses it."""
    machine = make("component", by, name="Ticket machine")
    sale = make("service_product", by, name="Ticket sale", state="live")
    visit = make("service_product", by, name="School visit", owner_party=_owner(by, "Aino"))
    ticket = make("offering", by, title="Day ticket", summary="One day", product=sale)
    need(by, sale, machine, "stops")
    need(by, visit, sale, "degrades")
    tie("L32", school, ticket, by=by)
    return {"machine": machine, "sale": sale, "visit": visit, "ticket": ticket}


def _owner(by: Actor, name: str) -> Any:
    return make("party", by, name=name, kind="person")


def read(actor: Actor, result: ImpactResult) -> list[tuple[str, str]]:
    """Effect and sentence of every confirmed thing, in order."""
    told = tell(actor, result, result.hits)
    return [(row.hit.effect, sentence(result, row, "en")) for row in told]


def names(actor: Actor, result: ImpactResult) -> set[str]:
    """The names of all confirmed things."""
    return {name_of(row.obj, "en") for row in tell(actor, result, result.hits)}


def test_what_falls_when_a_part_stops(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    found = impact(by, things["machine"])
    assert found.question.code == "I1"
    assert read(by, found) == [
        ("stops", "Ticket machine → needed by Ticket sale"),
        ("stops", SOLD),
        ("stops", f"{SOLD} → used by Rantakylä School"),
        ("degrades", "Ticket machine → needed by Ticket sale → needed by School visit"),
    ]  # fmt: skip
    assert [group.key for group in found.groups] == [None, things["visit"].owner_party_id]
    assert found.counts == {
        "service_product": 2, "offering": 1, "relationship": 1,
    }  # fmt: skip
    assert found.effects == {"stops": 3, "degrades": 1}
    assert (found.perhaps, found.beyond, found.cut) == ((), False, False)


def test_what_retiring_a_service_breaks(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    goal = make("strategy_goal", by, statement="Every child visits")
    wish = make("requirement", by, statement="Pay by card")
    done = make("requirement", by, statement="Pay by phone", state="will_do")
    package = make("service_package", by, name="Family day")
    PackageMember.objects.create(
        workspace=by.workspace, package=package, product=things["sale"], optional=True, number=1
    )
    tie("L01", things["sale"], goal, by=by)
    tie("L02", wish, things["sale"], by=by)
    tie("L02", done, things["sale"], by=by)
    move(done, Step("done", reason="as told"), by=system_actor(by.workspace))
    assert set(read(by, impact(by, things["sale"]))) == {
        ("stops", "Ticket sale → offered as Day ticket"),
        ("stops", "Ticket sale → offered as Day ticket → used by Rantakylä School"),
        ("stops", "Ticket sale → asked for in the wish Pay by card"),
        ("degrades", "Ticket sale → in the package Family day"),
        ("degrades", "Ticket sale → needed by School visit"),
        ("degrades", "Ticket sale → serves the goal Every child visits"),
    }


def test_which_wishes_hang_on_a_goal(cast: Cast) -> None:
    by = cast.aino.actor
    goal = make("strategy_goal", by, statement="Every child visits")
    part = make("strategy_goal", by, statement="Schools come", parent=goal)
    service = make("service_product", by, name="School visit", state="live")
    tie("L01", service, part, by=by)
    tie("L02", make("requirement", by, statement="A dry lunch place"), service, by=by)
    tie("L03", make("requirement", by, statement="Free on Mondays"), goal, by=by)
    found = impact(by, goal)
    assert found.question.code == "I5"
    assert {words for _effect, words in read(by, found)} == {
        "Every child visits → leads to the wish Free on Mondays",
        "Every child visits → with the part Schools come",
        SERVED,
        f"{SERVED} → asked for in the wish A dry lunch place",
    }
    assert found.counts["requirement"] == 2
    assert found.effects == {}


def test_what_a_customer_uses_and_waits_for(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    school = cast.school.consumer_party
    make("requirement", by, statement="A bus stop", raised_by_party=school)
    make("requirement", by, statement="More toilets", raised_by_party=school, state="will_not_do")
    else_ = _owner(by, "Other")
    make("requirement", by, statement="A ramp", raised_by_party=else_, also_asked_by=[school])
    make("requirement", by, statement="A lift", raised_by_party=else_, also_asked_by=[school],
         state="will_not_do")  # fmt: skip
    other = make("relationship", by, consumer_party=else_,
                 provider_party=by.workspace.home_party, state="active")  # fmt: skip
    tie("L32", other, make("offering", by, title="Hire", summary="It", product=things["visit"]),
        by=by)  # fmt: skip
    found = impact(by, cast.school)
    assert found.question.code == "I6"
    assert [(group.key, names_of(by, found, group)) for group in found.groups] == [
        ("uses", ["Day ticket"]), ("rests", ["Ticket sale"]),
        ("waits", ["A bus stop", "A ramp"]), ("heard", ["A lift", "More toilets"]),
    ]  # fmt: skip
    assert found.question.not_kept


def names_of(by: Actor, found: ImpactResult, group: Group) -> list[str]:
    return [name_of(row.obj, "en") for row in tell(by, found, group.hits)]


def test_a_supplier_who_stops(cast: Cast) -> None:
    by = cast.aino.actor
    firm = make("party", by, name="Machines Ltd")
    supply = make("relationship", by, consumer_party=by.workspace.home_party, provider_party=firm,
                  state="active")  # fmt: skip
    machine = make("component", by, name="Ticket machine", supplier_relationship=supply)
    sale = make("service_product", by, name="Ticket sale", state="live")
    need(by, sale, machine, "stops")
    assert {"Ticket machine", "Ticket sale"} <= names(by, impact(by, firm, "I1"))
    assert names(by, impact(by, supply, "I1")) == {"Ticket machine", "Ticket sale"}


def test_only_what_holds_on_the_day_counts(cast: Cast) -> None:
    by = cast.aino.actor
    today = today_in(by.workspace)
    machine = make("component", by, name="Ticket machine")
    old, new = (make("service_product", by, name=name, state="live") for name in ("Old", "New"))
    need(by, old, machine, valid_from=today - 90 * DAY, valid_to=today - 30 * DAY)
    need(by, new, machine, valid_from=today - 30 * DAY + DAY)
    assert names(by, impact(by, machine)) == {"New"}
    assert names(by, impact(by, machine, as_of=today - 30 * DAY)) == {"Old"}
    assert names(by, impact(by, machine, as_of=today - 91 * DAY)) == set()
    told = tell(by, found := impact(by, machine), found.hits)[0]
    assert (told.valid_from, told.valid_to) == (today - 30 * DAY + DAY, None)


def test_a_service_that_ended_feels_nothing_but_did_before(cast: Cast) -> None:
    by = cast.aino.actor
    today = today_in(by.workspace)
    machine = make("component", by, name="Ticket machine")
    sale = make("service_product", by, name="Ticket sale")
    visit = make("service_product", by, name="School visit", state="live")
    need(by, sale, machine, "stops")
    need(by, visit, sale, "stops")
    by_system = system_actor(by.workspace)
    for state, ago in (("live", 60), ("ending", 40), ("ended", 20)):
        move(sale, Step(state, effective_on=today - ago * DAY, reason="so"), by=by_system)
    assert names(by, impact(by, machine)) == set()
    assert names(by, impact(by, machine, as_of=today - 50 * DAY)) >= {"Ticket sale"}


def test_a_guess_is_told_apart(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    group = make("segment", by, name="Families")
    tie("L06", things["ticket"], group, by=by, confidence="guess")
    found = impact(by, things["machine"])
    assert "Families" not in names(by, found)
    told = tell(by, found, found.perhaps)
    assert [name_of(row.obj, "en") for row in told] == ["Families"]
    assert (told[0].hit.is_guess, told[0].legs[-1].is_guess) == (True, True)
    assert sum(found.counts.values()) == found.total == 4


def test_what_was_removed_or_put_away_carries_nothing(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    archive_object(entity("service_product"), things["sale"], by=by)
    assert names(by, impact(by, things["machine"])) == set()


def test_circles_end_and_the_limit_is_told(cast: Cast) -> None:
    by = cast.aino.actor
    chain = [make("component", by, name=f"Part {n}") for n in range(11)]
    for lower, upper in pairwise(chain):
        need(by, upper, lower, "stops")
    found = impact(by, chain[0])
    assert (found.total, found.beyond, found.far) == (8, True, 8)
    assert not impact(by, chain[2]).beyond
    near = impact(by, chain[0], far=2)
    assert (near.total, near.beyond) == (2, True)
    # Straight into the table: the door for writes refuses a circle
    Dependency.objects.create(
        workspace=by.workspace, code="DEP-900", from_kind="component", from_id=chain[0].pk,
        to_kind="component", to_id=chain[3].pk, kind="requires", criticality="stops",
    )  # fmt: skip
    assert impact(by, chain[0]).total == 8


def test_another_workspace_is_never_walked_into(cast: Cast) -> None:
    by, other = cast.aino.actor, cast.olga.actor
    machine = make("component", by, name="Ticket machine")
    theirs = make("service_product", other, name="Theirs", state="live")
    for room in (by.workspace, other.workspace):
        Dependency.objects.create(
            workspace=room, code="DEP-901", from_kind="service_product", from_id=theirs.pk,
            to_kind="component", to_id=machine.pk, kind="requires",
        )  # fmt: skip
    found = impact(by, machine)
    assert (found.hits, found.perhaps) == ((), ())
    with pytest.raises(NotFound):
        start_of(other, machine.code)


def test_who_may_ask(cast: Cast) -> None:
    machine = make("component", cast.aino.actor, name="Ticket machine")
    for person in cast.insiders:
        assert impact(person.actor, machine).total == 0
    with pytest.raises(NotAllowed):
        impact(cast.tuomas.actor, machine)
    with pytest.raises(NotAllowed):
        start_of(cast.tuomas.actor, machine.code)


@pytest.mark.parametrize(("kind", "question"), [("component", "I5"), ("component", "I99")])
def test_a_question_that_is_not_asked_of_it(cast: Cast, kind: str, question: str) -> None:
    machine = make(kind, cast.aino.actor, name="Ticket machine")
    with pytest.raises(BadInput, match="What can be asked: I1"):
        impact(cast.aino.actor, machine, question)


def test_more_than_one_page_can_hold_is_cut_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = cast.aino.actor
    machine = make("component", by, name="Ticket machine")
    for n in range(6):
        need(by, make("component", by, name=f"Part {n}"), machine)
    assert not impact(by, machine).cut
    for module in (sql, asking):
        monkeypatch.setattr(module, "MOST", 3)
    sql._statement.cache_clear()
    try:
        assert impact(by, machine).cut
    finally:
        sql._statement.cache_clear()


def test_rooms_below_may_ask(cast: Cast) -> None:
    by = cast.aino.actor
    things = story(by, cast.school)
    (falls,) = ask("what_falls", actor=by, obj=things["machine"])
    (breaks,) = ask("retirement", actor=by, obj=things["sale"])
    assert (falls.question.code, breaks.question.code) == ("I1", "I2")
    assert falls.total == 4


def test_each_question_names_ways_that_there_are() -> None:
    for question in QUESTIONS.values():
        assert question.ways
        for way in question.ways:
            assert way.effect in EFFECTS
            assert way.says(), way.code
            assert question.group == "owner" or way.part in PARTS
