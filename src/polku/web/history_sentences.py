"""What happened, as sentences in the reader's language, made from machine data when read.

Rooms with events of their own name them through :func:`say`; an event that nobody named still
gets a true sentence.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.models import AuditEvent
from polku.kernel.queries import find_many, named, visible_kind
from polku.kernel.registry import Entity, entities
from polku.web import formats
from polku.web.desk.values import link_html
from polku.web.history_changes import Reader, change_html
from polku.web.markup import joined

MOST_SHORT = 3


@dataclass(frozen=True)
class Told:
    """One event as it is read: when, one sentence, the changed fields, and the reason given."""

    at: dt.datetime
    sentence: SafeString
    note: str
    number: int


type Teller = Callable[[AuditEvent, str, Reader], SafeString]

# By the end of the event's name
_VERBS: dict[str, Sentence] = {
    "created": gettext_lazy("%(who)s added this."),
    "changed": gettext_lazy("%(who)s changed this."),
    "reworded": gettext_lazy(
        "%(who)s changed the wording, not the meaning; ties were carried over."
    ),
    "archived": gettext_lazy("%(who)s put this away."),
    "restored": gettext_lazy("%(who)s took this out again."),
    "moved": gettext_lazy("%(who)s took a step."),
    "planned": gettext_lazy("%(who)s planned a step."),
    "plan_cancelled": gettext_lazy("%(who)s took a planned step back."),
    "plan_lapsed": gettext_lazy("A planned step fell away; it no longer follows from the state."),
    "corrected": gettext_lazy("%(who)s corrected the state."),
    "elements_set": gettext_lazy("%(who)s changed the list of what one gets."),
    "prices_set": gettext_lazy("%(who)s changed the prices."),
    "members_set": gettext_lazy("%(who)s changed what stands in the package."),
    "split": gettext_lazy("%(who)s split this into parts."),
    "took_in": gettext_lazy("%(who)s merged others into this."),
    "merged": gettext_lazy("%(who)s merged this into another."),
    "taken": gettext_lazy("%(who)s decided this."),
    "decided": gettext_lazy("%(who)s took a decision about this."),
    "imported": gettext_lazy("%(who)s brought this in from a file."),
    "undone": gettext_lazy("%(who)s took an import back."),
    "left": gettext_lazy("%(who)s noted that this person has left."),
    "asked": gettext_lazy("%(who)s asked somebody about a loose end."),
    "dismissed": gettext_lazy("%(who)s left a loose end open on purpose."),
    "reopened": gettext_lazy("%(who)s opened a loose end again."),
    "turned": gettext_lazy("%(who)s made something of a loose end."),
}
_TIES: dict[str, Sentence] = {
    "link.made": gettext_lazy("%(who)s tied this: %(words)s %(other)s"),
    "link.ended": gettext_lazy("%(who)s ended a tie: %(words)s %(other)s"),
    "link.removed": gettext_lazy("%(who)s removed a tie: %(words)s %(other)s"),
    "link.confirmed": gettext_lazy("%(who)s confirmed a tie: %(words)s %(other)s"),
    "link.changed": gettext_lazy("%(who)s changed a tie: %(words)s %(other)s"),
    "link.looked_at": gettext_lazy("%(who)s looked at a tie: %(words)s %(other)s"),
}
# Events that need no list of changed fields: the sentence says it all
_SAID = frozenset(
    {
        "created",
        "archived",
        "restored",
        "elements_set",
        "prices_set",
        "members_set",
        "taken",
        "decided",
        "left",
        "asked",
        "dismissed",
        "reopened",
        "turned",
        "split",
        "took_in",
        "merged",
    }
)

_tellers: dict[str, Teller] = {}


def say(name: str, teller: Teller) -> None:
    """Let *teller* write the sentence of an event: it gets the event, who, and the reader."""
    _tellers[name] = teller


def sentences(
    actor: Actor, entity: Entity, events: Sequence[AuditEvent], *, short: bool = False,
    known: Mapping[str, Any] | None = None,
) -> list[Told]:  # fmt: skip
    """The events as sentences; one statement for each kind of thing that they name.

    *known* are things by code that the reader was shown already; they are not read again. *short*
    leaves out what would make a line long: unchanged words, more than three fields.
    """
    reader = Reader(actor, entity, short, _names(actor, entity, events, known or {}))
    return [_told(event, reader) for event in events]


def lately(actor: Actor, events: Sequence[AuditEvent]) -> list[Told]:
    """Events about many things, each line led by the thing's name; what is not seen is left out."""
    objects = find_many(actor, {(event.object_kind, event.object_id) for event in events})
    told: list[Told] = []
    for event in events:
        obj = objects.get((event.object_kind, event.object_id))
        if obj is None:
            continue
        verb = _VERBS.get(event.name.rsplit(".", 1)[-1], _VERBS["changed"])
        words = str(verb) % {"who": who_did(event)}
        line = format_html("{}: {}", link_html(obj, actor.workspace), words)
        told.append(Told(event.at, line, event.note, event.pk))
    return told


