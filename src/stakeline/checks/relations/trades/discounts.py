"""A percentage between two prices of a share: discounts and premiums, moves from one price to the next, sales against costs.

Which price it is measured against is told by structure: a word of comparison ties a price to it ("under the 300p", 較5.8元折讓),
or names the price of the deal. It is wrong where that price and the one told with it do not give it and no two amounts around
do so by chance: a percentage whose own base is not printed is never judged.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import PRICES, QUOTES, Page, Relation
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.trades.compare import BACK, change_of, explained, is_of_size, relation_of, slipped
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.trades.tied import (
    CLOSE,
    DOWN,
    KINDS,
    OTHER_BASE,
    UP,
    base_of,
    is_price,
    measured,
    noun_of,
    undated,
)
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_OF_FLOAT = re.compile(r"float|flotation|issue|招股|[发發]行|上市")
_OF_CLOSE = re.compile(r"clos|last traded|收市|收[盘盤]|停牌|[昨上前]收")
_BEFORE = re.compile(
    r"(?:\bhad (?:closed|ended|finished)[^.;,]{0,16}|(?:previous|prior|last|day's|yesterday's)[^.;,]{0,24}|\bmarket price (?:was|of|stood at) )$"
    r"|(?:[上前昨][^,，。;；]{0,6}收|当日|當日|最[后後]|收[盘盤市][价價])[^,，。;；]{0,8}$"
)
"""In front of the close that a discount is measured against."""
_AVERAGE = re.compile(r"average|平均|均[价價]", re.IGNORECASE)
"""Beside a discount: it is of no one day's close."""
_FAR = 12
"""Sentences around a percentage in which the one price of a deal is looked for."""
_MOST = 4
"""Prices among which a base that is only named can be told."""


