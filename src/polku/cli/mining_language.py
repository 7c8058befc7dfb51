"""The words of the event engine in the language of the person.

The engine speaks English; the catalogue of Polku has its sentences (:mod:`polku.cli.mining_words`).
It is read by gettext alone, so that mining starts without Django.
"""

import gettext
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from polku_mining.report import Reader

LANGUAGES = ("en", "fi", "pl", "ru")
LOCALE = Path(__file__).resolve().parent.parent / "locale"

type Words = Callable[[str], str]


def language_of(wanted: str | None) -> str:
    """The language asked for, else that of the shell, else English."""
    if wanted is not None and wanted not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES), param_hint="--language")
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG", "en")
    known = spoken.split("_")[0].split(".")[0].lower()
    return wanted or (known if known in LANGUAGES else "en")


def words(wanted: str | None) -> Words:
    """From an English pattern to that of the language; what has no translation stays English."""
    found = gettext.translation("django", LOCALE, [language_of(wanted)], fallback=True)
    return found.gettext


def reader(wanted: str | None, zone: str | None) -> "Reader":
    """Whoever reads: language, numbers, days, zone."""
    from polku_mining.report import Reader

    return Reader(words(wanted), language_of(wanted), zone or "UTC")