def _told(event: AuditEvent, reader: Reader) -> Told:
    who = who_did(event)
    teller = _tellers.get(event.name, _sentence)
    return Told(event.at, teller(event, who, reader), event.note, event.pk)


def who_did(event: AuditEvent) -> str:
    """The name of the one who did it; an import or Polku itself where it was no person."""
    if event.actor is not None:
        return str(event.actor)
    if event.channel == "import":
        return gettext("An import")
    return str(event.actor_party.name) if event.actor_party else "Polku"


def _sentence(event: AuditEvent, who: str, reader: Reader) -> SafeString:
    if event.name in _TIES:
        return _tie(event, who, reader)
    verb = event.name.rsplit(".", 1)[-1]
    words = str(_VERBS.get(verb, _VERBS["changed"])) % {"who": who}
    if verb in _SAID:
        return conditional_escape(words)
    changes = _changes(event, reader)
    return format_html("{} {}", words, changes) if changes else conditional_escape(words)


def _changes(event: AuditEvent, reader: Reader) -> SafeString:
    """The changed fields, each with what was and what is."""
    shown = [
        html
        for name, (before, after) in event.changes.items()
        if (html := change_html(reader, name, before, after))
    ]
    day = _effective(event)
    kept = shown[:MOST_SHORT] if reader.short else shown
    more = len(shown) - len(kept)
    parts = [*kept, *([day] if day else []), *([_more(more)] if more else [])]
    return format_html(
        '<span class="changes">{}</span>',
        format_html_join(" ", '<span class="change">{}</span>', ((part,) for part in parts)),
    ) if parts else SafeString("")  # fmt: skip


def _more(n: int) -> SafeString:
    return conditional_escape(ngettext("and %(n)d more", "and %(n)d more", n) % {"n": n})


def _effective(event: AuditEvent) -> SafeString | None:
    """The day of a step, when it is another than the day it was written down."""
    pair = event.changes.get("effective_on")
    if not pair or not pair[1] or pair[1] == event.at.date().isoformat():
        return None
    day = formats.long_day(dt.date.fromisoformat(pair[1]))
    return conditional_escape(_("from %(day)s") % {"day": day})


def _tie(event: AuditEvent, who: str, reader: Reader) -> SafeString:
    code = next((name for name in event.changes if name in LINK_KINDS), "")
    before, after = event.changes.get(code, (None, None))
    kind = LINK_KINDS.get(code)
    obj = reader.named.get(str(after or before or ""))
    other = link_html(obj, reader.actor.workspace) if obj else str(after or before or "")
    was, now = event.changes.get("link", (None, None))
    words = ""
    if kind is not None:
        words = str(kind.forward if _stands_first(event, now or {}) else kind.backward)
    facts = {"who": who, "words": words, "other": other}
    safe = {name: conditional_escape(text) for name, text in facts.items()}
    said = str(_TIES[event.name]) % safe
    more = _tie_changes(was, now) if event.name in _TELL_FACTS else SafeString("")
    return format_html("{} {}", joined([said]), more) if more else joined([said])


