"""A loose end as a line: what hangs, since when, whose it is, and what mends it."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.insight.checks.rows import BY_CODE, Check
from polku.insight.home import objects_of
from polku.kernel.actor import Actor
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.loose_ends import loose_ends_of
from polku.kernel.models import LooseEnd
from polku.kernel.registry import entity
from polku.tenancy.models import Workspace
from polku.web import formats, navigation
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.values import link_html

IMPORT = "import_run"


def lines(
    actor: Actor, ends: Iterable[LooseEnd], objects: dict[tuple[str, int], Any] | None = None,
    *, named: bool = True,
) -> list[dict[str, Any]]:  # fmt: skip
    """Lines for ``components/loose_ends.html``; *named* ones say what they are about."""
    ends = list(ends)
    found = objects_of(actor, ends) if objects is None else objects
    known = [end for end in ends if end.check_code in BY_CODE]
    return [_line(actor, end, found.get((end.object_kind, end.object_id)), named) for end in known]


def _line(actor: Actor, end: LooseEnd, obj: Any, named: bool) -> dict[str, Any]:
    check = BY_CODE[end.check_code]
    return {
        "thread": "missing",
        "sentence": _sentence(actor.workspace, check, end, obj, named),
        "note": _note(check, end),
        "actions": _actions(actor.workspace, check, end, obj),
    }


def _sentence(
    workspace: Workspace, check: Check, end: LooseEnd, obj: Any, named: bool
) -> SafeString | str:
    if end.object_kind == IMPORT:
        return str(check.import_sentence % {"n": end.parameters.get("n", 0)})
    if obj is None or not named:
        return str(check.sentence)
    return format_html("{}: {}", link_html(obj, workspace), check.sentence)


def _note(check: Check, end: LooseEnd) -> str:
    severity = str(end.get_severity_display())
    since = _("%(severity)s, since %(day)s.") % {
        "severity": severity[:1].upper() + severity[1:],
        "day": formats.how_recent(end.since),
    }
    return f"{since} {check.why}"


def _actions(workspace: Workspace, check: Check, end: LooseEnd, obj: Any) -> list[dict[str, str]]:
    number = {"number": end.pk}
    mend = (
        _import_mend(workspace, end) if end.object_kind == IMPORT else _mend(workspace, check, obj)
    )
    ask = navigation.url_or_none("loose_end_ask", workspace, **number) if obj is not None else ""
    rows = [
        mend,
        (_("Ask"), ask),
        (_("Dismiss"), navigation.url_or_none("loose_end_dismiss", workspace, **number)),
    ]
    return [{"label": label, "url": url} for label, url in rows if url]


def _mend(workspace: Workspace, check: Check, obj: Any) -> tuple[str, str]:
    if obj is None:
        return "", ""
    row = entity(check.kind)
    how, _sep, what = check.mend.partition(":")
    page = {"field": "field", "tie": "tie_create", "step": "detail", "review": "review"}.get(
        how, ""
    )
    if how == "offering":
        url = navigation.url_or_none("offering_create", workspace)
        return _("Write what one gets"), f"{url}?product={obj.code}" if url else ""
    more = {"field": what} if how == "field" else {}
    url = navigation.url_or_none(f"{row.page_name}_{page}", workspace, code=obj.code, **more)
    if how == "tie" and url:
        side = "to" if check.kind in LINK_KINDS[what].from_kinds else "from"
        url = f"{url}?way={what}-{side}"
    return str(_LABELS[how]()), url


_PAGES = {"field": "field", "tie": "tie_create", "step": "detail", "review": "review"}
_LABELS = {
    "field": lambda: _("Say who or when"),
    "tie": lambda: _("Tie it"),
    "step": lambda: _("Take the next step"),
    "review": lambda: _("Look at it"),
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
    rows = lines(page.actor, ends, {(end.object_kind, end.object_id): page.obj for end in ends},
                 named=False)  # fmt: skip
    urgent = sum(end.severity == LooseEnd.Severity.URGENT for end in ends)
    return render_to_string("loose_ends/section.html", {"ends": rows, "urgent": urgent})


section(EVERY_KIND, "loose_ends", loose_ends_section)
