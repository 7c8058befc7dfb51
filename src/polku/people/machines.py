"""States of relationships, groups, typical customers and stakeholders (lifecycles.md 4, 6)."""

from django.utils.translation import gettext_lazy as _

from polku.kernel.machines import Move, State, StateMachine

RELATIONSHIP = StateMachine(
    "relationship",
    (
        State("prospect", _("not yet a customer"), "life-idea"),
        State("active", _("active"), "life-live"),
        State("dormant", _("quiet"), "life-hold"),
        State("ended", _("ended"), "life-ending", ended=True),
    ),
    {
        "": (Move("prospect", _("Note as not yet a customer")), Move("active", _("Make active"))),
        "prospect": (Move("active", _("Make active")),
                     Move("ended", _("End it"), needs_reason=True)),
        "active": (Move("dormant", _("Note as quiet")),
                   Move("ended", _("End it"), needs_reason=True, decides=True)),
        "dormant": (Move("active", _("Make active")),
                    Move("ended", _("End it"), needs_reason=True, decides=True)),
    },
    initial="prospect",
    refusals={("ended", "active"): _("An ended relationship stays ended. Begin a new one.")},
)  # fmt: skip

SEGMENT = StateMachine(
    "segment",
    (
        State("candidate", _("a candidate"), "life-idea"),
        State("targeted", _("chosen"), "life-live"),
        State("dropped", _("dropped"), "life-ending", ended=True),
    ),
    {
        "": (Move("candidate", _("Note as a candidate")),),
        "candidate": (Move("targeted", _("Choose this group"), needs_reason=True),
                      Move("dropped", _("Drop this group"))),
        "targeted": (Move("candidate", _("Make a candidate again")),
                     Move("dropped", _("Drop this group"))),
        "dropped": (Move("candidate", _("Make a candidate again")),
                    Move("targeted", _("Choose this group"), needs_reason=True)),
    },
    initial="candidate",
)  # fmt: skip

PERSONA = StateMachine(
    "persona",
    (
        State("guess", _("a guess"), "unknown"),
        State("checked", _("checked with people"), "good"),
    ),
    {
        "": (Move("guess", _("Note as a guess")),),
        "guess": (Move("checked", _("Note as checked with people"), needs_reason=True),),
        "checked": (Move("guess", _("Make it a guess again"), needs_reason=True),),
    },
    initial="guess",
)  # fmt: skip

STAKEHOLDER = StateMachine(
    "stakeholder",
    (
        State("current", _("current"), "life-live"),
        State("past", _("past"), "life-ended", ended=True),
    ),
    {
        "": (Move("current", _("Note as current")),),
        "current": (Move("past", _("Note as past")),),
        "past": (Move("current", _("Note as current again")),),
    },
    initial="current",
)
