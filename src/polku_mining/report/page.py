"""The whole report: one page that needs nothing else."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from polku_mining.answers import Answer
from polku_mining.design.model import Design
from polku_mining.log import Log
from polku_mining.report.design_section import deviations
from polku_mining.report.map_section import the_map
from polku_mining.report.markup import Markup, join, tag
from polku_mining.report.opening import what_was_read
from polku_mining.report.paths_section import default_steps, funnel, rework, variants
from polku_mining.report.reader import Reader
from polku_mining.report.times_section import arrivals, durations


def page(
    log: Log,
    *,
    name: str,
    design: Any = None,
    funnel_steps: Sequence[str] | None = None,
    reader: Reader | None = None,
    share: float = 0.9,
) -> str:
    """An HTML page about a log, with its style and pictures inside and no script.

    *design* adds the deviations from a designed journey; *funnel_steps* are those of the most
    walked path when nobody names them; *share* is how many of the cases the map should hold whole.
    """
    reader = reader or Reader()
    plan = None if design is None else Design.of(design)
    answer = None if plan is None else log.conformance(plan)
    said = reader.say("Cases: {n}, {period}.", n=reader.number(log.n_cases),
                      period=_period(log, reader))  # fmt: skip
    steps = default_steps(log) if funnel_steps is None else funnel_steps
    parts = [
        (reader.say("What was read"), "read", what_was_read(log, reader)),
        (reader.say("The map"), "map", the_map(log, reader, said, share)),
        (reader.say("Against the designed journey"), "design",
         deviations(answer, plan.data, reader, said) if answer and plan else None),
        (reader.say("The paths, most walked first"), "paths", variants(log, reader, said)),
        (reader.say("How far cases come"), "funnel", funnel(log, reader, said, steps)),
        (reader.say("How long cases take"), "durations", durations(log, reader, said)),
        (reader.say("What is walked again"), "again", rework(log, reader, said)),
        (reader.say("When cases begin"), "arrivals", arrivals(log, reader, said)),
    ]  # fmt: skip
    there = [(title, key, part) for title, key, part in parts if part]
    return _whole(name, log, answer, there, reader)


def _whole(
    name: str, log: Log, answer: Answer | None, parts: list[tuple[str, str, Markup]], reader: Reader
) -> str:
    say = reader.say
    title = say("What really happened: {name}", name=name)
    links = [tag("li", tag("a", words, href=f"#{key}")) for words, key, _part in parts]
    body = tag(
        "body",
        tag("a", say("To the figures"), href="#main", class_="skip"),
        tag("header", tag("h1", title), tag("p", _lead(log, reader), class_="lead"),
            _figures(log, answer, reader),
            tag("nav", tag("ul", *links), aria_label=say("Parts of this page"))),
        tag("main", *(part for _words, _key, part in parts), id="main"),
        tag("footer", tag("p", say(
            "Inside a case events stand in the order of their times; equal times in the order in "
            "which the rows stood in the file. Medians and quantiles are exact."))),
    )  # fmt: skip
    style = Markup(files("polku_mining.report").joinpath("report.css").read_text("utf-8"))
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("title", title),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("link", rel="icon", href="data:,"), tag("style", style),
    )  # fmt: skip
    return join(Markup("<!doctype html>\n"), tag("html", head, body, lang=reader.language)) + "\n"


def _period(log: Log, reader: Reader) -> str:
    period = log.period
    if period.start is None:
        return reader.say("no events")
    return f"{reader.day(period.start)} – {reader.day(period.end)}"


def _lead(log: Log, reader: Reader) -> str:
    return reader.say("{period}, time zone {zone}", period=_period(log, reader), zone=reader.zone)


def _figures(log: Log, answer: Answer | None, reader: Reader) -> Markup:
    say, paths = reader.say, log.variants()
    median = log.durations((0.5,))["seconds"]
    shares = paths["share"]
    again = log.rework().cases_with_rework
    facts = [
        (say("events"), reader.number(log.n_events)),
        (say("cases"), reader.number(log.n_cases)),
        (say("activities"), reader.number(log.n_activities)),
        (say("different paths"), reader.number(len(paths))),
        (say("walk the most walked path"), reader.share(shares[0] if shares else None)),
        (say("median time of a case"), reader.duration(median[0] if median else None)),
        (say("of the cases repeat something"),
         reader.share(again / log.n_cases if log.n_cases else None)),
    ]  # fmt: skip
    if answer is not None:
        facts.append((say("of the cases walk as designed"), reader.share(answer.fit)))
    return tag("dl", *(tag("div", tag("dt", words), tag("dd", value)) for words, value in facts),
               class_="figures")  # fmt: skip
