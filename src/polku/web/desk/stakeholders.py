"""The map of who has a stake: how much each cares, how much each can do; for the team alone."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change, may_create, may_read_inside
from polku.kernel.queries import visible_kind
from polku.people.entities import STAKEHOLDER
from polku.people.models import Stakeholder
from polku.people.operations import draw_line, place_stakeholder, rub_out_line
from polku.people.queries import Stakes, find_line, stakes
from polku.people.queries.personas import FRESH_FOR
from polku.portfolio.entities import SERVICE
from polku.tenancy.models import PartyRole
from polku.web import readings
from polku.web.desk.addresses import list_url, object_url, page_url
from polku.web.desk.lists import views_nav
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.personas_cards import lines
from polku.web.desk.stakeholders_layout import Box, picture_of, threads_of, wrapped
from polku.web.desk.values import ENUM_SIGNS, enum_html, enum_word, link_html, title_text

LEVELS = [("", gettext_lazy("unknown")), *((str(n), str(n)) for n in range(1, 6))]
# Whom one forgets most easily; a competitor and we ourselves are not missed
LOOKED_FOR = ("customer", "user", "sponsor", "supplier", "regulator", "community", "partner")


class PlaceForm(forms.Form):
    """How much they care and how much they can do; empty is unknown and a good answer."""

    interest = forms.ChoiceField(
        label=gettext_lazy("Interest: how much they care"), choices=LEVELS, required=False
    )
    influence = forms.ChoiceField(
        label=gettext_lazy("Influence: how much they can do"), choices=LEVELS, required=False
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LineForm(forms.Form):
    """How one stands to another, in a few words."""

    other = forms.ChoiceField(label=gettext_lazy("To whom"))
    words = forms.CharField(
        label=gettext_lazy("How they stand to each other"), max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words how the two stand to each "
                                                 "other.")},
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One stakeholder as the map, the cards and the table show it."""

    who: Stakeholder
    name: str
    url: str
    role: SafeString
    attitude: SafeString
    attitude_word: str
    sign: str
    result: str
    expects: list[str]
    we_expect: list[str]
    things: list[SafeString]
    lines: list[str]
    form: PlaceForm | None
    place_url: str
    box: Box | None = None

    @property
    def name_lines(self) -> list[tuple[int, str]]:
        """The lines of the name in the picture, with how far down each stands."""
        found = wrapped(self.name)
        first = 26 if len(found) == 1 else 19
        return [(first + 15 * n, text) for n, text in enumerate(found)]


def stakeholder_map(request: HttpRequest, workspace: str) -> HttpResponse:
    """The picture, everybody as a card with both lists, and the same as a table.

    ``?service=SRV-1`` shows those with a stake in one service.
    """
    actor = _actor(request)
    require(may_read_inside(actor))
    services = list(visible_kind(actor, SERVICE).order_by("sort_title", "id"))
    asked = request.GET.get("service", "").strip().upper()
    service = next((row for row in services if row.code == asked), None)
    found = stakes(actor, in_thing=service)
    picture = picture_of(found.people)
    shown = [_shown(actor, found, who, picture.cards[who.pk]) for who in found.people]
    pairs = [(line.stakeholder_id, line.other_id) for line in found.lines]
    context = {
        "entity": STAKEHOLDER, "views": views_nav(actor, None, "stakeholder_map"),
        "picture": picture, "shown": shown, "threads": threads_of(picture, pairs),
        "lines": [_line_words(line) for line in found.lines],
        "services": [(row.code, title_text(row), row.code == asked) for row in services],
        "service": service, "gaps": _gaps(actor, found.people),
        "count": STAKEHOLDER.words.count(len(shown), actor.vocabulary),
        "unplaced": sum(who.interest is None or who.influence is None for who in found.people),
        "may_create": may_create(actor, STAKEHOLDER),
        "create_url": page_url(actor.workspace, STAKEHOLDER, "create"),
        "list_url": list_url(actor.workspace, STAKEHOLDER),
        "attitudes": _legend(),
    }  # fmt: skip
    return render(request, "stakeholders/stakeholder_map.html", context)


def _shown(actor: Actor, found: Stakes, who: Stakeholder, box: Box) -> Shown:
    who.workspace = actor.workspace
    result, sign = ENUM_SIGNS["attitude"].get(who.attitude, ("unknown", "unknown"))
    mine = [line for line in found.lines if who.pk in {line.stakeholder_id, line.other_id}]
    can = bool(may_change(actor, who))
    return Shown(
        who=who, name=title_text(who), url=object_url(actor.workspace, STAKEHOLDER, who.code),
        role=enum_html(STAKEHOLDER, STAKEHOLDER.by_name["role"], who.role),
        attitude=enum_html(STAKEHOLDER, STAKEHOLDER.by_name["attitude"], who.attitude),
        attitude_word=enum_word(STAKEHOLDER, STAKEHOLDER.by_name["attitude"], who.attitude),
        sign=sign, result=result,
        expects=lines(readings.plain_reading(who.expects_from_us)),
        we_expect=lines(readings.plain_reading(who.we_expect)),
        things=[link_html(obj, actor.workspace) for obj in found.things.get(who.pk, [])],
        lines=[_line_words(line) for line in mine],
        form=place_form(who) if can else None,
        place_url=_url("stakeholder_place", who), box=box,
    )  # fmt: skip


