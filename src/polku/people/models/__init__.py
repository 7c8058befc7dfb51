"""Tables of the people's room."""

from polku.people.models.personas import Insight, Persona
from polku.people.models.segments import Segment
from polku.people.models.sharing import SharingRequest
from polku.people.models.stakeholders import Stakeholder, StakeholderTie

__all__ = ["Insight", "Persona", "Segment", "SharingRequest", "Stakeholder", "StakeholderTie"]
