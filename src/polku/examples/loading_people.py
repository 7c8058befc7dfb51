"""The people of an example: the workspace, who is in it, and who signs in."""

from functools import partial

from polku.examples.content import Example, PartyRow
from polku.examples.loading_past import Past
from polku.examples.loading_story import EDITED, Story
from polku.examples.loading_values import translated, values_of
from polku.examples.texts import Day
from polku.kernel.actor import Actor
from polku.kernel.audit import record
from polku.kernel.changes import create_objects
from polku.kernel.clock import today_in
from polku.kernel.profiles import features_of
from polku.people.entities import PARTY
from polku.people.operations import mark_left
from polku.people.queries.leaving import owned_rows
from polku.tenancy.models import Membership, UserAccount, Workspace

SPOKEN = ("en", "fi", "pl", "ru")


def open_example(example: Example, password_hash: str) -> Story:
    """The workspace with everybody in it; those who sign in share one password."""
    row = example.workspace
    workspace = Workspace.objects.create(
        name=translated(row.name), slug=row.slug, default_lang=row.default_lang,
        languages=list(row.languages), timezone=row.timezone, size_profile=row.size_profile,
        vocabulary=row.vocabulary, features={**features_of(row.size_profile), **row.features},
        is_example=True,
    )  # fmt: skip
    story = Story(example, workspace, Past(workspace, today_in(workspace)))
    for party in example.parties:
        if party.access_role:
            story.accounts[party.key] = _account(party, password_hash).pk
    story.do(story.opening_day, story.chief, lambda by: _let_in(story, by))
    return story


def _account(row: PartyRow, password_hash: str) -> UserAccount:
    """The account of a mail address; one that is there already stays as it is."""
    account, _made = UserAccount.objects.get_or_create(
        email=row.email,
        defaults={"name": row.name, "password": password_hash, "lang": "en", "is_demo": True},
    )
    return account


def _let_in(story: Story, by: Actor) -> None:
    record("workspace.opened", by=by, obj=story.workspace, changes={
        "name": [None, str(story.workspace.name)],
        "size_profile": [None, story.workspace.size_profile],
    })  # fmt: skip
    waiting = list(story.example.parties)
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in story.made]
        values = [values_of(PARTY, row, story.made, story.past.today) for row in ready]
        made = create_objects(PARTY, values, by=by)
        story.made |= {row.key: obj for row, obj in zip(ready, made, strict=True)}
        waiting = [row for row in waiting if row not in ready]
    story.workspace.home_party = story.made[story.example.workspace.home]
    story.workspace.save(update_fields=["home_party"])
    for row in story.example.parties:
        if row.access_role:
            _membership(story, row, by)
        if row.left_on is not None:
            _plan_leaving(story, row, row.left_on)


def _membership(story: Story, row: PartyRow, by: Actor) -> None:
    membership = Membership.objects.create(
        workspace=story.workspace,
        user_id=story.accounts[row.key],
        party=story.made[row.key],
        access_role=row.access_role,
        is_portfolio_owner=row.key == story.chief,
    )
    changes = {"access_role": [None, row.access_role]}
    record("membership.added", by=by, obj=membership, changes=changes)
    for key in row.sees:
        story.plan(story.first_day(key), EDITED, story.chief, partial(_see, story, membership, key))


def _see(story: Story, membership: Membership, key: str, _by: Actor) -> None:
    membership.relationships.add(story.made[key])


def _plan_leaving(story: Story, row: PartyRow, day: Day) -> None:
    def leave(by: Actor) -> None:
        party = story.object(row.key)
        nobody = {obj.code: "" for _entity, obj in owned_rows(by, party)}
        mark_left(party, nobody, by=by, on=story.past.date(day))
        for key in story.made:
            story.changed(key)

    story.plan(day, EDITED, story.chief, leave)
