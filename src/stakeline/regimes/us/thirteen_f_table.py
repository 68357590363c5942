"""The information table of a Form 13F, from XML to columns: any number of rows, in the memory that the columns take.

Two readings, both made from `forms/form13f_table.toml`. Nearly every table is plain: its elements in the order of the schema, nothing but
their text in them, no attribute, comment or entity beyond &amp; and the like. Such a table is gone over with one pattern, row upon row with
no gap from the root's start tag to its end tag; what fits that pattern is well-formed, so no parser could read it otherwise. Any other
table goes through the XML parser, row by row. Both hand over the same cells (`tests/us` holds them against each other).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity, quote
from stakeline.regimes.us.elements import local, parse, refused, strict
from stakeline.regimes.us.layouts import Layout, layout
from stakeline.regimes.us.thirteen_f_columns import MOST_PROBLEMS, Cells, Columns

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ROWS = 300_000
"""Rows that are read; the schema allows 250,000."""
LARGEST = 400_000_000
"""Bytes of a table; 250,000 rows with the longest texts that the schema allows have fewer."""
LARGEST_ROW = 100_000
"""Bytes of one row, and of what is no row between two; the schema's longest row has below 2,000."""
NAMESPACE = "http://www.sec.gov/edgar/document/thirteenf/informationtable"
WHERE = "the information table"
_CHUNK_ROWS = 2_000
_CHUNK_BYTES = 1 << 16
_HEAD = 4_096
_START = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?informationTable(?=[\s>/])[^>]*>")
_S = rb"[ \t\r\n]*+"


class _NotPlain(Exception):
    """The table is not of the plain kind: nothing is wrong with it, but the parser must read it."""


class _Plan(NamedTuple):
    """The description, ready for use.

    fields: of a row's cells, in their order. places: their number, by path below the row. groups: paths of the elements that hold cells.
    """

    row: str
    fields: tuple[str, ...]
    numbers: frozenset[str]
    places: dict[str, int]
    groups: frozenset[str]


def read(data: bytes, start: int, end: int, problems: list[Problem]) -> HoldingTable | Problem:
    """The table in these bytes, or the problem that keeps it out; half a table is none.

    Cells that cannot be read are None, and a problem names them.
    """
    if end - start > LARGEST:
        return refused("", f"larger than {LARGEST:,} bytes, which no such table is", WHERE)
    try:
        return _filled(_plain(data, start, end), Columns(*_plan()[1:3], _plain_text), problems)
    except _NotPlain:
        said: list[Problem] = []
        table = _filled(_parsed(data, start, end, said), Columns(*_plan()[1:3]), problems)
        if not isinstance(table, Problem):
            problems += said
        return table


def _filled(rows: Iterator[Cells | Problem], columns: Columns, problems: list[Problem]) -> HoldingTable | Problem:
    """The rows as columns. Only a table that is read to its end adds to the problems."""
    count = 0
    while chunk := list(islice(rows, _CHUNK_ROWS)):
        if isinstance(chunk[-1], Problem):
            return chunk[-1]
        count += len(chunk)
        if count > MOST_ROWS:
            return refused("", f"more than {MOST_ROWS:,} rows, which no such table has", WHERE)
        columns.take(chunk)  # type: ignore[arg-type]
    table = columns.table()
    problems += columns.problems
    return table


@cache
def _plan() -> _Plan:
    told: Layout = layout("form13f_table")
    row = next(path for path, entry in told.elements.items() if entry.rows)
    cells = {path.removeprefix(row + "/"): entry for path, entry in told.elements.items() if entry.field}
    fields = tuple(entry.field or "" for entry in cells.values())
    numbers = frozenset(entry.field or "" for entry in cells.values() if entry.read == "number")
    groups = frozenset(path.rpartition("/")[0] for path in cells if "/" in path)
    return _Plan(row, fields, numbers, {path: at for at, path in enumerate(cells)}, groups)


# The plain reading.

_PLAIN = re.compile(rb"[ -~\t\r\n]*")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_ENTITY = re.compile(r"&[a-z]{0,4};?")


def _plain_text(cell: bytes) -> str:
    """A cell's text, of characters that need no thought: ASCII, and the five entities that XML itself has."""
    if _PLAIN.fullmatch(cell) is None or b"]]>" in cell:
        raise _NotPlain
    text = cell.decode("ascii")
    if "&" not in text:
        return text
    try:
        return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)
    except KeyError:
        raise _NotPlain from None


def _plain(data: bytes, start: int, end: int) -> Iterator[Cells]:
    """The cells of each row of a plain table. _NotPlain as soon as it is known to be none."""
    root = _START.search(data, start, min(end, start + _HEAD))
    if root is None:
        raise _NotPlain
    head: list[Problem] = []
    top = parse(data[start : root.end()].rstrip(b"/>") + b"/>", _HEAD, head)
    if isinstance(top, Problem) or head or top.tag != f"{{{NAMESPACE}}}informationTable" or b"/>" in root[0]:
        raise _NotPlain
    prefix = (top.prefix or "").encode()
    row, close = _patterns(prefix + b":" if prefix else b"")
    at = root.end()
    match = row.match
    while (found := match(data, at, end)) is not None:
        if found.end() - at > LARGEST_ROW:
            raise _NotPlain
        yield found.groups()
        at = found.end()
    if close.fullmatch(data, at, end) is None:
        raise _NotPlain


