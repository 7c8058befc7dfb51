"""A part is played by one party once at a time."""

import datetime as dt

import pytest

from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.people.operations import add_role, end_role
from polku.people.queries import roles_of
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = dt.date(2026, 5, 1), dt.date(2026, 6, 1), dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (None, None, True),
        (MAY, JUNE, True),
        (None, MAY, True),
        (dt.date(2026, 6, 15), JULY, True),
        (dt.date(2026, 6, 16), None, False),
        (None, dt.date(2026, 4, 30), False),
    ],
)
def test_the_same_part_does_not_overlap(
    cast: Cast, start: dt.date | None, end: dt.date | None, overlaps: bool
) -> None:
    party = cast.school.consumer_party
    add_role(party, "customer", by=cast.aino.actor, valid_from=MAY, valid_to=dt.date(2026, 6, 15))
    if overlaps:
        with pytest.raises(Refused):
            add_role(party, "customer", by=cast.aino.actor, valid_from=start, valid_to=end)
    else:
        add_role(party, "customer", by=cast.aino.actor, valid_from=start, valid_to=end)
    add_role(party, "sponsor", by=cast.aino.actor, valid_from=start, valid_to=end)


def test_there_is_one_integrator_of_a_service_at_a_time(cast: Cast) -> None:
    service, other = (make("service_product", cast.aino.actor, name=n) for n in ("Tour", "Guide"))
    first = add_role(cast.school.consumer_party, "integrator", by=cast.aino.actor, context=service)
    with pytest.raises(Refused, match="one integrator"):
        add_role(cast.piotr.party, "integrator", by=cast.aino.actor, context=service)
    add_role(cast.piotr.party, "integrator", by=cast.aino.actor, context=other)
    end_role(first, by=cast.aino.actor, on=dt.date(2026, 1, 1))
    later = dt.date(2026, 1, 2)
    add_role(cast.piotr.party, "integrator", by=cast.aino.actor, context=service, valid_from=later)
    shown = [(role.role, context) for role, context in roles_of(cast.aino.actor, cast.piotr.party)]
    assert shown == [("integrator", other), ("integrator", service)]


def test_wrong_shapes_and_wrong_people(cast: Cast) -> None:
    with pytest.raises(BadInput):
        add_role(cast.piotr.party, "emperor", by=cast.aino.actor)
    with pytest.raises(BadInput):
        add_role(cast.piotr.party, "user", by=cast.aino.actor, valid_from=JUNE, valid_to=MAY)
    with pytest.raises(NotAllowed):
        add_role(cast.piotr.party, "user", by=cast.liisa.actor)
    with pytest.raises(NotFound):
        add_role(cast.piotr.party, "user", by=cast.olga.actor)
    role = add_role(cast.piotr.party, "user", by=cast.aino.actor, valid_from=JUNE)
    with pytest.raises(BadInput):
        end_role(role, by=cast.aino.actor, on=MAY)
    with pytest.raises(NotFound):
        end_role(role, by=cast.olga.actor)
