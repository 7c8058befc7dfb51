"""One tie as a sentence of the yarn."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.answers import Sentence
from polku.kernel.links import Tie
from polku.web import formats
from polku.web.desk.objects import ObjectPage
from polku.web.desk.reviews_rows import review_url
from polku.web.desk.values import link_html, title_text


@dataclass(frozen=True)
class TieShown:
    """One sentence of the yarn; ``facts`` are what the tie carries, in words."""

    question: str
    thread: str
    words: Sentence
    other: SafeString
    other_title: str
    why: str
    since: Any = None
    until: Any = None
    archived: bool = False
    change_url: str = ""
    note: str = ""
    is_needed: bool = False
    facts: list[str] = field(default_factory=list)
    look_url: str = ""


def tie_shown(page: ObjectPage, tie: Tie, here: Any = None, *, then: bool = False) -> TieShown:
    """A link as a sentence seen from the page's thing, or from a piece of it; *then* says that it
    is read as of another day, where nothing can be changed."""
    link = tie.link
    inside = page.actor.is_internal
    can = page.may_change and not then
    url = page.page_url("tie_change", link=link.pk) if can else ""
    suspect = inside and not then and tie.thread == "suspect"
    return TieShown(
        tie.question, tie.thread if inside else _outside_thread(tie), tie.words,
        link_html(tie.other, page.actor.workspace), title_text(tie.other),
        link.why if inside else "",  # written by the team for the team
        link.valid_from, link.valid_to, tie.other.archived, url, facts=facts_of(tie),
        look_url=_look_url(page, tie, here or page.obj) if suspect else "",
    )  # fmt: skip


def _outside_thread(tie: Tie) -> str:
    """What the team has to look at is its own matter; a guess stays one."""
    return "guess" if tie.link.confidence == tie.link.Confidence.GUESS else "live"


def _look_url(page: ObjectPage, tie: Tie, here: Any) -> str:
    """Where the change is looked at: at the end that changed, at this very tie."""
    mine, theirs = ("from", "to") if tie.forward else ("to", "from")
    side = theirs if theirs in tie.link.suspect_ends else mine
    changed = tie.other if side == theirs else here
    return f"{review_url(page.actor, changed)}#tie-{tie.link.pk}-{side}"


def facts_of(tie: Tie) -> list[str]:
    """What a tie carries beside its days: ``Version: 2``."""
    found = []
    for row in tie.kind.properties:
        value = tie.link.properties.get(row.name)
        if value not in (None, ""):
            words = {"label": row.label, "value": _value(value)}
            found.append(_("%(label)s: %(value)s") % words)
    return found


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return formats.number(value) if isinstance(value, int) else str(value)
