"""The page of somebody with a stake: where they stand, both lists, the lines to others."""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.models import AuditEvent
from polku.people.queries import lines_of
from polku.web import readings
from polku.web.desk.addresses import page_url
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.stakeholders import place_form
from polku.web.desk.values import link_html
from polku.web.history_changes import Reader
from polku.web.history_sentences import say

EXPECTATIONS = ("expects_from_us", "we_expect")
STANDING = ("role", "attitude", "interest", "influence", "assessed_on")
WHO = ("party", "group_name")


def standing(page: ObjectPage) -> str:
    """Attitude, interest and influence, and a form to move them; what each side expects."""
    if not page.actor.is_internal:
        return ""
    named = "party" if page.obj.party_id is not None else "group_name"
    context = {
        "page": page, "who": page.obj,
        "rows": [editable(page, name) for name in (named, *STANDING)],
        "lists": [editable(page, name) for name in EXPECTATIONS],
        "form": place_form(page.obj) if page.can_edit else None,
        "place_url": page.page_url("place") if page.can_edit else "",
        "map_url": page_url(page.actor.workspace, page.entity, "map"),
    }  # fmt: skip
    return render_to_string("stakeholders/section_standing.html", context, request=page.request)


def lines(page: ObjectPage) -> str:
    """How they stand to others, and a way to say more."""
    if not page.actor.is_internal:
        return ""
    workspace = page.actor.workspace
    rows = [
        {
            "one": link_html(line.stakeholder, workspace),
            "other": link_html(line.other, workspace),
            "words": readings.reading_html(line.words),
            "remove_url": page.page_url("line_remove", number=line.pk)
            if page.can_edit and line.stakeholder_id == page.obj.pk else "",
        }
        for line in lines_of(page.actor, page.obj)
    ]  # fmt: skip
    context = {"rows": rows, "add_url": page.page_url("lines") if page.can_edit else ""}
    return render_to_string("stakeholders/section_lines.html", context, request=page.request)


def _drawn(event: AuditEvent, who: str, _reader: Reader) -> SafeString:
    _before, after = event.changes["line"]
    return format_html("{} {}", _("%(who)s drew a line:") % {"who": who}, after)


def _rubbed_out(event: AuditEvent, who: str, _reader: Reader) -> SafeString:
    before, _after = event.changes["line"]
    return format_html("{} {}", _("%(who)s took a line away:") % {"who": who}, before)


say("stakeholder.line_drawn", _drawn)
say("stakeholder.line_rubbed_out", _rubbed_out)
shown_elsewhere("stakeholder", *STANDING, *EXPECTATIONS, *WHO)
section("stakeholder", "body", standing, order=10)
section("stakeholder", "body", lines, order=20)
