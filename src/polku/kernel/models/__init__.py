"""Tables that every room shares."""

from polku.kernel.models.access import ApiToken, IdempotencyKey, MagicLink
from polku.kernel.models.attachments import Attachment
from polku.kernel.models.counters import CodeSequence, SavedView, ScheduledRun, SearchText
from polku.kernel.models.history import AuditEvent, Decision, Transition
from polku.kernel.models.imports import ExternalRef, ImportRow, ImportRun, LearntMapping
from polku.kernel.models.ties import Link, LooseEnd
from polku.kernel.models.watching import (
    DetectorRun,
    DetectorSetting,
    Notification,
    NotificationChoice,
    ProgressReading,
)

__all__ = [
    "ApiToken",
    "Attachment",
    "AuditEvent",
    "CodeSequence",
    "Decision",
    "DetectorRun",
    "DetectorSetting",
    "ExternalRef",
    "IdempotencyKey",
    "ImportRow",
    "ImportRun",
    "LearntMapping",
    "Link",
    "LooseEnd",
    "MagicLink",
    "Notification",
    "NotificationChoice",
    "ProgressReading",
    "SavedView",
    "ScheduledRun",
    "SearchText",
    "Transition",
]
