"""The OpenAPI document, made from the table of routes and the registry, and its page."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import BaseModel

from polku.api.answers import JSON
from polku.api.problems import MEDIA_TYPE
from polku.api.routes import Route
from polku.api.shapes_of_answers import ANSWERS
from polku.api.shapes_of_entities import name_of, schemas_of
from polku.kernel.registry import Entity, entities

type Schema = dict[str, Any]

BYTES: Schema = {"type": "string", "format": "binary"}
REF = "#/components/schemas/{model}"
PARAMETERS: dict[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
    "offset": {"type": "integer", "minimum": 0, "maximum": 1_000_000_000, "default": 0},
    "as_of": {"type": "string", "format": "date",
              "description": "As it was on this day; for the provider's people."},
    "known_on": {"type": "string", "format": "date",
                 "description": "As of that day, by what was known at the end of this one."},
    "q": {"type": "string", "description": "Words; each begins a word that is looked for."},
    "by": {"type": "string", "enum": ["service", "release", "giver"]},
    "unread": {"type": "string", "enum": ["true", "false"], "default": "false"},
    "version": {"type": "integer", "minimum": 1, "description": "An agreed version."},
    "lanes": {"type": "string", "description": "Keys of rows, several parted by commas."},
    "after": {"type": "integer", "minimum": 0, "default": 0,
              "description": "Number of the edit that was seen last."},
    "far": {"type": "integer", "minimum": 1, "maximum": 8, "default": 8,
            "description": "How many steps away."},
    "of_kind": {"type": "string", "description": "Only things of this kind.",
                "examples": ["service_product"]},
    "per_kind": {"type": "integer", "minimum": 1, "maximum": 50, "default": 10},
    "of": {"type": "string", "description": "Code of an object at either end."},
    "needs_a_look": {"type": "boolean", "description": "Ties that need a look, or that do not."},
    "mine": {"type": "boolean", "description": "Those alone that wait for the one who asks."},
    "kind": {"type": "string", "description": "Code of a kind of tie.", "examples": ["L01"]},
    "format": {"type": "string", "enum": ["xlsx", "csv", "json"], "default": "json"},
    "layout": {"type": "string", "enum": ["polku", "source"], "default": "polku"},
    "list": {"type": "string", "description": "Plural of a kind, such as services."},
    "source": {"type": "string", "description": "Which list, for the layout of a source."},
    "whose": {"type": "string", "description": "mine, nobody, or the code of a person."},
    "severity": {"type": "string", "enum": ["urgent", "attention", "note"]},
    "check": {"type": "string", "description": "Code of a check.", "examples": ["L38"]},
    "about": {"type": "string", "description": "Kind of thing, such as service_product."},
    "state": {"type": "string", "enum": ["open", "dismissed", "turned"], "default": "open"},
    "size": {"type": "string", "enum": ["small", "large"], "default": "large"},
    "days": {"type": "integer", "minimum": 1, "maximum": 3660, "default": 91},
    "outcome": {"type": "string",
                "description": "new, changed, same or look; several parted by commas."},
}  # fmt: skip
ONCE = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
    "description": "The same key and body again within 48 hours gives the first answer again.",
}  # fmt: skip
IF_MATCH = {
    "in": "header", "name": "If-Match", "required": False,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "The ETag that was read; the same as revision in the body.",
}  # fmt: skip


class DocumentedApi(NinjaAPI):
    """An API whose document knows the shapes of the registry."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: Schema | None = None
    ) -> OpenAPISchema:
        """The document in English; made once."""
        return _document(self, path_prefix or self.get_root_path(path_params or {}))


@lru_cache(maxsize=4)
def _document(api: DocumentedApi, prefix: str) -> OpenAPISchema:
    with translation.override("en"):
        document = OpenAPISchema(api, prefix)
        schemas = document["components"]["schemas"]
        schemas |= ANSWERS
        for entity in entities():
            schemas |= schemas_of(entity)
        for router in api._get_bound_routers():  # noqa: SLF001  what its own schema walks
            for view in router.path_operations.values():
                for operation in view.operations:
                    _describe(document, operation)
    return document


