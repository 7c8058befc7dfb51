"""What stands around every way to look at a journey: whose it is, how fresh, for whom."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.journeys.conversations import open_comments
from polku.journeys.documents import JourneyDoc, as_seen, document_for, versions_of
from polku.journeys.entities import JOURNEY
from polku.journeys.freshness import FRESH, LOOK, STALE, freshness
from polku.journeys.lanes import LANES, LanesShown, hidden_rows, lanes_for, view_of
from polku.journeys.models import Journey
from polku.journeys.people import Somebody, people_of, with_faces
from polku.journeys.policy import may_edit
from polku.journeys.theirs import theirs_of
from polku.kernel.actor import Actor, reader_actor
from polku.kernel.operations_views import views_of
from polku.people.models import Persona
from polku.web import formats
from polku.web.desk.addresses import object_url
from polku.web.desk.journeys_asking import LOOKS, Question, question_from
from polku.web.desk.journeys_beside import ways
from polku.web.desk.journeys_cells import Painter
from polku.web.desk.journeys_words import numbered
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import code_url, link_html, state_html, title_text, title_value
from polku.web.navigation import url_or_none
from polku.web.pictures import address_in
from polku.web.readings import page_language
from polku.web.templatetags.polku import state


@dataclass(frozen=True)
class Look:
    """One reader before one journey, in one way of looking."""

    page: ObjectPage
    question: Question
    doc: JourneyDoc
    lanes: LanesShown
    painter: Painter
    here: str
    people: tuple[Somebody, ...] = ()

    @property
    def actor(self) -> Actor:
        """Who looks."""
        return self.page.actor

    @property
    def journey(self) -> Journey:
        """At which journey."""
        found: Journey = self.page.obj
        return found

    def url(self, name: str, **more: Any) -> str:
        """The address of a page of this journey; nothing where there is no such page."""
        return url_or_none(name, self.actor.workspace, code=self.journey.code, **more)

    @cached_property
    def is_now(self) -> bool:
        """Whether this is what stands now, not an older version."""
        return self.doc.version == self.journey.version


def look_at(request: HttpRequest, code: str, here: str, usual: tuple[str, ...] = ()) -> Look:
    """Everything that a way of looking needs. Raises NotFound for what is not the reader's."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, JOURNEY, fetch(actor, JOURNEY, code))
    question = question_from(request.GET)
    doc = document_for(actor, page.obj, question.version)
    side = view_of(actor)
    if side == "team" and question.view_as != "team":
        side = question.view_as
        doc = _as_another_sees(actor, doc, question)
    lanes = _lanes(side, question.lanes or usual, doc, asked=bool(question.lanes))
    comments = open_comments(actor, page.obj) if side == "team" else {}
    urls = partial(code_url, actor.workspace)
    people = tuple(row.who for row in people_of(actor, page.obj))
    chosen = next((who for who in people if who.code == question.persona), None)
    ours = side == "team" and actor.is_internal
    theirs = theirs_of(actor, page.obj, chosen) if chosen and ours else None
    painter = Painter(page_language(), urls, comments, address_in(actor.workspace),
                      bool(question.paper), theirs)  # fmt: skip
    return Look(page, question, doc, lanes, painter, here, people)


def _lanes(side: Any, keys: tuple[str, ...], doc: JourneyDoc, *, asked: bool) -> LanesShown:
    """Lanes by key; systems and suppliers that hold nothing stand there only when asked for."""
    found = lanes_for(side, keys)
    if asked:
        return found
    used = doc.used
    kept = tuple(lane for lane in found.shown if not lane.quiet_when_empty or lane.key in used)
    return replace(found, shown=kept)


def _as_another_sees(actor: Actor, doc: JourneyDoc, question: Question) -> JourneyDoc:
    """What a customer or a partner would be given, meeting points by who may see them."""
    audience = "partners" if question.view_as == "partner" else "customers"
    return as_seen(doc, reader_actor(actor.workspace, actor.lang, audience))


