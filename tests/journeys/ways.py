"""A journey to write in."""

from polku.journeys.models import Journey
from polku.journeys.operations import add_stage, add_step
from tests.cast import Person, make


def visit_of(person: Person) -> Journey:
    """A journey with two stages and three steps."""
    by = person.actor
    journey: Journey = make("journey", by, name="I visit the museum")
    before = add_stage(journey, values={"name": "Before"}, by=by)
    there = add_stage(journey, values={"name": "There"}, by=by)
    add_step(journey, before.pk, values={"customer_action": "sees a poster"}, by=by)
    add_step(journey, before.pk, values={"customer_action": "books on the phone"}, by=by)
    add_step(journey, there.pk, values={"customer_action": "finds the door"}, by=by)
    return journey
