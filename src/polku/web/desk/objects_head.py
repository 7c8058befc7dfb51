"""The head of an object's page: where it lies, its name, one line, its state, who answers."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from polku.kernel.history import transitions_of
from polku.kernel.policy import may_archive
from polku.web.desk.addresses import list_url
from polku.web.desk.objects import ObjectPage
from polku.web.desk.values import Shown, shown, state_html, title_text, title_value

# The one line of what a thing is: the first of these fields that its kind has
LEADS = ("purpose", "summary", "criterion", "acceptance_criterion", "why", "reason")


# How the state of a kind is said where its code alone does not tell
_said: dict[str, Callable[..., SafeString]] = {}


def say_state(kind: str, words: Callable[..., SafeString]) -> None:
    """Let *words* say the state of a kind: it gets the object and ``strong``."""
    _said[kind] = words


def lead_field(page: ObjectPage) -> str:
    """The name of the field that says in one line what the object is, or nothing."""
    return next((name for name in LEADS if name in page.readable), "")


def head_fields(page: ObjectPage) -> frozenset[str]:
    """The fields that the head shows; the facts below leave them out."""
    state = page.entity.state_field if page.entity.machine else ""
    return frozenset({page.entity.title_field, lead_field(page), state, "owner_party",
                      "review_due", "attributes"})  # fmt: skip


def head_context(page: ObjectPage) -> dict[str, Any]:
    """What the head of the page shows."""
    lead = lead_field(page)
    return {
        "title": title_text(page.obj),
        "title_value": title_value(page.obj),
        "title_field": _editable_title(page),
        "list_url": list_url(page.actor.workspace, page.entity),
        "lead": editable(page, lead) if lead else None,
        "state": _state(page),
        "owner": _inside(page, "owner_party"),
        "review": _inside(page, "review_due"),
        "refusal": _refusal(page),
        "may_archive": may_archive(page.actor, page.obj),
        "archive": _archive(page),
    }


def _inside(page: ObjectPage, name: str) -> dict[str, Any] | None:
    """A field for the team; nothing for kinds that have none (a decision has no owner)."""
    shows = page.actor.is_internal and name in page.readable
    return editable(page, name) if shows else None


def _editable_title(page: ObjectPage) -> dict[str, Any] | None:
    name = page.entity.title_field
    return editable(page, name) if name in page.readable else None


def editable(page: ObjectPage, name: str) -> dict[str, Any]:
    """One field as the page shows it, with the way to change it when there is one."""
    found: Shown = shown(page.entity, page.readable[name], page.obj, page.unseen)
    can = page.can_edit and found.field.editable
    return {
        "name": name, "label": found.label, "html": found.html, "empty": found.empty,
        "unknown": found.unknown,
        "edit_url": page.page_url("field", field=name) if can else "",
    }  # fmt: skip


def _state(page: ObjectPage) -> dict[str, Any] | None:
    if page.entity.machine is None:
        return None
    code = getattr(page.obj, page.entity.state_field)
    steps = [row for row in steps_of(page) if row.applied_at and not row.cancelled_at]
    since = steps[0] if steps and steps[0].to_state == code else None
    return {
        "html": _said[page.entity.kind](page.obj, strong=True)
        if page.entity.kind in _said else state_html(page.entity, code, strong=True),
        "since": since.effective_on if since and page.actor.is_internal else None,
        "planned": [row for row in steps_of(page) if row.is_planned]
        if page.actor.is_internal else [],
    }  # fmt: skip


def steps_of(page: ObjectPage) -> list[Any]:
    """The dated steps of the object, read once a page."""
    if "steps" not in page.shared:
        page.shared["steps"] = transitions_of(page.actor, page.obj)
    found: list[Any] = page.shared["steps"]
    return found


def _refusal(page: ObjectPage) -> str:
    """Why nothing here can be changed, for those who may look inside."""
    if page.may_change or not page.entity.changeable or not page.actor.is_internal:
        return ""
    return str(page.may_change.reason)


def _archive(page: ObjectPage) -> dict[str, str]:
    if not page.entity.changeable or not page.actor.is_internal:
        return {}
    verb = "restore" if page.obj.archived else "archive"
    return {"verb": verb, "url": page.page_url(verb)}
