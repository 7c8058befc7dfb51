"""Norrvik IT: the threads between the cards. Some are guesses, some are missing on purpose."""

# Rows are laid out by hand, like cards; one value a line would hide the text.
# fmt: off

from polku.examples.content import DismissalRow, LinkRow


def _serves(service: str, goal: str, why: str, by: str, on: int, sure: bool = True) -> LinkRow:
    """`service` serves `goal` (L01)."""
    return LinkRow("L01", service, goal, why, "confirmed" if sure else "guess", by, on)


def _uses(customer: str, offering: str, n: int, on: int, until: int | None = None) -> LinkRow:
    """A customer or group uses an offering (L32), so many of it."""
    return LinkRow("L32", customer, offering, "From the bill.", "confirmed", "olga", on, until,
                   {"quantity": n})


GOAL_LINKS = (
    _serves("help_desk", "goal_quiet_phone", "The phone itself.", "jari", -590),
    _serves("workplace", "goal_quiet_phone", "A fifth of the calls.", "jari", -590),
    _serves("printers", "goal_quiet_phone", "A tenth of the calls.", "jari", -590),
    _serves("phone_sign_in", "goal_quiet_phone", "A third before nine.", "olga", -320),
    _serves("phone_sign_in", "goal_no_passwords", "The whole of it.", "olga", -320),
    _serves("accounts", "goal_no_passwords", "Where the passwords live.", "olga", -320),
    _serves("backup", "goal_two_places", "The copy.", "sanna", -660),
    _serves("mail", "goal_two_places", "Two regions.", "jari", -590),
    _serves("branch_rooms", "goal_leave_branches", "By ending.", "sanna", -62),
    _serves("web_hosting", "goal_two_places", "One hall still.", "sanna", -400, sure=False),
    _serves("ticket_hosting", "goal_easy_buying", "The shop.", "olga", -245),
    _serves("new_checkout", "goal_easy_buying", "What is not easy yet.", "piotr", -185),
    _serves("terminals", "goal_easy_buying", "Buying at the door.", "eero", -200, sure=False),
    _serves("ticket_hosting", "goal_culture", "What the others come for.", "piotr", -410),
    _serves("museum_wifi", "goal_culture", "Second thing they ask for.", "piotr", -410),
    _serves("collection_images", "goal_culture", "Third thing.", "piotr", -350),
    _serves("guest_book", "goal_culture", "Perhaps.", "piotr", -340, sure=False),
    _serves("security_updates", "goal_two_places", "A safe second place.", "sanna", -390,
            sure=False),
    _serves("office_network", "goal_all_on_fibre", "The last mile.", "jari", -700),
)

GROUP_LINKS = (
    LinkRow("L06", "mail", "offices", "Every desk.", made_by="jari", made_on=-590),
    LinkRow("L06", "workplace", "offices", "Every desk.", made_by="jari", made_on=-590),
    LinkRow("L06", "office_network", "schools", "Nine schools.", made_by="jari", made_on=-555),
    LinkRow("L06", "ticket_hosting", "culture_houses", "Made with one of them.",
            made_by="olga", made_on=-415),
    LinkRow("L06", "museum_wifi", "visitors", "Their telephones.", made_by="jari", made_on=-290),
    LinkRow("L06", "new_checkout", "visitors", "214 of them said so.", made_by="piotr",
            made_on=-240),
    LinkRow("L06", "terminals", "boats", "Six boats and kiosks.", made_by="eero", made_on=-380),
    LinkRow("L06", "visitor_counting", "culture_houses", "By likeness of words.",
            confidence="guess", made_by="piotr", made_on=-37),
)

USE_LINKS = (
    _uses("rel_museum", "offer_tickets", 1, -690),
    _uses("rel_museum", "offer_wifi", 4, -450),
    _uses("rel_museum", "offer_mail", 9, -595),
    _uses("rel_museum", "offer_desk", 9, -690),
    _uses("rel_museum", "offer_backup", 1, -660),
    _uses("rel_city", "offer_mail", 540, -595),
    _uses("rel_city", "offer_network", 28, -700),
    _uses("rel_city", "offer_workplace", 512, -695),
    _uses("rel_city", "offer_desk", 540, -690),
    _uses("rel_city", "offer_accounts", 540, -690),
    _uses("rel_city", "offer_updates", 540, -395),
    _uses("rel_city", "offer_printers", 36, -695),
    _uses("rel_city", "offer_mobiles", 310, -694),
    _uses("rel_city", "offer_archive", 88, -698),
    _uses("rel_city", "offer_backup", 22, -660),
    _uses("rel_city", "offer_register", 9, -696),
    _uses("rel_city", "offer_video", 520, -585),
    _uses("rel_city", "offer_sign_in", 14, -58),
    _uses("rel_city", "offer_pagers", 6, -697, -141),
    _uses("rel_rantakyla", "offer_network_school", 1, -560),
    _uses("rel_rantakyla", "offer_mail", 31, -560),
    _uses("rel_rantakyla", "offer_desk", 31, -560),
    _uses("rel_library", "offer_wifi", 2, -430),
    _uses("rel_library", "offer_desk", 22, -500),
    _uses("rel_ferries", "offer_desk", 12, -410),
    _uses("rel_ferries", "offer_web", 1, -400),
    _uses("rel_marketers", "offer_mail", 3, -595, -280),
    _uses("rel_pilots", "offer_pagers", 2, -697, -180),
)

OTHER_LINKS = (
    LinkRow("L03", "req_one_hand", "goal_easy_buying", "3.1 of 5 where 4 was agreed.",
            made_by="piotr", made_on=-188),
    LinkRow("L03", "req_shop_languages", "goal_easy_buying", "Easy in one's own language.",
            made_by="piotr", made_on=-188),
    LinkRow("L03", "req_restore_try", "goal_two_places", "A copy nobody tried is a hope.",
            made_by="sanna", made_on=-690),
    LinkRow("L03", "req_ten_answers", "goal_quiet_phone", "Half of the calls.",
            made_by="milla", made_on=-598),
    LinkRow("L03", "req_heat", "goal_green_hall", "Same wish, her words.", made_by="olga",
            made_on=-158),
    LinkRow("L35", "mail", "booking_register", "The calendar books rooms.", made_by="sanna",
            made_on=-128),
    LinkRow("L35", "mobiles", "pagers", "Two sturdy phones.", made_by="jari", made_on=-289),
    LinkRow("L35", "office_network", "dial_in", "Fibre.", made_by="jari", made_on=-550),
    LinkRow("L35", "web_hosting", "branch_rooms", "What the rooms held.", made_by="sanna",
            made_on=-61),
)

LINKS = GOAL_LINKS + GROUP_LINKS + USE_LINKS + OTHER_LINKS

DISMISSALS = (
    DismissalRow("L04", "terminals", "olga", "Not offered to anyone new before it has an owner.",
                 on=-11, until=20),
    DismissalRow("L35", "fax_to_mail", "jari", "Nothing replaces it. That is the point.",
                 on=-104),
    DismissalRow("L22", "cmp_duty", "milla", "A turn, not a thing; the list hangs on the wall.",
                 on=-150),
    DismissalRow("L06", "boats", "olga", "Waits for the owner of the terminals.", on=-11,
                 until=20),
)
