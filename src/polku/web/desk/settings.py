"""Settings: what is used here, who may do what. Each change has its own small verb."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.policy import may_administer
from polku.kernel.profiles import FEATURES
from polku.people.queries import (
    Member,
    invitations,
    language_counts,
    members,
    switched_off,
)
from polku.web.desk.settings_invite import InviteForm
from polku.web.desk.settings_saved import acting, say_saved, take_saved
from polku.web.desk.settings_words import INSIDE_ROLES, VOCABULARIES
from polku.web.sizes import sizes

MAY_DECIDE = frozenset({"admin", "editor", "member"})


@require_safe
def settings(request: HttpRequest, workspace: str) -> HttpResponse:
    """The whole page."""
    return settings_page(request)


def settings_page(
    request: HttpRequest, *, status: int = 200, invite: InviteForm | None = None,
    refused: str = "",
) -> HttpResponse:  # fmt: skip
    """The page, also with a form whose input was refused."""
    actor = acting(request)
    require(may_administer(actor))
    line = take_saved(request)
    context = {
        "saved": line, "refused": refused, **_languages(actor), **_house(actor), **_people(actor),
        "invite": invite or InviteForm(actor), "invite_open": invite is not None,
    }  # fmt: skip
    response = render(request, "settings/settings.html", context, status=status)
    say_saved(request, response, line)
    return response


def _languages(actor: Actor) -> dict[str, Any]:
    rows, total = language_counts(actor)
    return {"languages": rows, "texts": total}


def _house(actor: Actor) -> dict[str, Any]:
    room = actor.workspace
    shown = [{"feature": feature, "on": room.has(feature.code)} for feature in FEATURES]
    half = (len(shown) + 1) // 2
    return {
        "sizes": sizes(room.size_profile),
        "vocabularies": [
            {"code": code, "name": name, "note": note, "chosen": code == room.vocabulary}
            for code, name, note in VOCABULARIES
        ],
        "switches": [shown[:half], shown[half:]], "switches_n": len(shown),
        "switches_on": sum(row["on"] for row in shown),
    }  # fmt: skip


def _people(actor: Actor) -> dict[str, Any]:
    here = members(actor)
    able = [m for m in here if m.membership.access_role in MAY_DECIDE and m.membership.party]
    invited = invitations(actor)
    return {
        "members": [_row(member) for member in here], "roles": INSIDE_ROLES, "invited": invited,
        "off": switched_off(actor), "secured_n": sum(member.second_step for member in here),
        "deciders": able,
        "no_decider": not any(m.membership.is_portfolio_owner for m in here),
    }  # fmt: skip


def _row(member: Member) -> dict[str, Any]:
    membership = member.membership
    return {
        "member": member, "membership": membership, "party": membership.party,
        "inside": membership.access_role in dict(INSIDE_ROLES),
        "role": membership.get_access_role_display(),
        "customers": [str(tie.consumer_party) for tie in membership.relationships.all()],
    }  # fmt: skip