def discounts(page: Page) -> Iterator[Relation]:
    """Every percentage that two prices of a share give, and those that the prices meant refute."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or claim.found.value is None or not claim.found.number:
            continue
        base = base_of(page, index)
        if base is not None:
            yield from _tied(page, index, base)
        elif claim.kind in KINDS:
            yield from _untied(page, index)
        elif claim.kind in _MISREAD and page.alone(index, page.is_percent):
            yield from _between_closes(page, index)


def in_money(page: Page) -> Iterator[Relation]:
    """A discount told in money that leaves next to nothing of the close beside it: it is the price itself."""
    for index, claim in enumerate(page.claims):
        if not page.is_amount(index) or claim.found.value is None or not _IN_MONEY.search(page.lead(index)):
            continue
        closes = page.near(index, lambda i: page.kind(i) in _CLOSES and page.one_currency((i, index)), 1)  # noqa: B023
        values = {page.found(i).value for i in closes}
        own = page.bounds(index)
        if len(values) != 1 or not _MOST_OFF * page.bounds(closes[0]).high < own.low < page.bounds(closes[0]).low:
            continue
        rest = page.scaled(index, page.bounds(closes[0]) - own)
        prices = page.near(index, lambda i: is_price(page, i) and i not in closes, BACK)  # noqa: B023
        if not any(fit(page.found(p), page.scaled(p, page.bounds(closes[0]) - own)) is Fit.AGREES for p in prices):
            yield Relation(
                target=index,
                inputs=(closes[0],),
                fit=Fit.OFF,
                recomputed=rest,
                working=f"{shown(page.claims[closes[0]])} - {shown(claim)} = {told(rest, claim)}",
                reason=f"{claim.found.text} is nearly all of the close: it is the price, and the discount {told(rest, claim)}.",
                correction=say(rest, claim, page.script),
            )


_IN_MONEY = re.compile(
    r"\bdiscount of (?:about |around |some |nearly )?$|折(?:[让讓]|[价價])(?:率|幅度?)?[约約为為]*$", re.IGNORECASE
)
_MOST_OFF = Decimal("0.8")
"""The largest part of a close by which anything is sold under it."""


def _untied(page: Page, index: int) -> Iterator[Relation]:
    """A percentage whose base is named, or told by the kinds of the prices around it."""
    right = next(_borne_out(page, index), None) if page.kind(index) == "transaction.discount_pct" else None
    if right is not None:
        yield right
        return
    noun = noun_of(page, index)
    others = {page.kind(index)} if page.kind(index) == "transaction.discount_pct" else KINDS
    single = page.alone(index, lambda i: page.found(i).unit == "pct" and page.kind(i) in others)
    if noun is not None and not _OF_CLOSE.search(noun):
        yield from _against_deal(page, index, noun)
    elif page.kind(index) == "transaction.discount_pct" and (single or noun is not None):
        yield from _against_close(page, index, named=noun is not None)
    elif page.kind(index) == "price.change_pct" and single:
        yield from _between_closes(page, index)


_MISREAD = frozenset({"result.change_pct", "other.pct"})
"""Kinds that a move between two prices is taken for where no price stands right beside it."""


def _between_closes(page: Page, index: int) -> Iterator[Relation]:
    """A move against the only two prices of its sentence, one of which is told as the one before."""
    prices = page.near(index, lambda i: page.found(i).unit == "currency", 0)
    if len(prices) != 2 or not all(page.kind(i) in _CLOSES for i in prices) or not page.one_currency(prices):
        return
    before = [i for i in prices if _EARLIER.search(page.lead(i))]
    if len(before) != 1 or OTHER_BASE.search(page.lead(index, 24) + page.tail(index, 24)):
        return
    old = before[0]
    new = next(i for i in prices if i != old)
    change = unsigned(change_of(page, new, old))
    if is_of_size(page, index, change) and fit(page.found(index), change) is Fit.OFF:
        yield relation_of(page, index, (new, old), Fit.OFF)


_CLOSES = frozenset({"price.close", "price.last"})
_EARLIER = re.compile(
    r"\b(?:had|having) (?:closed|ended|finished|stood|been)[^,;.]{0,12}$|\bafter (?:closing|ending|finishing|settling)[^,;.]{0,12}$|\bagainst $|\bfrom (?:[A-Z][a-z]+day's )?$|[由从從]$|\b(?:previous|prior|before|yesterday|day's close)\b[^,;.]{0,16}$|\bstood at $|[昨上前][^,，。;；]{0,6}(?:收|[报報])[^,，。;；]{0,6}$"
)


def _compared(page: Page, index: int, base: int) -> list[int]:
    """The prices that may be compared with a base: of the sentence, else of those before, else the article's only price of a deal."""
    near = page.near(
        index,
        lambda i: i != base and is_price(page, i) and page.one_currency((i, base)) and not measured(page, i),
        BACK,
    )
    others = {base_of(page, k) for k in page.near(index, page.is_percent, 0)}
    near = [i for i in near if i not in others]  # what another percentage is measured against
    at, of_deal = page.found(index).sentence, page.kind(index) == "transaction.discount_pct"
    deal = _deal(page, index, base) if of_deal else None
    priced = deal is not None and end_of(page, deal) is None
    asked = {i for i in near if priced and i != deal and end_of(page, i) is not None}  # what the deal was marketed at
    for sentence in range(at, at - BACK - 1, -1):
        if sentence < at and deal is not None:
            return [deal]
        some = [i for i in near if page.found(i).sentence == sentence and i < max(index, base)]
        between = [i for i in some if min(index, base) < i < max(index, base)]
        if some and not between and deal is not None and asked.issuperset(some):
            return [deal, *some]
        if some:
            return between or sorted(some, key=lambda i: (i in asked, i > index, abs(i - index)))
    if not of_deal:
        return []
    deal = _deal(page, index, base)
    return [] if deal is None else [deal]


def _deal(page: Page, index: int, base: int) -> int | None:
    """The nearest price of the article's one trade, where it has just one."""
    told = page.near(index, lambda i: page.kind(i) in PRICES and page.one_currency((i, base)), _FAR)
    told = [i for i in told if page.found(i).sentence <= page.found(index).sentence + 1]  # later ones are of old deals
    deals = [i for i in told if page.kind(i) == "transaction.avg_price"] or told
    return deals[0] if len({page.found(i).value for i in deals}) == 1 else None


def _certain(page: Page, index: int, base: int, price: int) -> bool:
    """Whether nothing stands between a price, the one that it is compared with and the percentage: "99元,較100元低1%"."""
    one, middle, last = sorted((index, base, price))
    if undated(page, one, 1) != middle or undated(page, middle, 1) != last or not page.together(one, last):
        return False
    return middle == price or (one == price and len(page.gap(one, middle)) <= CLOSE)


def _sense(page: Page, index: int, base: int | None = None) -> str | None:
    """Whether the words beside a percentage speak of more or of less; None where they do not, or of both."""
    if _NAMED.search(page.lead(index, 24)):  # "a discount of 7.67% over the close": the noun tells, not the preposition
        return "down"
    words = page.lead(index, 24) + " " + page.tail(index, 32)
    if base is not None and abs(base - index) == 1:
        words = page.gap(index, base) if base > index else page.gap(index, base) + page.tail(index, 6)
        words = words if UP.search(words) or DOWN.search(words) else page.lead(index, 24)
    up, down = UP.search(words) is not None, DOWN.search(words) is not None
    return None if up == down else "up" if up else "down"


_NAMED = re.compile(r"\bdiscount of (?:about |around |some |nearly )?$", re.IGNORECASE)


