"""Texts on pages for customers: ``{% load offers %}``."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from polku.tenancy.translated import Reading

register = template.Library()


@register.simple_tag
def told(reading: Reading, lang: str) -> SafeString:
    """A text as it was written, its lines kept; marked where its language is another one."""
    text = linebreaksbr(reading.text)
    if reading.lang == lang or not reading.text:
        return text
    return format_html('<span lang="{}">{}</span>', reading.lang, text)
