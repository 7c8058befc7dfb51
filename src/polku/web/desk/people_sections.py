"""What people's verbs add to the pages of parties and customers."""

from django.template.loader import render_to_string
from django.urls import reverse

from polku.kernel.policy import may_administer
from polku.people.queries import pending_request, roles_of
from polku.tenancy.models import Party
from polku.web.desk.objects import ObjectPage, section


def _address(page: ObjectPage, name: str) -> str:
    return reverse(name, kwargs={"workspace": page.actor.workspace.slug, "code": page.obj.code})


def sharing(page: ObjectPage) -> str:
    """How much is shared with a customer, and what waits for an answer."""
    context = {
        "tie": page.obj, "url": _address(page, "relationship_sharing"),
        "pending": pending_request(page.actor, page.obj),
    }  # fmt: skip
    return render_to_string("people/section_sharing.html", context, request=page.request)


def parts(page: ObjectPage) -> str:
    """Which parts a party plays; for a person, the way to what they may do here."""
    if not page.actor.is_internal or page.obj.merged_into_id is not None:
        return ""
    person = page.obj.kind == Party.Kind.PERSON
    context = {
        "roles": roles_of(page.actor, page.obj), "url": _address(page, "party_roles"),
        "person_url": _address(page, "person_detail")
        if person and may_administer(page.actor) else "",
    }  # fmt: skip
    return render_to_string("people/section_parts.html", context, request=page.request)


section("relationship", "body", sharing, order=30)
section("party", "body", parts, order=30)
