"""Storing the pieces of an export: what one receives, prices, what stands in a package.

Each piece and each list is held to the rules that hold when somebody writes it by hand.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from polku.exchange.exporting.pieces import PIECE_COLUMNS
from polku.exchange.operations.making import Maker
from polku.exchange.operations.pace import Pace
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_sheets import FurtherRow
from polku.exchange.planning.further_values import READERS, Nowhere, Unfit, bare_text
from polku.exchange.planning.rows import PlanRow, left_out, refused
from polku.kernel.answers import BadInput, Refused
from polku.portfolio.models import (
    Offering,
    OfferingElement,
    PackageMember,
    Price,
    ServicePackage,
)
from polku.portfolio.operations.prices import hold_price
from polku.portfolio.package_rules import hold_each_once, hold_no_circle
from polku.tenancy.translated import Translated, TranslatedField

MOST_NUMBER = 1_000_000

type Told = Sequence[tuple[FurtherRow, PlanRow]]

_MODELS: Mapping[str, tuple[Any, Any]] = {
    "offering elements": (OfferingElement, Offering), "prices": (Price, Offering),
    "package members": (PackageMember, ServicePackage),
}  # fmt: skip


def _members_together(package: Any, members: Sequence[Any]) -> None:
    hold_each_once(members)
    hold_no_circle(package, members)


_EACH: Mapping[str, Callable[[Any], None]] = {"prices": hold_price}
_TOGETHER: Mapping[str, Callable[[Any, Sequence[Any]], None]] = {
    "package members": _members_together
}  # fmt: skip


def make_pieces(maker: Maker, finder: Finder, name: str, told: Told) -> None:
    """The rows of one list, thing by thing."""
    by_parent: dict[str, list[tuple[FurtherRow, PlanRow]]] = defaultdict(list)
    for row, plan in told:
        by_parent[row.code].append((row, plan))
    pieces = _Pieces(maker, finder, name)
    pace = Pace()
    for part in pace.parts(list(by_parent.items())):
        with pace.step():
            for code, rows in part:
                pieces.make(finder.targets.get(code), rows)
                maker.note([(plan, None) for _row, plan in rows])


class _Pieces:
    """Makes the lists of one sheet."""

    def __init__(self, maker: Maker, finder: Finder, name: str) -> None:
        self.run, self.by, self.finder, self.name = maker.run, maker.by, finder, name
        self.model, self.parent = _MODELS[name]

    def make(self, parent: Any, told: Told) -> None:
        """The list of one thing, in order; a list that breaks a rule is left out whole."""
        new = [(row, plan) for row, plan in told if plan.outcome == "new"]
        if not isinstance(parent, self.parent) or parent.pending_run != self.run.pk:
            for row, plan in new:
                left_out(plan, "nowhere", raw=row.code)
            return
        made: list[tuple[PlanRow, Any]] = []
        rows: dict[int, int] = {}
        for place, (row, plan) in enumerate(new, start=1):
            piece = self._piece(parent, row, place, plan)
            if piece is None:
                continue
            if piece.number in rows:
                left_out(plan, "twice", other=rows[piece.number])
                continue
            rows[piece.number] = row.number
            made.append((plan, piece))
        try:
            if hold := _TOGETHER.get(self.name):
                hold(parent, [piece for _plan, piece in made])
        except (BadInput, Refused) as error:
            for plan, _piece in made:
                refused(plan, error)
        else:
            self._store(parent, [piece for _plan, piece in made])

    def _store(self, parent: Any, pieces: Sequence[Any]) -> None:
        for piece in pieces:
            piece.save()
        last = max((piece.number for piece in pieces), default=0)
        if last > parent.last_number:
            parent.last_number = last
            type(parent).objects.filter(pk=parent.pk).update(last_number=last)

    def _piece(self, parent: Any, row: FurtherRow, place: int, plan: PlanRow) -> Any:
        """One piece, held to its own rules; None where it does not fit."""
        try:
            values = {**self._columns(row), self.model.parent_field: parent}
            piece = self.model(workspace=self.by.workspace, position=place, **values)
            if "number" not in row.cells:
                piece.number = parent.last_number + place
            if not 0 < piece.number <= MOST_NUMBER:
                raise Unfit(row.cells.get("number", ""))
            piece.full_clean()
            if hold := _EACH.get(self.name):
                hold(piece)
        except Nowhere as error:
            left_out(plan, "nowhere", raw=str(error)[:80])
        except Unfit as error:
            left_out(plan, "unfit", raw=str(error)[:80])
        except (ValidationError, BadInput) as error:
            refused(plan, error)
        else:
            return piece
        return None

    def _columns(self, row: FurtherRow) -> dict[str, Any]:
        values: dict[str, Any] = {}
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for header, text in row.cells.items():
            name, _bracket, rest = header.partition(" [")
            if name not in PIECE_COLUMNS[self.name]:
                continue
            column = self.model._meta.get_field(name)
            if isinstance(column, TranslatedField):
                texts[name][rest.removesuffix("]") or self.by.lang_for_writing] = bare_text(text)
            elif column.related_model is not None:
                values[name] = self.finder.meant(column.related_model, text)
            else:
                values[name] = _read(column, text)
        for name, said in texts.items():
            values[name] = Translated.from_mapping(said, next(iter(said)))
        return values


def _read(column: Any, text: str) -> Any:
    """A cell in the form of its column. Raises Unfit with the text."""
    kind = column.get_internal_type()
    try:
        if kind == "DateField":
            return dt.date.fromisoformat(READERS["date"](text.strip()))
        if kind == "DecimalField":
            return Decimal(READERS["decimal"](text.strip()))
        if kind == "BooleanField":
            return READERS["bool"](text.strip())
        return READERS["int"](text.strip()) if kind.endswith("IntegerField") else bare_text(text)
    except Unfit as error:
        raise Unfit(text) from error
