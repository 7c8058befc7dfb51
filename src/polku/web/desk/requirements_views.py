"""The six ways to look at wishes, by name on their list; and wishes in groups, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, Sentence, require
from polku.kernel.policy import may_read_inside
from polku.portfolio.entities import REQUIREMENT, VERSION
from polku.portfolio.models import Requirement
from polku.portfolio.queries import visible_requirements
from polku.portfolio.wish_groups import OPEN_STATES, WAYS, Group, groups_of
from polku.web.desk.addresses import list_url
from polku.web.desk.lists_filters import clean_query
from polku.web.desk.lists_rows import Paint, Row, special_cell
from polku.web.desk.lists_views import named_views
from polku.web.desk.objects_head import say_state
from polku.web.desk.values import link_html, state_html
from polku.web.templatetags.polku import state

PER_PAGE, SHOWN = 50, 10
OPEN = ",".join(OPEN_STATES)
GROUPS: Mapping[str, Sentence] = {
    "service": gettext_lazy("By service"),
    "release": gettext_lazy("By version"),
    "giver": gettext_lazy("By who asked"),
}
LISTS: tuple[tuple[Sentence, dict[str, str]], ...] = (
    (gettext_lazy("Oldest unanswered"), {"state": "asked", "sort": "raised_on"}),
    (gettext_lazy("Must, in no version"), {"state": OPEN, "priority": "must", "version": "none"}),
    (gettext_lazy("Never seen to be met"), {"state": "done", "without": "verified_on"}),
)
NOWHERE: Mapping[str, Sentence] = {
    "service": gettext_lazy("Asks it of no service"),
    "release": gettext_lazy("In no version"),
    "giver": gettext_lazy("Nobody is named"),
}


def views_of_wishes(actor: Actor, query: Mapping[str, str], by: str = "") -> list[dict[str, Any]]:
    """All of them, in groups, and those that wait for something; what is looked at is marked.

    Ways that go by versions stand there only where versions are in use.
    """
    if not actor.is_internal:
        return []
    address = list_url(actor.workspace, REQUIREMENT)
    versions = actor.workspace.has(VERSION.feature)
    asked = {name: value for name, value in query.items() if name != "page"}
    found = [{"label": _("All"), "url": address, "current": not by and not asked}]
    found += [
        {"label": words, "url": _groups_url(actor, name), "current": name == by}
        for name, words in GROUPS.items()
        if versions or name != "release"
    ]
    found += [
        {"label": words, "url": f"{address}?{urlencode(keys)}", "current": asked == keys}
        for words, keys in LISTS
        if versions or "version" not in keys
    ]
    return found


def _groups_url(actor: Actor, by: str) -> str:
    return reverse("requirement_groups", kwargs={"workspace": actor.workspace.slug, "by": by})


@dataclass(frozen=True)
class Shown:
    """One group as the page shows it: its head, its first wishes, and where the others are."""

    head: SafeString | str
    words: str
    open: int
    wishes: list[dict[str, Any]]
    more: int
    url: str


def requirement_groups(request: HttpRequest, workspace: str, by: str) -> HttpResponse:
    """Wishes by service, by version or by who asked, with how many there are in each group."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    if by not in WAYS:
        raise NotFound
    query = {name: value for name, value in clean_query(REQUIREMENT, request.GET).items()
             if name not in {"page", "as_of"}}  # fmt: skip
    page = Paginator(groups_of(actor, by, query), PER_PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name, value in query.items() if name != "state"}
    context = {
        "entity": REQUIREMENT, "page": page, "groups": _shown(actor, by, page, query),
        "views": views_of_wishes(actor, query, by), "name": GROUPS[by],
        "only_open": query.get("state") == OPEN, "list_url": list_url(actor.workspace, REQUIREMENT),
        "open_query": urlencode({**kept, "state": OPEN}), "all_query": urlencode(kept),
    }  # fmt: skip
    return render(request, "requirements/requirement_groups.html", context)


def _shown(actor: Actor, by: str, page: Any, query: Mapping[str, str]) -> list[Shown]:
    groups: list[Group] = list(page.object_list)
    numbers = {number for group in groups for number in group.numbers[:SHOWN]}
    rows = visible_requirements(actor, archived=True).filter(pk__in=numbers)
    wishes = {row.pk: row for row in rows.select_related("workspace")}
    address = list_url(actor.workspace, REQUIREMENT)
    found = []
    for group in groups:
        code = group.of.code if group.of else "none"
        lines = [
            {"link": link_html(wishes[number], actor.workspace), "state": said(wishes[number]),
             "on": wishes[number].raised_on}
            for number in group.numbers[:SHOWN]
        ]  # fmt: skip
        head = link_html(group.of, actor.workspace) if group.of else str(NOWHERE[by])
        keys = urlencode({**query, WAYS[by].filter: code})
        words = REQUIREMENT.words.count(group.count, actor.vocabulary)
        found.append(Shown(head, words, group.open, lines, group.count - len(lines),
                           f"{address}?{keys}"))  # fmt: skip
    return found


def said(wish: Requirement, *, strong: bool = False) -> SafeString:
    """The state of a wish; of one that was split or merged, that it was."""
    if wish.goes_on and wish.state == Requirement.State.WILL_NOT_DO:
        return _gone_on(wish.goes_on, strong=strong)
    return state_html(REQUIREMENT, wish.state, strong=strong)


def _gone_on(goes_on: str, *, strong: bool = False) -> SafeString:
    word = _("split") if goes_on == "parts" else _("merged")
    return state("plain", word[:1].upper() + word[1:] if strong else word, "life-ended", strong)


def _state_cell(row: Row, plain: Paint) -> str:
    if row["goes_on"] and row["state"] == Requirement.State.WILL_NOT_DO:
        return _gone_on(row["goes_on"])
    return plain(row)


special_cell("requirement", "state", _state_cell, reads=("goes_on",))
say_state("requirement", said)
named_views("requirement", views_of_wishes)
