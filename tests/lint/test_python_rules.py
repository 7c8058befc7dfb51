"""Each rule of the house lint for modules: a breach is found, its honest neighbour is not."""

from pathlib import Path

import pytest

from tools.house.python_rules import breaches_in_module


def rules(tmp_path: Path, source: str, within: str = "portfolio/pages.py") -> list[str]:
    """The rules that `source` breaks when it stands at `within` in the package."""
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    return [breach.rule for breach in breaches_in_module(path, Path(within))]


@pytest.mark.parametrize(
    "line",
    [
        "service.save()",
        "service.save(update_fields=['name'])",
        "service.delete()",
        "visible(actor).filter(pk=1).update(state='live')",
        "Service.objects.create(name='x')",
        "service.offering_set.create(name='x')",
        "Service.objects.bulk_create(rows)",
        "Service.objects.get_or_create(code='x')",
        "await service.asave()",
    ],
)
def test_a_write_outside_operations_is_a_breach(tmp_path: Path, line: str) -> None:
    source = f"async def change():\n    {line}\n"
    assert rules(tmp_path, source) == ["write-outside-operations"]


@pytest.mark.parametrize(
    "line",
    [
        "known.update({'a': 1})",
        "kwargs.update(a=1)",
        "hashlib.sha256().update(b'x')",
        "workbook.save('out.xlsx')",
        "request.session.save()",
        "app.create('x')",
    ],
)
def test_what_only_looks_like_a_write_is_let_be(tmp_path: Path, line: str) -> None:
    assert rules(tmp_path, line) == []


@pytest.mark.parametrize(
    "within",
    [
        "portfolio/operations.py",
        "portfolio/operations/services.py",
        "portfolio/operations_imports.py",
        "kernel/changes.py",
        "kernel/models/links.py",
        "tenancy/models/accounts.py",
        "storage/writer_queue.py",
        "portfolio/migrations/0002_rows.py",
    ],
)
def test_operations_and_the_kernels_writers_may_write(tmp_path: Path, within: str) -> None:
    assert rules(tmp_path, "service.save()", within) == []


def test_a_reader_of_the_kernel_may_not_write(tmp_path: Path) -> None:
    assert rules(tmp_path, "row.save()", "kernel/queries.py") == ["write-outside-operations"]


@pytest.mark.parametrize("door", ["web/desk/home.py", "api/routers.py", "cli/main.py"])
def test_a_door_that_reads_a_table_is_a_breach(tmp_path: Path, door: str) -> None:
    assert rules(tmp_path, "Service.objects.filter(pk=1)", door) == ["table-in-a-door"]
    assert rules(tmp_path, "Service._default_manager.all()", door) == ["table-in-a-door"]
    assert rules(tmp_path, "visible_services(actor).filter(pk=1)", door) == []


def test_a_room_behind_the_doors_reads_its_tables(tmp_path: Path) -> None:
    assert rules(tmp_path, "Service.objects.filter(pk=1)", "portfolio/queries.py") == []


def test_the_longest_module_has_400_lines(tmp_path: Path) -> None:
    assert rules(tmp_path, "x = 1\n" * 400) == []
    assert rules(tmp_path, "x = 1\n" * 401) == ["long-module"]
    assert rules(tmp_path, "x = 1\n" * 401, "portfolio/migrations/0001_initial.py") == []


@pytest.mark.parametrize(
    "within", ["portfolio/utils.py", "web/helpers/pages.py", "kernel/manager.py", "misc/codes.py"]
)
def test_a_name_that_says_nothing_is_a_breach(tmp_path: Path, within: str) -> None:
    assert rules(tmp_path, "", within) == ["vague-name"]


def test_a_translated_text_is_read_with_its_language(tmp_path: Path) -> None:
    assert rules(tmp_path, "service.name.texts['fi']") == ["raw-text"]
    assert rules(tmp_path, "service.name.texts.get('fi')") == ["raw-text"]
    assert rules(tmp_path, "service.name.reading('fi')") == []
    assert rules(tmp_path, "value.texts['fi']", "kernel/translated.py") == []
    assert rules(tmp_path, "self.texts['fi']") == []


def test_a_breach_says_where_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "pages.py"
    path.write_text("\n\nservice.save()\n")
    (breach,) = breaches_in_module(path, Path("web/pages.py"))
    expected = "pages.py:3: write-outside-operations: `.save()` belongs into an operation"
    assert breach.shown_from(tmp_path) == expected
