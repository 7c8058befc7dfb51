"""One tie: confirming a guess, ending it on a day, taking a wrong one away; and ending a need."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.links import Tie, confirm_tie, end_tie, remove_tie, ties_of
from polku.kernel.policy import may_change
from polku.kernel.registry import entity as entity_row
from polku.portfolio.entities import DEPENDENCY
from polku.portfolio.queries import visible_dependencies
from polku.web.desk.moves_forms import ReasonForm
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.ties_forms import EndForm
from polku.web.desk.ties_sections import need_shown, tie_shown

VERBS = frozenset({"confirm", "end", "remove"})


def tie_change(
    request: HttpRequest, workspace: str, kind: str, code: str, link: int
) -> HttpResponse:
    """The page of one tie as seen from one of its ends."""
    page = _page(request, kind, code)
    tie = next((tie for tie in ties_of(page.actor, page.obj) if tie.link.pk == link), None)
    if tie is None:
        raise NotFound
    if not may_change(page.actor, page.obj):
        require(may_change(page.actor, tie.other))
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    end = EndForm(request.POST if verb == "end" else None, initial={"on": _today(page)})
    remove = ReasonForm(request.POST if verb == "remove" else None)
    context = {
        "page": page, "object": page.obj, "tie": tie_shown(page, tie), "end_form": end,
        "remove_form": remove, "refused": "",
    }  # fmt: skip
    if verb in VERBS:
        done = _done(page, tie, verb, end, remove, context)
        if done:
            messages.success(request, done)
            return redirect(page.url)
    wrong = bool(end.errors or remove.errors)
    status = 409 if context["refused"] else 422 if wrong else 200
    return render(request, "ties/tie_change.html", context, status=status)


def _done(
    page: ObjectPage, tie: Tie, verb: str, end: EndForm, remove: ReasonForm,
    context: dict[str, Any],
) -> str:  # fmt: skip
    """Do it; the message, or nothing when something stood in the way."""
    if verb == "confirm":
        confirm_tie(tie.link, by=page.actor)
        return _("Confirmed. The tie counts from now on.")
    form, act, message = _act(page, tie, verb, end, remove)
    if not form.is_valid():
        return ""
    try:
        act()
    except BadInput as error:
        name = next(iter(form.fields))
        form.add_error(name, " ".join(str(text) for text in error.fields.values()))
        return ""
    except Refused as error:
        context["refused"] = str(error)
        return ""
    return message


def _act(
    page: ObjectPage, tie: Tie, verb: str, end: EndForm, remove: ReasonForm
) -> tuple[Any, Callable[[], Any], str]:
    if verb == "end":
        words = _("The tie ends on that day; until then it counts, and it stays in the history.")
        return end, lambda: end_tie(tie.link, by=page.actor, on=end.cleaned_data["on"]), words
    words = _("The tie is gone; the row and your reason stay in the history.")
    return (
        remove,
        lambda: remove_tie(tie.link, by=page.actor, reason=remove.cleaned_data["reason"]),
        words,
    )


def need_change(
    request: HttpRequest, workspace: str, kind: str, code: str, need: str
) -> HttpResponse:
    """A need that holds until a day."""
    page = _page(request, kind, code)
    row = visible_dependencies(page.actor).get_or_404(need)
    here = (page.entity.kind, page.obj.pk)
    if here not in {(row.from_kind, row.from_id), (row.to_kind, row.to_id)}:
        raise NotFound
    if not may_change(page.actor, row):
        require(page.may_change)
    form = EndForm(request.POST or None, initial={"on": _today(page)})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"] or _today(page)
        try:
            change_object(DEPENDENCY, row, {"valid_to": day}, by=page.actor)
        except BadInput as error:
            form.add_error("on", " ".join(str(text) for text in error.fields.values()))
        else:
            messages.success(request, _("It is needed until that day; the row stays."))
            return redirect(page.url)
    context = {"page": page, "object": page.obj, "tie": need_shown(page, row), "form": form}
    return render(request, "ties/need_change.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, kind: str, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    return ObjectPage(request, actor, entity, fetch(actor, entity, code))


def _today(page: ObjectPage) -> dt.date:
    return today_in(page.actor.workspace)
