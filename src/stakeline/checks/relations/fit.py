"""When a printed figure agrees with a recomputed one: interval arithmetic with the slack that papers take.

A figure stands for its value +/- half of the last printed digit; papers also cut digits off, so it reaches a whole digit
upwards. Beyond that 1% of the recomputed amount, or 0.4% of a percentage, is no disagreement; behind "about", "nearly" or
"up to" 3%; behind "more than" anything up to a quarter above. Between agreeing and being off lies a band in which nothing is said.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from itertools import chain, pairwise

from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

AMOUNT, PERCENT, ABOUT = Decimal("0.01"), Decimal("0.004"), Decimal("0.03")
MORE_THAN = Decimal("1.25")
_UNSAID = Decimal("1.5")
"""How many times its slack a figure must be away before it counts as off."""
_VAGUE = Decimal(3)
"""More than a million may still be said of three million, though no one would."""
_LARGEST = 9
"""The largest power of ten that a magnitude is mistaken by."""
_ROOT = Decimal("3.1623")
"""The square root of ten: below it the smaller power is the nearer one."""


class Fit(Enum):
    """How a printed figure stands to a recomputed one."""

    AGREES = "agrees"
    UNDECIDED = "undecided"
    OFF = "off"


def fit(found: Found, result: Interval, *, slack: Decimal | None = None) -> Fit:
    """Whether a printed figure agrees with where it should lie, both without sign."""
    own = printed(found)
    share = slack if slack is not None else PERCENT if found.unit in {"pct", "pp"} else AMOUNT
    if found.approx in {"about", "under", "upto"}:
        share = max(share, ABOUT)
    give = share * max(abs(result.low), abs(result.high))
    if found.word:
        return _of_word(found, result)
    if _meets(own, result, give):
        return Fit.AGREES
    if found.approx == "over" and result.low > found.number:
        return Fit.AGREES if result.low <= found.number * MORE_THAN else _vague(result.low <= found.number * _VAGUE)
    if found.approx in {"upto", "under"} and result.high < found.number:
        return _vague(found.approx == "upto" or result.high >= found.number * Decimal("0.9"))
    room = give * _UNSAID + (found.half if found.unit in {"pct", "pp"} else Decimal(0))
    return _vague(_meets(own, result, room))


def printed(found: Found) -> Interval:
    """Where a printed figure lies, rounded or cut off."""
    return Interval(found.number - found.half, found.number + 2 * found.half)


def narrow(result: Interval | str, share: Decimal) -> bool:
    """Whether the ends of a result lie no further apart than a share of it: enough for an agreement with it to tell."""
    return isinstance(result, Interval) and result.high - result.low <= share * result.middle


def slip(found: Found, result: Interval) -> str | None:
    """By which power of ten a figure is wrong, in words ("1,000 times"); None where it is not a slip of magnitude."""
    power = magnitude(found, result)
    if power is None:
        return None
    factor = format(10 ** abs(power), ",")
    return f"{factor} times" if power > 0 else f"a {factor}th of"


def magnitude(found: Found, result: Interval) -> int | None:
    """k where the figure is 10^k times what it should be, k not 0; None where it is not."""
    if result.low <= 0 or found.number <= 0:
        return None
    ratio = found.number / result.middle
    power = ratio.adjusted() + (1 if ratio.scaleb(-ratio.adjusted()) > _ROOT else 0)
    if not 0 < abs(power) <= _LARGEST:
        return None
    factor = Decimal(10) ** power
    wanted = Interval(result.low * factor, result.high * factor)
    share = ABOUT if found.approx else AMOUNT
    return power if _meets(printed(found), wanted, share * wanted.high) else None


_FARTHEST = 4
"""How many times a result a figure can be that was meant to be it."""


def far(found: Found, result: Interval) -> bool:
    """Whether a figure is so far from a result that it is of another matter: many times it, and no power of ten either."""
    if result.low <= 0 or found.number <= 0 or magnitude(found, result) is not None:
        return False
    return not 1 < _FARTHEST * found.number / result.middle < _FARTHEST**2


def swapped(digits: str) -> Iterator[str]:
    """A printed number with two neighbouring digits changed round."""
    places = [i for i, c in enumerate(digits) if c != "."]
    for i, j in pairwise(places):
        yield digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :]


def replaced(digits: str) -> Iterator[str]:
    """A printed number with one digit mistyped."""
    for i, own in enumerate(digits):
        yield from (digits[:i] + c + digits[i + 1 :] for c in "0123456789" if own not in {".", c})


_TELLING = 4
"""Digits that a figure must have for one wrong digit among them to mean anything."""
_EXACT = Decimal("1.02")
"""How far apart the ends of a result may lie to tell which digit is wrong."""
_PRINTED = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def in_print(found: Found) -> str:
    """The digits of a figure as they are printed, with their point and without commas; empty where it is told in words."""
    number = _PRINTED.search(found.text)
    return number[0].replace(",", "") if number is not None else ""


def mistyped(found: Found, result: Interval, telling: int = _TELLING) -> bool:
    """Whether one wrong digit, or two neighbours changed round, make a figure what it should be: a slip of the pen, no other base.

    telling: how many digits the figure must have; fewer will do for a difference of printed figures, which has nothing to round.
    """
    digits = in_print(found)
    places = [i for i, c in enumerate(digits) if c != "."]
    if len(places) < telling or result.low <= 0 or result.high > result.low * _EXACT or not Decimal(digits):
        return False
    unit = found.number / Decimal(digits)
    give = max(found.half, result.middle / 1000)
    return any(
        result.low - give <= Decimal(text) * unit <= result.high + give
        for text in chain(swapped(digits), replaced(digits))
    )


def transposed(found: Found, right: Decimal) -> bool:
    """Whether a figure is another one with two neighbouring digits changed round, to the last digit printed."""
    digits = in_print(found)
    if not any(c in "123456789" for c in digits):
        return False
    unit = found.number / Decimal(digits)
    return any(t != digits and abs(Decimal(t) * unit - right) <= found.half * 2 for t in swapped(digits))


def overlong(found: Found, right: Interval) -> bool:
    """Whether a long exact number has one digit more than what it should be, to the last digit."""
    digits = in_print(found)
    if len(digits) < _LONG or "." in digits or found.number != Decimal(digits) or right.high - right.low > _LONG:
        return False
    return any(Decimal(digits[:i] + digits[i + 1 :]) == right.middle for i in range(len(digits)))


_LONG = 6
"""Digits of a number of which another one with one digit less is no chance."""


def _meets(own: Interval, result: Interval, give: Decimal) -> bool:
    return own.low <= result.high + give and result.low - give <= own.high


def _vague(open_: bool) -> Fit:  # noqa: FBT001
    return Fit.UNDECIDED if open_ else Fit.OFF


_COARSE = Decimal("0.68")
"""A change told in words is no change that differs from it by half: 两成 is not 30%."""


def _of_word(found: Found, result: Interval) -> Fit:
    """Of "doubled", "tripled", 三成: words are coarse; they are compared as ratios where they speak of growth."""
    base = Decimal(100) if found.growth and found.unit == "pct" else Decimal(0)
    stated, low, high = found.number + base, result.low + base, result.high + base
    above = Decimal("1.34") if found.approx == "over" else Decimal("1.1")
    below = (
        Decimal("0.8") if found.approx == "under" else Decimal("0.99") if found.approx == "over" else Decimal("0.92")
    )
    if high >= stated * below and low <= stated * above:
        near = result.high >= found.number * _COARSE and result.low <= found.number / _COARSE
        return Fit.AGREES if near or found.approx == "over" else Fit.UNDECIDED
    wide = stated * (Decimal(2) if found.approx == "over" else Decimal("1.3"))
    narrow = stated * {"under": Decimal("0.7"), "over": Decimal("0.95")}.get(found.approx or "", Decimal("0.9"))
    return _vague(high >= narrow and low <= wide)
