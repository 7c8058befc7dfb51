"""What really happened: ``polku mine LOG``. Works without a database and without Django."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from polku.cli import booting, mining_language
from polku.cli.mining_language import Words

if TYPE_CHECKING:
    from polku_mining import Answer, Log

LOCAL, SPARK = "local", "spark"
OWN = "log"  # the command that is meant where none is named


class LogFirst(TyperGroup):
    """``polku mine LOG`` is short for ``polku mine log LOG``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in its place where a log stands there."""
        asks_for_help = args and args[0] in ctx.help_option_names
        if args and args[0] not in self.commands and not asks_for_help:
            args = [OWN, *args]
        return super().parse_args(ctx, args)


mine_app = typer.Typer(
    cls=LogFirst, no_args_is_help=True,
    help="What a log of events says: the paths people walked, how long, how often.",
)  # fmt: skip

LogFile = Annotated[
    Path, typer.Argument(help="A log: CSV, XES, XES.gz, Parquet, OCEL 2.0 (JSON or SQLite).")
]
Case = Annotated[str | None, typer.Option(help="The column that names the case.")]
Activity = Annotated[str | None, typer.Option(help="The column that says what.")]
Time = Annotated[str | None, typer.Option(help="The column that says when.")]
Zone = Annotated[
    str | None, typer.Option(help="The zone of times that name none: Europe/Helsinki.")
]
ObjectType = Annotated[
    str | None, typer.Option(help="OCEL: the type of object that makes the cases.")
]
Salt = Annotated[
    str | None, typer.Option(help="Replace keys of cases by hashes salted with this text.")
]
Language = Annotated[str | None, typer.Option(help="en, fi, pl or ru; else that of the shell.")]


@dataclass(frozen=True)
class Reading:
    """How a log is to be read."""

    case: str | None = None
    activity: str | None = None
    time: str | None = None
    zone: str | None = None
    salt: str | None = None
    object_type: str | None = None

    def options(self) -> dict[str, Any]:
        """As the library takes them."""
        return dict(self.__dict__)


@mine_app.command(OWN)
def mine(
    log: LogFile, case: Case = None, activity: Activity = None, time: Time = None,
    zone: Zone = None, object_type: ObjectType = None, salt: Salt = None,
    cache: Annotated[
        bool, typer.Option("--cache", help="Keep a cache beside the log: it opens at once then.")
    ] = False,
    design: Annotated[
        Path | None, typer.Option(help="A designed journey (JSON) to hold the log against.")
    ] = None,
    funnel: Annotated[
        str | None, typer.Option(help="Steps of a funnel, with commas between them.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write one page (HTML) with map, paths and times.")
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.05, max=1.0, help="The share of cases the map should hold.")
    ] = 0.9,
    engine: Annotated[str, typer.Option(help="local, or spark for Parquet on a cluster.")] = LOCAL,
    master: Annotated[
        str, typer.Option(help="Where Spark runs: local[*], spark://host:7077, ...")
    ] = "local[*]",
    top: Annotated[int, typer.Option(min=1, help="How many rows of each table.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    language: Language = None,
) -> None:  # fmt: skip
    """Tell what a log of events says: the paths people walked, how long, how often.

    The word `log` may be left out: `polku mine helpdesk.xes.gz`.
    """
    reading = Reading(case, activity, time, zone, salt, object_type)
    steps = [step.strip() for step in funnel.split(",")] if funnel else []
    with _clear_errors(language) as words, ExitStack() as stack:
        if engine == LOCAL:
            found, zone = _read(log, reading, words, cache=cache)
        else:
            _check_spark(engine, reading, report)
            found = stack.enter_context(_on_spark(log, master, reading))
        answers = _answers(found, design, steps)
        if report is not None:
            _write_report(
                report, log.name, found, zone or "UTC", design, steps, share, language, words
            )
        if as_json:
            from polku_mining.writers import results

            told = results(found, answers)
            booting.say(json.dumps(told, ensure_ascii=False, indent=1))
        elif report is None:
            from polku.cli import mining_tables

            reader = mining_language.reader(language, zone)
            mining_tables.show(log.name, found, answers, top, reader)


@mine_app.command()
def convert(
    log: LogFile,
    into: Annotated[
        Path, typer.Argument(help="Where to: .csv, .xes, .xes.gz, .parquet or .json (OCEL 2.0).")
    ],
    case: Case = None, activity: Activity = None, time: Time = None, zone: Zone = None,
    object_type: ObjectType = None, salt: Salt = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what stands there.")] = False,
    language: Language = None,
) -> None:  # fmt: skip
    """Write a log in another format, with all its attributes; bad rows are told and left out."""
    with _clear_errors(language) as words:
        from polku_mining import BadLog
        from polku_mining.reading import read_events
        from polku_mining.sentences import Sentence
        from polku_mining.writers import write_log, writer_for

        writer_for(into)
        if into.exists() and not force:
            raise BadLog(Sentence("{path} stands there already. Nothing was written. Give another "
                                  "name, or --force.", path=into))  # fmt: skip
        reading = Reading(case, activity, time, zone, salt, object_type)
        with _progress(words("Reading")) as moved:
            table, problems = read_events(log, **_placed(reading), progress=moved)
        with _progress(words("Writing")):
            n = write_log(table, into)
    from polku.cli import mining_tables

    reader = mining_language.reader(language, zone)
    for line in mining_tables.odd(problems, reader):
        typer.echo(line, err=True)
    booting.say(reader.say("Written: {path}, events: {n}.", path=into, n=reader.number(n)))


@mine_app.command()
def bench(
    events: Annotated[
        int, typer.Option(min=1_000, max=100_000_000, help="About how many events.")
    ] = 1_000_000,
    runs: Annotated[int, typer.Option(min=1, help="Each figure is the median of so many.")] = 5,
    language: Language = None,
) -> None:
    """Make a log by a seed and tell how long each question takes on this machine."""
    with _clear_errors(language):
        from polku.cli import mining_bench, mining_tables

        reader = mining_language.reader(language, None)
        with _progress(reader.say("Measuring")) as moved:
            measured = mining_bench.measure(events, runs, moved)
        mining_tables.figures(measured, reader)


@contextmanager
def _clear_errors(language: str | None) -> Iterator[Words]:
    """A refusal is one sentence in the language of the person and exit code 1."""
    from polku_mining import BadLog, DesignError
    from polku_mining.sentences import told

    words = mining_language.words(language)
    try:
        yield words
    except (BadLog, DesignError) as error:
        typer.echo(told(error, words), err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{where}{error.strerror or error}", err=True)
        raise typer.Exit(1) from error


def _read(path: Path, reading: Reading, words: Words, *, cache: bool) -> "tuple[Log, str]":
    """The log, and the zone in which its hours are told; the zone is asked once, of a person."""
    from polku_mining.times import NO_ZONE

    found = _opened(path, reading, words, cache=cache)
    if NO_ZONE not in found.problems.remarks or not _is_a_person():
        return found, reading.zone or "UTC"
    question = words("The times name no zone. In which zone were they written?")
    zone = typer.prompt(question, default="UTC", err=True)
    placed = Reading(**{**reading.options(), "zone": zone})
    return _opened(path, placed, words, cache=cache), zone


def _opened(path: Path, reading: Reading, words: Words, *, cache: bool) -> "Log":
    import polku_mining

    options = _placed(reading)
    with _progress(words("Reading")) as moved:
        if cache:
            return polku_mining.open_log(path, **options)
        return polku_mining.read_log(path, **options, progress=moved)


def _check_spark(engine: str, reading: Reading, report: Path | None) -> None:
    """Say before anything starts what Spark does not do here."""
    from polku_mining import BadLog
    from polku_mining.sentences import Sentence

    if engine != SPARK:
        raise typer.BadParameter(f"{LOCAL}, {SPARK}", param_hint="--engine")
    if report is not None or reading.salt is not None or reading.object_type is not None:
        raise BadLog(Sentence(
            "With --engine spark there is no --report, --salt and --object-type. Leave them out, "
            "or let the local engine answer."
        ))  # fmt: skip


@contextmanager
def _on_spark(path: Path, master: str, reading: Reading) -> "Iterator[Any]":
    """A log that lies on Spark, while the session lasts."""
    from polku_mining import BadLog
    from polku_mining.sentences import Sentence
    from polku_mining.spark import read_log, said_of, session, spark_errors

    placed = _placed(reading)
    options = {name: placed[name] for name in ("case", "activity", "time", "zone")}
    with session(master) as spark:
        try:
            found = read_log(spark, path, **options)
            yield found
            found.close()
        except spark_errors() as error:
            raise BadLog(Sentence("Spark gave up: {error}", error=said_of(error))) from error


def _is_a_person() -> bool:
    return sys.stdin.isatty()


def _placed(reading: Reading) -> dict[str, Any]:
    """The options, once the zone is known to exist."""
    from polku_mining.times import zone_named

    zone_named(reading.zone or "UTC")
    return reading.options()


def _answers(log: "Log", design: Path | None, steps: list[str]) -> "dict[str, Answer]":
    found = {
        "variants": log.variants(), "directly_follows": log.directly_follows(),
        "durations": log.durations(), "starts": log.starts(), "ends": log.ends(),
        "rework": log.rework(),
    }  # fmt: skip
    if steps:
        found["funnel"] = log.funnel(steps)
    if design is not None:
        found["conformance"] = log.conformance(design)
    return found


def _write_report(
    path: Path, name: str, log: "Log", zone: str, design: Path | None, steps: list[str],
    share: float, language: str | None, words: Words,
) -> None:  # fmt: skip
    from polku_mining.report import page

    with _progress(words("Writing")):
        text = page(
            log, name=name, design=design, funnel_steps=steps or None, share=share,
            reader=mining_language.reader(language, zone),
        )  # fmt: skip
        path.write_text(text, "utf-8")
    typer.echo(words("Written: {path}.").format(path=path), err=True)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[float], None]]:
    """A bar for the person, on the other channel than the answer; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=1.0)
        yield lambda done: progress.update(task, completed=done)
