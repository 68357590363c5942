"""The lines of an information table as text: which of them are rows, and of which security each is.

No two filers' columns are alike. A row is found by what only rows have: a CUSIP and, behind it, value and amount (or amount and value, where
the heading has them so), or blanks in place of name and CUSIP below such a row.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from stakeline.regimes.us.cusips import check_digit
from stakeline.regimes.us.thirteen_f_cells import (
    COUNT,
    DASHES,
    LONGEST_LINE,
    NO_RULER,
    OPTION,
    Row,
    Ruler,
    row_of,
    ruler_of,
)

_CUSIP = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{3}[ -]?[0-9A-Z]{3}[ -]?[0-9A-Z]{2}[ -]?[0-9A-Z])(?:000)?(?![0-9A-Z])")
"""A CUSIP, also filled up with noughts to the twelve places that some systems keep for it."""
_SHORT = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{6,8})(?![0-9A-Z])")
"""A CUSIP whose leading zeros a spreadsheet has taken away."""
_GAP = re.compile(r" {2,}")
_WIDE = re.compile(r" {3,}")
_NIL = r"-+(?:0-*)?|\u2013|N/?A|NONE"
_TAIL = re.compile(
    rf"\$?\s*(?P<one>{COUNT})(?:\s*(?P<early>SHR?S?|PRN)(?![A-Z]))?\s+\$?\s*(?P<other>{COUNT})(?:\s*(?P<type>SHR?S?|PRN)(?![A-Z]))?"
    r"(?:\s+(?P<option>PUT|CALL)S?)?"
    r"(?:\s+(?P<discretion>SHARED[- ]DEFINED|SHARED[- ]OTHER|SOLE|DEFINED|DFND|OTHER|OTR|SHARED|X)(?![A-Z]))?"
    rf"(?P<rest>(?:\s+(?:{COUNT}|[0-9][0-9,]*|{_NIL}|SOLE|SHARED))*)\s*"
)
"""What stands behind a CUSIP. one, other: value and amount, or, where a heading has them so or the first is of shares, amount and value."""
_BETWEEN = re.compile(r"([A-Z*][^$0-9]{0,78}?)\s+(?=[$0-9])")
"""Words between a CUSIP and the numbers: the title, an option, a ticker."""
_FIRST_NUMBER = re.compile(r"(?<= {2})\$?\s*[0-9][0-9,.]*(?=\s)")
_CELL = re.compile(r"\S+(?: \S+)*")
_NO_CUSIP = re.compile(r"N/?A|NONE|-+")
_VALUE = re.compile(r"\bVALUE\b")
_SHARES = re.compile(r"\b(?:SHARES|SHRS?|SHS|SH/|PRN AMT|PRINCIPAL|PRINCIPLE|AMOUNT|QUANTITY)")
_INDENT = 10
"""Blanks at the start of a line from which on nothing in it is a name."""


_USUAL_TITLE = 40
_LEAST_DIGITS = 3
_MOST_TRIES = 6
"""Texts of a line that are tried as its CUSIP, which stands near its front."""


def rows(text: str) -> Iterator[Row]:
    """The rows, top to bottom. A line that has blanks where the row above has name and CUSIP is of the same security."""
    above: dict[str, str] = {}
    ruler = NO_RULER
    turned = False
    wrapped = ""
    for line in text.split("\n"):
        if not line.strip() or len(line) > LONGEST_LINE:
            continue
        upper = line.upper().rstrip()
        ruler = ruler_of(upper, ruler)
        found = _security(upper) or _without(upper, ruler)
        if found is None:
            tail = _TAIL.fullmatch(upper, _blanks(upper, 0))
            if above and tail is not None and tail["discretion"] is not None and line.startswith(" " * _INDENT):
                yield row_of(above, tail, ruler, turned=turned)._replace(line=line)
            turned = _turned(upper, before=turned)
            wrapped = _wrapped(wrapped, line.rstrip(), ruler)
            continue
        before = line[: found.start]
        begun = _begun(wrapped, before, ruler)
        above = _named(begun, found, ruler)
        row = row_of(above | found.option, found.tail, ruler, turned=turned)
        beside = bool(wrapped) and begun == before and "issuer" in above
        yield row._replace(line=line, printed=found.printed, beside=beside)
        wrapped = ""


class _Security(NamedTuple):
    """A line's security. start: where its CUSIP, or what stands in its place, begins. tail: value, amount and what follows.

    cusip: None where the line has none. printed: as it stands, where that has not nine places. words: between CUSIP and value.
    """

    start: int
    tail: re.Match[str]
    cusip: str | None
    printed: str | None = None
    words: str = ""

    @property
    def option(self) -> dict[str, str]:
        """An option that its words tell; of the one row only."""
        found = OPTION.fullmatch(self.words)
        return {"put_call": found[1].capitalize()} if found is not None else {}


def _security(upper: str) -> _Security | None:
    """The security of a line with a CUSIP: the first text of its shape with the right check digit.

    Failing that, one whose leading zeros are lost, where they make the check digit right; and one with a wrong check digit where
    the rest of the line can be nothing but a row's.
    """
    wrong = None
    for pattern in (_CUSIP, _SHORT):
        found = pattern.search(upper)
        tries = _MOST_TRIES
        while found is not None and tries:
            cusip = re.sub(r"[ -]", "", found[1])
            good = _right(cusip.zfill(9))
            if good or sum(c.isdigit() for c in cusip) > _LEAST_DIGITS:
                tries -= 1
                sure = good and pattern is _CUSIP and any(c.isdigit() for c in cusip[:3])
                tail, words = _behind(upper, found.end(), sure=sure)
                if tail is not None and sure:
                    whole = found[0] if found[0].endswith("000") and len(cusip) + 3 == len(found[0]) else None
                    return _Security(found.start(), tail, cusip, whole, words)
                if tail is not None and (tail["type"] or tail["discretion"]) and _lettered(upper[: found.start()]):
                    if pattern is _SHORT and good:
                        return _Security(found.start(), tail, cusip.zfill(9), cusip)
                    if pattern is _CUSIP and wrong is None:
                        wrong = _Security(found.start(), tail, cusip)
            found = pattern.search(upper, found.start() + 1)
    return wrong


def _behind(upper: str, end: int, *, sure: bool) -> tuple[re.Match[str] | None, str]:
    """What stands behind a CUSIP; and the words before its numbers, which only one that is sure may have."""
    start = end + _blanks(upper, end)
    tail = _TAIL.fullmatch(upper, start)
    if tail is not None or not sure:
        return tail, ""
    words = _BETWEEN.match(upper, start)
    tail = _TAIL.fullmatch(upper, words.end()) if words is not None else None
    return tail, words[1] if words is not None and tail is not None else ""


def _without(upper: str, ruler: Ruler) -> _Security | None:
    """The security of a line with name, title and all of a row's numbers, but nothing, or "N/A", for its CUSIP."""
    number = _FIRST_NUMBER.search(upper)
    tail = _TAIL.fullmatch(upper, number.start()) if number is not None else None
    if number is None or tail is None or not tail["discretion"] or "TOTAL" in upper:
        return None
    parts = [m.span() for m in _CELL.finditer(upper, 0, number.start())]
    if parts and _NO_CUSIP.fullmatch(upper, *parts[-1]):
        parts.pop()
    halves = _halves(upper[: parts[-1][1]], ruler) if len(parts) == 1 else [upper[a:b] for a, b in parts]
    if len(halves) != 2 or not all(_lettered(h) for h in halves) or sum(map(str.isdigit, halves[1])) > _LEAST_DIGITS:
        return None
    return _Security(parts[-1][1], tail, None)


