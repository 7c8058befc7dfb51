"""The form of a step: its questions, its day, its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput
from polku.kernel.gate_facts import Fact, Facts
from polku.kernel.machines import Move, Question
from polku.kernel.transitions import Step

UNKNOWN = "unknown"
ANSWER_WORDS = (
    ("yes", _("yes")),
    ("no", _("no")),
    ("not_applicable", _("does not apply")),
    (UNKNOWN, _("unknown")),
)
NOT_A_DAY = _("This is not a day. Write it as 2026-05-31.")
NO_REASON = _("Say why in a few words; it is kept.")
LONGEST = 1200


class DayField(forms.DateField):
    """A day, by the browser's own picker or written as 2026-05-31."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d"], error_messages={"invalid": NOT_A_DAY},
            required=False, **options,
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why: asked for when something is taken back, corrected, ended; *needed* or not."""

    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST, required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": NO_REASON},
    )  # fmt: skip

    def __init__(self, *args: Any, needed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = needed


class StepForm(ReasonForm):
    """A step through a gate; unknown is chosen until somebody knows, and is never in the way."""

    effective_on = DayField(
        label=_("From which day"),
        help_text=_("Today, a day gone by, or a day to come: then it is planned."),
    )
    look_again_on = DayField(
        label=_("Look again on"), help_text=_("A day on which this is decided about again.")
    )

    def __init__(
        self, found: Move, questions: list[Question], facts: Facts, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, needed=found.needs_reason, **options)
        self.found, self.questions, self.facts = found, questions, facts
        for question in self.questions:
            self._ask(question)
        if not found.decides:
            del self.fields["look_again_on"]
        if not found.needs_reason:
            self.fields["reason"].label = _("Why, in a few words")

    def _ask(self, question: Question) -> None:
        self.fields[f"answer_{question.code}"] = forms.ChoiceField(
            label=str(question.text), choices=ANSWER_WORDS, widget=forms.RadioSelect, required=True,
            initial=UNKNOWN,
        )  # fmt: skip
        self.fields[f"words_{question.code}"] = forms.CharField(
            label=_("In words"), max_length=600, required=False
        )

    @property
    def asked(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, Fact | None]]:
        """Each question with its field for words, and what the data say about it."""
        for question in self.questions:
            code = question.code
            yield self[f"answer_{code}"], self[f"words_{code}"], self.facts.get(code)

    @property
    def unknown(self) -> int:
        """How many questions stand at unknown as the form is now."""
        return sum(self[f"answer_{q.code}"].value() in {UNKNOWN, None, ""} for q in self.questions)

    def clean(self) -> dict[str, Any]:
        """A question that somebody left out counts as unknown."""
        data = super().clean() or {}
        for question in self.questions:
            name = f"answer_{question.code}"
            if name in self.errors and not self.data.get(name):
                del self.errors[name]
                data[name] = UNKNOWN
        return data

    def step(self) -> Step:
        """What was filled in, for :func:`polku.kernel.transitions.move`."""
        data = self.cleaned_data
        codes = [question.code for question in self.questions]
        return Step(
            to=self.found.to, effective_on=data.get("effective_on"), reason=data["reason"],
            answers={code: data[f"answer_{code}"] for code in codes},
            words={code: data[f"words_{code}"] for code in codes},
            look_again_on=data.get("look_again_on"),
        )  # fmt: skip

    def blame(self, error: BadInput) -> None:
        """Put what the domain found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            target = name.replace("answers.", "answer_")
            self.add_error(target if target in self.fields else None, str(sentence))


@dataclass(frozen=True)
class Refusal:
    """Why a step cannot be taken, shown where the form stands."""

    sentence: str
