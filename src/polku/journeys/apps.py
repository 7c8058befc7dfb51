"""Django's registration of the room."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "polku.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Put this room's entities into the registry; tell what is asked."""
        from polku.journeys import entities as _entities  # noqa: F401
        from polku.journeys.gate_facts import gate_facts
        from polku.journeys.operations.standing import look_after_all
        from polku.journeys.operations.versions import keep_version
        from polku.journeys.pictures import picture_shown
        from polku.kernel.events import answers, on
        from polku.kernel.schedule import daily

        answers("gate_facts", gate_facts)
        answers("picture_shown", picture_shown)
        on("journey.moved", keep_version)
        daily("journeys", look_after_all)
