"""Ties that need a look: the list of changes, and one change with all that hangs on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.link_rows import end_by_code
from polku.kernel.operations_links import review_ties
from polku.kernel.pieces import home_of
from polku.kernel.policy import may_change, may_read_inside
from polku.kernel.reviews import Change, changes_waiting
from polku.web.desk.reviews_forms import Answers, read, rest_is_right, verdicts
from polku.web.desk.reviews_rows import change_shown, decided_shown, line_shown
from polku.web.desk.values import end_url, title_text


def review_list(request: HttpRequest, workspace: str) -> HttpResponse:
    """What changed and has ties that wait, those of the reader first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    changes = changes_waiting(actor)
    lines = [line_shown(actor, change) for change in changes]
    context = {
        "mine": [line for line in lines if line.mine],
        "others": [line for line in lines if not line.mine],
        "n": sum(line.mine for line in lines),
        "total": sum(line.n for line in lines),
    }
    return render(request, "reviews/review_list.html", context)


def review_change(request: HttpRequest, workspace: str, end: str) -> HttpResponse:
    """One thing that changed: before and after once, then an answer for each tie."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    obj = end_by_code(actor, end)
    if obj is None:
        raise NotFound
    changes = changes_waiting(actor, obj)
    if request.method == "POST":
        if actor.role == "reader":
            require(may_change(actor, home_of(obj)))
        return _answer(request, actor, obj, changes)
    if not changes:
        messages.info(request, _("Nothing about it waits for a look."))
        return redirect(end_url(obj, actor.workspace))
    return _shown(request, actor, obj, changes, Answers())


def _answer(request: HttpRequest, actor: Actor, obj: Any, changes: list[Change]) -> HttpResponse:
    answers = read(request.POST, (doubt for change in changes for doubt in change.doubts))
    if request.POST.get("rest"):
        rest_is_right(answers, changes)
        return _shown(request, actor, obj, changes, answers)
    try:
        given = verdicts(answers, changes, request.POST)
        if not given:
            raise BadInput({"": _("Choose an answer for at least one tie.")})
        review_ties(given, by=actor)
    except BadInput as error:
        problem = " ".join(str(text) for text in error.fields.values())
        return _shown(request, actor, obj, changes, answers, problem, 422)
    except Refused as error:
        # What stands there now is read again: an answer given meanwhile is not asked for twice
        fresh = changes_waiting(actor, obj)
        answers = read(request.POST, (doubt for change in fresh for doubt in change.doubts))
        return _shown(request, actor, obj, fresh, answers, str(error), 409)
    n = len(given)
    words = ngettext("%(n)d answer is saved. The history says it was yours.",
                     "%(n)d answers are saved. The history says they were yours.", n)  # fmt: skip
    messages.success(request, words % {"n": n})
    if n < sum(len(change.doubts) for change in changes):
        return redirect(request.path)
    return redirect(reverse("review_list", kwargs={"workspace": actor.workspace.slug}))


def _shown(
    request: HttpRequest, actor: Actor, obj: Any, changes: list[Change], answers: Answers,
    problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = [change_shown(actor, change, answers) for change in changes]
    decided = decided_shown(actor, obj, changes)
    waiting = sum(len(change.doubts) for change in changes)
    mine = sum(len(change.mine) for change in changes)
    context = {
        "object": obj, "title": title_text(obj), "url": end_url(obj, actor.workspace),
        "changes": shown, "decided": decided, "n": waiting, "mine": mine,
        "others": waiting - mine, "total": waiting + len(decided), "chosen": answers.chosen,
        "problem": problem, "heading": _heading(waiting, obj),
    }  # fmt: skip
    return render(request, "reviews/review_change.html", context, status=status)


def _heading(n: int, obj: Any) -> str:
    words = ngettext("%(n)d tie hangs on what changed: %(name)s",
                     "%(n)d ties hang on what changed: %(name)s", n)  # fmt: skip
    return words % {"n": n, "name": title_text(obj)}
