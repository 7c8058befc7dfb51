"""Paints the experience curve of a journey: lines that differ in dash and mark, not in colour."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.journeys.curve import Curve, CurvePoint, Mark, Track, signed
from polku.web.markup import joined
from polku.web.readings import page_language

RING = 5


def curve_svg(curve: Curve, ident: str = "curve") -> SafeString:
    """The picture; *ident* makes its names unique on a page. Its twin is the row of numbers
    below it."""
    return format_html(
        '<svg class="picture journey-curve" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img" aria-labelledby="{i}-t {i}-d"><title id="{i}-t">{title}</title>'
        '<desc id="{i}-d">{desc}</desc>{levels}{target}{assumed}{observed}</svg>',
        w=curve.width, h=curve.height, i=ident, title=_("Experience, step by step"),
        desc=described(curve.points), levels=_levels(curve), target=_target(curve.target),
        assumed=_assumed(curve.assumed), observed=_observed(curve.observed),
    )  # fmt: skip


def described(points: Iterable[CurvePoint]) -> str:
    """The curve in words, step by step, for those who do not see it."""
    said = [told for point in points if (told := _told(point))]
    return " ".join(said) or _("Nobody said yet how any step feels.")


def _told(point: CurvePoint) -> str:
    parts = []
    if point.observed:
        value = signed(point.observed.value)
        parts.append(_("observed %(value)s, n %(n)s") % {"value": value, "n": point.observed.n})
    if point.assumed is not None:
        parts.append(_("assumed %(value)s") % {"value": signed(point.assumed)})
    if point.target is not None:
        parts.append(_("target %(value)s") % {"value": signed(point.target)})
    title = point.step.title(page_language())
    return f"{point.step.place} {title}: {', '.join(parts)}." if parts else ""


def _levels(curve: Curve) -> SafeString:
    return joined(
        format_html(
            '<path class="{css}" d="M0 {y}H{w}"/><text class="faint curve-level" x="4" '
            'y="{ty}">{label}</text>',
            css="hair-strong" if level == 0 else "hair", y=f"{y:g}", w=curve.width,
            ty=f"{y - 3:g}", label=signed(level),
        )
        for level, y in curve.levels if level % 2 == 0
    )  # fmt: skip


def _lines(track: Track, css: str) -> SafeString:
    return joined(
        format_html('<polyline class="{}" points="{}"/>', css, piece) for piece in track.pieces
    )


def _target(track: Track) -> SafeString:
    dots = joined(
        format_html('<circle class="curve-target-dot" cx="{}" cy="{}" r="2"/>', _n(m.x), _n(m.y))
        for m in track.marks
    )
    return joined([_lines(track, "curve-target"), dots])


def _assumed(track: Track) -> SafeString:
    rings = joined(
        format_html(
            '<circle class="curve-ring" cx="{}" cy="{}" r="{}"/>{}', _n(m.x), _n(m.y), RING,
            _label(m),
        )
        for m in track.marks
    )  # fmt: skip
    return joined([_lines(track, "curve-assumed"), rings])


def _observed(track: Track) -> SafeString:
    marks = joined(joined([_dot(mark), _label(mark)]) for mark in track.marks)
    return joined([_lines(track, "curve-observed"), marks])


def _dot(mark: Mark) -> SafeString:
    """A square where it feels worse than it shall, a disc elsewhere."""
    if mark.is_under:
        return format_html(
            '<rect class="bad-fill" x="{}" y="{}" width="12" height="12"/>',
            _n(mark.x - 6), _n(mark.y - 6),
        )  # fmt: skip
    return format_html('<circle class="good-fill" cx="{}" cy="{}" r="6"/>', _n(mark.x), _n(mark.y))


def _label(mark: Mark) -> SafeString:
    return format_html(
        '<text class="{} halo" x="{}" y="{}" text-anchor="middle">{}</text>',
        "strong curve-under" if mark.is_under else "strong", _n(mark.x), _n(mark.label_y),
        mark.label,
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:g}"
