"""A stored journey out as a sheet and in again: one edit, told first, undone at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from polku.exchange.journeys.operations import (
    apply_sheet,
    export_journey,
    keep_sheet,
    try_sheet,
)
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.journeys.documents import from_json, read_document
from polku.journeys.models import Journey, JourneyEdit
from polku.journeys.operations import add_pain, undo, write_text
from polku.kernel.answers import BadInput, NotAllowed, Refused
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast: Any) -> Journey:
    journey = visit_of(cast.aino)
    doc = read_document(cast.aino.actor, journey)
    first = doc.steps[0].id
    write_text(journey, first, "frontstage", "hang up posters", by=cast.aino.actor)
    write_text(journey, first, "supplier", "printer Oy", by=cast.aino.actor)
    pain = {"text": "=nobody sees it", "severity": 2}
    add_pain(journey, step_id=first, values=pain, by=cast.aino.actor)
    return journey


def edited(content: bytes, change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """The XLSX with its rows changed as a person would in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, line, strict=True)) for line in sheet.iter_rows(2, values_only=True)]
    change(rows)
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_bringing_back_an_unchanged_sheet_changes_nothing(
    cast: Any, visit: Journey, form: str
) -> None:
    by = cast.aino.actor
    file = export_journey(visit, by=by, form=form)
    edits = Journey.objects.get(pk=visit.pk).edits
    tried = apply_sheet(visit, file.content, file.name, by=by)
    assert (tried.changes, tried.troubles, tried.unknown) == ((), (), ())
    assert Journey.objects.get(pk=visit.pk).edits == edits


def test_a_changed_sheet_is_told_first_and_is_one_edit_that_can_be_undone(
    cast: Any, visit: Journey
) -> None:
    by = cast.aino.actor
    before = read_document(by, visit)
    stage = before.stages[1]

    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["lane"] == "frontstage" and row["text_en"]:
                row["text_en"] = "hang posters at 14 places"
        rows.append(
            {
                "stage": stage.number,
                "step_name": "Pays",
                "lane": "customer_action",
                "text_en": "pays at the desk",
                "evidence": "observed",
                "times_seen": 4,
            }
        )
        rows.append({"stage": stage.number, "step_name": "Pays", "lane": "touchpoint",
                     "text_en": "ticket desk"})  # fmt: skip

    file = export_journey(visit, by=by, form="xlsx")
    content = edited(file.content, change)
    tried = try_sheet(visit, content, file.name, by=by)
    assert [(one.how, one.what) for one in tried.changes] == [
        ("changed", "frontstage"), ("new", "step"),
    ]  # fmt: skip
    assert read_document(by, visit) == before
    edits = JourneyEdit.objects.filter(journey=visit).count()
    keep_sheet(visit, tried.kept, tried.edits, by=by)
    assert JourneyEdit.objects.filter(journey=visit).count() == edits + 1
    after = read_document(by, visit)
    assert [str(step.customer_action) for step in after.steps] == [
        "sees a poster", "books on the phone", "finds the door", "pays at the desk",
    ]  # fmt: skip
    assert [str(point.name) for point in after.steps[-1].touchpoints] == ["ticket desk"]
    assert after.steps[-1].evidence_n == 4
    undo(visit, by=by)
    again = read_document(by, visit)
    assert [step.customer_action for step in again.steps] == [
        step.customer_action for step in before.steps
    ]
    assert again.steps[0].cells == before.steps[0].cells


def test_what_somebody_wrote_meanwhile_is_not_overwritten(cast: Any, visit: Journey) -> None:
    by = cast.aino.actor
    file = export_journey(visit, by=by, form="csv")
    tried = try_sheet(visit, file.content, file.name, by=by)
    first = read_document(by, visit).steps[0].id
    write_text(visit, first, "frontstage", "hang up more", by=cast.piotr.actor)
    with pytest.raises(Refused, match="Somebody changed the journey"):
        keep_sheet(visit, tried.kept, tried.edits, by=by)
    assert read_document(by, visit).steps[0].text_of("frontstage", "en") == "hang up more"


def test_rows_that_cannot_be_read_are_named_and_the_others_kept(cast: Any, visit: Journey) -> None:
    by = cast.aino.actor

    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["lane"] == "feeling_target":
                row["value"] = 7
            if row["lane"] == "frontstage" and row["text_en"]:
                row["text_en"] = "x" * 700
            if row["lane"] == "backstage":
                row["text_en"] = "prints"
        rows.append({"step": 999, "lane": "frontstage", "text_en": "lost"})
        rows.append({"step_name": "Lost", "lane": "no such lane", "text_en": "lost"})
        rows.append({"lane": "frontstage", "text_en": "nowhere"})

    file = export_journey(visit, by=by, form="xlsx")
    tried = apply_sheet(visit, edited(file.content, change), file.name, by=by)
    assert {trouble.column for trouble in tried.troubles} == {"value", "text_en", "step", "lane"}
    assert len(tried.troubles) == 7
    doc = read_document(by, visit)
    assert [step.text_of("backstage", "en") for step in doc.steps] == ["prints"] * 3
    assert doc.steps[0].text_of("frontstage", "en") == "hang up posters"


