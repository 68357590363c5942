"""The lines of an information table as text: which of them are rows, and which word of a row belongs to which column.

No two filers' columns are alike. A row is found by what only rows have: a CUSIP and, behind it, value and amount, or blanks in
place of name and CUSIP below such a row. Where cells are left blank, only the place of a word tells its column: by the ruler
of the table (`<S>` and `<C>`, or dashes), else by the words of its heading. What neither tells is left out and said.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from stakeline.regimes.us.cusips import check_digit

LONGEST_LINE = 1_000
_CUSIP = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{3}[ -]?[0-9A-Z]{3}[ -]?[0-9A-Z]{2}[ -]?[0-9A-Z])(?![0-9A-Z])")
_SHORT = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{6,8})(?![0-9A-Z])")
"""A CUSIP whose leading zeros a spreadsheet has taken away."""
_GAP = re.compile(r" {2,}")
_DISCRETION = {
    "SOLE": "SOLE",
    "DEFINED": "DFND",
    "DFND": "DFND",
    "SHARED-DEFINED": "DFND",
    "OTHER": "OTR",
    "OTR": "OTR",
    "SHARED-OTHER": "OTR",
    "SHARED": None,
}
_NIL = r"-+(?:0-*)?|\u2013|N/?A|NONE"
_TAIL = re.compile(
    r"\$?\s*(?P<value>[0-9][0-9,]*)\s+\$?(?P<amount>[0-9][0-9,]*)(?:\s*(?P<type>SHR?S?|PRN)(?![A-Z]))?(?:\s+(?P<option>PUT|CALL)S?)?"
    r"(?:\s+(?P<discretion>SHARED[- ]DEFINED|SHARED[- ]OTHER|SOLE|DEFINED|DFND|OTHER|OTR|SHARED|X)(?![A-Z]))?"
    rf"(?P<rest>(?:\s+(?:[0-9][0-9,]*|{_NIL}))*)\s*"
)
_MARKS = re.compile(r"<[SC]>", re.IGNORECASE)
_DASHES = re.compile(r"[-=_]{2,}")
_VOTING = re.compile(r"\bSOLE\b.{1,60}?\bSHARED\b.{1,60}?\b(?:NONE|NO)\b")
_LEAST_MARKS = 8
_ALL = 12
"""Columns of the table where each has its own (17 CFR 249.325): name, title, CUSIP, value, amount, three, managers, three."""
_INDENT = 10
"""Blanks at the start of a line from which on nothing in it is a name."""


_LEAST_DIGITS = 3
_MOST_TRIES = 6
"""Texts of a line that are tried as its CUSIP, which stands near its front."""


class Row(NamedTuple):
    """A row. cells: by field. unsure: what of it could not be told apart. printed: its CUSIP as it stands, where that has no zeros in front."""

    cells: dict[str, str]
    unsure: str | None
    printed: str | None = None


class Word(NamedTuple):
    """A word of a line, and between which columns of print it stands."""

    text: str
    start: int
    end: int


class Ruler(NamedTuple):
    """Where columns begin and end. columns: all of them, of a true ruler; voting: those of sole, shared and none."""

    columns: tuple[tuple[int, int], ...]
    voting: tuple[tuple[int, int], ...]


NO_RULER = Ruler((), ())


def rows(text: str) -> Iterator[Row]:
    """The rows, top to bottom. A line that has blanks where the row above has name and CUSIP is of the same security."""
    above: dict[str, str] = {}
    ruler = NO_RULER
    wrapped = ""
    for line in text.split("\n"):
        if not line.strip() or len(line) > LONGEST_LINE:
            continue
        upper = line.upper().rstrip()
        ruler = _ruler(upper, ruler)
        found = _security(upper)
        if found is None:
            tail = _TAIL.fullmatch(upper, len(upper) - len(upper.lstrip()))
            if above and tail is not None and tail["discretion"] is not None and line.startswith(" " * _INDENT):
                yield _row(above, tail, ruler)
            wrapped = line.rstrip()
            continue
        at, tail, told = found
        above = _named(_begun(wrapped, line[:at], ruler), told["cusip"], ruler)
        wrapped = ""
        yield _row(above, tail, ruler)._replace(printed=told.get("printed"))


def _security(upper: str) -> "tuple[int, re.Match[str], dict[str, str]] | None":
    """Where a line's CUSIP stands, what stands behind it, and the CUSIP: the first text of its shape with the right check digit.

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
                tail = _TAIL.fullmatch(upper, found.end() + _blanks(upper, found.end()))
                if tail is not None and good and pattern is _CUSIP and any(c.isdigit() for c in cusip[:3]):
                    return found.start(), tail, {"cusip": cusip}
                if tail is not None and (tail["type"] or tail["discretion"]) and _lettered(upper[: found.start()]):
                    if pattern is _SHORT and good:
                        return found.start(), tail, {"cusip": cusip.zfill(9), "printed": cusip}
                    if pattern is _CUSIP and wrong is None:
                        wrong = found.start(), tail, {"cusip": cusip}
            found = pattern.search(upper, found.start() + 1)
    return wrong


