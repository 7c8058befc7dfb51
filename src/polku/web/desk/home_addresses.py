"""Addresses of the first page and of the loose ends."""

from django.urls import path

from polku.web.desk import home, loose_ends, loose_ends_acting, loose_ends_checks

ONE = "loose-ends/<int:number>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("loose-ends/", loose_ends.loose_end_list, name="loose_end_list"),
    path("loose-ends/file/", loose_ends.loose_end_export, name="loose_end_export"),
    path("loose-ends/again/", loose_ends.loose_end_again, name="loose_end_again"),
    path("loose-ends/checks/", loose_ends_checks.loose_end_checks, name="loose_end_checks"),
    path("loose-ends/checks/<slug:check>/", loose_ends_checks.loose_end_check,
         name="loose_end_check"),
    path(f"{ONE}dismiss/", loose_ends_acting.loose_end_dismiss, name="loose_end_dismiss"),
    path(f"{ONE}reopen/", loose_ends_acting.loose_end_reopen, name="loose_end_reopen"),
    path(f"{ONE}ask/", loose_ends_acting.loose_end_ask, name="loose_end_ask"),
    path(f"{ONE}turn/", loose_ends_acting.loose_end_turn, name="loose_end_turn"),
]  # fmt: skip
