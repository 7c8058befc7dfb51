"""The forms of a tie: what it leads to, why, how sure, from when to when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput
from polku.portfolio.models import Component
from polku.web.desk.moves_forms import DayField
from polku.web.desk.ties_ways import Choices, Way

CONFIDENCE = (
    ("confirmed", _("confirmed")),
    ("guess", _("a guess, to be confirmed")),
)


NO_OTHER = _("Choose what it is tied to.")


class HintedInput(forms.TextInput):
    """A line with hints: the names that fit, from a list in the page."""

    template_name = "ties/hinted_input.html"

    def __init__(self, hints: list[tuple[str, str]]) -> None:
        super().__init__(attrs={"autocomplete": "off", "list": "id_other-hints"})
        self.hints = hints

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each hint is the name with its code, so that equal names stay apart."""
        context = super().get_context(name, value, attrs)
        return {**context, "hints": [f"{title} · {code}" for code, title in self.hints]}


class TieForm(forms.Form):
    """A new tie; few choices stand in a list, many are found by writing."""

    other = forms.CharField(
        label=_("To what"), max_length=300, error_messages={"required": NO_OTHER}
    )
    why = forms.CharField(label=_("Why"), max_length=400, required=False)
    confidence = forms.ChoiceField(
        label=_("How sure are we?"), choices=CONFIDENCE, initial="confirmed",
        widget=forms.RadioSelect,
    )  # fmt: skip
    criticality = forms.ChoiceField(
        label=_("If it fails"), choices=Component.Criticality.choices, initial="unknown",
        required=False,
    )  # fmt: skip
    valid_from = DayField(label=_("Since"))
    valid_to = DayField(label=_("Until"))

    def __init__(self, way: Way, choices: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        other = self.fields["other"]
        other.label = f"{way.words} …"
        if choices.is_short:
            other.widget = forms.Select(choices=[("", ""), *_named(choices)])
        else:
            other.widget = HintedInput(choices.rows)
            other.help_text = _("Write a part of the name, or the code.")
        del self.fields["confidence" if way.is_need else "criticality"]

    def blame(self, error: BadInput) -> None:
        """Put what the domain found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            here = {"to": "other", "from": "other", "note": "why"}.get(name, name)
            self.add_error(here if here in self.fields else None, str(sentence))


def _named(choices: Choices) -> list[tuple[str, str]]:
    return [(code, f"{title} · {code}") for code, title in choices.rows]


class EndForm(forms.Form):
    """The last day on which a tie holds."""

    on = DayField(label=_("The last day it holds"))
