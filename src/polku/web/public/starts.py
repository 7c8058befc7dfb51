"""Where to start, right after a workspace was opened, and later from Home."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.people.queries import workspaces_of
from polku.web.navigation import url_or_none


def start(request: HttpRequest, workspace: str) -> HttpResponse:
    """The ways to begin that exist; each is a link with what it leads to."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {"starts": starts(request, actor), "home_url": url_or_none("home", actor.workspace)}
    return render(request, "public/start.html", context)


def starts(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """From a spreadsheet, with one service, with the example: those whose page exists."""
    found = [
        {"name": _("From a spreadsheet"), "url": url_or_none("import_start", actor.workspace),
         "note": _("Any list of services will do. You see what each row would become before "
                   "anything is saved.")},
        {"name": _("With one service"), "url": url_or_none("service_create", actor.workspace),
         "note": _("Its name and one line. Polku then asks what is missing, one thing at a time.")},
        {"name": _("With the example"), "url": _example(request),
         "note": _("To look at and to spoil. It stays apart from your own.")},
    ]  # fmt: skip
    return [row for row in found if row["url"]]


def _example(request: HttpRequest) -> str:
    places = workspaces_of(request.user) if request.user.is_authenticated else []
    examples = [row.workspace for row in places if row.workspace.is_example]
    return url_or_none("home", examples[0]) if examples else ""
