"""Typical customers: as cards, side by side, on paper; and evidence under one of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.policy import may_create
from polku.people.entities import INSIGHT, PERSONA, STAKEHOLDER
from polku.people.models import Insight
from polku.people.operations import add_evidence
from polku.people.queries import chosen_personas, personas
from polku.web.desk.addresses import list_url, page_url
from polku.web.desk.lists import views_nav
from polku.web.desk.moves_forms import DayField
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.personas_cards import LISTS, card_of
from polku.web.desk.values import title_text

MOST_BESIDE = 4


class EvidenceForm(forms.Form):
    """One thing we learnt: how, from how many, when, and where it is kept."""

    statement = forms.CharField(
        label=gettext_lazy("What we learnt"), max_length=600,
        error_messages={"required": gettext_lazy("Write what you learnt, in a sentence.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=gettext_lazy("How we know"), choices=Insight.Method.choices, required=False
    )
    n = forms.IntegerField(
        label=gettext_lazy("From how many people"), required=False, min_value=0,
        max_value=10_000_000,
    )  # fmt: skip
    learnt_on = DayField(label=gettext_lazy("Learnt on"))
    source = forms.CharField(
        label=gettext_lazy("From whom, without names"), max_length=120, required=False
    )
    kept_at = forms.CharField(
        label=gettext_lazy("Where it is kept"), max_length=400, required=False
    )


def persona_cards(request: HttpRequest, workspace: str) -> HttpResponse:
    """All typical customers, a card each; choose some to see them side by side."""
    actor = _actor(request)
    found = [card_of(actor, persona) for persona in personas(actor)]
    context = {
        "entity": PERSONA, "cards": found, "views": views_nav(actor, None, "persona_cards"),
        "may_create": may_create(actor, PERSONA),
        "list_url": list_url(actor.workspace, PERSONA),
        "create_url": page_url(actor.workspace, PERSONA, "create"),
        "count": PERSONA.words.count(len(found), actor.vocabulary),
        "old": sum(card.is_old for card in found),
        "guesses": sum(not card.persona.evidence_count for card in found),
    }  # fmt: skip
    return render(request, "personas/persona_cards.html", context)


def persona_compare(request: HttpRequest, workspace: str) -> HttpResponse:
    """``?who=PER-1&who=PER-2``: two to four typical customers side by side, line by line."""
    actor = _actor(request)
    everybody = personas(actor)
    chosen = chosen_personas(actor, request.GET.getlist("who"), MOST_BESIDE)
    found = [card_of(actor, persona) for persona in chosen]
    codes = {persona.code for persona in chosen}
    context = {
        "entity": PERSONA, "cards": found,
        "rows": [[card.listed(name) for card in found] for name in LISTS] if found else [],
        "everybody": [(row.code, title_text(row), row.code in codes) for row in everybody],
        "too_many": len(set(request.GET.getlist("who"))) > MOST_BESIDE,
        "most": MOST_BESIDE,
    }  # fmt: skip
    return render(request, "personas/persona_compare.html", context)


def persona_print(request: HttpRequest, workspace: str) -> HttpResponse:
    """Cards of A5 for the wall: all of them, or ``?who=PER-1``."""
    actor = _actor(request)
    codes = request.GET.getlist("who")
    rows = chosen_personas(actor, codes, most=50) if codes else personas(actor)
    context = {"entity": PERSONA, "cards": [card_of(actor, row) for row in rows]}
    return render(request, "personas/persona_print.html", context)


def persona_evidence_add(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One more thing we learnt that this typical customer rests on."""
    return evidence_page(request, ObjectPage(
        request, _actor(request), PERSONA, fetch(_actor(request), PERSONA, code)
    ))  # fmt: skip


def stakeholder_evidence_add(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """One more thing we learnt about somebody with a stake."""
    return evidence_page(request, ObjectPage(
        request, _actor(request), STAKEHOLDER, fetch(_actor(request), STAKEHOLDER, code)
    ))  # fmt: skip


def evidence_page(request: HttpRequest, page: ObjectPage) -> HttpResponse:
    """Ask for a piece of evidence and tie it in one go."""
    require(page.may_change)
    require(may_create(page.actor, INSIGHT))
    form = EvidenceForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = add_evidence(page.obj, _given(form), by=page.actor)
        except BadInput as error:
            for name, sentence in error.fields.items():
                form.add_error(name if name in form.fields else None, str(sentence))
        except Refused as error:
            refused = str(error)
        else:
            words = _("Written down as %(code)s, and tied.") % {"code": made.code}
            messages.success(request, words)
            return redirect(f"{page.url}#evidence")
    status = 409 if refused else 422 if form.errors else 200
    context = {"page": page, "object": page.obj, "form": form, "refused": refused}
    return render(request, "personas/persona_evidence_add.html", context, status=status)


def _given(form: EvidenceForm) -> dict[str, Any]:
    kept = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    return {**kept, "statement": form.cleaned_data["statement"]}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
