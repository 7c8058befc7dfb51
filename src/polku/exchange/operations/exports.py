"""Everything out, or one list; who took what and when is noted. Source: portfolio 7.13."""

import io
import secrets
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.exchange.exporting.beside import Beside
from polku.exchange.exporting.in_full import full_table, further_tables
from polku.exchange.exporting.sheets import Writer
from polku.exchange.exporting.source import latest_run, source_tables
from polku.exchange.spreadsheet.writing import Table, write_csv, write_xlsx
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import record
from polku.kernel.link_rows import plain_links, visible_links
from polku.kernel.listing import listing
from polku.kernel.models import ImportRun
from polku.kernel.plain_rows import plain_rows
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible, visible_kind
from polku.kernel.registry import Entity, entities
from polku.portfolio.models import Requirement, ServiceProduct

type Format = Literal["xlsx", "csv", "json"]
type Layout = Literal["polku", "source"]

FORMATS = ("xlsx", "csv", "json")
LAYOUTS = ("polku", "source")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "json": "application/json",
}
_FORMULA_FREE = {"services": ServiceProduct, "requirements": Requirement}


@dataclass(frozen=True)
class Export:
    """A file to hand out. ``export_id`` is the mark by which its cells are compared later."""

    name: str
    content: bytes
    media_type: str
    export_id: str


def export_all(
    *, by: Actor, form: str = "xlsx", layout: str = "polku", source: str = "",
    archived: bool = False,
) -> Export:  # fmt: skip
    """Everything of the workspace; only its own people may take it all."""
    require(may_read_inside(by))
    _hold(form, layout)
    if form == "json":
        return _noted(by, "workspace.exported", layout, "", lambda _id: _json(by, archived))
    if layout == "source":
        run = _run(by, source)
        tables = list(source_tables(by, run))
        return _noted(by, "workspace.exported", layout, run.source,
                      lambda mark: _file(tables, form, mark, by.workspace.slug, run))  # fmt: skip
    tables = [*_four(by, archived), *further_tables(by, archived=archived)]
    return _noted(by, "workspace.exported", layout, "",
                  lambda mark: _file(tables, form, mark, by.workspace.slug))  # fmt: skip


def export_list(
    entity: Entity, query: Mapping[str, str], *, by: Actor, form: str = "xlsx",
    layout: str = "polku",
) -> Export:  # fmt: skip
    """One list with its filters and order, with what the actor may see of it."""
    _hold(form, layout)
    rows = listing(by, entity, query).rows
    name = f"{by.workspace.slug}-{entity.plural}"
    if form == "json":
        found = list(plain_rows(by, entity, rows).values())
        return _noted(by, "list.exported", layout, "",
                      lambda _mark: _encoded(name, {entity.plural: found}))  # fmt: skip
    if layout == "source" and entity.sheet == "services" and by.is_internal:
        run = _run(by, "")
        numbers = list(rows.values_list("pk", flat=True))
        tables = list(source_tables(by, run, only=numbers))
        return _noted(by, "list.exported", layout, run.source,
                      lambda mark: _file(tables[:1], form, mark, name, run))  # fmt: skip
    table = _list_table(by, entity, rows)
    return _noted(by, "list.exported", "polku", "",
                  lambda mark: _file([table], form, mark, name))  # fmt: skip


def _list_table(by: Actor, entity: Entity, rows: Any) -> Table:
    """The sheet of the first workbook for our own people; else the fields that one may read."""
    if entity.sheet in _FORMULA_FREE and by.is_internal:
        ref = "owner_party" if entity.sheet == "services" else "raised_by_party"
        return Writer(by).table(entity.sheet, list(rows.select_related(ref)))
    return full_table(by, entity, rows)


def _four(by: Actor, archived: bool) -> Iterable[Table]:
    writer = Writer(by, Beside(by))
    services = visible(by, ServiceProduct, archived=archived).select_related("owner_party")
    yield writer.table("services", list(services.order_by("id")))
    wishes = visible(by, Requirement, archived=archived).select_related("raised_by_party")
    yield writer.table("requirements", list(wishes.order_by("id")))
    yield writer.table("users", writer.users())
    yield writer.table("dependencies", writer.needs())


def _hold(form: str, layout: str) -> None:
    problems = {}
    if form not in FORMATS:
        problems["format"] = _("Choose xlsx, csv or json.")
    if layout not in LAYOUTS:
        problems["layout"] = _("Choose polku or source.")
    if problems:
        raise BadInput(problems, _("Nothing was exported."))


def _run(by: Actor, source: str) -> ImportRun:
    run = latest_run(by, source)
    if run is None:
        raise Refused(
            _("No file was imported here yet whose headings could be used. Export our own layout.")
        )
    return run


def _noted(by: Actor, name: str, layout: str, source: str, make: Any) -> Export:
    """Make the file, and note it: what changes here afterwards is later told from what is in it."""
    mark = secrets.token_hex(5)
    export: Export = make(mark)
    with transaction.atomic():
        changes = {"layout": [None, layout], "source": [None, source]}
        record(name, by=by, obj=by.workspace, changes=changes, note=mark)
    return export


def _file(
    tables: list[Table], form: str, mark: str, name: str, run: ImportRun | None = None
) -> Export:  # fmt: skip
    stamp = f"{name}-{timezone.localdate():%Y-%m-%d}"
    target = io.BytesIO()
    if form == "xlsx":
        write_xlsx(target, tables, mark)
        return Export(f"{stamp}.xlsx", target.getvalue(), _TYPES["xlsx"], mark)
    delimiter = str(run.report.get("delimiter") or ",") if run is not None else ","
    if len(tables) == 1:
        write_csv(target, tables[0], mark, delimiter)
        return Export(f"{stamp}.csv", target.getvalue(), _TYPES["csv"], mark)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            part = io.BytesIO()
            write_csv(part, table, mark, delimiter)
            archive.writestr(f"{table.name}.csv", part.getvalue())
    return Export(f"{stamp}.zip", target.getvalue(), _TYPES["zip"], mark)


def _json(by: Actor, archived: bool) -> Export:
    content: dict[str, Any] = {
        "polku": 1, "workspace": by.workspace.slug, "exported_at": timezone.now().isoformat(),
    }  # fmt: skip
    for entity in entities():
        rows = visible_kind(by, entity, archived=archived).order_by("id")
        content[entity.plural] = list(plain_rows(by, entity, rows).values())
    content["links"] = plain_links(by, list(visible_links(by)))
    return _encoded(by.workspace.slug, content)


def _encoded(name: str, content: Any) -> Export:
    text = msgspec.json.encode(content, enc_hook=str)
    stamp = f"{name}-{timezone.localdate():%Y-%m-%d}.json"
    return Export(stamp, text, _TYPES["json"], "")
