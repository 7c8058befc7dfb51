"""Files that must be whole: under their name once all of it is on the disk, or not at all."""

import os
import secrets
from pathlib import Path

from polku.storage.backup.taking import sync_folder


def keep_file(path: Path, content: bytes) -> None:
    """Write *content* under *path*, so that neither a reader nor a power cut meets half of it.

    The folder is made when it is missing, closed to others. What stood there is replaced. Raises
    OSError, also for a full disk; then nothing of it is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
