"""The command ``polku``: one small module per subject."""

import os
import sys

import typer

from polku.cli import (
    booting,
    demo,
    exchanging,
    impact,
    journeys,
    keeping,
    keys,
    loose_ends,
    mining,
    notices,
    people,
    serving,
)

app = typer.Typer(
    name="polku",
    help="Keep a service and its customers' journey in one linked model.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo.demo)
app.command()(serving.serve)
app.command(hidden=True)(serving.work)
app.command("import")(exchanging.import_file)
app.command()(exchanging.export)
app.command()(impact.impact)
app.command()(keeping.check)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(keeping.migrate)
app.add_typer(mining.mine_app, name="mine")
app.add_typer(journeys.journey_app, name="journey")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(loose_ends.loose_ends_app, name="loose-ends")
app.add_typer(notices.notices_app, name="notices")
app.add_typer(people.user_app, name="user")
app.add_typer(people.token_app, name="token")


def run() -> None:
    """The entry point: a refusal is one sentence and exit code 1, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polku.settings")
    try:
        app()
    except booting.told_errors() as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
