"""What a person decides about themselves, whatever the workspace."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods

from polku.kernel.answers import BadInput
from polku.people.operations import change_person
from polku.people.queries import workspaces_of
from polku.tenancy.models import Membership
from polku.tenancy.models.accounts import INTERNAL_ROLES
from polku.tenancy.models.workspace import Vocabulary
from polku.web.navigation import url_or_none

AS_WORKSPACE = "as_workspace"


class PersonForm(forms.Form):
    """Name, language, words, keys."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200,
        error_messages={"required": gettext_lazy("Write your name as others know it.")},
    )  # fmt: skip
    lang = forms.ChoiceField(
        label=gettext_lazy("Language of the pages"), choices=settings.LANGUAGES
    )
    vocabulary = forms.ChoiceField(
        label=gettext_lazy("Words on screen"),
        choices=[(AS_WORKSPACE, gettext_lazy("As the workspace has it")), *Vocabulary.choices],
    )  # fmt: skip
    single_keys = forms.BooleanField(
        label=gettext_lazy("Single keys do things, such as / for search"), required=False
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_settings(request: HttpRequest) -> HttpResponse:
    """My name, language and words."""
    user: Any = request.user
    now = {"name": user.name, "lang": user.lang, "vocabulary": user.vocabulary or AS_WORKSPACE,
           "single_keys": user.single_keys}  # fmt: skip
    form = PersonForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(user, **_given(form))
        except BadInput as error:
            for name, words in error.fields.items():
                form.add_error(name if name in form.fields else None, str(words))
        else:
            return _saved(request, form.cleaned_data["lang"])
    places = [{"name": row.workspace, "url": url_or_none("token_list", row.workspace),
               "news_url": _news_url(row)} for row in workspaces_of(user)]  # fmt: skip
    context = {"form": form, "places": places}
    return render(
        request, "person/person_settings.html", context, status=422 if form.errors else 200
    )


def _news_url(row: Membership) -> str:
    """News is the team's own."""
    inside = row.access_role in INTERNAL_ROLES
    return url_or_none("notice_choices", row.workspace) if inside else ""


def _given(form: PersonForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    if given["vocabulary"] == AS_WORKSPACE:
        given["vocabulary"] = ""
    return given


def _saved(request: HttpRequest, lang: str) -> HttpResponse:
    with override(lang):
        messages.success(request, _("Saved."))
    response = redirect("person_settings")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, lang, max_age=60 * 60 * 24 * 365, samesite="Lax",
        httponly=True, secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response
