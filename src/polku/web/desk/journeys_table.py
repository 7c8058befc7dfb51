"""A journey as a table: stages and steps across, lanes down, the lines of visibility between.

A plain table with scoped headers. The editor's table (:mod:`~polku.web.desk.journeys_grid`) is the
same with links and tools in its cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.journeys.documents import JourneyDoc, StageDoc, StepDoc
from polku.journeys.lanes import Lane, LanesShown, Line
from polku.journeys.models import Stage
from polku.web.desk.journeys_asking import Question
from polku.web.desk.journeys_cells import EMPTY, Painter
from polku.web.desk.journeys_words import SPHERES, numbered, steps_words
from polku.web.markup import joined

LANE_WIDTH, STEP_WIDTH = 136, 124
DSV = dict(Stage.DsvStep.choices)
type Drawing = Callable[[Sequence[StepDoc]], SafeString]


@dataclass(frozen=True)
class Column:
    """One column: a step; or a stage that is folded, or holds no step yet."""

    stage: StageDoc
    step: StepDoc | None = None
    folded: bool = False


@dataclass(frozen=True)
class Sheet:
    """A journey and how it is to be shown. ``drawing`` paints the curve over the columns' steps
    (a step without number stands for a column that has none); ``step_url`` is what leads to a step
    read by itself, its place in the address at the end; ``ground`` adds whose ground a step is."""

    doc: JourneyDoc
    lanes: LanesShown
    painter: Painter
    question: Question
    columns: tuple[Column, ...]
    vocabulary: str = "plain"
    step_url: str = ""
    drawing: Drawing | None = None
    ground: bool = False
    title: str = ""
    hidden_words: str = ""


def columns_of(doc: JourneyDoc, folded: frozenset[int] = frozenset()) -> tuple[Column, ...]:
    """The columns of the table from left to right."""
    found: list[Column] = []
    for stage in doc.stages:
        if stage.id in folded and stage.steps:
            found.append(Column(stage, folded=True))
        elif not stage.steps:
            found.append(Column(stage))
        else:
            found += [Column(stage, step) for step in stage.steps]
    return tuple(found)


def table_html(sheet: Sheet) -> SafeString:
    """The whole table."""
    n = len(sheet.columns)
    return joined((
        format_html('<table class="map map-{}">', sheet.question.zoom), _caption(sheet),
        widths(n, sheet.question.zoom), SafeString("<thead>"), _stages(sheet), _steps(sheet),
        SafeString("</thead><tbody>"), *(_row(sheet, row, n) for row in rows_of(sheet)),
        SafeString("</tbody></table>"),
    ))  # fmt: skip


def rows_of(sheet: Sheet) -> list[Lane | Line]:
    """Lanes and lines of the table; a line with nothing on one of its sides stays away."""
    rows = sheet.lanes.with_lines()
    while rows and isinstance(rows[-1], Line):
        rows.pop()
    while rows and isinstance(rows[0], Line):
        rows.pop(0)
    return rows


def widths(n: int, zoom: int) -> SafeString:
    """Widths of the columns in pixels: a style attribute is not allowed to say them."""
    across = STEP_WIDTH * zoom // 100
    return format_html('<colgroup><col width="{}"><col span="{}" width="{}"></colgroup>',
                       LANE_WIDTH, max(n, 1), across)  # fmt: skip


def _caption(sheet: Sheet) -> SafeString:
    n = len(sheet.lanes.shown)
    words = _("%(steps)s, %(rows)s.") % {
        "steps": steps_words(len(sheet.doc.steps)),
        "rows": ngettext("%(n)d row", "%(n)d rows", n) % {"n": n},
    }  # fmt: skip
    hidden = len(sheet.lanes.hidden)
    if hidden:
        words += " " + ngettext(
            "%(n)d row is hidden and says so.", "%(n)d rows are hidden and say so.", hidden
        ) % {"n": hidden}
    return format_html(
        '<caption><span class="visually-hidden">{}:</span> {} {} <span class="assumed-key">{}'
        "</span></caption>",
        sheet.title, words, _("What bears a ring is assumed:"), _("nobody looked yet."),
    )  # fmt: skip


def _stages(sheet: Sheet) -> SafeString:
    cells = [
        format_html(
            '<th class="stage" scope="colgroup" colspan="{}" id="piece-{}">{}</th>',
            n,
            column.stage.number,
            _stage(sheet, column),
        )
        for column, n in spans(sheet.columns)
    ]
    return joined((format_html('<tr><th scope="row">{}</th>', _("Stage")), *cells,
                   SafeString("</tr>")))  # fmt: skip


def spans(columns: Sequence[Column]) -> list[tuple[Column, int]]:
    """The first column of each stage, and how many columns the stage has."""
    found: list[tuple[Column, int]] = []
    for column in columns:
        if found and found[-1][0].stage is column.stage:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((column, 1))
    return found


def _stage(sheet: Sheet, column: Column) -> SafeString:
    stage = column.stage
    name = sheet.painter.text(stage.name) or escape(_("(no name)"))
    parts = [name]
    if stage.steps and len(sheet.doc.steps) > 1:
        parts.append(fold_link(sheet, column))
    if stage.goal_of_customer and not column.folded:
        goal = sheet.painter.text(stage.goal_of_customer)
        parts.append(format_html('<span class="note stage-goal">{}</span>', goal))
    if stage.dsv_step and sheet.vocabulary == "service_management":
        parts.append(format_html('<span class="note stage-goal">{}</span>', DSV[stage.dsv_step]))
    return joined(parts, " ")


def fold_link(sheet: Sheet, column: Column, to: str = "") -> SafeString:
    """Folds a stage into one column, or unfolds it; *to* is where on the page one stands then."""
    name = column.stage.name.reading(sheet.painter.lang).text
    words = _("Unfold %(stage)s") if column.folded else _("Fold %(stage)s")
    return format_html(
        '<a class="fold" href="{}{}" aria-label="{}">{}</a>',
        sheet.question.folding(column.stage.id), to, words % {"stage": name},
        "+" if column.folded else "−",
    )  # fmt: skip


def _steps(sheet: Sheet) -> SafeString:
    cells = [
        format_html('<th class="step" scope="col"{}>{}</th>', _place(column), _step(sheet, column))
        for column in sheet.columns
    ]
    return joined((format_html('<tr><th scope="row">{}</th>', _("Step")), *cells,
                   SafeString("</tr>")))  # fmt: skip


def _place(column: Column) -> SafeString:
    """Where ties of the step lead to."""
    number = column.step.number if column.step is not None else 0
    return format_html(' id="piece-{}"', number) if number else SafeString("")


def _step(sheet: Sheet, column: Column) -> SafeString:
    if column.step is None:
        return column_words(column)
    words = numbered(column.step, sheet.painter.lang)
    marks = step_marks(sheet, column.step)
    if not sheet.step_url:
        return joined((escape(words), *marks), " ")
    link = format_html('<a href="{}{}">{}</a>', sheet.step_url, column.step.place, words)
    return joined((link, *marks), " ")


def column_words(column: Column) -> SafeString:
    """What stands over a column that has no step."""
    words = steps_words(len(column.stage.steps)) if column.folded else _("no step yet")
    return format_html('<span class="note">{}</span>', words)


def step_marks(sheet: Sheet, step: StepDoc) -> list[SafeString]:
    """What is special about a step: decisive, not for all, at once, another way, told elsewhere."""
    found = []
    if step.decisive:
        found.append(_mark(_("decisive")))
    if step.optional:
        found.append(_mark(_("not everybody")))
    if step.parallel_group is not None:
        found.append(_mark(_("at once, %(n)d") % {"n": step.parallel_group}))
    if step.branch_of is not None:
        found.append(_mark(branch_words(sheet.doc, step, sheet.painter.lang)))
    if step.sub_journey is not None:
        chip = sheet.painter.chip(step.sub_journey.code, step.sub_journey.name)
        found.append(format_html('<span class="note">{}</span> {}', _("in detail:"), chip))
    return found


def branch_words(doc: JourneyDoc, step: StepDoc, lang: str) -> str:
    """After which step another way begins, and for whom."""
    start = doc.step(step.branch_of or 0)
    if start is None:
        return _("another way")
    when = step.branch_when.reading(lang).text
    place = {"place": start.place, "when": when}
    if when:
        return _("another way after %(place)d: %(when)s") % place
    return _("another way after %(place)d") % place


def _mark(words: str) -> SafeString:
    return format_html('<span class="note">{}</span>', words)


def _row(sheet: Sheet, row: Lane | Line, n: int) -> SafeString:
    if isinstance(row, Line):
        return line_row(sheet, row, n)
    if row in sheet.lanes.hidden:
        return hidden_row(sheet, row, n)
    if row.source == "curve" and sheet.drawing is not None:
        return _drawn(sheet, row, n)
    return lane_row(sheet, row)


def line_row(sheet: Sheet, line: Line, n: int) -> SafeString:
    """A line of visibility across the table."""
    name, _colon, meaning = line.name(sheet.vocabulary).partition(":")
    return format_html(
        '<tr class="line-of-sight"><th scope="row">{}</th><td colspan="{}">{}</td></tr>',
        name, max(n, 1), meaning.strip(),
    )  # fmt: skip


def hidden_row(sheet: Sheet, lane: Lane, n: int) -> SafeString:
    """A row whose texts are kept by the other side: that it is there is said."""
    return format_html(
        '<tr class="hidden-row"><th scope="row">{}</th><td colspan="{}"><span>{}</span></td></tr>',
        lane.name(sheet.vocabulary), max(n, 1), sheet.hidden_words or _("hidden"),
    )  # fmt: skip


def lane_row(sheet: Sheet, lane: Lane) -> SafeString:
    """One lane, cell by cell."""
    cells = [_cell(sheet.painter, lane, column.step) for column in sheet.columns]
    rows = joined((format_html('<tr><th scope="row">{}</th>', lane.name(sheet.vocabulary)),
                   *cells, SafeString("</tr>")))  # fmt: skip
    if lane.key == "touchpoint" and sheet.ground:
        return rows + _ground(sheet)
    return rows


def _cell(painter: Painter, lane: Lane, step: StepDoc | None) -> str:
    if step is None:
        return '<td class="no-step"></td>'
    inner, asked = painter.inner(lane, step), painter.asked(lane, step)
    if asked:
        return f'<td class="asked-cell">{inner or EMPTY}{asked}</td>'
    return f"<td>{inner}</td>" if inner else f'<td class="gap">{EMPTY}</td>'


def _ground(sheet: Sheet) -> SafeString:
    cells = [
        f"<td>{escape(SPHERES[step.sphere])}</td>" if (step := column.step) is not None
        and step.sphere != "unknown" else f'<td class="gap">{EMPTY}</td>'
        for column in sheet.columns
    ]  # fmt: skip
    return joined((format_html('<tr><th scope="row">{}</th>', _("Whose ground")), *cells,
                   SafeString("</tr>")))  # fmt: skip


def _drawn(sheet: Sheet, lane: Lane, n: int) -> SafeString:
    """The curve over all columns, and below it the same as a row of numbers."""
    steps = [column.step or StepDoc() for column in sheet.columns]
    picture = sheet.drawing(steps) if sheet.drawing else SafeString("")
    if not picture:
        return lane_row(sheet, lane)
    head = format_html('<tr><th scope="row">{}</th><td class="drawing" colspan="{}">{}</td></tr>',
                       lane.name(sheet.vocabulary), n, picture)  # fmt: skip
    cells = [_cell(sheet.painter, lane, column.step) for column in sheet.columns]
    return joined((
        head, format_html('<tr class="twin"><th scope="row">{}</th>', _("The same in numbers")),
        *cells, SafeString("</tr>"),
    ))  # fmt: skip
