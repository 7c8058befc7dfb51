"""The pages of a journey: who reads them, what they show, what is hidden, what is kept."""

import datetime as dt
from typing import Any

import pytest

from polku.journeys.documents import CellDoc, JourneyDoc, PainDoc, StageDoc, StepDoc, TouchpointDoc
from polku.journeys.models import Journey, PainPoint, Touchpoint
from polku.journeys.operations import agree, fill, make_counterpart, write_text
from polku.journeys.operations.interviews import note_interview, write_answers
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.journeys.queries import visible_journeys
from polku.kernel.links import tie
from polku.people.operations import add_evidence
from polku.tenancy.translated import Translated
from tests.cast import Cast, gather, make


def text(words: str, **more: str) -> Translated:
    return Translated.from_mapping({"en": words, **more}, "en")


def cell(row: str, words: str, **more: Any) -> CellDoc:
    return CellDoc(row, text(words), **more)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def journey(cast: Cast) -> Journey:
    """Two stages, three steps: one decisive-looking, one optional, one another way."""
    by = cast.aino.actor
    found: Journey = make("journey", by, name={"en": "I visit", "fi": "Käyn"}, audience="customers")
    books = StepDoc(
        text("buys on the phone", fi="ostaa puhelimella"), text("Books"), number=1,
        emotion_assumed=-1, emotion_target=1, expected_wait="PT2M", sphere="joint",
        touchpoints=(TouchpointDoc(text("Web shop")),),
        pains=(PainDoc(text("stops at paying"), severity=4, evidence="measured", evidence_n=84),),
        cells={
            "customer_backstage": (cell("customer_backstage", "argues about the day"),),
            "frontstage": (cell("frontstage", "takes the money", evidence="observed",
                                evidence_n=2, evidence_on=dt.date(2026, 4, 9)),),
            "backstage": (cell("backstage", "changes prices by hand"),),
            "supplier": (cell("supplier", "the bank"),),
        },
    )  # fmt: skip
    arrives = StepDoc(text("walks from the tram"), text("Arrives"), number=2, optional=True)
    wheels = StepDoc(text("comes by car"), text("Parks"), number=3, branch_of=1,
                     branch_when=text("with wheels"))  # fmt: skip
    stages = (StageDoc(text("Before"), steps=(books,)),
              StageDoc(text("There"), steps=(arrives, wheels)))  # fmt: skip
    fill(found, JourneyDoc(stages=stages), by=by)
    return Journey.objects.get(pk=found.pk)


def url(journey: Journey, page: str = "") -> str:
    return f"/w/museum/journeys/{journey.code}/{page}"


def read(cast: Cast, address: str, who: str = "aino") -> str:
    answer = getattr(cast, who).client().get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_map_shows_stages_steps_lanes_and_lines(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey))
    for words in ("Before", "1 Books", "3 Parks", "takes the money", "observed, n 2", "2 min",
                  "Web shop", "not everybody", "another way after 1: with wheels", "4 of 5",
                  "measured, n 84", "Customer’s line", "Our line", "shall be +1"):  # fmt: skip
        assert words in page, words
    assert '<th scope="row">' in page
    assert 'scope="colgroup" colspan="2"' in page
    assert "journey-curve" in page
    assert 'style="' not in page.replace('<svg style="', "")
    assert "supplier" not in page.split("<table")[1]


def test_top_moments_lead_to_their_step(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey))
    assert f'href="{url(journey, "list/")}?step=1"' in page
    assert "stops at paying" in page.split("top-three")[1].split("</ol>")[0]


