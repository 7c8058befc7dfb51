"""News: what a person is told, day by day; reading it off, and choosing what to hear of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from polku.insight.notices.digest import title_of
from polku.insight.notices.places import path_of, path_of_thing
from polku.kernel.actor import Actor
from polku.kernel.notices import (
    DAILY,
    NEVER,
    WEEKLY,
    Choice,
    News,
    choices_of,
    notice_kinds,
    read_news,
    visible_notices,
)
from polku.kernel.operations_notices import choose, mark_all_read, mark_read
from polku.web.context import unread_of

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One notice as it is read: name of the thing and words, or words that lead somewhere."""

    number: int
    name: str
    words: str
    url: str
    at: dt.datetime
    who: str
    is_new: bool
    things: list[dict[str, str]] = field(default_factory=list)
    more: int = 0


def notice_list(request: HttpRequest, workspace: str) -> HttpResponse:
    """My news, the newest day first; all, or what is new."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = visible_notices(actor)
    only_new = request.GET.get("show") == "new"
    page = Paginator(rows.filter(read_at__isnull=True) if only_new else rows, PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "days": _by_day(news_lines(actor, page.object_list)),
        "page": page,
        "only_new": only_new,
        "unread": rows.filter(read_at__isnull=True).count(),
        "room": "news",
    }
    return render(request, "notices/notice_list.html", context)


def new_lines(request: HttpRequest, most: int) -> list[Line]:
    """The newest unread, for Home; asks nothing where the bar says that there is none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_internal or not unread_of(request, actor):
        return []
    return news_lines(actor, visible_notices(actor).filter(read_at__isnull=True)[:most])


def news_lines(actor: Actor, notices: Iterable[Any]) -> list[Line]:
    """Notices as lines, without what the reader may not see."""
    return [_line(actor, news) for news in read_news(actor, notices)]


def _line(actor: Actor, news: News) -> Line:
    things = [] if news.obj is not None else [
        {"name": title_of(thing, actor.lang), "url": path_of_thing(thing, actor.workspace),
         "words": str(news.kind.thing_words(rest))}
        for thing, rest in news.things
    ]  # fmt: skip
    return Line(
        news.notice.pk, title_of(news.obj, actor.lang) if news.obj is not None else "", news.words,
        path_of(news, actor), news.notice.at, ", ".join(news.who), news.is_new,
        things, 0 if news.obj is not None else news.more,
    )  # fmt: skip


def _by_day(lines: Iterable[Line]) -> list[dict[str, Any]]:
    days: dict[dt.date, list[Line]] = {}
    for line in lines:
        days.setdefault(timezone.localtime(line.at).date(), []).append(line)
    return [{"day": day, "lines": own} for day, own in days.items()]


@require_POST
def notice_read(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """One is read; whoever opened what it is about needs no other page."""
    mark_read(request.actor, number)  # type: ignore[attr-defined]
    if request.headers.get("X-Polku-Quiet"):
        return HttpResponse(status=204)
    return _back(request, workspace)


@require_POST
def notice_read_all(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything is read."""
    n = mark_all_read(request.actor)  # type: ignore[attr-defined]
    words = ngettext("%(n)d marked as read.", "%(n)d marked as read.", n)
    messages.success(request, words % {"n": n})
    return _back(request, workspace)


def _back(request: HttpRequest, workspace: str) -> HttpResponse:
    to = redirect("notice_list", workspace=workspace)
    if request.POST.get("show") == "new":
        to["Location"] += "?show=new"
    return to


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: HttpRequest, workspace: str) -> HttpResponse:
    """What I hear of: each kind here, by mail, both or not at all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        choose(actor, _chosen(request))
        messages.success(request, _("Saved."))
        return redirect("notice_choices", workspace=workspace)
    rows = [_choice(choice) for choice in choices_of(actor)]
    user: Any = request.user
    context = {"rows": rows, "email": user.email, "room": "news"}
    return render(request, "notices/notice_choices.html", context)


def _chosen(request: HttpRequest) -> dict[str, dict[str, Any]]:
    return {
        kind.code: {
            "in_app": f"{kind.code}-here" in request.POST,
            "mail": request.POST.get(f"{kind.code}-mail", NEVER),
        }
        for kind in notice_kinds()
    }


def _choice(choice: Choice) -> dict[str, Any]:
    words = {
        NEVER: _("never"),
        DAILY: _("at once") if choice.kind.at_once else _("every morning"),
        WEEKLY: _("every Monday"),
    }
    options = [(code, words[code], code == choice.mail) for code in choice.kind.mails]
    return {"kind": choice.kind, "in_app": choice.in_app, "options": options}
