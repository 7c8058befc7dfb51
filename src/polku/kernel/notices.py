"""News for one person: its kinds as data, what each wants to hear of, and reading it.

A notice keeps numbers and codes. Its sentence is made when it is read, in the reader's language,
about what the reader may see at that moment (``docs/decisions/0037-news-and-mails.md``).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import QuerySet

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, Sentence, require
from polku.kernel.models import Notification, NotificationChoice
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find_many
from polku.tenancy.models import Membership, UserAccount, Workspace
from polku.tenancy.models.accounts import INTERNAL_ROLES

NEVER, DAILY, WEEKLY = NotificationChoice.Mail.values
NAMED = 3  # of many things, so many are named

type Pair = tuple[str, int]


@dataclass(frozen=True)
class News:
    """One notice as its reader may read it now.

    ``obj`` is what it is about, if it is about one thing; ``things`` are the first of many, each
    with the rest of its item; ``who`` are names of those who did it.
    """

    notice: Notification
    kind: "NoticeKind"
    vocabulary: str = "plain"
    obj: Any = None
    things: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
    who: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many things it counts."""
        return int(self.notice.parameters.get("n", 1))

    @property
    def more(self) -> int:
        """How many are counted and not named."""
        return max(0, self.n - len(self.things)) if self.things else 0

    @property
    def words(self) -> str:
        """The sentence, without the name of the thing."""
        return str(self.kind.sentence(self))

    @property
    def is_new(self) -> bool:
        """Whether it was not read yet."""
        return self.notice.read_at is None


@dataclass(frozen=True)
class NoticeKind:
    """One kind of news.

    ``sentence`` writes its words, ``brief`` is a lazy plural with ``n`` for the subject of a mail,
    ``thing_words`` says something of one of the things that it counts. ``page`` (and ``query``) is
    the URL name to open where there is no object; empty for the list of what is one's own. A kind
    that ``grows`` collects during its day, so its mail waits until the day is over; one
    ``at_once`` is mailed by the verb itself.
    """

    code: str
    label: Sentence
    about: Sentence
    sentence: Callable[[News], Sentence]
    brief: Any
    mail: str = DAILY
    page: str = "home"
    query: str = ""
    grows: bool = False
    at_once: bool = False
    thing_words: Callable[[tuple[Any, ...]], Sentence] = field(default=lambda _rest: "")

    def usual_mail(self, workspace: Workspace) -> str:
        """How often it is mailed where nobody chose; who works alone hears once a week."""
        return WEEKLY if workspace.size_profile == "solo" and not self.at_once else self.mail

    @property
    def mails(self) -> tuple[str, ...]:
        """The ways of mailing to choose from."""
        return (NEVER, DAILY) if self.at_once else (NEVER, DAILY, WEEKLY)


_kinds: dict[str, NoticeKind] = {}


def register_notice(kind: NoticeKind) -> NoticeKind:
    """Add one row; a code can stand once."""
    _kinds[kind.code] = kind
    return kind


def notice_kinds() -> tuple[NoticeKind, ...]:
    """All rows, in the order in which people read them."""
    return tuple(_kinds.values())


def notice_kind(code: str) -> NoticeKind | None:
    """The row of a code; None for one that this version does not know."""
    return _kinds.get(code)


@dataclass(frozen=True)
class Choice:
    """How one person hears of one kind."""

    kind: NoticeKind
    in_app: bool
    mail: str

    @property
    def is_silent(self) -> bool:
        """Neither here nor by mail."""
        return not self.in_app and self.mail == NEVER


type Choices = Mapping[tuple[int, str], Choice]


def choices_of_many(workspace: Workspace, user_ids: Collection[int]) -> Choices:
    """What each of these people wants to hear of, by person and kind; one statement."""
    rows = NotificationChoice.objects.filter(workspace=workspace, user_id__in=user_ids)
    said = {(row.user_id, row.kind): row for row in rows}
    return {
        (user, kind.code): _choice(kind, workspace, said.get((user, kind.code)))
        for user in user_ids
        for kind in notice_kinds()
    }


