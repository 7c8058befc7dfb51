"""What the address of the wall asks for, understood or said to be not understood."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from polku.insight.wall.gathering import FARTHEST, Asked
from polku.insight.wall.lanes import LANE_OF, card_kinds
from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.finding import find_words, with_code
from polku.kernel.folding import fold
from polku.kernel.link_kinds import QUESTION_WORDS, QUESTIONS
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.web.desk.values import title_text
from polku.web.signs import THREAD_WORDS

MOST_NAMED = 6


@dataclass(frozen=True)
class Question:
    """The question as understood: what to show, the start when there is one, what went wrong."""

    asked: Asked
    start: Any = None
    written: str = ""
    misread: str = ""
    fits: list[Any] = field(default_factory=list)
    query: dict[str, list[str]] = field(default_factory=dict)

    def address(self, **more: str) -> str:
        """The same question with something changed, as the end of an address."""
        kept = {name: values for name, values in self.query.items() if name not in more}
        changed = {name: [value] for name, value in more.items() if value}
        return f"?{urlencode({**kept, **changed}, doseq=True)}"


def question_from(actor: Actor, given: QueryDict) -> Question:
    """Read ``start of far as_of card thread about page`` of an address; what is wrong is said."""
    query = {
        name: [value[:200].replace("\x00", "") for value in given.getlist(name)[:20] if value]
        for name in ("start", "of", "far", "as_of", "card", "thread", "about")
    }
    if not may_ask_day(actor):
        del query["as_of"]
    query = {name: values for name, values in query.items() if values}
    written = " ".join(query.get("start", [""])[0].split())
    start, fits, misread = _start(actor, written)
    day, unknown_day = _day(query.get("as_of", [""])[0])
    kinds = {row.kind for row in card_kinds(actor)}
    of = query.get("of", [""])[0]
    threads = [word for word in query.get("thread", []) if word in _thread_words(actor)]
    asked = Asked(
        start=(start._meta.db_table, start.pk) if start is not None else None,
        of=of if of in kinds else "",
        far=_far(query.get("far", [""])[0]),
        day=day,
        kinds=frozenset(kinds & set(query.get("card", []))),
        threads=frozenset(threads) - {"missing"} or _none_of(threads),
        questions=frozenset(query.get("about", [])) & frozenset(QUESTIONS),
        page=_page(given.get("page", "")),
        missing=not threads or "missing" in threads,
    )
    return Question(asked, start, written, misread or unknown_day, fits, query)


def may_ask_day(actor: Actor) -> bool:
    """Another day is the team's own, here as everywhere."""
    return bool(may_read_inside(actor))


def _thread_words(actor: Actor) -> dict[str, Sentence]:
    """How threads hold, as far as one is told: what needs a look is the team's own matter."""
    told = may_read_inside(actor)
    return {name: words for name, words in THREAD_WORDS.items() if told or name != "suspect"}


def _none_of(threads: list[str]) -> frozenset[str]:
    """Only what is missing was asked for: no thread that is there fits."""
    return frozenset({"none"}) if threads else frozenset()


def _start(actor: Actor, written: str) -> tuple[Any, list[Any], str]:
    """The card that was meant, those that would fit, and what to say when it is none or many."""
    if not written:
        return None, [], ""
    code = written.rsplit(" · ", 1)[-1]
    found = with_code(actor, code)
    if found is not None and found._meta.db_table in LANE_OF:
        if not found.archived:
            return found, [], ""
        words = _("%(name)s was put away, so it hangs on no wall. You see everything.")
        return None, [], words % {"name": title_text(found)}
    hits = [
        obj for group in find_words(actor, written).groups
        if group.entity.kind in LANE_OF for obj in group.rows
    ]  # fmt: skip
    same = [obj for obj in hits if fold(title_text(obj)) == fold(written)]
    if len(same or hits) == 1:
        return (same or hits)[0], [], ""
    if hits:
        words = _("Several fit “%(words)s”. Choose one to start from.")
        return None, hits[:MOST_NAMED], words % {"words": written[:80]}
    words = _("Nothing here is called “%(words)s”, so you see everything. Write another word of "
              "its name, or its code.")  # fmt: skip
    return None, [], words % {"words": written[:80]}


def _day(raw: str) -> tuple[dt.date | None, str]:
    if not raw:
        return None, ""
    try:
        return dt.date.fromisoformat(raw), ""
    except ValueError:
        words = _("“%(value)s” is not a day, so you see today. Write a day as 2026-05-31.")
        return None, words % {"value": raw[:40]}


def _far(raw: str) -> int:
    return min(max(int(raw), 1), FARTHEST) if raw.isdecimal() and len(raw) < 4 else 2


def _page(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 7 else 1


def kind_choices(actor: Actor, question: Question) -> list[dict[str, Any]]:
    """The kinds of card, as boxes to tick and as something to start from."""
    return [
        {"kind": row.kind, "words": many(actor, row), "ticked": row.kind in question.asked.kinds,
         "chosen": row.kind == question.asked.of}
        for row in card_kinds(actor)
    ]  # fmt: skip


def many(actor: Actor, row: Entity) -> str:
    """The kind in the plural, in the reader's words."""
    return row.words.phrase("many", actor.vocabulary)


def question_choices(question: Question) -> list[dict[str, Any]]:
    """The questions that threads answer, as boxes to tick."""
    return [
        {"name": name, "words": QUESTION_WORDS[name],
         "ticked": name in question.asked.questions}
        for name in QUESTIONS if name in QUESTIONS_IN_USE
    ]  # fmt: skip


def thread_choices(
    actor: Actor, question: Question, counts: dict[str, int]
) -> list[dict[str, Any]]:
    """How threads hold, each with its number; the legend of the picture at the same time."""
    shown = _thread_words(actor)
    ticked = set(question.query.get("thread", [])) & set(shown) or set(shown)
    return [
        {"name": name, "words": words, "ticked": name in ticked, "n": counts.get(name, 0)}
        for name, words in shown.items()
    ]


def start_words(question: Question) -> str:
    """What stands in the field of the start."""
    if question.start is None:
        return question.written
    return f"{title_text(question.start)} · {question.start.code}"


def entity_of_start(question: Question) -> Entity | None:
    """The kind of the card one starts from."""
    return entity_row(question.start._meta.db_table) if question.start is not None else None


QUESTIONS_IN_USE = frozenset({"why", "for_whom", "where", "owed", "next"})
