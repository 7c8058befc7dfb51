"""Coming in by an invitation: a new account, or one's own."""

from typing import Any

from django import forms
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import BadInput, Refused
from polku.kernel.magic_links import Found
from polku.people.operations import accept_invitation
from polku.people.operations.invitations import must_choose_password, stays_out
from polku.tenancy.models import Membership, UserAccount

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class ArrivalForm(forms.Form):
    """Who comes in for the first time."""

    name = forms.CharField(
        label=_("Your name"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name as others know it.")},
    )  # fmt: skip
    password = forms.CharField(
        label=_("Choose a password"), strip=False,
        help_text=_("Ten characters or more; a few words are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        error_messages={"required": _("Choose a password.")},
    )  # fmt: skip


def invitation_open(request: HttpRequest, found: Found) -> HttpResponse:
    """The page of an invitation; its form lets somebody in."""
    membership = found.link.membership
    if membership is None or membership.state == Membership.State.ENDED:
        raise Http404
    if found.standing == "used":
        return render(request, "guest/invitation_receipt.html", _context(found))
    account = membership.user
    if stays_out(account):
        raise Http404
    if must_choose_password(account):
        return _arrive(request, found, account)
    return _join(request, found, account)


def _arrive(request: HttpRequest, found: Found, account: UserAccount) -> HttpResponse:
    form = ArrivalForm(request.POST or None, initial={"name": account.name})
    if request.method == "POST" and form.is_valid():
        try:
            membership = accept_invitation(found.link, **form.cleaned_data)
        except BadInput as error:
            for name, words in error.fields.items():
                form.add_error(name if name in form.fields else None, str(words))
        except Refused:
            return _used_meanwhile(request, found)
        else:
            login(request, membership.user, backend=BACKEND)
            return redirect("door")
    context = {**_context(found), "form": form, "email": account.email}
    status = 422 if form.errors else 200
    return render(request, "guest/invitation_open.html", context, status=status)


def _join(request: HttpRequest, found: Found, account: UserAccount) -> HttpResponse:
    signed_in = request.user.is_authenticated
    own = signed_in and request.user.pk == account.pk
    if request.method == "POST" and own:
        try:
            accept_invitation(found.link, user=account)
        except Refused:
            return _used_meanwhile(request, found)
        return redirect("door")
    context = _context(found) | {
        "own": own, "somebody_else": signed_in and not own,
        "sign_in_url": f"{reverse('account_login')}?next={reverse('link_open')}",
    }  # fmt: skip
    return render(request, "guest/invitation_join.html", context)


def _used_meanwhile(request: HttpRequest, found: Found) -> HttpResponse:
    return render(request, "guest/invitation_receipt.html", _context(found), status=409)


def _context(found: Found) -> dict[str, Any]:
    return {
        "found": found, "place": found.link.workspace, "inviter": found.link.made_by,
        "may": found.link.membership.get_access_role_display() if found.link.membership else "",
    }  # fmt: skip
