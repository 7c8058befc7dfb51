"""Django's registration of the room."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "polku.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Put the kernel's own row into the registry; let ties hear what is done to their ends."""
        from polku.kernel import entities as _entities  # noqa: F401
        from polku.kernel import suspects

        suspects.start()
