"""Addresses under ``/w/<workspace>/``; each subject brings its own, one line here."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
