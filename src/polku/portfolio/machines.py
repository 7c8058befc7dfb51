"""States of the portfolio's objects: the short sets (DECISIONS 31) with their legal steps."""

from django.utils.translation import gettext_lazy as _

from polku.kernel.machines import Move, State, StateMachine
from polku.portfolio import gates

_TO_IDEA = Move("idea", _("Note as an idea"), "any", gates.IDEA)
_MAKE = Move("being_made", _("Start making it"), "port", gates.BEING_MADE, decides=True)
_TEST = Move("in_test", _("Start the test"), "own", gates.IN_TEST, decides=True)
_OPEN = Move("live", _("Open it"), "port", gates.LIVE, decides=True)
_END = Move("ending", _("Start ending it"), "port", gates.ENDING, True, True)
_ENDED = Move("ended", _("Note as ended"), "port", gates.ENDED, True, True)
_DROP = Move("ended", _("Drop it"), "port", (), True, True)
_HOLD = Move("on_hold", _("Put on hold"), "port", gates.ON_HOLD, True, True)
_BACK = Move("idea", _("Back to an idea"), "own", (), True)
_BACK_MAKING = Move("being_made", _("Back to making"), "own", (), True)
_BACK_TEST = Move("in_test", _("Back to the test"), "own", (), True)
_ON_AGAIN = Move("live", _("Keep it after all"), "port", (), True, True)
_AGAIN = Move("idea", _("Start again as an idea"), "any", gates.IDEA, True)

_FROM_HOLD = (
    Move("idea", _("Go on as an idea"), "port", (), True, True),
    Move("being_made", _("Go on making it"), "port", (), True, True),
    Move("in_test", _("Go on testing"), "port", (), True, True),
    Move("live", _("Open it again"), "port", (), True, True),
    Move("ending", _("Go on ending it"), "port", (), True, True),
    _DROP,
)

SERVICE = StateMachine(
    "service",
    (
        State("idea", _("idea"), "life-idea", "pipeline", outside=False),
        State("being_made", _("being made"), "life-made", "pipeline", outside=False),
        State("in_test", _("in test"), "life-test", "pipeline", outside=False),
        State("live", _("live"), "life-live", "offered"),
        State("ending", _("ending"), "life-ending", "offered"),
        State("on_hold", _("on hold"), "life-hold", "pipeline"),
        State("ended", _("ended"), "life-ended", "ended", ended=True),
    ),
    {
        "": (
            _TO_IDEA, _MAKE, _TEST, _OPEN, _END, _HOLD,
            Move("ended", _("Note as ended"), "port", (), True),
        ),
        "idea": (_MAKE, _TEST, _OPEN, _HOLD, _DROP),
        "being_made": (_TEST, _OPEN, _BACK, _HOLD, _DROP),
        "in_test": (_OPEN, _BACK_MAKING, _BACK, _HOLD, _DROP),
        "live": (_END, _HOLD),
        "ending": (_ENDED, _ON_AGAIN, _HOLD),
        "on_hold": _FROM_HOLD,
        "ended": (_AGAIN,),
    },
    initial="",
    held="on_hold",
    refusals={
        ("live", "ended"): _("People use it today, so it ends in two steps: start ending it first, "
                             "then note as ended when everybody has left."),
        ("live", "idea"): _("It is live. Put it on hold or start ending it."),
        ("live", "being_made"): _("It is live. A new version is made beside it."),
        ("ended", "live"): _("It has ended. Start again as an idea; its history stays."),
    },
)  # fmt: skip

GOAL = StateMachine(
    "strategy_goal",
    (
        State("active", _("active"), "life-live"),
        State("reached", _("reached"), "good", ended=True),
        State("dropped", _("dropped"), "life-ended", ended=True),
    ),
    {
        "": (Move("active", _("Make active")),),
        "active": (Move("reached", _("Note as reached"), "port", (), True, True),
                   Move("dropped", _("Drop the goal"), "port", (), True, True)),
        "reached": (Move("active", _("Make active again"), "port", (), True),),
        "dropped": (Move("active", _("Make active again"), "port", (), True),),
    },
    initial="active",
)  # fmt: skip

_WILL = Move("will_do", _("Say: will do"), "own")
_WILL_NOT = Move("will_not_do", _("Say: will not do"), "own", (), True)
_LATER = Move("later", _("Say: later"), "own", (), True)

