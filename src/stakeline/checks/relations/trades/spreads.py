"""The two ends of a discount against the two ends of a price: "at 89.5 to 91 yuan, 4.8% to 6.3% under the close of 95.55".

Each percentage is of one of the two prices. Where one of them is what its price and the close give, the base is known, and the
other one must be what the other price gives.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import PRICES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.trades.tied import DOWN, KINDS, OTHER_BASE, UP, base_of, is_price, noun_of
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_RANGE = re.compile(r"\s*(?:to|and|or|[-–—~～]|[元仙毫]?(?:[至到或和及]|[-–—~～]))\s*(?:約|约)?")
"""Between the two ends of a range of prices, or of percentages."""
_REACH = 2
"""Sentences in front of a percentage in which the prices, or the close that it names, may stand."""


def spreads(page: Page) -> Iterator[Relation]:
    """Two percentages of a range, one of which two prices of a range and a close give and the other not."""
    for one in range(len(page.claims) - 1):
        two = (one, one + 1)
        if not all(page.found(i).unit == "pct" and page.found(i).number for i in two) or not _is_range(page, *two):
            continue
        if not any(page.kind(i) in KINDS for i in two):
            continue
        base, prices = _base(page, one), _prices(page, one)
        if base is None or prices is None or base in prices or not page.one_currency((base, *prices)):
            continue
        if positive(page.bounds(base)):
            yield from _judged(page, two, prices, base)


def _is_range(page: Page, one: int, other: int) -> bool:
    return page.together(one, other) and _RANGE.fullmatch(page.gap(one, other)) is not None


def _base(page: Page, one: int) -> int | None:
    """The price that both percentages are measured against: tied to one of them, else the one close told of that the words name."""
    for index in (one, one + 1):
        if (base := base_of(page, index)) is not None:
            return base
    if noun_of(page, one) is None or OTHER_BASE.search(page.lead(one)):
        return None
    closes = page.near(one, lambda i: page.kind(i) == "price.close" and page.is_amount(i), _REACH)
    return closes[0] if len({page.found(i).value for i in closes}) == 1 else None


def _prices(page: Page, index: int) -> tuple[int, int] | None:
    """The nearest range of prices in front of a percentage."""
    near = page.near(index, lambda i: i < index and is_price(page, i), _REACH)
    for last in near:
        first = last - 1
        if first in near and _is_range(page, first, last) and positive(page.bounds(first)):
            return first, last
    return None


def _judged(page: Page, two: tuple[int, int], prices: tuple[int, int], base: int) -> Iterator[Relation]:
    """The percentage that is not what the other end of the price gives, where the first one is that of its end."""
    changes = {p: unsigned((_fine(page, p) / _fine(page, base) - _ONE) * _HUNDRED) for p in prices}
    fits = {(i, p): fit(page.found(i), changes[p]) for i in two for p in prices}
    for right, wrong in (two, two[::-1]):
        for its, price in (prices, prices[::-1]):
            if fits[right, its] is not Fit.AGREES or fits[right, price] is Fit.AGREES:
                continue
            if fits[wrong, price] is Fit.OFF:
                yield _relation(page, wrong, (price, base), changes[price], _END)
                return


_AND = re.compile(r"\s*(?:,? and|[,、]|[元]?[及和與与、]|[港美]?元[及和與与、])\s*(?:約|约)?")
"""Between two figures of a list that another list answers, one by one."""


def respective(page: Page) -> Iterator[Relation]:
    """Percentages over or under several prices, in their order: "41.7% and 66.7% above the averages of 0.60 and 0.51 yuan"."""
    for one in range(len(page.claims) - 1):
        shares = (one, one + 1)
        if not _is_list(page, shares, lambda i: page.found(i).unit == "pct" and bool(page.found(i).number)):
            continue
        if not any(page.kind(i) in KINDS | {"other.pct"} for i in shares):
            continue
        for bases in ((one - 2, one - 1), (one + 2, one + 3)):
            if _is_list(page, bases, page.is_amount) and page.together(one, *bases) and page.one_currency(bases):
                yield from _in_order(page, shares, bases)


def _is_list(page: Page, two: tuple[int, int], wanted: Callable[[int], bool]) -> bool:
    """Whether two figures of a sort are all of a list."""
    if two[0] < 0 or two[1] >= len(page.claims) or not all(map(wanted, two)):
        return False
    around = [(two[0] - 1, two[0]), (two[1], two[1] + 1)]
    longer = any(
        a >= 0 and b < len(page.claims) and page.found(a).unit == page.found(b).unit and _AND.fullmatch(page.gap(a, b))
        for a, b in around
    )
    return not longer and page.together(*two) and _AND.fullmatch(page.gap(*two)) is not None


def _in_order(page: Page, shares: tuple[int, int], bases: tuple[int, int]) -> Iterator[Relation]:
    """The percentage that the price of a deal does not give with its base, where the other one is what it gives with its own."""
    first, last = min(shares[0], bases[0]), max(shares[1], bases[1])
    words = page.lead(shares[0]) + page.gap(min(shares[1], bases[1]), max(shares[0], bases[0])) + page.tail(shares[1])
    prices = page.near(first, lambda i: i < first and page.kind(i) in PRICES and page.one_currency((i, *bases)), _REACH)
    if not prices or last - first != len(shares) + len(bases) - 1 or not (UP.search(words) or DOWN.search(words)):
        return
    if not all(positive(page.bounds(i)) for i in bases):
        return
    for price in prices:
        results = [unsigned((page.bounds(price) / page.bounds(base) - _ONE) * _HUNDRED) for base in bases]
        fits = [fit(page.found(i), result) for i, result in zip(shares, results, strict=True)]
        if set(fits) == {Fit.AGREES, Fit.OFF}:
            odd = fits.index(Fit.OFF)
            if fit(page.found(shares[odd]), results[1 - odd]) is Fit.OFF:
                yield _relation(page, shares[odd], (price, bases[odd]), results[odd], _OWN)
                return


_OWN = "Each percentage is of its own price"
_END = "The other end of the range is of the other price"


def _fine(page: Page, index: int) -> Interval:
    """Where a price lies, which is not rounded to whole yuan where it is one: 30 beside 30.3."""
    own = page.bounds(index)
    half = min((own.high - own.low) / 2, own.middle * _ROUGH)
    return Interval(own.middle - half, own.middle + half)


_ROUGH = Decimal("0.002")
"""How far off a price of few digits may be all the same."""


def _relation(page: Page, index: int, two: tuple[int, int], result: Interval, why: str) -> Relation:
    claim = page.claims[index]
    price, base = (shown(page.claims[i]) for i in two)
    return Relation(
        target=index,
        inputs=two,
        fit=Fit.OFF,
        recomputed=result,
        working=f"|{price} / {base} - 1| = {told(result, claim)}",
        reason=f"{why}; {price} against {base} gives {told(result, claim)}.",
        correction=say(result, claim, page.script),
        settles=True,
        slips=magnitude(claim.found, result) is not None,
    )
