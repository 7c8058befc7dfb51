"""Equal meaning, equal print (links.md 2; DECISIONS 33: the source language counts)."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from polku.kernel.fields import plain
from polku.kernel.pieces import PieceKind, piece_kind
from polku.kernel.registry import Entity, entity_of
from polku.tenancy.translated import Translated

EMPTY: tuple[Any, ...] = (None, "", [], {})


def fingerprint(obj: Any) -> str:
    """SHA-256 over the canonical JSON of what the object means."""
    return content_print(content_of(obj))


def content_of(obj: Any) -> dict[str, Any]:
    """The object's meaning by name, as plain data; texts in their source language."""
    row = meant(obj)
    content = {name: _meaning(getattr(obj, name)) for name in row.meaning_fields}
    return content | {part.name: part.read(obj) for part in row.meanings}


def meant(obj: Any) -> Entity | PieceKind:
    """The row that says what the meaning of this object or piece is made of."""
    return piece_kind(obj._meta.db_table) or entity_of(obj)


def content_print(content: Any) -> str:
    """SHA-256 over canonical JSON: keys sorted, texts in NFC, no blanks, empty left out."""
    text = json.dumps(canonical(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Any) -> Any:
    """The same content in its one form: blanks around and runs of blanks within mean nothing."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, Mapping):
        named = ((canonical(str(key)), canonical(part)) for key, part in value.items())
        return {key: part for key, part in named if part not in EMPTY}
    if isinstance(value, list | tuple):
        return [part for part in map(canonical, value) if part not in EMPTY]
    return plain(value)


def _meaning(value: Any) -> Any:
    if isinstance(value, Translated):
        return value.source_text
    if hasattr(value, "code"):
        return value.code
    return plain(value)
