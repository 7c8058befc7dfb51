"""How much of a file from a stranger is taken in. Source: handbook, portfolio 7.8."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one import; sizes in bytes. ``cells`` bounds what a packed sheet takes in memory."""

    file_bytes: int = 50 * MEGABYTE
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 8_000_000
    unpacked_bytes: int = 400 * MEGABYTE
    # Below this a high ratio is harmless: an empty workbook packs better than 100 : 1.
    ratio_free_bytes: int = 20 * MEGABYTE
    ratio: int = 100
    entries: int = 2_000


LIMITS = Limits()
