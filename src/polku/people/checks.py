"""Rules of the people's kinds that hold on every save."""

from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.circles import path_back
from polku.kernel.clock import today_in
from polku.tenancy.translated import Translated


def party_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A party cannot stand, at any depth, above itself."""
    if "parent" in changed and (path := path_back(obj, "parent")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def party_stands(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """One that was merged into another is not changed or taken out again: that other one stands.

    A file that tells of a merge elsewhere sets where it went by itself.
    """
    if obj.merged_into_id is None or ("merged_into" in changed and "name" not in changed):
        return
    words = _("%(code)s was merged into %(into)s. Change that one instead.")
    raise Refused(words % {"code": obj.code, "into": obj.merged_into.code})


def two_sides(obj: Any, _by: Actor, _changed: frozenset[str]) -> None:
    """One side of a relationship is us or another, never the same."""
    if obj.consumer_party_id == obj.provider_party_id:
        raise Refused(_("A relationship needs two different sides."))


def stakeholder_is_somebody(obj: Any, _by: Actor, _changed: frozenset[str]) -> None:
    """Exactly one of a party and a group; the name in lists and search is a copy of it."""
    if (obj.party_id is None) == (not obj.group_name):
        both = _("Say who it is: a person or organisation, or a group. Not both.")
        raise BadInput({"party" if obj.party_id is None else "group_name": both})
    obj.name = called(obj)
    obj.refresh_sort_title()


def called(stakeholder: Any) -> Translated:
    """The name of a stakeholder: the party's, in the language of the place, or the group's."""
    if stakeholder.party_id is None:
        group: Translated = stakeholder.group_name
        return group
    return Translated.of(stakeholder.party.name, stakeholder.workspace.default_lang)


def not_in_the_future(*names: str) -> Any:
    """A rule: these days say what has happened, so none lies ahead."""

    def check(obj: Any, by: Actor, changed: frozenset[str]) -> None:
        today = today_in(by.workspace)
        for name in names:
            day = getattr(obj, name)
            if name in changed and day is not None and day > today:
                raise BadInput({name: _("That day has not come yet. Write one that has passed.")})

    return check


PERSONA_DAYS = not_in_the_future("validated_on")
INSIGHT_DAYS = not_in_the_future("learnt_on")
STAKEHOLDER_DAYS = not_in_the_future("assessed_on")
