"""A link to a journey shows the rows that were chosen, and nothing else."""

import json
from typing import Any

import pytest
from django.test import Client

from polku.journeys.conversations import comments_of, find_share, open_comments, shares_of
from polku.journeys.entities import JOURNEY
from polku.journeys.lanes import LANES
from polku.journeys.models import CellComment, Journey, JourneyShare
from polku.journeys.operations import meet_at, write_step, write_text
from polku.journeys.operations.comments import (
    answer_comment,
    comment,
    comment_by_link,
    reopen_comment,
)
from polku.journeys.operations.pains import add_pain
from polku.journeys.operations.sharing import Wanted, share_journey, take_back_share
from polku.journeys.outside import document_of, lanes_of, said_by_link, share_of
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.changes import archive_object
from polku.kernel.magic_links import open_link
from polku.kernel.models import AuditEvent, MagicLink
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db

# The number of the first step: the two stages were made before it
FIRST = 3
ALL = [lane.key for lane in LANES]
# What stands in each row of the filled journey: no two words alike
SECRET = {
    "customer_backstage": "hemlock", "customer_action": "juniper", "expectation": "larkspur",
    "touchpoint": "marigold", "frontstage": "nightshade", "experience": "", "wait": "PT47M",
    "pains": "oleander", "backstage": "primrose", "support": "quince", "system": "rosehip",
    "supplier": "sorrel",
}  # fmt: skip


@pytest.fixture
def filled(cast: Cast, visit: Journey, steps: list[Any]) -> Journey:
    """The journey with one word in each row of its first step, and a short name on each step."""
    by, step = cast.aino.actor, steps[0].pk
    for number, row in enumerate(steps):
        write_step(visit, row.pk, {"name": f"Step {number}"}, by=by)
    point = make("touchpoint", by, name=SECRET["touchpoint"])
    for row, word in SECRET.items():
        if row in {"experience", "wait", "pains", "touchpoint"}:
            continue
        write_text(visit, step, row, word, by=by)
    meet_at(visit, step, [point], by=by)
    write_step(visit, step, {"expected_wait": SECRET["wait"], "emotion_assumed": -2}, by=by)
    values = {"text": SECRET["pains"], "touchpoint": point.code, "severity": 3}
    add_pain(visit, step_id=step, values=values, by=by)
    visit.refresh_from_db()
    return visit


def link(cast: Cast, journey: Journey, lanes: list[str], **more: Any) -> JourneyShare:
    made = share_journey(journey, Wanted(lanes, **more), by=cast.aino.actor)
    return share_of(open_link(made.secret).link)


