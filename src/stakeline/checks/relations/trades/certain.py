"""Whether a count, a price and an amount are of one trade beyond doubt, so that one of them must be wrong."""

import re
from decimal import Decimal

from stakeline.checks.relations.blame import APART, LOOSE, one_trade, worked_out
from stakeline.checks.relations.fit import Fit, magnitude, mistyped
from stakeline.checks.relations.page import IN_ALL, PAID, Page, Relation, positive
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_WHOLE = re.compile(
    r"(?:total|altogether|in all|合共|合计|合計|总计|總計|共计|共計|(?<![公])共)[^0-9]*$", re.IGNORECASE
)
"""In front of the sum of several trades, or of one."""
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)
_NARROW = Decimal("1.06")
"""How exact a product must be to speak against an amount of another sentence."""
_LONG = 260
"""Characters within which a count, a price and an amount are of one trade."""
_OTHER = re.compile(
    r"\b(?:bought at|acquired at|cost of|paid|market value|worth at|compared|versus|against|option|respectively|each of|both|and [^.;|]*(?:bought|sold|acquired|purchased|offloaded))\b|\||成本|市值|分别|分別|各自|較|较",
    re.IGNORECASE,
)
"""Between them: one is of another trade, or several are told of at once."""
_HALF_SO_MUCH, _TWICE = Decimal("0.4"), Decimal("2.5")
ONE_PRICE = 2
"""Inputs of a product of a count and one price; a range of prices makes one more."""


def same_digits(page: Page, value: int, shares: int, price: int) -> bool:
    """Whether an amount is, digit for digit, a product with its point in another place: then it is meant for that product."""
    product = page.scaled(value, page.bounds(shares) * page.bounds(price))
    adjacent = page.together(shares, price) and in_a_row(page, shares, (price,))
    printed = _digits(page.found(value))
    if printed < _SURE - adjacent or not positive(product) or _NOMINAL.search(page.lead(value)):
        return False
    if page.bounds(price).middle.normalize().as_tuple().digits == (1,):  # the count itself
        return False
    power = magnitude(page.found(value), Interval.exact(product.middle))
    if power is None or abs(power) > _SURE:
        return False
    away = abs(page.found(value).number.scaleb(-power) - product.middle)
    return away <= max(page.found(value).half.scaleb(-power), product.middle / 1000)


_SURE = 4
"""Digits that agree by chance once in thousands of amounts; one fewer will do beside a count and its own price."""
_NOMINAL = re.compile(r"面值|面額|面额|\bpar\b|nominal", re.IGNORECASE)


def _digits(found: Found) -> int:
    """How many digits of an amount are printed and not noughts at its end."""
    return len(found.number.normalize().as_tuple().digits)


def certain(page: Page, value: int, relation: Relation) -> bool:
    """Whether the parts that three figures play are beyond doubt, so that one of them must be wrong."""
    exercised = not relation.slips and OPTIONS.search(page.around(value, _LONG, 0)) is not None
    more = not page.together(value, relation.inputs[0]) and (of_all(page, value) or is_before(page, value))
    more = more or _OF_BEFORE.match(page.tail(value)) is not None
    if relation.fit is not Fit.OFF or exercised or more:
        return False
    if adjoining(page, value, relation) or _misprinted(page, value, relation):
        return True
    if not page.same(value, *relation.inputs):
        return False
    return _only_one(page, value, relation) or _clear(page, value, relation)


def is_before(page: Page, value: int) -> bool:
    """Whether the words in front of an amount tell of another time than that of the trade told with it."""
    return _BEFORE.search(page.lead(value)) is not None


_BEFORE = re.compile(
    r"\b(?:earlier|previously|once|had|initially|last (?:year|month|week))\b|此前|早前|先前|之前|曾|去年|[当當]初",
    re.IGNORECASE,
)


def is_priced(page: Page, shares: int, price: int) -> bool:
    """Whether a count has a price of its own right behind it, so that one told before both is of other shares."""
    own = shares + 1
    told = price < shares and own < len(page.claims) and page.is_price(own) and page.together(shares, own)
    return told and page.one_currency((price, own)) and _AT.fullmatch(page.gap(shares, own)) is not None


_AT = re.compile(r"[^,.;0-9]{0,48}\b(?:at|for)(?: an? average(?: price)?(?: of)?| about| around)? ?")


