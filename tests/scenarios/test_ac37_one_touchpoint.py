"""AC37, part: two people edit one touchpoint; the later is told both texts and chooses."""

import pytest

from polku.journeys.models import Touchpoint
from polku.kernel.models import AuditEvent
from tests.api.callers import token_of
from tests.cast import Cast, make

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC37", part="one-touchpoint")]


def test_two_people_edit_one_touchpoint(cast: Cast) -> None:
    door = make("touchpoint", cast.aino.actor, name="Front door", purpose="Find the door")
    aino, piotr = token_of(cast.aino), token_of(cast.piotr)
    path = f"touchpoints/{door.code}"
    seen = {who: caller.get(path).json() for who, caller in (("aino", aino), ("piotr", piotr))}
    assert seen["aino"]["revision"] == seen["piotr"]["revision"]
    revision = seen["aino"]["revision"]

    first = aino.patch(path, {"purpose": {"en": "Be met at the door"}, "revision": revision})
    assert first.status_code == 200
    late = piotr.patch(path, {"purpose": {"en": "Find the ramp"}, "revision": revision})
    assert late.status_code == 409
    told = late.json()
    assert "Be met at the door" in str(told)
    assert "Find the ramp" in str(told)
    assert Touchpoint.objects.get(pk=door.pk).purpose.text("en") == "Be met at the door"

    # Another field of the same touchpoint meets nobody
    other = piotr.patch(path, {"recovery": {"en": "Say sorry"}, "revision": revision})
    assert other.status_code == 200
    # Having read both, Piotr chooses
    now = piotr.get(path).json()["revision"]
    both = {"purpose": {"en": "Be met at the door or the ramp"}, "revision": now}
    assert piotr.patch(path, both).status_code == 200
    stored = Touchpoint.objects.get(pk=door.pk)
    assert (stored.purpose.text("en"), stored.recovery.text("en")) == (
        "Be met at the door or the ramp", "Say sorry",
    )  # fmt: skip
    kept = AuditEvent.objects.filter(object_id=door.pk, name="touchpoint.changed")
    assert kept.count() == 3
