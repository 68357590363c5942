"""The rows of a notice page's tables as texts.

A page has some nine tables. Most of most notices are blank but for their headers, and say the same on every page: what a
reader made of such a table is kept. The others are read cell by cell.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.reading.values import leg
from stakeline.regimes.hk.words import DIGITS, HEADER

Texts = tuple[str, ...]
"""What a cell says: one entry for each innermost cell and block, lines parted by <br> as lines of one entry."""


class Row(msgspec.Struct, frozen=True):
    """A row of a table. number: from 1. span: rows that its first cell stands in. headers: it is the first, of header cells alone."""

    number: int
    cells: tuple[Texts, ...]
    span: int
    headers: bool

    @property
    def header(self) -> bool:
        """True for a first row that names the columns: its cells are headers or say so, and none is a figure, code or position."""
        if self.number > 1:
            return False
        entries = self.entries()
        if not (self.headers or HEADER.match(entries[0])):
            return False
        return not any(entry[0] in DIGITS or leg(entry) for entry in entries)

    def entries(self) -> list[str]:
        """The entries of all cells, from left to right."""
        return [entry for cell in self.cells for entry in cell]

    def words(self) -> list[str]:
        """What each cell says in one line."""
        return [(cell[0] if len(cell) == 1 else " ".join(cell)).replace("\n", " ") for cell in self.cells]


T = TypeVar("T")
Told = tuple[tuple[T, ...], Sequence[Problem]]
"""What rows tell, and the problems met."""


def told(
    element: html.Element, where: str, problems: list[Problem], reader: Callable[..., Told[T]], *about: object
) -> tuple[T, ...]:
    """What a reader makes of the rows of a table, its problems put to the others; nothing where there is no table.

    reader: called with the rows, where, and about. Text where the form has a table is said.
    """
    table = html.table(element)
    if table is None:
        if text := html.words(element):
            message = "text where the form has a table"
            problems.append(Problem(severity=Severity.FIELD, where=where, found=printable(text), message=message))
        return ()
    if table.first == table.last:
        return ()
    texts = table.of.texts[table.first : table.last]
    whole = "".join(texts)
    if len(whole) > _LONGEST_KNOWN or table.end - table.start > _LONGEST_KNOWN or _DIGIT.search(whole):
        found, said = reader(_read(table), where, *about)
    else:
        found, said = _known(table.of.signs[table.start : table.end], tuple(texts), reader, where, *about)
    problems.extend(said)
    return found


def rows(element: html.Element) -> tuple[Row, ...]:
    """The rows of a table that say anything. element: the table, or what is around it."""
    table = html.table(element)
    return _read(table) if table is not None else ()


_LONGEST_KNOWN = 2_000
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=256)
def _known(signs: str, texts: Texts, reader: Callable[..., Told[T]], where: str, *about: object) -> Told[T]:
    """What the reader makes of a table without a figure."""
    table = html.Element(html.Written.of(signs, list(texts)), 0, len(signs), 0, len(texts))
    return reader(_read(table), where, *about)


def _read(table: html.Element) -> tuple[Row, ...]:
    """The rows of a table."""
    written = table.of
    found = []
    for number, (_, first, row) in enumerate(html.row_signs(table), 1):
        cells = html.entries(written, first, row)
        if any(cells):
            span = int(row[0].down or 1)
            found.append(Row(number, cells, span, number == 1 and all(cell.header for cell in row)))
    return tuple(found)
