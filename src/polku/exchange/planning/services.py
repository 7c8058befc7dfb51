"""What a row of the sheet ``services`` asks for. Source: handbook, portfolio 6."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from polku.exchange.planning.asking import Asked
from polku.exchange.planning.comparing import Former, Weigher, text_before
from polku.exchange.planning.file_rows import FileRow, SheetReader
from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import Matcher, names_of
from polku.exchange.planning.own_columns import keep_if_not_understood, keep_text, plan_own
from polku.exchange.planning.rows import PlanRow
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.cells import Cell
from polku.exchange.spreadsheet.mapping import ColumnRule
from polku.exchange.spreadsheet.parties import PartyName
from polku.exchange.spreadsheet.shapes import SERVICES
from polku.exchange.spreadsheet.state_words import StateWord
from polku.exchange.spreadsheet.values import Contact, read_cell
from polku.kernel.folding import fold
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated

NAME_LIMIT = 120
PURPOSE_LIMIT = 300


@dataclass(frozen=True)
class _Simple:
    """A field that is one value: where it is stored, how it is compared, how long it may be."""

    store: str
    plain: Callable[[Any], Any]
    empty: Any
    limit: int = 0


def _same(value: Any) -> Any:
    return value


def _words(value: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in value or ())


def _contact(value: Any) -> str:
    return value.text if isinstance(value, Contact) else str(value or "")


def _day(value: Any) -> str | None:
    return str(value) if value else None


def _choice(value: Any) -> str:
    return str(value or "unknown")


SIMPLE = {
    "aliases": _Simple("aliases", _words, ()),
    "contact": _Simple("contact", _contact, "", 300),
    "page": _Simple("web", lambda value: str(value or ""), "", 500),
    "cost_class": _Simple("cost_class", _choice, "unknown"),
    "languages": _Simple("languages", _words, ()),
    "last_reviewed": _Simple("last_reviewed_on", _day, None),
}


class ServiceRows:
    """Plans the rows of one sheet of services, one after the other."""

    def __init__(
        self, reader: SheetReader, here: Here, asked: Asked, former: Former, *, file_wins: bool
    ) -> None:
        self.reader, self.here, self.asked, self.former = reader, here, asked, former
        self.file_wins = file_wins
        self.headings, self.rules = reader.headings, reader.rules
        self.matcher = Matcher(here, "service_product", here.services, ours=reader.ours)

    def plan(self, row: FileRow) -> PlanRow:
        """The plan of one row."""
        names = {lang: cell.value for lang, cell in row.said.get("name", {}).items()
                 if cell.outcome == "value"}  # fmt: skip
        aliases = row.value("aliases")
        listed = [str(name) for name in names.values()]
        found, ref, troubles = self.matcher.find(row, [*listed, *_words(aliases)])
        title = listed[0] if listed else (found.title if found else "")
        plan = PlanRow(row.sheet, row.number, "service_product", title[:300], obj=found,
                       ref=ref, raw=row.raw, troubles=troubles)  # fmt: skip
        if not title:
            return _without_name(plan, row)
        weigher = Weigher(row, plan, self.former, file_wins=self.file_wins)
        self._texts(row, plan, weigher)
        self._simple(row, plan, weigher)
        self._owner(row, plan, weigher)
        self._state(row, plan, weigher)
        self._beside(row, plan, weigher)
        plan_own(row, plan, weigher, self.headings)
        if plan.obj is not None:
            plan.outcome = "changed" if plan.changes else "same"
        return plan

    def _heading(self, name: str) -> str:
        return self.headings.get(name, name)

    def _text_heading(self, name: str, lang: str) -> str:
        """The heading of a text in one language."""
        for key, rule in self.rules.items():
            if rule.field == name and (rule.lang or lang) == lang:
                return key
        return self._heading(name)

    def _texts(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        self._text("name", "name", row, plan, weigher)
        purpose = row.said.get("purpose", {})
        is_long = any(len(str(cell.value or "")) > PURPOSE_LIMIT for cell in purpose.values())
        stored = "description" if is_long or self._was_long(plan) else "purpose"
        self._text("purpose", stored, row, plan, weigher)

    def _was_long(self, plan: PlanRow) -> bool:
        """A service whose text went into the long field goes on having it there."""
        obj = plan.obj
        return obj is not None and bool(obj.description) and not obj.purpose

    def _text(
        self, name: str, stored: str, row: FileRow, plan: PlanRow, weigher: Weigher
    ) -> None:  # fmt: skip
        texts: dict[str, str] = {}
        for asked, cell in row.said.get(name, {}).items():
            heading, lang = self._text_heading(name, asked), self._lang_here(plan, stored, asked)
            text = "" if cell.outcome == "clear" else _clean(str(cell.value or ""))
            if name == "name":
                text = _cut(plan, heading, text)
                if not text or self._is_known_by(row, plan, text):
                    continue
            here = getattr(plan.obj, stored).text(lang) if plan.obj is not None else ""
            if weigher.takes(
                stored, here, text, heading, label=f"{name}:{lang}",
                from_plain=partial(text_before, lang),
                from_text=partial(_text_of_cell, name),
            ):  # fmt: skip
                texts[lang] = text
        if texts and plan.obj is None:
            plan.values[stored] = Translated.from_mapping(texts, next(iter(texts)))
        elif texts:
            plan.values[stored] = texts

    def _lang_here(self, plan: PlanRow, stored: str, lang: str) -> str:
        """A heading without a language speaks of the text that is here, whatever its language."""
        if plan.obj is None or any(rule.lang for rule in self.rules.values()):
            return lang
        text: Translated = getattr(plan.obj, stored)
        return lang if text.text(lang) or not text else text.source_lang

    @staticmethod
    def _is_known_by(row: FileRow, plan: PlanRow, text: str) -> bool:
        """Without a key the name is how the row is known: it finds the service, and renames not."""
        if plan.obj is None or row.key or row.code:
            return False
        known = (*names_of(plan.obj), *plan.obj.aliases)
        return fold(text) in {fold(str(name)) for name in known}

    def _simple(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        for name, how in SIMPLE.items():
            cell = row.cells.get(name)
            if cell is None or self._bad(name, cell, plan):
                continue
            value = how.empty if cell.outcome == "clear" else how.plain(cell.value)
            if how.limit and len(value) > how.limit:
                _too_long(plan, self._heading(name), cell.raw, len(value), how.limit)
                continue
            here = how.plain(getattr(plan.obj, how.store)) if plan.obj is not None else how.empty
            if weigher.takes(
                how.store, here, value, self._heading(name), label=name, from_plain=how.plain,
                from_text=self._reader_of(name, how),
            ):  # fmt: skip
                plan.values[how.store] = list(value) if isinstance(value, tuple) else value

    def _bad(self, name: str, cell: Cell, plan: PlanRow) -> bool:
        heading = self._heading(name)
        former = ""
        if plan.obj is not None:
            former = self.former.cells(plan.obj).get(heading, "")
        return keep_if_not_understood(plan, heading, cell, former)

    def _reader_of(self, name: str, how: _Simple) -> Callable[[str], Any]:
        """Reads what the cell said last time into the form in which the field is compared."""
        shape = SERVICES.field(name)
        rule = self.rules.get(self._heading(name), ColumnRule(name, name))

        def read(text: str) -> Any:
            if shape is None or not text.strip():
                return how.empty
            cell = read_cell(shape, text, rule)
            return how.plain(cell.value) if cell.outcome == "value" else how.empty

        return read

    def _owner(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        cell = row.cells.get("owner")
        if cell is None or self._bad("owner", cell, plan):
            return
        party = cell.value if isinstance(cell.value, PartyName) else None
        name = fold(party.name) if party else ""
        owner = plan.obj.owner_party if plan.obj is not None else None
        here = name if owner is not None and name in _called(owner) else _folded(owner)
        if weigher.takes(
            "owner_party", here, name, self._heading("owner"), label="owner",
            from_plain=lambda code: self._folded_by_code(code, name),
            from_text=self._party_text("owner"),
        ):  # fmt: skip
            plan.wants["owner"] = self.asked.party(party, plan, self._heading("owner"))
            if plan.obj is not None:
                plan.changes["owner"] = [owner.name if owner else "", party.name if party else ""]

    def _folded_by_code(self, code: Any, name: str) -> str:
        known = next((p for p in self.here.parties.values() if p.code == code), None)
        return name if known is not None and name in _called(known) else _folded(known)

    def _party_text(self, name: str) -> Callable[[str], str]:
        shape, rule = SERVICES.field(name), self.rules.get(self._heading(name))

        def read(text: str) -> str:
            if shape is None or rule is None or not text.strip():
                return ""
            value = read_cell(shape, text, rule).value
            return fold(value.name) if isinstance(value, PartyName) else ""

        return read

    def _state(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        cell = row.cells.get("state")
        if cell is None or self._bad("state", cell, plan):
            return
        word = cell.value if isinstance(cell.value, StateWord) else None
        if word is None:
            # Where a service stands is never erased by a file; it can only be said anew.
            return
        obj = plan.obj
        here = (obj.managed_state, obj.closed_to_new) if obj is not None else ("", False)
        file = (word.state, word.closed_to_new)
        if weigher.takes(
            "managed_state", here, file, self._heading("state"), label="state",
            from_plain=lambda before: (str(before or ""), here[1]), from_text=self._state_text,
        ):  # fmt: skip
            if obj is None or word.state != obj.managed_state:
                plan.state = word.state
            if word.closed_to_new != here[1]:
                plan.values["closed_to_new"] = word.closed_to_new

    def _state_text(self, text: str) -> tuple[str, bool]:
        shape, rule = SERVICES.field("state"), self.rules.get(self._heading("state"))
        if shape is None or rule is None or not text.strip():
            return "", False
        value = read_cell(shape, text, rule).value
        return (value.state, value.closed_to_new) if isinstance(value, StateWord) else ("", False)

    def _beside(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        """Groups, meeting points, supplier and what one can get: things of their own."""
        self.asked.segments(row, plan, weigher, self._text_heading)
        self.asked.channels(row, plan, weigher, self._heading("channels"), self.rules)
        self.asked.supplier(row, plan, weigher, self._heading("supplier"))
        self.asked.offering(row, plan, weigher, self._text_heading)


def _without_name(plan: PlanRow, row: FileRow) -> PlanRow:
    text = " · ".join(value.strip() for value in row.raw.values() if value.strip())
    plan.outcome = "left_out"
    plan.troubles = [Trouble("no_row_name", facts={"raw": text[:200]})]
    return plan


def _clean(text: str) -> str:
    return Translated.of(text, "en").source_text


def _cut_text(name: str, text: str) -> str:
    too_long = name == "name" and len(text) > NAME_LIMIT
    return text[: NAME_LIMIT - 1].rstrip() + "…" if too_long else text


def _text_of_cell(name: str, text: str) -> str:
    return _cut_text(name, _clean(text))


def _cut(plan: PlanRow, heading: str, text: str) -> str:
    if len(text) <= NAME_LIMIT:
        return text
    facts = {"n": len(text), "limit": NAME_LIMIT}
    plan.troubles.append(Trouble("cut", heading, facts))
    keep_text(plan, heading, text)
    return _cut_text("name", text)


def _too_long(plan: PlanRow, heading: str, raw: str, n: int, limit: int) -> None:
    plan.troubles.append(Trouble("too_long", heading, {"n": n, "limit": limit, "raw": raw[:80]}))
    keep_text(plan, heading, raw)


def _called(party: Party) -> set[str]:
    return {fold(str(name)) for name in (party.name, *party.aliases)}


def _folded(party: Party | None) -> str:
    return fold(party.name) if party is not None else ""
