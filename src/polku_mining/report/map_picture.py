"""The map drawn: SVG of our own, its words for those who do not see it, and its table twin."""

from itertools import pairwise

from polku_mining.report.flow import END, OTHER, START, Flow, Tie
from polku_mining.report.map_layout import Box, Curve, Label, Loop, MapLayout, Spot, Stub
from polku_mining.report.markup import Markup, tag
from polku_mining.report.reader import Reader

TIP = 8.0
NAMESPACE = "http://www.w3.org/2000/svg"


def picture(
    flow: Flow, layout: MapLayout, reader: Reader, *, about: str | None = None,
    before: Markup | None = None,
) -> Markup:  # fmt: skip
    """The map as one SVG with a title and a description.

    Beside its table it needs neither; standing alone, *about* describes it and *before*, its
    style, comes first.
    """
    parts = [
        *(_curve(curve, flow, reader) for curve in sorted(layout.curves, key=lambda c: c.width)),
        *(_loop(loop, flow, reader) for loop in layout.loops),
        *(_stub(stub, reader) for stub in layout.stubs),
        *(_box(box, flow, reader) for box in layout.boxes),
        *(_words(curve.label) for curve in layout.curves),
        *(_words(loop.label) for loop in layout.loops),
        *(_words(stub.label) for stub in layout.stubs),
    ]
    title = tag("title", reader.say("The paths that cases walked"), id="map-picture")
    told = tag("desc", _about(flow, reader) if about is None else about, id="map-description")
    return tag(
        "svg", title, told, before, *parts, xmlns=NAMESPACE if before else None,
        viewBox=f"0 0 {layout.width:.0f} {layout.height:.0f}", width=round(layout.width),
        height=round(layout.height), role="img", aria_labelledby="map-picture",
        aria_describedby="map-description", class_="map",
    )  # fmt: skip


def _about(flow: Flow, reader: Reader) -> str:
    return reader.say(
        "Activities are boxes, what comes right after what is a line from above to below, its "
        "thickness how often. The table below says the same. Activities: {activities}, ties: "
        "{ties}.", activities=reader.number(len(flow.visits)), ties=reader.number(len(flow.ties)),
    )  # fmt: skip


def name_of(node: int, flow: Flow, reader: Reader) -> str:
    """What a node is called."""
    if node == START:
        return reader.say("Begin")
    return reader.say("End") if node == END else flow.names[node]


def hint(tie: Tie, flow: Flow, reader: Reader) -> str:
    """What a line says when one points at it."""
    return reader.say(
        "{source} → {target}: steps {n}, cases {cases}", source=name_of(tie.source, flow, reader),
        target=name_of(tie.target, flow, reader), n=reader.number(tie.n),
        cases=reader.number(tie.cases),
    )  # fmt: skip


def _bends(spots: list[Spot]) -> str:
    """A smooth curve that never swings beyond its spots."""
    slopes = [0.0, *(_slope(*spots[i - 1 : i + 2]) for i in range(1, len(spots) - 1)), 0.0]
    told = [f"M{spots[0][0]:.1f} {spots[0][1]:.1f}"]
    for ((x, y), here), ((to_x, to_y), there) in pairwise(zip(spots, slopes, strict=True)):
        third = (to_y - y) / 3 if here or there else (to_y - y) / 2
        told.append(
            f"C{x + here * third:.1f} {y + third:.1f} {to_x - there * third:.1f} "
            f"{to_y - third:.1f} {to_x:.1f} {to_y:.1f}"
        )
    return "".join(told)


def _slope(before: Spot, here: Spot, after: Spot) -> float:
    """How far a curve leans at a spot: not at all where it turns round or stands."""
    first, second = here[0] - before[0], after[0] - here[0]
    if first * second <= 0:
        return 0.0
    lean = (after[0] - before[0]) / (after[1] - before[1])
    steepest = 3 * min(first / (here[1] - before[1]), second / (after[1] - here[1]), key=abs)
    return min(lean, steepest, key=abs)


