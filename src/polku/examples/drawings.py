"""Pictures of an example, drawn from a few strokes in the colours of the house.

They are made when the example is told, so that no picture has to be kept beside the code. Nobody
is on them: a thing tells as much of a moment as a face does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from polku.examples.texts import Text

type Spot = tuple[float, float]

# Drawn at twice the size, so that edges are smooth when it is halved
WIDTH, HEIGHT, FINER = 640, 480, 2
PAPER, SURFACE, LINE = "#f2eee6", "#fffefc", "#cfc7b8"
INK, SOFT = "#25221d", "#8d8577"
SEA, WASH, AMBER, SUN = "#0e5a5a", "#cfe3de", "#c08309", "#f3d99a"
YARN, BRICK = "#85507d", "#a92d16"
PEN = 5
# Where each boot stands, how large, in which colour
BOOTS = ((88, 1.0, SEA), (174, 1.0, SEA), (302, 0.62, BRICK), (356, 0.62, BRICK),
         (420, 0.8, YARN), (488, 0.8, YARN))  # fmt: skip


@dataclass(frozen=True)
class PictureRow:
    """A picture of an example by the name of its drawing, and what is to be seen."""

    drawing: str
    words: Text


@dataclass(frozen=True)
class Board:
    """What one draws on, in points of the finished picture."""

    pen: Any

    def line(self, *spots: Spot, ink: str = INK, width: float = PEN) -> None:
        """A stroke through the spots, round at its ends and corners."""
        found = _fine(spots)
        wide = round(width * FINER)
        self.pen.line(found, fill=ink, width=wide, joint="curve")
        for x, y in (found[0], found[-1]):
            self.pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=ink)

    def shape(self, *spots: Spot, fill: str = SURFACE, ink: str = INK, width: float = PEN) -> None:
        """An area within straight edges."""
        self.pen.polygon(_fine(spots), fill=fill)
        self.line(*spots, spots[0], ink=ink, width=width)

    def box(self, a: Spot, b: Spot, *, fill: str = SURFACE, ink: str = INK, width: float = PEN,
            round_by: float = 6) -> None:  # fmt: skip
        """A box with soft corners between two of them."""
        self.pen.rounded_rectangle(
            _box(a, b), round_by * FINER, fill=fill, outline=ink, width=round(width * FINER)
        )

    def oval(self, a: Spot, b: Spot, *, fill: str | None = SURFACE, ink: str = INK,
             width: float = PEN) -> None:  # fmt: skip
        """What is round within two corners."""
        self.pen.ellipse(_box(a, b), fill=fill, outline=ink, width=round(width * FINER))

    def bow(self, a: Spot, b: Spot, begin: float, end: float, *, ink: str = INK,
            width: float = PEN) -> None:  # fmt: skip
        """A part of what is round, in degrees from the right and down."""
        self.pen.arc(_box(a, b), begin, end, fill=ink, width=round(width * FINER))


def drawn(name: str) -> bytes:
    """A drawing by its name, as the bytes of a picture file."""
    from PIL import Image, ImageDraw  # heavy, and only wanted while an example is told

    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    DRAWINGS[name](Board(ImageDraw.Draw(picture)))
    kept = BytesIO()
    picture.reduce(FINER).crop(FRAMES.get(name)).save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def ticket(board: Board) -> None:
    """A ticket for four with a sailing ship on it."""
    board.oval((-120, 330), (760, 760), fill=WASH, ink=WASH)
    board.shape((92, 162), (520, 92), (552, 292), (124, 362), fill=LINE, ink=LINE)
    board.shape((82, 150), (510, 80), (542, 280), (114, 350))
    for n in range(8):  # where one tears it off
        x, y = 401 + n * 3.9, 104 + n * 24.4
        board.line((x, y), (x + 1.9, y + 12), ink=SOFT, width=4)
    board.shape((150, 270), (330, 241), (310, 285), (178, 307), fill=SEA, ink=SEA)
    board.line((228, 262), (207, 140), width=6)
    board.shape((226, 246), (210, 152), (156, 256), fill=SUN, ink=AMBER, width=4)
    board.shape((238, 244), (218, 150), (306, 232), fill=SURFACE, ink=AMBER, width=4)
    for n in range(4):
        left, top = 142.0 + n * 52, 296 - n * 8.6
        board.bow((left, top), (left + 50, top + 24), 25, 155, ink=SEA, width=4)
    for row in range(4):  # four who go in
        left, top = 430 + row * 4.4, 128.0 + row * 37
        board.oval((left, top), (left + 16, top + 16), fill=INK, ink=INK)
        board.line((left + 30, top + 6), (left + 76, top - 2), ink=SOFT, width=6)


def way_in(board: Board) -> None:
    """A door with eight steps, a ramp laid beside them and a bell low on the wall."""
    board.box((-20, -20), (660, 392), fill=SURFACE, ink=SURFACE, round_by=0)
    for row in range(6):
        for column in range(6):
            left = column * 128 - (row % 2) * 64
            board.line((left, row * 62), (left, row * 62 + 62), ink=LINE, width=3)
        board.line((-5, row * 62), (645, row * 62), ink=LINE, width=3)
    board.box((-20, 392), (660, 500), fill=WASH, ink=WASH, round_by=0)
    board.box((84, 40), (252, 252), fill=SEA, ink=INK, round_by=8)
    board.line((168, 44), (168, 248), width=5)
    for left in (104, 184):
        board.box((left, 66), (left + 48, 130), fill=SUN, ink=INK, round_by=4)
    board.oval((150, 160), (162, 172), fill=AMBER, ink=AMBER)
    board.oval((174, 160), (186, 172), fill=AMBER, ink=AMBER)
    for n in range(8):
        top = 252 + n * 17.5
        board.box((68 - n * 7, top), (268 + n * 3, top + 19), fill=PAPER, ink=INK, width=4,
                  round_by=2)  # fmt: skip
    board.shape((270, 252), (300, 252), (612, 380), (612, 392), (292, 392), fill=SUN, ink=INK)
    board.line((300, 190), (606, 314), width=6)
    for x, y in ((300, 190), (402, 232), (504, 273), (606, 314)):
        board.line((x, y), (x, y + 64), width=5)
    board.box((318, 92), (376, 150), fill=SURFACE, ink=INK, round_by=10)
    board.oval((334, 108), (360, 134), fill=BRICK, ink=BRICK)
    for n in (0, 1):
        board.bow((382 - n * 18, 86 - n * 16), (422 + n * 18, 156 + n * 16), -50, 50,
                  ink=BRICK)  # fmt: skip


def trail(board: Board) -> None:
    """A sheet with a trail on it, and a rope tied to a knot."""
    board.oval((-140, -330), (780, 130), fill=SUN, ink=SUN)
    board.shape((96, 74), (356, 42), (402, 398), (142, 430), fill=LINE, ink=LINE)
    board.shape((84, 62), (344, 30), (390, 386), (130, 418))
    way = [(150, 350), (176, 318), (220, 322), (250, 290), (228, 254), (182, 246), (166, 206),
           (206, 176), (252, 172), (282, 140)]  # fmt: skip
    for before, after in pairwise(way):
        x, y = (before[0] + after[0]) / 2, (before[1] + after[1]) / 2
        board.line(before, ((before[0] + x) / 2, (before[1] + y) / 2), ink=SEA, width=7)
        board.line((x, y), ((x + after[0]) / 2, (y + after[1]) / 2), ink=SEA, width=7)
    board.line((270, 90), (306, 126), ink=BRICK, width=10)
    board.line((306, 90), (270, 126), ink=BRICK, width=10)
    board.shape((160, 110), (192, 70), (222, 104), fill=WASH, ink=SEA, width=4)
    board.oval((300, 300), (346, 346), fill=SUN, ink=AMBER)
    rope = curved((424, 490), (440, 392), (514, 300), (574, 226), (556, 152), (508, 136),
                  (462, 158), (450, 226), (512, 300), (590, 388), (608, 490))  # fmt: skip
    board.line(*rope, width=30)
    board.line(*rope, ink=SUN, width=20)
    board.line(*rope[-30:], width=30)  # one end lies over the other
    board.line(*rope[-34:], ink=SUN, width=20)
    for n in range(3):  # and a cord holds both
        board.line((488, 288 + n * 13), (540, 284 + n * 13), width=15)
        board.line((490, 288 + n * 13), (538, 284 + n * 13), ink=BRICK, width=8)


def rain(board: Board) -> None:
    """An umbrella in the rain, large boots and small ones below it."""
    for n in range(18):
        x, y = 22 + (n * 211) % 610, 10 + (n * 97) % 330
        board.line((x, y), (x - 7, y + 26), ink=SOFT, width=3)
    board.box((-20, 408), (660, 500), fill=WASH, ink=WASH, round_by=0)
    board.line((320, 40), (320, 262), width=8)
    board.bow((284, 240), (324, 290), 0, 180, width=8)
    board.pen.pieslice(_box((88, 62), (552, 406)), 180, 360, fill=AMBER, outline=INK,
                       width=PEN * FINER)  # fmt: skip
    board.pen.pieslice(_box((242, 62), (398, 406)), 180, 360, fill=SUN, outline=INK,
                       width=PEN * FINER)  # fmt: skip
    board.pen.rectangle(_box((80, 216), (560, 240)), fill=PAPER)
    for n in range(3):  # its lower edge
        left = 88 + n * 154.6
        tone = SUN if n == 1 else AMBER
        board.pen.rectangle(_box((left + 2, 206), (left + 153, 217)), fill=tone)
        board.oval((left + 2, 200), (left + 153, 240), fill=PAPER, ink=PAPER)
        board.bow((left, 198), (left + 155, 246), 180, 360)
    board.line((320, 200), (320, 262), width=8)
    for left, size, tone in BOOTS:
        _boot(board, left, size, tone)


def _boot(board: Board, left: float, size: float, tone: str) -> None:
    ground = 430
    edge = [(0, -132), (48, -132), (52, -58), (88, -40), (94, 0), (4, 0)]
    board.shape(*((left + x * size, ground + y * size) for x, y in edge), fill=tone)
    board.line((left + 2 * size, ground - 112 * size), (left + 48 * size, ground - 112 * size),
               ink=SUN, width=4)  # fmt: skip


def curved(*spots: Spot) -> list[Spot]:
    """Many spots along a soft line through these, each neighbour pulling at it."""
    row = [spots[0], *spots, spots[-1]]
    found: list[Spot] = []
    for at in range(len(spots) - 1):
        four = row[at : at + 4]
        found += [_between(four, n / 12) for n in range(12)]
    return [*found, spots[-1]]


def _between(four: Sequence[Spot], t: float) -> Spot:
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
    x, y = (sum(w * spot[axis] for w, spot in zip(weights, four, strict=True)) / 2
            for axis in (0, 1))  # fmt: skip
    return x, y


DRAWINGS: dict[str, Callable[[Board], None]] = {
    "ticket": ticket, "way_in": way_in, "trail": trail, "rain": rain,
}  # fmt: skip
# What is no wider than it has to be: left, top, right, bottom
FRAMES = {"rain": (60, 0, 580, 480)}


def _fine(spots: Sequence[Spot]) -> list[Spot]:
    return [(x * FINER, y * FINER) for x, y in spots]


def _box(a: Spot, b: Spot) -> tuple[float, float, float, float]:
    return a[0] * FINER, a[1] * FINER, b[0] * FINER, b[1] * FINER
