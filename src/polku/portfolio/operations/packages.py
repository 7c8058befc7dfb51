"""Verbs about packages: what stands in one, and publishing it."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import STAMPED, hold_both, stamp
from polku.kernel.fields import BadValue, Field, plain
from polku.kernel.models import Transition
from polku.kernel.policy import may_change
from polku.kernel.queries import visible
from polku.kernel.transitions import Step, move
from polku.portfolio.models import Offering, PackageMember, ServicePackage, ServiceProduct
from polku.portfolio.package_rules import hold_each_once, hold_no_circle, hold_no_clash
from polku.portfolio.packages import members_of
from polku.tenancy.models import Workspace

MOST_MEMBERS = 60
FIELDS = (
    Field("optional", "bool"), Field("min_n", "int"), Field("default_n", "int"),
    Field("max_n", "int"), Field("option_label", "translated"),
)  # fmt: skip
THINGS: dict[str, type[Any]] = {"product": ServiceProduct, "offering": Offering}  # by field


def set_members(
    package: ServicePackage, members: Sequence[Mapping[str, Any]], *, by: Actor,
    revision: int | None = None,
) -> ServicePackage:  # fmt: skip
    """Say what stands in the package, in order.

    ``[{"product": "SRV-1", "min_n": 0, "default_n": 1, "max_n": 30, "optional": True,
    "option_label": {"en": "..."}}, {"offering": "OFR-4"}]``: a service or something to get, each
    once. What is not given of a member that stands here already stays; members not named go; a
    member keeps its number. Raises BadInput, Refused when the package would contain itself or two
    members rule each other out, Conflict when somebody changed the list after *revision*; then
    nothing is saved.
    """
    require(may_change(by, package))
    if len(members) > MOST_MEMBERS:
        words = _("A package holds up to %(n)d things. Make packages within packages.")
        raise BadInput({"members": words % {"n": MOST_MEMBERS}})
    with transaction.atomic(), one_operation():
        # Packages are written one after another: two, each right, could contain each other
        Workspace.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.workspace.pk)
        held = ServicePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
        stored = members_of(held)
        rows = [_member(held, given, place, by, stored) for place, given in enumerate(members, 1)]
        before, after = [plain_member(row) for row in stored], [plain_member(row) for row in rows]
        if revision is not None and revision != held.revision:
            hold_both(held, {"members": [before, after]}, revision)
        hold_each_once(rows)
        hold_no_circle(held, rows)
        hold_no_clash(rows, by)
        if before != after:
            _store(held, rows, by)
            record("service_package.members_set", by=by, obj=held,
                   changes={"members": [before, after]})  # fmt: skip
    return held


def _store(package: ServicePackage, rows: Sequence[PackageMember], by: Actor) -> None:
    kept = [row.pk for row in rows if row.pk]
    PackageMember.objects.filter(package=package).exclude(pk__in=kept).delete()
    for row in rows:
        if row.pk is None:
            package.last_number += 1
            row.number = package.last_number
        row.save()
    stamp(package, by)
    package.save(update_fields=["last_number", *STAMPED])


def _member(
    package: ServicePackage, given: Mapping[str, Any], place: int, by: Actor,
    stored: Sequence[PackageMember],
) -> PackageMember:  # fmt: skip
    """The stored member that *given* means, changed; else a new one."""
    name, thing = _thing(given, place, by, stored)
    known = next((row for row in stored if getattr(row, f"{name}_id") == thing.pk), None)
    fresh = PackageMember(workspace=package.workspace, package=package)
    row = copy(known) if known is not None else fresh
    setattr(row, name, thing)
    row.position = place
    for field in FIELDS:
        if field.name in given and given[field.name] is not None:
            _read(row, field, given[field.name], place, by)
    if known is None and "min_n" not in given and row.optional:
        row.min_n = 0
    _hold_numbers(row, place)
    return row


def _read(row: PackageMember, field: Field, raw: Any, place: int, by: Actor) -> None:
    now = getattr(row, field.name)
    try:
        value = field.read(raw, PackageMember, now, by.lang_for_writing)
    except BadValue as problem:
        raise BadInput({f"members.{place}.{field.name}": str(problem)}) from problem
    if value is None:
        raise BadInput({f"members.{place}.{field.name}": _("A whole number is needed here.")})
    setattr(row, field.name, value)


def _thing(
    given: Mapping[str, Any], place: int, by: Actor, stored: Sequence[PackageMember]
) -> tuple[str, Any]:
    """What a member is: ``("product", service)`` or ``("offering", what one gets)``."""
    named = [name for name in THINGS if given.get(name)]
    if len(named) != 1:
        words = _("A part of a package is a service or something to get.")
        raise BadInput({f"members.{place}": words})
    name, value = named[0], given[named[0]]
    if isinstance(value, THINGS[name]):
        value = value.code
    code = str(value).strip().upper()[:20]
    here = (getattr(row, name) for row in stored)
    thing = next((row for row in here if row is not None and row.code == code), None)
    thing = thing or _seen(by, name).filter(code=code).first()
    if thing is None:
        raise BadInput({f"members.{place}.{name}": _("There is nothing of that code here.")})
    return name, thing


def _seen(by: Actor, name: str) -> Any:
    if name == "product":
        return visible(by, ServiceProduct)
    return visible(by, Offering).select_related("product", "package")


def _hold_numbers(row: PackageMember, place: int) -> None:
    if not (row.min_n <= row.default_n <= row.max_n and row.max_n >= 1):
        words = _("The numbers must rise: at least, usually, at most; at most is 1 or more.")
        raise BadInput({f"members.{place}.default_n": f"{row}: {words}"})


def plain_member(row: PackageMember) -> dict[str, Any]:
    """Everything about one member, for the history and the API."""
    return {
        "product": row.product.code if row.product else None,
        "offering": row.offering.code if row.offering else None,
        "optional": row.optional, "min_n": row.min_n, "default_n": row.default_n,
        "max_n": row.max_n, "option_label": plain(row.option_label),
    }  # fmt: skip


def publish_package(package: ServicePackage, step: Step, *, by: Actor) -> Transition:
    """The step that publishes: at least one member, and no two that rule each other out."""
    members = members_of(package)
    if not members:
        raise Refused(_("The package is empty. Put something in it first."))
    with transaction.atomic(), one_operation():
        hold_no_clash(members, by)
        return move(package, step, by=by)
