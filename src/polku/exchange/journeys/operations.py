"""Journeys out into files and in again. Source: portfolio 7.13; decision 20.

A sheet that comes in is laid upon what stands and told first; keeping it is one edit, which its
writer can undo.
"""

import base64
import io
import secrets
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.exchange.journeys.applying import Laid, Trouble, lay_rows
from polku.exchange.journeys.columns import SheetRow
from polku.exchange.journeys.library import library_of
from polku.exchange.journeys.map_pictures import embedded
from polku.exchange.journeys.map_svg import map_svg
from polku.exchange.journeys.pictures_left import pictures_left, told_left
from polku.exchange.journeys.reading import SheetRead, read_sheet
from polku.exchange.journeys.sheet_rows import journey_table
from polku.exchange.journeys.telling import Told, told_changes
from polku.exchange.operations.exports import Export
from polku.exchange.spreadsheet.sources import Source
from polku.exchange.spreadsheet.writing import write_csv, write_xlsx
from polku.journeys.documents import JourneyDoc, document_for, plain_document, read_document
from polku.journeys.lanes import LANES, lanes_for
from polku.journeys.models import Journey
from polku.journeys.operations import apply_document
from polku.journeys.operations.editing import held_journey
from polku.journeys.policy import may_edit
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import record

FORMS = ("xlsx", "csv", "json", "svg")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8", "json": "application/json", "svg": "image/svg+xml",
}  # fmt: skip
SALT = "polku.journey-sheet"
# How long a dry run may be looked at before it is read anew
LASTS = 24 * 3600


def export_journey(
    journey: Journey, *, by: Actor, form: str = "xlsx", lanes: Collection[str] = (),
    version: int | None = None,
) -> Export:  # fmt: skip
    """The journey as a file, with the lanes that the reader may see of those chosen."""
    if form not in FORMS:
        raise BadInput({"format": _("Choose xlsx, csv, json or svg.")}, _("Nothing was exported."))
    # Whoever is not of the team is given what was agreed, never what is being written
    doc = document_for(by, journey, version if by.is_internal else None)
    shown = lanes_for(by, lanes)
    mark = secrets.token_hex(5)
    name = f"{journey.code}-v{doc.version}-{timezone.localdate():%Y-%m-%d}.{form}"
    if form == "svg":
        drawn = lanes_for(by, lanes, used=doc.used)
        files = embedded(doc, drawn.keys, by.workspace.pk)
        words = {"lang": by.lang, "vocabulary": by.vocabulary}
        content = map_svg(doc, drawn, **words, files=files).encode()
    elif form == "json":
        content = msgspec.json.encode(plain_document(with_lanes(doc, shown.keys)))
    else:
        content = _sheet(doc, by, shown.keys, form, mark)
    with transaction.atomic():
        changes = {"layout": [None, form], "source": [None, journey.code]}
        record("list.exported", by=by, obj=by.workspace, changes=changes, note=mark)
    return Export(name, content, _TYPES[form], mark)


def _sheet(doc: JourneyDoc, by: Actor, lanes: Collection[str], form: str, mark: str) -> bytes:
    table = journey_table(doc, by.workspace.languages, lanes)
    target = io.BytesIO()
    if form == "xlsx":
        write_xlsx(target, [table], mark)
    else:
        write_csv(target, table, mark)
    return target.getvalue()


def with_lanes(doc: JourneyDoc, keys: Collection[str]) -> JourneyDoc:
    """The document without what stands in other lanes."""
    if set(keys) >= {lane.key for lane in LANES}:
        return doc
    blank: dict[str, Any] = {
        "customer_action": {"customer_action": JourneyDoc().name, "picture": None},
        "expectation": {"expectation": JourneyDoc().name},
        "touchpoint": {"touchpoints": ()}, "wait": {"expected_wait": ""}, "pains": {"pains": ()},
        "experience": {"emotion_target": None, "emotion_assumed": None},
    }  # fmt: skip
    without: dict[str, Any] = {}
    for key, values in blank.items():
        without |= {} if key in keys else values

    def kept(step: Any) -> Any:
        cells = {row: few for row, few in step.cells.items() if row in keys}
        return replace(step, cells=cells, **without)

    stages = tuple(replace(s, steps=tuple(kept(step) for step in s.steps)) for s in doc.stages)
    return replace(doc, stages=stages, pains=doc.pains if "pains" in keys else ())


