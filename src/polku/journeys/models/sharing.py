"""A journey shown to somebody outside, by link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.journeys.models.journeys import Journey
from polku.kernel.models import MagicLink
from polku.tenancy.models import WorkspaceRow


class JourneyShare(WorkspaceRow):
    """What one link shows: the lanes chosen, the version (none: as it stands), and whether the
    guest may comment. ``view_as`` says which side the guest stands on: what lies beyond their line
    of visibility is said to be hidden.
    """

    class ViewAs(models.TextChoices):
        CUSTOMER = "customer", _("a customer")
        PARTNER = "partner", _("a partner")
        TEAM = "team", _("our team")

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="shares")
    link = models.OneToOneField(MagicLink, models.CASCADE, related_name="+")
    label = models.CharField(_("for whom"), max_length=80, blank=True, default="")
    lanes = models.JSONField(default=list)
    version = models.PositiveIntegerField(null=True, blank=True)
    view_as = models.CharField(max_length=10, choices=ViewAs, default=ViewAs.CUSTOMER)
    may_comment = models.BooleanField(_("may comment"), default=True)

    class Meta:
        db_table = "journey_share"

    def __str__(self) -> str:
        return self.label or str(self.pk)
