"""Tags of the pages about services: ``{% load portfolio %}``."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from polku.web.desk import values

register = template.Library()


@register.filter
def title_of(obj: Any) -> str:
    """The name of a thing as text in the reader's language."""
    return values.title_text(obj)


@register.filter
def linked(obj: Any) -> SafeString:
    """The name of a thing as a link to its page; the thing must know its workspace."""
    return values.link_html(obj, obj.workspace)
