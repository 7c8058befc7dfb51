"""Journeys as files for programs: a sheet out, a changed one in, a journey from what is at hand."""

from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from polku.api.answers import answer, answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.lists import hold_empty, number_in, query_of
from polku.api.objects import found, place_of, plain_of
from polku.api.shapes import Code, Language, Line, Shape
from polku.api.shapes_of_answers import ANSWERS, NUMBER, TEXT
from polku.exchange.journeys.beginning import begin_journey
from polku.exchange.journeys.operations import Tried, apply_sheet, export_journey, try_sheet
from polku.exchange.journeys.pasted_text import Understood, understand
from polku.exchange.spreadsheet.refusals import FileRefused
from polku.journeys.document_shapes import JourneyDoc
from polku.journeys.patterns import PATTERNS, pattern
from polku.journeys.patterns.making import pattern_document
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.policy import may_create
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.tenancy.translated import Translated

LARGEST = 2_147_483_647
FILES = (
    "application/json", "text/csv", "image/svg+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
type Table = Annotated[str, StringConstraints(max_length=2_000_000)]


class SheetIn(Shape):
    """A changed sheet of a journey, as CSV text."""

    table: Table = Field(description="The sheet as it was exported, with changes; any delimiter.")
    dry_run: bool = Field(True, description="Tell what would change, and change nothing.")


class BeginIn(Shape):
    """A journey to begin: from a ready-made one, or from a table."""

    name: Line = Field(description="What the way is called, in the customer's words.")
    lang: Language | None = None
    kind: Literal["current", "designed"] = "current"
    pattern: Line = Field("", description="Key of a ready-made journey.", examples=["course"])
    table: Table = Field("", description="A table with a line, or a column, for each step.")
    services: list[Code] = Field(default_factory=list, max_length=50)
    people: list[Code] = Field(default_factory=list, max_length=50)
    meeting_points: bool = Field(True, description="Put those of the pattern into the library.")


def get_sheet(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """The journey as a file: ``format`` xlsx, csv, json or svg; ``lanes`` chooses rows."""
    actor, query = who(request), query_of(request)
    form = query.pop("format", "csv")
    lanes = [key for key in query.pop("lanes", "").split(",") if key]
    version = number_in(query.pop("version", ""), "version", 0, 1, LARGEST)
    hold_empty(query)
    journey = found(actor, entity, code)
    file = export_journey(journey, by=actor, form=form, lanes=lanes, version=version or None)
    headers = {"Content-Disposition": content_disposition_header(True, file.name) or ""}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


def set_sheet(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Send a changed sheet: what it would change, or with ``dry_run`` false what it changed.

    It is one edit that can be undone. Rows that cannot be read are named and left out.
    """
    actor, sent = who(request), shaped(SheetIn, read_json(request))
    journey = found(actor, entity, code)
    verb = try_sheet if sent.dry_run else apply_sheet
    try:
        tried = verb(journey, sent.table.encode(), "sheet.csv", by=actor)
    except FileRefused as error:
        raise BadInput({"table": error.message}) from error
    journey.refresh_from_db(fields=["edits"])
    return answer(plain_tried(tried, kept=not sent.dry_run) | {"edits": journey.edits})


def plain_tried(tried: Tried, *, kept: bool) -> dict[str, Any]:
    """What a sheet changes, as JSON-ready values."""
    changes = [
        {"how": one.how, "step": one.step.number if one.step else None, "what": one.what,
         "lang": one.lang, "before": one.before, "after": one.after}
        for one in tried.changes
    ]  # fmt: skip
    troubles = [asdict(trouble) for trouble in tried.troubles]
    return {"kept": kept, "rows": tried.laid.rows, "changes": changes, "left_out": troubles,
            "unknown_columns": list(tried.unknown),
            "pictures_left": tried.pictures_left}  # fmt: skip


def list_patterns(request: HttpRequest, entity: Entity) -> HttpResponse:  # noqa: ARG001
    """The ready-made journeys that one can begin with."""
    lang = who(request).lang
    items = [
        {"key": one.key, "name": one.name.reading(lang).text,
         "about": one.about.reading(lang).text,
         "steps": [step.name.reading(lang).text for step in one.steps]}
        for one in PATTERNS
    ]  # fmt: skip
    return answer({"items": items, "count": len(items), "next": None})


def begin(request: HttpRequest, entity: Entity) -> HttpResponse:
    """Begin a journey from a ready-made one or from a table; nothing is made of half a table.

    ``pictures_left`` in the answer says how many pictures the table names: it holds only their
    words. Send them by ``/pictures`` and hang them by edits."""
    actor, sent = who(request), shaped(BeginIn, read_json(request))
    require(may_create(actor, entity))
    doc, left = _document(actor, sent)
    services = _known(actor, sent.services, "services", "service_product")
    people = _known(actor, sent.people, "people", "persona", "segment")

    def make() -> HttpResponse:
        made = begin_journey(doc, by=actor, services=services, people=people)
        where = place_of(actor, entity, made.code)
        return answer_object(plain_of(actor, entity, made) | {"pictures_left": left}, 201, where)

    return answer_once(request, make)


def _document(actor: Actor, sent: BeginIn) -> tuple[JourneyDoc, int]:
    """The journey, and how many pictures of its table stay behind."""
    lang = sent.lang or actor.lang_for_writing
    name = Translated.of(sent.name, lang)
    if not name:
        raise BadInput({"name": _("Give it a name, such as “I visit the museum”.")})
    if sent.table and sent.pattern:
        raise BadInput({"table": _("Send a table or the name of a pattern, not both.")})
    if sent.table:
        read = _of_table(actor, sent.table, name, lang)
        return replace(read.doc, kind=sent.kind), read.pictures_left
    one = pattern(sent.pattern or "blank")
    if one is None:
        known = ", ".join(each.key for each in PATTERNS)
        raise BadInput({"pattern": _("Choose one of: %(known)s.") % {"known": known}})
    doc = pattern_document(one, name, meeting_points=sent.meeting_points)
    return replace(doc, kind=sent.kind), 0


def _of_table(actor: Actor, table: str, name: Translated, lang: str) -> Understood:
    try:
        read = understand(table, name, by=actor, lang=lang)
    except FileRefused as error:
        raise BadInput({"table": error.message}) from error
    if read.troubles:  # a program corrects and sends again; a person would be shown them
        first = read.troubles[0]
        raise BadInput({f"table.{first.row}.{first.column}": first.message})
    return read


def _known(actor: Actor, codes: list[str], field: str, *kinds: str) -> list[Any]:
    rows = [row for kind in kinds if codes
            for row in visible_kind(actor, entity_row(kind)).filter(code__in=codes)]  # fmt: skip
    if missing := set(codes) - {row.code for row in rows}:
        words = _("There is no “%(code)s” here.")
        raise BadInput({field: words % {"code": min(missing)[:40]}})
    return rows


_CHANGE: dict[str, Any] = {"type": "object", "properties": {
    "how": TEXT, "step": {"type": ["integer", "null"]}, "what": TEXT, "lang": TEXT,
    "before": TEXT, "after": TEXT,
}}  # fmt: skip
_PATTERN: dict[str, Any] = {"type": "object", "properties": {
    "key": TEXT, "name": TEXT, "about": TEXT, "steps": {"type": "array", "items": TEXT},
}}  # fmt: skip
ANSWERS |= {
    "JourneySheet": {"type": "object", "properties": {
        "kept": {"type": "boolean"}, "rows": NUMBER, "edits": NUMBER,
        "changes": {"type": "array", "items": _CHANGE},
        "left_out": {"type": "array", "items": {"type": "object", "properties": {
            "row": NUMBER, "column": TEXT, "message": TEXT}}},
        "unknown_columns": {"type": "array", "items": TEXT}, "pictures_left": NUMBER,
    }},
    "JourneyPatternList": {"type": "object", "properties": {
        "items": {"type": "array", "items": _PATTERN}, "count": NUMBER,
        "next": {"type": ["string", "null"]},
    }},
}  # fmt: skip
