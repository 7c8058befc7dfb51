"""Values of a row of a sheet of our own fields, in the form in which objects are made."""

from collections.abc import Sequence
from typing import Any

from polku.exchange.planning.further import Wanted
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_values import REFERENCES, Slot, canon, read_text
from polku.kernel.fields import Field
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_of_kind

# What no verb sets by itself and a file tells all the same: what came of other things.
FACTS = {
    "party": ("state", "left_on"), "product_version": ("live_from", "live_to"),
    "requirement": ("giver_told_at", "goes_on"), "journey": ("looked_on",),
    "persona": ("confidence", "evidence_count", "newest_evidence_on"),
}  # fmt: skip
_EMPTIED = frozenset({"text", "words", "date", "int", "decimal", "json", "ref", "refs"})


class FurtherValues:
    """Reads rows with the objects that their codes stand for."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def new(self, wanted: Wanted) -> dict[str, Any]:
        """Outside values of a new object."""
        values: dict[str, Any] = {}
        defaults = wanted.entity.defaults
        if defaults is not None:  # the file says what there is
            values = dict.fromkeys(defaults(self.finder.by))
        for slot in wanted.takes:
            if _is_settable(slot, wanted.entity) and self._is_made(slot, wanted):
                self._into(values, slot, self._value(slot, wanted))
        return self._held_back(values, wanted)

    def changed(self, wanted: Wanted, obj: Any) -> dict[str, Any]:
        """Values of the row that differ from the object's, of those that the plan takes."""
        values: dict[str, Any] = {}
        for slot in wanted.takes:
            field = slot.field
            if not (field.editable or field.verb or is_state(wanted.entity, field.name)):
                continue
            if not self._is_made(slot, wanted):
                continue
            value = self._read(slot, wanted)
            if field.type in REFERENCES or value != canon(field, field.plain(obj), slot.lang):
                self._into(values, slot, self._outside(slot, value))
        return self._held_back(values, wanted)

    def alone(self, wanted: Wanted, obj: Any) -> dict[str, Any]:
        """The same for an object that nobody has seen yet: what its row leaves empty is empty."""
        values = self.changed(wanted, obj)
        names = {header.partition(" [")[0] for header in wanted.row.headers}
        said = {slot.label for slot in wanted.takes}
        for field in wanted.entity.fields:
            if field.name not in names or not field.editable:
                continue
            if field.type == "translated":
                more = [tag for tag in getattr(obj, field.name).texts
                        if f"{field.name}:{tag}" not in said]  # fmt: skip
                values.setdefault(field.name, {}).update(dict.fromkeys(more, ""))
            elif field.type in _EMPTIED and field.name not in said and not field.required:
                values[field.name] = None
        return {name: value for name, value in values.items() if value != {}}

    def facts(self, wanted: Wanted) -> dict[str, Any]:
        """Columns that no verb sets by itself: set when a thing is made, or what came of others."""
        found: dict[str, Any] = {}
        for slot in wanted.takes:
            field = slot.field
            is_fact = field.name in FACTS.get(wanted.entity.kind, ())
            by_hand = field.editable or (field.verb and not is_fact)
            if by_hand or is_state(wanted.entity, field.name):
                continue
            if field.type in (*REFERENCES, "translated") or not (is_fact or field.on_create):
                continue
            found[field.name] = self._read(slot, wanted)
        return found

    def _held_back(self, values: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
        """Who may see it waits for the customer that it names."""
        ahead = self.ahead(wanted)
        if "relationship" in ahead and values.get("audience") == "relationship":
            values.pop("audience")
        return values

    def ahead(self, wanted: Wanted) -> dict[str, tuple[str, ...]]:
        """References of the row that lead to things not made yet, or only to be set at the end."""
        found: dict[str, tuple[str, ...]] = {}
        for slot in wanted.takes:
            if slot.field.type not in ("ref", "refs"):
                continue
            if not _is_settable(slot, wanted.entity) or not self._is_made(slot, wanted):
                found[slot.field.name] = self._codes(slot, wanted)
        return found

    def _is_made(self, slot: Slot, wanted: Wanted) -> bool:
        if slot.field.type not in REFERENCES:
            return True
        return all(code in self.finder.targets for code in self._codes(slot, wanted))

    def _codes(self, slot: Slot, wanted: Wanted) -> tuple[str, ...]:
        value = self._read(slot, wanted)
        return value if isinstance(value, tuple) else (value,) if value else ()

    def _read(self, slot: Slot, wanted: Wanted) -> Any:
        choices: set[str] = set()
        if slot.field.type == "enum":
            choices = {code for code, _label in slot.field.choices(wanted.entity.model)}
        value = read_text(slot, wanted.row.cells[slot.header], str, choices)
        return self._here(value) if slot.field.type == "json" else value

    def _here(self, value: Any) -> Any:
        """Parties that stand inside a value have another code here."""
        if isinstance(value, list):
            return [self._here(part) for part in value]
        if isinstance(value, dict):
            named = self.finder.targets.get(str(value.get("party", "")))
            found = {key: self._here(part) for key, part in value.items()}
            return {**found, "party": named.code} if named is not None else found
        return value

    def _value(self, slot: Slot, wanted: Wanted) -> Any:
        return self._outside(slot, self._read(slot, wanted))

    def _outside(self, slot: Slot, value: Any) -> Any:
        if slot.field.type in REFERENCES:
            codes = value if isinstance(value, tuple) else (value,) if value else ()
            return self.targets(slot.field, codes)
        return list(value) if isinstance(value, tuple) else value

    def targets(self, field: Field, codes: Sequence[str]) -> Any:
        """The objects that these codes of the file stand for."""
        found = [self.finder.targets[code] for code in codes if code in self.finder.targets]
        if field.ref:
            model = entity_of_kind(field.ref).model
            found = [target for target in found if isinstance(target, model)]
        if field.type == "refs":
            return found
        return found[0] if found else None

    @staticmethod
    def _into(values: dict[str, Any], slot: Slot, value: Any) -> None:
        if slot.field.type == "translated":
            values.setdefault(slot.field.name, {})[slot.lang] = value or ""
        else:
            values[slot.field.name] = value


def _is_settable(slot: Slot, entity: Entity) -> bool:
    field = slot.field
    if field.type == "datetime":
        return False
    return field.editable or field.on_create or is_state(entity, field.name)


def is_state(entity: Entity, name: str) -> bool:
    """Whether the field says where the thing stands, which only a step changes."""
    return entity.machine is not None and name == entity.state_field
