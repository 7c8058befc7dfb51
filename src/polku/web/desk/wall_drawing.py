"""The picture as SVG: cards that are links, threads of yarn, sockets where a tie is missing.

The same drawing stands in a page, where the page's sheet colours it, and in a file of its own,
which brings its colours along and links nowhere.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.insight.wall import labels
from polku.insight.wall.curves import Frayed, Route, frayed
from polku.insight.wall.gathering import Wall
from polku.insight.wall.lanes import LANES
from polku.insight.wall.layout import ALL_LANES, Head, Picture, Place
from polku.insight.wall.parts import leading_to
from polku.web import formats
from polku.web.desk.wall_words import Missing, Named, Sentenced
from polku.web.markup import joined

# Signs that may not stand in XML: one of them in a name would spoil a whole file
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TITLE, META, LEADING = 12.5, 11.0, 15.0
PADDING = 9.0


@dataclass(frozen=True)
class Drawn:
    """All that a drawing is made of."""

    wall: Wall
    picture: Picture
    names: list[Named]
    sentences: list[Sentenced]
    missing: Mapping[int, list[Missing]] = field(default_factory=dict)
    title: str = ""
    about: str = ""
    tie_url: str = ""
    alone: bool = False  # in a file of its own
    key: str = "wall"  # tells two pictures of one page apart


def svg(drawn: Drawn) -> SafeString:
    """The whole drawing."""
    picture, key = drawn.picture, drawn.key
    pieces = [
        format_html(
            '<svg {}class="wall-picture" viewBox="0 0 {} {}" width="{}" height="{}" role="{}" '
            'aria-labelledby="{}-title {}-about"><title id="{}-title">{}</title>'
            '<desc id="{}-about">{}</desc>',
            SafeString('xmlns="http://www.w3.org/2000/svg" ') if drawn.alone else "",
            *map(_n, (picture.width, picture.height, picture.width, picture.height)),
            "img" if drawn.alone else "group", key, key, key, drawn.title, key, drawn.about,
        ),
        _pin(key),
    ]  # fmt: skip
    if drawn.alone:
        pieces.append(OWN_STYLE)
    pieces += _heads(drawn)
    pieces.append(SafeString('<g class="wall-threads" aria-hidden="true">'))
    pieces += _threads(drawn)
    pieces.append(SafeString('</g><g class="wall-cards">'))
    pieces += _cards(drawn)
    pieces.append(SafeString("</g></svg>"))
    return joined([NOT_IN_XML.sub("", joined(pieces))])


def _pin(key: str) -> SafeString:
    return format_html(
        '<defs><marker id="{}-pin" viewBox="-4 -4 8 8" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse"><circle class="yarn-pin" r="3"/></marker></defs>', key
    )  # fmt: skip


def _heads(drawn: Drawn) -> Iterable[SafeString]:
    for head in drawn.picture.heads:
        yield _head(head, str(LANES[head.lane].words))
    for head in drawn.picture.loose:
        if drawn.wall.cut:  # what hangs on nothing is not known
            if head.lane != ALL_LANES:
                yield _head(head, str(LANES[head.lane].words))
            continue
        if head.lane == ALL_LANES:
            n = formats.number(drawn.wall.hanging_alone or head.count)
            yield _head(head, _("Hanging on nothing: %(n)s") % {"n": n})
            continue
        lane = LANES[head.lane]
        there = sum(n for kind, n in drawn.wall.alone.items() if kind in lane.kinds)
        words = f"{lane.alone}: {formats.number(max(there, head.count))}"
        if there > head.count:
            words = _("%(words)s, %(n)s of them here") % {
                "words": words, "n": formats.number(head.count),
            }  # fmt: skip
        yield _head(head, words)


def _head(head: Head, words: str) -> SafeString:
    return format_html('<text class="wall-head" x="{}" y="{}">{}</text>', _n(head.x), _n(head.y),
                       words)  # fmt: skip


def _threads(drawn: Drawn) -> Iterable[SafeString]:
    wall = drawn.wall
    strong = None
    if wall.start >= 0:
        lanes = [card.lane for card in wall.cards]
        pairs = [(thread.a, thread.b) for thread in wall.threads]
        strong = leading_to(wall.start, lanes, pairs)
    order = sorted(range(len(wall.threads)), key=lambda n: strong is not None and n in strong)
    for number in order:
        faint = strong is not None and number not in strong
        yield _thread(drawn, number, faint=faint)


def _thread(drawn: Drawn, number: int, *, faint: bool) -> SafeString:
    said, edge = drawn.sentences[number], drawn.wall.threads[number].edge
    route, name = drawn.picture.routes[number], f"{drawn.key}{number}"
    css = f"wall-thread wall-{said.thread}{' wall-faint' if faint else ''}"
    if said.thread == "suspect":
        pins, inner = "", _frayed(name, route, edge.frayed)
    else:
        pins = format_html(' marker-start="url(#{0}-pin)" marker-end="url(#{0}-pin)"', drawn.key)
        ply = format_html('<use href="#{}"/>', name) if said.thread == "live" else ""
        inner = format_html('<path id="{}" d="{}"/>{}', name, route.path(), ply)
    return format_html(
        '<g class="{}" data-ends="{} {}"{}><title>{}</title>{}</g>',
        css, said.first.code, said.second.code, pins, said.whole, inner,
    )  # fmt: skip


def _frayed(name: str, route: Route, ends: tuple[bool, bool]) -> SafeString:
    """The thread as far as it holds, its strands, and the pins of both cards."""
    pieces = [_pin_at(route.start), _pin_at(route.end)]
    if ends[1] or not ends[0]:
        found = frayed(route)
        pieces += _strands(found)
        route = found.route
    if ends[0]:
        found = frayed(route.turned())
        pieces += _strands(found)
        route = found.route.turned()
    held = format_html('<path id="{0}" d="{1}"/><use href="#{0}"/>', name, route.path())
    return joined([held, *pieces])


def _strands(found: Frayed) -> Iterable[SafeString]:
    stop = found.route.end
    for strand in found.strands:
        yield format_html('<path class="yarn-fray" d="{}"/>', Route(stop, (strand,)).path())


def _pin_at(point: tuple[float, float]) -> SafeString:
    x, y = map(_n, point)
    return format_html('<circle class="yarn-pin" cx="{}" cy="{}" r="3"/>', x, y)


def _cards(drawn: Drawn) -> Iterable[SafeString]:
    for number, (place, name) in enumerate(zip(drawn.picture.places, drawn.names, strict=True)):
        yield _card(drawn, number, place, name)
        if number in drawn.missing:
            yield _socket(drawn, place, drawn.missing[number])


def _card(drawn: Drawn, number: int, place: Place, name: Named) -> SafeString:
    kind = drawn.wall.cards[number].end[0]
    start = " wall-start" if number == drawn.wall.start else ""
    inner = format_html(
        '<title>{}</title><rect class="wall-paper" x="{}" y="{}" width="{}" height="{}" rx="4"/>{}',
        name.whole, _n(place.x), _n(place.y), _n(place.w), _n(place.h), _text(place, name),
    )  # fmt: skip
    if drawn.alone:
        return format_html('<g class="wall-card{}">{}</g>', start, inner)
    return format_html(
        '<g class="wall-card{}" data-card="{}" data-kind="{}"><a href="{}">{}</a>{}</g>',
        start, name.code, kind, name.url, inner, _plus(drawn, place, name),
    )  # fmt: skip


def _text(place: Place, name: Named) -> SafeString:
    room = place.w - 2 * PADDING
    found = labels.lines(name.on_card or name.title, TITLE, room) or [name.code]
    meta = [next((text for text in _metas(name) if labels.width(text, META) <= room), name.code)]
    x = place.x + PADDING
    used = LEADING * len(found) + LEADING
    y = place.y + (place.h - used) / 2 + LEADING * 0.78
    rows = [("wall-name", line) for line in found] + [("wall-code", line) for line in meta]
    spans = [
        format_html('<tspan class="{}" x="{}" y="{}">{}</tspan>', css, _n(x),
                    _n(y + LEADING * at), line)
        for at, (css, line) in enumerate(rows)
    ]  # fmt: skip
    lang = format_html(' lang="{}"', name.lang) if name.lang else ""
    return format_html("<text{}>{}</text>", lang, joined(spans))


def _metas(name: Named) -> list[str]:
    """Code and kind, shorter and shorter; the whole is in the card's title."""
    return [f"{name.code} · {word}" for word in (name.kind, name.short) if word]


