"""Counts what the server is still answering: a test's rows go only when nobody writes any more."""

import threading
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE = 20


class Traffic:
    """Requests that have begun and not ended, in whichever thread."""

    def __init__(self) -> None:
        self._open = 0
        self._changed = threading.Condition()
        request_started.connect(self._begun)
        request_finished.connect(self._ended)

    def wait_for_quiet(self) -> None:
        """Until the last answer is written."""
        with self._changed:
            quiet = self._changed.wait_for(lambda: self._open <= 0, PATIENCE)
            self._open = 0
        assert quiet, "The server was still answering when the test had ended"

    def _begun(self, **_facts: Any) -> None:
        with self._changed:
            self._open += 1

    def _ended(self, **_facts: Any) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()
