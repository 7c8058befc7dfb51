"""``polku journey``: journeys listed, out as files, and in from sheets and tables."""

from pathlib import Path
from typing import Annotated, Any

import typer

from polku.cli import booting
from polku.cli.exchanging import MOST_SHOWN, Slug, system

journey_app = typer.Typer(no_args_is_help=True, help="Journeys out as files, and in again.")
Code = Annotated[str, typer.Argument(help="The code of a journey, such as JRN-3.")]


@journey_app.command("list")
def list_journeys(workspace: Slug) -> None:
    """Name every journey: its code, what it tells, its version and state, how many steps."""
    booting.start()
    from polku.journeys.documents import read_document
    from polku.journeys.queries import visible_journeys

    by = system(workspace)
    for journey in visible_journeys(by).order_by("id"):
        steps = len(read_document(by, journey).steps)
        booting.say(
            f"{journey.code}  {journey.title}  {journey.get_kind_display()}, version "
            f"{journey.version}, {journey.get_state_display()}, {steps} steps"
        )


@journey_app.command()
def export(
    code: Code,
    workspace: Slug,
    form: Annotated[str, typer.Option("--format", help="xlsx, csv, json or svg.")] = "xlsx",
    lanes: Annotated[
        str, typer.Option(help="Keys of lanes with commas between; all when left out.")
    ] = "",
    version: Annotated[
        int | None, typer.Option(help="An agreed version; what stands now when left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file or a folder.")] = None,
) -> None:  # fmt: skip
    """Write one journey into a file; a sheet (xlsx, csv) comes back by polku journey import."""
    booting.start()
    from polku.exchange.journeys.operations import export_journey

    by = system(workspace)
    chosen = [key.strip() for key in lanes.split(",") if key.strip()]
    found = export_journey(_found(by, code), by=by, form=form, lanes=chosen, version=version)
    target = out or Path(found.name)
    target = target / found.name if target.is_dir() else target
    target.write_bytes(found.content)
    booting.say(f"{target}  {len(found.content):,} bytes")


@journey_app.command("import")
def import_journey(
    file: Annotated[Path, typer.Argument(help="A sheet of a journey, or any table: CSV or XLSX.")],
    workspace: Slug,
    into: Annotated[
        str, typer.Option(help="The journey that a changed sheet goes back into.")
    ] = "",
    name: Annotated[str, typer.Option(help="What a new journey is called.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show and keep nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep without asking.")] = False,
) -> None:  # fmt: skip
    """Bring a changed sheet back into its journey, or make a new journey of a table.

    Shows first what would happen. Exit code 0: done, or shown; 1: refused; 3: not confirmed.
    """
    booting.start()
    by = system(workspace)
    if not file.is_file():
        booting.say(f"There is no file {file}.")
        raise typer.Exit(1)
    if into:
        _bring(by, _found(by, into), file, dry_run, yes)
    elif name.strip():
        _begin(by, file, name.strip(), dry_run, yes)
    else:
        raise typer.BadParameter("Say --into JRN-3, or --name for a new journey.")


def _found(by: Any, code: str) -> Any:
    from polku.journeys.queries import visible_journeys

    return visible_journeys(by).get_or_404(code.upper())


def _bring(by: Any, journey: Any, file: Path, dry_run: bool, yes: bool) -> None:
    from polku.exchange.journeys.operations import keep_sheet, try_sheet

    tried = try_sheet(journey, file.read_bytes(), file.name, by=by)
    booting.say(f"{tried.laid.rows} rows: {len(tried.changes)} changes")
    for one in tried.changes[:MOST_SHOWN]:
        where = f"{one.step.place} {one.step.title(by.lang)}" if one.step else "whole"
        lang = f" [{one.lang}]" if one.lang else ""
        booting.say(f"  {where}, {one.what}{lang}: {one.how}: {one.before} -> {one.after}")
    _say_more(len(tried.changes))
    _tell_troubles(tried.troubles)
    _tell_notes(tried.notes)
    if tried.unknown:
        booting.say(f"not read: {', '.join(tried.unknown)}")
    if dry_run or not tried.changes:
        return
    _confirm(f"Keep {len(tried.changes)} changes?", yes)
    keep_sheet(journey, tried.kept, tried.edits, by=by)
    booting.say(f"Kept in {journey.code} as one edit.")


def _begin(by: Any, file: Path, name: str, dry_run: bool, yes: bool) -> None:
    from polku.exchange.journeys.beginning import begin_journey
    from polku.exchange.journeys.pasted_text import text_of_file, understand
    from polku.tenancy.translated import Translated

    text = text_of_file(file.read_bytes(), file.name)
    read = understand(text, Translated.of(name, by.lang_for_writing), by=by)
    steps = read.doc.steps
    booting.say(f"{len(read.doc.stages)} stages, {len(steps)} steps")
    for step in steps[:MOST_SHOWN]:
        booting.say(f"  {step.place} {step.title(by.lang)}")
    _say_more(len(steps))
    _tell_troubles(read.troubles)
    _tell_notes(read.notes)
    left = [c.heading for c in read.table.columns if c.is_left_out] if read.table else []
    if left:
        booting.say(f"not read: {', '.join(left)}")
    if dry_run:
        return
    _confirm(f"Make a journey of {len(steps)} steps?", yes)
    booting.say(f"Made {begin_journey(read.doc, by=by).code}.")


def _tell_notes(notes: Any) -> None:
    for note in notes:
        booting.say(f"note: {note}")


def _tell_troubles(troubles: Any) -> None:
    for trouble in troubles[:MOST_SHOWN]:
        booting.say(f"  left out: row {trouble.row}, {trouble.column}: {trouble.message}")
    _say_more(len(troubles))


def _say_more(count: int) -> None:
    if count > MOST_SHOWN:
        booting.say(f"  ... and {count - MOST_SHOWN} more")


def _confirm(question: str, yes: bool) -> None:
    if not (yes or typer.confirm(question)):
        raise typer.Exit(3)
