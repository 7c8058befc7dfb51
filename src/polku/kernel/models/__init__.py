"""Tables that every room shares."""

from polku.kernel.models.access import ApiToken, IdempotencyKey, MagicLink
from polku.kernel.models.counters import CodeSequence, SavedView, ScheduledRun, SearchText
from polku.kernel.models.history import AuditEvent, Decision, Transition
from polku.kernel.models.imports import ExternalRef, ImportRow, ImportRun, LearntMapping
from polku.kernel.models.ties import Link, LooseEnd

__all__ = [
    "ApiToken",
    "AuditEvent",
    "CodeSequence",
    "Decision",
    "ExternalRef",
    "IdempotencyKey",
    "ImportRow",
    "ImportRun",
    "LearntMapping",
    "Link",
    "LooseEnd",
    "MagicLink",
    "SavedView",
    "ScheduledRun",
    "SearchText",
    "Transition",
]
