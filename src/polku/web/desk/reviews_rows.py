"""Changes and their ties as the pages show them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.fingerprints import fingerprint, meant
from polku.kernel.pieces import home_of
from polku.kernel.queries import find_many
from polku.kernel.registry import Entity, entity_of
from polku.kernel.reviews import Change, Doubt, looked_at_since
from polku.kernel.reviews_past import FieldChange
from polku.portfolio.models import Price
from polku.tenancy.models import PieceRow
from polku.web.desk.addresses import page_url
from polku.web.desk.reviews_forms import Answer, Answers, name_of
from polku.web.desk.values import link_html, title_text
from polku.web.history_changes import Reader, changed_words, value_words
from polku.web.history_sentences import objects_by_code, who_did
from polku.web.prices import money
from polku.web.readings import before_and_after

SHORT = 48

VERDICT_WORDS: dict[str, Sentence] = {
    "still_right": gettext_lazy("still right"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
}


@dataclass(frozen=True)
class Line:
    """One change in the list: what changed, in a few words, and how many ties wait."""

    what: SafeString
    code: str
    url: str
    told: str
    at: dt.datetime | None
    mine: int
    n: int
    words: list["FieldShown"]


@dataclass(frozen=True)
class FieldShown:
    """One part of the meaning: before with what went marked, after with what came marked."""

    label: str
    before: SafeString
    after: SafeString
    line: SafeString


@dataclass(frozen=True)
class DoubtShown:
    """One tie that waits: its sentence, whose look it waits for, and the answer so far."""

    name: str
    other: SafeString
    other_title: str
    words: Sentence
    object_title: str
    turned: bool
    why: str
    note: str
    mine: bool
    answer: Answer
    seen: str
    tie_url: str


@dataclass(frozen=True)
class ChangeShown:
    """One change with its ties."""

    fields: list[FieldShown]
    told: str
    at: dt.datetime | None
    note: str
    more: int
    doubts: list[DoubtShown]
    lang: str = ""


@dataclass(frozen=True)
class Decided:
    """A tie that somebody looked at since the change."""

    other: SafeString
    words: Sentence
    object_title: str
    turned: bool
    verdict: str
    word: Sentence
    who: str
    at: dt.datetime | None


def line_shown(actor: Actor, change: Change) -> Line:
    """One change as a line that leads to its page."""
    told, obj = change.told, change.obj
    url = review_url(actor, obj)
    return Line(
        format_html('<a href="{}">{}</a>', url, _name(obj)), obj.code, url,
        who_did(told.event) if told else "", told.event.at if told else change.since,
        len(change.mine), len(change.doubts), _fields(actor, change)[:2],
    )  # fmt: skip


def _short(obj: Any) -> str:
    """The name of what changed, cut: it stands in the heading in full."""
    return Truncator(title_text(obj)).chars(SHORT)


def review_url(actor: Actor, obj: Any) -> str:
    """Where the ties that hang on a changed end are looked at."""
    return reverse("review_change", kwargs={"workspace": actor.workspace.slug, "end": obj.code})


def _name(obj: Any) -> str:
    if isinstance(obj, PieceRow):
        return _("%(piece)s, of %(whole)s") % {
            "piece": title_text(obj), "whole": title_text(obj.parent),
        }  # fmt: skip
    return title_text(obj)


def change_shown(actor: Actor, change: Change, answers: Answers) -> ChangeShown:
    """One change with before and after, and its ties with the answers so far."""
    told, print_shown = change.told, fingerprint(change.obj)
    waiting = {doubt.asked for doubt in change.doubts if doubt.asked and not doubt.mine}
    people = find_many(actor, {("party", number) for number in waiting})
    names = {number: str(party.name) for (_kind, number), party in people.items()}
    return ChangeShown(
        _fields(actor, change), who_did(told.event) if told else "",
        told.event.at if told else None, told.event.note if told else "",
        told.n - 1 if told else 0,
        [_doubt(actor, change.obj, doubt, answers, names, print_shown) for doubt in change.doubts],
    )  # fmt: skip


def _doubt(
    actor: Actor, obj: Any, doubt: Doubt, answers: Answers, names: Mapping[int, str],
    print_shown: str,
) -> DoubtShown:  # fmt: skip
    # The sentence is told from its first end; where that is the one that changed, it is turned
    turned = doubt.side == "from"
    home = home_of(doubt.other)
    url = page_url(actor.workspace, entity_of(home), "tie_change", code=home.code,
                   link=doubt.link.pk)  # fmt: skip
    return DoubtShown(
        name_of(doubt), link_html(doubt.other, actor.workspace), title_text(doubt.other),
        doubt.kind.forward, _short(obj), turned, doubt.link.why, _whose(doubt, names),
        doubt.mine, answers.of(doubt), print_shown, url,
    )  # fmt: skip


def _whose(doubt: Doubt, names: Mapping[int, str]) -> str:
    if doubt.mine:
        return _("Yours")
    name = names.get(doubt.asked or 0)
    return _("Waits for %(name)s") % {"name": name} if name else _("Waits for somebody to own it")


def _fields(actor: Actor, change: Change) -> list[FieldShown]:
    home = home_of(change.obj)
    row = entity_of(home)
    codes = {str(v) for f in change.fields for v in (f.before, f.after) if f.field is not None}
    reader = Reader(actor, row, False, objects_by_code(actor, {c for c in codes if "-" in c}))
    return [_field(reader, row, change.obj, found) for found in change.fields]


def _field(reader: Reader, row: Entity, obj: Any, found: FieldChange) -> FieldShown:
    before = _words(reader, row, obj, found, found.before)
    after = _words(reader, row, obj, found, found.after)
    line = changed_words(before, after, short=True)
    return FieldShown(found.label, *before_and_after(before, after), line)


def _words(reader: Reader, row: Entity, obj: Any, found: FieldChange, value: Any) -> str:
    """A meaning in plain words; nothing written reads as a dash."""
    if found.name == "stage":
        return str(STAGE_WORDS.get(str(value or ""), value))
    if isinstance(value, list) and found.name in {"elements", "prices"}:
        return " · ".join(_piece_words(part) for part in value) or "–"
    if isinstance(obj, PieceRow):
        return _column_words(meant(obj).model, found.name, value)
    if found.field is None or found.field.type == "translated":
        return str(value or "–")
    return value_words(reader, found.field, value)


STAGE_WORDS: dict[str, Sentence] = {
    "": gettext_lazy("not said"),
    "pipeline": gettext_lazy("not open yet"),
    "offered": gettext_lazy("offered"),
    "ended": gettext_lazy("ended"),
}


def _piece_words(part: Mapping[str, Any]) -> str:
    if "amount" in part:
        return _price_words(part)
    number = " ".join(str(part.get(name) or "") for name in ("quantity", "unit")).strip()
    return " ".join(text for text in (str(part.get("text") or ""), number) if text)


def _price_words(part: Mapping[str, Any]) -> str:
    kind = str(dict(Price.Kind.choices).get(str(part.get("kind")), ""))
    amount, currency = part.get("amount"), str(part.get("currency") or "")
    much = money(int(amount), currency) if amount is not None and currency else ""
    words = (much, kind, part.get("period"), part.get("condition"), part.get("channel"))
    return " ".join(str(word) for word in words if word)


def _column_words(model: Any, name: str, value: Any) -> str:
    choices = dict(model._meta.get_field(name).choices or ())
    return str(choices.get(value, value) or "–")


def decided_shown(actor: Actor, obj: Any, changes: list[Change]) -> list[Decided]:
    """Ties of the same thing that somebody looked at since it changed."""
    moments = [change.told.event.at for change in changes if change.told]
    if not moments:
        return []
    rows = looked_at_since(actor, obj, min(moments))
    return [
        Decided(
            link_html(row.other, actor.workspace), row.kind.forward, _short(obj),
            row.forward, row.link.verdict, VERDICT_WORDS.get(row.link.verdict, ""),
            str(row.link.reviewed_by or ""), row.link.reviewed_at,
        )
        for row in rows
    ]  # fmt: skip