def test_clearing_and_taking_out_are_said_in_words(cast: Any, visit: Journey) -> None:
    by = cast.aino.actor

    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["lane"] == "supplier":
                row["text_en"] = "[clear]"
            if row["lane"] == "step" and row["place"] == 2:
                row["remove"] = "x"
            if row["lane"] == "step" and row["place"] == 3:
                row["place"] = 0.5
                row["stage"] = rows[3]["stage"]

    file = export_journey(visit, by=by, form="xlsx")
    tried = apply_sheet(visit, edited(file.content, change), file.name, by=by)
    assert tried.troubles == ()
    doc = read_document(by, visit)
    assert [str(step.customer_action) for step in doc.steps] == ["finds the door", "sees a poster"]
    assert "supplier" not in doc.used


@pytest.mark.parametrize("content", [
    b"a,b\n1,2\n", b"nothing like it", b"\x89PNG\r\n\x1a\n" + b"\0" * 200, b"",
])  # fmt: skip
def test_other_files_get_a_clear_sentence(cast: Any, visit: Journey, content: bytes) -> None:
    edits = Journey.objects.get(pk=visit.pk).edits
    with pytest.raises((BadInput, FileRefused)) as caught:
        try_sheet(visit, content, "some.csv", by=cast.aino.actor)
    assert "Nothing was" in str(caught.value)
    assert Journey.objects.get(pk=visit.pk).edits == edits


def test_a_file_in_other_letters_with_semicolons_and_a_title_is_read(
    cast: Any, visit: Journey
) -> None:
    step = read_document(cast.aino.actor, visit).steps[0]
    text = f"My journey;;\nstep;lane;text_fi\n{step.number};backstage;Pääkirjasto tilaa\n"
    apply_sheet(visit, text.encode("cp1252"), "omat.csv", by=cast.aino.actor)
    now = read_document(cast.aino.actor, visit).steps[0]
    assert now.text_of("backstage", "fi") == "Pääkirjasto tilaa"


def test_the_sheet_of_another_journey_is_refused_row_by_row(cast: Any, visit: Journey) -> None:
    by = cast.aino.actor
    other = visit_of(cast.aino)
    file = export_journey(other, by=by, form="csv")
    tried = try_sheet(visit, file.content, file.name, by=by)
    assert tried.changes == ()
    assert all(trouble.column == "journey" for trouble in tried.troubles)
    assert len(tried.troubles) == tried.laid.rows


def test_only_those_who_may_edit_bring_a_sheet_back(cast: Any, visit: Journey) -> None:
    file = export_journey(visit, by=cast.liisa.actor, form="csv")
    with pytest.raises(NotAllowed):
        try_sheet(visit, file.content, file.name, by=cast.liisa.actor)
    assert b"printer Oy" in file.content


def test_exports_respect_the_lanes_a_reader_may_see(cast: Any, visit: Journey) -> None:
    visit.audience = "customers"
    visit.save()
    for form in ("xlsx", "csv", "json", "svg"):
        file = export_journey(visit, by=cast.tuomas.actor, form=form)
        content = file.content
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            content = repr(list(book.active.iter_rows(values_only=True))).encode()
        assert b"hang up posters" in content or form == "svg"
        assert b"printer Oy" not in content


def test_chosen_lanes_alone_go_out(cast: Any, visit: Journey) -> None:
    file = export_journey(visit, by=cast.aino.actor, form="json", lanes=["customer_action"])
    assert b"sees a poster" in file.content
    assert b"hang up posters" not in file.content
    assert b"nobody sees it" not in file.content


def test_json_reads_back_as_the_same_document(cast: Any, visit: Journey) -> None:
    import json

    file = export_journey(visit, by=cast.aino.actor, form="json")
    assert from_json(json.loads(file.content)) == read_document(cast.aino.actor, visit)


def test_the_picture_stands_alone_and_says_what_is_hidden(cast: Any, visit: Journey) -> None:
    visit.audience = "customers"
    visit.save()
    svg = export_journey(visit, by=cast.aino.actor, form="svg").content.decode()
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style" not in svg
    assert "class=" not in svg
    assert "sees a poster" in svg
    theirs = export_journey(visit, by=cast.tuomas.actor, form="svg").content.decode()
    assert ">hidden</text>" in theirs


def test_an_unknown_form_is_named(cast: Any, visit: Journey) -> None:
    with pytest.raises(BadInput, match="Choose xlsx"):
        export_journey(visit, by=cast.aino.actor, form="docx")
