"""What points at one party points at another one afterwards, with history where things have it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.audit import Entry, kind_of, record_many
from polku.kernel.changes import stamp
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import ExternalRef, Link, LooseEnd, SavedView
from polku.kernel.registry import entity, has_entity
from polku.kernel.suspects import carry_over
from polku.people.merging import relationships_between
from polku.people.pointers import KIND, MERGED, Pointer, owner_of, pointers
from polku.tenancy.models import CoreEntity, Party, PartyRole, Relationship

BATCH = 200
ENDS = ("from_kind", "from_id", "to_kind", "to_id")


class Moving:
    """Lets what points at *gone* point at *kept*; *note* says why in the history of each thing."""

    def __init__(self, kept: Party, gone: Party, note: str, by: Actor) -> None:
        self.kept, self.gone, self.note, self.by = kept, gone, note, by

    def move_all(self) -> None:
        """Everything but what :data:`~polku.people.pointers.STAYS`."""
        things: dict[type[CoreEntity], list[Pointer]] = {}
        for pointer in pointers():
            if pointer.why_stays:
                continue
            if issubclass(pointer.model, CoreEntity):
                things.setdefault(pointer.model, []).append(pointer)
            elif pointer.model._meta.auto_created:
                self._move_in_lists(pointer)
            else:
                self._move_rows(pointer)
        for model, found in things.items():
            self._move_things(model, found)
        self._name_in_views()

    # Things with a history of their own

    def _move_things(self, model: type[CoreEntity], found: Sequence[Pointer]) -> None:
        where = Q()
        for pointer in found:
            where |= Q(pk__in=pointer.rows(self.gone).values("pk"))
        rows: Any = model.objects.filter(where).order_by("pk")
        if model is Party:  # the two themselves are seen to by who merges them
            rows = rows.exclude(pk__in=[self.kept.pk, self.gone.pk])
        if model is Relationship:  # one that ended between the two goes on telling of both
            rows = rows.exclude(pk__in=relationships_between(self.kept, self.gone).values("pk"))
        objects = list(rows.select_for_update(of=("self",)))
        prints = {obj.pk: fingerprint(obj) for obj in objects} if _means(model, found) else {}
        entries = [Entry(obj, self._moved(obj, found), self.note) for obj in objects]
        names = {name for pointer in found for name in _columns(pointer)}
        names |= {"revision", "updated_at", "updated_by"}
        model.objects.bulk_update(objects, sorted(names), batch_size=BATCH)
        for obj in objects:
            if obj.pk in prints:  # the same party by another code: ties rest on what they did
                former, now = prints[obj.pk], fingerprint(obj)
                carry_over(self.by.workspace, kind_of(obj), obj.pk, former, now)
        record_many(f"{model._meta.db_table}.changed", by=self.by, entries=entries)

    def _moved(self, obj: Any, found: Sequence[Pointer]) -> dict[str, list[Any]]:
        changes: dict[str, list[Any]] = {}
        for pointer in found:
            if not pointer.is_pair and getattr(obj, f"{pointer.name}_id") == self.gone.pk:
                setattr(obj, pointer.name, self.kept)
                changes[pointer.name] = [self.gone.code, self.kept.code]
                changes |= self._once(obj, pointer.name)
            elif pointer.is_pair and (
                (getattr(obj, pointer.kind), getattr(obj, pointer.number)) == (KIND, self.gone.pk)
            ):
                setattr(obj, pointer.number, self.kept.pk)
                setattr(obj, f"{pointer.name}_code", self.kept.code)
                changes[f"{pointer.name}_code"] = [self.gone.code, self.kept.code]
        stamp(obj, self.by)
        return changes

    def _once(self, obj: Any, name: str) -> dict[str, list[Any]]:
        """Whom a field names does not stand in the list of more of the same too."""
        row = entity(kind_of(obj)).by_name.get(name) if has_entity(kind_of(obj)) else None
        if row is None or not row.also:
            return {}
        before = list(getattr(obj, row.also).all())
        if self.kept not in before:
            return {}
        getattr(obj, row.also).remove(self.kept)
        codes = sorted(party.code for party in before)
        return {row.also: [codes, [code for code in codes if code != self.kept.code]]}

    # Lists of several parties, kept by a thing

    def _move_in_lists(self, pointer: Pointer) -> None:
        owner, name = owner_of(pointer.model)
        entries = []
        objects = owner.objects.filter(**{name: self.gone}).order_by("pk")
        for obj in objects.select_for_update(of=("self",)):
            before = list(getattr(obj, name).all())
            after = {party.pk: party for party in before if party.pk != self.gone.pk}
            if self._is_named_beside(obj, name):
                after.pop(self.kept.pk, None)
            else:
                after[self.kept.pk] = self.kept
            getattr(obj, name).set(after.values())
            stamp(obj, self.by)
            obj.save(update_fields=["revision", "updated_at", "updated_by"])
            codes = sorted(party.code for party in before), sorted(p.code for p in after.values())
            entries.append(Entry(obj, {name: list(codes)}, self.note))
        record_many(f"{owner._meta.db_table}.changed", by=self.by, entries=entries)

    def _is_named_beside(self, obj: Any, name: str) -> bool:
        """Whether the one field whose list this is names one of the two already."""
        fields = [row for row in entity(kind_of(obj)).fields if row.also == name]
        two = {self.kept.pk, self.gone.pk}
        return any(getattr(obj, f"{row.name}_id") in two for row in fields)

    # Rows without a history of their own

    def _move_rows(self, pointer: Pointer) -> None:
        rows = pointer.rows(self.gone)
        if pointer.model is PartyRole and not pointer.is_pair:
            self._move_roles(list(rows.order_by("pk")))
        elif pointer.model is Link:
            self._move_ties(list(rows.order_by("pk")), pointer)
        elif pointer.model is ExternalRef:
            self._move_keys(list(rows))
        elif pointer.model is LooseEnd and pointer.is_pair:
            self._move_ends(list(rows))
        else:
            column = pointer.number or pointer.name
            rows.update(**{column: self.kept.pk})

    def _move_roles(self, roles: list[PartyRole]) -> None:
        """A part that both play towards the same, in days that meet, is played once, all the days
        of both."""
        for role in roles:
            role.party = self.kept
            same = PartyRole.objects.filter(
                workspace=role.workspace_id, party=self.kept, role=role.role,
                context_kind=role.context_kind, context_id=role.context_id,
            )  # fmt: skip
            for other in [row for row in same if _meet(row, role)]:
                role.valid_from = _outer(role.valid_from, other.valid_from, min)
                role.valid_to = _outer(role.valid_to, other.valid_to, max)
                role.note = " · ".join(dict.fromkeys(t for t in (other.note, role.note) if t))[:400]
                other.delete()
            role.save()

    def _move_ties(self, links: list[Link], pointer: Pointer) -> None:
        """A tie of both to the same stays once; one between the two goes."""
        for link in links:
            setattr(link, pointer.number, self.kept.pk)
            ends = {name: getattr(link, name) for name in ENDS}
            same = Link.objects.filter(
                workspace=link.workspace_id, kind=link.kind, state=Link.State.LIVE, **ends
            ).exclude(pk=link.pk)  # fmt: skip
            looped = (link.from_kind, link.from_id) == (link.to_kind, link.to_id)
            if link.state == Link.State.LIVE and (looped or any(_meet(row, link) for row in same)):
                link.state, link.removed_reason = Link.State.REMOVED, self.note[:400]
            link.save()

    def _move_keys(self, refs: list[ExternalRef]) -> None:
        """The same file leads to the kept one, and says no more of it than the first time."""
        for ref in refs:
            ref.object_id = self.kept.pk
            ref.last_seen = {**ref.last_seen, MERGED: self.gone.code}
        ExternalRef.objects.bulk_update(refs, ["object_id", "last_seen"], batch_size=BATCH)

    def _move_ends(self, ends: list[LooseEnd]) -> None:
        """What the kept one lacks as well is told once; the checks close what is told of the
        other."""
        for end in ends:
            same = LooseEnd.objects.filter(
                workspace=end.workspace_id, check_code=end.check_code, object_kind=KIND,
                object_id=self.kept.pk, period=end.period,
            )  # fmt: skip
            if not same.exists():
                end.object_id = self.kept.pk
                end.save(update_fields=["object_id"])

    def _name_in_views(self) -> None:
        """Lists that people kept under a name go on asking for the same party."""
        views = SavedView.objects.filter(
            workspace=self.by.workspace, query__contains=self.gone.code
        )
        for view in views:
            pairs = [(key, self._renamed(key, value))
                     for key, value in parse_qsl(view.query, keep_blank_values=True)]  # fmt: skip
            if (query := urlencode(pairs, safe=",")) and len(query) <= 1000:
                view.query = query
                view.save(update_fields=["query"])

    def _renamed(self, key: str, value: str) -> str:
        if key == "q" or key.startswith("own."):
            return value
        codes = [self.kept.code if code.strip().upper() == self.gone.code else code
                 for code in value.split(",")]  # fmt: skip
        return ",".join(dict.fromkeys(codes))


def _means(model: type[CoreEntity], found: Sequence[Pointer]) -> bool:
    """Whether ties may rest on what these columns say."""
    kind = model._meta.db_table
    if not has_entity(kind):
        return False
    row = entity(kind)
    means = {*row.meaning_fields, *(part.field for part in row.meanings)}
    return any(pointer.name in means for pointer in found)


def _columns(pointer: Pointer) -> list[str]:
    """What is written when such a pointer moves: a thing that names another keeps its code too."""
    return [pointer.number, f"{pointer.name}_code"] if pointer.is_pair else [pointer.name]


def _meet(one: Any, other: Any) -> bool:
    """Whether two rows hold on a common day."""
    first = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    last = other.valid_to is None or one.valid_from is None or one.valid_from <= other.valid_to
    return first and last


def _outer(one: Any, other: Any, pick: Any) -> Any:
    return None if one is None or other is None else pick(one, other)
