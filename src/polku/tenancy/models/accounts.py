"""People who can sign in, and what each may do in each workspace (DECISIONS 11)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models.base import WorkspaceRow
from polku.tenancy.models.parties import Party, Relationship
from polku.tenancy.models.workspace import LANGUAGES, Vocabulary


class UserAccountManager(BaseUserManager["UserAccount"]):
    """Accounts are known by their mail address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "UserAccount":
        """Make an account; without a password nobody can sign in to it yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "UserAccount":
        """Addresses are stored lower-cased."""
        return self.get(email=(username or "").strip().lower())


class UserAccount(AbstractBaseUser):
    """Someone who can sign in to this server; one account may work in several workspaces."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        DISABLED = "disabled", _("switched off")

    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    lang = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    vocabulary = models.CharField(
        _("words"), max_length=30, choices=Vocabulary, blank=True, default=""
    )
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    is_demo = models.BooleanField(default=False)
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserAccountManager()
    USERNAME_FIELD = "email"

    class Meta:
        db_table = "user_account"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Invited and switched-off accounts cannot sign in."""
        return self.state == self.State.ACTIVE

    def get_full_name(self) -> str:
        """For allauth and mails."""
        return str(self)


class AccessRole(models.TextChoices):
    """What a person may do in a workspace (entities.md 1.3), as sentences people read."""

    ADMIN = "admin", _("looks after settings and people")
    EDITOR = "editor", _("changes everything inside")
    MEMBER = "member", _("changes what is theirs, comments on the rest")
    READER = "reader", _("reads inside")
    CO_CREATOR = "co_creator", _("sees and accepts for one customer")
    GUEST = "guest", _("sees one thing by link")


INTERNAL_ROLES = frozenset({"admin", "editor", "member", "reader"})


class Membership(WorkspaceRow):
    """One account's place in one workspace."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    user = models.ForeignKey(UserAccount, models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    access_role = models.CharField(_("may do"), max_length=20, choices=AccessRole)
    relationships = models.ManyToManyField(Relationship, blank=True, related_name="memberships")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    is_portfolio_owner = models.BooleanField(_("decides on our services"), default=False)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.workspace}"
