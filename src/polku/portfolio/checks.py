"""Rules of the portfolio that hold on every save. They refuse broken data, nothing else."""

from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.circles import path_back
from polku.kernel.durations import NotADuration, parts_of, read_duration
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.references import references_in

__all__ = [
    "DEPENDENCY_ENDS", "activity_without_circle", "component_in_shape", "goal_without_circle",
    "offering_of_one_thing", "version_in_shape", "version_to_learn",
]  # fmt: skip


def goal_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A goal cannot stand, at any depth, above itself."""
    if "parent" in changed and (path := path_back(obj, "parent")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def activity_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A service cannot be, at any depth, an activity of itself."""
    if "is_activity_of" in changed and (path := path_back(obj, "is_activity_of")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def offering_of_one_thing(obj: Any, _by: Actor, _changed: frozenset[str]) -> None:
    """What one gets belongs to a service or to a package, and to one of them alone."""
    if (obj.product_id is None) == (obj.package_id is None):
        raise BadInput({"product": _("Say of which service or which package this is.")})


def component_in_shape(obj: Any, by: Actor, changed: frozenset[str]) -> None:
    """References, times and the supplier of a part are what the handbook says they are.

    A time may be written in words: it is kept as an ISO 8601 duration.
    """
    if "real_world_ref" in changed:
        obj.real_world_ref = [row.plain() for row in references_in(obj.real_world_ref, by)]
    for name in {"replace_time", "capacity_per"} & changed:
        try:
            setattr(obj, name, _length(name, getattr(obj, name)))
        except NotADuration as error:
            raise BadInput({name: str(error)}) from error
    supplier = obj.supplier_relationship if "supplier_relationship" in changed else None
    home = by.workspace.home_party_id
    if supplier is not None and home is not None and supplier.consumer_party_id != home:
        raise BadInput(
            {"supplier_relationship": _("Choose a relationship in which we are the customer.")}
        )


def _length(name: str, written: str) -> str:
    """A length of time; to replace a part takes whole days."""
    found = read_duration(written)
    if name == "replace_time" and found and parts_of(found) is None:
        raise NotADuration(_("Say in whole days, weeks, months or years how long it takes."))
    return found


def version_to_learn(obj: Any, _by: Actor, _changed: frozenset[str]) -> None:
    """A version made to learn says what we believe, by what we will see it, and by when."""
    if not obj.is_mvp:
        return
    needed = {
        "hypothesis": _("It is made to learn: write what we believe."),
        "learning_measure": _("It is made to learn: write by what we will see it."),
        "decide_by": _("It is made to learn: say by which day we decide."),
    }
    if missing := {name: words for name, words in needed.items() if not getattr(obj, name)}:
        raise BadInput(missing)


def version_in_shape(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A version brings back another one of the same service that is not in use any more."""
    former = obj.restores if "restores" in changed else None
    if former is None:
        return
    if former.pk == obj.pk or former.product_id != obj.product_id:
        raise BadInput({"restores": _("Choose an earlier version of the same service.")})
    if former.release_state not in {"superseded", "withdrawn"}:
        raise BadInput({"restores": _("That version is not replaced or withdrawn.")})
