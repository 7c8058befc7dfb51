"""Whether anything moved in a journey, for an editor that asks every two seconds.

Such a question comes thirty times a minute from everybody who writes, and nearly always the answer
is no. So it is answered from one statement, by a ticket that the editor's page was given after all
rights were looked at. A ticket opens nothing: it can only be told that nothing moved, and that no
longer than :data:`TRUST` after the last question whose asker was looked at whole.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from polku.journeys.models import Journey, JourneyPlace
from polku.journeys.queries import HERE, Here
from polku.kernel.actor import Actor

SALT = "journey-poll"
TRUST = dt.timedelta(seconds=10)
LASTS = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Asked:
    """A question: the ticket, the session it came in, the answer known already, the asker's place
    (inner number of the step, row)."""

    ticket: str
    session: str
    tag: str
    step: int | None
    row: str


def ticket_for(actor: Actor, journey: Journey, session: str) -> str:
    """What the editor's page asks with; good in this session alone."""
    return signing.dumps([journey.pk, actor.user_id, _print(session)], salt=SALT, compress=False)


def tag_of(edits: int, others: Iterable[tuple[int, int | None, str]]) -> str:
    """Changes when somebody edits, comes, moves or goes."""
    places = ".".join(f"{user}-{step or 0}-{row}" for user, step, row in others)
    return f'"{edits}.{places}"'


def tag_now(journey: Journey, people: Iterable[Here]) -> str:
    """The tag of what stands now."""
    return tag_of(journey.edits, ((one.user_id, one.step, one.row) for one in people))


def stands_still(asked: Asked) -> bool:
    """Whether nothing moved since the answer that the asker knows. One statement.

    False where it cannot be said so cheaply: for a bad ticket, or an asker who moved or was not
    looked at whole for ten seconds.
    """
    try:
        journey, user, session = signing.loads(asked.ticket, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return False
    if session != _print(asked.session):
        return False
    now = timezone.now()
    rows = JourneyPlace.objects.filter(journey_id=journey, seen_at__gte=now - HERE)
    found = list(
        rows.order_by("user_id").values_list("user_id", "step", "row", "seen_at", "journey__edits")
    )
    own = next((row for row in found if row[0] == user), None)
    if own is None or own[3] < now - TRUST or own[1:3] != (asked.step, asked.row[:20]):
        return False
    others = [(one, step, row) for one, step, row, _seen, _edits in found if one != user]
    return tag_of(own[4], others) == asked.tag


def _print(session: str) -> str:
    return salted_hmac(SALT, session, algorithm="sha256").hexdigest()[:16]
