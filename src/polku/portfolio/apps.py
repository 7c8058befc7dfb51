"""Django's registration of the room."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "polku.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        """Put this room's entities into the registry; answer and listen."""
        from polku.kernel.events import answers, on
        from polku.portfolio import entities as _entities  # noqa: F401
        from polku.portfolio.gate_facts import gate_facts
        from polku.portfolio.operations import versions

        answers("make_way", versions.make_way)
        answers("gate_facts", gate_facts)
        on("service_product.changed", versions.follow_the_service)
