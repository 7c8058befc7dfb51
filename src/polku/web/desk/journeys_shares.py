"""Links to a journey for people outside: which rows they show, and taking them back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.journeys.conversations import find_share, shares_of
from polku.journeys.documents import versions_of
from polku.journeys.lanes import BY_KEY, hidden_rows
from polku.journeys.models import JourneyShare
from polku.journeys.operations.sharing import DAYS, Shared, Wanted, share_journey, take_back_share
from polku.kernel.answers import BadInput, require
from polku.kernel.magic_links import standing_of
from polku.web.desk.journeys_beside import (
    all_lanes,
    beside,
    blame,
    context_for,
    opened,
)
from polku.web.desk.objects import ObjectPage

LIVES = [("7", gettext_lazy("a week")), (str(DAYS), gettext_lazy("a month")),
         ("90", gettext_lazy("three months")), ("365", gettext_lazy("a year"))]  # fmt: skip
# What a guest is shown who was not thought about: what both sides do and meet
USUAL = ("customer_action", "expectation", "touchpoint", "frontstage", "experience", "wait")


class ShareForm(forms.Form):
    """For whom, on which side they stand, and what they see."""

    label = forms.CharField(
        label=gettext_lazy("For whom?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("So that you know the link again; guests do not see it."),
    )
    view_as = forms.ChoiceField(
        label=gettext_lazy("They stand as"), choices=JourneyShare.ViewAs.choices,
        initial="customer",
        help_text=gettext_lazy("A customer is never shown what lies below our line, a partner not "
                               "our suppliers."),
    )  # fmt: skip
    lanes = forms.MultipleChoiceField(
        label=gettext_lazy("Rows they see"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one row at least that they may see.")},
    )
    version = forms.TypedChoiceField(
        label=gettext_lazy("Which version?"), required=False, coerce=int, empty_value=None
    )
    may_comment = forms.BooleanField(
        label=gettext_lazy("They may say something at each row"), required=False, initial=True
    )
    lang = forms.ChoiceField(label=gettext_lazy("Language of the link"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"), choices=LIVES, coerce=int, initial=str(DAYS)
    )


@dataclass(frozen=True)
class Row:
    """One link as the list shows it."""

    share: JourneyShare
    standing: str
    lanes: str
    said: int


@require_http_methods(["GET", "HEAD", "POST"])
def journey_shares(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The links to a journey; a new one, whose address stands here once."""
    page = opened(request, code)
    form, made = _form(page, request.POST or None), None
    if request.method == "POST":
        require(page.may_change)
        if form.is_valid():
            made = _share(page, form)
    if made:
        form = _form(page, None)
    rows = [_row(page, share) for share in shares_of(page.actor, page.obj)]
    context = context_for(
        page, "journey_shares", form=form, made=made, shown_once=made.address if made else "",
        open_rows=[row for row in rows if row.standing == "open"],
        past_rows=[row for row in rows if row.standing != "open"],
    )  # fmt: skip
    status = 422 if form.errors else 200
    response = render(request, "journeys_beside/journey_shares.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _share(page: ObjectPage, form: ShareForm) -> Shared | None:
    given = form.cleaned_data
    wanted = Wanted(
        lanes=given["lanes"], view_as=given["view_as"], label=given["label"],
        version=given["version"], may_comment=given["may_comment"], lang=given["lang"],
        days=given["days"],
    )  # fmt: skip
    try:
        return share_journey(page.obj, wanted, by=page.actor)
    except BadInput as error:
        blame(form, error)
        return None


def _form(page: ObjectPage, data: Any) -> ShareForm:
    now = {"lang": page.actor.lang, "lanes": USUAL, "view_as": "customer", "days": str(DAYS),
           "may_comment": True}  # fmt: skip
    form = ShareForm(data, initial=now)
    lanes: Any = form.fields["lanes"]
    lanes.choices = all_lanes(page.actor)
    lang: Any = form.fields["lang"]
    lang.choices = settings.LANGUAGES
    version: Any = form.fields["version"]
    version.choices = [("", _("as it stands, also when it changes")), *(
        (str(row.version), _("version %(n)d, as it was agreed") % {"n": row.version})
        for row in versions_of(page.actor, page.obj)
    )]  # fmt: skip
    return form


def _row(page: ObjectPage, share: JourneyShare) -> Row:
    beyond = hidden_rows(share.view_as)  # type: ignore[arg-type]
    lanes = [BY_KEY[key].name(page.actor.vocabulary)
             for key in share.lanes if key in BY_KEY and key not in beyond]  # fmt: skip
    standing = standing_of(share.link)
    if share.link.revoked_at:
        standing = "expired"
    elif standing == "used":  # it takes no more words, and still shows
        standing = "open" if share.link.expires_at > timezone.now() else "expired"
    return Row(share, standing, ", ".join(lanes), share.link.uses)


@require_POST
def journey_share_take_back(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """The link opens nothing any more."""
    page = opened(request, code)
    take_back_share(find_share(page.actor, page.obj, number), by=page.actor)
    messages.success(request, _("The link opens nothing any more. What was said by it stays."))
    return redirect(beside(page, "journey_shares"))
