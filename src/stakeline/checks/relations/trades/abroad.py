"""A count at a price in one currency, and what it came to in another one: "paid $230 million for 225 million shares at HK$8 each".

A peg, or the day's rate, turns the product into the amount. The three must stand in one sentence with nothing else of the kind in it, and
one digit of the amount must be what is wrong.
"""

from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import PRICES, Page, Relation, positive
from stakeline.checks.relations.prices.conversions import reference_rate
from stakeline.checks.relations.trades.digits import others
from stakeline.checks.relations.trades.whose import is_count, is_so_far, is_sum, telling
from stakeline.checks.relations.words import say, shown, told

_DIGITS = 2
"""Digits that an amount must have for one wrong one among them to mean anything."""
_GIVE = Decimal("0.015")
"""How far off an amount may be that was turned at another hour's rate."""
_APART = Decimal("0.12")
"""How far off it must be to be wrong."""


def abroad(page: Page) -> Iterator[Relation]:
    """Count x price x rate = amount, where the amount has one wrong digit."""
    for value in (i for i in range(len(page.claims)) if is_sum(page, i) and telling(page, i) >= _DIGITS):
        counts = page.near(value, lambda i: is_count(page, i), 0)
        prices = page.near(value, lambda i: page.is_price(i) and page.kind(i) in PRICES, 0)
        sums = page.near(value, lambda i: page.is_amount(i) and i not in prices, 0)  # noqa: B023 -- used at once
        if len(counts) == len(prices) == 1 and not sums and not is_so_far(page, value):
            relation = _off(page, value, counts[0], prices[0])
            if relation is not None:
                yield relation


def _off(page: Page, value: int, count: int, price: int) -> Relation | None:
    """What a count at a price is in the currency of an amount, where one other digit makes it the amount."""
    one, other, found = page.currency(price), page.currency(value), page.found(value)
    if one is None or other is None or one == other or page.found(price).bound is not None:
        return None
    rate = reference_rate(page, one, other)
    if rate is None or not page.same(value, count, price):
        return None
    result = page.scaled(value, page.bounds(count) * page.bounds(price) * rate[0])
    own = page.scaled(value, page.bounds(count) * page.bounds(price))
    if not positive(result) or abs(found.number / result.middle - 1) < _APART or fit(found, own) is not Fit.OFF:
        return None
    least, most = result.low * (1 - _GIVE), result.high * (1 + _GIVE)
    if fit(found, result) is not Fit.OFF or not any(
        least <= o + found.half and o - found.half <= most for o in others(found)
    ):
        return None
    claim = page.claims[value]
    come = told(result, claim)
    return Relation(
        target=value,
        inputs=(count, price),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[count])} x {shown(page.claims[price])} at {rate[1]} = {come}",
        reason=f"The shares at that price come to {come} at {rate[1]}; one digit of {found.text} is wrong.",
        basis="outside_constant",
        correction=say(result, claim, page.script),
        settles=True,
    )
