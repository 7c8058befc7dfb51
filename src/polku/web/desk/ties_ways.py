"""The ways in which one thing may be tied to others, in words; needs stand among them."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Sentence
from polku.kernel.finding import find_words, kinds_for, with_code
from polku.kernel.folding import fold
from polku.kernel.link_kinds import LINK_KINDS, QUESTION_WORDS, QUESTIONS, LinkKind
from polku.kernel.link_rows import end_by_code
from polku.kernel.pieces import piece_kind, pieces_of
from polku.kernel.queries import titled, visible_kind, visible_pieces
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.tenancy.models import PieceRow
from polku.web.desk.values import title_text

NEED = "need"
MOST_CHOICES = 80
MOST_HINTS = 600
CODE = re.compile(r"[A-Z]{2,8}-[0-9]{1,9}(?:\.[0-9]{1,9})?", re.IGNORECASE)

# What stands before the name of the other end: of a need from here, and of a need from there
NEED_WORDS: dict[str, tuple[Sentence, Sentence]] = {
    "requires": (gettext_lazy("needs"), gettext_lazy("is needed by")),
    "part_of": (gettext_lazy("is part of"), gettext_lazy("has as a part")),
    "substitutes": (gettext_lazy("can stand in for"), gettext_lazy("can be stood in for by")),
    "excludes": (gettext_lazy("rules out"), gettext_lazy("is ruled out by")),
    "migrates_to": (gettext_lazy("moves to"), gettext_lazy("takes over from")),
    "supports": (gettext_lazy("supports"), gettext_lazy("is supported by")),
}


@dataclass(frozen=True)
class Way:
    """One way to tie: ``code`` is a kind of link, or a kind of need when ``is_need``."""

    code: str
    forward: bool
    words: Sentence
    question: str
    kinds: tuple[str, ...]
    is_need: bool = False

    @property
    def key(self) -> str:
        """The way in an address."""
        return f"{self.code}-{'to' if self.forward else 'from'}"


@dataclass(frozen=True)
class Choices:
    """What can be chosen as the other end; too many for a list become hints while writing."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    total: int = 0

    @property
    def is_short(self) -> bool:
        """Few enough to stand in a list."""
        return self.total <= MOST_CHOICES


def ways_for(actor: Actor, entity: Entity) -> list[Way]:
    """Every way that is legal for a kind of thing and switched on here, by question."""
    return ways_for_kind(actor, entity.kind)


def ways_for_kind(actor: Actor, kind: str) -> list[Way]:
    """The same, also for a kind of piece."""
    on = {row.kind for row in kinds_for(actor)}
    on |= {piece.kind for known in [*on] for piece in pieces_of(known)}
    found = [
        way
        for row in LINK_KINDS.values()
        for forward in (True, False)
        if (way := _way(row, kind, on, forward=forward)) is not None
    ]
    if kind in DEPENDENCY_ENDS and "dependency" in on:
        found += _needs(on)
    return sorted(found, key=lambda way: QUESTIONS.index(way.question))


def _way(row: LinkKind, kind: str, on: set[str], *, forward: bool) -> Way | None:
    mine, theirs = (row.from_kinds, row.to_kinds) if forward else (row.to_kinds, row.from_kinds)
    if kind not in mine:
        return None
    if row.same_kind:
        theirs = frozenset({kind})
    kinds = tuple(sorted(theirs & on))
    words = row.forward if forward else row.backward
    question = row.forward_question if forward else row.backward_question
    return Way(row.code, forward, words, question, kinds) if kinds else None


def _needs(on: set[str]) -> list[Way]:
    kinds = tuple(sorted(DEPENDENCY_ENDS & on))
    return [
        Way(code, forward, words[0] if forward else words[1], "where", kinds, is_need=True)
        for code, words in NEED_WORDS.items()
        for forward in ((True, False) if code in {"requires", "part_of"} else (True,))
    ]


def grouped(ways: list[Way]) -> list[dict[str, Any]]:
    """Ways by question, for choosing one."""
    return [
        {"question": QUESTION_WORDS[question], "ways": chosen}
        for question in QUESTIONS
        if (chosen := [way for way in ways if way.question == question])
    ]


def choices_for(actor: Actor, way: Way, obj: Any) -> Choices:
    """Names and codes of what may stand at the other end, by name."""
    rows: list[tuple[str, str]] = []
    total = 0
    for kind in way.kinds:
        found = _things(actor, kind, obj)
        total += len(found)
        rows += [(thing.code, _called(thing)) for thing in found[:MOST_HINTS]]
    return Choices(sorted(rows, key=lambda pair: fold(pair[1])), total)


def _things(actor: Actor, kind: str, obj: Any) -> list[Any]:
    piece = piece_kind(kind)
    if piece is not None:
        away = {f"{piece.parent_field}__archived": False}
        return list(visible_pieces(actor, piece).filter(**away).order_by("id")[: MOST_HINTS + 1])
    row = entity_row(kind)
    things = visible_kind(actor, row).order_by("sort_title", "id")
    if kind == obj._meta.db_table:
        things = things.exclude(pk=obj.pk)
    return list(titled(row, things)[: MOST_HINTS + 1])


def _called(thing: Any) -> str:
    """Its name; of a piece, whose piece it is too."""
    if isinstance(thing, PieceRow):
        return f"{title_text(thing)} – {title_text(thing.parent)}"
    return title_text(thing)


def find_other(actor: Actor, way: Way, obj: Any, written: str) -> Any:
    """The thing that was meant by a code, or by words that fit only one.

    Raises BadInput that names those that fit when they are several.
    """
    if not written.strip():
        raise BadInput({"other": _("Choose what it is tied to.")})
    code = CODE.findall(written)
    found = (end_by_code(actor, code[-1]) or with_code(actor, code[-1])) if code else None
    if found is not None and found._meta.db_table in way.kinds:
        return found
    hits = [
        thing
        for group in find_words(actor, written, per_kind=20).groups
        if group.entity.kind in way.kinds
        for thing in group.rows
        if (thing.pk, thing._meta.db_table) != (obj.pk, obj._meta.db_table)
    ]
    hits += [
        thing
        for kind in way.kinds
        if piece_kind(kind) is not None
        for thing in _things(actor, kind, obj)
        if fold(written) in fold(_called(thing))
    ]
    same = [thing for thing in hits if fold(title_text(thing)) == fold(written)]
    if len(same or hits) == 1:
        return (same or hits)[0]
    raise BadInput({"other": _several(hits) if hits else _nothing(written)})


def _several(hits: list[Any]) -> str:
    names = ", ".join(f"{title_text(thing)} ({thing.code})" for thing in hits[:6])
    return _("Several fit: %(names)s. Write the code of the one you mean.") % {"names": names}


def _nothing(written: str) -> str:
    return _("Nothing here is called “%(words)s”. Write another word of its name, or its code.") % {
        "words": written[:80]
    }
