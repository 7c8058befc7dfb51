"""Which object here a row of a sheet of our own fields stands for. Source: portfolio 7.3.

By our code in a file from here; else by the key of an import before; else by what makes a thing of
its kind known: the two sides of a relationship, the ends of a need, a name.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from polku.exchange.planning.further_sheets import FurtherRow
from polku.exchange.planning.further_values import Nowhere
from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import short_key
from polku.exchange.spreadsheet.identity import row_key
from polku.kernel.folding import fold
from polku.kernel.models import ExternalRef
from polku.kernel.registry import Entity
from polku.people.pointers import MERGED

# Where a name says little without the thing that it belongs to.
_WITHIN = {"offering": ("product", "package"), "product_version": ("product",),
           "decision": ("subject",)}  # fmt: skip


class Finder:
    """Finds objects for rows; each is taken once. ``targets`` leads from codes of the file to the
    objects that their rows stand for."""

    def __init__(self, here: Here, *, ours: bool) -> None:
        self.here, self.ours = here, ours
        self.by = here.by
        self.targets: dict[str, Any] = {}
        self._taken: set[tuple[str, int]] = set()
        self._merged: set[tuple[str, int]] = set()
        self._shelves: dict[str, _Shelf] = {}

    def find(self, entity: Entity, row: FurtherRow) -> Any:
        """The object, or None."""
        found = self._standing(entity, row, self._found(entity, row))
        if found is not None and row.code:
            self.targets[row.code] = found
        if found is not None:
            self._taken.add((entity.kind, found.pk))
        return found

    def is_merged(self, row: FurtherRow) -> bool:
        """Whether what the row tells of was merged into another here, and is its to say no more."""
        return (row.sheet, row.number) in self._merged

    def _standing(self, entity: Entity, row: FurtherRow, obj: Any) -> Any:
        """The party that stands for one that was merged into it since."""
        if entity.kind != "party" or obj is None:
            return obj
        ref = None if self.ours else self.here.refs.get((entity.kind, key_of(row)))
        if obj.merged_into_id is not None or (ref is not None and MERGED in ref.last_seen):
            self._merged.add((row.sheet, row.number))
        return obj.merged_into or obj

    def told(self, entity: Entity, row: FurtherRow, obj: Any) -> None:
        """The row stands for this object from now on."""
        self._taken.add((entity.kind, obj.pk))
        if row.code:
            self.targets[row.code] = obj

    def meant(self, model: Any, code: str) -> Any:
        """The thing of this kind that the file calls so. Raises Nowhere with the text."""
        found = self.targets.get(code.strip().upper())
        if not isinstance(found, model):
            raise Nowhere(code)
        return found

    def number_of(self, kind: str, key: str) -> int | None:
        """The inner number of what a key of an import before stands for."""
        return self._refs.get((kind, key))

    def _found(self, entity: Entity, row: FurtherRow) -> Any:
        shelf = self._shelf(entity)
        if self.ours and row.code in shelf.by_code:
            return shelf.by_code[row.code]
        number = None if self.ours else self._refs.get((entity.kind, key_of(row)))
        if number in shelf.by_number:
            return shelf.by_number[number]
        known = self._known(entity, row)
        free = [o for o in known if (entity.kind, o.pk) not in self._taken and not o.archived]
        return free[0] if len(free) == 1 else None

    @cached_property
    def _refs(self) -> dict[tuple[str, str], int]:
        rows = ExternalRef.objects.filter(
            workspace=self.by.workspace, source=self.here.source, withdrawn_at__isnull=True
        )
        return {(kind, key): number for kind, key, number in
                rows.values_list("kind", "key", "object_id")}  # fmt: skip

    def _shelf(self, entity: Entity) -> "_Shelf":
        if entity.kind not in self._shelves:
            rows = self.here.rows(entity.model).select_related(*entity.refs)
            self._shelves[entity.kind] = _Shelf(entity, list(rows))
        return self._shelves[entity.kind]

    def _target(self, row: FurtherRow, name: str) -> Any:
        return self.targets.get(row.cells.get(name, "").strip().upper())

    def _known(self, entity: Entity, row: FurtherRow) -> list[Any]:
        rows = self._shelf(entity).rows
        if entity.kind == "relationship":
            sides = [self._target(row, name) for name in ("consumer_party", "provider_party")]
            pair = [side.pk if side is not None else None for side in sides]
            return [o for o in rows if [o.consumer_party_id, o.provider_party_id] == pair
                    and o.state != "ended"] if None not in pair else []  # fmt: skip
        if entity.kind == "dependency":
            return self._same_need(rows, row)
        if entity.kind == "party" and row.cells.get("is_home") == "yes":
            home = self.by.workspace.home_party_id
            return [o for o in rows if o.pk == home]
        if entity.kind == "offering" and row.cells.get("is_default") == "yes":
            service = self._target(row, "product")
            return [o for o in rows if service is not None and o.product_id == service.pk
                    and o.is_default]  # fmt: skip
        return self._named(entity, row)

    def _same_need(self, rows: list[Any], row: FurtherRow) -> list[Any]:
        start, end = self._target(row, "from"), self._target(row, "to")
        if start is None or end is None:
            return []
        wanted = (start._meta.db_table, start.pk, end._meta.db_table, end.pk, row.cells.get("kind"))
        return [o for o in rows if (o.from_kind, o.from_id, o.to_kind, o.to_id, o.kind) == wanted]

    def _named(self, entity: Entity, row: FurtherRow) -> list[Any]:
        names = {fold(text) for text in names_in(entity, row.cells)}
        by_name = self._shelf(entity).by_name
        found = [o for name in names for o in by_name.get(name, ())]
        same = {o.pk: o for o in found}.values()
        return [o for o in same if self._within(entity, row, o)]

    def _within(self, entity: Entity, row: FurtherRow, obj: Any) -> bool:
        for name in _WITHIN.get(entity.kind, ()):
            column = f"{name}_id"
            target = self._target(row, name)
            if getattr(obj, column) != (target.pk if target is not None else None):
                return False
        return True


class _Shelf:
    """The things of one kind here, found by code, inner number and name."""

    def __init__(self, entity: Entity, rows: list[Any]) -> None:
        self.entity, self.rows = entity, rows
        self.by_code = {obj.code: obj for obj in rows}
        self.by_number = {obj.pk: obj for obj in rows}

    @cached_property
    def by_name(self) -> Mapping[str, list[Any]]:
        """Things by each of their names, folded."""
        index: dict[str, list[Any]] = defaultdict(list)
        for obj in self.rows:
            for text in names_here(self.entity, obj):
                index[fold(text)].append(obj)
        return index


def key_of(row: FurtherRow) -> str:
    """The key of a row of somebody else's export: its code there."""
    return short_key(row_key([row.code])) if row.code else ""


def _title_field(entity: Entity) -> str:
    return {"product_version": "label", "stakeholder": "name"}.get(entity.kind, entity.title_field)


def names_in(entity: Entity, cells: Mapping[str, str]) -> list[str]:
    """What a row calls its thing, in every language."""
    title = _title_field(entity)
    return [text for header, text in cells.items() if header.partition(" [")[0] == title]


def names_here(entity: Entity, obj: Any) -> list[str]:
    """What an object is called, in every language."""
    title = getattr(obj, _title_field(entity), "")
    return list(title.texts.values()) if hasattr(title, "texts") else [str(title)]
