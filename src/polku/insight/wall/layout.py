"""Where each card stands and how each thread runs: numbers in, numbers out, always the same.

Cards stand in lanes (goals, wishes, services and so on); a lane with many cards takes several
columns. Parts that hang together are laid out one below the other; cards that hang on nothing
stand in a grid beneath. Written along two axes: *u* from lane to lane, *v* within a lane, so that
one engine draws the wide wall and the small upright picture on a page.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polku.insight.wall.curves import Point, Route, arc, passage
from polku.insight.wall.layers import Layers, layered
from polku.insight.wall.parts import parts_of

type Tie = tuple[int, int]
HEAD = 22.0  # what a line of words above cards takes
SOCKET_ROOM = 32.0  # beside a card of the grid
FEW_LOOSE = 60  # loose cards of several lanes that share one grid
ALL_LANES = -1
LOOSE_CARD = 156.0  # where there is nothing but loose cards


@dataclass(frozen=True)
class Sizes:
    """Measures in user units: a card along u and v, the space between lanes and between cards.

    A card is as wide as *room* allows, between *card_least* and *card_u*; each thread that crosses
    a gutter widens it by *loosen*, up to four fifths. *most* cards stand in one column; the grid of
    loose cards fills *room* too. *upright*: lanes follow each other downwards.
    """

    card_u: float = 168
    card_least: float = 128
    card_v: float = 58
    gutter: float = 42
    loosen: float = 0.7
    gap: float = 14
    most: int = 22
    room: float = 1160
    margin: float = 8
    between_parts: float = 26
    upright: bool = False
    heads: bool = True


@dataclass(frozen=True)
class Place:
    """Where a card stands."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Head:
    """Words above a lane or above a grid of loose cards: the lane, and where."""

    lane: int
    x: float
    y: float
    count: int


@dataclass(frozen=True)
class Picture:
    """The whole drawing; *places* by card, *routes* by tie, *heads* of lanes and of the grids."""

    width: float
    height: float
    places: list[Place]
    routes: list[Route]
    heads: list[Head]
    loose: list[Head]


@dataclass
class _Columns:
    """The columns of all lanes: which lane begins where, the column of each tied card, where each
    stands along u, and how wide its cards and the space after it are."""

    first: dict[int, int]
    of: dict[int, int]
    at: list[float]
    gutters: list[float]
    card: float
    width: float


class _Drawing:
    """The picture while it grows downwards."""

    def __init__(self, lanes: Sequence[int], ties: Sequence[Tie], sizes: Sizes) -> None:
        self.lanes, self.ties, self.sizes = lanes, ties, sizes
        self.centres: dict[int, Point] = {}
        self.card = sizes.card_u
        self.routes: list[Route] = [Route((0.0, 0.0), ()) for _tie in ties]
        self.bottom = sizes.margin

    def place(self, card: int) -> Place:
        """The card's rectangle, turned when lanes run downwards."""
        u, v = self.centres[card]
        w, h = self.card, self.sizes.card_v
        if self.sizes.upright:
            u, v, w, h = v, u, h, w
        return Place(round(u - w / 2, 1), round(v - h / 2, 1), w, h)


def lay_out(
    lanes: Sequence[int], ties: Sequence[Tie], sizes: Sizes | None = None, *, first: int = -1
) -> Picture:
    """Lay out cards by their *lanes* with ties between them; *first* is the card of the top part.

    A tie joins two different cards. Cards without ties stand in the grid, except *first*.
    """
    sizes = sizes or Sizes()
    drawing = _Drawing(lanes, ties, sizes)
    parts = parts_of(len(lanes), ties)
    tied = [part for part in parts if len(part) > 1 or first in part]
    tied.sort(key=lambda part: first not in part)
    alone = [part[0] for part in parts if len(part) == 1 and first not in part]
    heads: list[Head] = []
    columns = _columns(drawing, tied)
    drawing.card = columns.card
    if tied:
        heads = _lane_heads(drawing, columns, tied) if sizes.heads else []
        drawing.bottom += HEAD if sizes.heads else 0
    for part in tied:
        _draw_part(drawing, part, columns)
    loose = _draw_loose(drawing, alone, columns)
    across, down = columns.width, round(drawing.bottom + sizes.margin, 1)
    width, height = (down, across) if sizes.upright else (across, down)
    places = [drawing.place(card) for card in range(len(lanes))]
    return Picture(width, height, places, drawing.routes, heads, loose)


def columns_for(lanes: Sequence[int], ties: Sequence[Tie], sizes: Sizes, *, first: int = -1) -> int:
    """How many columns the tied cards would take."""
    parts = [part for part in parts_of(len(lanes), ties) if len(part) > 1 or first in part]
    return sum(_taken(lanes, parts, sizes).values())


