"""Django's registration of the room."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "polku.tenancy"
    label = "tenancy"
