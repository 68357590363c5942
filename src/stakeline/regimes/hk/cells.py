"""The rows of a notice page's tables as texts.

A page has some nine tables. Most of most notices are blank but for their headers, and say the same on every page: what a
reader made of such a table is kept. The others are read cell by cell.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.reading.values import leg
from stakeline.regimes.hk.words import DIGITS, HEADER

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

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
    node: "LexborNode", where: str, problems: list[Problem], reader: Callable[..., Told[T]], *about: object
) -> tuple[T, ...]:
    """What a reader makes of the rows of a table, its problems put to the others; nothing where there is no table.

    reader: called with the rows, where, and about. Text where the form has a table is said.
    """
    table = _table(node)
    if table is None:
        if text := html.words(node):
            message = "text where the form has a table"
            problems.append(Problem(severity=Severity.FIELD, where=where, found=printable(text), message=message))
        return ()
    text = table.text()
    if not text or text.isspace():
        return ()
    markup = None if len(text) > _LONGEST_KNOWN or _DIGIT.search(text) else table.html
    if markup is not None and len(markup) <= _LONGEST_KNOWN:
        found, said = _known(markup, reader, where, *about)
    else:
        found, said = reader(_read(table), where, *about)
    problems.extend(said)
    return found


def rows(node: "LexborNode") -> tuple[Row, ...]:
    """The rows of a table that say anything. node: the table, or what is around it."""
    table = _table(node)
    return _read(table) if table is not None else ()


def _table(node: "LexborNode") -> "LexborNode | None":
    return node if node.tag == "table" else node.css_first("table")


_LONGEST_KNOWN = 2_000
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=256)
def _known(markup: str, reader: Callable[..., Told[T]], where: str, *about: object) -> Told[T]:
    """What the reader makes of a table without a figure, from its markup as lexbor writes it."""
    from selectolax.lexbor import LexborHTMLParser

    table = LexborHTMLParser(markup).css_first("table")
    return reader(_read(table) if table is not None else (), where, *about)


def _read(table: "LexborNode") -> tuple[Row, ...]:
    """The rows of a table."""
    found = []
    for number, row in enumerate(html.table(table), 1):
        cells = tuple([_texts(cell) for cell in row])
        if any(cells):
            told = row[0].attributes.get("rowspan") or ""
            span = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
            found.append(Row(number, cells, span, number == 1 and all(cell.tag == "th" for cell in row)))
    return tuple(found)


def _texts(cell: "LexborNode") -> Texts:
    """What `html.leaves` says of a cell; most cells are one text."""
    child = cell.first_child
    while child is not None and child.next is None:
        if (text := child.text_content) is not None:
            text = html.clean(text)
            return (text,) if text else ()
        if child.tag not in _WRAPPING:
            break
        child = child.first_child
    return tuple(html.leaves(cell)) if child is not None else ()


_WRAPPING = frozenset({"font", "span", "b", "strong", "div", "p"})
"""Elements that change nothing of a text that is all they hold."""
