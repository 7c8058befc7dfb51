"""One tie: confirming, changing, ending, removing it, and its story."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotFound, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.link_history import story_of
from polku.kernel.links import Tie, confirm_tie, end_tie, remove_tie, ties_of, ties_of_pieces
from polku.kernel.operations_links import change_tie
from polku.kernel.pieces import home_of, pieces_of
from polku.kernel.policy import may_change
from polku.kernel.queries import visible_pieces
from polku.kernel.registry import entity as entity_row
from polku.web.desk.moves_forms import ReasonForm
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.ties_conflict import both_shown, was_fields, was_given
from polku.web.desk.ties_forms import ChangeForm, EndForm
from polku.web.desk.ties_shown import tie_shown
from polku.web.desk.values import end_url
from polku.web.history_sentences import Told, sentences

VERBS = frozenset({"confirm", "change", "end", "remove"})


def tie_change(
    request: HttpRequest, workspace: str, kind: str, code: str, link: int
) -> HttpResponse:
    """The page of one tie as seen from one of its ends, or from a piece of that."""
    page = _page(request, kind, code)
    tie, here = _tie(page, link)
    if not may_change(page.actor, page.obj):
        require(may_change(page.actor, home_of(tie.other)))
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    forms = _forms(page, tie, verb, request.POST)
    context = {
        "page": page, "object": page.obj, "here": here, "tie": tie_shown(page, tie, here),
        "was": was_fields(tie), "refused": "", "both": [], "told": _told(page, tie), **forms,
    }  # fmt: skip
    if verb in VERBS:
        done = _done(page, tie, verb, forms, context)
        if done:
            messages.success(request, done)
            return redirect(end_url(here, page.actor.workspace))
    wrong = any(form.errors for form in forms.values())
    status = 409 if context["refused"] else 422 if wrong else 200
    return render(request, "ties/tie_change.html", context, status=status)


def _tie(page: ObjectPage, number: int) -> tuple[Tie, Any]:
    """The tie, and the end of it that stands on this page. Raises NotFound."""
    for tie in ties_of(page.actor, page.obj):
        if tie.link.pk == number:
            return tie, page.obj
    for kind in pieces_of(page.entity.kind):
        rows = visible_pieces(page.actor, kind).filter(**{kind.parent_field: page.obj})
        pieces = {piece.pk: piece for piece in rows}
        for pk, found in ties_of_pieces(page.actor, [*pieces.values()]).items():
            for tie in found:
                if tie.link.pk == number:
                    return tie, pieces[pk]
    raise NotFound


def _forms(page: ObjectPage, tie: Tie, verb: str, post: Any) -> dict[str, Any]:
    return {
        "change_form": ChangeForm(tie, post if verb == "change" else None),
        "end_form": EndForm(post if verb == "end" else None, initial={"on": _today(page)}),
        "remove_form": ReasonForm(post if verb == "remove" else None),
    }


def _told(page: ObjectPage, tie: Tie) -> list[Told]:
    """What happened to the tie, and by whom; told as seen from its first end."""
    if not page.actor.is_internal:
        return []
    events = story_of(page.actor, tie.link)
    kind = events[0].object_kind if events else page.entity.kind
    return sentences(page.actor, entity_row(kind), events)


def _done(
    page: ObjectPage, tie: Tie, verb: str, forms: dict[str, Any], context: dict[str, Any]
) -> str:
    """Do it; the message, or nothing when something stood in the way."""
    if verb == "confirm":
        confirm_tie(tie.link, by=page.actor)
        return _("Confirmed. The tie counts from now on.")
    form = forms[f"{verb}_form"]
    if not form.is_valid():
        return ""
    try:
        return str(_ACTS[verb](page, tie, form))
    except BadInput as error:
        _blame(form, error)
    except Conflict as error:
        context |= {"both": both_shown(form, error), "was": was_fields(tie), "refused": str(error)}
    except Refused as error:
        context["refused"] = str(error)
    return ""


def _blame(form: Any, error: BadInput) -> None:
    if isinstance(form, ChangeForm):
        form.blame(error)
        return
    form.add_error(next(iter(form.fields)), " ".join(str(text) for text in error.fields.values()))


def _change(page: ObjectPage, tie: Tie, form: ChangeForm) -> str:
    was = was_given(tie, page.request.POST)
    change_tie(tie.link, form.values(), by=page.actor, was=was)
    return _("Changed. The history keeps what it said before.")


def _end(page: ObjectPage, tie: Tie, form: EndForm) -> str:
    data = form.cleaned_data
    end_tie(tie.link, by=page.actor, on=data["on"], reason=data["reason"])
    return _("The tie ends on that day; until then it counts, and it stays in the history.")


def _remove(page: ObjectPage, tie: Tie, form: ReasonForm) -> str:
    remove_tie(tie.link, by=page.actor, reason=form.cleaned_data["reason"])
    return _("The tie is gone; the row and your reason stay in the history.")


_ACTS: dict[str, Any] = {"change": _change, "end": _end, "remove": _remove}


def _page(request: HttpRequest, kind: str, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    return ObjectPage(request, actor, entity, fetch(actor, entity, code))


def _today(page: ObjectPage) -> dt.date:
    return today_in(page.actor.workspace)
