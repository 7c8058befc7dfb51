"""What happens at each purpose of a link, as far as its pages exist."""

from polku.kernel.magic_links import on_open


def open_doors() -> None:
    """Called once when the pages are registered."""
    from polku.web.guest.invitations import invitation_open
    from polku.web.guest.viewing import shared_view

    on_open("invite", invitation_open)
    on_open("view", shared_view)
