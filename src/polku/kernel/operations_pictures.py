"""Keeping pictures: once for each content, each time with words of what is to be seen."""

from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.codes import give_numbers
from polku.kernel.fields import BadValue, Field
from polku.kernel.models import Attachment
from polku.kernel.picture_files import keep_files
from polku.kernel.picture_reading import CONTENT_TYPE, Drawn, draw
from polku.kernel.policy import may_keep_pictures
from polku.tenancy.translated import Translated

SEQUENCE = "PIC"
WORDS = Field("words", "translated", required=True)

type Words = str | Mapping[str, str] | Translated


def keep_picture(file: IO[bytes] | Drawn, words: Words, *, by: Actor) -> Attachment:
    """Keep a picture with the words of what is to be seen, in at least one language.

    Read from a file (PNG, JPEG, WebP, GIF) and drawn anew, see :func:`draw`; hand in what that
    returned where a transaction is open already. Words alone are in the writer's language. The
    same picture with the same words by the same person is the one that is there. Raises BadInput
    under ``file`` and ``words``, NotAllowed; OSError when the disk is full, and nothing is kept.
    """
    require(may_keep_pictures(by))
    said = read_words(words, by=by)
    drawn = file if isinstance(file, Drawn) else draw(file)
    keep_files(by.workspace.pk, drawn)
    facts = {
        "sha256": drawn.sha256, "size": len(drawn.large), "content_type": CONTENT_TYPE,
        "width": drawn.width, "height": drawn.height,
    }  # fmt: skip
    return _kept(facts, said, by)


def with_words(picture: Attachment, words: Words, *, by: Actor) -> Attachment:
    """The same picture with other words: another row, the file is shared. Raises BadInput,
    NotAllowed."""
    require(may_keep_pictures(by))
    said = read_words(words, by=by, now=picture.words)
    if said == picture.words:
        return picture
    names = ("sha256", "size", "content_type", "width", "height")
    return _kept({name: getattr(picture, name) for name in names}, said, by)


def read_words(words: Any, *, by: Actor, now: Translated | None = None) -> Translated:
    """What is to be seen, from outside; languages that are not named stay as in *now*. Raises
    BadInput under ``words``."""
    try:
        found: Translated = WORDS.read(words, Attachment, now, by.lang_for_writing)
    except BadValue as error:
        empty = isinstance(words, str) and not words.strip()
        said = _("Say in a few words what is to be seen, for those who cannot see it.")
        raise BadInput({"words": said if empty or not words else str(error)}) from error
    return found


def _kept(facts: Mapping[str, Any], words: Translated, by: Actor) -> Attachment:
    same = Attachment.objects.filter(
        workspace=by.workspace, sha256=facts["sha256"], created_by_id=by.user_id
    )
    found = next((row for row in same if row.words == words), None)
    if found is not None:
        return found
    with transaction.atomic():
        (number,) = give_numbers(by.workspace, SEQUENCE, 1)
        return Attachment.objects.create(
            workspace=by.workspace, number=number, words=words, created_by_id=by.user_id, **facts
        )
