"""Addresses of ties that need a look."""

from django.urls import path

from polku.web.desk import reviews

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/<end:end>/", reviews.review_change, name="review_change"),
]
