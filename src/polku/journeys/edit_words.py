"""What one edit did, in a few words, for an undo button and a list of changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.journeys.lanes import BY_KEY
from polku.journeys.models import JourneyEdit
from polku.kernel.answers import Sentence

VERBS: dict[str, Sentence] = {
    "text_written": gettext_lazy("wrote"),
    "step_written": gettext_lazy("changed the step"),
    "step_added": gettext_lazy("put in a step"),
    "step_moved": gettext_lazy("moved the step"),
    "step_copied": gettext_lazy("copied the step"),
    "step_removed": gettext_lazy("took the step out"),
    "stage_added": gettext_lazy("put in a stage"),
    "stage_written": gettext_lazy("changed the stage"),
    "stage_moved": gettext_lazy("moved the stage"),
    "stage_removed": gettext_lazy("took the stage out"),
    "cell_written": gettext_lazy("changed a cell"),
    "cell_removed": gettext_lazy("took a cell out"),
    "meeting_points_set": gettext_lazy("said where people meet us"),
    "picture_set": gettext_lazy("hung a picture"),
    "picture_removed": gettext_lazy("took a picture down"),
    "pain_added": gettext_lazy("noted where it hurts"),
    "pain_written": gettext_lazy("changed where it hurts"),
    "pain_removed": gettext_lazy("took out where it hurts"),
    "pain_decided": gettext_lazy("decided about where it hurts"),
    "pasted": gettext_lazy("pasted a table"),
    "filled": gettext_lazy("filled the journey"),
    "applied": gettext_lazy("took changes over from a file"),
    "undone": gettext_lazy("took back"),
    "redone": gettext_lazy("did again"),
}


def verb_words(entry: JourneyEdit) -> str:
    """What was done, without where."""
    return str(VERBS.get(entry.verb, ""))


def lane_words(key: str, vocabulary: str = "plain") -> str:
    """The name of a lane, or of a field of a step that is none."""
    lane = BY_KEY.get(key)
    return lane.name(vocabulary) if lane else ""


def edit_words(entry: JourneyEdit, vocabulary: str = "plain") -> str:
    """What an edit did and where: “bell” at Enters, or: moved the step, Enters."""
    label = entry.label
    text, title = label.get("text") or "", label.get("title") or ""
    if seen := label.get("picture"):
        words = _("picture “%(text)s” at %(step)s") if title else _("picture “%(text)s”")
        return words % {"text": seen, "step": title}
    lane = lane_words(label.get("row") or "", vocabulary)
    if text and title:
        return _("“%(text)s” at %(step)s") % {"text": text, "step": title}
    if text:
        return f"“{text}”"
    what = lane or verb_words(entry)
    return _("%(what)s, %(step)s") % {"what": what, "step": title} if title else what
