"""AC15: an outsider sees a blueprint by link, up to the lines of visibility, and says something at
a cell; the journey itself stays as it was."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from polku.journeys.documents import read_document
from polku.journeys.models import CellComment, Journey, JourneyEdit
from polku.journeys.operations import add_step, write_text
from tests.cast import Cast
from tests.journeys.ways import visit_of

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC15")]


@pytest.fixture
def blueprint(cast: Cast) -> Journey:
    """With a cell behind the customer's line and a step at which the customer does nothing."""
    cache.clear()
    by = cast.aino.actor
    journey = visit_of(cast.aino)
    first = journey.steps.order_by("stage__position", "position").first()
    assert first is not None
    write_text(journey, first.pk, "customer_backstage", "argues about Sunday", by=by)
    write_text(journey, first.pk, "frontstage", "hangs up posters", by=by)
    write_text(journey, first.pk, "backstage", "prints at night", by=by)
    write_text(journey, first.pk, "supplier", "the printer next door", by=by)
    alone = add_step(journey, first.stage_id, values={"name": "We salt the path"}, by=by)
    write_text(journey, alone.pk, "backstage", "salts before eight", by=by)
    journey.refresh_from_db()
    return journey


def link_for_a_customer(cast: Cast, journey: Journey) -> str:
    """Aino chooses the rows on the page and copies the address."""
    lanes = ["customer_backstage", "customer_action", "frontstage", "backstage", "supplier"]
    sent = {"label": "Tuomas", "view_as": "customer", "lanes": lanes, "may_comment": "on",
            "lang": "en", "days": "30"}  # fmt: skip
    page = cast.aino.client().post(f"/w/museum/journeys/{journey.code}/shares/", sent)
    html = page.content.decode()
    return "/m/" + html.split("/m/", 1)[1].split('"', 1)[0]


def model_of(cast: Cast, journey: Journey) -> Any:
    journey.refresh_from_db()
    doc = read_document(cast.aino.actor, journey).to_json()
    edits = JourneyEdit.objects.filter(journey=journey).count()
    return json.dumps(doc, default=str), journey.revision, journey.edits, edits, journey.updated_at


def test_two_lines_and_what_lies_beyond_them(cast: Cast, blueprint: Journey) -> None:
    guest = Client()
    guest.get(link_for_a_customer(cast, blueprint))
    html = guest.get("/m/open/").content.decode()
    for words in ("Customer’s line", "Our line", "hidden by Harbour Museum", "We do, unseen",
                  "Suppliers", "argues about Sunday", "hangs up posters",
                  "We salt the path"):  # fmt: skip
        assert words in html, words
    for words in ("prints at night", "the printer next door", "salts before eight"):
        assert words not in html, "it lies below our line, whatever was chosen"
    assert html.index("argues about Sunday") < html.index("Customer’s line")
    assert html.index("hangs up posters") < html.index("Our line")


def test_the_empty_cell_is_legal(cast: Cast, blueprint: Journey) -> None:
    doc = read_document(cast.aino.actor, blueprint)
    step = next(step for step in doc.steps if str(step.name) == "We salt the path")
    assert not step.customer_action
    assert step.all_cells
    page = cast.aino.client().get(f"/w/museum/journeys/{blueprint.code}/blueprint/")
    assert page.status_code == 200
    assert "We salt the path" in page.content.decode()


def test_the_comment_stands_at_the_cell_and_the_model_is_unchanged(
    cast: Cast, blueprint: Journey
) -> None:
    guest = Client()
    guest.get(link_for_a_customer(cast, blueprint))
    number = read_document(cast.aino.actor, blueprint).steps[0].number
    begun = guest.get(f"/m/open/?step={number}&row=frontstage").content.decode()
    assert f'<option value="{number}" selected' in begun
    before = model_of(cast, blueprint)
    sent = {"step": number, "row": "frontstage", "text": "Where do I see one?", "name": "Tuomas"}
    assert guest.post("/m/open/", sent).status_code == 302
    assert model_of(cast, blueprint) == before

    team = cast.heikki.client()
    said = team.get(f"/w/museum/journeys/{blueprint.code}/comments/").content.decode()
    assert "Where do I see one?" in said
    assert "Tuomas" in said
    look = team.get(f"/w/museum/journeys/{blueprint.code}/blueprint/").content.decode()
    assert "1 not answered" in look, "the cell says that somebody asked"
    row = CellComment.objects.get()
    assert (row.step.number, row.row, row.author) == (number, "frontstage", None)
    answer = {"answer": "At the library."}
    team.post(f"/w/museum/journeys/{blueprint.code}/comments/{row.pk}/answer/", answer)
    assert "At the library." in guest.get("/m/open/").content.decode()
    assert model_of(cast, blueprint) == before


def test_looking_uses_nothing_up_and_the_secret_stands_nowhere(
    cast: Cast, blueprint: Journey
) -> None:
    address = link_for_a_customer(cast, blueprint)
    guest = Client()
    taken = guest.get(address)
    assert taken["Location"] == "/m/open/"
    assert taken["Referrer-Policy"] == "no-referrer"
    cookie = taken.cookies["polku_link"]
    assert (cookie["path"], bool(cookie["httponly"])) == ("/m/", True)
    for _time in range(3):
        page = guest.get("/m/open/")
        assert address.rsplit("/", 1)[1] not in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    share = blueprint.shares.get()
    assert share.link.uses == 0
    assert Client().get("/m/open/").status_code == 404
    assert Client(enforce_csrf_checks=True).post("/m/open/", {}).status_code == 403


def test_a_machine_is_stopped(cast: Cast, blueprint: Journey) -> None:
    guest = Client()
    guest.get(link_for_a_customer(cast, blueprint))
    number = read_document(cast.aino.actor, blueprint).steps[0].number
    answers = [
        guest.post("/m/open/", {"step": number, "row": "frontstage", "text": f"{n}"}).status_code
        for n in range(32)
    ]
    assert answers[:30] == [302] * 30
    assert answers[30:] == [429, 429]
    assert CellComment.objects.count() == 30


def test_a_guest_says_nothing_about_what_they_do_not_see(cast: Cast, blueprint: Journey) -> None:
    guest = Client()
    guest.get(link_for_a_customer(cast, blueprint))
    number = read_document(cast.aino.actor, blueprint).steps[0].number
    for step, row in ((number, "backstage"), (number, "nonsense"), (9999, "frontstage")):
        page = guest.post("/m/open/", {"step": step, "row": row, "text": "Hm"})
        assert page.status_code == 422
        assert "prints at night" not in page.content.decode()
    assert not CellComment.objects.exists()
