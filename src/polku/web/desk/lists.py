"""The list of any kind of thing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.events import ask
from polku.kernel.finding import kinds_for
from polku.kernel.history import states_on
from polku.kernel.listing import NOTHING, Listing, listing
from polku.kernel.policy import may_create
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.web import navigation
from polku.web.desk.addresses import list_url
from polku.web.desk.lists_filters import Filters, clean_query, day_of, filters_of, narrowed
from polku.web.desk.lists_rows import (
    Rows,
    columns_needed,
    labels_for,
    list_fields,
    rows_html,
    table_heads,
)
from polku.web.desk.lists_views import views_by_name

PER_PAGE = 100
INSIDE = frozenset({"archived", "as_of"})
EXPORTS = (
    ("xlsx", gettext_lazy("XLSX, comes back unchanged")),
    ("csv", gettext_lazy("CSV")),
    ("json", gettext_lazy("Data file")),
)


def object_list(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """Things of one kind: filters and order in the address, a hundred a page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    query = clean_query(entity, request.GET)
    if not actor.is_internal:
        query = {name: value for name, value in query.items() if name not in INSIDE}
    if any(not str(value).strip() for value in request.GET.values()):
        return redirect(_address(actor, entity, query))
    day = day_of(query.get("as_of", "")) if entity.machine else None
    states = _states_then(actor, entity, day)
    found = _listing(actor, entity, query, states)
    page = Paginator(found.rows.values(*columns_needed(actor, entity)), PER_PAGE).get_page(
        query.get("page")
    )
    filters = filters_of(actor, entity, query, day)
    rows = _rows(actor, entity, page, states, filters)
    context = {
        "entity": entity, "page": page, "filters": filters, "sort": query.get("sort", ""),
        "heads": table_heads(rows, found.sort), "rows": rows_html(rows) if rows.rows else "",
        "count": _count(actor, entity, page), "views": views_nav(actor, entity),
        "query": _kept(query), "named": views_by_name(actor, entity, query),
        "exports": exports(actor, entity, query), "today_url": _without(query, "as_of"),
        "is_filtered": found.is_filtered or filters.archived,
        "narrowed": narrowed(entity, query),
        "empty": {} if rows.rows else _empty(actor, entity, filters, found),
        **_verbs(actor, entity),
    }  # fmt: skip
    return render(request, "lists/object_list.html", context)


def _address(actor: Actor, entity: Entity, query: Mapping[str, str]) -> str:
    address = list_url(actor.workspace, entity)
    return f"{address}?{urlencode(query)}" if query else address


def _states_then(actor: Actor, entity: Entity, day: dt.date | None) -> dict[int, str] | None:
    if day is None or not actor.is_internal:
        return None
    return {number: placed.state for number, placed in states_on(actor, entity, day).items()}


def _listing(
    actor: Actor, entity: Entity, query: Mapping[str, str], states: dict[int, str] | None
) -> Listing:
    """The rows; with a day, the filter by state asks for the states of that day."""
    wanted = query.get(entity.state_field, "") if states is not None else ""
    if states is None or not wanted:
        return listing(actor, entity, query)
    rest = {name: value for name, value in query.items() if name != entity.state_field}
    found = listing(actor, entity, rest)
    codes = {"" if code == NOTHING else code for code in wanted.split(",")}
    numbers = [number for number, state in states.items() if state in codes]
    kept = found.rows.filter(pk__in=numbers)
    return Listing(entity, kept, {**found.filters, "state": wanted}, found.words, found.sort)


def _rows(
    actor: Actor, entity: Entity, page: Any, states: dict[int, str] | None, filters: Filters
) -> Rows:
    rows = list(page.object_list)
    labels = labels_for(actor, list_fields(actor, entity), rows, filters.names)
    return Rows(actor, entity, rows, labels, _loose_ends(actor, entity, rows), states)


def _loose_ends(actor: Actor, entity: Entity, rows: list[Any]) -> dict[int, int] | None:
    """Counts by inner number, from whoever answers ``loose_end_counts``; None when nobody does."""
    if not actor.is_internal or not rows:
        return None
    numbers = [row["pk"] for row in rows]
    told = ask("loose_end_counts", actor=actor, kind=entity.kind, numbers=numbers)
    return {number: n for counts in told for number, n in counts.items()} if told else None


