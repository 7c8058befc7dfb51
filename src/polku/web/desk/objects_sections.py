"""The sections that every object's page has: facts, own columns, what happened."""

from django.template.loader import render_to_string

from polku.kernel.history import events_of
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.objects_head import editable, head_fields
from polku.web.desk.values import json_html
from polku.web.history_sentences import sentences

LAST = 8
# What keeps the record itself; the other side has no use for it
KEEPING = frozenset({"audience", "relationship", "tags", "owner_party", "review_due"})
# Shown beside what they explain, never as facts of their own
NEVER = frozenset({"dial_notes"})
_elsewhere: dict[str, set[str]] = {}


def facts(page: ObjectPage) -> str:
    """The fields: texts first, then the short ones; what nobody wrote yet is folded away."""
    rows = [editable(page, name) for name in _fact_names(page)]
    always = set(page.entity.meaning_fields) | {"audience"}
    known = [row for row in rows if not row["empty"] or row["name"] in always]
    context = {
        "texts": [row for row in known if page.readable[row["name"]].multiline],
        "short": [row for row in known if not page.readable[row["name"]].multiline],
        "later": [row for row in rows if row not in known],
    }
    return render_to_string("objects/section_facts.html", context)


def shown_elsewhere(kind: str, *names: str) -> None:
    """Leave these fields of a kind out of its facts: another section shows them."""
    _elsewhere.setdefault(kind, set()).update(names)


def _fact_names(page: ObjectPage) -> list[str]:
    left_out = head_fields(page) | NEVER | _elsewhere.get(page.entity.kind, set())
    if not page.actor.is_internal:
        left_out |= KEEPING
    return [name for name in page.readable if name not in left_out]


def own_columns(page: ObjectPage) -> str:
    """Columns that the workspace brought along itself."""
    if "attributes" not in page.readable:
        return ""
    values = page.obj.attributes or {}
    if not values and not page.can_edit:
        return ""
    rows = [(name, json_html(value)) for name, value in values.items()]
    can = page.can_edit and page.readable["attributes"].editable
    edit_url = page.page_url("field", field="attributes") if can else ""
    return render_to_string(
        "objects/section_own_columns.html", {"rows": rows, "edit_url": edit_url}
    )


def happened(page: ObjectPage) -> str:
    """The last things that happened, newest first."""
    if not page.actor.is_internal:
        return ""
    events = events_of(page.actor, page.obj, limit=LAST + 1)
    known = {tie.other.code: tie.other for tie in page.shared.get("ties", ())}
    entries = sentences(page.actor, page.entity, events[:LAST], short=True, known=known)
    return render_to_string(
        "objects/section_history.html",
        {"entries": entries, "more_url": page.page_url("history"), "more": len(events) > LAST},
    )


def place() -> None:
    """Put the sections on the pages of every kind."""
    section(EVERY_KIND, "body", facts)
    section(EVERY_KIND, "body", own_columns, order=60)
    section(EVERY_KIND, "history", happened)
