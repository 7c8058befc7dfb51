"""The example workspaces as they stand in the database, told once for all tests of this module."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.test import Client, TestCase
from django.utils import timezone

from polku.examples import EXAMPLES, NORRVIK
from polku.examples.content import Example
from polku.examples.loading import Person, load_examples, people
from polku.examples.loading_deeds import LIVING
from polku.examples.texts import Text
from polku.insight.checks.rows import BY_CODE
from polku.journeys.models import Step
from polku.kernel.actor import Actor, actor_of, system_actor
from polku.kernel.fingerprints import fingerprint
from polku.kernel.history import states_on
from polku.kernel.link_kinds import legal_kinds
from polku.kernel.models import AuditEvent, Decision, Link, LooseEnd, SearchText, Transition
from polku.kernel.queries import find
from polku.kernel.registry import Entity, entities, entity
from polku.kernel.search import matching
from polku.kernel.transitions import rebuild_state
from polku.people.models import Segment
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import Offering, Requirement, ServiceProduct, StrategyGoal
from polku.tenancy.models import Membership, Party, UserAccount, Workspace

PASSWORD = "a lantern on a dark quay"
THERE = ZoneInfo("Europe/Helsinki")  # where both have their day


@dataclass
class Told:
    """Who can sign in, and the day on which the story was told."""

    people: list[Person]
    today: dt.date


def both(test: Callable[[Any, Example], None]) -> Callable[[Any], None]:
    """Run a test on each of the two examples."""

    @functools.wraps(test)
    def run(self: Any) -> None:
        for example in EXAMPLES:
            with self.subTest(example.workspace.slug):
                test(self, example)

    del run.__wrapped__  # pytest would ask for the inner test's arguments
    return run


def room(example: Example) -> Workspace:
    return Workspace.objects.get(slug=example.workspace.slug)


def inside(example: Example) -> Actor:
    return system_actor(room(example))


def living(example: Example) -> Iterator[tuple[Entity, Any]]:
    for name, row in LIVING:
        for told_row in getattr(example, name):
            yield row, told_row


def stored(example: Example, row: Any) -> Any:
    """The service of a row, by its code."""
    return ServiceProduct.objects.get(workspace=room(example), code=row.code)


def state_on(row: Any, day: int) -> str:
    return next((m.to for m in reversed(row.moves) if m.on <= day), "")


def goal(statement: str) -> StrategyGoal:
    return StrategyGoal.objects.get(statement__en__startswith=statement)


OPENING = ("party", "workspace", "membership")


OPEN_ENDS = {
    "harbour-museum": {
        ("L38", "Venue hire"), ("D14-unset", "Research room"), ("D21", "Guides"),
        ("D21", "Ticket shop"), ("D21", "Net loft"), ("D21", "Photographs and crew lists"),
        ("L01-goal", "The town tells its own story"), ("L02", "When Heikki is ill"),
        ("L05", "The ship's cat trail"), ("L05", "A night between the boats"),
        ("L05", "The boat hall for an evening"), ("L05-goods", "Class visit, 90 minutes"),
        ("L05-goods", "A night between the boats"), ("L22", "Museum floor Wi-Fi"),
        ("L22", "Photographs and crew lists"), ("L22-old", "Boat hall"), ("L26", "Museum shop"),
        ("L34", "A guest from the ferry"), ("L35", "Lantern walk"),
        ("L07-touchpoint", "Booking by phone"), ("L07-touchpoint", "Under the crane"),
        ("L07-touchpoint", "Shop counter"), ("L07-touchpoint", "The desk by the window"),
    },
    "norrvik": {
        ("L38", "Payment terminals"), ("L38-early", "Visitor counting"),
        ("L01-goal", "The halls heat the swimming hall"), ("L01-goal", "One bill a month"),
        ("L01", "Web site hosting"), ("L01", "Mobile phones"), ("L01", "File archive"),
        ("L01", "Security updates"), ("L01", "Video meetings"), ("L01", "Payment terminals"),
        ("L02", "The bill says what each line is"), ("L02", "Чтобы по телефону"),
        ("L02", "A folder is found within a day"), ("L02", "An image is ordered"),
        ("D14-evidence", "The teacher who minds the machines"), ("D21", "Booking system"),
        ("D21", "Directory of people"), ("D21", "Night duty"), ("D21", "Storage"),
        ("D21", "Core switches"), ("D21", "Mail platform"), ("D21", "Card payment network"),
        ("L05", "Mail and calendar for a person"), ("L05", "A ticket shop that stays open"),
        ("L05", "An account from the first day"), ("L05", "Network for an office"),
        ("L05", "A laptop for four years"), ("L05", "A place for your pages"),
        ("L09", "Web site hosting"), ("L09", "Mobile phones"), ("L09", "File archive"),
        ("L09", "Video meetings"), ("L09", "Payment terminals"),
        ("L22", "Card payment network"), ("L22-old", "Core switches"),
        ("L22-old", "Line to the museum quay"), ("L32-ending", "Old booking register"),
        ("mvp-late", "0.1"), ("package-ending", "A desk from the first"),
        ("package-ending", "A house that sells tickets"),
        ("L07", "We get a new workplace service"), ("L07-touchpoint", "Paying in the ticket"),
        ("L07-touchpoint", "Joining the Wi-Fi"), ("L07-touchpoint", "At the printer"),
        ("L07-touchpoint", "The fax number"), ("L07-touchpoint", "Word about a break"),
        ("L07-touchpoint", "Restore trial together"),
        ("L07-touchpoint", "The terminal on the counter"),
    },
}  # fmt: skip


def ends(example: Example, state: str) -> list[tuple[str, str]]:
    actor = inside(example)
    rows = LooseEnd.objects.filter(workspace=actor.workspace, state=state)
    found = [(end.check_code, find(actor, end.object_kind, end.object_id)) for end in rows]
    return [(code, str(obj)) for code, obj in found if obj is not None]


def _languages(text: Text) -> tuple[str, ...]:
    return tuple(sorted(text.texts))


class ExampleWorkspaces(TestCase):
    """Both examples, told once for all these tests."""

    told: ClassVar[Told]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.told = Told(load_examples(password=PASSWORD), timezone.localdate(timezone=THERE))

    @both
    def test_every_row_became_one_object(self, example: Example) -> None:
        for name, row in LIVING:
            told = getattr(example, name)
            copies = sum(bool(getattr(each, "counterpart", ())) for each in told)
            made = row.model.objects.filter(workspace=room(example)).count()
            assert made == len(told) + copies, name
        assert Party.objects.filter(workspace=room(example)).count() == len(example.parties)

    @both
    def test_every_state_is_the_one_told(self, example: Example) -> None:
        for row in entities():
            if row.machine is None:
                continue
            objects = list(row.model.objects.filter(workspace=room(example)))
            assert [
                o.code for o in objects if rebuild_state(o) != getattr(o, row.state_field)
            ] == []
        told_states = Counter(
            (row.kind, state_on(r, 0)) for row, r in living(example) if row.machine
        )
        # A journey as it shall be is a copy, and still being written
        told_states["journey", "sketch"] += sum(bool(row.counterpart) for row in example.journeys)
        now = Counter(
            (row.kind, getattr(o, row.state_field))
            for _name, row in LIVING
            if row.machine
            for o in row.model.objects.filter(workspace=room(example))
        )
        assert now == told_states

    @both
    def test_every_step_stands_on_its_day(self, example: Example) -> None:
        for row in example.services:
            steps = Transition.objects.filter(
                workspace=room(example), object_kind="service_product",
                object_id=stored(example, row).pk,
            ).order_by("effective_on")  # fmt: skip
            days = [(step.to_state, (step.effective_on - self.told.today).days) for step in steps]
            assert days == [(move.to, move.on) for move in row.moves]
            said = [step.reason.removeprefix("correction: ") for step in steps]
            assert said == [move.reason for move in row.moves]
            by = [step.by_party.name for step in steps if step.by_party]
            people_by_key = {party.key: party.name for party in example.parties}
            assert by == [people_by_key[move.by] for move in row.moves]

    def test_norrvik_shows_25_services_and_two_that_ended(self) -> None:
        rows = ServiceProduct.objects.filter(workspace=room(NORRVIK))
        counted = Counter(rows.values_list("managed_state", flat=True))
        assert counted == {"idea": 3, "being_made": 1, "in_test": 2, "live": 15, "ending": 3,
                           "on_hold": 1, "ended": 2}  # fmt: skip
        assert [row.code for row in rows.filter(closed_to_new=True)] == ["SRV-9"]
        assert set(rows.values_list("code", flat=True)) == {row.code for row in NORRVIK.services}

    @both
    def test_board_can_be_shown_at_any_day(self, example: Example) -> None:
        for day in [-700, -455, -200, -61, -1, 40]:
            shown = states_on(inside(example), SERVICE, self.told.today + dt.timedelta(days=day))
            for row in example.services:
                placed = shown.get(stored(example, row).pk)
                assert (placed.state if placed else "") == state_on(row, day), row.key
                if placed and day < 0:
                    assert not placed.planned

    def test_board_can_be_shown_as_it_was_known_then(self) -> None:
        archive = ServiceProduct.objects.get(workspace=room(NORRVIK), code="SRV-9")
        checkout = ServiceProduct.objects.get(workspace=room(NORRVIK), code="SRV-27")
        wrong_day = self.told.today + dt.timedelta(days=-61)
        then = states_on(inside(NORRVIK), SERVICE, wrong_day, known_on=wrong_day)
        assert then[archive.pk].state == "ending"
        soon = self.told.today + dt.timedelta(days=40)
        before = states_on(
            inside(NORRVIK), SERVICE, soon, known_on=self.told.today - dt.timedelta(days=50)
        )
        after = states_on(
            inside(NORRVIK), SERVICE, soon, known_on=self.told.today - dt.timedelta(days=40)
        )
        assert not before[checkout.pk].planned
        assert (after[checkout.pk].state, after[checkout.pk].planned) == ("in_test", True)

    @both
    def test_history_is_read_in_the_order_of_days_and_nothing_lies_ahead(
        self, example: Example
    ) -> None:
        events = AuditEvent.objects.filter(workspace=room(example)).order_by("id")
        times = list(events.values_list("at", flat=True))
        assert times == sorted(times)
        assert times[-1] <= timezone.now()
        assert set(events.values_list("channel", flat=True)) == {"page"}
        by_nobody = events.filter(actor_party=None).exclude(object_kind__in=OPENING)
        assert set(by_nobody.values_list("name", flat=True)) == {"journey.commented"}  # guests
        steps = Transition.objects.filter(workspace=room(example))
        assert not steps.filter(recorded_at__gt=timezone.now()).exists()
        planned = sum(m.planned for _row, r in living(example) for m in r.moves)
        assert steps.filter(applied_at=None).count() == planned

    @both
    def test_objects_are_as_old_as_their_first_step(self, example: Example) -> None:
        for row in example.services:
            service = stored(example, row)
            assert (service.created_at.date() - self.told.today).days == row.moves[0].on
            assert service.created_at <= service.updated_at <= timezone.now()

    def test_who_answered_for_the_hall_left_and_nobody_took_it_over(self) -> None:
        hall = ServiceProduct.objects.get(workspace__slug="harbour-museum", code="SRV-7")
        rauha = Party.objects.get(workspace=hall.workspace, name="Rauha Ekman")
        assert (rauha.state, rauha.left_on) == ("left", self.told.today - dt.timedelta(days=96))
        given_up = AuditEvent.objects.get(
            object_kind="service_product", object_id=hall.pk, changes__has_key="owner_party",
            name="service_product.changed",
        )  # fmt: skip
        assert given_up.changes["owner_party"] == [rauha.code, None]
        assert given_up.at.date() == rauha.left_on

    @both
    def test_loose_ends_are_those_left_on_purpose(self, example: Example) -> None:
        wanted = OPEN_ENDS[example.workspace.slug]
        found = {(c, begin) for c, title in ends(example, "open") for code, begin in wanted
                 if c == code and title.startswith(begin)}  # fmt: skip
        assert found == wanted
        assert len(ends(example, "open")) == len(wanted)
        assert ends(example, "fixed") == []

    @both
    def test_what_was_let_be_stays_so_with_its_reason(self, example: Example) -> None:
        wanted = [row for row in example.dismissals if row.check_code in BY_CODE]
        rows = LooseEnd.objects.filter(workspace=room(example), state="dismissed")
        assert sorted(end.dismissed_reason for end in rows) == sorted(row.reason for row in wanted)
        assert wanted
        assert all(end.since <= end.changed_at <= timezone.now() for end in rows)

    def test_the_story_of_the_town_is_served_only_by_a_guess(self) -> None:
        link = Link.objects.get(
            kind="L01", to_id=goal("The town tells").pk, to_kind="strategy_goal"
        )
        assert link.confidence == "guess"

    @both
    def test_ties_are_legal_and_only_those_of_edited_objects_need_a_look(
        self, example: Example
    ) -> None:
        actor = inside(example)
        edited = set()
        gone = Step.objects.filter(removed=True).values("pk")
        for link in Link.objects.filter(workspace=actor.workspace).exclude(
            from_kind="step", from_id__in=gone
        ):
            assert link.kind in {kind.code for kind in legal_kinds(link.from_kind, link.to_kind)}
            start, end = (find(actor, *pair) for pair in (
                (link.from_kind, link.from_id), (link.to_kind, link.to_id)))  # fmt: skip
            assert start is not None
            assert end is not None
            if fingerprint(start) != link.from_fingerprint:
                edited.add(start.title)
            if fingerprint(end) != link.to_fingerprint:
                edited.add(end.title)
        assert len(edited) == len(example.edits)

    @both
    def test_every_decision_stands_once_in_its_languages(self, example: Example) -> None:
        rows = list(
            Decision.objects.filter(workspace=room(example)).select_related("decider_party")
        )
        by_question = {str(row.question): row for row in rows}
        names = {party.key: party.name for party in example.parties}
        for wanted in example.decisions:
            found = by_question[str(wanted.question)]
            assert (found.kind, found.outcome) == (wanted.kind, wanted.outcome), wanted.key
            assert found.question.texts == wanted.question.texts
            assert found.reason.texts == wanted.reason.texts
            assert found.decider_party.name == names[wanted.decider]
            assert (found.decided_on - self.told.today).days == wanted.decided_on
            assert found.recorded_at.date() == found.decided_on
            assert len(found.dissent) == len(wanted.dissent)
        written = Counter((row.subject_code, str(row.question), row.decided_on) for row in rows)
        assert set(written.values()) == {1}, "no decision is written twice"

    def test_the_step_and_its_decision_are_tied(self) -> None:
        opened = Transition.objects.get(
            workspace__slug="harbour-museum", object_kind="service_product", to_state="live",
            reason="The children asked to stay.",
        )  # fmt: skip
        assert str(opened.decision) == "Do we open the school visit to all schools?"
        assert opened.decision is not None
        assert opened.decision.unknowns == 1
        assert opened.gate_answers["people_can_say"]["answer"] == "unknown"

    @both
    def test_texts_stand_in_the_languages_of_the_example(self, example: Example) -> None:
        for row in example.services:
            service = stored(example, row)
            assert service.name.texts == row.name.texts
            if row.key not in {edit.object for edit in example.edits}:
                assert service.purpose.texts == row.purpose.texts
        wanted = [_languages(row.title) for row in example.offerings]
        offerings = Offering.objects.filter(workspace=room(example)).order_by("pk")
        assert sorted(tuple(sorted(o.title.texts)) for o in offerings) == sorted(wanted)
        assert not any(o.title.is_stale(lang) for o in offerings for lang in o.title.texts)

    @both
    def test_published_languages_are_those_written(self, example: Example) -> None:
        wanted = {str(row.title): list(row.published_langs) for row in example.offerings}
        for offering in Offering.objects.filter(workspace=room(example)):
            assert offering.published_langs == wanted[offering.title.source_text]

    def test_a_translation_is_outdated_on_purpose_and_by_an_edit(self) -> None:
        visit = Offering.objects.get(
            workspace__slug="harbour-museum", title__en="Class visit, 90 minutes"
        )
        assert visit.how_to_get.is_stale("pl")
        assert not visit.how_to_get.is_stale("fi")
        child = goal("Every child")
        assert str(child.statement) == "Every child in Satamala visits twice before grade 7"
        assert [lang for lang in ["en", "fi", "pl", "ru"] if child.statement.is_stale(lang)] == [
            "pl", "ru"]  # fmt: skip

    def test_a_wish_keeps_the_language_in_which_it_was_said(self) -> None:
        wish = Requirement.objects.get(statement__ru__startswith="Где детям")
        assert wish.statement.source_lang == "ru"
        assert wish.audience == "relationship"
        assert wish.relationship is not None

    def test_words_of_the_examples_are_found(self) -> None:
        def found(words: list[str]) -> set[int]:
            rows = SearchText.objects.filter(matching(words), kind="service_product")
            return set(rows.values_list("object_id", flat=True))

        family = ServiceProduct.objects.get(workspace__slug="harbour-museum", code="SRV-1")
        assert family.pk in found(["perhevierailu"])
        assert family.pk in found(["rodzinna"])

    @both
    def test_no_object_breaks_a_rule(self, example: Example) -> None:
        actor = inside(example)
        for row in entities():
            names = frozenset(field.name for field in row.fields)
            for obj in row.model.objects.filter(workspace=room(example)):
                obj.clean_fields()
                for check in row.checks:
                    check(obj, actor, names)

    def test_groups_are_chosen_and_wishes_are_answered(self) -> None:
        assert Segment.objects.filter(workspace__is_example=True, state="targeted").count() == 11
        told_wishes = Requirement.objects.exclude(giver_told_at=None)
        assert told_wishes.count() > 20
        assert all(w.giver_told_at <= timezone.now() for w in told_wishes if w.giver_told_at)

    def test_people_sign_in_with_the_one_password(self) -> None:
        accounts = UserAccount.objects.filter(email__in=[p.email for p in self.told.people])
        assert accounts.count() == len({p.email for p in self.told.people}) == 10
        assert all(a.is_demo and a.is_active for a in accounts)
        (password_hash,) = {a.password for a in accounts}
        assert check_password(PASSWORD, password_hash)
        client = Client()
        form = {"login": "aino.salmi@harbourmuseum.example", "password": PASSWORD}
        assert client.post("/accounts/login/", form).status_code == 302
        assert client.get("/w/harbour-museum/").status_code == 200

    def test_one_account_works_in_both_and_sees_what_it_may(self) -> None:
        rows = [p for p in self.told.people if p.email == "tuomas.rinne@rantakyla.example"]
        assert [p.place for p in rows] == ["Harbour Museum", "Norrvik IT"]
        for membership in Membership.objects.filter(user__email=rows[0].email):
            actor = actor_of(membership)
            assert (actor.side, len(actor.relationship_ids)) == ("consumer", 1)
        chiefs = Membership.objects.filter(is_portfolio_owner=True).values_list(
            "user__name", flat=True
        )
        assert sorted(chiefs) == ["Aino Salmi", "Olga Lind"]

    def test_loading_again_changes_nothing(self) -> None:
        def everything() -> list[tuple[str, int]]:
            kinds = [row.model for row in entities()]
            return [
                (m.__name__, m.objects.count()) for m in (*kinds, AuditEvent, Link, UserAccount)
            ]

        before = everything()
        assert load_examples(password="quite another one") == self.told.people == people()
        assert everything() == before
        aino = UserAccount.objects.get(email="aino.salmi@harbourmuseum.example")
        assert aino.check_password(PASSWORD)

    def test_codes_go_on_after_the_given_ones(self) -> None:
        from polku.kernel.changes import create_object

        actor = inside(NORRVIK)
        with transaction.atomic():
            made = create_object(entity("service_product"), {"name": {"en": "One more"}}, by=actor)
            assert made.code == "SRV-34"
            transaction.set_rollback(True)
