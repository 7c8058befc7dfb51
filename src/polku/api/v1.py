"""API v1: the table of routes, and the API that answers them."""

from ninja import Router

from polku.api import (
    around,
    exchange,
    extras,
    impact,
    journeys,
    journeys_beside_routes,
    journeys_files,
    journeys_shapes,
    lists,
    loose_ends,
    notices,
    objects,
    offers,
    people,
    pictures,
    requirements,
    shapes,
    steps,
    ties,
    verdicts,
)
from polku.api.bodies import JsonParser
from polku.api.documents import DocumentedApi
from polku.api.door import DOORS
from polku.api.problems import handle_all
from polku.api.routes import Route, mount
from polku.kernel.registry import Entity, entities

ROOM = "/w/{workspace}"
PAGED = ("limit", "offset")
DATED = ("as_of", "known_on")


def _is_changeable(entity: Entity) -> bool:
    return entity.changeable


def _has_states(entity: Entity) -> bool:
    return entity.changeable and entity.machine is not None


def _is_service(entity: Entity) -> bool:
    return entity.kind == "service_product"


def _is_offering(entity: Entity) -> bool:
    return entity.kind == "offering"


def _is_package(entity: Entity) -> bool:
    return entity.kind == "service_package"


def _has_evidence(entity: Entity) -> bool:
    return entity.kind in {"persona", "stakeholder"}


def _has_lines(entity: Entity) -> bool:
    return entity.kind == "stakeholder"


def _is_party(entity: Entity) -> bool:
    return entity.kind == "party"


def _is_wish(entity: Entity) -> bool:
    return entity.kind == "requirement"


def _is_journey(entity: Entity) -> bool:
    return entity.kind == "journey"