def of_all(page: Page, value: int) -> bool:
    """Whether the words beside an amount tell that it is of all that was traded in a time: so far this year."""
    return _SO_FAR.search(page.lead(value) + "|" + page.tail(value)) is not None


_OF_BEFORE = re.compile(
    r",? (?:worth )?(?:(?:of|in|for|during) )?(?:the (?:preceding|previous|prior) (?:week|month|quarter|year)|(?:the|a) (?:week|month|quarter|year) (?:before|earlier|ago))\b"
)
"""Behind an amount: it is that of the time before, told for comparison."""
_SO_FAR = re.compile(
    r"\b(?:since|so far|this (?:year|month|quarter)|to date)\b|以[来來]|年[内內初]|今年|本月", re.IGNORECASE
)


def _clear(page: Page, value: int, relation: Relation) -> bool:
    """Whether a count and prices are the nearest to an amount, and it is far from their product or there are no others."""
    if page.currency(value) is None or any(page.currency(p) is None for p in relation.inputs[1:]):
        return False
    shares, prices = relation.inputs[0], relation.inputs[1:]
    near_shares, near_prices = page.near(value, page.is_traded), page.near(value, page.is_price)
    if (
        not near_shares
        or not near_prices
        or shares != near_shares[0]
        or (len(prices) == 1 and prices[0] != near_prices[0])
    ):
        return False
    if relation.slips:
        loose = (
            LOOSE.search(page.lead(value)) or _WHOLE.search(page.lead(value)) or _of_two(page, value, *relation.inputs)
        )
        return page.together(value, *relation.inputs) or not (loose or _of_roundup(page, value, shares))
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    ratio = page.found(value).number / relation.recomputed.middle
    return (
        page.together(value, *relation.inputs)
        and page.alone(shares, page.is_traded)
        and page.alone(value, page.is_paid)
        and all(page.alone(p, lambda i: page.is_price(i) and i not in prices) for p in prices)
        and not LOOSE.search(page.lead(value))
        and (not _WHOLE.search(page.lead(value)) or len(page.near(value, page.is_traded, 2)) == 1)
        and not page.aside(value, *relation.inputs)
        and not _AFTER.search(page.gap(min(value, *relation.inputs), max(value, *relation.inputs)))
        and not any(page.claims[i].measure == "planned" for i in (value, *relation.inputs))
        and _HALF_SO_MUCH < ratio < _TWICE
    )


def _of_roundup(page: Page, value: int, shares: int) -> bool:
    """Whether an amount stands beside others in a paragraph that tells of no count: what many dealt in, of week against week."""
    if "\n" not in page.gap(value, shares) or not page.near(value, page.is_paid, 0):
        return False
    return not any("\n" not in page.gap(value, i) for i in page.near(value, page.is_traded, _PARAGRAPH))


_PARAGRAPH = 3


def _of_two(page: Page, value: int, shares: int, *prices: int) -> bool:
    """Whether an amount and a count of one sentence are each one of two there, and the price is of another paragraph."""
    if not page.together(value, shares) or "\n" not in page.gap(min(prices), min(value, shares)):
        return False
    counted = page.near(shares, lambda i: page.found(i).unit == "shares", 0)
    return bool(counted and page.near(value, lambda i: page.is_amount(i) and i not in prices, 0))


def _only_one(page: Page, value: int, relation: Relation) -> bool:
    """Whether count, prices and amount are the only ones of a trade in an article, and further apart than rounding explains."""
    every = range(len(page.claims))
    counts = {page.found(i).value for i in every if page.is_traded(i)}
    prices = {page.found(i).value for i in every if page.is_price(i)}
    told = {page.found(i).value for i in relation.inputs[1:]}
    if len(counts) != 1 or prices != told or sum(map(page.is_paid, every)) != 1 or page.has(OPTIONS):
        return False
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    result, found = relation.recomputed, page.found(value)
    narrow = result.high <= result.low * _NARROW
    apart = found.number > result.high * (1 + APART) or found.number < result.low * (1 - APART)
    return (
        narrow
        and apart
        and page.together(value, relation.inputs[0])
        and _told_once(page, value, relation.inputs)
        and _HALF_SO_MUCH < found.number / result.middle < _TWICE
    )


OPTIONS = re.compile(r"\b(?:options?|warrants?|exercis\w+)\b|行[权權使]|[认認]股[权權]|期[权權]", re.IGNORECASE)
"""Beside a trade: its price may be what options cost, not what the shares were sold for."""


