"""Pure graph work of the wall: parts that hang together, and which way a thread leads."""

from collections import deque
from collections.abc import Iterable, Sequence

type Tie = tuple[int, int]


def parts_of(count: int, ties: Iterable[Tie]) -> list[list[int]]:
    """Cards 0 to *count* - 1 by the part they hang together in, the greatest part first.

    Within a part cards keep their order; parts of one size stand by their first card.
    """
    above = list(range(count))

    def top(card: int) -> int:
        while above[card] != card:
            above[card] = above[above[card]]
            card = above[card]
        return card

    for a, b in ties:
        first, second = sorted((top(a), top(b)))
        above[second] = first
    found: dict[int, list[int]] = {}
    for card in range(count):
        found.setdefault(top(card), []).append(card)
    return sorted(found.values(), key=lambda part: (-len(part), part[0]))


def steps_from(starts: Iterable[int], count: int, ties: Sequence[Tie]) -> list[int]:
    """How many ties each card is away from the nearest start; -1 when none leads there."""
    beside: list[list[int]] = [[] for _card in range(count)]
    for a, b in ties:
        beside[a].append(b)
        beside[b].append(a)
    away = [-1] * count
    line = deque(sorted(set(starts)))
    for card in line:
        away[card] = 0
    while line:
        card = line.popleft()
        for other in beside[card]:
            if away[other] < 0:
                away[other] = away[card] + 1
                line.append(other)
    return away


def leading_to(start: int, lanes: Sequence[int], ties: Sequence[Tie]) -> set[int]:
    """Numbers of the ties that lead to *start*: those of its own, then ever further from it.

    From the start the walk goes on to the left or on to the right and never turns back, so that
    what merely shares a goal with it stays faint.
    """
    beside: dict[int, list[tuple[int, int]]] = {}
    for number, (a, b) in enumerate(ties):
        beside.setdefault(a, []).append((b, number))
        beside.setdefault(b, []).append((a, number))
    found: set[int] = set()
    for side in (-1, 1):
        seen, line = {start}, deque([start])
        while line:
            card = line.popleft()
            for other, number in beside.get(card, ()):
                away = (lanes[other] - lanes[card]) * side
                if away == 0 and card == start:
                    found.add(number)  # its own kind beside it: seen, and not walked on from
                elif away > 0:
                    found.add(number)
                    if other not in seen:
                        seen.add(other)
                        line.append(other)
    return found
