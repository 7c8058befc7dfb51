"""The reference of the command line, from the commands themselves."""

from collections.abc import Iterator

import click
from typer.main import get_command

INTRO = """# The command line

`polku` does on the command line what the pages do. Every command explains itself:
`polku <command> --help`. It works on the folder that `POLKU_HOME` names, see
[Settings](../how-to/settings.md).
"""


def page() -> str:
    from polku.cli.main import app

    lines = [INTRO]
    for name, command in commands(get_command(app)):
        lines += [f"## polku {name}", "", *_about(command), *_parameters(command)]
    return "\n".join(lines).rstrip() + "\n"


def commands(command: click.Command, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """(name, command) of every command that does something, in the order of their names."""
    subcommands = getattr(command, "commands", None)
    if not subcommands:
        if not command.hidden:  # started by another command, not by people
            yield prefix.strip(), command
        return
    for name in sorted(subcommands):
        yield from commands(subcommands[name], f"{prefix} {name}")


def _about(command: click.Command) -> Iterator[str]:
    yield (command.help or "").strip()
    yield ""


def _parameters(command: click.Command) -> Iterator[str]:
    shown = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    if not shown:
        return
    yield "| give | means |"
    yield "|---|---|"
    for parameter in shown:
        yield f"| {_spelling(parameter)} | {_meaning(parameter)} |"
    yield ""


def _spelling(parameter: click.Parameter) -> str:
    if parameter.param_type_name == "argument":
        return f"`{(parameter.metavar or parameter.name or '').upper()}`"
    return ", ".join(f"`{spelling}`" for spelling in (*parameter.opts, *parameter.secondary_opts))


def _meaning(parameter: click.Parameter) -> str:
    words = " ".join((getattr(parameter, "help", None) or "").split())
    return words + (" (needed)" if parameter.required else "")
