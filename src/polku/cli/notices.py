"""``polku notices``: news by mail, from the operator's shell."""

import typer

from polku.cli import booting

notices_app = typer.Typer(help="News by mail.", no_args_is_help=True)


@notices_app.command("send")
def notices_send() -> None:
    """Work out this morning's news and mail what waits, as the clock does by itself.

    Whoever had their mail this morning gets no second one.
    """
    booting.start()
    from polku.insight.notices.sending import as_line, send_news

    sent = send_news()
    booting.say(as_line(sent))
    if sent.failed:
        raise typer.Exit(1)
