"""Holdings in the clearing system (CCASS) by participant: who keeps shares for others, never who owns them.

Read from the exchange's search page, saved (`clearing_page`), from the JSON of a public collector, and from a CSV
snapshot. What stands unchanged on days in unbroken sequence is one fact whose period says from which day to which
("2021-01-22..2021-01-24"), so that weekends, which repeat the last trading day, add nothing and nothing is lost: the
facts whose period holds a day are all that was read of that day.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import msgspec

from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.moments import end_of_day
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import values
from stakeline.regimes.hk import clearing_page
from stakeline.regimes.hk.clearing_page import Line, Snapshot
from stakeline.regimes.hk.serials import ZONE

READER = "hk/clearing"
SHARES = "clearing.shares"
PERCENT = "clearing.percent"
ISSUED = "clearing.issued"
CODE = "code"
CAUTION = (
    "participants of the clearing system are brokers, banks and custodians, not owners: the shares are their clients'; "
    "trades settle on the second trading day after (T+2), so a day shows the trades of two trading days before"
)
LARGEST = 16_000_000
MOST_ROWS = 200_000

_KNOWN = (
    "end of the day after the first day, when the site offers it (as its public readers show; the hour is not told)"
)
_BASES = {
    SHARES: "shares held in the clearing system through this participant",
    PERCENT: "% of the issued shares, as the clearing system prints it and by the number of shares it has on file",
    CODE: "stock code in the clearing system",
    ISSUED: "issued shares by the clearing system's file (its last updated figure)",
}
_UNITS = {SHARES: "shares", PERCENT: "pct", ISSUED: "shares", CODE: "text"}
_ID = re.compile(r"[A-Z][0-9]{5}")
_CODE = re.compile(r"[0-9]{5}")
_ISO = re.compile(r"(20[0-9]{2})[-/]([01][0-9])[-/]([0-3][0-9])")
_CSV = ("id", "name", "shareholdingdecimal", "percentage")
_CSV_ASIDE = frozenset({"cumulativepercentage"})
_IN_NAME = re.compile(r"(?<![0-9])([0-9]{5})_(20[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])")
_ENTRY = {"StockCode", "AsOf", "StockName", "Holdings"}
_ROW = {"Name", "Address", "Shareholding", "Percent", "ShareholdingNumber", "PercentNumber"}
_DAY = timedelta(days=1)


class _Cell(msgspec.Struct, frozen=True):
    """One figure of one day: where it stands and how it is printed. note: what must be said of it."""

    number: Number
    where: str
    literal: str
    note: str | None = None


Figures = dict[tuple[str, str | None], dict[date, _Cell]]
"""Figures of one stock by measure with participant, and day."""
Days = dict[str, Figures]
_NO_NUMBER = Number(Decimal(0))  # of a stock code, which is a word


def read(document: Document) -> Reading | None:
    """The holdings in a document, as facts; None where it is none of the three kinds. See `_runs` for what is one fact."""
    problems: list[Problem] = []
    told = _told(document, problems)
    if told is None:
        return None
    facts = tuple(
        Read(fact, cell.where) for subject, figures in sorted(told.items()) for fact, cell in _runs(subject, figures)
    )
    return Reading(reader=READER, facts=facts, problems=tuple(problems))


def quote(document: Document, locator: str) -> str | None:
    """The figure as printed at a place ("2021/01/29, C00019, column Shareholding"); None where there is none."""
    told = _told(document, [])
    cells = (cell for figures in (told or {}).values() for days in figures.values() for cell in days.values())
    return next((cell.literal for cell in cells if cell.where == locator), None)


def _told(document: Document, problems: list[Problem]) -> Days | None:
    """Every figure of the document by day, and what could not be read."""
    snapshots = _snapshots(document, problems)
    if snapshots is None:
        return None
    told: Days = defaultdict(lambda: defaultdict(dict))
    for snapshot in snapshots:
        _enter(told, snapshot, problems)
    return told


def _snapshots(document: Document, problems: list[Problem]) -> Iterable[Snapshot] | None:
    start = document.data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"[", b"{"):
        if b'"Holdings"' not in document.data or b'"StockCode"' not in document.data:
            return None
        kind = _json
    elif start.lower().startswith(b"id,name,shareholdingdecimal,percentage"):
        kind = _csv
    elif clearing_page.is_page(document):
        return clearing_page.snapshots(document, problems)
    else:
        return None
    if len(document.data) > LARGEST:
        problems.append(
            _unfit("the document", f"{len(document.data):,} bytes", f"more than {LARGEST:,} bytes; split it")
        )
        return ()
    return kind(document, problems)


def _json(document: Document, problems: list[Problem]) -> Iterator[Snapshot]:
    """A list of days: StockCode, AsOf, Holdings by participant id. Figures are read as printed, not as derived."""
    try:
        whole = json.loads(document.data, object_pairs_hook=_pairs, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        problems.append(_unfit("the document", printable(str(error)), "not JSON that can be read"))
        return
    for n, day in enumerate(whole if isinstance(whole, list) else [whole], 1):
        holdings = day.get("Holdings") if isinstance(day, dict) else None
        if not isinstance(day, dict) or not isinstance(holdings, dict):
            problems.append(_unfit(f"entry {n}", printable(str(day)[:200]), "no day with StockCode, AsOf and Holdings"))
            continue
        if unknown := day.keys() - _ENTRY:
            message = "keys that are not known and were not read"
            found = printable(", ".join(sorted(unknown)))
            problems.append(Problem(severity=Severity.NOTE, where=f"entry {n}", found=found, message=message))
        told = str(day.get("AsOf", ""))
        lines = tuple(_json_line(told, key, row) for key, row in holdings.items())
        yield Snapshot(str(day.get("StockCode", "")), told, f"{printable(told)}, column StockCode", lines)


def _json_line(told: str, key: str, row: object) -> Line:
    where = f"{printable(told)}, {printable(key.partition(_TWICE)[0])}, column "
    if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()) or row.keys() - _ROW:
        return Line(key, None, str(row)[:200], "", where + "Shareholding", where + "Percent")
    name, shares, percent = (row.get(k, "") for k in ("Name", "Shareholding", "Percent"))
    return Line(key, name, shares, percent, where + "Shareholding", where + "Percent")


_TWICE = "\x00again"


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON in which a key that stands twice is not lost."""
    found: dict[str, object] = {}
    for n, (key, value) in enumerate(pairs):
        found[f"{key}{_TWICE}{n}" if key in found else key] = value
    return found


