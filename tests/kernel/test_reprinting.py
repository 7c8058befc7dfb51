"""Prints of an older release are carried over once, and nothing calls for a look by that."""

import pytest

from polku.kernel.changes import change_object
from polku.kernel.links import tie
from polku.kernel.loose_ends import dismiss
from polku.kernel.models import Link, LooseEnd
from polku.kernel.registry import entity
from polku.kernel.reprinting import carry_prints_over
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def test_ties_of_an_older_release_rest_on_what_is_said_now(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour")
    goal, other = (make("strategy_goal", by, statement=text) for text in ("Joy", "Rest"))
    calm, doubted = tie("L01", service, goal, by=by), tie("L01", service, other, by=by)
    change_object(entity("strategy_goal"), other, {"statement": "Sleep"}, by=by)
    Link.objects.update(from_fingerprint="old")
    kept = Link.objects.get(pk=doubted.pk)
    assert carry_prints_over() == 1
    assert Link.objects.get(pk=calm.pk).from_fingerprint == calm.from_fingerprint
    assert Link.objects.get(pk=doubted.pk).from_fingerprint == kept.from_fingerprint
    change_object(entity("service_product"), service, {"web": "https://tour.example"}, by=by)
    assert Link.objects.get(pk=calm.pk).suspect_since is None


def test_it_happens_once(cast: Cast) -> None:
    by = cast.aino.actor
    service, goal = (
        make("service_product", by, name="Tour"),
        make("strategy_goal", by, statement="Joy"),
    )
    carry_prints_over()
    tie("L01", service, goal, by=by)
    Link.objects.update(from_fingerprint="older")
    assert carry_prints_over() == 0
    assert Link.objects.get().from_fingerprint == "older"


def test_what_was_left_open_on_purpose_stays_so(cast: Cast) -> None:
    by = cast.aino.actor
    make("service_product", by, name="Tour", managed_state="live")
    end = LooseEnd.objects.filter(state="open").first()
    assert end is not None
    dismiss(end, by=by, reason="We know.")
    LooseEnd.objects.filter(pk=end.pk).update(dismissed_fingerprint="old")
    assert carry_prints_over() == 1
    now = LooseEnd.objects.get(pk=end.pk)
    assert (now.state, len(now.dismissed_fingerprint)) == ("dismissed", 64)
