"""Keys apart from the data: written out and read back under a passphrase (DECISIONS 6).

A file of keys is one JSON object: the salt, and the keys sealed with a key that scrypt makes from
the passphrase (n 2**15, r 8, p 1) and Fernet (AES-128-CBC with HMAC-SHA256).
"""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext_lazy as _

from polku.storage.errors import StorageError
from polku.storage.locations import ensure_home, home

FORMAT = "polku-keys-1"
SHORTEST = 12


class KeysRefused(StorageError):
    """The keys can't be written or read as asked; nothing was changed."""


@dataclass(frozen=True)
class KeysReport:
    """Where the file lies, or which keys it brought; names only."""

    path: Path
    names: tuple[str, ...]


def export_keys(target: Path, passphrase: str, folder: Path | None = None) -> KeysReport:
    """Write all keys of this Polku into a new file that only the passphrase opens."""
    if len(passphrase) < SHORTEST:
        raise KeysRefused(
            _("A passphrase needs at least %(n)d characters; nothing was written.")
            % {"n": SHORTEST}
        )
    if target.exists():
        raise KeysRefused(
            _("%(path)s exists already and was not touched. Choose another name.")
            % {"path": target}
        )
    keys = {path.name: path.read_text("ascii") for path in sorted(_folder(folder).iterdir())}
    salt = os.urandom(16)
    sealed = _lock(passphrase, salt).encrypt(json.dumps(keys).encode())
    content = {"format": FORMAT, "salt": base64.b64encode(salt).decode(), "keys": sealed.decode()}
    _write_new(target, json.dumps(content))
    return KeysReport(target, tuple(keys))


def import_keys(source: Path, passphrase: str, folder: Path | None = None) -> KeysReport:
    """Put keys back where there are none of that name; equal ones are left as they are.

    A key that differs from the one here is refused: what was sealed with either would be lost.
    """
    keys = _read(source, passphrase)
    place = _folder(folder)
    different = [
        name for name, secret in keys.items()
        if (place / name).exists() and (place / name).read_text("ascii") != secret
    ]  # fmt: skip
    if different:
        raise KeysRefused(
            _("Other keys stand here already (%(names)s); none was changed. Move them away first.")
            % {"names": ", ".join(different)}
        )
    for name, secret in keys.items():
        if not (place / name).exists():
            _write_new(place / name, secret)
    return KeysReport(source, tuple(keys))


def _folder(folder: Path | None) -> Path:
    return ensure_home(folder or home()) / "keys"


def _read(source: Path, passphrase: str) -> dict[str, str]:
    try:
        content = json.loads(source.read_text("utf-8"))
        salt, sealed = base64.b64decode(content["salt"]), content["keys"].encode()
        keys: dict[str, str] = json.loads(_lock(passphrase, salt).decrypt(sealed))
    except InvalidToken as error:
        raise KeysRefused(_("The passphrase does not open this file.")) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysRefused(_("%(path)s is no file of keys.") % {"path": source}) from error
    return {name: secret for name, secret in keys.items() if Path(name).name == name}


def _lock(passphrase: str, salt: bytes) -> Fernet:
    derived = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _write_new(path: Path, content: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
