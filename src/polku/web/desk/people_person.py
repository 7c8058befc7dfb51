"""A person: what they may do, which parts they play, what they own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.policy import may_administer
from polku.kernel.queries import visible
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.kernel.tokens import tokens_of
from polku.people.operations import change_role, switch_off, switch_on
from polku.people.policy import may_mark_left, may_switch_off
from polku.people.queries import Member, find_member_of, member_of_party, owned_rows, roles_of
from polku.tenancy.models import Party, Relationship
from polku.web.desk.addresses import object_url
from polku.web.desk.settings_saved import acting, saved, say_saved, take_saved
from polku.web.desk.settings_words import INSIDE_ROLES, OFFERED_ROLES


def find_person(actor: Actor, code: str) -> Party:
    """A person of this workspace, for those who look after people."""
    require(may_administer(actor))
    party = visible(actor, Party, archived=True).get_or_404(code)
    if party.kind != Party.Kind.PERSON:
        raise NotFound
    return party


@require_safe
def person_detail(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Everything about somebody's access, on one page."""
    return person_page(request, find_person(acting(request), code))


def person_page(request: HttpRequest, party: Party, *, refused: str = "") -> HttpResponse:
    """The page, also with the reason why something was refused."""
    actor = acting(request)
    member = member_of_party(actor, party)
    line = take_saved(request)
    context = {
        "party": party, "party_url": object_url(actor.workspace, entity_row("party"), party.code),
        "member": member, "membership": member.membership if member else None, "saved": line,
        "refused": refused, "leave_answer": may_mark_left(actor, party),
        "off_answer": may_switch_off(actor, member.membership) if member else None,
        "owned": [_owned(actor, entity, obj) for entity, obj in owned_rows(actor, party)],
        "roles": roles_of(actor, party),
        "tokens": tokens_of(member.membership.pk) if member else [],
        **_choices(actor, member),
    }  # fmt: skip
    response = render(request, "people/person_detail.html", context, status=422 if refused else 200)
    say_saved(request, response, line)
    return response


def _owned(actor: Actor, entity: Entity, obj: Any) -> dict[str, object]:
    url = object_url(actor.workspace, entity, obj.code) if entity.page else ""
    return {"entity": entity, "obj": obj, "url": url}


def _choices(actor: Actor, member: Member | None) -> dict[str, object]:
    ties = visible(actor, Relationship).exclude(state="ended")
    customers = list(ties.select_related("consumer_party", "provider_party").order_by("sort_title"))
    held = {tie.pk for tie in member.membership.relationships.all()} if member else set()
    return {
        "offered_roles": OFFERED_ROLES if customers else INSIDE_ROLES,
        "customers": [{"tie": tie, "held": tie.pk in held} for tie in customers],
    }  # fmt: skip


@require_POST
def person_role(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Change what somebody may do, and for a customer's person: for whom."""
    actor = acting(request)
    member = find_member_of(actor, code)
    before = member.membership.access_role
    try:
        after = change_role(
            member.membership, request.POST.get("role", ""), by=actor,
            relationships=_chosen(request, actor),
        )  # fmt: skip
    except BadInput as error:
        words = " ".join(str(reason) for reason in error.fields.values())
        return person_page(request, find_person(actor, code), refused=words)
    words = _("%(name)s may now: %(role)s.") % {
        "name": member.name,
        "role": after.get_access_role_display(),
    }
    inside = dict(INSIDE_ROLES)
    address = reverse("person_role", kwargs={"workspace": workspace, "code": code})
    undo = (address, {"role": before}) if before in inside and after.access_role in inside else None
    return saved(request, words, undo=undo, **_way_back(request, code))


def _chosen(request: HttpRequest, actor: Actor) -> list[Relationship] | None:
    if "customers_asked" not in request.POST:
        return None
    codes = request.POST.getlist("customers")
    return list(visible(actor, Relationship).filter(code__in=codes))


def _way_back(request: HttpRequest, code: str) -> dict[str, str]:
    if request.POST.get("from") == "person":
        return {"page": "person_detail", "code": code}
    return {}


@require_POST
def person_switch_off(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Nobody comes in by this account any more."""
    actor = acting(request)
    member = find_member_of(actor, code)
    switch_off(member.membership, by=actor)
    address = reverse("person_switch_on", kwargs={"workspace": workspace, "code": code})
    words = _("%(name)s does not come in any more.") % {"name": member.name}
    return saved(request, words, undo=(address, {}), page="person_detail", code=code)


@require_POST
def person_switch_on(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Let somebody in again."""
    actor = acting(request)
    member = find_member_of(actor, code)
    switch_on(member.membership, by=actor)
    words = _("%(name)s may come in again.") % {"name": member.name}
    return saved(request, words, page="person_detail", code=code)
