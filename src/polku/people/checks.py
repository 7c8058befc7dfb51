"""Rules of parties and relationships that hold on every save."""

from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Refused
from polku.kernel.circles import path_back


def party_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A party cannot stand, at any depth, above itself."""
    if "parent" in changed and (path := path_back(obj, "parent")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def two_sides(obj: Any, _by: Actor, _changed: frozenset[str]) -> None:
    """One side of a relationship is us or another, never the same."""
    if obj.consumer_party_id == obj.provider_party_id:
        raise Refused(_("A relationship needs two different sides."))
