"""The editor of a journey: what its cells and buttons send, what comes back, what is refused."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from polku.journeys.documents import JourneyDoc, StepDoc, read_document
from polku.journeys.models import Journey, JourneyPlace
from polku.journeys.operations import add_stage, add_step, meet_at, write_text
from polku.journeys.operations.meeting_names import meet_by_names
from polku.journeys.polling import TRUST
from tests.cast import Cast, gather, make

JSON = {"Accept": "application/json"}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def journey(cast: Cast) -> Journey:
    """Two stages: Books alone, then Arrives and Enters."""
    by = cast.aino.actor
    found: Journey = make("journey", by, name={"en": "I visit"})
    before = add_stage(found, values={"name": "Before"}, by=by)
    there = add_stage(found, values={"name": "There"}, by=by)
    step = add_step(found, before.pk, values={"name": "Books"}, by=by)
    add_step(found, there.pk, values={"name": "Arrives"}, by=by)
    add_step(found, there.pk, values={"name": "Enters"}, by=by)
    write_text(found, step.pk, "frontstage", "takes the money", by=by)
    return found


@pytest.fixture
def aino(cast: Cast) -> Client:
    return cast.aino.client()


def url(journey: Journey, page: str = "edit/") -> str:
    return f"/w/museum/journeys/{journey.code}/{page}"


def doc(cast: Cast, journey: Journey) -> JourneyDoc:
    return read_document(cast.aino.actor, Journey.objects.get(pk=journey.pk))


def step(cast: Cast, journey: Journey, name: str) -> StepDoc:
    return next(one for one in doc(cast, journey).steps if str(one.name) == name)


def send(client: Client, journey: Journey, door: str, **fields: Any) -> Any:
    seen = Journey.objects.get(pk=journey.pk).edits
    answer = client.post(url(journey, f"edit/{door}/"), {"seen": seen, **fields}, headers=JSON)
    return answer, answer.json()


def order(cast: Cast, journey: Journey) -> list[list[str]]:
    return [[str(one.name) for one in stage.steps] for stage in doc(cast, journey).stages]


def test_the_page_is_a_table_of_links_that_a_script_makes_a_grid(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    page = aino.get(url(journey)).content.decode()
    books = step(cast, journey, "Books")
    assert f'<td id="frontstage-{books.id}"><a href="{books.id}/frontstage/">takes' in page
    assert f'id="name-{books.id}" draggable="true"' in page
    assert 'role="grid"' not in page
    assert "Undo: “takes the money” at Books" in page
    assert cast.liisa.client().get(url(journey)).status_code == 403
    assert cast.mallory.client().get(url(journey)).status_code == 404


def test_a_text_is_written_and_only_its_cell_comes_back(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    at = f"frontstage-{step(cast, journey, 'Books').id}"
    fields = {"at": at, "text": "takes <coins>", "base": "takes the money", "lang": "en"}
    answer, news = send(aino, journey, "write", **fields)
    assert answer.status_code == 200
    assert [one[0] for one in news["cells"]] == [at]
    assert "takes &lt;coins&gt;" in news["cells"][0][1]
    assert "table" not in news
    assert "Undo: “takes &lt;coins&gt;”" in news["parts"]["journey-turns"]
    assert "Saved" in news["parts"]["journey-saved"]
    assert news["edits"] == Journey.objects.get(pk=journey.pk).edits


def test_two_texts_are_both_shown_to_the_second(cast: Cast, journey: Journey, aino: Client) -> None:
    books = step(cast, journey, "Books")
    write_text(journey, books.id, "frontstage", "takes cards", by=cast.piotr.actor)
    fields = {"at": f"frontstage-{books.id}", "text": "takes coins", "base": "takes the money"}
    answer, news = send(aino, journey, "write", **fields, lang="en")
    assert answer.status_code == 409
    both = news["parts"]["journey-both"]
    for words in ("Piotr Zieliński", "cards", "coins", "takes the money", "Keep mine",
                  "Take Piotr Zieliński’s", "Or write one from both"):  # fmt: skip
        assert words in both, words
    assert news["focus"] == "both-head"
    page = aino.post(url(journey, "edit/write/"), {**fields, "lang": "en"})
    assert page.status_code == 409
    assert "Not saved yet" in page.content.decode()
    # Keeping mine says that theirs was seen
    kept, _news = send(aino, journey, "write", **{**fields, "base": "takes cards"}, lang="en")
    assert kept.status_code == 200


def test_meeting_points_of_two_writers_are_both_kept(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    books = step(cast, journey, "Books")
    shop = make("touchpoint", cast.aino.actor, name={"en": "Web shop"})
    meet_at(journey, books.id, [shop], by=cast.aino.actor)
    meet_by_names(journey, books.id, ["Web shop", "Phone"], by=cast.piotr.actor, base=["Web shop"])
    fields = {"at": f"touchpoint-{books.id}", "text": "web  SHOP\nLetter", "base": "Web shop"}
    answer, _news = send(aino, journey, "write", **fields)
    assert answer.status_code == 200
    found = step(cast, journey, "Books").touchpoints
    assert [str(one.name) for one in found] == ["Web shop", "Phone", "Letter"]
    assert [one.primary for one in found] == [True, False, False]
    assert found[0].id == shop.pk
    gone = {"at": f"touchpoint-{books.id}", "text": "Letter", "base": "Web shop\nPhone\nLetter"}
    send(aino, journey, "write", **gone)
    assert [(str(p.name), p.primary) for p in step(cast, journey, "Books").touchpoints] == [
        ("Letter", True)
    ]


def test_what_does_not_fit_is_told_and_kept(cast: Cast, journey: Journey, aino: Client) -> None:
    at = f"wait-{step(cast, journey, 'Books').id}"
    answer, news = send(aino, journey, "write", at=at, text="soonish", base="")
    assert answer.status_code == 422
    assert "soonish" in news["parts"]["journey-both"]
    assert "is not a length of time" in news["parts"]["journey-both"]
    answer, _news = send(aino, journey, "write", at=at, text="5 min", base="")
    assert answer.status_code == 200
    assert step(cast, journey, "Books").expected_wait == "PT5M"
    for wrong in ("nothing-1", f"pains-{at[5:]}", "x"):
        answer = aino.post(url(journey, "edit/write/"), {"at": wrong, "text": "a"}, headers=JSON)
        assert answer.status_code in {404, 422}
    refused = cast.liisa.client().post(url(journey, "edit/write/"), {"at": at, "text": "1 h"})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("name", "verb", "expected"),
    [
        ("Enters", "left", [["Books"], ["Enters", "Arrives"]]),
        ("Arrives", "left", [["Books", "Arrives"], ["Enters"]]),
        ("Books", "right", [[], ["Books", "Arrives", "Enters"]]),
        ("Enters", "right", [["Books"], ["Arrives", "Enters"]]),
        ("Arrives", "remove", [["Books"], ["Enters"]]),
        ("Arrives", "copy", [["Books"], ["Arrives", "Arrives", "Enters"]]),
        ("Books", "add", [["Books", ""], ["Arrives", "Enters"]]),
    ],
)
def test_steps_are_moved_added_copied_and_taken_out(
    cast: Cast, journey: Journey, aino: Client, name: str, verb: str, expected: list[list[str]]
) -> None:
    at = f"frontstage-{step(cast, journey, name).id}"
    answer, _news = send(aino, journey, "act", at=at, verb=verb)
    assert answer.status_code == 200
    assert order(cast, journey) == expected
    if (name, verb) != ("Enters", "right"):
        send(aino, journey, "act", verb="undo")
        assert order(cast, journey) == [["Books"], ["Arrives", "Enters"]]
        send(aino, journey, "act", verb="redo")
        assert order(cast, journey) == expected


@pytest.mark.parametrize(
    ("other", "verb", "expected"),
    [
        ("name-Books", "before", [["Enters", "Books"], ["Arrives"]]),
        ("wait-Books", "after", [["Books", "Enters"], ["Arrives"]]),
        ("name-Arrives", "before", [["Books"], ["Enters", "Arrives"]]),
        ("name-Enters", "after", [["Books"], ["Arrives", "Enters"]]),
        ("stage-Before", "stage", [["Books", "Enters"], ["Arrives"]]),
    ],
)
def test_a_pulled_step_lands_where_it_was_let_go(
    cast: Cast, journey: Journey, aino: Client, other: str, verb: str, expected: list[list[str]]
) -> None:
    row, name = other.split("-")
    stages = {str(stage.name): stage.id for stage in doc(cast, journey).stages}
    by = stages[name] if row == "stage" else step(cast, journey, name).id
    pulled = f"name-{step(cast, journey, 'Enters').id}"
    send(aino, journey, "act", at=pulled, verb=verb, by=f"{row}-{by}")
    assert order(cast, journey) == expected


def test_stages_are_added_moved_named_and_taken_out(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    before = doc(cast, journey).stages[0]
    _answer, news = send(aino, journey, "act", verb="add_stage", at=f"stage-{before.id}", name="On")
    assert news["go"].startswith("stage-")
    assert "<table" in news["table"]
    assert [str(one.name) for one in doc(cast, journey).stages] == ["Before", "On", "There"]
    send(aino, journey, "write", at=news["go"], text="On the way", base="On", lang="en")
    send(aino, journey, "act", at=news["go"], verb="left")
    names = [str(one.name) for one in doc(cast, journey).stages]
    assert names == ["On the way", "Before", "There"]
    send(aino, journey, "act", at=news["go"].replace("stage", "none"), verb="add")
    assert len(doc(cast, journey).stages[0].steps) == 1
    send(aino, journey, "act", at=news["go"], verb="remove")
    assert [str(one.name) for one in doc(cast, journey).stages] == ["Before", "There"]
    plain = aino.post(url(journey, "edit/act/"), {"verb": "add_stage", "name": "After"})
    assert plain.status_code == 302
    assert len(doc(cast, journey).stages) == 3


def test_a_table_is_pasted_from_a_cell_on(cast: Cast, journey: Journey, aino: Client) -> None:
    at = f"customer_action-{step(cast, journey, 'Books').id}"
    text = 'buys\twalks\t\tsings\r\nhopes\t"two\r\nlines"'
    answer, news = send(
        aino, journey, "paste", at=at, text=text, lanes="customer_action,wait,expectation"
    )
    assert answer.status_code == 200, news
    found = doc(cast, journey).steps
    assert [str(one.customer_action) for one in found] == ["buys", "walks", "", "sings"]
    assert [str(one.expectation) for one in found] == ["hopes", "two\nlines", "", ""]
    by_form = {"step": found[2].id, "row": "name", "text": "Comes in"}
    assert aino.post(url(journey, "edit/paste/"), by_form).status_code == 302
    assert str(doc(cast, journey).steps[2].name) == "Comes in"
    assert "Copy a block of cells" in aino.get(url(journey, "edit/paste/")).content.decode()


def test_nothing_is_pasted_unseen_into_a_folded_stage(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    at = f"customer_action-{step(cast, journey, 'Books').id}"
    door = f"edit/paste/?fold={doc(cast, journey).stages[1].id}"
    answer = aino.post(url(journey, door), {"at": at, "text": "buys\tsings"}, headers=JSON)
    assert "2 steps, folded. Unfold There" in answer.json()["table"]
    found = doc(cast, journey).steps
    assert [str(one.customer_action) for one in found] == ["buys", "sings", "", ""]
    assert order(cast, journey) == [["Books", ""], ["Arrives", "Enters"]]


def test_an_undo_that_would_overwrite_another_shows_both(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    books = step(cast, journey, "Books")
    write_text(journey, books.id, "frontstage", "takes coins", by=cast.aino.actor)
    write_text(journey, books.id, "frontstage", "takes cards", by=cast.piotr.actor)
    answer, news = send(aino, journey, "act", verb="undo")
    assert answer.status_code == 409
    assert "cards" in news["parts"]["journey-both"]
    assert "Somebody changed this meanwhile" in news["parts"]["journey-both"]
    nothing, _news = send(cast.heikki.client(), journey, "act", verb="undo")
    assert nothing.status_code == 403


def test_a_poll_tells_what_others_did_and_where_they_are(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    page = aino.get(url(journey)).content.decode()
    address = page.split('data-poll="')[1].split('"')[0].replace("&amp;", "&")
    seen = Journey.objects.get(pk=journey.pk).edits
    poll = f"{address}&seen={seen}"
    first = aino.get(poll)
    assert first.status_code == 200
    assert first.json()["cells"] == []
    known = {"If-None-Match": first["ETag"]}
    assert aino.get(poll, headers=known).status_code == 304
    books = step(cast, journey, "Books")
    piotr = cast.piotr.client()
    piotr.get(f"{url(journey, 'poll/')}?seen={seen}&at=backstage-{books.id}")
    news = aino.get(poll, headers=known).json()
    assert news["people"][0][0] == f"backstage-{books.id}"
    assert "Piotr Zieliński is here" in news["people"][0][1]
    assert "Piotr Zieliński" in news["parts"]["journey-people"]
    write_text(journey, books.id, "backstage", "counts coins", by=cast.piotr.actor)
    cells = aino.get(poll, headers=known).json()["cells"]
    assert cells == [[f"backstage-{books.id}", cells[0][1]]]
    assert "counts coins" in cells[0][1]


def test_the_quick_answer_is_given_to_its_own_session_alone(
    cast: Cast, journey: Journey, aino: Client, django_assert_num_queries: Any
) -> None:
    page = aino.get(url(journey)).content.decode()
    address = page.split('data-poll="')[1].split('"')[0].replace("&amp;", "&")
    tag = {"If-None-Match": aino.get(f"{address}&at=name-7")["ETag"]}
    with django_assert_num_queries(1):
        assert aino.get(f"{address}&at=name-7", headers=tag).status_code == 304
    stranger = cast.mallory.client()
    assert stranger.get(f"{address}&at=name-7", headers=tag).status_code == 404
    assert Client().get(f"{address}&at=name-7", headers=tag).status_code == 302
    for wrong in ("ticket=nonsense", "ticket="):
        assert stranger.get(f"{url(journey, 'poll/')}?{wrong}", headers=tag).status_code == 404
    # Whoever was not looked at whole for ten seconds is looked at again
    JourneyPlace.objects.update(seen_at=timezone.now() - TRUST)
    assert len(JourneyPlace.objects.all()) == 1
    cast.aino.membership.state = "ended"  # type: ignore[union-attr]
    cast.aino.membership.save()  # type: ignore[union-attr]
    assert aino.get(f"{address}&at=name-7", headers=tag).status_code == 404


def test_a_cell_has_a_page_with_each_language_and_its_evidence(
    cast: Cast, journey: Journey, aino: Client
) -> None:
    books = step(cast, journey, "Books")
    address = url(journey, f"edit/{books.id}/frontstage/")
    page = aino.get(address).content.decode()
    for words in ("We do, at 1 Books", "Suomi", "On what it rests", "One more text here"):
        assert words in page, words
    part = aino.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    cell = books.cells["frontstage"][0]
    form = {
        "form": f"cell:{cell.id}", "text-en": "takes the money", "was-text-en": "takes the money",
        "text-fi": "ottaa rahat", "was-text-fi": "", "evidence": "observed", "evidence_n": "2",
        "evidence_on": "2026-04-09", "duration": "2 min",
    }  # fmt: skip
    assert aino.post(address, form).status_code == 302
    now = step(cast, journey, "Books").cells["frontstage"][0]
    assert now.text.texts == {"en": "takes the money", "fi": "ottaa rahat"}
    assert (now.evidence, now.evidence_n, now.duration) == ("observed", 2, "PT2M")
    wrong = aino.post(address, form | {"evidence_n": "many"})
    assert wrong.status_code == 422
    assert "many" in wrong.content.decode()
    write_text(journey, books.id, "frontstage", "takes cards", by=cast.piotr.actor)
    clash = aino.post(address, form | {"text-en": "takes coins"})
    assert clash.status_code == 409
    assert "takes cards" in clash.content.decode()
    assert "takes coins" in clash.content.decode()
    out = aino.post(address, {"form": f"cell:{cell.id}", "verb": "remove"})
    assert out.status_code == 302
    assert not step(cast, journey, "Books").cells.get("frontstage")
    assert aino.get(url(journey, f"edit/{books.id}/nothing/")).status_code == 404
    assert aino.get(url(journey, "edit/987654/frontstage/")).status_code == 404


def test_other_rows_have_forms_of_their_own(cast: Cast, journey: Journey, aino: Client) -> None:
    books = step(cast, journey, "Books")
    phone = make("touchpoint", cast.aino.actor, name={"en": "Phone"})

    def post(row: str, **fields: Any) -> None:
        answer = aino.post(url(journey, f"edit/{books.id}/{row}/"), fields)
        assert answer.status_code == 302, answer.content.decode()[-2000:]

    post("experience", form="feelings", emotion_assumed="-1", emotion_target="2")
    post("wait", form="wait", expected_wait="1 h 30 min")
    post("touchpoint", form="points", points=[phone.code], new="Letter")
    post("expectation", form="step", **{"expectation-en": "an answer", "was-expectation-en": ""})
    post("pains", form="pain:new", severity="4", **{"text-en": "stairs", "was-text-en": ""})
    now = step(cast, journey, "Books")
    assert (now.emotion_assumed, now.emotion_target, now.expected_wait) == (-1, 2, "PT1H30M")
    assert [str(one.name) for one in now.touchpoints] == ["Phone", "Letter"]
    assert (str(now.expectation), str(now.pains[0].text)) == ("an answer", "stairs")
    page = aino.get(url(journey, f"edit/{books.id}/pains/")).content.decode()
    assert page.count('id="field-pain-new-text-en"') == 1
    post("pains", form=f"pain:{now.pains[0].id}", verb="remove")
    assert step(cast, journey, "Books").pains == ()


def test_a_step_and_a_stage_have_pages(cast: Cast, journey: Journey, aino: Client) -> None:
    enters = step(cast, journey, "Enters")
    address = url(journey, f"edit/steps/{enters.id}/")
    form = {
        "form": "whole", "name-en": "Comes in", "was-name-en": "Enters", "sphere": "provider",
        "optional": "yes", "branch_of": str(step(cast, journey, "Books").number), "back": "list",
    }  # fmt: skip
    answer = aino.post(address, form)
    assert answer.url == f"{url(journey, 'list/')}?step=3"
    now = step(cast, journey, "Comes in")
    assert (now.sphere, now.optional, now.branch_of) == ("provider", True, form["branch_of"] and 3)
    assert "Move right" in aino.get(address).content.decode()
    stage = doc(cast, journey).stages[0]
    own = url(journey, f"edit/stages/{stage.id}/")
    form = {"form": "stage", "goal_of_customer-en": "to know", "was-goal_of_customer-en": ""}
    told = aino.post(own, form, headers=JSON).json()
    assert told["focus"] == f"stage-{stage.id}"
    assert str(doc(cast, journey).stages[0].goal_of_customer) == "to know"
    read = cast.liisa.client().get(address)
    assert read.status_code == 200
    assert "Save" not in read.content.decode().split("<main")[1]
    assert cast.liisa.client().post(address, form).status_code == 403
