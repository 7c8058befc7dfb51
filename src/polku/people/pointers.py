"""Everything that points at a party, out of the models themselves: a later column is found too.

A pointer is a reference (also one of a table between two), or a pair of columns that name a kind
and an inner number. What stays when a party is merged into another is in :data:`STAYS`, with why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import Sentence
from polku.kernel.models import AuditEvent, ImportRow, SearchText, Transition
from polku.tenancy.models import CoreEntity, Party, Workspace

KIND = "party"
# In ``last_seen`` of a key of a file: the code of the party that it led to before a merge
MERGED = "merged"
# Pointers that stay, by model and column, with the reason
STAYS: dict[tuple[type[models.Model], str], str] = {
    (AuditEvent, "actor_party"): "who did it then did it then",
    (Transition, "by_party"): "who took the step then took it then",
    (AuditEvent, "object"): "the history of the one that goes stands on its own page",
    (Transition, "object"): "the steps of the one that goes are its history",
    (SearchText, "object"): "the one that goes is still found by its words among what was put away",
    (ImportRow, "object"): "what a row of a file became then; taking the import back reads it",
    (Workspace, "home_party"): "whom a workspace belongs to is never merged into another",
}
# What is counted together before a merge, where it is no kind of thing with words of its own
GROUPS: dict[str, Sentence] = {
    "party_role": _("Parts they play"),
    "membership": _("Account"),
    "loose_end": _("Loose ends"),
    "blueprint_cell": _("Lines in journeys"),
    "journey_interview": _("Interviews"),
    "external_ref": _("Rows of files that were brought in"),
    "notification": _("Notices"),
    "magic_link": _("Links that open one thing"),
    "link": _("Ties"),
}


@dataclass(frozen=True)
class Pointer:
    """One way in which rows of a model point at a party.

    ``name`` is the column of a reference, or what stands before ``_kind`` and ``_id`` of a pair
    (``object`` where the kind stands alone).
    """

    model: type[models.Model]
    name: str
    kind: str = ""
    number: str = ""

    @property
    def is_pair(self) -> bool:
        """Whether it names kind and inner number."""
        return bool(self.kind)

    @property
    def why_stays(self) -> str:
        """Why it stays when a party is merged, or nothing when it moves."""
        return STAYS.get((self.model, self.name), "")

    @property
    def group(self) -> str:
        """The table of what points: for a table between two, that of the things on its far side."""
        if not self.model._meta.auto_created:
            return self.model._meta.db_table
        return owner_of(self.model)[0]._meta.db_table

    def rows(self, party: Party) -> QuerySet[Any]:
        """The rows that point at this party so."""
        told: dict[str, Any] = {self.name: party.pk}
        if self.is_pair:
            told = {self.kind: KIND, self.number: party.pk}
            told |= {"workspace": party.workspace_id}
        model: Any = self.model
        rows: QuerySet[Any] = model.objects.filter(**told)
        return rows


@cache
def pointers() -> tuple[Pointer, ...]:
    """All of them, in the order of the models."""
    return tuple(found for model in apps.get_models(include_auto_created=True)
                 for found in _of(model))  # fmt: skip


def _of(model: type[models.Model]) -> Iterator[Pointer]:
    names = {column.name: column for column in model._meta.concrete_fields}
    for name, column in names.items():
        if column.is_relation and column.related_model is Party:
            yield Pointer(model, name)
        elif name == "kind" and "object_id" in names and "object_kind" not in names:
            yield Pointer(model, "object", "kind", "object_id")
        elif name.endswith("_kind") and f"{(stem := name.removesuffix('_kind'))}_id" in names:
            yield Pointer(model, stem, name, f"{stem}_id")


def owner_of(through: type[models.Model]) -> tuple[type[CoreEntity], str]:
    """The kind that has the field of many behind a table between two, and the field's name."""
    owner: Any = through._meta.auto_created
    field = next(f for f in owner._meta.many_to_many if f.remote_field.through is through)
    return owner, field.name
