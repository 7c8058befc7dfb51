"""Reads. Every read goes through :func:`visible`: it is both fetch and permission."""

from typing import Any

from django.db.models import Q, QuerySet

from polku.kernel.actor import VISITOR, Actor
from polku.kernel.answers import NotFound
from polku.kernel.pieces import PieceKind, piece_kind
from polku.kernel.registry import Entity, entity_of
from polku.tenancy.models import Audience, CoreEntity


class Visible[M: CoreEntity](QuerySet[M]):
    """Rows that one actor may see."""

    def get_or_404(self, code: str) -> M:
        """The row with this code; :class:`NotFound` alike for missing and for not yours."""
        found = self.filter(code=str(code).upper()[:20]).first()
        if found is None:
            raise NotFound
        return found

    def by_id(self, number: int | None) -> M | None:
        """The row with this inner number, if the actor may see it."""
        return self.filter(pk=number).first() if number is not None else None


def visible[M: CoreEntity](actor: Actor, model: type[M], *, archived: bool = False) -> Visible[M]:
    """Rows of *model* in the actor's workspace that the actor may see.

    Fails closed: no actor is an error, an unknown role sees nothing. Rows of an unfinished import
    are never seen. *archived* also lets archived rows through.
    """
    told: dict[str, Any] = {"workspace_id": actor.workspace.pk, "pending_run__isnull": True}
    if not archived:
        told["archived"] = False
    rows: Visible[M] = Visible(model=model).filter(**told)
    return rows if actor.is_internal else rows.filter(outside_view(actor, entity_of(model)))


def outside_view(actor: Actor, entity: Entity) -> Q:
    """What people of the customer's side see of an entity: audience, then the entity's rule."""
    if actor.role == VISITOR:
        everyone = Q(audience=Audience.PUBLIC)
        return everyone & entity.outside(actor) if entity.outside else everyone
    if actor.role != "co_creator" or not actor.relationship_ids:
        return Q(pk__in=[])
    wide = [Audience.PUBLIC, Audience.CUSTOMERS]
    if actor.partnership:
        wide.append(Audience.PARTNERS)
    view = Q(audience__in=wide) | Q(
        audience=Audience.RELATIONSHIP, relationship_id__in=actor.relationship_ids
    )
    return view & entity.outside(actor) if entity.outside else view


def visible_kind(actor: Actor, entity: Entity, *, archived: bool = False) -> Visible[Any]:
    """:func:`visible` by registry row."""
    return visible(actor, entity.model, archived=archived)


def visible_pieces(actor: Actor, row: PieceKind) -> QuerySet[Any]:
    """Pieces of one kind that stand, with their parents: those whose parent the actor may see."""
    from polku.kernel.registry import entity

    parents = visible_kind(actor, entity(row.parent_kind), archived=True)
    rows: QuerySet[Any] = row.model.objects.filter(workspace_id=actor.workspace.pk)
    rows = rows.filter(**{f"{row.parent_field}__in": parents.values("pk")}, **row.standing)
    return rows.select_related(row.parent_field)


def visible_ends(actor: Actor, kind: str) -> QuerySet[Any] | None:
    """Objects or pieces of a kind that the actor may see, archived or not; None for no such kind.

    This is what a tie may lead to.
    """
    from polku.kernel.registry import entity, has_entity

    if piece := piece_kind(kind):
        return visible_pieces(actor, piece)
    return visible_kind(actor, entity(kind), archived=True) if has_entity(kind) else None


def find(actor: Actor, kind: str, number: int) -> Any | None:
    """The object or piece behind a (kind, number) pair, archived or not, if the actor may see
    it."""
    rows = visible_ends(actor, kind)
    return rows.filter(pk=number).first() if rows is not None else None


def find_many(actor: Actor, pairs: set[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """Objects and pieces behind many pairs, one statement a kind; what may not be seen is left
    out."""
    from polku.kernel.registry import entity

    found: dict[tuple[str, int], Any] = {}
    for kind in {kind for kind, _number in pairs}:
        rows = visible_ends(actor, kind)
        if rows is None:
            continue
        if isinstance(rows, Visible):
            rows = titled(entity(kind), rows)
        for row in rows.filter(pk__in=[number for k, number in pairs if k == kind]):
            found[kind, row.pk] = row
    return found


def titled(row: Entity, rows: Visible[Any]) -> Visible[Any]:
    """The same rows with what their titles are made of, so that a title asks nothing more."""
    names = [f.name for f in row.fields if f.type == "ref" and f.required]
    return rows.select_related(*names) if row.title_field not in row.by_name and names else rows


def named(row: Entity, rows: Visible[Any]) -> Visible[Any]:
    """The same rows with their code and title alone, for lists of names and links."""
    if row.title_field in row.by_name:
        return rows.only("code", row.title_field, "archived")
    return titled(row, rows)
