"""Showing a journey to somebody outside by a link, with the rows that one chooses (AC15).

The secret is told once, by the verb that makes the link. Whoever holds it sees the rows chosen, on
their side of the lines, and may say something about them; nothing else of the workspace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.journeys.lanes import LANES, View
from polku.journeys.models import Journey, JourneyShare, JourneyVersion
from polku.journeys.outside import shareable
from polku.kernel import magic_links
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, Sentence, require
from polku.kernel.audit import one_operation, record
from polku.kernel.models import MagicLink
from polku.kernel.policy import may_change
from polku.tenancy.translated import readable

DAYS = 30
# So many comments one link takes: room for a workshop, none for a machine
MOST_COMMENTS = 300
LABEL_FITS = 80


@dataclass(frozen=True)
class Wanted:
    """What a link shall show: ``lanes`` are keys of rows, ``version`` None for as it stands."""

    lanes: Sequence[str]
    view_as: str = "customer"
    label: str = ""
    version: int | None = None
    may_comment: bool = True
    lang: str = ""
    days: int = DAYS


@dataclass(frozen=True)
class Shared:
    """A link that was made, with its secret, which nobody can read again."""

    share: JourneyShare
    secret: str

    @property
    def address(self) -> str:
        """What one sends to the guest."""
        return magic_links.address(self.secret)


def share_journey(journey: Journey, wanted: Wanted, *, by: Actor) -> Shared:
    """Make a link to a journey. Raises BadInput, Refused for one put away, or NotAllowed."""
    _hold_own(journey, by)
    lanes = _read(journey, wanted)
    with transaction.atomic(), one_operation():
        link, secret = magic_links.make_link(
            MagicLink.Purpose.VIEW, journey, by=by, lang=wanted.lang, days=wanted.days,
            max_uses=MOST_COMMENTS,
        )  # fmt: skip
        share = JourneyShare(
            workspace=by.workspace, journey=journey, link=link, lanes=lanes,
            label=readable(wanted.label).strip(), version=wanted.version,
            view_as=wanted.view_as, may_comment=wanted.may_comment,
        )  # fmt: skip
        share.save()
        record("journey.shared", by=by, obj=journey, changes={"share": [None, _facts(share)]})
    return Shared(share, secret)


def take_back_share(share: JourneyShare, *, by: Actor) -> None:
    """The link opens nothing any more; what was said through it stays."""
    _hold_own(share.journey, by, archived_too=True)
    with transaction.atomic(), one_operation():
        link = MagicLink.objects.select_for_update().get(pk=share.link_id)
        if link.revoked_at is not None:
            raise Refused(_("This link was taken back already."))
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        changes = {"share": [_facts(share), None]}
        record("journey.unshared", by=by, obj=share.journey, changes=changes)


def _hold_own(journey: Journey, by: Actor, *, archived_too: bool = False) -> None:
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, journey))
    if journey.archived and not archived_too:
        raise Refused(_("This journey was put away. Take it out again to show it."))


def _read(journey: Journey, wanted: Wanted) -> list[str]:
    """The rows that the link shows, in their order. Raises BadInput."""
    problems: dict[str, Sentence] = {}
    if wanted.view_as not in JourneyShare.ViewAs.values:
        raise BadInput({"view_as": _("Choose on which side the guest stands.")})
    may_see = shareable(cast("View", wanted.view_as))
    lanes = [lane.key for lane in LANES if lane.key in wanted.lanes and lane.key in may_see]
    if not lanes:
        problems["lanes"] = _("Choose one row at least that they may see.")
    if len(wanted.label.strip()) > LABEL_FITS:
        problems["label"] = _("Keep it to a few words: 80 characters fit.")
    if wanted.lang and wanted.lang not in dict(settings.LANGUAGES):
        problems["lang"] = _("Choose one of the four languages.")
    if not 1 <= wanted.days <= magic_links.LONGEST_DAYS:
        problems["days"] = _("A link holds from one day to a year.")
    frozen = JourneyVersion.objects.filter(journey=journey, version=wanted.version or 0)
    if wanted.version is not None and not frozen.exists():
        problems["version"] = _("There is no agreed version of that number.")
    if problems:
        raise BadInput(problems)
    return lanes


def _facts(share: JourneyShare) -> dict[str, object]:
    return {"label": share.label, "view_as": share.view_as, "lanes": share.lanes,
            "version": share.version}  # fmt: skip
