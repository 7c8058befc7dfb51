"""People and organisations named in a cell. Source: handbook, portfolio 7.11.

The kind is a guess for a person to confirm: two capitalised words (three with a Russian patronymic)
are a person, unless one is a legal form or a word that organisations bear in their names.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from polku.kernel.folding import fold

type PartyKind = Literal["person", "organisation", "team"]

_MAIL = re.compile(r"[<(]?\b([^\s<>()@,;]+@[^\s<>()@,;]+\.[^\s<>()@,;]+)[>)]?")
_PATRONYMIC = re.compile(r"(вич|вна|чна)$")
_LEGAL_FORMS = (
    "oy, oyj, ab, ky, ry, tmi, osk, ltd, limited, inc, llc, llp, plc, corp, co, gmbh, ag, ev, sa, "
    "sarl, spa, bv, nv, as, asa, sp, zoo, s.a., sp.k., ооо, оао, зао, ао, ип, пао, нко, фгуп, мбу"
)
_ORGANISATION_WORDS = (
    "museum, library, city, ministry, agency, department, university, school, office, council, "
    "company, foundation, association, hospital, bank, institute, services, "
    "museo, kirjasto, kaupunki, kunta, ministerio, virasto, yliopisto, koulu, yhdistys, saatio, "
    "muzeum, biblioteka, miasto, gmina, ministerstwo, urzad, uniwersytet, szkola, fundacja, "
    "музеи, библиотека, город, министерство, агентство, университет, школа, фонд, учреждение"
)
_TEAM_WORDS = (
    "team, unit, desk, helpdesk, group, tiimi, yksikko, ryhma, osasto, zespol, dzial, grupa, "
    "отдел, команда, группа, бригада"
)


@dataclass(frozen=True, slots=True)
class PartyName:
    """A name with its guessed kind. ``others`` are its names in further languages, by tag."""

    name: str
    kind: PartyKind
    email: str | None = None
    others: dict[str, str] = field(default_factory=dict)


def read_party(text: str, kind: PartyKind | None = None) -> PartyName | None:
    """The party named in a cell; an address written beside the name is kept apart."""
    mail = _MAIL.search(text)
    name = " ".join((_MAIL.sub(" ", text) if mail else text).strip(" ,;").split())
    if not name and mail:
        name = mail[1]
    if not name:
        return None
    return PartyName(name, kind or guess_kind(name), mail[1] if mail else None)


def guess_kind(name: str) -> PartyKind:
    """Person, organisation or team, by the look of the name."""
    words = [word.strip(".,") for word in name.replace("-", " ").split()]
    folded = {fold(word) for word in words} | {fold(word) for word in name.split()}
    if folded & _words(_TEAM_WORDS):
        return "team"
    if folded & (_words(_LEGAL_FORMS) | _words(_ORGANISATION_WORDS)):
        return "organisation"
    parts = [word for word in name.replace(",", " ").split() if word]
    named = len(parts) == 2 or (len(parts) == 3 and any(map(_PATRONYMIC.search, parts)))
    return "person" if named and all(map(_is_given, parts)) else "organisation"


def _is_given(word: str) -> bool:
    """A capital followed by small letters, or an initial."""
    bare = word.replace("-", "").replace("'", "").replace("’", "")
    if len(bare) == 2 and bare.endswith("."):
        return bare[0].isupper()
    return bare.isalpha() and bare[0].isupper() and not bare.isupper()


@cache
def _words(line: str) -> frozenset[str]:
    return frozenset(fold(word) for word in line.split(","))
