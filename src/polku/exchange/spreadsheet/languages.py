"""Languages as people write them in headings and cells: tags, names, Finnish and Polish adverbs."""

import re
from functools import cache

from babel import Locale

from polku.exchange.spreadsheet.synonyms import LANGUAGES
from polku.kernel.folding import fold

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_ADVERBS = {
    "suomeksi": "fi",
    "englanniksi": "en",
    "puolaksi": "pl",
    "venajaksi": "ru",
    "ruotsiksi": "sv",
    "po polsku": "pl",
    "po angielsku": "en",
    "po finsku": "fi",
    "po rosyjsku": "ru",
    "по-русски": "ru",
    "по-английски": "en",
    "по-фински": "fi",
    "по-польски": "pl",
    "in english": "en",
    "in finnish": "fi",
    "in polish": "pl",
    "in russian": "ru",
}


def language_tag(text: str) -> str | None:
    """The BCP 47 tag in its usual spelling (``pt-BR``), if it names a language known to CLDR."""
    match = _TAG.fullmatch(text.strip())
    if not match or match[1].lower() not in _codes():
        return None
    parts = [match[1].lower()]
    parts += [match[2].title()] if match[2] else []
    parts += [match[3].upper()] if match[3] else []
    return "-".join(parts)


def language_named(text: str) -> str | None:
    """The tag of a language given as tag, as name in our four languages, or in itself."""
    words = text.strip()
    return language_tag(words) or _names().get(fold(words)) or _folded_adverbs().get(fold(words))


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for shown_in in LANGUAGES:
        for code, name in Locale(shown_in).languages.items():
            names.setdefault(fold(name), code.replace("_", "-"))
    for code in ("sv", "de", "fr", "et", "uk", "es", "it", "cs", "se"):
        names.setdefault(fold(Locale(code).get_display_name(code) or code), code)
    return names


@cache
def _folded_adverbs() -> dict[str, str]:
    return {fold(words): code for words, code in _ADVERBS.items()}
