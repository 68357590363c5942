"""What shares are worth: the market value of a company and the worth of a holding, against every count and price of the article.

Prices of two days explain most differences. So a worth is only called wrong where no price of the article explains it and either
a slip of the pen does, or the price is the one by which something else of the article is valued.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from stakeline.checks.relations.blame import against_shares
from stakeline.checks.relations.elsewhere import part_elsewhere
from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.holdings.issued import is_counted
from stakeline.checks.relations.page import QUOTES, RECEIPTS, Page, Relation, positive
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
_PEN_DIGITS, _FEW_DIGITS = 3, 2
"""Digits of a worth that tell of a slip, and where the article has one count of all shares to reckon it by."""
_APART = Decimal(20)
"""How many times too much or too little a worth may be, magnitudes aside, to be meant for a product."""
_CLASS = re.compile(r"\b(?-i:[ABH])[- ]shares?\b|\bclass [ABC]\b|[ABH]股", re.IGNORECASE)
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
        if off is not None and (off.target != index or not _explained(page, index, off)):
            yield off


def _is_worth(page: Page, index: int) -> bool:
    found = page.found(index)
    known = page.is_amount(index) and found.value is not None and found.number > 0 and not found.word
    return known and found.bound is None and (page.kind(index) in _VALUES or _is_company(page, index))


def _is_company(page: Page, index: int) -> bool:
    """Whether an amount is what all shares are worth."""
    valued = page.kind(index) == "transaction.value" and _VALUED.search(page.lead(index)) is not None
    return valued or page.kind(index) == "market_value" or _beside_quote(page, index)


def _beside_quote(page: Page, index: int) -> bool:
    """Whether a worth is told right behind the price of one share as that of the company: 股價4港元/股,市值540億港元."""
    quoted = index > 0 and page.kind(index - 1) in QUOTES and _OF_COMPANY.fullmatch(page.gap(index - 1, index))
    return bool(quoted) and _BY.search(page.lead(index - 1)) is None


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


def _explained(page: Page, index: int, off: Relation) -> bool:
    """Whether a percentage of another worth gives it, or it may be of another day: what it fell to at the close told of is not."""
    changed = _CHANGED.search(page.lead(index)) is not None
    reckoned = page.together(index, off.inputs[0]) and mistyped(page.found(index), _result(off), _PEN_DIGITS)
    if _OTHER_TIME.search(page.lead(index)) or (changed and not reckoned):
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


def _result(relation: Relation) -> Interval:
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    return relation.recomputed


def _off(page: Page, index: int, ways: list[_Way], valuing: set[Decimal | None]) -> Relation | None:
    """The one product that a worth is meant for, where it misses it."""
    role = [w for w in ways if _plays(page, index, w.shares)]
    counts = list(dict.fromkeys(w.shares for w in role))
    if not counts or any(fit(page.found(index), w.result, slack=ABOUT) is not Fit.OFF for w in ways):
        return None
    if any(_is_worth_of(page, index, n, w.price) for n in page.near(index, lambda i: _is_count(page, i)) for w in ways):
        return None  # of the shares held, though it is read as the company's worth
    own = counts if len(counts) == 1 else [n for n in counts if page.together(n, index) and n < index][:1]
    if not own and _is_company(page, index):  # beside all shares those that are floated
        own = [max(counts, key=lambda n: page.found(n).number)]
    basis = _basis(page, index)
    if not own and basis is not None:
        own = [n for n in counts if _held_before(page, n, index)][:1]
    quoted = [w for w in role if w.shares in own and page.kind(w.price) in QUOTES and _of_today(page, w)]
    quoted.sort(key=lambda w: magnitude(page.found(index), w.result) is None)
    for way in quoted:
        beside = page.together(index, way.shares) or page.together(index, way.price)
        clear = beside and page.found(way.price).value in valuing and not _of_others(page, way.shares, index)
        of_all = _is_company(page, index) and not _foreign(page, index, way)
        told_so = way.price == basis and (of_all or _held_before(page, way.shares, index))
        moved = not told_so and _moved(page, index, way)
        meant = (
            _slipped(page, index, way) or (clear and not moved and _comparable(page, index, way))
        ) and not _foreign(page, index, way)
        if meant or (told_so and _comparable(page, index, way)):
            return _blamed(page, index, way)
    return _beyond(page, index, quoted)


def _is_worth_of(page: Page, index: int, count: int, price: int) -> bool:
    return fit(page.found(index), page.scaled(index, page.bounds(count) * page.bounds(price))) is Fit.AGREES


def _basis(page: Page, index: int) -> int | None:
    """The price by which a worth is said to be reckoned, right in front of it: "HK$19.50 values them at", 按收市0.84元計, or named there."""
    if _BY_CLOSE.search(page.lead(index)) and not page.has(RECEIPTS):
        lasts = [page.near(index, lambda i: page.kind(i) == kind, _REACH) for kind in ("price.last", "price.close")]  # noqa: B023 -- used at once
        today = lasts[0] or lasts[1]
        return today[0] if len({page.found(i).value for i in today}) == 1 else None
    price = index - 1
    if price < 0 or not page.together(price, index) or page.kind(price) not in QUOTES or page.has(RECEIPTS):
        return None
    told_so = _VALUES_AT.search(page.gap(price, index)) is not None or _BY.search(page.lead(price)) is not None
    others = _OTHER_SHARES.search(page.gap(price, index)) is not None or _beside_quote(page, index)
    return price if told_so and not others and _OTHER_TIME.search(page.lead(price)) is None else None


_BY_CLOSE = re.compile(
    r"(?:[按以]|根[据據])[^0-9,，。;；]{0,6}(?:收|[闭閉])(?:市|[盘盤])?[价價][^0-9,，。;；]{0,12}$"
    r"|\b(?:at|on) (?:the|that|its|today's|[A-Z]\w+day's) (?:clos(?:e|ing price)|last price)\b[^0-9.;]{0,40}$"
)
"""In front of a worth: it is reckoned by the close, which is told elsewhere."""
_VALUES_AT = re.compile(r"\b(?:valu(?:es|ing)|worth|puts?)\b|[计計]|[价價]?值", re.IGNORECASE)
_OF_COMPANY = re.compile(r"(?:/股)?\s*[,，、;；]?\s*[总總]?市值(?:[约約為为达達逾]|\s)*")
"""All that stands between a price and what the company is worth, where nothing is reckoned by that price."""
_BY = re.compile(r"(?:[按以]|\bat|based on|going by)[^0-9,，。;；]*$", re.IGNORECASE)
_OTHER_SHARES = re.compile(
    r"\b(?:remain\w*|rest|left|combined|together|both|entire|whole|company|group|all|sold|bought)\b|[剩余餘]|合[共计計]|公司|全部|[总總]|出售|[购購减減增]",
    re.IGNORECASE,
)
"""In front of a worth: it is of other shares than those told of before."""


def _held_before(page: Page, count: int, index: int) -> bool:
    """Whether a count in front of a worth is of the shares held that are worth it, with no other count of shares between."""
    held = page.kind(count).startswith("stake.") and count < index
    near = page.found(index).sentence - page.found(count).sentence <= 1
    if not held or not near or _of_others(page, count, index):
        return False
    return page.same(count, index) or _THEM.search(page.gap(count, index)) is not None


def _of_others(page: Page, count: int, index: int) -> bool:
    """Whether a worth behind a count is told as that of other shares, what is left of them say."""
    others = any(_is_other(page, i, count) for i in range(count + 1, index))
    return page.kind(index) == "stake.value" and (others or _OTHER_SHARES.search(page.lead(index)) is not None)


def _is_other(page: Page, index: int, count: int) -> bool:
    """Whether a figure behind a count tells of other shares: a count, or a holding in a sentence of its own."""
    counted = page.is_traded(index) or page.found(index).unit == "shares"
    return counted or (page.is_stake(index) and not page.together(index, count))


_THEM = re.compile(
    r"\b(?:them|the(?:se|ir|)(?: \w+)? (?:stake|holding|shares|position)|(?:his|her|its) (?:stake|holding|shares|position))\b|[这這该該此][批些笔筆]?",
    re.IGNORECASE,
)
"""Between a count and a worth: it is of the shares just told of, whatever their holder and company were taken for."""


def _beyond(page: Page, index: int, ways: list[_Way]) -> Relation | None:
    """A holding told with its worth in one breath that no price of the article comes near to, of those that lie close together."""
    own = [w for w in ways if w.shares == index - 1 and _HAS_WORTH.fullmatch(page.gap(w.shares, index))]
    words = page.around(index, _BREATH, _BREATH)
    if not own or not page.same(index, own[0].price, own[0].shares) or page.has(RECEIPTS):
        return None
    if _OTHER_TIME.search(words) or _MONTH.search(words):
        return None
    every = [page.bounds(i) for i in range(len(page.claims)) if _is_each(page, i) and page.one_currency((i, index))]
    low, high = min(p.low for p in every), max(p.high for p in every)
    price = page.bounds(index) / page.bounds(own[0].shares)
    if len({p.middle for p in every}) < _SEVERAL or high > low * _WIDE:
        return None
    outside = price.low > high * _WIDE or price.high * _WIDE < low
    apart = 1 / _NO_OTHER < price.middle / high < _NO_OTHER
    changed = _most_change(page) > abs(low / price.middle - 1) / 2
    return _relation(page, index, own[0], Fit.OFF) if outside and apart and not changed else None


def _most_change(page: Page) -> Decimal:
    """The largest change of a price that the article tells, as a part of one."""
    changes = [f.number / 100 for c in page.claims if c.kind == "price.change_pct" and (f := c.found).value is not None]
    return max(changes, default=Decimal(0))


def _moved(page: Page, index: int, way: _Way) -> bool:
    """Whether a worth at "current prices" is of a price that has moved on from the one printed, as far as a change that is told."""
    if _CURRENT.search(page.around(index, _BREATH, _BREATH)) is None:
        return False
    return abs(page.found(index).number / way.result.middle - 1) <= 2 * _most_change(page)


_CURRENT = re.compile(r"\bcurrent(?:ly)?\b|\bnow\b|现[价價]|現[价價]|目前|当前|當前", re.IGNORECASE)


_HAS_WORTH = re.compile(
    r"(?: shares?| stock)?,?(?: then| currently| now)? (?:worth|valued at)(?: about| around| some| approximately| roughly)? ?|[,，]?(?:[总總]?[市价價]?值|[价價]值)(?:约|約|为|為)*",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|quarter|filing|end)\b|[0-9]月|季|[年月]底|年末|[当當]日",
    re.IGNORECASE,
)
_BREATH, _SEVERAL = 160, 2
_WIDE = Decimal("1.1")
"""How far apart the prices of one week lie at most, and how far beyond them one of another time lies."""
_NO_OTHER = Decimal(3)
"""How many times these prices a price can be that is one of the same share."""


def _only(page: Page) -> set[Decimal | None]:
    """The price of an article that has just one, one count of shares and one worth."""
    every = range(len(page.claims))
    one_each = sum(_is_count(page, i) for i in every) == 1 == sum(_is_worth(page, i) for i in every)
    prices = {page.found(i).value for i in every if _is_each(page, i)}
    return prices if one_each and len(prices) == 1 else set()


def _foreign(page: Page, index: int, way: _Way) -> bool:
    """Whether figures may be of several companies or classes, or of shares and of receipts for several of them."""
    receipts = page.has(RECEIPTS) and abs(magnitude(page.found(index), way.result) or 0) == 1
    if receipts or (_is_company(page, index) and page.has(_CLASS)):
        return True
    if _is_company(page, index):  # whoever holds its shares
        return len({page.claims[i].issuer for i in (index, way.shares, way.price)} - {None}) > 1
    return not page.together(index, way.shares) and not page.same(index, way.shares, way.price)


def _slipped(page: Page, index: int, way: _Way) -> bool:
    """Whether a slip of the pen makes a worth what it should be."""
    found, middle = page.found(index), way.result.middle
    if transposed(found, middle) or magnitude(found, way.result) is not None:
        return True
    only = _is_company(page, index) and len({page.found(i).value for i in _issued(page, index)}) == 1
    own = page.scaled(index, Interval.exact(page.found(way.shares).number * page.bounds(way.price).middle))
    return mistyped(found, way.result, _PEN_DIGITS) or (only and mistyped(found, own, _FEW_DIGITS))


def _issued(page: Page, index: int) -> list[int]:
    """The counts of all shares around a worth."""
    return page.near(index, lambda i: _is_issued(page, index, i), _REACH)


def _is_issued(page: Page, index: int, count: int) -> bool:
    """Whether a count is of all shares, by its kind or, told in front of a worth, by its words, where it was taken for those of a trade."""
    taken = page.kind(count) == "transaction.shares" and count < index and "\n" not in page.gap(count, index)
    return page.kind(count) == "shares.issued" or (taken and is_counted(page, count))


def _comparable(page: Page, index: int, way: _Way) -> bool:
    return 1 / _APART < page.found(index).number / way.result.middle < _APART


def _of_today(page: Page, way: _Way) -> bool:
    return _OTHER_TIME.search(page.lead(way.price)) is None


def _blamed(page: Page, index: int, way: _Way) -> Relation:
    """Against the worth; against the count where a percentage of all shares tells, or someone has more than are said to be issued."""
    right = page.bounds(index) / page.bounds(way.price)
    if part_elsewhere(page, way.shares, right):
        return against_shares(page, index, way.shares, way.price)
    held = page.near(way.shares, lambda i: _is_count(page, i), _REACH)
    if page.kind(way.shares) == "shares.issued" and any(
        page.bounds(way.shares).high < page.bounds(i).low <= right.high for i in held
    ):
        return against_shares(page, index, way.shares, way.price)
    return _relation(page, index, way, Fit.OFF)


def _plays(page: Page, index: int, count: int) -> bool:
    """Whether a count is of the shares whose worth is told."""
    if not _is_company(page, index):
        return page.kind(count) != "shares.issued"
    issued = _is_issued(page, index, count)
    beside = abs(count - index) == 1 and page.together(count, index)
    return issued or (beside and page.kind(count) == "transaction.shares" and not _issued(page, index))


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
