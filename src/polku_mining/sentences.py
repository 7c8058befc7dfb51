"""Sentences that can be told in another language later.

The library speaks English and knows no catalogue. Whoever shows its sentences hands over *words*,
a function from an English pattern to that of the reader, such as ``gettext``.
"""

from collections.abc import Callable
from typing import Any, Self

type Words = Callable[[str], str]


class Sentence(str):
    """An English sentence that remembers its pattern and what was filled in.

    >>> Sentence("{name} is empty.", name="log.csv")
    'log.csv is empty.'
    """

    __slots__ = ("facts", "pattern")
    pattern: str
    facts: dict[str, Any]

    def __new__(cls, pattern: str, **facts: Any) -> Self:
        sentence = super().__new__(cls, pattern.format(**facts))
        sentence.pattern, sentence.facts = pattern, facts
        return sentence

    def told(self, words: Words) -> str:
        """The sentence in the language of *words*; what was filled in stays, save sentences."""
        facts = {
            name: value.told(words) if isinstance(value, Sentence) else value
            for name, value in self.facts.items()
        }
        return words(self.pattern).format(**facts)


def told(text: object, words: Words) -> str:
    """What an error or a remark says, in the language of *words*."""
    if isinstance(text, Exception):
        text = text.args[0] if text.args else ""
    return text.told(words) if isinstance(text, Sentence) else words(str(text))
