"""The designed journey with what really happened in its place: walked, skipped, added."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from polku_mining.answers import Answer
from polku_mining.design.model import inside
from polku_mining.design.moves import AT_END, BEFORE
from polku_mining.report.markup import Markup, join, tag
from polku_mining.report.reader import Reader
from polku_mining.report.tables import Column, section, table, wide

SHOWN, MARKS = 10, 4
WORDS = ("seq", "xor", "and", "opt", "loop")


@dataclass
class Tally:
    """Cases by what they did: at a step of the design (by its place), and before it."""

    walked: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    extra: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))


def tally(answer: Answer) -> Tally:
    """Each case counts once for each thing it did at a place, however often."""
    found = Tally()
    for row in answer.to_pylist():
        for kind, place, activity in {(m["kind"], m["place"], m["activity"]) for m in row["moves"]}:
            if kind == "walked":
                found.walked[place] += row["cases"]
            elif kind == "skipped":
                found.skipped[place] += row["cases"]
            else:
                found.extra[place][kind, activity] += row["cases"]
    return found


def deviations(answer: Answer, design: Any, reader: Reader, said: str) -> Markup:
    """The design as a list, each step with its cases, and the paths that deviate most."""
    say = reader.say
    counts = tally(answer)
    fit = say("As designed walk {share} of the cases. Each step says how many cases walked it and "
              "how many left it out; what was not designed stands where it happened.",
              share=reader.share(answer.fit))  # fmt: skip
    end = _extras(counts, AT_END, reader)
    tree = tag("ul", _part(design, "", counts, reader), tag("li", end) if end else None,
               class_="design")  # fmt: skip
    return section(
        "design", say("Against the designed journey"), said, tag("p", fit), tree,
        _paths(answer, reader),
    )  # fmt: skip


def _part(data: Any, place: str, counts: Tally, reader: Reader) -> Markup:
    if isinstance(data, str):
        return _step(data.strip(), place, counts, reader)
    ((word, inner),) = data.items() if isinstance(data, Mapping) else (("seq", data),)
    how = {"xor": reader.say("one of these"), "and": reader.say("all of these, in any order"),
           "opt": reader.say("or not at all"), "loop": reader.say("once or more")}  # fmt: skip
    parts = inner if isinstance(inner, list) else [inner]
    items = [
        _part(
            part,
            inside(place, f"{word}[{i}]" if isinstance(inner, list) else word),
            counts,
            reader,
        )
        for i, part in enumerate(parts)
    ]
    ordered = tag("ol" if word == "seq" else "ul", *items)
    return tag("li", tag("span", how[word], class_="how") if word in how else None, ordered)


def _step(name: str, place: str, counts: Tally, reader: Reader) -> Markup:
    walked = _mark("walked", reader.say("walked: {n}", n=reader.number(counts.walked[place])))
    n = counts.skipped[place]
    skipped = _mark("skipped", reader.say("left out: {n}", n=reader.number(n))) if n else None
    before = _extras(counts, BEFORE + place, reader)
    step = join(tag("span", name, class_="step"), walked, skipped)
    return tag("li", tag("div", before) if before else None, step)


def _mark(kind: str, words: str) -> Markup:
    return tag("span", words, class_=f"mark {kind}")


def _kind(kind: str, reader: Reader) -> str:
    say = reader.say
    return {
        "added": say("added"), "repeated": say("again"), "out_of_order": say("out of order"),
        "skipped": say("left out"),
    }[kind]  # fmt: skip


def _extras(counts: Tally, place: str, reader: Reader) -> Markup | None:
    found = counts.extra.get(place)
    if not found:
        return None
    marks = [
        _mark("added", f"{_kind(kind, reader)}: {activity} {reader.number(n)}")
        for (kind, activity), n in found.most_common(MARKS)
    ]
    rest = len(found) - MARKS
    more = (
        _mark("added", reader.say("other kinds: {n}", n=reader.number(rest))) if rest > 0 else None
    )
    return join(*marks, more)


def _paths(answer: Answer, reader: Reader) -> Markup:
    say = reader.say
    rows = [row for row in answer.to_pylist() if row["cost"]]
    title = say("The most walked paths that differ from the design")
    if not rows:
        return tag("p", say("No path differs from the design."))
    columns = [Column(say("path"), grow=True), Column(say("cases"), figure=True),
               Column(say("differences"), figure=True)]  # fmt: skip
    shown = [
        [_moves(row["moves"], reader), reader.number(row["cases"]), reader.number(row["cost"])]
        for row in rows[:SHOWN]
    ]
    rest = rows[SHOWN:]
    last = [say("other paths: {n}", n=reader.number(len(rest))),
            reader.number(sum(row["cases"] for row in rest)), ""]  # fmt: skip
    drawn = table(columns, shown, rest=last if rest else None, full=True)
    return join(tag("h3", title), wide(drawn, title))


def _moves(moves: list[dict[str, Any]], reader: Reader) -> Markup:
    steps = []
    for move in moves:
        words = None if move["kind"] == "walked" else tag("small", _kind(move["kind"], reader))
        kind = move["kind"] if words else None
        steps.append(tag("li", tag("span", move["activity"], class_="step"), words, class_=kind))
    return tag("ol", *steps, class_="path")
