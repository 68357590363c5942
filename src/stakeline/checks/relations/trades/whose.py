"""Which trade an amount is of: the words and the figures around that give it to the count and the price near it, or to others.

A count and a price told in another sentence have amounts of their own there, and the amount may have a count of its own: so far apart
the three are only of one trade where the article tells of no other.
"""

from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

from stakeline.checks.relations.blame import LOOSE
from stakeline.checks.relations.fit import ABOUT, Fit, fit, in_print
from stakeline.checks.relations.page import MANY, PAID, PRICES, Page, positive
from stakeline.checks.relations.trades.certain import OPTIONS, in_a_row, is_before, of_all
from stakeline.checks.relations.trades.products import is_whole
from stakeline.model.numbers import Interval

CLEAR, EXACT = 3, 4
"""Digits of an amount that tell of its trade a few figures apart, and anywhere near."""
EXPLAINS = 4
"""Sentences within which another count and price may explain it."""
BESIDE = 2
"""Figures between a count and its own price."""
_SUMS = PAID | {"deal.value", "stake.value", "market_value"}
_TO_THE_DIGIT = Decimal("0.003")
"""How well another count and price must give an amount of many digits that stands beside its own."""


class Trade(NamedTuple):
    """A count, its price and the amount that they may come to."""

    shares: int
    price: int
    value: int


def is_known(page: Page, index: int) -> bool:
    """Whether a figure has a value that can be reckoned with."""
    return page.found(index).value is not None and positive(page.bounds(index))


def is_sum(page: Page, index: int) -> bool:
    """Whether an amount can be what a trade comes to, or what shares are worth."""
    known = page.is_amount(index) and is_known(page, index) and not page.found(index).word
    return known and (page.is_paid(index) or page.kind(index) in _SUMS) and not is_whole(page, index)


def is_count(page: Page, index: int) -> bool:
    """Whether a figure counts shares that have an owner."""
    counted = page.found(index).unit == "shares" or page.is_traded(index)
    return counted and page.kind(index) != "volume.shares" and is_known(page, index)


def is_each(page: Page, index: int) -> bool:
    """Whether an amount is the price of one share, of a trade or of a day."""
    each = page.is_price(index) or page.kind(index).startswith("price.")
    return each and page.is_amount(index) and is_known(page, index)


def is_unit(page: Page, index: int, value: int) -> bool:
    """Whether an amount may be for one share, as far as its size tells."""
    small = page.is_amount(index) and is_known(page, index) and page.one_currency((index, value))
    return small and page.bounds(index).high * MANY < page.bounds(value).low


def telling(page: Page, index: int) -> int:
    """How many digits of a figure are printed; noughts at its end are, behind a point."""
    printed = in_print(page.found(index))
    shown_ = printed if "." in printed else printed.rstrip("0")
    return len(shown_.replace(".", "").lstrip("0"))


def comes_to(page: Page, trade: Trade) -> Interval:
    """What a count at a price comes to, both taken as exact."""
    own = page.found(trade.shares).number * page.bounds(trade.price).middle
    return page.scaled(trade.value, Interval.exact(own))


def at_once(page: Page, trade: Trade) -> bool:
    """Whether the three stand in one sentence with no other count, price or amount among them."""
    return page.together(*trade) and in_a_row(page, trade.value, trade[:2])


def is_plain(page: Page, trade: Trade) -> bool:
    """Whether a count changes hands at its price: it is no holding of which a part may be sold, and no options are exercised at it."""
    return page.is_traded(trade.shares) and OPTIONS.search(page.around(trade.price, 60, 30)) is None


def is_lone(page: Page, trade: Trade) -> bool:
    """Whether an article tells of just one trade: of one count, one price and one amount, of one time, of one party."""
    every = range(len(page.claims))
    told_ = (
        (trade.shares, page.is_traded),
        (trade.price, lambda i: page.kind(i) in PRICES),
        (trade.value, page.is_paid),
    )
    one_each = all({page.found(i).value for i in every if part(i)} == {page.found(own).value} for own, part in told_)
    once = not is_before(page, trade.value) and not is_so_far(page, trade.value)
    return one_each and once and page.same(*trade) and is_plain(page, trade)


def is_so_far(page: Page, value: int) -> bool:
    """Whether an amount is told as that of more trades than those told with it: of all of a year, of a plan."""
    return LOOSE.search(page.lead(value)) is not None or of_all(page, value)


