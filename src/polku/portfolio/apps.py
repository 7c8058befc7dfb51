"""Django's registration of the room."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "polku.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        """Put this room's entities into the registry."""
        from polku.portfolio import entities as _entities  # noqa: F401