@dataclass(frozen=True)
class Tried:
    """What a sheet would do to a journey. ``kept`` carries its rows to the page and back, signed;
    ``edits`` is what the journey stood at; ``pictures_left`` counts the pictures that it names and
    that do not hang there."""

    changes: tuple[Told, ...]
    laid: Laid
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    kept: str
    edits: int
    pictures_left: int = 0

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Rows that were left out, with the reason."""
        return self.laid.troubles


def try_sheet(journey: Journey, source: Source, name: str, *, by: Actor) -> Tried:
    """Read a file and tell what it would change; nothing is changed. Raises FileRefused, BadInput,
    NotAllowed."""
    require(may_edit(by, journey))
    return _tried(journey, read_sheet(source, name), by)


def _tried(journey: Journey, read: SheetRead, by: Actor) -> Tried:
    now = read_document(by, journey)
    laid = lay_rows(now, read.rows, library_of(by), lang=by.lang_for_writing)
    changes = tuple(told_changes(now, laid.doc, by.lang))
    left = pictures_left(read.rows, laid.doc)
    return Tried(changes, laid, read.unknown, (*read.notes, *told_left(left)),
                 _packed(journey, read.rows), now.edits, left)  # fmt: skip


def keep_sheet(journey: Journey, kept: str, edits: int, *, by: Actor) -> Tried:
    """Keep what a tried sheet says, as one edit. Raises Refused when somebody changed the journey
    since it was told: then it is to be looked at again."""
    with transaction.atomic():
        held_journey(journey)  # nobody writes between what is read here and what is kept
        tried = try_again(journey, kept, by=by)
        if tried.edits != edits:
            words = _("Somebody changed the journey since you looked. Nothing was kept; look "
                      "again below.")  # fmt: skip
            raise Refused(words)
        apply_document(journey, tried.laid.doc, by=by)
    return tried


def try_again(journey: Journey, kept: str, *, by: Actor) -> Tried:
    """The same sheet against what stands now. Raises BadInput when the page is too old."""
    require(may_edit(by, journey))
    return _tried(journey, SheetRead(_unpacked(journey, kept)), by)


def apply_sheet(journey: Journey, source: Source, name: str, *, by: Actor) -> Tried:
    """Read a file and keep what it says at once: for programs, which looked before."""
    require(may_edit(by, journey))
    read = read_sheet(source, name)
    with transaction.atomic():
        held_journey(journey)
        tried = _tried(journey, read, by)
        apply_document(journey, tried.laid.doc, by=by)
    return tried


def _packed(journey: Journey, rows: Collection[SheetRow]) -> str:
    plain = msgspec.json.encode([[row.number, dict(row.cells)] for row in rows])
    text = base64.b64encode(zlib.compress(plain, 6)).decode()
    return signing.TimestampSigner(salt=SALT).sign(f"{journey.code}|{text}")


def _unpacked(journey: Journey, kept: str) -> tuple[SheetRow, ...]:
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(kept, max_age=LASTS)
    except signing.BadSignature:
        said = ""
    code, _bar, text = said.partition("|")
    if code != journey.code:
        words = _("The page was open for too long. Nothing was kept; choose the file again.")
        raise BadInput({"file": words}, _("Nothing was changed."))
    rows: list[tuple[int, Mapping[str, str]]] = msgspec.json.decode(
        zlib.decompress(base64.b64decode(text))
    )
    return tuple(SheetRow(number, cells) for number, cells in rows)
