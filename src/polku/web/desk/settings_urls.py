"""Addresses of settings, people, keys and sharing inside a workspace."""

from django.urls import path

from polku.web.desk import (  # addresses makes <code:code> known, sections place themselves
    addresses,  # noqa: F401
    people_leaving,
    people_merging,
    people_person,
    people_roles,
    people_sections,  # noqa: F401
    people_sharing,
    settings,
    settings_invite,
    settings_saving,
    settings_tokens,
    settings_workspace,
)

PERSON = "settings/people/<code:code>/"
INVITATION = "settings/invitations/<int:number>/"
TIE = "relationships/<code:code>/sharing/"

urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/languages/", settings_saving.settings_languages, name="settings_languages"),
    path("settings/words/", settings_saving.settings_vocabulary, name="settings_vocabulary"),
    path("settings/switch/", settings_saving.settings_feature, name="settings_feature"),
    path("settings/size/", settings_saving.settings_size, name="settings_size"),
    path("settings/decides/", settings_saving.settings_portfolio_owner,
         name="settings_portfolio_owner"),
    path("settings/place/", settings_workspace.settings_workspace, name="settings_workspace"),
    path("settings/place/close/", settings_workspace.workspace_archive, name="workspace_archive"),
    path("settings/invitations/", settings_invite.invitation_create, name="invitation_create"),
    path(f"{INVITATION}again/", settings_invite.invitation_again, name="invitation_again"),
    path(f"{INVITATION}take-back/", settings_invite.invitation_take_back,
         name="invitation_take_back"),
    path(PERSON, people_person.person_detail, name="person_detail"),
    path(f"{PERSON}role/", people_person.person_role, name="person_role"),
    path(f"{PERSON}off/", people_person.person_switch_off, name="person_switch_off"),
    path(f"{PERSON}on/", people_person.person_switch_on, name="person_switch_on"),
    path(f"{PERSON}left/", people_leaving.person_leave, name="person_leave"),
    path("settings/keys/", settings_tokens.token_list, name="token_list"),
    path("settings/keys/<int:number>/take-back/", settings_tokens.token_revoke,
         name="token_revoke"),
    path("parties/<code:code>/roles/", people_roles.party_roles, name="party_roles"),
    path("parties/<code:code>/roles/<int:number>/end/", people_roles.party_role_end,
         name="party_role_end"),
    path("parties/<code:code>/merge/", people_merging.party_merge, name="party_merge"),
    path(TIE, people_sharing.relationship_sharing, name="relationship_sharing"),
    path(f"{TIE}answer/", people_sharing.relationship_sharing_answer,
         name="relationship_sharing_answer"),
    path(f"{TIE}withdraw/", people_sharing.relationship_sharing_withdraw,
         name="relationship_sharing_withdraw"),
]  # fmt: skip