def _curve(curve: Curve, flow: Flow, reader: Reader) -> Markup:
    spots = list(curve.spots)
    x, y = spots[0] if curve.up else spots[-1]
    if curve.up:
        spots[0] = (x, y + TIP)
    else:
        spots[-1] = (x, y - TIP)
    line = tag("path", d=_bends(spots), stroke_width=curve.width)
    tip = _tip(x, y, up=curve.up, width=curve.width)
    kind = "tie back" if curve.up else "tie"
    return tag("g", tag("title", hint(curve.tie, flow, reader)), line, tip, class_=kind)


def _tip(x: float, y: float, *, up: bool, width: float) -> Markup:
    half, long = 3.2 + width / 2.2, TIP if up else -TIP
    return _triangle((x, y), (x - half, y + long), (x + half, y + long))


def _triangle(*corners: Spot) -> Markup:
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))


def _loop(loop: Loop, flow: Flow, reader: Reader) -> Markup:
    x, y = loop.x, loop.y
    far = x - 26
    bend = (
        f"M{x:.1f} {y + 11:.1f}"
        f"C{far:.1f} {y + 22:.1f} {far:.1f} {y - 22:.1f} {x - 6:.1f} {y - 12.5:.1f}"
    )
    tip = _triangle((x, y - 11), (x - 8, y - 18), (x - 9, y - 9))
    line = tag("path", d=bend, stroke_width=min(loop.width, 5.0))
    return tag("g", tag("title", hint(loop.tie, flow, reader)), line, tip, class_="tie")


def _stub(stub: Stub, reader: Reader) -> Markup:
    x, y = stub.x, stub.y
    told = reader.say("To other paths") if stub.out else reader.say("From other paths")
    far = x + 18
    begin, end = (x, far - 5) if stub.out else (x + 5, far)
    line = tag("path", d=f"M{begin:.1f} {y:.1f}H{end:.1f}")
    at, long = (far, -6) if stub.out else (x, 6)
    tip = _triangle((at, y), (at + long, y - 3.5), (at + long, y + 3.5))
    return tag("g", tag("title", told), line, tip, class_="stub")


def _box(box: Box, flow: Flow, reader: Reader) -> Markup:
    x, y = box.x - box.width / 2, box.y - box.height / 2
    inner = box.node >= 0
    frame = tag(
        "rect", x=x, y=y, width=box.width, height=box.height, rx=4 if inner else box.height / 2
    )
    n = reader.number(box.visits)
    if not inner:
        text = tag("text", f"{box.lines[0]} {n}", x=box.x, y=box.y + 4.5)
        return tag("g", frame, text, class_="end rest" if box.node == OTHER else "end")
    rows = [*box.lines, n]
    top = box.y - 17 * (len(rows) - 1) / 2 + 4.5
    texts = [
        tag(
            "text",
            row,
            x=box.x,
            y=top + 17 * number,
            class_="n" if number == len(rows) - 1 else None,
        )
        for number, row in enumerate(rows)
    ]
    return tag("g", tag("title", flow.names[box.node]), frame, *texts, class_="activity")


def _words(label: Label) -> Markup:
    top = label.y - 7.0 * (len(label.lines) - 1) + 4
    ground = tag(
        "rect", x=label.x - label.width / 2, y=label.y - label.height / 2, width=label.width,
        height=label.height,
    )  # fmt: skip
    texts = [
        tag("text", line, x=label.x, y=top + 14 * number, class_="time" if number else None)
        for number, line in enumerate(label.lines)
    ]
    return tag("g", ground, *texts, class_="label")


type TwinRow = tuple[str, str, int, int | None, float | None]


def twin(flow: Flow, reader: Reader) -> list[TwinRow]:
    """Rows of the map as a table: from, to, steps, cases, median; other paths last."""

    def name(node: int) -> str:
        return name_of(node, flow, reader)

    other = reader.say("other paths")
    rows: list[TwinRow] = [
        (name(tie.source), name(tie.target), tie.n, tie.cases, tie.median_s) for tie in flow.ties
    ]
    rows += [(name(node), other, n, None, None) for node, n in flow.to_other.items()]
    rows += [(other, name(node), n, None, None) for node, n in flow.from_other.items()]
    return rows
