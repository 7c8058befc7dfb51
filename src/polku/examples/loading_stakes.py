"""What typical customers and stakeholders of an example rest on, and the lines between them."""

from functools import partial
from typing import Any

from polku.examples.content import LinkRow
from polku.examples.content_people import LineRow, PersonaRow, StakeholderRow
from polku.examples.loading_story import TIED, Story
from polku.examples.loading_values import translated
from polku.kernel.actor import Actor
from polku.people.operations import draw_line


def ties_of_people(row: Any) -> list[LinkRow]:
    """The ties that a row about people names itself."""
    found: list[LinkRow] = []
    if isinstance(row, PersonaRow | StakeholderRow):
        begin = row.moves[0]
        made = {"made_by": row.owner or begin.by, "made_on": begin.on}
        found += [LinkRow("L34", row.key, known, **made) for known in row.based_on]  # type: ignore[arg-type]
        if isinstance(row, PersonaRow):
            found += [LinkRow("L06", thing, row.key, **made) for thing in row.meant_for]  # type: ignore[arg-type]
        else:
            found += [LinkRow("L39", row.key, thing, **made) for thing in row.stakes]  # type: ignore[arg-type]
    return found


def plan_lines(story: Story) -> None:
    """Draw each line on the day on which both its ends are there."""
    for line in story.example.lines:
        day = max(story.first_day(line.from_), story.first_day(line.to))
        story.plan(day, TIED, line.made_by, partial(_draw, story, line))


def _draw(story: Story, line: LineRow, by: Actor) -> None:
    draw_line(story.object(line.from_), story.object(line.to), translated(line.words), by=by)
