"""The map as shapes: boxes, curves and labels with their places, none on top of another."""

from dataclasses import dataclass, field
from functools import cached_property

from polku_mining.report.flow import END, OTHER, START, Flow, Tie
from polku_mining.report.layers import Layers, Strand, layered
from polku_mining.report.lettering import broken, width_of
from polku_mining.report.placing import APART, Extent, place
from polku_mining.report.reader import Reader

BOX, LINE, NAME_LINES = 172.0, 16.5, 3
ROUND, LOW = 108.0, 34.0  # begin and end
LABEL_HEIGHT, GAP, MARGIN = 30.0, 23.0, 8.0
NAME_SIZE, LABEL_SIZE = 13.0, 11.5
LOOP, STUB = 24.0, 20.0
THICKEST, THINNEST = 8.0, 1.2
PORTS = 11.0

type Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A node around its middle; *lines* are its name, broken."""

    node: int
    x: float
    y: float
    width: float
    height: float
    lines: list[str]
    visits: int


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text around a middle."""

    x: float
    y: float
    width: float
    height: float
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawn tie from the first spot to the last, downwards; *up* when it is walked upwards."""

    tie: Tie
    spots: list[Spot]
    width: float
    up: bool
    label: Label


@dataclass(frozen=True, slots=True)
class Loop:
    """A tie from an activity to itself, at the left of its box."""

    tie: Tie
    x: float
    y: float
    width: float
    label: Label


@dataclass(frozen=True, slots=True)
class Stub:
    """Steps to other paths (*out*) or from them, at the right of a box."""

    x: float
    y: float
    out: bool
    label: Label


@dataclass
class MapLayout:
    """Everything to draw, in a picture of *width* by *height*."""

    boxes: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


class _Drawing:
    """One map in the making."""

    def __init__(self, flow: Flow, reader: Reader) -> None:
        self.flow, self.reader = flow, reader
        self.nodes = [START, *flow.visits, END]
        number = {node: place for place, node in enumerate(self.nodes)}
        most = max((tie.n for tie in flow.ties), default=1)
        weights = {(number[t.source], number[t.target]): t.n / most for t in flow.ties}
        self.ties = {(number[t.source], number[t.target]): t for t in flow.ties}
        self.layers: Layers = layered(len(self.nodes), weights, 0, len(self.nodes) - 1)
        self.most = most
        self.names = {
            node: broken(flow.names[node], NAME_SIZE, BOX - 14, NAME_LINES) for node in flow.visits
        }
        longest = max((len(lines) for lines in self.names.values()), default=1)
        self.height_of_box = LINE * (longest + 1) + 13
        extents = [self.extent(point) for point in range(len(self.layers.layer_of))]
        self.x = [value + MARGIN for value in place(self.layers, extents)]
        self.y = self.rows()
        self.width = max(x + e.right for x, e in zip(self.x, extents, strict=True)) + MARGIN

    def rows(self) -> list[float]:
        """The middle of each layer."""
        found, y = [], MARGIN
        for layer in range(len(self.layers.rows)):
            tall = LABEL_HEIGHT if layer % 2 else self.tall(layer)
            found.append(y + tall / 2)
            y += tall + GAP
        self.height = y - GAP + MARGIN
        return found

    def tall(self, layer: int) -> float:
        """How tall a layer of nodes is."""
        n = self.layers.n_nodes
        inner = any(p < n and self.nodes[p] >= 0 for p in self.layers.rows[layer])
        return self.height_of_box if inner else LOW

    def size(self, point: int) -> Spot:
        """Width and height of a node's box."""
        if self.nodes[point] >= 0:
            return BOX, self.height_of_box
        words = f"{self.end_of(self.nodes[point])} {self.reader.number(self.flow.cases)}"
        return max(ROUND, width_of(words, 12.0) + 24), LOW

    def end_of(self, node: int) -> str:
        """What the begin and the end are called."""
        return self.reader.say("Begin") if node == START else self.reader.say("End")

    def extent(self, point: int) -> Extent:
        """The room that a point needs."""
        if point >= self.layers.n_nodes:
            half = self.label_of.get(point, 0.0) / 2
            return Extent(half, half)
        half, node = self.size(point)[0] / 2, self.nodes[point]
        loop = self.ties.get((point, point))
        left = half + (LOOP + 4 + _widest(self.lines_of(loop)) if loop else 0)
        stubs = [n for n in (self.flow.to_other.get(node), self.flow.from_other.get(node)) if n]
        widest = _widest([self.reader.number(n) for n in stubs])
        return Extent(left, half + (STUB + 6 + widest if stubs else 0))

    @cached_property
    def label_of(self) -> dict[int, float]:
        """The width of the label that a point holds."""
        return {s.label: _widest(self.lines_of(self.tie_of(s))) + 8 for s in self.layers.strands}

    def tie_of(self, strand: Strand) -> Tie:
        """The tie that a strand draws."""
        pair = (strand.source, strand.target)
        return self.ties[pair[::-1] if strand.turned else pair]

    def lines_of(self, tie: Tie) -> list[str]:
        """What stands on a tie: how often, and how long it takes in the middle."""
        told = [self.reader.number(tie.n)]
        return told if tie.median_s is None else [*told, self.reader.duration(tie.median_s)]

    def thickness(self, tie: Tie) -> float:
        """By its share of the most walked tie."""
        return THINNEST + (THICKEST - THINNEST) * tie.n / self.most


