"""A "no" carries its reason; every other refusal is an error with a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Sentence = str | Promise


@dataclass(frozen=True)
class Allowed:
    """Yes."""

    ok = True
    reason = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """No, because."""

    reason: Sentence
    ok = False

    def __bool__(self) -> bool:
        return False


type Answer = Allowed | Denied


class PolkuError(Exception):
    """Something that a person must be told; ``code`` is stable, ``message`` is for reading."""

    code = "error"
    status = 400

    def __init__(self, message: Sentence = "") -> None:
        super().__init__(message)
        self._message = message

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        return str(self._message)

    def __str__(self) -> str:
        return self.message


class NotAllowed(PolkuError):
    """The actor lacks the right; 403."""

    code = "not-allowed"
    status = 403


class NotFound(PolkuError):
    """Missing, or not for this actor: the answer is the same; 404."""

    code = "not-found"
    status = 404

    def __init__(self, message: Sentence = "") -> None:
        super().__init__(message or _("There is nothing here by that name."))


class BadInput(PolkuError):
    """The shape of the input is wrong; ``fields`` says what at which field; 422."""

    code = "bad-input"
    status = 422

    def __init__(self, fields: Mapping[str, Sentence], message: Sentence = "") -> None:
        super().__init__(message or _("Nothing was saved: some fields need another look."))
        self.fields = dict(fields)

    def __str__(self) -> str:
        parts = [f"{name}: {text}" for name, text in self.fields.items()]
        return " ".join([self.message, *parts])


class Refused(PolkuError):
    """A rule of the data says no; 409."""

    code = "refused"
    status = 409


class Conflict(PolkuError):
    """Somebody changed the same field since it was opened; both texts are kept; 409.

    ``fields`` is ``{field: {"base": ..., "theirs": ..., "mine": ...}}`` in machine form.
    """

    code = "conflict"
    status = 409

    def __init__(self, fields: Mapping[str, Mapping[str, Any]], revision: int) -> None:
        super().__init__(
            _("Somebody changed this while you were writing. Nothing is lost: choose below.")
        )
        self.fields = dict(fields)
        self.revision = revision


def require(answer: Answer) -> None:
    """Raise :class:`NotAllowed` with the reason of a "no"."""
    if isinstance(answer, Denied):
        raise NotAllowed(answer.reason)
