"""Two versions of a journey beside each other, or what is and what shall be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.journeys.comparing import Comparison, Difference, Sign, StepPair, compare
from polku.journeys.documents import StepDoc, read_version, versions_of
from polku.journeys.entities import JOURNEY
from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside
from polku.web.desk.addresses import object_url
from polku.web.desk.journeys_compare_picture import comparison_svg
from polku.web.desk.journeys_compare_words import (
    SIGNS,
    DifferenceLine,
    Side,
    difference_lines,
    picture_words,
    sign_html,
)
from polku.web.desk.journeys_head import head_context, look_at
from polku.web.desk.journeys_words import numbered
from polku.web.desk.objects import fetch
from polku.web.desk.values import title_text
from polku.web.markup import joined
from polku.web.pictures import Address, address_in, picture_html
from polku.web.readings import page_language, reading_html

MOST_VERSIONS = 30
KIND_WORDS = {
    "current": gettext_lazy("as it is"), "designed": gettext_lazy("as it shall be"),
    "mined": gettext_lazy("as events tell it"),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One version that can be put on a side: ``JRN-3.2``, and how it is called."""

    value: str
    label: str
    journey: Journey
    version: int
    chosen: bool = False


def journey_compare(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """``?before=JRN-3.2&after=JRN-3.3``; ``?with=JRN-4`` compares with another journey.

    Left alone it is the pair, if there is one, else the version before this one.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_compare")
    choices = _choices(actor, look.journey)
    sides = _sides(request, actor, look.journey, choices)
    context = {
        **head_context(look),
        "choices": choices,
        "is_alone": len(choices) < 2,
        "versions": [],
    }
    if sides is not None:
        context |= _compared(actor, *sides)
    return render(request, "journeys_compare/journey_compare.html", context)


def _choices(actor: Actor, journey: Journey) -> list[Choice]:
    """All versions of the journey, the newest first, then those of its counterpart."""
    found = _versions(actor, journey)
    other = _pair(actor, journey)
    return found if other is None else [*found, *_versions(actor, other)]


def _pair(actor: Actor, journey: Journey) -> Journey | None:
    """The same way as it is or shall be, when the reader may see it."""
    if journey.pair_id is None or journey.pair is None:
        return None
    try:
        found: Journey = fetch(actor, JOURNEY, journey.pair.code)
    except NotFound:
        return None
    return found


def _versions(actor: Actor, journey: Journey) -> list[Choice]:
    kept = versions_of(actor, journey) if actor.is_internal else []
    numbers = sorted({journey.version, *(row.version for row in kept)}, reverse=True)
    return [_choice(journey, n) for n in numbers[:MOST_VERSIONS]]


def _choice(journey: Journey, version: int) -> Choice:
    words = _("%(kind)s, version %(n)d") % {"kind": KIND_WORDS[journey.kind], "n": version}
    if version == journey.version and journey.state == Journey.State.SKETCH:
        words = _("%(version)s, being written") % {"version": words}
    return Choice(f"{journey.code}.{version}", words, journey, version)


def _sides(
    request: HttpRequest, actor: Actor, journey: Journey, choices: list[Choice]
) -> tuple[Choice, Choice] | None:
    """What stands on the left and on the right; None when there is nothing to compare with."""
    by_value = {choice.value: choice for choice in choices}
    after = by_value.get(request.GET.get("after", "").upper())
    before = by_value.get(request.GET.get("before", "").upper())
    other = request.GET.get("with", "").strip()[:20]
    if other and (before is None or after is None):
        return _in_order(choices[0], _now(fetch(actor, JOURNEY, other)))
    if before is not None and after is not None:
        return before, after
    if len(choices) < 2:
        return None
    pair = next((c for c in choices if c.journey.pk != journey.pk), None)
    return _in_order(choices[0], pair) if pair else (choices[1], choices[0])


def _now(journey: Journey) -> Choice:
    return _choice(journey, journey.version)


def _in_order(one: Choice, other: Choice) -> tuple[Choice, Choice]:
    """What is stands before what shall be."""
    if one.journey.kind == Journey.Kind.DESIGNED != other.journey.kind:
        return other, one
    return one, other


def _compared(actor: Actor, before: Choice, after: Choice) -> dict[str, Any]:
    docs = [read_version(actor, side.journey, side.version) for side in (before, after)]
    found = compare(*docs)
    sides = Side(before.label, docs[0]), Side(after.label, docs[1])
    return {
        "before": before, "after": after, "found": found, "sums": _sums(found),
        "is_same": before.value == after.value,
        "picture": comparison_svg(found, before.label, after.label) if found.is_paired else "",
        "rows": [_row(pair, sides, address_in(actor.workspace)) for pair in found.pairs],
        "whole": [line for one in found.whole for line in difference_lines(one, sides)],
        "before_url": _url(actor, before), "after_url": _url(actor, after),
        "titles": [title_text(side.journey) for side in (before, after)]
        if str(before.journey.name) != str(after.journey.name) else [],
    }  # fmt: skip


def _url(actor: Actor, side: Choice) -> str:
    url = object_url(actor.workspace, JOURNEY, side.journey.code)
    return url if side.version == side.journey.version else f"{url}?version={side.version}"


def _sums(found: Comparison) -> list[SafeString]:
    """How many steps of each sign, by sign and word; those without any are left out."""
    counts = ((sign, len(found.with_sign(sign))) for sign in SIGNS)
    return [sign_html(sign, _counted(sign, n)) for sign, n in counts if n]


def _counted(sign: Sign, n: int) -> str:
    words = {
        "added": ngettext("%(n)d step added", "%(n)d steps added", n),
        "removed": ngettext("%(n)d step removed", "%(n)d steps removed", n),
        "changed": ngettext("%(n)d step changed", "%(n)d steps changed", n),
        "moved": ngettext("%(n)d step moved", "%(n)d steps moved", n),
        "same": ngettext("%(n)d step the same", "%(n)d steps the same", n),
    }[sign]
    return words % {"n": n}


def _row(pair: StepPair, sides: tuple[Side, Side], address: Address) -> dict[str, Any]:
    lang = page_language()
    lines = [line for one in _told(pair) for line in _lines(one, pair, sides, address)]
    return {
        "before": _titled(pair.before, lang), "after": _titled(pair.after, lang),
        "stage": pair.stage.name, "signs": [sign_html(sign) for sign in pair.signs],
        "is_same": pair.signs == ("same",), "lines": lines, "is_moved": pair.is_moved,
        "is_removed": pair.after is None,
    }  # fmt: skip


def _lines(
    one: Difference, pair: StepPair, sides: tuple[Side, Side], address: Address
) -> list[DifferenceLine]:
    """A difference in lines; pictures stand beside each other."""
    if not one.is_picture:
        return difference_lines(one, sides)
    before, after = (_hung(step, one.what, address) for step in (pair.before, pair.after))
    return [DifferenceLine(picture_words(one.what), before, after)]


def _hung(step: StepDoc | None, row: str, address: Address) -> SafeString:
    """What hangs in a row, each with its words."""
    return joined(
        format_html('{}<span class="note">{}</span>', picture_html(picture, address),
                    reading_html(picture.words))
        for picture in (step.pictures_of(row) if step is not None else ())
    )  # fmt: skip


def _titled(step: StepDoc | None, lang: str) -> str:
    return numbered(step, lang) if step is not None else ""


def _told(pair: StepPair) -> Iterable[Difference]:
    """What differs; of a step that came or went, what the customer does there."""
    if pair.before is not None and pair.after is not None:
        return pair.differences
    step = pair.step
    text = (step.customer_action,) if step.customer_action else ()
    found = Difference("customer_action", text, ()) if pair.after is None else Difference(
        "customer_action", (), text
    )  # fmt: skip
    return [found] if text else []
