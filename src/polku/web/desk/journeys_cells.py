"""What stands in one cell of a journey, lane by lane; the same for map, list, editor and guests."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.journeys.curve import feeling_words, signed
from polku.journeys.documents import CellDoc, PainDoc, StepDoc, TouchpointDoc
from polku.journeys.lanes import Lane
from polku.journeys.theirs import Theirs
from polku.kernel.durations import duration_words
from polku.tenancy.translated import Translated
from polku.web import formats
from polku.web.desk.journeys_words import DECISION_SIGNS, DECISIONS, EVIDENCE
from polku.web.markup import joined
from polku.web.pictures import Address, Shown, picture_html
from polku.web.readings import reading_html
from polku.web.signs import sign_svg, thread_svg
from polku.web.templatetags.polku import state

EMPTY = "–"
EVIDENCE_SIGNS = {"observed": "crit-medium", "measured": "crit-high"}
BREAK = SafeString("<br>")


@dataclass(frozen=True)
class Painter:
    """Paints cells in one language. ``urls`` lead from codes of meeting points and parts to their
    pages, for those who may open them; ``comments`` counts what waits at (step number, row).
    ``pictures`` knows where the files of pictures are; on ``paper`` they may not come late.
    ``theirs`` is what is known to be of those as whom one looks."""

    lang: str
    urls: Callable[[str], str] | None = None
    comments: Mapping[tuple[int, str], int] = field(default_factory=dict)
    pictures: Address | None = None
    paper: bool = False
    theirs: Theirs | None = None

    def text(self, value: Translated) -> SafeString:
        """A text, and its language where that is another."""
        return reading_html(value, self.lang)

    def picture(self, picture: Shown | None, *, is_link: bool = True) -> SafeString:
        """A small picture; nothing where there is none."""
        if self.pictures is None:
            return SafeString("")
        return picture_html(picture, self.pictures, self.lang, is_link=is_link,
                            waits=not self.paper)  # fmt: skip

    def inner(self, lane: Lane, step: StepDoc) -> SafeString:
        """All that stands in a cell; nothing for an empty one."""
        return _PAINTED[lane.source](self, lane, step)

    def asked(self, lane: Lane, step: StepDoc) -> SafeString:
        """That something was said about this cell and waits for an answer."""
        n = self.comments.get((step.number, lane.key), 0)
        if not n:
            return SafeString("")
        return format_html('<span class="cell-mark">{} {}</span>', sign_svg("question"),
                           _("%(n)d not answered") % {"n": n})  # fmt: skip

    def chip(self, code: str, name: str | SafeString) -> SafeString:
        """A thing one can open; a name for those who may not."""
        if self.urls is None or not code:
            return format_html('<span class="chip">{}</span>', name)
        return format_html('<a class="chip" href="{}">{}</a>', self.urls(code), name)


def evidence_mark(kind: str, n: int | None, on: dt.date | None) -> SafeString:
    """On what a text rests: a ring for what we assume, signs and words for what was seen."""
    if kind == "assumed":
        return format_html('\u00a0<span class="assumed">{}</span>', EVIDENCE["assumed"])
    words = evidence_words(kind, n, on)
    sign = sign_svg(EVIDENCE_SIGNS[kind])
    return format_html('<span class="cell-mark">{} {}</span>', sign, words)


def evidence_words(kind: str, n: int | None, on: dt.date | None) -> str:
    """``measured, n 41, 12 April``."""
    parts = [str(EVIDENCE[kind])]
    if n is not None:
        parts.append(_("n %(n)s") % {"n": formats.number(n)})
    if on is not None:
        parts.append(formats.short_day(on))
    return ", ".join(parts)


def _cells(painter: Painter, lane: Lane, step: StepDoc) -> SafeString:
    return joined((_cell(painter, cell) for cell in step.cells.get(lane.key, ())), BREAK)


def _cell(painter: Painter, cell: CellDoc) -> SafeString:
    text = painter.picture(cell.picture) + painter.text(cell.text)
    mark = SafeString("")
    if cell.text:
        mark = evidence_mark(cell.evidence, cell.evidence_n, cell.evidence_on)
    more = cell_more(painter, cell)
    return joined((text, mark, BREAK, more)) if more else text + mark


def cell_more(painter: Painter, cell: CellDoc) -> SafeString:
    """Part, person and time that go with a text."""
    found = []
    if cell.component is not None:
        found.append(painter.chip(cell.component.code, cell.component.name))
    notes = [cell.actor.name if cell.actor else "", duration_words(cell.duration)]
    if said := ", ".join(filter(None, notes)):
        found.append(format_html('<span class="note">{}</span>', said))
    return joined(found, " ")


def _step_text(painter: Painter, lane: Lane, step: StepDoc) -> SafeString:
    value: Translated = getattr(step, lane.key)
    shown = joined(painter.picture(one) for one in step.pictures_of(lane.key))
    if not value:
        return shown
    text = shown + reading_html(value, painter.lang)
    if lane.key != "customer_action":
        return text
    return text + evidence_mark(step.evidence, step.evidence_n, step.evidence_on)


def _touchpoints(painter: Painter, _lane: Lane, step: StepDoc) -> SafeString:
    return joined(point_chip(painter, point) for point in step.touchpoints)


def point_chip(painter: Painter, point: TouchpointDoc) -> SafeString:
    """A meeting point, with what has to be known about its tie or state."""
    chip = painter.chip(point.code, painter.text(point.name))
    if point.suspect:
        chip += format_html(" {}", thread_svg("suspect"))
        chip += format_html('<span class="note">{}</span> ', _("needs a look"))
    if point.state in {"paused", "removed"}:
        words = _("paused") if point.state == "paused" else _("not there any more")
        chip += state("watch", words)
    return chip + _for_them(painter, point)


def _for_them(painter: Painter, point: TouchpointDoc) -> SafeString:
    """That something is for those as whom one looks, and how many of them told of it."""
    if painter.theirs is None:
        return SafeString("")
    n = painter.theirs.told.get(point.code, 0)
    told = ngettext("%(n)d like them told of it", "%(n)d like them told of it", n) % {"n": n}
    is_theirs = point.code in painter.theirs.points
    return joined((_theirs(_("something is for them")) if is_theirs else "",
                   _theirs(told) if n else ""))  # fmt: skip


def _theirs(words: str) -> SafeString:
    return format_html('<span class="cell-mark theirs">{} {}</span>', sign_svg("good"), words)


def feelings(step: StepDoc) -> SafeString:
    """How a step feels, in numbers and words."""
    parts = []
    if step.emotion_assumed is not None:
        under = step.emotion_target is not None and step.emotion_assumed < step.emotion_target
        words = _("%(n)s %(feeling)s") % {
            "n": signed(step.emotion_assumed), "feeling": feeling_words(step.emotion_assumed),
        }  # fmt: skip
        parts.append(state("watch" if under else "plain", words)
                     + evidence_mark("assumed", None, None))  # fmt: skip
    if step.emotion_target is not None:
        words = _("shall be %(n)s") % {"n": signed(step.emotion_target)}
        parts.append(format_html('<span class="note">{}</span>', words))
    return joined(parts, BREAK)


def _curve(_painter: Painter, _lane: Lane, step: StepDoc) -> SafeString:
    return feelings(step)


def _wait(_painter: Painter, _lane: Lane, step: StepDoc) -> SafeString:
    return escape(duration_words(step.expected_wait))


def _pains(painter: Painter, _lane: Lane, step: StepDoc) -> SafeString:
    return joined((pain_html(painter, pain) for pain in step.pains), BREAK)


def pain_html(painter: Painter, pain: PainDoc) -> SafeString:
    """Where it hurts, how badly, on what that rests, and what becomes of it."""
    mended = pain.decision in {"mended", "accepted"}
    how_bad = "same" if mended else "bad" if (pain.severity or 0) > 3 else "watch"
    how = _("%(n)d of 5") % {"n": pain.severity} if pain.severity else _("how bad: not said")
    decided = ""
    if pain.decision != "open":
        decided = format_html(
            '<span class="cell-mark">{} {}</span>',
            sign_svg(DECISION_SIGNS[pain.decision]),
            DECISIONS[pain.decision],
        )
    is_theirs = painter.theirs is not None and pain.number in painter.theirs.pains
    theirs = _theirs(_("theirs")) if is_theirs else ""
    return format_html(
        '<span class="pain pain-{}">{} {} <span class="note">{}</span></span>{}{}',
        how_bad, sign_svg(how_bad), painter.text(pain.text), how,
        evidence_mark(pain.evidence, pain.evidence_n, pain.evidence_on), joined((decided, theirs)),
    )  # fmt: skip


_PAINTED: Mapping[str, Callable[[Painter, Lane, StepDoc], SafeString]] = {
    "cell": _cells, "step_text": _step_text, "touchpoints": _touchpoints, "curve": _curve,
    "step_field": _wait, "pains": _pains,
}  # fmt: skip
