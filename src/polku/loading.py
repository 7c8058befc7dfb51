"""Loading what stays: modules, models and addresses."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def lasting() -> Iterator[None]:
    """What is made inside lives as long as the process: Python looks for nothing to throw away.

    It would look a few hundred times, a seventh of the time that loading takes, and again at all
    of it whenever it looks later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
