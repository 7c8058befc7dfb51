"""A designed journey as data: ``{"seq": [...]}``, ``{"xor": [...]}``, ``{"and": [...]}``,
``{"opt": x}``, ``{"loop": x}``; a string is a step. ``loop`` means once or more.

The journey becomes a net of places and transitions, whose markings are all enumerated once:
tens for a journey as people draw them.
"""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any

from polku_mining.sentences import Sentence

MOST_MARKINGS = 4_000
DEEPEST = 100
MANY = ("seq", "xor", "and")
ONE = ("opt", "loop")

type Marking = frozenset[int]


class DesignError(ValueError):
    """A design that cannot be read or is too wide, naming the part and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """A transition of the net; without a label it is silent. ``place`` is where it stands in the
    design, for example ``seq[2].and[0]``."""

    label: str | None
    takes: Marking
    gives: Marking
    place: str


@dataclass(frozen=True, slots=True)
class Arc:
    """From one marking to another by one step; costs 1 when people would have walked it."""

    source: int
    target: int
    step: int
    cost: int


@dataclass
class Design:
    """A readable design: its steps, markings (0 is the beginning, ``final`` the end) and arcs."""

    data: Any
    steps: list[Step] = field(default_factory=list)
    markings: list[Marking] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    final: int = 0

    @classmethod
    def of(cls, source: Any) -> "Design":
        """A design that is read already, or what :meth:`read` takes."""
        return source if isinstance(source, cls) else cls.read(source)

    @classmethod
    def read(cls, source: Any) -> "Design":
        """A design from plain data, JSON text or the path of a JSON file. Raises DesignError."""
        data = _loaded(source)
        design = cls(data)
        _check(data, "", 0)
        builder = _Builder(design)
        begin, end = builder.new_place(), builder.new_place()
        builder.add(data, "", begin, end)
        _enumerate(design, begin, end)
        return design

    @cached_property
    def labels(self) -> list[str]:
        """Names of the steps, each once, in the order of the design."""
        return list(dict.fromkeys(step.label for step in self.steps if step.label is not None))

    @cached_property
    def outgoing(self) -> list[list[Arc]]:
        """Arcs that leave each marking."""
        rows: list[list[Arc]] = [[] for _marking in self.markings]
        for arc in self.arcs:
            rows[arc.source].append(arc)
        return rows


def _loaded(source: Any) -> Any:
    """Plain data of a design; a text that looks like none is the name of a single step."""
    if isinstance(source, Path) or (isinstance(source, str) and source.endswith(".json")):
        return _parsed(_text_of(Path(source)))
    if isinstance(source, str) and source.lstrip().startswith(("{", "[", '"')):
        return _parsed(source)
    return source


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else error.reason
        raise DesignError(Sentence(
            "The design {path} cannot be read: {error}.", path=path, error=said
        )) from error  # fmt: skip


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DesignError(Sentence(
            "The design is no JSON: {error}, line {line}.", error=error.msg, line=error.lineno
        )) from error  # fmt: skip
    except RecursionError as error:
        raise _too_deep(Sentence("the whole")) from error


def _too_deep(where: str) -> DesignError:
    return DesignError(Sentence(
        "{where} is nested more than {most} deep. Flatten it.", where=where, most=DEEPEST
    ))  # fmt: skip


def _check(data: Any, place: str, depth: int) -> None:
    where = place or Sentence("the whole")
    if depth > DEEPEST:
        raise _too_deep(where)
    if isinstance(data, str):
        if not data.strip():
            raise DesignError(Sentence("{where} is a step without a name.", where=where))
        return
    if not isinstance(data, Mapping) or len(data) != 1:
        raise DesignError(Sentence(
            "{where} must be a step's name or one of seq, xor, and, opt, loop.", where=where
        ))  # fmt: skip
    ((word, inner),) = data.items()
    if word in MANY:
        if not isinstance(inner, list) or not inner:
            raise DesignError(Sentence(
                "{where}: {word} takes a list of one part or more.", where=where, word=word
            ))  # fmt: skip
        for number, part in enumerate(inner):
            _check(part, inside(place, f"{word}[{number}]"), depth + 1)
    elif word in ONE:
        _check(inner, inside(place, word), depth + 1)
    else:
        raise DesignError(Sentence(
            "{where}: '{word}' is none of seq, xor, and, opt, loop.", where=where, word=word
        ))  # fmt: skip


def inside(place: str, part: str) -> str:
    """The place of a part of what stands at *place*."""
    return f"{place}.{part}" if place else part


class _Builder:
    """Turns the tree into places and steps; each part lies between two places."""

    def __init__(self, design: Design) -> None:
        self.design, self.places = design, 0

    def new_place(self) -> int:
        """The number of one place more."""
        self.places += 1
        return self.places - 1

    def add(self, data: Any, place: str, begin: int, end: int) -> None:
        """Put the part *data* between two places."""
        if isinstance(data, str):
            self.step(data.strip(), (begin,), (end,), place)
            return
        ((word, inner),) = data.items()
        getattr(self, f"add_{word}")(inner, place, begin, end)

    def step(
        self, label: str | None, takes: tuple[int, ...], gives: tuple[int, ...], place: str
    ) -> None:
        """Add one transition."""
        self.design.steps.append(Step(label, frozenset(takes), frozenset(gives), place))

    def add_seq(self, parts: list[Any], place: str, begin: int, end: int) -> None:
        """One after another."""
        for number, part in enumerate(parts):
            after = end if number == len(parts) - 1 else self.new_place()
            self.add(part, inside(place, f"seq[{number}]"), begin, after)
            begin = after

    def add_xor(self, parts: list[Any], place: str, begin: int, end: int) -> None:
        """One of them. Each has its own way in and out, so that none lends its loop to another."""
        for number, part in enumerate(parts):
            self.boxed(part, inside(place, f"xor[{number}]"), begin, end)

    def boxed(self, part: Any, place: str, begin: int, end: int) -> None:
        """A part behind silent steps of its own."""
        if isinstance(part, str):
            self.add(part, place, begin, end)
            return
        inner, outer = self.new_place(), self.new_place()
        self.step(None, (begin,), (inner,), place)
        self.add(part, place, inner, outer)
        self.step(None, (outer,), (end,), place)

    def add_and(self, parts: list[Any], place: str, begin: int, end: int) -> None:
        """All of them, in any order and mixed."""
        pairs = [(self.new_place(), self.new_place()) for _part in parts]
        self.step(None, (begin,), tuple(first for first, _last in pairs), place)
        for number, (part, (first, last)) in enumerate(zip(parts, pairs, strict=True)):
            self.add(part, inside(place, f"and[{number}]"), first, last)
        self.step(None, tuple(last for _first, last in pairs), (end,), place)

    def add_opt(self, part: Any, place: str, begin: int, end: int) -> None:
        """Once, or not at all."""
        self.boxed(part, inside(place, "opt"), begin, end)
        self.step(None, (begin,), (end,), place)

    def add_loop(self, part: Any, place: str, begin: int, end: int) -> None:
        """Once or more."""
        first, last = self.new_place(), self.new_place()
        self.step(None, (begin,), (first,), place)
        self.add(part, inside(place, "loop"), first, last)
        self.step(None, (last,), (first,), place)
        self.step(None, (last,), (end,), place)


def _enumerate(design: Design, begin: int, end: int) -> None:
    """All markings that can be reached, and the arcs between them."""
    numbers: dict[Marking, int] = {frozenset({begin}): 0}
    design.markings = [frozenset({begin})]
    queue = deque([0])
    while queue:
        at = queue.popleft()
        marking = design.markings[at]
        for number, step in enumerate(design.steps):
            if not step.takes <= marking:
                continue
            after = (marking - step.takes) | step.gives
            if after not in numbers:
                if len(numbers) == MOST_MARKINGS:
                    raise DesignError(_too_wide(design.data))
                numbers[after] = len(design.markings)
                design.markings.append(after)
                queue.append(numbers[after])
            cost = int(step.label is not None)
            design.arcs.append(Arc(at, numbers[after], number, cost))
    design.final = numbers[frozenset({end})]


def _too_wide(data: Any) -> str:
    part, n = _widest(data, "")
    return Sentence(
        "The design has more than {most} states, since {part} lets about {n} orders stand side by "
        "side. Put some of its parts into a fixed order, or look at them in a journey of their "
        "own.", most=f"{MOST_MARKINGS:,}", part=part or Sentence("the whole"), n=f"{n:,}",
    )  # fmt: skip


def _size(data: Any) -> int:
    """About how many states a part has."""
    if isinstance(data, str):
        return 2
    ((word, inner),) = data.items()
    if word == "and":
        return prod(_size(part) for part in inner) + 2
    if word in MANY:
        return sum(_size(part) for part in inner)
    return _size(inner) + 2


def _widest(data: Any, place: str) -> tuple[str, int]:
    """The innermost part that is too wide by itself, else the widest one."""
    if isinstance(data, str):
        return place, 2
    ((word, inner),) = data.items()
    parts = inner if word in MANY else [inner]
    names = [f"{word}[{n}]" if word in MANY else word for n in range(len(parts))]
    found = [_widest(p, inside(place, name)) for p, name in zip(parts, names, strict=True)]
    best = max(found, key=lambda one: one[1])
    own = _size(data)
    return best if best[1] > MOST_MARKINGS or (word != "and" and best[1] >= own) else (place, own)
