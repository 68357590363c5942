"""What stands in one box, as a value: counts, percentages, prices, days and positions.

Each function takes the text of a box and where it stands, and returns the value, an `Absent` for a blank box, or a
`Problem`. None of them guesses, and none returns zero for something else than a printed zero.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec.structs import replace

from stakeline.model.notices import Absent, Leg
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable

MOST_DIGITS = 30
"""Digits before the point. All shares of all companies on earth have fewer."""
MOST_PLACES = 12
"""Digits after the point."""
HIGHEST_PERCENT = Decimal(1000)
"""Derivatives over shares not yet issued can exceed 100% of a class; ten times a class is a slip."""
_YEARS = range(1900, 2200)

_NUMBER = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:\s*\([^()0-9]*\))?")
_CHINESE_DAY = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(MOST_PLACES + 1))
_NOT_APPLICABLE = frozenset({"n/a", "n.a.", "not applicable", "不適用", "不适用"})
_HUNDRED = Decimal(100)

Value = Number | Absent | Problem
Reader = Callable[[str, str], Value]
"""Text and where it stands -> what stands there."""


def count(text: str, where: str) -> Value:
    """A number of shares: exact as the form states it, so without a unit. Fractions are allowed."""
    return _number(text, where, rounded=False)


def price(text: str, where: str) -> Value:
    """A price or an average per share, with the size of its last printed digit."""
    return _number(text, where, rounded=True)


def percent(text: str, where: str) -> Value:
    """A percentage, with or without a percent sign, with the size of its last printed digit. See `above_all`."""
    if text.strip() == "%":
        return unread(text, where, "a percent sign without a number")
    found = _number(text.strip().removesuffix("%"), where, rounded=True)
    if type(found) is Number and found.value > HIGHEST_PERCENT:
        return unread(text, where, f"no percentage of shares is above {HIGHEST_PERCENT}")
    return found


def above_all(value: object, where: str) -> Problem | None:
    """A note where a percentage is more than all shares: possible with derivatives over shares not yet issued."""
    if type(value) is Number and value.value > _HUNDRED:
        message = "more than 100%: possible only with derivatives over shares not yet issued; taken as printed"
        return Problem(severity=Severity.NOTE, where=where, found=str(value.value), message=message)
    return None


def day(text: str, where: str) -> date | Absent | Problem:
    """A day written dd/mm/yyyy, with or without words in brackets behind it ("08/11/2022 (dd/mm/yyyy)"); or in Chinese, year first."""
    text = text.strip()
    found = _day(text) if len(text) <= _LONGEST_KNOWN else _day.__wrapped__(text)
    return found if type(found) is not Problem else replace(found, where=where)


def leg(text: str) -> Leg | None:
    """The leg that a position word or letter means ("Long position", "(S)", "可供借出的股份"), or None."""
    found = _LEGS.get(text)
    if found is None and text[:1] in BEGINNINGS and len(text) <= _LONGEST_WORD:
        return _spelt(text)
    return found


@lru_cache(maxsize=256)
def _spelt(text: str) -> Leg | None:
    """As `leg`, in another case or with signs around it."""
    return _LEGS.get(_LETTER.sub("", text.casefold()).strip(" :*"))


def unread(text: str, where: str, message: str) -> Problem:
    """A problem that costs one value."""
    return Problem(severity=Severity.FIELD, where=where, found=printable(text), message=message)


_LONGEST_WORD = 30
_LETTER = re.compile(r"(?<=\w)\s*\([lsp]\)$")
_WORDS = {
    Leg.LONG: ("long position", "long positions", "long", "l", "(l)", "好倉", "好仓"),
    Leg.SHORT: ("short position", "short positions", "short", "s", "(s)", "淡倉", "淡仓"),
    Leg.POOL: ("lending pool", "p", "(p)", "可供借出的股份"),
}
_LEGS = {
    spelt: one for one, words in _WORDS.items() for word in words for spelt in (word, word.capitalize(), word.title())
}


BEGINNINGS = frozenset({" ", ":", "*", *(letter for spelt in _LEGS for letter in (spelt[0], spelt[0].upper()))})
"""First letters of all that `leg` knows."""

_LONGEST_KNOWN = 24
"""Pages of one folder repeat days. Only short texts are remembered: they come from anyone."""


def _number(text: str, where: str, *, rounded: bool) -> Value:
    """The exact value printed. rounded: with the size of its last digit."""
    match = _NUMBER.fullmatch(text) or _NUMBER.fullmatch(text := text.strip())
    if match is None:
        return _no_number(text, where)
    whole, places = match.groups()
    size = len(places) if places else 0
    if size > MOST_PLACES or (len(whole) > MOST_DIGITS and len(whole) - whole.count(",") > MOST_DIGITS):
        return unread(text, where, f"more than {MOST_DIGITS} digits before the point or {MOST_PLACES} after it")
    value = Decimal(text.replace(",", ""))
    return Number(value, _UNITS[size]) if rounded else Number(value)


def _no_number(text: str, where: str) -> Value:
    """What a text says that is no number."""
    if not text:
        return Absent.NOT_DISCLOSED
    return Absent.NOT_APPLICABLE if text.casefold() in _NOT_APPLICABLE else unread(text, where, _why(text))


@lru_cache(maxsize=4096)
def _day(text: str) -> date | Absent | Problem:
    """`day`, wherever it stands."""
    if not text:
        return Absent.NOT_DISCLOSED
    match = _DAY.fullmatch(text)
    if match is not None:
        parts = match[3], match[2], match[1]
    elif (chinese := _CHINESE_DAY.fullmatch(text)) is not None:
        parts = chinese[1], chinese[2], chinese[3]
    else:
        return unread(text, "", "not a day written dd/mm/yyyy")
    try:
        found = date(*map(int, parts))
    except ValueError:
        return unread(text, "", "there is no such day")
    if found.year not in _YEARS:
        return unread(text, "", "not a year in which anyone could have filed this")
    return found


_ODDITIES = (
    (re.compile(r"[-−(]"), "negative, where the form has no negative numbers"),
    (re.compile(r"[+-]?(nan|inf)", re.IGNORECASE), "not a number"),
    (re.compile(r"[0-9.,]+e[+-]?[0-9]", re.IGNORECASE), "written with an exponent, as no form is"),
    (re.compile(r".*[^\x00-\x7f]", re.DOTALL), "not written in plain digits"),
    (re.compile(r"0[0-9]"), "a number with leading zeros is a code or a slip"),
    (re.compile(r"[0-9]+,[0-9,.]*$"), "the commas do not stand at every third digit"),
)


def _why(text: str) -> str:
    """What to say of a text that is no plain number."""
    return next((words for pattern, words in _ODDITIES if pattern.match(text)), "not a plain number")
