"""What a log says, in the terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from polku_mining import Answer, Log, Problems
    from polku_mining.report import Reader

WIDEST = 76
TEXTS = frozenset({"path", "source", "target", "activity", "step"})


def show(
    name: str, log: "Log", answers: "Mapping[str, Answer]", top: int, reader: "Reader"
) -> None:
    """Head, what is odd, and the first rows of each answer."""
    from rich.console import Console

    console = Console(highlight=False)
    head = reader.say(
        "events: {events}, cases: {cases}, activities: {activities}, {period}",
        events=reader.number(log.n_events), cases=reader.number(log.n_cases),
        activities=reader.number(log.n_activities), period=_period(log, reader),
    )  # fmt: skip
    console.print(f"{name}  ", style="bold", end="", markup=False)
    console.print(head, markup=False)
    for line in odd(log.problems, reader):
        console.print(f"  {line}", markup=False)
    titles, columns = _titles(reader), _columns(reader)
    for key, answer in answers.items():
        facts = "".join(
            f", {columns.get(k, k)}: {_cell(k, value, reader)}" for k, value in answer.facts.items()
        )
        console.print(f"\n[bold]{titles[key]}[/bold]{facts}")
        console.print(_table(answer, top, columns, reader))
        if len(answer) > top:
            rest = reader.number(len(answer) - top)
            console.print(reader.say("… and {n} more", n=rest), style="dim")


def odd(problems: "Problems", reader: "Reader") -> list[str]:
    """What was left out, guessed and suspected when the log was opened."""
    from polku_mining.problems import REASONS
    from polku_mining.sentences import told

    say = reader.say
    found = [say("Rows read: {rows}, left out: {left_out}.", rows=reader.number(problems.rows),
                 left_out=reader.number(problems.left_out))]  # fmt: skip
    if problems.guessed:
        names = ", ".join(f"{say(what)} = {column}" for what, column in problems.guessed.items())
        found.append(say("Columns taken by their names: {columns}.", columns=names))
    for reason, n in problems.counts.most_common():
        shown, what = reader.number(n), say(REASONS[reason])
        first = next((p for p in problems.examples if p.reason == reason), None)
        if first is None:  # rows of several files that equal one another have no line
            found.append(f"{shown} × {what}")
        else:
            found.append(say("{n} × {reason} (first: line {line})", n=shown, reason=what,
                             line=first.place(reader.number(first.line))))  # fmt: skip
    if problems.personal:
        columns = ", ".join(problems.personal)
        found.append(say("Looks like personal data: {columns}.", columns=columns))
    return found + [told(remark, reader.words) for remark in problems.remarks]


def figures(measured: "Mapping[str, float | str]", reader: "Reader") -> None:
    """Measured times, one a row."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in measured.items():
        shown = value if isinstance(value, str) else _measured(value, reader)
        table.add_row(reader.say(name), shown)
    Console(highlight=False).print(table)


def _measured(seconds: float, reader: "Reader") -> str:
    if seconds >= 1:
        return reader.say("{n} s", n=reader.number(seconds, 2))
    return reader.say("{n} ms", n=reader.number(seconds * 1_000, 1))


def _period(log: "Log", reader: "Reader") -> str:
    start, end = log.period.start, log.period.end
    if start is None:
        return reader.say("no events")
    return f"{reader.day(start)} – {reader.day(end)}"


def _titles(reader: "Reader") -> dict[str, str]:
    say = reader.say
    return {
        "variants": say("The paths, most walked first"),
        "directly_follows": say("What comes right after what"),
        "durations": say("First to last event"), "starts": say("Begins with"),
        "ends": say("Ends with"), "rework": say("What is walked again"),
        "funnel": say("How far cases come"), "conformance": say("Against the designed journey"),
    }  # fmt: skip


def _columns(reader: "Reader") -> dict[str, str]:
    say = reader.say
    return {
        "path": say("path"), "cases": say("cases"), "share": say("share"), "step": say("step"),
        "median_s": say("median time"), "mean_s": say("mean time"), "n": say("steps"),
        "q95_s": say("19 of 20 within"), "source": say("from"), "target": say("to"),
        "q": say("share"), "seconds": say("time"), "activity": say("activity"),
        "extra": say("walks beyond the first"), "cases_with_rework": say("cases"),
        "cost": say("differences"), "fit": say("as designed"),
        "reached": say("cases that came here"), "median_s_to_next": say("median time to next"),
    }  # fmt: skip


def _table(answer: "Answer", top: int, titles: Mapping[str, str], reader: "Reader") -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    columns = [c for c in answer.table.column_names if c != "moves"]
    for column in columns:
        justify: Any = "left" if column in TEXTS else "right"
        table.add_column(titles.get(column, column), justify=justify)
    for row in answer.table.select(columns).slice(0, top).to_pylist():
        table.add_row(*(_cell(column, row[column], reader) for column in columns))
    return table


def _cell(column: str, value: Any, reader: "Reader") -> str:
    from rich.markup import escape

    if value is None:
        return "–"
    if column == "path":
        text = " > ".join(value)
        more = reader.say("… steps in all: {n}", n=reader.number(len(value)))
        return escape(text if len(text) <= WIDEST else f"{text[:WIDEST]} {more}")
    if column in {"share", "fit", "q"}:
        return reader.share(value)
    if column == "seconds" or "_s" in column.removesuffix("_to_next")[-2:]:
        return reader.duration(value)
    return reader.number(value) if isinstance(value, int) else escape(str(value))
