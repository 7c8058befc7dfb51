"""What the givers of a wish are told: one plain sentence, in their language (lifecycles.md 5)."""

from django.utils import translation
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.models import AuditEvent, Transition
from polku.portfolio.models import Requirement
from polku.tenancy.models import Party

FARTHEST = 50


def givers_of(wish: Requirement) -> list[Party]:
    """Everybody who asked for it, the first one first."""
    first = [wish.raised_by_party] if wish.raised_by_party else []
    return [*first, *(row for row in wish.also_asked_by.all() if row not in first)]


def stands_in(wish: Requirement) -> Requirement:
    """The wish that stands for this one since they were merged; itself when none does."""
    found = wish
    for _step in range(FARTHEST):
        if found.state != Requirement.State.WILL_NOT_DO or found.goes_on != "other":
            break
        if found.merged_into is None:
            break
        found = found.merged_into
    return found


def outcome_of(wish: Requirement) -> str:
    """The state that a wish came to: when it goes on in parts, done once all of them are."""
    now = stands_in(wish)
    if now.state != Requirement.State.WILL_NOT_DO or now.goes_on != "parts":
        return now.state
    parts = [outcome_of(part) for part in now.parts.filter(archived=False)]
    done = bool(parts) and set(parts) == {Requirement.State.DONE}
    return Requirement.State.DONE if done else now.state


def wholes_of(wish: Requirement) -> list[Requirement]:
    """The wish of which this is a part, and that of which that one is, and so on."""
    found: list[Requirement] = []
    whole = wish.part_of
    while whole is not None and len(found) < FARTHEST:
        found.append(whole)
        whole = whole.part_of
    return found


def is_told(wish: Requirement) -> bool:
    """Whether the givers were told since anything moved: a step of the wish, or of the one that
    stands for it, or others that were merged into it with their givers."""
    if wish.giver_told_at is None:
        return False
    about = {"workspace_id": wish.workspace_id, "object_kind": "requirement"}
    steps = Transition.objects.filter(
        **about, object_id__in={wish.pk, stands_in(wish).pk},
        applied_at__isnull=False, cancelled_at__isnull=True,
    )  # fmt: skip
    joined = AuditEvent.objects.filter(**about, object_id=wish.pk, name="requirement.took_in")
    moved = [*steps.values_list("recorded_at", flat=True), *joined.values_list("at", flat=True)]
    return wish.giver_told_at >= max(moved, default=wish.created_at)


def languages_of_givers(wish: Requirement, actor: Actor) -> list[str]:
    """The languages in which the givers are told, each once; that of the first one first."""
    spoken = [_language(party, actor) for party in givers_of(wish)]
    return list(dict.fromkeys(spoken)) or [actor.workspace.default_lang]


def language_of_giver(wish: Requirement, actor: Actor) -> str:
    """The first language of the giver that Polku speaks, else the workspace's own."""
    return languages_of_givers(wish, actor)[0]


def _language(party: Party, actor: Actor) -> str:
    spoken = [str(tag).split("-")[0] for tag in party.languages or []]
    known = set(dict(_languages()))
    return next((tag for tag in spoken if tag in known), actor.workspace.default_lang)


def _languages() -> list[tuple[str, str]]:
    from polku.tenancy.models.workspace import LANGUAGES

    return list(LANGUAGES)


def sentence_for_giver(wish: Requirement, lang: str) -> str:
    """How the wish stands, told in *lang*; a "no" carries its reason.

    Of a wish that was merged it tells how the one stands that goes on, in the words of this one:
    what others asked for is theirs.
    """
    now = stands_in(wish)
    with translation.override(lang):
        words = {
            "wish": wish.statement.reading(lang).text.rstrip("."),
            "reason": now.reason_rejected.reading(lang).text.rstrip("."),
        }
        told = _sentence(now) % words
        if now != wish:
            together = _("Others asked for much the same; we look at it together.")
            return f"{told} {together}"
        return told


def _sentence(wish: Requirement) -> str:
    if wish.state == Requirement.State.WILL_NOT_DO and wish.goes_on == "parts":
        return _("You asked: “%(wish)s”. We look at it in parts; of each one you hear by itself.")
    if wish.state == Requirement.State.WILL_NOT_DO and wish.reason_rejected:
        return _("You asked: “%(wish)s”. We will not do it: %(reason)s. Thank you for asking.")
    sentences = {
        Requirement.State.ASKED: _("You asked: “%(wish)s”. Thank you. We have not decided yet."),
        Requirement.State.WILL_DO: _("You asked: “%(wish)s”. We will do it."),
        Requirement.State.LATER: _("You asked: “%(wish)s”. Not now; we come back to it."),
        Requirement.State.DONE: _("You asked: “%(wish)s”. It is done. Thank you for asking."),
        Requirement.State.WILL_NOT_DO: _(
            "You asked: “%(wish)s”. We will not do it. Thank you for asking."
        ),
    }
    return sentences[Requirement.State(wish.state)]
