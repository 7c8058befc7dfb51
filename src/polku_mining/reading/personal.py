"""What looks like personal data, and how keys of cases are veiled."""

import re
from collections.abc import Iterable

import pyarrow as pa

NAMES = re.compile(
    r"(e.?mail|phone|first.?name|last.?name|surname|full.?name|address|ssn|birth|org:resource"
    r"|\buser(.?name)?\b|employee|customer.?name|etunimi|sukunimi|sähköposti|puhelin|hetu"
    r"|nazwisko|imi[eę]\b|telefon|pesel|фамилия|имя|телефон)",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
PHONE = re.compile(r"\+?\d[\d ()-]{7,}\d")
LOOKED_AT = 200
MOSTLY = 0.5


def personal_columns(table: pa.Table, used: set[str]) -> list[str]:
    """Columns that look personal by their name, or by what stands in them.

    Of the columns in use the name says nothing, and long numbers are keys rather than telephones.
    """
    return [name for name in table.column_names if _column(table, name, own=name in used)]


def _column(table: pa.Table, name: str, *, own: bool) -> bool:
    column = table.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.slice(0, LOOKED_AT).cast(column.type.value_type)
    textual = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    values = column.slice(0, LOOKED_AT).to_pylist() if textual else []
    if own:
        return _mostly(MAIL.fullmatch(value) is not None for value in values if value)
    return looks_personal(name, values)


def looks_personal(name: str, values: Iterable[str | None]) -> bool:
    """Whether an attribute looks like names, addresses or numbers of people."""
    if NAMES.search(name):
        return True
    told = [value for value in values if value]
    return _mostly(bool(MAIL.fullmatch(v) or PHONE.fullmatch(v)) for v in told)


def _mostly(hits: Iterable[bool]) -> bool:
    found = list(hits)
    return bool(found) and sum(found) > MOSTLY * len(found)


def veiled(keys: pa.Array, salt: str) -> pa.Array:
    """Keys as salted hashes (SHA-256, the first 16 digits): equal keys stay equal."""

    import hashlib  # brings a cryptographic library along

    def veil(key: object) -> str:
        return hashlib.sha256(f"{salt}\x00{key}".encode()).hexdigest()[:16]

    return pa.array([None if key is None else veil(key) for key in keys.to_pylist()], pa.string())
