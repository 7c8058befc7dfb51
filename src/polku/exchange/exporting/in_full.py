"""Everything else, one sheet a kind of thing: all fields by their names. Source: portfolio 7.13."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from polku.exchange.exporting.journeys import journey_cells
from polku.exchange.exporting.pieces import piece_tables
from polku.exchange.planning.file_rows import escaped
from polku.exchange.spreadsheet.values import join_list
from polku.exchange.spreadsheet.writing import Table, Value
from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.link_rows import lasting_links, plain_links
from polku.kernel.listing import as_plain, with_references
from polku.kernel.models import Transition
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity, entities
from polku.people.queries import all_lines

type Marks = Sequence[tuple[str, Callable[[Any], bool]]]

# People are not taken out with their addresses and numbers (portfolio 7.13); pictures are files of
# their own, whose numbers mean something else elsewhere (decision 43).
LEFT_OUT = {"party": frozenset({"contact"}), "persona": frozenset({"picture"})}

LINK_COLUMNS = ("kind", "name", "from", "to", "valid_from", "valid_to", "confidence", "why",
                "properties")  # fmt: skip
STATE_COLUMNS = ("code", "from_state", "to_state", "effective_on", "reason")


def full_table(
    actor: Actor, entity: Entity, rows: Any, name: str = "", marks: Marks = ()
) -> Table:  # fmt: skip
    """All fields that the actor may read of these rows; *marks* say more than a field does."""
    left_out = LEFT_OUT.get(entity.kind, frozenset())
    fields = [f for f in entity.fields_for(actor) if f.name not in left_out]
    objects = list(with_references(entity, rows))
    plains = as_plain(entity, objects, actor)
    langs = {f.name: _langs(f, plains, actor) for f in fields if f.type == "translated"}
    headers = ["code"]
    for field in fields:
        headers += [f"{field.name} [{lang}]" for lang in langs[field.name]] if (
            field.name in langs) else [field.name]  # fmt: skip
    headers += [mark for mark, _is_marked in marks]

    def lines() -> Iterator[Sequence[Value]]:
        for obj, plain in zip(objects, plains, strict=True):
            line: list[Value] = [plain["code"]]
            for field in fields:
                line += _cells(field, plain[field.name], langs.get(field.name))
            yield [*line, *("yes" if is_marked(obj) else None for _mark, is_marked in marks)]

    return Table(name or entity.plural, headers, lines())


def _langs(field: Field, plains: Sequence[dict[str, Any]], actor: Actor) -> list[str]:
    found = dict.fromkeys([actor.workspace.default_lang])
    for plain in plains:
        found.update(dict.fromkeys(plain[field.name]))
    return list(found)


def _cells(field: Field, value: Any, langs: list[str] | None) -> list[Value]:
    if langs is not None:
        return [escaped(str(value.get(lang, ""))) for lang in langs]
    if value is None or value in ([], {}):
        return [None]
    if field.type in ("words", "refs"):
        return [escaped(join_list(map(str, value)))]
    if field.type == "json":
        return [json.dumps(value, ensure_ascii=False)]
    if field.type == "bool":
        return ["yes" if value else "no"]
    if field.type == "int":
        return [int(value)]
    return [escaped(str(value))]


def further_tables(actor: Actor, *, archived: bool = False) -> Iterator[Table]:
    """A sheet for each kind and each list of pieces, the ties between them, and when what moved to
    which state."""
    for entity in entities():
        rows = visible_kind(actor, entity, archived=archived).order_by("id")
        name = f"{entity.plural} in full" if entity.sheet else entity.plural
        yield full_table(actor, entity, rows, name, _marks(actor, entity))
    yield from piece_tables(actor, archived=archived)
    yield journey_cells(actor, archived=archived)
    yield _links(actor)
    yield _stakeholder_lines(actor)
    yield _states(actor)


def _marks(actor: Actor, entity: Entity) -> Marks:
    """Which party is the workspace's own, and what one gets of a service when nothing is said."""
    home = actor.workspace.home_party_id
    if entity.kind == "party":
        return [("is_home", lambda party: party.pk == home)]
    return [("is_default", lambda offer: offer.is_default)] if entity.kind == "offering" else []


def _links(actor: Actor) -> Table:
    """All ties, also those that ended or are still to begin."""
    plains = plain_links(actor, list(lasting_links(actor)))
    rows = [[_text(plain.get(name)) for name in LINK_COLUMNS] for plain in plains]
    return Table("links", LINK_COLUMNS, rows)


def _stakeholder_lines(actor: Actor) -> Table:
    """How stakeholders stand to each other; the customers' side sees none of them."""
    lines = all_lines(actor)
    langs = list(dict.fromkeys([actor.workspace.default_lang, *(
        lang for line in lines for lang in line.words)]))  # fmt: skip
    rows: list[list[Value]] = [
        [line.stakeholder.code, line.other.code,
         *(escaped(line.words.text(lang)) or None for lang in langs)]
        for line in lines
    ]  # fmt: skip
    return Table("stakeholder lines", ("from", "to", *(f"words [{lang}]" for lang in langs)), rows)


def _states(actor: Actor) -> Table:
    codes: dict[tuple[str, int], str] = {}
    for entity in entities():
        if entity.machine is not None:
            pairs = visible_kind(actor, entity, archived=True).values_list("pk", "code")
            codes |= {(entity.kind, number): code for number, code in pairs}
    steps = Transition.objects.filter(
        workspace=actor.workspace, pending_run__isnull=True, cancelled_at__isnull=True
    ).order_by("effective_on", "id")
    rows: list[list[Value]] = [
        [codes[step.object_kind, step.object_id], step.from_state, step.to_state,
         step.effective_on, escaped(step.reason)]
        for step in steps
        if (step.object_kind, step.object_id) in codes
    ]  # fmt: skip
    return Table("states", STATE_COLUMNS, rows)


def _text(value: Any) -> Value:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return escaped(str(value)) if value not in (None, "") else None
