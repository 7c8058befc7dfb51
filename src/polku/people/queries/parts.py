"""Which parts a party plays, and what was asked about sharing."""

from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.queries import find_many, visible
from polku.people.models import SharingRequest
from polku.tenancy.models import Party, PartyRole, Relationship


def roles_of(actor: Actor, party: Party) -> list[tuple[PartyRole, Any]]:
    """The parts of a visible party, each with its object (None for the whole workspace)."""
    rows = list(
        PartyRole.objects.filter(workspace_id=actor.workspace.pk, party=party).order_by(
            "valid_to", "role", "pk"
        )
    )
    pairs = {(row.context_kind, row.context_id) for row in rows if row.context_id is not None}
    found = find_many(actor, pairs)
    return [(row, found.get((row.context_kind, row.context_id or 0))) for row in rows]


def find_role(actor: Actor, party: Party, number: int) -> PartyRole:
    """One part of a visible party; NotFound alike for missing and for elsewhere."""
    rows = PartyRole.objects.select_related("party").filter(workspace_id=actor.workspace.pk)
    found = rows.filter(party=party, pk=number).first()
    if found is None:
        raise NotFound
    return found


def sharing_partner(actor: Actor, code: str) -> Relationship:
    """A relationship whose sharing the actor may see: inside any, outside one's own.

    The customer's people answer what they are asked, whoever may read the rest of the object.
    """
    own = Relationship.objects.filter(
        workspace_id=actor.workspace.pk, archived=False, pending_run__isnull=True,
        pk__in=actor.relationship_ids if actor.role == "co_creator" else (),
    )  # fmt: skip
    rows = visible(actor, Relationship) if actor.is_internal else own
    found = rows.select_related("consumer_party", "provider_party").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def pending_request(actor: Actor, relationship: Relationship) -> SharingRequest | None:
    """What a customer was asked and has not answered; *relationship* is visible to the actor."""
    return next(
        (row for row in sharing_history(actor, relationship) if row.answer == "pending"), None
    )


def sharing_history(actor: Actor, relationship: Relationship) -> list[SharingRequest]:
    """All questions about sharing more, the newest first."""
    rows = SharingRequest.objects.filter(
        workspace_id=actor.workspace.pk, relationship=relationship
    ).select_related("relationship", "decision", "asked_by", "answered_by")
    return list(rows.order_by("-asked_at", "-pk"))
