"""``polku journey``: listed, out as files, in from sheets and tables."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polku.cli.main import app
from polku.journeys.documents import read_document
from polku.journeys.models import Journey
from tests.cast import Cast
from tests.journeys.ways import visit_of

shell = CliRunner()
pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast: Cast) -> Journey:
    return visit_of(cast.aino)


def polku(*words: object, answer: str = "") -> Result:
    return shell.invoke(app, ["journey", *(str(word) for word in words)], input=answer)


def test_journeys_are_listed(visit: Journey) -> None:
    said = polku("list", "-w", "museum")
    assert said.exit_code == 0
    assert f"{visit.code}  I visit the museum  as it is, version 1, being written, 3 steps" in (
        said.output
    )


def test_a_sheet_goes_out_and_comes_back(cast: Cast, visit: Journey, tmp_path: Path) -> None:
    file = tmp_path / "visit.csv"
    said = polku("export", visit.code, "-w", "museum", "--format", "csv", "-o", file)
    assert said.exit_code == 0, said.output
    same = polku("import", file, "-w", "museum", "--into", visit.code, "--yes")
    assert "0 changes" in same.output
    number = read_document(cast.aino.actor, visit).steps[0].number
    file.write_text(f"step;lane;text_en\n{number};backstage;prints\n9999;backstage;x\n", "utf-8")
    shown = polku("import", file, "-w", "museum", "--into", visit.code, "--dry-run")
    assert "2 rows: 1 changes" in shown.output
    assert "left out: row 3, step" in shown.output
    refused = polku("import", file, "-w", "museum", "--into", visit.code, answer="n\n")
    assert refused.exit_code == 3
    assert not read_document(cast.aino.actor, visit).steps[0].cells
    kept = polku("import", file, "-w", "museum", "--into", visit.code, "--yes")
    assert "as one edit" in kept.output
    assert read_document(cast.aino.actor, visit).steps[0].text_of("backstage", "en") == "prints"


@pytest.mark.parametrize("form", ["xlsx", "json", "svg"])
def test_other_forms_go_into_a_folder(visit: Journey, tmp_path: Path, form: str) -> None:
    polku("export", visit.code, "-w", "museum", "--format", form, "-o", tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [f".{form}"]


def test_a_table_becomes_a_new_journey(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "way.csv"
    file.write_text("Step;Customer does;Mood\nA;goes in;fine\nB;comes out;\n", "utf-8")
    shown = polku("import", file, "-w", "museum", "--name", "My way", "--dry-run")
    assert "1 stages, 2 steps" in shown.output
    assert "not read: Mood" in shown.output
    assert not Journey.objects.exists()
    made = polku("import", file, "-w", "museum", "--name", "My way", "--yes")
    journey = Journey.objects.get()
    assert f"Made {journey.code}." in made.output
    assert len(read_document(cast.aino.actor, journey).steps) == 2


def test_what_is_missing_is_said(visit: Journey, tmp_path: Path) -> None:
    assert "There is no file" in polku("import", tmp_path / "x", "-w", "museum").output
    file = tmp_path / "x.csv"
    file.write_text("a;b\n", "utf-8")
    assert polku("import", file, "-w", "museum").exit_code == 2