def _plus(drawn: Drawn, place: Place, name: Named) -> SafeString | str:
    """The way to tie a card without dragging it: seen when the card is pointed at or in focus."""
    if not drawn.tie_url:
        return ""
    x, y = place.x + place.w - 16, place.y + place.h
    return format_html(
        '<a class="wall-tie" href="{}?from={}" aria-label="{}"><rect class="wall-target" x="{}" '
        'y="{}" width="24" height="24"/><circle cx="{}" cy="{}" r="9"/>'
        '<path d="M{} {}h8m-4-4v8"/></a>',
        drawn.tie_url, name.code, _("Tie %(name)s to…") % {"name": name.title},
        *map(_n, (x - 12, y - 12, x, y, x - 4, y)),
    )  # fmt: skip


def _socket(drawn: Drawn, place: Place, found: list[Missing]) -> SafeString:
    """A short thread into an empty socket; several missing ties share one, with their number."""
    x, y = place.x + place.w, place.y + place.h - 11
    several = len(found) > 1
    words = " ".join(one.sentence for one in found)
    number = format_html(
        '<text class="wall-number" x="{}" y="{}">{}</text>', _n(x + 20), _n(y + 3.5), len(found)
    ) if several else ""  # fmt: skip
    inner = format_html(
        '<title>{}</title><rect class="wall-target" x="{}" y="{}" width="24" height="24"/>'
        '<path class="yarn" d="M{} {}c5-4 7 3 12 0"/><circle class="yarn-pin" cx="{}" cy="{}" '
        'r="3"/><circle class="yarn-socket" cx="{}" cy="{}" r="{}"/>{}',
        words, *map(_n, (x + 8, y - 12, x, y, x, y, x + 20, y)), 8 if several else 6, number,
    )  # fmt: skip
    if drawn.alone:
        return format_html('<g class="wall-socket">{}</g>', inner)
    url = found[0].card.url if several else found[0].url
    spoken = f"{found[0].card.title}: {words}"
    return format_html('<a class="wall-socket" href="{}" aria-label="{}">{}</a>', url, spoken,
                       inner)  # fmt: skip


