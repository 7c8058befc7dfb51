"""An example told day by day: each deed is done by whoever did it, in the order in which it was."""

import heapq
import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from polku.examples.content import Example, PartyRow
from polku.examples.loading_past import Past
from polku.examples.texts import Day
from polku.kernel.actor import Actor
from polku.kernel.audit import one_operation
from polku.kernel.models import Transition
from polku.tenancy.models import Workspace

type Key = str
type Deed = Callable[[Actor], None]

# The order within one day
DECIDED, MOVED, TIED, TOLD, EDITED = range(5)


@dataclass
class Story:
    """What is told, what has been made of it so far, and the deeds still to come."""

    example: Example
    workspace: Workspace
    past: Past
    made: dict[Key, Any] = field(default_factory=dict)
    accounts: dict[Key, int] = field(default_factory=dict)
    prints: dict[tuple[str, int], str] = field(default_factory=dict)
    behind: list[tuple[Transition, Key]] = field(default_factory=list)
    rows: dict[Key, Any] = field(default_factory=dict)
    _changed: set[Key] = field(default_factory=set)
    _deeds: list[tuple[Day, int, int, Key, Deed]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    day: Day = -100_000

    def __post_init__(self) -> None:
        self.rows = dict(self.example.keyed())

    @property
    def chief(self) -> Key:
        """Who decides on the portfolio, and does what nobody else is said to have done."""
        return self.example.workspace.portfolio_owner

    def first_day(self, key: Key) -> Day:
        """The day on which a row begins; people have always been there."""
        moves = getattr(self.rows[key], "moves", ())
        return moves[0].on if moves else self.opening_day

    @property
    def opening_day(self) -> Day:
        """The day before anything else happened."""
        days = [row.moves[0].on for row in self.rows.values() if getattr(row, "moves", ())]
        return min(days) - 1

    def plan(self, day: Day, place: int, by: Key, deed: Deed) -> None:
        """Do *deed* on *day* (today at the latest, and not before what was done already)."""
        on = min(max(day, self.day), 0)
        heapq.heappush(self._deeds, (on, place, next(self._numbers), by, deed))

    def play(self) -> None:
        """Do all deeds, the earliest first; a deed may plan others."""
        while self._deeds:
            self.day, _place, _number, by, deed = heapq.heappop(self._deeds)
            self.do(self.day, by, deed)

    def do(self, day: Day, by: Key, deed: Deed) -> None:
        """One deed is one operation on one day."""
        with one_operation(uuid.uuid4()) as operation:
            self.now = self.past.begins(operation, day)
            deed(self.actor(by, day))

    def actor(self, key: Key, day: Day) -> Actor:
        """The person as they act in the story, with all rights; after they left, the chief.

        The channel is that of an import, so that loose ends are looked for once, at the end.
        """
        row: PartyRow = self.rows[key or self.chief]
        if row.left_on is not None and row.left_on < day:
            row = self.rows[self.chief]
        party = self.made.get(row.key)
        return Actor(
            workspace=self.workspace, role="admin", user_id=self.accounts.get(row.key),
            party_id=party.pk if party else None, name=row.name, portfolio_owner=True,
            lang=self.workspace.default_lang, channel="import",
        )  # fmt: skip

    def object(self, key: Key) -> Any:
        """The object as it is stored now."""
        obj = self.made[key]
        if key in self._changed:
            obj.refresh_from_db()
            self._changed.discard(key)
        return obj

    def changed(self, key: Key) -> None:
        """A verb wrote to this object, so that ours is out of date."""
        self._changed.add(key)
