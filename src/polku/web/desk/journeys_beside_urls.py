"""Addresses of the pages beside a journey, and of the library of meeting points."""

from django.urls import URLPattern, path

from polku.web.desk import (
    addresses,  # noqa: F401  (makes <code:code> known)
    journeys_analysis,
    journeys_comments,
    journeys_history,
    journeys_pains,
    journeys_people,
    journeys_shares,
    touchpoints_library,
)

# Writes the sentences of a journey's history when it is imported
SENTENCES = journeys_history

ONE = "journeys/<code:code>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/shares/", journeys_shares.journey_shares, name="journey_shares"),
    path(f"{ONE}/shares/<int:number>/take-back/", journeys_shares.journey_share_take_back,
         name="journey_share_take_back"),
    path(f"{ONE}/comments/", journeys_comments.journey_comments, name="journey_comments"),
    path(f"{ONE}/comments/<int:number>/answer/", journeys_comments.journey_comment_answer,
         name="journey_comment_answer"),
    path(f"{ONE}/comments/<int:number>/reopen/", journeys_comments.journey_comment_reopen,
         name="journey_comment_reopen"),
    path(f"{ONE}/pains/", journeys_pains.journey_pains, name="journey_pains"),
    path(f"{ONE}/pains/<int:number>/", journeys_pains.journey_pain, name="journey_pain"),
    path(f"{ONE}/pains/<int:number>/take-out/", journeys_pains.journey_pain_remove,
         name="journey_pain_remove"),
    path(f"{ONE}/people/", journeys_people.journey_people, name="journey_people"),
    path(f"{ONE}/analysis/", journeys_analysis.journey_analysis, name="journey_analysis"),
    path(f"{ONE}/analysis/guide/", journeys_analysis.journey_guide, name="journey_guide"),
    path(f"{ONE}/analysis/strips/", journeys_analysis.journey_strips, name="journey_strips"),
    path(f"{ONE}/analysis/points/<code:point>/", journeys_analysis.journey_point,
         name="journey_point"),
    path(f"{ONE}/analysis/talks/<int:number>/like/", journeys_analysis.journey_talk_like,
         name="journey_talk_like"),
    path(f"{ONE}/analysis/talks/<int:number>/forget/", journeys_analysis.journey_talk_forget,
         name="journey_talk_forget"),
    path(f"{ONE}/analysis/talks/<int:number>/<code:point>/", journeys_analysis.journey_talk,
         name="journey_talk"),
    path("touchpoints/library/", touchpoints_library.touchpoint_library,
         name="touchpoint_library"),
    path("touchpoints/<code:code>/decisive/", touchpoints_library.touchpoint_decisive,
         name="touchpoint_decisive"),
]  # fmt: skip
