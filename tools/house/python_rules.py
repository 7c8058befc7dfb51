"""Rules for Python modules, read from their syntax tree; nothing is imported."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.house import Breach

Finding = tuple[int, str, str]

LONGEST_MODULE = 400
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# Rooms that stand in front of people: they ask operations and queries, never the tables.
DOORS = {"web", "api", "cli"}

# Modules that may write: the verbs, and the writers of the kernel that the verbs stand on.
VERBS = ("operations", "migrations")
KERNEL_WRITERS = {
    "acceptances",
    "audit",
    "changes",
    "codes",
    "decisions",
    "idempotency",
    "imports",
    "links",
    "loose_ends",
    "magic_links",
    "models",
    "profiles",
    "reprinting",
    "schedule",
    "search",
    "suspects",
    "tokens",
    "transitions",
}

MANAGER_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ASYNC_WRITES = {"asave", "adelete", "aupdate", "acreate", "abulk_create", "aget_or_create"}
# Owners whose .save() or .delete() touches no table of ours.
NO_ROW = {"session", "storage", "default_storage", "workbook"}
# Dicts that are filled by name: `.update(a=1)` looks like a QuerySet's.
DICTS = {"context", "kwargs", "params", "values", "options", "headers", "environ", "settings"}


def breaches_in_module(path: Path, within: Path) -> list[Breach]:
    """Every breach in the module at `path`; `within` is its path inside the package."""
    if "migrations" in within.parts:
        return []
    source = path.read_text(encoding="utf-8")
    found = [*_length(source), *_name(within)]
    for node in ast.walk(ast.parse(source, filename=str(path))):
        found += _breaches_of_node(node, within)
    return [Breach(path, *finding) for finding in sorted(found)]


def may_write(within: Path) -> bool:
    """Whether the module at this path inside the package is one that writes rows."""
    names = [*within.parts[:-1], within.stem]
    if names[0] == "storage" or any(name.startswith(VERBS) for name in names):
        return True
    # The accounts' own maker of accounts, which Django asks for, stands beside the table.
    if names[:2] == ["tenancy", "models"]:
        return True
    # The examples' two writers: who signs in, and the days on which the story took place.
    if names[0] == "examples" and names[1] in {"loading_past", "loading_people"}:
        return True
    return names[0] == "kernel" and not KERNEL_WRITERS.isdisjoint(names)


def _breaches_of_node(node: ast.AST, within: Path) -> Iterator[Finding]:
    if isinstance(node, ast.Attribute):
        yield from _tables_in_a_door(node, within)
    if isinstance(node, ast.Subscript | ast.Call) and within.name != "translated.py":
        yield from _raw_text(node)
    if isinstance(node, ast.Call) and not may_write(within):
        yield from _write(node)


def _length(source: str) -> Iterator[Finding]:
    lines = source.count("\n")
    if lines > LONGEST_MODULE:
        yield 1, "long-module", f"{lines} lines; make it a folder with one module per subject"


def _name(within: Path) -> Iterator[Finding]:
    for part in (*within.parts[:-1], within.stem):
        if part in FORBIDDEN_NAMES:
            yield 1, "vague-name", f"`{part}` says nothing; name the subject"


def _tables_in_a_door(node: ast.Attribute, within: Path) -> Iterator[Finding]:
    if within.parts[0] in DOORS and node.attr in {"objects", "_default_manager", "_base_manager"}:
        yield node.lineno, "table-in-a-door", "read through a visible_*(actor) getter"


def _raw_text(node: ast.Subscript | ast.Call) -> Iterator[Finding]:
    """`name.texts["fi"]` and `name.texts.get("fi")` skip what is missing or outdated."""
    owner = node.value if isinstance(node, ast.Subscript) else _owner_of(node, "get")
    if isinstance(owner, ast.Attribute) and owner.attr == "texts" and not _is_self(owner.value):
        yield node.lineno, "raw-text", "read a translated text with .reading(lang)"


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _owner_of(call: ast.Call, method: str) -> ast.expr | None:
    is_method = isinstance(call.func, ast.Attribute) and call.func.attr == method
    return call.func.value if is_method and isinstance(call.func, ast.Attribute) else None


def _write(node: ast.Call) -> Iterator[Finding]:
    if isinstance(node.func, ast.Attribute) and _touches_a_table(node, node.func):
        verb = node.func.attr
        yield node.lineno, "write-outside-operations", f"`.{verb}()` belongs into an operation"


def _touches_a_table(call: ast.Call, method: ast.Attribute) -> bool:
    """Tell a write to a table from a dict's update, a file's save and the like."""
    owner = _last_name(method.value)
    if method.attr in MANAGER_WRITES | ASYNC_WRITES:
        return True
    if method.attr == "create":
        return owner == "objects" or owner.endswith("_set")
    if method.attr == "update":  # a QuerySet's takes names only, a dict's mostly a mapping
        return bool(call.keywords) and not call.args and owner not in DICTS
    return method.attr in {"save", "delete"} and not call.args and owner not in NO_ROW


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
