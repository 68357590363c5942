"""Of a count, a price and an amount that do not multiply: which of the three is wrong."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from stakeline.checks.relations.elsewhere import FAR, count_elsewhere
from stakeline.checks.relations.fit import (
    Fit,
    fit,
    in_print,
    magnitude,
    replaced,
    slip,
    swapped,
)
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
LOOSE = re.compile(
    r"(?:combined|overall|so far|cumulative|since|remaining|remainder|leaving|plan|programme|program|(?<!adds )(?<!add )(?<!adding )up to|as much as|net of|after (?:tax|fees|costs)|"
    r"also|another|including|worth of|stake worth|holding worth|valued|累计|累計|剩余|剩餘|余下|餘下|尚餘|淨額|净额|计划|計劃|另|(?<!不)包括|不超过|不超過|上限|[额額]度|成交(?:金额|金額|额|額)|turnover)[^0-9]*$",
    re.IGNORECASE,
)
"""In front of an amount: it may be of more, or of less, than the trade beside it."""
_TENDER = re.compile(r"tender|acceptance|offer to buy back|要约|要約|接纳|接納")
APART = Decimal("0.05")
"""How far a product must be from an amount where nothing but their order tells that they belong together."""


def one_trade(page: Page, value: int, relation: Relation) -> bool:
    """Whether the article has just one count, price and amount of a trade, and one of the three is off by a slip of the pen."""
    if (
        relation.slips
        or len(relation.inputs) != 2
        or page.aside(value, *relation.inputs)
        or LOOSE.search(page.lead(value))
    ):
        return False
    parts = (value, *relation.inputs)
    if not page.same(*parts) or any(page.claims[i].measure == "planned" for i in parts):
        return False
    return page.one_trade and bool(_misprints(page, value, relation))


_AVERAGE = re.compile(
    r"[,.;)]?\s*(?:for |or |at |that['’]?s |that is |which is |making )*an? (?:average|mean)(?: price| cost)?(?: of)?(?: about| around| some)? ",
    re.IGNORECASE,
)
"""All that stands between an amount and the price that it comes to."""


def worked_out(page: Page, value: int, price: int) -> bool:
    """Whether a price behind an amount is told as what that amount comes to for one share: ", an average of $41.33"."""
    return price == value + 1 and _AVERAGE.fullmatch(page.gap(value, price)) is not None


def blamed(page: Page, value: int, relation: Relation) -> Relation:
    """A disagreeing product speaks against the amount, unless something tells that the price, or the count, is the wrong one."""
    shares, *prices = relation.inputs
    power = magnitude(page.found(value), relation.recomputed) if isinstance(relation.recomputed, Interval) else None
    mistaken = _mistaken(page, value, relation) if power is None and len(prices) == 1 else None
    if mistaken == value:
        return relation
    if len(prices) == 1 and _adds_up(page, value) and not page.aside(value, *relation.inputs):
        by_price = power is None and (mistaken == prices[0] or _adds_up(page, shares))
        return (
            against_price(page, value, shares, prices[0]) if by_price else against_shares(page, value, shares, *prices)
        )
    if mistaken == prices[0] or (mistaken is None and _price_wrong(page, value, relation, power)):
        return against_price(page, value, shares, prices[0])
    if mistaken == shares or _count_wrong(page, value, relation, power):
        return against_shares(page, value, shares, *prices)
    return relation


def _adds_up(page: Page, part: int) -> bool:
    """Whether a count or an amount and another one near by are, to the digit, what a third one behind them is: a sum bears both out."""
    found = page.found(part)
    alike = page.near(part, lambda i: page.found(i).unit == found.unit and page.found(i).value is not None, FAR)
    alike = [i for i in alike if found.unit == "shares" or page.one_currency((i, part))]
    sums = [i for i in alike if i > part and page.found(i).number > found.number]
    return any(
        one not in {part, whole} and one < whole and page.found(one).number + found.number == page.found(whole).number
        for whole in sums
        for one in alike
    )


def _mistaken(page: Page, value: int, relation: Relation) -> int | None:
    """Which of amount, count and price one other digit makes what the others give; None where none does, or several with the amount."""
    found = _misprints(page, value, relation)
    return found[0] if found and (value not in found or len(found) == 1) else None


def _misprints(page: Page, value: int, relation: Relation) -> list[int]:
    """Those of amount, count and price that one other digit, or two changed round, make what the others give."""
    shares, price = relation.inputs
    paid, each = page.found(value), page.bounds(price).middle
    come = page.scaled(value, Interval.exact(page.found(shares).number * each))
    right = page.scaled(price, page.bounds(value) / page.bounds(shares))
    mixed = sorted(_numerals(paid.number)) == sorted(_numerals(come.middle))  # the amount's digits changed round
    count = Interval.exact(page.bounds(value).middle / each)
    told_wrong = [
        (value, mixed or _redigited(paid, come)),
        (shares, _redigited(page.found(shares), count, last=False)),
        (price, _redigited(page.found(price), Interval.exact(right.middle)) and not _at_market(page, price, right)),
    ]
    return [index for index, wrong in told_wrong if wrong]


def _at_market(page: Page, price: int, right: Interval) -> bool:
    """Whether a quote near by is closer to a price than to what it should be."""
    quotes = (page.bounds(i).middle for i in page.near(price, lambda i: _quoted(page, i, [price]), FAR))
    own, other = page.bounds(price).middle, (right / _HUNDRED if page.found(price).currency == "GBX" else right).middle
    return any(abs(q - own) < abs(q - other) for q in quotes)


def _price_wrong(page: Page, value: int, relation: Relation, power: int | None) -> bool:
    """Whether a price is in pounds for pence, far from the market's, or told as what the amount comes to for one share."""
    shares, *prices = relation.inputs
    pence = power == -_HUNDREDFOLD and page.found(value).currency == page.found(prices[0]).currency == "GBP"
    strange = power is not None and _off_market(page, prices, page.bounds(value) / page.bounds(shares))
    return pence or strange or (len(prices) == 1 and worked_out(page, value, prices[0]))


