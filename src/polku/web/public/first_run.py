"""The first run: three things about the place, three about the one who opens it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput, Refused
from polku.people.operations import NewPerson, open_workspace
from polku.people.queries import any_workspace
from polku.tenancy.models import Membership
from polku.web.sizes import SIZES, sizes

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class FirstRunForm(forms.Form):
    """Name, language, size."""

    name = forms.CharField(
        label=_("What do people call you?"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name that people know you by.")},
    )  # fmt: skip
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    size = forms.ChoiceField(
        choices=[(code, name) for code, name, _note in SIZES],
        error_messages={"required": _("Choose how big you are.")},
    )


class FounderForm(FirstRunForm):
    """The same, and who opens it."""

    person = forms.CharField(
        label=_("Your own name"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name as others know it.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Write the address you will sign in with."),
            "invalid": _("That is not a mail address. It looks like name@place.example."),
        },
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), strip=False,
        help_text=_("Ten characters or more; a few words are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": _("Choose a password.")},
    )  # fmt: skip


def first_run(request: HttpRequest) -> HttpResponse:
    """Open the first workspace; another one only where the server lets people do so."""
    first = not any_workspace()
    if not first and not _may_open_more(request):
        raise Http404
    kind = FirstRunForm if request.user.is_authenticated else FounderForm
    form = kind(request.POST or None, initial=_beginning())
    if request.method == "POST" and form.is_valid():
        membership = _open(request, form, first)
        if membership is not None:
            return redirect("start", workspace=membership.workspace.slug)
    status = 422 if form.errors else 200
    return render(request, "public/first_run.html", _context(form, first), status=status)


def _may_open_more(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and getattr(settings, "OPEN_WORKSPACES", False))


def _beginning() -> dict[str, str]:
    return {"language": (get_language() or "en").split("-")[0], "size": "small"}


def _open(request: HttpRequest, form: forms.Form, first: bool) -> Membership | None:
    given = form.cleaned_data
    person: Any = request.user
    if not request.user.is_authenticated:
        person = NewPerson(given["person"], given["email"], given["password"], given["language"])
    try:
        membership = open_workspace(
            given["name"], language=given["language"], size=given["size"], person=person,
            only_if_first=first,
        )  # fmt: skip
    except (BadInput, Refused) as error:
        _show(form, error)
        return None
    if not request.user.is_authenticated:
        login(request, membership.user, backend=BACKEND)
    return membership


def _show(form: forms.Form, error: BadInput | Refused) -> None:
    fields = error.fields if isinstance(error, BadInput) else {None: error.message}
    for name, words in fields.items():
        form.add_error(name if name in form.fields else None, str(words))


def _context(form: forms.Form, first: bool) -> dict[str, Any]:
    return {
        "form": form, "first": first, "languages": settings.LANGUAGES,
        "language": form["language"].value(), "sizes": sizes(form["size"].value()),
    }  # fmt: skip
