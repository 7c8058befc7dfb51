"""One wish becomes several: each part keeps who asked, where it comes from and what it hangs on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Answer, BadInput, Conflict, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import change_object, create_objects
from polku.kernel.folding import fold
from polku.kernel.policy import may_change, may_create
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.models import Requirement
from polku.portfolio.operations.carrying import carry_ties
from polku.portfolio.wish_groups import OPEN_STATES
from polku.tenancy.translated import Translated

FEWEST, MOST = 2, 20
OWN = frozenset({"statement", "priority", "acceptance_criterion"})
# What every part has from the whole; the columns of a file of one's own stay with the whole
KEPT = (
    "type", "origin_kind", "raised_by_party", "raised_on", "for_segment", "priority",
    "owner_party", "audience", "relationship", "review_due", "tags",
)  # fmt: skip


class Stale(Conflict):
    """A wish changed since it was read; ``fields`` tells both revisions by its code."""

    def __init__(self, code: str, read: int, now: int) -> None:
        super().__init__({code: {"base": read, "theirs": now, "mine": read}}, now)
        words = _(
            "%(code)s was changed since you opened it. Nothing was saved. What you wrote is still "
            "here: look at the wish as it is now, then send this again."
        )
        self._message = words % {"code": code}


def may_split(actor: Actor, wish: Requirement) -> Answer:
    """Whoever may change the wish and add others."""
    answer = may_change(actor, wish)
    return may_create(actor, REQUIREMENT) if answer else answer


def hold_open(wish: Requirement) -> None:
    """Only a wish that still waits is split or merged. Raises Refused."""
    words = {"code": wish.code}
    if wish.archived:
        raise Refused(_("%(code)s was put away, so nothing was changed. Take it out again first.")
                      % words)  # fmt: skip
    if wish.state not in OPEN_STATES:
        raise Refused(_("%(code)s is closed, so nothing was changed. Only a wish that still waits "
                        "is split or merged: open it again first.") % words)  # fmt: skip


def hold_wish(wish: Requirement, revision: int | None) -> Requirement:
    """The wish as it stands now, held until the transaction ends. Raises Stale."""
    rows = Requirement.objects.select_related(*REQUIREMENT.refs).select_for_update(of=("self",))
    now = rows.get(pk=wish.pk, workspace_id=wish.workspace_id)
    if revision is not None and revision != now.revision:
        raise Stale(now.code, revision, now.revision)
    return now


def split_wish(
    wish: Requirement, parts: Sequence[Mapping[str, Any]], *, by: Actor,
    revision: int | None = None,
) -> list[Requirement]:  # fmt: skip
    """Make parts of a wish that still waits: ``[{"statement": ..., "priority": "must"}, ...]``.

    Each part keeps givers, origin, owner, sharing, state and ties of the whole; a priority of its
    own takes the place of the whole's. The whole ends with the reason, and says where it goes on.
    All or nothing. Raises BadInput, Refused for a closed one, Stale, NotAllowed.
    """
    require(may_split(by, wish))
    given = _read(parts)
    with transaction.atomic(), one_operation():
        whole = hold_wish(wish, revision)
        hold_open(whole)
        made = _make(whole, given, by)
        names = ", ".join(part.code for part in made)
        reason = _("Split into %(codes)s.") % {"codes": names}
        for part in made:
            change_object(REQUIREMENT, part, {"part_of": whole}, by=by, by_verb=True)
            if part.state != whole.state:
                words = _("As %(code)s, of which it is a part.") % {"code": whole.code}
                move(part, Step(whole.state, reason=words), by=by)
        carry_ties(whole, made, reason, by=by)
        end_as(whole, "parts", reason, by=by)
        record("requirement.split", by=by, obj=whole, note=reason,
               changes={"parts": [None, [part.code for part in made]]})  # fmt: skip
    return list(Requirement.objects.filter(pk__in=[part.pk for part in made]).order_by("pk"))


def end_as(wish: Requirement, goes_on: str, reason: str, *, by: Actor, **more: Any) -> None:
    """Close a wish that goes on in others; its own giver is told that, and not a no."""
    move(wish, Step(Requirement.State.WILL_NOT_DO, reason=reason), by=by)
    change_object(REQUIREMENT, wish, {"goes_on": goes_on, **more}, by=by, by_verb=True, note=reason)


def _read(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts as values to make them of. Raises BadInput."""
    if not FEWEST <= len(parts) <= MOST:
        words = _("A wish is split into %(least)d to %(most)d parts. Nothing was changed.")
        raise BadInput({"parts": words % {"least": FEWEST, "most": MOST}})
    problems: dict[str, Any] = {}
    seen: set[str] = set()
    for place, part in enumerate(parts):
        text = _text(part.get("statement"))
        for name in sorted(set(part) - OWN):
            problems[f"parts.{place}.{name}"] = _("There is no such field to write here.")
        if not text:
            problems[f"parts.{place}.statement"] = _("Write what this part asks for.")
        elif fold(text) in seen:
            problems[f"parts.{place}.statement"] = _("Another part says the same. Change one.")
        seen.add(fold(text))
    if problems:
        raise BadInput(problems)
    return [{name: value for name, value in part.items() if value} for part in parts]


def _text(raw: Any) -> str:
    if isinstance(raw, Translated):
        return raw.source_text.strip()
    if isinstance(raw, Mapping):
        return " ".join(str(text).strip() for text in raw.values()).strip()
    return str(raw or "").strip()


def _make(whole: Requirement, given: list[dict[str, Any]], by: Actor) -> list[Requirement]:
    kept = {name: getattr(whole, name) for name in KEPT}
    kept["also_asked_by"] = list(whole.also_asked_by.all())
    try:
        made: list[Requirement] = create_objects(
            REQUIREMENT, [{**kept, **values} for values in given], by=by
        )
    except BadInput as error:
        fields = {f"parts.{name}": words for name, words in error.fields.items()}
        raise BadInput(fields) from error
    return made
