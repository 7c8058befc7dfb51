"""What the portfolio knows about the questions of its gates; each fact is one cheap count."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.actor import Actor
from polku.kernel.gate_facts import Fact
from polku.kernel.links import live_links
from polku.kernel.models import Transition
from polku.portfolio.models import Offering, ProductVersion, Requirement, ServiceProduct
from polku.tenancy.models import Party

type Teller = Callable[[Actor, Any], Fact | None]


def gate_facts(*, actor: Actor, obj: Any, codes: Collection[str]) -> dict[str, Fact]:
    """Facts about a service or one of its versions, for those of *codes* that are known here."""
    tellers: dict[str, Teller] = {}
    if isinstance(obj, ServiceProduct):
        tellers = OF_SERVICE
    elif isinstance(obj, ProductVersion):
        tellers = OF_VERSION
    told = {code: tell(actor, obj) for code, tell in tellers.items() if code in codes}
    return {code: fact for code, fact in told.items() if fact is not None}


def _counted(n: int, words: str) -> Fact:
    return Fact(words, "yes" if n else "no")


def _wishes(actor: Actor, kind: str, number: int) -> Any:
    asked = live_links(actor).filter(kind="L02", to_kind=kind, to_id=number)
    return Requirement.objects.filter(
        workspace=actor.workspace, archived=False, pk__in=asked.values("from_id")
    )


def _where_from(actor: Actor, service: Any) -> Fact:
    wishes = _wishes(actor, "service_product", service.pk).count()
    goals = _goals(actor, service)
    words = {
        "wishes": ngettext("%(n)d wish", "%(n)d wishes", wishes) % {"n": wishes},
        "goals": ngettext("%(n)d goal", "%(n)d goals", goals) % {"n": goals},
    }
    return _counted(wishes + goals, _("Tied to it: %(wishes)s, %(goals)s.") % words)


def _goals(actor: Actor, service: Any) -> int:
    ties = live_links(actor).filter(kind="L01", from_kind="service_product", from_id=service.pk)
    return int(ties.count())


def _goal_served(actor: Actor, service: Any) -> Fact:
    n = _goals(actor, service)
    words = ngettext("It serves %(n)d goal.", "It serves %(n)d goals.", n) % {"n": n}
    return _counted(n, words if n else _("It is tied to no goal."))


def _problem_known(_actor: Actor, service: Any) -> Fact:
    known = bool(service.purpose)
    words = _("What it is for is written down.") if known else _("Nobody wrote what it is for.")
    return _counted(known, words)


def _customers_heard(actor: Actor, service: Any) -> Fact:
    rows = _wishes(actor, "service_product", service.pk)
    more = Requirement.also_asked_by.through.objects.filter(requirement_id__in=rows.values("pk"))
    first = rows.filter(raised_by_party__isnull=False).values_list("raised_by_party", flat=True)
    n = len({*first, *more.values_list("party_id", flat=True)})
    words = ngettext(
        "%(n)d person or organisation has asked for something.",
        "%(n)d people or organisations have asked for something.", n,
    )  # fmt: skip
    return _counted(n, words % {"n": n} if n else _("Nobody is known to have asked for anything."))


def _who_works(_actor: Actor, service: Any) -> Fact:
    owner = Party.objects.filter(pk=service.owner_party_id).first()
    if owner is None:
        return Fact(_("It has no owner."), "no")
    return Fact(_("%(name)s answers for it.") % {"name": owner.name})


def _needs_agreed(actor: Actor, service: Any) -> Fact:
    rows = _wishes(actor, "service_product", service.pk)
    n, open_ = rows.count(), rows.filter(state="asked").count()
    if not n:
        return Fact(_("No wish is tied to it."))
    words = {"n": n, "open": open_}
    sentence = ngettext(
        "%(open)d of %(n)d wish waits for an answer.",
        "%(open)d of %(n)d wishes wait for an answer.", n,
    )  # fmt: skip
    return Fact(sentence % words, "no" if open_ else "yes")


def _date_set(actor: Actor, service: Any) -> Fact | None:
    planned = Transition.objects.filter(
        workspace=actor.workspace, object_kind="service_product", object_id=service.pk,
        to_state="live", applied_at__isnull=True, cancelled_at__isnull=True,
    ).first()  # fmt: skip
    if planned is None:
        return None
    return Fact(_("Planned for %(day)s.") % {"day": planned.effective_on.isoformat()}, "yes")


def _promise_ready(_actor: Actor, service: Any) -> Fact:
    rows = Offering.objects.filter(product=service, archived=False)
    n, published = rows.count(), rows.filter(state="published").count()
    if not n:
        return Fact(_("Nothing to get is written down yet."), "no")
    words = {"n": n, "published": published}
    sentence = ngettext(
        "%(published)d of %(n)d thing to get is published.",
        "%(published)d of %(n)d things to get are published.", n,
    )  # fmt: skip
    return Fact(sentence % words, "yes" if published else "")


def _support_contact(_actor: Actor, service: Any) -> Fact:
    if not service.contact:
        return Fact(_("No contact is written down."), "no")
    return Fact(_("Contact: %(contact)s") % {"contact": service.contact}, "yes")


def _users(actor: Actor, service: Any) -> int:
    offers = Offering.objects.filter(product=service).values("pk")
    ties = live_links(actor).filter(kind="L32", to_kind="offering", to_id__in=offers)
    return int(ties.values("from_kind", "from_id").distinct().count())


def _customers_counted(actor: Actor, service: Any) -> Fact:
    n = _users(actor, service)
    words = ngettext(
        "%(n)d customer or group is known to use it.",
        "%(n)d customers or groups are known to use it.", n,
    )  # fmt: skip
    return Fact(words % {"n": n} if n else _("Nobody is known to use it."), "yes" if n else "")


def _everybody_left(actor: Actor, service: Any) -> Fact:
    n = _users(actor, service)
    words = ngettext(
        "%(n)d customer or group still uses it.", "%(n)d customers or groups still use it.", n
    )
    return Fact(words % {"n": n} if n else _("Nobody is known to use it."), "no" if n else "yes")


def _contents(_actor: Actor, version: Any) -> Fact:
    known = bool(version.notes)
    words = _("What is new is written down.") if known else _("Nobody wrote what is new.")
    return _counted(known, words)


def _wishes_tied(actor: Actor, version: Any) -> Fact:
    n = _wishes(actor, "product_version", version.pk).count()
    words = ngettext("%(n)d wish is tied to it.", "%(n)d wishes are tied to it.", n)
    return _counted(n, words % {"n": n})


OF_SERVICE: dict[str, Teller] = {
    "where_from": _where_from, "goal_served": _goal_served, "problem_known": _problem_known,
    "customers_heard": _customers_heard, "who_works": _who_works, "needs_agreed": _needs_agreed,
    "date_set": _date_set, "agreement_or_promise_ready": _promise_ready,
    "support_contact_named": _support_contact, "customers_counted": _customers_counted,
    "everybody_left": _everybody_left,
}  # fmt: skip


def _of_its_service(tell: Teller) -> Teller:
    return lambda actor, version: tell(actor, version.product)


OF_VERSION: dict[str, Teller] = {
    "contents_listed": _contents, "what_changed_said": _contents, "wishes_tied": _wishes_tied,
    "agreement_or_promise_ready": _of_its_service(_promise_ready),
    "support_contact_named": _of_its_service(_support_contact),
}  # fmt: skip
