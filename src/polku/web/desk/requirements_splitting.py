"""The page on which one wish becomes several."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, Refused, require
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.operations import may_split, split_wish
from polku.portfolio.operations.splitting import MOST, hold_open
from polku.web.desk.editing_controls import line_ends
from polku.web.desk.objects import ObjectPage, fetch

FIRST = 3
FIELDS = ("statement", "priority", "acceptance_criterion")


@dataclass(frozen=True)
class Part:
    """One part as the form shows it, with what is wrong with its fields."""

    number: int
    statement: str = ""
    priority: str = ""
    acceptance_criterion: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing was written about it."""
        return not (self.statement.strip() or self.acceptance_criterion.strip())

    def said(self) -> dict[str, str]:
        """What it is made of."""
        return {name: line_ends(getattr(self, name)).strip() for name in FIELDS}


def requirement_split(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Write the parts: each keeps who asked, where it comes from and what it hangs on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, REQUIREMENT, fetch(actor, REQUIREMENT, code))
    require(page.may_change)
    require(may_split(actor, page.obj))
    parts, problem, status = _fresh([], FIRST), "", 200
    revision = page.obj.revision
    if request.method == "POST":
        parts, revision = _sent(request.POST), _number(request.POST.get("revision", ""))
        if "more" in request.POST:
            return _show(request, page, _fresh(parts, len(parts) + 1), revision)
        parts = [part for part in parts if not part.is_empty]
        try:
            made = split_wish(
                page.obj, [part.said() for part in parts], by=actor, revision=revision
            )
        except BadInput as error:
            parts, problem, status = _blamed(parts, error), _loose(error), 422
        except Conflict as error:
            problem, status, revision = str(error), 409, error.revision
        except Refused as error:
            problem, status = str(error), 409
        else:
            codes = ", ".join(part.code for part in made)
            messages.success(request, _("Split into %(codes)s.") % {"codes": codes})
            return redirect(page.url)
    else:
        problem = _closed(page)
    return _show(request, page, _fresh(parts, max(len(parts), 2)), revision, problem, status)


def _show(
    request: HttpRequest, page: ObjectPage, parts: list[Part], revision: int | None,
    problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    choices = REQUIREMENT.by_name["priority"].choices(REQUIREMENT.model)
    context = {
        "page": page, "object": page.obj, "parts": parts, "revision": revision,
        "problem": problem, "can_add": len(parts) < MOST, "closed": _closed(page),
        "choices": [("", _("as now: %(word)s") % {"word": dict(choices)[page.obj.priority]}),
                    *choices],
    }  # fmt: skip
    return render(request, "requirements/requirement_split.html", context, status=status)


def _closed(page: ObjectPage) -> str:
    try:
        hold_open(page.obj)
    except Refused as error:
        return str(error)
    return ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _sent(post: QueryDict) -> list[Part]:
    lists = [post.getlist(name) for name in FIELDS]
    n = min(max(map(len, lists), default=0), MOST + 1)
    rows: list[list[str]] = [[one[place] if place < len(one) else "" for one in lists]
                             for place in range(n)]  # fmt: skip
    return [Part(number, text, priority, sign)
            for number, (text, priority, sign) in enumerate(rows, 1)]  # fmt: skip


def _fresh(parts: list[Part], n: int) -> list[Part]:
    kept = [Part(number, part.statement, part.priority, part.acceptance_criterion, part.errors)
            for number, part in enumerate(parts, 1)]  # fmt: skip
    return [*kept, *(Part(number) for number in range(len(kept) + 1, n + 1))]


def _blamed(parts: list[Part], error: BadInput) -> list[Part]:
    found: dict[int, dict[str, str]] = {}
    for name, words in error.fields.items():
        place = name.split(".")
        if len(place) > 1 and place[1].isdecimal():
            found.setdefault(int(place[1]), {})[place[-1]] = str(words)
    return [
        Part(part.number, part.statement, part.priority, part.acceptance_criterion,
             found.get(place, {}))
        for place, part in enumerate(parts)
    ]  # fmt: skip


def _loose(error: BadInput) -> str:
    """What is wrong with the whole; what is wrong with a part stands at the part."""
    whole: list[Any] = [words for name, words in error.fields.items() if "." not in name]
    return " ".join(map(str, whole)) or error.message
