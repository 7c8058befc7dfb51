"""``polku impact``: what hangs on a thing, in the shell."""

from typing import Annotated, Any

import typer

from polku.cli import booting
from polku.cli.exchanging import Slug, system


def impact(
    code: Annotated[str, typer.Argument(help="The code of a thing, such as CMP-3.")],
    workspace: Slug,
    question: Annotated[
        str,
        typer.Option(
            "--question", "-q",
            help="I1: what falls if it stops. I2: what breaks if it is retired. I5: what hangs on "
            "a goal. I6: what a customer uses and waits for. The usual one when left out.",
        ),
    ] = "",
    as_of: Annotated[str, typer.Option(help="As it was or is planned on a day, 2026-05-31.")] = "",
    far: Annotated[int, typer.Option(help="How many steps away, 1 to 8.", min=1, max=8)] = 8,
    json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:  # fmt: skip
    """What hangs on a thing: grouped by owner, the gravest first, each with its path."""
    booting.start()
    from polku.insight.impact import impact as ask_impact
    from polku.insight.impact import start_of

    by = system(workspace)
    found = ask_impact(by, start_of(by, code), question, as_of=_day(as_of), far=far)
    if json:
        _print_json(by, found)
    else:
        _print_table(by, found)


def _day(raw: str) -> Any:
    import datetime as dt

    from django.utils.translation import gettext as _

    from polku.kernel.answers import BadInput

    if not raw:
        return None
    try:
        return dt.date.fromisoformat(raw)
    except ValueError as error:
        problem = _("This is not a day. Write it as 2026-05-31.")
        raise BadInput({"as-of": problem}, _("Nothing was looked for.")) from error


def _print_json(by: Any, found: Any) -> None:
    import msgspec

    from polku.insight.impact import tell
    from polku.insight.impact.plain import plain_row, summary

    rows = tell(by, found, [*found.hits, *found.perhaps])
    plain = {"items": [plain_row(by, found, row) for row in rows], **summary(by, found)}
    booting.say(msgspec.json.format(msgspec.json.encode(plain), indent=2).decode())


def _print_table(by: Any, found: Any) -> None:
    from django.utils.translation import gettext as _
    from rich.console import Console

    from polku.insight.impact import name_of

    title = str(found.question.title) % {"name": name_of(found.start, by.lang)}
    console = Console(soft_wrap=False)
    if not (found.hits or found.perhaps):
        booting.say(f"{title} {found.question.nothing}")
    for name, hits in [*_groups(by, found), (_("Perhaps, through a guess"), found.perhaps)]:
        if hits:
            console.print(_table(by, found, name, hits))
    for words in found.question.not_kept:
        booting.say(words)


def _groups(by: Any, found: Any) -> list[tuple[str, Any]]:
    from django.utils.translation import gettext as _

    from polku.insight.impact import PARTS, tell

    named = []
    for group in found.groups:
        if isinstance(group.key, str):
            named.append((str(PARTS[group.key]), group.hits))
        else:
            owner = tell(by, found, group.hits[:1])[0].owner
            named.append((str(owner.name) if owner else _("Nobody"), group.hits))
    return named


def _table(by: Any, found: Any, name: str, hits: Any) -> Any:
    from django.utils.translation import gettext as _
    from rich.markup import escape
    from rich.table import Table

    from polku.insight.impact import sentence, tell

    table = Table(title=escape(name), title_justify="left", expand=True)
    for column in (_("Code"), _("Effect"), _("Steps away"), _("Way")):
        table.add_column(column)
    for told in tell(by, found, hits):
        effect = told.hit.effect if found.question.weighs else "–"
        way = escape(sentence(found, told, by.lang))
        table.add_row(told.obj.code, effect, str(told.hit.steps), way)
    return table
