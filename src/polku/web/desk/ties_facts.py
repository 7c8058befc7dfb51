"""Ties that are kept as fields and lists, not as rows of their own (links.md 1: L04, L22, L38), as
sentences of the yarn."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import Sentence
from polku.kernel.queries import find_many, named
from polku.portfolio.entities import PACKAGE
from polku.portfolio.models import Offering
from polku.portfolio.queries import visible_offerings, visible_packages
from polku.portfolio.references import SYSTEMS, Reference, references_of
from polku.web.desk.objects import ObjectPage
from polku.web.desk.ties_shown import TieShown
from polku.web.desk.values import link_html, title_text

MOST = 40


def fact_ties(page: ObjectPage) -> list[TieShown]:
    """What a thing is tied to by its own fields and lists, as far as the reader may see it."""
    found: list[TieShown] = []
    for told in (*_OF_KIND.get(page.entity.kind, ()), _owner):
        found += told(page)
    return found


def _fact(question: str, words: Sentence, other: SafeString, title: str, **more: Any) -> TieShown:
    return TieShown(question, "live", words, other, title, "", **more)


def _objects(
    page: ObjectPage, question: str, words: Sentence, objects: Iterable[Any]
) -> list[TieShown]:
    workspace = page.actor.workspace
    return [
        _fact(question, words, link_html(obj, workspace), title_text(obj), archived=obj.archived)
        for obj in objects
    ]


def _owner(page: ObjectPage) -> list[TieShown]:
    # The team sees everybody, and the page has read the owner with the thing
    owner = page.obj.owner_party if page.actor.is_internal else None
    if owner is None or "owner_party" not in page.readable:
        return []
    return _objects(page, "owed", _("is looked after by"), [owner])


def offers_of(page: ObjectPage) -> list[Offering]:
    """What one gets of the page's service or package, as far as one may see it, by name; read once
    a page."""
    if "offers" not in page.shared:
        column = "product" if page.entity.kind == "service_product" else "package"
        rows = visible_offerings(page.actor).filter(**{column: page.obj.pk})
        page.shared["offers"] = list(rows.order_by("sort_title", "id"))
    found: list[Offering] = page.shared["offers"]
    return found


def _offers(page: ObjectPage) -> list[TieShown]:
    offers = sorted(offers_of(page), key=lambda offer: offer.pk)
    return _objects(page, "for_whom", _("is offered as"), offers[:MOST])


def _packages(page: ObjectPage) -> list[TieShown]:
    """The packages in which a service or an offering stands."""
    column = "product" if page.entity.kind == "service_product" else "offering"
    rows = named(PACKAGE, visible_packages(page.actor))
    rows = rows.filter(**{f"members__{column}": page.obj.pk}).distinct()
    return _objects(page, "for_whom", _("stands in the package"), rows.order_by("id")[:MOST])


def _offered(page: ObjectPage) -> list[TieShown]:
    """Of which service or package an offering is."""
    ends = {
        ("service_product", page.obj.product_id), ("service_package", page.obj.package_id),
    }  # fmt: skip
    found = find_many(page.actor, {end for end in ends if end[1] is not None})
    return _objects(page, "why", _("is a way to get"), found.values())


def _versions(page: ObjectPage) -> list[TieShown]:
    found = find_many(page.actor, {("service_product", page.obj.product_id)})
    return _objects(page, "why", _("is a version of"), found.values())


def _references(page: ObjectPage) -> list[TieShown]:
    return [
        _fact("where", _("stands for"), _place(found), found.value, note=str(SYSTEMS[found.system]))
        for found in references_of(page.obj.real_world_ref)
    ]


def _place(found: Reference) -> SafeString:
    if found.address:
        words = '<a href="{}" rel="noopener noreferrer">{}</a>'
        return format_html(words, found.address, found.value)
    return conditional_escape(found.value)


_OF_KIND: dict[str, tuple[Callable[[ObjectPage], list[TieShown]], ...]] = {
    "service_product": (_offers, _packages),
    "service_package": (_offers,),
    "offering": (_offered, _packages),
    "product_version": (_versions,),
    "component": (_references,),
}
