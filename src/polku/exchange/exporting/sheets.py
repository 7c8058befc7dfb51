"""The four sheets of the first workbook, as we write them. Source: handbook, portfolio 6, 7.13."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from polku.exchange.exporting.beside import Beside
from polku.exchange.planning.asking import groups
from polku.exchange.planning.file_rows import OWN, escaped, marked_own
from polku.exchange.planning.own_columns import NOTES, attribute_text
from polku.exchange.spreadsheet.languages import language_tag
from polku.exchange.spreadsheet.mapping import ColumnRule, Mapping, SheetMapping
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.values import join_list
from polku.exchange.spreadsheet.workbook import Workbook
from polku.exchange.spreadsheet.writing import Table, Value
from polku.kernel.actor import Actor
from polku.portfolio.references import references_of

_TEXT_HEADER = re.compile(r"([a-z_]+) \[([A-Za-z-]+)\]")

type Cells = dict[str, Value]


class Writer:
    """Makes the tables, with texts in the languages of the workspace and any other in use."""

    def __init__(self, actor: Actor, beside: Beside | None = None) -> None:
        self.actor = actor
        self.beside = beside or Beside(actor)
        first = actor.workspace.default_lang
        self.langs = list(dict.fromkeys([first, *actor.workspace.languages]))

    def table(self, kind: str, objects: Sequence[Any]) -> Table:
        """The sheet of this kind with these objects (or, for ties, these pairs)."""
        langs = self._langs(kind, objects)
        own = own_keys(objects) if kind in ("services", "requirements") else []
        ours = ["id", *_headers(kind, langs)]
        headers = [*ours, *(own_header(kind, key, langs) for key in own)]
        cells_of: Callable[[Any, Sequence[str]], Cells] = getattr(self, f"{kind}_cells")

        def rows() -> Iterator[Sequence[Value]]:
            for obj in objects:
                cells = cells_of(obj, langs)
                line: list[Value] = [cells.get(header) for header in ours]
                line += [escaped(attribute_text(obj.attributes.get(key))) for key in own]
                yield line

        return Table(kind, headers, rows())

    def _langs(self, kind: str, objects: Sequence[Any]) -> list[str]:
        """The workspace's languages, and any other that a text is written in."""
        fields = {"services": ("name", "purpose"), "requirements": ("statement",)}.get(kind, ())
        found = dict.fromkeys(self.langs)
        for obj in objects:
            for name in fields:
                found.update(dict.fromkeys(getattr(obj, name).texts))
            if kind == "services":
                found.update(dict.fromkeys(obj.description.texts))
        return list(found)

    def services_cells(self, obj: Any, langs: Sequence[str]) -> Cells:
        """One service by heading."""
        beside = self.beside
        purpose = obj.purpose or obj.description
        offering = beside.offerings.get(obj.pk)
        cells: Cells = {
            "id": obj.code, "aliases": join_list(map(str, obj.aliases)),
            "owner": obj.owner_party.name if obj.owner_party else "",
            "state": state_text(obj), "contact": obj.contact, "page": obj.web,
            "channels": join_list(point.title for point in beside.channels_of[obj.pk]),
            "supplier": beside.supplier_of.get(obj.pk, ""),
            "cost_class": "" if obj.cost_class == "unknown" else obj.cost_class,
            "languages": join_list(map(str, obj.languages)),
            "last_reviewed": obj.last_reviewed_on,
            "notes": attribute_text(obj.attributes.get(NOTES)),
        }  # fmt: skip
        for lang in langs:
            texts = {
                "name": obj.name.text(lang), "purpose": purpose.text(lang),
                "for_whom": self._groups(obj.pk, lang, langs),
                "price": offering.price_note.text(lang) if offering else "",
                "when": offering.when.text(lang) if offering else "",
            }  # fmt: skip
            cells |= {f"{name} [{lang}]": text for name, text in texts.items()}
        return _escape(cells)

    def _groups(self, number: int, lang: str, langs: Sequence[str]) -> str:
        """Groups that are named in this language; each stands in the first of its languages."""
        named = []
        for group in self.beside.groups_of[number]:
            own = next((tag for tag in langs if group.name.text(tag)), group.name.source_lang)
            if own == lang:
                named.append(group.name.text(lang))
        text = join_list(named)
        return text if groups(text) == tuple(named) or not named else join_as_json(named)

    def requirements_cells(self, obj: Any, langs: Sequence[str]) -> Cells:
        """One requirement by heading."""
        service = self.beside.asked_of.get(obj.pk)
        giver = obj.raised_by_party
        cells: Cells = {
            "id": obj.code, "service": self.beside.service_names.get(service or 0, ""),
            "from_whom": giver.name if giver else "", "date": obj.raised_on,
            "priority": "" if obj.priority == "unknown" else obj.priority, "state": obj.state,
        }  # fmt: skip
        cells |= {f"text [{lang}]": obj.statement.text(lang) for lang in langs}
        return _escape(cells)

    def users_cells(self, link: Any, _langs: Sequence[str]) -> Cells:
        """One tie of use by heading."""
        user, name = self.beside.user_name(link)
        service = self.beside.service_of_offering.get(link.to_id, 0)
        attributes = user.attributes if user is not None else {}
        return _escape({
            "id": user.code if user is not None else "", "who": name,
            "service": self.beside.service_names.get(service, ""),
            "since": link.valid_from, "until": link.valid_to,
            "agreement": attribute_text(attributes.get("agreement")),
            "contact": attribute_text(attributes.get("contact")),
            "notes": attribute_text(attributes.get(NOTES)),
        })  # fmt: skip

    def dependencies_cells(self, edge: Any, _langs: Sequence[str]) -> Cells:
        """One need by heading."""
        part = self.beside.components.get(edge.to_id) if edge.to_kind == "component" else None
        needs = part.name if part else self.beside.service_names.get(edge.to_id, "")
        kind = part.kind if part is not None and edge.kind == "requires" else edge.kind
        places = references_of(part.real_world_ref) if part is not None else []
        return _escape({
            "id": edge.code, "service": self.beside.service_names.get(edge.from_id, ""),
            "needs": needs, "kind": kind,
            "criticality": "" if edge.criticality == "unknown" else edge.criticality,
            "where": "; ".join(place.value for place in places),
            "checked": min((p.checked_on for p in places if p.checked_on), default=None),
            "supplier": part.supplier_name if part else "",
        })  # fmt: skip

    def users(self) -> list[Any]:
        """Ties of use that the sheet ``users`` can tell."""
        known = self.beside.service_of_offering
        names = self.beside.service_names
        return [
            link for link in self.beside.links
            if link.kind == "L32" and known.get(link.to_id) in names
            and self.beside.user_name(link)[0] is not None
        ]  # fmt: skip

    def needs(self) -> list[Any]:
        """Needs that the sheet ``dependencies`` can tell: those of services."""
        beside = self.beside
        return [
            edge for edge in beside.dependencies
            if edge.from_kind == "service_product" and edge.from_id in beside.services
            and (edge.to_id in beside.services if edge.to_kind == "service_product"
                 else edge.to_id in beside.components)
        ]  # fmt: skip


