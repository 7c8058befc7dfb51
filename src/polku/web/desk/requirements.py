"""What one does with a wish: tell whoever asked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import Refused, require
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.operations import tell_giver
from polku.portfolio.telling import givers_of, languages_of_givers, sentence_for_giver
from polku.web.desk.objects import ObjectPage, fetch


class TellForm(forms.Form):
    """What was said, kept with the history."""

    words = forms.CharField(
        label=gettext_lazy("What you told them"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def requirement_tell(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Note that the giver was told, and in which words."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, REQUIREMENT, fetch(actor, REQUIREMENT, code))
    require(page.may_change)
    wish = page.obj
    lang, *more = languages_of_givers(wish, actor)
    said = "\n\n".join(sentence_for_giver(wish, spoken) for spoken in (lang, *more))
    form = TellForm(request.POST or None, initial={"words": said})
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            tell_giver(wish, by=actor, words=form.cleaned_data["words"])
        except Refused as error:
            refused = str(error)
        else:
            words = {"name": ", ".join(party.name for party in givers_of(wish))}
            messages.success(request, _("Noted: %(name)s was told today.") % words)
            return redirect(page.url)
    context = {
        "page": page, "object": wish, "form": form, "lang": "" if more else lang,
        "refused": refused, "givers": givers_of(wish),
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "requirements/requirement_tell.html", context, status=status)
