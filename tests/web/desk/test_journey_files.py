"""Comparing journeys, taking them out as files, bringing sheets back, beginning new ones."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from polku.journeys.documents import read_document
from polku.journeys.models import Journey, JourneyEdit, Touchpoint
from polku.journeys.operations import agree, make_counterpart, write_text
from polku.kernel.models import Link
from tests.cast import Cast, make
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast: Cast) -> Journey:
    return visit_of(cast.aino)


def at(journey: Journey, page: str = "") -> str:
    return f"/w/museum/journeys/{journey.code}/{page}"


def body(answer: Any) -> str:
    return str(answer.content.decode())


def sheet(answer: Any) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def file_of(rows: list[dict[str, str]], name: str = "journey.csv") -> SimpleUploadedFile:
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, target.getvalue().encode())


# Compare


def test_a_journey_of_one_version_has_nothing_to_compare_with(cast: Cast, visit: Journey) -> None:
    page = body(cast.aino.client().get(at(visit, "compare/")))
    assert "There is nothing to compare with yet" in page
    assert "Draw it as it shall be" in page


def test_the_version_before_stands_beside_this_one(cast: Cast, visit: Journey) -> None:
    by = cast.aino.actor
    agree(visit, by=by)
    first = read_document(by, visit).steps[0].id
    write_text(visit, first, "customer_action", "sees a poster at the library", by=by)
    page = body(cast.aino.client().get(at(visit, "compare/")))
    assert "1 step changed" in page
    assert "2 steps the same" in page
    assert "<ins>at the library</ins>" in page
    same = f"?before={visit.code}.1&after={visit.code}.1"
    assert "Both sides are the same version." in body(
        cast.aino.client().get(at(visit, f"compare/{same}"))
    )


def test_what_is_stands_before_what_shall_be(cast: Cast, visit: Journey) -> None:
    by = cast.aino.actor
    other = make_counterpart(visit, by=by)
    first = read_document(by, other).steps[0].id
    same = body(cast.aino.client().get(at(visit, "compare/")))
    assert "Nothing differs: both say the same at every step." in same
    write_text(other, first, "customer_action", "gets an invitation", by=by)
    for journey in (visit, other):
        page = body(cast.aino.client().get(at(journey, "compare/")))
        assert "1 step changed" in page
        assert "Nothing differs" not in page
        one, other_one = "as it is, version 1", "as it shall be, version 1"
        assert f"{one}, being written, beside {other_one}, being written" in page
    asked = cast.aino.client().get(at(visit, f"compare/?with={other.code}"))
    assert "1 step changed" in body(asked)


def test_two_different_journeys_are_said_to_be_different(cast: Cast, visit: Journey) -> None:
    other = visit_of(cast.aino)
    page = body(cast.aino.client().get(at(visit, f"compare/?with={other.code}")))
    assert "These are two different journeys" in page
    assert cast.aino.client().get(at(visit, "compare/?with=JRN-999")).status_code == 404


def test_compare_is_for_the_team(cast: Cast, visit: Journey) -> None:
    assert cast.liisa.client().get(at(visit, "compare/")).status_code == 200
    assert cast.olga.client().get(at(visit, "compare/")).status_code == 404
    visit.audience = "customers"
    visit.save()
    assert cast.tuomas.client().get(at(visit, "compare/")).status_code == 403


# Out


def test_the_page_of_exports_names_every_form(cast: Cast, visit: Journey) -> None:
    page = body(cast.liisa.client().get(at(visit, "export/")))
    for words in ("Spreadsheet (XLSX)", "Plain table (CSV)", "Data file", "SVG", "A3, landscape"):
        assert words in page
    assert "Bring a changed sheet back" not in page
    assert "Bring a changed sheet back" in body(cast.aino.client().get(at(visit, "export/")))


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "svg"])
def test_each_form_is_a_file_with_the_name_of_the_journey(
    cast: Cast, visit: Journey, form: str
) -> None:
    answer = cast.liisa.client().get(at(visit, f"export/?format={form}"))
    assert answer.status_code == 200
    assert f'filename="{visit.code}-v1-' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_only_chosen_rows_go_out(cast: Cast, visit: Journey) -> None:
    answer = cast.liisa.client().get(at(visit, "export/?format=csv&lane=touchpoint"))
    lanes = {row["lane"] for row in sheet(answer)}
    assert "touchpoint" in lanes
    assert "customer_action" not in lanes


def test_an_unknown_form_and_a_stranger_get_nothing(cast: Cast, visit: Journey) -> None:
    assert cast.aino.client().get(at(visit, "export/?format=docx")).status_code == 422
    assert cast.olga.client().get(at(visit, "export/?format=csv")).status_code == 404


# In again


def test_a_changed_sheet_is_shown_and_kept_and_undone(cast: Cast, visit: Journey) -> None:
    client = cast.aino.client()
    rows = sheet(client.get(at(visit, "export/?format=csv")))
    row = next(row for row in rows if row["lane"] == "frontstage")
    row["text_en"] = "hang up <b>posters</b>"
    page = body(client.post(at(visit, "bring/"), {"file": file_of(rows)}))
    assert "1 change" in page
    assert "hang up &lt;b&gt;posters&lt;/b&gt;" in page
    assert "hang up" not in read_document(cast.aino.actor, visit).steps[0].text_of(
        "frontstage", "en"
    )
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("kept", "edits")}
    sent = {name: match[1] for name, match in found.items() if match}
    answer = client.post(at(visit, "bring/"), sent, follow=True)
    assert "1 change is kept" in body(answer)
    assert read_document(cast.aino.actor, visit).steps[0].text_of("frontstage", "en") == (
        "hang up <b>posters</b>"
    )
    assert JourneyEdit.objects.filter(journey=visit).first().verb == "applied"  # type: ignore[union-attr]
    again = client.post(at(visit, "bring/"), sent)
    assert again.status_code == 409
    assert "Somebody changed the journey since you looked" in body(again)
    assert "The sheet says what stands here already." in body(again)


@pytest.mark.parametrize(("content", "words"), [
    (b"a;b\n1;2\n", "so it is not the sheet of a journey"), (b"", "The file is empty"),
    (b"%PDF-1.4 ...", "This is not a table file"),
])  # fmt: skip
def test_other_files_are_refused_with_a_sentence(
    cast: Cast, visit: Journey, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("x.csv", content)
    answer = cast.aino.client().post(at(visit, "bring/"), {"file": file})
    assert answer.status_code == 422
    assert words in body(answer)


def test_kept_rows_that_nobody_signed_are_refused(cast: Cast, visit: Journey) -> None:
    answer = cast.aino.client().post(at(visit, "bring/"), {"kept": "x:y:z", "edits": "1"})
    assert answer.status_code == 422
    assert "The page was open for too long" in body(answer)
    assert Journey.objects.get(pk=visit.pk).edits == visit.edits


def test_who_may_not_edit_may_not_bring(cast: Cast, visit: Journey) -> None:
    assert cast.liisa.client().get(at(visit, "bring/")).status_code == 403
    assert cast.olga.client().get(at(visit, "bring/")).status_code == 404


# Beginning


def test_a_journey_begins_with_a_ready_made_one(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Family visit")
    who = make("segment", cast.aino.actor, name="Families")
    client = cast.aino.client()
    page = body(client.get("/w/museum/journeys/new/"))
    for words in ("Seven steps of a customer", "A visit to a museum", "Blank", "A table of yours"):
        assert words in page
    answer = client.post("/w/museum/journeys/new/", {
        "name": "I visit with children", "start": "museum-visit", "kind": "designed",
        "service": service.code, "people": who.code, "meeting_points": "on", "lang": "en",
    })  # fmt: skip
    journey = Journey.objects.get()
    assert answer["Location"] == at(journey)
    assert (str(journey.name), journey.kind) == ("I visit with children", "designed")
    assert list(journey.services.all()) == [service]
    assert Link.objects.filter(kind="L06", from_kind="journey", to_id=who.pk).exists()
    doc = read_document(cast.aino.actor, journey)
    assert len(doc.steps) == 8
    assert all(step.touchpoints for step in doc.steps)
    assert Touchpoint.objects.count() == 8
    assert {service} == {s for point in Touchpoint.objects.all() for s in point.services.all()}
    assert doc.steps[0].name.text("fi") == "Kuulee"


def test_its_meeting_points_are_taken_from_the_library_by_name(cast: Cast) -> None:
    known = make("touchpoint", cast.aino.actor, name={"fi": "Juliste"})
    client = cast.aino.client()
    client.post("/w/museum/journeys/new/", {
        "name": "A", "start": "museum-visit", "meeting_points": "on",
    })  # fmt: skip
    doc = read_document(cast.aino.actor, Journey.objects.get())
    assert doc.steps[0].touchpoints[0].code == known.code
    client.post("/w/museum/journeys/new/", {"name": "B", "start": "museum-visit"})
    other = Journey.objects.get(name__en="B")
    assert not any(step.touchpoints for step in read_document(cast.aino.actor, other).steps)


def test_a_pasted_table_is_shown_first_and_made_when_one_says_so(cast: Cast) -> None:
    client = cast.aino.client()
    table = "Stage\tStep\tCustomer does\tMood\nBefore\tHears\tsees\tgood\n\tBooks\tbuys\tbad\n"
    said = {"name": "From a table", "start": "table", "table": table}
    page = body(client.post("/w/museum/journeys/new/", said))
    assert "2 steps" in page
    assert "nobody can tell what they are: Mood" in page
    assert not Journey.objects.exists()
    client.post("/w/museum/journeys/new/", {**said, "lane-3": "backstage", "make": ""})
    doc = read_document(cast.aino.actor, Journey.objects.get())
    assert [step.text_of("backstage", "en") for step in doc.steps] == ["good", "bad"]
    assert [str(stage.name) for stage in doc.stages] == ["Before"]


def test_a_file_is_shown_before_it_is_made(cast: Cast) -> None:
    file = SimpleUploadedFile("way.csv", "Step;Customer does\nA;goes in\n".encode("utf-16"))
    said = {"name": "From a file", "start": "table", "file": file}
    page = body(cast.aino.client().post("/w/museum/journeys/new/", {**said, "make": ""}))
    assert "goes in" in page
    assert not Journey.objects.exists()


def test_a_table_that_is_none_stays_in_the_box(cast: Cast) -> None:
    said = {"name": "X", "start": "table", "table": "a;b;c\nd;e;f"}
    answer = cast.aino.client().post("/w/museum/journeys/new/", said)
    assert answer.status_code == 422
    assert "Neither the first line nor the first column names lanes" in body(answer)
    assert "a;b;c" in body(answer)


def test_a_journey_without_a_name_is_asked_for_one(cast: Cast) -> None:
    answer = cast.aino.client().post("/w/museum/journeys/new/", {"start": "course"})
    assert answer.status_code == 422
    assert "Give it a name" in body(answer)


def test_a_form_that_comes_twice_makes_one_journey(cast: Cast) -> None:
    said = {"name": "Once", "start": "blank", "once": "abcdefghijklmnop"}
    client = cast.aino.client()
    first = client.post("/w/museum/journeys/new/", said)["Location"]
    assert client.post("/w/museum/journeys/new/", said)["Location"] == first
    assert Journey.objects.count() == 1


def test_a_form_sent_again_with_another_name_keeps_what_was_written(cast: Cast) -> None:
    said = {"name": "Once", "start": "blank", "once": "abcdefghijklmnop"}
    client = cast.aino.client()
    client.post("/w/museum/journeys/new/", said)
    again = client.post("/w/museum/journeys/new/", {**said, "name": "Twice"})
    assert again.status_code == 409
    assert "One was added from this form already" in body(again)
    assert 'value="Twice"' in body(again)
    assert said["once"] not in body(again)


def test_who_may_only_read_begins_nothing(cast: Cast) -> None:
    assert cast.liisa.client().get("/w/museum/journeys/new/").status_code == 403
    assert cast.olga.client().get("/w/museum/journeys/new/").status_code == 404
