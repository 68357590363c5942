"""Form 13F as text, as it was filed until the XML of 2013: the cover by its printed labels, the table line by line.

No two filers' columns are alike, so a row is found by what only rows have: a CUSIP with its check digit, or blanks in its place below such a
row, and behind it value and amount. What cannot be told apart for certain is left out and said. A table of which not every declared row was
read is no table: the report is kept out whole. No real file was at hand to try this on; it follows the form's printed text (17 CFR 249.325).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from stakeline.model.numbers import Number
from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us.cusips import check_digit
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Record
from stakeline.regimes.us.submissions import Submission
from stakeline.regimes.us.thirteen_f import READER, TYPES, made
from stakeline.regimes.us.thirteen_f_columns import Cells, Columns

LARGEST = 40_000_000
"""Bytes of the text of a report."""
LONGEST_LINE = 1_000
_FIELDS = (
    "issuer",
    "title",
    "cusip",
    "value",
    "amount",
    "amount_type",
    "put_call",
    "discretion",
    "managers",
    "sole",
    "shared",
    "none",
)
_NUMBERS = frozenset({"value", "amount", "sole", "shared", "none"})
_CUSIP = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{3}[ -]?[0-9A-Z]{3}[ -]?[0-9A-Z]{2}[ -]?[0-9])(?![0-9A-Z])")
_GAP = re.compile(r" {2,}")
_BOX = r"\[\s*([Xx]?)\s*\]"
_DISCRETION = {
    "SOLE": "SOLE",
    "DEFINED": "DFND",
    "DFND": "DFND",
    "SHARED-DEFINED": "DFND",
    "OTHER": "OTR",
    "OTR": "OTR",
    "SHARED-OTHER": "OTR",
}
_TAIL = re.compile(
    r"\$?(?P<value>[0-9][0-9,]*)\s+(?P<amount>[0-9][0-9,]*)(?:\s*(?P<type>SH|PRN))?(?:\s+(?P<option>PUT|CALL))?"
    r"(?:\s+(?P<discretion>SHARED-DEFINED|SHARED-OTHER|SOLE|DEFINED|DFND|OTHER|OTR)(?![A-Z]))?(?P<rest>(?:\s+[0-9,]+)*)\s*"
)
_LABELS = {
    "period": re.compile(
        r"Quarter Ended:?\s*([A-Za-z]+ +[0-9]{1,2}, *[0-9]{4}|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4})", re.IGNORECASE
    ),
    "name": re.compile(r"^\s*Name:[ \t]*(\S.*?)\s*$", re.MULTILINE),
    "file_number": re.compile(r"Form 13F File Number:\s*([0-9]{2,3}-[0-9]{2,6})", re.IGNORECASE),
    "told_managers": re.compile(r"Number of Other Included Managers:\s*([0-9,]+)", re.IGNORECASE),
    "told_rows": re.compile(r"Information Table Entry Total:\s*([0-9,]+)", re.IGNORECASE),
    "told_value": re.compile(r"Information Table Value Total:\s*\$?\s*([0-9,]+)", re.IGNORECASE),
    "number": re.compile(r"Amendment Number:?\s*([0-9]{1,3})", re.IGNORECASE),
}
_KINDS = ("13F HOLDINGS REPORT", "13F NOTICE", "13F COMBINATION REPORT")
_INCLUDED = re.compile(r"List of Other Included Managers:", re.IGNORECASE)
_MANAGER = re.compile(r"^\s*([0-9]{1,3})\.?\s+(?:((?:0?28)-[0-9]{2,6})\s+)?(\S.*?)\s*$")
_MOST_ROWS = 300_000
_INDENT = 10
"""Blanks at the start of a line from which on nothing in it is a name."""


class _Row(NamedTuple):
    """A line of a table. cells: by field. unsure: what of it could not be told apart."""

    cells: dict[str, str]
    unsure: str | None


def read(filing: Submission, problems: list[Problem]) -> Reading:
    """The portfolio in a submission whose report is text."""
    form = filing.header.form or ""
    if form not in TYPES:
        return Reading(reader=READER, problems=(*problems, refused(form, "not a 13F-HR, 13F-NT or 13F-CTR")))
    text = _text(filing)
    told = _cover(text, form, filing)
    if not filing.whole:
        problems.append(refused(form, "the submission stops before its end, so that rows may be missing"))
    elif len(text) > LARGEST:
        problems.append(refused(form, f"a text of more than {LARGEST:,} characters, which no such report is"))
    else:
        table = _table(text, told, problems)
        if not isinstance(table, Problem):
            portfolio = made(told, table, filing.header, problems)
            return Reading(reader=READER, portfolios=(Read(portfolio),), problems=tuple(problems))
        problems.append(table)
    return Reading(reader=READER, problems=tuple(problems))


def _text(filing: Submission) -> str:
    """The texts of a submission, one behind the other."""
    parts = [filing.content(part) for part in filing.parts if part.kind == "text"]
    return "\n".join(part.decode("latin-1").expandtabs() for part in parts)


# The cover.


def _cover(text: str, form: str, filing: Submission) -> Record:
    """The cover by our names, as the XML's is. What its labels do not tell, the submission's header does, or nobody."""
    header = filing.header
    told: Record = {"type": form}
    for field, pattern in _LABELS.items():
        found = pattern.search(text)
        if found is not None and field in {"name", "file_number"}:
            told[field] = " ".join(found[1].split())
        elif found is not None and field == "period":
            told[field] = _day(found[1])
        elif found is not None:
            told[field] = Number(Decimal(found[1].replace(",", "") or "0"))
    told = {field: value for field, value in told.items() if value is not None}
    filer = next((p for p in header.parties if p.role == "filer"), None)
    if filer is not None:
        told["code"] = filer.cik
        told.setdefault("name", filer.name)
    if header.period is not None:
        told["header_period"] = header.period
    ticked = [kind for kind in _KINDS if _ticked(kind, text)]
    if len(ticked) == 1:
        told["report"] = ticked[0]
    if form.endswith("/A"):
        does = [
            word
            for word, label in (("RESTATEMENT", "is a restatement"), ("NEW HOLDINGS", "adds new holdings"))
            if _ticked(label, text)
        ]
        told |= {"amending": does[0]} if len(does) == 1 else {}
    told["included"] = list(_included(text))
    return {field: value for field, value in told.items() if value not in (None, [])}


def _ticked(label: str, text: str) -> bool:
    found = re.search(_BOX + r"\s*" + re.escape(label), text, re.IGNORECASE)
    return found is not None and bool(found[1])


def _included(text: str) -> Iterator[Record]:
    """The managers whose holdings are in the table, by number: the lines below their heading, up to the table."""
    start = _INCLUDED.search(text)
    if start is None:
        return
    for line in text[start.end() :].split("\n", 200)[1:200]:
        found = _MANAGER.fullmatch(line[:LONGEST_LINE])
        if found is not None:
            yield {"number": Number(Decimal(found[1])), "file_number": found[2], "name": " ".join(found[3].split())}
        elif "<TABLE>" in line.upper() or "INFORMATION TABLE" in line.upper() or _CUSIP.search(line):
            return


def _day(text: str) -> date | None:
    words = " ".join(text.replace(",", ", ").replace("/", "-").split())
    for shape in ("%B %d, %Y", "%b %d, %Y", "%m-%d-%Y"):
        try:
            return datetime.strptime(words, shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


# The table.


def _table(text: str, told: Record, problems: list[Problem]) -> HoldingTable | Problem | None:
    """The table, or the problem that keeps the report out; None where the form has none."""
    if told.get("report") == "13F NOTICE" or told["type"].startswith("13F-NT"):
        return None
    rows = list(_rows(text))
    declared = told.get("told_rows")
    if not isinstance(declared, Number):
        return refused(
            f"{len(rows):,} rows seen",
            "a table as text without the number of its rows: whether all were read cannot be told",
        )
    if len(rows) != int(declared.value):
        return refused(
            f"{len(rows):,} rows seen",
            f"the cover declares {declared.value:,} rows: not every line of the table could be read",
        )
    if len(rows) > _MOST_ROWS:
        return refused("", f"more than {_MOST_ROWS:,} rows")
    columns = Columns(_FIELDS, _NUMBERS)
    columns.take([_cells(row) for row in rows])
    table = columns.table()
    problems += [p for p in columns.problems if p.message != "not told"]
    unsure = [(at, row.unsure) for at, row in enumerate(rows, start=1) if row.unsure]
    if unsure:
        message = f"{unsure[0][1]}; such cells are empty here and in {len(unsure) - 1:,} more rows"
        problems.append(Problem(severity=Severity.FIELD, where=f"row {unsure[0][0]}", found="", message=message))
    return table


def _cells(row: _Row) -> Cells:
    return tuple(row.cells[field].encode() if field in row.cells else None for field in _FIELDS)


def _rows(text: str) -> Iterator[_Row]:
    """The rows, top to bottom. A line that has blanks where the row above has name and CUSIP is of the same security."""
    above: dict[str, str] = {}
    for line in text.split("\n"):
        if not line.strip() or len(line) > LONGEST_LINE:
            continue
        upper = line.upper().rstrip()
        found = _security(upper)
        if found is None:
            tail = _TAIL.fullmatch(upper.strip())
            if not above or tail is None or tail["discretion"] is None or not line.startswith(" " * _INDENT):
                continue
            security = above
        else:
            at, end, cusip = found
            tail = _TAIL.fullmatch(upper[end:].strip())
            if tail is None:
                continue
            security = above = _named(line[:at], cusip)
        yield _row(security, tail)


def _security(upper: str) -> tuple[int, int, str] | None:
    """Where a line's CUSIP stands, and the CUSIP: the first text of its shape with the right check digit."""
    found = _CUSIP.search(upper)
    while found is not None:
        cusip = re.sub(r"[ -]", "", found[1])
        if check_digit(cusip[:8]) == int(cusip[8]) and any(c.isdigit() for c in cusip[:3]):
            return found.start(), found.end(), cusip
        found = _CUSIP.search(upper, found.start() + 1)
    return None


