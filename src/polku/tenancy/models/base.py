"""What every row of a workspace carries (entities.md 0, common fields)."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.folding import fold
from polku.tenancy.models.workspace import Workspace


class Audience(models.TextChoices):
    """Who may see an object at all."""

    INTERNAL = "internal", _("our team")
    RELATIONSHIP = "relationship", _("our team and one customer")
    PARTNERS = "partners", _("our team and partners")
    CUSTOMERS = "customers", _("our team and customers")
    PUBLIC = "public", _("everyone")


class WorkspaceRow(models.Model):
    """A row that belongs to one workspace and is never seen from another."""

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *,
        fetch_mode: Any = None,
    ) -> Self:  # fmt: skip
        """An object of what was read of its row; other columns are read when they are asked for.

        As in Django, without the constructor, which looks at each column of the kind and calls
        those who listen to new objects; nobody does. Names alone take half the time so.
        """
        found = cls.__new__(cls)
        state = ModelState()
        state.db, state.adding = db, False
        if fetch_mode is not None:
            state.fetch_mode = fetch_mode
        found.__dict__.update(zip(field_names, values, strict=True), _state=state)
        return found


class CoreEntity(WorkspaceRow):
    """An object with a code, an owner, an audience, a review date and a revision.

    ``title_field`` names the field that people know the object by; ``sort_title`` is its folded
    source text, for order and identity. ``pending_run`` is the number of an import that is still
    running: such rows are invisible to every getter (DECISIONS 3).
    """

    objects = models.Manager()
    title_field = "name"

    code = models.CharField(_("code"), max_length=20, editable=False)
    owner_party = models.ForeignKey(
        "tenancy.Party", models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("owner"),
    )  # fmt: skip
    archived = models.BooleanField(_("archived"), default=False)
    review_due = models.DateField(_("look again on"), null=True, blank=True)
    audience = models.CharField(
        _("who may see it"), max_length=20, choices=Audience, default=Audience.INTERNAL
    )
    relationship = models.ForeignKey(
        "tenancy.Relationship", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("for which customer"),
    )  # fmt: skip
    tags = models.JSONField(_("tags"), default=list, blank=True)
    attributes = models.JSONField(_("own columns"), default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sort_title = models.CharField(max_length=200, default="", editable=False)
    pending_run = models.BigIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        "tenancy.UserAccount", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        "tenancy.UserAccount", models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title) or self.code

    @property
    def title(self) -> str:
        """The name in its source language (a translated field) or as it is."""
        return str(getattr(self, self.title_field))

    def refresh_sort_title(self) -> None:
        """Keep ``sort_title`` equal to the folded title."""
        self.sort_title = fold(str(self.title))[:200]


class PieceRow(WorkspaceRow):
    """A piece of an object: a row that lives and dies with its parent and has its own number.

    ``parent_field`` names the reference to the parent. What holds for the parent holds for the
    piece: who owns it, who may see it, whether it was put away.
    """

    objects = models.Manager()
    parent_field = ""
    title_field = "text"

    class Meta:
        abstract = True

    @property
    def parent(self) -> Any:
        """The object that it is a piece of."""
        return getattr(self, self.parent_field)

    @property
    def code(self) -> str:
        """The parent's code and the piece's own number, which is never given again."""
        return f"{self.parent.code}.{self.number}"  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """What it is called, in its source language."""
        return str(getattr(self, self.title_field))

    @property
    def archived(self) -> bool:
        """Whether its parent was put away."""
        return bool(self.parent.archived)

    @property
    def owner_party_id(self) -> int | None:
        """Who answers for its parent."""
        found: int | None = self.parent.owner_party_id
        return found


def core_constraints(name: str) -> list[Any]:
    """The rules that the database holds for every core entity; *name* prefixes them."""
    return [
        models.UniqueConstraint(fields=["workspace", "code"], name=f"{name}_code_unique"),
        models.CheckConstraint(
            condition=~models.Q(audience="relationship") | models.Q(relationship__isnull=False),
            name=f"{name}_audience_names_customer",
            violation_error_message=_("Say which customer may see it."),
        ),
    ]


def core_indexes(name: str) -> list[Any]:
    """The orders in which every core entity is listed, and whose it is.

    Both also hold what every list asks of a row, so that rows are counted and passed over without
    being read.
    """
    asked = ["archived", "pending_run"]
    return [
        models.Index(fields=["workspace", "sort_title", "id", *asked], name=f"{name}_title_idx"),
        models.Index(fields=["workspace", "owner_party", *asked], name=f"{name}_owner_idx"),
    ]
