"""What shares are worth: the market value of a company and the worth of a holding, against every count and price of the article.

Prices of two days explain most differences. So a worth is only called wrong where no price of the article explains it and either
a slip of the pen does, or the price is the one by which something else of the article is valued.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from stakeline.checks.relations.blame import against_shares
from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.page import QUOTES, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_VALUES = frozenset({"market_value", "stake.value"})
_VALUED = re.compile(
    r"\b(?:company|group|publisher|firm|business|issuer|it) (?:is|was) (?:now )?(?:valued at|worth) (?:about |some )?$"
)
"""In front of what all shares are worth."""
_REACH = 4
"""Sentences within which counts and prices may be of a worth."""
_MOST = 6
"""Counts and prices that are tried for a worth."""
_PEN_DIGITS = 3
_APART = Decimal(20)
"""How many times too much or too little a worth may be, magnitudes aside, to be meant for a product."""
_RECEIPTS = re.compile(r"\bAD[SR]s?\b|depositary|存[托託]|預託|预托", re.IGNORECASE)
"""One of them stands for several shares, often for ten."""
_CLASS = re.compile(r"\b[ABH][- ]shares?\b|\bclass [ABC]\b|[ABH]股", re.IGNORECASE)
"""Shares of several classes: a company is worth more than the shares of one."""
_OTHER_TIME = re.compile(
    r"(?:19|20)[0-9]{2}|\b(?:from|ago|peak|earlier|once|then|before|high|low|listing|ipo|float|offer|target|year|month|week)\b"
    r"|去年|上年|[当當][时時]|[由从從]|曾|[发發]行[价價]|招股|[高低][位点點]|上市|年初",
    re.IGNORECASE,
)
"""In front of a worth or a price: it is of another day."""
_CHANGED = re.compile(
    r"蒸[发發]|[缩縮]水|\b(?:wip\w+|los[te]|shed|add\w*|gain\w*)\b|增[加至]|[减減]少|[升跌降]至?$", re.IGNORECASE
)
"""In front of an amount by which a worth changed, or that it changed to."""


class _Way(NamedTuple):
    """A count and a price, and what they come to."""

    shares: int
    price: int
    result: Interval


def values(page: Page) -> Iterator[Relation]:
    """Count x price = what the shares are worth: off where nothing near by gives it but a slip of the pen, or the day's price of something else."""
    found = [i for i in range(len(page.claims)) if _is_worth(page, i)]
    ways = {i: _ways(page, i) for i in found}
    agreeing = {i: w for i in found if (w := _agreeing(page, i, ways[i])) is not None}
    valuing = {page.found(w.price).value for w in agreeing.values() if page.kind(w.price) in QUOTES} | _only(page)
    for index in found:
        if index in agreeing:
            yield _relation(page, index, agreeing[index], Fit.AGREES)
            continue
        off = _off(page, index, ways[index], valuing)
        if off is not None and (off.target != index or not _explained(page, index)):
            yield off


def _is_worth(page: Page, index: int) -> bool:
    found = page.found(index)
    known = page.is_amount(index) and found.value is not None and found.number > 0 and not found.word
    return known and found.bound is None and (page.kind(index) in _VALUES or _is_company(page, index))


def _is_company(page: Page, index: int) -> bool:
    """Whether an amount is what all shares are worth."""
    valued = page.kind(index) == "transaction.value" and _VALUED.search(page.lead(index)) is not None
    return valued or page.kind(index) == "market_value"


def _ways(page: Page, index: int) -> list[_Way]:
    """The products that a worth may be; a company is worth its issued shares, a holding what is held or traded."""
    counts = page.near(index, lambda i: _is_count(page, i), _REACH)
    counts = ([n for n in counts if _plays(page, index, n)] or counts)[:_MOST]
    prices = page.near(index, lambda i: _is_each(page, i) and page.one_currency((i, index)), _REACH)[:_MOST]
    return [_Way(n, p, page.scaled(index, page.bounds(n) * page.bounds(p))) for n in counts for p in prices]


def _agreeing(page: Page, index: int, ways: list[_Way]) -> _Way | None:
    ways = [w for w in ways if _plays(page, index, w.shares)]
    agreeing = [w for w in ways if fit(page.found(index), w.result, slack=ABOUT) is Fit.AGREES]
    return min(agreeing, key=lambda w: abs(page.found(index).number / w.result.middle - 1), default=None)


def _explained(page: Page, index: int) -> bool:
    """Whether a percentage of another worth gives it, or it may be of another day."""
    if _OTHER_TIME.search(page.lead(index)) or _CHANGED.search(page.lead(index)):
        return True
    parts = page.near(index, lambda i: page.found(i).unit == "pct" and positive(page.bounds(i)), _REACH)
    others = page.near(index, lambda i: _is_worth(page, i), _REACH)
    shares = [page.bounds(p) / Interval.exact(100) for p in parts]
    return any(
        fit(page.found(index), page.bounds(i) * s, slack=ABOUT) is not Fit.OFF
        or fit(page.found(index), page.bounds(i) / s, slack=ABOUT) is not Fit.OFF
        for i in others
        for s in shares
        if i != index
    )