def _taken(lanes: Sequence[int], parts: list[list[int]], sizes: Sizes) -> dict[int, int]:
    """How many columns each lane takes."""
    taken: dict[int, int] = {}
    for part in parts:
        for lane, cards in Counter(lanes[card] for card in part).items():
            taken[lane] = max(taken.get(lane, 1), -(-cards // sizes.most))
    return taken


def _columns(drawing: _Drawing, parts: list[list[int]]) -> _Columns:
    """The column of each card, then where the columns stand."""
    sizes, lanes = drawing.sizes, drawing.lanes
    taken = _taken(lanes, parts, sizes)
    first, count = {}, 0
    for lane in sorted(taken):
        first[lane] = count
        count += taken[lane]
    pull = [0] * len(lanes)
    for a, b in drawing.ties:
        side = (lanes[b] > lanes[a]) - (lanes[b] < lanes[a])
        pull[a] += side
        pull[b] -= side
    of = {
        card: column for part in parts
        for card, column in _of_part(part, lanes, first, pull, sizes.most)
    }  # fmt: skip
    gutters = _gutters(drawing, of, count)
    room = sizes.room - 2 * sizes.margin - sum(gutters)
    card = round(min(max(room / max(count, 4), sizes.card_least), sizes.card_u))
    card = card if count else round(min(LOOSE_CARD, sizes.card_u))
    at, u = [], sizes.margin
    for gutter in gutters:
        at.append(round(u + card / 2, 1))
        u += card + gutter
    width = u + sizes.margin
    return _Columns(first, of, at, gutters, card,
                    round(width if sizes.upright else max(width, sizes.room), 1))  # fmt: skip


def _of_part(
    part: list[int], lanes: Sequence[int], first: Mapping[int, int], pull: list[int], most: int
) -> Iterator[Tie]:
    """The column of each card of a part: its lane's, and in a full lane the side it is drawn to."""
    for lane in sorted({lanes[card] for card in part}):
        cards = [card for card in part if lanes[card] == lane]
        rows = -(-len(cards) // most)
        each = -(-len(cards) // rows)
        if rows > 1:
            cards.sort(key=lambda card: pull[card])
        for place, card in enumerate(cards):
            yield card, first[lane] + place // each


def _gutters(drawing: _Drawing, of: Mapping[int, int], count: int) -> list[float]:
    """The space after each column: wider where many threads pass, to tell them apart."""
    sizes, crossing = drawing.sizes, [0] * count
    for a, b in drawing.ties:
        low, high = sorted((of[a], of[b]))
        for column in range(low, high):
            crossing[column] += 1
        crossing[low] += low == high
    return [round(sizes.gutter + min(n * sizes.loosen, sizes.gutter * 0.8), 1) for n in crossing]


def _lane_heads(drawing: _Drawing, columns: _Columns, parts: list[list[int]]) -> list[Head]:
    counts: dict[int, int] = {}
    for part in parts:
        for card in part:
            lane = drawing.lanes[card]
            counts[lane] = counts.get(lane, 0) + 1
    return [
        Head(
            lane, round(columns.at[place] - columns.card / 2, 1), drawing.bottom + 12, counts[lane]
        )
        for lane, place in columns.first.items()
    ]


def _draw_part(drawing: _Drawing, part: list[int], columns: _Columns) -> None:
    sizes = drawing.sizes
    own = {card: place for place, card in enumerate(part)}
    mine = [number for number, (a, _b) in enumerate(drawing.ties) if a in own]
    layers = [columns.of[card] for card in part]
    across = [number for number in mine if _span(drawing, layers, own, number)]
    pairs = [_forward(drawing, layers, own, number) for number in across]
    found = layered(layers, pairs, depth=len(columns.at), size=sizes.card_v, gap=sizes.gap)
    base = drawing.bottom
    for card, place in own.items():
        node = found.nodes[place]
        drawing.centres[card] = (columns.at[node.layer], base + node.v)
    _thread(drawing, found, _Threads(own, mine, across, base), columns)
    drawing.bottom += found.extent[1] + sizes.between_parts


def _span(drawing: _Drawing, layers: list[int], own: dict[int, int], number: int) -> int:
    a, b = drawing.ties[number]
    return layers[own[b]] - layers[own[a]]


def _forward(drawing: _Drawing, layers: list[int], own: dict[int, int], number: int) -> Tie:
    """A tie as nodes of its part, from the earlier layer to the later."""
    a, b = (own[card] for card in drawing.ties[number])
    return (a, b) if layers[a] < layers[b] else (b, a)


@dataclass(frozen=True)
class _Threads:
    """The ties of a part: all of them, those across layers, and where the part begins."""

    own: dict[int, int]
    mine: list[int]
    across: list[int]
    base: float


def _thread(drawing: _Drawing, found: Layers, threads: _Threads, columns: _Columns) -> None:
    """Give every tie of a part its route, each from a point of its own on its cards."""
    chains = dict(zip(threads.across, found.chains, strict=True))
    ports = _ports(drawing, found, threads, chains)
    half, base = columns.card / 2, threads.base
    for rank, number in enumerate(threads.mine):
        chain = chains.get(number)
        if chain is None:
            route = _beside(drawing, ports, threads.own, columns, (number, rank))
        else:
            nodes = [found.nodes[place] for place in chain]
            us = [columns.at[node.layer] for node in nodes]
            vs = [base + node.v for node in nodes]
            vs[0], vs[-1] = ports[number, chain[0]], ports[number, chain[-1]]
            start, end = (us[0] + half, vs[0]), (us[-1] - half, vs[-1])
            between = [(u, v, half) for u, v in zip(us[1:-1], vs[1:-1], strict=True)]
            route = passage(start, between, end, rank)
            if threads.own[drawing.ties[number][0]] != chain[0]:
                route = route.turned()
        drawing.routes[number] = route.upright() if drawing.sizes.upright else route


def _ports(
    drawing: _Drawing, found: Layers, threads: _Threads, chains: dict[int, list[int]]
) -> dict[Tie, float]:
    """The v of each tie's end by (tie, node): ends on one side of a card stand in the order of
    where they lead to, so that threads part without crossing."""
    sides: dict[Tie, list[tuple[int, float, int]]] = {}
    for number in threads.mine:
        chain = chains.get(number)
        if chain is None:
            a, b = (threads.own[card] for card in drawing.ties[number])
            for one, other in ((a, b), (b, a)):
                # Arcs lie within each other: the nearest is the innermost
                down = found.nodes[other].v - found.nodes[one].v
                key = (1, -down, number) if down > 0 else (-1, -down, number)
                sides.setdefault((one, 1), []).append(key)
            continue
        sides.setdefault((chain[0], 1), []).append((0, found.nodes[chain[1]].v, number))
        sides.setdefault((chain[-1], 0), []).append((0, found.nodes[chain[-2]].v, number))
    ports: dict[Tie, float] = {}
    for (node, _side), ends in sides.items():
        step = min(9.0, (drawing.sizes.card_v - 16) / max(len(ends) - 1, 1))
        first = threads.base + found.nodes[node].v - step * (len(ends) - 1) / 2
        for place, (_kind, _v, number) in enumerate(sorted(ends)):
            ports[number, node] = round(first + step * place, 1)
    return ports


def _beside(
    drawing: _Drawing, ports: dict[Tie, float], own: dict[int, int], columns: _Columns, tie: Tie
) -> Route:
    """A tie (its number and rank) between two cards of one column: through the space after it."""
    number, rank = tie
    a, b = drawing.ties[number]
    u, room = drawing.centres[a][0] + columns.card / 2, columns.gutters[columns.of[a]]
    return arc(u, ports[number, own[a]], ports[number, own[b]], room, rank)


def _draw_loose(drawing: _Drawing, alone: list[int], columns: _Columns) -> list[Head]:
    """Cards that hang on nothing in rows that fill the width: lane by lane, or few in one grid."""
    lanes = sorted({drawing.lanes[card] for card in alone})
    if len(lanes) > 1 and len(alone) <= FEW_LOOSE:
        ordered = sorted(alone, key=lambda card: drawing.lanes[card])
        return [_grid(drawing, ALL_LANES, ordered, columns)]
    by_lane = [[card for card in alone if drawing.lanes[card] == lane] for lane in lanes]
    return [
        _grid(drawing, lane, cards, columns) for lane, cards in zip(lanes, by_lane, strict=True)
    ]


def _grid(drawing: _Drawing, lane: int, cards: list[int], columns: _Columns) -> Head:
    sizes = drawing.sizes
    room = columns.width - 2 * sizes.margin
    fit = max(int(room // (columns.card + SOCKET_ROOM)), 1)
    step = min(room / fit, columns.card + 2 * SOCKET_ROOM)
    head = Head(lane, sizes.margin, drawing.bottom + 12, len(cards))
    drawing.bottom += HEAD if sizes.heads else 0
    for place, card in enumerate(cards):
        down, across = divmod(place, fit)
        u = sizes.margin + columns.card / 2 + across * step
        v = drawing.bottom + sizes.card_v / 2 + down * (sizes.card_v + sizes.gap)
        drawing.centres[card] = (round(u, 1), round(v, 1))
    rows = -(-len(cards) // fit)
    drawing.bottom += rows * (sizes.card_v + sizes.gap) + sizes.between_parts
    return head
