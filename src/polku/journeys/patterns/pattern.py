"""What a ready-made journey is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from polku.tenancy.translated import Translated

LANGUAGES = ("en", "fi", "pl", "ru")


@dataclass(frozen=True)
class Meeting:
    """A meeting point that mostly stands at a step."""

    name: Translated
    channel_kind: str


@dataclass(frozen=True)
class PatternStep:
    """One step: what the customer does, what we do before and behind, how it shall feel."""

    name: Translated
    customer_action: Translated
    cells: Mapping[str, Translated]
    meeting: Meeting | None
    feeling: int | None
    sphere: str
    optional: bool


@dataclass(frozen=True)
class PatternStage:
    """A part of the journey with its steps; ``dsv_step`` is one of the seven, or nothing."""

    name: Translated
    dsv_step: str
    steps: tuple[PatternStep, ...]


@dataclass(frozen=True)
class Pattern:
    """A ready-made journey. ``about`` says in one line for whom it is."""

    key: str
    name: Translated
    about: Translated
    stages: tuple[PatternStage, ...]

    @property
    def steps(self) -> tuple[PatternStep, ...]:
        """All steps in order."""
        return tuple(step for stage in self.stages for step in stage.steps)


def t(en: str, fi: str, pl: str, ru: str) -> Translated:
    """A text in the four languages."""
    return Translated.from_mapping({"en": en, "fi": fi, "pl": pl, "ru": ru}, "en")


def step(
    name: Translated, does: Translated, *, ours: Translated | None = None,
    behind: Translated | None = None, unseen: Translated | None = None,
    meet: tuple[str, Translated] | None = None, feel: int | None = None,
    sphere: str = "joint", optional: bool = False,
) -> PatternStep:  # fmt: skip
    """One step; ``meet`` is the way of meeting and its name."""
    said = {"customer_backstage": unseen, "frontstage": ours, "backstage": behind}
    return PatternStep(
        name, does, {row: text for row, text in said.items() if text is not None},
        Meeting(meet[1], meet[0]) if meet else None, feel, sphere, optional,
    )  # fmt: skip


def stage(name: Translated, *steps: PatternStep, dsv: str = "") -> PatternStage:
    """A stage with its steps."""
    return PatternStage(name, dsv, steps)
