"""Lists kept under a name: each person's own, with filters and order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput
from polku.kernel.operations_views import delete_view, save_view, views_of
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.web.desk.addresses import list_url, page_url


def kept_lists(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """The reader's own lists of a kind; the list they came from can be kept under a name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    if request.method == "POST":
        return _save(request, actor, entity)
    return _page(request, actor, entity, request.GET.urlencode()[:1000])


def _page(
    request: HttpRequest, actor: Actor, entity: Entity, query: str, *, name: str = "",
    problem: str = "",
) -> HttpResponse:  # fmt: skip
    address = list_url(actor.workspace, entity)
    context = {
        "entity": entity, "list_url": address, "query": query, "name": name, "problem": problem,
        "delete_url": page_url(actor.workspace, entity, "kept_delete"),
        "kept": [
            {"name": view.name, "pk": view.pk, "url": f"{address}?{view.query}"}
            for view in views_of(actor, entity)
        ],
    }  # fmt: skip
    return render(request, "lists/kept_lists.html", context, status=422 if problem else 200)


def _save(request: HttpRequest, actor: Actor, entity: Entity) -> HttpResponse:
    query, name = request.POST.get("query", ""), request.POST.get("name", "")
    try:
        view = save_view(entity, name, query, by=actor)
    except BadInput as error:
        problem = " ".join(str(text) for text in error.fields.values())
        return _page(request, actor, entity, query, name=name, problem=problem)
    messages.success(request, _("The list is kept as “%(name)s”.") % {"name": view.name})
    return redirect(f"{list_url(actor.workspace, entity)}?{view.query}")


@require_POST
def kept_delete(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """Forget a kept list; the things in it stay."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    number = request.POST.get("view", "")
    delete_view(int(number) if number.isdecimal() and len(number) < 19 else 0, by=actor)
    messages.success(request, _("The kept list is gone; what stands in it is untouched."))
    return redirect(page_url(actor.workspace, entity, "kept"))
