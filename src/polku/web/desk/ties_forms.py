"""The forms of a tie: what it leads to, why, how sure, from when to when."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput
from polku.kernel.link_kinds import LINK_KINDS, LinkKind, Property
from polku.kernel.link_properties import LARGEST
from polku.kernel.links import Tie
from polku.portfolio.models import Component
from polku.web.desk.moves_forms import DayField
from polku.web.desk.ties_ways import Choices, Way

CONFIDENCE = (
    ("confirmed", _("confirmed")),
    ("guess", _("a guess, to be confirmed")),
)


PROPERTY = "property_"
NO_OTHER = _("Choose what it is tied to.")


def property_fields(kind: LinkKind | None) -> dict[str, forms.Field]:
    """A field for each fact that a tie of the kind may carry."""
    rows = kind.properties if kind is not None else ()
    return {f"{PROPERTY}{row.name}": _property_field(row) for row in rows}


def _property_field(row: Property) -> forms.Field:
    label = str(row.label)  # made anew for each page, in its language
    if row.type == "number":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST)
    if row.type == "yes_no":
        words = (("", _("not said")), ("yes", _("yes")), ("no", _("no")))
        return forms.ChoiceField(label=label, required=False, choices=words)
    return forms.CharField(label=label, required=False, max_length=row.longest)


def properties_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts among what a form holds."""
    return {name.removeprefix(PROPERTY): value for name, value in data.items()
            if name.startswith(PROPERTY)}  # fmt: skip


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
        self.fields.update(property_fields(LINK_KINDS.get(way.code)))

    @property
    def facts(self) -> list[Any]:
        """The fields of what a tie of this kind carries."""
        return [self[name] for name in self.fields if name.startswith(PROPERTY)]

    def blame(self, error: BadInput) -> None:
        """Put what the domain found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            here = {"to": "other", "from": "other", "note": "why"}.get(name, name)
            here = here.replace("properties.", PROPERTY)
            self.add_error(here if here in self.fields else None, str(sentence))


def _named(choices: Choices) -> list[tuple[str, str]]:
    return [(code, f"{title} · {code}") for code, title in choices.rows]


class EndForm(forms.Form):
    """The last day on which a tie holds."""

    on = DayField(label=_("The last day it holds"))
    reason = forms.CharField(label=_("Why it ends"), max_length=400, required=False)


class ChangeForm(forms.Form):
    """What can be changed about a tie that stays."""

    why = forms.CharField(label=_("Why"), max_length=400, required=False)
    valid_from = DayField(label=_("Since"))
    valid_to = DayField(label=_("Until"))

    def __init__(self, tie: Tie, data: Any = None) -> None:
        super().__init__(data, initial=values_of(tie))
        self.fields.update(property_fields(tie.kind))

    @property
    def facts(self) -> list[Any]:
        """The fields of what the tie carries."""
        return [self[name] for name in self.fields if name.startswith(PROPERTY)]

    def values(self) -> dict[str, Any]:
        """What was written, for the verb."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("why", "valid_from", "valid_to")}
        return {**plain, "properties": properties_in(data)}

    def blame(self, error: BadInput) -> None:
        """Put what was found wrong at the fields it is about."""
        for name, sentence in error.fields.items():
            here = name.replace("properties.", PROPERTY)
            self.add_error(here if here in self.fields else None, str(sentence))


def values_of(tie: Tie) -> dict[str, Any]:
    """The tie as its form begins."""
    link = tie.link
    return {"why": link.why, "valid_from": link.valid_from, "valid_to": link.valid_to} | {
        f"{PROPERTY}{name}": value for name, value in link.properties.items()
    }
