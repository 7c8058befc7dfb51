"""Who asks: six roles, somebody without a part, the holder of a link, and nobody."""

from polku.tenancy.models import UserAccount
from tests.access.browsing import Browser
from tests.access.canaries import Side
from tests.access.world import World

ROLES = (
    "admin", "editor", "member", "reader", "co_creator", "guest", "stranger", "link", "anonymous",
)  # fmt: skip
INSIDE = frozenset({"admin", "editor", "member", "reader"})
SIGNED_IN = ROLES[:7]

_OUTSIDE = frozenset({Side.INSIDE, Side.OTHER, Side.FOREIGN, Side.PENDING, Side.PRIVATE})
_NOT_HERE = _OUTSIDE | {Side.SHARED}

# What each may not read a byte of. Private is the admin's own here.
HIDDEN: dict[str, frozenset[Side]] = {
    "admin": frozenset({Side.FOREIGN, Side.PENDING}),
    **dict.fromkeys(INSIDE - {"admin"}, frozenset({Side.FOREIGN, Side.PENDING, Side.PRIVATE})),
    "co_creator": _OUTSIDE,
    **dict.fromkeys(("guest", "stranger", "anonymous"), _NOT_HERE),
    "link": _OUTSIDE,
}  # fmt: skip


def user_of(world: World, role: str) -> UserAccount | None:
    """The account behind a role; None for those without one."""
    cast = world.cast
    people = dict(zip(SIGNED_IN, (cast.aino, cast.piotr, cast.heikki, cast.liisa, cast.tuomas,
                                  world.guest, cast.mallory), strict=True))  # fmt: skip
    return people[role].user if role in people else None


def browser_of(world: World, role: str) -> Browser:
    """The browser of a role; the holder of a link carries its cookie everywhere."""
    if role == "link":
        return Browser(cookies={"polku_link": world.link_secret})
    return Browser(user_of(world, role))
