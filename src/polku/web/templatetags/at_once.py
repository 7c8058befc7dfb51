"""A form that saves at each change: ``{% load at_once %}``."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def at_once(url: str) -> SafeString:
    """Attributes of a form that posts at each change and exchanges the page around it.

    Without script the form is an ordinary one with its own button.
    """
    return format_html(
        'hx-post="{}" hx-trigger="change" hx-target="#main" hx-select="#main"'
        ' hx-select-oob="#rail" hx-swap="outerHTML show:none"',
        url,
    )
