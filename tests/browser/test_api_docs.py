"""The reference of the API in a real browser, under our security policy."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

LONG = 90_000  # hundreds of routes are drawn by the browser


@pytest.mark.django_db(transaction=True)
def test_the_reference_shows_every_route_and_nothing_is_refused(
    page: Page, live_server: Any, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/docs")
    expect(page.get_by_role("heading", name="Polku")).to_be_visible(timeout=LONG)
    expect(page.locator(".opblock-tag-section").first).to_be_visible(timeout=LONG)
    page.locator("[id='operations-services-service_create'] button").first.click()
    expect(page.get_by_text("Idempotency-Key").first).to_be_visible()
    page.screenshot(path=tmp_path / "api_docs.png")
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
