"""What the event engine says, listed for those who translate.

The engine knows no catalogue and gettext looks for texts below ``polku`` only. A test holds this
list against the sources.
"""


def gettext_noop(text: str) -> str:
    """The mark that gettext looks for; mining needs no Django, so this one is our own."""
    return text


TEXTS = (
    gettext_noop("19 of 20 are faster than"),
    gettext_noop("19 of 20 within"),
    gettext_noop(
        "A case has come to a step when it walked all the steps before it, in this "
        "order, whatever else it did between them."
    ),
    gettext_noop(
        "Activities are boxes, what comes right after what is a line from above to "
        "below, its thickness how often. The table below says the same. Activities:"
        " {activities}, ties: {ties}."
    ),
    gettext_noop("Activities have phases; both together are taken as what happened."),
    gettext_noop("Against a design of five steps"),
    gettext_noop("Against the designed journey"),
    gettext_noop("As a table"),
    gettext_noop(
        "As designed walk {share} of the cases. Each step says how many cases "
        "walked it and how many left it out; what was not designed stands where it "
        "happened."
    ),
    gettext_noop("Begin"),
    gettext_noop("Begins with"),
    gettext_noop("Cases"),
    gettext_noop("Cases begun by day"),
    gettext_noop("Cases begun by month"),
    gettext_noop("Cases begun by year"),
    gettext_noop("Cases by how long they take, up to"),
    gettext_noop("Cases by the weekday and hour of their first event"),
    gettext_noop("Cases that repeat anything: {n} ({share})."),
    gettext_noop("Cases: {n}, {period}."),
    gettext_noop("Columns taken by their names"),
    gettext_noop("Columns taken by their names: {columns}."),
    gettext_noop("Different paths"),
    gettext_noop("End"),
    gettext_noop("Ends with"),
    gettext_noop("Engine"),
    gettext_noop("Equal times inside a case"),
    gettext_noop("Events"),
    gettext_noop("First to last event"),
    gettext_noop("Friday"),
    gettext_noop("From other paths"),
    gettext_noop("Funnel of five steps"),
    gettext_noop("Hours of {zone}."),
    gettext_noop("How far cases come"),
    gettext_noop("How long cases take"),
    gettext_noop(
        "Inside a case events stand in the order of their times; equal times in the"
        " order in which the rows stood in the file. Medians and quantiles are "
        "exact."
    ),
    gettext_noop("Looks like personal data"),
    gettext_noop("Looks like personal data: {columns}."),
    gettext_noop("Measuring"),
    gettext_noop("Monday"),
    gettext_noop(
        "Name the column that numbers the events in the order in which they "
        "arrived: a frame of Spark has no order of its own."
    ),
    gettext_noop("No cache could be kept at {path}: {reason}."),
    gettext_noop("No column looks like the activity. Name it; the columns are: {columns}."),
    gettext_noop("No column looks like the case. Name it; the columns are: {columns}."),
    gettext_noop("No column looks like the time. Name it; the columns are: {columns}."),
    gettext_noop("No path differs from the design."),
    gettext_noop(
        "On the drawn lines alone walk {share} of the cases; {steps} of all steps "
        "are drawn. Each line says how often and the median time it took."
    ),
    gettext_noop("Other paths"),
    gettext_noop(
        "Other paths: cases went there {n} times and came back as often, over "
        "{ties} rarer ties and {activities} rarer activities. So what comes into "
        "each box goes out of it again."
    ),
    gettext_noop("Parts of this page"),
    gettext_noop("Read as {encoding}."),
    gettext_noop("Reading"),
    gettext_noop("Row by row: {n} of {all}"),
    gettext_noop("Rows left out"),
    gettext_noop("Rows read"),
    gettext_noop("Rows read: {rows}, left out: {left_out}."),
    gettext_noop(
        "Rows that cannot take part are left out and told, row by row. Nothing is silently dropped."
    ),
    gettext_noop("Saturday"),
    gettext_noop("Say which type of object makes the cases of {name}. It holds: {types}."),
    gettext_noop("Sort and code the events"),
    gettext_noop("Spark cannot read {path} as Parquet: {error}"),
    gettext_noop("Spark could not be started at {master}; it needs Java 17 or newer: {error}"),
    gettext_noop("Spark gave up: {error}"),
    gettext_noop("Spark is not installed. Install polku[spark], or let the local engine answer."),
    gettext_noop("Sunday"),
    gettext_noop(
        "The design has more than {most} states, since {part} lets about {n} orders"
        " stand side by side. Put some of its parts into a fixed order, or look at "
        "them in a journey of their own."
    ),
    gettext_noop("The design is no JSON: {error}, line {line}."),
    gettext_noop("The design {path} cannot be read: {error}."),
    gettext_noop("The folder {path} holds no log."),
    gettext_noop("The log was written to while it was read. Open it again to see all of it."),
    gettext_noop("The map"),
    gettext_noop("The map as a table"),
    gettext_noop("The most walked paths that differ from the design"),
    gettext_noop("The paths that cases walked"),
    gettext_noop("The paths, most walked first"),
    gettext_noop("The table below says the same."),
    gettext_noop(
        "The times name no zone and were taken as UTC. Name the zone to read them as local."
    ),
    gettext_noop("The times name no zone. In which zone were they written?"),
    gettext_noop("There are no cases to draw."),
    gettext_noop("There is no column '{name}'. The columns are: {columns}."),
    gettext_noop("There is no file {path}."),
    gettext_noop("There is no time zone '{zone}'. Write it as Europe/Helsinki."),
    gettext_noop("Thursday"),
    gettext_noop("To other paths"),
    gettext_noop("To the figures"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("What comes right after what"),
    gettext_noop("What comes right after what, with exact medians"),
    gettext_noop("What is odd"),
    gettext_noop("What is walked again"),
    gettext_noop("What really happened: {name}"),
    gettext_noop("What stands in the column '{name}' cannot be read as text: {kind}."),
    gettext_noop("What was read"),
    gettext_noop("When cases begin"),
    gettext_noop(
        "With --engine spark there is no --report, --salt and --object-type. Leave "
        "them out, or let the local engine answer."
    ),
    gettext_noop("Writing"),
    gettext_noop("Written: {path}, events: {n}."),
    gettext_noop("Written: {path}."),
    gettext_noop(
        "XML cannot hold the sign U+{code} in {text}. Nothing was written. Take it "
        "out, or write CSV, Parquet or JSON."
    ),
    gettext_noop("a local time that never was: the clocks went forward"),
    gettext_noop("a quarter is faster than"),
    gettext_noop("a row that is not whole"),
    gettext_noop("a time that cannot be read"),
    gettext_noop("activities"),
    gettext_noop("activity"),
    gettext_noop("added"),
    gettext_noop("again"),
    gettext_noop("all cases"),
    gettext_noop("all of these, in any order"),
    gettext_noop("as designed"),
    gettext_noop("back to an earlier step"),
    gettext_noop("case"),
    gettext_noop("cases"),
    gettext_noop("cases that came here"),
    gettext_noop("day"),
    gettext_noop("differences"),
    gettext_noop("different paths"),
    gettext_noop("events"),
    gettext_noop("events: {events}, cases: {cases}, activities: {activities}, {period}"),
    gettext_noop("first to last event"),
    gettext_noop("from"),
    gettext_noop("half are faster than (median)"),
    gettext_noop("kept"),
    gettext_noop("left out"),
    gettext_noop("left out: {n}"),
    gettext_noop("letters that cannot be read; a sign stands for each"),
    gettext_noop("line"),
    gettext_noop("longest"),
    gettext_noop("mean time"),
    gettext_noop("median time"),
    gettext_noop("median time of a case"),
    gettext_noop("median time to next"),
    gettext_noop("month"),
    gettext_noop("more"),
    gettext_noop("no activity: nobody can say what happened"),
    gettext_noop("no case: nobody can say whose path this is"),
    gettext_noop("no events"),
    gettext_noop("no time"),
    gettext_noop("of the cases repeat something"),
    gettext_noop("of the cases walk as designed"),
    gettext_noop("once or more"),
    gettext_noop("one of these"),
    gettext_noop("onwards, as thick as it is frequent"),
    gettext_noop("or not at all"),
    gettext_noop("other kinds: {n}"),
    gettext_noop("other paths"),
    gettext_noop("other paths: {n}"),
    gettext_noop("out of order"),
    gettext_noop("path"),
    gettext_noop("rows"),
    gettext_noop("share"),
    gettext_noop("shortest"),
    gettext_noop("step"),
    gettext_noop("steps"),
    gettext_noop("stopped before"),
    gettext_noop("the same case, activity and time as a row before it"),
    gettext_noop("the whole"),
    gettext_noop("three quarters are faster than"),
    gettext_noop("time"),
    gettext_noop("time up to"),
    gettext_noop("to"),
    gettext_noop("to other paths, or from them"),
    gettext_noop("walk the most walked path"),
    gettext_noop("walked: {n}"),
    gettext_noop("walks beyond the first"),
    gettext_noop("what stood there"),
    gettext_noop("year"),
    gettext_noop("{name} breaks off or is damaged: {error}. Nothing was read. Fetch it anew."),
    gettext_noop(
        "{name} declares a document type or entities, which logs never need. It was not read."
    ),
    gettext_noop("{name} has no heading that can be read."),
    gettext_noop("{name} holds no events."),
    gettext_noop("{name} holds no objects, so nothing makes cases."),
    gettext_noop("{name} holds no trace."),
    gettext_noop(
        "{name} is JSON, but no OCEL 2.0: it needs lists of events and of objects. "
        "Older versions of OCEL can be turned into 2.0 by the tool that wrote them."
    ),
    gettext_noop("{name} is a database, but no OCEL 2.0: {error}"),
    gettext_noop("{name} is empty."),
    gettext_noop("{name} is no whole JSON: {error}"),
    gettext_noop("{name} is no whole Parquet file: {error}"),
    gettext_noop("{name} is no whole XML, line {line}: {error}. Nothing was read."),
    gettext_noop(
        "{name} is none of CSV, XES, XES.gz, Parquet, JSON (OCEL 2.0). Nothing was written."
    ),
    gettext_noop(
        "{name} is none of CSV, XES, XES.gz, Parquet, OCEL 2.0 (JSON or SQLite). "
        "Save it as one of these, or say what it is by its ending."
    ),
    gettext_noop(
        "{name} says that it holds {rows} rows in {size} bytes; no event log is so "
        "repetitive. It was not read."
    ),
    gettext_noop(
        "{name} unpacks to more than {limit} MB, {ratio} times its size; no event "
        "log is so repetitive. It was not read."
    ),
    gettext_noop("{n} cases have several values of '{name}'; the first of each was taken."),
    gettext_noop("{n} d"),
    gettext_noop("{n} h"),
    gettext_noop("{n} min"),
    gettext_noop("{n} ms"),
    gettext_noop("{n} s"),
    gettext_noop("{n} × {reason} (first: line {line})"),
    gettext_noop(
        "{path} stands there already. Nothing was written. Give another name, or --force."
    ),
    gettext_noop("{period}, time zone {zone}"),
    gettext_noop("{source} → {target}: steps {n}, cases {cases}"),
    gettext_noop("{where} is a step without a name."),
    gettext_noop("{where} is nested more than {most} deep. Flatten it."),
    gettext_noop("{where} must be a step's name or one of seq, xor, and, opt, loop."),
    gettext_noop("{where}: '{word}' is none of seq, xor, and, opt, loop."),
    gettext_noop("{where}: {word} takes a list of one part or more."),
    gettext_noop("… and {n} more"),
    gettext_noop("… steps in all: {n}"),
)
