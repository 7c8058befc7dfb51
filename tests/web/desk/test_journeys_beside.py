"""The pages beside a journey: links, comments, pains, talks, for whom; and the library."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from polku.journeys.models import (
    CellComment,
    InterviewAnswer,
    JourneyInterview,
    JourneyShare,
    PainPoint,
    Touchpoint,
    TouchpointReading,
)
from polku.journeys.operations import meet_at
from polku.journeys.operations.comments import comment
from polku.journeys.operations.interviews import note_interview
from polku.journeys.operations.pains import add_pain
from polku.journeys.people import people_of
from tests.cast import Cast, make
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db
ROOM = "/w/museum"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def journey(cast: Cast) -> Any:
    """Three steps; people meet us at the first one."""
    found = visit_of(cast.aino)
    door = make("touchpoint", cast.aino.actor, name="Front door")
    first = found.steps.order_by("stage__position", "position").first()
    meet_at(found, first.pk, [door], by=cast.aino.actor)
    found.refresh_from_db()
    return found


def at(journey: Any, page: str) -> str:
    return f"{ROOM}/journeys/{journey.code}/{page}"


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


PAGES = ("shares/", "comments/", "pains/", "people/", "analysis/", "analysis/guide/",
         "analysis/strips/")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_team_reads_and_others_do_not(cast: Cast, journey: Any, page: str) -> None:
    assert "I visit the museum" in read(cast.liisa.client(), at(journey, page))
    read(cast.tuomas.client(), at(journey, page), 404)
    read(cast.mallory.client(), at(journey, page), 404)
    journey.audience = "customers"
    journey.save()
    read(cast.tuomas.client(), at(journey, page), 403)


class TestLinks:
    def test_a_link_is_made_and_shown_once(self, cast: Cast, journey: Any, client: Client) -> None:
        aino = cast.aino.client()
        sent = {"label": "Tuomas", "view_as": "customer", "lanes": ["customer_action"],
                "may_comment": "on", "lang": "en", "days": "30"}  # fmt: skip
        made = aino.post(at(journey, "shares/"), sent)
        address = re.search(r'value="(http[^"]+/m/[^"]+)"', made.content.decode())
        assert address
        assert "no-store" in made["Cache-Control"]
        assert address[1] not in read(aino, at(journey, "shares/"))
        client.get("/m/" + address[1].rsplit("/", 1)[1])
        assert "sees a poster" in read(client, "/m/open/")
        share = JourneyShare.objects.get()
        gone = aino.post(at(journey, f"shares/{share.pk}/take-back/"))
        assert gone.status_code == 302
        assert client.get("/m/open/").status_code == 404
        assert "taken back" in read(aino, at(journey, "shares/"))

    def test_what_is_wrong_is_said(self, cast: Cast, journey: Any) -> None:
        answer = cast.aino.client().post(at(journey, "shares/"), {"view_as": "customer"})
        assert answer.status_code == 422
        assert "Choose one row at least" in answer.content.decode()
        refused = cast.liisa.client().post(at(journey, "shares/"), {})
        assert refused.status_code == 403
        assert not JourneyShare.objects.exists()


class TestComments:
    def test_saying_answering_and_opening_again(self, cast: Cast, journey: Any) -> None:
        heikki = cast.heikki.client()
        page = at(journey, "comments/")
        said = heikki.post(page, {"step": "3", "row": "frontstage", "text": "Who opens?"})
        assert said.status_code == 302
        row = CellComment.objects.get()
        html = read(cast.liisa.client(), page)
        assert "Who opens?" in html
        assert "Not answered." in html
        assert "<textarea" not in html
        heikki.post(at(journey, f"comments/{row.pk}/answer/"), {"answer": "Heikki."})
        assert "Heikki." in read(cast.liisa.client(), page)
        assert "Nothing waits." in read(cast.liisa.client(), page)
        heikki.post(at(journey, f"comments/{row.pk}/reopen/"))
        assert "Nothing waits." not in read(cast.liisa.client(), page)

    def test_one_may_begin_at_a_cell(self, cast: Cast, journey: Any) -> None:
        html = read(cast.aino.client(), at(journey, "comments/?step=4&row=backstage"))
        assert re.search(r'<option value="4" selected', html)
        assert re.search(r'<option value="backstage" selected', html)

    def test_empty_words_and_readers_are_refused(self, cast: Cast, journey: Any) -> None:
        page = at(journey, "comments/")
        empty = cast.aino.client().post(page, {"step": "3", "row": "frontstage", "text": " "})
        assert empty.status_code == 422
        sent = {"step": "3", "row": "frontstage", "text": "x"}
        assert cast.liisa.client().post(page, sent).status_code == 403
        assert not CellComment.objects.exists()
        said = comment(journey, 3, "frontstage", "x", by=cast.aino.actor)
        other = visit_of(cast.aino)
        assert cast.aino.client().post(at(other, f"comments/{said.pk}/answer/")).status_code == 404


class TestPains:
    def test_adding_deciding_and_resting_on_something(self, cast: Cast, journey: Any) -> None:
        aino = cast.aino.client()
        sent = {"text": "Eight steps", "step": "3", "touchpoint": "TP-1", "severity": "5",
                "evidence": "observed", "evidence_n": "4", "evidence_on": "2026-01-02"}  # fmt: skip
        added = aino.post(at(journey, "pains/"), sent)
        pain = PainPoint.objects.get()
        assert added["Location"] == at(journey, f"pains/{pain.number}/")
        assert (pain.severity, pain.touchpoint.code, pain.evidence_n) == (5, "TP-1", 4)
        page = at(journey, f"pains/{pain.number}/")
        unreasoned = aino.post(page, {"do": "decide", "decision": "accepted"})
        assert unreasoned.status_code == 422
        decided = aino.post(page, {"do": "decide", "decision": "accepted", "reason": "Law."})
        assert decided.status_code == 302
        aino.post(page, {"do": "learn", "statement": "They carry", "method": "observation"})
        aino.post(page, {"do": "change", "text": "Eight high steps", "evidence": "assumed"})
        html = read(cast.liisa.client(), page)
        for words in ("Eight high steps", "Law.", "They carry", "All along the way"):
            assert words in html
        assert "<form" not in html.split("<main")[1]
        aino.post(at(journey, f"pains/{pain.number}/take-out/"))
        assert "Nobody wrote down yet where it hurts." in read(aino, at(journey, "pains/"))
        read(aino, page, 404)

    def test_the_worst_stands_first(self, cast: Cast, journey: Any) -> None:
        for severity in (2, 5):
            values = {"text": f"Pain {severity}", "severity": severity}
            add_pain(journey, values=values, by=cast.aino.actor)
        html = read(cast.liisa.client(), at(journey, "pains/"))
        assert html.index("Pain 5") < html.index("Pain 2")
        assert "2 not decided" in html

    def test_two_who_change_it_at_once_see_both(self, cast: Cast, journey: Any) -> None:
        pain = add_pain(journey, values={"text": "Steps"}, by=cast.aino.actor)
        page = at(journey, f"pains/{pain.number}/")
        sent = {"do": "change", "evidence": "assumed", "initial-text": "Steps"}
        assert cast.aino.client().post(page, {**sent, "text": "Eight steps"}).status_code == 302
        late = cast.piotr.client().post(page, {**sent, "text": "High steps"})
        assert late.status_code == 422
        html = late.content.decode()
        assert "Saved meanwhile: “Eight steps”" in html
        assert "High steps</textarea>" in html
        assert 'name="initial-text" value="Eight steps"' in html
        pain.refresh_from_db()
        assert str(pain.text) == "Eight steps"

    def test_a_text_that_one_only_read_is_not_written_in_another_language(
        self, cast: Cast, journey: Any
    ) -> None:
        pain = add_pain(journey, values={"text": "Steps"}, by=cast.aino.actor)
        aino = cast.aino.client()
        aino.cookies["polku_language"] = "fi"
        page = at(journey, f"pains/{pain.number}/")
        assert 'name="initial-text" value="Steps"' in read(aino, page)
        sent = {"do": "change", "evidence": "assumed", "initial-text": "Steps"}
        assert aino.post(page, {**sent, "text": "Steps", "severity": "4"}).status_code == 302
        pain.refresh_from_db()
        assert (pain.severity, pain.text.texts) == (4, {"en": "Steps"})

    def test_a_pain_needs_words(self, cast: Cast, journey: Any) -> None:
        sent = cast.aino.client().post(at(journey, "pains/"), {"text": "", "evidence": "assumed"})
        assert sent.status_code == 422
        refused = cast.liisa.client().post(at(journey, "pains/"), {"text": "x"})
        assert refused.status_code == 403


class TestTalks:
    def test_a_talk_from_the_yes_to_the_strips(self, cast: Cast, journey: Any) -> None:
        aino = cast.aino.client()
        page = at(journey, "analysis/")
        no = aino.post(page, {"who": "mother of two", "held_on": "2026-01-02"})
        assert no.status_code == 422
        assert "Without their yes nothing is kept." in no.content.decode()
        assert not JourneyInterview.objects.exists()
        yes = aino.post(page, {"who": "mother of two", "held_on": "2026-01-02", "consent": "on"})
        assert yes["Location"] == at(journey, "analysis/talks/1/TP-1/")
        kept = aino.post(yes["Location"], {"expected": "A ramp", "felt": "<b>late</b>"})
        assert kept["Location"] == page
        point = at(journey, "analysis/points/TP-1/")
        aino.post(point, {"in_short": "Too high", "problems": "", "missing": "A bell"})
        assert TouchpointReading.objects.get().missing.text("en") == "A bell"
        for path in (point, at(journey, "analysis/strips/")):
            html = read(cast.liisa.client(), path)
            for words in ("A ramp", "&lt;b&gt;late&lt;/b&gt;", "Too high", "mother of two"):
                assert words in html, (path, words)
        assert "What did you expect?" in read(cast.liisa.client(), at(journey, "analysis/guide/"))
        assert "Too high" in read(cast.liisa.client(), f"{ROOM}/touchpoints/TP-1/")
        aino.post(at(journey, "analysis/talks/1/forget/"))
        assert not InterviewAnswer.objects.exists()
        assert "A ramp" not in read(aino, point)

    def test_two_results_at_once_show_both(self, cast: Cast, journey: Any) -> None:
        point = at(journey, "analysis/points/TP-1/")
        cast.aino.client().post(point, {"problems": "Bell", "base-problems": ""})
        late = cast.piotr.client().post(point, {"problems": "Stairs", "base-problems": ""})
        assert late.status_code == 409
        html = late.content.decode()
        assert "Bell" in html
        assert "Stairs" in html

    def test_a_talk_says_whom_they_are_like(self, cast: Cast, journey: Any) -> None:
        family = make("persona", cast.aino.actor, label="Family")
        aino, page = cast.aino.client(), at(journey, "analysis/")
        given = {"who": "mother", "held_on": "2026-01-05", "consent": "on", "persona": family.code}
        assert aino.post(page, given).status_code == 302
        assert "like: Family" in read(aino, page)
        door = at(journey, "analysis/talks/1/like/")
        assert aino.post(door, {"talk-1-persona": ""}).status_code == 302
        assert "like: Family" not in read(aino, page)
        told = read(aino, at(journey, "history/"))
        assert "said which typical customer somebody of a talk is like." in told
        assert "PER-1" not in told  # no word about who they were
        assert aino.post(door, {"talk-1-persona": "PER-99"}).status_code == 404
        assert cast.liisa.client().post(door, {"talk-1-persona": ""}).status_code == 403

    def test_what_is_not_there_is_missing(self, cast: Cast, journey: Any) -> None:
        make("touchpoint", cast.aino.actor, name="Elsewhere")
        aino = cast.aino.client()
        for page in ("analysis/points/TP-2/", "analysis/talks/1/TP-1/", "analysis/points/TP-99/"):
            read(aino, at(journey, page), 404)
        note_interview(journey, who="x", consent=True, by=cast.aino.actor)
        read(aino, at(journey, "analysis/talks/1/TP-2/"), 404)
        read(cast.liisa.client(), at(journey, "analysis/talks/1/TP-1/"), 403)


def test_people_are_chosen_on_a_page(cast: Cast, journey: Any) -> None:
    family = make("persona", cast.aino.actor, label="Family", goals="To be dry")
    page = at(journey, "people/")
    aino = cast.aino.client()
    assert "Nobody is chosen yet." in read(aino, page)
    assert aino.post(page, {"people": [family.code]}).status_code == 302
    html = read(cast.liisa.client(), page)
    assert "To be dry" in html
    assert 'type="checkbox"' not in html
    assert aino.post(page, {"people": ["PER-99"]}).status_code == 422
    assert cast.liisa.client().post(page, {"people": []}).status_code == 403
    assert len(people_of(cast.aino.actor, journey)) == 1


class TestLibrary:
    def test_each_says_in_which_journeys_and_what_it_lacks(self, cast: Cast, journey: Any) -> None:
        Touchpoint.objects.update(moment_of_truth=True)
        make("touchpoint", cast.aino.actor, name="Bell")
        html = read(cast.liisa.client(), f"{ROOM}/touchpoints/library/")
        for words in ("Decisive moments", journey.title, "Not written:", "in no journey yet"):
            assert words in html

    def test_a_decisive_moment_is_written_down(self, cast: Cast, journey: Any) -> None:
        page = f"{ROOM}/touchpoints/TP-1/decisive/"
        aino = cast.aino.client()
        sent = {"moment_of_truth": "on", "moment_why": "Who turns round stays away",
                "money": "Free entry", "time": "Ten minutes", "recovery": "Say sorry"}  # fmt: skip
        assert aino.post(page, sent).status_code == 302
        point = Touchpoint.objects.get(code="TP-1")
        assert point.moment_of_truth
        assert point.latitude == {"money": "Free entry", "time": "Ten minutes"}
        assert "Free entry" in read(aino, page)
        assert journey.title in read(aino, f"{ROOM}/touchpoints/TP-1/")
        read(cast.liisa.client(), page, 403)
        stale = aino.post(page, {**sent, "money": "Nothing", "revision": "1"})
        assert stale.status_code == 422
        assert Touchpoint.objects.get(code="TP-1").latitude["money"] == "Free entry"

    @pytest.mark.usefixtures("journey")
    def test_two_who_write_a_decisive_moment_at_once_lose_nothing(self, cast: Cast) -> None:
        page = f"{ROOM}/touchpoints/TP-1/decisive/"
        began = {"moment_of_truth": "on", "revision": "1", "initial-good_turn": "",
                 "initial-recovery": "", "initial-money": ""}  # fmt: skip
        first = {**began, "good_turn": "They smile", "recovery": "Say sorry"}
        assert cast.aino.client().post(page, first).status_code == 302
        late = cast.piotr.client().post(page, {**began, "recovery": "Call back"})
        assert late.status_code == 422
        html = late.content.decode()
        assert "Saved meanwhile: “Say sorry”" in html
        assert "Saved meanwhile: “They smile”" not in html
        assert "Call back" in html
        sent = {**began, "recovery": "Call back", "initial-recovery": "Say sorry"}
        sent["revision"] = str(Touchpoint.objects.get(code="TP-1").revision)
        assert cast.piotr.client().post(page, sent).status_code == 302
        point = Touchpoint.objects.get(code="TP-1")
        assert (str(point.good_turn), str(point.recovery)) == ("They smile", "Call back")
