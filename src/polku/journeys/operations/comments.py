"""What people say about a row at a step. It changes nothing in the journey itself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.journeys.lanes import LANES
from polku.journeys.models import CellComment, Journey, JourneyShare, Step
from polku.journeys.outside import seen_keys
from polku.journeys.policy import may_comment
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.magic_links import use_link
from polku.tenancy.translated import readable

TEXT_FITS = 2000
NAME_FITS = 80


def comment(journey: Journey, step: int, row: str, text: str, *, by: Actor) -> CellComment:
    """Say something about a row at a step. Raises BadInput, NotFound or NotAllowed."""
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_comment(by))
    if row not in {lane.key for lane in LANES}:
        raise NotFound
    said = CellComment(
        workspace=by.workspace, journey=journey, step=_step(journey, step), row=row,
        author_id=by.user_id, author_name=by.name[:NAME_FITS], text=_words(text),
        lang=by.lang_for_writing,
    )  # fmt: skip
    return _keep(said, by)


def comment_by_link(
    share: JourneyShare, step: int, row: str, text: str, *, name: str = "", lang: str = ""
) -> CellComment:
    """A guest says something about a row that their link shows.

    Counts one use of the link. Raises BadInput, NotFound for a row or step that they do not see,
    and Refused where the link takes no (more) words.
    """
    seen = seen_keys(share)
    if not share.may_comment or share.journey.archived or row not in seen:
        raise NotFound
    said = CellComment(
        workspace=share.workspace, journey=share.journey, step=_step(share.journey, step),
        row=row, share=share, text=_words(text), author_name=_name(name), lang=lang[:10],
    )  # fmt: skip
    guest = Actor(share.workspace, role="guest", side="consumer", name=said.author_name,
                  lang=lang or share.workspace.default_lang)  # fmt: skip
    with transaction.atomic():
        use_link(share.link)
        return _keep(said, guest)


def answer_comment(said: CellComment, *, by: Actor, text: str = "") -> CellComment:
    """Be done with a comment, with an answer or without. Raises Refused when somebody was."""
    return _settle(said, by, answer=_answer(text), done=True)


def reopen_comment(said: CellComment, *, by: Actor) -> CellComment:
    """It is not done after all; the answer stays for the next to see."""
    return _settle(said, by, answer=None, done=False)


def _settle(said: CellComment, by: Actor, *, answer: str | None, done: bool) -> CellComment:
    if said.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_comment(by))
    with transaction.atomic(), one_operation():
        row = CellComment.objects.select_for_update().select_related("journey").get(pk=said.pk)
        if (row.resolved_at is not None) is done:
            raise Refused(_("Somebody did that already. Look at the comment again."))
        row.resolved_at = timezone.now() if done else None
        row.resolved_by_id = by.user_id if done else None
        if answer is not None:
            row.answer = answer
        row.save(update_fields=["resolved_at", "resolved_by", "answer"])
        verb = "journey.comment_answered" if done else "journey.comment_reopened"
        record(verb, by=by, obj=row.journey, changes={"comment": [_of(row), row.answer]})
    return row


def _keep(said: CellComment, by: Actor) -> CellComment:
    with transaction.atomic(), one_operation():
        said.save()
        changes = {"comment": [None, _of(said)]}
        record("journey.commented", by=by, obj=said.journey, changes=changes)
    return said


def _of(said: CellComment) -> dict[str, object]:
    return {"step": said.step.number, "row": said.row, "text": said.text,
            "who": said.author_name}  # fmt: skip


def _step(journey: Journey, number: int) -> Step:
    found = Step.objects.filter(journey=journey, number=number).first()
    if found is None:
        raise NotFound
    return found


def _words(text: str) -> str:
    words = readable(text).strip()
    if not words:
        raise BadInput({"text": _("Write what you want to say.")})
    if len(words) > TEXT_FITS:
        raise BadInput({"text": _("This is too long: 2,000 characters fit.")})
    return words


def _name(name: str) -> str:
    words = " ".join(readable(name).split())
    if len(words) > NAME_FITS:
        raise BadInput({"name": _("Keep the name short: 80 characters fit.")})
    return words


def _answer(text: str) -> str:
    words = readable(text).strip()
    if len(words) > TEXT_FITS:
        raise BadInput({"answer": _("This is too long: 2,000 characters fit.")})
    return words
