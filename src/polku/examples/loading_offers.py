"""What happened to offerings and packages of an example: filled, priced, tied to places."""

from functools import partial
from typing import Any

from polku.examples.content import ElementRow, LinkRow, OfferingRow
from polku.examples.content_offers import MemberRow, PackageRow, PriceRow
from polku.examples.loading_story import TIED, Story
from polku.examples.loading_values import element
from polku.examples.texts import Day
from polku.kernel.actor import Actor
from polku.kernel.fingerprints import fingerprint
from polku.kernel.links import tie
from polku.portfolio.models import ServicePackage
from polku.portfolio.operations import set_elements, set_members, set_prices


def plan_offering(story: Story, row: OfferingRow) -> list[LinkRow]:
    """Fill it and price it on its first day; the ties that it names itself come after that."""
    begin = row.moves[0]
    story.plan(begin.on, TIED, begin.by, partial(_fill, story, row))
    for place, part in enumerate(row.elements):
        if part.happens_at:
            day = max(begin.on, story.first_day(part.happens_at))
            story.plan(day, TIED, begin.by, partial(_tie_piece, story, row, place, part, day))
    return _for_groups(row)


def plan_package(story: Story, row: PackageRow) -> list[LinkRow]:
    """Put it together on its first day; then the groups that it is for."""
    begin = row.moves[0]
    story.plan(begin.on, TIED, begin.by, partial(_put_together, story, row))
    return _for_groups(row)


def _for_groups(row: OfferingRow | PackageRow) -> list[LinkRow]:
    begin = row.moves[0]
    return [
        LinkRow("L06", row.key, group, made_by=begin.by, made_on=begin.on) for group in row.segments
    ]


def set_subject(offering: Any, subject: Any) -> None:
    """Let the offering know its service or package as it stands now."""
    if isinstance(subject, ServicePackage):
        offering.package = subject
    else:
        offering.product = subject


def _fill(story: Story, row: OfferingRow, by: Actor) -> None:
    offering = story.object(row.key)
    if row.elements:
        set_elements(offering, [element(part) for part in row.elements], by=by)
    if row.prices:
        set_prices(offering, [_price(part) for part in row.prices], by=by)
    offering.refresh_from_db()
    story.past.filled(offering, row, story.made)


def _price(row: PriceRow) -> dict[str, Any]:
    texts = dict(row.condition.texts) if row.condition else {}
    kind = row.kind if row.amount is not None else "free"
    return {"kind": kind, "amount": row.amount, "currency": row.currency, "period": row.period,
            "condition": texts}  # fmt: skip


def _tie_piece(
    story: Story, row: OfferingRow, place: int, part: ElementRow, day: Day, by: Actor
) -> None:
    piece = story.object(row.key).elements.all()[place]
    made = tie("L05", piece, story.object(part.happens_at), by=by, valid_from=story.past.date(day))
    story.past.links.append((made, story.now))
    story.prints.setdefault(("offering_element", piece.pk), fingerprint(piece))


def _put_together(story: Story, row: PackageRow, by: Actor) -> None:
    members = [_member(story, part) for part in row.members]
    set_members(story.object(row.key), members, by=by)
    story.changed(row.key)


def _member(story: Story, row: MemberRow) -> dict[str, Any]:
    thing = story.object(row.thing)
    name = "offering" if isinstance(story.rows[row.thing], OfferingRow) else "product"
    texts = dict(row.option_label.texts) if row.option_label else {}
    return {name: thing, "optional": row.optional, "min_n": row.min_n, "max_n": row.max_n,
            "default_n": row.default_n, "option_label": texts}  # fmt: skip