def test_lanes_are_chosen_folded_enlarged_and_kept(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey) + "?lanes=frontstage,supplier&zoom=120")
    table = page.split("<table")[1]
    assert "map-120" in page
    assert "the bank" in table
    assert "buys on the phone" not in table
    stage = journey.stages.get(name__en="There")
    folded = read(cast, url(journey) + f"?fold={stage.pk}").split("<table")[1]
    assert "Unfold There" in folded
    assert "2 Arrives" not in folded
    client = cast.aino.client()
    kept = {"name": "Ours", "query": "lanes=frontstage&zoom=120"}
    answer = client.post(url(journey, "looks/"), kept)
    assert answer.url == url(journey) + "?lanes=frontstage&zoom=120"
    assert "Ours" in read(cast, url(journey))
    assert "Ours" not in read(cast, url(journey), "piotr")
    refused = client.post(url(journey, "looks/"), {"name": " ", "query": ""})
    assert refused.status_code == 422
    assert "Give the list a name" in refused.content.decode()


def test_unreadable_questions_count_as_not_asked(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey) + "?lanes=nothing&zoom=9999&fold=x,&persona=PER-9&as=king")
    assert "1 Books" in page
    assert cast.aino.client().get(url(journey) + "?version=77").status_code == 404
    assert cast.aino.client().get(url(journey, "list/") + "?step=99").status_code == 404


def test_a_customer_sees_their_side_of_the_line(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey, "blueprint/"), "tuomas")
    table = page.split("<table")[1]
    assert "takes the money" in table
    assert "changes prices by hand" not in page
    assert "the bank" not in page
    assert "keeps this to itself" in table
    assert "Edit" not in page.split("<main")[1]
    for page_name in ("edit/", "about/", "poll/"):
        assert cast.tuomas.client().get(url(journey, page_name)).status_code == 403


def test_the_team_looks_through_a_customers_eyes(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey, "blueprint/") + "?as=customer")
    assert "Shown as: a customer" in page
    assert "changes prices by hand" not in page
    assert "hidden from them" in page
    assert "changes prices by hand" in read(cast, url(journey, "blueprint/"))
    partner = read(cast, url(journey, "blueprint/") + "?as=partner")
    assert "changes prices by hand" in partner
    assert "the bank" not in partner


def test_the_list_tells_one_step_whole(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey, "list/") + "?step=1")
    for words in ("Stage 1 of 2", "Step 1 of 3", "takes the money", "observed, n 2",
                  "assumed", "2 Arrives ›", "Whose ground", "Change the step"):  # fmt: skip
        assert words in page, words
    assert "Change" not in read(cast, url(journey, "list/"), "liisa").split("journey-step")[1]


def test_a_reader_meets_another_language_with_its_name(cast: Cast, journey: Journey) -> None:
    cast.aino.user.lang = "fi"
    cast.aino.user.save()
    page = read(cast, url(journey))
    assert "ostaa puhelimella" in page
    assert '<span lang="en">walks from the tram</span>' in page


def test_an_agreed_version_stays_as_it_was(cast: Cast, journey: Journey) -> None:
    by = cast.aino.actor
    agree(journey, by=by)
    step = journey.steps.get(number=visible_number(journey, "Books"))
    write_text(Journey.objects.get(pk=journey.pk), step.pk, "frontstage", "takes coins", by=by)
    assert "takes coins" in read(cast, url(journey))
    old = read(cast, url(journey) + "?version=1")
    assert "takes the money" in old
    assert "as it was agreed" in old
    assert "version 2" in old


def visible_number(journey: Journey, name: str) -> int:
    return int(journey.steps.get(name__en=name).number)


def test_what_is_and_what_shall_be_lead_to_each_other(cast: Cast, journey: Journey) -> None:
    client = cast.aino.client()
    answer = client.post(url(journey, "counterpart/"))
    other = visible_journeys(cast.aino.actor).get(code=answer.url.split("/")[-2])
    assert other.pair_id == journey.pk
    assert "The same as it shall be" in read(cast, url(journey))
    assert "The same as it is" in read(cast, url(other))
    assert client.post(url(journey, "counterpart/")).status_code == 409
    with pytest.raises(Exception, match="counterpart"):
        make_counterpart(journey, by=cast.aino.actor)


