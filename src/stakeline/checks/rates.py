"""Rates of exchange that an article may have used: pegs, what a currency has been worth at all, and what it says itself.

The rate of a day comes in as a function; nothing here looks one up.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.numbers import Interval

Rate = Callable[[date, str, str], Interval | None]
"""rate(day, "USD", "HKD"): units of the second for one of the first on a day, about 7.8; None where it is not known."""


class Peg(msgspec.Struct, frozen=True):
    """Units of `quote` for one `base` that a currency board or law holds since a day."""

    base: str
    quote: str
    band: Interval
    since: date
    name: str


def _peg(base: str, quote: str, low: str, high: str, since: date, name: str) -> Peg:
    return Peg(base, quote, Interval(Decimal(low), Decimal(high)), since, name)


PEGS = (
    # HKMA: convertibility undertakings of 7.75 and 7.85 since 18 May 2005.
    _peg("USD", "HKD", "7.75", "7.85", date(2005, 5, 18), "the HKMA's band of 7.75 to 7.85"),
    # Central bank of the U.A.E. 3.6725 since November 1997; Saudi riyal 3.75 since June 1986; DKK: ERM II, 7.46038 +/- 2.25%.
    _peg("USD", "AED", "3.6715", "3.6735", date(1997, 11, 1), "the peg of 3.6725"),
    _peg("USD", "SAR", "3.745", "3.755", date(1986, 6, 1), "the peg of 3.75"),
    _peg("EUR", "DKK", "7.2925", "7.6282", date(1999, 1, 1), "the ERM II band of 7.46 +/- 2.25%"),
)

_EVER: dict[str, tuple[str, str]] = {
    "CNY": ("5.9", "8.4"),
    "HKD": ("7.7", "7.9"),
    "JPY": ("75", "165"),
    "EUR": ("0.6", "1.25"),
    "GBP": ("0.45", "1"),
    "INR": ("35", "100"),
    "KRW": ("880", "2000"),
    "TWD": ("25", "36"),
    "SGD": ("1.15", "1.9"),
    "AUD": ("0.88", "2.1"),
    "CAD": ("0.9", "1.65"),
    "CHF": ("0.7", "1.85"),
    "SEK": ("5.8", "11.6"),
    "THB": ("28", "46"),
    "MYR": ("2.9", "4.9"),
    "IDR": ("6500", "17500"),
    "PHP": ("38", "60"),
}
"""Units for one US dollar between the lowest and the highest daily rate since 1998 (ECB reference rates and their crosses), rounded outwards."""


def peg(one: str, other: str, on: date | None) -> tuple[Interval, str] | None:
    """Units of `other` for one of `one` where a peg holds them on a day, with its name."""
    for each in PEGS:
        if on is not None and on < each.since:
            continue
        if (one, other) == (each.base, each.quote):
            return each.band, each.name
        if (other, one) == (each.base, each.quote):
            return Interval.exact(1) / each.band, each.name
    return None


def ever(one: str, other: str) -> Interval | None:
    """The widest range of `other` for one of `one` that two currencies can have had since 1998."""
    bottom, top = (Interval.exact(1) if c == "USD" else _range(c) for c in (one, other))
    return None if bottom is None or top is None else top / bottom


def _range(currency: str) -> Interval | None:
    ends = _EVER.get(currency)
    return None if ends is None else Interval(Decimal(ends[0]), Decimal(ends[1]))
