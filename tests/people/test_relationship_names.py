"""A relationship is called after its two sides, also after one of them got another name."""

import pytest

from polku.kernel.changes import change_object
from polku.kernel.models import SearchText
from polku.kernel.operations_bulk import change_objects
from polku.kernel.registry import entity
from polku.tenancy.models import Relationship
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _found(row: Relationship, word: str) -> bool:
    rows = SearchText.objects.filter(kind="relationship", object_id=row.pk)
    return rows.filter(folded__contains=word).exists()


@pytest.mark.parametrize("many", [False, True])
def test_a_new_name_of_a_party_moves_and_finds_its_relationships(cast: Cast, many: bool) -> None:
    party, by = cast.school.consumer_party, cast.aino.actor
    values = {"name": "Ängsbacka skola"}
    if many:
        change_objects(entity("party"), [(party.pk, values)], by=by)
    else:
        change_object(entity("party"), party, values, by=by)
    row = Relationship.objects.get(pk=cast.school.pk)
    assert row.sort_title.startswith("angsbacka skola")
    assert _found(row, "angsbacka")
    assert row.revision == cast.school.revision


def test_another_change_leaves_the_words_alone(cast: Cast) -> None:
    before = Relationship.objects.get(pk=cast.school.pk).sort_title
    change_object(entity("party"), cast.school.consumer_party, {"web": ""}, by=cast.aino.actor)
    assert Relationship.objects.get(pk=cast.school.pk).sort_title == before
