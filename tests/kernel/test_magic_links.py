"""A link opens one door; finding it changes nothing."""

import pytest
import time_machine
from django.db import transaction

from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.magic_links import hash_of, make_link, open_link, revoke_links, use_link
from polku.kernel.models import AuditEvent, MagicLink
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def test_only_the_hash_is_kept(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Tour")
    link, secret = make_link("view", service, by=cast.aino.actor)
    assert link.token_hash == hash_of(secret)
    stored = str(list(MagicLink.objects.values())) + str(list(AuditEvent.objects.values()))
    assert secret not in stored
    assert (link.object_kind, link.object_id) == ("service_product", service.pk)


def test_finding_changes_nothing_and_using_counts(cast: Cast) -> None:
    link, secret = make_link("view", cast.school, by=cast.aino.actor, max_uses=2)
    for _time in range(5):
        assert open_link(secret).standing == "open"
    with transaction.atomic():
        assert use_link(link).uses == 1
        assert use_link(link).uses == 2
        with pytest.raises(Refused):
            use_link(link)
    assert open_link(secret).standing == "used"


def test_it_ends_on_its_day_and_a_used_one_keeps_its_receipt(cast: Cast) -> None:
    with time_machine.travel("2026-05-01 10:00", tick=False):
        open_one, first = make_link("view", cast.school, by=cast.aino.actor)
        used, second = make_link("view", cast.school, by=cast.aino.actor)
        with transaction.atomic():
            use_link(used)
    with time_machine.travel("2026-05-15 09:59", tick=False):
        assert open_link(first).standing == "open"
    with time_machine.travel("2026-05-15 10:01", tick=False):
        assert open_link(first).standing == "expired"
        assert open_link(second).standing == "used"
        with transaction.atomic(), pytest.raises(Refused):
            use_link(open_one)


def test_unknown_taken_back_and_closed_answer_alike(cast: Cast) -> None:
    membership = cast.liisa.membership
    assert membership is not None
    link, secret = make_link("invite", membership, by=cast.aino.actor, membership=membership)
    with pytest.raises(NotFound) as unknown:
        open_link("nothing-like-it")
    assert revoke_links(by=cast.aino.actor, membership=membership) == 1
    with pytest.raises(NotFound) as revoked:
        open_link(secret)
    with transaction.atomic(), pytest.raises(NotFound):
        use_link(link)
    _other, third = make_link("view", cast.school, by=cast.aino.actor)
    cast.museum.state = "archived"
    cast.museum.save()
    with pytest.raises(NotFound) as closed:
        open_link(third)
    assert str(unknown.value) == str(revoked.value) == str(closed.value)


def test_a_link_needs_a_known_purpose_and_an_end(cast: Cast) -> None:
    for purpose, days in (("everything", 14), ("view", 0), ("view", 366)):
        with pytest.raises(BadInput):
            make_link(purpose, cast.school, by=cast.aino.actor, days=days)
