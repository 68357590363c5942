"""Figures that are a power of ten away from what others of the article come to: a slip of the pen, whatever words stand around it.

Two figures of an article multiply, or divide, to a third one's very digits by chance once in some hundred times. So where they do, near
each other, in roles that their units allow, and nothing else in the article explains the third one, its magnitude is wrong. Other
relations ask for words that tie figures together; here their digits do.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from stakeline.checks.relations.blame import LOOSE, against_price, against_shares, blamed, hull, spread
from stakeline.checks.relations.elsewhere import converted
from stakeline.checks.relations.fit import Fit, fit, magnitude, printed, slip
from stakeline.checks.relations.page import MANY, PRICES, QUOTES, RECEIPTS, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.trades.products import is_whole
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
_MANY = 4
"""Products among which one has the digits of an amount by chance: then two of the three figures must stand in one sentence."""
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
    if page.kind(index) == "market_value":  # shares that changed hands are not valued, those held or issued are
        counts = [n for n in counts if not page.is_traded(n)]
    prices = page.near(index, lambda i: _is_each(page, i), _REACH)
    prices = [
        p for p in prices if page.one_currency((p, index)) and page.bounds(p).high * MANY < page.bounds(index).low
    ]
    products = [(n, p, page.scaled(index, page.bounds(n) * page.bounds(p))) for n in counts for p in prices]
    if any(fit(page.found(index), result) is not Fit.OFF for _, _, result in products):
        return
    only = len(counts) == 1 and page.one_trade and page.is_paid(index) and not is_whole(page, index)
    dense = len(products) > _MANY
    for count, price, result in products:
        slipped = (only and magnitude(page.found(index), result)) or _is_slip(page, index, result, (count, price))
        if not slipped or _bound(page, index, count, price) or (dense and _scattered(page, index, count, price)):
            continue
        if page.has(RECEIPTS) and abs(magnitude(page.found(index), result) or 0) == 1:
            continue
        working = f"{shown(page.claims[count])} x {shown(page.claims[price])}"
        yield blamed(
            page, index, _relation(page, index, (count, price), result, working, "The shares at that price come to")
        )
        return


def _scattered(page: Page, *indices: int) -> bool:
    """Whether no two of some figures stand in one sentence."""
    return len({page.found(i).sentence for i in indices}) == len(indices)


def unpriced(page: Page) -> Iterator[Relation]:
    """A count and an amount of one breath and no price of the trade: what a share cost lies among the quotes but for its magnitude."""
    if page.has(RECEIPTS):
        return
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and positive(page.bounds(i))):
        count = _count_beside(page, value)
        if count is None or page.near(value, lambda i: page.is_price(i) and page.kind(i) not in QUOTES, _REACH):
            continue
        quotes = [i for i in range(len(page.claims)) if _is_quote(page, i, value, count)]
        power = _off_quotes(page, value, count, quotes) if quotes else None
        if _EARLIER.search(page.around(value, _SENTENCE, _SENTENCE)):
            continue
        if power is not None:
            yield _by_quotes(page, value, count, quotes, power)
        elif own := _absurd(page, value, count, quotes):
            result = page.scaled(value, page.bounds(count) * hull(page, own))
            working = f"{shown(page.claims[count])} x {spread(page, own[:2])}"
            words = "At the price told with them the shares come to"
            yield msgspec.structs.replace(_relation(page, value, (count, *own), result, working, words), slips=False)


def _count_beside(page: Page, value: int) -> int | None:
    """The only count of a trade in the sentence of an amount, where no other amount is nearer to it."""
    counts = page.near(value, lambda i: page.is_traded(i) and positive(page.bounds(i)), 0)
    return counts[0] if len(counts) == 1 and page.near(counts[0], page.is_paid, 0)[0] == value else None


_EARLIER = re.compile(
    r"\b(?:ago|since (?:19|20)|years|decades|originally|option|options|warrants?|preferred|bonds?|par|up to|fine)\b|年前|多年|面值|期[权權]|[认認]股|[优優]先股|[债債]券|不超[过過]|最多",
    re.IGNORECASE,
)
"""Around a count and an amount: the shares did not cost what they are worth now."""
_SENTENCE = 300
_WIDEST = Decimal(3)
"""How far apart quotes may lie of which one tells a magnitude, and how far from all of them a price is that has another."""
_FARTHEST = 6
"""Sentences between a trade and a quote that may be of the same shares."""
_CLOSE = Decimal("1.2")
"""How far beyond the quotes a trade is priced."""


def _is_quote(page: Page, index: int, value: int, count: int) -> bool:
    """Whether a figure is a price of the market, of the company whose shares are traded and in the currency of the amount."""
    quote = page.kind(index) in QUOTES and page.found(index).unit == "currency" and positive(page.bounds(index))
    quote = quote and abs(page.found(index).sentence - page.found(value).sentence) <= _FARTHEST
    return quote and page.one_currency((index, value)) and page.same(index, value, count)


def _off_quotes(page: Page, value: int, count: int, quotes: Sequence[int]) -> int | None:
    """The power of ten by which what a share cost is away from all quotes, where it would lie among them without it."""
    price = page.found(value).number / page.found(count).number
    price = price / 100 if page.found(value).currency == "GBX" else price
    ends = [page.bounds(q).middle for q in quotes]
    low, high = min(ends), max(ends)
    if high > low * _WIDEST or low / _WIDEST < price < high * _WIDEST:
        return None
    return next((p for p in _POWERS if low / _CLOSE < price.scaleb(-p) < high * _CLOSE), None)


_POWERS = (1, -1, 2, -2, 3, -3, 4, -4)


def _absurd(page: Page, value: int, count: int, quotes: Sequence[int]) -> list[int]:
    """The quotes told right behind a trade, where what a share cost is not even a tenth of them, or ten times as much."""
    if LOOSE.search(page.lead(value)) or _CAME_TO.search(page.lead(value)) or page.aside(count, value):
        return []
    own = [
        q
        for q in quotes
        if q > max(value, count)
        and page.found(q).sentence - page.found(value).sentence <= 1
        and "\n" not in page.gap(value, q)
    ]
    price = page.found(value).number / page.found(count).number
    away = [max(price / page.bounds(q).middle, page.bounds(q).middle / price) for q in own]
    pence = any(page.found(i).currency in {"GBX", "GBP"} for i in (value, *own))
    return own if own and not pence and min(away) > _TENFOLD and max(away) < _TENFOLD**2 else []


_TENFOLD = Decimal(12)
"""How many times a quote a price is that is none of its share, with something for the days between."""
_CAME_TO = re.compile(
    r"(?:\bto|total\w*|[至到]|[总總合共]\w{0,3})(?: about| some| over| more than)?\s*$", re.IGNORECASE
)
"""In front of what several trades came to."""


def _by_quotes(page: Page, value: int, count: int, quotes: Sequence[int], power: int) -> Relation:
    """Against the amount; against the count where another amount of the story is of the same size as this one."""
    right = page.bounds(count) * hull(page, quotes)
    working = f"{shown(page.claims[count])} x {spread(page, quotes[:2])}"
    result = page.scaled(value, right)
    relation = _relation(
        page, value, (count, *quotes), result, working, "At the prices of the article the shares come to"
    )
    own, meant = page.found(value).number, page.found(value).number.scaleb(-power)
    others = [
        page.found(i).number
        for i in range(len(page.claims))
        if i != value and page.is_paid(i) and page.one_currency((i, value))
    ]
    sized = [any(1 / _WIDEST < n / size < _WIDEST for n in others) for size in (own, meant)]
    if sized == [True, False] or converted(page, value):
        return against_shares(page, value, count, *quotes)
    if power < 0 and len(quotes) == 1 and _dearer(page, value, result):
        return against_price(page, value, count, quotes[0])
    return blamed(page, value, relation)


def _dearer(page: Page, value: int, result: Interval) -> bool:
    """Whether shares that were sold would, at a quote, be more than the company is worth without those still held."""
    worths = [i for i in range(len(page.claims)) if page.kind(i) == "market_value" and page.one_currency((i, value))]
    left = [page.bounds(i) / _HUNDRED for i in range(len(page.claims)) if page.is_stake(i)]
    most = Decimal(1) - max((p.low for p in left), default=Decimal(0))
    return bool(worths) and all(result.low > page.scaled(value, page.bounds(i)).high * most for i in worths)


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


def _relation(page: Page, index: int, inputs: tuple[int, ...], result: Interval, working: str, words: str) -> Relation:
    claim = page.claims[index]
    come, factor = told(result, claim), slip(claim.found, result)
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{working} = {come}",
        reason=f"{words} {come}, not {claim.found.text}{f': {factor} that' if factor else ''}.",
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
