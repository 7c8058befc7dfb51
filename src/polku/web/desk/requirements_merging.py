"""The page on which other wishes are merged into one: choose them, say what holds, merge."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotAllowed, PolkuError, Refused, require
from polku.kernel.links import live_links
from polku.kernel.listing import listing
from polku.kernel.policy import may_change
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.merging import Plan, plan_merge
from polku.portfolio.models import Requirement
from polku.portfolio.operations import Unanswered, merge_wishes
from polku.portfolio.operations.merging import MOST
from polku.portfolio.operations.splitting import hold_open
from polku.portfolio.queries import visible_requirements
from polku.portfolio.telling import givers_of
from polku.portfolio.wish_groups import OPEN_STATES
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import link_html, state_html, title_text

OFFERED = 30


def requirement_merge(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Choose the wishes that ask for the same; then say what holds where they differ."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, REQUIREMENT, fetch(actor, REQUIREMENT, code))
    require(page.may_change)
    given = request.POST if request.method == "POST" else request.GET
    codes = [text.strip().upper() for text in given.getlist("other") if text.strip()][: MOST + 1]
    others, problem = _others(actor, codes), ""
    if len(others) < len(set(codes)):
        problem = _("One of them is not here. Nothing was merged: choose again.")
    if request.method == "POST" and not problem:
        return _merge(request, page, others)
    problem = problem or _closed([page.obj, *others])
    if not others or problem or "look" in request.GET:
        refused = request.method == "POST" and problem
        return _choose(request, page, others, problem, 422 if refused else 200)
    return _confirm(request, page, plan_merge(page.obj, others, by=actor))


def _others(actor: Actor, codes: Sequence[str]) -> list[Requirement]:
    rows = visible_requirements(actor).filter(code__in=codes).select_related("raised_by_party")
    return list(rows.order_by("id"))


def _closed(wishes: Sequence[Requirement]) -> str:
    try:
        for wish in wishes:
            hold_open(wish)
    except Refused as error:
        return str(error)
    return ""


def _merge(request: HttpRequest, page: ObjectPage, others: list[Requirement]) -> HttpResponse:
    post = request.POST
    answers = {name: value for name, value in _named(post, "answer-").items() if value}
    read = _named(post, "revision-")
    revisions = {name: int(n) for name, n in read.items() if n.isdecimal() and len(n) < 10}
    try:
        merge_wishes(page.obj, others, by=page.actor, answers=answers, revisions=revisions,
                     why=post.get("why", ""))  # fmt: skip
    except Unanswered as error:
        return _confirm(request, page, error.plan, str(error.message), 422)
    except (BadInput, NotAllowed) as error:
        return _choose(request, page, others, _told(error), error.status)
    except Conflict as error:
        page.obj.refresh_from_db()
        fresh = _others(page.actor, [wish.code for wish in others])
        return _confirm(request, page, plan_merge(page.obj, fresh, by=page.actor), str(error), 409)
    except Refused as error:
        return _choose(request, page, [], str(error), 409)
    words = {"codes": ", ".join(wish.code for wish in others), "code": page.obj.code}
    messages.success(request, _("%(codes)s merged into %(code)s.") % words)
    return redirect(page.url)


def _named(post: QueryDict, start: str) -> dict[str, str]:
    return {name.removeprefix(start): str(value) for name, value in post.items()
            if name.startswith(start)}  # fmt: skip


def _told(error: PolkuError) -> str:
    if isinstance(error, BadInput):
        return " ".join(str(words) for words in error.fields.values())
    return str(error)


def _choose(
    request: HttpRequest, page: ObjectPage, chosen: list[Requirement], problem: str, status: int
) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    rows = _offered(page, words, chosen)
    context = {
        "page": page, "object": page.obj, "words": words, "problem": problem,
        "rows": [_line(page, wish, chosen) for wish in [*chosen, *rows[:OFFERED]]],
        "more": len(rows) > OFFERED, "closed": _closed([page.obj]),
    }  # fmt: skip
    return render(request, "requirements/requirement_merge_choose.html", context, status=status)


def _offered(page: ObjectPage, words: str, chosen: list[Requirement]) -> list[Requirement]:
    """Open wishes: those that hang on the same things first."""
    actor, wish = page.actor, page.obj
    rows: Any = listing(actor, REQUIREMENT, {"q": words} if words else {}).rows
    rows = rows.filter(state__in=OPEN_STATES).exclude(pk__in=[wish.pk, *(r.pk for r in chosen)])
    if actor.role == "member":
        rows = rows.filter(owner_party=actor.party_id)
    mine = live_links(actor).filter(from_kind="requirement", from_id=wish.pk)
    alike = Q()
    for kind, number in mine.values_list("to_kind", "to_id"):
        alike |= Q(to_kind=kind, to_id=number)
    near = live_links(actor).filter(alike, from_kind="requirement") if alike else None
    if near is not None:
        rows = rows.annotate(
            far=Case(When(pk__in=near.values("from_id"), then=Value(0)), default=Value(1),
                     output_field=IntegerField())
        ).order_by("far", "sort_title", "id")  # fmt: skip
    return list(rows.select_related("raised_by_party")[: OFFERED + 1])


def _line(page: ObjectPage, wish: Requirement, chosen: Sequence[Requirement]) -> dict[str, Any]:
    wish.workspace = page.actor.workspace
    return {
        "code": wish.code, "link": link_html(wish, page.actor.workspace), "title": title_text(wish),
        "state": state_html(REQUIREMENT, wish.state), "chosen": wish in chosen,
        "giver": wish.raised_by_party.name if wish.raised_by_party else "",
        "may": bool(may_change(page.actor, wish)),
    }  # fmt: skip


def _confirm(
    request: HttpRequest, page: ObjectPage, plan: Plan, problem: str = "", status: int = 200
) -> HttpResponse:
    post = request.POST
    questions = [
        {"name": question.name, "label": question.label,
         "missing": bool(post) and post.get(f"answer-{question.name}") not in question.values,
         "options": [(option, post.get(f"answer-{question.name}") == option.value)
                     for option in question.options]}
        for question in plan.questions
    ]  # fmt: skip
    givers = dict.fromkeys(party.name for wish in plan.all for party in givers_of(wish))
    context = {
        "page": page, "object": page.obj, "plan": plan, "questions": questions,
        "problem": problem, "givers": list(givers), "why": post.get("why", ""),
        "rows": [_line(page, wish, plan.others) for wish in plan.others],
        "revisions": [(wish.code, wish.revision) for wish in plan.all],
    }  # fmt: skip
    return render(request, "requirements/requirement_merge.html", context, status=status)
