"""Every address of the URL conf, and what stands behind its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from polku.kernel.registry import Entity, entities

API = "api-v1:"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One named address: its parameters by name, the kind of thing it is about, its method.

    ``method`` is the one an operation of the API answers, empty for pages (GET and POST).
    """

    name: str
    pattern: str
    params: tuple[str, ...]
    kind: str = ""
    method: str = ""
    view: Any = field(default=None, compare=False)

    @property
    def is_api(self) -> bool:
        """Whether it speaks JSON."""
        return self.pattern.startswith("api/")

    @property
    def verb(self) -> str:
        """The name without what it is about: ``api-v1:{}_get``, ``{}_detail``."""
        if not self.kind:
            return self.name
        before, _colon, last = self.name.rpartition(":")
        word = next(row.page_name for row in entities() if row.kind == self.kind)
        return f"{before}{_colon}{{}}{last.removeprefix(word)}"

    def path(self, **values: Any) -> str:
        """The address with these values for its parameters."""
        return reverse(self.name, kwargs={name: values[name] for name in self.params})


@cache
def routes() -> tuple[Route, ...]:
    """All addresses that have a name."""
    return tuple(dict.fromkeys(_named()))


def unnamed() -> list[str]:
    """Addresses without a name, which the tables below cannot speak about."""
    return [path for path, pattern, _name in _walk(get_resolver()) if not pattern.name]


def operations() -> dict[str, str]:
    """``{name of route: method}`` of every operation of the API."""
    from polku.api.v1 import api

    found = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                name = operation.url_name or operation.view_func.__name__
                found[API + name] = operation.methods[0]
    return found


def _named() -> Iterator[Route]:
    methods = operations()
    for path, pattern, name in _walk(get_resolver()):
        if pattern.name:
            params = tuple(dict.fromkeys(_PARAMETER.findall(path)))
            kind = pattern.default_args.get("kind") or _kind_of(name)
            yield Route(name, path, params, kind, methods.get(name, ""), pattern.callback)


def _walk(
    resolver: URLResolver, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, URLPattern, str]]:
    for part in resolver.url_patterns:
        path = f"{prefix}{part.pattern}"
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from _walk(part, path, inner)
        else:
            yield path, part, f"{space}{part.name}"


def _kind_of(name: str) -> str:
    """The kind of an operation of the API, by the beginning of its name."""
    if not name.startswith(API):
        return ""
    last = name.removeprefix(API)
    found: list[Entity] = [row for row in entities() if last.startswith(f"{row.page_name}_")]
    return found[0].kind if found else ""
