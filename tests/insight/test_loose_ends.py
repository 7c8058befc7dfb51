"""Loose ends: found, owned, mended, dismissed with a reason, asleep until their tie is used."""

import datetime as dt

import pytest
import time_machine

from polku.insight.operations import refresh
from polku.kernel.answers import BadInput, NotAllowed
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.links import tie
from polku.kernel.loose_ends import dismiss, loose_ends_of, visible_loose_ends
from polku.kernel.models import LooseEnd
from polku.kernel.registry import entity
from tests.cast import Cast, make
from tests.insight.test_checks import MADE, House, kept

SERVICE = entity("service_product")


def codes(cast: Cast, obj: object) -> list[str]:
    return sorted(end.check_code for end in loose_ends_of(cast.aino.actor, obj))


def test_a_live_service_without_owner_is_urgent_until_somebody_answers(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour", state="live")
    assert codes(cast, service) == ["L38"]
    assert visible_loose_ends(by).first().severity == "urgent"
    change_object(SERVICE, service, {"owner_party": cast.piotr.party}, by=by)
    assert codes(cast, service) == []


def test_goal_checks_sleep_until_the_first_tie_to_a_goal(cast: Cast) -> None:
    by = cast.aino.actor
    lonely = make("strategy_goal", by, statement="Nobody serves me")
    goal = make("strategy_goal", by, statement="Served")
    service = make("service_product", by, name="Tour", owner_party=cast.aino.party)
    assert visible_loose_ends(by).filter(check_code__startswith="L01").count() == 0
    tie("L01", service, goal, by=by)
    assert codes(cast, lonely) == ["L01-goal"]
    assert codes(cast, goal) == []


def test_a_guess_counts_as_missing(cast: Cast) -> None:
    by = cast.aino.actor
    goals = [make("strategy_goal", by, statement=name) for name in ("One", "Two")]
    service = make("service_product", by, name="Tour", owner_party=cast.aino.party)
    tie("L01", service, goals[0], by=by)
    tie("L01", service, goals[1], by=by, confidence="guess")
    assert codes(cast, goals[1]) == ["L01-goal"]


def test_dismissing_asks_why_and_holds_until_its_day(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour", state="live")
    end = loose_ends_of(by, service)[0]
    with pytest.raises(BadInput):
        dismiss(end, by=by, reason="")
    until = today_in(by.workspace) + dt.timedelta(days=10)
    dismiss(end, by=by, reason="the board decides in May", until=until)
    refresh(by.workspace)
    assert codes(cast, service) == []
    with time_machine.travel(dt.datetime.combine(until, dt.time(12), dt.UTC)):
        refresh(by.workspace)
        assert codes(cast, service) == ["L38"]


def test_a_dismissed_end_returns_when_its_object_changes(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour", state="live")
    dismiss(loose_ends_of(by, service)[0], by=by, reason="fine so")
    change_object(SERVICE, service, {"purpose": "Something else"}, by=by)
    assert codes(cast, service) == ["L38"]


def test_a_reader_sees_and_may_not_dismiss_a_customer_does_not_see(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Tour", state="live",
                   audience="customers")  # fmt: skip
    end = loose_ends_of(cast.liisa.actor, service)[0]
    with pytest.raises(NotAllowed):
        dismiss(end, by=cast.liisa.actor, reason="x")
    assert loose_ends_of(cast.tuomas.actor, service) == []
    with pytest.raises(NotAllowed):
        visible_loose_ends(cast.tuomas.actor)


def test_running_twice_finds_the_same_ends(cast: Cast) -> None:
    by = cast.aino.actor
    make("service_product", by, name="Tour", state="live")
    before = list(visible_loose_ends(by).values_list("pk", "since"))
    refresh(by.workspace)
    assert list(visible_loose_ends(by).values_list("pk", "since")) == before


def test_every_check_offers_a_way_to_mend_it(cast: Cast) -> None:
    from polku.insight.checks.rows import CHECKS
    from polku.web.desk.ends import lines

    house = House(cast)
    by = house.by
    objects = {
        "service_product": house.service(),
        "product_version": house.make("product_version", label="2", product=house.service("Shop")),
        **{kind: kept(house, kind) for kind in MADE},
    }  # fmt: skip
    client = cast.aino.client()
    for number, check in enumerate(CHECKS, 1):
        obj = objects[check.kind]
        end = LooseEnd(pk=number, workspace=by.workspace, check_code=check.code,
                       object_kind=check.kind, object_id=obj.pk,
                       severity=check.severity)  # fmt: skip
        mend = lines(by, [end], {(check.kind, obj.pk): obj})[0]["actions"][0]
        assert mend["label"] not in {"Ask", "Dismiss", "Make of it…"}, check.code
        assert client.get(mend["url"]).status_code in {200, 405}, (check.code, mend["url"])
