"""Which journal a SQLite may use.

SQLite 3.7.0 to 3.51.2 can lose a commit when two connections write and reset the WAL at the same
moment; 3.51.3 fixed it, and so did 3.50.7 and 3.44.6 on their branches.
Source: https://sqlite.org/wal.html, "The WAL-reset bug".
"""

Version = tuple[int, int, int]

FIRST_AFFECTED: Version = (3, 7, 0)
LAST_AFFECTED: Version = (3, 51, 2)
FIXED_ON_BRANCH = {(3, 44): 6, (3, 50): 7}


def has_wal_race(version: Version) -> bool:
    """True when this SQLite may lose an acknowledged commit in WAL mode."""
    if not FIRST_AFFECTED <= version <= LAST_AFFECTED:
        return False
    fixed = FIXED_ON_BRANCH.get(version[:2])
    return fixed is None or version[2] < fixed


def journal_mode(version: Version) -> str:
    """`wal` where it is safe, else `delete`; before 3.7.0 there was no WAL."""
    return "delete" if version < FIRST_AFFECTED or has_wal_race(version) else "wal"
