"""Needs on the pages of services, versions, packages and parts: adding, changing, ending one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotFound, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change, may_create, may_read_inside
from polku.kernel.queries import find
from polku.kernel.registry import entity as entity_row
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.entities import DEPENDENCY
from polku.portfolio.models import Dependency
from polku.portfolio.operations.dependencies import add_need, change_need, end_need
from polku.portfolio.queries import visible_dependencies
from polku.web.desk.needs_forms import NeedEndForm, NeedForm, NeedWordsForm
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.ties_ways import NEED_WORDS, Way, choices_for, find_other, ways_for
from polku.web.desk.values import link_html, title_text

SAID = ("kind", "criticality", "valid_from", "valid_to", "note")


def need_create(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """What this thing needs, or with ``?side=needed`` what needs it: one form, without script."""
    page = _page(request, kind, code)
    require(may_read_inside(page.actor))
    require(may_create(page.actor, DEPENDENCY))
    way = _way(page, forward=request.GET.get("side") != "needed")
    choices = choices_for(page.actor, way, page.obj)
    first = {"other": request.GET.get("other", ""), "kind": request.GET.get("kind", "requires")}
    form = NeedForm(way.forward, choices, request.POST or None, initial=first)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            done = _make(page, way, form.cleaned_data)
        except BadInput as error:
            form.blame(error)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, done)
            return redirect(f"{page.url}#needs")
    context = {
        "page": page, "object": page.obj, "form": form, "refused": refused, "way": way,
        "total": choices.total,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "needs/need_create.html", context, status=status)


def _way(page: ObjectPage, *, forward: bool) -> Way:
    ways = [way for way in ways_for(page.actor, page.entity) if way.is_need]
    found = next((w for w in ways if w.code == "requires" and w.forward is forward), None)
    if found is None:
        raise NotFound
    return found


def _make(page: ObjectPage, way: Way, data: dict[str, Any]) -> str:
    """Write it down; the sentence that says so."""
    other = find_other(page.actor, way, page.obj, data["other"])
    start, end = (page.obj, other) if way.forward else (other, page.obj)
    add_need(start, end, by=page.actor, **{name: data[name] for name in SAID})
    words = NEED_WORDS[data["kind"]][0 if way.forward else 1]
    said = {"name": title_text(page.obj), "words": words, "other": title_text(other)}
    return _("Written down: %(name)s %(words)s %(other)s.") % said


def need_change(
    request: HttpRequest, workspace: str, kind: str, code: str, need: str
) -> HttpResponse:
    """One need as seen from one of its ends: change what is said of it, or let it end."""
    page = _page(request, kind, code)
    row = _need(page, need)
    forward = (row.from_kind, row.from_id) == (page.entity.kind, page.obj.pk)
    verb = request.POST.get("verb", "end") if request.method == "POST" else ""
    form = NeedWordsForm(
        forward, request.POST if verb == "change" else None,
        initial={name: getattr(row, name) for name in SAID},
    )  # fmt: skip
    both: list[dict[str, str]] = []
    revision = row.revision
    end = NeedEndForm(
        request.POST if verb == "end" else None, initial={"on": today_in(page.actor.workspace)}
    )
    refused = ""
    if verb and (end if verb == "end" else form).is_valid():
        try:
            done = _change(page, row, form) if verb == "change" else _end(page, row, end)
        except BadInput as error:
            form.blame(error) if verb == "change" else _blame(end, error)
        except Conflict as error:
            refused, both, revision = str(error), _theirs(form, error), error.revision
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, done)
            return redirect(f"{page.url}#needs")
    context = _seen(page, row, forward) | {
        "form": form, "end_form": end, "refused": refused, "changing": verb == "change",
        "both": both, "revision": revision,
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors or end.errors else 200
    return render(request, "needs/need_change.html", context, status=status)


def _need(page: ObjectPage, code: str) -> Dependency:
    row = visible_dependencies(page.actor).get_or_404(code)
    here = (page.entity.kind, page.obj.pk)
    if here not in {(row.from_kind, row.from_id), (row.to_kind, row.to_id)}:
        raise NotFound
    if not may_change(page.actor, row):
        require(page.may_change)
    return row


def _change(page: ObjectPage, row: Dependency, form: NeedWordsForm) -> str:
    seen = page.request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    values = {name: form.cleaned_data[name] for name in SAID}
    change_need(row, by=page.actor, revision=revision, **values)
    return _("Saved. The former words stay in the history.")


def _theirs(form: NeedWordsForm, error: Conflict) -> list[dict[str, str]]:
    """What somebody else saved meanwhile, in the words of the form; mine stays in the form."""
    found = []
    for name, said in error.fields.items():
        words = dict(getattr(form.fields[name], "choices", ()))
        value = said["theirs"]
        told = str(words.get(value, "" if value is None else value)) or "–"
        found.append({"label": str(form.fields[name].label), "theirs": told})
    return found


def _end(page: ObjectPage, row: Dependency, form: NeedEndForm) -> str:
    end_need(row, by=page.actor, reason=form.cleaned_data["reason"], on=form.cleaned_data["on"])
    return _("It is needed until that day; the row and your reason stay.")


def _blame(form: NeedEndForm, error: BadInput) -> None:
    for name, sentence in error.fields.items():
        form.add_error("reason" if name == "reason" else "on", str(sentence))


def _seen(page: ObjectPage, row: Dependency, forward: bool) -> dict[str, Any]:
    pair = (row.to_kind, row.to_id) if forward else (row.from_kind, row.from_id)
    other = find(page.actor, *pair) if pair[0] in DEPENDENCY_ENDS else None
    return {
        "page": page, "object": page.obj, "need": row,
        "words": NEED_WORDS[row.kind][0 if forward else 1],
        "other": link_html(other, page.actor.workspace) if other else row.code,
    }  # fmt: skip


def _page(request: HttpRequest, kind: str, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    if kind not in DEPENDENCY_ENDS:
        raise NotFound
    return ObjectPage(request, actor, entity, fetch(actor, entity, code))
