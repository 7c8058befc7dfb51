"""The way from a thing's page to what hangs on it."""

from django.utils.html import format_html

from polku.insight.impact import questions_of
from polku.insight.impact.questions import FIRST
from polku.kernel.audit import kind_of
from polku.web.desk.impact import impact_url
from polku.web.desk.objects import ObjectPage, section


def impact_link(page: ObjectPage) -> str:
    """The usual question of the kind as a quiet verb in the head; for the team alone."""
    if not page.actor.is_internal or page.obj.archived:
        return ""
    asked = questions_of(kind_of(page.obj))[0]
    return format_html(
        '<a class="button button-quiet" href="{}">{}</a>',
        impact_url(page.actor, page.obj),
        asked.ask,
    )


def place() -> None:
    """Put the link on the pages of every kind that a question begins from."""
    for kind in FIRST:
        section(kind, "next_step", impact_link, order=90)
