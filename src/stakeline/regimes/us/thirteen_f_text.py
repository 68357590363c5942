"""Form 13F as text, as it was filed until the XML of 2013: the cover by its printed labels, the table line by line.

The lines of the table are read by `thirteen_f_lines`. A table of which not every declared row was read is no table: the report is kept
out whole. Labels follow the form's printed text (17 CFR 249.325).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from stakeline.model.numbers import Number
from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us import thirteen_f_html, thirteen_f_lines
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Record
from stakeline.regimes.us.submissions import Submission
from stakeline.regimes.us.thirteen_f import READER, TYPES, made
from stakeline.regimes.us.thirteen_f_cells import LONGEST_LINE, Row
from stakeline.regimes.us.thirteen_f_columns import Cells, Columns

LARGEST = 40_000_000
"""Bytes of the text of a report."""
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
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_ROWS = re.compile(r"<tr\b", re.IGNORECASE)
_WRAPPING = re.compile(
    r"</?(?:html|head|body|pre|p|b|i|u|font|div|center|title|br)\b[^<>]{0,300}>|&(?:nbsp|amp);(?=\s)", re.IGNORECASE
)
_BOX = r"[\[(|/][\s_]*([Xx]?)[\s_]*[\])|/]"
_TOTAL = r"(?:\s*\([^()\n]{1,40}\))?[\s._:$-]*"
_LABELS = {
    "period": re.compile(
        r"Quarter Ended:?\s*([A-Za-z]+ +[0-9]{1,2}, *[0-9]{4}|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4})", re.IGNORECASE
    ),
    "name": re.compile(r"^\s*Name:[ \t]*(\S.*?)\s*$", re.MULTILINE | re.IGNORECASE),
    "file_number": re.compile(r"13F File (?:Number|No\.?):?\s*([0-9]{2,3}-[0-9]{2,6})", re.IGNORECASE),
    "told_managers": re.compile(r"Number of Other Included Managers:\s*([0-9,]+)", re.IGNORECASE),
    "told_rows": re.compile(rf"Information Table Entry Total{_TOTAL}([0-9][0-9,]*)", re.IGNORECASE),
    "told_value": re.compile(
        rf"Information Table Value Total{_TOTAL}([0-9][0-9,]*+(?:\.[0-9]+)?+)(?!\s*[mb]illion)", re.IGNORECASE
    ),
    "number": re.compile(r"Amendment Number:?\s*([0-9]{1,3})", re.IGNORECASE),
}
_KINDS = ("13F HOLDINGS REPORT", "13F NOTICE", "13F COMBINATION REPORT")
_OMITTED = re.compile(r"confidential\s+information\s+has\s+been\s+omitted", re.IGNORECASE)
"""The form's own sentence where holdings are left out (Form 13F, instructions for confidential treatment)."""
_INCLUDED = re.compile(r"List of Other Included Managers:", re.IGNORECASE)
_MANAGER = re.compile(r"^\s*([0-9]{1,3})\.?\s+(?:((?:0?28)-[0-9]{2,6}|0?28-)\s+)?(\S.*?)\s*$")
_MOST_ROWS = 300_000


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


def lines(filing: Submission) -> Iterator[str]:
    """The rows of the table as they stand, blanks made one."""
    return (" ".join(row.line.split()) for row in thirteen_f_lines.rows(_text(filing)))


def _text(filing: Submission) -> str:
    """The texts of a submission, one behind the other; typed pages that were only wrapped in HTML are text, other HTML is typed."""
    parts = [filing.content(part) for part in filing.parts if part.kind in {"text", "html"}]
    return "\n".join(_typed(data) for data in parts)


def _typed(data: bytes) -> str:
    text = data.decode("latin-1")
    if _ROWS.search(text) is not None and _PRE.search(text) is None:
        return thirteen_f_html.typed(text)
    return _WRAPPING.sub("", text).expandtabs()


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
            told[field] = Number(Decimal(found[1].replace(",", "")).to_integral_value(ROUND_HALF_UP))
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
    if _OMITTED.search(text) is not None:
        told["omitted"] = True
    return {field: value for field, value in told.items() if value not in (None, [])}


def _ticked(label: str, text: str) -> bool:
    found = re.search(_BOX + r"\s*" + re.escape(label), text, re.IGNORECASE)
    return found is not None and bool(found[1])


def _included(text: str) -> Iterator[Record]:
    """The managers whose holdings are in the table, by number: the lines below their heading, often a table of their own, up to the next one."""
    start = _INCLUDED.search(text)
    if start is None:
        return
    some = False
    for line in text[start.end() :].split("\n", 200)[1:200]:
        found = _MANAGER.fullmatch(line[:LONGEST_LINE])
        if found is not None:
            some = True
            file_number = None if (found[2] or "-").endswith("-") else found[2]
            yield {"number": Number(Decimal(found[1])), "file_number": file_number, "name": " ".join(found[3].split())}
        elif (some and "<TABLE>" in line.upper()) or "INFORMATION TABLE" in line.upper() or _CUSIP.search(line):
            return


def _day(text: str) -> date | None:
    words = " ".join(text.replace(",", ", ").replace("/", "-").split())
    for shape in ("%B %d, %Y", "%b %d, %Y", "%m-%d-%Y", "%m-%d-%y"):
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
    rows = list(thirteen_f_lines.rows(text))
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
    rows, turned = _ordered(rows, told.get("told_value"))
    problems += turned
    columns = Columns(_FIELDS, _NUMBERS)
    columns.take([_cells(row) for row in rows])
    table = columns.table()
    problems += [p for p in columns.problems if p.message != "not told"]
    problems += _noted(rows)
    unsure = [(at, row.unsure) for at, row in enumerate(rows, start=1) if row.unsure]
    if unsure:
        message = f"{unsure[0][1]}; such cells are empty here and in {len(unsure) - 1:,} more rows"
        problems.append(Problem(severity=Severity.FIELD, where=f"row {unsure[0][0]}", found="", message=message))
    return table


def _ordered(rows: list[Row], declared: Number | None) -> tuple[list[Row], list[Problem]]:
    """The rows with value and amount in each other's place, where the value that the cover declares says so."""
    if declared is None or abs(declared.value - _sum(rows, "value")) <= len(rows):
        return rows, []
    if abs(declared.value - _sum(rows, "amount")) > len(rows):
        return rows, []
    message = "the column taken for amounts adds up to the value that the cover declares: it is taken for values"
    note = Problem(severity=Severity.NOTE, where="the order of the columns", found="", message=message)
    return [row.turned() for row in rows], [note]


def _sum(rows: list[Row], field: str) -> int:
    return sum(int(row.cells[field]) for row in rows)


def _noted(rows: list[Row]) -> Iterator[Problem]:
    """What of rows stands otherwise than in its cell; each said once, with the number of rows."""
    first = next((row.printed for row in rows if row.printed), "")
    for marked, found, message in (
        ([bool(row.printed) for row in rows], first, "a CUSIP not in nine places, whose check digit confirms it"),
        ([row.rounded for row in rows], "", "a figure with a fraction, which the form has not: rounded"),
        ([row.beside for row in rows], "", "words in a line of their own above it may be a part of its name, or of the name above them"),
    ):  # fmt: skip
        if any(marked):
            more = f"{message}; so in {sum(marked) - 1:,} more rows"
            yield Problem(
                severity=Severity.NOTE, where=f"row {marked.index(True) + 1}", found=found or "", message=more
            )


def _cells(row: Row) -> Cells:
    return tuple(row.cells[field].encode() if field in row.cells else None for field in _FIELDS)
