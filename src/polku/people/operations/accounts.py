"""Accounts: one a person on this server, whatever the workspaces they work in."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.answers import BadInput, Sentence
from polku.tenancy.models import Membership, UserAccount
from polku.tenancy.models.workspace import Vocabulary


@dataclass(frozen=True)
class NewPerson:
    """What is asked of somebody who has no account yet."""

    name: str
    email: str
    password: str
    lang: str = "en"
    is_demo: bool = False


def clean_email(email: str) -> str:
    """A mail address as it is stored; raises BadInput."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        words = _("That is not a mail address. It looks like name@place.example.")
        raise BadInput({"email": words}) from error
    return address


def person_problems(name: str, password: str, account: UserAccount) -> dict[str, Sentence]:
    """What is wrong with a name and a new password, by field."""
    problems: dict[str, Sentence] = {}
    if not name.strip():
        problems["name"] = _("Write your name as others know it.")
    try:
        validate_password(password, account)
    except ValidationError as error:
        problems["password"] = " ".join(error.messages)
    return problems


def make_account(person: NewPerson) -> UserAccount:
    """Make an account that can sign in, inside the verb that needs it. Raises BadInput."""
    email = clean_email(person.email)
    account = UserAccount(email=email, name=person.name.strip(), lang=_known_lang(person.lang))
    problems = person_problems(person.name, person.password, account)
    if UserAccount.objects.filter(email=email).exists():
        problems["email"] = _("This address cannot be used here. Sign in with it, or take another.")
    if problems:
        raise BadInput(problems)
    return UserAccount.objects.create_user(
        email, person.password, name=account.name[:200], lang=account.lang, is_demo=person.is_demo
    )


def change_person(
    user: UserAccount, *, name: str | None = None, lang: str | None = None,
    vocabulary: str | None = None, single_keys: bool | None = None,
) -> UserAccount:  # fmt: skip
    """Change what a person decides about themselves; what is None stays. Raises BadInput."""
    problems: dict[str, Sentence] = {}
    if name is not None and not name.strip():
        problems["name"] = _("Write your name as others know it.")
    if lang is not None and lang not in dict(settings.LANGUAGES):
        problems["lang"] = _("Choose one of the four languages.")
    if vocabulary is not None and vocabulary not in ["", *Vocabulary.values]:
        problems["vocabulary"] = _("Choose one of the two, or what the workspace uses.")
    if problems:
        raise BadInput(problems)
    given = {"name": name.strip()[:200] if name else None, "lang": lang,
             "vocabulary": vocabulary, "single_keys": single_keys}  # fmt: skip
    values = {field: value for field, value in given.items() if value is not None}
    for field, value in values.items():
        setattr(user, field, value)
    if values:
        user.save(update_fields=list(values))
    return user


def set_password(user: UserAccount, password: str) -> UserAccount:
    """Give an account a new password; every session it had ends."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput({"password": " ".join(error.messages)}) from error
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
    return user


def disable_account(user: UserAccount) -> UserAccount:
    """Nobody signs in with it any more, here or in any workspace; what they wrote stays."""
    with transaction.atomic():
        user.state = UserAccount.State.DISABLED
        user.save(update_fields=["state"])
        end_sessions(user)
    return user


def enable_account(user: UserAccount) -> UserAccount:
    """Let a switched-off account sign in again."""
    user.state = UserAccount.State.ACTIVE
    user.save(update_fields=["state"])
    return user


def close_if_nowhere(user: UserAccount) -> bool:
    """Disable an account that has no part in any workspace left, and forget its password."""
    open_states = [Membership.State.ACTIVE, Membership.State.INVITED]
    if Membership.objects.filter(user=user, state__in=open_states).exists():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    disable_account(user)
    return True


def end_sessions(user: UserAccount) -> int:
    """Sign a person out everywhere, at once; returns how many sessions ended."""
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    for start in range(0, len(own), 500):
        Session.objects.filter(pk__in=own[start : start + 500]).delete()
    return len(own)


def _known_lang(lang: str) -> str:
    return lang if lang in dict(settings.LANGUAGES) else "en"
