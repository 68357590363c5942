"""A count, a price and an amount of which one digit is wrong: the others agree, digit for digit.

Words tell badly which figures belong together; digits tell it well. Where nothing else gives an amount, and a count and a price beside
it give all of its digits but one, the amount is meant for their product, whatever was said between the three. How many digits must
agree depends on how far apart the three are told.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

import msgspec

from stakeline.checks.relations.blame import APART, LOOSE, against_price, against_shares, hull, spread, worked_out
from stakeline.checks.relations.fit import ABOUT, Fit, fit, in_print, replaced, swapped
from stakeline.checks.relations.page import MANY, PAID, PRICES, Page, Relation, positive
from stakeline.checks.relations.trades.certain import OPTIONS, in_a_row, of_all, one_year
from stakeline.checks.relations.trades.products import is_whole
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_REACH = 2
"""Sentences within which a count and a price may be of an amount."""
_EXPLAINS = 4
"""Sentences within which another count and price may explain it."""
_FEW = 5
"""Counts and prices tried for an amount."""
_COARSE, CLEAR, _EXACT = 2, 3, 4
"""Digits of an amount that tell of its trade alone in a sentence, a few figures apart, and anywhere near."""
_ROUNDED = Decimal("1.07")
"""How far apart the ends of a product may lie whose count and price are told with the amount and nothing else among them."""
_COSTS = Decimal("0.96")
"""The least that is left of what is raised once the costs are paid."""
_NET = re.compile(r"\b(?:net|after (?:costs|expenses|fees|commission))\b|[净淨]|扣除|[开開]支", re.IGNORECASE)
"""In front of an amount that is told without the costs."""
_NARROW = Decimal("1.01")
"""How far apart the ends of a product may lie, for its price is rounded, and still tell of digits."""
_WIDE = Decimal("1.25")
"""The same for the prices of a range, where the four stand one behind the other."""
_BESIDE = 2
"""Figures between a count and its own price."""
_FIGURES = 6
"""Figures among which the three of a trade stand that are a few apart."""
_SUMS = PAID | {"deal.value", "stake.value", "market_value"}
_BEFORE = re.compile(
    r"\b(?:earlier|previously|once|had|initially|last (?:year|month|week))\b|此前|早前|先前|之前|曾|去年|[当當]初",
    re.IGNORECASE,
)
"""In front of an amount: it is of another time."""
_LONGEST = 16
_CUT = Decimal("0.003")
"""How far an average price, of several trades and cut off, is from what all of them came to."""
_WELL_APART = Decimal("0.2")
"""How far an amount must be from a product of rounded figures for one digit to be wrong."""
_APART = re.compile(r"[;；]")
"""Between figures: they are of two trades of a list."""


class _Trade(NamedTuple):
    """A count, its price and the amount that they may come to."""

    shares: int
    price: int
    value: int


def digits(page: Page) -> Iterator[Relation]:
    """Count x price = amount, where one of the three has one wrong digit."""
    for value in (i for i in range(len(page.claims)) if is_sum(page, i)):
        if _in_lots(page, value):
            continue
        trades = [t for t in _trades(page, value) if _is_meant(page, t)]
        wrong = [(t, i) for t in trades if (i := _wrong(page, t)) is not None]
        if wrong:  # the amount itself, where one of them tells against it
            yield _off(page, *next((w for w in wrong if w[1] == value), wrong[0]))


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


def _is_each(page: Page, index: int) -> bool:
    """Whether an amount is the price of one share, of a trade or of a day."""
    each = page.is_price(index) or page.kind(index).startswith("price.")
    return each and page.is_amount(index) and is_known(page, index)


def _trades(page: Page, value: int) -> list[_Trade]:
    """The counts and prices near an amount, nearest first."""
    counts = page.near(value, lambda i: is_count(page, i), _REACH)[:_FEW]
    prices = page.near(value, lambda i: _is_each(page, i) and page.one_currency((i, value)), _REACH)[:_FEW]
    prices = [p for p in prices if _ends_alike(page, p, value)]
    return sorted((_Trade(n, p, value) for n in counts for p in prices), key=lambda t: max(t) - min(t))


def _ends_alike(page: Page, price: int, value: int) -> bool:
    """Whether a price is the same end of a range as an amount, or both are of none; a floor that is told alone is a price."""
    end = end_of(page, price)
    if page.found(value).approx == "upto" and end == "high":  # the most that it can bring
        return True
    if end is None or page.found(value).bound is not None:
        return end == page.found(value).bound
    return page.found(price).bound is None and not page.near(price, lambda i: end_of(page, i) not in {None, end}, 1)


def _at_once(page: Page, trade: _Trade) -> bool:
    """Whether the three stand in one sentence with no other count, price or amount among them."""
    return page.together(*trade) and in_a_row(page, trade.value, trade[:2])


def _alone_at_once(page: Page, trade: _Trade) -> bool:
    """Whether the three stand in a sentence, or in a row over two, of one holder, with no other count or amount, and tell of one time."""
    count, _, value = trade
    amounts = page.near(value, lambda i: page.is_amount(i) and not _is_unit(page, i, value), 0)
    counts = page.near(value, lambda i: page.found(i).unit == "shares" and i != count, 0)
    row = in_a_row(page, value, trade[:2]) and "\n" not in page.gap(min(trade), max(trade))
    told = (page.together(*trade) or row) and not amounts and not counts
    once = not page.aside(*trade) and not _BEFORE.search(page.lead(value)) and not is_so_far(page, value)
    return told and page.same(*trade) and once and _is_plain(page, trade)


def _is_plain(page: Page, trade: _Trade) -> bool:
    """Whether a count changes hands at its price: it is no holding of which a part may be sold, and no options are exercised at it."""
    return page.is_traded(trade.shares) and OPTIONS.search(page.around(trade.price, 60, 30)) is None


def telling(page: Page, index: int) -> int:
    """How many digits of a figure are printed; noughts at its end are, behind a point."""
    printed = in_print(page.found(index))
    shown_ = printed if "." in printed else printed.rstrip("0")
    return len(shown_.replace(".", "").lstrip("0"))


def _is_meant(page: Page, trade: _Trade) -> bool:
    """Whether an amount has digits enough, for where its count and its price stand, to be meant for these, and nothing else explains it."""
    told_by = telling(page, trade.value)
    near = told_by >= CLEAR and max(trade) - min(trade) <= _FIGURES
    near |= told_by >= _COARSE and _alone_at_once(page, trade)
    near |= told_by >= _EXACT and page.same(*trade) and (page.together(*trade) or not page.aside(*trade))
    near = near and (page.together(trade.shares, trade.value) or not _is_of_others(page, trade))
    return near and one_year(page, *trade) and not _spent(page, trade) and not _explained(page, trade)


def is_so_far(page: Page, value: int) -> bool:
    """Whether an amount is told as that of more trades than those told with it: of all of a year, of a plan."""
    return LOOSE.search(page.lead(value)) is not None or of_all(page, value)


def _is_of_others(page: Page, trade: _Trade) -> bool:
    """Whether an amount is told as that of other shares than those of another sentence: of a count right beside it, or of all so far."""
    if is_so_far(page, trade.value):
        return True
    beside = (i for i in (trade.value - 1, trade.value + 1) if 0 <= i < len(page.claims) and i != trade.shares)
    return any(page.found(i).unit in {"shares", "count"} and page.together(i, trade.value) for i in beside)


def _spent(page: Page, trade: _Trade) -> bool:
    """Whether another amount is what the count at that price comes to; elsewhere it may be the same amount once more, printed rightly."""
    result = page.bounds(trade.shares) * page.bounds(trade.price)
    others = page.near(trade.shares, lambda i: i not in trade and page.is_amount(i) and is_known(page, i), _EXPLAINS)
    clear = telling(page, trade.value) >= CLEAR and page.claims[trade.value].period_or_date in {
        None,
        page.claims[trade.shares].period_or_date,
    }
    if not page.together(trade.shares, trade.value) and _is_paid_for(page, trade, others):
        return True
    return any(
        fit(page.found(i), page.scaled(i, result), slack=ABOUT) is Fit.AGREES
        for i in others
        if page.one_currency((i, trade.price))
        and not (
            clear and (not page.together(i, trade.value) or (_is_nearer(trade, i) and _mends(page, trade, sure=True)))
        )
    )


def _is_nearer(trade: _Trade, other: int) -> bool:
    """Whether an amount stands right beside its count and its price, and another one further away, of a second lot of as many."""
    own, parts = max(trade) - min(trade), (trade.shares, trade.price, other)
    return own == len(trade) - 1 and not min(trade) < other < max(trade) and max(parts) - min(parts) > own


def _is_paid_for(page: Page, trade: _Trade, amounts: list[int]) -> bool:
    """Whether a count from another sentence gives an amount of its own sentence, at another price told there."""
    own = [i for i in amounts if page.together(i, trade.shares)]
    prices = page.near(trade.shares, lambda i: i != trade.price and _is_each(page, i), 0)
    return any(
        fit(page.found(i), page.scaled(i, page.bounds(trade.shares) * page.bounds(p))) is Fit.AGREES
        for i in own
        for p in prices
        if page.one_currency((i, p))
    )


def _in_lots(page: Page, value: int) -> bool:
    """Whether two counts, each at the price told next to it, give an amount together, with no other amount among them."""
    counts = page.near(value, lambda i: is_count(page, i), _EXPLAINS)
    lots = [
        (n, p)
        for n in counts
        for p in range(max(n - _BESIDE, 0), min(n + _BESIDE + 1, len(page.claims)))
        if _is_each(page, p) and page.one_currency((p, value))
    ]
    for one, other in combinations(lots, 2):
        whole = sum((page.bounds(n) * page.bounds(p) for n, p in (one, other)), start=Interval.exact(0))
        if fit(page.found(value), page.scaled(value, whole)) is Fit.AGREES:
            parts = (value, *one, *other)
            if not any(is_sum(page, i) for i in range(min(parts), max(parts)) if i not in parts):
                return True
    return False


def _explained(page: Page, trade: _Trade) -> bool:
    """Whether some count and price near by give an amount: told together, or one of them with it; of three told at once, exactly."""
    value, at_once = trade.value, _at_once(page, trade)
    counts = page.near(value, lambda i: page.found(i).unit in {"shares", "count"} and is_known(page, i), _EXPLAINS)
    prices = page.near(value, lambda i: _is_unit(page, i, value), _EXPLAINS)
    fits = (
        fit(page.found(value), page.scaled(value, page.bounds(n) * page.bounds(p)), slack=None if at_once else ABOUT)
        for n in counts
        for p in prices
        if page.together(n, p) or (not at_once and (page.together(n, value) or page.together(p, value)))
    )
    return any(f is Fit.AGREES if at_once else f is not Fit.OFF for f in fits)


def _is_unit(page: Page, index: int, value: int) -> bool:
    """Whether an amount may be for one share, as far as its size tells."""
    small = page.is_amount(index) and is_known(page, index) and page.one_currency((index, value))
    return small and page.bounds(index).high * MANY < page.bounds(value).low


def _product(page: Page, trade: _Trade) -> Interval:
    """What a count at a price comes to, both taken as exact."""
    own = page.found(trade.shares).number * page.bounds(trade.price).middle
    return page.scaled(trade.value, Interval.exact(own))


def _wrong(page: Page, trade: _Trade) -> int | None:
    """Which of amount, price and count one other digit would mend: the amount, as what comes of the others, where several do.

    A price that is told as what the amount comes to for one share is what comes of the others.
    """
    count, price, value = trade
    if abs(page.found(value).number / _product(page, trade).middle - 1) <= APART:
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


def _mends(page: Page, trade: _Trade, *, sure: bool) -> bool:
    """Whether one other digit, or two changed round, print an amount as what it should be; sure: the price may be rounded."""
    found, right = page.found(trade.value), _product(page, trade).middle
    if any(own - found.half <= right <= own + 2 * found.half for own in others(found)):
        return True
    result = page.scaled(trade.value, page.bounds(trade.shares) * page.bounds(trade.price))
    sure = sure or (telling(page, trade.value) >= _EXACT and page.together(trade.value, trade.price))
    rounded = sure and result.high <= result.low * _NARROW and telling(page, trade.price) >= CLEAR
    if rounded and any(result.low <= own <= result.high for own in others(found)):
        return True
    return (sure or _at_once(page, trade)) and _mends_roughly(page, trade, result)


def _mends_roughly(page: Page, trade: _Trade, result: Interval) -> bool:
    """The same of a product of rounded figures, or less the costs, where the amount is far from it."""
    found = page.found(trade.value)
    if telling(page, trade.value) < CLEAR or result.high > result.low * _ROUNDED or not _is_plain(page, trade):
        return False
    if result.low * (1 - _WELL_APART) <= found.number <= result.high * (1 + _WELL_APART):
        return False
    net = _NET.search(page.lead(trade.value)) is not None
    least, most = result.low * (_COSTS if net else 1 - _CUT), result.high * (1 + _CUT)
    return any(least <= own + found.half and own - found.half <= most for own in others(found))


def _mends_part(page: Page, part: int, other: int, value: int) -> bool:
    """Whether one other digit of a count or a price, or two changed round, makes it give the amount with the other of the two."""
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


def _off(page: Page, trade: _Trade, target: int) -> Relation:
    """The product against the one of the three that is wrong."""
    count, price, value = trade
    if target == count:
        return against_shares(page, value, count, price)
    settles = (
        _at_once(page, trade) and telling(page, value) >= CLEAR
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


def ranged(page: Page) -> Iterator[Relation]:
    """Count x lowest price ... count x highest = amount, the four one behind the other: an amount outside of it by one digit."""
    for sentence in page.sentences.values():
        row = [i for i in sentence if page.found(i).unit not in {"date", "period", "pct"}]
        for start in range(len(row) - 3):
            four = row[start : start + 4]
            counts, sums = ([i for i in four if of(page, i)] for of in (is_count, is_sum))
            ends = tuple(i for i in four if i not in {*counts, *sums})
            one = len(counts) == len(sums) == 1 and not _APART.search(page.gap(four[0], four[-1]))
            if one and _is_range(page, *ends) and page.one_currency((*sums, *ends)):
                relation = _beyond(page, sums[0], counts[0], ends)
                if relation is not None:
                    yield relation


def _is_range(page: Page, one: int, other: int) -> bool:
    """Whether two neighbouring figures are the lowest and the highest price of a trade."""
    if other - one != 1:
        return False
    return {end_of(page, one), end_of(page, other)} == {"low", "high"} and _is_each(page, one) and _is_each(page, other)


def _beyond(page: Page, value: int, count: int, ends: tuple[int, ...]) -> Relation | None:
    """An amount that is outside of what a count comes to at the prices of a range, and inside of it but for one digit."""
    found, number = page.found(value), page.found(value).number
    result = page.scaled(value, Interval.exact(page.found(count).number) * hull(page, ends))
    apart = not result.low * (1 - APART) <= number <= result.high * (1 + APART)
    meant = result.high <= result.low * _WIDE and any(result.low <= own <= result.high for own in others(found))
    if not (apart and meant) or any(_explained(page, _Trade(count, p, value)) for p in ends):
        return None
    return missed(page, value, count, ends, settles=True)
