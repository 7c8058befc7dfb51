"""Answers about columns are kept, so that the next file needs none. Source: portfolio 7.2."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from polku.exchange.spreadsheet.headers import match_header, normalise_with_language
from polku.exchange.spreadsheet.mapping import Mapping
from polku.exchange.spreadsheet.mapping_json import dump_mapping
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.models import LearntMapping
from polku.kernel.policy import may_import


def learn(mapping: Mapping, layout: Sequence[Dictionary[str, Any]], *, by: Actor) -> None:
    """Remember what headings mean where that was not plain from the heading itself."""
    require(may_import(by))
    rows: dict[tuple[str, str], LearntMapping] = {}
    for seen in layout:
        sheet = mapping.sheet(str(seen["sheet"]))
        for rule in sheet.columns if sheet else ():
            known = match_header(sheet.kind, rule.header) if sheet else None
            sure = known is not None and known.confidence == "known"
            plain = (known.field, known.lang) if known is not None and sure else (None, None)
            if sheet is None or (rule.field, rule.lang) == plain:
                continue
            header = normalise_with_language(rule.header)[:255]
            rows[sheet.kind, header] = LearntMapping(
                workspace=by.workspace, sheet=sheet.kind, header=header, field=rule.field or "",
                mapping={"lang": rule.lang} if rule.lang else {},
            )  # fmt: skip
    _keep(list(rows.values()))


def _keep(rows: list[LearntMapping]) -> None:
    LearntMapping.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["workspace", "name", "sheet", "header"],
        update_fields=["field", "mapping", "learnt_at"],
    )  # fmt: skip


def save_mapping(mapping: Mapping, name: str, *, by: Actor) -> LearntMapping:
    """Keep a whole mapping under a name; a mapping of that name is replaced."""
    require(may_import(by))
    shown = name.strip()[:120]
    if not shown:
        raise BadInput({"name": _("Give the mapping a name, such as the list it is for.")})
    row = LearntMapping(
        workspace=by.workspace, name=shown, mapping={"json": dump_mapping(mapping)},
        learnt_at=timezone.now(),
    )  # fmt: skip
    _keep([row])
    return LearntMapping.objects.get(workspace=by.workspace, name=shown, sheet="", header="")


def delete_mapping(name: str, *, by: Actor) -> None:
    """Forget a saved mapping; imports made with it stay."""
    require(may_import(by))
    rows = LearntMapping.objects.filter(workspace=by.workspace, name=name, sheet="", header="")
    if not name or not rows.delete()[0]:
        raise NotFound
