"""No foreign key climbs: a table points only to its own room or to one on a lower floor.

import-linter sees imports; a key written as the text "portfolio.ServiceProduct" goes past it.
"""

import inspect
import os
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db.models import Field, Model

from tools.house import Breach

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def foreign_keys_that_climb() -> list[Breach]:
    """Every foreign key of the product's tables that points up or sideways."""
    return list(climbing(_models_of_polku(), floors()))


def floors() -> dict[str, int]:
    """{room: floor}, the ground being 0, as the import contract in pyproject.toml has them."""
    contract = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"][0]
    rows = [row.replace("(", "").replace(")", "") for row in reversed(contract["layers"])]
    return {room.strip(): floor for floor, row in enumerate(rows) for room in row.split("|")}


def climbing(models: Iterable[type[Model]], floor_of: dict[str, int]) -> Iterator[Breach]:
    """Breaches among `models`; tables of rooms outside `floor_of` (Django's own) are let be."""
    for model in models:
        for field in _pointing(model._meta.get_fields()):
            target = field.related_model._meta.app_label
            if _climbs(model._meta.app_label, target, floor_of):
                yield _breach(model, field, target)


def _climbs(room: str, target: str, floor_of: dict[str, int]) -> bool:
    if room == target or room not in floor_of or target not in floor_of:
        return False
    return floor_of[target] >= floor_of[room]


def _pointing(fields: Sequence[Field]) -> Iterator[Field]:
    """Fields that name another table; what other tables point back with is auto-created."""
    own = (field for field in fields if field.is_relation and not field.auto_created)
    return (field for field in own if field.related_model)


def _breach(model: type[Model], field: Field, target: str) -> Breach:
    path = Path(inspect.getsourcefile(model) or "")
    line = inspect.getsourcelines(model)[1] if path.exists() else 1
    advice = f"{model.__name__}.{field.name} points up to {target}; tie them by a Link"
    return Breach(path, line, "climbing-key", advice)


def _models_of_polku() -> list[type[Model]]:
    import django
    from django.apps import apps

    with tempfile.TemporaryDirectory(prefix="polku-lint-") as home:
        if not apps.ready:
            os.environ["POLKU_HOME"] = home
            os.environ["DJANGO_SETTINGS_MODULE"] = "polku.settings"
            django.setup()
        configs = [config for config in apps.get_app_configs() if config.name.startswith("polku.")]
        return [
            model for config in configs for model in config.get_models(include_auto_created=True)
        ]
