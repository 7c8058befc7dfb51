"""Files in and out: imports and exports of a workspace."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import Router

from polku.api.answers import answer, who
from polku.api.lists import asked, query_of
from polku.api.routes import Route, mount
from polku.api.shapes_of_answers import ANSWERS, MOMENT, NUMBER, TEXT, TEXT_OR_NOTHING
from polku.exchange.operations.exports import export_all, export_list
from polku.exchange.operations.runs import is_interrupted, resume_import, start_import
from polku.exchange.operations.undoing import undo_import, withdraw_import
from polku.exchange.operations.uploads import drop_upload, keep_upload, open_upload, try_import
from polku.exchange.planning.suggesting import named_mapping, suggest
from polku.exchange.queries import (
    SHOWN,
    get_import,
    plain_import,
    plain_row,
    rows_of,
    visible_imports,
)
from polku.exchange.spreadsheet.mapping import Mapping as FileMapping
from polku.exchange.spreadsheet.mapping_json import MappingError, load_mapping
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.exchange.tasks import run_or_enqueue
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.fields import FALSE_WORDS
from polku.kernel.models import ImportRun
from polku.kernel.policy import may_import
from polku.kernel.registry import entity_by_plural

ROOM = "/w/{workspace}"  # in each path, so that the framework takes it from the address
router = Router(tags=["exchange"])


def list_imports(request: HttpRequest) -> HttpResponse:
    """Imports of the workspace, the latest first."""
    page, _query = asked(request)
    rows = visible_imports(who(request))
    shown = rows[page.offset : page.end]
    return page.answer([plain_import(run) for run in shown], rows.count())


def get_one(request: HttpRequest, number: str) -> HttpResponse:
    """How an import stands."""
    return answer(plain_import(_import(request, number)))


def list_rows(request: HttpRequest, number: str) -> HttpResponse:
    """What each row became, or would become; ``outcome`` narrows them."""
    page, query = asked(request)
    shown = [part for part in query.get("outcome", "").split(",") if part] or SHOWN
    if unknown := [name for name in shown if name not in SHOWN]:
        raise BadInput({"outcome": _("There is no “%(name)s” here.") % {"name": unknown[0][:40]}})
    rows = rows_of(_import(request, number), shown)
    found = [plain_row(row) for row in rows[page.offset : page.end]]
    return page.answer(found, rows.count())


def run(request: HttpRequest, number: str) -> HttpResponse:
    """Save a tried import, or let an interrupted one go on; a long one goes to the background."""
    found = _import(request, number)
    if is_interrupted(found):
        resume_import(found, by=who(request))
    else:
        start_import(found, by=who(request))
    run_or_enqueue(found)
    found.refresh_from_db()
    return answer(plain_import(found), 202)


def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take a finished import back; one that stopped half-way is withdrawn."""
    found = _import(request, number)
    if found.state in (ImportRun.State.INTERRUPTED, ImportRun.State.RUNNING):
        withdraw_import(found, by=who(request))
    else:
        undo_import(found, by=who(request))
    return answer(plain_import(found))


def upload(request: HttpRequest, workspace: str) -> HttpResponse:  # noqa: ARG001
    """Send a file and see what would happen: ``file``, and if wished ``mapping``, ``conflicts``.

    ``mapping`` is the name of a saved or ready-made mapping, or its JSON; left out, one is
    suggested. ``dry_run=false`` saves at once.
    """
    actor = who(request)
    require(may_import(actor))
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput({"file": _("Send the file as multipart/form-data, under the name “file”.")})
    try:
        found = keep_upload(sent.chunks(), sent.name or "", by=actor)
    except FileRefused as error:
        raise BadInput({"file": error.message}) from error
    try:
        _try(found, actor, request.POST)
    except (FileRefused, MappingError, BadInput) as error:
        drop_upload(found, by=actor)
        if isinstance(error, BadInput):
            raise
        name = "file" if isinstance(error, FileRefused) else "mapping"
        raise BadInput({name: str(error)}) from error
    if request.POST.get("dry_run", "true").lower() in FALSE_WORDS:
        start_import(found, by=actor)
        run_or_enqueue(found)
        found.refresh_from_db()
    response = answer(plain_import(found), 201)
    response["Location"] = f"{request.path.rstrip('/')}/{found.pk}"
    return response