def head_context(look: Look) -> dict[str, Any]:
    """The context of the head and of the ways to look."""
    page, journey = look.page, look.journey
    inside = look.actor.is_internal
    return {
        "page": page, "entity": JOURNEY, "object": journey, "look": look, "doc": look.doc,
        "title": title_text(journey), "title_value": title_value(journey),
        "question": look.question, "views": _views(look), "state": _state(look),
        "version_words": _version(look), "versions": _versions(look), "pair": _pair(look),
        "services": [link_html(row, look.actor.workspace) for row in journey.services.all()
                     if ("service_product", row.pk) not in page.unseen],
        "owner": link_html(journey.owner_party, look.actor.workspace)
        if inside and journey.owner_party_id and journey.owner_party else "",
        "fresh": fresh(look) if inside else "", "fresh_note": _fresh_note(journey),
        "still_true_url": look.url("journey_still_true") if inside and look.page.can_edit else "",
        "counterpart_url": look.url("journey_counterpart")
        if inside and look.page.can_edit and not journey.pair_id and look.doc.stages else "",
        "export_url": look.url("journey_export"), "personas": _personas(look),
        "may_edit": may_edit(look.actor, journey),
        "edit_url": look.url("journey_edit") if inside and look.is_now else "",
        "around": _around(look) if inside else [], "inside": inside,
        "comments_url": look.url("journey_comments"), "not_answered": _not_answered(look),
        "archived": journey.archived,
    }  # fmt: skip


def _around(look: Look) -> list[dict[str, Any]]:
    """The pages beside the journey."""
    if not look.url("journey_pains"):
        return []
    return [row for row in ways(look.page, look.here) if row["url"] != look.page.url]


def _views(look: Look) -> list[dict[str, Any]]:
    rows = (
        ("journey_detail", _("Map")), ("journey_blueprint", _("Behind the scenes")),
        ("journey_steps", _("List")), ("journey_compare", _("Compare")),
        ("journey_about", _("About it")),
    )  # fmt: skip
    found = ((name, words, look.url(name)) for name, words in rows)
    same = {"journey_detail", "journey_blueprint", "journey_steps"}
    around = look.question.around.removesuffix("?")
    return [
        {"label": words, "url": url + (around if name in same else ""),
         "current": name == look.here}
        for name, words, url in found if url and (look.actor.is_internal or name in same)
    ]  # fmt: skip


def _state(look: Look) -> SafeString:
    return state_html(JOURNEY, look.doc.state if look.is_now else "agreed")


def _version(look: Look) -> str:
    kind = {"current": _("as it is"), "designed": _("as it shall be"),
            "mined": _("as events tell it")}[look.journey.kind]  # fmt: skip
    return _("%(kind)s, version %(n)d") % {"kind": kind, "n": look.doc.version}


def _versions(look: Look) -> list[dict[str, Any]]:
    """Other versions that were kept, and the one that stands."""
    journey = look.journey
    if not look.actor.is_internal or journey.version == 1:
        return []
    numbers = {row.version for row in versions_of(look.actor, journey)} | {journey.version}
    return [
        {"label": _("version %(n)d") % {"n": n}, "current": n == look.doc.version,
         "url": look.question.address(version="" if n == journey.version else str(n))}
        for n in sorted(numbers, reverse=True)
    ]  # fmt: skip


def _pair(look: Look) -> dict[str, str]:
    other = look.journey.pair if look.journey.pair_id else None
    if other is None or ("journey", other.pk) in look.page.unseen:
        return {}
    words = _("The same as it shall be") if other.kind == "designed" else _("The same as it is")
    compare = look.url("journey_compare")
    return {
        "label": words,
        "url": object_url(look.actor.workspace, JOURNEY, other.code),
        "compare": f"{compare}?{urlencode({'with': other.code})}" if compare else "",
    }


