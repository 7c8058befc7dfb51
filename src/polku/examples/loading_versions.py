"""Versions of an example: the wishes in them, and the one whose place a release takes."""

from collections.abc import Iterator
from typing import Any

from polku.examples.content_story import LinkRow
from polku.examples.content_versions import VersionRow
from polku.examples.loading_story import Story
from polku.kernel.models import Transition
from polku.portfolio.entities import VERSION

# A version whose place the next one took: the release of the next one takes this step
REPLACED = "superseded"


def ties_of_versions(row: Any) -> Iterator[LinkRow]:
    """The wishes that a version answers, tied on the day on which it was first written down."""
    if isinstance(row, VersionRow):
        for wish in row.answers:
            begin = row.moves[0]
            yield LinkRow("L02", wish, row.key, made_by=begin.by, made_on=begin.on)


def former_replaced(story: Story, row: Any, taken: Transition) -> None:
    """The former version stepped back in the same moment as this one was released."""
    if not isinstance(row, VersionRow):
        return
    rows = Transition.objects.filter(
        workspace=story.workspace, object_kind=VERSION.kind, to_state=REPLACED, pk__gt=taken.pk
    )
    story.past.steps += [(former, story.now) for former in rows]
    for other in story.example.versions:
        if other.subject == row.subject and other.key in story.made:
            story.changed(other.key)
