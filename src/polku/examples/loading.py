"""Writes the example workspaces into the database, once, each as a whole or not at all."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import translation

from polku.examples import EXAMPLES
from polku.examples.content import Example
from polku.examples.loading_deeds import plan_all, tie_steps_to_decisions
from polku.examples.loading_loose_ends import find_loose_ends, plan_dismissals
from polku.examples.loading_people import open_example
from polku.insight.notices.morning import tell_morning
from polku.tenancy.models import Membership, Workspace
from polku.tenancy.models.accounts import AccessRole


@dataclass(frozen=True)
class Person:
    """One example person in one workspace, and what they may do there."""

    email: str
    name: str
    place: str
    may: str


def load_examples(*, password: str) -> list[Person]:
    """Make the example workspaces that are missing; returns who can sign in with *password*.

    A workspace that is there stays as people left it. Existing accounts keep their password.
    """
    there = set(Workspace.objects.values_list("slug", flat=True))
    missing = [example for example in EXAMPLES if example.workspace.slug not in there]
    if missing:
        password_hash = make_password(password)
        for example in missing:
            load_example(example, password_hash)
    return people()


def load_example(example: Example, password_hash: str) -> Workspace:
    """Tell one example from its first day until today; all of it or nothing is kept."""
    with transaction.atomic(), translation.override(example.workspace.default_lang):
        story = open_example(example, password_hash)
        plan_all(story)
        plan_dismissals(story)
        story.play()
        tie_steps_to_decisions(story)
        codes = [int(row.code.split("-")[1]) for row in example.services]
        story.past.codes_go_on_after("SRV", max(codes))
        find_loose_ends(story)
        story.past.settle([story.object(key) for key in story.made], story.prints)
        tell_morning(story.workspace)
    return story.workspace


def people() -> list[Person]:
    """Everybody of the example workspaces who can sign in, workspace by workspace."""
    rows = Membership.objects.filter(
        workspace__is_example=True, workspace__state=Workspace.State.ACTIVE,
        user__is_demo=True, user__state="active", state=Membership.State.ACTIVE,
    ).select_related("user", "workspace")  # fmt: skip
    lang = translation.get_language() or "en"
    return [
        Person(
            row.user.email, str(row.user), row.workspace.name.reading(lang).text,
            str(AccessRole(row.access_role).label),
        )
        for row in rows.order_by("workspace_id", "id")
    ]  # fmt: skip
