"""Form 13F in HTML, as typed pages: each row of a table one line, its cells below one another as their columns are.

Above each table stands a ruler of `<S>` and `<C>`, as filers typed it, over every column in which anything stands; so the lines are read
as any other table's are.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import NamedTuple

MOST_COLUMNS = 60
"""Columns of one table, empty ones between others included; the form has 13."""
_TABLE = re.compile(r"<table\b[^<>]{0,4000}>(.*?)(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^<>]{0,4000}>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b([^<>]{0,4000})>", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?([0-9]{1,2})", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/tr)\b[^<>]{0,4000}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_SIGN = re.compile(r"\$")
_LONGEST_CELL = 120
"""Characters of a cell of such a row; what is longer is prose, and would make every line of its table as long."""
_LEAST = 5
"""Filled cells of a row from where it can be one of an information table: name, CUSIP, value, amount and one more."""


class _Cell(NamedTuple):
    column: int
    text: str


def typed(html: str) -> str:
    """The text of a document with its tables typed."""
    pieces: list[str] = []
    done = 0
    for table in _TABLE.finditer(html):
        pieces += [_words(html[done : table.start()]), *_lines(table[1])]
        done = table.end()
    return "\n".join([*pieces, _words(html[done:])])


def _words(html: str) -> str:
    """Words outside tables, line by line."""
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html))).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.split("\n"))


def _lines(table: str) -> Iterator[str]:
    """The lines of a table. A row that has few cells, or long ones, is of a page's layout: its cells are words."""
    rows = [list(_cells(row)) for row in _ROW.split(table)[1:]]
    rows = [row for row in rows if row]
    starts = _starts([row for row in rows if _is_full(row)])
    if starts:
        yield _placed([(start, "<C>" if start else "<S>") for start in starts.values()])
    for row in rows:
        yield _placed([(starts[c.column], c.text) for c in row]) if _is_full(row) else " ".join(c.text for c in row)


def _is_full(row: list[_Cell]) -> bool:
    return len(row) >= _LEAST and all(len(cell.text) <= _LONGEST_CELL for cell in row)


def _starts(rows: list[list[_Cell]]) -> dict[int, int]:
    """Where each column that is filled begins among the typed ones: two blanks behind the widest cell of the column before."""
    widths: dict[int, int] = {}
    for row in rows:
        for cell in row:
            widths[cell.column] = max(widths.get(cell.column, len("<C>")), len(cell.text))
    starts: dict[int, int] = {}
    at = 0
    for column in sorted(widths):
        starts[column] = at
        at += widths[column] + 2
    return starts


def _cells(row: str) -> Iterator[_Cell]:
    """The filled cells of a row, a sign of dollars left out; the last of a table may have no end."""
    column = 0
    marks = list(islice(_CELL.finditer(row), MOST_COLUMNS))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(row)
        text = " ".join(_SIGN.sub("", unescape(_TAG.sub(" ", row[mark.end() : end]))).split())
        if text:
            yield _Cell(column, text)
        span = _SPAN.search(mark[1])
        column += int(span[1]) if span is not None else 1


def _placed(words: list[tuple[int, str]]) -> str:
    line = ""
    for start, text in words:
        line = line.ljust(start) + text
    return line
