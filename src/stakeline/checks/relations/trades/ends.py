"""Two ends of what shares come to against the two ends of their price: "52 million shares at 89.5 to 91 yuan, for 4.65 to 4.73 billion".

Where one end of the amount is what the count gives at one end of the price, the count and the range are those that are meant, and the
other end must be what the other price gives.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import APART, against_price, hull
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import MANY, Page, Relation, positive
from stakeline.checks.relations.trades.digits import missed, others
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.trades.whose import Trade, explained, is_count, is_each, is_sum
from stakeline.model.numbers import Interval

_RANGE = re.compile(
    r"\s*(?:shares?\s*)?(?:[元仙毫]|[港美]元|英[镑鎊])?\s*(?:[至到或~～–—-]|(?:/股)[至到]|\bto\b|\bor\b)\s*(?:[约約]|about )?\s*"
)
"""Between the two ends of a range."""
_AND = re.compile(r"\s*and\s*(?:about )?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween(?: about)?\s*$", re.IGNORECASE)
_REACH = 1
"""Sentences around an amount in which its count and its price may stand."""
_FEW = 3
"""Counts and ranges of prices tried for a range of amounts."""
_WIDEST = Decimal("1.6")
"""How many times the lower end of a price, or of an amount, the higher one is at most."""
_LEAST = Decimal("0.03")
"""How far off an end must be."""
_WIDE = Decimal("1.25")
"""How far apart the ends of what a count comes to may lie, for a price of two ends, and still tell of digits."""
_APART = re.compile(r"[;；]")
"""Between figures: they are of two trades of a list."""


def ends(page: Page) -> Iterator[Relation]:
    """Count x lower price = lower amount, count x higher price = higher amount: one of the two holds and the other not."""
    for low in range(len(page.claims) - 1):
        sums = (low, low + 1)
        if not _is_range(page, sums, page.is_amount) or any(page.is_price(i) for i in sums):
            continue
        counts = page.near(low, lambda i: is_count(page, i), _REACH)[:_FEW]
        for count in counts:
            relation = next((r for p in _prices(page, sums) if (r := _judged(page, sums, count, p)) is not None), None)
            if relation is not None:
                yield relation
                break


def _is_range(page: Page, two: tuple[int, int], wanted: Callable[[int], bool]) -> bool:
    """Whether two figures of a sort are the ends of a range, whichever of them is printed as the larger."""
    known = all(wanted(i) and page.found(i).value is not None and positive(page.bounds(i)) for i in two)
    if not known or not page.together(*two) or not page.one_currency(two):
        return False
    gap = page.gap(*two)
    return _RANGE.fullmatch(gap) is not None or (
        _AND.fullmatch(gap) is not None and _BETWEEN.search(page.lead(two[0])) is not None
    )


def _prices(page: Page, sums: tuple[int, int]) -> list[tuple[int, int]]:
    """The nearest ranges of prices around a range of amounts."""
    near = page.near(sums[0], lambda i: i not in sums and _is_each(page, i, sums), _REACH)
    two = [(i, i + 1) for i in near if i + 1 in near]
    return [t for t in two if _is_range(page, t, page.is_amount)][:_FEW]


def _is_each(page: Page, index: int, sums: tuple[int, int]) -> bool:
    """Whether an amount may be for one share, as far as its size tells."""
    small = page.is_amount(index) and page.found(index).value is not None and page.one_currency((index, *sums))
    return small and page.bounds(index).high * MANY < min(page.bounds(i).low for i in sums)


def _judged(page: Page, sums: tuple[int, int], count: int, prices: tuple[int, int]) -> Relation | None:
    """What tells against one of two ends, where the other one is what the count gives."""
    come = [page.scaled(v, page.bounds(count) * page.bounds(p)) for v, p in zip(sums, prices, strict=True)]
    fits = [fit(page.found(v), result) for v, result in zip(sums, come, strict=True)]
    if set(fits) != {Fit.AGREES, Fit.OFF}:
        return None
    odd = fits.index(Fit.OFF)
    value, price = sums[odd], prices[odd]
    if abs(page.found(value).number / come[odd].middle - 1) <= _LEAST:
        return None
    if _is_fair(page, prices):
        return None if _is_other(page, value, count, prices) else missed(page, value, count, (price,), settles=True)
    return against_price(page, value, count, price) if _is_fair(page, sums) else None


def _is_fair(page: Page, two: tuple[int, int]) -> bool:
    """Whether two ends are in their order, and no further apart than those of an offer."""
    low, high = (page.bounds(i).middle for i in two)
    return low <= high <= low * _WIDEST


def _is_other(page: Page, value: int, count: int, prices: tuple[int, int]) -> bool:
    """Whether another count near by gives an end at one of the two prices: the lot may grow at the higher end."""
    others = page.near(value, lambda i: i != count and page.found(i).unit in {"shares", "count"}, _REACH)
    numbers = [page.bounds(i) for i in others if page.found(i).value is not None] + [
        page.bounds(count) + page.bounds(i) for i in others if page.found(i).value is not None
    ]
    return any(
        fit(page.found(value), page.scaled(value, n * Interval.exact(page.bounds(p).middle))) is not Fit.OFF
        for n in numbers
        for p in prices
    )


def ranged(page: Page) -> Iterator[Relation]:
    """Count x lowest price ... count x highest = amount, the four one behind the other: an amount outside of it by one digit."""
    for sentence in page.sentences.values():
        row = [i for i in sentence if page.found(i).unit not in {"date", "period", "pct"}]
        for start in range(len(row) - 3):
            four = row[start : start + 4]
            counts, sums = ([i for i in four if of(page, i)] for of in (is_count, is_sum))
            ends = tuple(i for i in four if i not in {*counts, *sums})
            one = len(counts) == len(sums) == 1 and not _APART.search(page.gap(four[0], four[-1]))
            if one and _are_ends(page, *ends) and page.one_currency((*sums, *ends)):
                relation = _beyond(page, sums[0], counts[0], ends)
                if relation is not None:
                    yield relation


def _are_ends(page: Page, one: int, other: int) -> bool:
    """Whether two neighbouring figures are the lowest and the highest price of a trade."""
    if other - one != 1:
        return False
    return {end_of(page, one), end_of(page, other)} == {"low", "high"} and is_each(page, one) and is_each(page, other)


def _beyond(page: Page, value: int, count: int, ends: tuple[int, ...]) -> Relation | None:
    """An amount that is outside of what a count comes to at the prices of a range, and inside of it but for one digit."""
    found, number = page.found(value), page.found(value).number
    result = page.scaled(value, Interval.exact(page.found(count).number) * hull(page, ends))
    apart = not result.low * (1 - APART) <= number <= result.high * (1 + APART)
    meant = result.high <= result.low * _WIDE and any(result.low <= own <= result.high for own in others(found))
    if not (apart and meant) or any(explained(page, Trade(count, p, value)) for p in ends):
        return None
    return missed(page, value, count, ends, settles=True)