def _csv(document: Document, problems: list[Problem]) -> Iterator[Snapshot]:
    """One day: ID, Name, ShareholdingDecimal, Percentage. The stock code and the day stand in the file's name alone."""
    name = _IN_NAME.search(document.name)
    if name is None:
        message = "neither code nor day stand in the table: name the file like ccass_00020_2026-07-05.csv"
        problems.append(_unfit("the file's name", printable(document.name), message))
        return
    try:
        rows = list(csv.reader(io.StringIO(document.data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(_unfit("the table", printable(str(error)), "not CSV in UTF-8"))
        return
    columns = [cell.strip().lower() for cell in rows[0]]
    if any(columns.count(column) != 1 for column in _CSV) or len(rows) > MOST_ROWS:
        message = (
            f"not a table with one column each of ID, Name, ShareholdingDecimal, Percentage and {MOST_ROWS:,} rows"
        )
        problems.append(_unfit("row 1", printable(",".join(rows[0])), message))
        return
    if unknown := [c for c in columns if c not in _CSV and c not in _CSV_ASIDE]:
        message = "columns that are not known and were not read"
        problems.append(
            Problem(severity=Severity.NOTE, where="row 1", found=printable(", ".join(unknown)), message=message)
        )
    lines = []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        where = f"row {number}, column "
        if len(cells) != len(columns):
            problems.append(_unfit(f"row {number}", printable(",".join(cells)), "not as many cells as columns"))
            continue
        row = dict(zip(columns, cells, strict=True))
        at = (where + "ShareholdingDecimal", where + "Percentage")
        lines.append(Line(row["id"], row["name"], row["shareholdingdecimal"], row["percentage"], *at))
    yield Snapshot(name[1], name[2], "the file's name", tuple(lines), named=True)


def _enter(told: Days, snapshot: Snapshot, problems: list[Problem]) -> None:
    """The figures of one day, into all. A row that cannot be read is one quarantined input."""
    day = _day(snapshot.day)
    if not _CODE.fullmatch(snapshot.code) or day is None:
        found = printable(f"{snapshot.code} {snapshot.day}")
        problems.append(_unfit(snapshot.where, found, "not told of which stock (five digits) and day"))
        return
    figures = told[f"hk:{snapshot.code}"]
    note = "stock and day as the file is named" if snapshot.named else None
    figures[CODE, snapshot.code][day] = _Cell(_NO_NUMBER, snapshot.where, snapshot.code, note)
    twice: set[str] = set()
    for line in snapshot.lines:
        item = _item(line)
        shares, percent = values.count(line.shares, line.at), values.percent(line.percent, line.at_percent)
        if item is None or not isinstance(shares, Number) or shares.value % 1:
            found = " ".join((line.key.partition(_TWICE)[0], line.name or "", line.shares))
            problems.append(_unfit(line.at, printable(found), "no participant with a whole number of shares"))
            continue
        cell = _Cell(shares, line.at, line.shares, note)
        if item in twice or figures[SHARES, item].setdefault(day, cell).number != shares:
            twice.add(item)
            figures[SHARES, item].pop(day, None)
            figures[PERCENT, item].pop(day, None)
            message = "this participant has two different figures for the day; none of them is taken in"
            problems.append(_unfit(line.at, printable(f"{item} {line.shares}"), message))
        elif isinstance(percent, Number):
            figures[PERCENT, item].setdefault(day, _Cell(percent, line.at_percent, line.percent, note))
        elif isinstance(percent, Problem):
            problems.append(percent)
    _on_file(figures, snapshot, day, problems)


def _on_file(figures: Figures, snapshot: Snapshot, day: date, problems: list[Problem]) -> None:
    """The issued shares that the page prints behind its percentages."""
    if snapshot.issued is None:
        return
    text, where = snapshot.issued
    issued = values.count(text, where)
    if isinstance(issued, Number):
        figures[ISSUED, None].setdefault(day, _Cell(issued, where, text))
    elif isinstance(issued, Problem):
        problems.append(issued)


def _item(line: Line) -> str | None:
    """Id and name of a participant; the name alone for investors, who have no id on the page (marked *)."""
    name = printable(line.name or "")
    key = line.key.strip()
    if not name or len(name) > 200:
        return None
    if _ID.fullmatch(key):
        return f"{key} {name}"
    return name if not key else None


def _runs(subject: str, figures: Figures) -> Iterator[tuple[Fact, _Cell]]:
    """One fact for each figure and unbroken run of days on which it stands, cited where it stands first."""
    for (measure, item), days in sorted(figures.items(), key=lambda f: (f[0][0], f[0][1] or "")):
        ordered = sorted(days)
        breaks = [
            n for n, (one, other) in enumerate(pairwise(ordered), 1)
            if other - one != _DAY or days[one].number != days[other].number
        ]  # fmt: skip
        for start, end in zip([0, *breaks], [*breaks, len(ordered)], strict=True):
            if start < end:
                cell = days[ordered[start]]
                yield _fact(subject, measure, item, (ordered[start], ordered[end - 1]), cell), cell


def _fact(subject: str, measure: str, item: str | None, days: tuple[date, date], cell: _Cell) -> Fact:
    first, last = days
    word = measure == CODE
    return Fact(
        subject=subject,
        measure=measure,
        item=None if word else item,
        period=first.isoformat() if first == last else f"{first}..{last}",
        number=None if word else cell.number,
        text=item if word else None,
        unit=_UNITS[measure],
        basis=_BASES[measure],
        known_from=end_of_day(first + _DAY, ZONE),
        known_basis=_KNOWN,
        doubt=None if word else CAUTION,
        note=cell.note,
    )


def _day(told: str) -> date | None:
    match = _ISO.fullmatch(told)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _unfit(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where=where, found=found, message=message)
