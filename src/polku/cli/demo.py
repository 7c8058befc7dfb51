"""``polku demo``: two example workspaces, on this machine only."""

import os
from pathlib import Path
from typing import Annotated

import typer

from polku.cli import booting, serving


def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    only_make: Annotated[
        bool, typer.Option("--only-make", help="Make the examples and stop.")
    ] = False,
) -> None:
    """Make what is missing of the example workspaces, print who can sign in, and start."""
    os.environ.setdefault("POLKU_HOME", str(Path.cwd() / ".polku"))
    os.environ.setdefault("POLKU_BASE_URL", f"http://127.0.0.1:{port}")
    booting.start()
    booting.bring_up_to_date()
    from polku.examples.loading import load_examples
    from polku.storage.locations import key

    password = key("demo_password")[:16]
    people = load_examples(password=password)
    booting.say(f"\nPolku is at http://127.0.0.1:{port} – for this machine only.")
    booting.say(f"Password of all of them: {password}\n")
    width = max(len(person.email) for person in people)
    for person in people:
        booting.say(f"  {person.email:<{width}}  {person.name}, {person.place}: {person.may}")
    booting.say("\nCtrl+C stops it. What you change is kept in " + os.environ["POLKU_HOME"])
    if not only_make:
        serving.serve(host="127.0.0.1", port=port, workers=1, threads=4)
