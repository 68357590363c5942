"""A count, a price and an amount of which one digit is wrong: the others agree, digit for digit.

Words tell badly which figures belong together; digits tell it well. Where nothing else gives an amount, and a count and a price beside
it give all of its digits but one, the amount is meant for their product, whatever was said between the three. How many digits must
agree depends on how far apart the three are told.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.blame import APART, against_price, against_shares, hull, spread, worked_out
from stakeline.checks.relations.fit import Fit, in_print, replaced, swapped
from stakeline.checks.relations.page import PAID, PRICES, QUOTES, Page, Relation
from stakeline.checks.relations.trades.certain import in_a_row, is_before, is_priced, one_year
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.trades.whose import (
    BESIDE,
    CLEAR,
    EXACT,
    EXPLAINS,
    Trade,
    at_once,
    comes_to,
    explained,
    in_lots,
    is_count,
    is_each,
    is_lone,
    is_of_others,
    is_plain,
    is_so_far,
    is_sum,
    is_unit,
    spent,
    telling,
)
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_REACH = 2
"""Sentences within which a count and a price may be of an amount."""
_FEW = 5
"""Counts and prices tried for an amount."""
_COARSE = 2
"""Digits of an amount that tell of its trade where nothing else is told."""
_ROUNDED = Decimal("1.07")
"""How far apart the ends of a product may lie whose count and price are told with the amount and nothing else among them."""
_COSTS = Decimal("0.96")
"""The least that is left of what is raised once the costs are paid."""
_NET = re.compile(r"\b(?:net|after (?:costs|expenses|fees|commission))\b|[净淨]|扣除|[开開]支", re.IGNORECASE)
"""In front of an amount that is told without the costs."""
_NARROW = Decimal("1.01")
"""How far apart the ends of a product may lie, for its price is rounded, and still tell of digits."""
_FIGURES = 6
"""Figures among which the three of a trade stand that are a few apart."""
_LONGEST = 16
_CUT = Decimal("0.003")
"""How far an average price, of several trades and cut off, is from what all of them came to."""
_FROM_MARKET = Decimal("0.3")
"""How far from a quote shares may change hands: their own price is not told, and no digit is wrong."""
_WELL_APART = Decimal("0.2")
"""How far an amount must be from a product of rounded figures for one digit to be wrong."""


def digits(page: Page) -> Iterator[Relation]:
    """Count x price = amount, where one of the three has one wrong digit."""
    for value in (i for i in range(len(page.claims)) if is_sum(page, i)):
        trades = [t for t in _trades(page, value) if _is_meant(page, t)]
        if in_lots(page, value):  # by chance, where its own count and price stand right beside it
            trades = [t for t in trades if at_once(page, t) and telling(page, value) >= EXACT]
        wrong = [(t, i) for t in trades if (i := _wrong(page, t)) is not None]
        if wrong:  # the amount itself, where one of them tells against it
            yield _off(page, *next((w for w in wrong if w[1] == value), wrong[0]))


def _trades(page: Page, value: int) -> list[Trade]:
    """The counts and prices near an amount, nearest first."""
    counts = page.near(value, lambda i: is_count(page, i), EXPLAINS)
    prices = page.near(value, lambda i: is_each(page, i) and page.one_currency((i, value)), EXPLAINS)
    prices = [p for p in prices if _ends_alike(page, p, value)]
    pairs = ((n, p) for n in counts[:_FEW] for p in prices[:_FEW] if not is_priced(page, n, p))
    trades = [Trade(n, p, value) for n, p in pairs]
    near = [t for t in trades if _is_near(page, t) or is_lone(page, t)]
    return sorted(near, key=lambda t: max(t) - min(t))


def _is_near(page: Page, trade: Trade) -> bool:
    """Whether a count and a price stand within a few sentences of an amount."""
    at = page.found(trade.value).sentence
    return all(abs(page.found(i).sentence - at) <= _REACH for i in trade)


def _ends_alike(page: Page, price: int, value: int) -> bool:
    """Whether a price is the same end of a range as an amount, or both are of none; a floor that is told alone is a price."""
    end = end_of(page, price)
    if page.found(value).approx == "upto" and end == "high":  # the most that it can bring
        return True
    if end is None or page.found(value).bound is not None:
        return end == page.found(value).bound
    return page.found(price).bound is None and not page.near(price, lambda i: end_of(page, i) not in {None, end}, 1)


def _alone_at_once(page: Page, trade: Trade) -> bool:
    """Whether the three stand in a sentence, or in a row over two, of one holder, with no other count or amount, and tell of one time."""
    count, _, value = trade
    amounts = page.near(value, lambda i: page.is_amount(i) and not is_unit(page, i, value), 0)
    counts = page.near(value, lambda i: page.found(i).unit == "shares" and i != count, 0)
    row = in_a_row(page, value, trade[:2]) and "\n" not in page.gap(min(trade), max(trade))
    told = (page.together(*trade) or row) and not amounts and not counts
    once = not page.aside(*trade) and not is_before(page, value) and not is_so_far(page, value)
    return told and page.same(*trade) and once and is_plain(page, trade)


def _is_meant(page: Page, trade: Trade) -> bool:
    """Whether an amount has digits enough, for where its count and its price stand, to be meant for these, and nothing else explains it."""
    told_by, span = telling(page, trade.value), max(trade) - min(trade)
    lone = is_lone(page, trade)
    near = told_by >= CLEAR and (span <= _FIGURES or lone)
    near |= told_by >= _COARSE and (_alone_at_once(page, trade) or (lone and span <= BESIDE + 1))
    near |= told_by >= EXACT and page.same(*trade) and (page.together(*trade) or not page.aside(*trade))
    near = near and (page.together(trade.shares, trade.value) or lone or not is_of_others(page, trade))
    return near and one_year(page, *trade) and not spent(page, trade) and not explained(page, trade)


def _wrong(page: Page, trade: Trade) -> int | None:
    """Which of amount, price and count one other digit would mend: the amount, as what comes of the others, where several do.

    A price that is told as what the amount comes to for one share is what comes of the others.
    """
    count, price, value = trade
    if abs(page.found(value).number / comes_to(page, trade).middle - 1) <= _slack(page, trade):
        return None
    beside = any(page.together(value, i) for i in (count, price)) and max(trade) - min(trade) <= _FIGURES
    sure = telling(page, value) >= CLEAR and beside and in_a_row(page, value, trade[:2])
    sure_part = sure and page.kind(price) in PRICES
    by_price = sure_part and _mends_part(page, price, count, value)
    if by_price and worked_out(page, value, price):
        return price
    if _mends(page, trade, sure=sure):
        return value
    if by_price:
        return price
    return count if sure_part and _mends_part(page, count, price, value) else None


def _slack(page: Page, trade: Trade) -> Decimal:
    """How far an amount may be from a product: exact figures told at once are near it, shares change hands away from a quote."""
    count, price, value = trade
    if page.kind(price) in QUOTES and page.kind(value) in PAID and is_plain(page, trade):
        return _FROM_MARKET
    result = page.bounds(count) * page.bounds(price)
    exact = telling(page, value) >= EXACT and at_once(page, trade) and result.high <= result.low * _FINE
    return _ROUNDING if exact and is_plain(page, trade) and page.found(value).approx is None else APART


_FINE, _ROUNDING = Decimal("1.005"), Decimal("0.015")


def _mends(page: Page, trade: Trade, *, sure: bool) -> bool:
    """Whether one other digit, or two changed round, print an amount as what it should be; sure: the price may be rounded."""
    found, right = page.found(trade.value), comes_to(page, trade).middle
    if any(own - found.half <= right <= own + 2 * found.half for own in others(found)):
        return True
    result = page.scaled(trade.value, page.bounds(trade.shares) * page.bounds(trade.price))
    sure = sure or (telling(page, trade.value) >= EXACT and page.together(trade.value, trade.price))
    rounded = sure and result.high <= result.low * _NARROW and telling(page, trade.price) >= CLEAR
    if rounded and any(result.low <= own <= result.high for own in others(found)):
        return True
    return (sure or at_once(page, trade)) and _mends_roughly(page, trade, result)


def _mends_roughly(page: Page, trade: Trade, result: Interval) -> bool:
    """The same of a product of rounded figures, or less the costs, where the amount is far from it."""
    found = page.found(trade.value)
    if telling(page, trade.value) < CLEAR or result.high > result.low * _ROUNDED or not is_plain(page, trade):
        return False
    if result.low * (1 - _WELL_APART) <= found.number <= result.high * (1 + _WELL_APART):
        return False
    net = _NET.search(page.lead(trade.value)) is not None
    least, most = result.low * (_COSTS if net else 1 - _CUT), result.high * (1 + _CUT)
    return any(least <= own + found.half and own - found.half <= most for own in others(found))


def _mends_part(page: Page, part: int, other: int, value: int) -> bool:
    """Whether one other digit of a count or a price, or two changed round, makes it give the amount with the other of the two."""
    if telling(page, part) < _COARSE:  # a round figure is printed so on purpose
        return False
    found, paid = page.found(part), page.bounds(value)
    right = page.scaled(part, paid / Interval.exact(page.bounds(other).middle))
    if any(right.low <= own <= right.high for own in others(found)):
        return True
    rounded = right.high <= right.low * _NARROW and telling(page, part) >= CLEAR
    return rounded and any(own - found.half <= right.high and right.low <= own + found.half for own in others(found))


def others(found: Found) -> Iterator[Decimal]:
    """A figure with one other digit, or two changed round; none of another length."""
    printed = in_print(found)
    if printed.strip("0.") and len(printed) <= _LONGEST:
        unit = found.number / Decimal(printed)
        others = {*replaced(printed), *swapped(printed)} - {printed}
        yield from (Decimal(text) * unit for text in others if text[0] != "0" or printed[0] == "0")


def _off(page: Page, trade: Trade, target: int) -> Relation:
    """The product against the one of the three that is wrong."""
    count, price, value = trade
    if target == count:
        return against_shares(page, value, count, price)
    settles = (
        at_once(page, trade) and telling(page, value) >= CLEAR
    )  # what several trades come to by chance counts for less
    if target == price:
        return msgspec.structs.replace(against_price(page, value, count, price), settles=settles)
    return missed(page, value, count, (price,), settles=settles)


def missed(page: Page, value: int, count: int, prices: tuple[int, ...], *, settles: bool) -> Relation:
    """The relation of an amount that is not what a count comes to at a price, or at the prices of a range."""
    claim, result = page.claims[value], page.scaled(value, page.bounds(count) * hull(page, prices))
    come = told(result, claim)
    return Relation(
        target=value,
        inputs=(count, *prices),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[count])} x {spread(page, prices)} = {come}",
        reason=f"The shares at that price come to {come}; one digit of {claim.found.text} is wrong.",
        correction=say(result, claim, page.script),
        settles=settles,
    )
