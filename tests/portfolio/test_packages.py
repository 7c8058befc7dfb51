"""Packages: what may stand in one, and what is found when one does not hold."""

from typing import Any

import pytest

from polku.kernel.answers import BadInput, Conflict, NotAllowed, Refused
from polku.kernel.changes import archive_object, change_object
from polku.kernel.models import AuditEvent
from polku.kernel.queries import visible
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.portfolio.models import Offering, PackageMember, ServicePackage
from polku.portfolio.operations import set_elements, set_members, take_step
from polku.portfolio.package_checks import findings
from polku.portfolio.packages import members_of, services_in
from tests.cast import Cast, make


def service(cast: Cast, name: str, **more: Any) -> Any:
    return make("service_product", cast.aino.actor, name=name, **{"state": "live"} | more)


def package(cast: Cast, name: str = "Class day", *members: dict[str, Any]) -> ServicePackage:
    made: ServicePackage = make("service_package", cast.aino.actor, name=name)
    return set_members(made, members, by=cast.aino.actor) if members else made


def names(held: ServicePackage) -> list[str]:
    return [str(row) for row in members_of(held)]


def codes(cast: Cast, held: ServicePackage) -> set[str]:
    return {row.code for row in findings(held, by=cast.aino.actor)}


def test_members_keep_their_order_and_their_numbers(cast: Cast) -> None:
    visit, loft, audio = (service(cast, name) for name in ("Visit", "Loft", "Audio"))
    held = package(cast, "Day", {"product": visit.code}, {"product": loft.code})
    more = {"product": audio.code, "optional": True, "max_n": 30, "default_n": 0,
            "option_label": {"en": "one for each pupil"}}  # fmt: skip
    held = set_members(held, [more, {"product": visit}], by=cast.aino.actor)
    rows = members_of(held)
    assert [(str(row), row.number, row.position) for row in rows] == [
        ("Audio", 3, 1), ("Visit", 1, 2),
    ]  # fmt: skip
    assert (rows[0].min_n, rows[0].default_n, rows[0].max_n) == (0, 0, 30)
    held = set_members(held, [{"product": audio.code}], by=cast.aino.actor)
    kept = members_of(held)[0]
    assert (kept.max_n, str(kept.option_label), kept.code) == (
        30, "one for each pupil", f"{held.code}.3",
    )  # fmt: skip
    assert AuditEvent.objects.filter(name="service_package.members_set").count() == 3


@pytest.mark.parametrize(
    "numbers", [{"min_n": 2}, {"default_n": 3}, {"min_n": 0, "default_n": 0, "max_n": 0}]
)
def test_the_numbers_must_rise(cast: Cast, numbers: dict[str, int]) -> None:
    visit = service(cast, "Visit")
    with pytest.raises(BadInput, match="numbers must rise"):
        package(cast, "Day", {"product": visit.code, **numbers})
    assert not PackageMember.objects.exists()


@pytest.mark.parametrize("member", [{}, {"product": "SRV-1", "offering": "OFR-1"}])
def test_a_member_is_exactly_one_thing(cast: Cast, member: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="a service or something to get"):
        package(cast, "Day", member)


def test_what_is_not_here_and_what_stands_twice_are_named(cast: Cast) -> None:
    visit = service(cast, "Visit")
    with pytest.raises(BadInput, match="nothing of that code"):
        package(cast, "Day", {"product": "SRV-999"})
    with pytest.raises(BadInput, match="stands in the package already"):
        package(cast, "Day", {"product": visit.code}, {"product": visit.code})


def test_only_who_may_change_it(cast: Cast) -> None:
    held = package(cast)
    with pytest.raises(NotAllowed):
        set_members(held, [], by=cast.liisa.actor)


def test_somebody_elses_change_is_not_overwritten(cast: Cast) -> None:
    visit, loft = service(cast, "Visit"), service(cast, "Loft")
    held = package(cast, "Day", {"product": visit.code})
    set_members(held, [{"product": loft.code}], by=cast.piotr.actor)
    with pytest.raises(Conflict):
        set_members(held, [], by=cast.aino.actor, revision=held.revision)
    assert names(held) == ["Loft"]


def test_two_members_that_rule_each_other_out_are_refused_by_name(cast: Cast) -> None:
    by = cast.aino.actor
    loft, walk, visit = (service(cast, name) for name in ("Loft", "Lantern walk", "Visit"))
    make("dependency", by, **{"from": loft.code, "to": walk.code, "kind": "excludes"})
    held = package(cast, "Day", {"product": loft.code})
    both = [{"product": loft.code}, {"product": walk.code}]
    with pytest.raises(Refused, match="Loft and Lantern walk rule each other out"):
        set_members(held, both, by=by)
    assert names(held) == ["Loft"]
    offer = make("offering", by, title="By night", product=walk)
    with pytest.raises(Refused, match="rule each other out"):
        set_members(held, [{"product": loft.code}, {"offering": offer.code}], by=by)
    inner = package(cast, "Night", {"product": walk.code})
    night = make("offering", by, title="All night", package=inner)
    with pytest.raises(Refused, match="rule each other out"):
        set_members(held, [{"product": loft.code}, {"offering": night.code}], by=by)
    assert names(set_members(held, [{"product": loft}, {"product": visit}], by=by))


