"""Fact tables: CSV files with sources, recognised by their header. docs/fact-tables.md describes them for their authors.

Three kinds, each with its reader: notices as the press or an announcement tells them, facts in long form, daily prices.
A row that does not fit is quarantined with its column and what to do; the other rows stand.
"""

import csv
import io
import re
from collections.abc import Iterator

from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.law import Box
from stakeline.model.notices import Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import factlong, factnotices, factprices
from stakeline.reading.factcells import Cells, Remark, Unfit
from stakeline.reading.factkinds import Kind

MOST_BYTES = 64_000_000
MOST_ROWS = 200_000
_HEADER_BYTES = 20_000
_LOCATOR = re.compile(r"row ([0-9]{1,9})(?:, column (.+))?", re.DOTALL)
_KINDS = (factnotices.KIND, factlong.KIND, factprices.KIND)
_BY_FORM = {
    "press": factnotices.KIND,
    "announcement": factnotices.KIND,
    "facts": factlong.KIND,
    "prices": factprices.KIND,
}


class _Halt(Exception):
    """The table cannot be read on. where, found, and the text: what to say about it."""

    def __init__(self, where: str, found: str, message: str) -> None:
        super().__init__(message)
        self.where = where
        self.found = found

    def problem(self) -> Problem:
        return Problem(severity=Severity.INPUT, where=self.where, found=printable(self.found), message=str(self))


def recognise(document: Document, *, nearest: bool = True) -> str | None:
    """The reader that fits the document's header ("facts/notices", "facts/facts", "facts/prices"), or None.

    nearest: a file named .csv whose header fits none gets the nearest, so that `read` can say which columns are missing.
    """
    kind = _kind(document, nearest=nearest)
    return kind.reader if kind else None


def read(document: Document) -> Reading:
    """Every row of the table as notices or facts, and what could not be taken in."""
    kind = _kind(document)
    if kind is None:
        return Reading(reader=None)
    notices: list[Read[Notice]] = []
    facts: list[Read[Fact]] = []
    problems: list[Problem] = []
    try:
        for number, cells in _cells(document, kind, problems):
            try:
                for body, column in kind.read_row(cells):
                    locator = f"row {number}, column {column}" if column else f"row {number}"
                    if isinstance(body, Notice):
                        notices.append(Read(body, locator))
                    else:
                        facts.append(Read(body, locator))
            except Unfit as unfit:
                problems.append(_problem(number, unfit))
    except _Halt as halt:
        problems.append(halt.problem())
    return Reading(reader=kind.reader, notices=tuple(notices), facts=tuple(facts), problems=tuple(problems))


def cite(form: str, path: str) -> Box | None:
    """The column that keeps a field. form: "press", "announcement", "facts" or "prices"; path: our name of the field."""
    kind = _BY_FORM.get(form)
    return kind.boxes.get(path) if kind else None


def quote(document: Document, locator: str, path: str = "") -> str | None:
    """The cell as it stands in the table, made safe to print; None where there is no such place.

    locator: "row 3, column close", or "row 3" and the field's path.
    """
    kind, match = _kind(document), _LOCATOR.fullmatch(locator)
    if kind is None or match is None:
        return None
    box = kind.boxes.get(path)
    wanted = match[2] or (box.element.removeprefix("column ") if box else path)
    try:
        rows = _rows(document)
        header = _named(next(rows)[1], kind)
        values = next((values for number, values in rows if number == int(match[1])), [])
    except (_Halt, StopIteration):
        return None
    return printable(values[header.index(wanted)]) if wanted in header and header.index(wanted) < len(values) else None


