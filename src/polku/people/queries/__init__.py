"""Reads about people, access and settings; one module per subject."""

from polku.people.queries.accounts import (
    account_by_email,
    all_accounts,
    any_workspace,
    living_workspace,
    membership_in,
    workspace_by_slug,
    workspaces_of,
)
from polku.people.queries.languages import LanguageCount, language_counts, language_name
from polku.people.queries.leaving import Owned, owned_objects, owned_rows
from polku.people.queries.members import (
    Invited,
    Member,
    find_member_of,
    find_membership,
    invitations,
    member_of_party,
    members,
    own_membership,
    people_to_choose,
    switched_off,
)
from polku.people.queries.parts import (
    find_role,
    pending_request,
    roles_of,
    sharing_history,
    sharing_partner,
)
from polku.people.queries.personas import (
    chosen_personas,
    evidence_of,
    is_stale,
    meant_for,
    newest_first,
    personas,
    personas_of,
)
from polku.people.queries.stakeholders import Stakes, find_line, lines_of, stakes

__all__ = [
    "Invited",
    "LanguageCount",
    "Member",
    "Owned",
    "Stakes",
    "account_by_email",
    "all_accounts",
    "any_workspace",
    "chosen_personas",
    "evidence_of",
    "find_line",
    "find_member_of",
    "find_membership",
    "find_role",
    "invitations",
    "is_stale",
    "language_counts",
    "language_name",
    "lines_of",
    "living_workspace",
    "meant_for",
    "member_of_party",
    "members",
    "membership_in",
    "newest_first",
    "own_membership",
    "owned_objects",
    "owned_rows",
    "pending_request",
    "people_to_choose",
    "personas",
    "personas_of",
    "roles_of",
    "sharing_history",
    "sharing_partner",
    "stakes",
    "switched_off",
    "workspace_by_slug",
    "workspaces_of",
]
