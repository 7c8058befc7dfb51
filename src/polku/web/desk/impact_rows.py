"""The rows of impact as they are read: sentences by owner, and the same as a table.

A page names the same few things over and over, so each name, state and effect is written once;
the rows are put together without a template inside the loop, as those of a list are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.insight.impact import PARTS, ImpactResult, Told, name_of
from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.audit import kind_of
from polku.kernel.registry import entity
from polku.web import formats, signs
from polku.web.desk.addresses import object_url
from polku.web.desk.values import state_html, title_html
from polku.web.markup import joined
from polku.web.tables import Column, Head, heads
from polku.web.templatetags.polku import state

# (result, sign, heading of the number) by effect, the gravest first
EFFECTS_SHOWN: dict[str, tuple[str, str, Sentence]] = {
    "stops": ("bad", "bad", gettext_lazy("Stop")),
    "degrades": ("watch", "watch", gettext_lazy("Get worse")),
    "inconvenience": ("plain", "down", gettext_lazy("Are a nuisance")),
    "unknown": ("unknown", "unknown", gettext_lazy("Nobody has said")),
}
EFFECT_WORDS: dict[str, Sentence] = {
    "stops": gettext_lazy("stops"),
    "degrades": gettext_lazy("gets worse"),
    "inconvenience": gettext_lazy("is a nuisance"),
    "unknown": gettext_lazy("nobody has said how much"),
}
# People do not stop: what is said of them is what they would feel
PEOPLE = frozenset({"relationship", "party", "segment", "persona", "stakeholder"})
EFFECT_ON_PEOPLE: dict[str, Sentence] = {
    "stops": gettext_lazy("would miss it"),
    "degrades": gettext_lazy("would get it worse"),
    "inconvenience": gettext_lazy("would be bothered"),
    "unknown": gettext_lazy("nobody has said how much"),
}
ARROW = ' <span aria-hidden="true">→</span> '
DASH = "–"


def effect_word(kind: str, effect: str) -> Sentence:
    """What becomes of a thing, or what people would feel."""
    words = EFFECT_ON_PEOPLE if kind in PEOPLE else EFFECT_WORDS
    return words.get(effect, words["unknown"])


@dataclass(frozen=True)
class GroupShown:
    """What one person must know, or what stands under one heading; ``rows`` are list items."""

    title: SafeString
    note: str
    rows: SafeString


@dataclass
class Painter:
    """Writes the rows of one page; what was written once is kept."""

    actor: Actor
    found: ImpactResult
    kept: dict[Any, SafeString] = field(default_factory=dict)

    def groups(self, rows: Iterable[Told]) -> list[GroupShown]:
        """The rows of a page by owner, or by heading; each says how much it has in all."""
        whole = {group.key: len(group.hits) for group in self.found.groups}
        groups = []
        for key, mine in groupby(rows, key=self._key):
            told = list(mine)
            n = whole.get(key, len(told))
            note = ngettext("%(n)s thing", "%(n)s things", n) % {"n": formats.number(n)}
            groups.append(GroupShown(self._title(key, told[0]), note, self.items(told)))
        return groups

    def items(self, rows: Iterable[Told]) -> SafeString:
        """Each thing with its path, as list items."""
        return joined(self._item(told) for told in rows)

    def heads(self) -> list[Head]:
        """The columns of the table."""
        effect = [Column(_("Effect"))] if self.found.question.weighs else []
        return heads([
            Column(_("What")), Column(_("Kind")), Column(_("State")), Column(_("Owner")),
            Column(_("Steps away"), number=True), *effect, Column(_("Over")), Column(_("From")),
            Column(_("Until")),
        ])  # fmt: skip

    def table_rows(self, rows: Iterable[Told]) -> SafeString:
        """The same rows for reading aloud, copying and print."""
        return joined(self._table_row(told) for told in rows)

    def _key(self, told: Told) -> int | str | None:
        return told.hit.part if self.found.question.group == "part" else told.hit.owner_id

    def _title(self, key: int | str | None, told: Told) -> SafeString:
        if isinstance(key, str):
            return conditional_escape(str(PARTS[key]))
        return self._link(told.owner) if told.owner else state("bad", _("Nobody"))

    def _item(self, told: Told) -> str:
        days = "".join(
            f' <span class="note">{escape(words % {"day": formats.long_day(day)})}</span>'
            for words, day in (
                (_("since %(day)s"), told.valid_from), (_("until %(day)s"), told.valid_to),
            )
            if day
        )  # fmt: skip
        facts = f'{self._effect(told)} <span class="note">{self._state(told.obj)}</span>'
        return (
            f'<li class="tie">{self._thread(told)}<span><strong>{self._link(told.obj)}</strong> '
            f'<span class="note">{self._kind(told.obj)}</span> <span class="impact-facts">{facts}'
            f'{days}</span><span class="impact-path note">{self._path(told)}</span></span></li>\n'
        )

    def _table_row(self, told: Told) -> str:
        over = self._name(told.legs[-2].obj) if len(told.legs) > 1 else DASH
        owner = self._name(told.owner) if told.owner else self._nobody()
        cells = [
            self._kind(told.obj), self._state(told.obj) or DASH, owner, None,
            *([self._effect(told)] if self.found.question.weighs else []), over,
        ]  # fmt: skip
        steps = f'<td class="number">{formats.number(told.hit.steps)}</td>'
        shown = "".join(steps if cell is None else f"<td>{cell}</td>" for cell in cells)
        days = "".join(
            f'<td class="nowrap">{formats.short_day(day) if day else DASH}</td>'
            for day in (told.valid_from, told.valid_to)
        )
        return f'<tr><th scope="row">{self._link(told.obj)}</th>{shown}{days}</tr>\n'

    def _path(self, told: Told) -> str:
        """``Ticket machine → needed by Ticket sale → offered as Day ticket``."""
        parts: list[str] = [self._name(self.found.start)]
        for leg in told.legs:
            guess = f' <span class="note">({escape(_("guess"))})</span>' if leg.is_guess else ""
            parts.append(f"{escape(leg.words)} {self._name(leg.obj)}{guess}")
        return ARROW.join(parts)

    def _link(self, obj: Any) -> SafeString:
        key = "link", kind_of(obj), obj.pk
        if key not in self.kept:
            url = object_url(self.actor.workspace, entity(kind_of(obj)), obj.code)
            self.kept[key] = format_html('<a href="{}">{}</a>', url, self._name(obj))
        return self.kept[key]

    def _name(self, obj: Any) -> SafeString:
        """A thing under the name that it has in a sentence."""
        key = "name", kind_of(obj), obj.pk
        if key not in self.kept:
            customer = kind_of(obj) == "relationship"
            name = escape(name_of(obj, self.actor.lang)) if customer else title_html(obj)
            self.kept[key] = name
        return self.kept[key]

    def _kind(self, obj: Any) -> SafeString:
        key = "kind", kind_of(obj)
        if key not in self.kept:
            self.kept[key] = escape(entity(kind_of(obj)).words.phrase("one", self.actor.vocabulary))
        return self.kept[key]

    def _state(self, obj: Any) -> SafeString:
        row = entity(kind_of(obj))
        if row.machine is None:
            return SafeString("")
        key = "state", row.kind, getattr(obj, row.state_field)
        if key not in self.kept:
            self.kept[key] = state_html(row, key[2])
        return self.kept[key]

    def _effect(self, told: Told) -> SafeString:
        if not self.found.question.weighs:
            return SafeString("")
        effect = told.hit.effect
        key = "effect", effect, told.hit.kind in PEOPLE
        if key not in self.kept:
            result, sign, _words = EFFECTS_SHOWN[effect]
            self.kept[key] = state(result, effect_word(told.hit.kind, effect), sign)
        return self.kept[key]

    def _nobody(self) -> SafeString:
        if "nobody" not in self.kept:
            self.kept["nobody"] = state("bad", _("nobody"))
        return self.kept["nobody"]

    def _thread(self, told: Told) -> SafeString:
        key = "guess" if told.hit.is_guess else "live"
        if key not in self.kept:
            self.kept[key] = signs.thread_svg(key)
        return self.kept[key]
