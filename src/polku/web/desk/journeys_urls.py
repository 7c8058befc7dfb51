"""Addresses of journeys: ways to look at them, and the editor."""

from django.urls import URLPattern, path

from polku.web.desk import journeys, journeys_edit, journeys_list, journeys_place

AT = "journeys/<code:code>/"
EDIT = f"{AT}edit/"


def patterns() -> list[URLPattern]:
    """All pages of journeys that other things do not have."""
    return [*_looks(), *_editor()]


def _looks() -> list[URLPattern]:
    return [
        path(AT, journeys.journey_detail, name="journey_detail"),
        path(f"{AT}blueprint/", journeys.journey_blueprint, name="journey_blueprint"),
        path(f"{AT}list/", journeys_list.journey_steps, name="journey_steps"),
        path(f"{AT}about/", journeys.journey_about, name="journey_about"),
        path(f"{AT}still-true/", journeys.journey_still_true, name="journey_still_true"),
        path(f"{AT}counterpart/", journeys.journey_counterpart, name="journey_counterpart"),
        path(f"{AT}looks/", journeys.journey_look_list, name="journey_look_list"),
        path(f"{AT}looks/delete/", journeys.journey_look_delete, name="journey_look_delete"),
    ]


def _editor() -> list[URLPattern]:
    return [
        path(EDIT, journeys_edit.journey_edit, name="journey_edit"),
        path(f"{EDIT}write/", journeys_edit.journey_write, name="journey_write"),
        path(f"{EDIT}act/", journeys_edit.journey_act, name="journey_act"),
        path(f"{EDIT}paste/", journeys_edit.journey_paste, name="journey_paste"),
        path(f"{EDIT}<int:step>/<slug:row>/", journeys_place.journey_cell, name="journey_cell"),
        path(f"{EDIT}steps/<int:step>/", journeys_place.journey_step, name="journey_step"),
        path(f"{EDIT}stages/<int:stage>/", journeys_place.journey_stage, name="journey_stage"),
        path(f"{AT}poll/", journeys_edit.journey_poll, name="journey_poll"),
    ]
