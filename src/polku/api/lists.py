"""Lists: filters, order, pages, and the same as they were on a day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import answer, who
from polku.kernel.answers import BadInput
from polku.kernel.listing import listing
from polku.kernel.past import Past, rows_on, standing_on
from polku.kernel.plain_rows import plain_rows
from polku.kernel.registry import Entity

USUAL, MOST, FARTHEST = 100, 1000, 1_000_000_000


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for."""

    request: HttpRequest
    limit: int = USUAL
    offset: int = 0

    @property
    def end(self) -> int:
        """The place after the last one."""
        return self.offset + self.limit

    def answer(self, items: Iterable[Any], count: int, **more: Any) -> HttpResponse:
        """The items with how many there are in all, where the next ones are, and what else."""
        following = self.request.build_absolute_uri(self._next()) if self.end < count else None
        return answer({"items": list(items), "count": count, "next": following, **more})

    def _next(self) -> str:
        query = self.request.GET.copy()
        query["offset"], query["limit"] = str(self.end), str(self.limit)
        return f"{self.request.path}?{query.urlencode()}"


def asked(request: HttpRequest) -> tuple[Page, dict[str, str]]:
    """The page asked for and the other keys of the address. Raises BadInput."""
    query = query_of(request)
    limit = number_in(query.pop("limit", ""), "limit", USUAL, 1, MOST)
    offset = number_in(query.pop("offset", ""), "offset", 0, 0, FARTHEST)
    return Page(request, limit, offset), query


def query_of(request: HttpRequest) -> dict[str, str]:
    """The keys of the address; of a key that stands twice the last one counts."""
    return {name: str(value) for name, value in request.GET.items()}


def number_in(raw: str, name: str, usual: int, least: int, most: int) -> int:
    """A number of the address. Raises BadInput outside of its bounds."""
    if not raw:
        return usual
    if raw.isascii() and raw.isdigit() and len(raw) <= 10 and least <= int(raw) <= most:
        return int(raw)
    problem = _("A whole number from %(least)d to %(most)d is needed here.")
    raise BadInput({name: problem % {"least": least, "most": most}})


def past_of(query: dict[str, str]) -> Past | None:
    """The day to look at, taken out of *query*; None for now. Raises BadInput."""
    day, known_on = (_day(query, name) for name in ("as_of", "known_on"))
    if known_on and not day:
        raise BadInput({"as_of": _("Say also the day that you want to look at.")})
    return Past(day, known_on) if day else None


def _day(query: dict[str, str], name: str) -> dt.date | None:
    raw = query.pop(name, "")
    if not raw:
        return None
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError as error:
        raise BadInput({name: _("This is not a day. Write it as 2026-05-31.")}) from error
    if not 1900 <= day.year <= 2200:
        raise BadInput({name: _("Choose a day between 1900 and 2200.")})
    return day


def hold_empty(query: Mapping[str, str]) -> None:
    """Refuse keys that an address does not know: a misspelt one must not pass unseen."""
    if query:
        raise BadInput(dict.fromkeys(query, _("This address knows no such key.")))


def list_objects(request: HttpRequest, entity: Entity) -> HttpResponse:
    """Objects of a kind that the caller may see."""
    page, query = asked(request)
    when = past_of(query)
    if when is not None:
        return _list_past(page, entity, query, when)
    rows = listing(who(request), entity, query, strict=True).rows
    items = plain_rows(who(request), entity, rows[page.offset : page.end])
    reached_end = len(items) < page.limit and (items or not page.offset)
    count = page.offset + len(items) if reached_end else rows.count()
    return page.answer(items.values(), count)


def _list_past(page: Page, entity: Entity, query: dict[str, str], when: Past) -> HttpResponse:
    actor = who(page.request)
    standing = standing_on(actor, entity, query, when, strict=True)
    shown = dict(islice(standing.items(), page.offset, page.end))
    return page.answer(rows_on(actor, entity, shown, when), len(standing))
