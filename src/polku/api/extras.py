"""What only some kinds of objects can do."""

from django.http import HttpRequest, HttpResponse

from polku.api.answers import answer_object, answer_once, who
from polku.api.bodies import read_json, shaped
from polku.api.objects import found, plain_of
from polku.api.shapes import ReviewIn
from polku.kernel.registry import Entity
from polku.portfolio.operations import publish_offering, review_service


def review(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Say "still true": looked at today, and when to look again."""
    return answer_once(request, lambda: _review(request, entity, code))


def _review(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor, sent = who(request), shaped(ReviewIn, read_json(request))
    obj = review_service(found(actor, entity, code), by=actor, next_on=sent.next_on)
    return answer_object(plain_of(actor, entity, obj))


def publish(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    """Publish in every language that has a title and one line."""
    return answer_once(request, lambda: _publish(request, entity, code))


def _publish(request: HttpRequest, entity: Entity, code: str) -> HttpResponse:
    actor = who(request)
    offering = publish_offering(found(actor, entity, code), by=actor)
    return answer_object(plain_of(actor, entity, offering))
