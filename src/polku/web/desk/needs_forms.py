"""The forms of a need: how it reads, what is at its other end, what happens when that fails."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput
from polku.portfolio.models import Component, Dependency
from polku.web.desk.moves_forms import DayField, ReasonForm
from polku.web.desk.ties_forms import NO_OTHER, HintedInput
from polku.web.desk.ties_ways import NEED_WORDS, Choices

EFFECTS = Component.Criticality


class NeedWordsForm(forms.Form):
    """What is said of a need, whatever its ends."""

    kind = forms.ChoiceField(label=_("How it reads"))
    criticality = forms.ChoiceField(
        label=_("If it fails"), choices=EFFECTS.choices, initial=EFFECTS.UNKNOWN,
        widget=forms.RadioSelect,
    )  # fmt: skip
    valid_from = DayField(label=_("Since"))
    valid_to = DayField(label=_("Until"))
    note = forms.CharField(label=_("Why, in a few words"), max_length=400, required=False)

    def __init__(self, forward: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(code, words[0 if forward else 1]) for code, words in NEED_WORDS.items()]
        kind.initial = Dependency.Kind.REQUIRES

    def blame(self, error: BadInput) -> None:
        """Put what the domain found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            here = {"to": "other", "from": "other"}.get(name, name)
            self.add_error(here if here in self.fields else None, str(sentence))


class NeedForm(NeedWordsForm):
    """A new need; few things stand in a list, many are found by writing."""

    other = forms.CharField(
        label=_("Which thing"), max_length=300, error_messages={"required": NO_OTHER}
    )
    field_order = ("kind", "other", "criticality", "note", "valid_from", "valid_to")

    def __init__(self, forward: bool, choices: Choices, *args: Any, **options: Any) -> None:
        super().__init__(forward, *args, **options)
        other = self.fields["other"]
        if choices.is_short:
            named = [(code, f"{title} · {code}") for code, title in choices.rows]
            other.widget = forms.Select(choices=[("", ""), *named])
        else:
            other.widget = HintedInput(choices.rows)
            other.help_text = _("Write a part of the name, or the code.")


class NeedEndForm(ReasonForm):
    """The last day on which a need holds, and why."""

    on = DayField(label=_("The last day it holds"))
    field_order = ("on", "reason")
