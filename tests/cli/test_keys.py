"""Keys carried into a new folder from the shell."""

import os
import subprocess
import sys
from pathlib import Path

from polku.storage.keys import export_keys
from polku.storage.locations import key

PASSPHRASE = "a boat with two masts"


def polku(home: Path, *words: str) -> str:
    """What the command says; it must end well."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("POLKU_")}
    added = {"POLKU_HOME": str(home), "POLKU_KEYS_PASSPHRASE": PASSPHRASE, "LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "polku.cli.main", *words],
        env={**known, **added}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_keys_come_into_a_new_folder(tmp_path: Path) -> None:
    """The command's own start makes no key that would stand in the way."""
    secret = key("secret_key", tmp_path / "one")
    export_keys(tmp_path / "keys.json", PASSPHRASE, tmp_path / "one")
    said = polku(tmp_path / "two", "keys", "import", str(tmp_path / "keys.json"))
    assert "1 keys stand in place: secret_key" in said
    assert key("secret_key", tmp_path / "two") == secret
