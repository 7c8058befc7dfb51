"""Mails about people and access, in the language of who reads them."""

import logging

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from polku.kernel import magic_links
from polku.kernel.models import MagicLink
from polku.tenancy.models import UserAccount

log = logging.getLogger(__name__)


def tell_invited(link: MagicLink, secret: str, inviter: str) -> bool:
    """Mail an invitation to the account of the link; False when no mail server took it."""
    if link.membership is None:
        return False
    with translation.override(link.lang):
        words = {
            "who": one_line(inviter),
            "where": one_line(link.workspace.name.reading(link.lang).text),
            "address": magic_links.address(secret),
            "days": magic_links.DAYS,
        }
        subject = _("%(who)s invites you to %(where)s") % words
        body = _(
            "%(who)s invites you to work in %(where)s.\n\n"
            "Open this to come in:\n%(address)s\n\n"
            "It works for %(days)d days, for you alone. "
            "If you do not know why you got this, do nothing: nothing happens without you."
        )
        return _send(subject, body % words, link.membership.user.email)


def tell_link_maker(link: MagicLink, maker: UserAccount) -> bool:
    """Tell who made a link that its holder came too late and asks for another."""
    with translation.override(maker.lang):
        subject = _("Somebody asks for a new link")
        body = _(
            "A link that you sent from %(where)s was opened after its time was over, "
            "and its reader asks for a new one. You find it under Settings, People."
        ) % {"where": one_line(link.workspace.name.reading(maker.lang).text)}
        return _send(subject, body, maker.email)


def one_line(text: str) -> str:
    """A text that can stand in a subject line."""
    return " ".join(text.split())


def _send(subject: str, body: str, to: str) -> bool:
    try:
        return bool(send_mail(subject, body, None, [to]))
    except Exception as error:  # what was saved stands, whatever a mail server or its setting does
        log.warning("a mail could not be sent: %s", type(error).__name__)
        return False
