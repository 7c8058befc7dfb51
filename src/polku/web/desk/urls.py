"""Addresses under ``/w/<workspace>/``; each subject brings its own, one line here."""

from django.urls import URLPattern, URLResolver, path

from polku.web.desk import (
    addresses,
    home_addresses,
    impact,
    importing_urls,
    journeys_beside_urls,
    journeys_files_urls,
    journeys_urls,
    notices_urls,
    people_addresses,
    pictures_files,
    reviews_addresses,
    services_addresses,
    settings_urls,
    wall_addresses,
)
from polku.web.desk.searching import search

urlpatterns: list[URLPattern | URLResolver] = [
    *home_addresses.urlpatterns,
    path("search/", search, name="search"),
    *notices_urls.urlpatterns,
    *settings_urls.urlpatterns,
    *importing_urls.urlpatterns,
    *journeys_beside_urls.urlpatterns,
    *people_addresses.urlpatterns,
    *pictures_files.urlpatterns,
    *reviews_addresses.urlpatterns,
    *wall_addresses.patterns(),
    *impact.patterns(),
    *services_addresses.patterns(),
    *journeys_files_urls.patterns(),
    *journeys_urls.patterns(),
    *addresses.patterns(),
]
