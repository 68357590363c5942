"""The rows of a notice page's tables as texts.

A page has some nine tables. Most of most notices are blank but for their headers, and say the same on every page: what
such a table says is kept. The others are read cell by cell.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from stakeline.reading import html
from stakeline.regimes.hk.words import DIGITS, HEADER, leg

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Texts = tuple[str, ...]
"""What a cell says: one entry for each innermost cell and block, lines parted by <br> as lines of one entry."""


class Row(msgspec.Struct, frozen=True):
    """A row of a table. number: from 1. span: rows that its first cell stands in. header: it names the columns."""

    number: int
    cells: tuple[Texts, ...]
    span: int
    header: bool

    def entries(self) -> list[str]:
        """The entries of all cells, from left to right."""
        return [entry for cell in self.cells for entry in cell]

    def words(self) -> list[str]:
        """What each cell says in one line."""
        return [" ".join(cell).replace("\n", " ") if cell else "" for cell in self.cells]


def rows(node: "LexborNode") -> tuple[Row, ...]:
    """The rows of a table that say anything. node: the table, or what is around it."""
    table = node if node.tag == "table" else node.css_first("table")
    if table is None:
        return ()
    markup = table.html or ""
    if len(markup) > _LONGEST_KNOWN or _FIGURE.search(markup):
        return _read(table)
    return _known(markup)


_LONGEST_KNOWN = 2_000
_FIGURE = re.compile(r">[^<]*[0-9]")


@lru_cache(maxsize=256)
def _known(markup: str) -> tuple[Row, ...]:
    """The rows of a table without a figure, from its markup as lexbor writes it."""
    from selectolax.lexbor import LexborHTMLParser

    table = LexborHTMLParser(markup).css_first("table")
    return _read(table) if table is not None else ()


def _read(table: "LexborNode") -> tuple[Row, ...]:
    found = []
    for number, row in enumerate(html.table(table), 1):
        cells = tuple([_texts(cell) for cell in row])
        if any(cells):
            told = row[0].attributes.get("rowspan") or ""
            span = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
            found.append(_row(number, cells, span, headers=number == 1 and all(cell.tag == "th" for cell in row)))
    return tuple(found)


def _texts(cell: "LexborNode") -> Texts:
    """What `html.leaves` says of a cell; most cells are one text."""
    child = cell.first_child
    if child is None:
        return ()
    if child.next is None and child.is_text_node:
        text = html.words(cell)
        return (text,) if text else ()
    return tuple(html.leaves(cell))


def _row(number: int, cells: tuple[Texts, ...], span: int, *, headers: bool) -> Row:
    """A row; a first row without figure, code or position names the columns if its cells are headers or it says so."""
    header = False
    if number == 1:
        entries = [entry for cell in cells for entry in cell]
        told = any(entry[0] in DIGITS or leg(entry) for entry in entries)
        header = not told and (headers or bool(HEADER.match(entries[0])))
    return Row(number, cells, span, header)