def _lettered(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _right(cusip: str) -> bool:
    return cusip[8].isdigit() and check_digit(cusip[:8]) == int(cusip[8])


def _blanks(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


def _ruler(upper: str, before: Ruler) -> Ruler:
    """The ruler that a line is, or the one before it. Marks show where columns begin; dashes where they also end."""
    starts = [m.start() for m in _MARKS.finditer(upper)]
    if len(starts) >= _LEAST_MARKS:
        if before.columns and len(before.columns) == len(starts):
            return before
        ends = [*(s - 1 for s in starts[1:]), LONGEST_LINE]
        columns = tuple(zip(starts, ends, strict=True))
        return Ruler(columns, columns[-3:])
    spans = [m.span() for m in _DASHES.finditer(upper)]
    if len(spans) >= _LEAST_MARKS and _DASHES.sub("", upper).strip() == "":
        return Ruler(tuple(spans), tuple(spans[-3:]))
    heading = _VOTING.search(upper)
    if heading is not None and not before.columns and not any(c.isdigit() for c in upper[heading.start() :]):
        words = [m.span() for m in re.finditer(r"SOLE|SHARED|NONE|NO", upper[heading.start() :])]
        shift = heading.start()
        return Ruler((), tuple((a + shift, b + shift) for a, b in words[-3:]))
    return before


def _begun(wrapped: str, before: str, ruler: Ruler) -> str:
    """What stands before the CUSIP, with the line above where the name began there: this line is then set in."""
    inset = len(before) - len(before.lstrip())
    start = len(wrapped) - len(wrapped.lstrip())
    title = ruler.columns[1][0] if len(ruler.columns) > 1 else 40
    plain = wrapped.strip() and not _MARKS.search(wrapped) and len(wrapped) <= title and "<" not in wrapped
    if not plain or not start < inset < title or any(c.isdigit() for c in wrapped) or _DASHES.search(wrapped):
        return before
    name = f"{wrapped.strip()} {before.strip()}"
    return before[:start] + name if len(_GAP.split(before.strip())) > 1 else before


def _named(before: str, cusip: str, ruler: Ruler) -> dict[str, str]:
    """Name and title from what stands before the CUSIP, apart by two blanks or more, or by the ruler. Of one text alone its place tells which."""
    security = {"cusip": cusip}
    parts = [part for part in _GAP.split(before.strip()) if part]
    if len(parts) == 1 and len(ruler.columns) > 1:
        at = ruler.columns[1][0]
        halves = [before[:at].strip(), before[at:].strip()]
        if all(halves) and before[at - 1] == " ":
            parts = halves
    if len(parts) > 1:
        return security | {"issuer": " ".join(parts[:-1]), "title": parts[-1]}
    if parts:
        security["title" if before.startswith(" " * _INDENT) else "issuer"] = parts[0]
    return security


def _row(security: dict[str, str], tail: re.Match[str], ruler: Ruler) -> Row:
    cells = security | {"value": _digits(tail["value"]), "amount": _digits(tail["amount"])}
    if tail["type"]:
        cells["amount_type"] = "PRN" if tail["type"] == "PRN" else "SH"
    if tail["option"]:
        cells["put_call"] = tail["option"].capitalize()
    discretion = _discretion(tail, ruler)
    if discretion is not None:
        cells["discretion"] = discretion
    words = [
        Word(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", tail.string[tail.start("rest") : tail.end("rest")])
    ]
    shift = tail.start("rest")
    told = _rest([Word(w.text, w.start + shift, w.end + shift) for w in words], ruler)
    return Row(cells | (told or {}), "; ".join(_unsure(cells, known=told is not None)) or None)


def _discretion(tail: re.Match[str], ruler: Ruler) -> str | None:
    """Which discretion: by its word; a cross stands under one of three columns, which only the ruler tells."""
    word = (tail["discretion"] or "").replace(" ", "-")
    if word != "X":
        return _DISCRETION.get(word)
    if len(ruler.columns) != _ALL or tail["type"]:
        return None
    at = bisect_right([start for start, _ in ruler.columns], tail.start("discretion")) - 1
    return {5: "SOLE", 6: "DFND", 7: "OTR"}.get(at)


def _rest(words: list[Word], ruler: Ruler) -> dict[str, str] | None:
    """Managers and voting authority; None where it cannot be told which is which. A cell left blank is not told, and not nought."""
    if len(words) >= 3 and not ruler.columns:
        *managers, sole, shared, none = words
        if all(w.text[0].isdigit() or w.text.startswith("-") for w in (sole, shared, none)):
            return _told(managers, {"sole": sole, "shared": shared, "none": none})
    if not ruler.voting:
        return None
    places = dict(zip(("sole", "shared", "none"), ruler.voting, strict=True))
    if ruler.columns:
        places = {"managers": ruler.columns[-4], **places}
    managers, voting = [], {}
    for word in words:
        name = min(places, key=lambda n: (-_overlap(word, places[n]), _distance(word, places[n])))
        if name == "managers" or (not ruler.columns and word.end < ruler.voting[0][0] - 8 and len(word.text) < 4):
            managers.append(word)
        elif name in voting:
            return None
        else:
            voting[name] = word
    return _told(managers, voting)


def _overlap(word: Word, span: tuple[int, int]) -> int:
    return max(0, min(word.end, span[1]) - max(word.start, span[0]))


def _distance(word: Word, span: tuple[int, int]) -> int:
    return abs(word.start + word.end - span[0] - span[1])


def _told(managers: list[Word], voting: dict[str, Word]) -> dict[str, str] | None:
    cells = {}
    for name, word in voting.items():
        if word.text[0].isdigit():
            cells[name] = _digits(word.text)
        elif "0" in word.text:
            cells[name] = "0"
    numbers = [w.text.strip(",") for w in managers if w.text[0].isdigit()]
    if any(len(n.replace(",", "")) > 3 and "," not in n for n in numbers):
        return None
    return cells | ({"managers": ",".join(numbers)} if numbers else {})


def _unsure(cells: dict[str, str], *, known: bool) -> Iterator[str]:
    """What of a row could not be told apart, or is not there."""
    if "issuer" not in cells:
        yield "no name of an issuer stands in its line"
    if "amount_type" not in cells:
        yield "whether shares or principal are counted is not told"
    if "discretion" not in cells:
        yield "no investment discretion is told that we know"
    if not known:
        yield "voting authority is not told in three numbers, so that their columns cannot be told"


def _digits(text: str) -> str:
    return text.replace(",", "")
