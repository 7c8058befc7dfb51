"""The package builder (tool T13): services at the left, the package, and what people will see.

One form holds the package; every button sends it whole, so nothing needs a script. With one, the
checks and the sheet follow each change, and the list follows each word typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polku.insight.portfolio import dials_of
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotAllowed, Refused, require
from polku.kernel.folding import fold
from polku.kernel.policy import may_read_inside
from polku.portfolio.entities import OFFERING, PACKAGE, SERVICE
from polku.portfolio.models import PackageMember
from polku.portfolio.operations import set_members
from polku.portfolio.packages import is_going, members_of
from polku.portfolio.queries import tied_ends, visible_offerings, visible_services
from polku.web.desk.addresses import object_url
from polku.web.desk.editing_controls import LANGUAGE_NAMES, line_ends
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.offerings import (
    asked_language,
    language_views,
    missing_in,
    shown_for,
    shown_html,
)
from polku.web.desk.packages import offering_of
from polku.web.desk.packages_checks import check_lines, summary
from polku.web.desk.services_dials import shown as dials_shown
from polku.web.desk.values import state_html, title_text, title_value

MOST_FOUND = 14
NUMBERS = ("default_n", "min_n", "max_n")
KINDS = {"product": SERVICE, "offering": OFFERING}


@dataclass(frozen=True)
class Line:
    """One member as the form shows it."""

    thing: str  # "product" or "offering"
    code: str
    name: str = ""
    url: str = ""
    optional: bool = False
    numbers: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    going: bool = False
    fresh: bool = False

    @property
    def words(self) -> str:
        """Our own words for it, in any language, while the fields are folded away."""
        return next((text for _lang, _language, text in self.texts if text), "")


def package_builder(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Read the package and what does not hold; POST saves it whole and does what was pressed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, PACKAGE, fetch(actor, PACKAGE, code))
    require(may_read_inside(actor))
    if request.method != "POST":
        return _drawn(page, _stored(page), 200)
    if not page.may_change:
        raise NotAllowed(page.may_change.reason)
    return _saved(page)


def _saved(page: ObjectPage) -> HttpResponse:
    request, post = page.request, page.request.POST
    stored = _stored(page)
    lines, pressed = _pressed(_sent(page, stored), post)
    try:
        held = set_members(
            page.obj, [_given(line) for line in lines], by=page.actor,
            revision=_whole(post.get("revision", "")),
        )  # fmt: skip
    except BadInput as error:
        told = " ".join(str(words) for words in error.fields.values())
        return _drawn(page, lines, 422, problem=told)
    except Refused as error:
        return _drawn(page, _sent(page, stored), 409, problem=str(error))
    except Conflict:
        told = _("Somebody changed the package while you were writing. It stands below as it is "
                 "now; your change was not saved.")  # fmt: skip
        return _drawn(page, stored, 409, problem=told)
    page = ObjectPage(request, page.actor, PACKAGE, fetch(page.actor, PACKAGE, held.code))
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Saved: what stands in the package"))
        return redirect(_here(page))
    partial = "" if pressed else "checks"
    return _drawn(page, _marked(_stored(page), pressed), 200, partial=partial)


def _here(page: ObjectPage) -> str:
    asked = {"lang": page.request.POST.get("lang", ""), "q": page.request.POST.get("q", "")}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{page.page_url('builder')}?{query}" if query else page.page_url("builder")


def _drawn(
    page: ObjectPage, lines: list[Line], status: int, *, problem: str = "", partial: str = ""
) -> HttpResponse:
    """The whole page; for a request in place the builder alone, or only what follows a change."""
    request = page.request
    context = {**_context(page, lines), "problem": problem}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "packages/package_builder.html", context, status=status)
    name = f"packages/builder_{partial}.html" if partial else "packages/builder.html"
    response = render(request, name, context, status=status)
    if problem:
        response["HX-Retarget"], response["HX-Reswap"] = "#builder", "outerHTML"
    return response


def _context(page: ObjectPage, lines: list[Line]) -> dict[str, Any]:
    actor, package = page.actor, page.obj
    asked = page.request.POST if page.request.method == "POST" else page.request.GET
    lang, query = _language(page), asked.get("q", "").strip()[:100]
    offer = offering_of(package, actor)
    checks = check_lines(package, actor)
    shown = shown_for(offer, actor, lang, package)
    return {
        "page": page, "object": package, "title": title_text(package), "lines": lines,
        "lang": lang, "q": query, "can_edit": page.can_edit, "revision": package.revision,
        "always": sum(not line.optional for line in lines),
        "choice": sum(line.optional for line in lines),
        "checks": checks, "checks_words": summary(checks), "offer": offer,
        "have": _have(page, lines, query), "shown": shown_html(offer, actor, lang, package),
        "views": language_views(actor, lang, f"&{urlencode({'q': query})}" if query else ""),
        "untold": [str(row) for row in shown.untold],
        "missing": missing_in(offer, lang) if offer else [],
        "sheet_url": f"{page.page_url('sheet')}?lang={lang}",
        "verbs": [("up", _("Up")), ("down", _("Down")), ("out", _("Take out"))],
    }  # fmt: skip


def _language(page: ObjectPage) -> str:
    sent = page.request.POST.get("lang", "")
    known = page.actor.workspace.languages
    return sent if sent in known else asked_language(page.request, page.actor)


# Services to add


def _have(page: ObjectPage, lines: Sequence[Line], query: str) -> dict[str, Any]:
    """What can be added: services that fit the same groups first, and what one gets by name."""
    inside = {line.code for line in lines}
    services = visible_services(page.actor).exclude(managed_state="ended")
    offers = visible_offerings(page.actor).exclude(state="withdrawn").exclude(package=page.obj)
    found, fitting = _named(services, query), _fitting(page)
    found.sort(key=lambda row: row.pk not in fitting)
    told = [_to_add("product", row, page, inside) for row in found[:MOST_FOUND]]
    named = _named(offers, query)[:MOST_FOUND]
    return {
        "services": told, "count": len(found), "more": max(0, len(found) - MOST_FOUND),
        "fit": sum(row.pk in fitting for row in found),
        "offers": [_to_add("offering", row, page, inside) for row in named],
    }  # fmt: skip


def _named(rows: Any, query: str) -> list[Any]:
    words = fold(query).split()
    found = list(rows.order_by("sort_title", "id"))
    return [row for row in found if all(word in _sought(row) for word in words)]


def _sought(row: Any) -> str:
    """Its code and its name in all languages, folded."""
    return fold(" ".join([row.code, *title_value(row).texts.values()]))


def _fitting(page: ObjectPage) -> set[int]:
    """Services meant for a group that the package is meant for."""
    mine = tied_ends(page.actor, "L06", "service_package", [page.obj.pk], "segment")
    groups = {row.pk for rows in mine.values() for row in rows}
    if not groups:
        return set()
    numbers = list(visible_services(page.actor).values_list("pk", flat=True))
    ends = tied_ends(page.actor, "L06", "service_product", numbers, "segment")
    return {pk for pk, rows in ends.items() if groups & {row.pk for row in rows}}


def _to_add(thing: str, row: Any, page: ObjectPage, inside: set[str]) -> dict[str, Any]:
    entity = KINDS[thing]
    is_service = thing == "product"
    return {
        "code": row.code, "name": title_text(row), "inside": row.code in inside,
        "url": object_url(page.actor.workspace, entity, row.code), "value": f"{thing}:{row.code}",
        "state": state_html(entity, getattr(row, entity.state_field)),
        "dials": dials_shown(dials_of(row)) if is_service else [],
    }  # fmt: skip


# The form


def _languages(page: ObjectPage) -> list[str]:
    return list(page.actor.workspace.languages)


def _stored(page: ObjectPage) -> list[Line]:
    return [_line_of(row, page) for row in members_of(page.obj)]


def _line_of(row: PackageMember, page: ObjectPage) -> Line:
    thing = "product" if row.product_id else "offering"
    obj = row.product or row.offering
    return Line(
        thing, obj.code if obj else "", title_text(obj),
        object_url(page.actor.workspace, KINDS[thing], obj.code if obj else ""), row.optional,
        {name: str(getattr(row, name)) for name in NUMBERS},
        [(lang, LANGUAGE_NAMES.get(lang, lang), row.option_label.text(lang))
         for lang in _languages(page)],
        is_going(row),
    )  # fmt: skip


def _sent(page: ObjectPage, stored: list[Line]) -> list[Line]:
    """The lines of the form; what a line does not say it keeps."""
    post = page.request.POST
    known = {f"{line.thing}:{line.code}": line for line in stored}
    columns = {name: post.getlist(name) for name in (*NUMBERS, "taken")}
    texts = {lang: post.getlist(f"label-{lang}") for lang in _languages(page)}

    def at(values: list[str], place: int) -> str:
        return line_ends("".join(values[place : place + 1])).strip()

    lines = []
    for place, value in enumerate(post.getlist("member")[:100]):
        thing, _colon, code = value.partition(":")
        line = known.get(value) or Line(thing if thing in KINDS else "product", code, code)
        lines.append(replace(
            line, optional=at(columns["taken"], place) == "choice",
            numbers={name: at(columns[name], place) for name in NUMBERS},
            texts=[(lang, LANGUAGE_NAMES.get(lang, lang), at(texts[lang], place))
                   for lang in _languages(page)],
        ))  # fmt: skip
    return lines


def _pressed(lines: list[Line], post: Any) -> tuple[list[Line], str]:
    """What a button does to the lines: ``add``, ``out``, ``up`` or ``down`` a thing."""
    for verb in ("add", "out", "up", "down"):
        if value := post.get(verb, ""):
            return _VERBS[verb](lines, value), f"{verb} {value}"
    return lines, "find" if "find" in post else ""


def _add(lines: list[Line], value: str) -> list[Line]:
    thing, _colon, code = value.partition(":")
    if thing not in KINDS or any(line.code == code for line in lines):
        return lines
    return [*lines, Line(thing, code, fresh=True)]


def _out(lines: list[Line], value: str) -> list[Line]:
    return [line for line in lines if f"{line.thing}:{line.code}" != value]


def _shift(lines: list[Line], value: str, by: int) -> list[Line]:
    place = next((n for n, line in enumerate(lines) if f"{line.thing}:{line.code}" == value), None)
    if place is None or not 0 <= place + by < len(lines):
        return lines
    lines = list(lines)
    lines[place], lines[place + by] = lines[place + by], lines[place]
    return lines


_VERBS = {
    "add": _add, "out": _out,
    "up": lambda lines, value: _shift(lines, value, -1),
    "down": lambda lines, value: _shift(lines, value, 1),
}  # fmt: skip


def _given(line: Line) -> dict[str, Any]:
    """The member in outside form; a fresh one says only what it is."""
    if line.fresh:
        return {line.thing: line.code}
    texts = {lang: text for lang, _language, text in line.texts}
    return {line.thing: line.code, "optional": line.optional, **line.numbers, "option_label": texts}


def _marked(lines: list[Line], pressed: str) -> list[Line]:
    """The line that was just added, so that the next key goes on there."""
    verb, _blank, value = pressed.partition(" ")
    if verb != "add":
        return lines
    return [replace(line, fresh=f"{line.thing}:{line.code}" == value) for line in lines]


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
