"""Folded words of every object, kept in step by the operations (DECISIONS 22)."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from polku.kernel.folding import fold
from polku.kernel.models import SearchText
from polku.kernel.registry import Entity, entity_of
from polku.tenancy.translated import Translated

ANY = ""


def index(objects: Iterable[Any], *, fresh: bool = False) -> None:
    """Write the search rows of objects of one kind; *fresh* objects have none to take away."""
    objects = list(objects)
    if not objects:
        return
    row = entity_of(objects[0])
    wanted = [text for obj in objects for text in _texts(row, obj)]
    if not fresh:
        _forget(row, objects)
    SearchText.objects.bulk_create(wanted, batch_size=2000)


def _forget(row: Entity, objects: list[Any]) -> None:
    SearchText.objects.filter(
        workspace_id=objects[0].workspace_id, kind=row.kind, object_id__in=[o.pk for o in objects]
    ).delete()


def _texts(row: Entity, obj: Any) -> list[SearchText]:
    by_language: dict[str, list[str]] = {ANY: [obj.code]}
    for name in row.search_fields:
        for language, text in _words(getattr(obj, name)):
            by_language.setdefault(language, []).append(text)
    return [
        SearchText(
            workspace_id=obj.workspace_id, kind=row.kind, object_id=obj.pk,
            language=language, folded=fold(" ".join(parts)),
        )
        for language, parts in by_language.items()
    ]  # fmt: skip


def _words(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Translated):
        return list(value.texts.items())
    if isinstance(value, list):
        return [(ANY, str(part)) for part in value]
    if isinstance(value, dict):
        return [(ANY, str(part)) for part in value.values()]
    return [(ANY, str(value))] if value else []


def words_of(query: str) -> list[str]:
    """The folded words of a question, at most eight, without signs of the search language."""
    kept = "".join(c if c.isalnum() else " " for c in fold(query))
    return kept.split()[:8]


def match(words: list[str]) -> tuple[str, list[Any]]:
    """SQL condition and parameters on ``search_text`` for rows that hold all words as prefixes."""
    if connection.vendor == "postgresql":
        return (
            "to_tsvector('simple', search_text.folded) @@ to_tsquery('simple', %s)",
            [" & ".join(f"{word}:*" for word in words)],
        )
    return (
        "search_text.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)",
        [" ".join(f'"{word}"*' for word in words)],
    )
