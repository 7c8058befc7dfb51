"""States of touchpoints (lifecycles.md 4) and of journeys (lifecycles.md 7)."""

from django.utils.translation import gettext_lazy as _

from polku.kernel.machines import Move, Question, State, StateMachine

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

_WITH_CUSTOMER = Question(
    "customer_agreed", _("Did somebody who walks this way look at it and agree?"),
    frozenset({"small", "provider"}),
)  # fmt: skip

JOURNEY = StateMachine(
    "journey",
    (
        State("sketch", _("being written"), "life-idea"),
        State("agreed", _("agreed"), "life-made"),
        State("in_use", _("in use"), "life-live"),
        State("outdated", _("outdated"), "life-ending"),
    ),
    {
        "": (Move("sketch", _("Begin to write")),),
        "sketch": (Move("agreed", _("Agree on it"), gate=(_WITH_CUSTOMER,)),
                   Move("in_use", _("Take it into use"))),
        "agreed": (Move("in_use", _("Take it into use")), Move("outdated", _("It is outdated")),
                   Move("sketch", _("Write the next version"), who="sys")),
        "in_use": (Move("outdated", _("It is outdated")),
                   Move("sketch", _("Write the next version"), who="sys")),
        "outdated": (Move("in_use", _("It is true again")),
                     Move("sketch", _("Write the next version"), who="sys")),
    },
    initial="sketch",
    refusals={
        (state, "sketch"): _("Just change it: the next version begins by itself.")
        for state in ("agreed", "in_use", "outdated")
    },
)  # fmt: skip
