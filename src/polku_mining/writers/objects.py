"""OCEL 2.0 as JSON: the cases are objects of one type, ``case``."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from polku_mining.writers.table import as_text, attributes_of, rows_of

TYPE = "case"


def write_objects(table: pa.Table, path: Path) -> None:
    """Events in arrival order, each tied to the object of its case."""
    names = attributes_of(table)
    kinds = {name: _kind(table.schema.field(name).type) for name in names}
    declared = [{"name": name, "type": kind} for name, kind in kinds.items()]
    cases = dict.fromkeys(as_text(table.column("case")))
    activities = dict.fromkeys(as_text(table.column("activity")))
    plain = _with_texts(table)
    data = {
        "objectTypes": [{"name": TYPE, "attributes": []}],
        "eventTypes": [{"name": name, "attributes": declared} for name in activities],
        "objects": [{"id": f"{case}", "type": TYPE} for case in cases],
        "events": [_event(number, row, names) for number, row in enumerate(rows_of(plain), 1)],
    }
    with path.open("w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)


def _event(number: int, row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    told = [{"name": name, "value": row[name]} for name in names if row[name] is not None]
    return {
        "id": f"e{number}", "type": row["activity"], "time": row["time"], "attributes": told,
        "relationships": [{"objectId": row["case"], "qualifier": TYPE}],
    }  # fmt: skip


def _with_texts(table: pa.Table) -> pa.Table:
    """Numbers and truth stay; everything else becomes text."""
    columns = {}
    for name in table.column_names:
        kind = table.schema.field(name).type
        keep = name not in {"case", "activity", "time"} and _kind(kind) in {
            "integer", "float", "boolean",
        }  # fmt: skip
        column = table.column(name)
        columns[name] = column if keep else pa.array(as_text(column), pa.string())
    return pa.table(columns)


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "time"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "float"
    return "boolean" if pa.types.is_boolean(kind) else "string"
