"""One wish becomes several: nothing of where it comes from is lost."""

import pytest

from polku.insight.operations import turn_into_wish
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.history import events_of, transitions_of
from polku.kernel.links import tie, ties_of
from polku.kernel.loose_ends import loose_ends_of
from polku.kernel.transitions import Step
from polku.portfolio.models import Requirement
from polku.portfolio.operations import Stale, split_wish, take_step
from polku.portfolio.telling import givers_of, sentence_for_giver
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db

PARTS = ({"statement": "Longer hours", "priority": "must"}, {"statement": "A warmer hall"})


def asked(cast: Cast) -> Requirement:
    by = cast.aino.actor
    wish: Requirement = make(
        "requirement", by, statement="Longer hours and a warmer hall", priority="could",
        origin_kind="feedback", raised_by_party=cast.piotr.party, raised_on="2026-03-01",
        also_asked_by=[cast.heikki.party], owner_party=cast.aino.party, type="utility",
    )  # fmt: skip
    tie("L03", wish, make("strategy_goal", by, statement="Everybody comes"), by=by, why="Heard")
    tie("L02", wish, make("service_product", by, name="Exhibitions"), by=by)
    take_step(wish, Step("will_do"), by=by)
    wish.refresh_from_db()
    return wish


def tied_to(wish: Requirement, by: Actor) -> set[tuple[str, str, str]]:
    return {(row.kind.code, row.other.code, row.link.why) for row in ties_of(by, wish)}


def test_parts_keep_givers_origin_state_and_ties(cast: Cast) -> None:
    by, whole = cast.aino.actor, asked(cast)
    before = tied_to(whole, by)
    parts = split_wish(whole, PARTS, by=by, revision=whole.revision)
    whole.refresh_from_db()
    assert [part.priority for part in parts] == ["must", "could"]
    for part in parts:
        assert part.part_of == whole
        assert (part.state, part.origin_kind, part.type) == ("will_do", "feedback", "utility")
        assert str(part.raised_on) == "2026-03-01"
        assert givers_of(part) == givers_of(whole) == [cast.piotr.party, cast.heikki.party]
        assert {
            (row.kind.code, row.other.code, row.link.why) for row in ties_of(by, part)
        } == before
    assert (whole.state, whole.goes_on) == ("will_not_do", "parts")
    reason = f"Split into {parts[0].code}, {parts[1].code}."
    assert transitions_of(by, whole)[0].reason == reason
    assert "requirement.split" in {event.name for event in events_of(by, whole)}
    assert not [row for row in ties_of(by, whole) if row.link.valid_to is None]
    assert "in parts" in sentence_for_giver(whole, "en")
    assert "We will do it" in sentence_for_giver(parts[0], "en")


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "parts"), (PARTS[:1], "parts"), (PARTS * 11, "parts"),
        ([PARTS[0], {"statement": "  "}], "parts.1.statement"),
        ([PARTS[0], {"statement": " longer hours "}], "parts.1.statement"),
        ([PARTS[0], {"statement": "x" * 601}], "parts.1.statement"),
        ([PARTS[0], {"statement": "Warm", "priority": "soon"}], "parts.1.priority"),
        ([PARTS[0], {"statement": "Warm", "state": "done"}], "parts.1.state"),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(
    cast: Cast, parts: list[dict[str, str]], field: str
) -> None:
    whole = asked(cast)
    with pytest.raises(BadInput) as told:
        split_wish(whole, parts, by=cast.aino.actor)
    assert field in told.value.fields
    assert Requirement.objects.count() == 1


def test_closed_stale_and_foreign_hands(cast: Cast) -> None:
    whole = asked(cast)
    with pytest.raises(Stale):
        split_wish(whole, PARTS, by=cast.aino.actor, revision=whole.revision - 1)
    for person in (cast.liisa, cast.heikki):
        with pytest.raises(NotAllowed):
            split_wish(whole, PARTS, by=person.actor)
    take_step(whole, Step("done"), by=cast.aino.actor)
    with pytest.raises(Refused, match="closed"):
        split_wish(whole, PARTS, by=cast.aino.actor)
    assert Requirement.objects.count() == 1


def test_a_whole_that_is_asked_again_stands_alone(cast: Cast) -> None:
    by, whole = cast.aino.actor, asked(cast)
    split_wish(whole, PARTS, by=by)
    take_step(whole, Step("asked", reason="It was one after all"), by=by)
    whole.refresh_from_db()
    assert (whole.state, whole.goes_on) == ("asked", "")


def test_a_loose_end_that_became_a_wish_waits_for_all_its_parts(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tours", state="live")
    end = next(row for row in loose_ends_of(by, service) if row.check_code == "L38")
    parts = split_wish(turn_into_wish(end, by=by, statement="Owner, hours"), PARTS, by=by)
    for part in parts:
        assert end.check_code not in {row.check_code for row in loose_ends_of(by, service)}
        for state in ("will_do", "done"):
            take_step(part, Step(state), by=by)
    assert end.check_code in {row.check_code for row in loose_ends_of(by, service)}


def test_what_takes_no_new_ties_stays_with_the_whole(cast: Cast) -> None:
    from polku.journeys.entities import TOUCHPOINT
    from polku.kernel.changes import archive_object

    by, whole = cast.aino.actor, asked(cast)
    hall = make("touchpoint", by, name="The hall")
    tie("L02", whole, hall, by=by)
    archive_object(TOUCHPOINT, hall, by=by)
    parts = split_wish(whole, PARTS, by=by)
    assert "The hall" in {row.other.title for row in ties_of(by, whole) if not row.link.valid_to}
    assert "The hall" not in {row.other.title for row in ties_of(by, parts[0])}
