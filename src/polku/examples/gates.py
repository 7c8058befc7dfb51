"""The questions asked at a step, short form, and a compact way to write their answers."""

IDEA = ("where_from",)
BEING_MADE = ("goal_served", "problem_known", "customers_heard", "who_pays", "who_works")
IN_TEST = ("needs_agreed", "meeting_points_known", "test_planned", "what_we_want_to_learn")
LIVE_SMALL = ("rehearsed", "people_can_say", "people_know_what_to_bring", "date_set")
LIVE = (
    "plan_items_done",
    "staff_trained",
    "decisive_moments_have_recovery",
    "agreement_or_promise_ready",
    "customer_side_shown",
    "feedback_possible",
    "measures_have_source",
    "vision_published",
    "support_contact_named",
    "accessibility_looked_at",
    "leaving_thought_of",
    "tried_with_each_group",
    "what_would_change_it",
    "follow_up_dated",
)
ENDING_SMALL = ("customers_counted", "agreements_checked", "replacement_named", "who_is_told")
ENDING = (*ENDING_SMALL, "data_plan")
ENDED = ("everybody_left", "lessons_written", "documents_kept")
ON_HOLD = ("reason_said", "look_again_set")


def answered(
    questions: tuple[str, ...], *, no: str = "", unknown: str = "", not_applicable: str = ""
) -> dict[str, str]:
    """Answers to `questions`: yes, except those named (blank-separated) in the other arguments."""
    other = {"no": no, "unknown": unknown, "not_applicable": not_applicable}
    said = {question: answer for answer, named in other.items() for question in named.split()}
    return {question: said.get(question, "yes") for question in questions}
