"""Pictures of a journey in files: told in sheets, put into drawings, left behind with a word."""

import base64
import csv
import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from PIL import Image

from polku.exchange.journeys import map_pictures
from polku.exchange.journeys.beginning import begin_journey
from polku.exchange.journeys.operations import apply_sheet, export_journey, try_sheet
from polku.exchange.journeys.pasted_text import text_of_file, understand
from polku.journeys.documents import from_json, read_document
from polku.journeys.models import Journey
from polku.journeys.operations import remove_picture, set_picture, write_text
from polku.journeys.operations.pictures import left_behind
from polku.kernel.models import Attachment
from polku.kernel.pictures import keep_picture
from polku.tenancy.translated import Translated
from tests import drawn
from tests.cast import Cast
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db
PNG_BEGINS = "data:image/webp;base64,"


@pytest.fixture
def door(cast: Cast) -> Attachment:
    file = io.BytesIO(drawn.file(drawn.picture((900, 600))))
    return keep_picture(file, {"en": "A <door>", "fi": "Ovi"}, by=cast.aino.actor)


@pytest.fixture
def visit(cast: Cast, door: Attachment) -> Journey:
    """Its first step has a picture of what the customer does, and cells with one alone or both."""
    by, journey = cast.aino.actor, visit_of(cast.aino)
    step = journey.steps.get(number=3).pk
    write_text(journey, step, "frontstage", "opens", by=by)
    for row in ("customer_action", "frontstage", "system"):
        set_picture(journey, step, row, door, by=by)
    return journey


def exported(journey: Journey, cast: Cast, form: str, **more: Any) -> bytes:
    return export_journey(journey, by=cast.aino.actor, form=form, **more).content


def test_a_sheet_tells_the_words_and_changes_no_picture(cast: Cast, visit: Journey) -> None:
    by, before = cast.aino.actor, read_document(cast.aino.actor, visit)
    text = exported(visit, cast, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    told = {row["lane"]: row["picture"] for row in rows if row["picture"]}
    assert told == dict.fromkeys(("customer_action", "frontstage", "system"), "A <door>")
    for source in (text, re.sub("A <door>", "A window", text), exported(visit, cast, "xlsx")):
        content = source.encode() if isinstance(source, str) else source
        name = "sheet.csv" if isinstance(source, str) else "sheet.xlsx"
        tried = try_sheet(visit, content, name, by=by)
        assert (tried.changes, tried.troubles, tried.unknown) == ((), (), ())
        assert (tried.pictures_left, tried.notes) == (0, ())
        apply_sheet(visit, content, name, by=by)
    assert read_document(by, visit) == before
    cleared = text.replace("opens", "[clear]")
    apply_sheet(visit, cleared.encode(), "sheet.csv", by=by)
    [cell] = read_document(by, visit).steps[0].cells["frontstage"]
    assert not cell.text
    assert cell.picture is not None


def test_a_row_that_is_taken_out_takes_its_picture_along(cast: Cast, visit: Journey) -> None:
    text = exported(visit, cast, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    sheet = csv.DictWriter(out, rows[0].keys())
    sheet.writeheader()
    sheet.writerows(row | {"remove": "x" if row["lane"] == "system" else ""} for row in rows)
    tried = apply_sheet(visit, out.getvalue().encode(), "sheet.csv", by=cast.aino.actor)
    assert [(one.how, one.what, one.before) for one in tried.changes] == [
        ("gone", "system", "A <door>")
    ]
    assert tried.pictures_left == 0
    assert "system" not in read_document(cast.aino.actor, visit).used


def test_a_picture_that_does_not_hang_here_any_more_is_missed_aloud(
    cast: Cast, visit: Journey
) -> None:
    sheet = exported(visit, cast, "csv")
    step = visit.steps.get(number=3).pk
    remove_picture(visit, step, "customer_action", by=cast.aino.actor)
    tried = try_sheet(visit, sheet, "sheet.csv", by=cast.aino.actor)
    assert (tried.changes, tried.pictures_left) == ((), 1)
    assert tried.notes[0].startswith("1 picture stays behind: a sheet holds only its words.")


def images(content: bytes) -> list[str]:
    svg = ET.fromstring(content)
    found = svg.iter("{http://www.w3.org/2000/svg}image")
    return [one.attrib["href"] for one in found]


def test_the_drawing_carries_the_small_picture(cast: Cast, visit: Journey) -> None:
    content = exported(visit, cast, "svg")
    found = images(content)
    assert len(found) == 3
    with Image.open(io.BytesIO(base64.b64decode(found[0].removeprefix(PNG_BEGINS)))) as image:
        assert image.size == (480, 320)
    assert b"A &lt;door&gt;" in content
    assert len(images(exported(visit, cast, "svg", lanes=["frontstage"]))) == 1


def test_a_drawing_that_would_be_too_large_tells_the_words(
    cast: Cast, visit: Journey, monkeypatch: Any
) -> None:
    monkeypatch.setattr(map_pictures, "MOST", 100)
    content = exported(visit, cast, "svg")
    assert images(content) == []
    assert content.count(b"A &lt;door&gt;") == 3


def test_a_file_that_is_gone_breaks_no_drawing(
    cast: Cast, visit: Journey, monkeypatch: Any
) -> None:
    monkeypatch.setattr(map_pictures, "_small", lambda *_about: b"")
    assert exported(visit, cast, "svg").count(b"A &lt;door&gt;") == 3


def test_data_names_the_picture_and_tells_how_many_stay_behind(
    cast: Cast, visit: Journey, door: Attachment
) -> None:
    plain = msgspec.json.decode(exported(visit, cast, "json"))
    assert plain["stages"][0]["steps"][0]["picture"] == {
        "number": 1, "words": door.words.to_json(), "sha256": door.sha256, "width": 900,
        "height": 600,
    }  # fmt: skip
    few = msgspec.json.decode(exported(visit, cast, "json", lanes=["frontstage"]))
    assert few["stages"][0]["steps"][0]["picture"] is None
    doc = from_json(plain)
    assert left_behind(doc.pictures, cast.aino.actor) == 0
    assert left_behind(doc.pictures, cast.olga.actor) == 3


def test_a_sheet_of_elsewhere_begins_a_journey_without_the_pictures(
    cast: Cast, visit: Journey
) -> None:
    text = text_of_file(exported(visit, cast, "csv"), "sheet.csv")
    read = understand(text, Translated.of("Elsewhere", "en"), by=cast.olga.actor)
    assert (read.troubles, read.pictures_left) == ((), 3)
    assert read.notes[-1].startswith("3 pictures stay behind")
    made = begin_journey(read.doc, by=cast.olga.actor)
    doc = read_document(cast.olga.actor, made)
    assert doc.pictures == ()
    assert "system" not in doc.used
    assert doc.steps[0].text_of("frontstage", "en") == "opens"
