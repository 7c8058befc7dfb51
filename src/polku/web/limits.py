"""How often one visitor may try links: guessing must not pay."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 600
MISSES = 20
OPENINGS = 120


def too_many(request: HttpRequest, kind: str, most: int) -> bool:
    """Whether this visitor did it too often within ten minutes; this time counts."""
    key = f"polku:links:{kind}:{_visitor(request)}:{int(time.time()) // WINDOW}"
    cache.add(key, 0, WINDOW)
    return int(cache.incr(key)) > most


def was_too_many(request: HttpRequest, kind: str, most: int) -> bool:
    """As :func:`too_many`, without counting."""
    key = f"polku:links:{kind}:{_visitor(request)}:{int(time.time()) // WINDOW}"
    return int(cache.get(key, 0)) >= most


def _visitor(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