def _named(before: str, cusip: str) -> dict[str, str]:
    """Name and title from what stands before the CUSIP, apart by two blanks or more. Of one text alone its place tells which."""
    parts = [part for part in _GAP.split(before.strip()) if part]
    security = {"cusip": cusip}
    if len(parts) > 1:
        security |= {"issuer": " ".join(parts[:-1]), "title": parts[-1]}
    elif parts:
        security["title" if before.startswith(" " * _INDENT) else "issuer"] = parts[0]
    return security


def _row(security: dict[str, str], tail: re.Match[str]) -> _Row:
    cells = security | {"value": _digits(tail["value"]), "amount": _digits(tail["amount"])}
    if tail["type"]:
        cells["amount_type"] = tail["type"]
    if tail["option"]:
        cells["put_call"] = tail["option"].capitalize()
    if tail["discretion"]:
        cells["discretion"] = _DISCRETION[tail["discretion"]]
    *managers, sole, shared, none = tail["rest"].split() if len(tail["rest"].split()) > 2 else (None,) * 3
    if sole is not None and shared is not None and none is not None:
        cells |= {"sole": _digits(sole), "shared": _digits(shared), "none": _digits(none)}
    if managers:
        cells["managers"] = ",".join(m.strip(",") for m in managers if m)
    return _Row(cells, "; ".join(_unsure(cells)) or None)


def _unsure(cells: dict[str, str]) -> Iterator[str]:
    """What of a row could not be told apart, or is not there."""
    if "issuer" not in cells:
        yield "no name of an issuer stands in its line"
    if "amount_type" not in cells:
        yield "whether shares or principal are counted is not told"
    if "discretion" not in cells:
        yield "no investment discretion is told that we know"
    if "sole" not in cells:
        yield "voting authority is not told in three numbers, so that their columns cannot be told"


def _digits(text: str) -> str:
    return text.replace(",", "")