OBJECT = "/{code}"
STEPS = f"{OBJECT}/transitions"
OF_ENTITIES = (
    Route("GET", "", lists.list_objects, "list", "{}List", query=("filters", *DATED, *PAGED)),
    Route("POST", "", objects.create_object, "create", status=201, body="New", once=True,
          when=_is_changeable),
    Route("GET", "/patterns", journeys_files.list_patterns, "patterns", "JourneyPatternList",
          when=_is_journey),
    Route("POST", "/begin", journeys_files.begin, "begin", status=201,
          body=journeys_files.BeginIn, once=True, when=_is_journey),
    Route("GET", "/groups", requirements.list_groups, "groups", "WishGroupList",
          query=("by", "filters", *PAGED), when=_is_wish),
    Route("GET", OBJECT, objects.get_object, "get", query=DATED),
    Route("PATCH", OBJECT, objects.change, "change", body="Change", when=_is_changeable),
    Route("DELETE", OBJECT, objects.archive, "archive", body=shapes.ReasonIn,
          when=_is_changeable),
    Route("POST", f"{OBJECT}/restore", objects.restore, "restore", body=shapes.ReasonIn,
          when=_is_changeable),
    Route("GET", f"{OBJECT}/history", objects.list_history, "history", "EventList", query=PAGED),
    Route("GET", f"{OBJECT}/links", ties.list_object_links, "links", "LinkList",
          query=("as_of", *PAGED)),
    Route("GET", f"{OBJECT}/decisions", verdicts.list_decisions, "decisions", "DecisionList",
          query=PAGED, when=_is_changeable),
    Route("POST", f"{OBJECT}/decisions", verdicts.create_decision, "decide", "Decision", 201,
          shapes.DecisionIn, once=True, when=_is_changeable),
    Route("GET", STEPS, steps.list_transitions, "transitions", "TransitionList",
          when=_has_states),
    Route("POST", STEPS, steps.create_transition, "transition", "Transition", 201,
          shapes.StepIn, once=True, when=_has_states),
    Route("DELETE", STEPS + "/{number}", steps.cancel_transition, "transition_cancel",
          "Transition", body=shapes.ReasonIn, when=_has_states),
    Route("POST", STEPS + "/{number}/correct", steps.correct_transition, "transition_correct",
          "Transition", 201, shapes.ReasonIn, when=_has_states),
    Route("POST", f"{OBJECT}/review", extras.review, "review", body=shapes.ReviewIn, once=True,
          when=_is_service),
    Route("POST", f"{OBJECT}/split", requirements.split, "split", "{}List", 201,
          requirements.SplitIn, once=True, when=_is_wish),
    Route("POST", f"{OBJECT}/merge", requirements.merge, "merge",
          body=requirements.MergeIn, once=True, when=_is_wish),
    Route("POST", f"{OBJECT}/publish", extras.publish, "publish", once=True, when=_is_offering),
    Route("GET", f"{OBJECT}/elements", offers.list_elements, "elements", "ElementList",
          when=_is_offering),
    Route("PUT", f"{OBJECT}/elements", offers.set_all_elements, "elements_set", "ElementList",
          body=shapes.ElementsIn, when=_is_offering),
    Route("GET", f"{OBJECT}/prices", offers.list_prices, "prices", "PriceList",
          when=_is_offering),
    Route("PUT", f"{OBJECT}/prices", offers.set_all_prices, "prices_set", "PriceList",
          body=shapes.PricesIn, when=_is_offering),
    Route("GET", f"{OBJECT}/members", offers.list_members, "members", "MemberList",
          when=_is_package),
    Route("PUT", f"{OBJECT}/members", offers.set_all_members, "members_set", "MemberList",
          body=shapes.MembersIn, when=_is_package),
    Route("GET", f"{OBJECT}/checks", offers.list_checks, "checks", "CheckList",
          when=_is_package),
    Route("GET", f"{OBJECT}/document", journeys.get_document, "document", "JourneyDocument",
          query=("version",), when=_is_journey),
    Route("PUT", f"{OBJECT}/document", journeys.set_document, "document_set", "JourneyStands",
          body=journeys_shapes.JourneyDocumentIn, when=_is_journey),
    Route("GET", f"{OBJECT}/sheet", journeys_files.get_sheet, "sheet", "Problem",
          query=("format", "lanes", "version"), files=journeys_files.FILES, when=_is_journey),
    Route("PUT", f"{OBJECT}/sheet", journeys_files.set_sheet, "sheet_set", "JourneySheet",
          body=journeys_files.SheetIn, when=_is_journey),
    Route("GET", f"{OBJECT}/versions", journeys.list_versions, "versions", "JourneyVersionList",
          when=_is_journey),
    Route("GET", f"{OBJECT}/edits", journeys.list_edits, "edits", "JourneyEditList",
          query=("after",), when=_is_journey),
    Route("POST", f"{OBJECT}/edits", journeys.create_edits, "edit", "JourneyStands",
          body=journeys_shapes.JourneyEditsIn, once=True, when=_is_journey),
    Route("POST", f"{OBJECT}/counterpart", journeys.create_counterpart, "counterpart", status=201,
          once=True, when=_is_journey),
    Route("POST", f"{OBJECT}/still-true", journeys.still_true, "still_true",
          body=journeys_shapes.StillTrueIn, when=_is_journey),
    *journeys_beside_routes.ROUTES,
    Route("POST", f"{OBJECT}/evidence", people.create_evidence, "evidence_add", "Insight", 201,
          people.EvidenceIn, once=True, when=_has_evidence),
    Route("POST", f"{OBJECT}/merge", people.merge, "merge", body=people.PartyMergeIn, once=True,
          when=_is_party),
    Route("GET", f"{OBJECT}/lines", people.list_lines, "lines", "LineList", when=_has_lines),
    Route("POST", f"{OBJECT}/lines", people.create_line, "line_draw", "LineList", 201,
          people.LineIn, once=True, when=_has_lines),
    Route("DELETE", OBJECT + "/lines/{number}", people.remove_line, "line_remove", "LineList",
          when=_has_lines),
)  # fmt: skip

AROUND = (
    Route("GET", "/me", around.get_workspaces, "workspaces", "MeList"),
    Route("GET", f"{ROOM}/me", around.get_me, "me", "Me"),
    Route("GET", f"{ROOM}/workspace", around.get_workspace, "workspace", "Workspace"),
    Route("GET", f"{ROOM}/search", around.search, "search", "HitList", query=("q", "per_kind")),
)
LINK = ROOM + "/links/{number}"
TIES = (
    Route("GET", f"{ROOM}/links", ties.list_links, "link_list", "LinkList",
          query=("of", "kind", "needs_a_look", "as_of", *PAGED)),
    Route("POST", f"{ROOM}/links", ties.create_link, "link_create", "Link", 201, shapes.LinkIn,
          once=True),
    Route("GET", LINK, ties.get_link, "link_get", "Link"),
    Route("PATCH", LINK, ties.change_link, "link_change", "Link", body=shapes.LinkChangeIn),
    Route("POST", f"{LINK}/verdict", ties.give_verdict, "link_verdict", "Link",
          body=shapes.VerdictIn),
    Route("GET", f"{ROOM}/reviews", ties.list_reviews, "review_list", "ReviewList",
          query=("mine", *PAGED)),
    Route("DELETE", LINK, ties.remove_link, "link_remove", "Link", body=shapes.ReasonIn),
    Route("POST", f"{LINK}/end", ties.end_link, "link_end", "Link", body=shapes.EndIn),
    Route("POST", f"{LINK}/confirm", ties.confirm_link, "link_confirm", "Link"),
)  # fmt: skip