class TestMaking:
    def test_the_secret_is_kept_nowhere(self, cast: Cast, visit: Journey) -> None:
        made = share_journey(visit, Wanted(["customer_action"], label="Tuomas"), by=cast.aino.actor)
        kept = AuditEvent.objects.filter(object_kind__in=["journey", "magic_link"])
        assert made.secret not in json.dumps([event.changes for event in kept])
        assert made.address.endswith(made.secret)
        event = AuditEvent.objects.get(name="journey.shared")
        assert event.changes["share"][1]["lanes"] == ["customer_action"]
        assert [row.label for row in shares_of(cast.liisa.actor, visit)] == ["Tuomas"]

    def test_a_customer_is_never_given_what_lies_below_our_line(
        self, cast: Cast, visit: Journey
    ) -> None:
        share = link(cast, visit, ALL)
        ours = {lane.key for lane in LANES if lane.side == "ours"}
        assert ours.isdisjoint(share.lanes)
        with pytest.raises(BadInput, match="one row at least"):
            share_journey(visit, Wanted(sorted(ours)), by=cast.aino.actor)
        assert set(link(cast, visit, ALL, view_as="team").lanes) == set(ALL)

    def test_bad_wishes_are_named(self, cast: Cast, visit: Journey) -> None:
        wanted = Wanted(["nonsense"], label="x" * 81, lang="xx", days=400, version=7)
        with pytest.raises(BadInput) as caught:
            share_journey(visit, wanted, by=cast.aino.actor)
        assert set(caught.value.fields) == {"lanes", "label", "lang", "days", "version"}
        with pytest.raises(BadInput):
            share_journey(visit, Wanted(ALL, view_as="king"), by=cast.aino.actor)
        assert not JourneyShare.objects.exists()
        assert not MagicLink.objects.exists()

    def test_who_may_not_change_may_not_show(self, cast: Cast, visit: Journey) -> None:
        for person in (cast.liisa, cast.heikki, cast.tuomas):
            with pytest.raises(NotAllowed):
                share_journey(visit, Wanted(ALL), by=person.actor)
        with pytest.raises(NotFound):
            share_journey(visit, Wanted(ALL), by=cast.olga.actor)

    def test_a_link_taken_back_opens_nothing(self, cast: Cast, visit: Journey) -> None:
        made = share_journey(visit, Wanted(ALL), by=cast.aino.actor)
        share = find_share(cast.aino.actor, visit, made.share.pk)
        take_back_share(share, by=cast.aino.actor)
        with pytest.raises(NotFound):
            open_link(made.secret)
        with pytest.raises(Refused):
            take_back_share(share, by=cast.aino.actor)
        with pytest.raises(NotFound):
            comment_by_link(share, FIRST, "customer_action", "Hello", name="T")

    def test_a_journey_put_away_is_shown_to_nobody(self, cast: Cast, visit: Journey) -> None:
        share = link(cast, visit, ALL)
        archive_object(JOURNEY, visit, by=cast.aino.actor, reason="Over.")
        with pytest.raises(NotFound):
            share_of(share.link)


class TestGiven:
    @pytest.mark.parametrize("row", sorted(SECRET))
    def test_a_row_that_was_not_chosen_is_in_nothing_that_is_given(
        self, cast: Cast, filled: Journey, row: str
    ) -> None:
        share = link(cast, filled, [key for key in ALL if key != row], view_as="team")
        given = json.dumps(document_of(share).to_json())
        for other, word in SECRET.items():
            if word:
                assert (word in given) is (other != row), (row, other)
        assert [lane.key for lane in lanes_of(share).hidden] == [row]

    def test_feelings_are_given_with_their_row_alone(self, cast: Cast, filled: Journey) -> None:
        without = document_of(link(cast, filled, ["customer_action"]))
        assert {step.emotion_assumed for step in without.steps} == {None}
        shown = document_of(link(cast, filled, ["experience"]))
        assert shown.steps[0].emotion_assumed == -2

    def test_a_decisive_moment_shows_with_the_meeting_points_alone(
        self, cast: Cast, filled: Journey
    ) -> None:
        from polku.journeys.models import Touchpoint

        Touchpoint.objects.update(moment_of_truth=True)
        assert not document_of(link(cast, filled, ["customer_action"])).steps[0].decisive
        assert document_of(link(cast, filled, ["touchpoint"])).steps[0].decisive

    @pytest.mark.parametrize("view", ["list", ""])
    def test_the_page_leaks_no_row_either(
        self, cast: Cast, filled: Journey, client: Client, view: str
    ) -> None:
        lanes = ["customer_action", "touchpoint", "frontstage"]
        made = share_journey(filled, Wanted(lanes), by=cast.aino.actor)
        client.get(f"/m/{made.secret}")
        page = client.get("/m/open/", {"step": FIRST, "row": "backstage", "view": view})
        html = page.content.decode()
        assert page.status_code == 200
        for row, word in SECRET.items():
            if word and word != "PT47M":
                assert (word in html) is (row in lanes), row
        assert "47 min" not in html
        assert "hidden by Harbour Museum" in html
        assert filled.code not in html
        assert "TP-1" not in html


