"""A workspace with a journey of 40 steps and 12 lanes, and one of four steps beside it.

python -m tools.bench.journey    adds it to POLKU_HOME and prints what the lines need, as JSON
"""

import json
import sys
from typing import Any

import django

SLUG = "bench-journey"
STAGES, STEPS_EACH, FEW = 8, 5, 1
LANE_WORDS = "the door opens, somebody looks up and says what to do next"


def main() -> None:
    """Fill the home and print codes, step numbers and how many statements pages take."""
    django.setup()
    json.dump(fill(), sys.stdout)


def fill() -> dict[str, Any]:
    """Both journeys, a token, and the statements of their pages."""
    from polku.journeys.models import Step
    from polku.kernel.actor import actor_of
    from polku.kernel.tokens import make_token
    from polku.people.operations import open_workspace
    from polku.tenancy.models import UserAccount

    person = UserAccount.objects.get(email="olga@example.org")
    membership = open_workspace("Bench of a journey", language="en", size="provider",
                                person=person, slug=SLUG)  # fmt: skip
    by = actor_of(membership, "cli")
    many, few = _journey(by, "Long way", STAGES), _journey(by, "Short way", FEW)
    numbers = Step.objects.filter(journey=many).order_by("number").values_list("number", flat=True)
    _row, token = make_token(membership, "bench", by=by)
    return {
        "code": many.code, "few": few.code, "steps": list(numbers), "token": token,
        "statements": _statements(many.code), "statements of few": _statements(few.code),
    }  # fmt: skip


def _journey(by: Any, name: str, stages: int) -> Any:
    from polku.journeys.documents import JourneyDoc, StageDoc
    from polku.journeys.operations import fill as fill_journey
    from polku.kernel.changes import create_object
    from polku.kernel.registry import entity

    journey = create_object(entity("journey"), {"name": name}, by=by)
    doc = JourneyDoc(stages=tuple(
        StageDoc(name=_text(f"Part {n}"),
                 steps=tuple(_step(n * STEPS_EACH + m) for m in range(STEPS_EACH)))
        for n in range(stages)
    ))  # fmt: skip
    return fill_journey(journey, doc, by=by)


def _step(n: int) -> Any:
    from polku.journeys.documents import CellDoc, PainDoc, StepDoc, TouchpointDoc
    from polku.journeys.lanes import CELL_ROWS

    return StepDoc(
        name=_text(f"Step {n}"), customer_action=_text(f"{n}: {LANE_WORDS}"),
        expectation=_text(f"that {LANE_WORDS}"), emotion_target=2, emotion_assumed=n % 5 - 2,
        expected_wait="PT5M", sphere="joint",
        touchpoints=(TouchpointDoc(name=_text(f"Door {n % 12}"), channel_kind="place"),),
        cells={row: (CellDoc(row, _text(f"{row} {n}: {LANE_WORDS}")),) for row in CELL_ROWS},
        pains=(PainDoc(text=_text(f"Nobody is at door {n}"), severity=n % 5 + 1),),
    )  # fmt: skip


def _text(words: str) -> Any:
    from polku.tenancy.translated import Translated

    return Translated.from_mapping({"en": words, "fi": f"{words} (suomeksi)"}, "en")


def _statements(code: str) -> int:
    from tools.bench.statements import count

    return count(f"/w/{SLUG}/journeys/{code}/")


if __name__ == "__main__":
    main()
