"""read, load, problems."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from stakeline.cli import printing, quarters
from stakeline.cli.printing import count
from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.moments import local_words
from stakeline.model.notices import Absent, Amount, Notice
from stakeline.model.problems import Severity, quote
from stakeline.model.rows import Reading
from stakeline.reading.containers import Aside
from stakeline.regimes import regime
from stakeline.workflows import loading
from stakeline.workflows.contradictions import contradictions
from stakeline.workflows.where import open_ledger, open_or_create


def read(arguments: argparse.Namespace) -> int:
    """Print what each document says and every problem; 1 where anything was not understood."""
    wrong = False
    answers = []
    out = printing.console()
    for document, reading in loading.read(arguments.inputs):
        wrong = wrong or any(p.severity is not Severity.NOTE for p in reading.problems)
        if arguments.json:
            answers.append({"document": document.name, "sha256": document.sha256, "reading": reading})
        else:
            out.print(_understood(document, reading), soft_wrap=True)
    if arguments.json:
        printing.json(answers)
    return 1 if wrong else 0


def load(arguments: argparse.Namespace) -> int:
    """Load documents and print the receipt; 1 where inputs were quarantined."""
    ledger = open_or_create(arguments.ledger)
    aside: list[Aside] = []
    jobs = arguments.jobs or _cores()
    with _progress(arguments.inputs, shown=not arguments.json) as progress:
        receipt = loading.load(
            ledger, arguments.inputs, progress=progress, aside=aside.append, jobs=jobs, part=arguments.part
        )
    if arguments.json:
        printing.json(receipt)
    else:
        print(
            f"{count(receipt.documents, 'new document')}, {receipt.documents_known:,} already known\n"
            f"{count(receipt.inputs, 'input')} = {receipt.accepted:,} accepted + {receipt.known:,} already known"
            f" + {receipt.quarantined:,} quarantined\n"
            f"ledger {ledger.folder}, digest {receipt.digest[:16]}"
        )
        if aside:
            pages = len({a.of for a in aside})
            came = f"{count(len(aside), 'file')} that came along with {count(pages, 'saved page or mail', 'saved pages or mails')}"
            print(f"set aside: {came} (styles, scripts, pictures, frames); they are no inputs")
        if receipt.quarantined:
            print("`stakeline problems` says what was quarantined and why")
    return 1 if receipt.quarantined else 0


def problems(arguments: argparse.Namespace) -> int:
    """List the problems of every loaded document; 1 where there are any that cost something."""
    ledger = open_ledger(arguments.ledger)
    found = [*ledger.problems(), *contradictions(ledger)]
    if arguments.json:
        printing.json(found)
    elif found:
        for kept in found:
            print(printing.problem_line(kept.name, kept.problem))
    else:
        print("no problems: every loaded document was understood whole")
    return 1 if any(k.problem.severity is not Severity.NOTE for k in found) else 0


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _progress(inputs: Sequence[str], *, shown: bool) -> Iterator[loading.Progress | None]:
    """A line that counts documents, how many a second, and the time left where it can be known; while somebody is looking."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    parts = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} documents"),
        TextColumn("{task.fields[rate]}"),
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    start = time.monotonic()
    with Progress(*parts, console=printing.console(error=True), transient=True) as bar:
        task = bar.add_task("", total=loading.expected(inputs), rate="")
        done = 0

        def step(name: str) -> None:
            nonlocal done
            done += 1
            rate = f"{done / max(time.monotonic() - start, 0.001):,.0f} a second"
            bar.update(task, advance=1, description=quote(name)[-60:], rate=rate)

        yield step


def _understood(document: Document, reading: Reading) -> str:
    """What one document says, for people."""
    lines = [f"{quote(document.name)}: " + (f"read as {reading.reader}" if reading.reader else "not read")]
    lines += [f"  {line}" for notice in reading.notices for line in _notice(notice.body, notice.locator)]
    lines += [f"  {line}" for portfolio in reading.portfolios for line in quarters.report(portfolio.body)]
    if reading.facts:
        lines += [f"  {fact.locator}: {_fact(fact.body)}" for fact in reading.facts[:_FACTS_SHOWN]]
        if len(reading.facts) > _FACTS_SHOWN:
            lines.append(f"  … and {len(reading.facts) - _FACTS_SHOWN:,} more facts (--json prints all)")
    lines += [f"  {printing.problem_line(document.name, p)}" for p in reading.problems]
    portfolios = f" {count(len(reading.portfolios), 'portfolio')}," if reading.portfolios else ""
    lines.append(
        f"  {count(len(reading.notices), 'notice')}, {count(len(reading.facts), 'fact')},"
        f"{portfolios}"
        f" {reading.quarantined:,} quarantined, {count(len(reading.problems), 'problem')}\n"
    )
    return "\n".join(lines)


_FACTS_SHOWN = 20


