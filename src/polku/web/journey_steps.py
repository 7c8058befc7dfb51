"""A step of a journey in words, for pages of the desk and of guests alike."""

from django.utils.translation import gettext as _

from polku.journeys.documents import StepDoc
from polku.web.readings import page_language


def step_words(step: StepDoc) -> str:
    """A step by its place and name, in the language of the page."""
    title = step.title(page_language())
    return f"{step.place} {title}" if title else _("Step %(n)d") % {"n": step.place}
