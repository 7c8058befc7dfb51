"""Other ways to a thing behind a wall: references, filters, order, search, days, bodies, files."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from polku.kernel.registry import Entity, entities
from tests.access.asking import Matrix, minimal
from tests.access.browsing import Answer
from tests.access.canaries import Side, missing_code
from tests.access.routes import routes
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC30", part="pages, search, API")]

KINDS = [row.kind for row in entities()]
BEHIND = {
    "admin": (Side.FOREIGN, Side.PENDING),
    "co_creator": (Side.FOREIGN, Side.OTHER, Side.INSIDE, Side.PENDING),
}
DOORS = ("/w/museum/{}/", "/api/v1/w/museum/{}")


def kind(name: str) -> Entity:
    return next(row for row in entities() if row.kind == name)


def alike(one: Answer, other: Answer, *words: str) -> bool:
    return one.comparable(*words) == other.comparable(*words)


def hidden_codes(world: World, role: str, ref: str) -> Iterator[str]:
    for side in BEHIND[role]:
        if ref in world.objects[side]:
            yield world.code(side, ref)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("role", BEHIND)
def test_a_filter_by_what_is_hidden_answers_as_for_what_is_missing(
    world: World, role: str, name: str
) -> None:
    matrix, row, wrong = Matrix(world), kind(name), []
    for field in (row.by_name[each] for each in row.filters if row.by_name[each].type == "ref"):
        nothing = missing_code(kind(field.ref).prefix)
        for code in hidden_codes(world, role, field.ref):
            for door in DOORS:
                path = door.format(row.plural)
                found = matrix.answer(role, "GET", path, {field.name: code})
                other = matrix.answer(role, "GET", path, {field.name: nothing})
                if found.comparable(code) != other.comparable(nothing):
                    wrong.append(f"{path}?{field.name}={code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [row.kind for row in entities() if row.changeable])
@pytest.mark.parametrize("role", ["editor"])
def test_a_reference_to_another_workspace_is_refused_as_a_missing_one(
    world: World, role: str, name: str
) -> None:
    matrix, row, wrong = Matrix(world), kind(name), []
    least = minimal(world, row, api=True)
    here = f"/api/v1/w/museum/{row.plural}"
    for field in row.fields:
        if field.type not in {"ref", "refs", "object"} or not field.editable:
            continue
        ref = field.ref or "service_product"
        for side in (Side.FOREIGN, Side.PENDING):
            code, nothing = world.code(side, ref), missing_code(kind(ref).prefix)
            for method, path, body in (
                ("POST", here, least),
                ("PATCH", f"{here}/{world.code(Side.SHARED, name)}", {}),
            ):
                answers = [
                    matrix.answer(role, method, path, {**body, field.name: _one(field.type, each)})
                    for each in (code, nothing)
                ]
                if answers[0].comparable(code) != answers[1].comparable(nothing):
                    wrong.append(f"{method} {path} {field.name}={code}: {answers[0].text[:200]}")
                if answers[0].status < 400:
                    wrong.append(f"{method} {path} {field.name}={code} was taken")
    assert not wrong, "\n".join(wrong)


def _one(form: str, code: str) -> str | list[str]:
    return [code] if form == "refs" else code


@pytest.mark.scenario("AC31", part="links across")
@pytest.mark.parametrize("where", ["from", "to"])
def test_a_tie_across_workspaces_is_refused_as_one_to_nothing(world: World, where: str) -> None:
    matrix = Matrix(world)
    ends = {"kind": "L06", "from": world.code(Side.SHARED, "service_product"),
            "to": world.code(Side.INSIDE, "segment")}  # fmt: skip
    row = kind("service_product" if where == "from" else "segment")
    code, nothing = world.code(Side.FOREIGN, row.kind), missing_code(row.prefix)
    path = "/api/v1/w/museum/links"
    found = matrix.answer("admin", "POST", path, {**ends, where: code})
    other = matrix.answer("admin", "POST", path, {**ends, where: nothing})
    assert found.status == 422
    assert found.comparable(code) == other.comparable(nothing)


@pytest.mark.parametrize("role", BEHIND)
def test_ties_of_what_is_hidden_are_asked_for_in_vain(world: World, role: str) -> None:
    matrix = Matrix(world)
    for code in hidden_codes(world, role, "service_product"):
        found = matrix.answer(role, "GET", "/api/v1/w/museum/links", {"of": code})
        nothing = missing_code("SRV")
        other = matrix.answer(role, "GET", "/api/v1/w/museum/links", {"of": nothing})
        assert found.comparable(code) == other.comparable(nothing)


def test_a_decision_cannot_revise_a_foreign_one(world: World) -> None:
    matrix = Matrix(world)
    path = f"/api/v1/w/museum/services/{world.code(Side.SHARED, 'service_product')}/decisions"
    body = {"question": "Again?", "reason": "Because."}
    code, nothing = world.code(Side.FOREIGN, "decision"), missing_code("DEC")
    found = matrix.answer("admin", "POST", path, {**body, "revises": code})
    other = matrix.answer("admin", "POST", path, {**body, "revises": nothing})
    assert found.status >= 400
    assert found.comparable(code) == other.comparable(nothing)


@pytest.mark.parametrize("side", [Side.FOREIGN, Side.OTHER, Side.INSIDE, Side.PENDING])
@pytest.mark.parametrize("path", ["/w/museum/search/", "/api/v1/w/museum/search"])
def test_search_finds_nothing_behind_a_wall(world: World, path: str, side: Side) -> None:
    """By half of the canary, so that a repeated question is not taken for a leak."""
    matrix = Matrix(world)
    role = "admin" if side in BEHIND["admin"] else "co_creator"
    asked, nothing = side[:7], "zqxqqqq"
    found = matrix.answer(role, "GET", path, {"q": asked})
    other = matrix.answer(role, "GET", path, {"q": nothing})
    assert found.comparable(asked) == other.comparable(nothing)
    seen = matrix.answer("admin", "GET", path, {"q": Side.SHARED[:7]})
    assert not alike(seen, matrix.answer("admin", "GET", path, {"q": nothing}), nothing)


@pytest.mark.parametrize("name", KINDS)
def test_words_of_a_list_count_nothing_behind_a_wall(world: World, name: str) -> None:
    matrix, row = Matrix(world), kind(name)
    for door in DOORS:
        path = door.format(row.plural)
        for side in BEHIND["co_creator"]:
            asked, nothing = side[:7], "zqxqqqq"
            found = matrix.answer("co_creator", "GET", path, {"q": asked})
            other = matrix.answer("co_creator", "GET", path, {"q": nothing})
            assert found.comparable(asked) == other.comparable(nothing), (path, side)


@pytest.mark.parametrize("name", KINDS)
def test_fields_of_the_team_order_and_narrow_nothing(world: World, name: str) -> None:
    matrix, row = Matrix(world), kind(name)
    inside = [field.name for field in row.fields if field.inside_only]
    path = f"/api/v1/w/museum/{row.plural}"
    for each in inside:
        for query in ({each: "x"}, {"sort": each}):
            nothing = {"zz" + k if k == each else k: "zz" + v if v == each else v
                       for k, v in query.items()}  # fmt: skip
            found = matrix.answer("co_creator", "GET", path, query)
            other = matrix.answer("co_creator", "GET", path, nothing)
            assert found.comparable(each) == other.comparable("zz" + each), query


@pytest.mark.parametrize("name", KINDS)
def test_the_past_shows_nothing_that_the_present_hides(world: World, name: str) -> None:
    matrix, row = Matrix(world), kind(name)
    day = {"as_of": dt.datetime.now(dt.UTC).date().isoformat()}
    for door in DOORS:
        for role in BEHIND:
            path = door.format(row.plural)
            answer = matrix.answer(role, "GET", path, day)
            assert not list(matrix.canaries(role, "GET", path, answer))
            assert answer.status in {200, 302, 403, 422}
    code, nothing = world.code(Side.FOREIGN, name), missing_code(row.prefix)
    found = matrix.answer("admin", "GET", f"/api/v1/w/museum/{row.plural}/{code}", day)
    other = matrix.answer("admin", "GET", f"/api/v1/w/museum/{row.plural}/{nothing}", day)
    assert found.comparable(code) == other.comparable(nothing)


@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
@pytest.mark.parametrize("name", KINDS)
def test_a_revision_cannot_be_guessed(world: World, name: str, header: str) -> None:
    matrix, row = Matrix(world), kind(name)
    code, nothing = world.code(Side.FOREIGN, name), missing_code(row.prefix)
    method = "PATCH" if header == "If-Match" else "GET"
    for tag in ('"1"', '"2"', "*"):
        answers = [
            matrix.answer("admin", method, f"/api/v1/w/museum/{row.plural}/{each}", {"tags": ["a"]},
                          headers={header: tag})
            for each in (code, nothing)
        ]  # fmt: skip
        assert answers[0].comparable(code) == answers[1].comparable(nothing)


def test_lists_and_exports_hold_no_canary(world: World) -> None:
    """Every list with every order, both ways, archived ones too, as everybody who may open it."""
    matrix, wrong = Matrix(world), []
    for row in entities():
        for role in ("admin", "co_creator", "guest"):
            for query in _queries(row):
                for door in DOORS:
                    path = door.format(row.plural)
                    answer = matrix.answer(role, "GET", path, query)
                    wrong += list(matrix.canaries(role, "GET", f"{path} {query}", answer))
    assert not wrong, "\n".join(wrong)


def _queries(row: Entity) -> list[dict[str, str]]:
    sorts = [{"sort": name} for name in row.sorts[:3]]
    return [*sorts, {"archived": "any"}, {"q": "zqx"}]


@pytest.mark.parametrize("role", ["admin", "co_creator"])
def test_an_export_holds_no_canary(world: World, role: str) -> None:
    names = [route for route in routes() if "export" in route.name]
    matrix, wrong = Matrix(world), []
    for route in names:
        for query in ({}, {"format": "csv"}, {"format": "xlsx"}, {"format": "json"}):
            for row in entities() if "plural" in route.params else [kind("service_product")]:
                values = {"workspace": "museum", "plural": row.plural}
                if not set(route.params) <= set(values):
                    continue
                path = route.path(**values)
                answer = matrix.answer(role, "GET", path, query)
                assert answer.status < 500, (path, answer.broke)
                wrong += list(matrix.canaries(role, "GET", f"{path} {query}", _opened(answer)))
    assert not wrong, "\n".join(wrong)


def _opened(answer: Answer) -> Answer:
    """A packed workbook as the texts in it."""
    if not answer.content.startswith(b"PK"):
        return answer
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        texts = b"\n".join(packed.read(name) for name in packed.namelist())
    return Answer(answer.status, answer.headers, texts)


def test_what_is_shared_is_really_read(world: World) -> None:
    """The canaries are no empty threat: who may read them reads them."""
    matrix = Matrix(world)
    code = world.code(Side.SHARED, "service_product")
    for role, side in (("co_creator", Side.SHARED), ("admin", Side.INSIDE)):
        for path in (f"/w/museum/services/{code}/", f"/api/v1/w/museum/services/{code}"):
            assert side in matrix.answer(role, "GET", path).text
    known = json.loads(matrix.answer("co_creator", "GET", "/api/v1/w/museum/services").text)
    assert [item["code"] for item in known["items"]] == [code]
    assert known["count"] == 1