def _tied(page: Page, index: int, base: int) -> Iterator[Relation]:
    """A percentage against the price that it is tied to and the one that is compared with that."""
    found = page.found(index)
    compared = _compared(page, index, base)
    sense = _sense(page, index, base)
    for price in compared:
        change = change_of(page, price, base)
        if fit(found, unsigned(change)) is Fit.AGREES and not _wrong_way(sense, change):
            yield relation_of(page, index, (price, base), Fit.AGREES)
            return
    if not compared:
        return
    price = compared[0]
    alone = len({page.found(i).value for i in compared}) == 1 and (
        page.together(index, price) or price == _deal(page, index, base)
    )
    change = unsigned(change_of(page, price, base))
    outcome, tied = fit(found, change), _is_of_close(page, index, base, price)
    if outcome is Fit.AGREES:
        if alone and page.kind(index) == "transaction.discount_pct":
            yield _reversed(page, index, (price, base), up=sense == "up")
    elif page.found(price).value == page.found(base).value:
        yield from _stale(page, index, price, base, sense)
    elif (
        outcome is Fit.OFF
        and (page.together(index, price) or _elsewhere(page, index, change))
        and (
            _certain(page, index, base, price)
            or (tied and slipped(page, index, (price, base)))
            or not explained(page, index, base, alone=alone, of=(base,) if tied else (), deal=tied)
        )
    ):
        yield relation_of(page, index, (price, base), Fit.OFF)


def _is_of_close(page: Page, index: int, base: int, price: int) -> bool:
    """Whether a discount of a deal is told right beside the close that it is measured against: it is of no other base."""
    first, last = sorted((index, base))
    beside = undated(page, first, 1) == last and page.kind(index) in {"transaction.discount_pct", "other.pct"}
    return beside and page.kind(base) in QUOTES and page.kind(price) in PRICES


def _elsewhere(page: Page, index: int, change: Interval) -> bool:
    """Whether a price of another sentence may speak against a percentage: the market moves on, the price of a deal does not."""
    return page.kind(index) == "transaction.discount_pct" or magnitude(page.found(index), change) is not None


def _wrong_way(sense: str | None, change: Interval) -> bool:
    return (sense == "up" and change.high < 0) or (sense == "down" and change.low > 0)


def _against_deal(page: Page, index: int, noun: str) -> Iterator[Relation]:
    """A percentage over or under the price of a deal: by a slip of the pen, or against the only few prices of the article."""
    prices = page.near(index, lambda i: is_price(page, i), _FAR)
    deals = [i for i in prices if page.kind(i) in PRICES]
    quotes = [i for i in prices if i not in deals and page.found(index).sentence - page.found(i).sentence in {0, 1}]
    quotes.sort(key=lambda i: i > index)  # what is compared is told before
    floats = [i for i in deals if page.kind(i) == "price.offer_or_cost"] if _OF_FLOAT.search(noun) else []
    if floats and not any(page.together(index, i) for i in quotes):
        quotes = [i for i in deals if i not in floats]
    if not deals or not quotes:
        return
    price, base = quotes[0], (floats or deals)[0]
    meant = floats[0] if floats else _deal(page, index, price)
    if meant is not None and _misses(page, index, price, meant):
        yield relation_of(page, index, (price, meant), Fit.OFF)
        return
    if not page.one_currency(prices) or not 1 < len({page.found(i).value for i in prices}) <= _MOST:
        return
    plain = len({page.found(i).value for i in floats}) == 1 and page.together(index, price)
    pairs = [(price, base), (base, price)] if plain else permutations(prices, 2)
    if any(fit(page.found(index), unsigned(change_of(page, *two))) is not Fit.OFF for two in pairs):
        return
    of_size = is_of_size(page, index, unsigned(change_of(page, price, base)))
    if plain or (of_size and not explained(page, index, base)):
        yield relation_of(page, index, (price, base), Fit.OFF)


def _misses(page: Page, index: int, price: int, base: int) -> bool:
    """Whether a percentage is not what the price of its sentence and the one of the deal give, by a slip of the pen."""
    change = change_of(page, price, base)
    off = fit(page.found(index), unsigned(change)) is Fit.OFF and not _wrong_way(_sense(page, index), change)
    near = page.together(index, price) or page.together(index, base)
    return off and near and page.one_currency((price, base)) and slipped(page, index, (price, base))


