"""The checks that find loose ends, as data and functions (links.md 1 and 4, DECISIONS 30)."""

from polku.insight.checks.check import Check, Limit, Look
from polku.insight.checks.rows import BY_CODE, CHECKS, ROOMS

__all__ = ["BY_CODE", "CHECKS", "ROOMS", "Check", "Limit", "Look"]
