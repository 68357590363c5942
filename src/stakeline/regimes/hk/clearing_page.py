"""The exchange's page "CCASS shareholding search" (searchsdw.aspx), saved: the holdings of one stock on one day.

No saved page was at hand. Its structure is taken from a dozen public readers that agree: cells of the classes
col-participant-id, -name, -address, -shareholding, -shareholding-percent, each with the column's words in
mobile-list-heading and the figure in mobile-list-body; the stock code and the day in the search boxes txtStockCode and
txtShareholdingDate; the issued shares in ccass-search-remarks. Addresses are not kept.
"""

from typing import TYPE_CHECKING

import msgspec

from stakeline.model.documents import Document
from stakeline.model.problems import Problem, Severity
from stakeline.reading import html

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARK = "col-participant-id"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Line(msgspec.Struct, frozen=True):
    """One participant of one day as printed. key: its id; name: None where the row is none. at, at_percent: places."""

    key: str
    name: str | None
    shares: str
    percent: str
    at: str
    at_percent: str


class Snapshot(msgspec.Struct, frozen=True):
    """One day of one stock. code, day: as told. where: the place of the day. issued: figure and place.

    named: code and day are from the file's name.
    """

    code: str
    day: str
    where: str
    lines: tuple[Line, ...]
    issued: tuple[str, str] | None = None
    named: bool = False


def is_page(document: Document) -> bool:
    """True where the document is a page with rows of participants."""
    return _MARK.encode(_WIDE.get(document.data[:2], "utf-8")) in document.data


def snapshots(document: Document, problems: list[Problem]) -> tuple[Snapshot, ...]:
    """The one day on the page, or none and why."""
    page = html.parse(document.data)
    if isinstance(page, Problem):
        problems.append(page)
        return ()
    problems.extend(page.problems)
    if page.cut or page.unended:
        message = "the page was cut short: further participants may be missing, so none is taken in; save it again"
        problems.append(Problem(severity=Severity.INPUT, where="page", found="", message=message))
        return ()
    lines = tuple(_line(number, row) for number, row in enumerate(_rows(page), 1))
    figure = page.root.css_first(".ccass-search-remarks .summary-value")
    issued = (_words(figure), ".ccass-search-remarks, column summary-value") if figure else None
    code, day = _value(page, "txtStockCode"), _value(page, "txtShareholdingDate")
    return (Snapshot(code.zfill(5) if code else "", day, "#txtStockCode", lines, issued),)


def _rows(page: html.Tree) -> "list[LexborNode]":
    return [row for row in page.root.css("tr") if any(_MARK in _classes(c) for c in row.css("td"))]


def _line(number: int, row: "LexborNode") -> Line:
    told: dict[str, str] = {}
    for cell in row.css("td"):
        body = cell.css_first(".mobile-list-body")
        for name in _classes(cell):
            told.setdefault(name, _words(body if body is not None else cell))
    where = f"row {number}, column "
    return Line(
        told.get(_MARK, ""),
        told.get("col-participant-name"),
        told.get("col-shareholding", ""),
        told.get("col-shareholding-percent", ""),
        where + "shareholding",
        where + "shareholding-percent",
    )


def _value(page: html.Tree, name: str) -> str:
    """What stands in a search box."""
    node = page.root.css_first(f"#{name}")
    return ((node.attributes.get("value") if node is not None else None) or "").strip()


def _classes(node: "LexborNode") -> list[str]:
    return (node.attributes.get("class") or "").split()


def _words(node: "LexborNode") -> str:
    return html.clean(node.text(separator=" "))
