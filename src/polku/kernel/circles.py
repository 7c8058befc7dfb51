"""Finding a circle before it is saved."""

from typing import Any


def path_back(obj: Any, field: str) -> str:
    """The titles along *field* from *obj* back to itself, or nothing when there is no way."""
    seen: list[str] = [obj.title]
    current = getattr(obj, field)
    while current is not None and len(seen) < 100:
        seen.append(current.title)
        if obj.pk is not None and current.pk == obj.pk:
            return " → ".join(seen)
        current = getattr(current, field)
    return ""
