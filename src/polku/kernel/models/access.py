"""Keys to single doors: magic links, personal tokens, and the memory of what was already done."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import Membership, Relationship, WorkspaceRow


class MagicLink(WorkspaceRow):
    """One purpose on one object, opened by a secret of which only the hash is kept."""

    class Purpose(models.TextChoices):
        INVITE = "invite", _("come in")
        ACCEPT = "accept", _("accept")
        ANSWER_PERCEPTION = "answer_perception", _("answer")
        GIVE_FEEDBACK = "give_feedback", _("give feedback")
        DO_TASK = "do_task", _("do a task")
        VIEW = "view", _("look")

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    membership = models.ForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="magic_links"
    )
    relationship = models.ForeignKey(
        Relationship, models.CASCADE, null=True, blank=True, related_name="+"
    )
    lang = models.CharField(max_length=10, default="en")
    expires_at = models.DateTimeField()
    max_uses = models.PositiveSmallIntegerField(default=1)
    uses = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "magic_link"

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_kind}:{self.object_id}"


class ApiToken(WorkspaceRow):
    """A personal key to the API of one workspace; it may do what its person may do."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    read_only = models.BooleanField(_("may only read"), default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "api_token"

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(WorkspaceRow):
    """The answer that a request with this key already got."""

    key = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "idempotency_key"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "key"], name="idempotency_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
