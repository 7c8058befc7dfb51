"""Lists that hang on a thing, a sheet each: what people receive, prices, what a package holds.

Whoever sees the thing sees its list; of a package those parts that they see too. Source: portfolio
7.13.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from polku.exchange.planning.file_rows import escaped
from polku.exchange.spreadsheet.writing import Table, Value
from polku.kernel.actor import Actor
from polku.kernel.names import names_of
from polku.kernel.queries import Visible, visible
from polku.portfolio.models import (
    Offering,
    OfferingElement,
    PackageMember,
    Price,
    ServicePackage,
    ServiceProduct,
)
from polku.tenancy.translated import Translated

_ELEMENT = ("number", "kind", "text", "quantity", "unit")
_ELEMENT_INSIDE = ("terms", "resource_component")
_PRICE = ("number", "kind", "amount", "currency", "period", "condition", "channel", "valid_from",
          "valid_to")  # fmt: skip
_MEMBER = ("number", "product", "offering", "optional", "min_n", "default_n", "max_n",
           "option_label")  # fmt: skip

# What each list is made of, beside the thing that it hangs on
PIECE_COLUMNS = {
    "offering elements": (*_ELEMENT, *_ELEMENT_INSIDE), "prices": _PRICE,
    "package members": _MEMBER,
}  # fmt: skip


def piece_tables(actor: Actor, *, archived: bool = False) -> Iterator[Table]:
    """The three lists, in the order of their things."""
    offers = visible(actor, Offering, archived=archived)
    elements = OfferingElement.objects.filter(offering__in=_numbers(offers))
    elements = elements.select_related("offering", "resource_component")
    inside = _ELEMENT_INSIDE if actor.is_internal else ()
    order = ("offering_id", "position", "id")
    yield _table(actor, "offering elements", "offering", elements.order_by(*order),
                 (*_ELEMENT, *inside))  # fmt: skip
    prices = Price.objects.filter(offering__in=_numbers(offers)).select_related("offering")
    yield _table(actor, "prices", "offering", prices.order_by(*order), _PRICE)
    packages = visible(actor, ServicePackage, archived=archived)
    members = PackageMember.objects.filter(package__in=_numbers(packages))
    members = members.select_related("package", "product", "offering")
    parts = _in_sight(actor, members.order_by("package_id", "position", "id"))
    yield _table(actor, "package members", "package", parts, _MEMBER)


def _numbers(rows: Visible[Any]) -> Any:
    return rows.order_by().values("pk")


def _in_sight(actor: Actor, members: Any) -> list[PackageMember]:
    rows = [(row, _part(row)) for row in members]
    seen = names_of(actor, {part for _row, part in rows})
    return [row for row, part in rows if part in seen]


def _part(row: PackageMember) -> tuple[str, int]:
    if row.product_id is not None:
        return ServiceProduct._meta.db_table, row.product_id
    return Offering._meta.db_table, row.offering_id or 0


def _table(
    actor: Actor, name: str, parent: str, rows: Iterable[Any], columns: tuple[str, ...]
) -> Table:
    """Code of the thing, then the columns; a text takes one for each language that it is in."""
    found = list(rows)
    langs = {column: _langs(actor, found, column) for column in columns}
    headers = [parent]
    for column in columns:
        headers += [f"{column} [{lang}]" for lang in langs[column]] or [column]
    lines: list[list[Value]] = []
    for row in found:
        line: list[Value] = [getattr(row, parent).code]
        for column in columns:
            line += _cells(getattr(row, column), langs[column])
        lines.append(line)
    return Table(name, headers, lines)


def _langs(actor: Actor, rows: Sequence[Any], column: str) -> list[str]:
    """The languages of a column of texts, the workspace's own first; none for other columns."""
    texts = [getattr(row, column) for row in rows]
    if not texts or not isinstance(texts[0], Translated):
        return []
    used = [lang for text in texts for lang in text]
    return list(dict.fromkeys([actor.workspace.default_lang, *used]))


def _cells(value: Any, langs: list[str]) -> list[Value]:
    if langs:
        return [escaped(value.text(lang)) or None for lang in langs]
    if value is None or value == "":
        return [None]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, int):
        return [value]
    return [escaped(str(getattr(value, "code", value)))]
