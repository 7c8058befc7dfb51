"""Ties of a wish that others take the place of: they go on at those others."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import Refused
from polku.kernel.clock import today_in
from polku.kernel.links import end_tie, remove_tie, tie
from polku.kernel.models import Link
from polku.kernel.queries import find_many
from polku.portfolio.models import Requirement

KIND = "requirement"

type Wanted = Callable[[Link], bool]


def lasting_ties(wish: Requirement, *, by: Actor) -> list[Link]:
    """Ties of a wish that hold today or later."""
    ends = Q(from_kind=KIND, from_id=wish.pk) | Q(to_kind=KIND, to_id=wish.pk)
    days = Q(valid_to__isnull=True) | Q(valid_to__gte=today_in(by.workspace))
    rows = Link.objects.filter(
        ends, days, workspace=by.workspace, state=Link.State.LIVE, pending_run__isnull=True
    )
    return list(rows.order_by("id"))


def carry_ties(
    wish: Requirement, heirs: Sequence[Requirement], reason: str, *, by: Actor,
    wanted: Wanted = lambda _link: True,
) -> int:  # fmt: skip
    """Tie the *heirs* to what the wish is tied to, and end its own ties; how many were made.

    A tie that an heir has already is not made twice. A tie to something that takes no new ties any
    more stays at the wish, which goes on to tell of it. What is not *wanted* only ends.
    """
    links = lasting_ties(wish, by=by)
    others = find_many(by, {_other(link, wish) for link in links})
    made = 0
    for link in links:
        other = others.get(_other(link, wish))
        if other is None:
            continue
        if wanted(link):
            told = [_again(link, wish, heir, other, by) for heir in heirs]
            made += told.count(True)
            if None in told:
                continue
        _close(link, reason, by)
    return made


def drop_ties(wish: Requirement, reason: str, *, by: Actor, unless: Wanted) -> None:
    """End the ties of a wish that stays, unless they are to stay too."""
    for link in lasting_ties(wish, by=by):
        if not unless(link):
            _close(link, reason, by)


def _other(link: Link, wish: Requirement) -> tuple[str, int]:
    if (link.from_kind, link.from_id) == (KIND, wish.pk):
        return link.to_kind, link.to_id
    return link.from_kind, link.from_id


def _again(link: Link, wish: Requirement, heir: Requirement, other: Any, by: Actor) -> bool | None:
    """Make the tie at the heir: True when made, False when it stands there, None when refused."""
    forward = (link.from_kind, link.from_id) == (KIND, wish.pk)
    ends = (heir, other) if forward else (other, heir)
    if _stands(link, heir, forward):
        return False
    try:
        new = tie(
            link.kind, *ends, by=by, why=link.why, confidence=link.confidence,
            valid_from=link.valid_from, valid_to=link.valid_to, origin=link.origin,
            properties=link.properties,
        )  # fmt: skip
    except Refused:
        return None
    _keep_doubt(link, new, "to" if forward else "from")
    return True


def _stands(link: Link, heir: Requirement, forward: bool) -> bool:
    own = {"from_id" if forward else "to_id": heir.pk}
    ends = {
        "from_kind": link.from_kind, "from_id": link.from_id,
        "to_kind": link.to_kind, "to_id": link.to_id,
    }  # fmt: skip
    same = Link.objects.filter(
        workspace_id=link.workspace_id, kind=link.kind, state=Link.State.LIVE, **{**ends, **own}
    )
    if link.valid_to:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=link.valid_to))
    if link.valid_from:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=link.valid_from))
    return same.exists()


def _keep_doubt(link: Link, new: Link, far: str) -> None:
    """What changed at the far end since somebody looked still waits for a look."""
    if far not in link.suspect_ends:
        return
    new.suspect_since, new.suspect_ends = link.suspect_since, [far]
    setattr(new, f"{far}_fingerprint", getattr(link, f"{far}_fingerprint"))
    new.save(update_fields=["suspect_since", "suspect_ends", f"{far}_fingerprint"])


def _close(link: Link, reason: str, by: Actor) -> None:
    today = today_in(by.workspace)
    if link.valid_from and link.valid_from > today:
        remove_tie(link, by=by, reason=reason)
    else:
        end_tie(link, by=by, on=today, reason=reason)
