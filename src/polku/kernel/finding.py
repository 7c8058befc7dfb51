"""Finding anything by words, over all kinds of things that the actor may see (DECISIONS 22).

What the actor may not see is left out before anything is counted or cut. Pages and the API ask
here alike.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Value, Window
from django.db.models.functions import Coalesce

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.folding import fold
from polku.kernel.models import SearchText
from polku.kernel.queries import titled, visible_kind
from polku.kernel.registry import Entity, entities

PER_KIND = 8
LONGEST = 200
FEW = 500  # search rows; there are about three for each thing


@dataclass(frozen=True)
class Hits:
    """What was found of one kind: how many in all, and the first of them by name."""

    entity: Entity
    count: int
    rows: Sequence[Any]


@dataclass(frozen=True)
class Found:
    """The answer to a search: the words as understood and the hits by kind, kinds in order."""

    words: Sequence[str]
    groups: Sequence[Hits]

    @property
    def count(self) -> int:
        """How many things in all."""
        return sum(group.count for group in self.groups)


def kinds_for(actor: Actor) -> list[Entity]:
    """The kinds that can be there for the actor: switched on, and shown to their side at all."""
    on = [row for row in entities() if not row.feature or actor.workspace.has(row.feature)]
    return on if actor.is_internal else [row for row in on if not _is_hidden(actor, row)]


def _is_hidden(actor: Actor, row: Entity) -> bool:
    return row.outside is not None and row.outside(actor) == Q(pk__in=[])


def find_words(actor: Actor, question: str, *, per_kind: int = PER_KIND) -> Found:
    """Things in which every word of *question* begins some word, accents and case ignored.

    Few hits are told by one statement and read by number; with many, one statement tells which
    kinds have any.
    """
    words = search.words_of(question[:LONGEST])
    if not words:
        return Found(words, ())
    texts = SearchText.objects.filter(workspace_id=actor.workspace.pk)
    texts = texts.filter(search.matching(words))
    first = list(texts.order_by().values_list("kind", "object_id")[: FEW + 1])
    if len(first) <= FEW:
        numbers: dict[str, set[int]] = defaultdict(set)
        for kind, number in first:
            numbers[kind].add(number)
        kinds = [row for row in kinds_for(actor) if row.kind in numbers]
        groups = [_few_hits(actor, row, numbers[row.kind], per_kind) for row in kinds]
    else:
        present = set(texts.order_by().values_list("kind", flat=True).distinct())
        kinds = [row for row in kinds_for(actor) if row.kind in present]
        groups = [_hits(actor, row, texts, per_kind) for row in kinds]
    return Found(words, tuple(group for group in groups if group.count))


def _few_hits(actor: Actor, row: Entity, numbers: set[int], limit: int) -> Hits:
    rows = titled(row, visible_kind(actor, row)).filter(pk__in=numbers)
    # An expression, since SQLite would walk the whole index of titles to spare itself the sorting.
    shown = list(rows.order_by(Coalesce("sort_title", Value("")), "id")[:limit])
    return Hits(row, rows.count() if len(shown) == limit else len(shown), shown)


def _hits(actor: Actor, row: Entity, texts: Any, limit: int) -> Hits:
    numbers = texts.filter(kind=row.kind).values("object_id")
    rows = visible_kind(actor, row).filter(pk__in=numbers)
    counted = rows.annotate(found=Window(Count("*"))).order_by("sort_title", "id")
    first = list(counted.values_list("pk", "found")[:limit])
    if not first:
        return Hits(row, 0, ())
    order = {number: place for place, (number, _found) in enumerate(first)}
    shown = titled(row, visible_kind(actor, row).filter(pk__in=list(order)))
    return Hits(row, first[0][1], sorted(shown, key=lambda obj: order[obj.pk]))


def with_code(actor: Actor, question: str) -> Any | None:
    """The object whose code the whole question is, if the actor may see it."""
    code = question.strip().upper()
    prefix, dash, number = code.partition("-")
    if not dash or not number.isdigit() or len(code) > 20:
        return None
    row = next((row for row in kinds_for(actor) if row.prefix == prefix), None)
    if row is None:
        return None
    return visible_kind(actor, row, archived=True).filter(code=code).first()


def alike(actor: Actor, row: Entity, name: str, *, limit: int = 5) -> list[Any]:
    """Objects whose name or other name is the same as *name* or nearly so, the likest first."""
    from rapidfuzz import fuzz, process

    wanted = fold(name).strip()
    if not wanted:
        return []
    named: dict[tuple[int, int], str] = {}
    columns = ["pk", "sort_title", *(["aliases"] if "aliases" in row.by_name else [])]
    for number, title, *aliases in visible_kind(actor, row).values_list(*columns):
        texts = [title, *(fold(str(alias)) for alias in (aliases[0] if aliases else []))]
        named |= {(number, place): text for place, text in enumerate(texts) if text}
    likest = process.extract(
        wanted[:200], named, scorer=fuzz.ratio, score_cutoff=85, limit=limit * 2
    )
    numbers = list(dict.fromkeys(key[0] for _text, _score, key in likest))[:limit]
    found = {obj.pk: obj for obj in titled(row, visible_kind(actor, row).filter(pk__in=numbers))}
    return [found[number] for number in numbers if number in found]
