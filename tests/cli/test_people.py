"""People and keys from the operator's shell."""

import pytest
from typer.testing import CliRunner

from polku.cli.people import token_app, user_app
from polku.kernel.answers import BadInput, NotAllowed, NotFound
from polku.kernel.tokens import open_token
from polku.tenancy.models import Membership, UserAccount
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on the long lake"


def run(app: object, *words: str, typed: str = "") -> str:
    result = CliRunner().invoke(app, list(words), input=typed)  # type: ignore[arg-type]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_a_person_is_added_with_a_typed_password(cast: Cast) -> None:
    run(user_app, "add", "sanna@museum.example", "-w", "museum", "--role", "reader",
        "--name", "Sanna Virta", "--lang", "fi", typed=f"{PASSWORD}\n")  # fmt: skip
    account = UserAccount.objects.get(email="sanna@museum.example")
    assert (account.name, account.lang, account.check_password(PASSWORD)) == (
        "Sanna Virta", "fi", True,
    )  # fmt: skip
    run(user_app, "add", "sanna@museum.example", "-w", "norrvik")
    listed = run(user_app, "list")
    assert "museum (reader, active), norrvik (editor, active)" in listed
    assert "mallory@example.org" in listed
    assert "mallory@example.org" not in run(user_app, "list", "-w", "museum")


def test_a_customers_person_needs_their_customer(cast: Cast) -> None:
    words = ["add", "eeva@school.example", "-w", "museum", "--role", "co_creator"]
    with pytest.raises(BadInput):
        run(user_app, *words, typed=f"{PASSWORD}\n")
    run(user_app, *words, "--customer", cast.school.code, typed=f"{PASSWORD}\n")
    membership = Membership.objects.get(user__email="eeva@school.example")
    assert list(membership.relationships.all()) == [cast.school]


def test_password_off_on_and_role(cast: Cast) -> None:
    run(user_app, "password", "liisa@example.org", typed=f"{PASSWORD}\n")
    assert "disabled" in run(user_app, "disable", "liisa@example.org")
    assert "active" in run(user_app, "disable", "liisa@example.org", "--undo")
    cast.liisa.user.refresh_from_db()
    assert cast.liisa.user.check_password(PASSWORD)
    run(user_app, "role", "liisa@example.org", "editor", "-w", "museum")
    assert Membership.objects.get(user=cast.liisa.user).access_role == "editor"


def test_refusals_are_sentences(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Nobody else looks after"):
        run(user_app, "role", "aino@example.org", "reader", "-w", "museum")
    with pytest.raises(BadInput):
        run(user_app, "password", "liisa@example.org", typed="short\n")
    with pytest.raises(NotFound):
        run(user_app, "role", "olga@example.org", "reader", "-w", "museum")
    with pytest.raises(NotFound):
        run(user_app, "list", "-w", "nowhere")
    with pytest.raises(NotFound):
        run(user_app, "disable", "nobody@example.org")


def test_a_key_is_made_listed_and_taken_back(cast: Cast) -> None:
    secret = run(token_app, "make", "liisa@example.org", "-w", "museum", "--name", "Nightly",
                 "--read-only").strip()  # fmt: skip
    bearer = open_token(secret)
    assert bearer is not None
    assert bearer.actor.user_id == cast.liisa.user.pk
    listed = run(token_app, "list", "liisa@example.org", "-w", "museum")
    assert "Nightly" in listed
    assert secret not in listed
    with pytest.raises(BadInput):
        run(token_app, "revoke", "liisa@example.org", "polku_nothing", "-w", "museum")
    run(token_app, "revoke", "liisa@example.org", secret[:14], "-w", "museum")
    assert open_token(secret) is None