REQUIREMENT = StateMachine(
    "requirement",
    (
        State("asked", _("asked"), "life-idea"),
        State("will_do", _("will do"), "planned"),
        State("later", _("later"), "life-hold"),
        State("done", _("done"), "good", ended=True),
        State("will_not_do", _("will not do"), "life-ended", ended=True),
    ),
    {
        "": (Move("asked", _("Note as asked"), "any"),),
        "asked": (_WILL, _WILL_NOT, _LATER),
        "will_do": (Move("done", _("Note as done"), "own"), _LATER, _WILL_NOT),
        "later": (_WILL, _WILL_NOT, Move("asked", _("Back to asked"), "own")),
        "done": (Move("will_do", _("Not done after all"), "own", (), True),),
        "will_not_do": (Move("asked", _("Ask again with something new"), "any", (), True),),
    },
    initial="asked",
    refusals={("asked", "done"): _("Say first that it will be done; then it can be done.")},
)

OFFERING = StateMachine(
    "offering",
    (
        State("draft", _("draft"), "life-idea", outside=False),
        State("published", _("published"), "life-live"),
        State("withdrawn", _("withdrawn"), "life-ended", ended=True),
    ),
    {
        "": (Move("draft", _("Note as a draft")),),
        "draft": (Move("published", _("Publish"), "own"), Move("withdrawn", _("Withdraw"), "own")),
        "published": (Move("withdrawn", _("Withdraw"), "port", (), True),),
        "withdrawn": (Move("draft", _("Make a draft again"), "own", (), True),),
    },
    initial="draft",
    refusals={("published", "draft"): _("What is published can be withdrawn, not hidden again.")},
)

COMPONENT = StateMachine(
    "component",
    (
        State("planned", _("planned"), "life-idea"),
        State("in_use", _("in use"), "life-live"),
        State("retired", _("no longer used"), "life-ended", ended=True),
    ),
    {
        "": (Move("in_use", _("Take into use")), Move("planned", _("Plan it"))),
        "planned": (Move("in_use", _("Take into use")), Move("retired", _("Stop using it"))),
        "in_use": (Move("retired", _("Stop using it"), "own", (), True),),
        "retired": (Move("in_use", _("Take into use again"), "own", (), True),),
    },
    initial="in_use",
)

_WITHDRAW_VERSION = Move("withdrawn", _("Withdraw"), "own", (), True)

VERSION = StateMachine(
    "product_version",
    (
        State("draft", _("draft"), "life-idea"),
        State("candidate", _("candidate"), "life-test"),
        State("live", _("live"), "life-live"),
        State("superseded", _("replaced"), "life-ended", ended=True),
        State("withdrawn", _("withdrawn"), "life-ended", ended=True),
    ),
    {
        "": (Move("draft", _("Note as a draft")),),
        "draft": (
            Move("candidate", _("Make it a candidate"), "own", gates.VERSION_CANDIDATE),
            _WITHDRAW_VERSION,
        ),
        "candidate": (
            Move("live", _("Bring it out"), "own", gates.VERSION_LIVE, decides=True),
            Move("draft", _("Back to a draft"), "own", (), True),
            _WITHDRAW_VERSION,
        ),
        "live": (Move("superseded", _("Note as replaced"), "sys"), _WITHDRAW_VERSION),
    },
    initial="draft",
    refusals={
        ("superseded", "live"): _("It was replaced. Make a new version that brings it back."),
        ("withdrawn", "live"): _("It was withdrawn. Make a new version that brings it back."),
        ("draft", "live"): _("Make it a candidate first, so that one sees what is in it."),
    },
)

PACKAGE = StateMachine(
    "service_package",
    (
        State("draft", _("draft"), "life-idea", outside=False),
        State("published", _("published"), "life-live"),
        State("withdrawn", _("withdrawn"), "life-ended", ended=True),
    ),
    {
        "": (Move("draft", _("Note as a draft")),),
        "draft": (Move("published", _("Publish"), "own"), Move("withdrawn", _("Withdraw"), "own")),
        "published": (Move("withdrawn", _("Withdraw"), "port", (), True),),
        "withdrawn": (Move("draft", _("Make a draft again"), "own", (), True),),
    },
    initial="draft",
    refusals={("published", "draft"): _("What is published can be withdrawn, not hidden again.")},
)
