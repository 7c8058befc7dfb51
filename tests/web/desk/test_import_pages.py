"""The pages of an import and of exports: who may, who may not, and what wrong input is told."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from polku.exchange.operations.exports import export_all, export_list
from polku.exchange.operations.runs import start_import
from polku.exchange.tasks import run_import_later
from polku.kernel.models import ImportRun, LearntMapping
from polku.people.operations import switch_feature
from polku.portfolio.entities import GOAL
from polku.portfolio.models import ServiceProduct, StrategyGoal
from tests.cast import Cast, make
from tests.exchange.desk import Desk

START = "/w/museum/import/"
LIST = b"Nimi;Tila;Kanvat;Kerros\nOpastus;pilotti;verkko;2\n;;;x\n"


def send(client: Client, content: bytes, name: str = "list.csv") -> HttpResponse:
    return client.post(START, {"file": SimpleUploadedFile(name, content)}, follow=True)  # type: ignore[return-value]


def html(response: HttpResponse) -> str:
    return response.content.decode()


def test_import_start_works_for_those_who_may(cast: Cast) -> None:
    page = html(cast.aino.client().get(START))
    assert "Choose your spreadsheet" in page
    assert "Try the example" in page


@pytest.mark.parametrize("who", ["liisa", "heikki", "tuomas"])
def test_import_start_is_refused_with_its_reason(cast: Cast, who: str) -> None:
    response = getattr(cast, who).client().get(START)
    assert response.status_code == 403
    assert "bring in a file" in html(response)


def test_no_page_of_an_import_is_there_for_strangers(cast: Cast) -> None:
    run = Desk(cast.aino.actor).bring("name\nTour\n")
    for page in ("", "questions/", "progress/", "done/", "undo/", "rows.csv", "mapping.json"):
        for person in (cast.olga, cast.mallory):
            assert person.client().get(f"{START}{run.pk}/{page}").status_code == 404
        assert cast.olga.client().get(f"/w/norrvik/import/{run.pk}/{page}").status_code == 404
    assert Client().get(START).status_code == 302


def test_import_try_shows_columns_rows_and_sums(cast: Cast) -> None:
    page = html(send(cast.aino.client(), LIST))
    assert "Nothing is saved until you say so." in page
    assert "guess, please check" in page
    assert "A row needs a name" in page
    assert "Save 1 row" in page
    assert not ServiceProduct.objects.exists()


def test_import_try_takes_answers_and_refuses_doubles(cast: Cast) -> None:
    client = cast.aino.client()
    send(client, LIST)
    run = ImportRun.objects.get()
    double = client.post(f"{START}{run.pk}/", {"c-0-3": "name"})
    assert double.status_code == 422
    assert "cannot both be Name" in html(double)
    client.post(f"{START}{run.pk}/", {"c-0-3": "notes"})
    client.post(f"{START}{run.pk}/save/")
    assert ServiceProduct.objects.get().attributes == {"notes": "2"}
    learnt = {row.header: row.field for row in LearntMapping.objects.filter(name="")}
    assert learnt == {"kanvat": "channels", "kerros": "notes"}
    again = html(send(client, b"Nimi;Kanvat;Kerros\nKahvila;tiski;1\n"))
    assert "as you said before" in again


def test_import_try_of_nothing_known_asks_what_it_lists(cast: Cast) -> None:
    client = cast.aino.client()
    page = html(send(client, b"colour;shape\nred;round\n"))
    assert "Nobody can tell from these headings" in page
    run = ImportRun.objects.get()
    page = html(client.post(f"{START}{run.pk}/", {"k-0": "services"}))
    assert "No column of “list” is Name" in page
    client.post(f"{START}{run.pk}/", {"k-0": "services", "c-0-0": "name"})
    client.post(f"{START}{run.pk}/save/")
    assert str(ServiceProduct.objects.get().name) == "red"


def test_a_mapping_is_kept_used_and_forgotten(cast: Cast) -> None:
    client = cast.aino.client()
    send(client, LIST)
    run = ImportRun.objects.get()
    client.post(f"{START}{run.pk}/", {"c-0-3": "notes"})
    client.post(f"{START}{run.pk}/mapping/", {"keep": "", "name": "Our list"})
    page = html(send(client, LIST, "other.csv"))
    assert "Read with the mapping “Our list”" in page
    text = client.get(f"{START}{run.pk}/mapping.json").content
    assert b'"polku_mapping": 1' in text
    other = ImportRun.objects.latest("id")
    client.post(f"{START}{other.pk}/mapping/", {"forget": "", "name": "Our list"})
    assert not LearntMapping.objects.filter(name="Our list").exists()


def test_sheets_of_our_own_export_ask_nothing_and_are_told(cast: Cast) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement="Open on Mondays")
    make("service_product", cast.aino.actor, name="Tour")
    out = export_all(by=cast.aino.actor)
    switch_feature("strategy", False, by=cast.olga.actor)
    client = cast.olga.client()
    sent = SimpleUploadedFile(out.name, out.content)
    page = html(client.post("/w/norrvik/import/", {"file": sent}, follow=True))
    assert "more sheets of our own export come in as they are" in page
    assert "The sheet “goals” lists" not in page
    assert "switches on “" in page
    run = ImportRun.objects.get()
    done = html(client.post(f"/w/norrvik/import/{run.pk}/save/", follow=True))
    assert StrategyGoal.objects.filter(workspace=cast.norrvik).get().statement == goal.statement
    assert "/w/norrvik/goals/" in done


def test_a_list_of_goals_comes_in_by_itself(cast: Cast) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement="Open on Mondays")
    out = export_list(GOAL, {}, by=cast.aino.actor, form="csv")
    text = out.content.replace(b"Open on Mondays", b"Open on Sundays")
    client = cast.aino.client()
    page = html(send(client, text, out.name))
    assert "Nobody can tell" not in page
    assert "Open on Sundays" in page
    run = ImportRun.objects.get()
    client.post(f"{START}{run.pk}/save/", follow=True)
    goal.refresh_from_db()
    assert goal.title == "Open on Sundays"


def test_import_questions_are_answered_once(cast: Cast) -> None:
    client = cast.aino.client()
    text = b"Name,Last reviewed\nTour,3/4/2026\n"
    page = html(send(client, text))
    assert "can be read in two ways" in page
    run = ImportRun.objects.get()
    answer = {"date:list|Last reviewed": "dmy"}
    page = html(client.post(f"{START}{run.pk}/questions/", answer, follow=True))
    assert "Save 1 row" in page
    client.post(f"{START}{run.pk}/save/")
    assert ServiceProduct.objects.get().last_reviewed_on == dt.date(2026, 4, 3)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"%PDF-1.7", "a.pdf", "This is not a table file"),
        (b" ", "a.csv", "The file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "old or special Excel kind"),
        (b"PK\x03\x04broken", "a.xlsx", "damaged"),
    ],
)
def test_a_wrong_file_is_told(cast: Cast, content: bytes, name: str, told: str) -> None:
    page = html(send(cast.aino.client(), content, name))
    assert told in page
    assert not ServiceProduct.objects.exists()


def test_no_file_is_told(cast: Cast) -> None:
    response = cast.aino.client().post(START, {})
    assert response.status_code == 422
    assert "Choose a file first." in html(response)


def test_import_progress_can_be_left_and_come_back_to(cast: Cast) -> None:
    desk = Desk(cast.aino.actor)
    text = "name\n" + "".join(f"Service {n} of {n * 7}\n" for n in range(310))
    run, _plan = desk.try_file(text.encode())
    client = cast.aino.client()
    client.post(f"{START}{run.pk}/save/")
    page = html(client.get(f"{START}{run.pk}/progress/"))
    assert 'hx-trigger="every 1s"' in page
    assert "You may leave this page" in page
    poll = client.get(f"{START}{run.pk}/progress/", headers={"HX-Request": "true"})
    assert b"<html" not in poll.content
    run_import_later.func(run.pk)
    poll = client.get(f"{START}{run.pk}/progress/", headers={"HX-Request": "true"})
    assert poll["HX-Redirect"].endswith(f"/import/{run.pk}/done/")


def test_a_stopped_import_offers_both_ways(cast: Cast) -> None:
    desk = Desk(cast.aino.actor)
    run, _plan = desk.try_file(b"name\nTour\n")
    start_import(run, by=desk.by)
    report = {**run.report, "beat": (timezone.now() - dt.timedelta(minutes=5)).isoformat()}
    ImportRun.objects.filter(pk=run.pk).update(report=report)
    client = cast.aino.client()
    page = html(client.get(f"{START}{run.pk}/progress/"))
    assert "Go on" in page
    assert "Take it back" in page
    page = html(client.post(f"{START}{run.pk}/progress/", {"withdraw": ""}, follow=True))
    assert "nothing of it is left here" in page


def test_import_done_shows_what_came_and_what_is_missing(cast: Cast) -> None:
    client = cast.aino.client()
    run = Desk(cast.aino.actor).bring("name,owner,channels\nTour,,web\nVisit,Anna Nowak,\n")
    page = html(client.get(f"{START}{run.pk}/done/"))
    assert "2 services" in page
    assert "Without an owner" in page
    assert "?owner_party=none" in page
    gap = html(client.get("/w/museum/services/?without=meeting_point"))
    assert "Visit" in gap
    assert ">Tour<" not in gap


def test_import_undo_asks_first_and_gives_its_reason(cast: Cast) -> None:
    client = cast.aino.client()
    desk = Desk(cast.aino.actor)
    first = desk.bring("id,name\n1,Tour\n")
    second = desk.bring("id,name\n1,Tour of ships\n")
    page = html(client.get(f"{START}{first.pk}/done/"))
    assert "undo services.csv first" in page
    assert client.post(f"{START}{first.pk}/undo/").status_code == 403
    page = html(client.post(f"{START}{second.pk}/undo/", follow=True))
    assert "Undone" in page
    assert str(ServiceProduct.objects.get().name) == "Tour"


def test_the_example_can_be_tried_and_taken(cast: Cast) -> None:
    client = cast.aino.client()
    assert client.get(f"{START}example/").content.startswith(b"Tanssikoulu")
    assert "Vauvatanssi" in html(client.post(f"{START}example/try/", follow=True))


def test_rows_leave_as_a_table_without_formulas(cast: Cast) -> None:
    run = Desk(cast.aino.actor).bring("name\n=cmd()\n")
    text = cast.aino.client().get(f"{START}{run.pk}/rows.csv").content.decode()
    assert "'=cmd()" in text


def test_export_pages(cast: Cast) -> None:
    Desk(cast.aino.actor).bring("name,Floor\nTour,1\n")
    client = cast.aino.client()
    assert "the file you brought" in html(client.get("/w/museum/export/"))
    whole = client.get("/w/museum/export/?format=xlsx")
    assert whole["Content-Disposition"].startswith('attachment; filename="museum-')
    assert client.get("/w/museum/export/services/?format=csv").content.count(b"Tour") == 1
    assert client.get("/w/museum/export/nothing/").status_code == 404
    assert client.get("/w/museum/export/services/?format=pdf").status_code == 422
    assert cast.liisa.client().get("/w/museum/export/services/?format=json").status_code == 200
    assert cast.tuomas.client().get("/w/museum/export/").status_code == 403
    assert cast.olga.client().get("/w/museum/export/?format=json").status_code == 404


def test_lists_offer_their_export(cast: Cast) -> None:
    Desk(cast.aino.actor).bring("name\nTour\n")
    page = html(cast.aino.client().get("/w/museum/services/"))
    assert "/w/museum/export/services/?format=xlsx" in page
