"""Tables, bars and paths as they stand in every part of the report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from polku_mining.report.markup import Inside, Markup, join, tag
from polku_mining.report.reader import Reader


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; figures stand at the right."""

    title: str
    figure: bool = False
    grow: bool = False


type Row = Sequence[Inside]


def table(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    caption: str | None = None,
    rest: Row | None = None,
    total: Row | None = None,
    full: bool = False,
) -> Markup:
    """A table whose first column names its rows; *rest* and *total* are set apart at the end."""
    heads = [_head(column) for column in columns]
    body = [_row(columns, row) for row in rows]
    body += [_row(columns, row, kind) for row, kind in ((rest, "rest"), (total, "sum")) if row]
    return tag(
        "table", tag("caption", caption) if caption else None, tag("thead", tag("tr", *heads)),
        tag("tbody", *body), class_="full" if full else None,
    )  # fmt: skip


def _head(column: Column) -> Markup:
    if not column.title:
        return tag("td", class_="blank")
    return tag("th", column.title, scope="col", class_="num" if column.figure else None)


def _row(columns: Sequence[Column], row: Row, kind: str | None = None) -> Markup:
    cells = []
    for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
        style = "num" if column.figure else "grow" if column.grow else None
        if number or not cell:
            cells.append(tag("td", cell, class_=style))
        else:
            cells.append(tag("th", cell, scope="row", class_=style))
    return tag("tr", *cells, class_=kind)


def wide(inside: Markup, label: str) -> Markup:
    """What may be wider than the page scrolls by itself, by keyboard too."""
    return tag("div", inside, class_="wide", tabindex=0, role="group", aria_label=label)


def folded(summary: str, *inside: Inside) -> Markup:
    """What one may open; open in print."""
    return tag("details", tag("summary", summary), *inside)


def bar(share: float) -> Markup:
    """A bar for a share of one; the figure stands beside it as text."""
    ground = tag("rect", width="100%", height="100%", class_="ground")
    part = tag("rect", width=f"{max(share, 0) * 100:.2f}%", height="100%", class_="part")
    return tag("svg", ground, part, class_="bar", aria_hidden="true")


def path(names: Iterable[str], reader: Reader) -> Markup:
    """A path as a list of steps; the same step again and again is one, with how often."""
    steps = []
    for name, group in groupby(names):
        n = sum(1 for _each in group)
        times = tag("span", f"×{reader.number(n)}", class_="times") if n > 1 else None
        steps.append(tag("li", tag("span", name, class_="step"), times))
    return tag("ol", *steps, class_="path")


def section(name: str, title: str, said: str, *inside: Inside) -> Markup:
    """One part of the report with its heading and on how much it stands."""
    heading = tag("h2", title, id=f"{name}-title")
    return tag(
        "section", heading, tag("p", said, class_="said"), join(*inside), id=name,
        aria_labelledby=f"{name}-title",
    )  # fmt: skip