def _notice(notice: Notice, locator: str) -> Iterator[str]:
    """A notice in a few lines: every field that it tells, then the boxes that it has and leaves blank."""
    name = notice.serial or notice.source_id or "notice"
    status = "" if notice.status == "filed" else f" [{notice.status}{f' {notice.related}' if notice.related else ''}]"
    where = f"{locator}: " if locator else ""
    security = " ".join(filter(None, (notice.issuer_code, quote(notice.issuer_name or ""))))
    share_class = f", class {quote(notice.share_class)}" if notice.share_class else ""
    yield f"{where}{quote(name)}{status}: {quote(notice.holder.name)} in {security}{share_class}"
    if notice.associated is not None:
        told = [(f.replace("_", " "), getattr(notice.associated, f)) for f in notice.associated.__struct_fields__[1:]]
        more = "".join(f", {label} {quote(value)}" for label, value in told if value)
        yield f"    not shares of the issuer: associated corporation {quote(notice.associated.name or 'not named')}{more}"
    if notice.debentures is not None:
        yield f"    not shares of the issuer: debentures {quote(notice.debentures.kind or 'of a kind not told')}"
    yield from _days(notice)
    blank: list[str] = []
    if said := _told("issued", notice.issued, blank):
        yield f"    {said} shares of the class"
    for trade in notice.trades:
        parts = [(f, getattr(trade, f)) for f in trade.__struct_fields__ if f not in {"leg", "code", "told"}]
        said = ", ".join(filter(None, (_told(f.replace("_", " "), value, blank) for f, value in parts)))
        yield f"    event ({trade.leg}): {trade.code or quote(trade.told or '')}{f', {said}' if said else ''}"
    yield from (f"    {line}" for line in totals(notice, blank))
    for joint in notice.joint:
        yield f"    jointly with: {quote(joint.name)}"
    yield from (f"    {line}" for line in _rows(notice, blank))
    for link in notice.links:
        yield f"    {link.kind}: {quote(link.name)}"
    if notice.text:
        yield f"    text: {quote(notice.text)}"
    if blank:
        yield f"    left blank: {', '.join(dict.fromkeys(blank))}"


def _rows(notice: Notice, blank: list[str]) -> Iterator[str]:
    """The rows of a report that tells row by row, in its order; the blocks of a notice of a proposed sale; boxes ticked."""
    number: dict[str, int] = {}
    for line in notice.lines:
        number[line.table] = number.get(line.table, 0) + 1
        did = " ".join(filter(None, (line.code, line.side, f"on {line.day}" if line.day else "")))
        parts = [
            (f, getattr(line, f))
            for f in ("shares", "value", "price", "strike", "underlying_shares", "after", "after_value")
        ]
        said = ", ".join(filter(None, (_told(f.replace("_", " "), value, blank) for f, value in parts)))
        way = quote(line.nature or "indirect") if line.held == "I" else "direct" if line.held == "D" else ""
        title = quote(line.title or "not named") + (f" over {quote(line.underlying)}" if line.underlying else "")
        words = "; ".join(filter(None, (did or line.kind.value, title, said, way)))
        yield f"Table {line.table}, row {number[line.table]}: {words}"
    if notice.proposed is not None:
        for label, sales in (("to be sold", notice.proposed.sales), ("sold before", notice.proposed.past)):
            for sale in sales:
                parts = [(f, getattr(sale, f)) for f in ("shares", "value", "issued")]
                said = ", ".join(filter(None, (_told(f, value, blank) for f, value in parts)))
                yield f"{label}: {'; '.join(filter(None, (quote(sale.title or ''), said, str(sale.day or ''))))}"
        if notice.proposed.plans:
            yield f"plans adopted: {', '.join(map(str, notice.proposed.plans))}"
    if notice.plan:
        yield "under a trading plan, by the box of the document"
    if notice.boxes:
        yield f"boxes ticked: {', '.join(map(quote, notice.boxes))}"


def totals(notice: Notice, blank: list[str]) -> Iterator[str]:
    """The totals before and after the event, of shares leg by leg and of debentures; labels of blank boxes are added."""
    for side in ("before", "after"):
        for position in getattr(notice, side):
            parts = [(f"shares {side}", position.shares), (f"percent {side}", position.percent)]
            yield f"{side} ({position.leg}): {', '.join(filter(None, (_told(f, v, blank) for f, v in parts)))}"
        if notice.debentures is not None:
            said = _told("amount", getattr(notice.debentures, side), blank)
            if said:
                yield f"{side}: {said} of debentures"


def _days(notice: Notice) -> Iterator[str]:
    for label, day in (("event", notice.event_date), ("aware", notice.aware_date), ("signed", notice.signed_date)):
        if day is not None:
            yield f"    {label} date: {day}"
    if notice.known_from is not None:
        yield f"    public since: {local_words(notice.known_from, regime(notice.regime).zone)} ({notice.known_basis})"


def _told(label: str, amount: Amount | str, blank: list[str]) -> str | None:
    """Gives "shares 80,000,000"; None where there is nothing, and the label among the blanks where there is a box for it."""
    if amount is None:
        return None
    if amount is Absent.NOT_DISCLOSED:
        blank.append(label)
        return None
    if isinstance(amount, Absent):
        return f"{label} {amount}"
    return f"{label} {quote(amount) if isinstance(amount, str) else f'{amount.value:,f}'}"


def _fact(fact: Fact) -> str:
    value = f"{fact.number.value:,f}" if fact.number else quote(fact.text or "")
    parts = [fact.subject, fact.measure, fact.item, fact.period, value, fact.currency or fact.unit]
    return " ".join(quote(p) for p in parts if p)
