"""``polku loose-ends``: what hangs loose in a workspace, and looking again."""

from typing import Annotated, Any

import typer

from polku.cli import booting
from polku.cli.exchanging import Slug, system

loose_ends_app = typer.Typer(
    help="What hangs loose: found by checks, each night and on request.", no_args_is_help=True
)
Narrow = Annotated[str, typer.Option(help="urgent, attention or note; all when left out.")]


@loose_ends_app.command("list")
def loose_ends_list(
    workspace: Slug, severity: Narrow = "",
    check: Annotated[str, typer.Option(help="Code of a check, such as L38.")] = "",
    whose: Annotated[str, typer.Option(help="nobody, or the code of a person.")] = "",
    state: Annotated[str, typer.Option(help="open, dismissed or turned.")] = "open",
    json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:  # fmt: skip
    """Loose ends, the most urgent and oldest first."""
    booting.start()
    from polku.insight.ends import asked_of, ends_asked
    from polku.insight.plain import plain_ends

    by = system(workspace)
    query = {"severity": severity, "check": check, "whose": whose, "state": state}
    rows = plain_ends(by, ends_asked(by, asked_of(query, strict=True)))
    if json:
        _print_json(rows)
    else:
        _print_table(rows)


@loose_ends_app.command("refresh")
def loose_ends_refresh(workspace: Slug) -> None:
    """Run every check now, as the clock does each night."""
    booting.start()
    from polku.insight.operations import look_again

    booting.say(f"{look_again(by=system(workspace))} open")


@loose_ends_app.command("checks")
def loose_ends_checks(
    workspace: Slug, json: Annotated[bool, typer.Option("--json", help="For a program.")] = False
) -> None:
    """What is looked for, by which rule, and what was found last."""
    booting.start()
    from polku.insight.plain import plain_checks

    rows = plain_checks(system(workspace))
    if json:
        _print_json(rows)
        return
    columns = ("Check", "Looks at", "Rule", "On how many", "Found")
    _table(columns, [_check_cells(row) for row in rows])


def _check_cells(row: dict[str, Any]) -> tuple[str, ...]:
    run = row["run"] or {"n": "-", "found": "-"}
    found = str(run["found"]) if row["is_on"] else "off"
    return row["check"], row["looks_at"], row["rule"], str(run["n"]), found


def _print_table(rows: list[dict[str, Any]]) -> None:
    cells: list[tuple[str, ...]] = [
        (row["severity"], row["check"], row["code"] or "-", f"{row['since']:%Y-%m-%d}",
         row["owner"] or "-", f"{row['title']}: {row['sentence']}" if row["title"]
         else row["sentence"])
        for row in rows
    ]  # fmt: skip
    _table(("Grade", "Check", "Code", "Since", "Owner", "What hangs loose"), cells)


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, caption=f"{len(rows)} in all", caption_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def _print_json(rows: list[dict[str, Any]]) -> None:
    import msgspec

    booting.say(msgspec.json.encode(rows).decode())
