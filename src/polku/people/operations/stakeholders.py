"""Stakeholders: where they stand on the map, and the lines between them."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change
from polku.kernel.registry import entity
from polku.people.checks import called
from polku.people.models import Stakeholder, StakeholderTie
from polku.tenancy.models import Workspace
from polku.tenancy.translated import Translated

LONGEST_WORDS = 200

type Said = str | Mapping[str, str] | Translated


def place_stakeholder(
    who: Stakeholder, *, interest: object, influence: object, by: Actor,
    revision: int | None = None,
) -> Stakeholder:  # fmt: skip
    """Say how much they care and how much they can do, 1 to 5 or nothing for unknown; looked at
    today. Raises BadInput or NotAllowed."""
    values = {
        "interest": interest, "influence": influence, "assessed_on": today_in(by.workspace),
    }  # fmt: skip
    row = entity("stakeholder")
    placed: Stakeholder = change_object(row, who, values, by=by, revision=revision)
    return placed


def draw_line(who: Stakeholder, other: Stakeholder, words: Said, *, by: Actor) -> StakeholderTie:
    """Say how one stands to the other. Raises BadInput, Refused for a second line, NotAllowed."""
    require(may_change(by, who))
    if by.workspace.pk != who.workspace_id or other.workspace_id != by.workspace.pk:
        raise NotFound
    said = _said(words, by)
    _hold_words(said)
    if who.pk == other.pk:
        raise Refused(_("A line needs two different ends."))
    with transaction.atomic(), one_operation():
        Stakeholder.objects.select_for_update().get(pk=who.pk)
        if StakeholderTie.objects.filter(stakeholder=who, other=other).exists():
            raise Refused(_("These two have a line already. Take it away to draw another."))
        line = StakeholderTie(workspace=by.workspace, stakeholder=who, other=other, words=said)
        line.save()
        _remember(line, by, drawn=True)
    return line


def rub_out_line(line: StakeholderTie, *, by: Actor) -> None:
    """Take a line away; that it was there stays in the history of both."""
    if line.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, line.stakeholder))
    with transaction.atomic(), one_operation():
        _remember(line, by, drawn=False)
        line.delete()


def _said(words: Said, by: Actor) -> Translated:
    if isinstance(words, Translated):
        return words
    if isinstance(words, str):
        return Translated.of(words, by.lang_for_writing)
    return Translated.from_mapping(words, by.lang_for_writing)


def _hold_words(said: Translated) -> None:
    if not said:
        raise BadInput({"words": _("Say in a few words how the two stand to each other.")})
    if any(len(text) > LONGEST_WORDS for text in said.texts.values()):
        raise BadInput({"words": _("Keep it to one line: 200 characters fit.")})


def _remember(line: StakeholderTie, by: Actor, *, drawn: bool) -> None:
    name = "stakeholder.line_drawn" if drawn else "stakeholder.line_rubbed_out"
    for one in (line.stakeholder, line.other):
        words = f"{line.stakeholder.code} → {line.other.code}: {line.words}"
        record(name, by=by, obj=one, changes={"line": [None, words] if drawn else [words, None]})


def rename_stakeholders(workspace: Workspace, parties: Collection[int]) -> None:
    """After these parties got other names: names, order and search words of their stakes."""
    rows = Stakeholder.objects.filter(workspace=workspace, party__in=parties)
    renamed = list(rows.select_related("party"))
    for row in renamed:
        row.workspace = workspace
        row.name = called(row)
        row.refresh_sort_title()
    Stakeholder.objects.bulk_update(renamed, ["name", "sort_title"], batch_size=100)
    search.index(renamed)
