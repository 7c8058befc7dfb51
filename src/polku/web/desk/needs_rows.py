"""The needs at a thing with what is at their other ends, for every section that tells of them."""

from typing import Any

from django.db.models import Q

from polku.kernel.queries import find_many
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.models import Dependency
from polku.portfolio.queries import visible_dependencies
from polku.web.desk.objects import ObjectPage


def need_rows(page: ObjectPage) -> list[tuple[Dependency, Any]]:
    """Needs of any days whose other end the reader may see, with that end; read once a page."""
    if page.entity.kind not in DEPENDENCY_ENDS or not page.actor.is_internal:
        return []
    if "needs" not in page.shared:
        here = page.entity.kind, page.obj.pk
        rows = visible_dependencies(page.actor).filter(
            Q(from_kind=here[0], from_id=here[1]) | Q(to_kind=here[0], to_id=here[1])
        )
        found = [(row, other_end(page, row)) for row in rows.order_by("kind", "id")]
        others = find_many(page.actor, {end for _row, end in found})
        page.shared["needs"] = [(row, others[end]) for row, end in found if end in others]
    shared: list[tuple[Dependency, Any]] = page.shared["needs"]
    return shared


def is_forward(page: ObjectPage, row: Dependency) -> bool:
    """Whether the page's thing is the one that needs."""
    return (row.from_kind, row.from_id) == (page.entity.kind, page.obj.pk)


def other_end(page: ObjectPage, row: Dependency) -> tuple[str, int]:
    """Kind and number of what is not the page's thing."""
    return (row.to_kind, row.to_id) if is_forward(page, row) else (row.from_kind, row.from_id)
