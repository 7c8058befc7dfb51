"""What each test would do again, although nothing has changed since the first."""

import gc
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

# Objects made and not yet freed before the collector looks for circles: tests make many more than
# a server between two answers, and few of them stand in a circle.
SELDOM = (50_000, 20, 20)


def look_for_static_files_once() -> None:
    """Each client of a test begins the whole application, which looks through all static files."""
    seek = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, dict[str, Any]] = {}

    def add_files(self: WhiteNoiseMiddleware) -> None:
        if self.static_prefix not in found:
            seek(self)
            found[self.static_prefix] = dict(self.files)
        self.files.update(found[self.static_prefix])

    WhiteNoiseMiddleware.add_files_from_finders = add_files


def tidy_seldom() -> None:
    """Let the collector leave what is loaded alone: it looked through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