class TestSaying:
    def test_the_word_stands_at_its_place_and_nothing_else_changes(
        self, cast: Cast, filled: Journey
    ) -> None:
        share = link(cast, filled, ["frontstage", "customer_action"])
        before = document_of(link(cast, filled, ALL, view_as="team")).to_json()
        edits, revision = filled.edits, filled.revision
        comment_by_link(
            share, FIRST, "frontstage", " Who opens? ", name=" Tuomas  Rinne ", lang="fi"
        )
        filled.refresh_from_db()
        assert (filled.edits, filled.revision) == (edits, revision)
        assert document_of(link(cast, filled, ALL, view_as="team")).to_json() == before
        [said] = comments_of(cast.liisa.actor, filled)
        assert (said.text, said.author_name, said.author, said.row) == (
            "Who opens?", "Tuomas Rinne", None, "frontstage",
        )  # fmt: skip
        assert open_comments(cast.aino.actor, filled) == {(FIRST, "frontstage"): 1}
        assert open_comments(cast.tuomas.actor, filled) == {}
        share.link.refresh_from_db()
        assert share.link.uses == 1

    def test_only_about_what_one_sees(self, cast: Cast, filled: Journey) -> None:
        share = link(cast, filled, ["customer_action"])
        for step, row in ((FIRST, "frontstage"), (99, "customer_action"), (FIRST, "nonsense")):
            with pytest.raises(NotFound):
                comment_by_link(share, step, row, "Hello")
        silent = link(cast, filled, ALL, may_comment=False)
        with pytest.raises(NotFound):
            comment_by_link(silent, FIRST, "customer_action", "Hello")
        assert not CellComment.objects.exists()

    def test_empty_and_endless_words_are_refused(self, cast: Cast, filled: Journey) -> None:
        share = link(cast, filled, ["customer_action"])
        for words in ("", "  \x00 ", "x" * 2001):
            with pytest.raises(BadInput):
                comment_by_link(share, FIRST, "customer_action", words)
        with pytest.raises(BadInput):
            comment_by_link(share, FIRST, "customer_action", "Hello", name="n" * 81)
        share.link.refresh_from_db()
        assert share.link.uses == 0

    def test_a_link_takes_so_many_words_and_no_more(self, cast: Cast, filled: Journey) -> None:
        share = link(cast, filled, ["customer_action"])
        MagicLink.objects.filter(pk=share.link_id).update(max_uses=1)
        comment_by_link(share, FIRST, "customer_action", "One")
        with pytest.raises(Refused):
            comment_by_link(share, FIRST, "customer_action", "Two")
        assert CellComment.objects.count() == 1

    def test_an_answer_is_read_at_the_link_it_came_by(self, cast: Cast, filled: Journey) -> None:
        share, other = (link(cast, filled, ["customer_action"]) for _time in range(2))
        said = comment_by_link(share, FIRST, "customer_action", "Who?")
        comment(filled, FIRST, "customer_action", "Among us only", by=cast.heikki.actor)
        answer_comment(said, text="Heikki does.", by=cast.heikki.actor)
        assert [(row.text, row.answer) for row in said_by_link(share)] == [("Who?", "Heikki does.")]
        assert said_by_link(other) == []
        with pytest.raises(Refused):
            answer_comment(said, by=cast.aino.actor)
        again = reopen_comment(said, by=cast.aino.actor)
        assert (again.resolved_at, again.answer) == (None, "Heikki does.")
        with pytest.raises(Refused):
            reopen_comment(said, by=cast.aino.actor)

    def test_who_speaks_among_us(self, cast: Cast, filled: Journey) -> None:
        for person in (cast.aino, cast.piotr, cast.heikki):
            comment(filled, FIRST, "backstage", f"By {person.user}", by=person.actor)
        for person in (cast.liisa, cast.tuomas):
            with pytest.raises(NotAllowed):
                comment(filled, FIRST, "backstage", "No", by=person.actor)
        with pytest.raises(NotFound):
            comment(filled, FIRST, "backstage", "No", by=cast.olga.actor)
        with pytest.raises(NotFound):
            comment(filled, FIRST, "nonsense", "No", by=cast.aino.actor)
        assert [row.author for row in comments_of(cast.aino.actor, filled)] == [
            cast.aino.user, cast.piotr.user, cast.heikki.user,
        ]  # fmt: skip
        with pytest.raises(NotAllowed):
            comments_of(cast.tuomas.actor, filled)
