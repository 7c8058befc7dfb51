"""Addresses of the first page and of the loose ends."""

from django.urls import path

from polku.web.desk import home, loose_ends

urlpatterns = [
    path("", home.home, name="home"),
    path("loose-ends/", loose_ends.loose_end_list, name="loose_end_list"),
    path(
        "loose-ends/<int:number>/dismiss/", loose_ends.loose_end_dismiss, name="loose_end_dismiss"
    ),
    path("loose-ends/<int:number>/reopen/", loose_ends.loose_end_reopen, name="loose_end_reopen"),
    path("loose-ends/<int:number>/ask/", loose_ends.loose_end_ask, name="loose_end_ask"),
]
