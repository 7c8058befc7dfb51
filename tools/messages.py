"""The translations: collect what is to be translated, and compile what has been.

python -m tools.messages collect     source and templates -> .po (needs gettext)
python -m tools.messages compile     .po -> .mo (Babel alone)
"""

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "polku"


def compile_all(locale: Path) -> int:
    """Write a .mo beside every .po below `locale` that is newer; return how many were written."""
    stale = [po for po in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        _compile(po)
    return len(stale)


def collect() -> None:
    """Renew the .po files of all languages from source and templates."""
    if shutil.which("xgettext") is None:
        sys.exit("Collecting texts needs gettext. On Debian: apt-get install gettext")
    languages = sorted(folder.name for folder in (PACKAGE / "locale").iterdir() if folder.is_dir())
    chosen = [f"--locale={language}" for language in languages]
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-obsolete"]
    settings = ["--settings=polku.settings", "--extension=html,txt,py,svg"]
    subprocess.run([*command, *settings, *chosen], cwd=PACKAGE, check=True)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _compile(po: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    with po.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    elif sys.argv[1:] == ["compile"]:
        compile_all(PACKAGE / "locale")
    else:
        sys.exit(__doc__)
