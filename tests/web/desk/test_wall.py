"""The wall: cards and threads, the same as a table and as a file, tying, and who sees what."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from polku.insight.operations import refresh
from polku.insight.wall.gathering import Asked, near, wall_of
from polku.kernel.changes import archive_object, create_object
from polku.kernel.links import tie
from polku.kernel.models import Link
from polku.kernel.registry import entity
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated
from tests.cast import Cast, gather, make
from tests.copies import Copied

pytestmark = pytest.mark.django_db
URL = "/w/museum/services/wall/"


def house() -> Cast:
    found = gather()
    found.museum.features |= {"components": True, "strategy": True, "requirements": True}
    found.museum.save()
    return found


@Copied
def hung() -> tuple[Cast, dict[str, Any]]:
    """The cast, and what hangs on the wall."""
    cast = house()
    by = cast.aino.actor
    found = {
        "visit": make("service_product", by, name="School visit", managed_state="live",
                      audience="public"),
        "goal": make("strategy_goal", by, statement="Every child comes twice"),
        "wish": make("requirement", by, statement="A dry place for lunch"),
        "classes": make("segment", by, name="School classes"),
        "loft": make("component", by, name="Net loft"),
        "cinema": make("service_product", by, name="Harbour cinema"),
    }  # fmt: skip
    found["offer"] = make("offering", by, title="Ninety minutes", product=found["visit"].code,
                          state="published", audience="public")  # fmt: skip
    tie("L01", found["visit"], found["goal"], by=by)
    tie("L02", found["wish"], found["visit"], by=by)
    tie("L06", found["visit"], found["classes"], by=by, confidence="guess")
    needs = {"from": found["visit"], "to": found["loft"], "kind": "requires"}
    create_object(entity("dependency"), needs, by=by)
    return cast, found


@pytest.fixture
def both(request: pytest.FixtureRequest) -> tuple[Cast, dict[str, Any]]:
    """Nothing hangs where a test does not ask for the yarn."""
    return hung() if "yarn" in request.fixturenames else (house(), {})


@pytest.fixture
def cast(both: tuple[Cast, dict[str, Any]]) -> Cast:
    return both[0]


@pytest.fixture
def yarn(both: tuple[Cast, dict[str, Any]]) -> dict[str, Any]:
    """A wish asks for a visit, which serves a goal, is offered, needs a loft and may be for
    classes."""
    return both[1]


def text_of(client: Any, url: str = URL, status: int = 200, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def picture(html: str) -> str:
    return html.split('class="wall-picture"')[1].split("</svg>")[0]


def cards(html: str) -> set[str]:
    """The codes of the cards in the picture."""
    return set(re.findall(r'data-card="([^"]+)"', html))


def test_the_whole_workspace_hangs_on_the_wall(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.aino.client())
    assert reverse("wall", kwargs={"workspace": "museum"}) == URL
    assert {thing.code for thing in yarn.values()} <= cards(html)
    drawn = picture(html)
    visit, goal = yarn["visit"].code, yarn["goal"].code
    assert f'data-ends="{visit} {goal}"' in drawn
    assert "School visit serves the goal Every child comes twice – confirmed" in drawn
    assert f'href="/w/museum/services/{visit}/"' in drawn
    assert f"School visit · {visit} · Service · live" in drawn


def test_needs_and_references_are_threads_too(cast: Cast, yarn: dict[str, Any]) -> None:
    drawn = picture(text_of(cast.aino.client()))
    assert "School visit needs Net loft" in drawn
    assert "School visit is offered as Ninety minutes" in drawn


def test_a_guess_is_dashed_and_a_doubt_is_frayed(cast: Cast, yarn: dict[str, Any]) -> None:
    link = Link.objects.get(kind="L01", from_id=yarn["visit"].pk)
    Link.objects.filter(pk=link.pk).update(
        suspect_since=dt.datetime(2026, 5, 6, tzinfo=dt.UTC), suspect_ends=["to"]
    )
    html = text_of(cast.aino.client())
    drawn = picture(html)
    assert drawn.count("wall-thread wall-guess") == 1
    suspect = drawn.split("wall-suspect")[1].split("</g>")[0]
    assert suspect.count("yarn-fray") == 3
    assert "needs a look" in suspect
    assert "wall-suspect" not in picture(text_of(cast.aino.client(), thread=["live", "guess"]))


def test_a_missing_tie_is_an_empty_socket_with_its_sentence(
    cast: Cast, yarn: dict[str, Any]
) -> None:
    refresh(cast.museum)
    html = text_of(cast.aino.client())
    socket = picture(html).split('class="wall-socket"')
    assert len(socket) > 1
    assert "yarn-socket" in socket[1]
    table = html.split('id="twin"')[1]
    assert "missing" in table
    assert "It serves no goal that we know of." in table or "Nobody" in table
    only = text_of(cast.aino.client(), thread="missing")
    assert 'class="wall-thread ' not in only
    assert picture(only).count('class="wall-socket"') == len(cards(only)) > 0
    without = text_of(cast.aino.client(), thread="live")
    assert 'class="wall-socket"' not in without
    assert yarn["cinema"].code not in cards(without)


def test_a_neighbourhood_goes_as_far_as_asked(cast: Cast, yarn: dict[str, Any]) -> None:
    goal = yarn["goal"].code
    one = cards(text_of(cast.aino.client(), start=goal, far=1))
    assert one == {goal, yarn["visit"].code}
    two = text_of(cast.aino.client(), start=goal, far=2)
    assert {yarn["wish"].code, yarn["loft"].code} < cards(two)
    assert yarn["cinema"].code not in cards(two)
    assert "The wall around Every child comes twice" in two


def test_one_starts_from_words_or_from_a_kind(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.aino.client(), start="every child")
    assert "The wall around Every child comes twice" in html
    html = text_of(cast.aino.client(), of="strategy_goal", far=1)
    assert cards(html) == {yarn["goal"].code, yarn["visit"].code}


def test_cards_and_questions_are_chosen(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.aino.client(), card=["service_product", "strategy_goal"])
    assert cards(html) == {yarn[name].code for name in ("visit", "goal", "cinema")}
    drawn = picture(text_of(cast.aino.client(), about="where"))
    assert "needs Net loft" in drawn
    assert "serves the goal" not in drawn


def test_as_of_a_day_only_ties_of_that_day_hang(cast: Cast, yarn: dict[str, Any]) -> None:
    Link.objects.filter(kind="L01").update(valid_from=dt.date(2026, 5, 1))
    early = text_of(cast.aino.client(), as_of="2026-04-30")
    assert "serves the goal" not in picture(early)
    assert "Ties as they hold on" in early
    assert "serves the goal" in picture(text_of(cast.aino.client(), as_of="2026-05-01"))


def test_bad_input_is_said_and_something_is_shown(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.aino.client(), as_of="yesterday")
    assert "“yesterday” is not a day, so you see today." in html
    html = text_of(cast.aino.client(), start="SRV-999")
    assert "Nothing here is called “SRV-999”" in html
    assert yarn["visit"].code in cards(html)
    html = text_of(cast.aino.client(), far="a mile", page="-3", of="nothing", thread="x",
                   card="party", about="\x01")  # fmt: skip
    assert yarn["visit"].code in cards(html)


def test_several_that_fit_are_offered(cast: Cast, yarn: dict[str, Any]) -> None:
    make("service_product", cast.aino.actor, name="School garden")
    html = text_of(cast.aino.client(), start="school")
    assert "Several fit “school”. Choose one to start from." in html
    assert f'?start={yarn["visit"].code}"' in html


def test_what_was_put_away_hangs_nowhere(cast: Cast, yarn: dict[str, Any]) -> None:
    archive_object(entity("strategy_goal"), yarn["goal"], by=cast.aino.actor, reason="Reached")
    html = text_of(cast.aino.client(), start=yarn["goal"].code)
    assert "was put away" in html
    assert yarn["goal"].code not in cards(html)


def test_an_empty_workspace_says_the_first_step(cast: Cast) -> None:
    html = text_of(cast.olga.client(), "/w/norrvik/services/wall/")
    assert "Nothing hangs here yet" in html
    assert "/w/norrvik/services/new/" in html


def test_many_cards_are_counted_and_paged(cast: Cast) -> None:
    for n in range(12):
        make("service_product", cast.aino.actor, name=f"Site {n:02d}")
    actor = cast.aino.actor
    first = wall_of(actor, Asked(kinds=frozenset({"service_product"}), most=5))
    last = wall_of(actor, Asked(kinds=frozenset({"service_product"}), most=5, page=3))
    assert (len(first.cards), first.total, first.pages, first.hanging_alone) == (5, 12, 3, 12)
    assert len(last.cards) == 2
    names = [str(card.obj.name) for card in (*first.cards, *last.cards)]
    assert names == sorted(names)


def test_the_table_says_the_same_as_the_picture(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.aino.client(), rows="all")
    table = html.split('id="twin"')[1].split("</table>")[0]
    assert "<td>serves the goal</td>" in table
    assert table.count("<tr>") - 1 >= picture(html).count('class="wall-thread')
    assert "Harbour cinema" in html.split("</table>")[1]  # hangs on nothing


def test_the_file_stands_alone(cast: Cast, yarn: dict[str, Any]) -> None:
    response = cast.aino.client().get(f"{URL}drawing/", {"start": yarn["visit"].code})
    svg = response.content.decode()
    assert response["Content-Type"].startswith("image/svg+xml")
    assert "wall-museum.svg" in response["Content-Disposition"]
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<style>" in svg
    assert 'href="/w/' not in svg
    assert "var(--" not in svg
    assert "School visit" in svg


def test_pasted_controls_do_not_spoil_the_file(cast: Cast) -> None:
    visit = make("service_product", cast.aino.actor, name="Vi\x0bsit\x08")
    drawn = text_of(cast.aino.client(), f"{URL}drawing/", start=visit.code)
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "Visit" in drawn


def test_controls_in_a_stored_name_do_not_spoil_the_drawing(
    cast: Cast, yarn: dict[str, Any]
) -> None:
    visit = yarn["visit"]
    stored = Translated({"en": "School\x0b\ufffe visit"}, "en")  # as an older version took it
    ServiceProduct.objects.filter(pk=visit.pk).update(name=stored)
    Party.objects.filter(pk=cast.school.consumer_party_id).update(name="Rantakylä\x08 School")
    tie("L32", cast.school, yarn["offer"], by=cast.aino.actor)
    drawn = text_of(cast.aino.client(), f"{URL}drawing/", start=visit.code)
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "School visit" in drawn
    assert "Rantakylä School" in drawn
    assert "\x0b" not in picture(text_of(cast.aino.client(), URL, start=visit.code))


MORE = "There are more ties than fit into one picture"


def test_beyond_the_limit_it_says_so_and_nothing_hangs_on_nothing(
    cast: Cast, yarn: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_of(cast.aino.client())
    assert MORE not in whole
    assert "hangs on nothing" in whole or "hang on nothing" in whole
    monkeypatch.setattr("polku.insight.wall.edges.MOST", 2)
    html = text_of(cast.aino.client())
    assert MORE in html.split('class="lead"')[1].split("</p>")[0]
    assert not re.search("hangs? on nothing|anging on nothing", html)
    assert yarn["cinema"].code in cards(html)
    assert MORE in text_of(cast.aino.client(), f"{URL}drawing/")
    assert MORE not in text_of(cast.aino.client(), start=yarn["cinema"].code)


def test_ties_that_a_customer_never_sees_do_not_fill_their_limit(
    cast: Cast, yarn: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make("service_product", cast.aino.actor, name="Family visit", managed_state="live",
                 audience="public")  # fmt: skip
    tie("L35", yarn["visit"], other, by=cast.aino.actor)
    monkeypatch.setattr("polku.insight.wall.edges.MOST", 2)
    html = text_of(cast.tuomas.client())
    assert f'data-ends="{yarn["visit"].code} {yarn["offer"].code}"' in html
    assert f'data-ends="{yarn["visit"].code} {other.code}"' in html
    assert MORE not in html


def test_the_customers_side_sees_only_what_it_may(cast: Cast, yarn: dict[str, Any]) -> None:
    refresh(cast.museum)
    html = text_of(cast.tuomas.client())
    assert cards(html) == {yarn["visit"].code, yarn["offer"].code}
    assert "Every child" not in html
    assert "Net loft" not in html
    assert "wall-tie" not in html
    assert 'class="wall-socket"' not in html
    through = text_of(cast.tuomas.client(), start=yarn["visit"].code, far=3)
    assert cards(through) == {yarn["visit"].code, yarn["offer"].code}
    hidden = text_of(cast.tuomas.client(), start=yarn["goal"].code)
    assert f"Nothing here is called “{yarn['goal'].code}”" in hidden


def test_a_doubt_is_the_teams_own(cast: Cast, yarn: dict[str, Any]) -> None:
    visit, by = yarn["visit"], cast.aino.actor
    other = make("service_product", by, name="Family visit", managed_state="live",
                 audience="public")  # fmt: skip
    more = make("service_product", by, name="Evening visit", managed_state="live",
                audience="public")  # fmt: skip
    tie("L35", visit, other, by=by)
    tie("L35", visit, more, by=by, confidence="guess")
    doubt = {"suspect_since": dt.datetime(2026, 5, 6, tzinfo=dt.UTC), "suspect_ends": ["to"]}
    assert Link.objects.filter(kind="L35").update(**doubt) == 2
    near_url = f"/w/museum/services/{visit.code}/near/"
    for url in (URL, f"{URL}drawing/", near_url):
        assert "needs a look" in text_of(cast.aino.client(), url)
        told = text_of(cast.tuomas.client(), url)
        assert f'data-ends="{visit.code} {other.code}"' in told or url != URL
        for word in ("needs a look", "wall-suspect", 'class="yarn-fray'):
            assert word not in told.split('class="wall-picture"')[-1].split("</style>")[-1]
        assert "needs a look" not in told
        assert told.count("wall-thread wall-guess") == 1
    asked = text_of(cast.tuomas.client(), thread="suspect")
    assert asked.count('type="checkbox" name="thread" value="suspect"') == 0
    assert {visit.code, other.code} <= cards(asked)
    page = text_of(cast.tuomas.client(), f"/w/museum/services/{visit.code}/")
    assert "needs a look" not in page


def test_another_day_is_the_teams_own(cast: Cast, yarn: dict[str, Any]) -> None:
    other = make("service_product", cast.aino.actor, name="Family visit", managed_state="live",
                 audience="public")  # fmt: skip
    tie("L35", yarn["visit"], other, by=cast.aino.actor, valid_from=dt.date(2020, 1, 1))
    ends = f'data-ends="{yarn["visit"].code} {other.code}"'
    assert ends not in text_of(cast.aino.client(), as_of="2019-12-31")
    told = text_of(cast.tuomas.client(), as_of="2019-12-31")
    assert ends in told
    assert "Ties as they hold on" not in told
    assert 'name="as_of"' not in told
    assert not re.search(r'href="[^"]*as_of', told)
    assert 'name="as_of"' in text_of(cast.aino.client())
    drawn = text_of(cast.tuomas.client(), f"{URL}drawing/", as_of="2019-12-31")
    assert "Ties as they hold on" not in drawn


def test_a_customer_goes_by_the_other_sides_name(cast: Cast, yarn: dict[str, Any]) -> None:
    tie("L32", cast.school, yarn["offer"], by=cast.aino.actor)
    card = picture(text_of(cast.aino.client())).split(f'data-card="{cast.school.code}"')[1]
    shown = card.split("<text")[1].split("</text>")[0]
    assert "Rantakylä School" in re.sub(r"<[^>]+>", " ", shown).replace("  ", " ")
    assert "Harbour Museum" not in shown
    assert "Harbour Museum" in card.split("</title>")[0]


def test_a_hidden_card_is_no_bridge(cast: Cast, yarn: dict[str, Any]) -> None:
    other = make("service_product", cast.aino.actor, name="Family visit", managed_state="live",
                 audience="public")  # fmt: skip
    tie("L01", other, yarn["goal"], by=cast.aino.actor)
    wall = wall_of(cast.tuomas.actor, Asked(start=("service_product", yarn["visit"].pk), far=3))
    assert other.code not in {card.obj.code for card in wall.cards}


def test_a_stranger_finds_no_wall(cast: Cast, yarn: dict[str, Any]) -> None:
    text_of(cast.mallory.client(), status=404)
    text_of(cast.olga.client(), status=404)


def test_a_reader_may_look_and_not_tie(cast: Cast, yarn: dict[str, Any]) -> None:
    html = text_of(cast.liisa.client())
    assert yarn["goal"].code in cards(html)
    assert "wall-tie" not in html
    told = text_of(cast.liisa.client(), f"{URL}tie/", 403)
    assert "You may read here, not change." in told


def tying(cast: Cast, **query: str) -> Any:
    names = {"start": "from", "end": "to"}
    return cast.aino.client().get(f"{URL}tie/", {names[key]: code for key, code in query.items()})


def test_two_cards_with_one_way_open_its_form_with_both_ends(
    cast: Cast, yarn: dict[str, Any]
) -> None:
    response = tying(cast, start=yarn["goal"].code, end=yarn["cinema"].code)
    assert response.status_code == 302
    assert f"/goals/{yarn['goal'].code}/ties/new/?way=L01-from" in response["Location"]
    form = cast.aino.client().get(response["Location"]).content.decode()
    assert f'value="{yarn["cinema"].code}" selected' in form


def test_two_cards_with_several_ways_are_asked_which_sentence_is_true(
    cast: Cast, yarn: dict[str, Any]
) -> None:
    html = tying(cast, start=yarn["visit"].code, end=yarn["cinema"].code).content.decode()
    assert "Which sentence is true?" in html
    assert "School visit replaces Harbour cinema" in html
    assert "School visit is replaced by Harbour cinema" in html
    assert "School visit needs Harbour cinema" in html


def test_two_cards_that_nothing_ties_are_refused_with_the_reason(
    cast: Cast, yarn: dict[str, Any]
) -> None:
    response = tying(cast, start=yarn["goal"].code, end=yarn["classes"].code)
    assert response.status_code == 409
    assert "Nothing ties these two kinds of thing to each other." in response.content.decode()
    itself = tying(cast, start=yarn["goal"].code, end=yarn["goal"].code)
    assert "A thing cannot be tied to itself." in itself.content.decode()


def test_without_the_other_card_it_is_asked_for(cast: Cast, yarn: dict[str, Any]) -> None:
    html = tying(cast, start=yarn["goal"].code).content.decode()
    assert "Tie Every child comes twice to…" in html
    assert "School visit" in html
    assert "Net loft" not in html  # nothing ties a goal to a part
    wrong = tying(cast, start=yarn["goal"].code, end="nobody knows")
    assert wrong.status_code == 422
    assert "Nothing here is called “nobody knows”" in wrong.content.decode()
    assert tying(cast, start="SRV-999").status_code == 404
    assert tying(cast).status_code == 302


def test_a_member_ties_what_is_theirs(cast: Cast, yarn: dict[str, Any]) -> None:
    query = {"from": yarn["goal"].code, "to": yarn["visit"].code}
    told = cast.heikki.client().get(f"{URL}tie/", query)
    assert told.status_code == 409
    assert "You change what is yours." in told.content.decode()


def test_the_page_of_a_thing_fetches_its_small_picture(cast: Cast, yarn: dict[str, Any]) -> None:
    visit = yarn["visit"]
    page = text_of(cast.aino.client(), f"/w/museum/services/{visit.code}/")
    assert f'hx-get="/w/museum/services/{visit.code}/near/"' in page
    assert f'href="{URL}?start={visit.code}"' in page
    piece = text_of(cast.aino.client(), f"/w/museum/services/{visit.code}/near/")
    assert "School visit and what it is tied to, two steps far" in piece
    assert {"Net", "Ninety"} <= set(re.findall(r"\w+", picture(piece)))
    assert "<td>serves the goal</td>" in piece
    assert "wall-tie" not in piece
    text_of(cast.tuomas.client(), f"/w/museum/goals/{yarn['goal'].code}/near/", 404)
    alone = text_of(cast.aino.client(), f"/w/museum/services/{yarn['cinema'].code}/near/")
    assert "Nothing is tied to it yet" in alone


def test_the_small_picture_says_how_many_more_there_are(cast: Cast, yarn: dict[str, Any]) -> None:
    by = cast.aino.actor
    for n in range(30):
        tie("L02", make("requirement", by, statement=f"Wish {n}"), yarn["visit"], by=by)
    wall = near(by, yarn["visit"], "service_product", most=24)
    assert len(wall.cards) == 24
    assert wall.total - len(wall.cards) == 12
    piece = text_of(cast.aino.client(), f"/w/museum/services/{yarn['visit'].code}/near/")
    assert "and 12 more" in piece


def test_the_wall_asks_as_often_for_few_ties_as_for_many(
    cast: Cast, yarn: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    by = cast.aino.actor
    for n in range(25):
        tie("L02", make("requirement", by, statement=f"Wish {n}"), yarn["visit"], by=by)
    client = cast.aino.client()
    with django_assert_max_num_queries(60):
        client.get(URL)
    with django_assert_max_num_queries(75):
        client.get(URL, {"start": yarn["visit"].code})
