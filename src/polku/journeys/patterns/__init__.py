"""Ways to begin a journey: ready-made ones in four languages, as data.

A pattern says what mostly happens and how it should feel; every word of it can be changed.
"""

from polku.journeys.patterns.blank import BLANK
from polku.journeys.patterns.course import COURSE
from polku.journeys.patterns.museum_visit import MUSEUM_VISIT
from polku.journeys.patterns.pattern import Pattern, PatternStage, PatternStep
from polku.journeys.patterns.service_desk import SERVICE_DESK
from polku.journeys.patterns.seven_steps import SEVEN_STEPS

PATTERNS: tuple[Pattern, ...] = (SEVEN_STEPS, MUSEUM_VISIT, SERVICE_DESK, COURSE, BLANK)


def pattern(key: str) -> Pattern | None:
    """The pattern with this key, or None."""
    return next((one for one in PATTERNS if one.key == key), None)


__all__ = ["PATTERNS", "Pattern", "PatternStage", "PatternStep", "pattern"]
