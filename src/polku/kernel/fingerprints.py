"""Equal meaning, equal print (links.md 2; DECISIONS 33: the source language counts)."""

import hashlib
import json
import unicodedata
from typing import Any

from polku.kernel.fields import plain
from polku.kernel.registry import entity_of
from polku.tenancy.translated import Translated


def fingerprint(obj: Any) -> str:
    """SHA-256 over the canonical JSON of the object's meaning fields."""
    row = entity_of(obj)
    content = {name: _meaning(getattr(obj, name)) for name in row.meaning_fields}
    return content_print({k: v for k, v in content.items() if v not in (None, "", [], {})})


def content_print(content: Any) -> str:
    """SHA-256 over canonical JSON: keys sorted, NFC text, no blanks."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _meaning(value: Any) -> Any:
    if isinstance(value, Translated):
        return value.source_text
    if hasattr(value, "code"):
        return value.code
    return plain(value)
