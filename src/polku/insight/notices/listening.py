"""What makes news, and when it goes out."""

from polku.insight.notices.happening import heard, import_heard
from polku.insight.notices.kinds import register_all
from polku.insight.notices.sending import as_line, send_news
from polku.insight.service_owners import service_owners
from polku.kernel.events import answers, on
from polku.kernel.schedule import at_each_tick


def start() -> None:
    """Register the kinds of news, the handlers and the round that sends."""
    register_all()
    answers("service_owners", service_owners)
    on("import.completed", import_heard)
    on("*", heard)
    at_each_tick("news", lambda: as_line(send_news()))
