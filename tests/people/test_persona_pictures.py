"""The picture of a persona: set by number, told in history, seen by whoever sees the persona."""

import io
from dataclasses import replace

import pytest

from polku.kernel.answers import BadInput
from polku.kernel.changes import change_object
from polku.kernel.listing import plain_object
from polku.kernel.models import Attachment, AuditEvent
from polku.kernel.pictures import keep_picture, may_see
from polku.kernel.plain_rows import plain_rows
from polku.kernel.queries import visible
from polku.people.entities import PERSONA
from polku.people.models import Persona
from tests import drawn
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(cast: Cast) -> Attachment:
    return keep_picture(io.BytesIO(drawn.file()), "A lamp", by=cast.aino.actor)


def test_it_hangs_and_comes_down(cast: Cast, lamp: Attachment) -> None:
    by = cast.aino.actor
    somebody = make("persona", by, label="Comes with a pram", audience="customers")
    assert not may_see(cast.tuomas.actor, lamp)
    changed = change_object(PERSONA, somebody, {"picture": lamp.number}, by=by)
    assert changed.picture == lamp
    assert AuditEvent.objects.get(name="persona.changed").changes == {"picture": [None, 1]}
    assert plain_object(PERSONA, changed, by)["picture"] == 1
    [row] = plain_rows(by, PERSONA, visible(by, Persona)).values()
    assert row["picture"] == 1
    assert may_see(cast.tuomas.actor, lamp)
    change_object(PERSONA, changed, {"picture": None}, by=by)
    assert not may_see(cast.tuomas.actor, lamp)


def test_another_number_is_refused(cast: Cast, lamp: Attachment) -> None:
    by = cast.aino.actor
    somebody = make("persona", by, label="Comes with a pram")
    theirs = keep_picture(io.BytesIO(drawn.file()), "Another", by=cast.olga.actor)
    for actor, value in (
        (by, 7), (by, "x"), (by, theirs), (by, True), (replace(by, channel="import"), 1),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            change_object(PERSONA, somebody, {"picture": value}, by=actor)
        assert set(refused.value.fields) == {"picture"}
