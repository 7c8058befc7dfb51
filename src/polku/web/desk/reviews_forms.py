"""The answers on a page of ties that need a look, read from what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.answers import BadInput
from polku.kernel.operations_links import VERDICTS, Verdict
from polku.kernel.reviews import Change, Doubt

LONGEST = 400


@dataclass
class Answer:
    """What the page shows of one tie's answer: the verdict, its words, and what is wrong."""

    verdict: str = ""
    why: str = ""
    reason: str = ""
    problem: str = ""


@dataclass
class Answers:
    """The answers of one page, by the tie's number and the end that changed."""

    by_name: dict[str, Answer] = field(default_factory=dict)

    def of(self, doubt: Doubt) -> Answer:
        """The answer on one tie; untouched, its reason stands as it is kept."""
        return self.by_name.get(name_of(doubt)) or Answer(why=doubt.link.why)

    @property
    def chosen(self) -> int:
        """How many have a verdict."""
        return sum(bool(answer.verdict) for answer in self.by_name.values())


def name_of(doubt: Doubt) -> str:
    """The name of one answer in the form."""
    return f"{doubt.link.pk}-{doubt.side}"


def read(post: Any, doubts: Iterable[Doubt]) -> Answers:
    """What was sent, for these ties alone."""
    found = Answers()
    for doubt in doubts:
        name = name_of(doubt)
        verdict = post.get(f"verdict-{name}", "")
        found.by_name[name] = Answer(
            verdict if verdict in VERDICTS else "",
            post.get(f"why-{name}", doubt.link.why).strip()[:LONGEST],
            post.get(f"reason-{name}", "").strip()[:LONGEST],
        )
    return found


def rest_is_right(answers: Answers, changes: Iterable[Change]) -> None:
    """Those of the reader's own that have no answer yet are still right."""
    for change in changes:
        for doubt in change.mine:
            answer = answers.by_name[name_of(doubt)]
            answer.verdict = answer.verdict or VERDICTS[0]


def verdicts(answers: Answers, changes: Iterable[Change], post: Any) -> list[Verdict]:
    """The verdicts to give. Raises BadInput, with the problem noted at each tie that has one."""
    found = []
    for change in changes:
        for doubt in change.doubts:
            answer = answers.by_name[name_of(doubt)]
            answer.problem = _problem(doubt, answer)
            if answer.verdict:
                found.append(_verdict(doubt, answer, post))
    if any(answer.problem for answer in answers.by_name.values()):
        raise BadInput({"": _("Some answers are not complete. Nothing was saved yet.")})
    return found


def _problem(doubt: Doubt, answer: Answer) -> str:
    if answer.verdict == "removed" and not answer.reason:
        return _("Say why this tie goes; it is kept.")
    if answer.verdict == "changed" and answer.why == doubt.link.why:
        return _("Write what changes about the tie, or say that it is right.")
    return ""


def _verdict(doubt: Doubt, answer: Answer, post: Any) -> Verdict:
    values = {"why": answer.why} if answer.verdict == "changed" else {}
    seen = {doubt.side: post.get(f"seen-{name_of(doubt)}", "")}
    return Verdict(doubt.link, answer.verdict, (doubt.side,), values, answer.reason, seen)
