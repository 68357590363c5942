"""Counts and prices told in turn, or in two lists, and what they come to: one digit of the amount is wrong."""

from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import APART
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import PRICES, Page, Relation
from stakeline.checks.relations.trades.digits import others
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.trades.whose import CLEAR, is_count, is_so_far, is_sum, telling
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_SEVERAL, _MOST = 2, 6
"""How many counts make a list, and how many of them an article puts in one."""
_BACK = 2
"""Sentences in front of an amount in which its counts and prices are told."""
_WHOLE = Decimal("0.002")
"""How well counts add up to the one that is all of them."""


def lots(page: Page) -> Iterator[Relation]:
    """Counts and as many prices in front of an amount = it; or one of each for every one of a list of amounts."""
    for value in (i for i in range(len(page.claims)) if is_sum(page, i) and telling(page, i) >= CLEAR):
        run = _run(page, value)
        counts, prices = _in_front(page, run[0])
        if not _SEVERAL <= len(counts) == len(prices) <= _MOST or not page.one_currency((*prices, value)):
            continue
        pairs = list(zip(counts, prices, strict=True))
        if len(run) == len(pairs):
            pairs = [pairs[run.index(value)]]
        elif len(run) > 1 or is_so_far(page, value):
            continue
        relation = _off(page, value, pairs)
        if relation is not None:
            yield relation


def _run(page: Page, value: int) -> list[int]:
    """The amounts of a list that one stands in, one right behind the other."""
    first = last = value
    while first and is_sum(page, first - 1) and page.together(first - 1, value):
        first -= 1
    while last + 1 < len(page.claims) and is_sum(page, last + 1) and page.together(last + 1, value):
        last += 1
    return list(range(first, last + 1))


def _in_front(page: Page, value: int) -> tuple[list[int], list[int]]:
    """The counts and the prices of a trade in front of an amount, back to another amount, in order; without the sum of the counts."""
    counts: list[int] = []
    prices: list[int] = []
    for i in range(value - 1, -1, -1):
        if page.found(value).sentence - page.found(i).sentence > _BACK or "\n" in page.gap(i, value) or is_sum(page, i):
            break
        if is_count(page, i):
            counts.insert(0, i)
        elif page.kind(i) in PRICES and page.is_price(i) and end_of(page, i) is None:
            prices.insert(0, i)
    numbers = [page.found(i).number for i in counts]
    whole = [i for i, n in zip(counts, numbers, strict=True) if abs(n * 2 / sum(numbers) - 1) <= _WHOLE]
    return [i for i in counts if len(counts) <= _SEVERAL or i not in whole], prices


def _off(page: Page, value: int, pairs: list[tuple[int, int]]) -> Relation | None:
    """What counts at their prices come to, where one other digit makes it the amount."""
    claim, found = page.claims[value], page.found(value)
    exact = sum((page.found(n).number * page.bounds(p).middle for n, p in pairs), start=Decimal(0))
    right = page.scaled(value, Interval.exact(exact))
    apart = abs(found.number / right.middle - 1) > APART
    if not apart or not any(own - found.half <= right.middle <= own + 2 * found.half for own in others(found)):
        return None
    come = told(right, claim)
    sums = " + ".join(f"{shown(page.claims[n])} x {shown(page.claims[p])}" for n, p in pairs)
    return Relation(
        target=value,
        inputs=tuple(i for pair in pairs for i in pair),
        fit=Fit.OFF,
        recomputed=right,
        working=f"{sums} = {come}",
        reason=f"The shares at their prices come to {come}; one digit of {found.text} is wrong.",
        correction=say(right, claim, page.script),
        settles=True,
    )
