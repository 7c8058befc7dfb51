"""Addresses of what one does with services and the things around them."""

from django.urls import URLPattern, path

from polku.kernel.registry import Entity, entities
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.web.desk import (
    board,
    components,
    components_sections,
    deciding,
    deciding_sections,
    goals_sections,
    moves,
    moves_sections,
    moves_steps,
    needs,
    needs_sections,
    offerings,
    offerings_prices,
    packages,
    packages_builder,
    requirements,
    requirements_merging,
    requirements_sections,
    requirements_splitting,
    requirements_views,
    retiring,
    services,
    services_dials,
    services_sections,
    ties,
    ties_changing,
    ties_sections,
    versions,
    versions_sections,
)

# Modules that put sections on the pages of things when they are imported
SECTIONS = (
    components_sections, deciding_sections, goals_sections, moves_sections, requirements_sections,
    services_sections, ties_sections, needs_sections, versions_sections,
)  # fmt: skip


def patterns() -> list[URLPattern]:
    """The board and the verbs of single kinds; then what can be done with a thing of any kind."""
    services_dials.place()
    found = [
        path("services/board/", board.service_board, name="service_board"),
        *_of_services(),
        *_of_parts(),
        path("decisions/<code:code>/revise/", deciding.decision_revise, name="decision_revise"),
    ]
    for row in entities():
        if row.changeable:
            found += [*(_steps(row) if row.machine else []), *_ties(row)]
        if row.kind in DEPENDENCY_ENDS:
            found += _needs(row)
    return found


def _of_services() -> list[URLPattern]:
    at = "services/<code:code>"
    return [
        path(f"{at}/dials/<slug:dial>/", services.service_dial, name="service_dial"),
        path(f"{at}/review/", services.service_review, name="service_review"),
        path(f"{at}/close/", services.service_close, name="service_close"),
        path(f"{at}/wishes/new/", services.service_wish_create, name="service_wish_create"),
        path("requirements/<code:code>/tell/", requirements.requirement_tell,
             name="requirement_tell"),
        path("requirements/by/<slug:by>/", requirements_views.requirement_groups,
             name="requirement_groups"),
        path("requirements/<code:code>/split/", requirements_splitting.requirement_split,
             name="requirement_split"),
        path("requirements/<code:code>/merge/", requirements_merging.requirement_merge,
             name="requirement_merge"),
        path("offerings/<code:code>/preview/", offerings.offering_preview, name="offering_preview"),
        path("offerings/<code:code>/prices/", offerings_prices.offering_prices,
             name="offering_prices"),
        path("packages/<code:code>/builder/", packages_builder.package_builder,
             name="package_builder"),
        path("packages/<code:code>/sheet/", packages.package_sheet, name="package_sheet"),
    ]  # fmt: skip


def _steps(row: Entity) -> list[URLPattern]:
    at, name, kind = f"{row.plural}/<code:code>", row.page_name, {"kind": row.kind}
    step = f"{at}/steps/<int:step>"
    return [
        path(f"{at}/move/<slug:to>/", moves.object_move, kind, f"{name}_move"),
        path(f"{at}/steps/", moves_steps.object_steps, kind, f"{name}_step_list"),
        path(f"{step}/cancel/", moves_steps.step_cancel, kind, f"{name}_step_cancel"),
        path(f"{step}/correct/", moves_steps.step_correct, kind, f"{name}_step_correct"),
    ]


def _ties(row: Entity) -> list[URLPattern]:
    at, name, kind = f"{row.plural}/<code:code>", row.page_name, {"kind": row.kind}
    return [
        path(f"{at}/decide/", deciding.object_decide, kind, f"{name}_decide"),
        path(f"{at}/ties/new/", ties.tie_create, kind, f"{name}_tie_create"),
        path(f"{at}/ties/<int:link>/", ties_changing.tie_change, kind, f"{name}_tie_change"),
    ]


def _needs(row: Entity) -> list[URLPattern]:
    at, name, kind = f"{row.plural}/<code:code>/needs", row.page_name, {"kind": row.kind}
    return [
        path(f"{at}/new/", needs.need_create, kind, f"{name}_need_create"),
        path(f"{at}/<code:need>/", needs.need_change, kind, f"{name}_need_change"),
    ]


def _of_parts() -> list[URLPattern]:
    return [
        path("components/<code:code>/references/", components.component_references,
             name="component_references"),
        path("components/<code:code>/supply/", components.component_supply,
             name="component_supply"),
        path("versions/<code:code>/bring-back/", versions.version_bring_back,
             name="version_bring_back"),
        path("versions/<code:code>/wishes-done/", versions.version_wishes_done,
             name="version_wishes_done"),
        path("services/<code:code>/who-to-tell/", retiring.service_retirement_list,
             name="service_retirement_list"),
    ]  # fmt: skip
