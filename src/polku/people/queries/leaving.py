"""What a person owns, and who could take it over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.links import live_links
from polku.kernel.queries import find_many, visible, visible_kind
from polku.kernel.registry import Entity, entities
from polku.tenancy.models import Membership, Party

# Ties of these kinds lead to people, not to what an object hangs on.
PEOPLE = frozenset({"party", "relationship", "segment"})


@dataclass(frozen=True)
class Owned:
    """One object of the leaver, the proposed next owner, and why just them."""

    entity: Entity
    obj: Any
    proposed: Party | None
    why: str


def owned_rows(actor: Actor, party: Party) -> list[tuple[Entity, Any]]:
    """Everything a party owns that is not archived, in the order of the registry.

    Records that only say what was (decisions) keep their owner: nobody inherits a past choice.
    """
    found = []
    for entity in entities():
        if entity.changeable:
            rows = visible_kind(actor, entity).filter(owner_party=party)
            found += [(entity, obj) for obj in rows.select_related(*entity.refs).order_by("pk")]
    return found


def owned_objects(actor: Actor, party: Party) -> list[Owned]:
    """What a party owns, each with a proposed next owner.

    Proposed is, in this order: the owner of what it is part of; who owns most of what it is tied
    to; who owns most of this kind; the one who decides what is offered; nobody.
    """
    rows = owned_rows(actor, party)
    proposals = _Proposals(actor, party)
    tied = _tied_owners(actor, rows, proposals)
    return [
        Owned(entity, obj, *proposals.for_object(entity, obj, tied.get((entity.kind, obj.pk))))
        for entity, obj in rows
    ]


class _Proposals:
    """Who can take over, looked up once for all objects of a leaver."""

    def __init__(self, actor: Actor, leaver: Party) -> None:
        self.actor, self.leaver = actor, leaver
        able = visible(actor, Party).filter(state=Party.State.ACTIVE)
        self.able = {row.pk: row for row in able.exclude(pk=leaver.pk).filter(is_internal=True)}
        self.of_kind: dict[str, Party | None] = {}

    def for_object(
        self, entity: Entity, obj: Any, tied: Counter[int] | None
    ) -> tuple[Party | None, str]:
        if parent := self._parent_owner(entity, obj):
            return parent, _("owns what this is part of")
        if tied and (most := self._able(tied)):
            return most, _("owns most of what this is tied to")
        if most := self._most_of_kind(entity):
            return most, _("owns most of this kind")
        if decider := self._decider():
            return decider, _("decides what we offer")
        return None, _("nobody stands near it")

    def _able(self, owners: Counter[int]) -> Party | None:
        return next((self.able[pk] for pk, _n in owners.most_common() if pk in self.able), None)

    def _parent_owner(self, entity: Entity, obj: Any) -> Party | None:
        parents = [getattr(obj, f.name) for f in entity.fields if f.type == "ref"
                   and f.ref not in PEOPLE]  # fmt: skip
        owners = [row.owner_party_id for row in parents if row is not None]
        return next((self.able[pk] for pk in owners if pk in self.able), None)

    def _most_of_kind(self, entity: Entity) -> Party | None:
        if entity.kind not in self.of_kind:
            rows = visible_kind(self.actor, entity).exclude(owner_party=None)
            owners = Counter(rows.values_list("owner_party_id", flat=True))
            self.of_kind[entity.kind] = self._able(owners)
        return self.of_kind[entity.kind]

    def _decider(self) -> Party | None:
        rows = Membership.objects.filter(
            workspace_id=self.actor.workspace.pk, is_portfolio_owner=True, state="active"
        )
        return next((self.able[m.party_id] for m in rows if m.party_id in self.able), None)


def _tied_owners(
    actor: Actor, rows: Iterable[tuple[Entity, Any]], proposals: _Proposals
) -> dict[tuple[str, int], Counter[int]]:
    mine = {(entity.kind, obj.pk) for entity, obj in rows}
    others: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for link in live_links(actor):
        ends = (link.from_kind, link.from_id), (link.to_kind, link.to_id)
        for here, there in (ends, ends[::-1]):
            if here in mine and there not in mine:
                others.setdefault(here, []).append(there)
    found = find_many(actor, {pair for pairs in others.values() for pair in pairs})
    return {
        here: Counter(
            owner for pair in pairs
            if pair in found and (owner := found[pair].owner_party_id) in proposals.able
        )
        for here, pairs in others.items()
    }  # fmt: skip
