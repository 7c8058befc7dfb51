"""A short form for a new thing: what is needed first, a few more, the rest folded away."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor, party_of
from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.changes import create_object
from polku.kernel.fields import Field
from polku.kernel.finding import alike
from polku.kernel.idempotency import KeyReused, Told, once, print_of
from polku.kernel.policy import may_create
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.portfolio.operations import create_service
from polku.web.desk.addresses import list_url, object_url, page_url
from polku.web.desk.creating_check import NAMES, PART_OF, check_context, sounds_like_part
from polku.web.desk.editing_controls import (
    LANGUAGE_NAMES,
    Control,
    controls_of,
    line_ends,
    written,
)
from polku.web.desk.objects_head import LEADS
from polku.web.desk.values import link_html

FEW = 5
KEY = re.compile(r"[A-Za-z0-9_-]{10,64}")
# Kinds of which two of one name are mostly one thing written down twice
NAMED_ONCE = frozenset({"service_product", "party", "component", "segment", "touchpoint"})
VERBS = {"service_product": create_service}


def object_create(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """Ask for a new thing and make it, once, however often the form arrives."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    answer = may_create(actor, entity)
    if not answer:
        raise NotAllowed(answer.reason)
    if request.method != "POST":
        return _form(request, actor, entity, request.GET)
    same = _alike(actor, entity, request.POST) if "seen" not in request.POST else []
    doubted = sounds_like_part(entity, request.POST)
    if same or doubted:
        return _form(request, actor, entity, request.POST, same=same, doubted=doubted)
    try:
        code = made_once(request, actor, kind, lambda: _make(request, actor, entity))
    except BadInput as error:
        return _form(request, actor, entity, request.POST, problems=error.fields, status=422)
    except KeyReused:
        return _form(
            request, actor, entity, request.POST, refused=added_already(), status=409, anew=True
        )
    except Refused as error:
        return _form(request, actor, entity, request.POST, refused=str(error), status=409)
    messages.success(request, _("Saved. Everything else can be written here, when you know it."))
    return redirect(object_url(actor.workspace, entity, code))


def made_once(request: HttpRequest, actor: Actor, kind: str, make: Callable[[], str]) -> str:
    """The code of the new thing; the same form that comes twice gives the same code. Raises
    KeyReused for a form that says something else now."""
    key = request.POST.get("once", "")
    if not KEY.fullmatch(key):
        return make()
    left_out = {"csrfmiddlewaretoken", "seen", *NAMES}
    sent = sorted((name, *values) for name, values in request.POST.lists() if name not in left_out)
    print_now = print_of(kind.encode(), repr(sent).encode())
    return once(f"form-{key}", print_now, lambda: Told(201, make()), by=actor).told.text


def added_already() -> str:
    """What is said when a form comes again with something else in it."""
    return _("One was added from this form already. Send it again to add this one as well.")


def _make(request: HttpRequest, actor: Actor, entity: Entity) -> str:
    values = _values(actor, entity, request.POST)
    verb = VERBS.get(entity.kind)
    made = verb(by=actor, **values) if verb else create_object(entity, values, by=actor)
    return str(made.code)


def form_fields(actor: Actor, entity: Entity) -> list[Field]:
    """The fields that can be written when a thing is made, in the order of the registry."""
    state = entity.state_field if entity.machine else ""
    return [
        found for found in entity.fields_for(actor)
        if found.type not in {"datetime", "json", "picture"} and not _switched_off(actor, found)
        and (found.editable or (found.on_create and (found.name == state or found.type == "enum")))
    ]  # fmt: skip


def _switched_off(actor: Actor, found: Field) -> bool:
    """Whether a field points at a kind of thing that this workspace does not use."""
    feature = entity_row(found.ref).feature if found.name == "package" else ""
    return bool(feature) and not actor.workspace.has(feature)


def _first(entity: Entity, fields: list[Field]) -> list[str]:
    """The needed ones, then the one line, the state and who answers for it."""
    lead = next((name for name in LEADS if name in entity.by_name), "")
    wanted = [found.name for found in fields if found.required]
    # What one gets is of a service or of a package: neither is needed, one of them is
    wanted += [name for name in ("product", "package") if name in entity.by_name]
    wanted += [lead, "kind", entity.state_field if entity.machine else "", "owner_party"]
    known = {found.name for found in fields}
    kept = list(dict.fromkeys(name for name in wanted if name in known))
    return kept[: max(FEW, sum(found.required for found in fields))]


