"""What is and what shall be: a journey and its counterpart, step by step comparable."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from polku.journeys.document_reading import read_document
from polku.journeys.entities import JOURNEY
from polku.journeys.models import Journey
from polku.journeys.operations.editing import held_journey
from polku.journeys.operations.filling import fill
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import STAMPED, create_object, stamp
from polku.kernel.policy import may_change
from polku.tenancy.translated import Translated

_OTHER = {Journey.Kind.CURRENT: Journey.Kind.DESIGNED, Journey.Kind.DESIGNED: Journey.Kind.CURRENT}
NAME_LENGTH = 120
_TAKEN = ("owner_party", "audience", "relationship", "happy_path")


def make_counterpart(journey: Journey, *, by: Actor) -> Journey:
    """Make the journey as it shall be of the one as it is, or the other way round: everything
    copied, with the same threads, and each names the other. The new one says in brackets which of
    the two it is. Raises Refused when it has one."""
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, journey))
    with transaction.atomic(), one_operation():
        first = held_journey(journey)
        if first.pair_id is not None:
            raise Refused(_("It has a counterpart already."))
        kind = _OTHER.get(Journey.Kind(first.kind), Journey.Kind.DESIGNED)
        values = {name: getattr(first, name) for name in _TAKEN}
        second: Journey = create_object(
            JOURNEY,
            values | {"name": _called(first, kind), "scenario": first.scenario, "kind": kind,
                      "services": list(first.services.all())},
            by=by,
        )  # fmt: skip
        fill(second, read_document(by, first), by=by)
        _tie(first, second, by)
        _tie(second, first, by)
    journey.pair, journey.revision = second, first.revision
    return second


def _called(first: Journey, kind: Journey.Kind) -> Translated:
    """The name of the first with the kind of the second behind it, in each of its languages."""
    known = {code for code, _name in settings.LANGUAGES}
    texts = {}
    for lang, text in first.name.texts.items():
        with override(lang if lang in known else settings.LANGUAGE_CODE):
            bare = text.removesuffix(f" ({Journey.Kind(first.kind).label})")
            end = f" ({kind.label})"
        texts[lang] = bare[: NAME_LENGTH - len(end)].rstrip() + end
    return Translated.from_mapping(texts, first.name.source_lang)


def _tie(one: Journey, other: Journey, by: Actor) -> None:
    one.pair = other
    stamp(one, by)
    one.save(update_fields=["pair", *STAMPED])
    record("journey.paired", by=by, obj=one, changes={"pair": [None, other.code]})