_TELL_FACTS = frozenset({"link.changed", "link.looked_at", "link.ended", "link.made"})


def _stands_first(event: AuditEvent, facts: Mapping[str, Any]) -> bool:
    """Whether the thing is the first end of the tie; told by the event, or by its kind."""
    if "end" in facts:
        return bool(facts["end"] == "from")
    kind = LINK_KINDS.get(next(iter(event.changes), ""))
    return kind is not None and event.object_kind in kind.from_kinds


def _tie_changes(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> SafeString:
    """What of the tie itself changed: its days, its facts, how sure we are; a piece by its code."""
    old, new = was or {}, now or {}
    parts = [] if "piece" not in new else [conditional_escape(new["piece"])]
    for name, label in _FACT_WORDS.items():
        if name == "why" and was is None:
            continue  # the reason of a new tie stands under the event
        if (before := old.get(name)) != (after := new.get(name)) and (was or after):
            parts.append(_fact_change(str(label), _fact(name, before), _fact(name, after)))
    return format_html(
        '<span class="changes">{}</span>',
        format_html_join(" ", '<span class="change">{}</span>', ((part,) for part in parts)),
    ) if parts else SafeString("")  # fmt: skip


def _fact_change(label: str, before: str, after: str) -> SafeString:
    if not before:
        return format_html("{}: {}", label, after)
    return format_html("{}: {} → {}", label, before, after or "–")


_FACT_WORDS: dict[str, Sentence] = {
    "why": gettext_lazy("Why"),
    "valid_from": gettext_lazy("Since"),
    "valid_to": gettext_lazy("Until"),
    "properties": gettext_lazy("It carries"),
    "verdict": gettext_lazy("Verdict"),
}
_VERDICTS: dict[str, Sentence] = {
    "still_right": gettext_lazy("still right"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
}


def _fact(name: str, value: Any) -> str:
    if not value:
        return ""
    if name in {"valid_from", "valid_to"}:
        return formats.long_day(dt.date.fromisoformat(str(value)))
    if isinstance(value, Mapping):
        return ", ".join(_property(key, part) for key, part in value.items())
    return str(_VERDICTS.get(str(value), value)) if name == "verdict" else str(value)


def _property(name: str, value: Any) -> str:
    """A fact of a tie; one that is true says so by its name alone."""
    label = _property_label(name)
    return label if value is True else f"{label} {value}"


def _property_label(name: str) -> str:
    rows = (row for kind in LINK_KINDS.values() for row in kind.properties if row.name == name)
    return str(next((row.label for row in rows), name)).lower()


def _names(
    actor: Actor, entity: Entity, events: Iterable[AuditEvent], known: Mapping[str, Any]
) -> dict[str, Any]:
    """The objects behind the codes that the events name, by code."""
    pointing = {f.name for f in entity.fields if f.type in {"ref", "refs", "object"}}
    pointing |= {f"{f.name}_code" for f in entity.fields if f.type == "object"} | set(LINK_KINDS)
    codes: set[str] = set()
    for event in events:
        for name, pair in event.changes.items():
            if name in pointing:
                codes |= {code for value in pair for code in _codes(value)}
    return {**objects_by_code(actor, codes - known.keys()), **known}


def objects_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, Any]:
    """Objects of any kind by code, as far as the actor may see them; one statement a kind."""
    by_prefix: dict[str, set[str]] = {}
    for code in codes:
        by_prefix.setdefault(code.split("-")[0], set()).add(code)
    found: dict[str, Any] = {}
    for row in entities():
        if wanted := by_prefix.get(row.prefix):
            rows = named(row, visible_kind(actor, row, archived=True)).filter(code__in=wanted)
            found |= {obj.code: obj for obj in rows}
    return found


def _codes(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(part) for part in value] if isinstance(value, list) else []
