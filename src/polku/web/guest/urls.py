"""Addresses for somebody who came by a link."""

from django.urls import path, re_path

from polku.web.guest import links, pictures, stopping

urlpatterns = [
    path("open/", links.link_open, name="link_open"),
    re_path(
        r"^open/pictures/(?P<number>[0-9]{1,9})/(?P<size>small|large)\.webp$",
        pictures.link_picture, name="link_picture",
    ),
    path("stop/<str:token>/", stopping.mails_stop, name="mails_stop"),
    re_path(r"^(?P<token>[A-Za-z0-9_-]{20,100})/?$", links.link_take, name="link_take"),
]  # fmt: skip
