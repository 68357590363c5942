"""Of a count, a price and an amount that do not multiply: which of the three is wrong."""

import re
from decimal import Decimal

from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, slip, transposed
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
LOOSE = re.compile(
    r"(?:combined|overall|so far|cumulative|since|remaining|remainder|leaving|plan|programme|program|up to|as much as|net of|after (?:tax|fees|costs)|"
    r"also|another|including|worth of|stake worth|holding worth|valued|累计|累計|剩余|剩餘|余下|餘下|尚餘|淨額|净额|计划|計劃|另|(?<!不)包括|不超过|不超過|成交(?:金额|金額|额|額)|turnover)[^0-9]*$",
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
    return page.one_trade and _slipped(page, value, relation) is not None


def _slipped(page: Page, value: int, relation: Relation) -> int | None:
    """Which of amount, count and price a slip of the pen explains; None where it explains none."""
    shares, price = relation.inputs
    n, each, paid = page.bounds(shares), page.bounds(price), page.bounds(value)
    right = ((value, page.scaled(value, n * each)), (shares, paid / each), (price, page.scaled(price, paid / n)))
    return next((i for i, r in right if mistyped(page.found(i), r) or transposed(page.found(i), r.middle)), None)


_AVERAGE = re.compile(
    r"[,.;)]?\s*(?:for |or |at |that['’]?s |that is |which is |making )*an? (?:average|mean)(?: price| cost)?(?: of)?(?: about| around| some)? ",
    re.IGNORECASE,
)
"""All that stands between an amount and the price that it comes to."""


def worked_out(page: Page, value: int, price: int) -> bool:
    """Whether a price behind an amount is told as what that amount comes to for one share: ", an average of $41.33"."""
    return price == value + 1 and _AVERAGE.fullmatch(page.gap(value, price)) is not None


def blamed(page: Page, value: int, relation: Relation) -> Relation:
    """A disagreeing product speaks against the amount; in a tender for the company's own shares a slip is in the count.

    A company makes an offer to all holders for a sizeable part of its shares: of a count and an amount that are a power of
    ten apart the larger is then right.
    """
    shares, *prices = relation.inputs
    power = magnitude(page.found(value), relation.recomputed) if isinstance(relation.recomputed, Interval) else None
    tender = page.kind(shares) == "buyback.shares" and page.has(_TENDER)
    if power == -2 and len(prices) == 1 and _crore_for_lakh(page, value, shares):
        return against_shares(page, value, shares, prices[0])
    pence = power == -2 and page.found(value).currency == page.found(prices[0]).currency == "GBP"  # pounds for pence
    if pence or (len(prices) == 1 and worked_out(page, value, prices[0])):
        return against_price(page, value, shares, prices[0])
    mistaken = _slipped(page, value, relation) if one_trade(page, value, relation) else None
    if mistaken is not None and mistaken != value:
        return (against_shares if mistaken == shares else against_price)(page, value, shares, prices[0])
    if len(prices) == 1 and _count_elsewhere(page, value, shares, page.bounds(value) / page.bounds(prices[0])):
        return against_shares(page, value, shares, prices[0])
    many = power is not None and abs(power) >= _REPEATED and _told_again(page, value)
    if not many and not (tender and power is not None and power >= _REPEATED and len(prices) == 1):
        return relation
    return against_shares(page, value, shares, prices[0])


def _crore_for_lakh(page: Page, value: int, shares: int) -> bool:
    """Whether a count is in crore, a hundred lakh: an amount that is a hundredth of what it comes to has no such unit."""
    return _CRORE.search(page.found(shares).text) is not None and not _LAKH.search(page.found(value).text)


_LAKH, _CRORE = (re.compile(rf"\b{unit}s?\b", re.IGNORECASE) for unit in ("lakh", "crore"))


def _count_elsewhere(page: Page, value: int, shares: int, right: Interval) -> bool:
    """Whether something else tells, too, that the count is wrong, and that it is what the price and the amount give."""
    held = page.near(shares, lambda i: page.kind(i).startswith("stake.") and page.found(i).unit == "shares", _FAR)
    if any(page.bounds(i).high < right.low for i in held):  # no one sells more than there is
        return False
    parts = [page.bounds(i) / _HUNDRED for i in page.near(shares, lambda i: _is_part(page, i))[:2]]
    wholes = page.near(shares, lambda i: page.kind(i) == "shares.issued" and positive(page.bounds(i)), _FAR)
    if any(_tells(page, shares, page.bounds(n) * part, right) for part in parts for n in wholes[:2]):
        return True
    before, after = (page.near(shares, lambda i: page.kind(i) == kind) for kind in _SIDES)  # noqa: B023 -- used at once
    if len(before) == len(after) == 1:
        gone = page.bounds(before[0]) - page.bounds(after[0])
        parts += [p / _HUNDRED for p in (gone, -gone) if positive(p)]
    told_twice = (
        value + 1 < len(page.claims) and page.found(value + 1).bracket
    )  # a conversion tells whether it is wrong
    if (
        not wholes
        and not told_twice
        and any(_no_class(page.bounds(shares) / p) and not _no_class(right / p) for p in parts)
    ):
        return True
    gains = page.near(value, lambda i: _is_gain(page, i) and page.one_currency((i, value)), 0)
    product = page.found(shares).number * page.found(value).number / right.middle
    return any(product < page.found(g).number < page.found(value).number for g in gains)


def _is_gain(page: Page, index: int) -> bool:
    """Whether an amount is what a sale earned."""
    named = page.found(index).unit == "currency" and _GAIN.search(page.lead(index)) is not None
    return named or page.kind(index) == "transaction.gain"


_GAIN = re.compile(
    r"(?:处分|處分)?利益[^0-9,，。；]{0,4}$|[获獲]利[^0-9,，。；]{0,4}$|\b(?:gain|profit) of (?:about |some )?$",
    re.IGNORECASE,
)


def _tells(page: Page, shares: int, count: Interval, right: Interval) -> bool:
    """Whether a recomputed count speaks for another one and against the printed one."""
    return count.meet(right) is not None and fit(page.found(shares), count, slack=ABOUT) is Fit.OFF


def _no_class(total: Interval) -> bool:
    """Whether no class of a listed company has so few shares, or so many."""
    return total.high < _FEWEST or total.low > _MOST


_FAR = 2
_SIDES = ("stake.before_pct", "stake.after_pct")
_FEWEST, _MOST = Decimal(30_000_000), Decimal(10) ** 12


def _is_part(page: Page, index: int) -> bool:
    """Whether a percentage is the size of a trade."""
    return (
        page.kind(index) == "transaction.stake_pct" and page.found(index).unit == "pct" and positive(page.bounds(index))
    )


_REPEATED = 3
"""Powers of ten that a count is off by when 萬 is printed for 億, or millions for thousands."""


def _told_again(page: Page, value: int) -> bool:
    """Whether the article has the amount a second time, perhaps more coarsely: the headline's 6億 for 6.1億."""
    own = page.found(value).number
    return any(
        i != value
        and page.found(i).unit == "currency"
        and not page.kind(i).startswith(("result.", "segment.", "cost."))
        and (page.currency(i) == page.currency(value) or not _SIGN.search(page.found(i).text))
        and abs(page.found(i).number / own - 1) <= APART
        for i in range(len(page.claims))
        if page.found(i).value is not None
    )


_SIGN = re.compile(r"[元圓圆鎊镑$¥￥£€₹]|[A-Z]{2,3}|\b(?:yuan|dollars?|euros?|pounds?|rupees|yen|won)\b")
"""A currency in print; a bare 6億 of a headline is in the currency of the story."""


def against_shares(page: Page, value: int, shares: int, price: int) -> Relation:
    """The same product, read as speaking against the count of shares."""
    result = page.bounds(value) / page.bounds(price)
    claim = page.claims[shares]
    factor = slip(page.found(shares), result)
    return Relation(
        target=shares,
        inputs=(value, price),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[value])} / {shown(page.claims[price])} = {told(result, claim)}",
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