def _values(actor: Actor, entity: Entity, post: QueryDict) -> dict[str, Any]:
    """Outside values of what was filled in; an empty field is left to its default."""
    values: dict[str, Any] = {}
    for found in form_fields(actor, entity):
        if found.type == "translated":
            text = line_ends(post.get(found.name, ""))
            if text.strip() or found.required:
                values[found.name] = {_lang(actor, post): text}
            continue
        value = written(found, post, None)
        if value not in ("", []) or (found.required and found.type != "refs"):
            values[found.name] = value
    return values


def _lang(actor: Actor, post: Mapping[str, str]) -> str:
    asked = post.get("lang", "")
    return asked if asked in actor.workspace.languages else actor.lang_for_writing


def _form(
    request: HttpRequest, actor: Actor, entity: Entity, given: QueryDict, *,
    problems: Mapping[str, Any] | None = None, refused: str = "", same: list[Any] | None = None,
    status: int = 200, anew: bool = False, doubted: bool = False,
) -> HttpResponse:  # fmt: skip
    fields = form_fields(actor, entity)
    first = [*_first(entity, fields), *([PART_OF] if doubted else [])]
    by_name = {found.name: _control(actor, entity, found, given, problems or {})
               for found in fields}  # fmt: skip
    rest = [control for name, control in by_name.items() if name not in first]
    context = {
        "entity": entity, "list_url": list_url(actor.workspace, entity),
        "first": [by_name[name] for name in first], "rest": rest,
        "rest_open": any(control.error for control in rest),
        "refused": refused, "loose": _loose(by_name, problems or {}),
        "same": _links(actor, same or ()),
        "alike_url": page_url(actor.workspace, entity, "alike")
        if entity.kind in NAMED_ONCE else "",
        "title_control": entity.title_field,
        "once": "" if anew else given.get("once", ""),
        "languages": _languages(actor, given),
        **check_context(actor, entity, given, doubted=doubted),
    }  # fmt: skip
    context["once"] = context["once"] or secrets.token_urlsafe(16)
    return render(request, "objects/object_create.html", context, status=status)


def _control(
    actor: Actor, entity: Entity, found: Field, given: QueryDict, problems: Mapping[str, Any]
) -> Control:
    problem = str(problems.get(found.name, ""))
    if found.type == "translated":
        blank = controls_of(actor, entity, found, None, problem=problem)[0]
        text = given.get(found.name, "")
        return replace(blank, name=found.name, lang="", note="", was=None, value=text)
    value = given.getlist(found.name) if found.type == "refs" else given.get(found.name)
    if value is None:
        value = _default(actor, entity, found)
    return controls_of(actor, entity, found, value, problem=problem)[0]


def _default(actor: Actor, entity: Entity, found: Field) -> Any:
    if entity.machine is not None and found.name == entity.state_field:
        return entity.machine.initial
    if found.name == "owner_party" and actor.workspace.size_profile == "solo":
        return party_of(actor)
    if found.type in {"refs", "object", "ref", "words"}:
        given = entity.defaults(actor) if entity.defaults else {}
        return given.get(found.name)
    return found.column(entity.model).get_default()


def _loose(controls: Mapping[str, Control], problems: Mapping[str, Any]) -> list[str]:
    """What is wrong with no field of this form."""
    return [str(text) for name, text in problems.items() if name not in controls]


def _languages(actor: Actor, given: Mapping[str, str]) -> list[dict[str, Any]]:
    now = _lang(actor, given)
    known = actor.workspace.languages
    return [
        {"code": code, "name": LANGUAGE_NAMES.get(code, code), "chosen": code == now}
        for code in known
    ] if len(known) > 1 else []  # fmt: skip


def _alike(actor: Actor, entity: Entity, given: Mapping[str, str]) -> list[Any]:
    if entity.kind not in NAMED_ONCE:
        return []
    return alike(actor, entity, given.get(entity.title_field, ""))


def object_alike(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """While a name is written: what is here already under nearly the same name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    same = _alike(actor, entity, request.GET) if may_create(actor, entity) else []
    context = {"same": _links(actor, same), "seen": False}
    return render(request, "objects/object_alike.html", context)


def _links(actor: Actor, objects: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"html": link_html(obj, actor.workspace), "code": obj.code} for obj in objects]
