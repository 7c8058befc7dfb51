"""Things that rows ask for beside themselves: people, groups, meeting points, parts, offerings.

Each is asked for once however many rows name it; what is here already by that name is taken.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from polku.exchange.planning.comparing import Weigher
from polku.exchange.planning.file_rows import FileRow
from polku.exchange.planning.here import Here
from polku.exchange.planning.own_columns import keep_if_not_understood, keep_text
from polku.exchange.planning.rows import Plan, PlanRow, Stub
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.mapping import ColumnRule
from polku.exchange.spreadsheet.parties import PartyName
from polku.exchange.spreadsheet.values import json_list, split_list
from polku.kernel.folding import fold
from polku.tenancy.translated import Translated

NAME_LIMIT = 120
OFFERING_LIMIT = 300
# A comma parts groups only where all parts are this short: "Families, who come with children".
_SHORT_WORDS = 2

type HeadingOf = Callable[[str, str], str]

CHANNEL_KINDS = {
    "web": "web, website, online, internet, on the web, verkko, verkossa, www, sieć, strona, сайт, "
           "интернет, онлайн",
    "phone": "phone, telephone, by phone, puhelin, telefon, телефон",
    "email": "e-mail, email, by e-mail, sahkoposti, poczta, почта",
    "letter": "letter, post, mail, by letter, kirje, posti, list, письмо",
    "person": "in person, henkilökohtaisesti, osobiście, лично",
    "place": "counter, desk, office, branch, door, library, service point, palvelupiste, toimisto, "
             "kirjasto, sali, ovi, biuro, okienko, офис, касса, дверь",
    "app": "app, sovellus, aplikacja, приложение",
    "chat": "chat, czat, чат",
    "social": "social media, facebook, some, соцсети",
    "event": "event, tapahtuma, wydarzenie, событие",
    "printed": "poster, leaflet, brochure, esite, juliste, ulotka, plakat, листовка, афиша",
    "device": "kiosk, machine, automaatti, automat, автомат",
}  # fmt: skip
_KINDS = {fold(word): kind for kind, line in CHANNEL_KINDS.items() for word in line.split(",")}


def channel_kind(name: str) -> str:
    """The way of meeting that a channel's name means; ``other`` where nobody can tell."""
    words = fold(name).removeprefix("feedback ")
    return _KINDS.get(words) or _KINDS.get(words.removeprefix("by ")) or "other"


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The folded name: files repeat few names many times."""
    return fold(name)


class Asked:
    """Collects into the plan what is wanted and not here."""

    def __init__(self, plan: Plan, here: Here, lang: str) -> None:
        self.plan, self.here, self.lang = plan, here, lang

    def party(self, named: PartyName | None, row: PlanRow, heading: str) -> str | None:
        """The folded name to find the party by when the row is stored; None for nobody."""
        if named is None:
            return None
        key = _key(named.name[:200])
        if key not in self.here.parties and key not in self.plan.parties:
            self.plan.parties[key] = named
            row.troubles.append(Trouble("new_party", heading, {"raw": named.name[:80]}, look=False))
        return key

    def segments(
        self, row: FileRow, plan: PlanRow, weigher: Weigher, heading_of: HeadingOf
    ) -> None:  # fmt: skip
        """Groups named in one or several languages; the parts of a list stand side by side."""
        cells = {lang: cell for lang, cell in row.said.get("for_whom", {}).items()
                 if cell.outcome == "value"}  # fmt: skip
        if not cells or all(weigher.said_before(heading_of("for_whom", lang)) for lang in cells):
            return
        lists = {lang: groups(str(cell.value)) for lang, cell in cells.items()}
        longest = max(len(parts) for parts in lists.values())
        keys: list[str] = []
        for at in range(longest):
            texts = {lang: parts[at] for lang, parts in lists.items() if at < len(parts)}
            if any(len(text) > NAME_LIMIT for text in texts.values()):
                lang = next(iter(cells))
                heading, raw = heading_of("for_whom", lang), str(cells[lang].value)
                facts = {"n": len(raw), "limit": NAME_LIMIT, "raw": raw[:80]}
                plan.troubles.append(Trouble("too_long", heading, facts))
                keep_text(plan, heading, raw)
                continue
            keys.append(self._segment(texts))
        self._compare_segments(plan, list(dict.fromkeys(keys)))

    def _segment(self, texts: dict[str, str]) -> str:
        for text in texts.values():
            if fold(text) in self.here.segments or fold(text) in self.plan.segments:
                return fold(text)
        key = fold(next(iter(texts.values())))
        self.plan.segments[key] = texts
        return key

    def _compare_segments(self, plan: PlanRow, keys: list[str]) -> None:
        tied = self.here.meant_for.get(plan.obj.pk, {}) if plan.obj is not None else {}
        new = [key for key in keys if key not in self.here.segments
               or self.here.segments[key].pk not in tied]  # fmt: skip
        if new:
            plan.wants["segments"] = new
            if plan.obj is not None:
                names = {s.pk: s.title for s in self.here.segments.values()}
                before = ", ".join(names.get(number, "") for number in tied)
                plan.changes["for_whom"] = [before, ", ".join([before, *new] if before else new)]

    def channels(
        self, row: FileRow, plan: PlanRow, weigher: Weigher, heading: str,
        rules: Mapping[str, ColumnRule],
    ) -> None:  # fmt: skip
        """Meeting points by name; the same one serves many services."""
        value = row.value("channels")
        if not isinstance(value, tuple) or weigher.said_before(heading):
            return
        rule = rules.get(heading)
        names = [name[:NAME_LIMIT] for name in value]
        for name in names:
            if _key(name) not in self.here.touchpoints:
                stub = Stub(name, self.lang, (rule.use if rule else None) or "")
                self.plan.stubs.setdefault(_key(name), stub)
        tied = self.here.channels.get(plan.obj.pk, set()) if plan.obj is not None else set()
        known = self.here.touchpoints
        new = [_key(n) for n in names if _key(n) not in known or known[_key(n)].pk not in tied]
        if new:
            plan.wants["channels"] = new
            if plan.obj is not None:
                plan.changes["channels"] = ["", ", ".join(names)]

    def supplier(self, row: FileRow, plan: PlanRow, weigher: Weigher, heading: str) -> None:
        """The supplier becomes a party, a relationship and a part that the service needs."""
        cell = row.cells.get("supplier")
        if cell is None or keep_if_not_understood(plan, heading, cell):
            return
        if not isinstance(cell.value, PartyName) or weigher.said_before(heading):
            return
        key = fold(cell.value.name[:200])
        part = self.here.components.get(key)
        if plan.obj is not None and part is not None and self._rests_on(plan.obj, part):
            return
        plan.wants["supplier"] = self.party(cell.value, plan, heading)
        if key not in self.here.components:
            facts = {"kind": "supplier_service", "supplier": key, "name": cell.value.name[:200]}
            self.plan.parts.setdefault(key, facts)
        if plan.obj is not None:
            plan.changes["supplier"] = ["", cell.value.name]

    def _rests_on(self, service: Any, part: Any) -> bool:
        edge = ("service_product", service.pk, "component", part.pk)
        rows = self.here.dependencies
        return any((d.from_kind, d.from_id, d.to_kind, d.to_id) == edge for d in rows)

    def offering(
        self, row: FileRow, plan: PlanRow, weigher: Weigher, heading_of: HeadingOf
    ) -> None:  # fmt: skip
        """Times and price stand in the default offering of the service."""
        offering = self.here.offerings.get(plan.obj.pk) if plan.obj is not None else None
        wanted: dict[str, Any] = {}
        for name, stored in (("when", "when"), ("price", "price_note")):
            for lang, cell in row.said.get(name, {}).items():
                text = "" if cell.outcome == "clear" else str(cell.value or "").strip()
                heading = heading_of(name, lang)
                if len(text) > OFFERING_LIMIT:
                    facts = {"n": len(text), "limit": OFFERING_LIMIT, "raw": text[:80]}
                    plan.troubles.append(Trouble("too_long", heading, facts))
                    keep_text(plan, heading, text)
                    continue
                text = Translated.of(text, lang).source_text
                here = getattr(offering, stored).text(lang) if offering is not None else ""
                if text != here and (
                    offering is None or self._takes(plan, heading, here, text, weigher)
                ):
                    wanted.setdefault(stored, {})[lang] = text
                    if plan.obj is not None:
                        plan.changes[f"{name}:{lang}"] = [here, text]
        if wanted:
            plan.wants["offering"] = wanted

    def _takes(
        self, plan: PlanRow, heading: str, here: str, text: str, weigher: Weigher
    ) -> bool:  # fmt: skip
        """Against the row's former cell; the offering has no key of its own."""
        former = weigher.former.cells(plan.obj).get(heading)
        if former is None or weigher.file_wins:
            return True
        base = former.strip()
        if text == base:
            return False
        if here == base:
            return True
        facts = {"base": base, "here": here, "file": text}
        plan.troubles.append(Trouble("conflict", heading, facts))
        return False


def groups(text: str) -> tuple[str, ...]:
    """The groups of people that a cell names."""
    parts = split_list(text)
    if ";" in text or "\n" in text or json_list(text) is not None:
        return parts
    short = all(len(part.split()) <= _SHORT_WORDS for part in parts)
    return parts if short and len(parts) > 1 else (text.strip(),)
