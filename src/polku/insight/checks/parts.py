"""Checks of parts and suppliers: where each is, who delivers, what hangs on a single one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import (
    Check,
    Hearing,
    Least,
    Limit,
    Look,
    Numbers,
    Rows,
    Told,
)
from polku.insight.checks.standing import OFFERED, SELF, dated, every, rows_of, tied
from polku.portfolio.models import Component, Dependency, Offering, ProductVersion, ServiceProduct
from polku.tenancy.models import Workspace

PART, SERVICE, VERSION = "component", "service_product", "product_version"
CARRIES = ("requires", "part_of")
SHOWN = 5
DEEP = 30
CHECKED_MONTHS = 12

type Node = tuple[str, int]


def _unplaced(_look: Look, rows: Rows) -> Rows:
    return rows.filter(real_world_ref=[])


def _placed(look: Look) -> Rows:
    return rows_of(Component, look.workspace).filter(state="in_use").exclude(real_world_ref=[])


def _places_ever(workspace: Workspace) -> Rows:
    return Component.objects.filter(workspace=workspace).exclude(real_world_ref=[])


def _unchecked(look: Look, rows: Rows) -> Rows:
    """At least one place of which nobody looked since the limit whether it is still true."""
    last = look.before("months")
    pairs = rows.values_list("pk", "real_world_ref")
    return rows.filter(pk__in=[pk for pk, places in pairs if _oldest(places) < last])


def _oldest(places: Any) -> dt.date:
    """The day of the place that was checked longest ago; one never checked is the oldest."""
    return min((_day(place) for place in places if place), default=dt.date.min)


def _day(place: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(str(place["checked_on"])[:10])
    except (KeyError, TypeError, ValueError):
        return dt.date.min


def _when_checked(look: Look, numbers: Numbers) -> Told:
    rows = Component.objects.filter(workspace=look.workspace, pk__in=numbers)
    found = {pk: _oldest(places) for pk, places in rows.values_list("pk", "real_world_ref")}
    return {pk: {"on": str(day) if day > dt.date.min else ""} for pk, day in found.items()}


def _undelivered(_look: Look, rows: Rows) -> Rows:
    return rows.filter(supplier_relationship__isnull=True)


def _suppliers_ever(workspace: Workspace) -> Rows:
    return Component.objects.filter(workspace=workspace, supplier_relationship__isnull=False)


def _critical(look: Look) -> Rows:
    return rows_of(Component, look.workspace).filter(state="in_use", criticality="stops")


def _single(look: Look, rows: Rows) -> Rows:
    """Nothing that is in use can stand in for it, and a service that is offered rests on it."""
    able = rows_of(Component, look.workspace).filter(state="in_use").values("pk")
    stand_in = rows_of(Dependency, look.workspace).filter(dated(look.day), kind="substitutes")
    other = stand_in.filter(from_kind=PART, from_id__in=able, to_kind=PART, to_id=SELF)
    alone = rows.exclude(Exists(other))
    carried = _carried(look, set(alone.values_list("pk", flat=True)))
    return alone.filter(pk__in=[pk for pk, services in carried.items() if services])


def _carried(look: Look, parts: set[int]) -> dict[int, set[int]]:
    """The services in use that fall with each part, over *needs* and *is part of* backwards."""
    above = _above(look, {(PART, pk) for pk in parts})
    alive = _offered(look, {node for nodes in above.values() for node in nodes})
    found: dict[int, set[int]] = {}
    for pk in parts:
        met, front = {(PART, pk)}, [(PART, pk)]
        while front:
            front = [node for old in front for node in above.get(old, ()) if node not in met]
            met.update(front)
        found[pk] = {alive[node] for node in met if node in alive}
    return found


def _above(look: Look, front: set[Node]) -> dict[Node, list[Node]]:
    """What rests directly on each thing, for all that can be reached from *front*."""
    found: dict[Node, list[Node]] = defaultdict(list)
    seen = set(front)
    for _level in range(DEEP):
        if not front:
            break
        edges = _edges(look, front)
        for start, end in edges:
            found[start].append(end)
        front = {end for _start, end in edges} - seen
        seen |= front
    return found


def _edges(look: Look, front: Iterable[Node]) -> list[tuple[Node, Node]]:
    rows = rows_of(Dependency, look.workspace).filter(dated(look.day), kind__in=CARRIES)
    rows = rows.filter(_at(front, "to"))
    return [
        ((b, bn), (a, an))
        for a, an, b, bn in rows.values_list("from_kind", "from_id", "to_kind", "to_id")
    ]


def _at(front: Iterable[Node], side: str) -> Q:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in front:
        by_kind[kind].append(number)
    found = Q(pk__in=[])
    for kind, numbers in by_kind.items():
        found |= Q(**{f"{side}_kind": kind, f"{side}_id__in": numbers})
    return found


def _offered(look: Look, nodes: Iterable[Node]) -> dict[Node, int]:
    """Services that are offered among the nodes, also by the version of them that is live."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in nodes:
        by_kind[kind].append(number)
    alive = rows_of(ServiceProduct, look.workspace).filter(managed_state__in=OFFERED)
    found = {(SERVICE, pk): pk for pk in alive.filter(pk__in=by_kind[SERVICE])
             .values_list("pk", flat=True)}  # fmt: skip
    versions = rows_of(ProductVersion, look.workspace).filter(
        pk__in=by_kind[VERSION], release_state="live", product__in=alive.values("pk")
    )
    of_version = versions.values_list("pk", "product_id")
    return found | {(VERSION, pk): product for pk, product in of_version}


