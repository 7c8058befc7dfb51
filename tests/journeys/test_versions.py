"""Agreeing keeps a version whole; a change begins the next; freshness, and what comes by itself."""

import datetime as dt
from typing import Any

import pytest

from polku.journeys.documents import document_for, read_document, read_version, versions_of
from polku.journeys.freshness import freshness
from polku.journeys.models import Journey, JourneyVersion, Touchpoint
from polku.journeys.operations import (
    add_pain,
    agree,
    make_counterpart,
    meet_at,
    remove_step,
    still_true,
    take_in_use,
    undo,
    write_text,
)
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.journeys.operations.standing import look_after
from polku.journeys.outside import document_of
from polku.kernel.answers import NotFound, Refused
from polku.kernel.changes import archive_object, change_object
from polku.kernel.clock import today_in
from polku.kernel.models import AuditEvent, Transition
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, correct, move
from tests.cast import Cast, make


def fresh(journey: Journey) -> Journey:
    return Journey.objects.select_related("workspace").get(pk=journey.pk)


def test_an_agreed_version_stays_as_it_was(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by = cast.aino.actor
    before = read_document(by, visit)
    agree(visit, by=by)
    agreed = fresh(visit)
    assert (agreed.state, agreed.version) == ("agreed", 1)
    assert agreed.looked_on == today_in(cast.museum)
    write_text(agreed, steps[0].pk, "customer_action", "hears from a friend", by=cast.piotr.actor)
    assert (agreed.state, agreed.version) == ("sketch", 2)
    kept = read_version(by, agreed, 1)
    assert kept.steps[0].title("en") == "sees a poster"
    assert [step.id for step in kept.steps] == [step.id for step in before.steps]
    assert read_version(by, agreed, 2).steps[0].title("en") == "hears from a friend"
    move_row = Transition.objects.filter(object_kind="journey", to_state="sketch").last()
    assert move_row is not None
    assert "2" in move_row.reason
    assert [row.version for row in versions_of(by, agreed)] == [1]
    with pytest.raises(NotFound):
        read_version(by, agreed, 3)
    with pytest.raises(NotFound):
        read_version(by, agreed, 0)


def test_undo_stays_within_its_version(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by = cast.aino.actor
    write_text(visit, steps[0].pk, "name", "Hears", by=by)
    agree(visit, by=by)
    again = fresh(visit)
    with pytest.raises(Refused):
        undo(again, by=by)
    remove_step(again, steps[1].pk, by=by)
    assert again.version == 2
    undo(again, by=by)
    assert len(read_document(by, again).steps) == 3


def test_going_into_use_keeps_what_was_not_agreed_and_no_second_copy(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    take_in_use(visit, by=by)
    assert JourneyVersion.objects.filter(journey=visit).count() == 1
    write_text(visit, steps[0].pk, "name", "Hears", by=by)
    agree(fresh(visit), by=by)
    take_in_use(fresh(visit), by=by)
    assert [row.version for row in versions_of(by, visit)] == [2, 1]


def test_agreeing_taken_back_and_done_again_never_rewrites_what_was_kept(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    row = agree(visit, by=by)
    correct(row, by=by, obj=fresh(visit), reason="too early")
    again = fresh(visit)
    assert again.state == "sketch"
    write_text(again, steps[0].pk, "name", "Hears", by=by)
    agree(fresh(visit), by=by)
    assert [row.version for row in versions_of(by, visit)] == [2, 1]
    assert read_version(by, fresh(visit), 1).steps[0].name.source_text == ""


def test_a_step_planned_for_what_was_agreed_lapses_when_the_next_version_begins(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by, day = cast.aino.actor, today_in(cast.museum) + dt.timedelta(days=9)
    agree(visit, by=by)
    planned = move(fresh(visit), Step("in_use", effective_on=day), by=by)
    write_text(fresh(visit), steps[0].pk, "name", "Hears", by=by)
    planned.refresh_from_db()
    assert planned.cancelled_at is not None


def test_customers_read_what_was_agreed_while_the_next_is_written(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    change_object(entity("journey"), visit, {"audience": "customers"}, by=by)
    write_text(visit, steps[0].pk, "backstage", "prints", by=by)
    write_text(visit, steps[0].pk, "frontstage", "hangs", by=by)
    tuomas = cast.tuomas.actor
    assert document_for(tuomas, fresh(visit)).steps[0].text_of("frontstage", "en") == "hangs"
    agree(fresh(visit), by=by)
    write_text(fresh(visit), steps[0].pk, "frontstage", "sings", by=by)
    seen = document_for(tuomas, fresh(visit))
    assert seen.version == 1
    assert seen.steps[0].text_of("frontstage", "en") == "hangs"
    assert seen.steps[0].text_of("backstage", "en") == ""
    assert "backstage" not in seen.steps[0].cells
    assert document_for(by, fresh(visit)).steps[0].text_of("backstage", "en") == "prints"


def test_customers_cannot_ask_for_the_version_that_is_being_written(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by, tuomas = cast.aino.actor, cast.tuomas.actor
    change_object(entity("journey"), visit, {"audience": "customers"}, by=by)
    agree(fresh(visit), by=by)
    write_text(fresh(visit), steps[0].pk, "frontstage", "sings", by=by)
    assert document_for(by, fresh(visit), 2).steps[0].text_of("frontstage", "en") == "sings"
    assert document_for(tuomas, fresh(visit), 1).version == 1
    for ask in (document_for, read_version):
        with pytest.raises(NotFound):
            ask(tuomas, fresh(visit), 2)


def test_outside_what_was_agreed_stands_when_agreeing_is_taken_back(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    change_object(entity("journey"), visit, {"audience": "customers"}, by=by)
    row = agree(fresh(visit), by=by)
    shown = Wanted(["frontstage"], version=1)
    share = share_journey(fresh(visit), shown, by=by).share
    correct(row, by=by, obj=fresh(visit), reason="too early")
    write_text(fresh(visit), steps[0].pk, "frontstage", "sings", by=by)
    share.journey = fresh(visit)
    for doc in (document_for(cast.tuomas.actor, fresh(visit)), document_of(share)):
        assert doc.steps[0].text_of("frontstage", "en") == ""
    assert document_for(by, fresh(visit)).steps[0].text_of("frontstage", "en") == "sings"


def test_the_counterpart_has_the_same_threads(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by = cast.aino.actor
    write_text(visit, steps[0].pk, "frontstage", "hangs", by=by)
    other = make_counterpart(visit, by=by)
    assert (fresh(visit).pair_id, fresh(other).pair_id) == (other.pk, visit.pk)
    assert (visit.kind, other.kind) == ("current", "designed")
    assert other.title == f"{visit.title} (as it shall be)"
    mine, theirs = read_document(by, visit), read_document(by, other)
    assert [s.thread for s in mine.steps] == [s.thread for s in theirs.steps]
    assert theirs.steps[0].text_of("frontstage", "en") == "hangs"
    with pytest.raises(Refused):
        make_counterpart(visit, by=by)


def test_the_counterpart_says_which_it_is_in_each_language(cast: Cast) -> None:
    by = cast.aino.actor
    long = "Pitkä nimi " * 11
    texts = {"en": "Visit (as it shall be)", "fi": long.strip(), "sv": "Besök"}
    journey = make("journey", by, name=texts, kind="designed")
    other = make_counterpart(journey, by=by)
    assert other.kind == "current"
    assert other.name.text("en") == "Visit (as it is)"
    assert len(other.name.text("fi")) <= 120
    assert other.name.text("fi").endswith(")")
    assert not other.name.text("fi").endswith("(as it is)")
    assert other.name.text("sv") == "Besök (as it is)"


def test_the_counterpart_is_made_without_meeting_points_out_of_use(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    bell, desk, door = (make("touchpoint", by, name=name) for name in ("Bell", "Desk", "Door"))
    meet_at(visit, steps[0].pk, [bell, desk, door], by=by)
    add_pain(visit, step_id=steps[0].pk, values={"text": "shut", "touchpoint": desk.code}, by=by)
    move(bell, Step("removed", reason="gone"), by=by)
    archive_object(entity("touchpoint"), desk, by=by, reason="gone")
    other = make_counterpart(visit, by=by)
    [point] = read_document(by, other).steps[0].touchpoints
    assert (point.code, point.primary) == (door.code, True)
    assert Touchpoint.objects.count() == 3


def test_still_true_and_what_a_service_overtook(cast: Cast, visit: Journey) -> None:
    by, day = cast.aino.actor, today_in(cast.museum)
    service = make("service_product", by, name="Visit", state="idea")
    change_object(entity("journey"), visit, {"services": [service.code]}, by=by)
    assert freshness(by, fresh(visit)).code == "fresh"
    take_in_use(visit, by=by)
    Journey.objects.filter(pk=visit.pk).update(looked_on=day - dt.timedelta(days=100))
    move(service, Step("being_made", effective_on=day - dt.timedelta(days=90)), by=by)
    lived = Transition.objects.create(
        workspace=cast.museum, object_kind="service_product", object_id=service.pk,
        machine="service_product", from_state="being_made", to_state="live",
        effective_on=day - dt.timedelta(days=30), applied_at=visit.created_at,
    )  # fmt: skip
    assert freshness(by, fresh(visit)).code == "look"
    assert look_after(cast.museum) == 0
    Transition.objects.filter(pk=lived.pk).update(effective_on=day - dt.timedelta(days=61))
    assert freshness(by, fresh(visit)).code == "stale"
    assert look_after(cast.museum) == 1
    assert fresh(visit).state == "outdated"
    still_true(fresh(visit), by=by)
    again = fresh(visit)
    assert (again.state, again.looked_on) == ("in_use", day)
    assert freshness(by, again).code == "fresh"
    assert again.review_due is not None
    assert AuditEvent.objects.filter(name="journey.changed", changes__has_key="looked_on").exists()
    assert look_after(cast.museum) == 0


def test_a_day_to_look_again_that_has_passed(cast: Cast, visit: Journey) -> None:
    by, day = cast.aino.actor, today_in(cast.museum)
    for days, code in ((1, "look"), (61, "stale")):
        Journey.objects.filter(pk=visit.pk).update(review_due=day - dt.timedelta(days=days))
        assert freshness(by, fresh(visit)).code == code
