"""The content of the example workspaces holds together before anything is written to a database."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from polku.examples import EXAMPLES, HARBOUR_MUSEUM, NORRVIK
from polku.examples.content import Example, Move, OfferingRow
from polku.examples.texts import Text, calendar_day
from polku.journeys.machines import JOURNEY, TOUCHPOINT
from polku.kernel.folding import fold
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.machines import ANSWERS, StateMachine
from polku.people.machines import PERSONA, RELATIONSHIP, SEGMENT, STAKEHOLDER
from polku.portfolio import gates
from polku.portfolio.machines import (
    COMPONENT,
    GOAL,
    OFFERING,
    PACKAGE,
    REQUIREMENT,
    SERVICE,
    VERSION,
)

MACHINES: dict[str, StateMachine] = {
    "relationships": RELATIONSHIP,
    "segments": SEGMENT,
    "personas": PERSONA,
    "stakeholders": STAKEHOLDER,
    "goals": GOAL,
    "components": COMPONENT,
    "services": SERVICE,
    "offerings": OFFERING,
    "touchpoints": TOUCHPOINT,
    "requirements": REQUIREMENT,
    "versions": VERSION,
    "packages": PACKAGE,
    "journeys": JOURNEY,
}
KINDS = {
    "ServiceRow": "service_product",
    "GoalRow": "strategy_goal",
    "OfferingRow": "offering",
    "RequirementRow": "requirement",
    "TouchpointRow": "touchpoint",
    "ComponentRow": "component",
    "SegmentRow": "segment",
    "InsightRow": "insight",
    "PersonaRow": "persona",
    "StakeholderRow": "stakeholder",
    "RelationshipRow": "relationship",
    "VersionRow": "product_version",
    "PackageRow": "service_package",
    "JourneyRow": "journey",
}
# Fields that hold the key, or keys, of another row.
NAMES = (
    "owner parent consumer provider customer_contacts supplier_relationship subject segments "
    "relationships component happens_at services asks_for raised_by for_segment relationship by "
    "set_by from_ to made_by decider revises object sees decision portfolio_owner home "
    "segment party based_on meant_for stakes answers thing part who happens_at points asked_by "
    "answered_by"
)
REFERENCES = NAMES.split()
LONGEST = {"name": 120, "title": 120, "purpose": 300, "summary": 300, "when": 300, "statement": 600}

both = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.workspace.slug)


def inner_rows(value: Any) -> Iterator[Any]:
    """`value` and every dataclass inside it."""
    if is_dataclass(value):
        yield value
        for part in fields(value):
            yield from inner_rows(getattr(value, part.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from inner_rows(one)


def texts(value: Any) -> Iterator[tuple[str, Text]]:
    """Every Text inside, with the name of its field."""
    for row in inner_rows(value):
        for part in fields(row):
            found = getattr(row, part.name)
            for one in found if isinstance(found, tuple) else (found,):
                if isinstance(one, Text):
                    yield part.name, one


def moving(example: Example) -> Iterator[tuple[StateMachine, Any]]:
    for name, machine in MACHINES.items():
        for row in getattr(example, name):
            yield machine, row


def state_today(row: Any) -> str:
    return next((m.to for m in reversed(row.moves) if not m.planned), "")


@both
def test_keys_are_unique(example: Example) -> None:
    keys = [row.key for row in example.rows() if getattr(row, "key", "")]
    keys += [e.key for o in example.offerings for e in o.elements if e.key]
    assert sorted(keys) == sorted(set(keys))


@both
def test_every_reference_leads_somewhere(example: Example) -> None:
    known = set(example.keyed())
    for row in inner_rows(example):
        for name in REFERENCES:
            if isinstance(row, Example) or (isinstance(row, Move) and name == "to"):
                continue
            found = getattr(row, name, ())
            wanted = found if isinstance(found, tuple) else (found,)
            assert {w for w in wanted if w} <= known, (name, row)


@both
def test_every_path_of_states_is_legal(example: Example) -> None:
    for machine, row in moving(example):
        state, held_from = "", ""
        for move in row.moves:
            step = machine.find(state, move.to, held_from)
            assert step, f"{row.key}: {state!r} -> {move.to!r}"
            assert move.reason, row.key
            held_from = state if move.to == machine.held else ""
            state = move.to


@both
def test_days_of_moves_grow_and_none_but_the_last_lie_ahead(example: Example) -> None:
    for _, row in moving(example):
        days = [move.on for move in row.moves]
        assert all(a < b for a, b in pairwise(days)), row.key
        assert days[0] <= 0, f"{row.key} is not there today"


@both
def test_gates_answer_only_questions_that_are_asked(example: Example) -> None:
    asked = {
        "idea": gates.IDEA, "being_made": gates.BEING_MADE, "in_test": gates.IN_TEST,
        "live": gates.LIVE, "ending": gates.ENDING, "ended": gates.ENDED,
        "on_hold": gates.ON_HOLD,
    }  # fmt: skip
    size = example.workspace.size_profile
    for service in example.services:
        for move in service.moves:
            codes = {q.code for q in asked[move.to] if size in q.sizes}
            assert set(move.gates) <= codes, (service.key, move.to)
            assert set(move.gates.values()) <= set(ANSWERS)


@both
def test_public_texts_have_english_and_finnish(example: Example) -> None:
    for row in (*example.services, *example.offerings, *example.segments, *example.goals):
        for name, words in texts(row):
            if isinstance(row, OfferingRow) and name == "price_note":
                continue
            assert {"en", "fi"} <= set(words.texts), (row.key, name)


@both
def test_published_languages_have_title_and_summary(example: Example) -> None:
    for offering in example.offerings:
        for lang in offering.published_langs:
            assert lang in offering.title.texts, offering.key
            assert lang in offering.summary.texts, offering.key


@both
def test_texts_look_like_their_language(example: Example) -> None:
    cyrillic = re.compile("[А-Яа-яЁё]")
    for name, words in texts(example):
        assert words.source_lang in words.texts
        for lang, said in words.texts.items():
            assert said == said.strip(), said
            assert bool(cyrillic.search(said)) == (lang == "ru"), (name, lang, said)


def test_a_part_of_the_museum_speaks_polish_and_russian() -> None:
    public = [w for part in (HARBOUR_MUSEUM.services, HARBOUR_MUSEUM.offerings)
              for row in part for _, w in texts(row)]  # fmt: skip
    for lang in ("pl", "ru"):
        share = sum(lang in words.texts for words in public) / len(public)
        assert 0.25 < share < 0.7, (lang, share)


@both
def test_texts_fit_their_fields(example: Example) -> None:
    for name, words in texts(example):
        for said in words.texts.values():
            assert len(said) <= LONGEST.get(name, 600), said


@both
def test_no_two_services_share_a_name(example: Example) -> None:
    for lang in ("en", "fi"):
        names = [fold(s.name.texts[lang]) for s in example.services]
        assert len(names) == len(set(names))
    codes = [s.code for s in example.services]
    assert len(codes) == len(set(codes))


@both
def test_ties_join_what_their_kind_allows(example: Example) -> None:
    kind_of = {key: KINDS.get(type(row).__name__, "") for key, row in example.keyed().items()}
    for link in example.links:
        rule = LINK_KINDS[link.kind]
        assert kind_of[link.from_] in rule.from_kinds, link
        assert kind_of[link.to] in rule.to_kinds, link
        assert link.made_on <= 0
    seen = [(link.kind, link.from_, link.to) for link in example.links]
    assert len(seen) == len(set(seen))


@both
def test_needs_have_no_circle(example: Example) -> None:
    edges: dict[str, set[str]] = {}
    for row in example.dependencies:
        assert row.from_ != row.to
        if row.kind in ("requires", "part_of"):
            edges.setdefault(row.from_, set()).add(row.to)

    def walk(at: str, trail: tuple[str, ...]) -> None:
        assert at not in trail, (*trail, at)
        for after in edges.get(at, ()):
            walk(after, (*trail, at))

    for start in edges:
        walk(start, ())


@both
def test_what_is_closed_says_why_and_what_is_promised_says_when_it_is_met(example: Example) -> None:
    for wish in example.requirements:
        state = state_today(wish)
        assert (state == "will_not_do") == bool(wish.reason_rejected), wish.key
        if state == "done":
            assert wish.acceptance_criterion, wish.key
        assert wish.raised_on == wish.moves[0].on, wish.key


@both
def test_decisions_are_made_by_people_who_were_there(example: Example) -> None:
    people = {p.key: p for p in example.parties}
    for decision in example.decisions:
        assert people[decision.decider].kind == "person"
        assert decision.decided_on <= 0
        assert str(decision.reason)
        if decision.look_again_on is not None:
            assert decision.look_again_on > decision.decided_on, decision.key
    for row in example.services:
        for move in row.moves:
            left = people[move.by].left_on
            assert left is None or move.on <= left, (row.key, move)


@both
def test_decisive_moments_say_what_may_happen(example: Example) -> None:
    decisive = [t for t in example.touchpoints if t.moment_of_truth]
    assert len(decisive) == 2
    for point in decisive:
        assert point.moment_why, point.key
        assert point.good_turn, point.key
        assert point.bad_turn, point.key
        assert point.recovery, point.key


@both
def test_each_offered_service_has_one_default_offering(example: Example) -> None:
    for service in example.services:
        own = [o for o in example.offerings if o.subject == service.key]
        assert sum(o.is_default for o in own) == bool(own), service.key


@both
def test_nothing_names_a_year(example: Example) -> None:
    for _, words in texts(example):
        assert not any(re.search(r"\b20[2-3]\d\b", said) for said in words.texts.values())


def test_museum_says_no_word_of_the_trade() -> None:
    trade = (
        "sla xla ola itil cmdb kpi raci pba utility warranty stakeholder persona touchpoint "
        "backlog release deployment api json schema instance entity configuration lifecycle "
        "portfolio requirement indicator conformance provider consumer"
    )
    for name, said in texts(HARBOUR_MUSEUM):
        found = set(re.findall(r"[a-z]+", said.texts.get("en", "").lower()))
        assert not found & set(trade.split()), (name, str(said))


def test_museum_leaves_its_loose_ends() -> None:
    live = [s for s in HARBOUR_MUSEUM.services if state_today(s) == "live"]
    assert [s.key for s in live if not s.owner] == ["venue_hire"]
    assert [s.key for s in live if s.review_due is None] == ["research_room"]
    served = {k.to for k in HARBOUR_MUSEUM.links if k.kind == "L01" and k.confidence == "confirmed"}
    alone = [g.key for g in HARBOUR_MUSEUM.goals if state_today(g) == "active"]
    assert [key for key in alone if key not in served] == ["town_tells"]
    old = [
        w for w in HARBOUR_MUSEUM.requirements if state_today(w) == "asked" and w.moves[0].on < -90
    ]
    assert old
    assert sum(bool(words.outdated) for _, words in texts(HARBOUR_MUSEUM)) == 2


def test_norrvik_has_25_services_and_two_that_ended() -> None:
    states = [state_today(s) for s in NORRVIK.services]
    counted = {state: states.count(state) for state in set(states)}
    assert counted == {"idea": 3, "being_made": 1, "in_test": 2, "live": 15, "ending": 3,
                       "on_hold": 1, "ended": 2}  # fmt: skip
    assert [s.key for s in NORRVIK.services if s.closed_to_new] == ["file_archive"]


def test_norrvik_has_a_history_and_a_future() -> None:
    moves = [m for s in NORRVIK.services for m in s.moves]
    assert sum(not m.planned for m in moves) >= 80
    assert sum(m.planned for m in moves) >= 3
    assert sum(m.corrects for m in moves) == 1
    assert min(m.on for m in moves) >= -731
    assert max(m.on for m in moves) <= 240


def test_norrvik_is_as_large_as_promised() -> None:
    assert 8 <= len(NORRVIK.goals) <= 10
    assert len(NORRVIK.requirements) >= 40
    assert {state_today(w) for w in NORRVIK.requirements} == set(REQUIREMENT.codes)
    assert all(w.origin_kind != "unknown" for w in NORRVIK.requirements)
    assert len(NORRVIK.decisions) >= 30
    assert {r.type for r in NORRVIK.relationships} == {"basic", "cooperative", "partnership"}
    offered = {o.subject for o in NORRVIK.offerings if state_today(o) == "published"}
    live = {s.key for s in NORRVIK.services if state_today(s) == "live"}
    assert live - offered == {"terminals"}


def test_norrvik_holds_one_pair_that_looks_alike() -> None:
    seen: dict[str, list[str]] = {}
    for service in NORRVIK.services:
        for word in service.aliases:
            seen.setdefault(fold(word), []).append(service.key)
    assert [keys for keys in seen.values() if len(keys) > 1] == [["office_network", "museum_wifi"]]


def test_people_who_work_in_both_have_one_account() -> None:
    first, second = ({p.email: p.name for p in e.parties if p.access_role} for e in EXAMPLES)
    shared = set(first) & set(second)
    assert len(shared) == 4
    assert all(first[email] == second[email] for email in shared)
    assert all(email.endswith(".example") for email in (*first, *second))


def test_days_follow_the_day_of_making() -> None:
    assert calendar_day(-412, date(2026, 5, 14)) == date(2025, 3, 28)
    assert calendar_day(30, date(2026, 5, 14)) == date(2026, 6, 13)


def test_wishes_of_customers_are_seen_by_them() -> None:
    rows = NORRVIK.requirements
    assert {r.audience for r in rows if r.relationship} == {"relationship"}
    assert {r.audience for r in rows if not r.relationship} == {"internal"}
