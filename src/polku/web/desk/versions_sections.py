"""Versions on the page of their service, and what is in one on its own page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from polku.kernel.clock import today_in
from polku.kernel.policy import may_create
from polku.portfolio.entities import REQUIREMENT, VERSION
from polku.portfolio.models import ProductVersion
from polku.portfolio.releases import Planned, contents_of, versions_of
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.moves_sections import NATURAL
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.objects_head import editable
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.values import link_html, state_html

# What a version that is made to learn says; the mark comes last, once the rest is there
BET = ("hypothesis", "learning_measure", "decide_by", "is_mvp")
FORMER = frozenset({"superseded", "withdrawn"})


def versions(page: ObjectPage) -> str:
    """On the page of a service: which version is live, what comes, what was."""
    if not page.actor.is_internal:
        return ""
    on = page.actor.workspace.has("releases")
    rows = versions_of(page.actor, page.obj)
    if not on and not rows:
        return ""
    shown = [_row(page, row) for row in rows]
    may = on and bool(may_create(page.actor, VERSION)) and not page.obj.archived
    create = page_url(page.actor.workspace, VERSION, "create")
    context = {
        "now": [row for row in shown if row["version"].release_state not in FORMER],
        "former": [row for row in shown if row["version"].release_state in FORMER],
        "add_url": f"{create}?product={page.obj.code}" if may else "",
    }  # fmt: skip
    return render_to_string("versions/section_versions.html", context)


def _row(page: ObjectPage, row: Planned) -> dict[str, Any]:
    version = row.version
    today = today_in(page.actor.workspace)
    late = bool(version.is_mvp and version.decide_by and version.decide_by < today)
    return {
        "version": version, "state": state_html(VERSION, version.release_state),
        "url": object_url(page.actor.workspace, VERSION, version.code),
        "opens": row.step.effective_on if row.step and row.step.to_state == "live" else None,
        "late": late and version.release_state not in FORMER,
    }  # fmt: skip


def contents(page: ObjectPage) -> str:
    """On the page of a version: the wishes in it, and the bet when it is made to learn."""
    version: ProductVersion = page.obj
    if not page.actor.is_internal:
        return ""
    wishes = contents_of(page.actor, version)
    live = version.release_state == ProductVersion.ReleaseState.LIVE
    open_ = [wish for wish in wishes if wish.state == "will_do"]
    context = {
        "wishes": [
            {"link": link_html(wish, page.actor.workspace), "wish": wish,
             "state": state_html(REQUIREMENT, wish.state)}
            for wish in wishes
        ],
        "version": version, "open": len(open_) if live else 0,
        "done_url": page.page_url("wishes_done") if live and open_ and page.may_change else "",
        "tie_url": f"{page.page_url('tie_create')}?way=L02-from" if page.can_edit else "",
        "bet": [editable(page, name) for name in BET], "late": _late(page),
    }  # fmt: skip
    return render_to_string("versions/section_contents.html", context, request=page.request)


def _late(page: ObjectPage) -> bool:
    """Whether the day by which one wanted to decide has passed."""
    version: ProductVersion = page.obj
    day = version.decide_by if version.is_mvp and version.release_state not in FORMER else None
    return day is not None and day < today_in(page.actor.workspace)


def version_days(page: ObjectPage) -> str:
    """In the head: of which service, for which market, from when to when."""
    context = {"version": page.obj, "product": link_html(page.obj.product, page.actor.workspace)}
    return render_to_string("versions/head_facts.html", context)


def version_verbs(page: ObjectPage) -> str:
    """Beside the steps: bringing a former version back."""
    former = page.obj.release_state in FORMER
    if not former or page.obj.archived or not may_create(page.actor, VERSION):
        return ""
    return format_html(
        '<a class="button" href="{}">{}</a>', page.page_url("bring_back"), _("Bring it back")
    )


NATURAL["product_version"] = {"draft": "candidate", "candidate": "live"}
shown_elsewhere("product_version", "product", "market", "live_from", "live_to", *BET)
section("service_product", "body", versions, order=25)
section("product_version", "head_facts", version_days)
section("product_version", "next_step", version_verbs, order=60)
section("product_version", "body", contents, order=10)
