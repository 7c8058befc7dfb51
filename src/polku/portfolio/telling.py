"""What the giver of a wish is told: one plain sentence, in their language (lifecycles.md 5)."""

from django.utils import translation
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.portfolio.models import Requirement


def language_of_giver(wish: Requirement, actor: Actor) -> str:
    """The first language of the giver that Polku speaks, else the workspace's own."""
    party = wish.raised_by_party
    spoken = [str(tag).split("-")[0] for tag in (party.languages if party else [])]
    known = set(dict(_languages()))
    return next((tag for tag in spoken if tag in known), actor.workspace.default_lang)


def _languages() -> list[tuple[str, str]]:
    from polku.tenancy.models.workspace import LANGUAGES

    return list(LANGUAGES)


def sentence_for_giver(wish: Requirement, lang: str) -> str:
    """How the wish stands, told in *lang*; a "no" carries its reason."""
    with translation.override(lang):
        words = {
            "wish": wish.statement.reading(lang).text.rstrip("."),
            "reason": wish.reason_rejected.reading(lang).text.rstrip("."),
        }
        return _sentence(wish) % words


def _sentence(wish: Requirement) -> str:
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
