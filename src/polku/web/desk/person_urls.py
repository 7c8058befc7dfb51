"""Addresses of a person's own pages."""

from django.urls import path

from polku.web.desk import person

urlpatterns = [path("", person.person_settings, name="person_settings")]
