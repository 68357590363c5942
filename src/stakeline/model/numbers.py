"""Exact numbers, and what is known of them when they were printed rounded.

Nothing here is a float. A count of shares, a price or a percentage is a `Decimal` made from the printed text. Where a
figure was printed rounded (a percentage to two places, a holding "to the nearest million") the size of its last printed
digit is kept beside it, and arithmetic on such figures goes through `Interval`, which always contains the truth.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from typing import Self

import msgspec

PRECISION = 60
"""Digits carried in arithmetic: above any product of two figures that a form can hold (see `reading.values`)."""

_DOWN = Context(prec=PRECISION, rounding=ROUND_FLOOR)
_UP = Context(prec=PRECISION, rounding=ROUND_CEILING)
_HALF = Decimal("0.5")


class Interval(msgspec.Struct, frozen=True):
    """All values from low to high, both included. Results are rounded outwards, so the truth never falls out."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval needs low <= high, not {self.low} and {self.high}")

    @classmethod
    def exact(cls, value: Decimal | int) -> Self:
        """The interval that holds one value."""
        value = Decimal(value)
        return cls(value, value)

    @property
    def is_exact(self) -> bool:
        """True where low and high are one value."""
        return self.low == self.high

    @property
    def middle(self) -> Decimal:
        """The middle, for display beside the bounds; never used to decide anything."""
        return _DOWN.multiply(_DOWN.add(self.low, self.high), _HALF)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __mul__(self, other: "Interval") -> "Interval":
        corners = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.multiply(a, b) for a, b in corners), max(_UP.multiply(a, b) for a, b in corners))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError(f"the divisor {other.low} to {other.high} may be zero")
        corners = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.divide(a, b) for a, b in corners), max(_UP.divide(a, b) for a, b in corners))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meet(self, other: "Interval") -> "Interval | None":
        """What lies in both, or None where nothing does."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def hull(self, other: "Interval") -> "Interval":
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


class Number(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number as read.

    value: exact value of what is printed, in base units (8.74% is 8.74; "2,271 million" is 2271000000).
    unit: size of the last printed digit where the figure was or may have been rounded (0.01 for 8.74%, 1000000 for
        "2,271 million"); None where the form or source states the exact figure (a share count in a notice's box).
    low, high: bounds that the document sets itself, where it tells no one number: "less than 1%" is 1 with low 0.
    """

    value: Decimal
    unit: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def rounded(self) -> bool:
        """True where the truth may be another number than the one printed."""
        return self.unit is not None or self.low is not None or self.high is not None

    def span(self) -> Interval:
        """Where the truth lies, whether the figure was rounded or cut off.

        Filers do both (in one issuer's notices 6.8365 was filed as 6.84, in another's 7.9991 as 7.99), so it reaches
        half a unit towards zero and a whole unit away from it.
        """
        if self.low is not None or self.high is not None:
            printed = Number(self.value, self.unit).span()
            low, high = self.low, self.high
            return Interval(printed.low if low is None else low, printed.high if high is None else high)
        if self.unit is None:
            return Interval(self.value, self.value)
        with localcontext(prec=PRECISION):
            inner, outer = self.unit * _HALF, self.unit
            if self.value < 0:
                return Interval(self.value - outer, self.value + inner)
            return Interval(self.value - inner, self.value + outer)


def exact_product(*factors: Decimal) -> Decimal:
    """The product, to `PRECISION` digits."""
    with localcontext(prec=PRECISION):
        result = Decimal(1)
        for factor in factors:
            result *= factor
        return result


def exact_sum(*terms: Decimal) -> Decimal:
    """The sum, to `PRECISION` digits."""
    with localcontext(prec=PRECISION):
        return sum(terms, Decimal(0))


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole x 100, to `PRECISION` digits. whole must not be zero."""
    with localcontext(prec=PRECISION):
        return part * 100 / whole


def percent_level(part: Decimal, whole: Decimal) -> int:
    """part / whole x 100 rounded down to a whole number, decided exactly (no division is rounded).

    The "percentage level" of Hong Kong's Part XV: 6.98% is level 6. part and whole are not negative, whole not zero.
    """
    with localcontext(prec=2 * PRECISION):
        return int(part * 100 // whole)
