"""Text is text: payloads stand in every text of every kind, and no page runs one."""

import pytest
from django.db import models

from polku.kernel.actor import system_actor
from polku.kernel.answers import PolkuError
from polku.kernel.changes import change_object
from polku.kernel.decisions import take_decision
from polku.kernel.registry import Entity, entities
from polku.tenancy.models import Workspace
from polku.tenancy.translated import Translated
from tests.access.canaries import Side
from tests.access.filling import text_value
from tests.access.people import browser_of
from tests.access.world import World
from tests.security.pages import inline, is_html, pages

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC37", part="markup is text")]

MARK = "pay1oad"
PAYLOADS = (
    f'"><script>{MARK}()</script><img src=x onerror={MARK}()>',
    f"'><svg onload={MARK}()></textarea></option></select><iframe src=//x>",
    f"javascript:{MARK}() {{{{ {MARK} }}}}{{% now 'Y' %}}",
)


def poison(world: World, row: Entity, payload: str) -> None:
    """Every text of the shared object of a kind holds the payload; a refusal is as good."""
    by = system_actor(world.cast.museum)
    obj = row.model.objects.get(pk=world.objects[Side.SHARED][row.kind].pk)
    for field in row.fields:
        value = None if field.name == "web" else text_value(row, field, payload)
        if value is None or not field.editable:
            continue
        try:
            obj = change_object(row, obj, {field.name: value}, by=by, note=payload)
        except PolkuError:
            continue
    take_decision(obj, by=by, question=payload, reason=payload)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_no_page_runs_what_somebody_wrote(world: World, number: int) -> None:
    payload = PAYLOADS[number]
    for row in entities():
        if row.changeable:
            poison(world, row, payload)
    room = Workspace.objects.get(pk=world.cast.museum.pk)
    room.name = Translated.of(payload, "en")
    room.save()
    wrong, shown = [], 0
    for role in ("admin", "co_creator"):
        for path, answer in pages(world, role):
            if is_html(answer):
                assert answer.broke is None, (path, answer.broke)
                shown += MARK in answer.text
                wrong += [f"{path}: {each}" for each in inline(answer, allowed=("https://zqx",))]
                if f"<script>{MARK}" in answer.text:
                    wrong.append(f"{path}: script")
    assert shown > 60
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("row", [r for r in entities() if "web" in r.by_name], ids=lambda r: r.kind)
@pytest.mark.parametrize("address", [f"javascript:{MARK}()", f"data:text/html,{MARK}", "//evil"])
def test_a_web_page_that_is_code_is_no_link(world: World, row: Entity, address: str) -> None:
    """Refused when written; shown as text if it came in by another way."""
    obj = row.model.objects.get(pk=world.objects[Side.SHARED][row.kind].pk)
    column = row.by_name["web"].column(row.model)
    assert isinstance(column, models.CharField)
    row.model.objects.filter(pk=obj.pk).update(web=address)
    page = browser_of(world, "admin").ask("GET", f"/w/museum/{row.plural}/{obj.code}/")
    assert page.status == 200
    assert not inline(page, allowed=("https://zqx",))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_asked_is_repeated_as_text(world: World, payload: str) -> None:
    browser = browser_of(world, "admin")
    asked = [
        ("/w/museum/search/", {"q": payload}),
        ("/w/museum/services/", {"q": payload, "owner_party": payload, "managed_state": payload}),
        ("/w/museum/services/new/", {"name": payload}),
        ("/w/museum/", {"as_of": payload}),
        ("/w/museum/board/", {"as_of": payload, "owner": payload}),
        ("/accounts/login/", {"next": payload}),
        (f"/w/museum/{payload}/", {}),
    ]
    for path, query in asked:
        for each in (browser, browser_of(world, "anonymous")):
            answer = each.ask("GET", path, query)
            assert answer.status < 500, (path, answer.broke)
            assert not is_html(answer) or not inline(answer), path
    body = {"seen": "1", "criticality": payload, "name": "", "purpose": payload}
    form = browser.ask("POST", "/w/museum/services/new/", body)
    assert form.status == 422
    assert not inline(form)


@pytest.mark.parametrize("payload", PAYLOADS[:2])
def test_a_page_that_does_run_code_is_found(payload: str) -> None:
    from tests.access.browsing import Answer

    assert inline(Answer(200, {}, f"<p>{payload}</p>".encode()))
    for part in ("<a href='javascript:x()'>", "<p style='color:red'>", "<style>p{}</style>"):
        assert inline(Answer(200, {}, part.encode()))
