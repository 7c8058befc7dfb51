"""Addresses under ``/w/<workspace>/``; each subject brings its own, one line here."""

from django.urls import URLPattern, URLResolver, path

from polku.web.desk import (
    addresses,
    home_addresses,
    importing_urls,
    people_addresses,
    services_addresses,
    settings_urls,
    wall_addresses,
)
from polku.web.desk.searching import search

urlpatterns: list[URLPattern | URLResolver] = [
    *home_addresses.urlpatterns,
    path("search/", search, name="search"),
    *settings_urls.urlpatterns,
    *importing_urls.urlpatterns,
    *people_addresses.urlpatterns,
    *wall_addresses.patterns(),
    *services_addresses.patterns(),
    *addresses.patterns(),
]
