"""The door for pictures: kept once, described in words, shown to whoever sees what they hang on."""

from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.events import ask
from polku.kernel.models import Attachment
from polku.kernel.operations_pictures import Words, keep_picture, with_words
from polku.kernel.picture_files import content_of, expected_files, path_of
from polku.kernel.picture_reading import Drawn, draw

__all__ = [
    "Drawn", "Words", "content_of", "draw", "expected_files", "keep_picture", "may_see",
    "own_picture", "path_of", "picture_or_404", "with_words",
]  # fmt: skip


def picture_or_404(actor: Actor, number: Any) -> Attachment:
    """The picture of this number, if the actor may see it; NotFound alike for missing and hidden.

    The team sees all pictures of its workspace. Everybody else sees one while they see something
    that it hangs on: rooms above answer ``picture_shown``.
    """
    found = own_picture(actor, number)
    if found is None or not may_see(actor, found):
        raise NotFound
    return found


def own_picture(actor: Actor, number: Any) -> Attachment | None:
    """The picture of this number in the actor's workspace, whoever may see it."""
    text = str(number)
    if isinstance(number, bool) or not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return Attachment.objects.filter(workspace=actor.workspace, number=int(text)).first()


def may_see(actor: Actor, picture: Attachment) -> bool:
    """Whether the actor sees something that the picture hangs on."""
    if picture.workspace_id != actor.workspace.pk:
        return False
    return actor.is_internal or any(ask("picture_shown", actor=actor, picture=picture))
