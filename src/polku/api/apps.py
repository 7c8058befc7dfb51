"""Django's registration of the room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "polku.api"
    label = "api"
