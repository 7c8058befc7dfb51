"""Putting a thing away and taking it out again; nothing is ever deleted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import NotAllowed, NotFound, Refused
from polku.kernel.changes import archive_object, restore_object
from polku.kernel.policy import may_archive
from polku.kernel.registry import entity as entity_row
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import title_text

LONGEST = 400


def object_archive(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """Ask why, then put away."""
    return _ask(request, kind, code, archive_object, _("“%(name)s” is put away."))


def object_restore(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """Ask why, then take out again."""
    return _ask(request, kind, code, restore_object, _("“%(name)s” is back."))


def _ask(
    request: HttpRequest, kind: str, code: str, verb: Callable[..., Any], done: str
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, entity_row(kind), fetch(actor, entity_row(kind), code))
    if not page.entity.changeable:
        raise NotFound
    answer = may_archive(actor, page.obj)
    if not answer:
        raise NotAllowed(answer.reason)
    problem = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        try:
            if len(reason) > LONGEST:
                raise Refused(_("Say it in at most 400 letters."))
            verb(page.entity, page.obj, by=actor, reason=reason)
        except Refused as error:
            problem = str(error)
        else:
            messages.success(request, done % {"name": title_text(page.obj)})
            return redirect(page.url)
    context = {
        "page": page, "entity": page.entity, "object": page.obj, "title": title_text(page.obj),
        "restoring": verb is restore_object, "problem": problem,
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return render(request, "objects/object_archive.html", context, status=409 if problem else 200)
