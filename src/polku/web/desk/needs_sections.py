"""What a thing needs and what needs it, with effect and days, on its page."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.answers import Sentence
from polku.kernel.clock import today_in
from polku.kernel.policy import may_create
from polku.kernel.registry import entity_of
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.entities import DEPENDENCY
from polku.portfolio.models import Component, Dependency
from polku.web.desk.needs_rows import is_forward, need_rows
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.ties_ways import NEED_WORDS
from polku.web.desk.values import link_html, state_html, title_text

# How much it hurts, gravest first; the sign is a shape before it is a colour
EFFECTS: dict[str, tuple[int, str, str]] = {
    "stops": (0, "bad", "bad"), "degrades": (1, "watch", "watch"),
    "inconvenience": (2, "plain", "crit-low"), "unknown": (3, "unknown", ""),
}  # fmt: skip
EFFECT_WORDS = dict(Component.Criticality.choices)


@dataclass(frozen=True)
class NeedShown:
    """One need as seen from one of its ends."""

    row: Dependency
    words: Sentence
    other: SafeString
    other_title: str
    state: SafeString | str
    archived: bool
    past: bool
    ahead: bool
    change_url: str

    @property
    def effect(self) -> dict[str, Any]:
        """What happens when the needed thing fails: word and sign."""
        _rank, result, sign = EFFECTS[self.row.criticality]
        return {"word": EFFECT_WORDS[self.row.criticality], "result": result, "sign": sign}

    @property
    def rank(self) -> tuple[bool, int, str]:
        """What holds today first, the gravest first, then by name."""
        return self.past, EFFECTS[self.row.criticality][0], self.other_title.casefold()


def needs(page: ObjectPage) -> str:
    """The section; away where needs are switched off and none is written down."""
    if not page.actor.is_internal:
        return ""
    out, back = _both(page)
    on = page.actor.workspace.has("components")
    if not on and not out and not back:
        return ""
    may = on and bool(may_create(page.actor, DEPENDENCY)) and not page.obj.archived
    url = page.page_url("need_create") if may else ""
    plain = page.actor.workspace.size_profile == "solo"
    tables = [
        _table("needs", _("It needs"), _("Add what it needs"), out, url),
        _table("needed", _("It is needed by"), _("Add what needs it"), back,
               f"{url}?side=needed" if url else ""),
    ]  # fmt: skip
    context = {
        "tables": [table for table in tables if table["rows"] or table["add_url"]],
        "plain": plain, "count": sum(not row.past for row in (*out, *back)),
    }  # fmt: skip
    return render_to_string("needs/section_needs.html", context)


def _table(code: str, title: str, add: str, rows: list[NeedShown], url: str) -> dict[str, Any]:
    held = [row for row in rows if not row.past]
    return {
        "code": code, "title": title, "add": add, "add_url": url, "rows": rows, "held": held,
        "past": [row for row in rows if row.past],
    }  # fmt: skip


def _both(page: ObjectPage) -> tuple[list[NeedShown], list[NeedShown]]:
    shown = [(is_forward(page, row), _shown(page, row, other)) for row, other in need_rows(page)]
    out = [one for forward, one in shown if forward]
    back = [one for forward, one in shown if not forward]
    return sorted(out, key=lambda one: one.rank), sorted(back, key=lambda one: one.rank)


def _shown(page: ObjectPage, row: Dependency, other: Any) -> NeedShown:
    today = today_in(page.actor.workspace)
    entity = entity_of(other)
    words = NEED_WORDS[row.kind][0 if is_forward(page, row) else 1]
    url = page.page_url("need_change", need=row.code) if page.may_change else ""
    return NeedShown(
        row, words, link_html(other, page.actor.workspace),
        title_text(other), state_html(entity, getattr(other, entity.state_field)),
        other.archived, bool(row.valid_to and row.valid_to < today),
        bool(row.valid_from and row.valid_from > today), url,
    )  # fmt: skip


for _kind in sorted(DEPENDENCY_ENDS):
    section(_kind, "body", needs, order=30)
