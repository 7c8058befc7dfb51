"""A journey by a link: the rows that somebody chose, and a word about each of them (AC15).

All that is shown comes out of ``document_of``, which holds nothing of other rows. Looking uses
nothing up; only the form counts a use of the link.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.journeys.curve import FEELINGS, curve_of
from polku.journeys.documents import JourneyDoc, StepDoc
from polku.journeys.lanes import Lane, Line
from polku.journeys.models import CellComment, JourneyShare
from polku.journeys.operations.comments import comment_by_link
from polku.journeys.outside import document_of, guest_lanes, lanes_of, said_by_link, share_of
from polku.kernel.answers import BadInput, NotFound, Refused
from polku.kernel.durations import duration_words
from polku.kernel.magic_links import Found
from polku.tenancy.translated import Translated
from polku.web import readings
from polku.web.errors import error_page
from polku.web.journey_curve import curve_svg
from polku.web.journey_steps import step_words
from polku.web.limits import too_many
from polku.web.pictures import picture_html

# So many words one visitor may leave in ten minutes
WORDS = 30


class GuestForm(forms.Form):
    """What a guest wants to say, about which row at which step."""

    step = forms.TypedChoiceField(label=gettext_lazy("At which step"), coerce=int)
    row = forms.ChoiceField(label=gettext_lazy("About"))
    text = forms.CharField(
        label=gettext_lazy("What you want to say"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Your name, if you like"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """One row at one step: what stands there, and what this link's guests said about it."""

    step: StepDoc
    texts: tuple[Translated, ...] = ()
    chips: tuple[Translated, ...] = ()
    pictures: tuple[SafeString, ...] = ()
    words: str = ""
    said: int = 0
    say_url: str = ""

    @property
    def empty(self) -> bool:
        """Nothing stands there, which is no fault."""
        return not (self.texts or self.chips or self.pictures or self.words)


@dataclass(frozen=True)
class Row:
    """A line of visibility, rows that are hidden, the curve, or a row with its spots."""

    kind: Literal["line", "hidden", "curve", "lane"]
    label: str
    spots: tuple[Spot, ...] = ()
    picture: SafeString = field(default_factory=SafeString)


def journey_shared(request: HttpRequest, found: Found) -> HttpResponse:
    """The journey that a link shows, and the form for a word about it."""
    try:
        share = share_of(found.link)
    except NotFound:
        raise Http404 from None
    doc = document_of(share)
    open_for_words = share.may_comment and found.standing == "open"
    form = _form(share, doc, request) if open_for_words else None
    refused = ""
    if request.method == "POST":
        if form is None:
            refused = _("This link takes no more words. Nothing was kept.")
        elif too_many(request, "words", WORDS):
            return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
        elif form.is_valid():
            refused = _say(share, form)
            if not refused and not form.errors:
                return redirect(f"{reverse('link_open')}?said=1#said")
    context = _context(share, doc, found) | {
        "form": form, "refused": refused, "thanks": "said" in request.GET and not refused,
    }  # fmt: skip
    status = 409 if refused else 422 if form and form.errors else 200
    return render(request, "guest/journey_shared.html", context, status=status)


def _say(share: JourneyShare, form: GuestForm) -> str:
    given = form.cleaned_data
    try:
        comment_by_link(
            share, given["step"], given["row"], given["text"], name=given["name"],
            lang=readings.page_language(),
        )  # fmt: skip
    except BadInput as error:
        for name, sentence in error.fields.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    except Refused as error:
        return str(error)
    return ""


def _form(share: JourneyShare, doc: JourneyDoc, request: HttpRequest) -> GuestForm:
    asked = {"step": request.GET.get("step", ""), "row": request.GET.get("row", "")}
    form = GuestForm(request.POST or None, initial=asked)
    fields: dict[str, Any] = form.fields
    fields["step"].choices = [(step.number, step_words(step)) for step in doc.steps]
    fields["row"].choices = [(lane.key, lane.name()) for lane in guest_lanes(share)]
    return form