def test_still_true_says_when_it_was_looked_at(cast: Cast, journey: Journey) -> None:
    assert "nobody looked at it again" in read(cast, url(journey))
    cast.aino.client().post(url(journey, "still-true/"))
    page = read(cast, url(journey))
    assert "fresh" in page
    assert "looked at" in page
    assert cast.liisa.client().post(url(journey, "still-true/")).status_code == 403


def test_a_chosen_persona_is_kept_before_the_eyes(cast: Cast, journey: Journey) -> None:
    by = cast.aino.actor
    family = make("persona", by, label={"en": "Family"}, needs={"en": "a lift"})
    tie("L06", journey, family, by=by)
    page = read(cast, url(journey) + f"?persona={family.code}")
    assert "a lift" in page
    assert 'aria-current="true">Family' in page
    assert "a lift" not in read(cast, url(journey))


def test_what_is_theirs_is_marked_in_every_way_to_look(cast: Cast, journey: Journey) -> None:
    by = cast.aino.actor
    family = make("persona", by, label={"en": "Family"})
    tie("L06", journey, family, by=by)
    seen_as = f"?persona={family.code}"
    page = read(cast, url(journey) + seen_as)
    assert "Nothing here is known to differ for them." in page
    pain = PainPoint.objects.get(journey=journey)
    tie("L34", family, add_evidence(pain, {"statement": "they stop"}, by=by), by=by)
    talk = note_interview(journey, who="mother", persona=family, consent=True, by=by)
    write_answers(talk, Touchpoint.objects.get(), {"felt": "late"}, by=by)
    for place in ("", "blueprint/", "list/", "?paper=a4"):
        start = url(journey, place)
        page = read(cast, start + seen_as.replace("?", "&" if "?" in place else "?"))
        assert "What here is known to be theirs" in page, place
        assert '&amp;step=1">1 Books</a>' in page.split("theirs-here")[1], place
        assert "We talked with 1 like them." in page
        assert page.count("1 like them told of it") == 1
        assert page.count("</svg> theirs</span>") == (0 if place == "blueprint/" else 1)
    assert "theirs" not in read(cast, url(journey))
    # What we learnt and heard is ours: not before those who look as the other side does
    for page in (read(cast, url(journey) + seen_as, "tuomas"),
                 read(cast, f"{url(journey, 'blueprint/')}{seen_as}&as=customer")):  # fmt: skip
        assert "like them told of it" not in page
        assert "known to" not in page


def test_paper_splits_by_stages(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey) + "?paper=a4")
    assert page.count("<table") == 1
    assert "paper-a4" in page


def test_comments_that_wait_stand_in_their_cell(cast: Cast, journey: Journey) -> None:
    from polku.journeys.operations.comments import comment

    step = visible_number(journey, "Books")
    comment(journey, step, "frontstage", "Who opens it?", by=cast.aino.actor)
    page = read(cast, url(journey))
    assert "asked-cell" in page
    assert "1 not answered" in page
    assert "1 comment waits" in page
    share_journey(journey, Wanted(["frontstage"]), by=cast.aino.actor)


def test_the_page_asks_few_questions_and_weighs_little(
    cast: Cast, journey: Journey, django_assert_max_num_queries: Any
) -> None:
    client = cast.aino.client()
    client.get(url(journey))
    # Eight for the journey and all it says, of any size; who asks, with the news of them (3); the
    # services, for whom it is, what waits for an answer, the looks that were kept
    with django_assert_max_num_queries(8 + 3 + 4):
        answer = client.get(url(journey))
    assert len(answer.content) < 60_000


def test_the_rooms_name_journeys(cast: Cast, journey: Journey) -> None:
    page = read(cast, url(journey))
    assert 'href="/w/museum/journeys/" aria-current="page">Journeys' in page
    assert journey.code in read(cast, "/w/museum/journeys/")


def test_an_empty_journey_says_what_to_do_first(cast: Cast) -> None:
    empty = make("journey", cast.aino.actor, name={"en": "Nothing yet"})
    for page in ("", "list/", "blueprint/"):
        assert "Nothing is drawn yet" in read(cast, url(empty, page))
    assert "The first stage" in read(cast, url(empty, "edit/"))
