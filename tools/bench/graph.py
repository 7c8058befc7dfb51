"""A workspace of 100,000 things and 500,000 ties between them, for impact.

    python -m tools.bench.graph    adds it to POLKU_HOME and prints where to start, as JSON

A hundred areas of a thousand things each: parts that need parts, services that need parts, what
one gets of them, and the customers who use it. Rows are written straight into the tables: through
the door for writes this would take half an hour, and impact reads no history.
"""

import json
import random
import sys
from typing import Any

import django

AREAS = 100
PARTS, SERVICES, CUSTOMERS = 300, 250, 100
NEEDS, USES = 4, 10
OWNERS = 30
EFFECTS = ("stops", "degrades", "inconvenience", "unknown")
SLUG = "bench-graph"
# On the first part of an area nearly all of the area hangs, on the other about three hundred things
LARGE, USUAL = 0, 110


def main() -> None:
    """Fill the home and print the codes to start from."""
    django.setup()
    json.dump(fill(), sys.stdout)


def fill() -> dict[str, Any]:
    """The workspace, and the codes of the parts on which much and on which some hangs."""
    from polku.kernel.actor import system_actor
    from polku.kernel.changes import create_objects
    from polku.kernel.registry import entity
    from polku.people.operations import open_workspace
    from polku.tenancy.models import UserAccount

    person = UserAccount.objects.get(email="olga@example.org")
    room = open_workspace("Bench of a graph", language="en", size="provider", person=person,
                          slug=SLUG).workspace  # fmt: skip
    by = system_actor(room, "import")
    people = [{"name": f"Person {n}", "kind": "person"} for n in range(OWNERS)]
    owners = [row.pk for row in create_objects(entity("party"), people, by=by)]
    areas = [_Area(room, number, owners) for number in range(AREAS)]
    counts = [area.fill() for area in areas]
    _count_up_indexes()
    return {
        "things": sum(things for things, _ties in counts),
        "ties": sum(ties for _things, ties in counts),
        "large": [area.parts[LARGE].code for area in areas[:10]],
        "usual": [area.parts[USUAL].code for area in areas[:10]],
    }


class _Area:
    """A thousand things that are tied among themselves."""

    def __init__(self, room: Any, number: int, owners: list[int]) -> None:
        self.room, self.number, self.owners = room, number, owners
        self.chance = random.Random(number)  # noqa: S311  the same data each time

    def fill(self) -> tuple[int, int]:
        """Write it; how many things and ties these are."""
        from polku.portfolio.models import Component, Offering, ServiceProduct
        from polku.tenancy.models import Party, Relationship

        self.parts = self._made(Component, "CMP", "Part", PARTS, name=str)
        services = self._made(ServiceProduct, "SRV", "Service", SERVICES, managed_state="live")
        offers = self._made(
            Offering, "OFR", "Ticket", SERVICES, title_of="title", state="published",
            each=[{"product": row} for row in services],
        )  # fmt: skip
        firms = self._made(Party, "PTY", "Firm", CUSTOMERS, name=str)
        home = self.room.home_party_id
        customers = self._made(
            Relationship, "REL", "Customer", CUSTOMERS, title_of="", state="active",
            each=[{"consumer_party": firm, "provider_party_id": home} for firm in firms],
        )  # fmt: skip
        needs = self._needs(services)
        uses = self._uses(customers, offers)
        things = sum(len(rows) for rows in (self.parts, services, offers, firms, customers))
        return things, needs + uses + len(offers) + len(customers)

    def _made(
        self, model: Any, prefix: str, word: str, n: int, *, title_of: str = "name",
        each: list[dict[str, Any]] | None = None, name: type | None = None, **more: Any,
    ) -> list[Any]:  # fmt: skip
        from polku.tenancy.translated import Translated

        rows = []
        for i in range(n):
            title = f"{word} {self.number:02d}-{i:03d}"
            text = title if name else Translated.of(title, "en")
            values = ({title_of: text} if title_of else {}) | more | (each[i] if each else {})
            rows.append(model(
                workspace=self.room, code=f"{prefix}-{100_000 + self.number * 1000 + i}",
                sort_title=title.lower(), owner_party_id=self.chance.choice(self.owners), **values,
            ))  # fmt: skip
        return list(model.objects.bulk_create(rows))

    def _needs(self, services: list[Any]) -> int:
        from polku.portfolio.models import Dependency

        pairs: dict[tuple[str, int, int], Any] = {}
        for place, row in enumerate(self.parts[1:], start=1):
            for other in self.chance.choices(self.parts[:place], k=NEEDS):
                pairs["component", row.pk, other.pk] = (row, other)
        for row in services:
            for other in self.chance.choices(self.parts, k=NEEDS):
                pairs["service_product", row.pk, other.pk] = (row, other)
        rows = [
            Dependency(
                workspace=self.room, code=f"DEP-{100_000 + self.number * 5000 + n}",
                from_kind=kind, from_id=row.pk, from_code=row.code, to_kind="component",
                to_id=other.pk, to_code=other.code, criticality=self.chance.choice(EFFECTS),
            )
            for n, ((kind, _a, _b), (row, other)) in enumerate(pairs.items())
        ]  # fmt: skip
        return len(Dependency.objects.bulk_create(rows))

    def _uses(self, customers: list[Any], offers: list[Any]) -> int:
        from polku.kernel.models import Link

        rows = [
            Link(workspace=self.room, kind="L32", from_kind="relationship", from_id=customer.pk,
                 to_kind="offering", to_id=offer.pk)
            for offer in offers
            for customer in self.chance.sample(customers, k=USES)
        ]  # fmt: skip
        return len(Link.objects.bulk_create(rows))


def _count_up_indexes() -> None:
    """The planner knows the size of tables that were filled at once only after being told."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
