"""The rows of a notice page's tables as texts.

A page has some nine tables, most of them blank but for their headers on most notices. Which rows and cells a table has is
told by its signs, which repeat and are remembered (`reading/markup.py`); so is which texts are headers. All else is read anew.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.reading.values import leg
from stakeline.regimes.hk.words import DIGITS, HEADER

_LONGEST_KNOWN = 1_000


class Row(msgspec.Struct, frozen=True):
    """A row of a table. number: from 1. span: rows that its first cell stands in.

    cells: what each says: lines as <br> parts them, with a blank line between two innermost cells or blocks. header: it is
    the first and names the columns: its cells are headers or say so, and none is a figure, code or position.
    """

    number: int
    cells: tuple[str, ...]
    span: int
    header: bool

    def entries(self) -> list[str]:
        """What its innermost cells and blocks say, from left to right, lines as <br> parts them."""
        return [entry for cell in self.cells if cell for entry in (cell.split("\n\n") if "\n" in cell else (cell,))]

    def words(self) -> list[str]:
        """What each cell says in one line."""
        return [" ".join(cell.split("\n\n")).replace("\n", " ") if "\n" in cell else cell for cell in self.cells]


T = TypeVar("T")
Told = tuple[tuple[T, ...], Sequence[Problem]]
"""What rows tell, and the problems met."""


def told(
    element: html.Element, where: str, problems: list[Problem], reader: Callable[..., Told[T]], *about: object
) -> tuple[T, ...]:
    """What a reader makes of the rows of a table, its problems put to the others; nothing where there is no table.

    reader: called with the rows, where, and about. Text where the form has a table is said. A header alone tells nothing.
    """
    table = html.table(element)
    if table is None:
        if text := html.words(element):
            message = "text where the form has a table"
            problems.append(Problem(severity=Severity.FIELD, where=where, found=printable(text), message=message))
        return ()
    found = _read(table)
    if not found or (len(found) == 1 and found[0].header):
        return ()
    read, said = reader(found, where, *about)
    problems.extend(said)
    return read


def rows(element: html.Element) -> tuple[Row, ...]:
    """The rows of a table that say anything. element: the table, or what is around it."""
    table = html.table(element)
    return _read(table) if table is not None else ()


def _read(table: html.Element) -> tuple[Row, ...]:
    """The rows of a table that say anything."""
    if table.first == table.last:
        return ()
    found = []
    for number, row in enumerate(html.row_signs(table), 1):
        cells = html.told(table, row)
        if any(cells):
            found.append(Row(number, cells, row.span, number == 1 and _header(cells, headers=row.headers)))
    return tuple(found)


def _header(cells: tuple[str, ...], *, headers: bool) -> bool:
    """`Row.header` of the first row. headers: all its cells are header cells."""
    known = len("".join(cells)) <= _LONGEST_KNOWN
    return _known_header(cells, headers=headers) if known else _known_header.__wrapped__(cells, headers=headers)


@lru_cache(maxsize=512)
def _known_header(cells: tuple[str, ...], *, headers: bool) -> bool:
    entries = [entry for cell in cells if cell for entry in cell.split("\n\n")]
    if not (headers or HEADER.match(entries[0])):
        return False
    return not any(entry[0] in DIGITS or leg(entry) for entry in entries)
