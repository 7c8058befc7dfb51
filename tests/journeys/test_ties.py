"""Ties of steps and pain points: what needs a look when words change, and what history tells."""

from typing import Any

from polku.insight.wall.edges import edges
from polku.journeys.models import Journey, PainPoint, Step
from polku.journeys.operations import (
    add_pain,
    agree,
    meet_at,
    move_step,
    new_touchpoint,
    remove_step,
    undo,
    write_pain,
    write_step,
    write_text,
)
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.link_rows import end_by_code
from polku.kernel.links import tie, ties_of
from polku.kernel.models import Link
from polku.kernel.queries import find
from polku.kernel.registry import entity
from polku.kernel.reviews import suspect_links
from polku.kernel.reviews_past import told_since
from tests.cast import Cast, make


def doubted(link: Link) -> bool:
    link.refresh_from_db()
    return link.suspect_since is not None


def test_a_wish_tied_to_a_step_needs_a_look_when_its_words_change(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    wish = make("requirement", by, statement="A ramp")
    link = tie("L02", wish, steps[2], by=by)
    write_text(visit, steps[0].pk, "customer_action", "hears of it", by=by)
    write_text(visit, steps[2].pk, "frontstage", "opens", by=by)
    write_step(visit, steps[2].pk, {"emotion_target": 2}, by=by)
    move_step(visit, steps[2].pk, after=0, by=by)
    assert not doubted(link)
    write_text(visit, steps[2].pk, "customer_action", "looks for the door", by=by)
    assert doubted(link)
    assert link.suspect_ends == ["to"]
    undo(visit, by=by)
    assert not doubted(link)
    write_step(visit, steps[2].pk, {"sphere": "joint"}, by=by)
    assert doubted(link)


def test_the_review_tells_what_the_step_said_and_who_changed_it(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    link = tie("L02", make("requirement", by, statement="A ramp"), steps[2], by=by)
    write_text(visit, steps[2].pk, "customer_action", "looks for the door", by=cast.piotr.actor)
    write_text(visit, steps[0].pk, "customer_action", "something else", by=by)
    ((fields, told),) = told_since(by, [(Step.objects.get(pk=steps[2].pk), link.made_at)])
    assert [(f.name, f.before, f.after) for f in fields] == [
        ("customer_action", "finds the door", "looks for the door")
    ]
    assert told is not None
    assert (told.n, told.event.actor) == (1, cast.piotr.user)


def test_meeting_points_of_a_first_sketch_stay_without_doubt(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    door = new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    link = Link.objects.get(kind="L07")
    write_text(visit, steps[2].pk, "customer_action", "looks for the door", by=by)
    assert not doubted(link)
    change_object(entity("touchpoint"), door, {"purpose": "to come in"}, by=by)
    assert doubted(link)
    assert link.suspect_ends == ["to"]


def test_once_agreed_they_need_a_look_like_any_tie(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    link = Link.objects.get(kind="L07")
    agree(visit, by=by)
    write_text(visit, steps[2].pk, "customer_action", "looks for the door", by=by)
    assert doubted(link)


def test_a_pain_point_rests_on_what_was_heard(cast: Cast, visit: Journey, steps: list[Any]) -> None:
    by = cast.aino.actor
    pain = add_pain(visit, step_id=steps[2].pk, values={"text": "stairs"}, by=by)
    learnt = make("insight", by, statement="Twelve say stairs")
    link = tie("L34", pain, learnt, by=by)
    assert [tie.other for tie in ties_of(by, learnt)] == [pain]
    write_pain(visit, pain.pk, {"evidence": "observed"}, by=by)
    assert not doubted(link)
    write_pain(visit, pain.pk, {"severity": 5}, by=by)
    assert doubted(link)


def test_a_tie_of_a_step_that_was_taken_out_asks_nobody_and_hangs_nowhere(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    wish = make("requirement", by, statement="A ramp")
    link = tie("L02", wish, steps[2], by=by)
    write_text(visit, steps[2].pk, "customer_action", "looks for the door", by=by)
    assert [row.pk for row in suspect_links(by)] == [link.pk]
    ends = {("requirement", wish.pk), ("journey", visit.pk)}
    assert ends in [{edge.start, edge.end} for edge in edges(by, today_in(cast.museum)).edges]
    remove_step(visit, steps[2].pk, by=by)
    assert list(suspect_links(by)) == []
    assert ends not in [{edge.start, edge.end} for edge in edges(by, today_in(cast.museum)).edges]
    undo(visit, by=by)
    assert [row.pk for row in suspect_links(by)] == [link.pk]


def test_pieces_are_found_by_code_while_they_stand(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    by = cast.aino.actor
    code = steps[1].code
    assert end_by_code(by, code) == steps[1]
    assert end_by_code(cast.olga.actor, code) is None
    assert end_by_code(cast.tuomas.actor, code) is None
    remove_step(visit, steps[1].pk, by=by)
    assert end_by_code(by, code) is None
    assert find(by, "step", steps[1].pk) is None
    pain = add_pain(visit, values={"text": "nobody knows us"}, by=by)
    assert end_by_code(by, pain.code) == PainPoint.objects.get()


def test_history_tells_of_changed_pieces_alone(
    cast: Cast, visit: Journey, steps: list[Any]
) -> None:
    from polku.kernel.history import events_of

    by = cast.aino.actor
    door = new_touchpoint(visit, steps[2].pk, "Front door", by=by)
    meet_at(visit, steps[2].pk, [], by=by)
    write_step(visit, steps[0].pk, {"expected_wait": "5 min"}, by=by)
    newest, met = [row for row in events_of(by, visit) if row.name.startswith("journey.")][:2]
    assert set(newest.changes) == {"steps"}
    before, after = newest.changes["steps"]
    assert (
        [row["number"] for row in before] == [row["number"] for row in after] == [steps[0].number]
    )
    assert "expected_wait" not in before[0]
    assert after[0]["expected_wait"] == "PT5M"
    assert met.changes["touchpoints"] == [
        [{"step": steps[2].number, "at": [door.code]}], [{"step": steps[2].number, "at": []}],
    ]  # fmt: skip
