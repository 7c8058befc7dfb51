"""The form for what something costs: one price a line, the whole list saved at once."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotAllowed
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import Price
from polku.portfolio.operations import set_prices
from polku.web.desk.editing_controls import LANGUAGE_NAMES, line_ends
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import title_text
from polku.web.prices import major

NEW_LINES = 2
PERIODS = (
    ("", gettext_lazy("once")), ("PT1H", gettext_lazy("an hour")), ("P1D", gettext_lazy("a day")),
    ("P1W", gettext_lazy("a week")), ("P1M", gettext_lazy("a month")),
    ("P3M", gettext_lazy("a quarter")), ("P1Y", gettext_lazy("a year")),
)  # fmt: skip
FIELDS = ("kind", "amount", "currency", "period", "channel", "valid_from", "valid_to")

AMOUNT = re.compile(r"\d{1,12}(\.\d{1,4})?")


@dataclass(frozen=True)
class Line:
    """One price as the form shows it; *theirs* is what another writer saved meanwhile."""

    place: int
    number: str
    values: dict[str, str]
    texts: list[tuple[str, str, str]]
    theirs: str = ""

    @property
    def periods(self) -> list[tuple[str, Any]]:
        """The usual ones, and the one it has."""
        known = dict(PERIODS)
        own = self.values["period"]
        return [*PERIODS, *([] if own in known else [(own, own)])]

    @property
    def is_empty(self) -> bool:
        """Nothing was written: a line to fill in, or one to take away."""
        words = any(text for _lang, _language, text in self.texts)
        said = any(self.values[name] for name in ("amount", "channel", "valid_from", "valid_to"))
        return not words and not said and self.values["kind"] != Price.Kind.FREE


def offering_prices(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Write the whole list anew; a line whose amount and words are emptied goes away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, OFFERING, fetch(actor, OFFERING, code))
    if not page.may_change:
        raise NotAllowed(page.may_change.reason)
    lines, problem, status, revision = _stored(page), "", 200, page.obj.revision
    if request.method == "POST":
        stored, lines = lines, _sent(page, request.POST)
        revision = _whole(request.POST.get("revision", "")) or revision
        try:
            rows = [_given(line) for line in lines if not line.is_empty]
            set_prices(page.obj, rows, by=actor, revision=revision)
        except BadInput as error:
            problem, status = _told(error), 422
        except Conflict as error:
            lines, revision, status = _both(lines, stored), error.revision, 409
            problem = _(
                "Somebody changed this list while you were writing. Nothing was saved and nothing "
                "is lost: look at both below, and save what shall stand."
            )
        else:
            messages.success(request, _("Saved: what it costs"))
            return redirect(page.url)
    context = {
        "page": page, "object": page.obj, "title": title_text(page.obj), "problem": problem,
        "lines": [*lines, *_fresh(page, len(lines))], "kinds": Price.Kind.choices,
        "revision": revision,
    }  # fmt: skip
    return render(request, "services/offering_prices.html", context, status=status)


def _told(error: BadInput) -> str:
    """The sentences, each with its line."""
    told = []
    for name, words in error.fields.items():
        place = name.split(".")[1] if name.count(".") >= 2 else ""
        told.append(_("Line %(n)s: %(words)s") % {"n": place, "words": words} if place
                    else str(words))  # fmt: skip
    return " ".join(told)


def _languages(page: ObjectPage) -> list[str]:
    written = [lang for row in page.obj.prices.all() for lang in row.condition]
    return list(dict.fromkeys([*page.actor.workspace.languages, *written]))


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _stored(page: ObjectPage) -> list[Line]:
    return [_of(place, row, _languages(page)) for place, row in enumerate(page.obj.prices.all(), 1)]


def _of(place: int, row: Price, languages: list[str]) -> Line:
    values = {
        "kind": row.kind, "currency": row.currency, "period": row.period, "channel": row.channel,
        "amount": "" if row.amount is None else major(row.amount, row.currency),
        "valid_from": row.valid_from.isoformat() if row.valid_from else "",
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
    }  # fmt: skip
    return Line(place, str(row.number), values, _texts(languages, row.condition.text))


def _texts(languages: list[str], text_in: Any) -> list[tuple[str, str, str]]:
    return [(lang, LANGUAGE_NAMES.get(lang, lang), text_in(lang)) for lang in languages]


def _fresh(page: ObjectPage, n: int) -> list[Line]:
    known = page.obj.prices.exclude(currency="").values_list("currency", flat=True).first()
    values = dict.fromkeys(FIELDS, "") | {"kind": "one_off", "currency": known or "EUR"}
    empty = _texts(_languages(page), lambda _lang: "")
    return [Line(n + more, "", values, empty) for more in range(1, NEW_LINES + 1)]


def _sent(page: ObjectPage, post: Any) -> list[Line]:
    columns = {name: post.getlist(name) for name in (*FIELDS, "number")}
    languages = _languages(page)
    texts = {lang: post.getlist(f"condition-{lang}") for lang in languages}

    def at(values: list[str], place: int) -> str:
        return line_ends("".join(values[place : place + 1])).strip()

    return [
        Line(
            place + 1, at(columns["number"], place),
            {name: at(columns[name], place) for name in FIELDS},
            _texts(languages, lambda lang, place=place: at(texts[lang], place)),
        )
        for place in range(min(len(columns["kind"]), 100))
    ]  # fmt: skip


def _given(line: Line) -> dict[str, Any]:
    """A new line without the languages left empty; a known one with them, to take them away."""
    number = _whole(line.number)
    texts = {lang: text for lang, _language, text in line.texts if text or number}
    amount = minor(line.values["amount"], line.values["currency"], line.place)
    return {**line.values, "amount": amount, "number": number, "condition": texts}


def minor(text: str, currency: str, place: int) -> int | None:
    """``12,50`` of a currency as minor units; BadInput for what is no amount of it."""
    plain = text.replace("\xa0", "").replace(" ", "").replace(",", ".")
    if not plain:
        return None
    field = f"prices.{place}.amount"
    if not AMOUNT.fullmatch(plain):
        raise BadInput({field: _("Write the amount in digits: 12 or 12.50.")})
    value = Decimal(plain).scaleb(get_currency_precision(currency.strip().upper() or "EUR"))
    if value != value.to_integral_value():
        raise BadInput({field: _("Write the amount in digits: 12 or 12.50.")})
    if value > 2_147_483_647:
        raise BadInput({field: _("That number does not fit here.")})
    return int(value)


def _both(sent: list[Line], stored: list[Line]) -> list[Line]:
    """My lines with what the other made of each, then the other's new ones."""
    now = {line.number: line for line in stored}
    mine = [
        replace(line, theirs=_words(now[line.number]))
        if line.number in now and _words(now[line.number]) != _words(line) else line
        for line in sent if not line.is_empty
    ]  # fmt: skip
    known = {line.number for line in sent}
    more = [line for line in stored if line.number not in known]
    return [replace(line, place=place) for place, line in enumerate(mine + more, 1)]


def _words(line: Line) -> str:
    parts = [line.values["amount"], line.values["currency"], *(text for _a, _b, text in line.texts)]
    return " · ".join(part for part in parts if part)
