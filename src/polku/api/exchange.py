"""Files in and out: imports and exports of a workspace."""

from ninja import Router

router = Router(tags=["exchange"])
