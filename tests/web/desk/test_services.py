"""What one does with a service, a wish, a goal, and with what one can get."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.links import tie
from polku.kernel.transitions import Step, move
from polku.portfolio.models import Requirement
from polku.portfolio.operations import close_to_new, set_dial
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


def today() -> dt.date:
    """The day where the museum is."""
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date()


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def service(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="School visit", managed_state="live",
                owner_party=cast.heikki.party.code)  # fmt: skip


def at(obj: object, rest: str = "", plural: str = "services") -> str:
    return f"/w/museum/{plural}/{obj.code}/{rest}"


def page(client: object, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_the_page_shows_both_chains(cast: Cast, service: object) -> None:
    by = cast.aino.actor
    goal = make("strategy_goal", by, statement="Every child comes twice")
    wish = make("requirement", by, statement="A dry place for lunch")
    group = make("segment", by, name="School classes")
    offer = make("offering", by, title="Class visit", product=service.code,
                 when="Weekdays", price_note="free")  # fmt: skip
    tie("L01", service, goal, by=by)
    tie("L02", wish, service, by=by)
    tie("L06", service, group, by=by)
    tie("L32", cast.school, offer, by=by)
    html = page(cast.aino.client(), at(service))
    make_side, use_side = html.split('id="make"')[1].split('id="use"')
    use_side = use_side.split('id="dials"')[0]
    assert "Every child comes twice" in make_side
    assert "1: 1 asked." in make_side
    for words in ("School classes", "Class visit", "Weekdays, free", "Rantakylä School"):
        assert words in use_side
    assert html.index('id="make"') < html.index('id="yarn"') < html.index('id="decisions"')


def test_the_other_side_reads_how_it_is_used_and_nothing_else(cast: Cast) -> None:
    by = cast.aino.actor
    shown = make("service_product", by, name="Open day", managed_state="live",
                 audience="customers")  # fmt: skip
    make("offering", by, title="Canary draft", product=shown.code, audience="customers")
    set_dial(shown, "cost", "over", reason="canary-reason", by=by)
    html = page(cast.tuomas.client(), at(shown))
    assert "Open day" in html
    for canary in ("Canary draft", "canary-reason", "How it is made", "Five dials", "Still true",
                   "Start ending it", "What was decided"):  # fmt: skip
        assert canary not in html


def test_still_true_notes_who_looked_and_when(cast: Cast, service: object) -> None:
    url = at(service, "review/")
    assert cast.heikki.client().get(url).status_code == 405
    html = cast.heikki.client().post(url, follow=True).content.decode()
    assert "Looked at today. Again by" in html
    service.refresh_from_db()
    assert service.last_reviewed_on == today()
    assert cast.liisa.client().post(url).status_code == 403
    assert cast.tuomas.client().post(url).status_code == 404
    assert cast.mallory.client().post(url).status_code == 404


def test_a_dial_is_set_by_hand_with_its_reason(cast: Cast, service: object) -> None:
    client, url = cast.heikki.client(), at(service, "dials/cost/")
    assert "On what do you base it?" in page(client, url)
    missing = client.post(url, {"value": "over", "reason": ""})
    assert missing.status_code == 422
    wrong = client.post(url, {"value": "sideways", "reason": "May invoices"})
    assert wrong.status_code == 422
    assert "May invoices" in wrong.content.decode()
    html = client.post(url, {"value": "over", "reason": "May invoices"}, follow=True)
    shown = html.content.decode().split('id="dials"')[1].split("</section>")[0]
    assert "over plan" in shown
    assert "May invoices – Heikki Laine" in shown
    service.refresh_from_db()
    assert service.dial_notes["cost"]["set_on"] == str(today())
    assert page(client, at(service, "dials/colour/"), 404)
    assert cast.liisa.client().get(url).status_code == 403
    assert cast.tuomas.client().get(url).status_code == 404


def test_closing_to_new_customers_asks_why_and_can_be_taken_back(
    cast: Cast, service: object
) -> None:
    client, url = cast.aino.client(), at(service, "close/")
    assert "Close to new customers" in page(client, at(service))
    assert client.post(url, {"reason": ""}).status_code == 422
    html = client.post(url, {"reason": "Full until autumn"}, follow=True).content.decode()
    assert "closed to new customers" in html
    assert "Full until autumn" in html
    assert "Open to new again" in html
    client.post(url, {"reason": "Room again"})
    service.refresh_from_db()
    assert not service.closed_to_new
    idea = make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea")
    refused = client.post(at(idea, "close/"), {"reason": "Why not"})
    assert refused.status_code == 409
    assert "Only a live service can be closed" in refused.content.decode()
    assert "Why not" in refused.content.decode()
    assert cast.liisa.client().post(url, {"reason": "x"}).status_code == 403


def test_a_wish_is_made_and_tied_in_one_go(cast: Cast, service: object) -> None:
    client, url = cast.aino.client(), at(service, "wishes/new/")
    party = make("party", cast.aino.actor, name="Niemi School")
    assert "Niemi School" in page(client, url)
    assert client.post(url, {"statement": " "}).status_code == 422
    given = {"statement": "A place for bags", "raised_by_party": party.code,
             "raised_on": "2026-03-02", "priority": "must"}  # fmt: skip
    html = client.post(url, given, follow=True).content.decode()
    assert "Written down and tied: “A place for bags”" in html
    assert "is asked for" in html
    wish = Requirement.objects.get()
    assert (wish.raised_by_party, wish.priority) == (party, "must")
    assert cast.heikki.client().get(url).status_code == 200
    assert cast.liisa.client().get(url).status_code == 403
    assert cast.olga.client().get(url).status_code == 404


def test_what_one_can_get_begins_with_its_service(cast: Cast, service: object) -> None:
    html = page(cast.aino.client(), at(service))
    link = f"/w/museum/offerings/new/?product={service.code}"
    assert link in html
    form = page(cast.aino.client(), link)
    assert "School visit" in form
    assert "selected" in form.split(f'value="{service.code}"')[1].split(">")[0]


def test_statements_of_the_page_do_not_grow_with_what_hangs_on_it(
    cast: Cast, service: object
) -> None:
    by, client = cast.aino.actor, cast.aino.client()

    def grow(n: int) -> None:
        for number in range(n):
            tie("L02", make("requirement", by, statement=f"Wish {number}"), service, by=by)
            offer = make("offering", by, title=f"Offer {number}", product=service.code)
            tie("L06", offer, make("segment", by, name=f"Group {number}"), by=by)
            tie("L06", service, make("segment", by, name=f"Class {number}"), by=by)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, at(service))
        return len(found)

    grow(4)
    asked()  # what is looked up once a process stays out of the count
    first = asked()
    grow(6)
    assert asked() == first


def test_the_giver_reads_in_their_language_and_is_noted_as_told(cast: Cast) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    party = make("party", by, name="Niemi School", languages=["fi", "sv"])
    wish = make("requirement", by, statement={"en": "A dry place", "fi": "Kuiva paikka"},
                raised_by_party=party.code)  # fmt: skip
    html = page(client, at(wish, plural="requirements"))
    assert 'lang="fi"' in html.split('id="told"')[1]
    assert "Kuiva paikka" in html
    assert "Not told yet" in html
    tell = at(wish, "tell/", "requirements")
    assert "Polku does not send anything." in page(client, tell)
    html = client.post(tell, {"words": "Kiitos!"}, follow=True).content.decode()
    assert "Noted: Niemi School was told today." in html
    assert "Told on" in html
    move(wish, Step("will_do"), by=by)
    assert "it has moved since" in page(client, at(wish, plural="requirements"))
    assert cast.liisa.client().get(tell).status_code == 403
    assert cast.tuomas.client().get(tell).status_code == 404


def test_telling_nobody_is_refused(cast: Cast) -> None:
    wish = make("requirement", cast.aino.actor, statement="A dry place")
    tell = at(wish, "tell/", "requirements")
    response = cast.aino.client().post(tell, {"words": "Hello"})
    assert response.status_code == 409
    assert "Nobody is written down as the one who asked" in response.content.decode()
    assert "Hello" in response.content.decode()


def test_a_customer_reads_how_their_wish_stands(cast: Cast) -> None:
    wish = make("requirement", cast.aino.actor, statement="A dry place", audience="relationship",
                relationship=cast.school.code)  # fmt: skip
    move(wish, Step("will_do"), by=cast.aino.actor)
    html = page(cast.tuomas.client(), at(wish, plural="requirements"))
    assert "You asked: “A dry place”. We will do it." in html
    assert "I have told them" not in html


def test_a_goal_shows_who_serves_it_and_what_is_missing(cast: Cast, service: object) -> None:
    by, client = cast.aino.actor, cast.aino.client()
    goal = make("strategy_goal", by, statement="Every child comes twice")
    url = at(goal, plural="goals")
    html = page(client, url)
    assert "No service that is being made or live serves it." in html
    assert "Nobody has said by when." in html
    idea = make("service_product", by, name="Audio guide", managed_state="idea")
    tie("L01", idea, goal, by=by)
    assert "Nothing that people can use today serves it." in page(client, url)
    link = tie("L01", service, goal, by=by, confidence="guess")
    assert "Nothing that people can use today serves it." in page(client, url)  # a guess is none
    link.__class__.objects.update(confidence="confirmed")
    html = page(client, url)
    assert "Nothing that people can use today" not in html
    serving = html.split('id="serving"')[1].split("</section>")[0]
    assert serving.index("Audio guide") < serving.index("School visit")


def test_an_offering_is_read_as_its_customer_will(cast: Cast, service: object) -> None:
    offer = make("offering", cast.aino.actor, product=service.code,
                 title={"en": "Class visit", "fi": "Luokkaretki"},
                 summary={"en": "Ninety minutes"}, what_you_get={"en": "A guide"})  # fmt: skip
    url = at(offer, "preview/", "offerings")
    finnish = page(cast.aino.client(), f"{url}?lang=fi")
    assert "Luokkaretki" in finnish
    assert '<div lang="fi"' in finnish
    assert "Not published in this language" in finnish
    assert "Missing in this language" in finnish
    english = page(cast.aino.client(), f"{url}?lang=en")
    assert "Missing in this language" not in english
    assert page(cast.tuomas.client(), url, 404)
    assert page(cast.mallory.client(), url, 404)


def test_the_verbs_hold_without_a_page(cast: Cast, service: object) -> None:
    from polku.kernel.answers import BadInput, NotAllowed

    with pytest.raises(NotAllowed):
        set_dial(service, "cost", "on", reason="x", by=cast.liisa.actor)
    with pytest.raises(BadInput):
        set_dial(service, "cost", "on", reason=" ", by=cast.aino.actor)
    with pytest.raises(BadInput):
        set_dial(service, "cost", "blue", reason="x", by=cast.aino.actor)
    with pytest.raises(NotAllowed):
        close_to_new(service, closed=True, reason="x", by=cast.liisa.actor)
    service.refresh_from_db()
    assert (service.dial_cost, service.closed_to_new) == ("unknown", False)


def test_the_list_says_not_yet_for_what_is_not_open(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Opened", state="live")
    make("service_product", cast.aino.actor, name="Imagined", state="idea")
    page = cast.aino.client().get("/w/museum/services/").content.decode()
    rows = {name: page[page.index(name) :].split("</tr>")[0] for name in ("Opened", "Imagined")}
    assert rows["Imagined"].count("not yet") == 4
    assert "not yet" not in rows["Opened"]
