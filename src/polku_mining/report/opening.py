"""What was read: rows, what is odd about them, and what was guessed."""

from polku_mining.log import Log
from polku_mining.problems import REASONS, TOLD_ONLY
from polku_mining.report.markup import Markup, join, tag
from polku_mining.report.reader import Reader
from polku_mining.report.tables import Column, folded, section, table, wide
from polku_mining.sentences import told


def what_was_read(log: Log, reader: Reader) -> Markup:
    """The section that comes before any figure is believed."""
    problems, say = log.problems, reader.say
    facts: list[tuple[str, str | None]] = [
        (say("Rows read"), reader.number(problems.rows)),
        (say("Rows left out"), reader.number(problems.left_out)),
        (say("Equal times inside a case"), reader.number(log.n_ties)),
        (say("Columns taken by their names"), _guesses(log, reader)),
        (say("Looks like personal data"), ", ".join(problems.personal) or None),
    ]
    rows = [join(tag("dt", name), tag("dd", value)) for name, value in facts if value]
    remarks = [tag("p", told(remark, reader.words)) for remark in problems.remarks]
    return section(
        "read", say("What was read"),
        say("Rows that cannot take part are left out and told, row by row. Nothing is silently "
            "dropped."),
        tag("dl", *rows, class_="facts"), *remarks, _counts(log, reader), _examples(log, reader),
    )  # fmt: skip


def _guesses(log: Log, reader: Reader) -> str | None:
    names = {"case": reader.say("case"), "activity": reader.say("activity"),
             "time": reader.say("time")}  # fmt: skip
    guessed = log.problems.guessed
    return ", ".join(f"{names[what]} = {column}" for what, column in guessed.items()) or None


def _counts(log: Log, reader: Reader) -> Markup | None:
    counts = log.problems.counts
    if not counts:
        return None
    say = reader.say
    rows = [
        [say(REASONS[reason]), reader.number(n),
         say("kept") if reason in TOLD_ONLY else say("left out")]
        for reason, n in counts.most_common()
    ]  # fmt: skip
    columns = [Column(say("What is odd")), Column(say("rows"), figure=True), Column("")]
    return wide(table(columns, rows), say("What is odd"))


def _examples(log: Log, reader: Reader) -> Markup | None:
    examples, say = log.problems.examples, reader.say
    if not examples:
        return None
    rows = [
        [p.place(reader.number(p.line)), say(REASONS[p.reason]), p.value or "–"] for p in examples
    ]
    columns = [Column(say("line"), figure=True), Column(say("What is odd")),
               Column(say("what stood there"))]  # fmt: skip
    title = say("Row by row: {n} of {all}", n=reader.number(len(rows)),
                all=reader.number(sum(log.problems.counts.values())))  # fmt: skip
    return folded(title, wide(table(columns, rows), title))
