"""Changing one field in its place: a whole page without script, a part of the page with it."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotFound, Refused
from polku.kernel.changes import change_object
from polku.kernel.fields import Field
from polku.kernel.link_rows import rests_on
from polku.kernel.registry import entity as entity_row
from polku.kernel.wording import is_wording
from polku.web.desk.editing_conflict import conflict_context, merged
from polku.web.desk.editing_controls import controls_of, written
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.objects_head import editable
from polku.web.desk.values import title_text

HEADINGS = frozenset({"h1", "lead"})


def object_field(
    request: HttpRequest, workspace: str, kind: str, code: str, field: str,
) -> HttpResponse:  # fmt: skip
    """Show, ask for, or save one field of one thing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    found = page.readable.get(field)
    if found is None or not found.editable or found.type in {"datetime", "picture"}:
        raise NotFound
    if not page.may_change:
        return _refused(page, found, str(page.may_change.reason), 403)
    if page.obj.archived:
        return _refused(page, found, _("This was put away. Take it out again to change it."), 409)
    if request.method == "POST":
        return _save(page, found)
    return _shown(page, found) if "show" in request.GET else _form(page, found)


def _save(page: ObjectPage, found: Field) -> HttpResponse:
    post = page.request.POST
    now = _stored(page, found)
    value = _chosen(post) if post.get("choice") == "mine" else written(found, post, now)
    try:
        _change(page, found, value, _revision(post), wording_only=bool(post.get("wording_only")))
    except BadInput as error:
        problem = " ".join(str(text) for text in error.fields.values())
        return _form(page, found, sent=value, problem=problem, status=422)
    except Refused as error:
        return _form(page, found, sent=value, problem=str(error), status=409)
    except Conflict as error:
        context = conflict_context(page, found, error, value)
        return _part_or_page(page, "objects/field_conflict.html", found, context, 409)
    return _saved(page, found)


def _change(
    page: ObjectPage, found: Field, value: Any, revision: int | None, *, wording_only: bool
) -> None:
    """Save; when the other changed another part of the same field, both changes stand."""
    try:
        change_object(
            page.entity, page.obj, {found.name: value}, by=page.actor, revision=revision,
            wording_only=wording_only,
        )  # fmt: skip
    except Conflict as error:
        both = merged(found, error, value)
        if both is None:
            raise
        change_object(
            page.entity, page.obj, {found.name: both}, by=page.actor, revision=error.revision,
            wording_only=wording_only,
        )  # fmt: skip


def _chosen(post: Any) -> Any:
    """My own value, kept through the question which of two shall stand."""
    try:
        return json.loads(post.get("mine", ""))
    except ValueError as error:
        raise BadInput({"mine": _("What you wrote did not come along; write it again.")}) from error


def _revision(post: Mapping[str, str]) -> int | None:
    number = post.get("revision", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _stored(page: ObjectPage, found: Field) -> Any:
    if found.type == "object":
        return getattr(page.obj, f"{found.name}_code")
    if found.type == "refs":
        return list(getattr(page.obj, found.name).all())
    return getattr(page.obj, found.name)


def _saved(page: ObjectPage, found: Field) -> HttpResponse:
    page = ObjectPage(
        page.request, page.actor, page.entity, fetch(page.actor, page.entity, page.obj.code)
    )
    if not page.request.htmx:  # type: ignore[attr-defined]
        label = found.label(page.entity.model)
        messages.success(page.request, _("Saved: %(field)s") % {"field": label})
        return redirect(page.url)
    response = _shown(page, found, saved=True)
    response["HX-Trigger"] = json.dumps({"say": {"value": _("Saved")}})
    return response


def _shown(page: ObjectPage, found: Field, *, saved: bool = False) -> HttpResponse:
    context = {"row": editable(page, found.name), "heading": _heading(page), "saved": saved}
    return render(page.request, "objects/field_shown.html", context)


def _heading(page: ObjectPage) -> str:
    asked = page.request.POST.get("as") or page.request.GET.get("as", "")
    return asked if asked in HEADINGS else ""


def _form(
    page: ObjectPage, found: Field, *, sent: Any = None, problem: str = "", status: int = 200
) -> HttpResponse:
    value = _stored(page, found)
    controls = controls_of(page.actor, page.entity, found, value, problem=problem)
    if status != 200:
        controls = _as_sent(page, found, sent, problem)
    revision = page.request.POST.get("revision") or page.obj.revision
    context = {
        "controls": controls, "revision": revision,
        "wording_only": page.request.POST.get("wording_only", ""),
        "is_wording": is_wording(page.entity, found) and rests_on(page.actor, page.obj),
    }  # fmt: skip
    return _part_or_page(page, "objects/field_form.html", found, context, status)


def _as_sent(page: ObjectPage, found: Field, sent: Any, problem: str) -> list[Any]:
    """The controls with what was just written in them, right or wrong."""
    from dataclasses import replace

    if found.type == "translated":
        post = page.request.POST
        controls = controls_of(
            page.actor, page.entity, found, _stored(page, found), problem=problem
        )
        return [
            replace(c, value=post.get(c.name, c.value), was=post.get(f"was-{c.name}", c.was))
            for c in controls
        ]
    return controls_of(page.actor, page.entity, found, sent, problem=problem)


def _refused(page: ObjectPage, found: Field, reason: str, status: int) -> HttpResponse:
    # htmx leaves the page as it is at 403; the reason belongs into the field's own place
    code = 409 if page.request.htmx else status  # type: ignore[attr-defined]
    return _part_or_page(page, "objects/field_refused.html", found, {"reason": reason}, code)


def _part_or_page(
    page: ObjectPage, template: str, found: Field, more: Mapping[str, Any], status: int
) -> HttpResponse:
    context = {
        "page": page, "entity": page.entity, "object": page.obj, "field": found,
        "label": found.label(page.entity.model), "title": title_text(page.obj),
        "edit_url": page.page_url("field", field=found.name), "heading": _heading(page),
        "row": editable(page, found.name), "part": template, **more,
    }  # fmt: skip
    whole = "objects/object_field.html"
    name = template if page.request.htmx else whole  # type: ignore[attr-defined]
    return render(page.request, name, context, status=status)
