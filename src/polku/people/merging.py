"""What must hold before two parties are made one, and what would move then."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.folding import fold
from polku.kernel.models import ImportRun
from polku.kernel.registry import entity, has_entity
from polku.people.entities import PARTY
from polku.people.pointers import GROUPS, owner_of, pointers
from polku.tenancy.models import CoreEntity, Membership, Party, Relationship

# Facts of which the kept one has its own; where it says nothing, the other's word is taken
FACTS = ("parent", "business_id", "web", "languages", "owner_party", "review_due")


@dataclass(frozen=True)
class Plan:
    """What merging *gone* into *kept* would do: ``moves`` are (words, how many), ``taken`` and
    ``differ`` the labels of facts that the kept one gets, and of those where its own word holds;
    ``aliases`` its further names."""

    kept: Party
    gone: Party
    moves: list[tuple[str, int]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def plan_merge(kept: Party, gone: Party, *, by: Actor) -> Plan:
    """What would come of it, for somebody who decides; both are visible to the actor."""
    values = values_from(kept, gone)
    new = [name for name in values.get("aliases", ()) if name not in kept.aliases]
    taken = [PARTY.by_name[name].label(Party) for name in values if name != "aliases"]
    differ = [PARTY.by_name[name].label(Party) for name in _differing(kept, gone)
              if name not in values]  # fmt: skip
    return Plan(kept, gone, _counted(gone, by), taken, differ, new)


def _counted(gone: Party, by: Actor) -> list[tuple[str, int]]:
    """How many of what point at the one that goes, each thing once."""
    seen: dict[str, set[int]] = {}
    beside: Counter[str] = Counter()
    for pointer in pointers():
        if pointer.why_stays:
            continue
        rows = pointer.rows(gone)
        if issubclass(pointer.model, CoreEntity):
            seen.setdefault(pointer.group, set()).update(rows.values_list("pk", flat=True))
        elif pointer.model._meta.auto_created:
            owner = owner_of(pointer.model)[0]._meta.model_name
            numbers = rows.values_list(f"{owner}_id", flat=True)
            seen.setdefault(pointer.group, set()).update(numbers)
        else:
            beside[pointer.group] += rows.count()
    seen.get("party", set()).discard(gone.pk)
    told = [(entity(kind).words.phrase("many", by.vocabulary), len(numbers))
            for kind, numbers in seen.items() if numbers and has_entity(kind)]  # fmt: skip
    return told + [(str(GROUPS[group]), n) for group, n in beside.items() if n and group in GROUPS]


def values_from(kept: Party, gone: Party) -> dict[str, Any]:
    """What the kept one gets of the other: names to be found by, and what it says nothing of."""
    values: dict[str, Any] = {name: getattr(gone, name) for name in FACTS
                              if _may_take(kept, gone, name)}  # fmt: skip
    if kept.kind_is_guess and not gone.kind_is_guess:
        values |= {"kind_is_guess": False}
        values |= {"kind": gone.kind} if gone.kind != kept.kind else {}
    if gone.is_internal and not kept.is_internal:
        values["is_internal"] = True
    for name in ("contact", "attributes"):
        mine, theirs = getattr(kept, name), getattr(gone, name)
        more = {key: value for key, value in theirs.items() if value and not mine.get(key)}
        values |= {name: {**mine, **more}} if more else {}
    if tags := [tag for tag in gone.tags if tag not in kept.tags]:
        values["tags"] = [*kept.tags, *tags]
    if (names := _names(kept, gone)) != kept.aliases:
        values["aliases"] = names
    # What pointed at the other points at this one now; nobody is part of themselves
    if kept.parent_id == gone.pk:
        above = gone.parent
        values["parent"] = above if above and above != kept and not above.archived else None
    if kept.owner_party_id == gone.pk:
        values["owner_party"] = kept
    return values


def _may_take(kept: Party, gone: Party, name: str) -> bool:
    value = getattr(gone, name)
    if value in (None, "", []) or getattr(kept, name) or value in (kept, gone):
        return False
    if isinstance(value, Party) and value.archived:
        return False
    return name != "parent" or not _is_below(value, kept)


def _is_below(party: Party, above: Party) -> bool:
    seen: set[int] = set()
    current = party.parent
    while current is not None and current.pk not in seen:
        if current.pk == above.pk:
            return True
        seen.add(current.pk)
        current = current.parent
    return False


def _names(kept: Party, gone: Party) -> list[str]:
    known = {fold(kept.name), *(fold(str(name)) for name in kept.aliases)}
    names = list(kept.aliases)
    for name in (gone.name, *gone.aliases):
        if fold(str(name)) not in known:
            known.add(fold(str(name)))
            names.append(str(name))
    return names


def _differing(kept: Party, gone: Party) -> list[str]:
    """Facts that both tell, each in another way."""
    names = ("kind", *FACTS, "contact", "audience")
    pairs = [(name, getattr(kept, name), getattr(gone, name)) for name in names]
    return [name for name, mine, theirs in pairs if mine and theirs and mine != theirs]


def hold_mergeable(kept: Party, gone: Party) -> None:
    """These two can be one. Raises BadInput for one and the same, else Refused with the reason."""
    if kept.pk == gone.pk:
        words = _("%(code)s cannot be merged with itself. Nothing was merged: choose another.")
        raise BadInput({"other": words % {"code": kept.code}})
    for party in (kept, gone):
        _hold_standing(party)
    if gone.workspace.home_party_id == gone.pk:
        words = _("This place belongs to “%(name)s”, so it stays. Keep it, and merge the other.")
        raise Refused(words % {"name": gone.name})
    if kept.state == Party.State.LEFT and gone.state == Party.State.ACTIVE:
        words = _("“%(name)s” has left. Keep the other one instead.")
        raise Refused(words % {"name": kept.name})
    _hold_kinds(kept, gone)
    _hold_accounts(kept, gone)
    _hold_relationships(kept, gone)
    _hold_quiet(kept)


def _hold_standing(party: Party) -> None:
    if party.merged_into is not None:
        words = _("%(code)s was merged into %(into)s before. Nothing was merged: choose another.")
        raise Refused(words % {"code": party.code, "into": party.merged_into.code})
    if party.archived:
        words = _("%(code)s was put away, so nothing was changed. Take it out again first.")
        raise Refused(words % {"code": party.code})


def _hold_kinds(kept: Party, gone: Party) -> None:
    one_person = Party.Kind.PERSON in (kept.kind, gone.kind)
    if kept.kind == gone.kind or not one_person or kept.kind_is_guess or gone.kind_is_guess:
        return
    words = _("%(person)s is a person and %(other)s is not. Mend the kind of one of them first.")
    first, other = (kept, gone) if kept.kind == Party.Kind.PERSON else (gone, kept)
    raise Refused(words % {"person": first.code, "other": other.code})


def _hold_accounts(kept: Party, gone: Party) -> None:
    """One person comes in by one account, and only a person does."""
    rows = Membership.objects.filter(party=gone)
    ours = Membership.objects.filter(party=kept).exclude(state=Membership.State.ENDED)
    if not rows.exists():
        return
    if ours.exists() and rows.exclude(state=Membership.State.ENDED).exists():
        words = _(
            "%(kept)s and %(gone)s each have an account here, and one person comes in by one "
            "account. Switch one of the accounts off first."
        )
        raise Refused(words % {"kept": kept.code, "gone": gone.code})
    kind = gone.kind if kept.kind_is_guess and not gone.kind_is_guess else kept.kind
    if kind != Party.Kind.PERSON:
        words = _("%(gone)s has an account here, which only a person has. Keep that one instead.")
        raise Refused(words % {"gone": gone.code})


def relationships_between(kept: Party, gone: Party) -> Any:
    """Relationships with the other as the one side and the kept one as the other."""
    return Relationship.objects.filter(
        Q(consumer_party=kept, provider_party=gone) | Q(consumer_party=gone, provider_party=kept)
    )


def _hold_relationships(kept: Party, gone: Party) -> None:
    """No relationship becomes one with itself, and no two become the same."""
    words = _("%(first)s is between the two, and nobody serves themselves. End it first.")
    if between := relationships_between(kept, gone).exclude(state="ended").first():
        raise Refused(words % {"first": between.code})
    going = Relationship.objects.exclude(state="ended")
    theirs = {(row.consumer_party_id, row.provider_party_id): row
              for row in going.filter(Q(consumer_party=kept) | Q(provider_party=kept))}  # fmt: skip
    for row in going.filter(Q(consumer_party=gone) | Q(provider_party=gone)).order_by("pk"):
        consumer, provider = row.consumer_party_id, row.provider_party_id
        pair = (kept.pk if consumer == gone.pk else consumer,
                kept.pk if provider == gone.pk else provider)  # fmt: skip
        if other := theirs.get(pair):
            words = _(
                "%(first)s and %(second)s would be one and the same relationship. End one of them "
                "first. Nothing was merged."
            )
            raise Refused(words % {"first": other.code, "second": row.code})


def _hold_quiet(kept: Party) -> None:
    """A file that is being saved knows parties by heart."""
    running = ImportRun.objects.filter(
        workspace=kept.workspace_id, state=ImportRun.State.RUNNING
    ).first()
    if running is not None:
        words = _("The file %(name)s is being saved here. Merge when that is done.")
        raise Refused(words % {"name": running.file_name})