def test_a_package_never_contains_itself(cast: Cast) -> None:
    by = cast.aino.actor
    visit = service(cast, "Visit")
    small = package(cast, "Morning", {"product": visit.code})
    small_offer = make("offering", by, title="A morning", package=small)
    large = package(cast, "Week", {"offering": small_offer.code})
    large_offer = make("offering", by, title="A week", package=large)
    assert set(services_in(members_of(large))) == {visit.pk}
    for wrong in (small_offer, large_offer):
        with pytest.raises(Refused, match="Morning →"):
            set_members(small, [{"offering": wrong.code}], by=by)
    with pytest.raises(Refused, match="cannot contain itself"):
        change_object(entity("offering"), small_offer, {"package": large.code}, by=by)
    assert names(small) == ["Visit"]


def test_an_offering_is_of_a_service_or_of_a_package(cast: Cast) -> None:
    by = cast.aino.actor
    with pytest.raises(BadInput, match="which service or which package"):
        make("offering", by, title="Of nothing")
    with pytest.raises(BadInput, match="which service or which package"):
        make("offering", by, title="Both", product=service(cast, "Visit"), package=package(cast))


def test_an_empty_package_is_not_published(cast: Cast) -> None:
    by = cast.aino.actor
    held = package(cast)
    offer = make("offering", by, title="A day", summary="One line", package=held)
    with pytest.raises(Refused, match="empty"):
        take_step(held, Step("published"), by=by)
    with pytest.raises(Refused, match="Publish the package first"):
        take_step(offer, Step("published"), by=by)
    held = set_members(held, [{"product": service(cast, "Visit")}], by=by)
    take_step(held, Step("published"), by=by)
    offer.refresh_from_db()
    take_step(offer, Step("published"), by=by)
    assert Offering.objects.get(pk=offer.pk).published_langs == ["en"]


def test_customers_get_what_is_published_of_published_packages(cast: Cast) -> None:
    by, tuomas = cast.aino.actor, cast.tuomas.actor
    held = package(cast, "Day", {"product": service(cast, "Visit")})
    offer = make("offering", by, title="A day", summary="One line", package=held,
                 audience="customers", state="published")  # fmt: skip
    seen = visible(tuomas, Offering).filter(pk=offer.pk)
    assert not seen.exists()
    take_step(held, Step("published"), by=by)
    assert seen.exists()
    assert not visible(tuomas, ServicePackage).exists()  # its own audience is the team
    change_object(entity("service_package"), held, {"audience": "customers"}, by=by)
    assert visible(tuomas, ServicePackage).exists()
    held.refresh_from_db()
    archive_object(entity("service_package"), held, by=by)
    assert not seen.exists()


def test_what_does_not_hold_is_found(cast: Cast) -> None:
    by = cast.aino.actor
    visit, loft, rope = (service(cast, name) for name in ("Visit", "Loft", "Rope store"))
    guides = make("component", by, name="Guides")
    make("dependency", by, **{"from": loft.code, "to": rope.code, "kind": "requires"})
    make("dependency", by, **{"from": visit.code, "to": guides.code, "kind": "requires"})
    offer = make("offering", by, title="A visit", summary="Line", product=visit, state="published")
    set_elements(offer, [{"kind": "goods", "text": "A rope"}], by=by)
    held = package(cast, "Day", {"product": visit.code}, {"product": loft.code})
    assert codes(cast, held) == {
        "missing_need", "member_not_offered", "no_price", "no_offering", "nowhere",
        "capacity_unknown",
    }  # fmt: skip
    make("dependency", by, **{"from": loft.code, "to": visit.code, "kind": "excludes"})
    move(loft, Step("ending", reason="No rope left"), by=by)
    move(guides, Step("retired", reason="They left"), by=by)
    found = codes(cast, held)
    assert {"member_going", "clash", "part_not_in_use"} <= found
    assert "capacity_unknown" not in found


def test_a_package_in_order_has_nothing_to_say(cast: Cast) -> None:
    by = cast.aino.actor
    visit = service(cast, "Visit")
    make("offering", by, title="A visit", summary="Line", product=visit, state="published",
         price_note="free")  # fmt: skip
    held = package(cast, "Day", {"product": visit.code})
    make("offering", by, title="A day", package=held)
    assert codes(cast, held) == set()


def test_an_offering_of_a_package_that_goes_is_a_member_going(cast: Cast) -> None:
    by = cast.aino.actor
    inner = package(cast, "Morning", {"product": service(cast, "Visit")})
    offer = make("offering", by, title="A morning", package=inner)
    held = package(cast, "Week", {"offering": offer.code})
    assert "member_going" not in codes(cast, held)
    move(inner, Step("withdrawn"), by=by)
    assert "member_going" in codes(cast, held)
