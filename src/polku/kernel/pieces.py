"""Kinds of piece: rows under an object that may stand at the end of a tie (links.md 1).

A piece has no page, owner or audience of its own: it is seen by whoever sees its parent, changed
by whoever changes it, and what happens to its ties stands in the parent's history.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polku.kernel.meanings import Meaning
from polku.tenancy.models import CoreEntity, PieceRow


@dataclass(frozen=True)
class PieceKind:
    """One kind of piece: its table, the kind of its parent, and what its meaning is made of.

    The parent's history tells of it under ``told_by``, a list of pieces with their ``number``;
    ``read_past`` makes the meaning of one as it is kept there. ``standing`` are the columns of a
    piece that is not taken out, where one that is taken out stays in the table: it is not found.
    """

    kind: str
    model: type[PieceRow]
    parent_kind: str
    meaning_fields: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()
    told_by: str = ""
    read_past: Callable[[Any], dict[str, Any]] | None = None
    standing: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parent_field(self) -> str:
        """The reference to the parent."""
        return self.model.parent_field


_kinds: dict[str, PieceKind] = {}


def register_piece(row: PieceKind) -> PieceKind:
    """Let pieces of a kind be tied."""
    _kinds[row.kind] = row
    return row


def piece_kind(kind: str) -> PieceKind | None:
    """The row of a kind of piece; None for objects and for kinds that nobody ties."""
    return _kinds.get(kind)


def kinds_taken_out() -> list[PieceKind]:
    """The kinds of which a piece that is taken out stays in the table."""
    return [row for row in _kinds.values() if row.standing]


def pieces_of(parent_kind: str) -> list[PieceKind]:
    """The kinds of piece that an object of this kind has."""
    return [row for row in _kinds.values() if row.parent_kind == parent_kind]


def home_of(obj: Any) -> CoreEntity:
    """The object on whose page something stands: itself, or what it is a piece of."""
    found: CoreEntity = obj.parent if isinstance(obj, PieceRow) else obj
    return found
