"""The table of all checks, in the order in which their page tells them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check
from polku.insight.checks.goals import GOALS
from polku.insight.checks.hearing import HEARING
from polku.insight.checks.journeys import JOURNEYS
from polku.insight.checks.keeping import KEEPING
from polku.insight.checks.offers import OFFERS
from polku.insight.checks.parts import PARTS
from polku.insight.checks.people import PEOPLE
from polku.insight.checks.services import SERVICES
from polku.kernel.answers import Sentence


@dataclass(frozen=True)
class Room:
    """Checks that are about the same things."""

    key: str
    name: Sentence
    checks: tuple[Check, ...]


ROOMS: tuple[Room, ...] = (
    Room("services", _("Services"), SERVICES),
    Room("goals", _("Goals and wishes"), GOALS),
    Room("offers", _("What people get"), OFFERS),
    Room("parts", _("Parts and suppliers"), PARTS),
    Room("people", _("People we serve"), PEOPLE),
    Room("journeys", _("Journeys and meeting points"), JOURNEYS + HEARING),
    Room("keeping", _("Who looks after it, and when"), KEEPING),
)

CHECKS: tuple[Check, ...] = tuple(check for room in ROOMS for check in room.checks)
BY_CODE = {check.code: check for check in CHECKS}
