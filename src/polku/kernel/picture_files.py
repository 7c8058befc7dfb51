"""Where pictures lie: beside the database, in a folder for each workspace, under names of ours."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext as _

from polku.kernel.answers import NotFound
from polku.kernel.models import Attachment
from polku.kernel.picture_reading import Drawn
from polku.storage.keeping import keep_file
from polku.storage.locations import ensure_home

FOLDER = Path("files") / "pictures"


def keep_files(workspace: int, drawn: Drawn) -> None:
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


def expected_files() -> Iterator[tuple[Path, str]]:
    """Every file that a row names, below the folder of pictures, with its SHA-256; none for the
    small ones, which can be made anew."""
    rows = Attachment.objects.values_list("workspace", "sha256").distinct()
    for workspace, sha256 in rows.order_by(F("workspace"), "sha256"):
        yield Path(str(workspace)) / f"{sha256}.webp", sha256
        yield Path(str(workspace)) / f"{sha256}.small.webp", ""
