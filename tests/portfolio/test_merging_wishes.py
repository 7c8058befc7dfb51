"""Several wishes become one: it keeps everybody who asked and all that they hang on."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.history import events_of, transitions_of
from polku.kernel.links import tie, ties_of
from polku.kernel.models import LooseEnd
from polku.kernel.transitions import Step
from polku.portfolio.models import Requirement
from polku.portfolio.operations import (
    Stale,
    Unanswered,
    merge_wishes,
    split_wish,
    take_step,
    tell_giver,
)
from polku.portfolio.telling import givers_of, sentence_for_giver
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


def wish_of(by: Actor, statement: str, **values: Any) -> Requirement:
    found: Requirement = make("requirement", by, statement=statement, **values)
    return found


def lasting(by: Actor, wish: Requirement) -> set[tuple[str, str]]:
    rows = ties_of(by, wish)
    return {(row.kind.code, row.other.code) for row in rows if row.link.valid_to is None}


def test_the_kept_one_has_all_givers_and_ties_once(cast: Cast) -> None:
    by = cast.aino.actor
    service, goal = make("service_product", by, name="Tours"), make(
        "strategy_goal", by, statement="Everybody comes")  # fmt: skip
    kept = wish_of(by, "Tours in Finnish", raised_by_party=cast.piotr.party)
    other = wish_of(by, "Guides speak Finnish", raised_by_party=cast.heikki.party, priority="must")
    third = wish_of(by, "Finnish, please", raised_by_party=cast.piotr.party)
    for wish in (kept, other):
        tie("L02", wish, service, by=by)
    tie("L03", third, goal, by=by, why="Said in spring")
    LooseEnd.objects.create(
        workspace=by.workspace, check_code="L01", object_kind="service_product",
        object_id=service.pk, state="dismissed", turned_into_code=other.code,
    )  # fmt: skip
    found = merge_wishes(kept, [other, third], by=by, why="Same thing")
    assert givers_of(found) == [cast.piotr.party, cast.heikki.party]
    assert found.priority == "must"
    assert lasting(by, found) == {("L02", service.code), ("L03", goal.code)}
    for gone in (other, third):
        gone.refresh_from_db()
        assert (gone.state, gone.goes_on, gone.merged_into) == ("will_not_do", "other", kept)
        assert transitions_of(by, gone)[0].reason == f"Merged into {kept.code}. Same thing"
        assert not lasting(by, gone)
    assert "requirement.took_in" in {event.name for event in events_of(by, found)}
    assert LooseEnd.objects.get(turned_into_code=kept.code)


def test_givers_of_what_was_merged_hear_how_it_stands(cast: Cast) -> None:
    by = cast.aino.actor
    kept, other = wish_of(by, "Tours in Finnish"), wish_of(
        by, "Guides speak Finnish", raised_by_party=cast.heikki.party)  # fmt: skip
    found = merge_wishes(kept, [other], by=by)
    assert found.raised_by_party == cast.heikki.party
    take_step(found, Step("will_do"), by=by)
    other.refresh_from_db()
    told = sentence_for_giver(other, "en")
    assert told.startswith("You asked: “Guides speak Finnish”. We will do it.")
    assert "Tours" not in told
    assert tell_giver(other, by=by, words=told).giver_told_at


def test_what_differs_is_asked_and_not_guessed(cast: Cast) -> None:
    by = cast.aino.actor
    shop, tours = (make("service_product", by, name=name) for name in ("Shop", "Tours"))
    kept = wish_of(by, "Pay by card", priority="could", acceptance_criterion="Nobody needs cash")
    other = wish_of(by, "Cards everywhere", priority="must", acceptance_criterion={"fi": "Toimii"})
    tie("L02", kept, shop, by=by)
    tie("L02", other, tours, by=by)
    take_step(other, Step("will_do"), by=by)
    with pytest.raises(Unanswered) as told:
        merge_wishes(kept, [other], by=by)
    asked = {question.name: question for question in told.value.plan.questions}
    assert set(asked) == {"state", "priority", "services", "acceptance_criterion"}
    assert [row.label for row in asked["services"].options] == ["all of them", "Shop", "Tours"]
    assert asked["services"].values == {"all", kept.code, other.code}
    assert set(told.value.fields) == {f"answers.{name}" for name in asked}
    kept.refresh_from_db()
    assert (kept.state, Requirement.objects.filter(goes_on="").count()) == ("asked", 2)
    found = merge_wishes(
        kept, [other], by=by,
        answers={"state": other.code, "priority": kept.code, "services": other.code,
                 "acceptance_criterion": other.code},
    )  # fmt: skip
    assert (found.state, found.priority) == ("will_do", "could")
    assert dict(found.acceptance_criterion.texts) == {"fi": "Toimii"}
    assert lasting(by, found) == {("L02", tours.code)}


def test_bad_choices_change_nothing(cast: Cast) -> None:
    by = cast.aino.actor
    kept, other, closed = (wish_of(by, text) for text in ("One", "Two", "Three"))
    take_step(closed, Step("will_not_do", reason="No"), by=by)
    for others in ([], [kept], [other, other], [other, kept]):
        with pytest.raises(BadInput) as told:
            merge_wishes(kept, others, by=by)
        assert "others" in told.value.fields
    with pytest.raises(BadInput):
        merge_wishes(kept, [other], by=by, answers={"colour": "red"})
    with pytest.raises(Refused, match="closed"):
        merge_wishes(kept, [other, closed], by=by)
    with pytest.raises(Stale, match=other.code):
        merge_wishes(kept, [other], by=by, revisions={other.code: 77})
    with pytest.raises(NotAllowed):
        merge_wishes(kept, [other], by=cast.liisa.actor)
    assert not Requirement.objects.exclude(goes_on="").exists()


class Round(TestCase):
    """However a wish is split, its parts merged again have everything that it had."""

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        n=st.integers(2, 4), keeps=st.integers(0, 3), more=st.booleans(), goals=st.integers(0, 2)
    )
    def test_split_then_merge_keeps_all(self, n: int, keeps: int, more: bool, goals: int) -> None:
        cast = gather()
        by = cast.aino.actor
        whole = wish_of(by, "Whole", raised_by_party=cast.piotr.party,
                        also_asked_by=[cast.heikki.party] if more else [])  # fmt: skip
        for number in range(goals):
            goal = make("strategy_goal", by, statement=f"Goal {number}")
            tie("L03", whole, goal, by=by)
        tie("L02", whole, make("service_product", by, name="Tours"), by=by)
        givers, ties = givers_of(whole), lasting(by, whole)
        parts = split_wish(whole, [{"statement": f"Part {n}"} for n in range(n)], by=by)
        kept = parts.pop(keeps % n)
        found = merge_wishes(kept, parts, by=by)
        assert givers_of(found) == givers
        assert lasting(by, found) == ties
