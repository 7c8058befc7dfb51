"""The table of columns: what each heading becomes, how sure that is, and the answers given."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from polku.exchange.planning.further_sheets import is_further
from polku.exchange.planning.suggesting import is_code_rule, proposals
from polku.exchange.spreadsheet.headers import ColumnGuess
from polku.exchange.spreadsheet.mapping import ColumnRule, Mapping, SheetMapping
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.workbook import Column, Sheet, Workbook
from polku.kernel.actor import Actor
from polku.web.desk.importing_words import KINDS, SURENESS, label_of

OWN, SKIP = "own", "skip"


@dataclass(frozen=True)
class Choice:
    """One option of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ColumnRow:
    """One line of the table of columns."""

    name: str
    header: str
    choices: list[Choice]
    result: str
    sureness: str
    sign: str
    samples: str


@dataclass(frozen=True)
class SheetColumns:
    """The columns of one sheet, and what the sheet itself is taken for."""

    name: str
    title: str
    header_row: int
    kinds: list[Choice]
    columns: list[ColumnRow] = field(default_factory=list)

    @property
    def guesses(self) -> list[str]:
        """Headings that somebody should look at."""
        return [column.header for column in self.columns if column.result == "watch"]


def columns_of(
    book: Workbook, mapping: Mapping, origin: str, actor: Actor
) -> list[SheetColumns]:  # fmt: skip
    """All sheets of the file with the mapping in use."""
    langs = actor.workspace.languages
    found = []
    for at, (sheet, guessed) in enumerate(zip(book.sheets, proposals(book, actor), strict=True)):
        if is_further(book, sheet):
            continue  # of our own export: nothing to ask
        rules = mapping.sheet(sheet.name)
        chosen = rules.kind if rules else ""
        # Where nothing is understood, a list of services is the likeliest.
        chosen = chosen or ("services" if not mapping.sheets and at == 0 else "")
        kinds = [Choice("", _("leave the sheet out"), not chosen)]
        kinds += [Choice(code, str(words), code == chosen) for code, words in KINDS.items()]
        rows = []
        if rules is not None:
            guesses = {guess.column.index: guess for guess in guessed.columns}
            for column, rule in rules.rules(sheet):
                if not is_code_rule(sheet, ColumnRule(column.key), ours=bool(book.export_id)):
                    guess = guesses[column.index]
                    rows.append(_column(_name(at, column), rules.kind, rule, guess, origin, langs))
        found.append(SheetColumns(f"k-{at}", sheet.name, sheet.header_row, kinds, rows))
    return found


def _column(
    name: str, kind: str, rule: ColumnRule, guess: ColumnGuess, origin: str, langs: list[str]
) -> ColumnRow:  # fmt: skip
    result, sureness, sign = SURENESS[_sureness(rule, guess, origin)]
    samples = " · ".join(guess.samples)
    return ColumnRow(name, guess.header or _("(no heading)"), _choices(kind, rule, langs), result,
                     str(sureness), sign, samples[:160])  # fmt: skip


def _sureness(rule: ColumnRule, guess: ColumnGuess, origin: str) -> str:
    if rule.field is None:
        return "own"
    if rule.field == guess.field and (rule.lang or guess.lang) == guess.lang:
        return guess.confidence
    return "learnt" if origin in ("guessed", "before") else "mapped"


def _choices(kind: str, rule: ColumnRule, langs: list[str]) -> list[Choice]:
    now = SKIP if rule.skip else OWN if rule.field is None else value_of(rule)
    found = []
    for shape in SHAPES[kind].fields:
        found.append((shape.name, label_of(kind, shape.name)))
        if shape.multilingual:
            known = dict.fromkeys([*langs, *([rule.lang] if rule.lang else [])])
            found += [(f"{shape.name}:{lang}", label_of(kind, shape.name, lang)) for lang in known]
    found += [(OWN, _("keep as own column")), (SKIP, _("leave out"))]
    return [Choice(value, label, value == now) for value, label in found]


def value_of(rule: ColumnRule) -> str:
    """The option that stands for a rule."""
    return f"{rule.field}:{rule.lang}" if rule.lang else str(rule.field)


def answered(book: Workbook, mapping: Mapping, said: QueryDict) -> tuple[Mapping, list[str]]:
    """The mapping with the selects as they were sent, and sentences on what cannot be."""
    sheets: list[SheetMapping] = []
    problems: list[str] = []
    for at, sheet in enumerate(book.sheets):
        former = mapping.sheet(sheet.name)
        kind = said.get(f"k-{at}", former.kind if former else "")
        if kind not in SHAPES:
            continue
        rules = [
            _rule(kind, column.key, _former(former, column, kind), said.get(_name(at, column)))
            for column in sheet.columns
        ]
        problems += _doubles(kind, sheet, rules)
        base = former if former is not None and former.kind == kind else SheetMapping(
            sheet.name, kind, ()
        )  # fmt: skip
        keys = base.keys or tuple(rule.header for rule in rules if rule.field == "id")
        sheets.append(replace(base, columns=tuple(rules), keys=keys))
    if not sheets:
        problems.append(_("Say of at least one sheet what it lists."))
    return replace(mapping, sheets=tuple(sheets)), problems


def _name(at: int, column: Column) -> str:
    """The name of a column's select."""
    return f"c-{at}-{column.index}"


def _former(former: SheetMapping | None, column: Column, kind: str) -> ColumnRule:
    same = former is not None and former.kind == kind
    return former.rule(column) if former is not None and same else ColumnRule(column.key)


def _rule(kind: str, header: str, former: ColumnRule, said: str | None) -> ColumnRule:
    """The former rule, unless the select says something else."""
    former = replace(former, header=header)
    if said is None or (said == value_of(former) and not former.skip):
        return former
    if said in (OWN, SKIP):
        return ColumnRule(header, skip=said == SKIP)
    name, _colon, lang = said.partition(":")
    shape = SHAPES[kind].field(name)
    if shape is None:
        return former
    return ColumnRule(header, name, lang if shape.multilingual and lang else None)


def _doubles(kind: str, sheet: Sheet, rules: list[ColumnRule]) -> list[str]:
    seen: dict[tuple[str, str | None], str] = {}
    found = []
    for rule in rules:
        if rule.field is None:
            continue
        key = (rule.field, rule.lang)
        if key in seen:
            words = _("“%(one)s” and “%(other)s” cannot both be %(field)s. Choose again.")
            facts = {"one": seen[key], "other": rule.header}
            found.append(words % {**facts, "field": label_of(kind, rule.field, rule.lang)})
        seen[key] = rule.header
    missing = [name for name in SHAPES[kind].row_names if name not in {r.field for r in rules}]
    if missing:
        words = _("No column of “%(sheet)s” is %(field)s; without it no row can be kept.")
        found.append(words % {"sheet": sheet.name, "field": label_of(kind, missing[0])})
    return found
