"""Harbour Museum of Satamala: two and a half people, one net loft, everybody's children."""

from polku.examples.content import Example
from polku.examples.harbour_museum.faces import INSIGHTS, PERSONAS
from polku.examples.harbour_museum.goals import DECISIONS, DISMISSALS, EDITS, GOALS
from polku.examples.harbour_museum.journeys import JOURNEYS
from polku.examples.harbour_museum.links import LINKS
from polku.examples.harbour_museum.meeting_points import COMPONENTS, DEPENDENCIES, TOUCHPOINTS
from polku.examples.harbour_museum.offerings import OFFERINGS
from polku.examples.harbour_museum.people import PARTIES, RELATIONSHIPS, SEGMENTS, WORKSPACE
from polku.examples.harbour_museum.services import SERVICES
from polku.examples.harbour_museum.stakes import LINES, STAKEHOLDERS
from polku.examples.harbour_museum.wishes import REQUIREMENTS

EXAMPLE = Example(
    workspace=WORKSPACE,
    parties=PARTIES,
    relationships=RELATIONSHIPS,
    segments=SEGMENTS,
    goals=GOALS,
    components=COMPONENTS,
    services=SERVICES,
    offerings=OFFERINGS,
    touchpoints=TOUCHPOINTS,
    requirements=REQUIREMENTS,
    dependencies=DEPENDENCIES,
    links=LINKS,
    decisions=DECISIONS,
    edits=EDITS,
    dismissals=DISMISSALS,
    insights=INSIGHTS,
    personas=PERSONAS,
    stakeholders=STAKEHOLDERS,
    lines=LINES,
    journeys=JOURNEYS,
)
