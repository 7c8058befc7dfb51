"""Ties need a look when what they rest on changes, through whatever door (links.md 2)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.actor import system_actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.changes import archive_object, change_object
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.links import confirm_tie, end_tie, tie
from polku.kernel.models import AuditEvent, Link, Transition
from polku.kernel.operations_bulk import NewTie, archive_objects, change_objects, place_objects
from polku.kernel.operations_bulk import tie_many as tie_all
from polku.kernel.operations_links import Verdict, review_tie, review_ties
from polku.kernel.registry import entity
from polku.kernel.reviews import changes_waiting, count_mine
from polku.kernel.transitions import Step, apply_due, correct, move
from polku.portfolio.operations import set_elements
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(cast: Cast) -> Any:
    return make("strategy_goal", cast.aino.actor, statement="Every child visits once")


@pytest.fixture
def service(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name="School visit", purpose="Learning by sea",
                managed_state="being_made")  # fmt: skip


@pytest.fixture
def link(cast: Cast, goal: Any, service: Any) -> Link:
    return tie("L01", service, goal, by=cast.aino.actor, why="in the strategy")


def ends(link: Link) -> list[str]:
    link.refresh_from_db()
    assert bool(link.suspect_ends) is (link.suspect_since is not None)
    return list(link.suspect_ends)


def say(by: Any, kind: str, obj: Any, **values: Any) -> Any:
    return change_object(entity(kind), obj, values, by=by)


def test_a_changed_end_needs_a_look_and_the_old_words_clear_it(
    cast: Cast, link: Link, goal: Any, service: Any
) -> None:
    by = cast.aino.actor
    say(by, "strategy_goal", goal, statement="Every child visits twice")
    assert ends(link) == ["to"]
    since = link.suspect_since
    say(by, "strategy_goal", goal, statement="Every child visits thrice")
    assert (ends(link), link.suspect_since) == (["to"], since)
    say(by, "service_product", service, purpose="Play by the sea")
    assert ends(link) == ["from", "to"]
    say(by, "strategy_goal", goal, statement="Every child visits once")
    assert ends(link) == ["from"]
    say(by, "service_product", service, purpose="Learning by sea")
    assert (ends(link), link.suspect_since) == ([], None)


def test_what_is_no_meaning_makes_nobody_look(cast: Cast, link: Link, goal: Any) -> None:
    by = cast.aino.actor
    say(by, "strategy_goal", goal, why="Since the council said so", tags=["schools"])
    say(by, "strategy_goal", goal, statement={"fi": "Jokainen lapsi käy kerran"})
    say(by, "strategy_goal", goal, statement={"en": "Every  child visits once "})
    archive_object(entity("strategy_goal"), goal, by=by)
    assert ends(link) == []


def test_an_ended_or_removed_tie_is_left_in_peace(cast: Cast, link: Link, goal: Any) -> None:
    by = cast.aino.actor
    end_tie(link, by=by, on=today_in(by.workspace) - dt.timedelta(days=1))
    say(by, "strategy_goal", goal, statement="Another goal")
    assert ends(link) == []


def _by_change(by: Any, service: Any) -> None:
    say(by, "service_product", service, purpose="Something else")


def _by_many(by: Any, service: Any) -> None:
    change_objects(entity("service_product"), [(service.pk, {"purpose": "Else"})], by=by)


def _by_move(by: Any, service: Any) -> None:
    move(service, Step("live", reason="now"), by=system_actor(by.workspace))


def _by_place(by: Any, service: Any) -> None:
    place_objects(entity("service_product"), [(service.pk, "live")], by=by)


def _by_plan(by: Any, service: Any) -> None:
    system = system_actor(by.workspace)
    day = today_in(by.workspace) + dt.timedelta(days=2)
    row = move(service, Step("live", effective_on=day, reason="then"), by=system)
    assert not Link.objects.exclude(suspect_ends=[]).exists()  # a plan changes nothing yet
    Transition.objects.filter(pk=row.pk).update(effective_on=today_in(by.workspace))
    assert apply_due(system) == 1


def _by_correction(by: Any, service: Any) -> None:
    system = system_actor(by.workspace)
    row = move(service, Step("live", reason="now"), by=system)
    confirm_tie(Link.objects.get(), by=by)
    service.refresh_from_db()
    correct(row, by=by, obj=service, reason="a slip")


DOORS: list[Callable[[Any, Any], None]] = [
    _by_change, _by_many, _by_move, _by_place, _by_plan, _by_correction,
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_heard(cast: Cast, link: Link, service: Any, door: Any) -> None:
    door(cast.aino.actor, service)
    assert ends(link) == ["from"]


def test_a_step_within_one_stage_changes_no_meaning(cast: Cast, link: Link, service: Any) -> None:
    move(service, Step("in_test", reason="now"), by=system_actor(cast.museum))
    assert ends(link) == []


def test_putting_many_away_is_no_change(cast: Cast, link: Link, service: Any) -> None:
    archive_objects(entity("service_product"), [service.pk], by=cast.aino.actor)
    assert ends(link) == []


def test_pieces_are_ends_of_their_own(cast: Cast, service: Any) -> None:
    by = cast.aino.actor
    offer = make("offering", by, title="Class visit", product=service)
    door = make("touchpoint", by, name="The door", channel_kind="place")
    rows = [{"kind": "action", "text": "A guide meets you"}, {"kind": "goods", "text": "A map"}]
    set_elements(offer, rows, by=by)
    guide, paper = offer.elements.all()
    tied = tie("L05", guide, door, by=by)
    other = tie("L05", paper, door, by=by)
    whole = tie("L06", offer, make("segment", by, name="Schools"), by=by)
    told = (
        AuditEvent.objects.filter(name="link.made", object_kind="offering").order_by("id").first()
    )
    assert told is not None
    assert told.changes["link"][1]["piece"] == f"{offer.code}.1"
    rows[0] = {"id": guide.pk, "kind": "action", "text": "Two guides meet you"}
    set_elements(offer, rows, by=by)
    assert [ends(tied), ends(other), ends(whole)] == [["from"], [], ["from"]]
    change = changes_waiting(by, guide)[0]
    assert [(f.name, f.before, f.after) for f in change.fields] == [
        ("text", "A guide meets you", "Two guides meet you")
    ]
    set_elements(offer, rows[:1], by=by)
    other.refresh_from_db()
    assert (other.state, "taken out" in other.removed_reason) == ("removed", True)
    assert AuditEvent.objects.filter(name="link.removed", object_kind="touchpoint").count() == 1
    with pytest.raises(Refused, match="taken out"):
        tie("L05", paper, door, by=by)


def test_many_ties_of_an_import_begin_in_peace(cast: Cast, goal: Any, service: Any) -> None:
    by = cast.aino.actor
    made = tie_all([NewTie("L01", service, goal)], by=by)
    say(by, "strategy_goal", goal, why="x")
    assert ends(made[0]) == []


def test_a_thousand_ties_cost_a_few_statements(cast: Cast, goal: Any, service: Any) -> None:
    by = cast.aino.actor
    rows = [
        Link(workspace=cast.museum, kind="L01", from_kind="service_product", from_id=10_000 + n,
             to_kind="strategy_goal", to_id=goal.pk, from_fingerprint="x",
             to_fingerprint=fingerprint(goal))
        for n in range(1000)
    ]  # fmt: skip
    Link.objects.bulk_create(rows)
    with CaptureQueriesContext(
        connection,
    ) as many:
        say(by, "strategy_goal", goal, statement="Every child visits twice")
    assert Link.objects.filter(suspect_ends=["to"]).count() == 1000
    about = [row["sql"] for row in many.captured_queries if '"link"' in row["sql"]]
    assert len([sql for sql in about if sql.startswith("UPDATE")]) <= 4
    with CaptureQueriesContext(connection) as few:
        say(by, "strategy_goal", goal, why="no meaning")
    assert not [q for q in few.captured_queries if q["sql"].startswith('UPDATE "link"')]


class TestWordingOnly:
    def test_ties_are_carried_and_the_log_says_who_claimed_it(
        self, cast: Cast, link: Link, goal: Any
    ) -> None:
        by = cast.aino.actor
        change_object(entity("strategy_goal"), goal, {"statement": "Each child visits once"},
                      by=by, wording_only=True)  # fmt: skip
        assert ends(link) == []
        goal.refresh_from_db()
        assert link.to_fingerprint == fingerprint(goal)
        event = AuditEvent.objects.get(name="strategy_goal.reworded")
        assert event.actor_id == by.user_id

    def test_a_tie_that_needed_a_look_still_does(self, cast: Cast, link: Link, goal: Any) -> None:
        by = cast.aino.actor
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        change_object(entity("strategy_goal"), goal, {"statement": "Each child visits twice"},
                      by=by, wording_only=True)  # fmt: skip
        assert ends(link) == ["to"]

    def test_days_states_and_choices_are_more_than_words(self, cast: Cast, service: Any) -> None:
        by = cast.aino.actor
        offer = make("offering", by, title="Class visit", product=service)
        wish = make("requirement", by, statement="A dry place")
        for kind, obj, values in (
            ("offering", offer, {"valid_from": "2026-05-01"}),
            ("requirement", wish, {"priority": "must", "statement": "A dry, warm place"}),
            ("service_product", service, {"kind": "internal"}),
        ):
            before = fingerprint(obj)
            with pytest.raises(BadInput):
                change_object(entity(kind), obj, values, by=by, wording_only=True)
            obj.refresh_from_db()
            assert fingerprint(obj) == before


class TestLooking:
    def test_who_owns_the_other_end_is_asked(self, cast: Cast, goal: Any, service: Any) -> None:
        by = cast.aino.actor
        tie("L01", service, goal, by=cast.piotr.actor)
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        assert [count_mine(one.actor) for one in (cast.piotr, cast.heikki)] == [1, 0]  # its maker
        say(by, "service_product", service, owner_party=cast.heikki.party.code)
        assert [count_mine(one.actor) for one in (cast.piotr, cast.heikki)] == [0, 1]

    def test_before_and_after_stand_beside_each_other(
        self, cast: Cast, link: Link, goal: Any
    ) -> None:
        by = cast.aino.actor
        for words in ("Every child visits twice", "Every child visits thrice"):
            say(by, "strategy_goal", goal, statement=words)
        (change,) = changes_waiting(by)
        assert change.obj == goal
        assert [(f.name, f.before, f.after) for f in change.fields] == [
            ("statement", "Every child visits once", "Every child visits thrice")
        ]
        assert change.told is not None
        assert change.told.n == 2
        assert [doubt.link for doubt in change.doubts] == [link]

    @pytest.mark.usefixtures("link")
    def test_ties_made_on_different_words_see_their_own_before(self, cast: Cast, goal: Any) -> None:
        by = cast.aino.actor
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        fresh = make("service_product", by, name="Family visit")
        tie("L01", fresh, goal, by=by)
        say(by, "strategy_goal", goal, statement="Every child visits thrice")
        befores = sorted(change.fields[0].before for change in changes_waiting(by))
        assert befores == ["Every child visits once", "Every child visits twice"]

    def test_three_verdicts(self, cast: Cast, link: Link, goal: Any) -> None:
        by = cast.aino.actor
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        review_tie(Verdict(link, "still_right"), by=by)
        assert (ends(link), link.verdict, link.reviewed_by_id) == ([], "still_right", by.user_id)
        with pytest.raises(Refused, match="any more"):
            review_tie(Verdict(link, "still_right"), by=by)
        say(by, "strategy_goal", goal, statement="Every child visits thrice")
        with pytest.raises(BadInput):
            review_tie(Verdict(link, "changed", values={"why": link.why}), by=by)
        review_tie(Verdict(link, "changed", values={"why": "Twice as many boats"}), by=by)
        assert (ends(link), link.verdict, link.why) == ([], "changed", "Twice as many boats")
        say(by, "strategy_goal", goal, statement="Every grown-up visits")
        with pytest.raises(BadInput):
            review_tie(Verdict(link, "removed"), by=by)
        review_tie(Verdict(link, "removed", reason="Children only"), by=by)
        link.refresh_from_db()
        assert (link.state, link.verdict, link.removed_reason) == (
            "removed", "removed", "Children only",
        )  # fmt: skip
        told = AuditEvent.objects.filter(object_kind="strategy_goal", name__startswith="link.")
        assert [row.name for row in told.order_by("id")] == [
            "link.made", "link.looked_at", "link.looked_at", "link.removed",
        ]  # fmt: skip

    def test_a_verdict_is_on_the_change_that_was_seen(
        self, cast: Cast, link: Link, goal: Any, service: Any
    ) -> None:
        by = cast.aino.actor
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        goal.refresh_from_db()
        seen = fingerprint(goal)
        say(by, "service_product", service, purpose="Play")
        review_tie(Verdict(link, "still_right", sides=("to",), seen={"to": seen}), by=by)
        assert ends(link) == ["from"]
        say(by, "strategy_goal", goal, statement="Every child visits thrice")
        with pytest.raises(Refused, match="changed again"):
            review_tie(Verdict(link, "still_right", sides=("to",), seen={"to": seen}), by=by)

    def test_all_verdicts_of_one_go_or_none(self, cast: Cast, link: Link, goal: Any) -> None:
        by = cast.aino.actor
        other = tie("L01", make("service_product", by, name="Family visit"), goal, by=by)
        say(by, "strategy_goal", goal, statement="Every child visits twice")
        with pytest.raises(BadInput):
            review_ties([Verdict(link, "still_right"), Verdict(other, "removed")], by=by)
        assert ends(link) == ["to"]
        review_ties([Verdict(link, "still_right"), Verdict(other, "still_right")], by=by)
        assert changes_waiting(by) == []

    def test_many_changed_things_are_read_in_as_few_statements(
        self, cast: Cast, service: Any
    ) -> None:
        by, counts = cast.aino.actor, []
        for n in (1, 4):
            for number in range(n):
                goal = make("strategy_goal", by, statement=f"Goal {n} {number}")
                tie("L01", service, goal, by=by)
                say(by, "strategy_goal", goal, statement=f"Goal {n} {number} now")
            with CaptureQueriesContext(connection) as asked:
                changes = changes_waiting(by)
            counts.append((len(changes), len(asked)))
            assert all(
                change.told and change.told.n == 1
                and change.fields[0].after == f"{change.fields[0].before} now"
                for change in changes
            )  # fmt: skip
        assert [n for n, _statements in counts] == [1, 5]
        assert counts[0][1] == counts[1][1]
