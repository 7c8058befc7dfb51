"""References that read as ties: columns of two tables, told as threads of the wall.

The team sees all that the workspace holds, and its question is the same each time but for the
numbers of the cards: it is written by hand, since putting it together from fourteen questions of
the mapper took four times as long as the answer.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entity, has_entity

type End = tuple[str, int]
# Kind -> numbers of the cards whose edges are wanted; None for all edges there are
type Around = Mapping[str, Set[int]] | None
# Place of a pair in PAIRS, and the numbers of both ends
type Row = tuple[int, int, int]


@dataclass(frozen=True)
class Pair:
    """A reference that reads as a tie: two columns of one table, and its words from each end.

    *outside*: whether the customer's side may learn of it when it sees both ends.
    """

    code: str
    model: str
    start: tuple[str, str]
    end: tuple[str, str]
    question: str
    forward: Sentence
    backward: Sentence
    outside: bool = False


PAIRS: tuple[Pair, ...] = (
    Pair("offers", "portfolio.Offering", ("service_product", "product_id"), ("offering", "pk"),
         "for_whom", _("is offered as"), _("is what one gets of"), outside=True),
    Pair("offers", "portfolio.Offering", ("service_package", "package_id"), ("offering", "pk"),
         "for_whom", _("is offered as"), _("is what one gets of"), outside=True),
    Pair("holds", "portfolio.PackageMember", ("service_package", "package_id"),
         ("service_product", "product_id"), "where", _("holds"), _("is held by the package")),
    Pair("holds", "portfolio.PackageMember", ("service_package", "package_id"),
         ("offering", "offering_id"), "where", _("holds"), _("is held by the package")),
    Pair("version", "portfolio.ProductVersion", ("service_product", "product_id"),
         ("product_version", "pk"), "next", _("has the version"), _("is a version of")),
    Pair("activity", "portfolio.ServiceProduct", ("service_product", "pk"),
         ("service_product", "is_activity_of_id"), "where",
         _("is an activity of"), _("has the activity")),
    Pair("goal", "portfolio.StrategyGoal", ("strategy_goal", "pk"), ("strategy_goal", "parent_id"),
         "why", _("is a step towards"), _("has the step")),
    Pair("supply", "portfolio.Component", ("component", "pk"),
         ("relationship", "supplier_relationship_id"), "owed", _("comes from"), _("supplies")),
    Pair("face", "people.Persona", ("persona", "pk"), ("segment", "segment_id"),
         "for_whom", _("stands for the group"), _("has the face")),
)  # fmt: skip


def references(actor: Actor, around: Around, most: int) -> list[Row]:
    """References that touch the cards *around*, or all there are; *most* rows, by one statement."""
    there = [
        (number, pair) for number, pair in enumerate(PAIRS)
        if has_entity(pair.start[0]) and has_entity(pair.end[0])
        and (around is None or pair.start[0] in around or pair.end[0] in around)
        and (actor.is_internal or pair.outside)
    ]  # fmt: skip
    if not there:
        return []
    if not actor.is_internal:
        asked = [_seen(actor, number, pair, around) for number, pair in there]
        told = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
        return list(told[:most])
    values: list[int] = []
    arms = [_arm(number, pair, actor.workspace.pk, around, values) for number, pair in there]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(arms)} LIMIT {most}", values)
        rows: list[Row] = cursor.fetchall()
    return rows


def _arm(
    number: int, pair: Pair, workspace: int, around: Around, values: list[int]
) -> str:  # fmt: skip
    """The question for one pair; its *values* are added to those of the arms before it."""
    table, start, end = _columns(pair)
    values.append(workspace)
    asked = (
        f"SELECT {number}, {start}, {end} FROM {table} "  # noqa: S608  # nosec
        f"WHERE workspace_id = %s AND {start} IS NOT NULL AND {end} IS NOT NULL"
    )
    if around is None:
        return asked
    touching = []
    for column, kind in ((start, pair.start[0]), (end, pair.end[0])):
        if numbers := around.get(kind):
            values.extend(numbers)
            touching.append(f"{column} IN ({', '.join(['%s'] * len(numbers))})")
    return f"{asked} AND ({' OR '.join(touching)})"


@cache
def _columns(pair: Pair) -> tuple[str, str, str]:
    """Table and both columns, as the database writes them."""
    quote, model = connection.ops.quote_name, _model(pair)
    first, second = (_column(model, name) for name in (pair.start[1], pair.end[1]))
    return quote(model._meta.db_table), quote(first), quote(second)


def _model(pair: Pair) -> type[Model]:
    return apps.get_model(pair.model)


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name.removesuffix("_id"))
    return str(field.column)


def _seen(actor: Actor, number: int, pair: Pair, around: Around) -> QuerySet[Any, Any]:
    """The same for the customers' side: both ends are such as it sees."""
    (_start_kind, start), (_end_kind, end) = pair.start, pair.end
    rows: QuerySet[Any] = QuerySet(_model(pair)).filter(workspace=actor.workspace)
    rows = rows.filter(**{f"{start}__isnull": False, f"{end}__isnull": False})
    for kind, column in (pair.start, pair.end):
        there = visible_kind(actor, entity(kind)).order_by().values("pk")
        rows = rows.filter(**{f"{column}__in": there})
    if around is not None:
        rows = rows.filter(
            Q(**{f"{start}__in": around.get(pair.start[0], ())})
            | Q(**{f"{end}__in": around.get(pair.end[0], ())})
        )
    told = rows.order_by().annotate(_pair=Value(number), _first=F(start), _second=F(end))
    return told.values_list("_pair", "_first", "_second")
