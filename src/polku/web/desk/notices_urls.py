"""Addresses of a person's news."""

from django.urls import path

from polku.web.desk import notices

urlpatterns = [
    path("news/", notices.notice_list, name="notice_list"),
    path("news/read/", notices.notice_read_all, name="notice_read_all"),
    path("news/<int:number>/read/", notices.notice_read, name="notice_read"),
    path("news/choices/", notices.notice_choices, name="notice_choices"),
]
