"""Three values of a field: in the file last time, here, in the file now. Source: portfolio 7.6."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from polku.exchange.planning.file_rows import FileRow
from polku.exchange.planning.here import Here
from polku.exchange.planning.rows import PlanRow
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.values import is_clear
from polku.kernel.models import AuditEvent, ExternalRef

type Verdict = Literal["same", "changed", "conflict"]


class Unknown:
    """Nobody knows what the file said before."""


UNKNOWN = Unknown()
# The file said the very same last time.
SAID = Unknown()


def settle(base: Any, here: Any, file: Any) -> Verdict:
    """What a cell of the file means for the field here."""
    if base is SAID or file in (here, base):
        return "same"
    if base is UNKNOWN or here == base:
        return "changed"
    return "conflict"


class Former:
    """What the file said when it was last here, or what an export of ours wrote into it."""

    def __init__(self, here: Here, kind: str, exported_at: dt.datetime | None) -> None:
        self._here, self._kind, self._exported_at = here, kind, exported_at
        self._since = self._changes_since(exported_at) if exported_at else {}

    def _changes_since(self, moment: dt.datetime) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        events = AuditEvent.objects.filter(
            workspace=self._here.by.workspace, object_kind=self._kind, at__gt=moment
        ).order_by("id")
        for number, changes in events.values_list("object_id", "changes"):
            known = found.setdefault(number, {})
            for name, pair in changes.items():
                if isinstance(pair, list) and len(pair) == 2:
                    known.setdefault(name, pair[0])
        return found

    def of(
        self, obj: Any, name: str, here: Any, heading: str, *,
        from_plain: Callable[[Any], Any], from_text: Callable[[str], Any], clears: bool,
    ) -> Any:  # fmt: skip
        """The former value of a field, in the form in which it is compared.

        A cell that *clears* always means something, unless it said so last time too.
        """
        if self._exported_at is not None:
            since = self._since.get(obj.pk, {})
            return from_plain(since[name]) if name in since else here
        ref: ExternalRef | None = self._here.ref_of.get((self._kind, obj.pk))
        if ref is None:
            return UNKNOWN
        text = str(ref.last_seen.get("cells", {}).get(heading, ""))
        if clears and is_clear(text):
            return SAID
        if clears and not text.strip():
            return UNKNOWN
        return from_text("" if is_clear(text) else text)

    def cells(self, obj: Any) -> Mapping[str, str]:
        """The filled cells of the row when it was last here."""
        ref = self._here.ref_of.get((self._kind, obj.pk))
        found: Mapping[str, str] = ref.last_seen.get("cells", {}) if ref else {}
        return found


class Weigher:
    """Puts the fields of one row into its plan, each new, same, changed or in conflict."""

    def __init__(self, row: FileRow, plan: PlanRow, former: Former, *, file_wins: bool) -> None:
        self.row, self.plan, self.former, self.file_wins = row, plan, former, file_wins

    def takes(
        self, name: str, here: Any, file: Any, heading: str, *,
        from_plain: Callable[[Any], Any] = lambda value: value,
        from_text: Callable[[str], Any] = lambda text: text, label: str = "",
    ) -> bool:  # fmt: skip
        """Whether the file's value is to be stored; tells of a change or a conflict."""
        if self.plan.obj is None:
            return file not in ("", None, (), [])
        base = self.former.of(
            self.plan.obj, name, here, heading, from_plain=from_plain, from_text=from_text,
            clears=is_clear(self.row.raw.get(heading, "")),
        )  # fmt: skip
        verdict = settle(base, here, file)
        if verdict == "conflict" and not self.file_wins:
            facts = {"base": shown(base), "here": shown(here), "file": shown(file)}
            self.plan.troubles.append(Trouble("conflict", heading, facts))
            return False
        if verdict == "same":
            return False
        self.plan.changes[label or name] = [shown(here), shown(file)]
        return True

    def said_before(self, heading: str) -> bool:
        """Whether the row said the very same in this column when it was last here."""
        if self.plan.obj is None or not (former := self.former.cells(self.plan.obj)):
            return False
        return former.get(heading, "") == self.row.raw.get(heading, "")


def text_before(lang: str, before: Any) -> str:
    """A text in one language, out of the plain form of its field."""
    return str((before or {}).get(lang, ""))


def shown(value: Any) -> str:
    """A value in words, for a table of changes."""
    if value is None or value is UNKNOWN:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value if part not in (False, None))
    return str(value)