def state_text(service: Any) -> str:
    """The word of a state as every reading understands it."""
    if service.managed_state == "live" and service.closed_to_new:
        return "live (closed to new)"
    return str(service.managed_state).replace("_", " ")


def join_as_json(parts: Iterable[str]) -> str:
    """A list that would be read in other parts without brackets."""
    return json.dumps(list(parts), ensure_ascii=False)


def own_keys(objects: Iterable[Any]) -> list[str]:
    """Keys of own columns in the order in which they are met."""
    found: dict[str, None] = {}
    for obj in objects:
        found.update(dict.fromkeys(obj.attributes))
    return [key for key in found if key != NOTES]


def _headers(kind: str, langs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for field in SHAPES[kind].fields:
        if field.name == "id":
            continue
        many = [f"{field.name} [{lang}]" for lang in langs]
        found += many if field.multilingual else [field.name]
    return found


def own_header(kind: str, key: str, langs: Sequence[str]) -> str:
    """The heading of an own column; one that would be read as ours gets a mark."""
    taken = {"id", "polku id", *_headers(kind, langs)}
    is_taken = key in taken or key.startswith(OWN) or rule_for(kind, key).field is not None
    if is_taken or not key:
        return marked_own(key)
    return key if key == " ".join(key.split()) else marked_own(key)


def rule_for(kind: str, header: str) -> ColumnRule:
    """How a column of our own layout is read; nothing is guessed."""
    shape = SHAPES[kind].field(header)
    if shape is not None and not shape.multilingual and shape.kind != "key":
        return ColumnRule(header, header)
    if match := _TEXT_HEADER.fullmatch(header):
        shape, lang = SHAPES[kind].field(match[1]), language_tag(match[2])
        if shape is not None and shape.multilingual and lang:
            return ColumnRule(header, shape.name, lang)
    return ColumnRule(header)


def own_layout(workbook: Workbook) -> Mapping | None:
    """The mapping of a file in our own layout; None when no sheet is one of the four."""
    sheets = []
    for sheet in workbook.sheets:
        kind = sheet.name if sheet.name in SHAPES else _kind_of(sheet.headers)
        if kind is not None and sheet.headers[:1] == ("id",):
            rules = tuple(rule_for(kind, column.key) for column in sheet.columns[1:])
            has_key = SHAPES[kind].field("id") is not None
            code = ColumnRule("id", "id" if has_key else None, skip=not has_key)
            keys = ("id",) if has_key else ()
            sheets.append(SheetMapping(sheet.name, kind, (code, *rules), keys))
    return Mapping(tuple(sheets)) if sheets else None


def _kind_of(headers: Sequence[str]) -> str | None:
    """Of a CSV that was given another name: all headings of a sheet are there."""
    for kind, shape in SHAPES.items():
        plain = {f.name for f in shape.fields if not f.multilingual and f.kind != "key"}
        if plain <= set(headers):
            return kind
    return None


def _escape(cells: Cells) -> Cells:
    return {
        key: escaped(value) if isinstance(value, str) else value for key, value in cells.items()
    }
