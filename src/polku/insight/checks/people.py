"""Checks of our pictures of people: what they rest on, and how old that is."""

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Limit, Look, Numbers, Rows, Told
from polku.insight.checks.standing import SELF, every, rows_of, tied, used
from polku.people.models import Persona

PERSONA = "persona"
EVIDENCE_MONTHS = 12


def _baseless(look: Look, rows: Rows) -> Rows:
    return rows.exclude(Exists(tied(look, "L34").filter(from_kind=PERSONA, from_id=SELF)))


def _with_evidence(look: Look) -> Rows:
    return rows_of(Persona, look.workspace).filter(newest_evidence_on__isnull=False)


def _old(look: Look, rows: Rows) -> Rows:
    return rows.filter(newest_evidence_on__lt=look.before("months"))


def _how_much(look: Look, numbers: Numbers) -> Told:
    rows = Persona.objects.filter(workspace=look.workspace, pk__in=numbers)
    told = rows.values_list("pk", "evidence_count", "newest_evidence_on")
    return {pk: {"n": n, "on": str(day)} for pk, n, day in told}


PEOPLE: tuple[Check, ...] = (
    Check("L34", PERSONA, "note", every(Persona), _baseless,
          _("Typical customers that rest on nothing"),
          _("Typical customers"),
          _("No tie says what we learnt that it rests on; a guess does not count."),
          _("It rests on nothing that we learnt from people."),
          _("Tie it to what you learnt, or call it a guess."), "tie:L34-to",
          least=used("L34", _("ties to what we learnt"))),
    Check("D14-evidence", PERSONA, "attention", _with_evidence, _old,
          _("Typical customers that rest on old evidence"),
          _("Typical customers that rest on something"),
          _("The newest piece of evidence is more than %(months)s old."),
          _("What it rests on is more than %(months)s old."),
          _("Ask people again, and tie what you learn."), "page",
          limits=(Limit("months", EVIDENCE_MONTHS, "months", 1, 120,
                        _("How old the newest evidence may be")),),
          window="months", tells=_how_much, labels={"on": _("Newest")}),
)  # fmt: skip
