"""What really happened: ``polku mine LOG``. Works without a database and without Django."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polku.cli import booting

if TYPE_CHECKING:
    from polku_mining import Answer, Log

SECONDS_IN = (("d", 86_400), ("h", 3_600), ("min", 60))
WIDEST = 76


def mine(
    log: Annotated[Path, typer.Argument(help="A log: CSV, XES, XES.gz or Parquet.")],
    case: Annotated[str | None, typer.Option(help="The column that names the case.")] = None,
    activity: Annotated[str | None, typer.Option(help="The column that says what.")] = None,
    time: Annotated[str | None, typer.Option(help="The column that says when.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="The zone of times that name none: Europe/Helsinki.")
    ] = None,
    design: Annotated[
        Path | None, typer.Option(help="A designed journey (JSON) to hold the log against.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many rows of each table.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Tell what a log of events says: the paths people walked, how long, how often."""
    import polku_mining

    try:
        found = polku_mining.read_log(log, case=case, activity=activity, time=time, zone=zone)
        answers = _answers(found, design)
    except (polku_mining.BadLog, polku_mining.DesignError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if as_json:
        booting.say(json.dumps(_plain(found, answers), ensure_ascii=False, indent=1))
    else:
        _print(log.name, found, answers, top)


def _answers(log: "Log", design: Path | None) -> "dict[str, Answer]":
    found = {
        "variants": log.variants(), "directly_follows": log.directly_follows(),
        "durations": log.durations(), "starts": log.starts(), "ends": log.ends(),
        "rework": log.rework(),
    }  # fmt: skip
    if design is not None:
        found["conformance"] = log.conformance(design)
    return found


def _plain(log: "Log", answers: "dict[str, Answer]") -> dict[str, Any]:
    problems = log.problems
    head = {
        "events": log.n_events, "cases": log.n_cases, "activities": log.n_activities,
        "period": str(log.period), "rows": problems.rows, "left_out": problems.left_out,
        "problems": dict(problems.counts), "remarks": problems.remarks,
        "guessed": problems.guessed, "looks_personal": problems.personal,
        "examples": [str(problem) for problem in problems.examples],
    }  # fmt: skip
    facts = {name: answer.facts for name, answer in answers.items() if answer.facts}
    return head | facts | {f"{k}_rows": answer.to_pylist() for k, answer in answers.items()}


def _print(name: str, log: "Log", answers: "dict[str, Answer]", top: int) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(
        f"[bold]{name}[/bold]  {log.n_events:,} events of {log.n_cases:,} cases, "
        f"{log.n_activities:,} activities, {log.period}"
    )
    for line in _odd(log):
        console.print(f"  {line}", markup=False)
    for title, answer in answers.items():
        facts = "".join(f", {_said(k)} {_cell(k, value)}" for k, value in answer.facts.items())
        console.print(f"\n[bold]{TITLES[title]}[/bold]{facts}")
        console.print(_table(answer, top))
        if len(answer) > top:
            console.print(f"… and {len(answer) - top:,} more", style="dim")


def _odd(log: "Log") -> list[str]:
    from polku_mining.problems import REASONS

    problems = log.problems
    found = [f"{problems.rows:,} rows read, {problems.left_out:,} left out."]
    if problems.guessed:
        told = ", ".join(f"{what} = {column}" for what, column in problems.guessed.items())
        found.append(f"Columns taken by their names: {told}.")
    for reason, n in problems.counts.most_common():
        first = next(p.line for p in problems.examples if p.reason == reason)
        found.append(f"{n:,} x {REASONS[reason]} (first: line {first})")
    if problems.personal:
        found.append(f"Looks like personal data: {', '.join(problems.personal)}.")
    return found + problems.remarks


TITLES = {
    "variants": "Paths, most walked first", "directly_follows": "What comes right after what",
    "durations": "First to last event", "starts": "Begins with", "ends": "Ends with",
    "rework": "Walked again", "conformance": "Against the designed journey",
}  # fmt: skip


def _table(answer: "Answer", top: int) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    columns = [c for c in answer.table.column_names if c != "moves"]
    for column in columns:
        is_text = column in {"path", "source", "target", "activity"}
        table.add_column(_said(column), justify="left" if is_text else "right")
    for row in answer.table.select(columns).slice(0, top).to_pylist():
        table.add_row(*(_cell(column, row[column]) for column in columns))
    return table


def _said(column: str) -> str:
    return column.removesuffix("_s").replace("_", " ")


def _cell(column: str, value: Any) -> str:
    from rich.markup import escape

    if value is None:
        return "-"
    if column == "path":
        text = " > ".join(value)
        return escape(text if len(text) <= WIDEST else f"{text[:WIDEST]}… ({len(value)} steps)")
    if column in {"share", "fit"}:
        return f"{value:.1%}"
    if column.endswith("_s") or column == "seconds":
        return duration(value)
    return f"{value:,}" if isinstance(value, int) else escape(str(value))


def duration(seconds: float) -> str:
    """Seconds in the unit that reads best: ``3.2 d``, ``4.5 h``, ``12 min``, ``8.1 s``."""
    for unit, size in SECONDS_IN:
        if abs(seconds) >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"
