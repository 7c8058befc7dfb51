"""Words of the import pages: fields of the sheets, how sure a guess is, what a row becomes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from polku.exchange.planning.troubles import sentence
from polku.kernel.models import ImportRow
from polku.kernel.registry import entity, has_entity

KINDS = {
    "services": gettext_lazy("Services"),
    "requirements": gettext_lazy("Wishes"),
    "users": gettext_lazy("Who uses what"),
    "dependencies": gettext_lazy("What needs what"),
}
FIELDS: dict[str, dict[str, Any]] = {
    "services": {
        "id": gettext_lazy("Their number"), "name": gettext_lazy("Name"),
        "aliases": gettext_lazy("Also known as"), "owner": gettext_lazy("Owner"),
        "state": gettext_lazy("State"), "purpose": gettext_lazy("What it is for"),
        "for_whom": gettext_lazy("For whom"), "channels": gettext_lazy("Where people meet it"),
        "contact": gettext_lazy("Contact"), "page": gettext_lazy("Web page"),
        "supplier": gettext_lazy("Supplier"), "cost_class": gettext_lazy("What it costs us"),
        "price": gettext_lazy("Price"), "when": gettext_lazy("When"),
        "languages": gettext_lazy("Languages of service"),
        "last_reviewed": gettext_lazy("Last looked at"), "notes": gettext_lazy("Notes"),
    },
    "requirements": {
        "id": gettext_lazy("Their number"), "text": gettext_lazy("What is asked for"),
        "service": gettext_lazy("Service"), "from_whom": gettext_lazy("Asked by"),
        "date": gettext_lazy("Asked on"), "priority": gettext_lazy("How much it matters"),
        "state": gettext_lazy("State"),
    },
    "users": {
        "who": gettext_lazy("Who"), "service": gettext_lazy("Service"),
        "since": pgettext_lazy("day", "Since"), "until": pgettext_lazy("day", "Until"),
        "agreement": gettext_lazy("Agreement"), "contact": gettext_lazy("Contact"),
        "notes": gettext_lazy("Notes"),
    },
    "dependencies": {
        "service": gettext_lazy("Service"), "needs": gettext_lazy("Needs"),
        "kind": gettext_lazy("Kind"), "criticality": gettext_lazy("If it fails"),
        "where": gettext_lazy("Where it is"), "checked": gettext_lazy("Looked at on"),
        "supplier": gettext_lazy("Supplier"),
    },
}  # fmt: skip
SURENESS: dict[str, tuple[str, Any, str]] = {
    "known": ("good", gettext_lazy("known word"), ""),
    "learnt": ("good", gettext_lazy("as you said before"), ""),
    "mapped": ("good", gettext_lazy("as the mapping says"), ""),
    "guess": ("watch", gettext_lazy("guess, please check"), ""),
    "own": ("plain", gettext_lazy("kept as it is"), "same"),
}
OUTCOMES: dict[str, tuple[str, Any, str]] = {
    "new": ("plain", gettext_lazy("new"), "new"),
    "changed": ("plain", gettext_lazy("changed"), "changed"),
    "same": ("plain", gettext_lazy("same"), "same"),
    "left_out": ("bad", gettext_lazy("left out"), ""),
}
ENCODINGS = {
    "utf-8": "UTF-8", "windows-1250": "Windows-1250", "windows-1251": "Windows-1251",
    "windows-1252": "Windows-1252", "utf-16": "UTF-16",
}  # fmt: skip
DELIMITERS = {
    ",": gettext_lazy("comma"), ";": gettext_lazy("semicolon"), "\t": gettext_lazy("tab"),
    "|": gettext_lazy("upright stroke"),
}  # fmt: skip


def label_of(kind: str, name: str, lang: str | None = None) -> str:
    """The words for a field, with its language in brackets."""
    words = str(FIELDS.get(kind, {}).get(name, name))
    return f"{words} [{lang}]" if lang else words


_SHEET_OF = {
    "service_product": "services", "requirement": "requirements", "relationship": "users",
    "segment": "users", "dependency": "dependencies",
}  # fmt: skip


def row_words(row: ImportRow) -> dict[str, Any]:
    """One row of the table: where, what, outcome as sign and word, what exactly."""
    result, words, sign = OUTCOMES[row.outcome]
    return {
        "sheet": row.sheet, "number": row.row_number, "title": row.title or _("(no name)"),
        "result": result, "outcome": words, "sign": sign,
        "look": bool(row.problems) and row.outcome != ImportRow.Outcome.LEFT_OUT,
        "lines": [*_changes(row),
                  *(_told(note, watch=False) for note in row.changes.get("_notes", ())),
                  *(_told(problem) for problem in row.problems)],
    }  # fmt: skip


def _changes(row: ImportRow) -> list[dict[str, Any]]:
    if row.outcome == ImportRow.Outcome.NEW:
        n = row.changes.get("filled", 0)
        return [{"text": _("%(n)d fields filled") % {"n": n}}] if n else []
    return [
        {"label": _label_of_change(row, name), "before": pair[0] or "–", "after": pair[1] or "–"}
        for name, pair in row.changes.items()
        if not name.startswith("_") and isinstance(pair, list) and name != "attributes"
    ]


def _label_of_change(row: ImportRow, name: str) -> str:
    kind = _SHEET_OF.get(row.object_kind, "services")
    if name.startswith("own:"):
        return name.removeprefix("own:")
    field, _colon, lang = name.partition(":")
    if field not in FIELDS.get(kind, {}) and has_entity(row.object_kind):
        found = entity(row.object_kind)
        if field in found.by_name:
            words = found.by_name[field].label(found.model)
            return f"{words} [{lang}]" if lang else words
    return label_of(kind, field, lang or None)


def _told(problem: Mapping[str, Any], *, watch: bool = True) -> dict[str, Any]:
    column = problem.get("column")
    text = sentence(problem)
    return {"text": f"{column}: {text}" if column else text, "watch": watch}
