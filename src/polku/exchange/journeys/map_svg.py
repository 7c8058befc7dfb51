"""A journey as one picture in a file: columns are steps, rows are lanes; both lines, the curve.

The file stands alone: colours and letters are attributes of its shapes, so that it looks the same
in any program, and no style of a page is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from polku.exchange.journeys.map_pictures import BOX, GAP, Embedded, height_of, image
from polku.journeys.curve import curve_of
from polku.journeys.document_shapes import JourneyDoc, PictureDoc, StepDoc
from polku.journeys.lanes import CELL_ROWS, Lane, LanesShown, Line
from polku.kernel.durations import duration_words

LANE, COLUMN, PAD = 150, 164, 10
LINE, LETTER = 16, 12
HEAD, TITLE = 30, 64
CURVE = 132
# How wide a letter is at most, mostly; wide ones are few
WIDTH = 6.4
FACE = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif"
PAPER, DEEP, INK, SOFT, HAIR = "#fffefc", "#f2eee6", "#25221d", "#5a544a", "#cfc7b8"
ACCENT, BAD = "#0e5a5a", "#a92d16"
EMPTY = "–"


@dataclass(frozen=True)
class Row:
    """One row of the picture: its height, and the lines of text and the pictures of each step."""

    lane: Lane | Line
    height: int
    texts: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[tuple[PictureDoc, ...], ...] = ()


@dataclass(frozen=True)
class Brush:
    """How a reader gets it: their language, and the files of pictures at hand."""

    lang: str
    files: Embedded = field(default_factory=dict)


def map_svg(
    doc: JourneyDoc, lanes: LanesShown, *, lang: str, vocabulary: str = "plain",
    files: Embedded | None = None,
) -> str:  # fmt: skip
    """The picture as text; lanes that are hidden from the reader are said to be hidden. Of
    pictures in cells that are not among *files* the words are told in a frame."""
    steps, brush = doc.steps, Brush(lang, files or {})
    rows = [_row(lane, lanes, steps, lang) for lane in lanes.with_lines()]
    width = LANE + COLUMN * max(len(steps), 1)
    top = TITLE + 2 * HEAD
    height = top + sum(row.height for row in rows) + 1
    title = (
        f"{doc.name.reading(lang).text} · {doc.code} · {_('version %(n)d') % {'n': doc.version}}"
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    letters = f'font-family="{FACE}" font-size="{LETTER}" fill="{INK}"'
    pieces = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {letters} role="img">']
    pieces += [f"<title>{escape(title)}</title>"]
    pieces += [f'<rect width="{width}" height="{height}" fill="{PAPER}"/>']
    pieces += [_text(PAD, 38, title, size=20, bold=True), *_heads(doc, lang)]
    for row in rows:
        pieces += _painted(row, top, width, steps, lanes, vocabulary)
        pieces += _hung(row, top, brush)
        top += row.height
    return "".join((*pieces, "</svg>"))


def _heads(doc: JourneyDoc, lang: str) -> Iterable[str]:
    x = LANE
    for stage in doc.stages:
        wide = COLUMN * len(stage.steps)
        if not wide:
            continue
        yield f'<rect x="{x}" y="{TITLE}" width="{wide}" height="{HEAD}" fill="{DEEP}"/>'
        yield _edge(x, TITLE, x, TITLE + 2 * HEAD)
        words = wrapped(stage.name.reading(lang).text, wide)[:1]
        yield _text(x + PAD, TITLE + 20, words[0] if words else "", bold=True)
        for step in stage.steps:
            yield _edge(x, TITLE + HEAD, x, TITLE + 2 * HEAD)
            name = wrapped(f"{step.place} {step.title(lang)}", COLUMN)[0]
            colour = ACCENT if step.decisive else INK
            yield _text(x + PAD, TITLE + HEAD + 20, name, bold=True, colour=colour)
            x += COLUMN


def _row(lane: Lane | Line, lanes: LanesShown, steps: Sequence[StepDoc], lang: str) -> Row:
    if isinstance(lane, Line) or lane in lanes.hidden:
        return Row(lane, 24)
    if lane.source == "curve":
        return Row(lane, CURVE)
    texts = tuple(tuple(_lines(lane, step, lang)) for step in steps)
    pictures = tuple(step.pictures_of(lane.key) for step in steps)
    most = max((len(lines) * LINE + height_of(few)
                for lines, few in zip(texts, pictures, strict=True)), default=LINE)  # fmt: skip
    least = len(wrapped(str(lane.label), LANE)) * LINE
    return Row(lane, max(most, least, LINE) + 2 * PAD - 4, texts, pictures)


def _lines(lane: Lane, step: StepDoc, lang: str) -> Iterable[str]:
    for text in _said(lane, step, lang):
        yield from wrapped(text, COLUMN)


def _said(lane: Lane, step: StepDoc, lang: str) -> list[str]:
    if lane.key in CELL_ROWS:
        return [cell.text.reading(lang).text for cell in step.cells.get(lane.key, ())]
    if lane.source == "step_text":
        return [getattr(step, lane.key).reading(lang).text]
    if lane.source == "touchpoints":
        return [f"• {point.name.reading(lang).text}" for point in step.touchpoints]
    if lane.source == "pains":
        return [f"! {pain.text.reading(lang).text}" for pain in step.pains]
    return [duration_words(step.expected_wait)] if step.expected_wait else []


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines that fit a column; a word too long for one is cut."""
    most = max(int((width - 2 * PAD) / WIDTH), 4)
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if len(longer) <= most:
                line = longer
                continue
            lines += [line] if line else []
            while len(word) > most:
                lines.append(word[:most])
                word = word[most:]  # noqa: PLW2901  # what is left of it begins the next line
            line = word
        lines += [line] if line else []
    return lines


