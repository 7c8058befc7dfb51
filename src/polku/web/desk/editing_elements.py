"""What one gets, piece by piece: the small list that belongs to an offering."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotAllowed
from polku.kernel.links import ties_of_pieces
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import OfferingElement
from polku.portfolio.operations import set_elements
from polku.web.desk.editing_controls import LANGUAGE_NAMES, line_ends
from polku.web.desk.objects import ObjectPage, fetch, section
from polku.web.desk.ties_shown import tie_shown
from polku.web.desk.values import piece_place, title_text
from polku.web.readings import reading_html

NEW_LINES = 2


@dataclass(frozen=True)
class Line:
    """One piece as the form shows it: its kind, its text in each language, and which one it is.

    *theirs* is what another writer saved of the same piece meanwhile.
    """

    number: int
    kind: str
    texts: list[tuple[str, str, str]]
    id: int | None = None
    theirs: str = ""


def offering_elements(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Write the whole list anew; a line whose texts are emptied goes away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, OFFERING, fetch(actor, OFFERING, code))
    if not page.may_change:
        raise NotAllowed(page.may_change.reason)
    languages = _languages(page)
    lines = _stored(page, languages)
    problem, status, revision = "", 200, page.obj.revision
    if request.method == "POST":
        stored, lines = lines, _sent(request.POST, languages)
        revision = _number(request.POST.get("revision", ""))
        rows = [_given(line) for line in lines if _has_text(line)]
        try:
            set_elements(page.obj, rows, by=actor, revision=revision)
        except BadInput as error:
            problem, status = " ".join(str(text) for text in error.fields.values()), 422
        except Conflict as error:
            lines, revision, status = _both(lines, stored), error.revision, 409
            problem = _(
                "Somebody changed this list while you were writing. Nothing was saved and nothing "
                "is lost: look at both below, and save what shall stand."
            )
        else:
            messages.success(request, _("Saved: what one gets"))
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "title": title_text(page.obj), "problem": problem,
        "lines": lines + _fresh(len(lines), languages), "kinds": OfferingElement.Kind.choices,
        "revision": revision,
    }  # fmt: skip
    return render(request, "objects/offering_elements.html", context, status=status)


def _languages(page: ObjectPage) -> list[str]:
    """Those of the workspace, and any other that a piece is written in."""
    written = [lang for row in page.obj.elements.all() for lang in row.text]
    return list(dict.fromkeys([*page.actor.workspace.languages, *written]))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _both(sent: list[Line], stored: list[Line]) -> list[Line]:
    """My lines with what the other made of each, then the other's new ones."""
    now = {line.id: line for line in stored}
    mine = [
        replace(line, theirs=_words(now[line.id]))
        if line.id in now and _words(now[line.id]) != _words(line) else line
        for line in sent
    ]  # fmt: skip
    known = {line.id for line in sent}
    more = [line for line in stored if line.id not in known]
    return [replace(line, number=number) for number, line in enumerate(mine + more, 1)]


def _words(line: Line) -> str:
    return " · ".join(text for _lang, _language, text in line.texts if text)


def _stored(page: ObjectPage, languages: list[str]) -> list[Line]:
    return [
        Line(
            number,
            row.kind,
            [(lang, _name(lang), row.text.text(lang)) for lang in languages],
            row.pk,
        )
        for number, row in enumerate(page.obj.elements.all(), 1)
    ]


def _name(lang: str) -> str:
    return LANGUAGE_NAMES.get(lang, lang)


def _fresh(n: int, languages: list[str]) -> list[Line]:
    empty = [(lang, _name(lang), "") for lang in languages]
    return [Line(n + place, "action", empty) for place in range(1, NEW_LINES + 1)]


def _sent(post: Any, languages: list[str]) -> list[Line]:
    kinds, ids = post.getlist("kind")[:100], post.getlist("id")
    texts = {lang: post.getlist(f"text-{lang}") for lang in languages}
    return [
        Line(
            number + 1, kind,
            [(lang, _name(lang), line_ends("".join(texts[lang][number : number + 1])).strip())
             for lang in languages],
            _number("".join(ids[number : number + 1])),
        )
        for number, kind in enumerate(kinds)
    ]  # fmt: skip


def _has_text(line: Line) -> bool:
    return any(text for _lang, _language, text in line.texts)


def _given(line: Line) -> dict[str, Any]:
    """A new line without the languages left empty; a known one with them, to take them away."""
    texts = {lang: text for lang, _language, text in line.texts if text or line.id}
    return {"id": line.id, "kind": line.kind, "text": texts}


def elements(page: ObjectPage) -> str:
    """The list on the offering's page."""
    pieces = list(page.obj.elements.all())
    tied = ties_of_pieces(page.actor, pieces)
    rows = [
        {
            "kind": row.get_kind_display(), "html": reading_html(row.text),
            "place": piece_place(row), "title": title_text(row),
            "ties": [tie_shown(page, tie, row) for tie in tied.get(row.pk, ())],
            "tie_url": _tie_url(page, row),
        }
        for row in pieces
    ]  # fmt: skip
    edit_url = page.page_url("elements") if page.can_edit else ""
    if not rows and not edit_url:
        return ""
    context = {"rows": rows, "edit_url": edit_url}
    return render_to_string("objects/section_elements.html", context)


def _tie_url(page: ObjectPage, row: OfferingElement) -> str:
    """Where one says at which meeting point a piece is handed over, for those who may."""
    if not page.can_edit or not page.actor.workspace.has("meeting_points"):
        return ""
    return f"{page.page_url('tie_create')}?piece={row.number}&way=L05-to"


def place() -> None:
    """Put the list on the pages of offerings, before their facts."""
    section("offering", "body", elements, order=40)
