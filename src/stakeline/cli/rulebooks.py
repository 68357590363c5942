"""What `rules` prints."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from stakeline.cli import printing
from stakeline.cli.printing import count
from stakeline.model.errors import ReadError
from stakeline.model.problems import quote
from stakeline.workflows import cases
from stakeline.workflows import rules as rulebooks
from stakeline.workflows.rules import Book, Told

if TYPE_CHECKING:
    from rich.console import Console


def show(name: str | None, on: str | None, *, json: bool) -> int:
    """Print the list of rulebooks, or those of a name with their duties."""
    if name is None:
        listed = rulebooks.listing(on)
        if json:
            printing.json(listed)
            return 0
        columns = ("code", "jurisdiction", "duties", "as of", "open questions", "title")
        rows = [
            (b.code, b.jurisdiction, f"{b.duties}{f' (+{b.unknown}?)' if b.unknown else ''}", b.as_of, b.questions, b.title)
            for b in listed
        ]  # fmt: skip
        out = printing.console()
        out.print(printing.Table(columns, rows, whole=columns[:5], right=("duties", "open questions")))
        duties = sum(b.duties for b in listed)
        out.print(
            f"{count(len(listed), 'rulebook')}, {count(duties, 'duty', 'duties')}. (+n?): so many more of which it is not known"
        )
        out.print(f"whether they were in force. {printing.NO_ADVICE}")
        return 0
    found = rulebooks.books(name, on)
    if json:
        printing.json(found)
        return 0
    out = printing.console()
    for book in found:
        _book(out, book)
    out.print(printing.NO_ADVICE)
    return 0


def changes(name: str | None, first: str, last: str, *, json: bool) -> int:
    """Print what differs between two days."""
    found = rulebooks.changes(name, first, last)
    if json:
        printing.json(found)
        return 0
    out = printing.console()
    out.print(f"what changed from {first} to {last}", soft_wrap=True)
    duty = None
    for change in found:
        if (change.code, change.duty) != duty:
            duty = (change.code, change.duty)
            dates = ", ".join(map(str, change.dates))
            out.print(f"\n{change.code}: {change.duty} {change.name} ({dates})", soft_wrap=True)
        _pairs(out, ((f"  {change.field}", change.before or "not said"), ("  now", change.after or "not said")))
    if not found:
        out.print("nothing that is known")
    return 0


def test(place: str, regime: str | None, *, every: bool) -> int:
    """Run the cases of a file, or of standard input; one JSON line each, and what disagrees on standard error."""
    regimes = {book.code for book in rulebooks.find(regime)} if regime else set()
    if place == "-":
        return _run(sys.stdin.buffer, regimes, every=every)
    try:
        with Path(place).open("rb") as file:
            return _run(file, regimes, every=every)
    except OSError as error:
        raise ReadError(f"{place}: {error.strerror or error}") from None


def _run(file: BinaryIO, regimes: set[str], *, every: bool) -> int:
    seen: Counter[str] = Counter()
    wrong = False
    for done in cases.run(cases.lines_of(file), regimes, every=every):
        sys.stdout.buffer.write(msgspec.json.encode(done.line) + b"\n")
        sys.stdout.buffer.flush()
        outcome = _outcome(done)
        seen[outcome] += 1
        wrong = wrong or (done.counts and outcome not in ("ok", "not compared"))
        if isinstance(done.line, cases.Failed):
            print(f"{done.line.id or 'a line'}: {quote(done.line.error)}", file=sys.stderr)
        elif done.against:
            weight = "" if done.counts else " (does not count)"
            print(f"{done.line.id}{weight}: {quote('; '.join(done.against))}", file=sys.stderr)
    told = ", ".join(f"{seen[name]} {name}" for name in ("ok", "wrong", "unknown", "errors", "not compared"))
    print(f"{count(seen.total(), 'case')}: {told}", file=sys.stderr)
    return int(wrong)


def _outcome(done: cases.Done) -> str:
    if isinstance(done.line, cases.Failed):
        return "errors"
    if done.line.ok is None:
        return "not compared"
    if done.line.ok:
        return "ok"
    return "unknown" if done.line.duty is None else "wrong"


def _book(out: "Console", book: Book) -> None:
    out.print(f"{book.title}", soft_wrap=True)
    _pairs(
        out,
        (
            ("code", book.code),
            ("law", book.instrument),
            ("regulator", book.regulator),
            ("on", f"{book.on}; the law was followed to {book.as_of}"),
            ("terms", book.definitions),
            ("where not told", book.taken),
            ("calendars", tuple(f"{name}: {text}" for name, text in book.calendars.items())),
        ),
    )
    columns = ("duty", "trigger", "deadline", "form", "since", "confidence")
    rows = [
        (d.id, "; ".join(d.triggers), d.deadline, d.form, f"{d.since}{'' if d.start == 'law' else '?'}", d.confidence)
        for d in book.duties
    ]
    if rows:
        out.print(printing.Table(columns, rows, whole=("duty", "since", "confidence"), right=()))
        if any(d.start != "law" for d in book.duties):
            out.print(f"?: known since that day; {rulebooks.NOT_RESEARCHED}, earlier days give unknown")
    for duty in book.duties:
        out.print(f"\n{duty.id}: {duty.name}", soft_wrap=True)
        _pairs(out, _duty(duty))
    if book.others:
        out.print(f"\nnot in force on {book.on}, or not known to have been")
        _pairs(out, [(f"  {other.id}", f"{other.name}: {other.reason}") for other in book.others])
    for title, lines in (
        ("holdings of others (attribution)", book.attribution),
        ("open questions", book.questions),
        ("sources", tuple(f"{s.id}: {s.title} ({s.seen}) {s.url}" for s in book.sources)),
    ):
        if lines:
            out.print(f"\n{title}")
            _pairs(out, [("  -", line) for line in lines])
    out.print()


def _duty(duty: Told) -> Iterable[tuple[str, str | Sequence[str] | None]]:
    """The lines on one duty."""
    since = f"{duty.since}{'' if duty.start == 'law' else f' ({duty.start})'}"
    return (
        ("  who", duty.who),
        ("  tested", duty.conditions),
        ("  trigger", duty.triggers),
        ("  measure", duty.measure),
        ("  left out", duty.left_out),
        ("  rounding", duty.rounding),
        ("  passive moves", duty.passive),
        ("  deadline", duty.deadline),
        ("  cut-off", duty.cut_off),
        ("  form", duty.form),
        ("  recipients", ", ".join(duty.recipients)),
        ("  differs", duty.variants),
        ("  exempt", duty.exemptions),
        ("  attribution", duty.attribution),
        ("  consequences", duty.consequences),
        ("  section", duty.citation),
        ("  version", f"since {since}{f', until {duty.until}' if duty.until else ''}{f': {duty.version}' if duty.version else ''}"),
        ("  confidence", f"{duty.confidence}: {duty.evidence} ({', '.join(duty.sources)})"),
        ("  open", duty.open),
    )  # fmt: skip


def _pairs(out: "Console", pairs: Iterable[tuple[str, str | Sequence[str] | None]]) -> None:
    """Names with what there is to say of each, broken to the width of the window; nothing to say is left out."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        for at, text in enumerate((value,) if isinstance(value, str) else value or ()):
            if text:
                grid.add_row(Text(name if not at else ""), Text(text))
    if grid.row_count:
        out.print(grid)
