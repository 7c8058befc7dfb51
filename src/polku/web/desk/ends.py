"""A loose end as a line: what hangs, since when, whose it is, what it names and what mends it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.checks.rows import BY_CODE, Check
from polku.insight.home import objects_of
from polku.insight.telling import IMPORT, sentence_of
from polku.kernel.actor import Actor
from polku.kernel.loose_ends import loose_ends_of
from polku.kernel.models import LooseEnd
from polku.kernel.registry import entities, entity
from polku.tenancy.models import Workspace
from polku.tenancy.translated import Translated
from polku.web import formats, navigation, readings
from polku.web.desk.addresses import object_url
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.values import link_html

type Things = Mapping[tuple[str, int], Any]


def lines(
    actor: Actor, ends: Iterable[LooseEnd], objects: Things | None = None,
    *, named: bool = True, owned: bool = False,
) -> list[dict[str, Any]]:  # fmt: skip
    """Lines for ``components/loose_ends.html``.

    *named* ones say what they are about, *owned* ones whose they are. *objects* holds what the
    ends hang at and name (:func:`~polku.insight.home.objects_of`).
    """
    ends = list(ends)
    found = objects_of(actor, ends) if objects is None else objects
    known = [end for end in ends if end.check_code in BY_CODE]
    return [_line(actor, end, found, named, owned) for end in known]


def _line(actor: Actor, end: LooseEnd, found: Things, named: bool, owned: bool) -> dict[str, Any]:
    check = BY_CODE[end.check_code]
    obj = found.get((end.object_kind, end.object_id))
    is_open = end.state == LooseEnd.State.OPEN
    return {
        "thread": "missing",
        "sentence": _sentence(actor.workspace, end, obj, named),
        "details": _details(actor.workspace, check, end, found),
        "note": _note(check, end) if is_open else _kept_note(actor.workspace, end),
        "owner": _owner(actor.workspace, end) if owned else "",
        "actions": _actions(actor.workspace, check, end, obj) if is_open
        else _kept_actions(actor.workspace, end),
    }  # fmt: skip


def _sentence(workspace: Workspace, end: LooseEnd, obj: Any, named: bool) -> SafeString | str:
    if obj is None or not named or end.object_kind == IMPORT:
        return sentence_of(end)
    return format_html("{}: {}", link_html(obj, workspace), sentence_of(end))


def _details(
    workspace: Workspace, check: Check, end: LooseEnd, found: Things
) -> list[dict[str, Any]]:
    """What it names: pieces, services, customers, a day; each with the word before it."""
    told = end.parameters
    rows = []
    for name, label in check.labels.items():
        shown = [
            *(_name(stored) for stored in told.get("names", {}).get(name, [])),
            *(link_html(found[kind, number], workspace)
              for kind, number in told.get("things", {}).get(name, []) if (kind, number) in found),
        ]  # fmt: skip
        if name == "on" and told.get("on"):
            shown = [formats.long_day(dt.date.fromisoformat(told["on"]))]
        if shown:
            total = told.get(f"{name}_n", told.get("n", 0))
            rows.append({"label": label, "words": _listed(shown, total if name != "on" else 0)})
    return rows


def _name(stored: Mapping[str, Any]) -> str:
    return readings.plain_reading(Translated.from_json(stored))


def _listed(shown: list[Any], total: int) -> SafeString:
    words = format_html_join(", ", "{}", ((one,) for one in shown))
    more = total - len(shown)
    if more <= 0:
        return words
    rest = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    return format_html("{} {}", words, rest)


def _note(check: Check, end: LooseEnd) -> str:
    severity = str(end.get_severity_display())
    since = _("%(severity)s, since %(day)s.") % {
        "severity": severity[:1].upper() + severity[1:],
        "day": formats.how_recent(end.since),
    }
    return f"{since} {check.why}"


def _kept_note(workspace: Workspace, end: LooseEnd) -> SafeString:
    """Why it is quiet: what became of it, or the reason and until when."""
    if end.turned_into_code:
        return format_html("{} {}", _("Became"), _code_html(workspace, end.turned_into_code))
    who = str(end.dismissed_by) if end.dismissed_by else ""
    said = f"{who}: {end.dismissed_reason}" if who else end.dismissed_reason
    if end.dismissed_until is None:
        return format_html("{} {}", said, _("Until the thing itself changes."))
    until = _("Until %(day)s.") % {"day": formats.long_day(end.dismissed_until)}
    return format_html("{} {}", said, until)


def _code_html(workspace: Workspace, code: str) -> SafeString | str:
    prefix = code.partition("-")[0]
    row = next((row for row in entities() if row.prefix == prefix), None)
    if row is None:
        return code
    return format_html('<a href="{}">{}</a>', object_url(workspace, row, code), code)


def _owner(workspace: Workspace, end: LooseEnd) -> SafeString | str:
    if end.object_kind == IMPORT:
        return ""
    return link_html(end.owner_party, workspace) if end.owner_party else _("nobody")


def _actions(workspace: Workspace, check: Check, end: LooseEnd, obj: Any) -> list[dict[str, str]]:
    number = {"number": end.pk}
    mend = (
        _import_mend(workspace, end) if end.object_kind == IMPORT else _mend(workspace, check, obj)
    )
    rows = [mend]
    if obj is not None:
        rows += [
            (_("Ask"), navigation.url_or_none("loose_end_ask", workspace, **number)),
            (_("Make of it…"), navigation.url_or_none("loose_end_turn", workspace, **number)),
        ]
    rows.append((_("Dismiss"), navigation.url_or_none("loose_end_dismiss", workspace, **number)))
    return [{"label": label, "url": url} for label, url in rows if url]


def _kept_actions(workspace: Workspace, end: LooseEnd) -> list[dict[str, str]]:
    url = navigation.url_or_none("loose_end_reopen", workspace, number=end.pk)
    return [{"label": _("Open it again"), "url": url, "method": "post"}] if url else []


def _mend(workspace: Workspace, check: Check, obj: Any) -> tuple[str, str]:
    if obj is None:
        return "", ""
    row = entity(check.kind)
    how, _sep, what = check.mend.partition(":")
    if how == "offering":
        url = navigation.url_or_none("offering_create", workspace)
        return _("Write what one gets"), f"{url}?product={obj.code}" if url else ""
    more = {"field": what} if how == "field" else {}
    url = navigation.url_or_none(f"{row.page_name}_{_PAGES[how]}", workspace, code=obj.code, **more)
    if how == "tie" and url:
        url = f"{url}?way={what}"
    label = _FIELD_LABELS.get(what, _LABELS[how]) if how == "field" else _LABELS[how]
    return str(label()), url


_PAGES = {"field": "field", "tie": "tie_create", "step": "detail", "review": "review",
          "page": "detail", "pieces": "detail", "decide": "decide"}  # fmt: skip
_FIELD_LABELS = {
    "owner_party": lambda: _("Say who"),
    "raised_by_party": lambda: _("Say who"),
    "supplier_relationship": lambda: _("Say who"),
    "review_due": lambda: _("Set a day"),
    "real_world_ref": lambda: _("Say where"),
}
_LABELS = {
    "field": lambda: _("Write it down"),
    "tie": lambda: _("Tie it"),
    "step": lambda: _("Take the next step"),
    "review": lambda: _("Look at it"),
    "page": lambda: _("Open it"),
    "pieces": lambda: _("Tie the pieces"),
    "decide": lambda: _("Decide"),
}


def _import_mend(workspace: Workspace, end: LooseEnd) -> tuple[str, str]:
    filters = {
        "L38": "owner_party=none&managed_state=live,ending",
        "L38-early": "owner_party=none",
        "no-state": "managed_state=none",
    }
    url = navigation.url_or_none("service_list", workspace)
    query = filters.get(end.check_code, "managed_state=live")
    return _("See them"), f"{url}?{query}" if url else ""


def loose_ends_section(page: ObjectPage) -> str:
    """The open ends of one object, on its page."""
    from django.template.loader import render_to_string

    ends = loose_ends_of(page.actor, page.obj)
    if not ends:
        return ""
    own = {(end.object_kind, end.object_id): page.obj for end in ends}
    named = [end for end in ends if "things" in end.parameters]
    others = objects_of(page.actor, named) if named else {}
    rows = lines(page.actor, ends, {**others, **own}, named=False)
    urgent = sum(end.severity == LooseEnd.Severity.URGENT for end in ends)
    return render_to_string("loose_ends/section.html", {"ends": rows, "urgent": urgent})


section(EVERY_KIND, "loose_ends", loose_ends_section)
