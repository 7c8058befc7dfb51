"""Verbs of this room."""

from polku.insight.operations.asking import ask_about
from polku.insight.operations.checking import refresh, refresh_check, refresh_objects

__all__ = ["ask_about", "refresh", "refresh_check", "refresh_objects"]
