"""The three sizes of a workspace, as people read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# (code, name, what it holds)
SIZES: tuple[tuple[str, Any, Any], ...] = (
    ("solo", _("Just me"),
     _("Home, services, meeting points. Enough for one person and their visitors.")),
    ("small", _("A team with its own customers"),
     _("Adds goals and wishes, groups of people, and customers by name.")),
    ("provider", _("A house with many services"),
     _("Adds parts and suppliers, and what stops if they stop.")),
)  # fmt: skip


def sizes(chosen: str) -> list[dict[str, Any]]:
    """The sizes as choices, one of them chosen."""
    return [
        {"code": code, "name": name, "note": note, "chosen": code == chosen}
        for code, name, note in SIZES
    ]


def size_name(code: str) -> str:
    """The name of a size."""
    return next((str(name) for known, name, _note in SIZES if known == code), code)
