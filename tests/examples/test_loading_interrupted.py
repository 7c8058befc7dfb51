"""An example is in the database as a whole or not at all."""

from typing import Any

import pytest

from polku.examples import loading
from polku.tenancy.models import Party, UserAccount, Workspace

pytestmark = pytest.mark.django_db


def test_what_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(story: Any) -> None:
        assert Party.objects.filter(workspace=story.workspace).exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "plan_all", break_off)
    with pytest.raises(KeyboardInterrupt):
        loading.load_examples(password="a lantern on a dark quay")
    assert not Workspace.objects.exists()
    assert not UserAccount.objects.exists()


def test_somebodys_own_workspace_of_that_name_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for example in loading.EXAMPLES:
        Workspace.objects.create(slug=example.workspace.slug)
    assert loading.load_examples(password="a lantern on a dark quay") == []
    assert Party.objects.count() == 0
