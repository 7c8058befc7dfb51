"""The tables of the journeys."""

from polku.journeys.models.cells import BlueprintCell, CellComment
from polku.journeys.models.interviews import InterviewAnswer, JourneyInterview, TouchpointReading
from polku.journeys.models.journeys import Journey, Stage, Step
from polku.journeys.models.keeping import JourneyEdit, JourneyPlace, JourneyVersion
from polku.journeys.models.pains import PainPoint
from polku.journeys.models.sharing import JourneyShare
from polku.journeys.models.touchpoints import Touchpoint

__all__ = [
    "BlueprintCell", "CellComment", "InterviewAnswer", "Journey", "JourneyEdit",
    "JourneyInterview", "JourneyPlace", "JourneyShare", "JourneyVersion", "PainPoint", "Stage",
    "Step", "Touchpoint", "TouchpointReading",
]  # fmt: skip
