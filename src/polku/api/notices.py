"""One's own news, and what one wants to hear of; nobody reads anybody else's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import answer, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import asked, hold_empty
from polku.api.shapes import ChoicesIn
from polku.insight.notices.digest import title_of
from polku.insight.notices.places import path_of, whole
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound
from polku.kernel.notices import Choice, News, choices_of, read_news, visible_notices
from polku.kernel.operations_notices import choose, mark_all_read, mark_read


def list_notices(request: HttpRequest) -> HttpResponse:
    """The caller's own news, the newest first; with unread=true what is new alone."""
    actor = who(request)
    page, query = asked(request)
    unread = query.pop("unread", "false")
    hold_empty(query)
    if unread not in {"true", "false"}:
        raise BadInput({"unread": _("Choose one of: %(codes)s.") % {"codes": "true, false"}})
    rows = visible_notices(actor)
    rows = rows.filter(read_at__isnull=True) if unread == "true" else rows
    items = [_plain(actor, news) for news in read_news(actor, rows[page.offset : page.end])]
    return page.answer(items, rows.count())


def _plain(actor: Actor, news: News) -> dict[str, Any]:
    return {
        "id": news.notice.pk, "kind": news.kind.code,
        "title": title_of(news.obj, actor.lang) if news.obj is not None else "",
        "words": news.words, "code": news.obj.code if news.obj is not None else None,
        "n": news.n, "things": [thing.code for thing, _rest in news.things],
        "by": list(news.who), "at": news.notice.at, "read_at": news.notice.read_at,
        "url": whole(path_of(news, actor)),
    }  # fmt: skip


def read_notice(request: HttpRequest, number: str) -> HttpResponse:
    """The caller has read one."""
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise NotFound
    actor = who(request)
    notice = mark_read(actor, int(number))
    return answer({"id": notice.pk, "read_at": notice.read_at})


def read_all_notices(request: HttpRequest) -> HttpResponse:
    """The caller has read everything."""
    return answer({"read": mark_all_read(who(request))})


def list_choices(request: HttpRequest) -> HttpResponse:
    """What the caller hears of, and how."""
    return _told(choices_of(who(request)))


def set_choices(request: HttpRequest) -> HttpResponse:
    """Say how to hear of the kinds named; the others stay."""
    sent = shaped(ChoicesIn, read_json(request))
    return _told(choose(who(request), {row.kind: row.said() for row in sent.items}))


def _told(choices: list[Choice]) -> HttpResponse:
    items = [
        {"kind": row.kind.code, "label": str(row.kind.label), "in_app": row.in_app,
         "mail": row.mail, "mails": list(row.kind.mails)}
        for row in choices
    ]  # fmt: skip
    return answer({"items": items, "count": len(items), "next": None})
