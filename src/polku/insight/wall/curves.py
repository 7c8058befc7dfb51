"""The run of a thread: soft curves between cards, and the frayed end of one that needs a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, radians, sin

type Point = tuple[float, float]
# The points after the present one: two handles and the end, or the end alone (a straight line)
type Curve = tuple[Point, ...]

OFFSETS = (0.0, -9.0, 9.0, -4.5, 4.5, -13.0, 13.0)
BARE = 46.0  # how much of a frayed thread is missing before its card
STRANDS = (-34, 0, 34)


@dataclass(frozen=True)
class Route:
    """A thread from its first card to its second."""

    start: Point
    curves: tuple[Curve, ...]

    @property
    def end(self) -> Point:
        """Where it comes in."""
        return self.curves[-1][-1] if self.curves else self.start

    def turned(self) -> "Route":
        """The same run from the other end."""
        points = [self.start, *(curve[-1] for curve in self.curves)]
        curves = []
        for place in range(len(self.curves) - 1, -1, -1):
            handles = self.curves[place][:-1]
            curves.append((*reversed(handles), points[place]))
        return Route(points[-1], tuple(curves))

    def upright(self) -> "Route":
        """The same run with its axes exchanged."""
        return Route(_swap(self.start), tuple(tuple(map(_swap, curve)) for curve in self.curves))

    def path(self) -> str:
        """The ``d`` of a path."""
        said = [f"M{_at(self.start)}"]
        for curve in self.curves:
            letter = "C" if len(curve) == 3 else "L"
            said.append(letter + " ".join(map(_at, curve)))
        return "".join(said)


@dataclass(frozen=True)
class Frayed:
    """A thread whose end came loose: what holds, and the strands that hang from it."""

    route: Route
    strands: tuple[Curve, ...]


def passage(
    start: Point, between: Sequence[tuple[float, float, float]], end: Point, rank: int = 0
) -> Route:
    """From card to card, straight past each layer *between* (its u, the v, half its width)."""
    curves: list[Curve] = []
    at = start
    for u, v, half in between:
        curves.append(swing(at, (u - half, v), rank))
        at = (u + half, v)
        curves.append((at,))
    curves.append(swing(at, end, rank))
    return Route(start, tuple(curves))


def swing(start: Point, end: Point, rank: int = 0) -> Curve:
    """A soft S along u; steep ones lie beside each other by their *rank*."""
    (u1, v1), (u2, v2) = start, end
    reach = (u2 - u1) * 0.55
    steep = min(abs(v2 - v1) / 160, 1.0)
    aside = OFFSETS[rank % len(OFFSETS)] * steep
    return (
        (round(u1 + reach + aside, 1), v1),
        (round(u2 - reach + aside, 1), v2),
        (round(u2, 1), v2),
    )


def arc(u: float, start: float, end: float, room: float, rank: int = 0) -> Route:
    """From one card of a column to another, through the space after it."""
    reach = min(18 + abs(end - start) * 0.09 + rank % 3, room * 0.95)
    far = round(u + reach, 1)
    return Route((u, start), (((far, start), (far, end), (u, end)),))


def frayed(route: Route) -> Frayed:
    """The thread with its end in strands, some way before the card it comes to.

    What is missing is never more than half of the last curve.
    """
    *rest, last = route.curves
    begin = rest[-1][-1] if rest else route.start
    c1, c2, end = last if len(last) == 3 else (begin, last[0], last[0])
    part = max(0.5, 1 - BARE / max(_length(begin, c1, c2, end), 1.0))
    first, middle, stop = _head_of(begin, c1, c2, end, part)
    toward = atan2(stop[1] - middle[1], stop[0] - middle[0])
    strands = []
    for turn in STRANDS:
        near = _off(stop, toward, 9)
        far = _off(near, toward + radians(turn), 11)
        strands.append((near, near, far))
    return Frayed(Route(route.start, (*rest, (first, middle, stop))), tuple(strands))


def _head_of(a: Point, b: Point, c: Point, d: Point, part: float) -> Curve:
    """The first *part* of a cubic curve (de Casteljau)."""
    ab, bc, cd = _mix(a, b, part), _mix(b, c, part), _mix(c, d, part)
    abc, bcd = _mix(ab, bc, part), _mix(bc, cd, part)
    return ab, abc, _mix(abc, bcd, part)


def _mix(a: Point, b: Point, part: float) -> Point:
    return round(a[0] + (b[0] - a[0]) * part, 1), round(a[1] + (b[1] - a[1]) * part, 1)


def _length(*points: Point) -> float:
    """The length of the frame around a curve and of its chord, halved: near enough."""
    frame = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    return (frame + hypot(points[-1][0] - points[0][0], points[-1][1] - points[0][1])) / 2


def _off(point: Point, angle: float, by: float) -> Point:
    return round(point[0] + cos(angle) * by, 1), round(point[1] + sin(angle) * by, 1)


def _swap(point: Point) -> Point:
    return point[1], point[0]


def _at(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"
