"""The door: where somebody lands who asks for nothing in particular."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from polku.people.queries import any_workspace, workspaces_of
from polku.tenancy.models import Membership
from polku.web.navigation import url_or_none


def door(request: HttpRequest) -> HttpResponse:
    """To the first run, the sign-in, the one workspace, or a choice of several."""
    if not request.user.is_authenticated:
        return redirect("account_login" if any_workspace() else "first_run")
    places = workspaces_of(request.user)
    if len(places) == 1:
        return redirect(_inside(places[0]))
    if not places and not any_workspace():
        return redirect("first_run")
    rooms = [{"name": row.workspace, "may": row.get_access_role_display(), "url": _inside(row),
              "example": row.workspace.is_example} for row in places]  # fmt: skip
    return render(request, "public/door.html", {"rooms": rooms})


def _inside(membership: Membership) -> str:
    return url_or_none("home", membership.workspace) or url_or_none(
        "settings", membership.workspace
    )