def _widest(lines: list[str]) -> float:
    return max((width_of(line, LABEL_SIZE) for line in lines), default=0.0)


def map_layout(flow: Flow, reader: Reader) -> MapLayout:
    """Lay the map out from top to bottom."""
    drawing = _Drawing(flow, reader)
    layout = MapLayout(width=drawing.width, height=drawing.height)
    for point, node in enumerate(drawing.nodes):
        layout.boxes.append(_box(drawing, point, node))
        layout.stubs += _stubs(drawing, layout.boxes[-1])
        if loop := drawing.ties.get((point, point)):
            layout.loops.append(_loop(drawing, loop, layout.boxes[-1]))
    if flow.others:
        layout.boxes.append(_other(drawing, layout))
    ports = _ports(drawing)
    layout.curves = [_curve(drawing, strand, ports) for strand in drawing.layers.strands]
    return layout


def _box(drawing: _Drawing, point: int, node: int) -> Box:
    width, height = drawing.size(point)
    flow = drawing.flow
    visits = flow.visits[node] if node >= 0 else flow.cases
    lines = drawing.names[node] if node >= 0 else [drawing.end_of(node)]
    y = drawing.y[drawing.layers.layer_of[point]]
    return Box(node, drawing.x[point], y, width, height, lines, visits)


def _other(drawing: _Drawing, layout: MapLayout) -> Box:
    """The node of all paths that are not drawn, beside the end."""
    words = drawing.reader.say("Other paths")
    width = width_of(f"{words} {drawing.reader.number(drawing.flow.others)}", 12.0) + 24
    last = drawing.layers.rows[-1]
    right = max(drawing.x[point] + drawing.extent(point).right for point in last)
    layout.width = max(layout.width, right + 24 + width + MARGIN)
    y = drawing.y[-1]
    return Box(OTHER, right + 24 + width / 2, y, width, LOW, [words], drawing.flow.others)


def _label(drawing: _Drawing, tie: Tie, x: float, y: float) -> Label:
    lines = drawing.lines_of(tie)
    return Label(x, y, _widest(lines) + 6, 14.0 * len(lines) + 1, lines)


def _loop(drawing: _Drawing, tie: Tie, box: Box) -> Loop:
    edge = box.x - box.width / 2
    wide = _widest(drawing.lines_of(tie))
    label = _label(drawing, tie, edge - LOOP - wide / 2, box.y)
    return Loop(tie, edge, box.y, drawing.thickness(tie), label)


def _stubs(drawing: _Drawing, box: Box) -> list[Stub]:
    edge, flow = box.x + box.width / 2, drawing.flow
    found = []
    for out, counts in ((False, flow.from_other), (True, flow.to_other)):
        if n := counts.get(box.node):
            text = drawing.reader.number(n)
            wide = width_of(text, LABEL_SIZE)
            y = box.y if box.node < 0 else box.y + (13 if out else -13)
            label = Label(edge + STUB + 3 + wide / 2, y, wide, 14.0, [text])
            found.append(Stub(edge, y, out, label))
    return found


type Ports = dict[tuple[int, int], float]  # (strand, 0 for its upper end and 1 for the lower)


def _ports(drawing: _Drawing) -> Ports:
    """Where ties touch boxes: towards where they go, and side by side."""
    sides: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for number, strand in enumerate(drawing.layers.strands):
        ends = ((strand.source, strand.points[1]), (strand.target, strand.points[-2]))
        for end, (node, beside) in enumerate(ends):
            sides.setdefault((node, end), []).append((drawing.x[beside], number))
    found: Ports = {}
    for (node, end), wishes in sides.items():
        wishes.sort()
        room = drawing.size(node)[0] / 2 - 12
        middle = drawing.x[node]
        spots = _spread([wish for wish, _number in wishes], middle - room, middle + room)
        for spot, (_wish, number) in zip(spots, wishes, strict=True):
            found[number, end] = spot
    return found


def _spread(wishes: list[float], low: float, high: float) -> list[float]:
    """Close to what is wished, in order, within bounds, apart."""
    apart = min(PORTS, (high - low) / max(len(wishes) - 1, 1))
    found: list[float] = []
    for place_, wish in enumerate(wishes):
        least = found[-1] + apart if found else low
        most = high - apart * (len(wishes) - 1 - place_)
        found.append(min(max(wish, least), most))
    return found


def _curve(drawing: _Drawing, strand: Strand, ports: Ports) -> Curve:
    number = drawing.layers.strands.index(strand)
    tie, x, y = drawing.tie_of(strand), drawing.x, drawing.y
    level = drawing.layers.layer_of
    top, bottom = strand.source, strand.target
    spots = [(ports[number, 0], y[level[top]] + drawing.size(top)[1] / 2)]
    for point in strand.points[1:-1]:  # straight past nodes, in one curve past labels
        half = 0 if level[point] % 2 else drawing.tall(level[point]) / 2
        ends = {y[level[point]] - half, y[level[point]] + half}
        spots += [(x[point], end) for end in sorted(ends)]
    spots.append((ports[number, 1], y[level[bottom]] - drawing.size(bottom)[1] / 2))
    label = _label(drawing, tie, x[strand.label], y[level[strand.label]])
    return Curve(tie, spots, drawing.thickness(tie), strand.turned, label)


__all__ = ["APART", "Box", "Curve", "Label", "Loop", "MapLayout", "Stub", "map_layout"]
