"""Form 13F as text, as it was filed until the XML of 2013: the cover by its printed labels, the table line by line.

The lines of the table are read by `thirteen_f_lines`. A table of which not every declared row was read is no table: the report is kept
out whole. Labels follow the form's printed text (17 CFR 249.325).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from stakeline.model.numbers import Number
from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us import thirteen_f_lines
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Record
from stakeline.regimes.us.submissions import Submission
from stakeline.regimes.us.thirteen_f import READER, TYPES, made
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
_PRE = re.compile(rb"<pre\b", re.IGNORECASE)
_WRAPPING = re.compile(
    r"</?(?:html|head|body|pre|p|b|i|u|font|div|center|title|br)\b[^<>]{0,300}>|&(?:nbsp|amp);(?=\s)", re.IGNORECASE
)
_BOX = r"\[\s*([Xx]?)\s*\]"
_LABELS = {
    "period": re.compile(
        r"Quarter Ended:?\s*([A-Za-z]+ +[0-9]{1,2}, *[0-9]{4}|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4})", re.IGNORECASE
    ),
    "name": re.compile(r"^\s*Name:[ \t]*(\S.*?)\s*$", re.MULTILINE),
    "file_number": re.compile(r"Form 13F File Number:\s*([0-9]{2,3}-[0-9]{2,6})", re.IGNORECASE),
    "told_managers": re.compile(r"Number of Other Included Managers:\s*([0-9,]+)", re.IGNORECASE),
    "told_rows": re.compile(r"Information Table Entry Total:[\s._:$-]*([0-9][0-9,]*)", re.IGNORECASE),
    "told_value": re.compile(r"Information Table Value Total:[\s._:$-]*([0-9][0-9,]*)", re.IGNORECASE),
    "number": re.compile(r"Amendment Number:?\s*([0-9]{1,3})", re.IGNORECASE),
}
_KINDS = ("13F HOLDINGS REPORT", "13F NOTICE", "13F COMBINATION REPORT")
_INCLUDED = re.compile(r"List of Other Included Managers:", re.IGNORECASE)
_MANAGER = re.compile(r"^\s*([0-9]{1,3})\.?\s+(?:((?:0?28)-[0-9]{2,6})\s+)?(\S.*?)\s*$")
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


def _text(filing: Submission) -> str:
    """The texts of a submission, one behind the other; typed pages that were only wrapped in HTML are text."""
    parts = [(part.kind, filing.content(part)) for part in filing.parts if part.kind in {"text", "html"}]
    texts = [data.decode("latin-1") for kind, data in parts if kind == "text" or _PRE.search(data)]
    return "\n".join(_WRAPPING.sub("", text).expandtabs() for text in texts)


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
        found = _MANAGER.fullmatch(line[: thirteen_f_lines.LONGEST_LINE])
        if found is not None:
            yield {"number": Number(Decimal(found[1])), "file_number": found[2], "name": " ".join(found[3].split())}
        elif "<TABLE>" in line.upper() or "INFORMATION TABLE" in line.upper() or _CUSIP.search(line):
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
    columns = Columns(_FIELDS, _NUMBERS)
    columns.take([_cells(row) for row in rows])
    table = columns.table()
    problems += [p for p in columns.problems if p.message != "not told"]
    problems += _restored(rows)
    unsure = [(at, row.unsure) for at, row in enumerate(rows, start=1) if row.unsure]
    if unsure:
        message = f"{unsure[0][1]}; such cells are empty here and in {len(unsure) - 1:,} more rows"
        problems.append(Problem(severity=Severity.FIELD, where=f"row {unsure[0][0]}", found="", message=message))
    return table


def _restored(rows: list[thirteen_f_lines.Row]) -> Iterator[Problem]:
    """That CUSIPs were printed without the zeros in front, as a spreadsheet leaves them."""
    short = [(at, row.printed) for at, row in enumerate(rows, start=1) if row.printed]
    if short:
        message = (
            f"a CUSIP without its leading zeros, which its check digit confirms; so in {len(short) - 1:,} more rows"
        )
        yield Problem(severity=Severity.NOTE, where=f"row {short[0][0]}", found=short[0][1] or "", message=message)


def _cells(row: thirteen_f_lines.Row) -> Cells:
    return tuple(row.cells[field].encode() if field in row.cells else None for field in _FIELDS)
