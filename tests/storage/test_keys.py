"""Keys leave and come back only under their passphrase, and never replace others."""

from pathlib import Path

import pytest

from polku.storage.keys import KeysRefused, export_keys, import_keys
from polku.storage.locations import key

PASSPHRASE = "a boat with two masts"


def test_keys_come_back_as_they_left(tmp_path: Path) -> None:
    secret = key("secret_key", tmp_path / "one")
    file = tmp_path / "keys.json"
    assert export_keys(file, PASSPHRASE, tmp_path / "one").names == ("secret_key",)
    assert secret not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    import_keys(file, PASSPHRASE, tmp_path / "two")
    assert key("secret_key", tmp_path / "two") == secret
    assert (tmp_path / "two/keys/secret_key").stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    key("secret_key", tmp_path / "one")
    export_keys(tmp_path / "keys.json", PASSPHRASE, tmp_path / "one")
    with pytest.raises(KeysRefused, match="does not open"):
        import_keys(tmp_path / "keys.json", "another long one", tmp_path / "two")
    assert not list(tmp_path.glob("two/keys/*"))


def test_other_keys_are_never_replaced(tmp_path: Path) -> None:
    key("secret_key", tmp_path / "one")
    mine = key("secret_key", tmp_path / "two")
    export_keys(tmp_path / "keys.json", PASSPHRASE, tmp_path / "one")
    with pytest.raises(KeysRefused, match="secret_key"):
        import_keys(tmp_path / "keys.json", PASSPHRASE, tmp_path / "two")
    assert key("secret_key", tmp_path / "two") == mine


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"salt": 1, "keys": 2}', "\x00"])
def test_what_is_no_file_of_keys_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)
    with pytest.raises(KeysRefused, match="no file of keys"):
        import_keys(tmp_path / "other.json", PASSPHRASE, tmp_path / "two")


def test_a_short_passphrase_or_an_old_file_writes_nothing(tmp_path: Path) -> None:
    key("secret_key", tmp_path / "one")
    with pytest.raises(KeysRefused):
        export_keys(tmp_path / "new.json", "short", tmp_path / "one")
    (tmp_path / "old.json").write_text("mine")
    with pytest.raises(KeysRefused):
        export_keys(tmp_path / "old.json", PASSPHRASE, tmp_path / "one")
    assert (tmp_path / "old.json").read_text() == "mine"