def _n(value: float) -> Any:
    return f"{value:g}" if abs(value) < 100_000 else f"{value:.1f}"


# What the file brings along: the light colours, so that it prints and lands in any document
OWN_STYLE = SafeString(
    "<style>text{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;fill:#25221d}"
    ".wall-name{font-size:12.5px;font-weight:600}.wall-code,.wall-head{font-size:11px;"
    "fill:#5a544a}.wall-head{font-size:12px}.wall-number{font-size:9px;text-anchor:middle}"
    ".wall-paper{fill:#fffefc;stroke:#8d8577}.wall-start .wall-paper{fill:#e3efec;"
    "stroke:#0e5a5a;stroke-width:2}.wall-thread,.yarn,.yarn-fray{fill:none;stroke:#85507d;"
    "stroke-linecap:round}.wall-live,.wall-suspect,.yarn{stroke-width:2.75}.wall-thread use{"
    "stroke:#dcc3d6;stroke-width:1;stroke-dasharray:2.5 3;marker:none}.wall-guess{"
    "stroke-width:1.75;stroke-dasharray:5 5;stroke-linecap:butt}.yarn-fray{stroke-width:1.2}"
    ".yarn-pin{fill:#85507d;stroke:none}.yarn-socket{fill:#fffefc;stroke:#85507d;"
    "stroke-width:1.75;stroke-dasharray:3 2.2}.wall-faint{opacity:.4}.wall-target{fill:none;"
    "stroke:none}</style>"
)
