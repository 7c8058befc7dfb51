"""The two ways to cause or ask something in a room above (DECISIONS 10).

``on(name, handler)``: the handler runs inside the transaction that caused the event, in the order
of registration; a name may end in ``*``. ``answers(question, provider)``: a room above answers
what a room below asks. Both are filled in ``AppConfig.ready``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from polku.kernel.actor import Actor


@dataclass(frozen=True)
class Event:
    """Something that was done to one or more objects of one kind.

    ``pieces`` are the pieces whose meaning changed, by kind, when the verb names them all; else
    None.
    """

    name: str
    kind: str
    by: Actor
    objects: Sequence[Any]
    fields: frozenset[str] = field(default_factory=frozenset)
    pieces: Mapping[str, Collection[int]] | None = None


type Handler = Callable[[Event], None]
type Provider = Callable[..., Any]

_handlers: list[tuple[str, Handler]] = []
_providers: dict[str, list[Provider]] = {}


def on(name: str, handler: Handler) -> None:
    """Let *handler* run when an event of this name (or pattern) happens."""
    if (name, handler) not in _handlers:
        _handlers.append((name, handler))


def emit(event: Event) -> None:
    """Run the handlers of an event, in registered order, in this transaction."""
    for pattern, handler in _handlers:
        if fnmatchcase(event.name, pattern):
            handler(event)


def answers(question: str, provider: Provider) -> None:
    """Let *provider* answer a question asked below."""
    known = _providers.setdefault(question, [])
    if provider not in known:
        known.append(provider)


def ask(question: str, **facts: Any) -> list[Any]:
    """All answers to a question, in registered order; nobody to answer gives ``[]``."""
    return [provider(**facts) for provider in _providers.get(question, [])]
