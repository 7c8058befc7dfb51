"""How differences between two journeys are said: signs, words, and both texts."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.journeys.comparing import Difference, Sign, Value
from polku.journeys.curve import feeling_words, signed
from polku.journeys.document_shapes import JourneyDoc, StepDoc
from polku.journeys.lanes import BY_KEY
from polku.journeys.models import Step
from polku.kernel.answers import Sentence
from polku.kernel.durations import duration_words
from polku.tenancy.translated import Translated
from polku.web.desk.journeys_words import numbered
from polku.web.readings import before_and_after, page_language
from polku.web.templatetags.polku import state

# Each sign of a step: its result, its drawing, its word
SIGNS: dict[Sign, tuple[str, str, Sentence]] = {
    "added": ("good", "new", gettext_lazy("added")),
    "removed": ("bad", "bad", gettext_lazy("removed")),
    "changed": ("watch", "changed", gettext_lazy("changed")),
    "moved": ("planned", "flat", gettext_lazy("moved")),
    "same": ("unknown", "same", gettext_lazy("the same")),
}
WORDS: dict[str, Sentence] = {
    "name": gettext_lazy("Short name"), "branch_when": gettext_lazy("For whom or when"),
    "emotion_target": gettext_lazy("How it shall feel"),
    "emotion_assumed": gettext_lazy("How we think it feels"), "sphere": gettext_lazy("Where"),
    "optional": gettext_lazy("Not everybody does it"),
    "parallel_group": gettext_lazy("At once with"), "expected_wait": gettext_lazy("Wait"),
    "sub_journey": gettext_lazy("Told in detail by"),
    "branch_of": gettext_lazy("Another way after"), "journey": gettext_lazy("Name"),
    "scenario": gettext_lazy("The story"), "stages": gettext_lazy("Stages"),
    "step": gettext_lazy("Step"), "stage": gettext_lazy("Stage"),
    "goal_of_customer": gettext_lazy("What the customer wants"),
    "evidence": gettext_lazy("On what it rests"), "evidence_n": gettext_lazy("Times seen"),
    "evidence_on": gettext_lazy("Seen on"), "duration": gettext_lazy("How long"),
    "component": gettext_lazy("Part"), "actor": gettext_lazy("Who"),
    "activity_class": gettext_lazy("Whose doing"), "severity": gettext_lazy("How bad"),
    "dsv_step": gettext_lazy("Of the seven steps"), "text": gettext_lazy("Text"),
}  # fmt: skip
SPHERES = dict(Step.Sphere.choices)


@dataclass(frozen=True)
class Side:
    """One side of the comparison: its name, and the document that numbers and threads belong to."""

    label: str
    doc: JourneyDoc


@dataclass(frozen=True)
class DifferenceLine:
    """One difference as it is shown: the lane, and both sides with what went and came marked."""

    label: str
    before: SafeString | str
    after: SafeString | str
    note: str = ""


def sign_html(sign: Sign, words: str = "") -> SafeString:
    """A sign with its word, or with other words."""
    result, drawing, word = SIGNS[sign]
    return state(result, words or word, drawing)


def what_words(what: str, vocabulary: str = "plain") -> str:
    """The name of a lane or of a field, for people."""
    if what in BY_KEY:
        return BY_KEY[what].name(vocabulary)
    return str(WORDS.get(what, what))


def picture_words(row: str) -> str:
    """The name of what hangs in a row."""
    return _("Picture: %(row)s") % {"row": what_words(row)}


def difference_lines(one: Difference, sides: tuple[Side, Side]) -> list[DifferenceLine]:
    """One difference as lines: one in the reader's language, else one for each that differs."""
    label = picture_words(one.what) if one.is_picture else what_words(one.what)
    if not _is_text(one):
        texts = [
            ", ".join(_plain(one.what, value, side) for value in values)
            for values, side in zip((one.before, one.after), sides, strict=True)
        ]
        return [DifferenceLine(label, texts[0], texts[1])]
    found = []
    for lang in _languages(one):
        before, after = (_joined(values, lang) for values in (one.before, one.after))
        if before != after:
            note = "" if lang == page_language() else lang
            found.append(DifferenceLine(label, *_marked(before, after), note))
    if not found and one.is_picture:  # another picture with the same words
        found = [
            DifferenceLine(label, *(_joined(v, page_language()) for v in (one.before, one.after)))
        ]
    return _only_mine(found)


def _marked(before: str, after: str) -> tuple[SafeString | str, SafeString | str]:
    return before_and_after(before, after) if before and after else (before, after)


def _only_mine(lines: list[DifferenceLine]) -> list[DifferenceLine]:
    """The reader's language alone, when it differs there: the others follow it mostly."""
    mine = [line for line in lines if not line.note]
    return mine or lines


def _is_text(one: Difference) -> bool:
    return any(isinstance(value, Translated) for value in (*one.before, *one.after))


def _languages(one: Difference) -> list[str]:
    found: dict[str, None] = {page_language(): None}
    for value in (*one.before, *one.after):
        if isinstance(value, Translated):
            found |= dict.fromkeys(value.texts)
    return list(found)


def _joined(values: tuple[Value, ...], lang: str) -> str:
    """The texts in one language; what is missing in the reader's own is read as it stands."""
    shown = [_text(value, lang) for value in values]
    return " · ".join(text for text in shown if text)


def _text(value: Any, lang: str) -> str:
    if not isinstance(value, Translated):
        return str(value or "")
    return value.reading(lang).text if lang == page_language() else value.text(lang)


def _plain(what: str, value: Any, side: Side) -> str:
    if value in (None, ""):
        return ""
    if what.startswith("emotion_"):
        return f"{signed(value)} {feeling_words(value)}"
    if what == "sphere":
        return str(SPHERES.get(value, value))
    if what == "expected_wait":
        return duration_words(value)
    if what == "branch_of":
        return _step_named(side.doc, str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _step_named(doc: JourneyDoc, thread: str) -> str:
    found: StepDoc | None = next((step for step in doc.steps if step.thread == thread), None)
    return numbered(found, page_language()) if found else ""
