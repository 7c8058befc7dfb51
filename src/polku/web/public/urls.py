"""Addresses before the frame."""

from django.urls import path

from polku.web.public import door, first_run, language, starts

urlpatterns = [
    path("", door.door, name="door"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("language/", language.set_language, name="set_language"),
    path("w/<slug:workspace>/start/", starts.start, name="start"),
]
