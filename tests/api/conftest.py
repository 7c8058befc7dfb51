"""Callers of the API: the cast, each with a personal token of their own."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.callers import Caller
    from tests.cast import Cast


def _caller(cast: "Cast", name: str) -> "Caller":
    # Not at the top: this module is read before Django is set up.
    from tests.api.callers import token_of

    return token_of(getattr(cast, name))


@pytest.fixture
def aino(cast: "Cast") -> "Caller":
    return _caller(cast, "aino")


@pytest.fixture
def piotr(cast: "Cast") -> "Caller":
    return _caller(cast, "piotr")


@pytest.fixture
def liisa(cast: "Cast") -> "Caller":
    return _caller(cast, "liisa")


@pytest.fixture
def tuomas(cast: "Cast") -> "Caller":
    return _caller(cast, "tuomas")


@pytest.fixture
def olga(cast: "Cast") -> "Caller":
    return _caller(cast, "olga")
