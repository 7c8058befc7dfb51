"""The open page of what one can get: for everybody, in the languages told, and for nobody else."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from polku.kernel.changes import archive_object, change_object
from polku.kernel.links import tie
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.portfolio.models import Offering
from polku.portfolio.operations import set_elements, set_members, set_prices, take_step
from polku.tenancy.models import Workspace
from tests.cast import Cast, make

HTML = "text/html; charset=utf-8"
PRICES = [
    {"kind": "one_off", "amount": 1200, "currency": "EUR",
     "condition": {"en": "a grown-up", "fi": "aikuinen"}},
    {"kind": "free", "condition": {"en": "children under 7"}},
    {"kind": "recurring", "amount": 450, "currency": "EUR", "period": "P1M"},
]  # fmt: skip


@pytest.fixture
def visit(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name="Visit service", state="live",
                contact="secret desk 123")  # fmt: skip


@pytest.fixture
def offer(cast: Cast, visit: Any) -> Offering:
    by = cast.aino.actor
    made = make(
        "offering", by, product=visit, audience="public",
        title={"en": "A visit", "fi": "Käynti", "pl": "Wizyta"},
        summary={"en": "Two hours by the sea", "fi": "Kaksi tuntia meren äärellä"},
        what_is_not_included={"en": "Lunch"}, when={"en": "Sundays"},
    )  # fmt: skip
    set_prices(made, PRICES, by=by)
    pieces = [
        {"kind": "goods", "text": {"en": "A rope", "fi": "Köysi"}},
        {"kind": "action", "text": {"en": "We guide you"}},
    ]
    set_elements(made, pieces, by=by)
    made.refresh_from_db()
    take_step(made, Step("published"), by=by)
    made.refresh_from_db()
    return made


def address(offer: Offering, lang: str = "") -> str:
    return f"/o/museum/{offer.code}/" + (f"{lang}/" if lang else "")


def text_of(offer: Offering, lang: str = "en") -> str:
    answer = Client().get(address(offer, lang))
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def data_of(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    found: dict[str, Any] = json.loads(block[1])
    return found


def test_anybody_reads_what_they_can_get(offer: Offering) -> None:
    page = text_of(offer)
    for words in ("A visit", "Two hours by the sea", "You get", "A rope", "We guide you", "Lunch",
                  "Sundays", "€12", "a grown-up", "free", "€4.50 a month",
                  "Harbour Museum"):  # fmt: skip
        assert words in page, words
    assert '<html lang="en">' in page


def test_each_language_has_an_address_and_knows_the_others(offer: Offering) -> None:
    page = text_of(offer, "fi")
    assert '<html lang="fi">' in page
    assert "Käynti" in page
    assert "12\xa0€" in page  # as Finns write it
    assert '<span lang="en">Lunch</span>' in page  # told in the language it is in
    for tag, end in (("en", "en/"), ("fi", "fi/"), ("x-default", "")):
        assert f'hreflang="{tag}" href="http://127.0.0.1:8000{address(offer)}{end}"' in page
    assert "Wizyta" not in page


def test_a_language_without_its_line_is_not_there(offer: Offering) -> None:
    assert Client().get(address(offer, "pl")).status_code == 404
    assert Client().get(address(offer, "sv")).status_code == 404


def test_the_bare_address_speaks_the_readers_language(offer: Offering) -> None:
    answer = Client().get(address(offer), headers={"accept-language": "fi"})
    assert answer["Content-Language"] == "fi"
    assert "Accept-Language" in answer["Vary"]
    other = Client().get(address(offer), headers={"accept-language": "pl"})
    assert other["Content-Language"] == "en"


def _draft(by: Any, offer: Offering, visit: Any) -> None:
    Offering.objects.filter(pk=offer.pk).update(state="draft")


def _withdrawn(by: Any, offer: Offering, visit: Any) -> None:
    move(offer, Step("withdrawn", reason="over"), by=by)


def _ended(by: Any, offer: Offering, visit: Any) -> None:
    move(visit, Step("ending", reason="over"), by=by)
    move(visit, Step("ended", reason="over"), by=by)


def _customers(by: Any, offer: Offering, visit: Any) -> None:
    change_object(entity("offering"), offer, {"audience": "customers"}, by=by)


def _team(by: Any, offer: Offering, visit: Any) -> None:
    change_object(entity("offering"), offer, {"audience": "internal"}, by=by)


def _away(by: Any, offer: Offering, visit: Any) -> None:
    archive_object(entity("offering"), offer, by=by)


def _service_away(by: Any, offer: Offering, visit: Any) -> None:
    archive_object(entity("service_product"), visit, by=by)


def _closed(by: Any, offer: Offering, visit: Any) -> None:
    Workspace.objects.filter(slug="museum").update(state="archived")


@pytest.mark.parametrize(
    "change", [_draft, _withdrawn, _ended, _customers, _team, _away, _service_away, _closed]
)
def test_all_else_is_answered_as_what_never_was(
    cast: Cast, offer: Offering, visit: Any, change: Any
) -> None:
    change(cast.aino.actor, offer, visit)
    never = Client().get("/o/nowhere-at-all/OFR-1/")
    for client in (Client(), cast.aino.client(), cast.tuomas.client(), cast.mallory.client()):
        assert client.get(address(offer)).status_code == 404
        assert client.get("/o/museum/").status_code == 404
    shown = Client().get(address(offer))
    assert never.status_code == 404
    assert without_token(shown.content) == without_token(never.content)


def without_token(page: bytes) -> bytes:
    """The page but for the form that changes the language and where it leads back to."""
    return re.sub(rb'name="(csrfmiddlewaretoken|next)" value="[^"]*"', b"", page)


def test_it_shows_nothing_that_is_not_for_everyone(cast: Cast, offer: Offering, visit: Any) -> None:
    by = cast.aino.actor
    door = make("touchpoint", by, name="Back door", state="live")
    quay = make("touchpoint", by, name="The quay", state="live", audience="public")
    families = make("segment", by, name="Hidden families")
    piece = offer.elements.first()
    for point in (door, quay):
        tie("L05", piece, point, by=by)
    tie("L06", offer, families, by=by)
    page = text_of(offer)
    assert "The quay" in page
    for words in ("Back door", "Hidden families", "secret desk 123", "Visit service"):
        assert words not in page, words
    change_object(entity("service_product"), visit, {"audience": "public"}, by=by)
    assert "secret desk 123" in text_of(offer)


def test_days_are_said_kindly(cast: Cast, offer: Offering) -> None:
    row, by = entity("offering"), cast.aino.actor
    coming = timezone.localdate() + dt.timedelta(days=400)
    held = change_object(row, offer, {"valid_from": coming.isoformat()}, by=by)
    assert "Until then one cannot get it" in text_of(offer)
    change_object(row, held, {"valid_from": "2020-01-01", "valid_to": "2020-02-02"}, by=by)
    page = text_of(offer)
    assert "It was here until 2 Feb 2020" in page
    assert Client().get("/o/museum/en/").status_code == 404
    other = make("offering", by, title="A talk", product=offer.product.code, audience="public",
                 summary="An hour", state="published")  # fmt: skip
    Offering.objects.filter(pk=other.pk).update(published_langs=["en"])
    index = Client().get("/o/museum/en/").content.decode()
    assert "A talk" in index
    assert "A visit" not in index


def test_prices_that_are_over_are_not_told(cast: Cast, offer: Offering) -> None:
    over = {"kind": "one_off", "amount": 99900, "currency": "EUR", "valid_to": "2020-01-01"}
    change_object(entity("offering"), offer, {"price_note": {"en": "ask us"}}, by=cast.aino.actor)
    set_prices(offer, [over], by=cast.aino.actor)
    page = text_of(offer)
    assert "999" not in page
    assert "ask us" in page


def test_machines_read_schema_org(offer: Offering) -> None:
    data = data_of(text_of(offer))
    assert (data["@type"], data["name"]) == ("Service", "A visit")
    assert data["provider"] == {
        "@type": "Organization", "name": "Harbour Museum", "url": "http://127.0.0.1:8000/o/museum/",
    }  # fmt: skip
    first, free, monthly = data["offers"]
    assert (first["price"], first["priceCurrency"], first["description"]) == (
        "12.00", "EUR", "a grown-up",
    )  # fmt: skip
    assert free["price"] == "0"
    assert monthly["priceSpecification"]["billingDuration"] == "P1M"
    assert data["hoursAvailable"][0]["description"] == "Sundays"


def test_what_people_write_stays_text(cast: Cast, offer: Offering) -> None:
    evil = "</script><script>alert(1)</script><!--"
    values = {"title": {"en": evil}, "summary": {"en": evil}, "terms": {"en": evil}, "places": evil}
    change_object(entity("offering"), offer, values, by=cast.aino.actor)
    set_elements(offer, [{"kind": "goods", "text": {"en": evil}}], by=cast.aino.actor)
    set_prices(offer, [{"kind": "free", "condition": {"en": evil}}], by=cast.aino.actor)
    page = text_of(offer)
    assert "<script>alert" not in page
    assert page.count("</script>") == 1
    assert data_of(page)["name"] == evil
    assert "<script>alert" not in Client().get("/o/museum/").content.decode()


def test_a_browser_that_has_it_is_told_so(offer: Offering) -> None:
    first = Client().get(address(offer, "en"))
    assert first["Cache-Control"] == "public, no-cache"
    again = Client().get(address(offer, "en"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert Client().get(address(offer, "fi"))["ETag"] != first["ETag"]


def test_the_page_is_the_same_for_all(cast: Cast, offer: Offering) -> None:
    pages = {
        person.client().get(address(offer, "en")).content
        for person in (cast.aino, cast.tuomas, cast.mallory)
    }
    assert pages == {Client().get(address(offer, "en")).content}
    assert "csrf" not in pages.pop().decode()


def test_only_reading(offer: Offering) -> None:
    assert Client().post(address(offer)).status_code == 405


def test_too_many_openings_wait(offer: Offering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polku.web.public.offers.OPENINGS", 2)
    client = Client(REMOTE_ADDR="203.0.113.7")
    assert [client.get(address(offer)).status_code for _n in range(3)] == [200, 200, 429]


def test_a_package_tells_what_is_in_it(cast: Cast, offer: Offering, visit: Any) -> None:
    by = cast.aino.actor
    loft = make("service_product", by, name="Loft inside", state="live")
    day = make("service_package", by, name={"en": "Class day"})
    members = [
        {"product": visit.code},
        {"product": loft.code, "optional": True, "min_n": 0, "max_n": 30, "default_n": 0,
         "option_label": {"en": "A rope for each"}},
    ]  # fmt: skip
    set_members(day, members, by=by)
    whole = make("offering", by, package=day, title={"en": "A class day"}, audience="public",
                 summary={"en": "One morning"})  # fmt: skip
    take_step(day, Step("published"), by=by)
    whole.refresh_from_db()
    take_step(whole, Step("published"), by=by)
    page = text_of(whole)
    assert "In the package" in page
    assert f'<a href="/o/museum/{offer.code}/">A visit</a>' in page
    assert "A rope for each" in page
    assert "(up to 30)" in page
    assert "Loft inside" not in page
    index = Client().get("/o/museum/").content.decode()
    assert "A class day" in index
    assert "A visit" in index


def test_the_list_names_what_is_told_elsewhere(cast: Cast, offer: Offering, visit: Any) -> None:
    by = cast.aino.actor
    other = make("offering", by, product=visit, audience="public", title={"fi": "Vain suomeksi"},
                 summary={"fi": "Rivi"})  # fmt: skip
    take_step(other, Step("published"), by=by)
    page = Client().get("/o/museum/en/").content.decode()
    assert "1 more is told in another language." in page
    assert "Vain suomeksi" not in page
    assert "€12, a grown-up" in page
    assert "Vain suomeksi" in Client().get("/o/museum/fi/").content.decode()
