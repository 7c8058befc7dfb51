"""Tables of the ground floor."""

from polku.tenancy.models.accounts import Membership, UserAccount
from polku.tenancy.models.base import Audience, CoreEntity, PieceRow, WorkspaceRow
from polku.tenancy.models.parties import BusinessCalendar, Party, PartyRole, Relationship
from polku.tenancy.models.workspace import Workspace

__all__ = [
    "Audience",
    "BusinessCalendar",
    "CoreEntity",
    "Membership",
    "Party",
    "PartyRole",
    "PieceRow",
    "Relationship",
    "UserAccount",
    "Workspace",
    "WorkspaceRow",
]
