"""The cells of a row of an information table as text: which word of its line belongs to which column.

Where cells are left blank, only the place of a word tells its column: by the ruler of the table (`<S>` and `<C>`, or dashes), else by the
words of its heading. What neither tells is left out and said.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

LONGEST_LINE = 1_000
COUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,8})?"
"""A number of a cell."""
OPTION = re.compile(r"(PUT|CALL)S?")
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
_VOTES = re.compile(rf"{COUNT}|-.*")
MARKS = re.compile(r"<[SC]>", re.IGNORECASE)
DASHES = re.compile(r"[-=_]{2,}")
_VOTING = re.compile(r"\bSOLE\b.{1,60}?\bSHARED\b.{1,60}?\b(?:NONE|NO)\b")
_LEAST_MARKS = 8
_LEAST_VOTING = 10
"""Marks of a table from where the last three are those of voting authority: fewer leave out some of them, nobody can tell which."""
_ALL = 12
"""Columns of the table where each has its own (17 CFR 249.325): name, title, CUSIP, value, amount, three, managers, three."""


class Row(NamedTuple):
    """A row. cells: by field. line: as it stands. unsure: what of it could not be told apart. printed: its CUSIP as it stands, where that has not nine places.

    rounded: a figure of it had a fraction, which no cell of the form has. beside: words of their own line above it may be a part of its
    name, or of the name of the row above them.
    """

    cells: dict[str, str]
    line: str
    unsure: str | None
    printed: str | None = None
    rounded: bool = False
    beside: bool = False

    def turned(self) -> "Row":
        """With value and amount in each other's place."""
        return self._replace(cells=self.cells | {"value": self.cells["amount"], "amount": self.cells["value"]})


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


def ruler_of(upper: str, before: Ruler) -> Ruler:
    """The ruler that a line is, or the one before it. Marks show where columns begin; dashes where they also end."""
    starts = [m.start() for m in MARKS.finditer(upper)]
    if len(starts) >= _LEAST_MARKS:
        if before.columns and len(before.columns) == len(starts):
            return before
        ends = [*(s - 1 for s in starts[1:]), LONGEST_LINE]
        columns = tuple(zip(starts, ends, strict=True))
        return Ruler(columns, columns[-3:] if len(columns) >= _LEAST_VOTING else ())
    spans = [m.span() for m in DASHES.finditer(upper)]
    if len(spans) >= _LEAST_MARKS and DASHES.sub("", upper).strip() == "":
        return Ruler(tuple(spans), tuple(spans[-3:]))
    heading = _VOTING.search(upper)
    if heading is not None and not before.columns and not any(c.isdigit() for c in upper[heading.start() :]):
        words = [m.span() for m in re.finditer(r"SOLE|SHARED|NONE|NO", upper[heading.start() :])]
        shift = heading.start()
        return Ruler((), tuple((a + shift, b + shift) for a, b in words[-3:]))
    return before


def row_of(security: dict[str, str], tail: re.Match[str], ruler: Ruler, *, turned: bool) -> Row:
    """The row of a security. tail: what stands behind its CUSIP. turned: the heading has the amount before the value."""
    if tail["early"] or (turned and not tail["type"]):
        value, amount, kind = tail["other"], tail["one"], tail["early"] or tail["type"]
    else:
        value, amount, kind = tail["one"], tail["other"], tail["type"]
    cells = security | {"value": _digits(value), "amount": _digits(amount)}
    if kind:
        cells["amount_type"] = "PRN" if kind == "PRN" else "SH"
    if tail["option"]:
        cells["put_call"] = tail["option"].capitalize()
    elif (of := OPTION.fullmatch(cells.get("title", "").upper())) is not None:
        cells["put_call"] = of[1].capitalize()
    discretion = _discretion(tail, ruler)
    if discretion is not None:
        cells["discretion"] = discretion
    words = [
        Word(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", tail.string[tail.start("rest") : tail.end("rest")])
    ]
    shift = tail.start("rest")
    told = _rest([Word(w.text, w.start + shift, w.end + shift) for w in words], ruler)
    rounded = any(_fraction(text) for text in (value, amount, *(w.text for w in words)))
    return Row(
        cells | (told or {}), tail.string, "; ".join(_unsure(cells, known=told is not None)) or None, rounded=rounded
    )


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
    """Managers and voting authority; None where it cannot be told which is which. A cell left blank is not told, and not nought.

    Authority that a word tells ("SOLE") is not told in numbers.
    """
    if any(w.text in {"SOLE", "SHARED"} for w in words):
        return None
    if len(words) >= 3 and not (ruler.columns and ruler.voting):
        *managers, sole, shared, none = words
        if all(_VOTES.fullmatch(w.text) for w in (sole, shared, none)):
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
    if "cusip" not in cells:
        yield "no CUSIP stands in its line"
    if "amount_type" not in cells:
        yield "whether shares or principal are counted is not told"
    if "discretion" not in cells:
        yield "no investment discretion is told that we know"
    if not known:
        yield "voting authority is not told in three numbers, so that their columns cannot be told"


def _digits(text: str) -> str:
    """A whole number; one with a fraction rounded to the nearest."""
    return str(int(Decimal(text.replace(",", "")).to_integral_value(ROUND_HALF_UP)))


def _fraction(text: str) -> bool:
    return "." in text and text.rpartition(".")[2].strip("0") != ""
