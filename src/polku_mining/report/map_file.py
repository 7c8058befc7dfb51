"""The map as a picture of its own, for slides and documents."""

import re
from importlib.resources import files

from polku_mining.log import Log
from polku_mining.report.flow import flow_of
from polku_mining.report.map_layout import map_layout
from polku_mining.report.map_picture import hint, picture
from polku_mining.report.markup import Markup, tag
from polku_mining.report.reader import Reader
from polku_mining.writers.xes import FORBIDDEN

FONT = "svg { font-family: system-ui, sans-serif; background: #faf8f4; }\n"


def map_svg(log: Log, *, share: float = 0.9, reader: Reader | None = None) -> str:
    """An SVG with its style inside, in colours that every program knows; see :func:`page`.

    *share* is how many of the cases it should hold whole. Its description names every line.
    """
    reader = reader or Reader()
    flow = flow_of(log, share)
    told = ". ".join(hint(tie, flow, reader) for tie in flow.ties)
    drawn = picture(flow, map_layout(flow, reader), reader, about=told, before=_style())
    return FORBIDDEN.sub("\ufffd", drawn)


def _style() -> Markup:
    """What the report's style says of the map, by day: few programs know variables of CSS."""
    css = files("polku_mining.report").joinpath("report.css").read_text("utf-8")
    by_day = re.sub(r"light-dark\(([^,]+), [^)]+\)", r"\1", css)
    colours = dict(re.findall(r"--([\w-]+): ([^;]+);", by_day))
    rules = [line for line in by_day.splitlines() if line.startswith((".map ", "svg text"))]
    plain = re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], "\n".join(rules))
    return tag("style", Markup(FONT + plain))
