"""A currency sign in front of a number of shares: "placed £35 million Poundland shares at 405 pence" for £142 million.

The number times the price of one share is what was paid, and shares are what the words behind it name.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, in_print
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import shown, told
from stakeline.model.numbers import Interval

_SHARES = re.compile(
    r" (?:(?:[A-Z][\w&.'-]* |new |existing |ordinary |common |preference |deposit[ao]ry ){0,5}shares\b)(?! worth)|的?[^0-9,，。;；]{0,6}(?:股份|股票|[AHB]?股(?![价價權权東东]))"
)
"""Right behind a number of shares; an amount is one "of shares"."""
_DEALT = re.compile(
    r"\b(?:s[eo]ld|selling|bought|buying|plac(?:ed|ing)|offload(?:ed|ing)|dispos(?:ed|ing) of)(?: some| about| around| nearly)? $",
    re.IGNORECASE,
)
_IN = re.compile(r" in (?-i:[A-Z])")
"""In front of what was dealt in, and behind it: "raised $1.1 billion by selling $1.58 billion in ICBC"."""
_REACH, _PRICE_REACH = 6, 2
"""Sentences within which the amount paid is told, and the price."""
_AGREES = Decimal("0.01")
_ONE = (Decimal("0.9"), Decimal("1.1"))
"""A price of about one makes a number of shares and an amount alike."""


def signed(page: Page) -> Iterator[Relation]:
    """Numbers of shares that are printed as amounts."""
    for index in range(len(page.claims)):
        if not _is_named(page, index):
            continue
        prices = page.near(index, lambda i: _is_each(page, i), 0) or page.near(
            index, lambda i: _is_each(page, i), _PRICE_REACH
        )
        prices = [p for p in prices if page.currency(p) == page.currency(index)]
        reach = _REACH if _SHARES.match(page.tail(index)) else 0
        paid = [v for v in page.near(index, page.is_paid, reach) if page.currency(v) == page.currency(index)]
        pairs = [
            (p, v) for p in prices for v in paid if _multiplies(page, index, p, v) and not _bought(page, index, p, v)
        ]
        one = len({page.found(p).value for p in prices}) == 1 or sorted(page.kind(p) for p in prices) == _RANGE
        if one and pairs:
            yield _relation(page, index, *pairs[0])


_RANGE = ["transaction.price_high", "transaction.price_low"]


def of_sums(page: Page) -> Iterator[Relation]:
    """An amount that with the number of shares beside it comes to the whole number in front: 總股本31.20億股,包括A股20.85億元、H股10.34億股."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "currency" or len(in_print(found).replace(".", "")) < _DIGITS or found.approx or found.bound:
            continue
        counts = sorted(
            i for i in page.near(index, lambda i: page.found(i).unit == "shares", 0) if positive(page.bounds(i))
        )
        for whole in (i for i in counts if i < index and _PARTS.search(page.gap(i, i + 1))):
            others = [i for i in (index - 1, index + 1) if i in counts and i > whole]
            sums = [i for i in others if _adds(page, whole, index, i)]
            if sums and not page.near(index, page.is_price, 0):
                yield _part(page, index, whole, sums[0])
                break


_PARTS = re.compile(
    r"包括|其中|分[为為别別]|由|[:：（(]|\b(?:includ\w+|compris\w+|made up|consist\w*|of which|split|divided)\b"
)
"""Between a whole number of shares and the first of its parts."""
_DIGITS = 3


def _adds(page: Page, whole: int, amount: int, other: int) -> bool:
    """Whether a number printed as an amount and another one are a whole to the digit, and neither is most of it."""
    own, rest = page.found(amount).bounds(), page.bounds(other)
    least = page.bounds(whole).low * _LEAST
    return (own + rest).meet(page.bounds(whole)) is not None and min(own.low, rest.low) > least


_LEAST = Decimal("0.02")
"""A part of a whole that is smaller makes any sum agree."""


def _part(page: Page, index: int, whole: int, other: int) -> Relation:
    count = _counted(page, index)
    names = shown(page.claims[whole]), shown(page.claims[other])
    return Relation(
        target=index,
        inputs=(whole, other),
        fit=Fit.OFF,
        recomputed=count,
        working=f"{names[0]} - {names[1]} = {count}",
        reason=f"It is a number of shares: with {page.found(other).text} it comes to {page.found(whole).text}.",
        correction=count,
    )


def _counted(page: Page, index: int) -> str:
    """The number of an amount as one of shares."""
    number = re.sub(r"^[^0-9]+|[元圓圆鎊镑]$", "", page.found(index).text)
    return f"{number} shares" if page.found(index).lang == "en" else f"{number}股"


def _is_named(page: Page, index: int) -> bool:
    """Whether shares are what an amount is told to be of."""
    found = page.found(index)
    if found.unit != "currency" or found.value is None or found.number <= 0 or found.bound or page.is_price(index):
        return False
    tail = page.tail(index)
    return _SHARES.match(tail) is not None or bool(_DEALT.search(page.lead(index)) and _IN.match(tail))


def _is_each(page: Page, index: int) -> bool:
    return page.is_price(index) and positive(page.bounds(index))


def _bought(page: Page, index: int, price: int, value: int) -> bool:
    """Whether a number of shares told as such is what was paid for."""
    counts = page.near(index, lambda i: page.found(i).unit == "shares" and page.found(i).value is not None, _REACH)
    each, found = page.bounds(price), page.found(value)
    return any(fit(found, page.scaled(value, page.bounds(n) * each)) is Fit.AGREES for n in counts)


def _multiplies(page: Page, index: int, price: int, value: int) -> bool:
    """Whether the number times the price is what was paid, which is another amount than the number."""
    each = page.bounds(price)
    if _ONE[0] < each.middle < _ONE[1] or page.found(value).value == page.found(index).value:
        return False
    result = page.scaled(value, Interval.exact(page.bounds(index).middle) * each)
    return fit(page.found(value), result, slack=_AGREES) is Fit.AGREES


def _relation(page: Page, index: int, price: int, value: int) -> Relation:
    count = _counted(page, index)
    return Relation(
        target=index,
        inputs=(price, value),
        fit=Fit.OFF,
        recomputed=count,
        working=f"{count} x {shown(page.claims[price])} = {told(page.bounds(value), page.claims[value])}",
        reason=f"It is the number of shares that cost {page.found(value).text}, no amount of money.",
        correction=count,
    )