def is_of_others(page: Page, trade: Trade) -> bool:
    """Whether an amount is told as that of other shares than those of another sentence: of a count of its own, of before, or of all so far."""
    if is_so_far(page, trade.value) or is_before(page, trade.value):
        return True
    counted = (i for i in page.near(trade.value, lambda i: is_count(page, i), 0) if i != trade.shares)
    beside = (i for i in (trade.value - 1, trade.value + 1) if 0 <= i < len(page.claims) and i != trade.shares)
    return any(page.is_traded(i) for i in counted) or any(
        page.found(i).unit in {"shares", "count"} and page.together(i, trade.value) for i in beside
    )


def spent(page: Page, trade: Trade) -> bool:
    """Whether another amount is what the count at that price comes to; elsewhere it may be the same amount once more, printed rightly."""
    result = page.bounds(trade.shares) * page.bounds(trade.price)
    others = page.near(trade.shares, lambda i: i not in trade and page.is_amount(i) and is_known(page, i), EXPLAINS)
    clear = telling(page, trade.value) >= CLEAR and page.claims[trade.value].period_or_date in {
        None,
        page.claims[trade.shares].period_or_date,
    }
    at_its_price = page.together(trade.price, trade.value) and abs(trade.price - trade.value) == 1
    if not page.together(trade.shares, trade.value) and not at_its_price and _is_paid_for(page, trade, others):
        return True
    return any(
        fit(page.found(i), page.scaled(i, result), slack=ABOUT) is Fit.AGREES
        for i in others
        if page.one_currency((i, trade.price))
        and not (clear and (not page.together(i, trade.value) or _is_nearer(trade, i)))
    )


def _is_nearer(trade: Trade, other: int) -> bool:
    """Whether an amount stands right beside its count and its price, and another one further away, of a second lot of as many."""
    own, parts = max(trade) - min(trade), (trade.shares, trade.price, other)
    return own == len(trade) - 1 and not min(trade) < other < max(trade) and max(parts) - min(parts) > own


def _is_paid_for(page: Page, trade: Trade, amounts: list[int]) -> bool:
    """Whether a count from another sentence gives an amount of its own sentence, at another price told there."""
    own = [i for i in amounts if page.together(i, trade.shares)]
    prices = page.near(trade.shares, lambda i: i != trade.price and is_each(page, i), 0)
    return any(
        fit(page.found(i), page.scaled(i, page.bounds(trade.shares) * page.bounds(p))) is Fit.AGREES
        for i in own
        for p in prices
        if page.one_currency((i, p))
    )


def in_lots(page: Page, value: int) -> bool:
    """Whether two counts, each at the price told next to it, give an amount together, with no other amount among them."""
    counts = page.near(value, lambda i: is_count(page, i), EXPLAINS)
    lots = [
        (n, p)
        for n in counts
        for p in range(max(n - BESIDE, 0), min(n + BESIDE + 1, len(page.claims)))
        if is_each(page, p) and page.one_currency((p, value))
    ]
    for one, other in combinations(lots, 2):
        whole = sum((page.bounds(n) * page.bounds(p) for n, p in (one, other)), start=Interval.exact(0))
        if fit(page.found(value), page.scaled(value, whole)) is Fit.AGREES:
            parts = (value, *one, *other)
            if not any(is_sum(page, i) for i in range(min(parts), max(parts)) if i not in parts):
                return True
    return False


def explained(page: Page, trade: Trade) -> bool:
    """Whether some count and price near by give an amount: told together, or one of them with it; of three told at once, exactly."""
    value, once, told_by = trade.value, at_once(page, trade), telling(page, trade.value)
    beside = page.together(*trade) and told_by >= CLEAR  # what is told of elsewhere has amounts of its own
    of_deal = page.kind(trade.price) in PRICES or page.together(trade.price, value)
    slack = _TO_THE_DIGIT if once and told_by >= EXACT else None if told_by >= CLEAR and of_deal else ABOUT
    counts = page.near(value, lambda i: page.found(i).unit in {"shares", "count"} and is_known(page, i), EXPLAINS)
    prices = page.near(value, lambda i: is_unit(page, i, value), EXPLAINS)
    for n, p in product(counts, prices):
        own = page.together(n, value) or page.together(p, value)
        if (own and not once) or (page.together(n, p) and (own or not beside)):
            result = page.scaled(value, page.bounds(n) * page.bounds(p))
            result = comes_to(page, Trade(n, p, value)) if slack == _TO_THE_DIGIT else result
            outcome = fit(page.found(value), result, slack=slack)
            if outcome is Fit.AGREES or (outcome is Fit.UNDECIDED and not once):
                return True
    return False
