"""``polku import`` and ``polku export``: what they say and how they end."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from polku.cli.main import app
from polku.exchange.spreadsheet.reading import open_workbook
from polku.kernel.models import ImportRun
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast

shell = CliRunner()


@pytest.fixture
def services(tmp_path: Path, cast: Cast) -> Path:
    path = tmp_path / "services.csv"
    path.write_text("id,name,last reviewed\n1,Tour,31.2.2026\n2,Visit,\n,,x\n", "utf-8")
    return path


def polku(*words: object, answer: str = "") -> Result:
    return shell.invoke(app, [str(word) for word in words], input=answer)


def test_a_dry_run_shows_and_keeps_nothing(services: Path) -> None:
    said = polku("import", services, "-w", "museum", "--dry-run")
    assert said.exit_code == 0
    assert "3 rows: 2 new, 0 changed, 0 same, 1 left out, 2 to look at" in said.output
    assert "services, row 2, last reviewed: Tour: There is no day “31.2.2026”" in said.output
    assert not ImportRun.objects.exists()
    assert not ServiceProduct.objects.exists()


def test_it_asks_before_it_saves(services: Path) -> None:
    said = polku("import", services, "-w", "museum", answer="n\n")
    assert said.exit_code == 3
    assert not ServiceProduct.objects.exists()
    said = polku("import", services, "-w", "museum", answer="y\n")
    assert said.exit_code == 0
    assert ServiceProduct.objects.filter(pending_run=None).count() == 2


def test_an_import_is_taken_back_by_its_number(services: Path) -> None:
    polku("import", services, "-w", "museum", "--yes")
    number = ImportRun.objects.get().pk
    said = polku("import", "-w", "museum", "--undo", number)
    assert "Undone: 2 put away" in said.output
    assert not ServiceProduct.objects.filter(archived=False).exists()


def test_a_mapping_is_named_or_given_as_a_file(services: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(
        '{"polku_mapping": 1, "sheets": [{"sheet": "*", "kind": "services", "columns":'
        ' [{"header": "name", "field": "name", "lang": "fi"}]}]}'
    )
    polku("import", services, "-w", "museum", "--mapping", mapping, "--yes")
    tour = ServiceProduct.objects.get(sort_title="tour")
    assert tour.name.source_lang == "fi"
    said = polku("import", services, "-w", "museum", "--mapping", "no such")
    assert (said.exit_code, "There is no mapping no such" in said.output) == (1, True)


def test_wrong_wishes_end_with_a_sentence(services: Path, tmp_path: Path) -> None:
    assert polku("import", services, "-w", "nowhere", "--yes").exit_code == 1
    assert polku("import", tmp_path / "no.csv", "-w", "museum").exit_code == 1
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("name;owner\n" + "Tour;Anna;x;y\n" * 3)
    said = polku("import", ragged, "-w", "museum", "--yes")
    assert said.exit_code == 2
    assert "more cells than there are headings" in said.output
    assert polku("export", "nothing", "-w", "museum").exit_code == 1


def test_export_writes_where_it_is_told(services: Path, tmp_path: Path) -> None:
    polku("import", services, "-w", "museum", "--yes")
    out = tmp_path / "out.csv"
    said = polku("export", "services", "-w", "museum", "--format", "csv", "--out", out)
    assert said.exit_code == 0
    assert open_workbook(out, out.name).sheets[0].row_count == 2
    said = polku("export", "-w", "museum", "--format", "json", "--out", tmp_path)
    assert list(tmp_path.glob("museum-*.json"))
