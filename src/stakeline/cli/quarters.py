"""What managers reported of the end of a quarter, printed: a part of `show`, and of `read`."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from stakeline.cli import printing
from stakeline.model.moments import local_words
from stakeline.model.portfolios import Portfolio
from stakeline.model.problems import quote
from stakeline.workflows.quarters import QuarterEnd, Quarterly, Report

_COLUMNS = (
    "manager",
    "quarter end",
    "issuer",
    "class",
    "CUSIP",
    "amount",
    "of",
    "dollars",
    "told in",
    "discretion",
    "known since",
    "report",
    "row",
)
_WHOLE = ("quarter end", "CUSIP", "amount", "dollars", "known since", "row")
_RIGHT = ("amount", "dollars")
_KINDS: dict[str | None, str] = {"SH": "shares", "PRN": "principal, dollars"}
_UNITS: dict[int | None, str] = {1: "dollars", 1000: "thousands"}
_ROWS_SHOWN = 5
_SHARED = frozenset({"DFND", "OTR"})


def lines(told: Quarterly) -> Iterator[Any]:
    """A table and what must be said beside it. Amounts of different managers are never added up."""
    yield "As managers reported at the end of a quarter (Form 13F: long positions, as of that day alone):"
    rows = [_row(held, told.zone) for held in told.held]
    same = {n for n in range(len(_COLUMNS)) if len(rows) > 1 and len({row[n] for row in rows}) == 1}
    if same:
        yield "; ".join(f"{_COLUMNS[n]}: {quote(str(rows[0][n] or 'not told'))}" for n in sorted(same))
    kept = [n for n in range(len(_COLUMNS)) if n not in same]
    columns = [_COLUMNS[n] for n in kept]
    yield printing.Table(
        columns,
        [[row[n] for n in kept] for row in rows],
        whole=[c for c in _WHOLE if c in columns],
        right=[c for c in _RIGHT if c in columns],
    )
    yield "row: where it stands in the report; `stakeline why ROW` shows it as filed"
    if told.all > len(told.held):
        yield f"{told.all - len(told.held):,} smaller positions are not listed"
    if any(_SHARED & set(held.discretion.split(", ")) for held in told.held):
        yield "DFND, OTR: discretion is shared; several managers may report the same holding, and it is no sum of theirs"
    if any(held.option for held in told.held):
        yield "options: the shares under them and their value, neither held nor paid"
    for doubt in told.doubts:
        yield f"unit of values in {quote(doubt)}"
    yield from (_timing(report) for report in told.reports)
    if told.unclear:
        yield f"left out, for they do not say whether they restate or add: {', '.join(map(quote, told.unclear))}"


def report(told: Portfolio) -> Iterator[str]:
    """A report as it was read: manager, quarter, standing, unit, and its first rows."""
    standing = f"{told.status.value}{f' {told.number}' if told.number else ''}{f', {told.amending.value.lower()}' if told.amending else ''}"
    yield f"Form {told.form} of {quote(told.manager.name)} for {told.period or 'a quarter not told'} ({standing}), {told.serial or 'no number'}"
    if told.table is None:
        yield "  without a table"
        return
    yield f"  {told.rows:,} rows, value {told.total()} in {quote(told.unit_basis or 'a unit not known')}"
    if told.unit_doubt:
        yield f"  unit: {quote(told.unit_doubt)}"
    for row in islice(told.holdings(), _ROWS_SHOWN):
        option = f" under {row.put_call} options" if row.put_call else ""
        yield f"  {quote(row.issuer or 'not named')}, {quote(row.title or 'class not told')}, {row.cusip}: {row.amount} {row.amount_type}{option}"
    if told.rows > _ROWS_SHOWN:
        yield f"  … and {told.rows - _ROWS_SHOWN:,} more rows (--json prints all)"


def _timing(report: Report) -> str:
    """When a report was due and filed."""
    answer = report.answer
    days = f"due {answer.due}" if answer.due else "due on a day not known"
    filed = f", filed {answer.first}" if answer.first and answer.first == answer.last else ""
    rule = f" ({answer.rule}; {answer.citation})" if answer.rule else ""
    missing = f"; not known: {'; '.join(map(quote, answer.missing))}" if answer.missing else ""
    return f"report {quote(report.serial)}: {days}{filed}, {answer.timing.value}{rule}{missing}"


def _row(held: QuarterEnd, zone: str) -> tuple[object, ...]:
    return (
        held.manager,
        held.period,
        held.issuer,
        held.title,
        held.cusip,
        "not readable" if held.amount is None else f"{held.amount:,}",
        _what(held),
        "not known" if held.value is None else f"{held.value:,}",
        _UNITS.get(held.unit, "several units"),
        held.discretion,
        local_words(held.known_from, zone) if held.known_from else "not told",
        ", ".join(held.serials),
        ", ".join(held.cites),
    )


def _what(held: QuarterEnd) -> str:
    what = _KINDS.get(held.kind, "not told")
    return f"{what} under {held.option} options" if held.option else what
