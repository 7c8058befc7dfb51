"""Tables of the portfolio."""

from polku.portfolio.models.components import Component, Dependency
from polku.portfolio.models.offerings import Offering, OfferingElement, Price
from polku.portfolio.models.packages import PackageMember, ServicePackage
from polku.portfolio.models.requirements import Requirement
from polku.portfolio.models.services import ServiceProduct
from polku.portfolio.models.strategy import StrategyGoal
from polku.portfolio.models.versions import ProductVersion

__all__ = [
    "Component",
    "Dependency",
    "Offering",
    "OfferingElement",
    "PackageMember",
    "Price",
    "ProductVersion",
    "Requirement",
    "ServicePackage",
    "ServiceProduct",
    "StrategyGoal",
]
