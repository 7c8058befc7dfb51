"""Files in and out: imports and exports of a workspace."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import Router

from polku.api.answers import REPLAYED, answer, who
from polku.api.lists import asked, query_of
from polku.api.routes import Route, mount
from polku.api.shapes_of_answers import ANSWERS, MOMENT, NUMBER, TEXT, TEXT_OR_NOTHING
from polku.exchange.operations.claiming import is_interrupted
from polku.exchange.operations.exports import export_all, export_list
from polku.exchange.operations.runs import resume_import, start_import
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
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.fields import FALSE_WORDS
from polku.kernel.idempotency import Told, once, print_of, told_before
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
    """Save a tried import, or let an interrupted one go on; a long one goes to the background.

    With the header Idempotency-Key a repetition begins nothing, and tells how the import stands.
    """
    found = _import(request, number)
    go = resume_import if is_interrupted(found) else start_import
    found, again = _once(request, lambda: go(found, by=who(request)), request.body)
    if not again:
        run_or_enqueue(found)
    return _standing(found, 202, again=again)


def _once(
    request: HttpRequest, begin: Callable[[], ImportRun], said: bytes
) -> tuple[ImportRun, bool]:  # fmt: skip
    """The import that *begin* began, or began before under the key, and whether it was before.

    Only the beginning happens under the key, for rows are stored in steps of their own.
    """
    key, actor = request.headers.get("Idempotency-Key"), who(request)
    if key is None:
        return begin(), False
    found = once(key, _print(request, said), lambda: Told(202, str(begin().pk)), by=actor)
    return get_import(actor, int(found.told.text)), found.again


def _print(request: HttpRequest, said: bytes) -> str:
    return print_of(str(request.method).encode(), request.get_full_path().encode(), said)


def _standing(found: ImportRun, status: int, *, again: bool) -> HttpResponse:
    found.refresh_from_db()
    return answer(plain_import(found), status, {REPLAYED: "true"} if again else {})


def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take a finished import back; one that stopped half-way is withdrawn."""
    found = _import(request, number)
    if found.state in (ImportRun.State.INTERRUPTED, ImportRun.State.RUNNING):
        withdraw_import(found, by=who(request))  # says no while somebody saves it
    else:
        undo_import(found, by=who(request))
    return answer(plain_import(found))


def upload(request: HttpRequest, workspace: str) -> HttpResponse:  # noqa: ARG001
    """Send a file and see what would happen: ``file``, and if wished ``mapping``, ``conflicts``.

    ``mapping`` is the name of a saved or ready-made mapping, or its JSON; left out, one is
    suggested. ``dry_run=false`` saves at once. With the header Idempotency-Key a repetition brings
    in nothing, and tells how the import stands.
    """
    actor = who(request)
    require(may_import(actor))
    said = _said(request)
    key = request.headers.get("Idempotency-Key")
    if key is not None and (told := told_before(key, _print(request, said), by=actor)):
        found, again = get_import(actor, int(told.told.text)), True
    else:
        made = _received(request, actor)
        found, again = _saved(request, made, said)
    response = _standing(found, 201, again=again)
    response["Location"] = f"{request.path.rstrip('/')}/{found.pk}"
    return response


def _said(request: HttpRequest) -> bytes:
    """What a form says, whatever marks its parts were sent between."""
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput({"file": _("Send the file as multipart/form-data, under the name “file”.")})
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    return repr((sent.name, digest.hexdigest(), sorted(request.POST.lists()))).encode()


def _received(request: HttpRequest, actor: Actor) -> ImportRun:
    """The file, kept and tried; nothing of it stays when it cannot be read."""
    sent: Any = request.FILES["file"]
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
    return found


def _saved(request: HttpRequest, made: ImportRun, said: bytes) -> tuple[ImportRun, bool]:
    """The import, saved if the form says so; another one if a copy of the request was quicker."""
    actor = who(request)
    is_to_save = str(request.POST.get("dry_run", "true")).lower() in FALSE_WORDS
    try:
        found, again = _once(
            request, lambda: start_import(made, by=actor) if is_to_save else made, said
        )  # fmt: skip
    except Refused:
        drop_upload(made, by=actor)
        raise
    if found.pk != made.pk:
        drop_upload(made, by=actor)
    if is_to_save and not again:
        run_or_enqueue(found)
    return found, again


def _try(found: ImportRun, actor: Actor, said: Mapping[str, Any]) -> None:
    mapping = _mapping(found, actor, str(said.get("mapping", "")))
    if not mapping.sheets:
        words = _("Nobody can tell from the headings what the file lists. Send a mapping.")
        raise BadInput({"mapping": words})
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
