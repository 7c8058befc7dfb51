"""The map in the report: picture, other paths, key and table twin."""

from polku_mining.log import Log
from polku_mining.report.flow import Flow, flow_of
from polku_mining.report.map_layout import map_layout
from polku_mining.report.map_picture import picture, twin
from polku_mining.report.markup import Markup, tag
from polku_mining.report.reader import Reader
from polku_mining.report.tables import Column, folded, section, table, wide


def the_map(log: Log, reader: Reader, said: str, share: float) -> Markup:
    """What cases do after what, simplified so that it can be read; everything adds up."""
    say = reader.say
    if not log.n_cases:
        return section("map", say("The map"), said, tag("p", say("There are no cases to draw.")))
    flow = flow_of(log, share)
    drawn = wide(picture(flow, map_layout(flow, reader), reader), say("The map"))
    return section(
        "map", say("The map"), said, tag("p", _drawn(flow, reader)), _key(reader),
        tag("figure", drawn), _other(flow, reader),
        folded(say("The map as a table"), wide(_twin(flow, reader), say("The map as a table"))),
    )  # fmt: skip


def _drawn(flow: Flow, reader: Reader) -> str:
    return reader.say(
        "On the drawn lines alone walk {share} of the cases; {steps} of all steps are drawn. Each "
        "line says how often and the median time it took.",
        share=reader.share(flow.whole / flow.cases),
        steps=reader.share(flow.drawn_steps / flow.steps if flow.steps else None),
    )  # fmt: skip


def _key(reader: Reader) -> Markup:
    rows = [
        ("tie", reader.say("onwards, as thick as it is frequent")),
        ("tie back", reader.say("back to an earlier step")),
        ("stub", reader.say("to other paths, or from them")),
    ]
    signs = [tag("li", _sample(kind), words) for kind, words in rows]
    return tag("ul", *signs, class_="key")


def _sample(kind: str) -> Markup:
    line = tag("path", d="M2 7H30", stroke_width=1 if kind == "stub" else 3)
    drawn = tag("g", line, class_=kind)
    return tag("svg", drawn, width=32, height=14, class_="map", aria_hidden="true")


def _other(flow: Flow, reader: Reader) -> Markup | None:
    if not flow.others:
        return None
    words = reader.say(
        "Other paths: cases went there {n} times and came back as often, over {ties} rarer ties "
        "and {activities} rarer activities. So what comes into each box goes out of it again.",
        n=reader.number(flow.others), ties=reader.number(flow.rare_ties),
        activities=reader.number(flow.rare_activities),
    )  # fmt: skip
    return tag("div", tag("p", words), class_="other")


def _twin(flow: Flow, reader: Reader) -> Markup:
    say = reader.say
    columns = [
        Column(say("from")), Column(say("to")), Column(say("steps"), figure=True),
        Column(say("cases"), figure=True), Column(say("median time"), figure=True),
    ]  # fmt: skip
    rows = [
        [source, target, reader.number(n), "–" if cases is None else reader.number(cases),
         reader.duration(median)]
        for source, target, n, cases, median in twin(flow, reader)
    ]  # fmt: skip
    return table(columns, rows)
