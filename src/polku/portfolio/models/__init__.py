"""Tables of the portfolio."""

from polku.portfolio.models.components import Component, Dependency
from polku.portfolio.models.offerings import Offering, OfferingElement
from polku.portfolio.models.requirements import Requirement
from polku.portfolio.models.services import ServiceProduct
from polku.portfolio.models.strategy import StrategyGoal

__all__ = [
    "Component",
    "Dependency",
    "Offering",
    "OfferingElement",
    "Requirement",
    "ServiceProduct",
    "StrategyGoal",
]
