"""Impact (links.md 3): what falls, breaks or waits when one thing stops, ends or is asked about.

:func:`impact` asks, :func:`tell` names what was found, :func:`sentence` reads a path. A question is
a row of :mod:`~polku.insight.impact.questions`, a way along which it goes is a row of
:mod:`~polku.insight.impact.ways`.

Rooms below ask through the registry of :mod:`polku.kernel.events`::

    ask("what_falls", actor=actor, obj=component)   # -> [ImpactResult], question I1
    ask("retirement", actor=actor, obj=service)     # -> [ImpactResult], question I2

The answer is a list with one result. ``obj`` is a part, service, package, offering, version,
customer or party; both also take ``as_of``, a day. ``result.groups`` are :class:`Group` by owner,
each with its :class:`Hit` rows; ``tell(actor, result, result.hits)`` gives objects and paths.
"""

from polku.insight.impact.asking import (
    FARTHEST,
    Group,
    Hit,
    ImpactResult,
    impact,
    question_for,
    start_of,
)
from polku.insight.impact.questions import QUESTIONS, Question, questions_of
from polku.insight.impact.sql import MOST
from polku.insight.impact.telling import Leg, Told, name_of, sentence, tell
from polku.insight.impact.ways import EFFECTS, PARTS

__all__ = [
    "EFFECTS",
    "FARTHEST",
    "MOST",
    "PARTS",
    "QUESTIONS",
    "Group",
    "Hit",
    "ImpactResult",
    "Leg",
    "Question",
    "Told",
    "impact",
    "name_of",
    "question_for",
    "questions_of",
    "sentence",
    "start_of",
    "tell",
]
