"""One's own keys for programs: made, shown once, taken back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.kernel.tokens import find_token, make_token, revoke_token, tokens_of
from polku.people.queries import own_membership
from polku.web.desk.settings_saved import acting, saved, say_saved, take_saved

LIVES = [("30", gettext_lazy("30 days")), ("365", gettext_lazy("a year")),
         ("0", gettext_lazy("until it is taken back"))]  # fmt: skip


class TokenForm(forms.Form):
    """What a key is for and how far it reaches."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        error_messages={"required": gettext_lazy("Say what it is for, so that you know it again.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"), choices=LIVES, coerce=int, initial="365",
    )  # fmt: skip
    read_only = forms.BooleanField(
        label=gettext_lazy("May only read"), required=False, initial=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest, workspace: str) -> HttpResponse:
    """One's own keys, and a new one, whose secret stands here once."""
    actor = acting(request)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _token, secret = make_token(
            own_membership(actor), form.cleaned_data["name"], by=actor,
            days=form.cleaned_data["days"] or None, read_only=form.cleaned_data["read_only"],
        )  # fmt: skip
        form = TokenForm()
    line = take_saved(request)
    context = {
        "form": form, "secret": secret, "saved": line,
        "tokens": tokens_of(actor.membership_id or 0),
    }  # fmt: skip
    status = 422 if form.errors else 200
    response = render(request, "settings/token_list.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    say_saved(request, response, line)
    return response


@require_POST
def token_revoke(request: HttpRequest, workspace: str, number: int) -> HttpResponse:
    """The key opens nothing any more."""
    actor = acting(request)
    token = revoke_token(find_token(actor, number), by=actor)
    words = _("“%(name)s” opens nothing any more.") % {"name": token.name}
    return saved(request, words, page="token_list")
