"""Norrvik IT of Satamala: twenty-five services, two ended, one van."""

from polku.examples.content import Example
from polku.examples.norrvik.decisions_gates import GATE_DECISIONS
from polku.examples.norrvik.decisions_other import OTHER_DECISIONS
from polku.examples.norrvik.faces import INSIGHTS, PERSONAS
from polku.examples.norrvik.goals import EDITS, GOALS
from polku.examples.norrvik.journeys import JOURNEYS
from polku.examples.norrvik.links import DISMISSALS, LINKS
from polku.examples.norrvik.offerings import OFFERINGS
from polku.examples.norrvik.packages import PACKAGE_OFFERINGS, PACKAGES
from polku.examples.norrvik.parts import COMPONENTS, DEPENDENCIES, TOUCHPOINTS
from polku.examples.norrvik.people import PARTIES, RELATIONSHIPS, SEGMENTS, WORKSPACE
from polku.examples.norrvik.services_live import SERVICES_LIVE
from polku.examples.norrvik.services_other import SERVICES_OTHER
from polku.examples.norrvik.stakes import LINES, STAKEHOLDERS
from polku.examples.norrvik.versions import VERSIONS
from polku.examples.norrvik.wishes_asked import WISHES_WAITING
from polku.examples.norrvik.wishes_closed import WISHES_CLOSED

EXAMPLE = Example(
    workspace=WORKSPACE,
    parties=PARTIES,
    relationships=RELATIONSHIPS,
    segments=SEGMENTS,
    goals=GOALS,
    components=COMPONENTS,
    services=SERVICES_LIVE + SERVICES_OTHER,
    packages=PACKAGES,
    offerings=OFFERINGS + PACKAGE_OFFERINGS,
    touchpoints=TOUCHPOINTS,
    requirements=WISHES_WAITING + WISHES_CLOSED,
    dependencies=DEPENDENCIES,
    links=LINKS,
    decisions=GATE_DECISIONS + OTHER_DECISIONS,
    edits=EDITS,
    dismissals=DISMISSALS,
    insights=INSIGHTS,
    personas=PERSONAS,
    stakeholders=STAKEHOLDERS,
    lines=LINES,
    versions=VERSIONS,
    journeys=JOURNEYS,
)