def _kind(document: Document, *, nearest: bool = True) -> Kind | None:
    """The kind of table that the header fits, or the nearest where the name says that it is a table."""
    data = document.data[:_HEADER_BYTES]
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[", b"%", b""):
        return None  # nearly every document, and then it need not be decoded
    start = data.decode("utf-8-sig", errors="replace")
    try:
        header = next(csv.reader(io.StringIO(start, newline="")))
    except csv.Error:
        return None
    if any("\0" in cell for cell in header):
        return None
    for kind in _KINDS:
        if not _missing(kind, _named(header, kind), document.name):
            return kind
    if not nearest or not document.name.lower().endswith(".csv"):
        return None
    return max(_KINDS, key=lambda kind: len(kind.columns.keys() & set(_named(header, kind))) / len(kind.columns))


def _missing(kind: Kind, columns: list[str], name: str) -> list[str]:
    """The columns that a header lacks."""
    return [c for c in kind.required if c not in columns and c not in kind.defaults(columns, name)]


def _named(header: list[str], kind: Kind) -> list[str]:
    """The header's columns under our names: lower case, underlines for spaces, no currency."""
    return [kind.canonical("_".join(cell.lower().split())) for cell in header]


def _rows(document: Document) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, numbered from 1 as a spreadsheet does (the header is row 1)."""
    if len(document.data) > MOST_BYTES:
        raise _Halt("the table", f"{len(document.data)} bytes", f"more than {MOST_BYTES} bytes; split the table")
    try:
        text = document.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "not UTF-8; save the table as CSV in UTF-8"
        raise _Halt(f"byte {error.start}", repr(error.object[error.start : error.start + 8]), message) from None
    number = 0
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if number > MOST_ROWS + 1:
                raise _Halt(
                    f"row {number}", "", f"more than {MOST_ROWS} rows; nothing from here on was read, split the table"
                )
            if any(values):
                yield number, values
    except csv.Error as error:
        message = f"nothing from here on was read: {error}; look for a quotation mark that is not closed"
        raise _Halt(f"row {number + 1}", "", message) from None


def _cells(document: Document, kind: Kind, problems: list[Problem]) -> Iterator[tuple[int, Cells]]:
    """The rows under the header as cells by column. What is wrong with single rows goes to problems."""
    rows = _rows(document)
    header = next(rows, (1, []))[1]
    columns = _named(header, kind)
    _check_header(kind, columns, document.name)
    known = kind.columns.keys() | set(kind.ignored)
    if unread := [cell for cell, column in zip(header, columns, strict=True) if column not in known]:
        found = printable(", ".join(unread))
        message = "columns that this kind of table does not have; they were not read"
        problems.append(Problem(severity=Severity.NOTE, where="row 1", found=found, message=message))
    defaults = kind.defaults(["_".join(cell.lower().split()) for cell in header], document.name)
    seen: dict[str, int] = {}
    for number, values in rows:
        cells = dict(zip(columns, values, strict=False))
        key = cells.get(kind.key or "", "").strip()
        if len(values) != len(columns):
            message = f"{len(values)} cells under {len(columns)} columns; put quotation marks around cells with commas"
            problems.append(_problem(number, Unfit("", ",".join(values), message)))
        elif key in seen:
            problems.append(_problem(number, Unfit(kind.key or "", key, f"used already in row {seen[key]}")))
        else:
            if key:
                seen[key] = number
            yield number, Cells(defaults | cells)


def _check_header(kind: Kind, columns: list[str], name: str) -> None:
    """Stops at a header that lacks a column or has one twice."""
    if missing := _missing(kind, columns, name):
        wanted = "; ".join(f"{column} ({kind.columns[column]})" for column in missing)
        table = kind.reader.removeprefix("facts/")
        message = f"as a table of {table} it lacks the columns: {wanted}. docs/fact-tables.md shows how to write it"
        raise _Halt("row 1", ",".join(columns), message)
    if twice := next((c for c in columns if c in kind.columns and columns.count(c) > 1), None):
        raise _Halt("row 1", twice, "this column stands there twice; leave one")


def _problem(number: int, unfit: Unfit) -> Problem:
    """What kept a row from being taken in."""
    severity = Severity.NOTE if isinstance(unfit, Remark) else Severity.INPUT
    where = f"row {number}, column {unfit.column}" if unfit.column else f"row {number}"
    return Problem(severity=severity, where=where, found=printable(unfit.found), message=str(unfit))
