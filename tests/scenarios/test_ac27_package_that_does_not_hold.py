"""AC27: a package with a member that is ending and a pair that rules each other out, and a piece
without a meeting point. The builder says so, the loose ends list them, the pair is refused."""

from typing import Any

import pytest

from polku.insight.operations import refresh
from polku.kernel.links import tie
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.transitions import Step, move
from polku.portfolio.models import ServicePackage
from polku.portfolio.operations import set_elements, set_members
from polku.portfolio.packages import members_of
from tests.api.callers import ROOM, Caller, problem, token_of
from tests.cast import Cast, make

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC27", part="package-element")]


@pytest.fixture
def services(cast: Cast) -> dict[str, Any]:
    cast.museum.features["packages"] = True
    cast.museum.save()
    by = cast.aino.actor
    found = {
        name: make("service_product", by, name=name, state="live", owner_party=cast.aino.party)
        for name in ("School visit", "Net loft", "Lantern walk", "Boat trip")
    }
    pair = {"from": found["Net loft"].code, "to": found["Boat trip"].code, "kind": "excludes"}
    make("dependency", by, **pair)
    move(found["Lantern walk"], Step("ending", reason="The last winter"), by=by)
    return found


@pytest.fixture
def package(cast: Cast, services: dict[str, Any]) -> ServicePackage:
    by = cast.aino.actor
    made = make("service_package", by, name="A class day", owner_party=cast.aino.party)
    members = [{"product": services[name].code} for name in ("School visit", "Net loft")]
    members.append({"product": services["Lantern walk"].code, "optional": True})
    set_members(made, members, by=by)
    visit = make("offering", by, title="A visit", summary="One line", state="published",
                 product=services["School visit"], owner_party=cast.aino.party)  # fmt: skip
    set_elements(visit, [{"kind": "action", "text": "We guide you"},
                         {"kind": "goods", "text": "A rope"}], by=by)  # fmt: skip
    door = make("touchpoint", by, name="The door", state="live")
    tie("L05", visit.elements.get(kind="action"), door, by=by)
    return ServicePackage.objects.get(pk=made.pk)


@pytest.fixture
def aino(cast: Cast) -> Caller:
    return token_of(cast.aino)


def test_the_builder_says_what_does_not_hold(cast: Cast, package: ServicePackage) -> None:
    page = cast.aino.client().get(f"/w/museum/packages/{package.code}/builder/")
    text = page.content.decode()
    assert "Lantern walk is going away or takes nobody new" in text
    assert "“A rope” happens nowhere that we know of" in text
    assert "“We guide you”" not in text


def test_the_member_and_the_piece_are_loose_ends(
    cast: Cast, package: ServicePackage, aino: Caller
) -> None:
    refresh(cast.museum)
    found = {(row.check_code, row.object_kind) for row in visible_loose_ends(cast.aino.actor)}
    assert ("package-ending", "service_package") in found
    assert ("L05-goods", "offering") in found
    page = cast.aino.client().get("/w/museum/loose-ends/").content.decode()
    assert "A class day" in page
    checks = {
        row["check"]: row for row in aino.get(f"packages/{package.code}/checks").json()["items"]
    }
    assert checks["member_going"]["about"] == ["SRV-3"]
    assert checks["nowhere"]["about"][0] == "OFR-1"


def test_the_pair_is_refused_with_both_names(
    cast: Cast, package: ServicePackage, services: dict[str, Any], aino: Caller
) -> None:
    rows = aino.get(f"packages/{package.code}/members").json()
    both = [*rows["items"], {"product": services["Boat trip"].code}]
    for row in rows["items"]:
        row.pop("number")
    told = problem(aino.send("PUT", f"{ROOM}/packages/{package.code}/members", {"items": both}),
                   409, "refused")  # fmt: skip
    assert "Net loft and Boat trip rule each other out" in told["detail"]
    sent = {
        "revision": package.revision, "add": f"product:{services['Boat trip'].code}",
        "member": [f"product:{row['product']}" for row in rows["items"]],
        "taken": ["always", "always", "choice"], "default_n": ["1", "1", "1"],
        "min_n": ["1", "1", "0"], "max_n": ["1", "1", "1"],
    }  # fmt: skip
    answer = cast.aino.client().post(f"/w/museum/packages/{package.code}/builder/", sent)
    assert answer.status_code == 409
    assert "Net loft and Boat trip rule each other out" in answer.content.decode()
    assert len(members_of(package)) == 3


def test_what_is_mended_is_said_no_more(
    cast: Cast, package: ServicePackage, services: dict[str, Any]
) -> None:
    by = cast.aino.actor
    set_members(package, [{"product": services["School visit"].code}], by=by)
    rope = services["School visit"].offerings.get().elements.get(kind="goods")
    tie("L05", rope, make("touchpoint", by, name="The counter", state="live"), by=by)
    page = cast.aino.client().get(f"/w/museum/packages/{package.code}/builder/").content.decode()
    assert "Nothing in it is going away" in page
    assert "Each piece is met somewhere" in page
