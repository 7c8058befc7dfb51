"""Whom to tell when a service ends: one line each, to print or to take along as a table."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from polku.exchange.spreadsheet.csv_marks import quoted
from polku.insight.impact import Told, impact, name_of, tell
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import kind_of
from polku.kernel.history import transitions_of
from polku.kernel.models import Transition
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible_kind
from polku.people.entities import RELATIONSHIP
from polku.portfolio.entities import SERVICE
from polku.tenancy.models import Party, Relationship
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import link_html

TOLD = frozenset({"relationship", "segment"})


@dataclass(frozen=True)
class Line:
    """One customer or group to tell: over what they are touched, and how they are reached."""

    name: str
    link: Any
    over: str
    contacts: tuple[str, ...]
    owner: str


@require_GET
def service_retirement_list(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The list; ``?format=csv`` gives it as a table."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    page = ObjectPage(request, actor, SERVICE, fetch(actor, SERVICE, code))
    lines, ending = lines_for(page), ending_of(page)
    if request.GET.get("format") == "csv":
        return _csv(page, lines, ending)
    context = {"page": page, "object": page.obj, "lines": lines, "ending": ending}
    return render(request, "services/service_retirement_list.html", context)


def lines_for(page: ObjectPage) -> list[Line]:
    """Every customer and group that uses the service, or something that rests on it."""
    result = impact(page.actor, page.obj, "I2").of_kinds(TOLD)
    rows = tell(page.actor, result, result.hits)
    known = _relationships(page, rows)
    lines = [_line(page, told, known.get(told.obj.pk)) for told in rows]
    return sorted(lines, key=lambda line: line.name.casefold())


def _relationships(page: ObjectPage, rows: list[Told]) -> dict[int, Relationship]:
    numbers = [told.obj.pk for told in rows if kind_of(told.obj) == "relationship"]
    found = visible_kind(page.actor, RELATIONSHIP).filter(pk__in=numbers)
    found = found.select_related("consumer_party").prefetch_related("customer_contacts")
    return {row.pk: row for row in found}


def _line(page: ObjectPage, told: Told, relationship: Relationship | None) -> Line:
    lang = page.actor.lang
    is_customer = kind_of(told.obj) == "relationship"
    over = ", ".join(name_of(leg.obj, lang) for leg in told.legs[:-1])
    return Line(
        name_of(told.obj, lang), link_html(told.obj, page.actor.workspace), over,
        _contacts(relationship) if is_customer and relationship else (),
        told.owner.name if told.owner is not None else "",
    )  # fmt: skip


def _contacts(relationship: Relationship) -> tuple[str, ...]:
    """How they are reached: the people named first, then the organisation itself."""
    people: list[Party] = list(relationship.customer_contacts.all())
    rows = [*people, relationship.consumer_party]
    return tuple(words for row in rows if (words := _reached(row, is_person=row in people)))


def _reached(party: Party, *, is_person: bool) -> str:
    contact = party.contact if isinstance(party.contact, dict) else {}
    ways = [str(contact[name]) for name in ("email", "phone", "address") if contact.get(name)]
    named = [party.name] if is_person else []
    return ", ".join([*named, *ways])


def ending_of(page: ObjectPage) -> Transition | None:
    """The step with which it begins to end, or ends: taken or planned; none when it came back."""
    rows = [row for row in transitions_of(page.actor, page.obj) if row.cancelled_at is None]
    last = max(rows, key=lambda row: (row.effective_on, row.pk), default=None)
    return last if last is not None and last.to_state in {"ending", "ended"} else None


def _csv(page: ObjectPage, lines: list[Line], ending: Transition | None) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Whom to tell"), _("Over"), _("How to reach them"), _("Who tells"),
                     _("Ends on"), _("To be told by"), _("Told on")])  # fmt: skip
    day = ending.effective_on.isoformat() if ending else ""
    for line in lines:
        row = [line.name, line.over, "; ".join(line.contacts), line.owner, day, "", ""]
        writer.writerow([quoted(cell) for cell in row])
    name = f"{page.obj.code.lower()}-to-tell.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
    )
