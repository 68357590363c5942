"""What a headline says that shares came to, against the amount that the story tells and proves: "spends £4.5m", then £2,479,765.

A headline rounds an amount of the story, or adds some up. Where it does neither, and is one digit away from the one that a count and a price
of the story give, that one is meant.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from stakeline.checks.relations.blame import is_product
from stakeline.checks.relations.fit import ABOUT, Fit, fit, printed
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.trades.certain import one_year
from stakeline.checks.relations.trades.digits import others
from stakeline.checks.relations.trades.whose import is_sum, telling
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_DIGITS = 2
"""Digits that a headline's amount must have for one wrong one among them to mean anything."""
_REACH = 1
"""Sentences around an amount in which what proves it stands."""
_MOST = 24
"""Amounts of a story that are tried."""
_PARTS = (2, 3)
"""How many amounts of a story a headline adds up."""
_LONGEST = 200
"""Characters of a headline."""


def headed(page: Page) -> Iterator[Relation]:
    """A headline's amount that is none of the story's, and one digit away from one that the story proves."""
    title = page.text.find("\n")
    if not 0 < title < _LONGEST:
        return
    heads = [i for i in range(len(page.claims)) if page.found(i).end <= title]
    sums = [i for i in heads if is_sum(page, i) and telling(page, i) >= _DIGITS]
    story = [i for i in range(len(heads), len(page.claims)) if _is_money(page, i)][:_MOST]
    for value in sums:
        told_of = [i for i in story if page.one_currency((i, value))]
        if page.found(value).bound is not None or _is_told(page, value, told_of):
            continue
        meant = [i for i in told_of if is_sum(page, i) and _mends(page, value, i) and is_product(page, i, _REACH)]
        if len({page.found(i).value for i in meant}) == 1 and one_year(page, value, meant[0]):
            yield _relation(page, value, meant[0])


def _is_money(page: Page, index: int) -> bool:
    return page.found(index).unit == "currency" and page.found(index).value is not None and positive(page.bounds(index))


def _is_told(page: Page, value: int, story: list[int]) -> bool:
    """Whether a headline's amount is one of the story's, some of these together, what one exceeds another by, or a product."""
    found = page.found(value)
    bounds = [page.bounds(i) for i in story]
    if any(_fits(page, value, b) for b in bounds):
        return True
    for n in _PARTS:
        if any(_fits(page, value, sum(some[1:], some[0])) for some in combinations(bounds, n)):
            return True
    if any(
        _fits(page, value, Interval(a.low - b.high, a.high - b.low)) for a in bounds for b in bounds if a.low > b.high
    ):
        return True
    counts = [
        page.bounds(i)
        for i in range(len(page.claims))
        if page.found(i).unit in {"shares", "count"} and page.found(i).value
    ]
    low = [b for b in bounds if b.high * 10 < found.number]
    return any(_fits(page, value, n * b) for n in counts if positive(n) for b in low)


def _fits(page: Page, value: int, result: Interval) -> bool:
    return fit(page.found(value), page.scaled(value, result), slack=ABOUT) is not Fit.OFF


def _mends(page: Page, value: int, other: int) -> bool:
    """Whether one other digit makes a headline's amount another one, rounded."""
    found, right = page.found(value), page.scaled(value, printed_value(page, other))
    return any(right.low <= own + 2 * found.half and own - found.half <= right.high for own in others(found))


def printed_value(page: Page, index: int) -> Interval:
    """Where an amount lies as printed, in the unit of its currency."""
    own = printed(page.found(index))
    return own / Interval.exact(Decimal(100)) if page.found(index).currency == "GBX" else own


def _relation(page: Page, value: int, right: int) -> Relation:
    claim, result = page.claims[value], page.scaled(value, printed_value(page, right))
    return Relation(
        target=value,
        inputs=(right,),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[right])} = {told(result, claim)}",
        reason=f"The story tells {page.found(right).text}, which its count and price give; no amount of it is {claim.found.text}.",
        correction=say(result, claim, page.script),
        settles=True,
    )
