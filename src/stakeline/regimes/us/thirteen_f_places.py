"""What stands in a row of an information table, read again: for those who follow a position to its report."""

import re
from collections.abc import Iterator
from itertools import islice

from stakeline.model.documents import Document
from stakeline.regimes.us import readers, submissions

ROW = "information table, row "
"""How a row's place begins; behind it its number, as `HoldingRow.row` counts."""
LONGEST = 2_000
"""Characters of a row that are shown."""
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_ROW = re.compile(rb"<(?:[\w.-]{1,40}:)?infoTable[\s>](.*?)</(?:[\w.-]{1,40}:)?infoTable\s*>", re.DOTALL)
_CELL = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})>([^<]{1,1000})(?=<)")


def quote(document: Document, locator: str) -> str | None:
    """The text of a row ("information table, row 12"), its cells as filed; None where there is none such."""
    number = locator.removeprefix(ROW)
    if _NUMBER.fullmatch(number) is None:
        return None
    found = next(islice(_rows(document.data), int(number) - 1, None), None)
    return found[:LONGEST] if found is not None else None


def _rows(data: bytes) -> Iterator[str]:
    """The rows of the table in a document, whichever way it has one."""
    if data.startswith(readers.DATA_SET):
        from stakeline.regimes.us import datasets

        yield from datasets.holding_lines(data)
        return
    if not submissions.recognise(data):
        return
    filing = submissions.read(data, [])
    table = next(filing.xml(b"informationTable"), None)
    if table is not None:
        for row in _ROW.finditer(data, table.start, table.end):
            yield "; ".join(f"{_text(m[1])} {_text(m[2])}" for m in _CELL.finditer(row[1]) if m[2].strip())
        return
    from stakeline.regimes.us import thirteen_f_text

    yield from thirteen_f_text.lines(filing)


def _text(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())
