"""Who answers for the service behind an object, where nobody answers for the object itself."""

from collections import defaultdict
from collections.abc import Collection

from polku.kernel.actor import Actor
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entity, has_entity

type End = tuple[str, int]

# Where the service stands, as seen from the kinds that belong to one
SERVICE_OF = {
    "service_product": "", "offering": "product__", "product_version": "product__",
}  # fmt: skip


def service_owners(actor: Actor, ends: Collection[End]) -> dict[End, int]:
    """Owners of the services behind these ends, as far as there are both; a statement a kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in ends:
        if kind in SERVICE_OF and has_entity(kind):
            by_kind[kind].append(number)
    found: dict[End, int] = {}
    for kind, numbers in by_kind.items():
        column = f"{SERVICE_OF[kind]}owner_party_id"
        rows = visible_kind(actor, entity(kind), archived=True).filter(pk__in=numbers)
        pairs = rows.values_list("pk", column)
        found |= {(kind, pk): owner for pk, owner in pairs if owner}
    return found
