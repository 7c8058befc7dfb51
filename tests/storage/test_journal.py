"""The gate of the WAL-reset race, at each of its edges."""

import pytest

from polku.storage.sqlite.journal import has_wal_race, journal_mode


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "delete"),  # had no WAL yet
        ((3, 7, 0), "delete"),
        ((3, 40, 1), "delete"),  # Debian 12
        ((3, 43, 9), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 44, 9), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 46, 1), "delete"),
        ((3, 49, 7), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 53, 4), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_journal_mode(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode(version) == mode
    assert not (has_wal_race(version) and mode == "wal")
