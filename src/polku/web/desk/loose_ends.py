"""All loose ends: filters and groups in the address, the line of progress, a file to take away."""

import csv
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from polku.exchange.spreadsheet.csv_marks import quoted
from polku.insight.checks.rows import BY_CODE, ROOMS
from polku.insight.ends import (
    GROUPS,
    KEYS,
    Asked,
    asked_of,
    ends_asked,
    group_counts,
    grouped,
    owners_of,
    runs_of,
    severity_counts,
)
from polku.insight.home import objects_of
from polku.insight.operations import choices, look_again, may_look_again
from polku.insight.telling import sentence_of
from polku.insight.trend import month_before, readings
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.finding import kinds_for
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.models import LooseEnd
from polku.tenancy.models import Party
from polku.web import formats, navigation
from polku.web.desk.ends import lines
from polku.web.desk.ends_trend import trend
from polku.web.desk.loose_ends_checks import check_row
from polku.web.desk.values import title_text

PER_PAGE = 50
HEAD = ("check", "severity", "since", "owner", "code", "what", "hangs loose", "address")


@require_safe
def loose_end_list(request: HttpRequest, workspace: str) -> HttpResponse:
    """Ends in groups, the most urgent and oldest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = asked_of(request.GET)
    by = request.GET.get("by", "")
    by = by if by in GROUPS else "severity"
    rows = grouped(ends_asked(actor, asked), by)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    series = readings(actor)
    context = {
        "groups": _groups(actor, list(page.object_list), by, group_counts(rows)),
        "page": page, "asked": asked, "by": by, "sums": _sums(actor, series),
        "open_now": visible_loose_ends(actor).count(), "trend": trend(series),
        "filters": _filters(actor), "again": may_look_again(actor), "room": "home",
        "check": _check(actor, asked.check), "exports": _exports(actor, asked),
        "narrow_n": sum(bool(getattr(asked, key)) for key in KEYS if key != "state"),
    }  # fmt: skip
    return render(request, "loose_ends/loose_end_list.html", context)


def _sums(actor: Actor, series: list[Any]) -> list[dict[str, Any]]:
    """The open ends of each grade, with a month ago where that was noted."""
    now, before = severity_counts(visible_loose_ends(actor)), month_before(series)
    words = dict(LooseEnd.Severity.choices)
    rows = [
        {"label": words[grade], "n": n, "url": f"?severity={grade}",
         "before": getattr(before, grade) if before else None}
        for grade, n in now.items()
    ]  # fmt: skip
    unowned = visible_loose_ends(actor).filter(owner_party__isnull=True).count()
    nobodys = {"label": _("nobody's"), "n": unowned, "url": "?whose=nobody", "before": None}
    return [*rows, nobodys]


def _filters(actor: Actor) -> dict[str, Any]:
    """What can be chosen, each as (value, words)."""
    shown = {row.kind for row in kinds_for(actor)}
    kinds = [row for row in kinds_for(actor) if any(c.kind == row.kind for c in BY_CODE.values())]
    people = [(party.code, f"{title_text(party)} ({n})") for party, n in owners_of(actor)]
    return {
        "whose": [("", _("Everybody's")), ("mine", _("Mine")), ("nobody", _("Nobody's")), *people],
        "severities": LooseEnd.Severity.choices,
        "rooms": [
            (room.name, [(c.code, c.title) for c in room.checks if c.kind in shown])
            for room in ROOMS
        ],
        "kinds": [(row.kind, row.words.phrase("many", actor.vocabulary)) for row in kinds],
        "states": [
            ("", pgettext("loose ends", "Open")), ("dismissed", _("Left open on purpose")),
            ("turned", _("Became a wish or a decision")),
        ],
        "groups": [
            ("", _("how grave")), ("owner", _("whose")), ("check", _("what is looked for")),
            ("age", _("how old")),
        ],
    }  # fmt: skip


def _groups(
    actor: Actor, ends: list[LooseEnd], by: str, counts: dict[Any, int]
) -> list[dict[str, Any]]:
    objects = objects_of(actor, ends)
    found: list[dict[str, Any]] = []
    for end in ends:
        key = end.group  # type: ignore[attr-defined]
        if not found or found[-1]["key"] != key:
            found.append({"key": key, "ends": [], "id": f"group-{len(found)}",
                          "title": _title(by, key, end), "n": counts.get(key, 0)})  # fmt: skip
        found[-1]["ends"] += lines(actor, [end], objects, owned=by != "owner")
    return found


def _title(by: str, key: Any, end: LooseEnd) -> str:
    if by == "owner":
        owner: Party | None = end.owner_party
        return title_text(owner) if owner else _("Nobody's")
    if by == "check":
        return str(BY_CODE[key].title) if key in BY_CODE else str(key)
    if by == "age":
        return {"week": _("Up to a week old"), "month": _("Up to a month old"),
                "quarter": _("Up to three months old"), "older": _("Older")}[key]  # fmt: skip
    words = str(end.get_severity_display())
    return words[:1].upper() + words[1:]


def _check(actor: Actor, code: str) -> dict[str, Any] | None:
    """The one check that the list is narrowed to, with its rule and its newest run."""
    if code not in BY_CODE:
        return None
    run = runs_of(actor).get(code)
    return check_row(actor, BY_CODE[code], choices(actor.workspace)[code], run)


def _exports(actor: Actor, asked: Asked) -> list[dict[str, str]]:
    query = {key: getattr(asked, key) for key in KEYS if getattr(asked, key)}
    address = navigation.url_or_none("loose_end_export", actor.workspace)
    return [{"label": "CSV", "url": f"{address}?{urlencode(query)}"}]


@require_safe
def loose_end_export(request: HttpRequest, workspace: str) -> HttpResponse:
    """The same ends as a table (CSV, UTF-8), for a meeting or another program."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ends = list(ends_asked(actor, asked_of(request.GET)))
    name = f"polku-{actor.workspace.slug}-loose-ends-{today_in(actor.workspace)}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    content = _csv(HEAD, _table(request, actor, ends))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _table(request: HttpRequest, actor: Actor, ends: list[LooseEnd]) -> Iterable[tuple[str, ...]]:
    objects = objects_of(actor, ends)
    base = request.build_absolute_uri(
        navigation.url_or_none("loose_end_list", actor.workspace) or "/"
    )
    for end in ends:
        obj = objects.get((end.object_kind, end.object_id))
        owner = title_text(end.owner_party) if end.owner_party else ""
        yield (
            end.check_code, str(end.get_severity_display()), f"{end.since:%Y-%m-%d}", owner,
            obj.code if obj else "", title_text(obj) if obj else "", sentence_of(end),
            f"{base}?check={end.check_code}",
        )  # fmt: skip


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """With the mark that lets spreadsheet programs read UTF-8; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[quoted(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


@require_POST
def loose_end_again(request: HttpRequest, workspace: str) -> HttpResponse:
    """Run every check now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    n = look_again(by=actor)
    words = ngettext("Looked at everything again: %(n)s open.",
                     "Looked at everything again: %(n)s open.", n)  # fmt: skip
    messages.success(request, words % {"n": formats.number(n)})
    return redirect("loose_end_list", workspace=actor.workspace.slug)