def _painted(
    row: Row, top: int, width: int, steps: Sequence[StepDoc], lanes: LanesShown, vocabulary: str
) -> Iterable[str]:
    lane = row.lane
    if isinstance(lane, Line):
        yield f'<rect y="{top}" width="{width}" height="{row.height}" fill="{SOFT}"/>'
        yield _text(PAD, top + 16, lane.name(vocabulary), colour=PAPER)
        return
    yield _edge(0, top, width, top)
    for n, line in enumerate(wrapped(lane.name(vocabulary), LANE)[: max(row.height // LINE, 1)]):
        yield _text(PAD, top + 20 + n * LINE - (4 if lane in lanes.hidden else 0), line,
                    colour=SOFT)  # fmt: skip
    if lane in lanes.hidden:
        yield _text(LANE + PAD, top + 16, _("hidden"), colour=SOFT)
    elif lane.source == "curve":
        yield from _curve(steps, top)
    else:
        yield from _cells(row, top)


def _cells(row: Row, top: int) -> Iterable[str]:
    for n, (lines, pictures) in enumerate(zip(row.texts, row.pictures, strict=True)):
        x, below = LANE + n * COLUMN, top + height_of(pictures)
        yield _edge(x, top, x, top + row.height)
        for at, line in enumerate(lines or (() if pictures else (EMPTY,))):
            yield _text(x + PAD, below + 20 + at * LINE, line, colour=INK if lines else SOFT)


def _hung(row: Row, top: int, brush: Brush) -> Iterable[str]:
    """The pictures of a row, above its texts; in a frame the words of those not at hand."""
    for n, pictures in enumerate(row.pictures):
        x, y = LANE + n * COLUMN + PAD, top + PAD
        for picture in pictures:
            drawn = image(picture, (x, y), COLUMN - 2 * PAD, brush.files, brush.lang)
            yield drawn or "".join(_framed(picture, x, y, brush.lang))
            y += BOX + GAP


def _framed(picture: PictureDoc, x: int, y: int, lang: str) -> Iterable[str]:
    wide = COLUMN - 2 * PAD
    yield f'<rect x="{x}" y="{y}" width="{wide}" height="{BOX}" fill="none" stroke="{HAIR}"/>'
    for at, line in enumerate(wrapped(picture.words.reading(lang).text, wide)[: BOX // LINE - 1]):
        yield _text(x + PAD, y + 20 + at * LINE, line, colour=SOFT)


def _curve(steps: Sequence[StepDoc], top: int) -> Iterable[str]:
    curve = curve_of(steps, column=COLUMN, height=CURVE)
    yield f'<g transform="translate({LANE} {top})" fill="none">'
    for level, y in curve.levels:
        if level % 2 == 0:
            yield f'<path d="M0 {y:g}H{curve.width}" stroke="{HAIR}"/>'
    for piece in curve.target.pieces:
        yield (f'<polyline points="{piece}" stroke="{SOFT}" stroke-width="1.5" '
               'stroke-dasharray="1 5" stroke-linecap="round"/>')  # fmt: skip
    for mark in curve.target.marks:
        yield f'<circle cx="{mark.x:g}" cy="{mark.y:g}" r="2" fill="{SOFT}"/>'
    for piece in curve.assumed.pieces:
        yield (f'<polyline points="{piece}" stroke="{INK}" stroke-width="1.5" '
               'stroke-dasharray="6 5"/>')  # fmt: skip
    for mark in curve.assumed.marks:
        colour = BAD if mark.is_under else INK
        yield (f'<circle cx="{mark.x:g}" cy="{mark.y:g}" r="5" fill="{PAPER}" stroke="{colour}" '
               'stroke-width="1.5"/>')  # fmt: skip
        yield _text(mark.x, mark.label_y, mark.label, bold=True, colour=colour, anchor="middle")
    yield "</g>"


def _text(
    x: float, y: float, words: str, *, size: int = LETTER, bold: bool = False, colour: str = INK,
    anchor: str = "start",
) -> str:  # fmt: skip
    more = ' font-weight="650"' if bold else ""
    more += f' font-size="{size}"' if size != LETTER else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{more}>{escape(words)}</text>'


def _edge(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{HAIR}"/>'
