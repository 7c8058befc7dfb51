"""The pages of the documentation that are made from the code, so that they cannot be wrong.

python -m tools.docs_reference          write them
python -m tools.docs_reference --check  fail when a committed page differs
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def pages() -> dict[Path, str]:
    """{path below docs/: text} of every generated page. Django must be set up."""
    from tools.reference import checks, commands, entities

    one = {"reference/cli.md": commands.page(), "reference/checks.md": checks.page()}
    return {**entities.pages(), **{Path(name): text for name, text in one.items()}}


def outdated(folder: Path) -> Iterator[Path]:
    """Generated pages that are missing in `folder`, differ, or belong to nothing any more."""
    wanted = pages()
    for path, text in wanted.items():
        committed = folder / path
        if not committed.exists() or committed.read_text(encoding="utf-8") != text:
            yield path
    for committed in sorted((folder / "entities").glob("*.md")):
        if committed.relative_to(folder) not in wanted:
            yield committed.relative_to(folder)


def write(folder: Path) -> None:
    for path in list(outdated(folder)):
        text = pages().get(path)
        if text is None:
            (folder / path).unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def set_up(home: str) -> None:
    """Start Django on a home folder that goes away, in English."""
    import django
    from django.utils import translation

    os.environ["POLKU_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "polku.settings"
    django.setup()
    translation.activate("en")


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="polku-docs-") as home:
        set_up(home)
        if arguments != ["--check"]:
            write(DOCS)
            return 0
        found = list(outdated(DOCS))
    for path in found:
        print(f"docs/{path} differs from the code; `make docs` writes it anew")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
