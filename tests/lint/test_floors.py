"""A foreign key written as text may not go round the floors."""

from django.db import models
from django.test.utils import isolate_apps

from tools.house.floors import climbing, floors

FLOORS = {"tenancy": 0, "kernel": 1, "web": 2, "api": 2}


def rows(*found: type[models.Model]) -> list[str]:
    return [breach.advice for breach in climbing(found, FLOORS)]


@isolate_apps("polku.tenancy")
def test_a_key_that_points_up_is_a_breach() -> None:
    class Above(models.Model):
        class Meta:
            app_label = "kernel"

    class Below(models.Model):
        above = models.ForeignKey(Above, models.CASCADE)

        class Meta:
            app_label = "tenancy"

    assert rows(Below) == ["Below.above points up to kernel; tie them by a Link"]


@isolate_apps("polku.tenancy")
def test_a_key_to_a_neighbour_on_the_same_floor_is_a_breach() -> None:
    class Neighbour(models.Model):
        class Meta:
            app_label = "api"

    class Page(models.Model):
        neighbours = models.ManyToManyField(Neighbour)

        class Meta:
            app_label = "web"

    assert rows(Page) == ["Page.neighbours points up to api; tie them by a Link"]


@isolate_apps("polku.tenancy")
def test_keys_that_point_down_or_stay_at_home_are_let_be() -> None:
    class Ground(models.Model):
        parent = models.ForeignKey("self", models.CASCADE)

        class Meta:
            app_label = "tenancy"

    class Upstairs(models.Model):
        ground = models.ForeignKey(Ground, models.CASCADE)

        class Meta:
            app_label = "kernel"

    assert rows(Ground, Upstairs) == []


def test_the_floors_are_those_of_the_import_contract() -> None:
    known = floors()
    assert known["storage"] < known["tenancy"] < known["kernel"] < known["portfolio"]
    assert known["web"] == known["api"] == known["cli"] > known["exchange"]
