"""Services that other sheets name: here already, or in the same file."""

from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import names_of
from polku.exchange.planning.rows import PlanRow, Target
from polku.exchange.spreadsheet.identity import row_key
from polku.kernel.folding import fold

# In place of a sheet's name: the number is that of an object here.
HERE = ""


class Targets:
    """Finds a service by code, by its key in the source, or by name; the file's own go first."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._rows: dict[str, Target] = {}
        self._known: dict[str, Target] | None = None

    def add(self, plan: PlanRow) -> None:
        """A service row of this file may be named by others."""
        target: Target = (HERE, plan.obj.pk) if plan.obj is not None else plan.place
        names = [plan.title, *(plan.values.get("aliases") or ())]
        if plan.obj is not None:
            names += [plan.obj.code, *names_of(plan.obj)]
        for name in names:
            self._rows.setdefault(fold(str(name)), target)
        if plan.ref:
            self._rows.setdefault(plan.ref, target)

    def service(self, text: str) -> Target | None:
        """Where the service that a cell names is found; None if nowhere."""
        key = row_key([text])
        return self._rows.get(fold(text)) or self._rows.get(key) or self._here_by_name(text)

    def _here_by_name(self, text: str) -> Target | None:
        if self._known is None:
            self._known = {}
            for obj in self._here.services.values():
                if not obj.archived:
                    for name in (obj.code, *names_of(obj), *obj.aliases):
                        self._known.setdefault(fold(str(name)), (HERE, obj.pk))
        return self._known.get(fold(text))
