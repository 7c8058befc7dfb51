"""Passes over events; see the callers in :mod:`polku_mining.fast` for what each one answers."""

from typing import Any

def __getattr__(name: str) -> Any: ...
