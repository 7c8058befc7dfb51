"""Files to take away: one list with its filters, or everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from polku.exchange.exporting.source import layouts
from polku.exchange.operations import exports
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import entity_by_plural

FORMS = (
    ("xlsx", "polku", gettext_lazy("One workbook (XLSX)"),
     gettext_lazy("All sheets. It comes back unchanged.")),
    ("csv", "polku", gettext_lazy("Plain tables (CSV)"),
     gettext_lazy("The same sheets, packed into one file.")),
    ("json", "polku", gettext_lazy("For programs"),
     gettext_lazy("All fields, in all languages.")),
)  # fmt: skip


def export_list(request: HttpRequest, workspace: str, plural: str) -> HttpResponse:
    """The list as a file, narrowed as its address says."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_by_plural(plural)
    if entity is None:
        raise NotFound
    query = {name: value for name, value in request.GET.dict().items() if value.strip()}
    form, layout = query.pop("format", "xlsx"), query.pop("layout", "polku")
    return _file(exports.export_list(entity, query, by=actor, form=form, layout=layout))


@require_GET
def export_all(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything: choose a form, then take the file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    form = request.GET.get("format", "")
    if form:
        layout = request.GET.get("layout", "polku")
        source = request.GET.get("source", "")
        archived = request.GET.get("archived") == "yes"
        return _file(exports.export_all(by=actor, form=form, layout=layout, source=source,
                                        archived=archived))  # fmt: skip
    context = {"forms": FORMS, "sources": layouts(actor)}
    return render(request, "imports/export_all.html", context)


def _file(found: exports.Export) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, found.name) or ""}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)