def place_form(who: Stakeholder, data: Any = None) -> PlaceForm:
    """The form that moves one stakeholder, with where it stands."""
    now = {"interest": who.interest or "", "influence": who.influence or "",
           "revision": who.revision}  # fmt: skip
    return PlaceForm(data, initial=now, auto_id=f"id_{who.code}_%s")


def _line_words(line: Any) -> str:
    words = {"one": title_text(line.stakeholder), "other": title_text(line.other),
             "how": readings.plain_reading(line.words)}  # fmt: skip
    return _("%(one)s → %(other)s: %(how)s") % words


def _legend() -> list[tuple[str, str, str]]:
    field = STAKEHOLDER.by_name["attitude"]
    signs = ENUM_SIGNS["attitude"]
    return [
        (*signs.get(code, ("unknown", "unknown")), label)
        for code, label in field.choices(Stakeholder)
    ]


def _gaps(actor: Actor, people: list[Stakeholder]) -> list[str]:
    """What is missing before one could rely on the map, in words."""
    gaps = []
    roles = dict(PartyRole.Role.choices)
    absent = [str(roles[role]) for role in LOOKED_FOR if role not in {who.role for who in people}]
    if absent and people:
        gaps.append(_("Nobody stands here as: %(roles)s.") % {"roles": ", ".join(absent)})
    silent = sum(not who.expects_from_us for who in people)
    if silent:
        words = ngettext("Of %(n)d nobody wrote what they expect of us.",
                         "Of %(n)d nobody wrote what they expect of us.", silent)  # fmt: skip
        gaps.append(words % {"n": silent})
    long_ago = today_in(actor.workspace) - FRESH_FOR
    old = sum(who.assessed_on is None or who.assessed_on < long_ago for who in people)
    if old:
        words = ngettext("%(n)d was not looked at for a year.",
                         "%(n)d were not looked at for a year.", old)  # fmt: skip
        gaps.append(words % {"n": old})
    return gaps


def stakeholder_place(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Move one of them on the map, or say that nobody knows where they stand."""
    page = _page(request, code)
    require(page.may_change)
    form = place_form(page.obj, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            place_stakeholder(
                page.obj, interest=given["interest"], influence=given["influence"],
                by=page.actor, revision=given["revision"],
            )  # fmt: skip
        except BadInput as error:
            _blame(form, error)
        else:
            messages.success(request, _("Moved: %(who)s.") % {"who": title_text(page.obj)})
            return redirect(f"{_map_url(page.actor)}#who-{page.obj.code}")
    context = {"page": page, "object": page.obj, "form": form, "map_url": _map_url(page.actor)}
    status = 422 if form.errors else 200
    return render(request, "stakeholders/stakeholder_place.html", context, status=status)


def stakeholder_lines(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Draw a line to another stakeholder, in words."""
    page = _page(request, code)
    require(page.may_change)
    others = visible_kind(page.actor, STAKEHOLDER).exclude(pk=page.obj.pk)
    by_code = {row.code: row for row in others.order_by("sort_title", "id")}
    form = LineForm(request.POST or None)
    other: Any = form.fields["other"]
    other.choices = [(row.code, title_text(row)) for row in by_code.values()]
    refused = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            draw_line(page.obj, by_code[given["other"]], given["words"], by=page.actor)
        except BadInput as error:
            _blame(form, error)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("The line is drawn."))
            return redirect(f"{page.url}#lines")
    context = {"page": page, "object": page.obj, "form": form, "refused": refused}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "stakeholders/stakeholder_lines.html", context, status=status)


@require_POST
def stakeholder_line_remove(
    request: HttpRequest, workspace: str, code: str, number: int
) -> HttpResponse:
    """Take a line away."""
    page = _page(request, code)
    rub_out_line(find_line(page.actor, page.obj, number), by=page.actor)
    messages.success(request, _("The line is gone; it stays in the history of both."))
    return redirect(f"{page.url}#lines")


def _blame(form: forms.Form, error: BadInput) -> None:
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def _map_url(actor: Actor) -> str:
    return reverse("stakeholder_map", kwargs={"workspace": actor.workspace.slug})


def _url(name: str, who: Stakeholder) -> str:
    return reverse(name, kwargs={"workspace": who.workspace.slug, "code": who.code})


def _page(request: HttpRequest, code: str) -> ObjectPage:
    actor = _actor(request)
    return ObjectPage(request, actor, STAKEHOLDER, fetch(actor, STAKEHOLDER, code))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
