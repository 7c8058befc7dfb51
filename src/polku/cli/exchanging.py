"""``polku import`` and ``polku export``: the same import as on the page, from the shell."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from polku.cli import booting

Slug = Annotated[str, typer.Option("--workspace", "-w", help="The workspace, as in /w/museum/.")]

MOST_SHOWN = 20


def import_file(
    workspace: Slug,
    file: Annotated[Path | None, typer.Argument(help="A CSV, XLSX or ODS file.")] = None,
    mapping: Annotated[
        str, typer.Option(help="A mapping file, or the name of a saved or ready-made mapping.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show and save nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Save without asking.")] = False,
    undo: Annotated[
        int | None, typer.Option(help="Take the import with this number back.")
    ] = None,
    take_file: Annotated[
        bool, typer.Option("--take-file", help="Where both changed, take what the file says.")
    ] = False,
) -> None:  # fmt: skip
    """Bring a spreadsheet in: shows first what would happen, then asks.

    Exit code 0: done, or shown; 1: refused; 2: something must be said first; 3: not confirmed.
    """
    booting.start()
    by = system(workspace)
    if undo is not None:
        _undo(by, undo)
        return
    if file is None:
        raise typer.BadParameter("Name a file, or an import to take back with --undo.")
    run, plan = _try(by, file, mapping, take_file)
    _tell(plan, run)
    if dry_run:
        _forget(run, by)
        return
    if not (yes or typer.confirm(f"Save {_kept(plan)} rows?")):
        _forget(run, by)
        raise typer.Exit(3)
    _save(run, by)


def system(slug: str) -> Any:
    """The shell acts as the system itself."""
    from polku.kernel.actor import system_actor
    from polku.people.queries import workspace_by_slug

    workspace = workspace_by_slug(slug)
    if workspace is None:
        booting.say(f"There is no workspace {slug} here.")
        raise typer.Exit(1)
    return system_actor(workspace, "cli")


def _try(by: Any, file: Path, name: str, take_file: bool) -> tuple[Any, Any]:
    from polku.exchange.operations.uploads import keep_upload, open_upload, try_import

    if not file.is_file():
        booting.say(f"There is no file {file}.")
        raise typer.Exit(1)
    with file.open("rb") as source:
        run = keep_upload(iter(lambda: source.read(1 << 20), b""), file.name, by=by)
    try:
        chosen = _mapping(by, run, name)
        book = open_upload(run, chosen.options())
        _hold_questions(book)
        return run, try_import(run, chosen, by=by, file_wins=take_file)
    except BaseException:
        _forget(run, by)
        raise


def _mapping(by: Any, run: Any, name: str) -> Any:
    from polku.exchange.operations.uploads import open_upload
    from polku.exchange.planning.suggesting import named_mapping, suggest
    from polku.exchange.spreadsheet.mapping_json import load_mapping

    if not name:
        guessed = suggest(open_upload(run), by).mapping
        if not guessed.sheets:
            booting.say("Nobody can tell from the headings what the file lists. Use --mapping.")
            raise typer.Exit(2)
        return guessed
    if Path(name).is_file():
        return load_mapping(Path(name).read_text("utf-8"))
    found = named_mapping(name, by)
    if found is None:
        booting.say(f"There is no mapping {name}, neither as a file nor under that name.")
        raise typer.Exit(1)
    return found


def _hold_questions(book: Any) -> None:
    for question in book.questions:
        booting.say(question.message)
        for choice in question.choices:
            booting.say(f"  {choice.value}: {choice.label}")
    if book.questions:
        booting.say('Answer with "extra_cells" in a mapping file, or on the page.')
        raise typer.Exit(2)


def _tell(plan: Any, run: Any) -> None:
    from polku.exchange.planning.troubles import sentence

    book = plan.workbook
    booting.say(f"{run.file_name}: {book.format}, {book.encoding or ''}".rstrip(" ,"))
    for found in plan.mapping.sheets:
        for rule in found.columns:
            if rule.field:
                lang = f" [{rule.lang}]" if rule.lang else ""
                booting.say(f"  {rule.header} -> {rule.field}{lang}")
    counts = plan.counts
    booting.say(
        f"{counts['rows']} rows: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['same']} same, {counts['left_out']} left out, {counts['look']} to look at"
    )
    shown = [row for row in plan.all_rows if any(trouble.look for trouble in row.troubles)]
    for row in shown[:MOST_SHOWN]:
        for trouble in row.troubles:
            where = f"{row.sheet}, row {row.number}"
            column = f", {trouble.column}" if trouble.column else ""
            booting.say(f"  {where}{column}: {row.title[:60]}: {sentence(trouble.plain())}")
    if len(shown) > MOST_SHOWN:
        booting.say(f"  ... and {len(shown) - MOST_SHOWN} more rows")
    if plan.missing_count:
        names = ", ".join(title for _code, title in plan.missing[:10])
        booting.say(f"{plan.missing_count} are here and not in the file; they stay: {names}")


def _kept(plan: Any) -> int:
    counts = plan.counts
    return int(counts["rows"] - counts["left_out"])


def _save(run: Any, by: Any) -> None:
    from polku.exchange.operations.runs import run_import, start_import

    start_import(run, by=by)
    _with_progress(run, lambda: run_import(run, by=by))
    run.refresh_from_db()
    counts = run.counts
    booting.say(
        f"Saved as import {run.pk}: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['same']} same, {counts['left_out']} left out."
    )
    booting.say(f"To take it back: polku import --workspace {by.workspace.slug} --undo {run.pk}")


def _with_progress(run: Any, work: Callable[[], Any]) -> None:
    """Shows how far the run is; the run itself notes it after each step."""
    from rich.progress import Progress

    from polku.exchange.operations.runs import listening

    with Progress(transient=True) as bar:
        task = bar.add_task("Saving", total=max(run.total, 1))
        with listening(lambda done: bar.update(task, completed=done)):
            work()


def _undo(by: Any, number: int) -> None:
    from polku.exchange.operations.undoing import undo_import
    from polku.exchange.queries import get_import

    found = undo_import(get_import(by, number), by=by)
    booting.say(f"Undone: {found.archived} put away, {found.restored} as they were before.")
    for kind, code, title in found.left:
        booting.say(f"  left, edited since or needed: {code} {title} ({kind})")


def _forget(run: Any, by: Any) -> None:
    from polku.exchange.operations.uploads import drop_upload

    run.refresh_from_db()
    drop_upload(run, by=by)


def export(
    workspace: Slug,
    what: Annotated[
        str, typer.Argument(help="A list, such as services; everything when left out.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="xlsx, csv or json.")] = "xlsx",
    layout: Annotated[
        str, typer.Option(help="polku: our sheets. source: the file that was imported.")
    ] = "polku",
    source: Annotated[
        str, typer.Option(help="For --layout source: which list, when there are several.")
    ] = "",
    archived: Annotated[bool, typer.Option("--archived", help="Also what was put away.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file or a folder.")] = None,
) -> None:  # fmt: skip
    """Write everything, or one list, into a file that comes back unchanged."""
    booting.start()
    from polku.exchange.operations.exports import export_all, export_list
    from polku.kernel.registry import entity_by_plural

    by = system(workspace)
    if what:
        entity = entity_by_plural(what)
        if entity is None:
            booting.say(f"There is no list {what}.")
            raise typer.Exit(1)
        query = {"archived": "any"} if archived else {}
        found = export_list(entity, query, by=by, form=form, layout=layout)
    else:
        found = export_all(by=by, form=form, layout=layout, source=source, archived=archived)
    target = out or Path(found.name)
    target = target / found.name if target.is_dir() else target
    target.write_bytes(found.content)
    booting.say(f"{target}  {len(found.content):,} bytes")
