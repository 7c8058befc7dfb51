"""Evidence and lines for programs."""

import pytest

from polku.people.models import Insight, Persona, StakeholderTie
from tests.api.callers import problem, token_of
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
KNOWN = {"statement": {"en": "They wait", "fi": "He odottavat"}, "method": "interview", "n": 9,
         "learnt_on": "2026-05-01", "why": "Nine families"}  # fmt: skip


@pytest.fixture
def family(cast: Cast) -> Persona:
    found: Persona = make("persona", cast.aino.actor, label="The rainy Sunday family")
    return found


def test_evidence_is_added_and_counted(cast: Cast, family: Persona) -> None:
    api = token_of(cast.piotr)
    answer = api.post(f"personas/{family.code}/evidence", KNOWN, Idempotency_Key="key-1234567890")
    assert answer.status_code == 201
    assert answer.json()["statement"] == KNOWN["statement"]
    again = api.post(f"personas/{family.code}/evidence", KNOWN, Idempotency_Key="key-1234567890")
    assert again.json() == answer.json()
    assert Insight.objects.count() == 1
    read = api.get(f"personas/{family.code}").json()
    assert (read["evidence_count"], read["confidence"]) == (1, "some")
    link = api.get(f"personas/{family.code}/links").json()["items"][0]
    assert (link["kind"], link["to"], link["why"]) == ("L34", "INS-1", "Nine families")


def test_bad_evidence_and_those_who_may_not(cast: Cast, family: Persona) -> None:
    path = f"personas/{family.code}/evidence"
    api = token_of(cast.piotr)
    assert (
        "learnt_on"
        in problem(api.post(path, {**KNOWN, "learnt_on": "2999-01-01"}), 422, "bad-input")["errors"]
    )
    assert api.post(path, {"statement": "x", "colour": "red"}).status_code == 422
    assert token_of(cast.liisa).post(path, KNOWN).status_code == 403
    assert token_of(cast.tuomas).post(path, KNOWN).status_code == 404
    assert not Insight.objects.exists()


def test_nobody_sends_how_sure_we_are(cast: Cast, family: Persona) -> None:
    answer = token_of(cast.piotr).patch(f"personas/{family.code}", {"confidence": "strong"})
    assert answer.status_code == 422


def test_lines_are_drawn_read_and_taken_away(cast: Cast) -> None:
    by = cast.aino.actor
    one, other = (make("stakeholder", by, group_name=name) for name in ("Neighbours", "The city"))
    api, path = token_of(cast.piotr), f"stakeholders/{one.code}/lines"
    words = {"en": "listens to", "fi": "kuuntelee"}
    drawn = api.post(path, {"other": other.code, "words": words})
    assert drawn.status_code == 201
    line = drawn.json()["items"][0]
    assert (line["from"], line["to"], line["words"]) == (one.code, other.code, words)
    assert api.get(f"stakeholders/{other.code}/lines").json()["items"] == [line]
    assert problem(api.post(path, {"other": "STK-99", "words": "x"}), 422, "bad-input")
    assert api.post(path, {"other": other.code, "words": "again"}).status_code == 409
    assert token_of(cast.liisa).delete(f"{path}/{line['id']}").status_code == 403
    assert token_of(cast.tuomas).get(path).status_code == 404
    assert api.delete(f"{path}/nothing").status_code == 404
    assert api.delete(f"{path}/{line['id']}").json()["items"] == []
    assert not StakeholderTie.objects.exists()


def test_two_are_one_and_both_can_be_read(cast: Cast) -> None:
    api, by = token_of(cast.piotr), cast.aino.actor
    kept, gone = make("party", by, name="IT"), make("party", by, name="IT dept", business_id="7")
    at, key = f"parties/{kept.code}/merge", {"Idempotency_Key": "merge-1234567890"}
    body = {"other": gone.code.lower(), "revisions": {kept.code: 1, gone.code: 1}, "why": "One"}
    late = problem(api.post(at, {**body, "revisions": {gone.code: 9}}), 409, "conflict")
    assert late["fields"] == {gone.code: {"base": 9, "theirs": 1, "mine": 9}}
    first = api.post(at, body, **key)
    assert first.status_code == 200, first.content
    assert (first.json()["aliases"], first.json()["business_id"]) == (["IT dept"], "7")
    assert api.post(at, body, **key).json() == first.json()
    read = api.get(f"parties/{gone.code}").json()
    assert (read["state"], read["merged_into"], read["archived"]) == ("merged", kept.code, True)
    assert gone.code not in {row["code"] for row in api.get("parties").json()["items"]}
    problem(api.post(at, {"other": gone.code}), 409, "refused")
    problem(api.patch(f"parties/{gone.code}", {"name": "New"}), 409, "refused")
    problem(api.post(at, {"other": "PTY-4711"}), 422, "bad-input")
    problem(token_of(cast.heikki).post(at, body), 403, "not-allowed")
    problem(token_of(cast.olga).post(f"/api/v1/w/norrvik/{at}", body), 404, "not-found")
