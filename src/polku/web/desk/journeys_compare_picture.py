"""The picture of two journeys: before above, after below, each step under its counterpart."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.exchange.journeys.map_svg import wrapped
from polku.journeys.comparing import Comparison, StepPair
from polku.journeys.document_shapes import StepDoc
from polku.web.desk.journeys_compare_words import SIGNS
from polku.web.desk.journeys_words import numbered
from polku.web.markup import joined
from polku.web.readings import page_language

COLUMN, CARD = 126, 112
ABOVE, BELOW, LOW, HIGH = 24, 120, 44, 62


@dataclass(frozen=True)
class Placed:
    """A pair of steps in its column."""

    pair: StepPair
    x: int

    @property
    def middle(self) -> float:
        """The middle of its cards."""
        return self.x + CARD / 2


def comparison_svg(found: Comparison, before: str, after: str) -> SafeString:
    """The picture; the table below it is its twin."""
    placed = [Placed(pair, 8 + n * COLUMN) for n, pair in enumerate(found.pairs)]
    width = max(16 + len(placed) * COLUMN, 400)
    return format_html(
        '<svg class="picture compare-picture" viewBox="0 0 {w} 214" width="{w}" height="214" '
        'role="img" aria-labelledby="cp-t cp-d"><title id="cp-t">{title}</title>'
        '<desc id="cp-d">{desc}</desc><text class="faint" x="8" y="14">{before}</text>'
        '<text class="faint" x="8" y="208">{after}</text>{ties}{tops}{bottoms}</svg>',
        w=width, title=_("Before above, after below"), desc=_described(placed), before=before,
        after=after, ties=joined(_ties(placed)),
        tops=joined(_top(one) for one in placed if one.pair.before is not None),
        bottoms=joined(_bottom(one) for one in placed),
    )  # fmt: skip


def _described(placed: Iterable[Placed]) -> str:
    lang = page_language()
    said = (
        f"{numbered(one.pair.step, lang)}: "
        + ", ".join(str(SIGNS[sign][2]) for sign in one.pair.signs)
        for one in placed
    )
    return "; ".join(said) + ". " + _("The table below says the same.")


def _ties(placed: list[Placed]) -> Iterable[SafeString]:
    """Each row's way from step to step, and what belongs together across."""
    for one in placed:
        if one.pair.before is not None and one.pair.after is not None:
            yield format_html(
                '<path class="hair-strong" stroke-dasharray="2 4" d="M{0} {1}V{2}"/>',
                f"{one.middle:g}", ABOVE + LOW, BELOW,
            )  # fmt: skip
    yield from _way([one for one in placed if one.pair.before is not None], ABOVE + LOW / 2)
    yield from _way([one for one in placed if one.pair.after is not None], BELOW + HIGH / 2)


def _way(row: list[Placed], y: float) -> Iterable[SafeString]:
    for here, there in pairwise(row):
        yield format_html('<path class="hair-strong" d="M{} {}H{}"/>', here.x + CARD, f"{y:g}",
                          there.x)  # fmt: skip


def _top(one: Placed) -> SafeString:
    step = one.pair.before or StepDoc()
    return format_html('<g class="svg-card"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/></g>'
                       "{}", one.x, ABOVE, CARD, LOW, _name(step, one.x, ABOVE))  # fmt: skip


def _bottom(one: Placed) -> SafeString:
    """The step as it is after; dashed and empty where it is gone."""
    sign = one.pair.signs[0]
    result, drawing, word = SIGNS[sign]
    step = one.pair.after
    dash = SafeString("") if step is not None else SafeString(' stroke-dasharray="4 3"')
    name = _name(step, one.x, BELOW) if step is not None else ""
    return format_html(
        '<g class="svg-card"><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4"{dash}/></g>'
        '{name}<text class="faint" x="{tx}" y="{ty}">{word}</text><g class="state-{result}">'
        '<svg class="sign" x="{sx}" y="{sy}" width="14" height="14" aria-hidden="true">'
        '<use href="#sign-{drawing}"/></svg></g>',
        x=one.x, y=BELOW, w=CARD, h=HIGH, dash=dash, name=name, tx=one.x + 28, ty=BELOW + HIGH - 9,
        word=word, result=result, sx=one.x + 8, sy=BELOW + HIGH - 20, drawing=drawing,
    )  # fmt: skip


def _name(step: StepDoc, x: int, y: int) -> SafeString:
    lines = wrapped(numbered(step, page_language()), CARD)[:2]
    first = y + (26 if len(lines) < 2 else 18)
    return joined(
        format_html('<text class="strong" x="{}" y="{}">{}</text>', x + 10, first + n * 15, line)
        for n, line in enumerate(lines)
    )
