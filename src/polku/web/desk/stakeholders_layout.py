"""Where each stakeholder stands in the picture: a grid of five by five, and a shelf beside it.

Pure geometry: rows grow with what stands in them, so that no card ever lies on another.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

LEVELS = (1, 2, 3, 4, 5)
CELL, SHELF, LEFT, TOP, FOOT = 184, 200, 40, 28, 44
CARD_W, CARD_H, GAP, PAD = 168, 44, 8, 8
LETTERS, LINES = 20, 2
BADGE = 10
STEPS = 24


class Placed(Protocol):
    """What the picture asks of a stakeholder."""

    @property
    def pk(self) -> int: ...
    @property
    def interest(self) -> int | None: ...
    @property
    def influence(self) -> int | None: ...


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float, room: float = 0) -> bool:
        """Whether a point, with *room* around it, touches this rectangle."""
        return (
            self.x - room < x < self.x + self.width + room
            and self.y - room < y < self.y + self.height + room
        )


@dataclass(frozen=True)
class Cell:
    """One field of the grid."""

    interest: int
    influence: int
    box: Box


@dataclass(frozen=True)
class Thread:
    """A line between two cards, and where its number stands."""

    number: int
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """The whole drawing: its size, fields, the shelf, cards by number of the stakeholder."""

    width: int
    height: int
    cells: list[Cell]
    shelf: Box | None
    cards: dict[int, Box]

    @property
    def columns(self) -> list[tuple[int, int]]:
        """Each step of interest with the middle of its column."""
        return [(level, LEFT + level * CELL - CELL // 2) for level in LEVELS]

    @property
    def rows(self) -> list[tuple[int, int]]:
        """Each step of influence with the middle of its row."""
        first = [cell for cell in self.cells if cell.interest == 1]
        return [(cell.influence, cell.box.y + cell.box.height // 2 + 4) for cell in first]

    @property
    def foot(self) -> int:
        """Where the words below the grid stand."""
        return self.height - FOOT + 20

    @property
    def side(self) -> int:
        """Where the words beside the grid begin: they read upwards."""
        return max(cell.box.y + cell.box.height for cell in self.cells)


def picture_of(people: Sequence[Placed]) -> Picture:
    """Place everybody: influence upwards, interest to the right, the unknown on the shelf."""
    placed = {
        (i, f): [one for one in people if one.interest == i and one.influence == f]
        for i in LEVELS
        for f in LEVELS
    }
    unplaced = [one for one in people if one.interest is None or one.influence is None]
    cells: list[Cell] = []
    cards: dict[int, Box] = {}
    y = TOP
    for influence in reversed(LEVELS):
        fullest = max(len(placed[interest, influence]) for interest in LEVELS)
        height = _height(fullest)
        for interest in LEVELS:
            box = Box(LEFT + (interest - 1) * CELL, y, CELL, height)
            cells.append(Cell(interest, influence, box))
            cards |= _stack(placed[interest, influence], box)
        y += height
    shelf = None
    if unplaced:
        height = max(y - TOP, _height(len(unplaced)))
        shelf = Box(LEFT + 5 * CELL + 2 * GAP, TOP, SHELF, height)
        cards |= _stack(unplaced, shelf)
        y = max(y, TOP + height)
    width = LEFT + 5 * CELL + (2 * GAP + SHELF if unplaced else 0) + 2
    return Picture(width, y + FOOT, cells, shelf, cards)


def _height(cards: int) -> int:
    return max(1, cards) * (CARD_H + GAP) + 2 * PAD - GAP


def _stack(people: Iterable[Placed], box: Box) -> dict[int, Box]:
    x = box.x + (box.width - CARD_W) // 2
    return {
        one.pk: Box(x, box.y + PAD + n * (CARD_H + GAP), CARD_W, CARD_H)
        for n, one in enumerate(people)
    }


def threads_of(picture: Picture, pairs: Sequence[tuple[int, int]]) -> list[Thread]:
    """A curve for each pair of stakeholders, its number where it lies on no card if it can."""
    taken: list[tuple[float, float]] = []
    found = []
    for number, (start, end) in enumerate(pairs, start=1):
        curve = _Curve(picture.cards[start].middle, picture.cards[end].middle)
        x, y = _free(curve, picture, taken)
        taken.append((x, y))
        found.append(Thread(number, curve.path, round(x), round(y)))
    return found


@dataclass(frozen=True)
class _Curve:
    """A bowed line from the middle of one card to that of another."""

    start: tuple[float, float]
    end: tuple[float, float]

    @property
    def bend(self) -> tuple[float, float]:
        (x1, y1), (x2, y2) = self.start, self.end
        dx, dy = x2 - x1, y2 - y1
        if dx == 0:  # one above the other: bow out to the side, past the edge of the cards
            return x1 + CARD_W + 2 * GAP, (y1 + y2) / 2
        return (x1 + x2) / 2 - dy * 0.12, (y1 + y2) / 2 + dx * 0.12

    @property
    def path(self) -> str:
        (x1, y1), (bx, by), (x2, y2) = self.start, self.bend, self.end
        return f"M{x1:.0f} {y1:.0f}Q{bx:.0f} {by:.0f} {x2:.0f} {y2:.0f}"

    def at(self, t: float) -> tuple[float, float]:
        (x1, y1), (bx, by), (x2, y2) = self.start, self.bend, self.end
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return a * x1 + b * bx + c * x2, a * y1 + b * by + c * y2


def _free(curve: _Curve, picture: Picture, taken: list[tuple[float, float]]) -> tuple[float, float]:
    for x, y in _along(curve):
        on_card = any(box.holds(x, y, BADGE) for box in picture.cards.values())
        near = any(abs(x - a) < 2 * BADGE and abs(y - b) < 2 * BADGE for a, b in taken)
        if not on_card and not near:
            return x, y
    return curve.at(0.5)


def _along(curve: _Curve) -> Iterator[tuple[float, float]]:
    """Points of the curve, from its middle outwards."""
    for step in range(STEPS // 2):
        for side in (1, -1):
            yield curve.at(0.5 + side * step / STEPS)


def wrapped(name: str) -> list[str]:
    """A name in at most two lines of a card; what does not fit ends in three dots."""
    return textwrap.wrap(
        name, LETTERS, max_lines=LINES, placeholder="…", break_on_hyphens=True
    ) or [name[:LETTERS]]  # fmt: skip
