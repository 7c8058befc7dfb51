"""Ties: legal kinds, dates, reasons, and both ends' rights."""

import datetime as dt

import pytest

from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.clock import today_in
from polku.kernel.links import confirm_tie, end_tie, remove_tie, tie, ties_of
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
