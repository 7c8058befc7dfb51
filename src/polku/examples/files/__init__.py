"""Example files to try an import with."""

from importlib.resources import files

DANCE_SCHOOL = "palvelut-2026.csv"


def example_file(name: str = DANCE_SCHOOL) -> bytes:
    """The content of an example file. Raises FileNotFoundError for another name."""
    return files(__package__).joinpath(name).read_bytes()
