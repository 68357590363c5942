"""Collections of notices that other people made from the register's pages, recognised by their structure.

They stand below the register's own pages: what a collection derived is not taken for filed, and every notice from one
says so. Four shapes are known:

* `histories`: JSON, notices of one person in each of several companies, or of one person, with serial numbers;
* `balances`: JSON, consolidated lists of several companies, without serial numbers;
* `rows`: lines of JSON, rows of the list of a company's notices;
* `dates`: CSV, rows of the list by date of the system used until 2017, without serial numbers and codes.
"""

import csv
import re
from typing import Any

from stakeline.model.documents import Document
from stakeline.model.law import Box
from stakeline.model.notices import Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading
from stakeline.regimes.hk.collected import balances, dates, histories, rows
from stakeline.regimes.hk.collected.literals import parsed

_MARKS = {
    histories: (b'"records"', b'"shareholder"'),
    balances: (b'"shareholders"', b'"lastNoticeDate"'),
}
_LINE_MARKS = (b'"serial"', b'"event_date"', b'"stock_code"', b'"holder"')
_PLACE = re.compile(
    r"(?:company (?P<company>[0-9]{1,5}), )?(?P<list>record|shareholder) (?P<number>[0-9]{1,9}), (?P<key>\w+)", re.ASCII
)


def recognise(document: Document) -> str | None:
    """The form of the collection that the document looks like ("collected rows"), or None."""
    data = document.data
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        first = data[: data.find(b"\n")] if b"\n" in data else data
        if all(mark in first for mark in _LINE_MARKS):
            return rows.FORM
        return next((shape.FORM for shape, marks in _MARKS.items() if all(m in data for m in marks)), None)
    return dates.FORM if start in (b"D", b'"') and dates.fits(data) else None


def read(document: Document) -> Reading | None:
    """The notices in a collection; None where the document is none of a shape that we know."""
    form = recognise(document)
    if form is None:
        return None
    problems: list[Problem] = []
    notices: tuple[Read[Notice], ...] = ()
    if form == dates.FORM:
        notices = tuple(dates.read(document.data, problems))
    elif form == rows.FORM:
        notices = tuple(rows.read(document.data, problems))
    else:
        told = parsed(document.data)
        if isinstance(told, Problem):
            problems.append(told)
        elif (shape := _shape(told)) is None:
            message = "looks like a collection of notices, but its parts do not stand where they do in one"
            problems.append(Problem(severity=Severity.INPUT, where="document", found="", message=message))
        else:
            notices = tuple(shape.read(told, problems))
    return Reading(reader=f"hk/{form}", notices=notices, problems=tuple(problems))


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place: "company 00308, record 2, shares", "line 3, long_pct", "row 12, column Code"."""
    row, _, key = locator.partition(", ")
    number = row.partition(" ")[2]
    form = recognise(document)
    if form == dates.FORM:
        return _of_table(document.data, number, key.removeprefix("column "))
    if form == rows.FORM:
        lines = document.data.splitlines()
        if not number.isascii() or not number.isdigit() or not 0 < int(number) <= len(lines):
            return None
        told = parsed(lines[int(number) - 1])
        return _text(told.get(key)) if rows.fits(told) else None
    told = parsed(document.data)
    return _of_parts(told, locator) if _shape(told) is not None else None


def boxes() -> dict[str, dict[str, Box]]:
    """For each shape where it keeps a field, to cite by."""
    found = {shape.FORM: dict(shape.COLUMNS) for shape in (histories, balances, rows)}
    told = {
        form: {path: Box(path=path, element=key, label=f"field {key}") for path, key in columns.items()}
        for form, columns in found.items()
    }
    told[dates.FORM] = dates.boxes()
    return told


def _shape(told: Any) -> Any:
    return next((shape for shape in _MARKS if shape.fits(told)), None)


def _of_parts(told: Any, locator: str) -> str | None:
    """A field of a record or of the company it stands under."""
    match = _PLACE.fullmatch(locator)
    if match is None:
        return None
    company = told["companies"].get(match["company"], {}) if match["company"] else told
    records = company.get("shareholders" if match["list"] == "shareholder" else "records")
    number, key = int(match["number"]), match["key"]
    if not isinstance(records, list) or not 0 < number <= len(records) or not isinstance(records[number - 1], dict):
        return None
    # What is told once for all records is cited with the record: its own fields come first.
    return _text(records[number - 1].get(key, company.get(key)))


def _of_table(data: bytes, number: str, column: str) -> str | None:
    columns = list(dates.COLUMNS.values())
    if not number.isascii() or not number.isdigit() or column.partition(", ")[0] not in columns:
        return None
    try:
        cells = next((cells for n, cells in dates.lines(data) if n == int(number)), [])
    except (ValueError, csv.Error):
        return None
    at = columns.index(column.partition(", ")[0])
    return " ".join(cells[at].split()) if at < len(cells) else None


def _text(told: Any) -> str | None:
    return str(told) if isinstance(told, str) else None
