"""The documentation keeps up: what can be set, typed, met or named has its heading."""

import re
from pathlib import Path

import pytest

from polku.kernel.answers import PolkuError
from polku.kernel.registry import entities
from tools.docs_reference import DOCS, outdated, pages
from tools.reference.entities import path_of

ROOT = DOCS.parent
COMMAND = re.compile(r"^\$ (?:[A-Z_]+=\S+ )*(?:\S+/)?(polku \S[^\n]*)", re.MULTILINE)
SETTING = re.compile(r"""["'](POLKU_[A-Z_]+)["']""")


def headings(page: str) -> set[str]:
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return {line.lstrip("# ") for line in lines if line.startswith("#")}


def settings_in_source() -> set[str]:
    modules = (ROOT / "src").rglob("*.py")
    return {name for path in modules for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def errors(kind: type[PolkuError] = PolkuError) -> set[type[PolkuError]]:
    return {kind, *(each for sub in kind.__subclasses__() for each in errors(sub))}


def test_every_setting_has_a_heading() -> None:
    documented = {name for name in headings("how-to/settings.md") if name.startswith("POLKU_")}
    assert settings_in_source() == documented


def test_every_error_has_a_heading() -> None:
    codes = {error.code for error in errors() if error is not PolkuError}
    assert codes <= headings("reference/errors.md")


def test_every_entity_has_its_page() -> None:
    assert [entity.kind for entity in entities() if not (DOCS / path_of(entity)).exists()] == []


def test_generated_pages_are_current() -> None:
    """`make docs` writes them."""
    assert [str(path) for path in outdated(DOCS)] == []


def test_a_page_that_differs_is_seen(tmp_path: Path) -> None:
    name = Path("entities/service-product.md")
    (tmp_path / "entities").mkdir()
    (tmp_path / name).write_text("# Something else\n")
    (tmp_path / "entities" / "gone.md").write_text("# Gone\n")
    assert {name, Path("entities/gone.md")} <= set(outdated(tmp_path))


def command_names() -> set[str]:
    from typer.main import get_command

    from polku.cli.main import app
    from tools.reference.commands import commands

    return {f"polku {name}" for name, _command in commands(get_command(app))}


def test_every_command_has_a_heading() -> None:
    assert command_names() <= headings("reference/cli.md")


def test_every_command_that_a_page_types_exists() -> None:
    known = command_names()
    typed = {
        (page.name, line)
        for page in (*DOCS.glob("*.md"), *DOCS.glob("how-to/*.md"))
        for line in COMMAND.findall(page.read_text(encoding="utf-8"))
    }
    assert len(typed) > 10
    wrong = [(page, line) for page, line in sorted(typed) if not is_known(line, known)]
    assert wrong == []


def is_known(line: str, known: set[str]) -> bool:
    """Whether the line begins with a command: `polku user list` or `polku serve`."""
    words = line.split()
    return " ".join(words[:2]) in known or " ".join(words[:3]) in known


def test_every_decision_is_in_the_list() -> None:
    listed = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    records = sorted((DOCS / "decisions").glob("0*.md"))
    assert len(records) >= 20
    for record in records:
        title = record.read_text(encoding="utf-8").splitlines()[0]
        number, words = re.fullmatch(r"# (\d+)\. (.+)", title).groups()
        assert record.name.startswith(f"{int(number):04}-")
        assert f"| {number} | [{words}]({record.name}) |" in listed


@pytest.mark.parametrize("part", ["Context", "Decision", "Consequences"])
def test_every_decision_says_why_what_and_what_follows(part: str) -> None:
    records = sorted((DOCS / "decisions").glob("0*.md"))
    assert [path.name for path in records if f"**{part}.**" not in path.read_text()] == []


def test_every_test_that_the_security_table_names_exists() -> None:
    table = (DOCS / "security" / "asvs.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[^`]+)`", table))
    assert len(named) > 10
    assert [name for name in sorted(named) if not exists(name)] == []


def exists(name: str) -> bool:
    path, _, function = name.partition("::")
    file = ROOT / path
    return file.exists() and (not function or f"def {function}(" in file.read_text())


def test_the_security_table_counts_what_it_holds() -> None:
    table = (DOCS / "security" / "asvs.md").read_text(encoding="utf-8")
    said = re.search(r"(\d+) are met, (\d+) documented, (\d+) open", table)
    assert said
    rows = re.findall(r"^\| [\d.-]+ .*\| (met|documented|\*\*open\*\*) \|", table, re.MULTILINE)
    counted = [rows.count(word) for word in ("met", "documented", "**open**")]
    assert list(map(int, said.groups())) == counted


def test_links_of_the_readme_lead_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_kind_of_page_is_made() -> None:
    folders = {path.parts[0] for path in pages()}
    assert folders == {"entities", "reference"}
