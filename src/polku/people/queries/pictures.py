"""Who sees a picture because they see the persona that it shows."""

from polku.kernel.actor import Actor
from polku.kernel.models import Attachment
from polku.kernel.queries import visible
from polku.people.models import Persona


def picture_shown(*, actor: Actor, picture: Attachment) -> bool:
    """Whether the actor sees a persona with this picture. Answers the question of that name."""
    return visible(actor, Persona).filter(picture=picture).exists()
