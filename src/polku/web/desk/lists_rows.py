"""The rows of a list as HTML. A page has a hundred of them: words are looked up once a page,
rows are read as plain values, and no template runs inside the loop."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.queries import named, visible_kind
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.tenancy.translated import Translated
from polku.web import formats, readings
from polku.web.desk.addresses import list_url
from polku.web.desk.values import code_url, enum_html, state_html, title_text
from polku.web.markup import joined
from polku.web.tables import Column, Head, heads
from polku.web.templatetags.polku import day, state

DASH = '<span class="note">–</span>'

type Row = Mapping[str, Any]
type Paint = Callable[[Row], str]
type Special = Callable[[Row, Paint], str]
type Labels = dict[tuple[str, int], str]


@dataclass
class Rows:
    """Everything that the rows of one page need, fetched in a fixed number of statements."""

    actor: Actor
    entity: Entity
    rows: Sequence[Row]
    labels: Labels
    counts: Mapping[int, int] | None = None
    states: Mapping[int, str] | None = None
    words: dict[Any, str] = field(default_factory=dict)


# Cells that need more of their row than one field: (kind, field) -> how, and what else to read
_specials: dict[tuple[str, str], tuple[Special, tuple[str, ...]]] = {}


def special_cell(kind: str, name: str, paint: Special, *, reads: tuple[str, ...] = ()) -> None:
    """Let *paint* write the cells of a field; it gets the row and how the cell is written else."""
    _specials[kind, name] = (paint, reads)


def list_fields(actor: Actor, entity: Entity) -> list[Field]:
    """The fields of the columns that this actor may read; the code stands for itself."""
    readable = {found.name: found for found in entity.fields_for(actor)}
    return [readable[name] for name in entity.list_columns if name in readable]


def columns_needed(actor: Actor, entity: Entity) -> list[str]:
    """The columns to read for a page of rows."""
    needed = ["pk", "code"]
    for found in list_fields(actor, entity):
        if found.type == "ref":
            needed.append(f"{found.name}_id")
        elif found.type == "object":
            needed.append(f"{found.name}_code")
        else:
            needed.append(found.name)
        needed += _specials.get((entity.kind, found.name), (None, ()))[1]
    return list(dict.fromkeys(needed))


def labels_for(actor: Actor, fields: Iterable[Field], rows: Sequence[Row], known: Labels) -> Labels:
    """Names of what the rows point at; one statement for each kind with names not yet *known*."""
    wanted: dict[str, set[int]] = {}
    for found in fields:
        if found.type == "ref":
            numbers = {row[f"{found.name}_id"] for row in rows} - {None}
            unknown = {number for number in numbers if (found.ref, number) not in known}
            wanted.setdefault(found.ref, set()).update(unknown)
    labels: Labels = dict(known)
    for kind, numbers in wanted.items():
        if numbers:
            target = entity_row(kind)
            seen = named(target, visible_kind(actor, target, archived=True))
            for obj in seen.filter(pk__in=numbers):
                labels[kind, obj.pk] = title_text(obj)
    return labels


def table_heads(page: Rows, sort: str) -> list[Head]:
    """The heads of the table for the order in use."""
    sortable = {name.lstrip("-") for name in page.entity.sorts}
    columns = [_column(page.entity, name, sortable) for name in _names(page)]
    if page.counts is not None:
        columns.append(Column(_("Loose ends"), number=True))
    return heads(columns, sort)


def _names(page: Rows) -> list[str]:
    readable = {found.name for found in page.entity.fields_for(page.actor)} | {"code"}
    return [name for name in page.entity.list_columns if name in readable]


def _column(entity: Entity, name: str, sortable: set[str]) -> Column:
    sort = name if name in sortable else ""
    if name == entity.list_columns[0] and name != "code":
        sort = "sort_title"
    if name == "code":
        return Column(_("Code"), sort=sort)
    found = entity.by_name[name]
    is_number = found.type in {"int", "decimal"}
    return Column(found.label(entity.model), number=is_number, sort=sort)


def rows_html(page: Rows) -> SafeString:
    """All rows of the page as ``<tr>`` elements."""
    names = _names(page)
    base = list_url(page.actor.workspace, page.entity)
    head, *rest = [_painter(page, name) for name in names]
    note = _note(page, names[0])
    parts: list[str] = []
    for row in page.rows:
        url = f"{base}{row['code']}/"
        title = head(row) or row["code"]
        parts.append(f'<tr><th scope="row"><a href="{url}">{title}</a>{note(row)}</th>')
        parts += [paint(row) for paint in rest]
        parts.append(_count(page, row))
        parts.append("</tr>\n")
    return joined(parts)


def _note(page: Rows, name: str) -> Paint:
    """What is said beside the name when it is in another language than the page."""
    if name == "code" or page.entity.by_name[name].type != "translated":
        return lambda _row: ""
    asked = readings.page_language()
    return lambda row: readings.note_html(row[name], asked)


def _count(page: Rows, row: Row) -> str:
    if page.counts is None:
        return ""
    found = page.counts.get(row["pk"], 0)
    return f'<td class="number">{formats.number(found) if found else DASH}</td>'


def _painter(page: Rows, name: str) -> Paint:
    """What turns one row into one cell; the first column is a bare text, for its link."""
    is_head = name == page.entity.list_columns[0]
    if name == "code":
        return (lambda row: row["code"]) if is_head else _cell(lambda row: row["code"], "code")
    found = page.entity.by_name[name]
    if is_head and found.type == "translated":
        return lambda row: readings.reading_html(row[name], with_note=False)
    paint = _PAINTERS[found.type](page, found)
    if is_head:
        return paint
    if (page.entity.kind, name) in _specials:
        paint = _specially(_specials[page.entity.kind, name][0], paint)
    css = {"int": "number", "decimal": "number", "date": "nowrap"}.get(found.type, "")
    return _cell(paint, css)


def _specially(special: Special, plain: Paint) -> Paint:
    return lambda row: special(row, plain)


def _cell(paint: Paint, css: str) -> Paint:
    start = f'<td class="{css}">' if css else "<td>"
    return lambda row: f"{start}{paint(row) or DASH}</td>"


def _text(_page: Rows, found: Field) -> Paint:
    return lambda row: escape(row[found.name])


def _translated(_page: Rows, found: Field) -> Paint:
    asked = readings.page_language()

    def paint(row: Row) -> str:
        value: Translated = row[found.name]
        if value.text(asked) and not value.is_stale(asked):
            return escape(value.text(asked))
        return readings.reading_html(value, asked)

    return paint


def _enum(page: Rows, found: Field) -> Paint:
    is_state = page.entity.machine is not None and found.name == page.entity.state_field
    if is_state and page.states is not None:
        return _state_then(page)

    def paint(row: Row) -> str:
        key = (found.name, row[found.name])
        if key not in page.words:
            page.words[key] = enum_html(page.entity, found, row[found.name] or "")
        return page.words[key]

    return paint


def _state_then(page: Rows) -> Paint:
    states = page.states or {}

    def paint(row: Row) -> str:
        if row["pk"] not in states:
            return f'<span class="note">{escape(_("not said by then"))}</span>'
        return state_html(page.entity, states[row["pk"]])

    return paint


def _ref(page: Rows, found: Field) -> Paint:
    missing = str(state("unknown", _("nobody"))) if found.name == "owner_party" else ""

    def paint(row: Row) -> str:
        number = row[f"{found.name}_id"]
        if number is None:
            return missing
        return escape(page.labels.get((found.ref, number), ""))

    return paint


def _object(page: Rows, found: Field) -> Paint:
    workspace = page.actor.workspace

    def paint(row: Row) -> str:
        code = escape(row[f"{found.name}_code"])
        return f'<a class="code" href="{code_url(workspace, code)}">{code}</a>' if code else ""

    return paint


def _date(_page: Rows, found: Field) -> Paint:
    return lambda row: day(row[found.name])


def _bool(_page: Rows, found: Field) -> Paint:
    yes = escape(_("yes"))
    return lambda row: yes if row[found.name] else ""


def _number(_page: Rows, found: Field) -> Paint:
    return lambda row: "" if row[found.name] is None else formats.number(row[found.name])


_PAINTERS: dict[str, Callable[[Rows, Field], Paint]] = {
    "text": _text, "translated": _translated, "enum": _enum, "ref": _ref, "object": _object,
    "date": _date, "datetime": _date, "bool": _bool, "int": _number, "decimal": _number,
}  # fmt: skip
