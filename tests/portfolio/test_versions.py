"""Versions: at most one is live in a market, a release replaces the former, plans come due."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.kernel import clock
from polku.kernel.actor import system_actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.changes import change_object
from polku.kernel.models import Decision
from polku.kernel.transitions import Step, apply_due, correct, rebuild_state
from polku.portfolio.entities import SERVICE, VERSION
from polku.portfolio.models import ProductVersion
from polku.portfolio.operations import bring_back, take_step
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def mail(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name={"en": "Mail", "fi": "Posti"})


def candidate(cast: Cast, service: Any, label: str, **more: Any) -> ProductVersion:
    version = make("product_version", cast.aino.actor, product=service, label=label, **more)
    take_step(version, Step("candidate"), by=cast.aino.actor)
    version.refresh_from_db()
    return version


def release(cast: Cast, version: ProductVersion, day: dt.date | None = None) -> Any:
    row = take_step(version, Step("live", effective_on=day), by=cast.aino.actor)
    version.refresh_from_db()
    return row


def today(cast: Cast) -> dt.date:
    return clock.today_in(cast.museum)


def test_a_release_replaces_the_former_of_the_same_market_on_its_day(cast: Cast, mail: Any) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    other = candidate(cast, mail, "1.0 Poland", market="Poland")
    release(cast, one)
    release(cast, other)
    release(cast, two)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.release_state, two.release_state) == ("superseded", "live")
    assert other.release_state == "live"
    assert (one.live_from, one.live_to) == (today(cast), today(cast))
    assert (two.live_from, two.live_to) == (today(cast), None)
    assert rebuild_state(one) == "superseded"


def test_the_database_holds_one_live_version_too(cast: Cast, mail: Any) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    release(cast, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVersion.objects.filter(pk=two.pk).update(release_state="live")


def test_a_planned_release_comes_due_and_replaces_then(
    cast: Cast, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    release(cast, one)
    ahead = today(cast) + 5 * DAY
    assert release(cast, two, ahead).is_planned
    assert (two.release_state, two.planned_on) == ("candidate", ahead)
    one.refresh_from_db()
    assert one.release_state == "live"
    later = ahead + DAY
    for place in ("polku.kernel.transitions.today_in", "polku.kernel.decisions._today"):
        monkeypatch.setattr(place, lambda _where: later)
    assert apply_due(system_actor(cast.museum)) == 1
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.release_state, two.release_state) == ("superseded", "live")
    assert (one.live_to, two.live_from) == (ahead - DAY, ahead)


def test_an_earlier_day_than_that_of_the_live_one_is_refused(cast: Cast, mail: Any) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    release(cast, one)
    with pytest.raises(Refused, match=r"Version 1\.0 is live since"):
        release(cast, two, today(cast) - DAY)


def test_a_replaced_one_comes_back_as_a_new_version(cast: Cast, mail: Any) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    release(cast, one)
    with pytest.raises(BadInput) as still_live:
        bring_back(one, label="1.1", by=cast.aino.actor)
    assert "restores" in still_live.value.fields
    release(cast, two)
    one.refresh_from_db()
    with pytest.raises(Refused, match="Make a new version that brings it back"):
        release(cast, one)
    again = bring_back(one, label="1.1", by=cast.aino.actor)
    assert (again.restores, again.product, again.release_state) == (one, mail, "draft")
    elsewhere = make("service_product", cast.aino.actor, name="Phones")
    with pytest.raises(BadInput):
        make("product_version", cast.aino.actor, product=elsewhere, label="1", restores=one.code)


def test_a_corrected_release_leaves_no_days(cast: Cast, mail: Any) -> None:
    one = candidate(cast, mail, "1.0")
    row = release(cast, one)
    correct(row, by=cast.aino.actor, obj=one, reason="Not yet")
    one.refresh_from_db()
    assert (one.release_state, one.live_from, one.live_to) == ("candidate", None, None)


def test_a_withdrawn_one_keeps_its_days(cast: Cast, mail: Any) -> None:
    one = candidate(cast, mail, "1.0")
    release(cast, one)
    take_step(one, Step("withdrawn", reason="It lost mail"), by=cast.aino.actor)
    one.refresh_from_db()
    assert (one.live_from, one.live_to) == (today(cast), today(cast))


def test_made_to_learn_says_what_how_and_by_when(cast: Cast, mail: Any) -> None:
    with pytest.raises(BadInput) as problem:
        make("product_version", cast.aino.actor, product=mail, label="0.1", is_mvp=True)
    assert set(problem.value.fields) == {"hypothesis", "learning_measure", "decide_by"}
    said = {"hypothesis": "People will read it", "learning_measure": "Half open it",
            "decide_by": "2027-01-31"}  # fmt: skip
    version = make("product_version", cast.aino.actor, product=mail, label="0.1", is_mvp=True,
                   **said)  # fmt: skip
    with pytest.raises(BadInput, match="by which day"):
        change_object(VERSION, version, {"decide_by": None}, by=cast.aino.actor)


def test_the_first_one_asks_for_the_release_permission_the_next_what_changed(
    cast: Cast, mail: Any
) -> None:
    one, two = candidate(cast, mail, "1.0"), candidate(cast, mail, "2.0")
    first = set(release(cast, one).gate_answers)
    assert {"rehearsed", "people_can_say", "way_back_known"} <= first
    assert "what_changed_said" not in first
    second = set(release(cast, two).gate_answers)
    assert second == {"what_changed_said", "who_is_told", "way_back_known"}
    assert Decision.objects.filter(subject_kind="product_version").count() == 2


def test_it_is_called_by_its_service_in_each_language(
    cast: Cast, mail: Any, django_assert_num_queries: Any
) -> None:
    one = candidate(cast, mail, "2.1")
    stored = ProductVersion.objects.select_related("product").get(pk=one.pk)
    with django_assert_num_queries(0):
        assert stored.title == "Mail 2.1"
        assert stored.title_words.reading("fi").text == "Posti 2.1"
    bare = ProductVersion.objects.get(pk=one.pk)
    with django_assert_num_queries(0):
        assert bare.title == "2.1"
    change_object(SERVICE, mail, {"name": {"en": "Letters"}}, by=cast.aino.actor)
    bare.refresh_from_db()
    assert bare.sort_title == "letters 2.1"


def test_two_of_one_name_are_refused(cast: Cast, mail: Any) -> None:
    candidate(cast, mail, "1.0")
    with pytest.raises(Refused, match="has a version of that name already"):
        candidate(cast, mail, "1.0")
