"""Rows that are copied in are the rows that were written down."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import UserAccount, Workspace
from tests.cast import Cast, gather, make, workspace
from tests.copies import Copied, tables

pytestmark = pytest.mark.django_db


def room_of_today() -> str:
    return workspace("room", f"Made on {timezone.now():%d.%m.}").slug


def taken_back(build: Any) -> tuple[Any, dict[str, Any]]:
    """What a builder hands back and all rows then; afterwards none of them stands."""
    with transaction.atomic():
        result = build()
        rows = {table.name: sorted(table.rows(), key=repr) for table in tables()}
        transaction.set_rollback(True)
    return result, rows


def test_the_second_cast_is_the_first() -> None:
    copied = Copied(gather)
    (first, rows), (second, again) = taken_back(copied), taken_back(copied)
    assert isinstance(second, Cast)
    assert second is not first
    assert second.aino.user == first.aino.user
    assert again == rows
    assert len(rows["party"]) > 8


def test_what_is_made_after_a_copy_has_numbers_of_its_own() -> None:
    taken_back(gather)
    cast = gather()
    tour = make("service_product", cast.aino.actor, name="Tour")
    assert ServiceProduct.objects.get() == tour
    assert cast.aino.actor.name == "Aino Salmi"
    assert UserAccount.objects.count() == len(set(UserAccount.objects.values_list("pk"))) == 7


def test_beside_other_rows_all_is_written_anew() -> None:
    copied = Copied(room_of_today)
    taken_back(copied)
    workspace("other", "Somebody else")
    assert copied() == "room"
    assert Workspace.objects.count() == 2


def test_yesterdays_rows_are_no_copy_of_today() -> None:
    copied = Copied(room_of_today)
    day = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    for now in (day, day + dt.timedelta(hours=10), day + dt.timedelta(days=1), day):
        with time_machine.travel(now, tick=False):
            _slug, rows = taken_back(copied)
        (row,) = rows["workspace"]
        assert f"Made on {now:%d.%m.}" in str(row)


def test_a_copy_is_young() -> None:
    copied = Copied(room_of_today)
    day = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    made = []
    for minutes in (0, 30, 90):
        now = day + dt.timedelta(minutes=minutes)
        with time_machine.travel(now, tick=False), transaction.atomic():
            copied()
            made.append(Workspace.objects.get().created_at)
            transaction.set_rollback(True)
    assert made == [day, day, day + dt.timedelta(minutes=90)]
