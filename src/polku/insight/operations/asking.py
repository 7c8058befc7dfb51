"""Verbs of this room: asking somebody about a loose end."""

import logging

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from polku.insight.notices.kinds import ASKED
from polku.insight.telling import sentence_of
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.loose_ends import require_open
from polku.kernel.models import AuditEvent, LooseEnd
from polku.kernel.notices import NEVER, choices_of_many
from polku.kernel.operations_notices import Telling, tell
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find
from polku.tenancy.models import Membership

log = logging.getLogger(__name__)


def ask_about(end: LooseEnd, person: Membership, *, by: Actor, words: str, address: str) -> None:
    """Ask one of the team about a loose end, by their news and, unless they said never, by mail.

    *address* is the page to open. The question stands in the object's history. Raises BadInput
    without words, Refused when the end is not open or the person is not of this workspace.
    """
    require(may_read_inside(by))
    require_open(end)
    if not words.strip():
        raise BadInput({"words": _("Write what you want to know.")})
    if person.workspace_id != by.workspace.pk or person.state != Membership.State.ACTIVE:
        raise Refused(_("Only somebody who works here can be asked."))
    obj = find(by, end.object_kind, end.object_id)
    if obj is None:
        raise Refused(_("This is about many things at once; ask about one of them."))
    with transaction.atomic(), one_operation():
        changes = {end.check_code: [None, str(person.user)]}
        event = record("loose_end.asked", by=by, obj=obj, changes=changes, note=words.strip())
        tell(by.workspace, [_notice(end, event, person, by)])
        choices = choices_of_many(by.workspace, [person.user_id])
        if choices[person.user_id, ASKED].mail != NEVER:
            transaction.on_commit(lambda: _mail(end, obj.title, person, by, words, address))


def _notice(end: LooseEnd, event: AuditEvent, person: Membership, by: Actor) -> Telling:
    said = {"words": event.note[:400], "check": end.check_code, "parameters": end.parameters,
            "by": [by.user_id]}  # fmt: skip
    key = f"{ASKED}:{event.pk}"
    return Telling(person.user_id, ASKED, key, end.object_kind, end.object_id, said)


def _mail(
    end: LooseEnd, title: str, person: Membership, by: Actor, words: str, address: str
) -> None:
    with translation.override(person.user.lang):
        subject = " ".join(_("%(who)s asks you about %(what)s").split())
        subject %= {"who": by.name, "what": title}
        body = f"{title}: {sentence_of(end)}\n\n{words.strip()}\n\n{address}\n"
    try:
        send_mail(" ".join(subject.split()), body, None, [person.user.email])
    except OSError as error:
        log.warning("a mail could not be sent: %s", type(error).__name__)
