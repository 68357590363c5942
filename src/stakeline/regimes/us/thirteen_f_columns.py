"""The columns of an information table, from the texts of its cells, and what is wrong with single cells.

Whole columns at a time: what all cells of a column have in common (digits only, known before) is asked once for many rows.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity, quote
from stakeline.regimes.us.cusips import check_digit

Cells = tuple[bytes | None, ...]
"""One row: the text of each cell as it stands, None where there is no such element."""
MOST_PROBLEMS = 100
"""Cells that are named one by one; further ones are counted."""
MOST_DIGITS = 18
"""Of a number; the schema allows 16."""
_MOST_KEPT = 1 << 16
_ALLOWED = {
    "amount_type": frozenset({"SH", "PRN"}),
    "put_call": frozenset({"PUT", "CALL"}),
    "discretion": frozenset({"SOLE", "DFND", "OTR"}),
}
_OPTIONAL = frozenset({"figi", "put_call", "managers"})
_CUSIP = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_FIGI = re.compile(r"[A-Za-z0-9]{12}")
_MANAGERS = re.compile(r"[0-9]{1,3}(?:[ ,;]+[0-9]{1,3})*[ ,;]*")


class Columns:
    """Columns that fill up. problems: what could not be read, at most `MOST_PROBLEMS` and one that counts the rest."""

    def __init__(
        self, fields: Sequence[str], numbers: frozenset[str], decode: Callable[[bytes], str] = bytes.decode
    ) -> None:
        """fields: names of the cells of a row, in their order. numbers: those that hold numbers. decode: a cell's bytes to text."""
        self.problems: list[Problem] = []
        self._unsaid = 0
        self._decode = decode
        self._fields = tuple(fields)
        self._numbers = numbers
        self._told: dict[str, list[str | None]] = {f: [] for f in fields if f not in numbers}
        self._counts: dict[str, list[int | None]] = {f: [] for f in fields if f in numbers}
        self._known: dict[str, dict[bytes | None, str | None]] = {f: {} for f in self._told}
        self._wrong: dict[str, dict[bytes | None, str]] = {f: {} for f in self._told}
        self._rows = 0

    def take(self, rows: Sequence[Cells]) -> None:
        """Add rows."""
        for field, cells in zip(self._fields, zip(*rows, strict=True), strict=True):
            if field in self._numbers:
                self._take_numbers(field, cells)
            else:
                self._take_texts(field, cells)
        self._rows += len(rows)

    def table(self) -> HoldingTable:
        """What was taken; columns in which nothing stands are empty, but for the first, which counts the rows."""
        if self._unsaid:
            message = f"{self._unsaid:,} more cells could not be read or are doubtful"
            self.problems.append(
                Problem(severity=Severity.FIELD, where="the information table", found="", message=message)
            )
        texts = {f: tuple(c) for f, c in self._told.items() if c.count(None) < len(c) or f == self._fields[0]}
        counts = {f: tuple(c) for f, c in self._counts.items() if c.count(None) < len(c)}
        self._told, self._counts = {}, {}
        return HoldingTable(**texts, **counts)  # type: ignore[arg-type]

    def _take_numbers(self, field: str, cells: Cells) -> None:
        column = self._counts[field]
        try:
            joined = b"".join(cells)  # type: ignore[arg-type]
            if joined.isdigit() and max(map(len, cells)) <= MOST_DIGITS:  # type: ignore[arg-type]
                column.extend(map(int, cells))  # type: ignore[arg-type]
                return
        except (TypeError, ValueError):  # a cell is missing, or empty
            del column[self._rows :]
        column.extend([self._number(field, at, cell) for at, cell in enumerate(cells)])

    def _number(self, field: str, at: int, cell: bytes | None) -> int | None:
        text = self._decode(cell or b"").strip()
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            return int(text)
        why = f"not a whole number of at most {MOST_DIGITS} digits" if text else "not told"
        self._say(Severity.FIELD, field, at, text, why)
        return None

    def _take_texts(self, field: str, cells: Cells) -> None:
        known, wrong = self._known[field], self._wrong[field]
        told = set(cells)
        for cell in told.difference(known):
            known[cell] = text = None if cell is None else self._text(field, cell)
            why = _CHECKS[field](text) if field in _CHECKS else None
            if why is not None:
                wrong[cell] = why
        self._told[field].extend([known[cell] for cell in cells])
        if wrong and not told.isdisjoint(wrong):
            for at, cell in enumerate(cells):
                if cell in wrong:
                    self._say(Severity.FIELD, field, at, known[cell] or "", wrong[cell])
        if len(known) > _MOST_KEPT:
            known.clear()
            wrong.clear()

    def _text(self, field: str, cell: bytes) -> str | None:
        text = " ".join(self._decode(cell).split())
        return (text.upper() if field == "cusip" else text) or None

    def _say(self, severity: Severity, field: str, at: int, found: str, message: str) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            self._unsaid += 1
            return
        where = f"row {self._rows + at + 1}, {field}"
        self.problems.append(Problem(severity=severity, where=where, found=quote(found[:1000]), message=message))


@lru_cache(_MOST_KEPT)
def _cusip(text: str | None) -> str | None:
    if text is None:
        return "not told"
    if not _CUSIP.fullmatch(text):
        return "not a CUSIP: eight characters and a check digit"
    if text == "000000000":
        return "a placeholder, not a CUSIP"
    due = check_digit(text[:8])
    return None if due == int(text[8]) else f"a CUSIP whose check digit would be {due}; kept as filed"


def _needed(text: str | None) -> str | None:
    return None if text else "not told"


def _figi(text: str | None) -> str | None:
    return None if text is None or _FIGI.fullmatch(text) else "not a FIGI of twelve characters"


def _managers(text: str | None) -> str | None:
    return None if text is None or _MANAGERS.fullmatch(text) else "not a list of managers' numbers"


def _one_of(field: str) -> Callable[[str | None], str | None]:
    allowed = _ALLOWED[field]

    def check(text: str | None) -> str | None:
        if text is None:
            return None if field in _OPTIONAL else "not told"
        return None if text.upper() in allowed else f"none of {', '.join(sorted(allowed))}"

    return check


_CHECKS: dict[str, Callable[[str | None], str | None]] = {
    "issuer": _needed,
    "cusip": _cusip,
    "figi": _figi,
    "managers": _managers,
    **{field: _one_of(field) for field in _ALLOWED},
}
