"""Likely duplicates: reported with both rows, never merged. Source: portfolio 7.4; decision 21.

Comparing each name with each other takes seconds; names worth comparing share letters in a row.
Only the rarer trigrams of a name are looked up, which leaves out pairs that share nothing but
common endings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.process import extract_iter

from polku.kernel.folding import fold

LIKENESS = 0.85

# A file of 200,000 names that all begin alike must not compare each with each.
_LONGEST_LIST = 2_000

type Why = Literal["name", "alias", "page"]


class NamedRow(NamedTuple):
    """What a row is compared by; ``ref`` is the caller's own mark for it."""

    ref: int | str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """Rows that may be one thing: two or more, ``likeness`` from 0.85 to 1.

    ``words`` are what was found alike, as written.
    """

    refs: tuple[int | str, ...]
    why: Why
    likeness: float
    words: tuple[str, ...]


def likely_duplicates(
    rows: Iterable[NamedRow], least: float = LIKENESS, most: int = 1_000
) -> list[Likely]:
    """Likely duplicates, the most alike first, no more than ``most`` of them.

    Rows with one and the same name, alias or page form one group.
    """
    listed = list(rows)
    found: dict[frozenset[int | str], Likely] = {}
    groups = chain(_same_name(listed), _same_alias(listed), _same_page(listed))
    for likely in islice(chain(groups, _alike_names(listed, least)), 4 * most):
        found.setdefault(frozenset(likely.refs), likely)
    return sorted(found.values(), key=lambda each: -each.likeness)[:most]


def _spelled(rows: Sequence[NamedRow]) -> dict[str, dict[int | str, str]]:
    """Folded name -> the rows that bear it, each with the name as written."""
    spelled: dict[str, dict[int | str, str]] = defaultdict(dict)
    for row in rows:
        for name in filter(str.strip, row.names):
            spelled[fold(name)].setdefault(row.ref, name)
    return spelled


def _same_name(rows: Sequence[NamedRow]) -> Iterator[Likely]:
    for refs in _spelled(rows).values():
        if len(refs) > 1:
            yield Likely(tuple(refs), "name", 1.0, tuple(dict.fromkeys(refs.values())))


def _alike_names(rows: Sequence[NamedRow], least: float) -> Iterator[Likely]:
    spelled = _spelled(rows)
    for one, other, score in _alike_spellings(list(spelled), least):
        refs = dict.fromkeys((*spelled[one], *spelled[other]))
        if len(refs) > 1:
            words = (next(iter(spelled[one].values())), next(iter(spelled[other].values())))
            yield Likely(tuple(refs), "name", score, words)


def _alike_spellings(names: list[str], least: float) -> Iterator[tuple[str, str, float]]:
    lengths = [len(name) for name in names]
    shorter = least / (2 - least)
    # Counted first and made again below: holding them all would take more than the file itself.
    frequency = Counter(trigram for name in names for trigram in _trigrams(name))
    index: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        rare = sorted(_trigrams(name), key=lambda trigram: (frequency[trigram], trigram))
        rare = rare[: max(6, len(rare) // 2)]
        near = {other for trigram in rare for other in index[trigram][-_LONGEST_LIST:]}
        # No two names of which one is much shorter can be that alike: 2M / T with M <= the shorter.
        lowest, highest = len(name) * shorter, len(name) / shorter
        fitting = [names[other] for other in near if lowest <= lengths[other] <= highest]
        for other, score, _key in extract_iter(
            name, fitting, scorer=fuzz.ratio, score_cutoff=least * 100
        ):
            yield other, name, round(score / 100, 4)
        for trigram in rare:
            index[trigram].append(at)


def _trigrams(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _same_alias(rows: Sequence[NamedRow]) -> Iterator[Likely]:
    """An alias of one row that is an alias or the name of another."""
    named: dict[str, dict[int | str, str]] = defaultdict(dict)
    aliases: set[str] = set()
    for row in rows:
        aliases.update(fold(alias) for alias in row.aliases if alias.strip())
        for name in (*row.names, *row.aliases):
            if name.strip():
                named[fold(name)].setdefault(row.ref, name)
    for spelling, refs in named.items():
        if spelling in aliases and len(refs) > 1:
            yield Likely(tuple(refs), "alias", 1.0, tuple(dict.fromkeys(refs.values())))


def _same_page(rows: Sequence[NamedRow]) -> Iterator[Likely]:
    pages: dict[str, dict[int | str, str]] = defaultdict(dict)
    for row in rows:
        if row.page.strip():
            pages[_page_key(row.page)].setdefault(row.ref, row.page)
    for refs in pages.values():
        if len(refs) > 1:
            yield Likely(tuple(refs), "page", 1.0, (next(iter(refs.values())),))


def _page_key(page: str) -> str:
    bare = page.strip().partition("#")[0].rstrip("/")
    return bare.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
