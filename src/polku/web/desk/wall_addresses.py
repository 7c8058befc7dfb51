"""Addresses of the wall."""

from django.urls import URLPattern, path

from polku.insight.wall.lanes import LANE_OF
from polku.kernel.registry import entities
from polku.web.desk import wall, wall_nearby, wall_tying


def patterns() -> list[URLPattern]:
    """The page, the file, tying, and the small picture of one thing."""
    found = [
        path("services/wall/", wall.wall, name="wall"),
        path("services/wall/drawing/", wall.wall_svg, name="wall_svg"),
        path("services/wall/tie/", wall_tying.wall_tie, name="wall_tie"),
    ]
    for row in entities():
        if row.kind in LANE_OF:
            at, kind = f"{row.plural}/<code:code>/near/", {"kind": row.kind}
            found.append(path(at, wall_nearby.object_near, kind, f"{row.page_name}_near"))
    return found
