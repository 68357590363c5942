"""What one sentence has one of each: a count, a price and an amount, or a part, its percentage and the whole.

There the parts that figures play are settled by their units, whatever words stand around them and whatever kinds they were taken
for. A figure is called wrong only where a slip of the pen explains it: figures of several matters are no power of ten apart but by
chance.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import blamed
from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, slip, transposed
from stakeline.checks.relations.page import MANY, PRICES, QUOTES, RECEIPTS, STAKES, Page, Relation
from stakeline.checks.relations.trades.certain import one_year
from stakeline.checks.relations.trades.whose import is_count, is_known
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 3
"""Sentences within which another count or price may explain an amount."""
_PEN_DIGITS = 3
"""Digits of an amount of which one can be told to be wrong."""
_COARSE = Decimal("1.3")
"""How far apart the ends of a product lie that says nothing of digits."""
_POINTS = 2
"""Powers of ten by which a percentage is mistaken; by more it is a count that lacks its 萬."""
_EARNED = ("result.", "segment.", "cost.", "dividend.", "fx.")
_DIFFERENCES = frozenset({"market_value.change", "transaction.gain", "deal.value"})
"""Amounts that are no count times a price of the day: of earnings, of changes, of deals of other kinds."""
_NOMINAL = re.compile(r"(?<![帳账])(?:面值|面額|面额)|\bpar\b|nominal|股息|派息|dividend", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(?:against|from|than|compared|high|low|peak|target|float|flotation|listing|ipo|paid|bought|acquired|cost|entry|option|strike|offer)\b|[较較由从從比]|[高低][位点點]|招股|目[标標]|上市",
    re.IGNORECASE,
)
"""In front of a price of another day, or of none yet."""
_CORRECTED = re.compile(r"而非|而不是|并非|並非|\b(?:instead of|rather than|and not|not the)\b|更正", re.IGNORECASE)
"""A sentence that names a wrong figure as such."""


def trios(page: Page) -> Iterator[Relation]:
    """Count x price = amount, where the sentence of the amount has just one count of shares and one price."""
    for index in range(len(page.claims)):
        if not _is_sum(page, index) or _NOMINAL.search(page.around(index, 80, 40)):
            continue
        counts = page.near(index, lambda i: is_count(page, i), 0)
        prices = page.near(index, lambda i: _is_each(page, i), 0)
        counts = counts or page.near(index, lambda i: _is_volume(page, i), 0)
        prices = [
            p for p in prices if page.one_currency((p, index)) and page.bounds(p).high * MANY < page.bounds(index).low
        ]
        prices = [p for p in prices if not _OTHER_DAY.search(page.lead(p))] or prices
        alone = len(counts) == len(prices) == 1 and not _other_year(page, index, prices[0])
        if alone and not _explained(page, index):
            relation = _product(page, index, counts[0], prices[0])
            if relation is not None:
                yield blamed(page, index, relation)


def _is_volume(page: Page, index: int) -> bool:
    """Whether a figure counts shares that changed hands in the market; lots, 手, may be of any number of them."""
    lots = page.found(index).text.endswith("手")
    return page.kind(index) == "volume.shares" and is_known(page, index) and not lots


def _other_year(page: Page, *indices: int) -> bool:
    """Whether figures are of two years, or the words right beside them tell of another year than the article's."""
    if not one_year(page, *indices):
        return True
    words = "|".join(page.lead(i) + "|" + page.tail(i, 24) for i in indices)
    years = {match[0] for match in _YEAR.finditer(words)} - ({str(page.on.year)} if page.on is not None else set())
    return bool(years) or _AGO.search(words) is not None


_YEAR = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])")
_AGO = re.compile(r"\b(?:ago|last year|a year earlier)\b|去年|上年|前年|[当當][时時]", re.IGNORECASE)


def _explained(page: Page, index: int) -> bool:
    """Whether some count and price near by multiply to an amount."""
    counts = page.near(index, lambda i: is_known(page, i) and page.found(i).unit in {"shares", "count"}, _REACH)
    prices = page.near(index, lambda i: _is_each(page, i), _REACH)
    found = page.found(index)
    return any(
        fit(found, page.scaled(index, page.bounds(n) * page.bounds(p))) is not Fit.OFF
        for n in counts
        for p in prices
        if page.one_currency((p, index))
    )


def _product(page: Page, index: int, count: int, price: int) -> Relation | None:
    """A product that an amount misses by a slip of the pen."""
    claim, found = page.claims[index], page.found(index)
    product = page.bounds(count) * page.bounds(price)
    result = page.scaled(index, product)
    if fit(found, result, slack=ABOUT) is not Fit.OFF or _meant(page, index, price, product):
        return None
    factor = slip(found, result)
    if factor is not None and result.high > _COARSE * result.low:  # "one million" shares times a price meets any digits
        factor = slip(found, Interval.exact(result.middle))
    pen = factor is not None or mistyped(found, result, _PEN_DIGITS) or transposed(found, result.middle)
    if factor is None and page.kind(count) == "volume.shares":  # traded at many prices
        return None
    if not pen and not _of_one_day(page, index, count, price):
        return None
    if abs(magnitude(found, result) or 0) == 1 and page.has(RECEIPTS):
        return None
    come = told(result, claim)
    return Relation(
        target=index,
        inputs=(count, price),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[count])} x {shown(page.claims[price])} = {come}",
        reason=f"The shares at that price come to {come}, not {found.text}{f', {factor} the product' if factor else ''}.",
        correction=say(result, claim, page.script),
        slips=factor is not None,
    )


