"""Where each point of a layered drawing lies: as straight as may be, and nothing on top of it."""

from dataclasses import dataclass

from polku_mining.report.layers import Layers

SWEEPS = 400
APART = 14.0
STRAIGHT = 8.0  # a tie's own points pull this much harder than nodes do


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a point reaches to the left and right of its middle."""

    left: float
    right: float


def place(layers: Layers, extents: list[Extent]) -> list[float]:
    """The x of each point: least squares of ties' slants, in the order of each layer, apart.

    Layer by layer, down and up, each point wants to lie at the weighted middle of its neighbours;
    what keeps them apart is solved exactly (pool adjacent violators).
    """
    x = [0.0] * len(layers.layer_of)
    pulls = _pulls(layers)
    for row in layers.rows:
        _settle(row, dict.fromkeys(row, (0.0, 1.0)), extents, x)
    for sweep in range(SWEEPS):
        rows = layers.rows if sweep % 2 == 0 else layers.rows[::-1]
        for row in rows:
            wanted = {point: _wanted(pulls[point], x, x[point]) for point in row}
            _settle(row, wanted, extents, x)
    left = min(x[p] - extents[p].left for p in range(len(x)))
    return [value - left for value in x]


type Pulls = list[list[tuple[int, float]]]


def _pulls(layers: Layers) -> Pulls:
    pulls: Pulls = [[] for _point in layers.layer_of]
    n = layers.n_nodes
    for strand in layers.strands:
        for a, b in zip(strand.points, strand.points[1:], strict=False):
            own = (a >= n) + (b >= n)
            weight = (1.0, 2.0, STRAIGHT)[own] * (0.3 + strand.weight)
            pulls[a].append((b, weight))
            pulls[b].append((a, weight))
    return pulls


def _wanted(pull: list[tuple[int, float]], x: list[float], here: float) -> tuple[float, float]:
    total = sum(weight for _point, weight in pull)
    if not total:
        return here, 0.1
    return sum(x[point] * weight for point, weight in pull) / total, total


def _settle(
    row: list[int], wanted: dict[int, tuple[float, float]], extents: list[Extent], x: list[float]
) -> None:
    """Isotonic regression: with the needed distances taken off, values may only grow."""
    shift, shifts = 0.0, []
    for number, point in enumerate(row):
        if number:
            shift += extents[row[number - 1]].right + APART + extents[point].left
        shifts.append(shift)
    blocks: list[list[float]] = []  # mean, weight, length
    for point, off in zip(row, shifts, strict=True):
        value, weight = wanted[point]
        blocks.append([value - off, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, much, length = blocks.pop()
            before = blocks[-1]
            total = before[1] + much
            blocks[-1] = [
                (before[0] * before[1] + mean * much) / total, total, before[2] + length
            ]  # fmt: skip
    values = [mean for mean, _weight, length in blocks for _each in range(int(length))]
    for point, value, off in zip(row, values, shifts, strict=True):
        x[point] = value + off
