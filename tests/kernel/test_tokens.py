"""A key may do what its person may do, while they may."""

import pytest
import time_machine

from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.models import ApiToken
from polku.kernel.tokens import find_token, make_token, open_token, revoke_token, tokens_of
from polku.tenancy.models import Membership
from tests.cast import Cast, Person

pytestmark = pytest.mark.django_db


def place(person: Person) -> Membership:
    assert person.membership is not None
    return Membership.objects.get(pk=person.membership.pk)


def test_it_stands_for_its_person(cast: Cast) -> None:
    token, secret = make_token(place(cast.liisa), "Nightly", by=cast.liisa.actor, read_only=True)
    bearer = open_token(secret)
    assert bearer is not None
    assert (bearer.actor.user_id, bearer.actor.role) == (cast.liisa.user.pk, "reader")
    assert (bearer.actor.workspace, bearer.actor.channel) == (cast.museum, "api")
    assert bearer.read_only
    assert secret.startswith(token.prefix)
    assert secret not in str(list(ApiToken.objects.values()))


def test_what_does_not_open(cast: Cast) -> None:
    with time_machine.travel("2026-05-01", tick=False):
        _token, late = make_token(place(cast.liisa), "Nightly", by=cast.liisa.actor, days=30)
        assert open_token(late) is not None
    with time_machine.travel("2026-05-31 00:01", tick=False):
        assert open_token(late) is None
    token, secret = make_token(place(cast.piotr), "Other", by=cast.piotr.actor)
    revoke_token(token, by=cast.piotr.actor)
    assert open_token(secret) is None
    _token, secret = make_token(place(cast.piotr), "Third", by=cast.piotr.actor)
    cast.piotr.user.state = "disabled"
    cast.piotr.user.save()
    assert open_token(secret) is None
    assert open_token("polku_nothing") is None


def test_a_use_is_noted_once_an_hour(cast: Cast) -> None:
    _token, secret = make_token(place(cast.liisa), "Nightly", by=cast.liisa.actor)
    seen = []
    for moment in ("2026-05-01 10:00", "2026-05-01 10:59", "2026-05-01 11:01"):
        with time_machine.travel(moment, tick=False):
            open_token(secret)
            seen.append(tokens_of(place(cast.liisa).pk)[0].last_used_at)
    assert seen[0] == seen[1] != seen[2]


def test_each_makes_and_finds_their_own(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make_token(place(cast.liisa), "Nightly", by=cast.aino.actor)
    with pytest.raises(BadInput):
        make_token(place(cast.liisa), " ", by=cast.liisa.actor)
    with pytest.raises(BadInput):
        make_token(place(cast.liisa), "Nightly", by=cast.liisa.actor, days=0)
    token, _secret = make_token(place(cast.liisa), "Nightly", by=cast.liisa.actor)
    assert find_token(cast.liisa.actor, token.pk) == token
    assert find_token(cast.aino.actor, token.pk) == token
    for stranger in (cast.piotr, cast.tuomas, cast.olga):
        with pytest.raises(NotFound):
            revoke_token(token, by=stranger.actor)