def _try(found: ImportRun, actor: Actor, said: Mapping[str, Any]) -> None:
    mapping = _mapping(found, actor, str(said.get("mapping", "")))
    book = open_upload(found, mapping.options())
    if book.questions:
        raise BadInput({"file": str(book.questions[0].message)})
    conflicts = said.get("conflicts", "here")
    if conflicts not in ("here", "file"):
        raise BadInput({"conflicts": _("Answer here or file.")})
    try_import(found, mapping, by=actor, file_wins=conflicts == "file")


def _mapping(found: ImportRun, actor: Actor, said: str) -> FileMapping:
    if not said:
        return suggest(open_upload(found), actor).mapping
    if said.lstrip().startswith("{"):
        return load_mapping(said)
    named = named_mapping(said, actor)
    if named is None:
        raise BadInput({"mapping": _("No mapping has this name.")})
    return named


def _import(request: HttpRequest, number: str) -> ImportRun:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound
    return get_import(who(request), int(number))


def export(request: HttpRequest) -> HttpResponse:
    """Everything as a file, or one list with its filters: ``list=services&owner_party=PTY-3``."""
    query = query_of(request)
    form, layout = query.pop("format", "json"), query.pop("layout", "polku")
    plural, source = query.pop("list", ""), query.pop("source", "")
    actor = who(request)
    if plural:
        entity = entity_by_plural(plural)
        if entity is None:
            raise BadInput({"list": _("There is no such list.")})
        found = export_list(entity, query, by=actor, form=form, layout=layout)
    else:
        found = export_all(by=actor, form=form, layout=layout, source=source)
    headers = {"Content-Disposition": content_disposition_header(True, found.name) or ""}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


_IMPORT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": NUMBER, "file_name": TEXT, "file_hash": TEXT, "state": TEXT, "source": TEXT,
        "counts": {"type": "object", "additionalProperties": NUMBER}, "done": NUMBER,
        "total": NUMBER, "message": TEXT, "made_at": MOMENT, "finished_at": TEXT_OR_NOTHING,
        "missing": {"type": "array"}, "left": {"type": "array"},
    },
}  # fmt: skip
_ROW: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sheet": TEXT, "row": NUMBER, "outcome": TEXT, "title": TEXT, "kind": TEXT,
        "changes": {"type": "object"}, "problems": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip


def _list_of(shape: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "array", "items": shape}
    return {"type": "object", "properties": {"items": items, "count": NUMBER,
                                             "next": TEXT_OR_NOTHING}}  # fmt: skip


ANSWERS |= {
    "Import": _IMPORT, "ImportRow": _ROW,
    "ImportList": _list_of({"$ref": "#/components/schemas/Import"}),
    "ImportRowList": _list_of({"$ref": "#/components/schemas/ImportRow"}),
}  # fmt: skip

_PAGED = ("limit", "offset")
_FILES = (
    "application/json", "text/csv", "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
mount(router, (
    Route("GET", ROOM + "/imports", list_imports, "import_list", "ImportList", query=_PAGED),
    Route("GET", ROOM + "/imports/{number}", get_one, "import_get", "Import"),
    Route("GET", ROOM + "/imports/{number}/rows", list_rows, "import_rows", "ImportRowList",
          query=("outcome", *_PAGED)),
    Route("POST", ROOM + "/imports/{number}/run", run, "import_run", "Import", 202),
    Route("POST", ROOM + "/imports/{number}/undo", undo, "import_undo", "Import"),
    Route("GET", ROOM + "/export", export, "export", "Problem", files=_FILES,
          query=("format", "layout", "list", "source")),
))  # fmt: skip

_FORM: dict[str, Any] = {
    "type": "object", "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"}, "mapping": TEXT,
        "dry_run": {"type": "boolean", "default": True},
        "conflicts": {"type": "string", "enum": ["here", "file"], "default": "here"},
    },
}  # fmt: skip
upload.route = Route("POST", ROOM + "/imports", upload, "import_create", "Import", 201)  # type: ignore[attr-defined]
upload.entity = None  # type: ignore[attr-defined]
router.api_operation(
    ["POST"], ROOM + "/imports", operation_id="import_create", url_name="import_create",
    summary="Send a file and see what would happen.", description=upload.__doc__,
    openapi_extra={
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
    },
)(upload)  # fmt: skip
