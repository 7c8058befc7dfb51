"""A service that stands in a published package is offered, and one in a draft is not (L04)."""

from polku.insight.operations import refresh
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.transitions import Step
from polku.portfolio.operations import set_members, take_step
from tests.cast import Cast, make


def unoffered(cast: Cast) -> set[int]:
    rows = visible_loose_ends(cast.aino.actor).filter(check_code="L04")
    return set(rows.values_list("object_id", flat=True))


def test_a_published_package_offers_its_services(cast: Cast) -> None:
    by = cast.aino.actor
    visit, loft, tour = (
        make("service_product", by, name=name, state="live") for name in ("Visit", "Loft", "Tour")
    )
    make("offering", by, title="A tour", summary="One line", product=tour, state="published")
    rope = make("offering", by, title="A rope", product=loft)
    package = make("service_package", by, name="A day")
    set_members(package, [{"product": visit}, {"offering": rope}], by=by)
    refresh(cast.museum)
    assert unoffered(cast) == {visit.pk, loft.pk}
    package.refresh_from_db()
    take_step(package, Step("published"), by=by)
    assert unoffered(cast) == set()
