"""Listens to a page: script errors and breaches of its security policy become complaints."""

from playwright.sync_api import ConsoleMessage, Page

# The browser logs an answer 4xx as an error; tests ask for such pages on purpose.
EXPECTED_NOISE = "Failed to load resource: the server responded with a status of 4"


def watch(page: Page, complaints: list[str]) -> None:
    """Add every error of the page's console and scripts to `complaints` from now on."""
    page.on("console", lambda message: _note(message, complaints))
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error" and not message.text.startswith(EXPECTED_NOISE):
        complaints.append(f"console: {message.text}")
