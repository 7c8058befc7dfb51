"""Choices of the settings, as people read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.tenancy.models.accounts import INTERNAL_ROLES, AccessRole

VOCABULARIES: tuple[tuple[str, Any, Any], ...] = (
    ("plain", _("Plain words"),
     _("who does what · meeting point · behind the scenes · ready to open · needs a look")),
    ("service_management", _("Words of service management"),
     _("The terms of the handbooks, for those who learnt them.")),
)  # fmt: skip

INSIDE_ROLES = [(code, label) for code, label in AccessRole.choices if code in INTERNAL_ROLES]
OFFERED_ROLES = [(code, label) for code, label in AccessRole.choices if code != "guest"]


def vocabulary_name(code: str) -> str:
    """The name of a vocabulary."""
    return next((str(name) for known, name, _note in VOCABULARIES if known == code), code)
