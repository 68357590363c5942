"""What stands in an element, as a value: days, numbers, boxes, CIKs. ValueError says why it is none.

The same few texts stand in most filings, so each is worked out once.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import unescape

from stakeline.model.notices import Item
from stakeline.model.numbers import Number

_KEPT = 1 << 15
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_MDY = re.compile(r"([0-9]{2})[/-]([0-9]{2})[/-]([0-9]{4})")
_NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{0,10})?|\.[0-9]{1,10}")
_CIK = re.compile(r"[0-9]{1,10}")
_FLAGS = {"1": True, "true": True, "y": True, "0": False, "false": False, "n": False}
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
FIRST_YEAR = 1900


@lru_cache(_KEPT)
def day(text: str) -> date:
    """A day as Forms 3, 4 and 5 write it. A time zone behind it ("2014-02-03-05:00") means nothing."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError("not a day like 2026-03-30")
    return _possible(date.fromisoformat(found[1]))


@lru_cache(_KEPT)
def mdy(text: str) -> date:
    """A day as Form 144 and Schedules 13D and 13G write it (03/30/2026), and covers of 13F (03-30-2026)."""
    found = _MDY.fullmatch(text)
    if found is None:
        raise ValueError("not a day like 03/30/2026")
    return _possible(date(int(found[3]), int(found[1]), int(found[2])))


def _possible(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise ValueError("a day that cannot be")
    return day


@lru_cache(_KEPT)
def number(text: str) -> Number:
    """A number as filed, exact, with its fractions. EDGAR takes digits and one point; signs, commas and powers are none."""
    if _NUMBER.fullmatch(text) is None:
        raise ValueError("not a number of at most 18 digits and 10 decimals, which is more than EDGAR takes")
    return Number(Decimal(text))


@lru_cache(_KEPT)
def percent(text: str) -> Number:
    """A percentage as filed, with the size of its last printed digit."""
    return printed(number(text).value)


def printed(value: Decimal) -> Number:
    """A number that may have been rounded to what is printed of it."""
    return Number(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))


def words(text: str) -> str:
    """Words as meant: filing software escapes some signs twice ("&amp;#167;")."""
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


@lru_cache(_KEPT)
def flag(text: str) -> bool:
    """A box: 1, true or Y where it is ticked; 0, false or N where it is not."""
    ticked = _FLAGS.get(text.lower())
    if ticked is None:
        raise ValueError("neither yes (1, true, Y) nor no (0, false, N)")
    return ticked


@lru_cache(_KEPT)
def cik(text: str) -> str:
    """A CIK in ten digits, however it is padded."""
    if _CIK.fullmatch(text) is None or not int(text):
        raise ValueError("not a CIK of one to ten digits")
    return text.zfill(10)


CONVERTERS: dict[str, Callable[[str], object] | None] = {
    "text": None,
    "words": words,
    "number": number,
    "percent": percent,
    "day": day,
    "mdy": mdy,
    "flag": flag,
    "cik": cik,
}
"""How a text is read, by the word for it in the descriptions of the forms; None: as it stands."""


def item(number: str, read: str) -> Callable[[str], Item | None]:
    """How the text of a numbered item is read, or the box that says that it does not apply."""
    if read == "flag":
        without = Item(number, applies=False)
        return lambda text: without if flag(text) else None
    return lambda text: Item(number, words(text))


AMOUNTS = frozenset({number, percent})
"""Those whose value, where it cannot be read, is `Absent.UNREADABLE` and not missing."""
