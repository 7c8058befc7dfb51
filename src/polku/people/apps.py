"""Django's registration of the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "polku.people"
    label = "people"

    def ready(self) -> None:
        """Put this room's entities into the registry, and listen to what happens to them."""
        from polku.kernel.events import answers
        from polku.people import entities as _entities  # noqa: F401
        from polku.people import listening
        from polku.people.queries.pictures import picture_shown

        answers("picture_shown", picture_shown)
        listening.start()
