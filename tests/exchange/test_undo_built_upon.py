"""An undo leaves what people built upon, lists it, and goes on past what it cannot restore."""

from typing import Any

import pytest

from polku.exchange.operations import undoing
from polku.exchange.operations.undoing import undo_import
from polku.journeys.models import Touchpoint
from polku.kernel.changes import archive_object, change_object
from polku.kernel.decisions import take_decision
from polku.kernel.models import ImportRun
from polku.people.entities import PARTY
from polku.portfolio.entities import SERVICE
from polku.tenancy.models import Membership, Party, PartyRole, UserAccount
from tests.cast import make
from tests.exchange.desk import Desk

FILE = "id,name,owner,channels\n1,Tour,Anna Nowak,web\n2,Visit,Jan Kowal,web\n"


def left(run: ImportRun) -> set[str]:
    return {title for _kind, _code, title in run.report["left"]}


def test_a_service_that_a_new_need_points_at_is_left(desk: Desk) -> None:
    run = desk.bring(FILE)
    own = make("service_product", desk.by, name="Shop")
    make("dependency", desk.by, **{"from": own, "to": desk.services()["Tour"], "kind": "requires"})
    undo_import(run, by=desk.by)
    assert sorted(desk.services()) == ["Shop", "Tour"]
    assert {"Tour", "Anna Nowak"} <= left(run)
    assert "Visit" not in left(run)


def test_needs_of_the_run_itself_hold_nothing_back(desk: Desk) -> None:
    run = desk.bring(FILE)
    undo_import(run, by=desk.by)
    assert left(run) == set()
    assert not Touchpoint.objects.filter(archived=False).exists()
    assert not Party.objects.filter(name="Anna Nowak", archived=False).exists()


def test_a_service_at_a_new_meeting_point_is_left(desk: Desk) -> None:
    run = desk.bring(FILE)
    desk_point = make("touchpoint", desk.by, name="Front desk", channel_kind="place")
    desk_point.services.add(desk.services()["Visit"])
    undo_import(run, by=desk.by)
    assert set(desk.services()) == {"Visit"}
    assert {"Visit", "Jan Kowal"} <= left(run)
    assert "Tour" not in left(run)


def test_what_was_decided_on_is_left(desk: Desk) -> None:
    run = desk.bring(FILE)
    tour = desk.services()["Tour"]
    take_decision(tour, by=desk.by, question="Go on?", reason="People asked.")
    undo_import(run, by=desk.by)
    assert set(desk.services()) == {"Tour"}


def test_who_got_a_part_or_a_place_is_left(desk: Desk) -> None:
    run = desk.bring(FILE)
    anna, jan = (Party.objects.get(name=name) for name in ("Anna Nowak", "Jan Kowal"))
    PartyRole.objects.create(workspace=desk.by.workspace, party=anna, role="customer")
    user = UserAccount.objects.create(email="jan@x.example")
    Membership.objects.create(
        workspace=desk.by.workspace, user=user, party=jan, access_role="editor"
    )  # fmt: skip
    undo_import(run, by=desk.by)
    assert left(run) == {"Anna Nowak", "Jan Kowal"}
    assert desk.services() == {}


def test_a_former_owner_who_is_gone_does_not_stop_the_undo(desk: Desk) -> None:
    desk.bring("id,name,owner\n1,Tour,Old Owner\n2,Visit,Old Owner\n3,Talk,\n")
    run = desk.bring("id,name,owner,contact\n1,Tour,New Owner,a@x.example\n3,Talk,,t@x.example\n")
    change_object(SERVICE, desk.services()["Visit"], {"owner_party": None}, by=desk.by)
    archive_object(PARTY, Party.objects.get(name="Old Owner"), by=desk.by)
    found = undo_import(run, by=desk.by)
    services = desk.services()
    assert run.state == ImportRun.State.UNDONE
    assert services["Talk"].contact == ""
    assert services["Tour"].owner_party.name == "New Owner"  # type: ignore[union-attr]
    assert {"Tour", "New Owner"} <= left(run)
    assert found.restored == 1


def test_a_second_try_passes_over_rows_that_were_given_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring("id,name,contact\n1,Tour,a@x.example\n")
    run = desk.bring("id,name,contact\n1,Tour,b@x.example\n")
    with monkeypatch.context() as cut:
        cut.setattr(undoing, "_put_away", _broken)
        with pytest.raises(RuntimeError):
            undo_import(run, by=desk.by)
    assert run.state == ImportRun.State.COMPLETE
    change_object(SERVICE, desk.services()["Tour"], {"contact": "by hand"}, by=desk.by)
    found = undo_import(run, by=desk.by)
    assert desk.services()["Tour"].contact == "by hand"
    assert (found.restored, found.left) == (1, [])


def _broken(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError
