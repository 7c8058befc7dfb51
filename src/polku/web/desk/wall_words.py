"""The wall in words: how a thread reads, what a card is, what is missing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from polku.insight.wall.edges import Edge
from polku.insight.wall.gathering import Card, Wall
from polku.insight.wall.pairs import PAIRS
from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.policy import may_change
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.ends import lines
from polku.web.desk.ties_ways import NEED_WORDS
from polku.web.desk.values import title_text
from polku.web.readings import reading_for
from polku.web.signs import THREAD_WORDS

# What a small card says where the whole words of its kind find no room
SHORT_WORDS: dict[str, Sentence] = {
    "requirement": _lazy("Wish"),
    "component": _lazy("Part"),
    "service_product": _lazy("Service"),
    "offering": _lazy("Offer"),
    "touchpoint": _lazy("Point"),
    "relationship": _lazy("Customer"),
    "strategy_goal": _lazy("Goal"),
    "product_version": _lazy("Version"),
    "service_package": _lazy("Package"),
}


@dataclass(frozen=True)
class Named:
    """A card in the reader's words; *lang* only when it differs from the page's."""

    title: str
    lang: str
    code: str
    kind: str
    state: str
    url: str
    short: str = ""
    on_card: str = ""

    @property
    def whole(self) -> str:
        """Everything that is known of it at a glance, for speech and for a resting pointer."""
        return " · ".join(part for part in (self.title, self.code, self.kind, self.state) if part)


@dataclass(frozen=True)
class Missing:
    """A tie that is not there: the check's sentence, and what mends it."""

    card: Named
    sentence: str
    mend: str
    url: str


@dataclass(frozen=True)
class Sentenced:
    """A thread as a sentence: first card, words, second card, how it holds."""

    first: Named
    words: Sentence
    second: Named
    thread: str
    url: str = ""

    @property
    def whole(self) -> str:
        """The sentence with how it holds."""
        said = f"{self.first.title} {self.words} {self.second.title}"
        return f"{said} – {THREAD_WORDS[self.thread]}"


def words_of(edge: Edge) -> Sentence:
    """What stands between the two cards of a thread."""
    if edge.code in LINK_KINDS:
        return LINK_KINDS[edge.code].forward
    if edge.code in NEED_WORDS:
        return NEED_WORDS[edge.code][0]
    return next(pair.forward for pair in PAIRS if pair.code == edge.code)


def name_of(actor: Actor, card: Card, lang: str) -> Named:
    """A card in the reader's words."""
    row, obj = card.entity, card.obj
    reading = reading_for(getattr(obj, row.title_field, None), lang)
    other = reading.lang if reading is not None and reading.text and reading.lang != lang else ""
    return Named(
        title_text(obj), other, obj.code, row.words.phrase("one", actor.vocabulary),
        _state(card), object_url(actor.workspace, row, obj.code),
        str(SHORT_WORDS.get(row.kind, "")), _on_card(actor, card),
    )  # fmt: skip


def _on_card(actor: Actor, card: Card) -> str:
    """A customer goes by the name of the other side; one's own is on every card of that kind."""
    if card.end[0] != "relationship":
        return ""
    sides = (card.obj.consumer_party, card.obj.provider_party)
    others = [side for side in sides if side.pk != actor.workspace.home_party_id]
    return title_text(others[0]) if len(others) == 1 else ""


def _state(card: Card) -> str:
    row = card.entity
    if row.machine is None or not (code := getattr(card.obj, row.state_field)):
        return ""
    choices = dict(row.by_name[row.state_field].choices(row.model))
    return str(choices.get(code, code))


def sentences(actor: Actor, wall: Wall, names: list[Named]) -> list[Sentenced]:
    """Every thread of a picture as a sentence, in the order of its cards."""
    may = actor.is_internal and actor.role in {"admin", "editor", "member"}
    return [
        Sentenced(
            names[thread.a], words_of(thread.edge), names[thread.b], thread.edge.thread,
            _change_url(actor, wall.cards[thread.a], thread.edge) if may else "",
        )
        for thread in wall.threads
    ]  # fmt: skip


def _change_url(actor: Actor, card: Card, edge: Edge) -> str:
    """Where a tie that needs a look, or a yes, gets it; only for those who may give it."""
    if edge.thread == "live" or not edge.number or card.end != edge.start:
        return ""
    if not may_change(actor, card.obj):
        return ""
    return page_url(actor.workspace, card.entity, "tie_change", code=card.obj.code,
                    link=edge.number)  # fmt: skip


def missing(actor: Actor, wall: Wall, names: list[Named]) -> dict[int, list[Missing]]:
    """What is missing at each card that misses something, with the way to tie it."""
    found: dict[int, list[Missing]] = {}
    for number, ends in wall.missing.items():
        obj = wall.cards[number].obj
        objects = {(end.object_kind, end.object_id): obj for end in ends}
        for line in lines(actor, ends, objects, named=False):
            mend = next(iter(line["actions"]), {"label": _("Look at it"), "url": ""})
            url = mend["url"] or names[number].url
            one = Missing(names[number], str(line["sentence"]), str(mend["label"]), url)
            found.setdefault(number, []).append(one)
    return found
