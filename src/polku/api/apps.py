"""Django's registration of the room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "polku.api"
    label = "api"

    def ready(self) -> None:
        """Keys of requests are forgotten when their time is over."""
        from polku.kernel.idempotency import forget_old_keys
        from polku.kernel.schedule import daily

        daily("forget-request-keys", lambda: f"{forget_old_keys()} keys of requests forgotten")