def _context(share: JourneyShare, doc: JourneyDoc, found: Found) -> dict[str, Any]:
    said = said_by_link(share)
    rows = _rows(share, doc, said)
    steps = {step.number: step_words(step) for step in doc.steps}
    lanes = {lane.key: lane.name() for lane in lanes_of(share).shown}
    return {
        "share": share, "doc": doc, "rows": rows, "found": found, "place": share.workspace,
        "said": [(row, steps.get(row.step.number, ""), lanes[row.row]) for row in said],
        "steps": [
            (step, step_words(step), stage, [
                (row, row.spots[index] if row.spots else None) for row in rows
            ])
            for index, (stage, step) in enumerate(
                (stage, step) for stage in doc.stages for step in stage.steps
            )
        ],
    }  # fmt: skip


def _rows(share: JourneyShare, doc: JourneyDoc, said: list[CellComment]) -> list[Row]:
    """Rows from the top down; hidden ones that stand together are one row that says so."""
    lanes = lanes_of(share)
    shown = set(lanes.keys)
    found: list[Row] = []
    hidden: list[str] = []
    for lane in lanes.with_lines():
        if not isinstance(lane, Line) and lane.key not in shown:
            hidden.append(lane.name())
            continue
        found += _hidden(hidden)
        hidden = []
        found.append(Row("line", lane.name()) if isinstance(lane, Line)
                     else _row(lane, share, doc, said))  # fmt: skip
    return [*found, *_hidden(hidden)]


def _hidden(labels: list[str]) -> list[Row]:
    return [Row("hidden", " · ".join(labels))] if labels else []


def _row(lane: Lane, share: JourneyShare, doc: JourneyDoc, said: list[CellComment]) -> Row:
    counts: dict[int, int] = {}
    for row in said:
        if row.row == lane.key:
            counts[row.step.number] = counts.get(row.step.number, 0) + 1
    spots = tuple(
        _spot(lane, step, counts.get(step.number, 0), share.may_comment) for step in doc.steps
    )
    if lane.source == "curve":
        return Row("curve", lane.name(), spots, curve_svg(curve_of(doc.steps)))
    return Row("lane", lane.name(), spots)


def _spot(lane: Lane, step: StepDoc, said: int, may_say: bool) -> Spot:
    url = f"{reverse('link_open')}?step={step.number}&row={lane.key}#say" if may_say else ""
    more: dict[str, Any] = {"said": said, "say_url": url}
    pictures = tuple(picture_html(one, _address) for one in step.pictures_of(lane.key))
    match lane.source:
        case "step_text":
            text: Translated = getattr(step, lane.key)
            return Spot(step, (text,) if text else (), pictures=pictures, **more)
        case "cell":
            texts = (cell.text for cell in step.cells.get(lane.key, ()) if cell.text)
            return Spot(step, tuple(texts), pictures=pictures, **more)
        case "touchpoints":
            return Spot(step, chips=tuple(point.name for point in step.touchpoints), **more)
        case "pains":
            return Spot(step, tuple(pain.text for pain in step.pains), **more)
        case "curve":
            return Spot(step, words=_feeling(step), **more)
    return Spot(step, words=duration_words(step.expected_wait), **more)


def _address(number: int, size: str) -> str:
    """Where somebody who came by the link finds a picture of it."""
    return reverse("link_picture", kwargs={"number": number, "size": size})


def _feeling(step: StepDoc) -> str:
    parts = []
    if step.emotion_assumed is not None:
        parts.append(_("we think: %(feeling)s") % {"feeling": FEELINGS[step.emotion_assumed]})
    if step.emotion_target is not None:
        parts.append(_("it shall be: %(feeling)s") % {"feeling": FEELINGS[step.emotion_target]})
    return "; ".join(parts)
