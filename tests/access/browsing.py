"""A light browser: one request at a time, every effect taken back, answers made comparable."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from polku.tenancy.models import UserAccount

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAFE = ("GET", "HEAD", "OPTIONS")
FORM = "application/x-www-form-urlencoded"

# What differs between two equal answers: marks against forgery, keys of forms, times
_CHANGING = re.compile(
    rb'(name="(csrfmiddlewaretoken|once)" value=")[^"]*'
    rb"|(\"csrfToken\": ?\")[^\"]*"
    rb"|(X-CSRFToken[^a-zA-Z0-9]+)[A-Za-z0-9]{32,64}"
)
_VOLATILE_HEADERS = frozenset({"Date", "Content-Length", "Set-Cookie"})


@dataclass(frozen=True)
class Answer:
    """What came back: ``broke`` is the exception behind a 500."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    cookies: Mapping[str, Any] = field(default_factory=dict)
    broke: BaseException | None = None

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode(errors="replace")

    @property
    def leads_to(self) -> str:
        """Where a redirect goes."""
        return self.headers.get("Location", "")

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether this is the way to the sign-in page."""
        return self.status == 302 and self.leads_to.startswith(reverse("account_login"))

    def everything(self) -> bytes:
        """All that the reader gets: headers, cookies and content."""
        heads = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return heads.encode() + str(self.cookies).encode() + self.content

    def comparable(self, *own: str) -> tuple[Any, ...]:
        """The answer without what it repeats of the address (*own* words) and without marks."""
        heads = sorted(
            (name, _without(value.encode(), own))
            for name, value in self.headers.items()
            if name not in _VOLATILE_HEADERS
        )
        content = _CHANGING.sub(rb"\1\3\4", self.content)
        return (self.status, heads, sorted(self.cookies), _without(content, own))


def _without(content: bytes, own: tuple[str, ...]) -> bytes:
    for word in sorted(own, key=len, reverse=True):
        content = content.replace(word.encode(), b"~").replace(word.lower().encode(), b"~")
    return content


@cache
def application() -> ClientHandler:
    """The whole of it with all middleware, begun once for all browsers."""
    return ClientHandler(enforce_csrf_checks=False)


class Browser(RequestFactory):
    """Asks the whole application, as one person or as nobody."""

    def __init__(self, user: UserAccount | None = None, *, cookies: Mapping[str, str] = {}) -> None:
        super().__init__()
        self._answer = application()
        self._broke: BaseException | None = None
        self.cookies.load({**(_session(user) if user else {}), **cookies})

    def request(self, **request: Any) -> HttpResponseBase:
        """Through all middleware; an exception becomes the page it would become."""
        return self._answer(self._base_environ(**request))

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *,
        headers: Mapping[str, str] | None = None, keep: bool = False,
    ) -> Answer:  # fmt: skip
        """One request; below ``/api/`` the body is JSON, elsewhere a form.

        What it wrote is taken back, unless *keep*.
        """
        self._broke = None
        got_request_exception.connect(self._note)
        try:
            with transaction.atomic():
                response = self._send(method, path, body or {}, headers or {})
                transaction.set_rollback(not keep)
        finally:
            got_request_exception.disconnect(self._note)
        return Answer(
            response.status_code, dict(response.items()), _content(response),
            {name: morsel.OutputString() for name, morsel in response.cookies.items()}, self._broke,
        )  # fmt: skip

    def _send(
        self, method: str, path: str, body: Mapping[str, Any], headers: Mapping[str, str]
    ) -> HttpResponseBase:
        if method in SAFE:
            return getattr(self, method.lower())(path, body or None, headers=headers)  # type: ignore[no-any-return]
        if path.startswith("/api/"):
            return self.generic(method, path, json.dumps(body), "application/json", headers=headers)
        if method == "POST":
            return self.post(path, body, headers=headers)
        return self.generic(method, path, "", FORM, headers=headers)

    def _note(self, **_facts: Any) -> None:
        import sys

        self._broke = sys.exception()


def _session(user: UserAccount) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def _content(response: HttpResponseBase) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]
