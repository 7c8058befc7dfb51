"""Addresses of journeys: beginning one, comparing two, files out and in."""

from django.urls import URLPattern, path

from polku.web import converters as _converters  # noqa: F401  (codes in addresses)
from polku.web.desk import journeys_begin, journeys_compare, journeys_files

AT = "journeys/<code:code>/"


def patterns() -> list[URLPattern]:
    """They stand before the pages of every kind, since a journey is begun in its own way."""
    return [
        path("journeys/new/", journeys_begin.journey_create, {"kind": "journey"}, "journey_create"),
        path(f"{AT}compare/", journeys_compare.journey_compare, name="journey_compare"),
        path(f"{AT}export/", journeys_files.journey_export, name="journey_export"),
        path(f"{AT}bring/", journeys_files.journey_bring, name="journey_bring"),
    ]
