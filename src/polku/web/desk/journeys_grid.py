"""The editor's table: cells that open, heads with tools. Without script each cell leads to a page
of its own; with it the table becomes a grid for keys and hands."""

from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.journeys.documents import StepDoc
from polku.journeys.lanes import Lane, Line
from polku.kernel.durations import duration_words
from polku.tenancy.translated import Translated
from polku.web.desk.journeys_cells import EMPTY, cell_more, evidence_mark
from polku.web.desk.journeys_table import (
    Column,
    Sheet,
    fold_link,
    hidden_row,
    line_row,
    rows_of,
    spans,
    step_marks,
    widths,
)
from polku.web.desk.journeys_words import numbered, steps_words
from polku.web.markup import joined
from polku.web.readings import page_language

# What is written at the side and not as a text in its place
AT_THE_SIDE = frozenset({"curve", "pains"})


def grid_html(sheet: Sheet) -> SafeString:
    """The whole table; relative links lead below the editor's own address."""
    n = len(sheet.columns)
    return joined((
        format_html('<table class="map map-edit map-{}">', sheet.question.zoom),
        format_html('<caption class="visually-hidden">{}</caption>', sheet.title),
        widths(n, sheet.question.zoom), SafeString("<thead>"), _stages(sheet), _steps(sheet),
        SafeString("</thead><tbody>"), *(_row(sheet, row, n) for row in rows_of(sheet)),
        SafeString("</tbody></table>"),
    ))  # fmt: skip


def _stages(sheet: Sheet) -> SafeString:
    cells = [
        format_html(
            '<th class="stage" scope="colgroup" colspan="{}" id="stage-{}">{}</th>',
            n, column.stage.id, stage_inner(sheet, column),
        )
        for column, n in spans(sheet.columns)
    ]  # fmt: skip
    head = format_html('<tr data-row="stage"><th scope="row">{}</th>', _("Stage"))
    return joined((head, *cells, SafeString("</tr>")))


def stage_inner(sheet: Sheet, column: Column) -> SafeString:
    """A stage's name and its tools."""
    stage = column.stage
    name = stage.name.reading(sheet.painter.lang).text
    link = _link(f"stages/{stage.id}/", stage.name, stage.name.text(sheet.painter.lang), sheet)
    fold = fold_link(sheet, column, f"#stage-{stage.id}") if _may_fold(column) else ""
    menu = _("Move or change stage %(name)s") % {"name": name}
    return format_html(
        '{}<span class="head-tools"><a data-tool="menu" href="stages/{}/" aria-label="{}">{}</a>{}'
        "</span>", link, stage.id, menu, _("Move"), fold,
    )  # fmt: skip


def _may_fold(column: Column) -> bool:
    return column.folded or len(column.stage.steps) > 1


def _steps(sheet: Sheet) -> SafeString:
    head = format_html('<tr data-row="name"><th scope="row">{}</th>', _("Step"))
    cells = [_step(sheet, column) for column in sheet.columns]
    return joined((head, *cells, SafeString("</tr>")))


def _step(sheet: Sheet, column: Column) -> SafeString:
    if column.folded:
        return _folded(sheet, column)
    if column.step is None:
        return format_html(
            '<th class="step" scope="col" id="none-{0}"><a href="stages/{0}/" data-add>{1}</a>'
            "</th>", column.stage.id, _("Add a step"),
        )  # fmt: skip
    return format_html(
        '<th class="step" scope="col" id="name-{}" draggable="true">{}</th>',
        column.step.id, name_inner(sheet, column.step),
    )  # fmt: skip


def _folded(sheet: Sheet, column: Column) -> SafeString:
    """All of a folded stage below its name: one cell, that opens it."""
    stage = column.stage
    name = stage.name.reading(sheet.painter.lang).text
    n = steps_words(len(stage.steps))
    return format_html(
        '<th class="step" scope="col" id="none-{0}"><a class="fold-all fold" data-form '
        'href="{1}#stage-{0}" aria-label="{2}">{3}</a></th>',
        stage.id, sheet.question.folding(stage.id),
        _("%(n)s, folded. Unfold %(stage)s") % {"n": n, "stage": name}, n,
    )  # fmt: skip


def name_inner(sheet: Sheet, step: StepDoc) -> SafeString:
    """A step's number, name and tools."""
    words = numbered(step, sheet.painter.lang)
    return format_html(
        '<a href="steps/{0}/" data-text="{1}">{2}</a> {3}<span class="head-tools">'
        '<a data-tool="menu" href="steps/{0}/" aria-label="{4}">{5}</a>'
        '<a data-tool="add" href="steps/{0}/#add" aria-label="{6}">+</a></span>',
        step.id, step.name.text(sheet.painter.lang), words,
        joined(step_marks(sheet, step), " "), _("Move step %(step)s") % {"step": words}, _("Move"),
        _("Add a step after %(step)s") % {"step": words},
    )  # fmt: skip