def _describe(document: OpenAPISchema, operation: Operation) -> None:
    route = getattr(operation.view_func, "route", None)
    found = _told_of(document, operation)
    if found is None or route is None:
        return
    entity: Entity | None = operation.view_func.entity  # type: ignore[attr-defined]
    found["parameters"] += _parameters(route, entity)
    found["responses"] = _responses(route, entity)
    if route.body is not None:
        found["requestBody"] = _body(document, route, entity)


def _told_of(document: OpenAPISchema, operation: Operation) -> Schema | None:
    told = (way for ways in document["paths"].values() for way in ways.values())
    return next((way for way in told if way["operationId"] == operation.operation_id), None)


def _parameters(route: Route, entity: Entity | None) -> list[Schema]:
    found = []
    for name in route.query:
        named = _filters(entity) if name == "filters" and entity else {name: PARAMETERS[name]}
        found += [
            {"in": "query", "name": key, "required": key == "q" and entity is None, "schema": shape}
            for key, shape in named.items()
        ]
    return found + ([ONCE] if route.once else []) + ([IF_MATCH] if route.body == "Change" else [])


def _filters(entity: Entity) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for name in entity.filters:
        field = entity.by_name[name]
        words = f"{field.label(entity.model)}; several values parted by commas, or none."
        codes = [code for code, _label in field.choices(entity.model) if code]
        examples = {"examples": codes[:2]} if codes else {}
        found[name] = {"type": "string", "description": words, **examples}
    for way in entity.narrowings:
        words = f"{way.shown}: several codes parted by commas, or none. For our own people alone."
        found[way.name] = {"type": "string", "description": words}
    sorts = [name.removeprefix("-") for name in entity.sorts]
    orders = [sign + name for name in dict.fromkeys(sorts) for sign in ("", "-")]
    return found | {
        "q": PARAMETERS["q"],
        "sort": {"type": "string", "enum": orders, "default": entity.default_sort},
        "archived": {"type": "string", "enum": ["no", "yes", "any"], "default": "no"},
    }


def _named(name: str) -> Schema:
    return {"$ref": REF.format(model=name)}


def _responses(route: Route, entity: Entity | None) -> Schema:
    name = name_of(entity) if entity else ""
    shape = _named(route.gives.format(name))
    if route.body == "New":
        shape = {"anyOf": [shape, _named(f"{name}List")]}
    problem = {
        "description": "What went wrong.",
        "content": {MEDIA_TYPE: {"schema": _named("Problem")}},
    }
    content = {media: _file(media) for media in route.files} or {JSON: {"schema": shape}}
    return {
        str(route.status): {"description": route.summary, "content": content},
        "4XX": problem,
    }  # fmt: skip


def _file(media: str) -> Schema:
    """A file to take away; one in JSON reads as an object."""
    return {"schema": {"type": "object"} if media == JSON else BYTES}


def _body(document: OpenAPISchema, route: Route, entity: Entity | None) -> Schema:
    required = True
    if isinstance(route.body, type):
        shape, required = _fixed(document, route.body)
    else:
        shape = _named(f"{name_of(entity)}{route.body}") if entity else {}
    if route.body == "New":
        many = {"type": "array", "items": shape, "minItems": 1, "maxItems": 1000}
        shape = {"anyOf": [shape, many]}
    return {"required": required, "content": {JSON: {"schema": shape}}}


def _fixed(document: OpenAPISchema, body: type[BaseModel]) -> tuple[Schema, bool]:
    schema = body.model_json_schema(ref_template=REF, by_alias=True)
    schemas = document["components"]["schemas"]
    schemas |= schema.pop("$defs", {})
    schemas[body.__name__] = schema
    return _named(body.__name__), bool(schema.get("required"))


def docs(request: HttpRequest) -> HttpResponse:
    """The page on which the document can be read and tried; nothing comes from elsewhere."""
    return render(request, "api/docs.html")
