"""Opening a workspace: the first run, an example, one more on the same server."""

import re
from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor, Channel, actor_of
from polku.kernel.answers import BadInput, Refused, Sentence
from polku.kernel.audit import one_operation, record
from polku.kernel.changes import create_object
from polku.kernel.folding import fold
from polku.kernel.profiles import SIZES, features_of
from polku.kernel.registry import entity
from polku.people.operations.accounts import NewPerson, make_account
from polku.tenancy.models import Membership, Party, UserAccount, Workspace
from polku.tenancy.models.workspace import Vocabulary
from polku.tenancy.translated import Translated

SLUG = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")
# Folding keeps Cyrillic; an address needs Latin letters (ISO 9 simplified).
LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdezijklmnoprstufhcye", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)


def open_workspace(
    name: str, *, language: str, size: str, person: NewPerson | UserAccount, slug: str = "",
    vocabulary: str = "plain", timezone: str = "", is_example: bool = False,
    only_if_first: bool = False, channel: Channel = "page",
) -> Membership:  # fmt: skip
    """Open a workspace with its home party and its first admin; returns the admin's membership.

    Switches are set by *size*; the address is made from the name when no *slug* is given.
    *only_if_first* refuses when the server already has one. Raises BadInput or Refused.
    """
    problems = _problems(name, language, size, slug, vocabulary)
    if problems:
        raise BadInput(problems)
    try:
        with transaction.atomic(), one_operation():
            if only_if_first and Workspace.objects.exists():
                raise Refused(_("Somebody opened the first workspace meanwhile. Sign in instead."))
            account = person if isinstance(person, UserAccount) else make_account(person)
            workspace = Workspace(
                name=Translated.of(name, language), slug=slug or free_slug(name),
                default_lang=language, languages=[language], size_profile=size,
                vocabulary=vocabulary, features=features_of(size), is_example=is_example,
                timezone=timezone or "Europe/Helsinki",
            )  # fmt: skip
            workspace.save()
            return _settle_in(workspace, account, name, channel)
    except IntegrityError as error:
        raise BadInput(
            {"slug": _("Another workspace has this address. Choose another.")}
        ) from error


def _settle_in(
    workspace: Workspace, account: UserAccount, name: str, channel: Channel
) -> Membership:
    membership = Membership(
        workspace=workspace, user=account, access_role="admin", is_portfolio_owner=True
    )
    membership.save()
    by = actor_of(membership, channel)
    home = create_object(
        entity("party"), {"name": name, "kind": "organisation", "is_internal": True}, by=by
    )
    workspace.home_party = home
    workspace.save(update_fields=["home_party"])
    membership.party = person_party(account, home, by=by, internal=True)
    membership.save(update_fields=["party"])
    changes = {"name": [None, name], "size_profile": [None, workspace.size_profile]}
    record("workspace.opened", by=actor_of(membership, channel), obj=workspace, changes=changes)
    return membership


def person_party(account: UserAccount, parent: Party | None, *, by: Actor, internal: bool) -> Party:
    """Write an account's person down as a party, inside the verb that lets them in."""
    values = {
        "name": account.name or account.email, "kind": "person", "is_internal": internal,
        "parent": parent.code if parent else None, "contact": {"email": account.email},
        "languages": [account.lang],
    }  # fmt: skip
    made: Party = create_object(entity("party"), values, by=by)
    return made


def free_slug(name: str, taken: Callable[[str], bool] | None = None) -> str:
    """An address word from a name in any of our scripts, with a number when it is taken."""
    taken = taken or (lambda slug: Workspace.objects.filter(slug=slug).exists())
    words = re.sub(r"[^a-z0-9]+", "-", fold(name).translate(LATIN)).strip("-")
    base = words[:36].strip("-") or "workspace"
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, 1000))
    return next(slug for slug in numbered if not taken(slug))


def _problems(
    name: str, language: str, size: str, slug: str, vocabulary: str
) -> dict[str, Sentence]:
    problems: dict[str, Sentence] = {}
    if not name.strip():
        problems["name"] = _("Write the name that people know you by.")
    elif len(name.strip()) > 120:
        problems["name"] = _("120 characters fit here.")
    if language not in dict(settings.LANGUAGES):
        problems["language"] = _("Choose one of the four languages.")
    if size not in SIZES:
        problems["size"] = _("Choose how big you are.")
    if slug and not SLUG.match(slug):
        problems["slug"] = _("Use a-z, 0-9 and hyphens.")
    if vocabulary not in Vocabulary.values:
        problems["vocabulary"] = _("Choose one of the two.")
    return problems
