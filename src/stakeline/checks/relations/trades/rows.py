"""A count, its price and what they came to, told one right behind the other: whatever kinds they were taken for.

"consisting of 609 million shares, at the cost of Rs168 per share. The exchequer earned Rs102,365 million": that it is of shares sold the
words need not say in one of the ways that a reader of kinds knows. The price does, for it is said to be of one share.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import APART, LOOSE, against_shares, blamed, spread
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, slip, swapped
from stakeline.checks.relations.page import IN_ALL, RECEIPTS, Page, Relation, positive
from stakeline.checks.relations.prices.each import of_one_share
from stakeline.checks.relations.trades.certain import OPTIONS
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_LONG = 260
"""Characters within which the three are told."""
_CLOSE = 90
"""Characters between a price and what the shares came to at it."""
_NEVER = ("dividend.", "fx.", "price.", "market_value", "segment.")
"""Kinds of amounts that no count times a price of its own is."""
_OTHERS = re.compile(
    r"\b(?:bought at|acquired at|(?<!at the )(?<!at a )cost of|paid|market value|compared|versus|against|respectively|each of|both|after|following|while|net|dividend|earnings|par|nominal|closed?|closing)\b"
    r"|\||成本|市值|分别|分別|各自|較|较|收[市盘盤報报]|面值|股息|[净淨]",
    re.IGNORECASE,
)
"""Among the three: one is of another trade or another day."""
_IN_TOTAL = re.compile(r"\s?(?:in total|in all|altogether|all told)\b", re.IGNORECASE)
_TELLING = 5
"""Digits that a count must have for two changed round to mean anything."""
_THOUSAND = Decimal(1000)
"""To how small a part digits that are meant agree."""
_SURE = 4
"""Digits of an amount that agree by chance once in thousands."""
_HALF_SO_MUCH, _TWICE = Decimal("0.4"), Decimal("2.5")


def rows(page: Page) -> Iterator[Relation]:
    """Count x price = amount, where the three follow each other; off by a slip of the pen in one of them, or where the words add up."""
    for price in range(1, len(page.claims) - 1):
        if not _is_each(page, price):
            continue
        count = _count_in_front(page, price)
        value = _next(page, price, 1)
        if count is None or value is None or (page.is_traded(count) and page.is_paid(value)):  # those are products.py's
            continue
        if _is_sum(page, value, price) and _of_one_trade(page, count, price, value):
            yield from _product(page, count, price, value)


def _is_each(page: Page, index: int) -> bool:
    """Whether an amount is said to be the price of one share."""
    known = page.is_amount(index) and positive(page.bounds(index)) and page.currency(index) is not None
    return known and page.is_price(index) and of_one_share(page, index)


def _next(page: Page, index: int, step: int) -> int | None:
    """The next figure on one side but for days and percentages."""
    at = index + step
    while 0 <= at < len(page.claims):
        if page.found(at).unit not in {"date", "period", "pct"}:
            return at if page.found(at).value is not None else None
        at += step
    return None


def _count_in_front(page: Page, price: int) -> int | None:
    """The count of shares that a price stands behind, in its sentence or as the only one of the sentence before."""
    at = _next(page, price, -1)
    if at is None or page.found(at).unit != "shares" or not positive(page.bounds(at)):
        return None
    away = page.found(price).sentence - page.found(at).sentence
    only = page.alone(at, lambda i: page.found(i).unit == "shares")
    return at if not page.kind(at).startswith("stake.") and (away == 0 or (away == 1 and only)) else None


def _is_sum(page: Page, value: int, price: int) -> bool:
    """Whether an amount right behind a price can be what many shares came to at it."""
    known = page.is_amount(value) and not page.kind(value).startswith(_NEVER) and not of_one_share(page, value)
    near = page.found(value).sentence - page.found(price).sentence <= 1
    return known and near and page.currency(value) == page.currency(price)


def _of_one_trade(page: Page, count: int, price: int, value: int) -> bool:
    """Whether nothing among the three says that they are of several matters."""
    words = page.gap(count, value) + page.lead(value)
    if len(page.gap(count, value)) > _LONG or len(page.gap(price, value)) > _CLOSE or page.aside(count, price, value):
        return False
    told_so = _OTHERS.search(words) or LOOSE.search(page.lead(value)) or OPTIONS.search(words) or page.has(RECEIPTS)
    return not told_so and not any(page.claims[i].measure == "planned" for i in (count, price, value))


def _product(page: Page, count: int, price: int, value: int) -> Iterator[Relation]:
    """Against the count where two of its digits are changed round, else as blame is laid on one of three."""
    found, claim = page.found(value), page.claims[value]
    result = page.scaled(value, page.bounds(count) * page.bounds(price))
    outcome = fit(found, result)
    if outcome is Fit.UNDECIDED:
        return
    factor = slip(found, result)
    come = told(result, claim)
    relation = Relation(
        target=value,
        inputs=(count, price),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[count])} x {spread(page, (price,))} = {come}",
        reason="Shares x price gives it."
        if outcome is Fit.AGREES
        else f"The shares at that price come to {come}, not {found.text}{f', {factor} the product' if factor else ''}.",
        correction=say(result, claim, page.script),
        slips=factor is not None,
    )
    if outcome is Fit.AGREES:
        yield relation
    elif _turned(page, count, page.bounds(value) / Interval.exact(page.found(price).number)):
        yield against_shares(page, value, count, price)
    elif _exact(page, value, result) or _adds_up(page, price, value, result):
        yield blamed(page, value, relation)


def _turned(page: Page, count: int, right: Interval) -> bool:
    """Whether two neighbouring digits of a count that is printed in full are changed round."""
    digits = page.found(count).text.replace(",", "")
    if not digits.isdecimal() or len(digits.rstrip("0")) < _TELLING:
        return False
    give = right.middle / _THOUSAND
    return any(right.low - give <= Decimal(other) <= right.high + give for other in swapped(digits) if other != digits)


def _exact(page: Page, value: int, result: Interval) -> bool:
    """Whether an amount has the digits of a product with its point in another place, or one of them wrong."""
    found = page.found(value)
    if mistyped(found, result):
        return True
    power = magnitude(found, Interval.exact(result.middle))
    if power is None or len(found.number.normalize().as_tuple().digits) < _SURE:
        return False
    return abs(found.number.scaleb(-power) / result.middle - 1) <= 1 / _THOUSAND


def _adds_up(page: Page, price: int, value: int, result: Interval) -> bool:
    """Whether an amount of the price's sentence is said to be what all the shares came to, and is of their size."""
    said = IN_ALL.search(page.lead(value)) or _IN_TOTAL.match(page.tail(value))
    ratio = page.found(value).number / result.middle
    return bool(said) and page.together(price, value) and abs(ratio - 1) > APART and _HALF_SO_MUCH < ratio < _TWICE
