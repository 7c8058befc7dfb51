"""Django's registration of the room."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "polku.insight"
    label = "insight"

    def ready(self) -> None:
        """Listen to what happens below and answer what is asked from below."""
        from polku.insight import listening
        from polku.insight.impact import answering
        from polku.insight.notices import listening as news

        listening.start()
        answering.start()
        news.start()
