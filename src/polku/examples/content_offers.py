"""Rows about what is offered together and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polku.examples.texts import Text

if TYPE_CHECKING:
    from polku.examples.content import Key, Move


@dataclass(frozen=True)
class PriceRow:
    """One price of an offering, in minor units; without an amount it is free."""

    amount: int | None = None
    condition: Text | None = None
    kind: str = "one_off"
    period: str = ""
    currency: str = "EUR"


@dataclass(frozen=True)
class MemberRow:
    """One thing in a package: a service or something to get, and how many of it."""

    thing: Key
    optional: bool = False
    min_n: int = 1
    default_n: int = 1
    max_n: int = 1
    option_label: Text | None = None


@dataclass(frozen=True)
class PackageRow:
    """Services bundled for a group; what one gets of it is an offering with it as its subject."""

    key: Key
    name: Text
    purpose: Text
    moves: tuple[Move, ...]
    members: tuple[MemberRow, ...]
    owner: Key = ""
    segments: tuple[Key, ...] = ()
    visibility: str = "public"
