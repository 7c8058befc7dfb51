"""What one gets, piece by piece: the small list that belongs to an offering."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotAllowed
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import OfferingElement
from polku.portfolio.operations import set_elements
from polku.web.desk.editing_controls import LANGUAGE_NAMES, line_ends
from polku.web.desk.objects import ObjectPage, fetch, section
from polku.web.desk.values import title_text
from polku.web.readings import reading_html

NEW_LINES = 2


@dataclass(frozen=True)
class Line:
    """One piece as the form shows it: its kind, and its text in each language."""

    number: int
    kind: str
    texts: list[tuple[str, str, str]]


def offering_elements(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Write the whole list anew; a line whose texts are emptied goes away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, OFFERING, fetch(actor, OFFERING, code))
    if not page.may_change:
        raise NotAllowed(page.may_change.reason)
    languages = actor.workspace.languages
    lines = _stored(page, languages)
    problem = ""
    if request.method == "POST":
        lines = _sent(request.POST, languages)
        try:
            set_elements(page.obj, [_given(line) for line in lines if _has_text(line)], by=actor)
        except BadInput as error:
            problem = " ".join(str(text) for text in error.fields.values())
        else:
            messages.success(request, _("Saved: what one gets"))
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "title": title_text(page.obj), "problem": problem,
        "lines": lines + _fresh(len(lines), languages), "kinds": OfferingElement.Kind.choices,
    }  # fmt: skip
    return render(request, "objects/offering_elements.html", context, status=_status(problem))


def _status(problem: str) -> int:
    return 422 if problem else 200


def _stored(page: ObjectPage, languages: list[str]) -> list[Line]:
    return [
        Line(number, row.kind, [(lang, _name(lang), row.text.text(lang)) for lang in languages])
        for number, row in enumerate(page.obj.elements.all(), 1)
    ]


def _name(lang: str) -> str:
    return LANGUAGE_NAMES.get(lang, lang)


def _fresh(n: int, languages: list[str]) -> list[Line]:
    empty = [(lang, _name(lang), "") for lang in languages]
    return [Line(n + place, "action", empty) for place in range(1, NEW_LINES + 1)]


def _sent(post: Any, languages: list[str]) -> list[Line]:
    kinds = post.getlist("kind")[:100]
    texts = {lang: post.getlist(f"text-{lang}") for lang in languages}
    return [
        Line(
            number + 1, kind,
            [(lang, _name(lang), line_ends("".join(texts[lang][number : number + 1])).strip())
             for lang in languages],
        )
        for number, kind in enumerate(kinds)
    ]  # fmt: skip


def _has_text(line: Line) -> bool:
    return any(text for _lang, _language, text in line.texts)


def _given(line: Line) -> dict[str, Any]:
    texts = {lang: text for lang, _language, text in line.texts if text}
    return {"kind": line.kind, "text": texts}


def elements(page: ObjectPage) -> str:
    """The list on the offering's page."""
    rows = [
        {"kind": row.get_kind_display(), "html": reading_html(row.text)}
        for row in page.obj.elements.all()
    ]
    edit_url = page.page_url("elements") if page.can_edit else ""
    if not rows and not edit_url:
        return ""
    context = {"rows": rows, "edit_url": edit_url}
    return render_to_string("objects/section_elements.html", context)


def place() -> None:
    """Put the list on the pages of offerings, before their facts."""
    section("offering", "body", elements, order=40)
