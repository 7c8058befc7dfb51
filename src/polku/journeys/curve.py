"""The experience curve of a journey: where its lines and marks lie.

Three lines over the same steps: how it shall feel (target), how we think it feels (assumed), and
what was observed, once there is data. Where a step says nothing a line stops and begins anew: a
line across a silence would be an invention.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from polku.journeys.document_shapes import StepDoc
from polku.kernel.answers import Sentence

LOWEST, HIGHEST = -2, 2
FEELINGS: Mapping[int, Sentence] = {
    2: _("very good"), 1: _("good"), 0: _("neither good nor bad"), -1: _("bad"),
    -2: _("very bad"),
}  # fmt: skip

COLUMN, HIGH = 132, 132
TOP, BOTTOM = 20, 24


@dataclass(frozen=True)
class Observed:
    """What was measured at a step: the mean feeling from -2 to 2, and from how many."""

    value: float
    n: int


@dataclass(frozen=True)
class CurvePoint:
    """A step in the table twin: feelings from -2 to 2, None where nothing is said."""

    step: StepDoc
    target: int | None
    assumed: int | None
    observed: Observed | None = None

    @property
    def felt(self) -> float | None:
        """How it feels as far as we know: observed, else assumed."""
        return self.observed.value if self.observed else self.assumed

    @property
    def is_under(self) -> bool:
        """Whether it feels worse than it shall."""
        felt = self.felt
        return felt is not None and self.target is not None and felt < self.target


@dataclass(frozen=True)
class Mark:
    """One point of a line; ``label`` is its number, ``label_y`` where that stands."""

    x: float
    y: float
    label: str
    label_y: float
    is_under: bool
    place: int


@dataclass(frozen=True)
class Track:
    """One line: pieces of ``x,y`` pairs between silences, and its marks."""

    pieces: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Curve:
    """All that a painter needs; lengths are CSS pixels."""

    width: int
    height: int
    levels: tuple[tuple[int, float], ...]
    target: Track
    assumed: Track
    observed: Track
    points: tuple[CurvePoint, ...]

    def __bool__(self) -> bool:
        return bool(self.target.marks or self.assumed.marks or self.observed.marks)


def curve_points(
    steps: Sequence[StepDoc], observed: Mapping[int, Observed] | None = None
) -> tuple[CurvePoint, ...]:
    """The table twin; *observed* is what was measured, by the number of the step."""
    seen = observed or {}
    return tuple(
        CurvePoint(step, step.emotion_target, step.emotion_assumed, seen.get(step.number))
        for step in steps
    )


def curve_of(
    steps: Sequence[StepDoc], observed: Mapping[int, Observed] | None = None, *,
    column: int = COLUMN, height: int = HIGH,
) -> Curve:  # fmt: skip
    """The curve over *steps*, each in the middle of a column of that width."""
    points = curve_points(steps, observed)
    levels = tuple((level, _y(level, height)) for level in range(HIGHEST, LOWEST - 1, -1))
    return Curve(
        width=column * len(points), height=height, levels=levels, points=points,
        target=_track(points, lambda point: point.target, column, height),
        assumed=_track(points, lambda point: point.assumed, column, height),
        observed=_track(points, _seen, column, height),
    )  # fmt: skip


def _seen(point: CurvePoint) -> float | None:
    return point.observed.value if point.observed else None


def _track(
    points: Sequence[CurvePoint], value_of: Callable[[CurvePoint], float | None], column: int,
    height: int,
) -> Track:  # fmt: skip
    pieces: list[list[str]] = [[]]
    marks = []
    for place, point in enumerate(points):
        value = value_of(point)
        if value is None:
            pieces.append([])
            continue
        x, y = column * place + column / 2, _y(value, height)
        pieces[-1].append(f"{x:g},{y:g}")
        marks.append(_mark(point, value, x, y))
    return Track(tuple(" ".join(piece) for piece in pieces if len(piece) > 1), tuple(marks))


def _mark(point: CurvePoint, value: float, x: float, y: float) -> Mark:
    # Below its mark where it feels worse than it shall: the target's line passes above
    label_y = y + 19 if point.is_under else y - 10
    return Mark(x, y, signed(value), round(label_y, 1), point.is_under, point.step.place)


def _y(value: float, height: int) -> float:
    share = (HIGHEST - value) / (HIGHEST - LOWEST)
    return round(TOP + share * (height - TOP - BOTTOM), 1)


def signed(value: float) -> str:
    """``+1``, ``0``, ``−2``; one digit after the point where it is no whole number."""
    number = f"{abs(value):.1f}".removesuffix(".0")
    return number if number == "0" else ("+" if value > 0 else "−") + number


def feeling_words(value: float | None) -> str:
    """A feeling in words; nothing for none."""
    if value is None:
        return ""
    return str(FEELINGS[max(LOWEST, min(HIGHEST, round(value)))])