def _count_wrong(page: Page, value: int, relation: Relation, power: int | None) -> bool:
    """Whether a count is too large for any trade, or something else in the article tells that it is not this one.

    A company makes a tender offer to all holders for a sizeable part of its shares: of a count and an amount that are powers of
    ten apart the larger is then right.
    """
    shares, *prices = relation.inputs
    if _no_count(page, value, shares):
        return True
    if power == -_HUNDREDFOLD and _crore_for_lakh(page, value, shares):
        return True
    if power is not None and power <= -_HUNDREDFOLD and _too_many(page, value, shares, relation):
        return True
    if power is not None and abs(power) >= _REPEATED and _told_again(page, value):
        return True
    tender = page.kind(shares) == "buyback.shares" and page.has(_TENDER)
    return (tender and power is not None and power >= _REPEATED) or count_elsewhere(
        page, value, shares, page.bounds(value) / hull(page, prices)
    )


def _no_count(page: Page, value: int, shares: int) -> bool:
    """Whether a figure can be no number of shares: its digits are misgrouped, or it has a part of a share, its magnitude missing."""
    misgrouped = _MISGROUPED.search(page.found(shares).text) and not _MISGROUPED.search(page.found(value).text)
    return bool(misgrouped) or page.found(shares).number % 1 != 0


_MISGROUPED = re.compile(r"[0-9],(?:[0-9]{4,}|[0-9]|[0-9]{2}(?!,[0-9]))(?![0-9])")
"""A number whose digits are grouped as neither thousands nor lakhs are: one is missing or too many."""


def _numerals(number: Decimal) -> tuple[int, ...]:
    return number.normalize().as_tuple().digits


def _redigited(found: Found, right: Interval, *, last: bool = True) -> bool:
    """Whether one other digit, or two changed round, print a figure as what it should be; last: its last digit, or a nought of a round one, may be it."""
    digits = in_print(found)
    if not any(c in "123456789" for c in digits):
        return False
    unit = found.number / Decimal(digits)
    give = max(found.half, right.middle / 1000)
    kept = "" if last else digits[-1] if "." in digits else digits[len(digits.rstrip("0")) :] or digits[-1]
    others = chain(swapped(digits), (t for t in replaced(digits) if t.endswith(kept)))
    return any(abs(Decimal(t) * unit - right.middle) <= give for t in others)


def is_product(page: Page, value: int, reach: int) -> bool:
    """Whether a count and a price in its own currency, so many sentences around an amount, give it."""
    prices = page.near(value, lambda i: page.is_price(i) and page.one_currency((i, value)), reach)
    return any(
        fit(page.found(value), page.scaled(value, page.bounds(n) * page.bounds(p))) is Fit.AGREES
        for n in page.near(value, lambda i: page.found(i).unit == "shares" or page.is_traded(i), reach)
        for p in prices
        if page.found(n).value is not None and page.kind(n) != "volume.shares"
    )


def spread(page: Page, prices: Sequence[int]) -> str:
    """One price, or the two ends of a range, as a working has them."""
    return " to ".join(shown(page.claims[p]) for p in prices)


def hull(page: Page, prices: Sequence[int]) -> Interval:
    """From the lowest of some prices to the highest."""
    ends = [page.bounds(p) for p in prices]
    return Interval(min(e.low for e in ends), max(e.high for e in ends))


