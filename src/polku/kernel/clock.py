"""Today, where the workspace is."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from polku.tenancy.models import Workspace


def today_in(workspace: Workspace) -> dt.date:
    """The calendar day in the workspace's zone."""
    return timezone.now().astimezone(ZoneInfo(workspace.timezone)).date()
