"""One mail with the news of one person in one workspace: text and simple HTML, in their words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from polku.insight.notices.places import path_of, path_of_thing, stop_address, whole
from polku.kernel.actor import Actor, actor_of
from polku.kernel.models import Notification
from polku.kernel.notices import News, NoticeKind, notice_kinds, read_news
from polku.kernel.operations_notices import grown
from polku.tenancy.models import Membership
from polku.tenancy.translated import Translated

MOST_LINES = 15
MOST_IN_SUBJECT = 3


@dataclass(frozen=True)
class Line:
    """One line of the mail: ``name`` of the thing (if it is about one), words, where to go."""

    name: str
    words: str
    address: str
    who: str = ""
    things: tuple["Line", ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Group:
    """Lines of one kind; ``more`` of them stand in Polku only."""

    title: str
    lines: list[Line]
    more: int = 0


def compose(
    membership: Membership, notices: Iterable[Notification]
) -> EmailMultiAlternatives | None:
    """The mail about these notices; None when nothing of them may be read (any more)."""
    actor = actor_of(membership, "task")
    zone = ZoneInfo(membership.workspace.timezone)
    with translation.override(actor.lang), timezone.override(zone):
        news = joined(read_news(actor, notices))
        return _mail(actor, membership, news) if news else None


def joined(news: Iterable[News]) -> list[News]:
    """Counts of several days as one; all in the order of the kinds, each with the newest first."""
    counted: dict[str, News] = {}
    single: list[News] = []
    for one in news:
        if one.obj is not None and one.notice.object_id is not None:
            single.append(one)
        elif one.kind.code in counted:
            counted[one.kind.code] = _both(counted[one.kind.code], one)
        else:
            counted[one.kind.code] = one
    places = {kind.code: place for place, kind in enumerate(notice_kinds())}
    single.sort(key=lambda one: one.notice.at, reverse=True)
    return sorted([*counted.values(), *single], key=lambda one: places[one.kind.code])


def _both(first: News, second: News) -> News:
    parameters = grown(first.notice.parameters, second.notice.parameters)
    notice = Notification(kind=first.notice.kind, at=max(first.notice.at, second.notice.at),
                          parameters=parameters)  # fmt: skip
    things = {
        (thing._meta.db_table, thing.pk): (thing, rest)
        for thing, rest in (*first.things, *second.things)
    }
    only = next(iter(things.values()))[0] if parameters["n"] == 1 and things else None
    return replace(first, notice=notice, obj=only, things=tuple(things.values())[:3])


def _mail(actor: Actor, membership: Membership, news: list[News]) -> EmailMultiAlternatives:
    where = " ".join(membership.workspace.name.reading(actor.lang).text.split())
    stop = stop_address(membership)
    slug = {"workspace": membership.workspace.slug}
    context = {
        "lang": actor.lang, "where": where, "name": actor.name.split()[0] if actor.name else "",
        "groups": _groups(actor, news), "stop": stop,
        "all": whole(reverse("notice_list", kwargs=slug)),
        "choices": whole(reverse("notice_choices", kwargs=slug)),
    }  # fmt: skip
    mail = EmailMultiAlternatives(
        subject=f"{where}: {_subject(news)}"[:180],
        body=render_to_string("insight/news_mail.txt", context).strip() + "\n",
        to=[membership.user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("insight/news_mail.html", context), "text/html")
    return mail


def _subject(news: list[News]) -> str:
    """How much of what, the first three kinds."""
    n: dict[str, int] = {}
    for one in news:
        n[one.kind.code] = n.get(one.kind.code, 0) + (1 if one.notice.object_id else one.n)
    counts = [str(kind.brief % {"n": n[kind.code]}) for kind in notice_kinds() if kind.code in n]
    shown = ", ".join(counts[:MOST_IN_SUBJECT])
    return _("%(counts)s and more") % {"counts": shown} if counts[MOST_IN_SUBJECT:] else shown


def _groups(actor: Actor, news: list[News]) -> list[Group]:
    by_kind: dict[str, list[News]] = {}
    for one in news:
        by_kind.setdefault(one.kind.code, []).append(one)
    return [_group(actor, own[0].kind, own) for own in by_kind.values()]


def _group(actor: Actor, kind: NoticeKind, news: list[News]) -> Group:
    lines = [_line(actor, one) for one in news[:MOST_LINES]]
    return Group(str(kind.label), lines, len(news) - len(lines))


def _line(actor: Actor, news: News) -> Line:
    room = actor.workspace
    things = () if news.obj is not None else tuple(
        Line(title_of(thing, actor.lang), str(news.kind.thing_words(rest)),
             whole(path_of_thing(thing, room)))
        for thing, rest in news.things
    )  # fmt: skip
    name = title_of(news.obj, actor.lang) if news.obj is not None else ""
    return Line(name, news.words, whole(path_of(news, actor)), ", ".join(news.who), things,
                0 if news.obj is not None else news.more)  # fmt: skip


def title_of(obj: Any, lang: str) -> str:
    """The name of a thing in a language, or in the one it was written in.

    A name that is a sentence loses its full stop: more words follow.
    """
    title = getattr(obj, obj.title_field)
    text = title.reading(lang).text if isinstance(title, Translated) else str(obj.title)
    return text.removesuffix(".")