def _count(actor: Actor, entity: Entity, page: Any) -> str:
    return entity.words.count(page.paginator.count, actor.vocabulary)


def views_nav(actor: Actor, entity: Entity | None, page: str = "") -> list[dict[str, Any]]:
    """The ways through a room: services as board or list, then its other lists.

    *entity* is the kind whose list is shown; *page* the URL name of a page that is no list.
    """
    room = navigation.room_of(actor, f"{entity.page_name}_list" if entity else page)
    order = list(room.pages) if room else []
    lists = [
        row for row in kinds_for(actor)
        if row.page_name in order and navigation.room_of(actor, f"{row.page_name}_list") is room
    ]  # fmt: skip
    lists.sort(key=lambda row: order.index(row.page_name))
    found = [_view(actor, row, entity, page) for row in lists]
    board = navigation.url_or_none("service_board", actor.workspace)
    if board and any(row.kind == "service_product" for row in lists):
        words = _("Board")
        found.insert(0, {"label": words, "url": board, "current": page == "service_board"})
        wall = navigation.url_or_none("wall", actor.workspace)
        found.insert(2, {"label": _("Wall"), "url": wall, "current": page == "wall"})
    return found if len(found) > 1 else []


def _label(actor: Actor, row: Entity) -> str:
    board = navigation.url_or_none("service_board", actor.workspace)
    if row.kind == "service_product" and board:
        return _("List")
    return row.words.phrase("many", actor.vocabulary)


# Kinds whose way in is a picture of them all and not their list
FRONTS = {
    "persona": "persona_cards", "stakeholder": "stakeholder_map",
    "touchpoint": "touchpoint_library",
}  # fmt: skip


def _view(actor: Actor, row: Entity, entity: Entity | None, page: str) -> dict[str, Any]:
    front = FRONTS.get(row.kind, "") if actor.is_internal or row.kind == "persona" else ""
    url = navigation.url_or_none(front, actor.workspace) if front else ""
    return {
        "label": _label(actor, row), "url": url or list_url(actor.workspace, row),
        "current": row is entity or (front and page == front),
    }  # fmt: skip


def exports(actor: Actor, entity: Entity, query: Mapping[str, str]) -> list[dict[str, str]]:
    """Where the list leaves as a file, with the filters in use; nothing where no such page is."""
    address = navigation.url_or_none("export_list", actor.workspace, plural=entity.plural)
    kept = {name: value for name, value in query.items() if name != "page"}
    return [
        {"label": str(label), "url": f"{address}?{urlencode({'format': form, **kept})}"}
        for form, label in EXPORTS
        if address
    ]


def _kept(query: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in query.items() if name != "page"})


def _without(query: Mapping[str, str], gone: str) -> str:
    kept = {name: value for name, value in query.items() if name not in {gone, "page"}}
    return f"?{urlencode(kept)}"


def _verbs(actor: Actor, entity: Entity) -> dict[str, Any]:
    name = entity.page_name
    can_be_made = entity.changeable and bool(entity.creators)
    imports = entity.sheet and actor.is_internal
    return {
        "create_url": navigation.url_or_none(f"{name}_create", actor.workspace)
        if can_be_made else "",
        "may_create": may_create(actor, entity),
        "import_url": navigation.url_or_none("import_start", actor.workspace) if imports else "",
    }  # fmt: skip


def _empty(actor: Actor, entity: Entity, filters: Filters, found: Listing) -> dict[str, Any]:
    """What to do first when there is nothing at all; what would fit when nothing fits."""
    if not found.is_filtered and not filters.archived:
        return {"nothing_at_all": True}
    if not found.words or not (found.filters or filters.archived):
        return {}
    alone = listing(actor, entity, {"q": found.words})
    n = alone.rows.count()
    words = entity.words.count(n, actor.vocabulary)
    return {"alone": words, "alone_url": f"?{urlencode({'q': found.words})}"} if n else {}
