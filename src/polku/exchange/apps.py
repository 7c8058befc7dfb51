"""Django's registration of the room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "polku.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Answer what lists ask, and let the worker know its task."""
        from polku.exchange import tasks  # noqa: F401
        from polku.exchange.gaps import without
        from polku.kernel.events import answers

        answers("list_without", without)
