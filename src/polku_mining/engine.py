"""Which engine answers: the compiled passes where they were built, else numpy; both say the same.

``POLKU_MINING_ENGINE=numpy`` or :func:`use` forces one, to compare them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from importlib.util import find_spec
from typing import Any

NUMPY, COMPILED = "numpy", "compiled"
VARIABLE = "POLKU_MINING_ENGINE"

_forced: ContextVar[str | None] = ContextVar("polku_mining_engine", default=None)


def built() -> bool:
    """Whether the compiled passes are there."""
    return find_spec("polku_mining.compiled") is not None


def name() -> str:
    """The engine that answers now: ``numpy`` or ``compiled``."""
    wanted = _forced.get() or os.environ.get(VARIABLE) or COMPILED
    _check(wanted)
    return COMPILED if wanted == COMPILED and built() else NUMPY


def compiled() -> Any:
    """The module of compiled passes, or None where numpy answers."""
    return import_module("polku_mining.compiled") if name() == COMPILED else None


@contextmanager
def use(engine: str) -> Iterator[None]:
    """Force an engine inside a block. Raises ValueError where it is not there."""
    _check(engine)
    if engine == COMPILED and not built():
        raise ValueError("The compiled passes were not built: python setup.py build_ext --inplace.")
    token = _forced.set(engine)
    try:
        yield
    finally:
        _forced.reset(token)


def _check(engine: str) -> None:
    if engine not in {NUMPY, COMPILED}:
        raise ValueError(f"The engine is {NUMPY} or {COMPILED}, not {engine!r}.")
