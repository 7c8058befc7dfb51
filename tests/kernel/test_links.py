"""Ties: legal kinds, dates, reasons, and both ends' rights."""

import datetime as dt

import pytest

from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.changes import archive_object
from polku.kernel.clock import today_in
from polku.kernel.links import confirm_tie, end_tie, remove_tie, tie, ties_of
from polku.kernel.models import AuditEvent, Link
from polku.kernel.operations_bulk import NewTie, tie_many
from polku.kernel.registry import entity
from tests.cast import Cast, make


def test_a_tie_reads_from_both_ends(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    tie("L01", service, goal, by=by, why="said so in the strategy")
    assert [str(t.words) for t in ties_of(by, service)] == ["serves the goal"]
    assert [(str(t.words), t.other) for t in ties_of(by, goal)] == [("is served by", service)]


def test_an_illegal_or_double_tie_is_refused(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    with pytest.raises(Refused):
        tie("L01", goal, service, by=by)
    tie("L01", service, goal, by=by)
    with pytest.raises(Refused):
        tie("L01", service, goal, by=by)


def test_a_tie_across_workspaces_is_like_to_nothing(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="School visit")
    foreign = make("strategy_goal", cast.olga.actor, statement="Theirs")
    with pytest.raises(NotFound):
        tie("L01", service, foreign, by=cast.aino.actor)


def test_an_ended_tie_still_holds_on_the_days_before(cast: Cast) -> None:
    by = cast.aino.actor
    today = today_in(by.workspace)
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    since = today - dt.timedelta(days=100)
    link = tie("L01", service, goal, by=by, valid_from=since)
    end_tie(link, by=by, on=today - dt.timedelta(days=10), reason="goal changed")
    assert ties_of(by, service) == []
    assert len(ties_of(by, service, as_of=today - dt.timedelta(days=50))) == 1
    assert tie("L01", service, goal, by=by, valid_from=today)


def test_removing_asks_why_and_keeps_the_row(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    link = tie("L01", service, goal, by=by)
    with pytest.raises(BadInput):
        remove_tie(link, by=by, reason=" ")
    remove_tie(link, by=by, reason="wrong goal")
    link.refresh_from_db()
    assert (link.state, link.removed_reason) == ("removed", "wrong goal")


def test_a_guess_is_drawn_as_one_until_confirmed(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    segment = make("segment", by, name="Schools")
    link = tie("L06", service, segment, by=by, confidence="guess", origin="suggestion")
    assert ties_of(by, service)[0].thread == "guess"
    confirm_tie(link, by=by)
    assert ties_of(by, service)[0].thread == "live"


def test_a_reader_ties_nothing(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="School visit")
    goal = make("strategy_goal", cast.aino.actor, statement="Every child visits")
    with pytest.raises(NotAllowed):
        tie("L01", service, goal, by=cast.liisa.actor)


def test_a_tie_taken_away_meanwhile_is_left_as_it_is(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    mine = tie("L01", service, goal, by=by)
    remove_tie(Link.objects.get(pk=mine.pk), by=by, reason="wrong goal")
    for late in (
        lambda: confirm_tie(mine, by=by),
        lambda: end_tie(mine, by=by),
        lambda: remove_tie(mine, by=by, reason="again"),
    ):
        with pytest.raises(Refused, match="taken away already"):
            late()
    row = Link.objects.get(pk=mine.pk)
    assert (row.state, row.valid_to, row.removed_reason) == ("removed", None, "wrong goal")
    assert row.reviewed_at is None


def test_confirming_keeps_what_another_wrote_and_ends_the_doubt(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    mine = tie("L01", service, goal, by=by, confidence="guess")
    doubt = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    Link.objects.filter(pk=mine.pk).update(
        suspect_since=doubt, suspect_ends=["to"], valid_to=dt.date(2099, 1, 1)
    )
    row = confirm_tie(mine, by=by)
    row.refresh_from_db()
    assert (row.suspect_since, row.suspect_ends, row.confidence) == (None, [], "confirmed")
    assert row.valid_to == dt.date(2099, 1, 1)


@pytest.mark.parametrize("away", [0, 1])
def test_what_was_put_away_is_not_tied(cast: Cast, away: int) -> None:
    by = cast.aino.actor
    ends = [
        make("service_product", by, name="School visit"),
        make("strategy_goal", by, statement="Every child visits"),
    ]
    archive_object(entity(ends[away]._meta.db_table), ends[away], by=by)
    with pytest.raises(Refused, match="put away"):
        tie("L01", *ends, by=by)


def test_many_ties_stand_in_the_history_of_both_ends(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    goal = make("strategy_goal", by, statement="Every child visits")
    tie_many([NewTie("L01", service, goal)], by=by)
    rows = AuditEvent.objects.filter(name="link.made").order_by("object_kind")
    told = [(row.object_code, row.changes["L01"], row.changes["link"][1]["end"]) for row in rows]
    assert told == [
        (service.code, [None, goal.code], "from"), (goal.code, [None, service.code], "to"),
    ]  # fmt: skip
