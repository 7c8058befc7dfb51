"""The addresses of the pages that every kind of thing has, built from the registry."""

from functools import lru_cache
from typing import Any

from django.urls import URLPattern, path, reverse

from polku.kernel.registry import Entity, entities
from polku.tenancy.models import Workspace
from polku.web import converters as _converters  # noqa: F401  (codes in addresses)


def patterns() -> list[URLPattern]:
    """List, object, history and, where a kind can be written here, its forms."""
    from polku.web.desk import (
        editing_elements,
        histories,
        lists,
        lists_kept,
        objects,
        objects_sections,
    )

    objects_sections.place()
    editing_elements.place()
    found: list[URLPattern] = [
        path("offerings/<code:code>/elements/", editing_elements.offering_elements,
             name="offering_elements"),
    ]  # fmt: skip
    for row in entities():
        word, name, kind = row.plural, row.page_name, {"kind": row.kind}
        found += [
            path(f"{word}/", lists.object_list, kind, f"{name}_list"),
            path(f"{word}/kept/", lists_kept.kept_lists, kind, f"{name}_kept"),
            path(f"{word}/kept/delete/", lists_kept.kept_delete, kind, f"{name}_kept_delete"),
            path(f"{word}/<code:code>/", objects.object_detail, kind, f"{name}_detail"),
            path(f"{word}/<code:code>/history/", histories.object_history, kind, f"{name}_history"),
        ]
        found += _forms(word, name, kind) if row.changeable else []
    return found


def _forms(word: str, name: str, kind: dict[str, Any]) -> list[URLPattern]:
    from polku.web.desk import archiving, creating, editing

    return [
        path(f"{word}/<code:code>/archive/", archiving.object_archive, kind, f"{name}_archive"),
        path(f"{word}/<code:code>/restore/", archiving.object_restore, kind, f"{name}_restore"),
        path(f"{word}/new/", creating.object_create, kind, f"{name}_create"),
        path(f"{word}/new/alike/", creating.object_alike, kind, f"{name}_alike"),
        path(
            f"{word}/<code:code>/fields/<slug:field>/", editing.object_field, kind, f"{name}_field"
        ),
    ]


# Stands for the code of any object; no object has it
ANY = "ANY-0"


@lru_cache(maxsize=512)
def _list_url(name: str, slug: str) -> str:
    return reverse(f"{name}_list", kwargs={"workspace": slug})


def list_url(workspace: Workspace, entity: Entity) -> str:
    """Where the list of a kind stands."""
    return _list_url(entity.page_name, workspace.slug)


def object_url(workspace: Workspace, entity: Entity, code: str) -> str:
    """Where an object stands; cheap enough for each row of a list."""
    return f"{_list_url(entity.page_name, workspace.slug)}{code}/"


def page_url(workspace: Workspace, entity: Entity, page: str, **more: Any) -> str:
    """Another page of a kind by the end of its name: ``create``, ``history``, ``field``."""
    name, slug = f"{entity.page_name}_{page}", workspace.slug
    if "code" not in more:
        return reverse(name, kwargs={"workspace": slug, **more})
    # A page holds fifty of these: they differ from object to object in the code alone.
    code = more.pop("code")
    return _of_any(name, slug, tuple(more.items())).replace(f"/{ANY}/", f"/{code}/", 1)


@lru_cache(maxsize=4096)
def _of_any(name: str, slug: str, more: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, kwargs={"workspace": slug, "code": ANY, **dict(more)})