@cache
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """One row, every cell of it a group; and what may stand behind the last row."""
    plan = _plan()
    groups: dict[str, list[str]] = {}
    for path in plan.places:
        above, _, name = path.rpartition("/")
        groups.setdefault(above or name, []).append(name)
    inner = b"".join(
        _leaf(prefix, name)
        if names == [name]
        else _around(prefix, name, b"".join(_leaf(prefix, n) for n in names), b"?")
        for name, names in groups.items()
    )
    return (
        re.compile(_S + _around(prefix, plan.row, inner, b"").removesuffix(_S)),
        re.compile(_S + b"</" + prefix + b"informationTable" + _S + b">" + _S),
    )


def _leaf(prefix: bytes, name: str) -> bytes:
    tag = re.escape(prefix + name.encode())
    return b"(?:<" + tag + b">([^<]*+)</" + tag + b">" + _S + b")?"


def _around(prefix: bytes, name: str, inner: bytes, times: bytes) -> bytes:
    tag = re.escape(prefix + name.encode())
    whole = b"<" + tag + b">" + _S + inner + b"</" + tag + b">" + _S
    return b"(?:" + whole + b")" + times if times else whole


# The parser's reading.


def _parsed(data: bytes, start: int, end: int, said: list[Problem]) -> Iterator[Cells | Problem]:
    """The cells of each row by the XML parser, fed piece by piece and cleared behind; last the problem, where there is one."""
    from lxml.etree import XMLPullParser, XMLSyntaxError, _Element

    wrong = _unsafe(data, start, end)
    if wrong is not None:
        yield wrong
        return
    plan = _plan()
    parser = strict(XMLPullParser, events=("end",), tag=f"{{{NAMESPACE}}}{plan.row}")
    reader = _Rows(plan, said)
    last = at = start
    try:
        while at < end:
            parser.feed(data[at : min(at + _CHUNK_BYTES, end)])
            at += _CHUNK_BYTES
            rows = list(reader.rows(e for _, e in parser.read_events() if isinstance(e, _Element)))
            yield from rows
            last = at if rows else last
            if at - last > LARGEST_ROW:
                yield refused("", f"more than {LARGEST_ROW:,} bytes that are no row, or one row of so many", WHERE)
                return
        root = parser.close()
    except XMLSyntaxError as error:
        yield refused("", f"not well-formed XML, so that rows may be missing: {quote(str(error))}", WHERE)
        return
    except (ValueError, LookupError) as error:
        yield refused("", f"cannot be read as XML: {quote(str(error))}", WHERE)
        return
    if root.tag != f"{{{NAMESPACE}}}informationTable":
        yield refused(str(root.tag), "not an information table", WHERE)
        return
    for stray in root:
        reader.odd(local(stray.tag), stray.text, _UNKNOWN)


def _unsafe(data: bytes, start: int, end: int) -> Problem | None:
    """What keeps bytes from the parser: a document type, an encoding that hides one, a beginning that is no XML.

    The same refusals as `elements.parse`, which is asked about the beginning; there the whole of a table would not fit.
    """
    if data.find(b"<!DOCTYPE", start, end) >= 0:
        return refused("<!DOCTYPE", "a document type is declared, which could hide entities", WHERE)
    root = _START.search(data, start, min(end, start + _HEAD))
    if root is None:
        return refused(
            quote(data[start : start + 60].decode("utf-8", "replace")), "no start of an information table", WHERE
        )
    head = parse(data[start : root.end()].rstrip(b"/>") + b"/>", _HEAD, [])
    return head if isinstance(head, Problem) else None


class _Rows:
    """Rows as the parser ends them. said: takes what is odd about their elements."""

    def __init__(self, plan: _Plan, said: list[Problem]) -> None:
        self._plan, self._said = plan, said
        self._count = 0

    def rows(self, ended: "Iterator[_Element]") -> Iterator[Cells]:
        """The cells of the rows that have come to their end, which are then dropped."""
        for element in ended:
            above = element.getparent()
            if above is None or above.getparent() is not None:
                continue  # of a row in a row: an unknown element of that one
            self._count += 1
            yield self._cells(element)
            for stray in element.itersiblings(preceding=True):
                self.odd(local(stray.tag), stray.text, _UNKNOWN)
            del above[: above.index(element) + 1]

    def _cells(self, row: "_Element") -> Cells:
        found: list[bytes | None] = [None] * len(self._plan.fields)
        twice: set[int] = set()
        for path, element in self._leaves(row, ""):
            at = self._plan.places.get(path)
            if at is None or len(element):
                self.odd(f"{self._plan.row}[{self._count}]/{path}", element.text, _UNKNOWN)
            elif found[at] is not None:
                twice.add(at)
            else:
                found[at] = (element.text or "").encode()
        for at in twice:
            where = f"{self._plan.row}[{self._count}]/{self._plan.fields[at]}"
            self.odd(where, None, "stands twice, so that neither can be believed", Severity.FIELD)
            found[at] = None
        return tuple(found)

    def _leaves(self, element: "_Element", above: str) -> "Iterator[tuple[str, _Element]]":
        for child in element:
            tag = str(child.tag)
            path = above + tag.removeprefix(f"{{{NAMESPACE}}}")
            if path in self._plan.groups:
                yield from self._leaves(child, f"{path}/")
            else:
                yield path, child

    def odd(self, where: str, found: str | None, message: str, severity: Severity = Severity.NOTE) -> None:
        """One more oddity, up to as many as one table may name."""
        if len(self._said) < MOST_PROBLEMS:
            self._said.append(
                Problem(severity=severity, where=quote(where), found=quote((found or "")[:1000]), message=message)
            )


_UNKNOWN = "an element that we do not know; nothing was read from it"