_HUNDREDFOLD = 2
"""Powers of ten between an amount that is plausible and one that is not."""
_MOST_SHARES = Decimal(30_000_000_000)
"""No one trades more shares at once, not of the banks that have hundreds of billions."""
_MOST_MONEY = Decimal(300_000_000_000)
"""No trade has ever cost more, in a currency whose unit is worth a tenth of a dollar at least."""
_DEAR = frozenset({"USD", "EUR", "GBP", "CHF", "HKD", "CNY", "AUD", "CAD", "SGD"})


def _too_many(page: Page, value: int, shares: int, relation: Relation) -> bool:
    """Whether a count is too large for any trade: by itself, for its money, or for all shares that there are."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    if page.bounds(shares).low > _MOST_SHARES:
        return True
    return page.currency(value) in _DEAR and relation.recomputed.low > _MOST_MONEY


_ALIKE, _STRANGE = Decimal(2), Decimal(5)
"""How many times a quote a price may be to be of the same share, and from where on it is not: cents printed as dollars."""


def _off_market(page: Page, prices: Sequence[int], right: Interval) -> bool:
    """Whether prices are far from every quote near by, where what the amount comes to for one share is near one of them."""
    quotes = [page.bounds(i) for i in page.near(prices[0], lambda i: _quoted(page, i, prices), FAR)]
    away = [max(own / q.middle, q.middle / own) for q in quotes for own in (page.bounds(p).middle for p in prices)]
    near = [max(right.middle / q.middle, q.middle / right.middle) for q in quotes]
    return bool(quotes) and min(away) > _STRANGE and min(near) < _ALIKE


def _quoted(page: Page, index: int, prices: Sequence[int]) -> bool:
    """Whether a figure is a price of the market, in a currency that is worth about as much."""
    quote = page.kind(index) in _NOW and page.found(index).unit == "currency" and positive(page.bounds(index))
    currencies = {page.currency(i) for i in (index, *prices)} - {None}
    return quote and (len(currencies) <= 1 or currencies <= _HARD)


_NOW = frozenset({"price.close", "price.last"})
_HARD = frozenset({"USD", "EUR", "GBP", "CHF"})


def _crore_for_lakh(page: Page, value: int, shares: int) -> bool:
    """Whether a count is in crore, a hundred lakh: an amount that is a hundredth of what it comes to has no such unit."""
    return _CRORE.search(page.found(shares).text) is not None and not _LAKH.search(page.found(value).text)


_LAKH, _CRORE = (re.compile(rf"\b{unit}s?\b", re.IGNORECASE) for unit in ("lakh", "crore"))


_REPEATED = 3
"""Powers of ten that a count is off by when 萬 is printed for 億, or millions for thousands."""


def _told_again(page: Page, value: int) -> bool:
    """Whether the article has the amount a second time, perhaps more coarsely: the headline's 6億 for 6.1億."""
    own = page.found(value).number
    return any(
        i != value
        and page.found(i).unit == "currency"
        and not page.kind(i).startswith(("result.", "segment.", "cost."))
        and (page.currency(i) == page.currency(value) or not SIGN.search(page.found(i).text))
        and abs(page.found(i).number / own - 1) <= APART
        for i in range(len(page.claims))
        if page.found(i).value is not None
    )


SIGN = re.compile(r"[元圓圆鎊镑$¥￥£€₹]|[A-Z]{2,3}|\b(?:yuan|dollars?|euros?|pounds?|rupees|yen|won)\b")
"""A currency in print; a bare 6億 of a headline is in the currency of the story."""


def against_shares(page: Page, value: int, shares: int, *prices: int) -> Relation:
    """The same product, read as speaking against the count of shares."""
    result = page.bounds(value) / hull(page, prices)
    claim = page.claims[shares]
    factor = slip(page.found(shares), result)
    return Relation(
        target=shares,
        inputs=(value, *prices),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[value])} / {spread(page, prices)} = {told(result, claim)}",
        reason=f"At that price the amount buys {told(result, claim)}; the count is {factor or 'not'} that.",
        correction=say(result, claim, page.script),
        slips=factor is not None,
        rights=value,
    )


def against_price(page: Page, value: int, shares: int, price: int) -> Relation:
    """The same product, read as speaking against the price."""
    claim = page.claims[price]
    result = page.scaled(price, page.bounds(value) / page.bounds(shares))
    return Relation(
        target=price,
        inputs=(value, shares),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[value])} / {shown(page.claims[shares])} = {told(result, claim)}",
        reason=f"The amount over the shares is {told(result, claim)} each.",
        correction=say(result, claim, page.script),
        rights=value,
    )


def borne_by_product(page: Page, shares: int) -> bool:
    """Whether a count times a price near by is what was paid: then it is none of the three that is wrong."""
    prices = page.near(shares, page.is_price)
    paid = page.near(shares, page.is_paid)
    return any(
        page.one_currency((p, v))
        and fit(page.found(v), page.scaled(v, page.bounds(shares) * page.bounds(p))) is Fit.AGREES
        for p in prices
        for v in paid
    )