NEWS = (
    Route("GET", f"{ROOM}/notices", notices.list_notices, "notices", "NoticeList",
          query=("unread", *PAGED)),
    Route("POST", f"{ROOM}/notices/read", notices.read_all_notices, "notices_read",
          "NoticesRead"),
    Route("POST", ROOM + "/notices/{number}/read", notices.read_notice, "notice_read",
          "NoticeRead"),
    Route("GET", f"{ROOM}/notice-choices", notices.list_choices, "notice_choices",
          "NoticeChoiceList"),
    Route("PUT", f"{ROOM}/notice-choices", notices.set_choices, "notice_choices_set",
          "NoticeChoiceList", body=shapes.ChoicesIn),
)  # fmt: skip


IMPACT = (
    Route("GET", ROOM + "/impact/{question}/{code}", impact.ask_impact, "impact", "Impact",
          query=("as_of", "far", "of_kind", *PAGED)),
)  # fmt: skip

END = ROOM + "/loose-ends/{number}"
LOOSE_ENDS = (
    Route("GET", f"{ROOM}/loose-ends", loose_ends.list_loose_ends, "loose_end_list",
          "LooseEndList", query=("whose", "severity", "check", "about", "state", *PAGED)),
    Route("GET", f"{ROOM}/loose-ends/checks", loose_ends.list_checks, "loose_end_checks",
          "DetectorList"),
    Route("PATCH", f"{ROOM}/loose-ends/checks", loose_ends.set_check, "loose_end_check",
          "Detector", body=loose_ends.CheckIn),
    Route("GET", f"{ROOM}/loose-ends/trend", loose_ends.list_trend, "loose_end_trend",
          "ReadingList", query=("days",)),
    Route("POST", f"{ROOM}/loose-ends/again", loose_ends.run_again, "loose_end_again",
          "LookedAgain"),
    Route("GET", END, loose_ends.get_one, "loose_end_get", "LooseEnd"),
    Route("POST", f"{END}/dismiss", loose_ends.dismiss_one, "loose_end_dismiss", "LooseEnd",
          body=loose_ends.DismissIn),
    Route("POST", f"{END}/reopen", loose_ends.reopen_one, "loose_end_reopen", "LooseEnd"),
    Route("POST", f"{END}/wish", loose_ends.make_wish, "loose_end_wish", "LooseEnd", 201,
          loose_ends.WishIn, once=True),
    Route("POST", f"{END}/decision", loose_ends.make_decision, "loose_end_decision", "LooseEnd",
          201, shapes.DecisionIn, once=True),
)  # fmt: skip


def _router(tag: str, routes: tuple[Route, ...], entity: Entity | None = None) -> Router:
    router = Router(tags=[tag], auth=DOORS)
    mount(router, routes, entity)
    return router


api = DocumentedApi(
    title="Polku", version="1", urls_namespace="api-v1", parser=JsonParser(),
    docs_url=None,
    description="A service and its customers' journey in one linked model. Everything that the "
    "pages do, a program can do. Errors are application/problem+json with a stable type.",
)  # fmt: skip
handle_all(api)
api.add_router("", _router("workspace", AROUND))
api.add_router("", _router("links", TIES))
api.add_router("", _router("impact", IMPACT))
api.add_router("", _router("loose ends", LOOSE_ENDS))
api.add_router("", _router("news", NEWS))
for row in entities():
    routes = tuple(
        Route(**{**vars(route), "path": f"{ROOM}/{row.plural}{route.path}"})
        for route in OF_ENTITIES
    )
    api.add_router("", _router(row.plural, routes, row))
api.add_router("", exchange.router, auth=DOORS)
api.add_router("", pictures.router, auth=DOORS)