def _row(sheet: Sheet, row: Lane | Line, n: int) -> SafeString:
    if isinstance(row, Line):
        return line_row(sheet, row, n)
    if row in sheet.lanes.hidden:
        return hidden_row(sheet, row, n)
    head = format_html('<tr data-row="{}"><th scope="row">{}</th>', row.key,
                       row.name(sheet.vocabulary))  # fmt: skip
    cells = [_cell(sheet, row, column.step) for column in sheet.columns]
    return joined((head, *cells, SafeString("</tr>")))


def _cell(sheet: Sheet, lane: Lane, step: StepDoc | None) -> str:
    if step is None:
        return '<td class="no-step"></td>'
    return f'<td id="{lane.key}-{step.id}">{cell_inner(sheet, lane, step)}</td>'


def cell_inner(sheet: Sheet, lane: Lane, step: StepDoc) -> SafeString:
    """What stands in one cell: a link with its text, then marks."""
    href = f"{step.id}/{lane.key}/"
    asked = sheet.painter.asked(lane, step)
    if lane.source in AT_THE_SIDE:
        inner = sheet.painter.inner(lane, step)
        css = "" if inner else ' class="gap"'
        return joined((f'<a href="{href}" data-form{css}>{inner or EMPTY}</a>', asked))
    return joined((_pictures(sheet, lane, step), _text_link(sheet, href, lane, step),
                   _marks(sheet, lane, step), asked))  # fmt: skip


def _pictures(sheet: Sheet, lane: Lane, step: StepDoc) -> SafeString:
    """What hangs in a cell, above its text; one opens it at the side, as all else about a cell."""
    return joined(sheet.painter.picture(one, is_link=False)
                  for one in step.pictures_of(lane.key))  # fmt: skip


def _text_link(sheet: Sheet, href: str, lane: Lane, step: StepDoc) -> SafeString:
    lang = sheet.painter.lang
    if lane.source == "cell":
        texts = [cell.text for cell in step.cells.get(lane.key, ())]
        return _lines(href, texts, step.text_of(lane.key, lang), lang)
    if lane.source == "step_text":
        return _link(href, getattr(step, lane.key), step.text_of(lane.key, lang), sheet)
    if lane.source == "touchpoints":
        names = [point.name.reading(lang).text for point in step.touchpoints]
        return _shown(href, joined(map(escape, names), "<br>"), "\n".join(names), "\n".join(names))
    words = duration_words(step.expected_wait)
    return _shown(href, escape(words), words, words)


def _link(href: str, value: Translated, base: str, sheet: Sheet) -> SafeString:
    return _lines(href, [value] if value else [], base, sheet.painter.lang)


def _lines(href: str, texts: list[Translated], base: str, lang: str) -> SafeString:
    readings = [text.reading(lang) for text in texts]
    shown = joined((escape(reading.text).replace("\n", "<br>") for reading in readings), "<br>")
    tongues = {reading.lang for reading in readings if reading.text}
    plain = "\n".join(reading.text for reading in readings)
    other = tongues.pop() if len(tongues) == 1 else ""
    return _shown(href, shown, plain, base, "" if other == page_language() else other)


def _shown(href: str, shown: SafeString, plain: str, base: str, lang: str = "") -> SafeString:
    """The link; ``data-text`` says what is written where that is not what one reads."""
    more = f' lang="{escape(lang)}"' if lang else ""
    if not shown:
        words = escape(_("Write"))
        return joined((f'<a href="{href}" class="gap" aria-label="{words}">{EMPTY}</a>',))
    if plain != base:
        more += f' data-text="{escape(base)}"'
    return joined((f'<a href="{href}"{more}>{shown}</a>',))


def _marks(sheet: Sheet, lane: Lane, step: StepDoc) -> SafeString:
    found: list[Any] = []
    for cell in step.cells.get(lane.key, ()):
        if cell.evidence != "assumed":
            found.append(evidence_mark(cell.evidence, cell.evidence_n, cell.evidence_on))
        found.append(cell_more(sheet.painter, cell))
    if lane.key == "customer_action" and step.customer_action and step.evidence != "assumed":
        found.append(evidence_mark(step.evidence, step.evidence_n, step.evidence_on))
    if lane.key == "touchpoint" and any(point.suspect for point in step.touchpoints):
        found.append(format_html('<span class="cell-mark">{}</span>', _("a tie needs a look")))
    return joined(piece for piece in found if piece)
