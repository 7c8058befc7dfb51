"""The different paths, where cases get to, and what is walked again."""

from collections.abc import Sequence

from polku_mining.log import Log
from polku_mining.report.markup import Markup, tag
from polku_mining.report.reader import Reader
from polku_mining.report.tables import Column, bar, path, section, table, wide

SHOWN = 15
LONGEST = 40  # steps of a path that are shown
STEPS = 8


def variants(log: Log, reader: Reader, said: str) -> Markup:
    """The most walked paths with their share as bars; the rest is one row."""
    say, answer = reader.say, log.variants()
    shown = answer.table.slice(0, SHOWN).to_pylist()
    columns = [
        Column("#", figure=True), Column(say("path"), grow=True), Column(say("cases"), figure=True),
        Column(say("share"), figure=True), Column(""), Column(say("median time"), figure=True),
    ]  # fmt: skip
    rows = [
        [reader.number(number), _path(row["path"], reader), reader.number(row["cases"]),
         reader.share(row["share"]), bar(row["share"]), reader.duration(row["median_s"])]
        for number, row in enumerate(shown, 1)
    ]  # fmt: skip
    rest = log.n_cases - sum(row["cases"] for row in shown)
    more = say("other paths: {n}", n=reader.number(len(answer) - len(shown)))
    last = ["", more, reader.number(rest), reader.share(rest / max(log.n_cases, 1)),
            bar(rest / max(log.n_cases, 1)), ""]  # fmt: skip
    total = ["", say("all cases"), reader.number(log.n_cases), "", "", ""]
    drawn = table(columns, rows, rest=last if rest else None, total=total, full=True)
    title = say("The paths, most walked first")
    return section("paths", title, said, wide(drawn, title))


def _path(names: list[str], reader: Reader) -> Markup:
    if len(names) <= LONGEST:
        return path(names, reader)
    more = reader.say("… steps in all: {n}", n=reader.number(len(names)))
    return path([*names[:LONGEST], more], reader)


def default_steps(log: Log) -> list[str]:
    """The steps of the most walked path, each once."""
    first = log.variants().table.slice(0, 1).to_pylist()
    return list(dict.fromkeys(first[0]["path"]))[:STEPS] if first else []


def funnel(log: Log, reader: Reader, said: str, steps: Sequence[str]) -> Markup | None:
    """How many cases get how far."""
    if not steps:
        return None
    say = reader.say
    rows = log.funnel(steps).to_pylist()
    columns = [
        Column(say("step")), Column(say("cases that came here"), figure=True),
        Column(say("share"), figure=True), Column("", grow=True),
        Column(say("stopped before"), figure=True), Column(say("median time to next"), figure=True),
    ]  # fmt: skip
    before = log.n_cases
    told = []
    for row in rows:
        lost, before = before - row["reached"], row["reached"]
        told.append([
            row["step"], reader.number(row["reached"]), reader.share(row["share"]),
            bar(row["share"] or 0), reader.number(lost), reader.duration(row["median_s_to_next"]),
        ])  # fmt: skip
    title = say("How far cases come")
    how = say("A case has come to a step when it walked all the steps before it, in this order, "
              "whatever else it did between them.")  # fmt: skip
    drawn = wide(table(columns, told, full=True), title)
    return section("funnel", title, said, tag("p", how), drawn)


def rework(log: Log, reader: Reader, said: str) -> Markup:
    """What is walked more than once in a case."""
    say, answer = reader.say, log.rework()
    title = say("What is walked again")
    n = answer.cases_with_rework
    words = say("Cases that repeat anything: {n} ({share}).", n=reader.number(n),
                share=reader.share(n / log.n_cases if log.n_cases else None))  # fmt: skip
    if not len(answer):
        return section("again", title, said, tag("p", words))
    columns = [
        Column(say("activity")), Column(say("cases"), figure=True),
        Column(say("share"), figure=True), Column("", grow=True),
        Column(say("walks beyond the first"), figure=True),
    ]  # fmt: skip
    rows = [
        [row["activity"], reader.number(row["cases"]), reader.share(row["cases"] / log.n_cases),
         bar(row["cases"] / log.n_cases), reader.number(row["extra"])]
        for row in answer.table.slice(0, SHOWN).to_pylist()
    ]  # fmt: skip
    drawn = wide(table(columns, rows, full=True), title)
    return section("again", title, said, tag("p", words), drawn)
