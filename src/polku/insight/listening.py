"""What the checks listen to. Filled by :mod:`polku.insight.checks`."""


def start() -> None:
    """Register the handlers and providers of this room."""
