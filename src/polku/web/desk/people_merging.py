"""The page on which two parties are made one: choose the other, see what would move, merge."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, PolkuError, Refused, require
from polku.kernel.finding import alike
from polku.kernel.listing import listing
from polku.kernel.queries import visible
from polku.people.entities import PARTY
from polku.people.merging import hold_mergeable, plan_merge
from polku.people.operations import merge_parties
from polku.people.policy import may_merge
from polku.tenancy.models import Party
from polku.web.desk.addresses import page_url
from polku.web.desk.objects import ObjectPage, fetch, page_template, section
from polku.web.desk.objects_sections import shown_elsewhere
from polku.web.desk.values import link_html

OFFERED = 30


def party_merge(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Choose who is the same; then see what comes here from there, and merge."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, PARTY, fetch(actor, PARTY, code))
    require(may_merge(actor, page.obj))
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("other", "").strip().upper()
    other = visible(actor, Party).filter(code=wanted[:20]).first() if wanted else None
    if wanted and other is None:
        problem = _("There is no “%(code)s” here.") % {"code": wanted[:40]}
        return _choose(request, page, problem, 422 if request.method == "POST" else 200)
    if other is None or "look" in request.GET:
        empty = request.method == "POST"
        problem = _("Choose the other one. Nothing was merged.") if empty else ""
        return _choose(request, page, problem, 422 if empty else 200)
    if request.method == "POST":
        return _merge(request, page, other)
    return _confirm(request, page, other)


def _merge(request: HttpRequest, page: ObjectPage, other: Party) -> HttpResponse:
    post = request.POST
    read = {party.code: post.get(f"revision-{party.code}", "") for party in (page.obj, other)}
    revisions = {code: int(n) for code, n in read.items() if n.isdecimal() and len(n) < 10}
    try:
        merge_parties(page.obj, other, by=page.actor, revisions=revisions, why=post.get("why", ""))
    except Conflict as error:
        page.obj.refresh_from_db()
        other.refresh_from_db()
        return _confirm(request, page, other, str(error), 409)
    except (BadInput, Refused) as error:
        return _confirm(request, page, other, _told(error), error.status)
    words = {"other": other.name, "name": page.obj.name}
    messages.success(request, _("“%(other)s” and “%(name)s” are one now.") % words)
    return redirect(page.url)


def _told(error: PolkuError) -> str:
    if isinstance(error, BadInput):
        return " ".join(str(words) for words in error.fields.values())
    return str(error)


def _refusal(page: ObjectPage, other: Party) -> str:
    try:
        hold_mergeable(page.obj, other)
    except (BadInput, Refused) as error:
        return _told(error)
    answer = may_merge(page.actor, page.obj, other)
    return str(answer.reason)


def _choose(request: HttpRequest, page: ObjectPage, problem: str, status: int) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    rows = _offered(page, words)
    context = {
        "page": page, "object": page.obj, "words": words, "problem": problem,
        "rows": [_line(page, row) for row in rows[:OFFERED]], "more": len(rows) > OFFERED,
    }  # fmt: skip
    return render(request, "people/party_merge_choose.html", context, status=status)


def _offered(page: ObjectPage, words: str) -> list[Party]:
    """Others that are in use; those of nearly the same name first."""
    rows: Any = listing(page.actor, PARTY, {"q": words} if words else {}).rows
    found: list[Party] = [] if words else alike(page.actor, PARTY, page.obj.name)
    found += rows.select_related("parent")[: OFFERED + 2]
    others = {row.pk: row for row in found if row.pk != page.obj.pk}
    return list(others.values())[: OFFERED + 1]


def _line(page: ObjectPage, party: Party) -> dict[str, Any]:
    party.workspace = page.actor.workspace
    return {
        "code": party.code, "name": party.name, "link": link_html(party, page.actor.workspace),
        "kind": party.get_kind_display(), "aliases": ", ".join(map(str, party.aliases)),
    }  # fmt: skip


def _confirm(
    request: HttpRequest, page: ObjectPage, other: Party, problem: str = "", status: int = 200
) -> HttpResponse:
    other.workspace = page.actor.workspace
    refusal = _refusal(page, other)
    workspace = page.actor.workspace
    context = {
        "page": page, "object": page.obj, "other": other, "line": _line(page, other),
        "problem": problem or refusal, "refused": bool(refusal),
        "plan": None if refusal else plan_merge(page.obj, other, by=page.actor),
        "swap_url": page_url(workspace, PARTY, "merge", code=other.code),
        "why": request.POST.get("why", ""),
        "revisions": [(party.code, party.revision) for party in (page.obj, other)],
    }  # fmt: skip
    return render(request, "people/party_merge.html", context, status=status)


def one_or_several(page: ObjectPage) -> str:
    """Who was merged into this one, and the way to merge another."""
    if not page.actor.is_internal or page.obj.merged_into_id is not None:
        return ""
    rows = visible(page.actor, Party, archived=True).filter(merged_into=page.obj)
    context = {
        "merged": [link_html(row, page.actor.workspace) for row in rows.order_by("id")],
        "merge_url": page.page_url("merge")
        if page.can_edit and may_merge(page.actor, page.obj) else "",
    }  # fmt: skip
    return render_to_string("people/section_one_or_several.html", context)


shown_elsewhere("party", "merged_into")
page_template("party", "people/party_detail.html")
section("party", "body", one_or_several, order=60)
