"""The checks that find loose ends, as data (links.md 1, DECISIONS 30)."""

from polku.insight.checks.rows import CHECKS, Check

__all__ = ["CHECKS", "Check"]
