"""States of touchpoints (lifecycles.md 4)."""

from django.utils.translation import gettext_lazy as _

from polku.kernel.machines import Move, State, StateMachine

TOUCHPOINT = StateMachine(
    "touchpoint",
    (
        State("planned", _("planned"), "life-idea"),
        State("live", _("live"), "life-live"),
        State("paused", _("paused"), "life-hold"),
        State("removed", _("removed"), "life-ended", ended=True),
    ),
    {
        "": (Move("planned", _("Plan it")), Move("live", _("Open it"))),
        "planned": (Move("live", _("Open it")),
                    Move("removed", _("Remove it"), needs_reason=True)),
        "live": (Move("paused", _("Pause it")), Move("removed", _("Remove it"), needs_reason=True)),
        "paused": (Move("live", _("Open it again")),
                   Move("removed", _("Remove it"), needs_reason=True)),
    },
    initial="planned",
    refusals={("removed", "live"): _("It was removed and keeps its history. Make a new one.")},
)  # fmt: skip