def _meant(page: Page, index: int, price: int, product: Interval) -> bool:
    """Whether a product is another amount near by, or what a percentage of the sentence is of this one: ten per cent of HK$2 billion."""
    others = page.near(index, lambda i: _is_sum(page, i) and page.one_currency((i, price)))
    shares = page.near(index, lambda i: page.is_percent(i) and is_known(page, i), 0)
    return any(fit(page.found(i), page.scaled(i, product), slack=ABOUT) is Fit.AGREES for i in others) or any(
        fit(page.found(index), page.scaled(index, product) * _HUNDRED / page.bounds(i)) is Fit.AGREES for i in shares
    )


def _of_one_day(page: Page, index: int, count: int, price: int) -> bool:
    """Whether an amount is told as what just these shares are worth at just this price of a day."""
    parts_ = (index, count, price)
    quoted = page.kind(price) in QUOTES and not _OTHER_DAY.search(page.lead(price))
    owned = page.kind(count).startswith(("stake.", "shares."))
    return page.kind(index) in _VALUES and quoted and owned and page.same(*parts_) and not page.aside(*parts_)


def parts(page: Page) -> Iterator[Relation]:
    """A part over its whole = its percentage, where a sentence has just two counts of shares, or two amounts of what shares are worth."""
    for sentence in page.sentences.values():
        shares = [i for i in sentence if _is_share(page, i)]
        for group in (_counted(page, sentence), _worth(page, sentence)):
            if len(group) == 2 and shares and page.one_currency(group) and not _corrected(page, shares[0]):
                part, whole = sorted(group, key=lambda i: page.found(i).number)
                yield from _slipped(page, shares, part, whole)


def _slipped(page: Page, shares: list[int], part: int, whole: int) -> Iterator[Relation]:
    """The percentage that is a power of ten away from what a part is of its whole.

    Two percentages beside two counts may be one of each: levels of a holding, not a part and its whole.
    """
    ratio = page.bounds(part) / page.bounds(whole) * _HUNDRED
    if any(fit(page.found(i), ratio) is not Fit.OFF for i in shares):
        return
    own = [i for i in shares if page.kind(i) == "transaction.pct_of_holding"] if len(shares) > 1 else shares
    off = [i for i in own if 0 < abs(magnitude(page.found(i), ratio) or 0) <= _POINTS]
    if len(off) != 1 or ratio.high >= _HUNDRED.high:
        return
    yield _derived(page, off[0], part, whole)


def _derived(page: Page, share: int, part: int, whole: int) -> Relation:
    """Against the one told last, as what comes of the others, though not against all shares, nor a count that has a price beside it."""
    n, all_, percent = (page.bounds(i) for i in (part, whole, share))
    last, money = max(part, whole, share), page.found(part).unit == "currency"
    if last == whole and money:
        return _off(page, whole, (part, share), n / percent * _HUNDRED, "/")
    if last == part and (money or not page.near(part, lambda i: _is_each(page, i), 0)):
        return _off(page, part, (share, whole), all_ * percent / _HUNDRED, "x")
    return _off(page, share, (part, whole), n / all_ * _HUNDRED, "/")


def _off(page: Page, target: int, inputs: tuple[int, int], result: Interval, sign: str) -> Relation:
    claim, result = page.claims[target], page.scaled(target, result)
    one, other = (shown(page.claims[i]) for i in inputs)
    return Relation(
        target=target,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{one} {sign} {other} = {told(result, claim)}",
        reason=f"By the part and the whole of the same sentence it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=True,
    )


def _is_each(page: Page, index: int) -> bool:
    """Whether a figure is the price of one share, of a trade or of a day."""
    price = page.is_price(index) or page.kind(index) in PRICES or page.kind(index).startswith("price.")
    return price and page.is_amount(index) and is_known(page, index)


def _is_sum(page: Page, index: int) -> bool:
    """Whether an amount can be a count times a price."""
    kind = page.kind(index)
    return (
        page.is_amount(index)
        and is_known(page, index)
        and not kind.startswith(_EARNED)
        and kind not in _DIFFERENCES
        and not _is_each(page, index)
        and not any(_is_beside(page, index, i) for i in page.near(index, lambda i: _is_each(page, i), 0))
    )


def _is_beside(page: Page, index: int, price: int) -> bool:
    """Whether an amount is about as much as a price: then it is one of the same day."""
    ratio = page.bounds(index).middle / page.bounds(price).middle
    return page.one_currency((index, price)) and 1 < _TWICE * ratio < _TWICE**2


_TWICE = 2


def _counted(page: Page, sentence: list[int]) -> list[int]:
    return [i for i in sentence if is_count(page, i)]


def _worth(page: Page, sentence: list[int]) -> list[int]:
    """The amounts of a sentence, where one of them is what shares are worth."""
    sums = [i for i in sentence if _is_sum(page, i)]
    return sums if any(page.kind(i) in _VALUES for i in sums) else []


_VALUES = frozenset({"stake.value", "market_value"})
_PARTS = STAKES | {
    "transaction.stake_pct",
    "transaction.pct_of_holding",
    "segment.share_pct",
    "market_value.change",
    "other.pct",
}


def _is_share(page: Page, index: int) -> bool:
    """Whether a percentage is of shares."""
    found = page.found(index)
    return page.kind(index) in _PARTS and found.unit == "pct" and not found.word and is_known(page, index)


def _corrected(page: Page, index: int) -> bool:
    return _CORRECTED.search(page.around(index, 100, 60)) is not None
