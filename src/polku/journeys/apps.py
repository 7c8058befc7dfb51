"""Django's registration of the room."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "polku.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Put this room's entities into the registry."""
        from polku.journeys import entities as _entities  # noqa: F401
