"""Whole phrases for each kind of thing, per vocabulary (DECISIONS 23).

No noun is ever put into a sentence by a program: a row of the registry carries the sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from polku.kernel.answers import Sentence


@dataclass(frozen=True)
class Words:
    """Phrases of one entity. ``managed`` holds those that differ in service-management words.

    Keys: ``one``, ``many``, ``new``, ``none_yet``, ``first_step``, ``none_found``, ``count``
    (a lazy plural with ``n``), ``about`` (one line: what it is).
    """

    plain: Mapping[str, Any]
    managed: Mapping[str, Any] = field(default_factory=dict)

    def phrase(self, key: str, vocabulary: str = "plain") -> str:
        """The phrase in the reader's language and vocabulary."""
        return str(self._find(key, vocabulary))

    def count(self, n: int, vocabulary: str = "plain") -> str:
        """A number with its noun in the right form."""
        return str(self._find("count", vocabulary) % {"n": n})

    def _find(self, key: str, vocabulary: str) -> Sentence:
        if vocabulary == "service_management" and key in self.managed:
            found: Sentence = self.managed[key]
            return found
        plain: Sentence = self.plain[key]
        return plain