def _what_falls(look: Look, numbers: Numbers) -> Told:
    """Services and the customers who use them, by part; the first few are named."""
    carried = _carried(look, set(numbers))
    users = _users(look, {pk for services in carried.values() for pk in services})
    return {part: _told(services, users) for part, services in carried.items()}


def _told(services: set[int], users: dict[int, list[list[Any]]]) -> dict[str, Any]:
    named = sorted(services)
    them = [user for pk in named for user in users.get(pk, [])]
    customers = [user for place, user in enumerate(them) if user not in them[:place]]
    things = {"services": [[SERVICE, pk] for pk in named[:SHOWN]], "customers": customers[:SHOWN]}
    return {"things": things, "n": len(services), "customers_n": len(customers)}


def _users(look: Look, services: set[int]) -> dict[int, list[list[Any]]]:
    offered = Offering.objects.filter(workspace=look.workspace, product_id__in=services)
    product = dict(offered.values_list("pk", "product_id"))
    found: dict[int, list[list[Any]]] = defaultdict(list)
    ties = tied(look, "L32").filter(to_kind="offering", to_id__in=product)
    for kind, number, offering in ties.order_by("pk").values_list("from_kind", "from_id", "to_id"):
        found[product[offering]].append([kind, number])
    return found


def _below(workspace: Workspace, front: set[Node]) -> list[int]:
    """All parts on which these rest, however deep, at any time; themselves too."""
    seen, parts = set(front), {n for kind, n in front if kind == PART}
    for _level in range(DEEP):
        if not front:
            break
        rows = Dependency.objects.filter(_at(front, "from"), workspace=workspace)
        front = set(rows.values_list("to_kind", "to_id")) - seen
        seen |= front
        parts |= {n for kind, n in front if kind == PART}
    return list(parts)


def _under(kind: str) -> Hearing:
    def hear(workspace: Workspace, numbers: Numbers) -> list[int]:
        if not Component.objects.filter(workspace=workspace, criticality="stops")[:1].exists():
            return []
        front = {(kind, n) for n in numbers}
        if kind == SERVICE:
            versions = ProductVersion.objects.filter(workspace=workspace, product_id__in=numbers)
            front |= {(VERSION, n) for n in versions.values_list("pk", flat=True)}
        return _below(workspace, front)

    return hear


def _under_needs(workspace: Workspace, numbers: Numbers) -> list[int]:
    rows = Dependency.objects.filter(workspace=workspace, pk__in=numbers)
    ends = rows.values_list("from_kind", "from_id", "to_kind", "to_id")
    front = {node for a, an, b, bn in ends for node in ((a, an), (b, bn))}
    return _below(workspace, front)


def _under_offers(workspace: Workspace, numbers: Numbers) -> list[int]:
    rows = Offering.objects.filter(workspace=workspace, pk__in=numbers, product__isnull=False)
    return list(_under(SERVICE)(workspace, list(rows.values_list("product_id", flat=True))))


_IN_USE = every(Component, state="in_use")
_FEATURE = "components"

PARTS: tuple[Check, ...] = (
    Check("L22", PART, "note", _IN_USE, _unplaced,
          _("Parts that are nowhere to be found"),
          _("Parts in use"), _("Nothing says where it is in the real world."),
          _("It is in use, and nothing says where it is in the real world."),
          _("Write in which list, contract or room it is found, and when somebody looked."),
          "field:real_world_ref", feature=_FEATURE,
          least=Least((_places_ever,), _("parts of which it is said where they are"))),
    Check("L22-old", PART, "note", _placed, _unchecked,
          _("Places of parts not checked for long"),
          _("Parts in use of which it is said where they are"),
          _("One of the places was checked more than %(months)s ago, or never."),
          _("Nobody looked for more than %(months)s whether it is still there."),
          _("Look, and write today beside it."), "field:real_world_ref", feature=_FEATURE,
          limits=(Limit("months", CHECKED_MONTHS, "months", 1, 120,
                        _("How long a look at it holds")),),
          window="months", tells=_when_checked, labels={"on": _("Last looked")}),
    Check("D21", PART, "attention", _critical, _single,
          _("One part on which services hang"),
          _("Parts in use that stop what needs them"),
          _("Nothing in use can stand in for it, and at least one live or ending service needs "
            "it, directly or through other things."),
          _("If it stops, services stop with it (%(n)s), and nothing can stand in for it."),
          _("Find something that can take its place, or decide that the risk is carried."),
          "page", feature=_FEATURE, tells=_what_falls,
          labels={"services": _("Services"), "customers": _("Who feels it")},
          hears={PART: _under(PART), SERVICE: _under(SERVICE), VERSION: _under(VERSION),
                 "dependency": _under_needs, "offering": _under_offers},
          hears_of={SERVICE: frozenset({"managed_state", "archived"}),
                    VERSION: frozenset({"release_state", "archived"}),
                    "offering": frozenset({"L32", "product", "archived"})}),
    Check("supplier", PART, "attention",
          every(Component, kind="supplier_service", state__in=["planned", "in_use"]),
          _undelivered, _("Parts whose supplier is not named"),
          _("Services of suppliers, planned and in use"),
          _("No relationship with a supplier is named."),
          _("It is a supplier's service, and nothing says which."),
          _("Name the relationship with the supplier: then it is known what falls with them."),
          "field:supplier_relationship", feature=_FEATURE,
          least=Least((_suppliers_ever,), _("parts with a supplier"))),
)  # fmt: skip
