"""The page of a part: where it is in the real world, who brings it, how soon another one comes."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.durations import duration_words
from polku.people.entities import RELATIONSHIP
from polku.portfolio.models import Component
from polku.web import formats
from polku.web.desk.addresses import object_url
from polku.web.desk.components import PER, rows_of
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.values import link_html


def real_world(page: ObjectPage) -> str:
    """Places with the day on which somebody looked; the supplier; time to replace; capacity."""
    if not page.actor.is_internal:
        return ""
    context = {
        "rows": rows_of(page), "facts": _facts(page), "page": page,
        "references_url": page.page_url("references") if page.can_edit else "",
        "supply_url": page.page_url("supply") if page.can_edit else "",
    }  # fmt: skip
    return render_to_string("parts/section_real_world.html", context, request=page.request)


def _facts(page: ObjectPage) -> list[dict[str, Any]]:
    part: Component = page.obj
    outside = part.kind == Component.Kind.SUPPLIER_SERVICE
    return [
        {"label": _("Who brings it"), "html": _supplier(page, part),
         "missing": _("nobody is named") if outside else _("nobody outside")},
        {"label": _("Time to replace it"), "html": duration_words(part.replace_time),
         "missing": _("not known")},
        {"label": _("How much there is"), "html": _capacity(part), "missing": _("not known")},
    ]  # fmt: skip


def _supplier(page: ObjectPage, part: Component) -> SafeString | str:
    tie = part.supplier_relationship
    if tie is None:
        return part.supplier_name
    workspace = page.actor.workspace
    supplier = link_html(tie.provider_party, workspace)
    if not workspace.has("relationships"):
        return supplier
    return format_html(
        '{} <span class="note">({})</span>', supplier,
        format_html('<a href="{}">{}</a>', _relationship_url(page, tie), _("our relationship")),
    )  # fmt: skip


def _relationship_url(page: ObjectPage, tie: Any) -> str:
    return object_url(page.actor.workspace, RELATIONSHIP, tie.code)


def _capacity(part: Component) -> str:
    if part.capacity is None:
        return ""
    words = f"{formats.number(part.capacity)} {part.capacity_unit}".strip()
    if not part.capacity_per:
        return words
    per = dict(PER).get(part.capacity_per) or duration_words(part.capacity_per)
    return f"{words} / {per}"


shown_elsewhere(
    "component", "real_world_ref", "supplier_relationship", "supplier_name", "replace_time",
    "capacity", "capacity_unit", "capacity_per",
)  # fmt: skip
section("component", "body", real_world, order=20)
