"""What a sheet may refer to by code or name: meeting points, parts, parties, other journeys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from polku.journeys.document_shapes import JourneyDoc, Named, TouchpointDoc
from polku.journeys.models import Journey, Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.folding import fold
from polku.kernel.queries import visible
from polku.portfolio.models import Component
from polku.tenancy.models import Party


@dataclass(frozen=True)
class Library:
    """Things by code; meeting points also by name, in any language."""

    touchpoints: Mapping[str, TouchpointDoc] = field(default_factory=dict)
    components: Mapping[str, Named] = field(default_factory=dict)
    parties: Mapping[str, Named] = field(default_factory=dict)
    journeys: Mapping[str, Named] = field(default_factory=dict)

    def touchpoint_named(self, names: Iterable[str]) -> TouchpointDoc | None:
        """The meeting point that has one of these names, if it is the only one."""
        wanted = {fold(name.strip()) for name in names if name.strip()}
        found = [
            point for point in self.touchpoints.values()
            if wanted & {fold(text) for text in point.name.texts.values()}
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None


def library_of(actor: Actor) -> Library:
    """All that the actor may see."""
    points = visible(actor, Touchpoint).exclude(state=Touchpoint.State.REMOVED)
    return Library(
        touchpoints={row.code: point_of(row) for row in points},
        components=_named(visible(actor, Component)),
        parties=_named(visible(actor, Party)),
        journeys=_named(visible(actor, Journey)),
    )


def library_in(doc: JourneyDoc) -> Library:
    """What a document itself refers to: for reading a sheet without a workspace."""
    cells = [cell for step in doc.steps for cell in step.all_cells]
    return Library(
        touchpoints={p.code: p for step in doc.steps for p in step.touchpoints if p.code},
        components={cell.component.code: cell.component for cell in cells if cell.component},
        parties={cell.actor.code: cell.actor for cell in cells if cell.actor},
        journeys={s.sub_journey.code: s.sub_journey for s in doc.steps if s.sub_journey},
    )


def point_of(row: Touchpoint) -> TouchpointDoc:
    """A meeting point of the library as it stands in a document."""
    return TouchpointDoc(
        name=row.name, code=row.code, id=row.pk, channel_kind=row.channel_kind, state=row.state,
        decisive=row.moment_of_truth, has_latitude=bool(row.latitude),
        has_recovery=bool(row.recovery), importance=row.importance,
    )  # fmt: skip


def _named(rows: Iterable[Any]) -> dict[str, Named]:
    return {row.code: Named(row.code, row.title) for row in rows}
