"""Impact: what hangs on a thing, with the path to each."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polku.api.answers import who
from polku.api.lists import asked, hold_empty, number_in, past_of
from polku.insight.impact import FARTHEST, impact, question_for, start_of, tell
from polku.insight.impact.plain import plain_row, summary
from polku.kernel.answers import BadInput
from polku.kernel.audit import kind_of
from polku.kernel.registry import has_entity


def ask_impact(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """What hangs on a thing, with the path to each.

    I1: it stops. I2: it is retired. I5: wishes of a goal. I6: what a customer uses and waits for.
    """
    actor = who(request)
    page, query = asked(request)
    when = past_of(query)
    far = number_in(query.pop("far", ""), "far", FARTHEST, 1, FARTHEST)
    kind = query.pop("of_kind", "")
    hold_empty(query)
    obj = start_of(actor, code)
    if kind and not has_entity(kind):
        raise BadInput({"of_kind": _("There is no such kind of thing.")})
    found = impact(
        actor, obj, question_for(kind_of(obj), question).code,
        as_of=when.day if when else None, far=far,
    )  # fmt: skip
    shown = found.of_kinds([kind] if kind else [])
    rows = [*shown.hits, *shown.perhaps]
    told = tell(actor, found, rows[page.offset : page.end])
    return page.answer(
        [plain_row(actor, found, row) for row in told], len(rows), **summary(actor, found)
    )
