"""Pictures that people hang on something: the facts of each; the files lie beside the database."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import WorkspaceRow
from polku.tenancy.translated import TranslatedField


class Attachment(WorkspaceRow):
    """One picture with the words of what is to be seen in it (entities.md 10.4, decision 43).

    Only ever added: other words or another picture are another row, so that an undo, an agreed
    version and the history find what they point at. ``number`` counts within the workspace.
    ``sha256`` is that of the kept file, which several rows may share; ``size`` is in bytes,
    ``width`` and ``height`` are in pixels.
    """

    number = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    words = TranslatedField(_("what is to be seen"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        db_table = "attachment"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="attachment_number_once")
        ]
        indexes = [models.Index(fields=["workspace", "sha256"], name="attachment_content_idx")]

    def __str__(self) -> str:
        return str(self.words)
