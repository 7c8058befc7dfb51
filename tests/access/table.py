"""Who may do what at which address: the one place that says it. Data, no rule.

A row names routes by their verb (``{}_detail`` stands for the detail page of every kind; a name in
full goes before its verb) and gives for reading (GET) and for writing (POST, or the method of the
operation) one sign for each of the nine who ask, in the order of ``people.ROLES``::

    admin editor member reader co_creator guest stranger link anonymous
    .  may                      n  told no, with the reason (403)
    0  as if it were not there  i  asked to sign in
    x  no such method here      ~  may, or told no: it depends on the object's owner or on the step
    c  may if the registry lets this role add one, else told no
    s  the server's own matter: any answer but an error of ours

A customer's person meets a thing of a kind that is never shown to them as missing: where a row
says ``.`` or ``n`` for them, ``0`` holds there; ``N`` is told no before the object is looked for.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """Signs for reading and writing, and what a sensible write sends."""

    read: str
    write: str
    body: dict[str, Any] | None = None


SERVER = "sssssssss"
ALL_IN = "......0ii"  # everybody who has a part here
TEAM = "....NN0ii"  # the team reads; others are told no
SEEN = ".....00ii"  # whoever may see the object
WRITERS = "..nnn00ii"  # those who may change what is not theirs
FILES = "..nnNN0ii"  # those who may bring in whole files
BELOW = "..nn000ii"  # rows under an object that only the team sees
WRITERS_ONLY = "..nnNN0ii"
BESIDE = "....n00ii"  # the team reads; others are told no once they see the object
SPEAKING = "...nn00ii"  # whoever works here may say something
ADMIN = ".nnnNN0ii"
NOT_HERE = "xxxxxx0ii"
API_NOT = "xxxxx0xii"
REASON = {"reason": "Because it is so."}
EDIT = {"reason": "Because it is so.", "verb": "end", "on": "2026-12-31"}

INVITE = {"invite-email": "new@example.org", "invite-role": "reader", "invite-lang": "en"}

TABLE: dict[str, Row] = {
    # Before the frame
    "door": Row(SERVER, SERVER),
    "first_run": Row("000000000", "000000000"),
    "set_language": Row("xxxxxxxxx", SERVER, {"language": "fi"}),
    "start": Row(ALL_IN, ALL_IN),
    "link_open": Row("0000000.0", "0000000.0"),
    "link_take": Row(SERVER, "xxxxxxxxx"),
    "link_picture": Row("000000000", "xxxxxxxxx"),
    "mails_stop": Row(SERVER, SERVER),
    "person_settings": Row(".......ii", ".......ii", {"name": "Somebody", "lang": "en"}),
    # Signing in: allauth's own pages are about the person who asks and nobody else
    **{
        name: Row(SERVER, SERVER)
        for name in (
            "account_login", "account_logout", "account_inactive", "account_signup",
            "account_email_verification_sent", "account_reset_password", "account_confirm_email",
            "account_reset_password_from_key_done", "account_reset_password_from_key",
            "account_reset_password_done", "account_request_login_code",
        )
    },
    **{
        name: Row("sssssssii", "sssssssii")
        for name in (
            "account_reauthenticate", "account_email", "account_change_password",
            "account_set_password", "account_confirm_login_code", "mfa_index", "mfa_authenticate",
            "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
        )
    },
    # The desk
    "home": Row(ALL_IN, ALL_IN),
    "search": Row(ALL_IN, ALL_IN),
    "service_board": Row(ALL_IN, ALL_IN),
    "wall": Row(ALL_IN, ALL_IN),
    "wall_svg": Row(ALL_IN, ALL_IN),
    "wall_tie": Row("...nNN0ii", "...nNN0ii"),
    "notice_list": Row(TEAM, TEAM),
    "notice_read": Row(NOT_HERE, ".000NN0ii"),
    "notice_read_all": Row(NOT_HERE, TEAM),
    "notice_choices": Row(TEAM, TEAM),
    "loose_end_list": Row(TEAM, NOT_HERE),
    "review_list": Row(TEAM, TEAM),
    "review_change": Row(TEAM, "...nNN0ii"),
    "impact_detail": Row(TEAM, TEAM),
    "loose_end_dismiss": Row(TEAM, "..nnNN0ii", {"reason": "It may stay so."}),
    "loose_end_reopen": Row(TEAM, "..nnNN0ii"),
    "loose_end_ask": Row(TEAM, "....NN0ii"),
    "loose_end_turn": Row(
        TEAM, "..nnNN0ii",
        {"into": "decision", "question": "So?", "reason": "Why not.", "outcome": "yes"},
    ),
    "loose_end_export": Row(TEAM, NOT_HERE),
    "loose_end_again": Row(NOT_HERE, "...nNN0ii"),
    "loose_end_checks": Row(TEAM, NOT_HERE),
    "loose_end_check": Row(ADMIN, ADMIN, {"D14-is_on": "on", "D14-days": "45"}),
    "settings": Row(ADMIN, NOT_HERE),
    "settings_languages": Row(NOT_HERE, ADMIN, {"default": "en"}),
    "settings_vocabulary": Row(NOT_HERE, ADMIN, {"vocabulary": "plain"}),
    "settings_feature": Row(NOT_HERE, ADMIN, {"feature": "strategy", "on": "1"}),
    "settings_size": Row(ADMIN, ADMIN, {"size": "small"}),
    "settings_portfolio_owner": Row(NOT_HERE, ADMIN),
    "settings_workspace": Row(ADMIN, ADMIN),
    "workspace_archive": Row(NOT_HERE, ADMIN),
    "invitation_create": Row(NOT_HERE, ADMIN, INVITE),
    "invitation_again": Row(NOT_HERE, ADMIN),
    "invitation_take_back": Row(NOT_HERE, ADMIN),
    "person_detail": Row(ADMIN, NOT_HERE),
    "person_role": Row(NOT_HERE, ADMIN, {"role": "reader"}),
    "person_switch_off": Row(NOT_HERE, ADMIN),
    "person_switch_on": Row(NOT_HERE, ADMIN),
    "person_leave": Row(ADMIN, ADMIN),
    "token_list": Row(ALL_IN, ALL_IN, {"name": "My script", "days": "365"}),
    "token_revoke": Row(NOT_HERE, ".000000ii"),
    "party_roles": Row(TEAM, WRITERS_ONLY, {"role": "sponsor"}),
    "party_merge": Row(WRITERS, WRITERS, {"other": "PTY-987654"}),
    "party_role_end": Row(NOT_HERE, WRITERS_ONLY),
    "relationship_sharing": Row(SEEN, WRITERS, {"type": "cooperative", "reason": "They asked."}),
    "relationship_sharing_answer": Row("xxxxxx0ii", "..nn.00ii", {"answer": "yes", "told_by": "T"}),
    "relationship_sharing_withdraw": Row("xxxxxx0ii", WRITERS),
    "service_dial": Row(WRITERS, WRITERS, {"value": "on", "reason": "The books."}),
    "service_review": Row("xxxxxx0ii", WRITERS),
    "service_close": Row(WRITERS, WRITERS, REASON),
    "service_wish_create": Row(WRITERS, WRITERS, {"statement": "More light"}),
    "requirement_groups": Row(TEAM, TEAM),
    "requirement_split": Row(WRITERS, WRITERS, {"statement": ["Warm", "Light"]}),
    "requirement_merge": Row(WRITERS, WRITERS, {"other": "REQ-987654"}),
    "requirement_tell": Row(WRITERS, WRITERS, {"words": "It is done."}),
    "offering_preview": Row(SEEN, SEEN),
    "offering_prices": Row(WRITERS, WRITERS),
    "package_builder": Row("....n00ii", WRITERS),
    "package_sheet": Row(SEEN, SEEN),
    # Open pages: in this world nothing is for everyone, so there is nothing here
    "offering_open": Row("000000000", "xxxxxxxxx"),
    "offering_range": Row("000000000", "xxxxxxxxx"),
    "decision_revise": Row(WRITERS, WRITERS, {"question": "Still?", "reason": "Because."}),
    # Typical customers, and who has a stake
    "persona_cards": Row(ALL_IN, ALL_IN),
    "persona_compare": Row(ALL_IN, ALL_IN),
    "persona_print": Row(ALL_IN, ALL_IN),
    "persona_evidence_add": Row(WRITERS, WRITERS, {"statement": "They wait"}),
    "persona_picture": Row(WRITERS, WRITERS, {"words-en": "An umbrella"}),
    "stakeholder_map": Row(TEAM, TEAM),
    "stakeholder_place": Row(BELOW, BELOW, {"interest": "3", "influence": "4"}),
    "stakeholder_lines": Row(BELOW, BELOW, {"other": "none-such", "words": "listens to"}),
    "stakeholder_line_remove": Row(NOT_HERE, BELOW),
    "stakeholder_evidence_add": Row(BELOW, BELOW, {"statement": "They wait"}),
    "picture_file": Row(SEEN, NOT_HERE),
    # Ways to look at a journey, and its editor
    "journey_detail": Row(SEEN, SEEN),
    "journey_blueprint": Row(SEEN, SEEN),
    "journey_steps": Row(SEEN, SEEN),
    "journey_about": Row(TEAM, TEAM),
    "journey_still_true": Row(NOT_HERE, WRITERS),
    "journey_counterpart": Row(NOT_HERE, WRITERS),
    "journey_look_list": Row(TEAM, TEAM, {"name": "Mine", "query": "lanes=wait"}),
    "journey_look_delete": Row(NOT_HERE, "0000NN0ii", {"view": "987654"}),
    "journey_edit": Row(WRITERS_ONLY, WRITERS_ONLY),
    "journey_write": Row(NOT_HERE, WRITERS_ONLY, {"at": "none-such-1", "text": "So"}),
    "journey_act": Row(NOT_HERE, WRITERS_ONLY, {"verb": "add_stage", "name": "Before"}),
    "journey_paste": Row(WRITERS_ONLY, WRITERS_ONLY, {"at": "none-such-1"}),
    "journey_poll": Row(TEAM, TEAM),
    "journey_cell": Row(TEAM, WRITERS_ONLY, {"form": "cell:new", "text-en": "In a word"}),
    "journey_step": Row(TEAM, WRITERS_ONLY, {"form": "whole", "sphere": "joint"}),
    "journey_stage": Row(TEAM, WRITERS_ONLY, {"form": "stage", "name-en": "Before"}),
    # Two journeys beside each other, files out and in
    "journey_compare": Row(TEAM, TEAM),
    "journey_export": Row(SEEN, NOT_HERE),
    "journey_bring": Row(WRITERS_ONLY, WRITERS_ONLY),
    # Beside a journey: what only its team sees
    "journey_shares": Row(BESIDE, WRITERS, {"lanes": "customer_action", "view_as": "customer"}),
    "journey_share_take_back": Row("xxxxxx0ii", WRITERS),
    "journey_comments": Row(BESIDE, SPEAKING, {"step": "1", "row": "frontstage", "text": "So?"}),
    "journey_comment_answer": Row("xxxxxx0ii", SPEAKING, {"answer": "Yes."}),
    "journey_comment_reopen": Row("xxxxxx0ii", SPEAKING),
    "journey_pains": Row(BESIDE, WRITERS, {"text": "Stairs", "evidence": "assumed"}),
    "journey_pain": Row(BESIDE, WRITERS, {"do": "decide", "decision": "mend"}),
    "journey_pain_remove": Row("xxxxxx0ii", WRITERS),
    "journey_people": Row(BESIDE, WRITERS),
    "journey_analysis": Row(BESIDE, WRITERS, {"who": "mother", "consent": "on"}),
    "journey_guide": Row(BESIDE, "xxxxxx0ii"),
    "journey_strips": Row(BESIDE, "xxxxxx0ii"),
    "journey_point": Row(BESIDE, WRITERS, {"problems": "The bell"}),
    "journey_talk": Row(WRITERS, WRITERS, {"felt": "late"}),
    "journey_talk_forget": Row("xxxxxx0ii", WRITERS),
    "journey_talk_like": Row("xxxxxx0ii", WRITERS),
    "touchpoint_library": Row(ALL_IN, ALL_IN),
    "touchpoint_decisive": Row(WRITERS, WRITERS, {"moment_of_truth": "on"}),
    # Files in and out
    "import_start": Row(FILES, FILES),
    "import_example": Row(FILES, NOT_HERE),
    "import_example_try": Row(FILES, FILES),
    "import_try": Row(FILES, FILES),
    "import_questions": Row(FILES, FILES),
    "import_save": Row(NOT_HERE, FILES),
    "import_mapping": Row(NOT_HERE, FILES),
    "import_mapping_file": Row(FILES, NOT_HERE),
    "import_rows": Row(FILES, NOT_HERE),
    "import_progress": Row(FILES, FILES),
    "import_done": Row(FILES, FILES),
    "import_undo": Row(FILES, FILES),
    "export_all": Row(TEAM, NOT_HERE),
    "export_list": Row(ALL_IN, ALL_IN),
    "api-v1:import_list": Row(TEAM, ""),
    "api-v1:import_create": Row("", FILES),
    "api-v1:import_get": Row(TEAM, ""),
    "api-v1:import_rows": Row(TEAM, ""),
    "api-v1:import_run": Row("", FILES),
    "api-v1:import_undo": Row("", FILES),
    "api-v1:export": Row(TEAM, ""),
    # Every kind of thing
    "{}_list": Row(ALL_IN, ALL_IN),
    "{}_kept": Row(ALL_IN, ALL_IN, {"name": "Mine", "query": "q=a"}),
    "{}_kept_delete": Row(NOT_HERE, "0000000ii", {"view": "987654"}),
    "offering_elements": Row(WRITERS, WRITERS),
    "{}_detail": Row(SEEN, SEEN),
    "{}_near": Row(SEEN, SEEN),
    "{}_history": Row("....n00ii", "....n00ii"),
    "{}_archive": Row(WRITERS, WRITERS, REASON),
    "{}_restore": Row(WRITERS, WRITERS, REASON),
    "{}_create": Row("cccccc0ii", "cccccc0ii"),
    "{}_alike": Row(ALL_IN, ALL_IN),
    "{}_field": Row(WRITERS, WRITERS),
    "{}_decide": Row(WRITERS, WRITERS, {"question": "Shall it?", "reason": "Because."}),
    "{}_tie_create": Row("...nn00ii", "...nn00ii"),
    "{}_tie_change": Row(WRITERS, WRITERS, EDIT),
    "{}_need_change": Row(BELOW, BELOW, EDIT),
    "{}_need_create": Row(WRITERS, WRITERS, {"other": "CMP-1", "kind": "requires"}),
    "component_references": Row(BELOW, BELOW, {"system": "room", "value": "Hall N"}),
    "component_supply": Row(BELOW, BELOW, {"replace_n": "3", "replace_unit": "W"}),
    "version_bring_back": Row(BELOW, BELOW, {"label": "9.9"}),
    "version_wishes_done": Row("xxxxxx0ii", BELOW),
    "service_retirement_list": Row(TEAM, NOT_HERE),
    "{}_move": Row(".~nnn00ii", ".~nnn00ii", REASON),
    "{}_step_list": Row("....n00ii", "....n00ii"),
    "{}_step_cancel": Row(BELOW, BELOW, REASON),
    "{}_step_correct": Row(BELOW, BELOW, REASON),
    # The API
    "api_docs": Row(SERVER, SERVER),
    "api_missing": Row("000000000", "000000000"),
    "api-v1:api-root": Row("000000000", "000000000"),
    "api-v1:openapi-json": Row(SERVER, SERVER),
    "api-v1:workspaces": Row(".......ii", ""),
    "api-v1:me": Row(ALL_IN, ""),
    "api-v1:workspace": Row(ALL_IN, ""),
    "api-v1:search": Row(ALL_IN, ""),
    "api-v1:loose_end_list": Row(TEAM, ""),
    "api-v1:loose_end_checks": Row(TEAM, ""),
    "api-v1:loose_end_check": Row("", ADMIN, {"check": "D14", "limits": {"days": 45}}),
    "api-v1:loose_end_trend": Row(TEAM, ""),
    "api-v1:loose_end_again": Row("", "...nNN0ii"),
    "api-v1:loose_end_get": Row(TEAM, ""),
    "api-v1:loose_end_dismiss": Row("", "..nnNN0ii", {"reason": "It may stay so."}),
    "api-v1:loose_end_reopen": Row("", "..nnNN0ii"),
    "api-v1:loose_end_wish": Row("", "..nnNN0ii", {"statement": "Mend it."}),
    "api-v1:loose_end_decision": Row(
        "", "..nnNN0ii", {"question": "So?", "reason": "Because."}
    ),
    "api-v1:impact": Row(TEAM, ""),
    "api-v1:link_list": Row(ALL_IN, ""),
    "api-v1:link_create": Row("", "..nnn.0ii"),
    "api-v1:link_get": Row(SEEN, ""),
    "api-v1:link_remove": Row("", WRITERS, REASON),
    "api-v1:link_end": Row("", WRITERS),
    "api-v1:link_change": Row("", WRITERS, {"why": "It is so"}),
    "api-v1:link_verdict": Row("", WRITERS, {"verdict": "still_right"}),
    "api-v1:review_list": Row(TEAM, ""),
    "api-v1:link_confirm": Row("", WRITERS),
    "api-v1:notices": Row(TEAM, ""),
    "api-v1:notices_read": Row("", TEAM),
    "api-v1:notice_read": Row("", ".000NN0ii"),
    "api-v1:notice_choices": Row(TEAM, ""),
    "api-v1:notice_choices_set": Row("", TEAM, {"items": [{"kind": "due", "mail": "never"}]}),
    "api-v1:{}_list": Row(ALL_IN, ""),
    "api-v1:{}_get": Row(SEEN, ""),
    "api-v1:{}_history": Row("....n00ii", ""),
    "api-v1:{}_links": Row(SEEN, ""),
    "api-v1:{}_create": Row("", "cccccc0ii"),
    "api-v1:{}_change": Row("", WRITERS),
    "api-v1:{}_archive": Row("", WRITERS, REASON),
    "api-v1:{}_restore": Row("", WRITERS, REASON),
    "api-v1:{}_decisions": Row(SEEN, ""),
    "api-v1:{}_decide": Row("", WRITERS, {"question": "Shall it?", "reason": "Because."}),
    "api-v1:{}_transitions": Row("....NN0ii", ""),
    "api-v1:{}_transition": Row("", ".~nnn00ii", REASON),
    "api-v1:{}_transition_cancel": Row("", "..nnn00ii", REASON),
    "api-v1:{}_transition_correct": Row("", "..nnn00ii", REASON),
    "api-v1:{}_review": Row("", WRITERS),
    "api-v1:requirement_groups": Row(TEAM, ""),
    "api-v1:requirement_split": Row(
        "", WRITERS, {"parts": [{"statement": "Warm"}, {"statement": "Light"}]}
    ),
    "api-v1:requirement_merge": Row("", WRITERS, {"others": []}),
    "api-v1:party_merge": Row("", WRITERS, {"other": "PTY-987654"}),
    "api-v1:{}_publish": Row("", ".~~~~00ii"),
    "api-v1:{}_prices": Row(SEEN, ""),
    "api-v1:{}_prices_set": Row("", WRITERS, {"items": [{"kind": "free"}]}),
    "api-v1:{}_members": Row(SEEN, ""),
    "api-v1:{}_members_set": Row("", WRITERS, {"items": []}),
    "api-v1:{}_checks": Row("....NN0ii", ""),
    "api-v1:{}_elements": Row(SEEN, ""),
    "api-v1:{}_elements_set": Row("", WRITERS, {"items": [{"kind": "action", "text": "Tea"}]}),
    "api-v1:picture_get": Row(SEEN, ""),
    "api-v1:picture_file": Row(SEEN, ""),
    "api-v1:picture_create": Row("", "...nnn0ii"),
    "api-v1:journey_document": Row(SEEN, ""),
    "api-v1:journey_document_set": Row("", WRITERS, {"document": {}}),
    "api-v1:journey_versions": Row(SEEN, ""),
    "api-v1:journey_sheet": Row(SEEN, ""),
    "api-v1:journey_sheet_set": Row("", WRITERS, {"table": "step,lane"}),
    "api-v1:journey_patterns": Row(ALL_IN, ""),
    "api-v1:journey_begin": Row("", "..nnnn0ii", {"name": "A way", "pattern": "blank"}),
    "api-v1:journey_edits": Row(TEAM, ""),
    "api-v1:journey_edit": Row("", WRITERS, {"edits": [{"do": "add_stage"}]}),
    "api-v1:journey_counterpart": Row("", WRITERS),
    "api-v1:journey_still_true": Row("", WRITERS),
    "api-v1:journey_comments": Row(BESIDE, ""),
    "api-v1:journey_comment": Row("", SPEAKING, {"step": 1, "row": "frontstage", "text": "So?"}),
    "api-v1:journey_comment_change": Row("", SPEAKING, {"answer": "Yes."}),
    "api-v1:journey_shares": Row(BESIDE, ""),
    "api-v1:journey_share": Row("", WRITERS, {"lanes": ["customer_action"]}),
    "api-v1:journey_share_remove": Row("", WRITERS),
    "api-v1:journey_talks": Row(BESIDE, ""),
    "api-v1:journey_talk": Row("", WRITERS, {"who": "mother", "consent": True}),
    "api-v1:journey_talk_write": Row("", WRITERS, {"touchpoint": "TP-1", "felt": "late"}),
    "api-v1:journey_talk_forget": Row("", WRITERS),
    "api-v1:journey_reading_set": Row("", WRITERS, {"touchpoint": "TP-1", "problems": "Bell"}),
    "api-v1:journey_people": Row(BESIDE, ""),
    "api-v1:journey_people_set": Row("", WRITERS, {"people": []}),
    "api-v1:{}_evidence_add": Row("", WRITERS, {"statement": "They wait"}),
    "api-v1:{}_lines": Row(SEEN, ""),
    "api-v1:{}_line_draw": Row("", WRITERS, {"other": "STK-987654", "words": "listens to"}),
    "api-v1:{}_line_remove": Row("", WRITERS),
}  # fmt: skip