def _off(page: Page, index: int, ways: list[_Way], valuing: set[Decimal | None]) -> Relation | None:
    """The one product that a worth is meant for, where it misses it."""
    role = [w for w in ways if _plays(page, index, w.shares)]
    counts = list(dict.fromkeys(w.shares for w in role))
    if not counts or any(fit(page.found(index), w.result, slack=ABOUT) is not Fit.OFF for w in ways):
        return None
    own = counts if len(counts) == 1 else [n for n in counts if page.together(n, index) and n < index][:1]
    if not own and _is_company(page, index):  # beside all shares those that are floated
        own = [max(counts, key=lambda n: page.found(n).number)]
    quoted = [w for w in role if w.shares in own and page.kind(w.price) in QUOTES and _of_today(page, w)]
    quoted.sort(key=lambda w: magnitude(page.found(index), w.result) is None)
    for way in quoted:
        slipped = _slipped(page, index, way)
        beside = page.together(index, way.shares) or page.together(index, way.price)
        clear = beside and page.found(way.price).value in valuing and _comparable(page, index, way)
        if (slipped or clear) and not _foreign(page, index, way):
            return _blamed(page, index, way)
    return None


def _only(page: Page) -> set[Decimal | None]:
    """The price of an article that has just one, one count of shares and one worth."""
    every = range(len(page.claims))
    one_each = sum(_is_count(page, i) for i in every) == 1 == sum(_is_worth(page, i) for i in every)
    prices = {page.found(i).value for i in every if _is_each(page, i)}
    return prices if one_each and len(prices) == 1 else set()


def _foreign(page: Page, index: int, way: _Way) -> bool:
    """Whether figures may be of several companies or classes, or of shares and of receipts for several of them."""
    receipts = page.has(_RECEIPTS) and abs(magnitude(page.found(index), way.result) or 0) == 1
    if receipts or (_is_company(page, index) and page.has(_CLASS)):
        return True
    return not page.together(index, way.shares) and not page.same(index, way.shares, way.price)


def _slipped(page: Page, index: int, way: _Way) -> bool:
    """Whether a slip of the pen makes a worth what it should be."""
    found, middle = page.found(index), way.result.middle
    return (
        mistyped(found, way.result, _PEN_DIGITS)
        or transposed(found, middle)
        or magnitude(found, way.result) is not None
    )


def _comparable(page: Page, index: int, way: _Way) -> bool:
    return 1 / _APART < page.found(index).number / way.result.middle < _APART


def _of_today(page: Page, way: _Way) -> bool:
    return _OTHER_TIME.search(page.lead(way.price)) is None


def _blamed(page: Page, index: int, way: _Way) -> Relation:
    """Against the worth; against the issued shares where someone has more than there are of them, and not more than there should be."""
    right = page.bounds(index) / page.bounds(way.price)
    held = page.near(way.shares, lambda i: _is_count(page, i), _REACH)
    if page.kind(way.shares) == "shares.issued" and any(
        page.bounds(way.shares).high < page.bounds(i).low <= right.high for i in held
    ):
        return against_shares(page, index, way.shares, way.price)
    return _relation(page, index, way, Fit.OFF)


def _plays(page: Page, index: int, count: int) -> bool:
    """Whether a count is of the shares whose worth is told."""
    issued = page.kind(count) == "shares.issued"
    return issued if _is_company(page, index) else not issued


def _relation(page: Page, index: int, way: _Way, outcome: Fit) -> Relation:
    claim, come = page.claims[index], told(way.result, page.claims[index])
    return Relation(
        target=index,
        inputs=(way.shares, way.price),
        fit=outcome,
        recomputed=way.result,
        working=f"{shown(page.claims[way.shares])} x {shown(page.claims[way.price])} = {come}",
        reason="Shares x price gives it." if outcome is Fit.AGREES else f"The shares at that price are worth {come}.",
        vouches=True,
        slips=magnitude(claim.found, way.result) is not None,
        correction=say(way.result, claim, page.script),
    )


def _is_count(page: Page, index: int) -> bool:
    """Whether a figure counts shares that have an owner."""
    found = page.found(index)
    counted = found.unit == "shares" or page.is_traded(index)
    return found.value is not None and counted and page.kind(index) != "volume.shares" and positive(page.bounds(index))


def _is_each(page: Page, index: int) -> bool:
    """Whether a figure is the price of one share, of a trade or of a day."""
    known = page.is_amount(index) and page.found(index).value is not None and positive(page.bounds(index))
    return known and (page.is_price(index) or page.kind(index).startswith("price."))
