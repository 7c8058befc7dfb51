"""The analyses, each with its exact meaning. All are passes over sorted events.

A module is loaded when it is first asked for: a question loads what it needs, and no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polku_mining.analyses import (
        conformance,
        deviations,
        eventually,
        follows,
        funnels,
        gaps,
        maps,
        moments,
        paths,
        reaching,
        waits,
    )

__all__ = [
    "conformance", "deviations", "eventually", "follows", "funnels", "gaps", "maps", "moments",
    "paths", "reaching", "waits",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
