"""punctual."""

import argparse
from collections.abc import Iterator

from stakeline.cli import printing
from stakeline.cli.printing import count
from stakeline.model.notices import Status
from stakeline.model.problems import printable, quote
from stakeline.model.punctual import Punctuality, Timing
from stakeline.workflows import punctual as workflow
from stakeline.workflows.punctual import Timed
from stakeline.workflows.where import open_ledger


def punctual(arguments: argparse.Namespace) -> int:
    """Print each notice's due day beside its day of filing."""
    answer = workflow.punctual(
        open_ledger(arguments.ledger),
        arguments.name,
        holder=arguments.holder,
        since=arguments.since,
        until=arguments.until,
        known=arguments.known,
    )
    if arguments.json:
        printing.json(answer)
        return 0
    out = printing.console()
    several = len({n.issuer for n in answer.notices if n.issuer}) > 1
    columns = ("event", "filed", "due", "timing", "notice", "form", "code", "issuer, holder" if several else "holder")
    rows = [
        (
            n.event or "not told",
            n.filed or (f"by {n.filed_by}" if n.filed_by else "not told"),
            _due(n.answer),
            _timing(n.answer),
            n.id + (f" [{n.status}]" if n.status is not Status.FILED else ""),
            n.form,
            " ".join(n.codes),
            f"{n.issuer.name}, {n.holder}" if several and n.issuer else n.holder,
        )
        for n in answer.notices
    ]
    if rows:
        out.print(printing.Table(columns, rows, whole=("event", "filed", "due", "notice"), right=()))
    for n in answer.notices:
        for line in _words(n):
            out.print(line, soft_wrap=True)
    told = ", ".join(f"{answer.counts[timing]} {_COUNTED[timing]}" for timing in Timing)
    out.print(f"{count(len(answer.notices), 'notice')} of {quote(answer.name)}: {told}", soft_wrap=True)
    if answer.reports:
        out.print(f"{count(answer.reports, 'report')} beside them of which the notice itself is not known")
    out.print(printing.NO_ADVICE, style="dim")
    return 0


_COUNTED = {
    Timing.ON_TIME: "on time",
    Timing.LATE: "late",
    Timing.LATE_UNLESS: "late unless excused as said",
    Timing.UNKNOWN: "unknown",
}


def _due(answer: Punctuality) -> str:
    """The last day, or the days that it lies between."""
    if answer.due is not None or answer.earliest is None:
        return str(answer.due or "not known")
    return f"{answer.earliest} to {answer.latest or 'not known'}"


def _timing(answer: Punctuality) -> str:
    """Gives "on time", "late by 24 business days, unless ..."; what would excuse it stands below the table."""
    if not answer.late:
        return answer.timing.value
    by = f"late by {count(answer.days_late, answer.unit)}" if answer.days_late else "late"
    return by if answer.timing is Timing.LATE else f"{by}, unless"


def _words(notice: Timed) -> Iterator[str]:
    """What there is to say of a notice that is not on time: its rule, what would excuse it, what is not known."""
    answer = notice.answer
    if answer.timing is Timing.ON_TIME:
        return
    about = f", {printable(notice.of)}" if notice.of else ""
    yield f"{quote(notice.id)}{about}: {answer.timing.value if not answer.late else _timing(answer).removesuffix(', unless')}"
    if answer.rule is not None:
        counted = f", counted from {answer.start}" if answer.start else ""
        skipped = ", ".join(f"{day} ({printable(why)})" for day, why in answer.skipped if why not in _WEEKEND)
        law = f" ({answer.citation})" if answer.citation else ""
        yield f"    {answer.rule}{counted}{f'; not counted: {skipped}' if skipped else ''}{law}"
    for line in answer.unless:
        yield f"    unless {printable(line)}"
    for line in answer.missing:
        yield f"    not known: {printable(line)}"


_WEEKEND = ("Saturday", "Sunday")