def _against_close(page: Page, index: int, *, named: bool) -> Iterator[Relation]:
    """A discount of the article's one deal price to the one close that its sentence tells, or that is told as the one before."""
    closes = page.near(index, lambda i: page.kind(i) == "price.close" and page.is_amount(i), 1 + BACK)
    meant = [
        i
        for i in closes
        if _BEFORE.search(page.lead(i)) and (named or abs(page.found(index).sentence - page.found(i).sentence) <= 1)
    ]
    own = [i for i in meant if page.together(i, index) and i < index]
    deals: list[int] = []
    if not meant and not named:
        deals, own = _beside(page, index)
    closes, meant = (own, own) if own else (closes, meant)
    if any(len({page.found(i).value for i in some}) != 1 for some in (closes, meant)):
        return
    if _AVERAGE.search(page.lead(index) + page.tail(index)):
        return
    base = meant[0]
    price = deals[0] if len({page.found(i).value for i in deals}) == 1 else _deal(page, index, base)
    if price is None or not page.one_currency((price, base)):
        return
    told_ = page.near(index, lambda i: page.kind(i) == page.kind(index) and page.is_percent(i))
    change = unsigned(change_of(page, price, base))
    if any(
        fit(page.found(i), change) is Fit.AGREES for i in told_
    ):  # theirs is told already: this one is of other deals
        return
    pen = bool(own) and slipped(page, index, (price, base))
    if not pen and page.found(index).sentence - page.found(price).sentence not in range(BACK + 1):
        return
    of = (price, base) if own else ()
    if fit(page.found(index), change) is Fit.OFF and (pen or not explained(page, index, base, of=of, deal=bool(own))):
        yield relation_of(page, index, (price, base), Fit.OFF)


def _beside(page: Page, index: int) -> tuple[list[int], list[int]]:
    """The prices of a deal and of the market right in front of a discount, in its own sentence, where no word names another base."""
    if _NAMES_BASE.match(page.tail(index)):
        return [], []
    front = page.near(index, lambda i: i < index and is_price(page, i) and index - i <= _BESIDE, 0)
    quotes = [i for i in front if page.kind(i) in _CLOSES]
    deals = [i for i in front if page.kind(i) in PRICES]
    if not deals:
        deals = page.near(index, lambda i: page.kind(i) in PRICES and i < index, 1)
    return (deals, quotes) if len(deals) + len(quotes) == _TWO or page.together(index, *deals) else ([], [])


_NAMES_BASE = re.compile(r" ?(?:[a-z]+ )?(?:to|on|over|under|below|above|than|beneath|against|from)\b")
"""Behind a discount: what it is measured against follows."""
_BESIDE, _TWO = 4, 2
"""Figures in front of a discount among which its two prices stand; how many there may be."""


def _borne_out(page: Page, index: int) -> Iterator[Relation]:
    """A discount that some price and some close near it give."""
    closes = page.near(index, lambda i: page.kind(i) in {"price.close", "price.last"})
    sense = _sense(page, index)
    for price in page.near(index, page.is_price):
        for close in (c for c in closes if c != price and page.one_currency((c, price))):
            change = change_of(page, price, close)
            if fit(page.found(index), unsigned(change)) is Fit.AGREES and not _wrong_way(sense, change):
                yield relation_of(page, index, (price, close), Fit.AGREES)
                return


def _stale(page: Page, index: int, price: int, base: int, sense: str | None) -> Iterator[Relation]:
    """Two prices that are the same beside a change: the last one is the price of the old deal."""
    claim, share = page.claims[price], page.found(index).bounds() / _HUNDRED
    if sense is None or share.high >= 1 or page.kind(price) not in QUOTES:
        return
    factor = _ONE + share if sense == "up" else _ONE - share
    result = page.scaled(price, page.bounds(base) * factor)
    yield Relation(
        target=price,
        inputs=(base, index),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[base])} x (1 {'+' if sense == 'up' else '-'} {shown(page.claims[index])}) = {told(result, claim)}",
        reason=f"It cannot be the price {page.found(index).text} {'above' if sense == 'up' else 'below'} which it stands.",
        correction=say(result, claim, page.script),
    )


def _reversed(page: Page, index: int, inputs: tuple[int, int], *, up: bool) -> Relation:
    """A premium that is a discount, or a discount that is a premium."""
    claim = page.claims[index]
    price, close = (shown(page.claims[i]) for i in inputs)
    words = ("discount", "premium")
    if claim.found.lang == "zh":
        words = ("折讓", "溢價") if page.script == "Hant" else ("折价", "溢价")
    right = words[0] if up else words[1]
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=unsigned(change_of(page, *inputs)),
        working=f"{price} {'<' if up else '>'} {close}",
        reason=f"{price} is {'below' if up else 'above'} {close}: a {'discount' if up else 'premium'}.",
        correction=f"{right} {claim.found.text}" if claim.found.lang == "en" else f"{right}{claim.found.text}",
    )
