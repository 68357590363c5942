"""Figures that are a power of ten away from what others of the article come to: a slip of the pen, whatever words stand around it.

Two figures of an article multiply, or divide, to a third one's very digits by chance once in some hundred times. So where they do, near
each other, in roles that their units allow, and nothing else in the article explains the third one, its magnitude is wrong. Other
relations ask for words that tie figures together; here their digits do.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from stakeline.checks.relations.blame import blamed
from stakeline.checks.relations.fit import Fit, fit, magnitude, printed, slip
from stakeline.checks.relations.page import PRICES, QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.trades import is_whole
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 2
"""Sentences within which figures are taken to be of one matter."""
_TIGHT = Decimal("0.0005")
"""How closely digits must agree, beyond what is rounded."""
_CLEAR = Decimal("0.01")
"""How far apart the ends of a result may lie, and how coarsely a figure may be rounded, to have digits of their own."""
_TELLING = 3
"""Digits that a figure must have; one with fewer must stand in one sentence with the others."""
_OF_COUNT = 3
"""Powers of ten that no percentage is mistaken by: then it is the count."""
_EARNED = (
    "result.revenue",
    "result.prior",
    "result.gross",
    "segment.",
    "cost.",
    "dividend.",
    "fx.",
    "market_value.change",
)
_RECEIPTS = re.compile(r"\bAD[SR]s?\b|depositary|存[托託]|預託|预托", re.IGNORECASE)
"""One of them stands for several shares, often for ten."""
_VOLUME = re.compile(r"volume|turnover|成交|[换換]手", re.IGNORECASE)
"""In front of a number of shares that changed hands at many prices."""
_DIGIT = re.compile(r"[0-9]")


def slips(page: Page) -> Iterator[Relation]:
    """Amounts and percentages that are a power of ten off."""
    for index in range(len(page.claims)):
        if page.found(index).value is None or page.found(index).word or page.found(index).number <= 0:
            continue
        if page.is_amount(index) and not _is_each(page, index) and not page.kind(index).startswith(_EARNED):
            yield from _amount(page, index)
        elif page.found(index).unit == "pct" and page.kind(index).startswith(_PARTS):
            yield from _part(page, index)


def _amount(page: Page, index: int) -> Iterator[Relation]:
    """A count times a price: where none near by gives the amount, the one that gives its digits."""
    of_all = (True, False) if page.kind(index) in _OF_ALL else (False,)
    counts = page.near(index, lambda i: _is_count(page, i) and (page.kind(i) == "shares.issued") in of_all, _REACH)
    prices = page.near(index, lambda i: _is_each(page, i), _REACH)
    prices = [p for p in prices if page.one_currency((p, index)) and page.bounds(p).high < page.bounds(index).low]
    products = [(n, p, page.scaled(index, page.bounds(n) * page.bounds(p))) for n in counts for p in prices]
    if any(fit(page.found(index), result) is not Fit.OFF for _, _, result in products):
        return
    only = len(counts) == 1 and page.one_trade and page.is_paid(index) and not is_whole(page, index)
    for count, price, result in products:
        slipped = (only and magnitude(page.found(index), result)) or _is_slip(page, index, result, (count, price))
        if not slipped or _bound(page, index, count, price):
            continue
        if page.has(_RECEIPTS) and abs(magnitude(page.found(index), result) or 0) == 1:
            continue
        working = f"{shown(page.claims[count])} x {shown(page.claims[price])}"
        yield blamed(
            page, index, _relation(page, index, (count, price), result, working, "The shares at that price come to")
        )
        return


_OF_ALL = frozenset({"market_value", "other.amount"})
"""What all shares may be worth."""
_OF_OWN = frozenset({"transaction.pct_of_holding", "stake.change_pct"})
_PARTS = ("stake.", "transaction.stake_pct", "transaction.pct_of_holding", "other.pct")


def _part(page: Page, index: int) -> Iterator[Relation]:
    """A part of all shares or of a holding: where no count near by gives the percentage, the two that give its digits."""
    counts = page.near(index, lambda i: _is_count(page, i), _REACH)
    traded = [i for i in counts if page.is_traded(i)]
    owned = [i for i in counts if page.kind(i).startswith("stake.")]
    issued = [i for i in counts if page.kind(i) == "shares.issued"]
    if page.kind(index) in _OF_OWN:
        wholes = [(n, w, page.bounds(w)) for n in traded for w in owned]
        wholes += [
            (n, w, page.bounds(w) + page.bounds(n))
            for n in traded
            for w in owned
            if page.kind(w) == "stake.after_shares"
        ]
    else:
        wholes = [(n, w, page.bounds(w)) for n in (*traded, *owned) for w in issued]
    ratios = [(n, w, page.bounds(n) / whole * _HUNDRED) for n, w, whole in wholes]
    if any(fit(page.found(index), ratio) is not Fit.OFF for _, _, ratio in ratios) or _is_step(page, index):
        return
    for part, whole, ratio in ratios:
        if ratio.high >= _HUNDRED.high or not _is_slip(page, index, ratio, (part, whole)):
            continue
        percent, all_ = shown(page.claims[index]), shown(page.claims[whole])
        if abs(magnitude(page.found(index), ratio) or 0) < _OF_COUNT:
            yield _relation(page, index, (part, whole), ratio, f"{shown(page.claims[part])} / {all_}", "The shares are")
        elif page.kind(index) not in _OF_OWN:
            count = page.bounds(whole) * page.bounds(index) / _HUNDRED
            yield _relation(page, part, (index, whole), count, f"{percent} x {all_}", "The percentage is")
        return


def _is_step(page: Page, index: int) -> bool:
    """Whether a percentage is the difference of two others near by, or the sum."""
    near = page.near(index, page.is_percent, _REACH)
    return any(
        fit(page.found(index), unsigned(r)) is Fit.AGREES
        for k, one in enumerate(near)
        for other in near[k + 1 :]
        for r in (page.bounds(one) - page.bounds(other), page.bounds(one) + page.bounds(other))
    )


def _is_slip(page: Page, index: int, result: Interval, parts: Sequence[int]) -> bool:
    """Whether a figure has the digits of a result, and not its magnitude."""
    found = page.found(index)
    power = magnitude(found, result) if positive(result) else None
    if power is None or result.high - result.low > _CLEAR * result.high or found.half > _CLEAR * found.number:
        return False
    if len(_DIGIT.findall(found.text)) < _TELLING and not page.together(index, *parts):
        return False
    factor = Decimal(10) ** power
    own, give = printed(found), _TIGHT * result.high * factor
    return own.low <= result.high * factor + give and result.low * factor - give <= own.high


def _bound(page: Page, index: int, count: int, price: int) -> bool:
    """Whether a count and a price already give another amount."""
    result = page.bounds(count) * page.bounds(price)
    others = page.near(count, lambda i: i != index and page.is_amount(i) and not _is_each(page, i), _REACH)
    return any(fit(page.found(i), page.scaled(i, result)) is Fit.AGREES for i in others)


def _relation(page: Page, index: int, inputs: tuple[int, int], result: Interval, working: str, words: str) -> Relation:
    claim = page.claims[index]
    come = told(result, claim)
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{working} = {come}",
        reason=f"{words} {come}, not {claim.found.text}: {slip(claim.found, result)} that.",
        correction=say(result, claim, page.script),
        slips=True,
    )


def _is_count(page: Page, index: int) -> bool:
    found = page.found(index)
    counted = found.unit == "shares" or page.is_traded(index)
    changed_hands = page.kind(index) == "volume.shares" or _VOLUME.search(page.lead(index))
    return found.value is not None and counted and not changed_hands and positive(page.bounds(index))


def _is_each(page: Page, index: int) -> bool:
    """Whether a figure is the price of one share, of a trade or of a day."""
    known = page.is_amount(index) and page.found(index).value is not None and positive(page.bounds(index))
    return known and (page.is_price(index) or page.kind(index) in PRICES | QUOTES)
