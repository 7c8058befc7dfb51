"""Both example workspaces, told once in a process, and Olga of Norrvik IT in them."""

from polku.examples.loading import load_examples
from polku.kernel.actor import Actor, actor_of
from polku.tenancy.models import Membership
from tests.copies import Copied

PASSWORD = "the long way round the bay"
OLGA = "olga.lind@norrvik.example"

tell = Copied(lambda: load_examples(password=PASSWORD))


def olga_in_norrvik() -> Actor:
    """Olga, who sees and may do everything in Norrvik IT."""
    tell()
    rows = Membership.objects.select_related("user", "workspace")
    return actor_of(rows.get(workspace__slug="norrvik", user__email=OLGA))
