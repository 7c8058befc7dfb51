"""A typical customer as a card: what is shown on a screen, side by side, and on paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.people.entities import PERSONA
from polku.people.models import Persona
from polku.people.queries import is_stale
from polku.tenancy.translated import Translated
from polku.web import formats, readings
from polku.web.desk.addresses import object_url
from polku.web.desk.values import enum_html, link_html, state_html, title_html, title_text
from polku.web.figures import figure_svg
from polku.web.pictures import address_in, picture_html

# The lists of a card, in the order in which one gets to know somebody
LISTS = ("goals", "needs", "pains", "behaviours", "abilities_and_access", "culture")
SHORT = ("goals", "pains")
DASHES = ("—", "–")


@dataclass(frozen=True)
class Quote:
    """Words that somebody said, and who in general: never by name."""

    words: str
    who: str = ""


@dataclass(frozen=True)
class Listed:
    """One list of a card in the reader's language."""

    name: str
    label: str
    lines: list[str]
    lang: str = ""
    note: str = ""


@dataclass(frozen=True)
class Card:
    """Everything that a card shows; what only the team may read is empty for others."""

    persona: Persona
    url: str
    title: SafeString
    title_text: str
    figure: SafeString
    state: SafeString
    archetype: SafeString
    segment: SafeString
    lists: list[Listed]
    quotes: list[Quote]
    channels: str
    languages: str
    confidence: SafeString
    evidence: str
    is_old: bool

    def listed(self, name: str) -> Listed:
        """One of its lists."""
        return next(row for row in self.lists if row.name == name)

    @property
    def short(self) -> list[Listed]:
        """The lists that tell most in a few lines."""
        return [row for row in self.lists if row.name in SHORT and row.lines]


def card_of(actor: Actor, persona: Persona) -> Card:
    """The card of a typical customer whose group was fetched with it."""
    persona.workspace = actor.workspace
    inside = actor.is_internal
    return Card(
        persona=persona,
        url=object_url(actor.workspace, PERSONA, persona.code),
        title=title_html(persona),
        title_text=title_text(persona),
        figure=picture_of(actor, persona),
        state=state_html(PERSONA, persona.state),
        archetype=enum_html(PERSONA, PERSONA.by_name["archetype_of"], persona.archetype_of)
        if persona.archetype_of != "unknown" else SafeString(""),
        segment=link_html(persona.segment, actor.workspace)
        if inside and persona.segment else SafeString(""),
        lists=[listed(persona, name) for name in LISTS],
        quotes=quotes_of(persona),
        channels=", ".join(str(one) for one in persona.channels),
        languages=", ".join(str(one) for one in persona.languages),
        confidence=enum_html(PERSONA, PERSONA.by_name["confidence"], persona.confidence)
        if inside else SafeString(""),
        evidence=evidence_words(persona) if inside else "",
        is_old=inside and is_stale(persona, today_in(actor.workspace)),
    )  # fmt: skip


def picture_of(actor: Actor, persona: Persona, *, is_link: bool = False) -> SafeString:
    """The picture that somebody hung up, else a figure drawn from a few strokes."""
    if persona.picture_id is None:
        return figure_svg(f"{persona.workspace_id} {persona.code}")
    return picture_html(persona.picture, address_in(actor.workspace), css="figure figure-picture",
                        is_link=is_link)  # fmt: skip


def listed(persona: Persona, name: str) -> Listed:
    """One list of texts in the reader's language, a note when it is in another."""
    value: Translated = getattr(persona, name)
    label = PERSONA.by_name[name].label(Persona)
    if not value:
        return Listed(name, label, [])
    reading = value.reading(readings.page_language())
    other = reading.lang if reading.missing else ""
    return Listed(name, label, lines(reading.text), other, readings.note_html(value))


def lines(text: str) -> list[str]:
    """A text of one item on each line as a list."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def quotes_of(persona: Persona) -> list[Quote]:
    """What people said, each with who said it: the words, then a dash."""
    found = []
    for line in listed(persona, "quotes").lines:
        dash = next((dash for dash in DASHES if f" {dash} " in line), "")
        words, _dash, who = line.rpartition(f" {dash} ") if dash else (line, "", "")
        found.append(Quote(words.strip(' “”"„«»'), who.strip()))
    return found


def evidence_words(persona: Persona) -> str:
    """How much the picture rests on, and how new that is."""
    n = persona.evidence_count
    if not n:
        return _("nothing it rests on yet")
    words = ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}
    if persona.newest_evidence_on is None:
        return _("%(pieces)s, day not said") % {"pieces": words}
    day = formats.long_day(persona.newest_evidence_on)
    return _("%(pieces)s, newest %(day)s") % {"pieces": words, "day": day}


def gaps_of(persona: Persona, *, is_old: bool, is_tied: bool) -> list[str]:
    """What is missing before one could rely on the picture, in words."""
    gaps: list[Any] = []
    if not persona.evidence_count:
        gaps.append(_("Nothing says how we know any of this."))
    elif is_old:
        gaps.append(_("The newest evidence is more than a year old."))
    if persona.evidence_count and persona.state == Persona.State.GUESS:
        gaps.append(_("Nobody of this kind has said yet whether it is true."))
    if not persona.goals and not persona.needs:
        gaps.append(_("Nobody wrote what they want or need."))
    if not persona.pains:
        gaps.append(_("Nobody wrote what is hard for them."))
    if not persona.abilities_and_access:
        gaps.append(_("Nobody wrote what they can do, and what they need to get in."))
    if not persona.quotes:
        gaps.append(_("None of their own words stand here."))
    if not is_tied:
        gaps.append(_("No service is meant for them yet."))
    return gaps