def _choice(kind: NoticeKind, workspace: Workspace, row: NotificationChoice | None) -> Choice:
    if row is None:
        return Choice(kind, in_app=True, mail=kind.usual_mail(workspace))
    return Choice(kind, row.in_app, row.mail)


def choices_of(actor: Actor) -> list[Choice]:
    """What the actor wants to hear of, kind by kind. Raises NotAllowed for the other side."""
    require(may_read_inside(actor))
    user = actor.user_id or 0
    found = choices_of_many(actor.workspace, [user])
    return [found[user, kind.code] for kind in notice_kinds()]


def hearers(workspace: Workspace) -> QuerySet[Membership]:
    """Who may hear news here: the team's people who can sign in now."""
    return Membership.objects.filter(
        workspace=workspace, state=Membership.State.ACTIVE, user__state=UserAccount.State.ACTIVE,
        access_role__in=sorted(INTERNAL_ROLES),
    ).select_related("user", "workspace")  # fmt: skip


def visible_notices(actor: Actor) -> QuerySet[Notification]:
    """The actor's own news, the newest first; kinds that they silenced are left out.

    Raises NotAllowed for people outside the team.
    """
    silent = [choice.kind.code for choice in choices_of(actor) if not choice.in_app]
    rows = Notification.objects.filter(workspace=actor.workspace, user_id=actor.user_id or 0)
    return rows.filter(kind__in=[k.code for k in notice_kinds()]).exclude(
        kind__in=silent
    ).order_by("-at", "-id")  # fmt: skip


def find_notice(actor: Actor, number: int) -> Notification:
    """One of the actor's own, or NotFound."""
    require(may_read_inside(actor))
    rows = Notification.objects.filter(workspace=actor.workspace, user_id=actor.user_id or 0)
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def read_news(actor: Actor, notices: Iterable[Notification]) -> list[News]:
    """Notices with what they are about; what the reader may not see (any more) is left out."""
    rows = [row for row in notices if row.kind in _kinds]
    objects = find_many(actor, {pair for row in rows for pair in _named(row)})
    names = _names(rows)
    return [news for row in rows if (news := _news(actor, row, objects, names)) is not None]


def items_of(notice: Notification) -> list[tuple[Any, ...]]:
    """The things it counts: kind, number, and what else the kind of news keeps of each."""
    return [tuple(item) for item in notice.parameters.get("items", ())]


def _named(row: Notification) -> list[Pair]:
    if row.object_id is not None:
        return [(row.object_kind, row.object_id)]
    return [(item[0], item[1]) for item in items_of(row)[:NAMED]]


def _news(
    actor: Actor, row: Notification, objects: Mapping[Pair, Any], names: Mapping[int, str]
) -> News | None:
    pairs = _named(row)
    seen = [objects[pair] for pair in pairs if pair in objects]
    if pairs and not seen:
        return None
    who = tuple(names[number] for number in row.parameters.get("by", ()) if number in names)
    kind = _kinds[row.kind]
    if row.object_id is not None:
        return News(row, kind, actor.vocabulary, obj=seen[0], who=who)
    things = tuple(
        (objects[item[0], item[1]], item[2:])
        for item in items_of(row)[:NAMED]
        if (item[0], item[1]) in objects
    )
    if len(things) == 1 and row.parameters.get("n", 1) == 1:
        return News(row, kind, actor.vocabulary, obj=things[0][0], things=things, who=who)
    return News(row, kind, actor.vocabulary, things=things, who=who)


def _names(rows: Iterable[Notification]) -> dict[int, str]:
    numbers = {number for row in rows for number in row.parameters.get("by", ())}
    people = UserAccount.objects.in_bulk(numbers) if numbers else {}
    return {cast("int", number): str(person) for number, person in people.items()}
