"""A file that named one party in two ways leads to the one that stays, and makes nothing new."""

import pytest

from polku.kernel.models import ExternalRef
from polku.kernel.queries import visible
from polku.people.operations import merge_parties
from polku.tenancy.models import Party
from tests.cast import Cast, make
from tests.exchange.desk import Desk
from tests.exchange.whole import export_of, room_for

pytestmark = pytest.mark.django_db
LIST = "Name;Owner\nMail;IT dept\nWeb;I.T. Department\nPhones;IT\n"


def merge_all(desk: Desk, into: str, *others: str) -> None:
    by_name = {party.name: party for party in visible(desk.by, Party)}
    for name in others:
        merge_parties(by_name[into], by_name[name], by=desk.by)


def test_the_same_list_again_finds_whom_was_kept(desk: Desk) -> None:
    desk.bring(LIST)
    merge_all(desk, "IT", "IT dept", "I.T. Department")
    known = Party.objects.count()
    run = desk.bring(LIST)
    assert (run.counts["new"], run.counts["changed"], run.counts["same"]) == (0, 0, 3)
    assert Party.objects.count() == known
    assert {service.owner_party.name for service in desk.services().values()} == {"IT"}


def test_the_same_workspace_again_leads_to_whom_was_kept(cast: Cast) -> None:
    by = cast.aino.actor
    names = ("IT", "IT dept", "I.T. Department")
    for name in names:
        make(
            "service_product", by, name=f"Of {name}",
            owner_party=make("party", by, name=name, web=f"https://{len(name)}.example"),
        )  # fmt: skip
    content = export_of(by)
    here, there = Desk(by), Desk(room_for(cast.aino.user, ["en", "fi"], "small"))
    there.bring(content, "museum.xlsx")
    for desk in (here, there):
        merge_all(desk, *names)
        known = Party.objects.count()
        for _again in range(2):
            run = desk.bring(content, "museum.xlsx")
            assert {run.counts[name] for name in ("new", "changed", "look")} == {0}
        assert Party.objects.count() == known
        kept = visible(desk.by, Party).get(name="IT")
        assert (kept.web, kept.aliases) == ("https://2.example", list(names[1:]))
        assert {row.owner_party for row in desk.services().values()} == {kept}
    keys = ExternalRef.objects.filter(kind="party", object_id=kept.pk)
    assert keys.filter(last_seen__has_key="merged").count() == 2
    assert keys.count() == 3