def _halves(before: str, ruler: Ruler) -> list[str]:
    """Name and title that only one blank parts, where the column of the title begins; nothing where no blank is there."""
    at = ruler.columns[1][0] if len(ruler.columns) > 1 else 0
    halves = [before[:at].strip(), before[at:].strip()]
    return halves if all(halves) and " " in before[at - 1 : at + 1] else []


def _turned(upper: str, *, before: bool) -> bool:
    """True where a heading has the amount before the value; of a line that names not both, as before."""
    value, shares = _VALUE.search(upper), _SHARES.search(upper)
    if value is None or shares is None or any(c.isdigit() for c in upper[: max(value.end(), shares.end())]):
        return before
    return shares.start() < value.start()


def _lettered(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _right(cusip: str) -> bool:
    return cusip[8].isdigit() and check_digit(cusip[:8]) == int(cusip[8])


def _blanks(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


def _wrapped(above: str, line: str, ruler: Ruler) -> str:
    """A line of words alone at the front, as a name that is too long for one line leaves it; with those above it that it goes on, set in."""
    words = line.strip()
    alone = _lettered(words) and not _WIDE.search(words) and not any(c in "<:" or c.isdigit() for c in words)
    if (
        not alone
        or len(line) > _title(ruler)
        or _inset(line) >= _INDENT
        or DASHES.search(line)
        or "TOTAL" in words.upper()
    ):
        return ""
    return f"{above} {words}" if above and _inset(above) < _inset(line) else line


def _begun(wrapped: str, before: str, ruler: Ruler) -> str:
    """What stands before the CUSIP, with the lines above where the name began there: this line is then set in."""
    if not wrapped or not _inset(wrapped) < _inset(before) < _title(ruler) or len(_GAP.split(before.strip())) == 1:
        return before
    return f"{wrapped} {before.strip()}"


def _inset(line: str) -> int:
    return len(line) - len(line.lstrip())


def _title(ruler: Ruler) -> int:
    """Where the column of titles begins, about."""
    return ruler.columns[1][0] if len(ruler.columns) > 1 else _USUAL_TITLE


def _named(before: str, found: _Security, ruler: Ruler) -> dict[str, str]:
    """Name and title from what stands before the CUSIP, apart by two blanks or more, or by the ruler. Of one text alone its place tells which.

    Words behind the CUSIP are the title, or name and title, where nothing tells them before it.
    """
    security = {"cusip": found.cusip} if found.cusip else {}
    parts = [part for part in _GAP.split(before.strip()) if part]
    behind = [] if found.option else [part for part in _GAP.split(found.words) if part]
    if len(parts) + len(behind) == 2:
        parts += behind
    if len(parts) == 1:
        parts = _halves(before, ruler) or parts
    if len(parts) > 1:
        return security | {"issuer": " ".join(parts[:-1]), "title": parts[-1]}
    if parts:
        security["title" if before.startswith(" " * _INDENT) else "issuer"] = parts[0]
    return security