def fresh(look: Look) -> SafeString:
    """Whether somebody looked at it lately, as sign and word, with the reason when not."""
    found = freshness(look.actor, look.journey)
    if found.code == FRESH and look.journey.looked_on is None:
        return state("unknown", _("nobody looked at it again yet"))
    result, words = {
        FRESH: ("good", _("fresh")), LOOK: ("watch", _("to be looked at")),
        STALE: ("bad", _("out of date")),
    }[found.code]  # fmt: skip
    return state(result, words)


def _fresh_note(journey: Journey) -> str:
    parts = []
    if journey.looked_on:
        parts.append(_("looked at %(day)s") % {"day": formats.short_day(journey.looked_on)})
    if journey.review_due:
        parts.append(_("again by %(day)s") % {"day": formats.short_day(journey.review_due)})
    return ", ".join(parts)


def _personas(look: Look) -> list[dict[str, Any]]:
    """Those whom the journey is meant for, to be chosen; and everybody."""
    asked = look.question.persona
    with_faces(look.people)
    found = [
        {"label": title_text(who), "current": who.code == asked, "who": who,
         "name": title_value(who), "face": _face(look, who),
         "theirs": theirs_context(look) if who.code == asked else None,
         "url": look.question.address(persona="" if who.code == asked else who.code)}
        for who in look.people
    ]  # fmt: skip
    everybody = {
        "label": _("everybody"),
        "url": look.question.address(persona=""),
        "current": not any(row["current"] for row in found),
        "who": None,
    }
    return [*found, everybody] if found else []


def _face(look: Look, who: Somebody) -> str:
    """Where their picture is, small."""
    picture = who.picture if isinstance(who, Persona) else None
    return address_in(look.actor.workspace)(picture.number, "small") if picture else ""


def theirs_context(look: Look) -> dict[str, Any] | None:
    """What of this way is known to be theirs, step by step; nothing where one may not know."""
    theirs = look.painter.theirs
    if theirs is None:
        return None
    address = look.question.address(step="x")[:-1]
    steps = [
        {"words": numbered(step, look.painter.lang),
         "url": f"{look.url('journey_steps')}{address}{step.place}"}
        for step in theirs.steps(look.doc)
    ]  # fmt: skip
    whole = [look.painter.text(pain.text) for pain in look.doc.pains
             if pain.number in theirs.pains]  # fmt: skip
    return {"steps": steps, "pains": whole, "talks": theirs.talks}


def _not_answered(look: Look) -> str:
    n = sum(look.painter.comments.values())
    if not n:
        return ""
    return ngettext("%(n)d comment waits", "%(n)d comments wait", n) % {"n": n}


def lanes_menu(look: Look) -> dict[str, Any]:
    """The choice of lanes, kept views and size."""
    shown, question = set(look.lanes.keys), look.question
    hidden = hidden_rows(view_of(look.actor) if question.view_as == "team" else question.view_as)
    rows = [
        {"key": lane.key, "label": lane.name(look.actor.vocabulary), "shown": lane.key in shown}
        for lane in LANES if lane.key not in hidden
    ]  # fmt: skip
    carried = {n: t for n, t in question.asked.items() if n not in {"lanes", "step"}}
    kept_url = look.url("journey_look_list")
    return {
        "rows": rows, "n": sum(bool(row["shown"]) for row in rows), "of": len(rows),
        "carried": carried,
        "kept": [{"name": row.name, "url": f"?{row.query}"} for row in _kept(look)],
        "keep_url": kept_url if look.actor.is_internal else "",
        "keep_query": question.kept or urlencode({"lanes": ",".join(look.lanes.keys)}, safe=","),
        "smaller": question.smaller, "larger": question.larger, "all_url": question.address(
            lanes=",".join(str(row["key"]) for row in rows)),
        "usual_url": question.address(lanes=""),
    }  # fmt: skip


def _kept(look: Look) -> list[Any]:
    return views_of(look.actor, LOOKS) if look.actor.is_internal else []


def own_url(look: Look, name: str) -> str:
    """The address of another way to look, at the same version and side."""
    kwargs = {"workspace": look.actor.workspace.slug, "code": look.journey.code}
    return reverse(name, kwargs=kwargs) + look.question.around.removesuffix("?")
