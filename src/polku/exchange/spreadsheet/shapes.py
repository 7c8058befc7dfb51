"""What each sheet of the workbook may hold. Source: handbook, portfolio 6.

A field's ``kind`` says how a cell is read: words are multilingual, a reference names a row of
another sheet, a choice is one of ``choices``.
"""

from dataclasses import dataclass
from typing import Literal

type FieldKind = Literal[
    "key",
    "words",
    "text",
    "list",
    "party",
    "state",
    "choice",
    "contact",
    "url",
    "languages",
    "date",
    "reference",
]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One column the system knows; ``asked`` ones are shown in bold, ``name`` is the row's name."""

    name: str
    kind: FieldKind
    asked: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def multilingual(self) -> bool:
        return self.kind == "words"


@dataclass(frozen=True, slots=True)
class SheetShape:
    """One sheet the system knows."""

    kind: str
    fields: tuple[FieldShape, ...]

    def field(self, name: str) -> FieldShape | None:
        return next((field for field in self.fields if field.name == name), None)

    @property
    def row_names(self) -> tuple[str, ...]:
        """A row without these can't be kept."""
        return tuple(field.name for field in self.fields if field.required)


_F = FieldShape
_COST = ("none", "low", "medium", "high", "unknown")
_PRIORITY = ("must", "should", "could", "not_now", "unknown")
_EFFECT = ("stops", "degrades", "inconvenience", "unknown")
_DEPENDENCY = ("requires", "part_of", "substitutes", "excludes", "migrates_to", "supports")
_COMPONENT = (
    "process",
    "resource",
    "skill",
    "asset",
    "supplier_service",
    "goods",
    "document",
    "space",
    "data",
)

SERVICES = SheetShape(
    "services",
    (
        _F("id", "key"),
        _F("name", "words", asked=True, required=True),
        _F("aliases", "list"),
        _F("owner", "party", asked=True),
        _F("state", "state", asked=True),
        _F("purpose", "words"),
        _F("for_whom", "words"),
        _F("channels", "list"),
        _F("contact", "contact"),
        _F("page", "url"),
        _F("supplier", "party"),
        _F("cost_class", "choice", choices=_COST),
        _F("price", "words"),
        _F("when", "words"),
        _F("languages", "languages"),
        _F("last_reviewed", "date"),
        _F("notes", "text"),
    ),
)
REQUIREMENTS = SheetShape(
    "requirements",
    (
        _F("id", "key"),
        _F("text", "words", asked=True, required=True),
        _F("service", "reference"),
        _F("from_whom", "party"),
        _F("date", "date"),
        _F("priority", "choice", choices=_PRIORITY),
        _F("state", "state"),
    ),
)
USERS = SheetShape(
    "users",
    (
        _F("who", "party", asked=True, required=True),
        _F("service", "reference", asked=True, required=True),
        _F("since", "date"),
        _F("until", "date"),
        _F("agreement", "text"),
        _F("contact", "contact"),
        _F("notes", "text"),
    ),
)
DEPENDENCIES = SheetShape(
    "dependencies",
    (
        _F("service", "reference", asked=True, required=True),
        _F("needs", "text", asked=True, required=True),
        _F("kind", "choice", choices=_DEPENDENCY + _COMPONENT),
        _F("criticality", "choice", choices=_EFFECT),
        _F("where", "text"),
        _F("checked", "date"),
        _F("supplier", "party"),
    ),
)
SHAPES: dict[str, SheetShape] = {
    shape.kind: shape for shape in (SERVICES, REQUIREMENTS, USERS, DEPENDENCIES)
}
