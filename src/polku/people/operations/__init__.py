"""Everything that changes people, access, sharing and settings; one module per subject."""

from polku.people.operations.accounts import (
    NewPerson,
    change_person,
    disable_account,
    enable_account,
    set_password,
)
from polku.people.operations.evidence import add_evidence, confidence_of, count_evidence
from polku.people.operations.invitations import (
    Invitation,
    accept_invitation,
    ask_for_new_link,
    invite,
    send_invitation_again,
    take_back_invitation,
)
from polku.people.operations.leaving import mark_left
from polku.people.operations.memberships import (
    add_person,
    change_role,
    name_portfolio_owner,
    note_seen,
    switch_off,
    switch_on,
)
from polku.people.operations.merging import merge_parties
from polku.people.operations.roles import add_role, end_role
from polku.people.operations.settings import (
    archive_workspace,
    change_languages,
    change_size,
    change_vocabulary,
    change_workspace,
    note_export,
    switch_feature,
)
from polku.people.operations.sharing import answer_sharing, change_sharing, withdraw_sharing
from polku.people.operations.stakeholders import (
    draw_line,
    place_stakeholder,
    rub_out_line,
)
from polku.people.operations.workspaces import open_workspace

__all__ = [
    "Invitation",
    "NewPerson",
    "accept_invitation",
    "add_evidence",
    "add_person",
    "add_role",
    "answer_sharing",
    "archive_workspace",
    "ask_for_new_link",
    "change_languages",
    "change_person",
    "change_role",
    "change_sharing",
    "change_size",
    "change_vocabulary",
    "change_workspace",
    "confidence_of",
    "count_evidence",
    "disable_account",
    "draw_line",
    "enable_account",
    "end_role",
    "invite",
    "mark_left",
    "merge_parties",
    "name_portfolio_owner",
    "note_export",
    "note_seen",
    "open_workspace",
    "place_stakeholder",
    "rub_out_line",
    "send_invitation_again",
    "set_password",
    "switch_feature",
    "switch_off",
    "switch_on",
    "take_back_invitation",
    "withdraw_sharing",
]
