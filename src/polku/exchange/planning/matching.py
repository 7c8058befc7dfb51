"""Which object here a row stands for. Source: handbook, portfolio 7.3; decision 13.

In this order: our own code, the key of the row in its source, the name it had there, its exact
name, another name of an object. An object is taken by one row only.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz

from polku.exchange.planning.file_rows import FileRow
from polku.exchange.planning.here import Here
from polku.exchange.planning.troubles import Trouble
from polku.kernel.folding import fold

_LONGEST_KEY = 200
_FITS = 60


class Matcher:
    """Finds the objects of one kind for the rows of one sheet, in the order of the file."""

    def __init__(
        self, here: Here, kind: str, objects: Mapping[int, Any], *, ours: bool
    ) -> None:  # fmt: skip
        self._here, self._kind, self._objects, self._ours = here, kind, objects, ours
        self._codes = {obj.code: obj for obj in objects.values()}
        self._names: dict[str, list[Any]] = defaultdict(list)
        self._aliases: dict[str, list[Any]] = defaultdict(list)
        for obj in objects.values():
            if not obj.archived:
                self._remember(obj)
        self._taken: set[int] = set()
        self._said: Counter[str] = Counter()

    def _remember(self, obj: Any) -> None:
        for name in dict.fromkeys(fold(text) for text in names_of(obj)):
            self._names[name].append(obj)
        for alias in getattr(obj, "aliases", ()):
            self._aliases[fold(str(alias))].append(obj)

    def find(self, row: FileRow, names: Iterable[str]) -> tuple[Any, str, list[Trouble]]:
        """The object or None, the key to keep for the row, and what to tell about it."""
        listed = [name for name in names if name.strip()]
        key = self._key(row, listed)
        troubles: list[Trouble] = []
        found = self._by_code(row, listed, troubles)
        found = found or self._by_key(row, key, listed, troubles)
        found = found or self._by_name(row, listed)
        if found is not None:
            self._taken.add(found.pk)
            if found.archived:
                troubles.append(Trouble("put_away"))
        return found, key, troubles

    def _key(self, row: FileRow, names: list[str]) -> str:
        """The key in the source; a row without one goes by its name (and turn, if repeated)."""
        if row.key or (row.code and not self._ours):
            return short_key(row.key or row.code)
        name = fold(names[0]) if names else ""
        self._said[name] += 1
        turn = f"#{self._said[name]}" if self._said[name] > 1 else ""
        return short_key(f"name:{name}{turn}")

    def _free(self, obj: Any) -> bool:
        return obj is not None and obj.pk not in self._taken

    def _by_code(self, row: FileRow, names: list[str], troubles: list[Trouble]) -> Any:
        code = row.code or (row.key.upper() if row.key else "")
        obj = self._codes.get(code)
        if obj is None or not self._free(obj):
            return None
        if (row.code and self._ours) or _fits(obj, names):
            return obj
        if row.code:
            facts = {"raw": code, "other": obj.title}
            troubles.append(Trouble("other_code", facts=facts))
        return None

    def _by_key(
        self, row: FileRow, key: str, names: list[str], troubles: list[Trouble]
    ) -> Any:  # fmt: skip
        ref = self._here.refs.get((self._kind, key))
        obj = self._objects.get(ref.object_id) if ref else None
        if obj is None or not self._free(obj):
            return None
        if row.key and names and not _fits(obj, names):
            troubles.append(Trouble("other_name", facts={"other": obj.title}))
        return obj

    def _by_name(self, row: FileRow, names: list[str]) -> Any:
        for index in (self._names, self._aliases):
            for name in names:
                free = [obj for obj in index.get(fold(name), ()) if self._may_be(row, obj)]
                if len(free) == 1:
                    return free[0]
        return None

    def _may_be(self, row: FileRow, obj: Any) -> bool:
        """A row with a key is never an object that has another key in the same source."""
        if not self._free(obj):
            return False
        ref = self._here.ref_of.get((self._kind, obj.pk))
        return ref is None or not row.key or ref.key.startswith("name:")

    @property
    def left(self) -> list[Any]:
        """Objects that no row stood for, but for those of other lists."""
        rows = [obj for obj in self._objects.values() if not obj.archived]
        elsewhere = self._here.elsewhere
        free = [obj for obj in rows if obj.pk not in self._taken]
        return [obj for obj in free if (self._kind, obj.pk) not in elsewhere]


def names_of(obj: Any) -> list[str]:
    """The title in every language."""
    title = getattr(obj, type(obj).title_field)
    return list(title.texts.values()) if hasattr(title, "texts") else [str(title)]


def short_key(key: str) -> str:
    """The key as it is stored: long ones end in a print of the whole."""
    if len(key) <= _LONGEST_KEY:
        return key
    return key[: _LONGEST_KEY - 17] + "~" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _fits(obj: Any, names: list[str]) -> bool:
    """Whether a name of the row is at least somewhat like a name of the object."""
    known = [fold(str(name)) for name in (*names_of(obj), *getattr(obj, "aliases", ()))]
    return any(fuzz.ratio(fold(name), other) >= _FITS for name in names for other in known)
