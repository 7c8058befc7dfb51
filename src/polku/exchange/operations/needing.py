"""What people built upon: objects that something in use rests on by now."""

from collections.abc import Iterable, Mapping, Set

from django.db.models import Q

from polku.kernel.fields import Field
from polku.kernel.models import Decision, Link
from polku.kernel.registry import Entity, entities
from polku.tenancy.models import Membership, Party, PartyRole, Relationship

type Going = Mapping[str, Set[int]]


def needed(row: Entity, numbers: Iterable[int], going: Going) -> set[int]:
    """Which of these objects of one kind something else in use points at.

    *going* are objects by kind that are put away with them: what those point at is not needed for
    their sake.
    """
    listed, found = list(numbers), set[int]()
    for other in entities():
        for each in other.fields:
            found |= _pointed_at(other, each, row, listed, going.get(other.kind, set()))
    found |= _tied(row, listed) | _decided(row, listed) | _in_people(row, listed)
    if row.kind == "touchpoint":
        found |= _met(row, listed)
    return found


def _pointed_at(
    other: Entity, each: Field, row: Entity, listed: list[int], going: Set[int]
) -> set[int]:  # fmt: skip
    alive = other.model.objects.filter(archived=False, pending_run__isnull=True)
    if each.type == "object":
        if other.kind == "decision":
            return set()  # a decision is never put away; _decided looks at those
        pointing = alive.filter(**{f"{each.name}_kind": row.kind, f"{each.name}_id__in": listed})
        pairs = pointing.values_list("pk", f"{each.name}_id")
    elif each.type in ("ref", "refs") and each.ref == row.kind:
        pairs = alive.filter(**{f"{each.name}__in": listed}).values_list("pk", each.name)
    else:
        return set()
    return {number for pointer, number in pairs if pointer not in going} & set(listed)


def _tied(row: Entity, listed: list[int]) -> set[int]:
    live = Link.objects.filter(state=Link.State.LIVE)
    starts = live.filter(from_kind=row.kind, from_id__in=listed)
    ends = live.filter(to_kind=row.kind, to_id__in=listed)
    found = set(starts.values_list("from_id", flat=True))
    return found | set(ends.values_list("to_id", flat=True))


def _decided(row: Entity, listed: list[int]) -> set[int]:
    """Somebody decided something about it, here and not in the file that is taken back."""
    rows = Decision.objects.filter(
        subject_kind=row.kind, subject_id__in=listed, archived=False, pending_run__isnull=True
    )
    return {number for number in rows.values_list("subject_id", flat=True) if number is not None}


def _in_people(row: Entity, listed: list[int]) -> set[int]:
    """Who has a part to play or a place here, who decides; and what they have it towards."""
    roles = PartyRole.objects.filter(context_kind=row.kind, context_id__in=listed)
    found = {number for number in roles.values_list("context_id", flat=True) if number is not None}
    places = Membership.objects.exclude(state=Membership.State.ENDED)
    if row.model is Party:
        found |= set(PartyRole.objects.filter(party__in=listed).values_list("party", flat=True))
        held = places.filter(party__in=listed).values_list("party", flat=True)
        found |= {number for number in held if number is not None}
    if row.model is Relationship:
        pairs = places.filter(relationships__in=listed).values_list("relationships", flat=True)
        found |= set(pairs) & set(listed)
    return found


def _met(row: Entity, listed: list[int]) -> set[int]:
    """Meeting points of services that stay; those that go are put away before."""
    alive = Q(services__archived=False, services__pending_run__isnull=True)
    rows = row.model.objects.filter(alive, pk__in=listed)
    return set(rows.values_list("pk", flat=True))
