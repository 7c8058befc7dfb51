"""The door for pictures: kept once, described in words, shown to whoever sees what they hang on."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.codes import give_numbers
from polku.kernel.events import ask
from polku.kernel.fields import BadValue, Field
from polku.kernel.models import Attachment
from polku.kernel.picture_reading import CONTENT_TYPE, Drawn, draw
from polku.kernel.policy import may_keep_pictures
from polku.storage.keeping import keep_file
from polku.storage.locations import ensure_home
from polku.tenancy.translated import Translated

FOLDER = Path("files") / "pictures"
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
    _keep_files(by.workspace.pk, drawn)
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


def _keep_files(workspace: int, drawn: Drawn) -> None:
    """Both sizes stand on the disk before a row names them."""
    large, small = path_of(workspace, drawn.sha256), path_of(workspace, drawn.sha256, small=True)
    if not small.is_file():
        keep_file(small, drawn.small)
    if not is_whole(large, drawn.sha256):
        keep_file(large, drawn.large)


def path_of(workspace: int, sha256: str, *, small: bool = False) -> Path:
    """Where a picture lies: under names of ours."""
    name = f"{sha256}.small.webp" if small else f"{sha256}.webp"
    return ensure_home() / FOLDER / str(workspace) / name


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the large file is there and says what it said when it was kept."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def content_of(picture: Attachment, *, small: bool = False) -> bytes:
    """The file. Raises NotFound when it is gone; `polku check` tells of that."""
    try:
        return path_of(picture.workspace_id, picture.sha256, small=small).read_bytes()
    except FileNotFoundError:
        raise NotFound(_("The file of this picture is not there any more.")) from None


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


def expected_files() -> Iterator[tuple[Path, str]]:
    """Every file that a row names, below the folder of pictures, with its SHA-256; none for the
    small ones, which can be made anew."""
    rows = Attachment.objects.values_list("workspace", "sha256").distinct()
    for workspace, sha256 in rows.order_by(F("workspace"), "sha256"):
        yield Path(str(workspace)) / f"{sha256}.webp", sha256
        yield Path(str(workspace)) / f"{sha256}.small.webp", ""
