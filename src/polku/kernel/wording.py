"""Changing words and not meaning: somebody says so, and ties are carried over (links.md 2)."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.answers import BadInput
from polku.kernel.fields import Field
from polku.kernel.fingerprints import fingerprint
from polku.kernel.registry import Entity
from polku.kernel.suspects import carry_over
from polku.tenancy.models import Workspace

TEXTS = frozenset({"text", "translated", "words"})


def is_wording(entity: Entity, field: Field) -> bool:
    """Whether a change of this field can be one of words alone: a text that ties rest on."""
    return field.name in entity.meaning_fields and field.type in TEXTS


class Wording:
    """A claim that a change is of words alone. Raises BadInput when it touches more than texts.

    Made before the object is changed, since ties that rest on what it means now are carried over.
    """

    def __init__(self, entity: Entity, obj: Any, changed: Collection[str]) -> None:
        meant = set(entity.meaning_fields) | {part.field for part in entity.meanings}
        touched = [entity.by_name[name] for name in changed if name in meant]
        if more := [found for found in touched if not is_wording(entity, found)]:
            problem = _("This is more than words: ties to it need a look. Save it as a change.")
            raise BadInput({found.name: problem for found in more})
        self.entity, self.before, self.claimed = entity, fingerprint(obj), bool(touched)

    @property
    def name(self) -> str:
        """The name of the event that says who claimed it."""
        return f"{self.entity.kind}.{'reworded' if self.claimed else 'changed'}"

    def carry(self, workspace: Workspace, obj: Any) -> None:
        """Let ties that rested on the former words rest on the new ones; after the object was
        stored."""
        carry_over(workspace, self.entity.kind, obj.pk, self.before, fingerprint(obj))
