"""Every check: it speaks when its rule holds, and falls silent when somebody mends it."""

import contextlib
import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from polku.insight.checks import BY_CODE, CHECKS, ROOMS
from polku.insight.checks.keeping import KEPT, OWNERS_ASKED
from polku.insight.operations import refresh, refresh_objects
from polku.insight.telling import filled
from polku.kernel.answers import PolkuError
from polku.kernel.changes import archive_object, change_object, restore_object
from polku.kernel.clock import today_in
from polku.kernel.decisions import take_decision
from polku.kernel.links import end_tie, remove_tie, tie
from polku.kernel.loose_ends import loose_ends_of, visible_loose_ends
from polku.kernel.models import Link, LooseEnd, Transition
from polku.kernel.profiles import FEATURES
from polku.kernel.registry import entities, entity
from polku.kernel.transitions import Step, move
from polku.portfolio.operations import close_to_new, publish_offering, set_elements
from polku.portfolio.operations.components import add_reference, supply_from
from polku.portfolio.operations.dependencies import add_need
from polku.portfolio.operations.packages import set_members
from polku.tenancy.models import Party
from tests.cast import Cast, make
from tests.insight.journey_cases import JOURNEY_CASES

type Mend = Callable[[], Any]


class House:
    """The museum with every switch on, and short words for making things in it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.by = cast, cast.aino.actor
        cast.museum.features = {feature.code: True for feature in FEATURES}
        cast.museum.save()
        self.by = cast.aino.actor
        self.today = today_in(cast.museum)
        self.owner = cast.aino.party

    def make(self, of: str, /, **values: Any) -> Any:
        return make(of, self.by, **values)

    def service(self, name: str = "Tour", state: str = "live", **more: Any) -> Any:
        return self.make("service_product", name=name, state=state, **more)

    def offering(self, service: Any, *, published: bool = False, **more: Any) -> Any:
        row = self.make("offering", title="Visit", summary="One hour", product=service, **more)
        return publish_offering(row, by=self.by) if published else row

    def change(self, obj: Any, **values: Any) -> Any:
        return change_object(entity(obj._meta.db_table), obj, values, by=self.by)

    def step(self, obj: Any, *states: str) -> None:
        for state in states:
            move(obj, Step(state, reason="so"), by=self.by)
            obj.refresh_from_db()

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def part(self, **more: Any) -> Any:
        return self.make("component", name=more.pop("name", "Boiler"), **more)

    def open(self, obj: Any, code: str) -> LooseEnd | None:
        found = (end for end in loose_ends_of(self.by, obj) if end.check_code == code)
        return next(found, None)


@pytest.fixture
def house(cast: Cast) -> House:
    return House(cast)


def unowned_in_use(h: House) -> tuple[Any, Mend]:
    service = h.service()
    return service, lambda: h.change(service, owner_party=h.owner)


def unowned_early(h: House) -> tuple[Any, Mend]:
    service = h.service(state="idea")
    return service, lambda: h.change(service, owner_party=h.owner)


def used_by_nobody(h: House) -> tuple[Any, Mend]:
    group = h.make("segment", name="Families")
    tie("L06", h.service("Other"), group, by=h.by)
    service = h.service()
    return service, lambda: tie("L06", service, group, by=h.by)


def still_used(h: House) -> tuple[Any, Mend]:
    service = h.service()
    link = tie("L32", h.cast.school, h.offering(service), by=h.by)
    h.step(service, "ending")
    return service, lambda: end_tie(link, by=h.by)


def unpublished(h: House) -> tuple[Any, Mend]:
    h.offering(h.service("Other"), published=True)
    service = h.service()
    return service, lambda: h.offering(service, published=True)


def resting_on_nothing(h: House) -> tuple[Any, Mend]:
    part = h.part()
    add_need(h.service("Other"), part, by=h.by)
    service = h.service()
    return service, lambda: add_need(service, part, by=h.by)


def without_successor(h: House) -> tuple[Any, Mend]:
    tie("L35", h.service("New"), h.service("Old"), by=h.by)
    service = h.service()
    h.step(service, "ending")
    return service, lambda: tie("L35", h.service("Newer"), service, by=h.by)


def overdue(h: House) -> tuple[Any, Mend]:
    service = h.service(review_due=h.ago(31))
    return service, lambda: h.change(service, review_due=h.today)


def without_day(h: House) -> tuple[Any, Mend]:
    h.service("Other", review_due=h.today)
    service = h.service()
    return service, lambda: h.change(service, review_due=h.today)


def unserved_goal(h: House) -> tuple[Any, Mend]:
    tie("L01", h.service("Other"), h.make("strategy_goal", statement="Other"), by=h.by)
    goal, service = h.make("strategy_goal", statement="All come"), h.service()
    return goal, lambda: tie("L01", service, goal, by=h.by)


def aimless(h: House) -> tuple[Any, Mend]:
    goal = h.make("strategy_goal", statement="All come")
    tie("L01", h.service("Other"), goal, by=h.by)
    service = h.service()
    return service, lambda: tie("L01", service, goal, by=h.by)


def unplanned(h: House) -> tuple[Any, Mend]:
    service = h.service()
    tie("L02", h.make("requirement", statement="Other"), service, by=h.by)
    wish = h.make("requirement", statement="A ramp")
    h.step(wish, "will_do")
    Transition.objects.filter(object_kind="requirement", object_id=wish.pk).update(
        effective_on=h.ago(90)
    )
    version = h.make("product_version", label="2", product=service)
    return wish, lambda: tie("L02", wish, version, by=h.by)


def rootless(h: House) -> tuple[Any, Mend]:
    goal = h.make("strategy_goal", statement="All come")
    tie("L03", h.make("requirement", statement="Other"), goal, by=h.by)
    wish = h.make("requirement", statement="A ramp")
    h.step(wish, "will_do")
    return wish, lambda: h.change(wish, raised_by_party=h.owner)


def _piece(h: House, kind: str) -> tuple[Any, Mend]:
    point = h.make("touchpoint", name="Desk")
    other = set_elements(h.offering(h.service("Other")), [{"text": "Tea"}], by=h.by)
    tie("L05", other.elements.get(), point, by=h.by)
    offering = h.offering(h.service())
    set_elements(offering, [{"kind": kind, "text": "A map"}], by=h.by)
    return offering, lambda: tie("L05", offering.elements.get(), point, by=h.by)


def unserved_group(h: House) -> tuple[Any, Mend]:
    group = h.make("segment", name="Families")
    h.step(group, "targeted")
    service = h.service()
    tie("L06", service, group, by=h.by)
    return group, lambda: h.offering(service, published=True)


def leaving_package(h: House) -> tuple[Any, Mend]:
    gone, stays = h.service(), h.service("Shop")
    package = h.make("service_package", name="Day out")
    set_members(package, [{"product": gone.code}], by=h.by)
    close_to_new(gone, closed=True, reason="full", by=h.by)
    return package, lambda: set_members(package, [{"product": stays.code}], by=h.by)


def undecided(h: House) -> tuple[Any, Mend]:
    version = h.make("product_version", label="2", product=h.service(), is_mvp=True,
                     hypothesis="They come", learning_measure="Visits",
                     decide_by=h.ago(1))  # fmt: skip
    return version, lambda: take_decision(version, by=h.by, question="Go on?", reason="Yes")


def unplaced(h: House) -> tuple[Any, Mend]:
    add_reference(h.part(name="Other"), by=h.by, system="register", value="7")
    part = h.part()
    return part, lambda: add_reference(part, by=h.by, system="register", value="8")


def unchecked(h: House) -> tuple[Any, Mend]:
    def place(day: dt.date) -> list[dict[str, str]]:
        return [{"system": "register", "value": "7", "checked_on": str(day)}]

    part = h.part(real_world_ref=place(h.ago(400)))
    return part, lambda: h.change(part, real_world_ref=place(h.today))


def single(h: House) -> tuple[Any, Mend]:
    part, between = h.part(criticality="stops"), h.part(name="Heating")
    add_need(between, part, by=h.by)
    add_need(h.service(), between, by=h.by)
    spare = h.part(name="Spare")
    return part, lambda: add_need(spare, part, by=h.by, kind="substitutes")


def undelivered(h: House) -> tuple[Any, Mend]:
    def kind() -> dict[str, str]:
        return {"kind": "supplier_service"}

    supplier = h.make("party", name="Norrvik IT")
    supply_from(h.part(name="Other", **kind()), party=supplier, by=h.by)
    part = h.part(**kind())
    return part, lambda: supply_from(part, party=supplier, by=h.by)


def baseless(h: House) -> tuple[Any, Mend]:
    learnt = h.make("insight", statement="They wait", learnt_on=h.today)
    tie("L34", h.make("persona", label="Other"), learnt, by=h.by)
    persona = h.make("persona", label="Family")
    return persona, lambda: tie("L34", persona, learnt, by=h.by)


def old_evidence(h: House) -> tuple[Any, Mend]:
    persona = h.make("persona", label="Family")
    old = h.make("insight", statement="They wait", learnt_on=h.ago(400))
    new = h.make("insight", statement="They still wait", learnt_on=h.today)
    tie("L34", persona, old, by=h.by)
    return persona, lambda: tie("L34", persona, new, by=h.by)


def unowned_moment(h: House) -> tuple[Any, Mend]:
    point = h.make("touchpoint", name="Desk", moment_of_truth=True, state="live",
                   moment_why="First word")  # fmt: skip
    return point, lambda: h.change(point, owner_party=h.owner)


def _stateless(h: House) -> tuple[Any, Mend]:
    service = h.make("service_product", name="Tour")
    type(service).objects.filter(pk=service.pk).update(managed_state="")
    refresh(h.cast.museum)
    service.refresh_from_db()
    return service, lambda: h.step(service, "idea")


CASES: dict[str, Callable[[House], tuple[Any, Mend]]] = {
    "L38": unowned_in_use, "L38-early": unowned_early, "no-state": _stateless,
    "L32": used_by_nobody, "L32-ending": still_used, "L04": unpublished,
    "L26": resting_on_nothing, "L35": without_successor, "D14": overdue, "D14-unset": without_day,
    "L01-goal": unserved_goal, "L01": aimless, "L02": unplanned, "L03": rootless,
    "L05": lambda h: _piece(h, "action"), "L05-goods": lambda h: _piece(h, "goods"),
    "L06": unserved_group, "package-ending": leaving_package, "mvp-late": undecided,
    "L22": unplaced, "L22-old": unchecked, "D21": single, "supplier": undelivered,
    "L34": baseless, "D14-evidence": old_evidence, "L38-touchpoint": unowned_moment,
    **JOURNEY_CASES,
}  # fmt: skip

MADE: dict[str, dict[str, Any]] = {
    "strategy_goal": {"statement": "All come"}, "requirement": {"statement": "A ramp"},
    "offering": {"title": "Visit"}, "service_package": {"name": "Day out"},
    "component": {"name": "Boiler"}, "touchpoint": {"name": "Desk"},
    "segment": {"name": "Families"}, "persona": {"label": "Family"}, "stakeholder": {},
    "journey": {"name": "A visit"},
}  # fmt: skip


def kept(h: House, kind: str, **more: Any) -> Any:
    """A thing of a kind, with what it needs to be made."""
    values = {**MADE[kind], **more}
    if kind == "offering":
        values["product"] = h.service()
    if kind == "stakeholder":
        values["party"] = h.make("party", name="The city")
    return h.make(kind, **values)


@pytest.mark.parametrize("code", sorted(CASES))
def test_it_speaks_and_falls_silent(house: House, code: str) -> None:
    obj, mend = CASES[code](house)
    if BY_CODE[code].kind == "service_product" or house.open(obj, code) is None:
        refresh(house.cast.museum)  # what only sleeps until the first of its kind wakes at night
    assert house.open(obj, code) is not None
    mend()
    assert house.open(obj, code) is None


@pytest.mark.parametrize("name", [row.name for row in KEPT])
def test_it_speaks_when_a_day_has_passed(house: House, name: str) -> None:
    row = next(row for row in KEPT if row.name == name)
    obj = kept(house, row.kind, review_due=house.ago(31), owner_party=house.owner)
    assert house.open(obj, f"D14-{name}") is not None
    obj.refresh_from_db()
    house.change(obj, review_due=house.today)
    assert house.open(obj, f"D14-{name}") is None


@pytest.mark.parametrize("name", [row.name for row in KEPT if row.name not in OWNERS_ASKED])
def test_it_speaks_when_an_owner_has_left(house: House, name: str) -> None:
    row = next(row for row in KEPT if row.name == name)
    obj = kept(house, row.kind, owner_party=house.cast.heikki.party)
    assert house.open(obj, f"L38-{name}") is None
    Party.objects.filter(pk=obj.owner_party_id).update(state="left")
    refresh_objects(house.cast.museum, "party", [obj.owner_party_id])
    assert house.open(obj, f"L38-{name}") is not None
    obj.refresh_from_db()
    house.change(obj, owner_party=house.owner)
    assert house.open(obj, f"L38-{name}") is None


def test_every_check_has_a_case() -> None:
    generic = {f"D14-{row.name}" for row in KEPT} | {
        f"L38-{row.name}" for row in KEPT if row.name not in OWNERS_ASKED
    }
    assert set(CASES) | generic == set(BY_CODE)


def test_codes_stand_once_and_fit_the_table() -> None:
    codes = [check.code for room in ROOMS for check in room.checks]
    assert len(codes) == len(set(codes)) == len(CHECKS)
    assert max(len(code) for code in codes) <= 20


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_words_of_a_check_are_whole(check: Any) -> None:
    for words in (check.rule, check.sentence):
        assert "%(" not in filled(check, words, {"n": 2})
    assert {str(check.title), str(check.looks_at), str(check.why)}.isdisjoint({""})
    assert not check.window or check.window in check.usual
    assert check.kind in {row.kind for row in entities()}


def test_a_hidden_part_hides_its_checks(house: House) -> None:
    part, _mend = single(house)
    assert house.open(part, "D21") is not None
    house.cast.museum.features = {**house.cast.museum.features, "components": False}
    house.cast.museum.save()
    refresh(house.cast.museum)
    assert house.open(part, "D21") is None


@pytest.mark.parametrize("code", ["L01", "L06", "L34", "L05"])
def test_a_guess_counts_as_missing(house: House, code: str) -> None:
    obj, mend = CASES[code](house)
    mend()
    if code == "L06":
        Link.objects.filter(kind="L06", to_id=obj.pk).update(confidence="guess")
    else:
        Link.objects.filter(kind=code).update(confidence="guess")
    refresh(house.cast.museum)
    assert house.open(obj, code) is not None


def test_the_single_part_names_what_falls_and_who_feels_it(house: House) -> None:
    part, _mend = single(house)
    service = part._meta.apps.get_model("portfolio", "ServiceProduct").objects.get(
        workspace=house.cast.museum, sort_title="tour"
    )
    tie("L32", house.cast.school, house.offering(service), by=house.by)
    end = house.open(part, "D21")
    assert end is not None
    assert end.parameters["things"] == {
        "services": [["service_product", service.pk]],
        "customers": [["relationship", house.cast.school.pk]],
    }  # fmt: skip
    assert (end.parameters["n"], end.parameters["customers_n"]) == (1, 1)


def test_a_stand_in_that_is_out_of_use_stands_in_for_nothing(house: House) -> None:
    part, mend = single(house)
    need = mend()
    assert house.open(part, "D21") is None
    archive_object(entity("dependency"), need, by=house.by, reason="sold")
    assert house.open(part, "D21") is not None


def test_what_is_said_in_words_at_the_step_needs_no_tie(house: House) -> None:
    tie("L35", house.service("New"), house.service("Old"), by=house.by)
    service = house.service()
    step = Step("ending", reason="so", answers={"replacement_named": "yes"},
                words={"replacement_named": "none"})  # fmt: skip
    move(service, step, by=house.by)
    assert house.open(service, "L35") is None


def open_now(house: House) -> set[tuple[Any, ...]]:
    rows = visible_loose_ends(house.by)
    return {
        (end.check_code, end.object_kind, end.object_id, end.owner_party_id, str(end.parameters))
        for end in rows
    }


class Story:
    """Many small changes of a made-up house, in any order."""

    def __init__(self, house: House, seed: int) -> None:
        self.h, self.chance = house, Random(seed)
        self.made: dict[str, list[Any]] = {}
        h = house
        self.made["service_product"] = [h.service(f"S{n}", state="idea") for n in range(3)]
        self.made["component"] = [h.part(name=f"P{n}", criticality="stops") for n in range(3)]
        self.made["strategy_goal"] = [h.make("strategy_goal", statement="All come")]
        self.made["segment"] = [h.make("segment", name="Families")]
        self.made["offering"] = [h.offering(row) for row in self.made["service_product"]]
        self.links: list[Link] = []

    def any(self, kind: str) -> Any:
        obj = self.chance.choice(self.made[kind])
        obj.refresh_from_db()
        return obj

    def turn(self) -> None:
        verb = self.chance.choice([
            self.own, self.walk, self.bind, self.untie, self.need, self.day, self.away, self.piece,
        ])  # fmt: skip
        with contextlib.suppress(PolkuError):  # what is refused changes nothing
            verb()

    def own(self) -> None:
        kind = self.chance.choice(list(self.made))
        self.h.change(self.any(kind), owner_party=self.chance.choice([None, self.h.owner]))

    def walk(self) -> None:
        obj = self.any(self.chance.choice(["service_product", "segment", "strategy_goal"]))
        row = entity(obj._meta.db_table)
        states = ["being_made", "live", "ending", "targeted", "reached", "active"]
        here = [code for code in states if row.machine and row.machine.state(code)]
        move(obj, Step(self.chance.choice(here), reason="so"), by=self.h.by)

    def bind(self) -> None:
        code, start, end = self.chance.choice([
            ("L01", "service_product", "strategy_goal"), ("L06", "service_product", "segment"),
            ("L06", "offering", "segment"), ("L35", "service_product", "service_product"),
        ])  # fmt: skip
        sure = self.chance.choice(["confirmed", "guess"])
        link = tie(code, self.any(start), self.any(end), by=self.h.by, confidence=sure)
        self.links.append(link)

    def untie(self) -> None:
        if self.links:
            remove_tie(self.links.pop(), by=self.h.by, reason="wrong")

    def need(self) -> None:
        start = self.any(self.chance.choice(["service_product", "component"]))
        kind = self.chance.choice(["requires", "requires", "substitutes"])
        add_need(start, self.any("component"), by=self.h.by, kind=kind)

    def day(self) -> None:
        kind = self.chance.choice(list(self.made))
        day = self.chance.choice([None, self.h.ago(100), self.h.today])
        self.h.change(self.any(kind), review_due=day)

    def away(self) -> None:
        obj = self.any(self.chance.choice(list(self.made)))
        row = entity(obj._meta.db_table)
        verb = restore_object if obj.archived else archive_object
        verb(row, obj, by=self.h.by, reason="so")

    def piece(self) -> None:
        offering = self.any("offering")
        if self.chance.random() < 0.5:
            publish_offering(offering, by=self.h.by)
        else:
            set_elements(offering, [{"kind": "goods", "text": "A map"}], by=self.h.by)


@pytest.mark.parametrize("seed", range(4))
def test_small_looks_and_a_whole_look_find_the_same(house: House, seed: int) -> None:
    story = Story(house, seed)
    for _step in range(45):
        story.turn()
    refresh(house.cast.museum)  # wakes what only wakes at night
    for _step in range(15):
        story.turn()
    before = open_now(house)
    refresh(house.cast.museum)
    asleep = {code for code in BY_CODE if BY_CODE[code].least}
    after = open_now(house)
    assert {e for e in after ^ before if e[0] not in asleep} == set()
    for row in entities():
        numbers = row.model.objects.filter(workspace=house.cast.museum).values_list("pk", flat=True)
        refresh_objects(house.cast.museum, row.kind, list(numbers))
    assert open_now(house) == after


@pytest.mark.parametrize("seed", range(2))
def test_looking_twice_changes_nothing(house: House, seed: int) -> None:
    story = Story(house, seed)
    for _step in range(30):
        story.turn()
    refresh(house.cast.museum)
    rows = LooseEnd.objects.filter(workspace=house.cast.museum).order_by("pk")
    before = list(rows.values())
    refresh(house.cast.museum)
    assert list(rows.values()) == before
