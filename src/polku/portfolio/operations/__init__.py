"""Verbs of the portfolio: one function, one transaction, one entry of history."""

from polku.portfolio.operations.components import (
    add_reference,
    check_reference,
    remove_reference,
    supply_from,
)
from polku.portfolio.operations.merging import Unanswered, merge_wishes
from polku.portfolio.operations.offerings import default_offering, publish_offering, set_elements
from polku.portfolio.operations.packages import set_members
from polku.portfolio.operations.prices import set_prices
from polku.portfolio.operations.requirements import add_wish, tell_giver
from polku.portfolio.operations.services import (
    DIAL_FIELDS,
    close_to_new,
    create_service,
    create_services,
    review_service,
    set_dial,
)
from polku.portfolio.operations.splitting import Stale, may_split, split_wish
from polku.portfolio.operations.steps import take_step
from polku.portfolio.operations.versions import bring_back, note_wishes_done

__all__ = [
    "DIAL_FIELDS",
    "Stale",
    "Unanswered",
    "add_reference",
    "add_wish",
    "bring_back",
    "check_reference",
    "close_to_new",
    "create_service",
    "create_services",
    "default_offering",
    "may_split",
    "merge_wishes",
    "note_wishes_done",
    "publish_offering",
    "remove_reference",
    "review_service",
    "set_dial",
    "set_elements",
    "set_members",
    "set_prices",
    "split_wish",
    "supply_from",
    "take_step",
    "tell_giver",
]