def _told_once(page: Page, value: int, inputs: tuple[int, ...]) -> bool:
    """Whether no words around a count, prices and an amount tell of more than one trade that was made."""
    parts = (value, *inputs)
    kinds = all(page.kind(i).startswith("transaction.") for i in parts)
    known = kinds and all(page.currency(i) is not None for i in (value, *inputs[1:]))
    words = page.gap(min(parts), max(parts)) + page.lead(value)
    open_ = LOOSE.search(page.lead(value)) or _AFTER.search(words) or _OTHER.search(words) or page.aside(*parts)
    return known and not open_ and not any(page.claims[i].measure == "planned" for i in parts)


def one_year(page: Page, *indices: int) -> bool:
    """Whether nothing says that figures are of different years: a price of one year says nothing of another year's amount."""
    years = {match[1] for i in indices if (match := _YEAR.match(page.claims[i].period_or_date or ""))}
    return len(years) <= 1


_YEAR = re.compile(r"(?:FY)?([0-9]{4})")


def _misprinted(page: Page, value: int, relation: Relation) -> bool:
    """Whether an amount is the product of a count and a price but for its point, or, right beside them, for one digit."""
    if len(relation.inputs) != 2:
        return False
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    parts = (value, *relation.inputs)
    if page.aside(*parts) or not page.one_currency((value, relation.inputs[1])):
        return False
    if (relation.slips and same_digits(page, value, *relation.inputs)) or one_trade(page, value, relation):
        return True
    return (
        mistyped(page.found(value), relation.recomputed)
        and page.together(*relation.inputs)
        and in_a_row(page, value, relation.inputs)
        and not LOOSE.search(page.lead(value))
        and not _OTHER.search(page.gap(min(parts), max(parts)))
        and not any(page.claims[i].measure == "planned" for i in parts)
    )


def adjoining(page: Page, value: int, relation: Relation) -> bool:
    """Whether count, price and amount follow each other as of one trade: then names of parties, often misread, do not matter."""
    if not all(page.kind(p).startswith("transaction.") for p in relation.inputs[1:]) or page.currency(value) is None:
        return False
    if not in_a_row(page, value, relation.inputs) or not _one_telling(page, value, relation.inputs):
        return False
    if not page.together(value, *relation.inputs) and not _exact(page, value, relation):
        return False
    if relation.slips:
        return True
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    ratio = page.found(value).number / relation.recomputed.middle
    return abs(ratio - 1) > APART and _HALF_SO_MUCH / 2 < ratio < _TWICE * 2


def _exact(page: Page, value: int, relation: Relation) -> bool:
    """Whether figures of two sentences are told exactly enough, and of one trade, for a difference to mean anything."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    narrow = relation.recomputed.high <= relation.recomputed.low * _NARROW
    ranged = len(relation.inputs) > ONE_PRICE and page.together(value, relation.inputs[0])
    beside = page.together(value, *relation.inputs[1:]) or all(worked_out(page, value, p) for p in relation.inputs[1:])
    beside = beside or ranged  # both ends of what was paid are told of a count and its amount
    known = page.kind(value) in PAID or IN_ALL.search(page.lead(value)) is not None or beside
    of_one = page.together(*relation.inputs) or page.alone(relation.inputs[0], page.is_traded)  # not of all of a list
    return narrow and known and of_one and (relation.slips or beside)


def in_a_row(page: Page, value: int, inputs: tuple[int, ...]) -> bool:
    """Whether a count, a price and an amount follow each other, over two sentences at most, with no other of a trade between."""
    parts = (value, *inputs)
    low, high = min(parts), max(parts)
    if page.found(high).sentence - page.found(low).sentence > 1:
        return False
    between = [i for i in range(low, high + 1) if i not in parts]
    return not any(page.is_traded(i) or page.is_paid(i) or page.is_price(i) for i in between)


def _one_telling(page: Page, value: int, inputs: tuple[int, ...]) -> bool:
    """Whether the words between a count, a price and an amount, and in front of the amount, tell of just one trade."""
    parts = (value, *inputs)
    gap, lead = page.gap(min(parts), max(parts)), page.lead(value)
    if len(gap) > _LONG or page.aside(*parts) or _AFTER.search(gap) or LOOSE.search(lead) or _OTHER.search(gap):
        return False
    several = _WHOLE.search(lead) and not page.alone(inputs[0], page.is_traded)
    known = all(page.currency(p) is not None for p in inputs[1:])
    return not several and known and not any(page.claims[i].measure == "planned" for i in parts)
