"""Django's registration of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "polku.web"
    label = "web"

    def ready(self) -> None:
        """Say what happens behind links."""
        from polku.web.guest.doors import open_doors

        open_doors()
