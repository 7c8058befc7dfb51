"""Parts: where they are in the real world, who brings them, how long replacing takes."""

import datetime as dt
from typing import Any

import pytest

from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.durations import NotADuration, days_of, duration_words, read_duration
from polku.portfolio.entities import COMPONENT
from polku.portfolio.operations import (
    add_reference,
    check_reference,
    remove_reference,
    supply_from,
)
from polku.portfolio.references import references_of
from polku.tenancy.models import Relationship
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def storage(cast: Cast) -> Any:
    return make("component", cast.aino.actor, name="Storage", kind="asset")


def test_a_reference_is_added_looked_at_and_taken_away(cast: Cast, storage: Any) -> None:
    by, today = cast.aino.actor, today_in(cast.museum)
    before = today - dt.timedelta(days=500)
    part = add_reference(storage, by=by, system="asset_tag", value=" NV-0117 ", checked_on=before)
    part = add_reference(part, by=by, system="room", value="Hall N")
    first, second = references_of(part.real_world_ref)
    assert (first.value, first.is_stale(today), second.is_stale(today)) == ("NV-0117", True, True)
    part = check_reference(part, by=by, system="asset_tag", value="NV-0117")
    assert references_of(part.real_world_ref)[0].checked_on == today
    part = remove_reference(part, by=by, system="room", value="Hall N")
    assert [row.value for row in references_of(part.real_world_ref)] == ["NV-0117"]
    for verb in (remove_reference, check_reference):
        with pytest.raises(NotFound):
            verb(part, by=by, system="room", value="Hall N")
    with pytest.raises(NotAllowed):
        add_reference(part, by=cast.liisa.actor, system="room", value="Hall S")


@pytest.mark.parametrize(
    "wrong",
    [
        [{"system": "url", "value": "javascript:alert(1)"}],
        [{"system": "url", "value": "https://a b"}],
        [{"system": "spell", "value": "x"}],
        [{"system": "room", "value": "  "}],
        [{"system": "room", "value": "x" * 301}],
        [{"system": "room", "value": "x", "checked_on": "yesterday"}],
        [{"system": "room", "value": "x", "checked_on": "2999-01-01"}],
        [7], {"system": "room"}, [{"value": str(n)} for n in range(51)],
    ],
)  # fmt: skip
def test_what_is_no_reference_is_refused(cast: Cast, storage: Any, wrong: Any) -> None:
    with pytest.raises(BadInput) as problem:
        change_object(COMPONENT, storage, {"real_world_ref": wrong}, by=cast.aino.actor)
    assert set(problem.value.fields) == {"real_world_ref"}


def test_what_somebody_wrote_without_a_kind_gets_the_likely_one(cast: Cast, storage: Any) -> None:
    rows = ["https://cmdb.example/7", {"where": "NV-0117"}, {"value": "the shelf behind the door"}]
    part = change_object(COMPONENT, storage, {"real_world_ref": rows}, by=cast.aino.actor)
    assert [row["system"] for row in part.real_world_ref] == ["url", "asset_tag", "other"]
    addresses = [row.address for row in references_of(part.real_world_ref)]
    assert addresses == ["https://cmdb.example/7", "", ""]


def test_an_address_with_another_scheme_is_never_a_link() -> None:
    stored = [{"system": "url", "value": "javascript:alert(1)", "checked_on": None}]
    assert references_of(stored)[0].address == ""


@pytest.mark.parametrize(
    ("written", "kept", "days"),
    [
        ("P180D", "P180D", 180), ("3 weeks", "P3W", 21), ("2 months", "P2M", 60), ("", "", None),
        ("10 days", "P10D", 10), ("1 year", "P1Y", 365), ("3 viikkoa", "P3W", 21),
        ("5 päivää", "P5D", 5), ("2 kk", "P2M", 60), ("6 tygodni", "P6W", 42),
        ("3 miesiące", "P3M", 90), ("2 недели", "P2W", 14), ("4 месяца", "P4M", 120),
        ("10 дней", "P10D", 10), ("2 lata", "P2Y", 730), ("7d", "P7D", 7),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_from_plain_words(written: str, kept: str, days: Any) -> None:
    assert read_duration(written) == kept
    assert days_of(kept) == days


@pytest.mark.parametrize("written", ["soon", "3", "3 apples", "-2 days", "P1DT", "1.5 weeks"])
def test_other_words_are_no_length_of_time(written: str) -> None:
    with pytest.raises(NotADuration):
        read_duration(written)


def test_a_length_of_time_is_told_in_words() -> None:
    assert [duration_words(iso) for iso in ("P1D", "P3W", "PT4H", "")] == [
        "1 day", "3 weeks", "4 h", "",
    ]  # fmt: skip


def test_the_time_to_replace_may_be_written_in_words(cast: Cast, storage: Any) -> None:
    part = change_object(COMPONENT, storage, {"replace_time": "3 weeks"}, by=cast.aino.actor)
    assert part.replace_time == "P3W"
    with pytest.raises(BadInput):
        change_object(COMPONENT, storage, {"replace_time": "a while"}, by=cast.aino.actor)
    with pytest.raises(BadInput):
        change_object(COMPONENT, storage, {"replace_time": "4 h"}, by=cast.aino.actor)


def test_a_supplier_is_the_other_side_of_a_relationship_in_which_we_are_the_customer(
    cast: Cast, storage: Any
) -> None:
    by = cast.aino.actor
    part = supply_from(storage, by=by, name="Kivisilta Oy", replace_time="2 months")
    tie = part.supplier_relationship
    assert (tie.consumer_party_id, tie.provider_party.name, tie.state) == (
        cast.museum.home_party_id, "Kivisilta Oy", "active",
    )  # fmt: skip
    assert (part.supplier_name, part.replace_time) == ("Kivisilta Oy", "P2M")
    other = make("component", by, name="Power")
    again = supply_from(other, by=by, party=tie.provider_party)
    assert again.supplier_relationship == tie
    assert Relationship.objects.filter(provider_party=tie.provider_party).count() == 1
    assert supply_from(again, by=by).supplier_relationship is None
    with pytest.raises(BadInput):
        supply_from(other, by=by, party=by.workspace.home_party)
    with pytest.raises(BadInput) as customer:
        change_object(COMPONENT, other, {"supplier_relationship": cast.school.code}, by=by)
    assert "supplier_relationship" in customer.value.fields
