"""The translations: collect what is to be translated, and compile what has been. English is the
source and stands in the code; it has no catalogue.

python -m tools.messages collect     source and templates -> .po (needs gettext)
python -m tools.messages check       every text is in every language (needs gettext)
python -m tools.messages compile     .po -> .mo (Babel alone)
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.debian import GETTEXT

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "polku"


def compile_all(locale: Path) -> int:
    """Write a .mo beside every .po below `locale` that is newer; return how many were written."""
    stale = [po for po in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        _compile(po)
    return len(stale)


def collect(package: Path = PACKAGE) -> None:
    """Renew the .po files of all languages below `package` from its source and templates."""
    if not GETTEXT.found():
        sys.exit("Collecting texts needs gettext. On Debian: apt-get install gettext")
    languages = sorted(folder.name for folder in (package / "locale").iterdir() if folder.is_dir())
    chosen = [f"--locale={language}" for language in languages]
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-obsolete"]
    kinds = ["--extension=html,txt,py,svg"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run([*command, *kinds, *chosen], cwd=package, env=environment, check=True)


def gaps() -> list[str]:
    """What the committed translations lack: one line a text, per language."""
    with tempfile.TemporaryDirectory(prefix="polku-messages-") as folder:
        copy = Path(folder) / "polku"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        collect(copy)
        return [
            f"{po.parent.parent.name}: {gap}"
            for po in sorted((copy / "locale").glob("*/LC_MESSAGES/django.po"))
            for gap in _gaps_of(po)
        ]


def _gaps_of(po: Path) -> list[str]:
    return [
        f"{'unsure' if message.fuzzy else 'missing'}: {message.id!r}"
        for message in _catalogue(po)
        if message.id and (message.fuzzy or not _is_whole(message.string))
    ]


def _is_whole(translation: str | tuple[str, ...]) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)


def _catalogue(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, locale=po.parent.parent.name)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _compile(po: Path) -> None:
    with po.with_suffix(".mo").open("wb") as target:
        write_mo(target, _catalogue(po))


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    elif sys.argv[1:] == ["compile"]:
        compile_all(PACKAGE / "locale")
    elif sys.argv[1:] == ["check"]:
        found = gaps()
        sys.exit("\n".join(found) if found else 0)
    else:
        sys.exit(__doc__)
