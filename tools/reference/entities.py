"""One page per entity, from its row of the registry and the facts of the handbook."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from polku.kernel.fields import Field
from polku.kernel.machines import Move, StateMachine
from polku.kernel.registry import COMMON_FIELDS, Entity, entities

FACTS = Path(__file__).with_name("entity_facts.toml")
KINDS = {
    "text": "text",
    "translated": "text in each language",
    "enum": "one of",
    "ref": "code of",
    "refs": "codes of",
    "object": "code of anything",
    "date": "day (2026-05-01)",
    "datetime": "time (UTC)",
    "bool": "yes or no",
    "int": "whole number",
    "decimal": "number",
    "words": "list of words",
    "json": "free columns",
    "picture": "number of a picture",
}


def pages() -> dict[Path, str]:
    """{path: text} of the page of each entity and of their list."""
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    found = {path_of(entity): page(entity, facts[entity.kind]) for entity in entities()}
    return {Path("entities/index.md"): index(facts), **found}


def path_of(entity: Entity) -> Path:
    return Path("entities") / f"{entity.kind.replace('_', '-')}.md"


def index(facts: dict[str, dict[str, str]]) -> str:
    rows = [
        _row(f"[{heading(row)}]({path_of(row).name})", f"`{row.prefix}`", facts[row.kind]["is"])
        for row in entities()
    ]
    return "\n".join([
        "# What Polku knows about",
        "",
        "Each kind of thing has one page here. It is made from the same row of data that drives",
        "its list, its page, its search, its import, its export and its API.",
        "",
        "| kind | code | what it is |",
        "|---|---|---|",
        *rows,
        "",
    ])  # fmt: skip


def page(entity: Entity, fact: dict[str, str]) -> str:
    return "\n".join([
        f"# {heading(entity)}",
        "",
        f"{fact['is']}",
        "",
        *_facts(fact),
        *_names(entity),
        *_field_table(entity),
        *_states(entity.machine),
        *_lists(entity),
    ])  # fmt: skip


def heading(entity: Entity) -> str:
    """The handbook's name of the kind: `service_product` is "Service product"."""
    return entity.kind.replace("_", " ").capitalize()


def _facts(fact: dict[str, str]) -> Iterator[str]:
    yield f"**It is not** {fact['is_not']}"
    yield ""
    yield f"**Ask yourself:** {fact['question']}"
    yield ""


def _names(entity: Entity) -> Iterator[str]:
    plain, managed = entity.words.phrase("one"), entity.words.phrase("one", "service_management")
    yield "## Names and addresses"
    yield ""
    also = f"; in service-management words *{managed}*" if plain != managed else ""
    yield f"- On screen: *{plain}*{also}"
    yield f"- Code: `{entity.prefix}-1`, `{entity.prefix}-2`, ...; a code is never used twice"
    yield f"- Page: `/w/<workspace>/{entity.plural}/`"
    yield f"- API: `/api/v1/w/<workspace>/{entity.plural}`"
    if entity.feature:
        yield f"- Shown when the switch `{entity.feature}` is on"
    if entity.sheet:
        yield f"- Sheet of the workbook: `{entity.sheet}`"
    yield ""


def _field_table(entity: Entity) -> Iterator[str]:
    yield "## Fields"
    yield ""
    yield "| field | on screen | holds | note |"
    yield "|---|---|---|---|"
    for field in _own_first(entity):
        label = field.label(entity.model)
        yield _row(f"`{field.name}`", label, _holds(entity, field), _note(field))
    yield ""


def _own_first(entity: Entity) -> list[Field]:
    common = {field.name for field in COMMON_FIELDS}
    return sorted(entity.fields, key=lambda field: field.name in common)


def _holds(entity: Entity, field: Field) -> str:
    if field.type == "enum":
        return "one of " + ", ".join(f"`{code}`" for code, _label in field.choices(entity.model))
    if field.type in {"ref", "refs"}:
        return f"{KINDS[field.type]} a {field.ref.replace('_', ' ')}"
    return KINDS[field.type]


def _note(field: Field) -> str:
    notes = ["needed"] if field.required else []
    if not field.editable:
        notes.append("set by its own command")
    return ", ".join(notes)


def _states(machine: StateMachine | None) -> Iterator[str]:
    if machine is None:
        return
    yield "## States"
    yield ""
    yield "A state changes by a dated step with a name. Nothing is overwritten. Questions may be"
    yield "answered with *unknown*; a workspace is asked those that fit its size."
    yield ""
    yield "| from | to | the step | asks |"
    yield "|---|---|---|---|"
    for origin, moves in machine.moves.items():
        for move in moves:
            start = f"`{origin}`" if origin else "not said"
            yield _row(start, f"`{move.to}`", str(move.verb), _asks(move))
    yield ""


def _asks(move: Move) -> str:
    count = len(move.gate)
    questions = "1 question" if count == 1 else f"{count} questions"
    return ", ".join([questions] * bool(count) + ["a reason"] * move.needs_reason)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _lists(entity: Entity) -> Iterator[str]:
    yield "## In lists"
    yield ""
    yield f"- Columns: {_codes(entity.list_columns)}"
    yield f"- Filters: {_codes(entity.filters)}"
    yield f"- Order: {_codes(entity.sorts)}"
    yield f"- Found by: {_codes(entity.search_fields)}"
    if entity.meaning_fields:
        yield f"- A change of {_codes(entity.meaning_fields)} asks its ties to be looked at again"
    yield ""


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
