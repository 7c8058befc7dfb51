"""Addresses before the frame."""

from django.urls import path

from polku.web import converters as _converters  # noqa: F401  (codes and languages)
from polku.web.public import door, first_run, language, offers, starts

urlpatterns = [
    path("", door.door, name="door"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("language/", language.set_language, name="set_language"),
    path("w/<slug:workspace>/start/", starts.start, name="start"),
    path("o/<slug:place>/", offers.offering_range, name="offering_range"),
    path("o/<slug:place>/<lang:lang>/", offers.offering_range, name="offering_range"),
    path("o/<slug:place>/<code:code>/", offers.offering_open, name="offering_open"),
    path("o/<slug:place>/<code:code>/<lang:lang>/", offers.offering_open, name="offering_open"),
]
