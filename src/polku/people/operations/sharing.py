"""How much two sides share: narrowing at once, widening when the other side said yes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.decisions import take_decision
from polku.people.models import SharingRequest
from polku.people.policy import may_answer_sharing, may_ask_to_share
from polku.tenancy.models import Relationship
from polku.tenancy.models.parties import RelationshipType

BREADTH = [RelationshipType.BASIC, RelationshipType.COOPERATIVE, RelationshipType.PARTNERSHIP]


def widens(before: str, after: str) -> bool:
    """Whether the other side would see and do more."""
    return BREADTH.index(RelationshipType(after)) > BREADTH.index(RelationshipType(before))


def change_sharing(
    relationship: Relationship, to: str, *, by: Actor, reason: str
) -> SharingRequest | None:
    """Decide to share more or less with a customer.

    Less holds at once and returns None. More waits as a request until the other side accepts
    (``answer_sharing``). Both leave a Decision. Raises BadInput, Refused or NotAllowed.
    """
    require(may_ask_to_share(by, relationship))
    if to not in RelationshipType.values:
        raise BadInput({"type": _("Choose one of the three.")})
    with transaction.atomic(), one_operation():
        row = _locked(relationship.pk, by)
        if row.state == Relationship.State.ENDED or row.type == to:
            raise Refused(_("There is nothing to change: it is so already, or it has ended."))
        if SharingRequest.objects.filter(relationship=row, answer="pending").exists():
            raise Refused(_("This customer was asked already. Wait, or take the question back."))
        words = {"who": row.title_words[:200], "type": RelationshipType(to).label}
        decision = take_decision(
            row, by=by, reason=reason,
            question=_("How much we share with %(who)s: %(type)s") % words,
        )  # fmt: skip
        if not widens(row.type, to):
            _set_type(row, to, by, "relationship.narrowed")
            return None
        request = SharingRequest(
            workspace=by.workspace, relationship=row, from_type=row.type, to_type=to,
            decision=decision, asked_by_id=by.user_id,
        )  # fmt: skip
        request.save()
        record("relationship.wider_asked", by=by, obj=row, changes={"type": [row.type, to]})
    return request


def answer_sharing(
    request: SharingRequest, accept: bool, *, by: Actor, told_by: str = ""
) -> SharingRequest:
    """The other side's answer. Our own side writes down who said it, and how (*told_by*)."""
    if request.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_answer_sharing(by, request))
    if by.is_internal and not told_by.strip():
        raise BadInput({"told_by": _("Write who said so, and how: “Eeva Lahti, on the phone”.")})
    with transaction.atomic(), one_operation():
        row = _pending(request)
        answers = SharingRequest.Answer
        row.answer = answers.ACCEPTED if accept else answers.DECLINED
        row.answered_by_id, row.answered_at = by.user_id, timezone.now()
        row.told_by = told_by.strip()[:200]
        row.save()
        relationship = _locked(row.relationship_id, by)
        if accept:
            _set_type(relationship, row.to_type, by, "relationship.widened")
        else:
            changes = {"type": [row.to_type, row.from_type]}
            record("relationship.wider_declined", by=by, obj=relationship, changes=changes)
    return row


def withdraw_sharing(request: SharingRequest, *, by: Actor) -> SharingRequest:
    """Take the question back before it was answered."""
    if request.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_ask_to_share(by, request.relationship))
    with transaction.atomic(), one_operation():
        row = _pending(request)
        row.answer, row.answered_at = SharingRequest.Answer.WITHDRAWN, timezone.now()
        row.save()
        changes = {"type": [row.to_type, row.from_type]}
        record("relationship.wider_withdrawn", by=by, obj=row.relationship, changes=changes)
    return row


def _pending(request: SharingRequest) -> SharingRequest:
    row = SharingRequest.objects.select_for_update().get(pk=request.pk)
    if row.answer != SharingRequest.Answer.PENDING:
        raise Refused(_("This was answered or taken back meanwhile."))
    return row


def _locked(number: int, by: Actor) -> Relationship:
    rows = Relationship.objects.select_for_update(of=("self",)).filter(workspace=by.workspace)
    found = rows.select_related("consumer_party", "provider_party").filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _set_type(row: Relationship, to: str, by: Actor, name: str) -> None:
    before, row.type = row.type, to
    row.revision += 1
    row.updated_at, row.updated_by_id = timezone.now(), by.user_id
    row.save(update_fields=["type", "revision", "updated_at", "updated_by"])
    record(name, by=by, obj=row, changes={"type": [before, to]})
