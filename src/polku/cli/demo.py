"""``polku demo``: two example workspaces, on this machine only."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polku.cli import booting, serving

if TYPE_CHECKING:
    from polku.examples.loading import Person

HERE = "127.0.0.1"
EASILY_TAKEN_FOR_ANOTHER = frozenset("0O1lI")


def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    only_make: Annotated[
        bool, typer.Option("--only-make", help="Make the examples and stop.")
    ] = False,
) -> None:
    """Make what is missing of the example workspaces, print who can sign in, and start."""
    os.environ.setdefault("POLKU_HOME", str(Path.cwd() / ".polku"))
    os.environ.setdefault("POLKU_BASE_URL", f"http://{HERE}:{port}")
    if not only_make:
        serving.hold_port(HERE, port)
    booting.start()
    booting.bring_up_to_date()
    from polku.examples.loading import load_examples
    from polku.storage.locations import key

    password = easy_to_type(key("demo_password"))
    with booting.nobody_waits():
        people = load_examples(password=password)
    booting.say(f"\nPolku is at http://{HERE}:{port} – for this machine only.")
    booting.say(f"Password of all of them: {password}\n")
    for line in lines_of(people):
        booting.say(f"  {line}")
    booting.say("\nCtrl+C stops it. What you change is kept in " + os.environ["POLKU_HOME"])
    if not only_make:
        serving.serve(host=HERE, port=port, workers=1, threads=4)


def easy_to_type(secret: str) -> str:
    """Four groups of four letters and numbers from a secret, none easily taken for another."""
    clear = [c for c in secret if c.isascii() and c.isalnum() and c not in EASILY_TAKEN_FOR_ANOTHER]
    return "-".join("".join(clear[start : start + 4]) for start in range(0, 16, 4))


def lines_of(people: "Iterable[Person]") -> list[str]:
    """One line a person, with what they may do in each place."""
    parts: dict[tuple[str, str], list[str]] = {}
    for person in people:
        may = f"{person.place}: {person.may}"
        parts.setdefault((person.email, person.name), []).append(may)
    width = max((len(email) for email, _name in parts), default=0)
    return [f"{email:<{width}}  {name} – {'; '.join(may)}" for (email, name), may in parts.items()]
