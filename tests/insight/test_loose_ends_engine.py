"""The engine behind the checks: identity, least data, limits, periods, coverage, what becomes."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from django.db import connection

from polku.insight.checks import CHECKS
from polku.insight.checks.check import Check, Coverage, Least, Look, Period, Rows, earlier
from polku.insight.operations import (
    change_check,
    checking,
    choices,
    find_check,
    look_again,
    refresh,
    turn_into_decision,
    turn_into_wish,
)
from polku.insight.telling import sentence_of
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.changes import archive_object, change_object
from polku.kernel.clock import today_in
from polku.kernel.links import live_links
from polku.kernel.loose_ends import dismiss, get_loose_end, loose_ends_of, reopen
from polku.kernel.models import AuditEvent, DetectorRun, DetectorSetting, LooseEnd
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, make

SERVICE = entity("service_product")


def live(cast: Cast, name: str = "Tour", **more: Any) -> Any:
    return make("service_product", cast.aino.actor, name=name, state="live", **more)


def codes(cast: Cast, obj: object) -> list[str]:
    return sorted(end.check_code for end in loose_ends_of(cast.aino.actor, obj))


def end_of(cast: Cast, obj: object, code: str) -> LooseEnd:
    return next(e for e in loose_ends_of(cast.aino.actor, obj) if e.check_code == code)


def run_of(cast: Cast, code: str) -> DetectorRun:
    return DetectorRun.objects.get(workspace=cast.museum, check_code=code)


# Limits


def test_a_limit_of_the_workspace_is_what_counts(cast: Cast) -> None:
    today = today_in(cast.museum)
    service = live(cast, owner_party=cast.aino.party, review_due=today - dt.timedelta(days=40))
    assert codes(cast, service) == ["D14"]
    assert "30 days" in sentence_of(end_of(cast, service, "D14"))
    change_check(find_check("D14"), by=cast.aino.actor, limits={"days": 60})
    assert codes(cast, service) == []
    change_check(find_check("D14"), by=cast.aino.actor, limits={"days": 39})
    assert "39 days" in sentence_of(end_of(cast, service, "D14"))


def test_a_change_of_a_limit_stands_in_the_history(cast: Cast) -> None:
    change_check(find_check("D14"), by=cast.aino.actor, limits={"days": 60})
    change_check(find_check("L38"), by=cast.aino.actor, is_on=False)
    events = AuditEvent.objects.filter(name="workspace_check.changed").order_by("id")
    assert [event.changes for event in events] == [
        {"D14.days": [30, 60]}, {"L38.is_on": [True, False]},
    ]  # fmt: skip
    assert {event.actor for event in events} == {cast.aino.user}


def test_the_usual_limit_keeps_no_row_of_its_own(cast: Cast) -> None:
    by = cast.aino.actor
    change_check(find_check("D14"), by=by, limits={"days": 60})
    change_check(find_check("D14"), by=by, limits={"days": 30})
    assert not DetectorSetting.objects.exists()


def test_a_check_that_is_off_says_nothing_until_it_is_on(cast: Cast) -> None:
    service = live(cast)
    change_check(find_check("L38"), by=cast.aino.actor, is_on=False)
    assert codes(cast, service) == []
    refresh(cast.museum)
    assert codes(cast, service) == []
    change_check(find_check("L38"), by=cast.aino.actor, is_on=True)
    assert codes(cast, service) == ["L38"]


@pytest.mark.parametrize("value", [-1, 367, "many", True, 3.5, "", None])
def test_a_limit_is_a_whole_number_within_its_bounds(cast: Cast, value: Any) -> None:
    with pytest.raises(BadInput):
        change_check(find_check("D14"), by=cast.aino.actor, limits={"days": value})
    assert choices(cast.museum)["D14"].limits == {"days": 30}


def test_unknown_checks_and_limits_are_refused(cast: Cast) -> None:
    with pytest.raises(NotFound):
        find_check("D99")
    with pytest.raises(BadInput):
        change_check(find_check("D14"), by=cast.aino.actor, limits={"weeks": 2})


def test_only_those_who_look_after_settings_change_a_check(cast: Cast) -> None:
    for person in (cast.piotr, cast.heikki, cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            change_check(find_check("D14"), by=person.actor, limits={"days": 9})


def test_limits_of_one_workspace_do_not_reach_another(cast: Cast) -> None:
    change_check(find_check("D14"), by=cast.aino.actor, limits={"days": 60})
    assert choices(cast.norrvik)["D14"].limits == {"days": 30}


def test_months_are_calendar_months() -> None:
    assert earlier(dt.date(2026, 3, 31), 1, "months") == dt.date(2026, 2, 28)
    assert earlier(dt.date(2026, 1, 15), 12, "months") == dt.date(2025, 1, 15)
    assert earlier(dt.date(2024, 2, 29), 12, "months") == dt.date(2023, 2, 28)
    assert earlier(dt.date(2026, 1, 10), 90, "days") == dt.date(2025, 10, 12)


# What a run notes


def test_a_run_says_on_how_many_it_looked(cast: Cast) -> None:
    live(cast)
    live(cast, "Shop", owner_party=cast.aino.party)
    look_again(by=cast.piotr.actor)
    run = run_of(cast, "L38")
    assert (run.n, run.found) == (2, 1)


def test_below_the_least_data_it_says_what_is_missing_and_raises_nothing(cast: Cast) -> None:
    make("strategy_goal", cast.aino.actor, statement="All come")
    refresh(cast.museum)
    run = run_of(cast, "L01-goal")
    assert (run.have, run.need, run.found) == (0, 1, 0)


def test_a_check_that_looks_back_says_from_when(cast: Cast) -> None:
    refresh(cast.museum)
    run, today = run_of(cast, "D14"), today_in(cast.museum)
    assert (run.period_from, run.period_to) == (today - dt.timedelta(days=30), today)


def test_whoever_only_reads_does_not_start_a_look(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        look_again(by=cast.liisa.actor)
    with pytest.raises(NotAllowed):
        look_again(by=cast.tuomas.actor)


def test_every_run_of_every_check_is_one_row(cast: Cast) -> None:
    for _round in range(2):
        refresh(cast.museum)
    rows = DetectorRun.objects.filter(workspace=cast.museum)
    assert sorted(rows.values_list("check_code", flat=True)) == sorted(c.code for c in CHECKS)


# A stretch of time with a name of its own


def _quarter(look: Look) -> Period:
    month = (look.day.month - 1) // 3 * 3 + 1
    first = dt.date(look.day.year, month, 1)
    return Period(f"{first.year}-Q{(month + 2) // 3}", first, look.day)


def _all(_look: Look, rows: Rows) -> Rows:
    return rows


@pytest.fixture
def quarterly(monkeypatch: pytest.MonkeyPatch) -> Check:
    """A check about quarters, with a source that says something on each day of the first half."""

    def covered(_look: Look, period: Period) -> int:
        return (min(period.last, dt.date(2027, 3, 31)) - period.first).days + 1

    usual = find_check("no-state")
    check = replace(
        usual, code="quarter", loose=_all, period=_quarter, after_import=False,
        coverage=Coverage(covered, Fraction(4, 5)),
    )  # fmt: skip
    for module in (checking,):
        monkeypatch.setattr(module, "CHECKS", (check,))
        monkeypatch.setitem(module.BY_CODE, "quarter", check)
    from polku.insight.operations import limits

    monkeypatch.setattr(limits, "CHECKS", (check,))
    return check


def _ends(cast: Cast) -> list[tuple[str, str]]:
    rows = LooseEnd.objects.filter(workspace=cast.museum, check_code="quarter")
    return list(rows.order_by("period").values_list("period", "state"))


def test_each_period_has_its_own_finding(cast: Cast, quarterly: Check) -> None:
    make("service_product", cast.aino.actor, name="Tour")
    refresh(cast.museum, dt.date(2026, 11, 20))
    refresh(cast.museum, dt.date(2026, 12, 20))
    assert _ends(cast) == [("2026-Q4", "open")]
    refresh(cast.museum, dt.date(2027, 2, 1))
    assert _ends(cast) == [("2026-Q4", "fixed"), ("2027-Q1", "open")]


def test_too_little_coverage_raises_nothing_and_unsays_nothing(
    cast: Cast, quarterly: Check
) -> None:
    make("service_product", cast.aino.actor, name="Tour")
    refresh(cast.museum, dt.date(2027, 3, 31))
    refresh(cast.museum, dt.date(2027, 5, 10))
    assert _ends(cast) == [("2027-Q1", "open")]
    run = run_of(cast, "quarter")
    assert (run.covered_days, run.period_days) == (0, 40)
    assert (run.have, run.need) == (0, 32)


def test_coverage_is_compared_as_fractions() -> None:
    coverage = Coverage(lambda _look, _period: 0, Fraction(2, 3))
    period = Period("p", dt.date(2026, 1, 1), dt.date(2026, 1, 3))
    assert coverage.is_met(2, period)
    assert not coverage.is_met(1, period)


def test_least_data_counts_no_further_than_it_must(cast: Cast) -> None:
    least = Least((lambda room: ServiceProduct.objects.filter(workspace=room),), "services", 2)
    assert not least.is_met(cast.museum)
    for n in range(3):
        make("service_product", cast.aino.actor, name=f"S{n}")
    assert (least.is_met(cast.museum), least.is_just_met(cast.museum)) == (True, False)
    assert least.have(cast.museum) == 3


# What becomes of a finding


def test_a_finding_becomes_a_wish_and_is_quiet_until_it_is_done(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    wish = turn_into_wish(end_of(cast, service, "L38"), by=by, statement="Find an owner")
    assert codes(cast, service) == []
    assert wish.origin_kind == "evaluation"
    assert service.code in wish.attributes["origin"]
    tie = live_links(by).get(kind="L02", from_id=wish.pk)
    assert (tie.to_id, tie.origin) == (service.pk, "rule")
    change_object(SERVICE, service, {"purpose": "Other"}, by=by)
    refresh(cast.museum)
    assert codes(cast, service) == []
    for state in ("will_do", "done"):
        move(wish, Step(state, reason="so"), by=by)
        wish.refresh_from_db()
    assert codes(cast, service) == ["L38"]
    assert end_of(cast, service, "L38").turned_into_code == ""


def test_a_wish_that_is_put_away_lets_it_hang_loose_again(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    wish = turn_into_wish(end_of(cast, service, "L38"), by=by, statement="Find an owner")
    archive_object(entity("requirement"), wish, by=by, reason="a double")
    assert codes(cast, service) == ["L38"]


def test_a_wish_that_is_mended_another_way_stays_mended(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    end = end_of(cast, service, "L38")
    turn_into_wish(end, by=by, statement="Find an owner")
    change_object(SERVICE, service, {"owner_party": cast.piotr.party}, by=by)
    assert get_loose_end(by, end.pk).state == "fixed"


def test_a_finding_becomes_a_decision_until_its_day(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    day = today_in(cast.museum) + dt.timedelta(days=30)
    row = turn_into_decision(end_of(cast, service, "L38"), by=by, question="May it wait?",
                             reason="Until the board meets", look_again_on=day)  # fmt: skip
    end = LooseEnd.objects.get(workspace=cast.museum, turned_into_code=row.code)
    assert (end.state, row.subject_code) == ("dismissed", service.code)
    refresh(cast.museum)
    assert codes(cast, service) == []
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC)):
        refresh(cast.museum)
        assert codes(cast, service) == ["L38"]


def test_turning_is_told_in_the_history_of_the_thing(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    wish = turn_into_wish(end_of(cast, service, "L38"), by=by, statement="Find an owner")
    event = AuditEvent.objects.get(name="loose_end.turned")
    assert (event.object_code, event.changes) == (service.code, {"L38": ["open", wish.code]})


def test_what_is_not_open_becomes_nothing(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    end = end_of(cast, service, "L38")
    dismiss(end, by=by, reason="fine so")
    with pytest.raises(Refused):
        turn_into_wish(end, by=by, statement="Find an owner")


@pytest.mark.parametrize("words", ["", "  "])
def test_a_wish_needs_words_and_a_decision_a_reason(cast: Cast, words: str) -> None:
    service = live(cast)
    end = end_of(cast, service, "L38")
    with pytest.raises(BadInput):
        turn_into_wish(end, by=cast.aino.actor, statement=words)
    with pytest.raises(BadInput):
        turn_into_decision(end, by=cast.aino.actor, question="So?", reason=words)
    assert codes(cast, service) == ["L38"]


def test_readers_and_customers_make_nothing_of_it(cast: Cast) -> None:
    end = end_of(cast, live(cast, audience="customers"), "L38")
    for person in (cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            turn_into_wish(end, by=person.actor, statement="Mine")


def test_a_page_opened_before_undoes_nothing(cast: Cast) -> None:
    """Who acts on an end that became a wish meanwhile is told so, and the wish stays noted."""
    by, service = cast.aino.actor, live(cast)
    seen_before = end_of(cast, service, "L38")
    wish = turn_into_wish(end_of(cast, service, "L38"), by=by, statement="Find an owner")
    with pytest.raises(Refused):
        dismiss(seen_before, by=by, reason="fine so")
    kept = get_loose_end(by, seen_before.pk)
    assert (kept.turned_into_code, kept.dismissed_reason != "fine so") == (wish.code, True)
    reopen(get_loose_end(by, kept.pk), by=by)
    with pytest.raises(Refused):
        reopen(kept, by=by)


def test_what_was_fixed_meanwhile_keeps_its_moment(cast: Cast) -> None:
    by, service = cast.aino.actor, live(cast)
    end = end_of(cast, service, "L38")
    moment = end.since - dt.timedelta(days=3)
    rows = LooseEnd.objects.filter(pk=end.pk)
    before: list[str] = []

    def another_was_first(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "loose_end"') and not before:
            before.append(sql)
            rows.update(state=LooseEnd.State.FIXED, changed_at=moment)
        return execute(sql, *rest)

    with connection.execute_wrapper(another_was_first):
        change_object(SERVICE, service, {"owner_party": cast.piotr.party}, by=by)
    assert before
    assert rows.get().changed_at == moment
