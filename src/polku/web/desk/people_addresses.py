"""Addresses of typical customers and of the map of who has a stake."""

from django.urls import URLPattern, path

from polku.web.desk import (
    addresses,  # noqa: F401  (makes <code:code> known)
    personas,
    personas_pictures,
    personas_sections,
    segments_sections,
    stakeholders,
    stakeholders_sections,
)

# Modules that put sections on the pages of things when they are imported
SECTIONS = (personas_sections, segments_sections, stakeholders_sections)

PERSONA = "personas/<code:code>"
WHO = "stakeholders/<code:code>"

urlpatterns: list[URLPattern] = [
    path("personas/cards/", personas.persona_cards, name="persona_cards"),
    path("personas/compare/", personas.persona_compare, name="persona_compare"),
    path("personas/print/", personas.persona_print, name="persona_print"),
    path(f"{PERSONA}/evidence/", personas.persona_evidence_add, name="persona_evidence_add"),
    path(f"{PERSONA}/picture/", personas_pictures.persona_picture, name="persona_picture"),
    path("stakeholders/map/", stakeholders.stakeholder_map, name="stakeholder_map"),
    path(f"{WHO}/place/", stakeholders.stakeholder_place, name="stakeholder_place"),
    path(f"{WHO}/lines/", stakeholders.stakeholder_lines, name="stakeholder_lines"),
    path(f"{WHO}/lines/<int:number>/take-away/", stakeholders.stakeholder_line_remove,
         name="stakeholder_line_remove"),
    path(f"{WHO}/evidence/", personas.stakeholder_evidence_add, name="stakeholder_evidence_add"),
]  # fmt: skip
