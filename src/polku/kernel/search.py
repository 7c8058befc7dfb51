"""Folded words of every object, kept in step by the operations (DECISIONS 22)."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Lookup, Q, TextField
from django.db.models.expressions import RawSQL

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


class HoldsWords(Lookup[bool]):
    """``folded__holds_words="a:* & b:*"`` on PostgreSQL, answered by its GIN index."""

    lookup_name = "holds_words"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition; the configuration is the one of the index."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        sql = f"to_tsvector('simple', {left}) @@ to_tsquery('simple', {right})"
        return sql, (*left_params, *right_params)


TextField.register_lookup(HoldsWords)


def matching(words: list[str]) -> Q:
    """Rows of ``search_text`` that hold all words, each as the beginning of a word."""
    if not words:
        return Q(pk__in=[])
    if connection.vendor == "postgresql":
        return Q(folded__holds_words=" & ".join(f"{word}:*" for word in words))
    question = " ".join(f'"{word}"*' for word in words)
    rows = RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [question])
    return Q(pk__in=rows)
