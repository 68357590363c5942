"""Quotes of a share against each other: a price and its change in money and in percent, a price and its own low or high."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import PRICES, QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.prices.levels import grown
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_BELOW = re.compile(r"[^.;0-9]{0,12}\b(?:lower|below|under|down|beneath)\b[^.;]{0,40}", re.IGNORECASE)
_ABOVE = re.compile(r"[^.;0-9]{0,12}\b(?:higher|above|over|up)\b[^.;]{0,40}", re.IGNORECASE)
_BELOW_HAN = re.compile(r"[^,，。;；0-9]{0,4}[低跌][了出约約]*")
_ABOVE_HAN = re.compile(r"[^,，。;；0-9]{0,4}[高升涨漲][了出约約]*")
"""Between a percentage and the low or high that it is measured by, in Chinese the other way round."""


def bounded(page: Page) -> Iterator[Relation]:
    """No price is below its own low or above its own high: "10% lower than its low of Rs 871", of a price of Rs 970."""
    for index in range(len(page.claims)):
        kind = page.kind(index)
        if kind in {"price.low", "price.high"} and page.is_amount(index) and positive(page.bounds(index)):
            yield from _turned_round(page, index, high=kind == "price.high")


def _turned_round(page: Page, extreme: int, *, high: bool) -> Iterator[Relation]:
    """A percentage beyond a low or high, which a price on the right side of it bears out but for the direction."""
    share = next(
        (i for i in (extreme - 1, extreme + 1) if 0 <= i < len(page.claims) and page.found(i).unit == "pct"), None
    )
    if share is None or not page.together(share, extreme):
        return
    words = (_ABOVE if high else _BELOW) if share < extreme else (_ABOVE_HAN if high else _BELOW_HAN)
    if not words.fullmatch(page.gap(share, extreme)):
        return
    quotes = page.near(
        extreme, lambda i: page.kind(i) in {"price.last", "price.close"} and page.one_currency((i, extreme)), 3
    )
    for price in filter(lambda i: positive(page.bounds(i)), quotes):
        change = grown(page, price, extreme)
        right_side = change.high < 0 if high else change.low > 0
        sizes = (unsigned(change), unsigned(grown(page, extreme, price)))  # writers who err take either for the base
        if right_side and page.same(price, extreme) and any(fit(page.found(share), s) is Fit.AGREES for s in sizes):
            names = shown(page.claims[price]), shown(page.claims[extreme])
            yield Relation(
                target=share,
                inputs=(price, extreme),
                fit=Fit.OFF,
                recomputed=change,
                working=f"{names[0]} {'<' if high else '>'} {names[1]}",
                reason=f"{names[0]} is {'below that high' if high else 'above that low'} of {names[1]}, not beyond it.",
                settles=True,
            )
            return


_OR_BY = re.compile(
    r",? (?:or|equal to|that is) (?:about )?|,? ?[(（]|, by |[,，]?(?:[或即]|[跌涨漲升降揚扬挫][幅]?[达達为為]?)(?:[约約])?"
)
"""Between the change of a price in percent and the same in money, in either order."""
_CAME_TO = re.compile(
    r"[)）]?(?: (?:higher|lower|up|down|on the (?:price|day|session)))?,? (?:(?:to|at)|(?:to|and) (?:close|end|finish|settle|stand) at|(?:closing|ending|finishing|settling|trading) at) "
    r"|[)）]?[,，]?(?:[收现現新]?[报報][收]?|收[于於]|[至到见見]|上探|下探|股[价價][报報为為]?|收[盘市盤]?[价價]?[报報为為]?)"
)
"""Between a change and the price that it led to."""
_STOOD_AT = re.compile(
    r"(?: [a-zA-Z]+){0,5}, (?:(?:which|that) (?:is|was) |or |up |down |higher by |lower by |a (?:rise|fall|gain|loss|drop|jump) of )?|[,，](?:[升跌涨漲降揚扬挫起][幅了]?|下[跌挫]|上[升涨漲揚扬])[约約]?"
)
"""Between a price and the change that led to it, told behind it: "ended at Rs 306, which is Rs 30.50 or 9.06% down"."""


def moved(page: Page) -> Iterator[Relation]:
    """A price and its change in money and in percent, told in one breath: "fell HK$1.39, or 5.2%, to HK$24.60"."""
    for one in range(len(page.claims) - 1):
        by, share = sorted((one, one + 1), key=lambda i: page.found(i).unit == "pct")
        if page.found(share).unit != "pct" or not page.is_amount(by) or not _OR_BY.fullmatch(page.gap(by, share)):
            continue
        price = _led_to(page, one)
        if price is None or not page.together(by, share, price) or not page.one_currency((by, price)):
            continue
        level, step = page.bounds(price), page.bounds(by)
        if positive(level) and positive(step) and positive(level - step) and not page.found(share).approx:
            yield from _moved(page, by, share, price)


_ON_TOP = re.compile(
    r" (?:on top of|above|over|more than|below|under|less than|short of|off) (?:the|its|a)? ?(?:last[- ]traded |last |previous |closing |close of |price of |market price of |last close of )*"
)
"""Between a difference and the price that it is measured against: "7.5 sen or 65.2% on top of the last traded 11.5 sen"."""


def topped(page: Page) -> Iterator[Relation]:
    """A difference in money and in percent, and the price that both are measured against, told behind them."""
    for one in range(len(page.claims) - 2):
        by, share = sorted((one, one + 1), key=lambda i: page.found(i).unit == "pct")
        base = one + 2
        if page.found(share).unit != "pct" or not all(map(page.is_amount, (by, base))):
            continue
        if not page.together(by, share, base) or not page.one_currency((by, base)) or page.kind(base) not in QUOTES:
            continue
        if not _OR_BY.fullmatch(page.gap(by, share)) or not _ON_TOP.fullmatch(page.gap(one + 1, base)):
            continue
        if positive(page.bounds(base)) and positive(page.bounds(by)):
            result = page.bounds(by) / page.bounds(base) * _HUNDRED
            if fit(page.found(share), result) is Fit.OFF:
                yield _unfit(page, by, share, base, result)


def _led_to(page: Page, one: int) -> int | None:
    """The price that a change in money and in percent led to: right behind the two, else right in front of them."""
    behind, front = one + 2, one - 1
    if behind < len(page.claims) and page.is_amount(behind) and _CAME_TO.fullmatch(page.gap(one + 1, behind)):
        return behind
    if front >= 0 and page.kind(front) in QUOTES and _STOOD_AT.fullmatch(page.gap(front, one)):
        return None if _FROM.search(page.lead(front)) else front
    return None


_FROM = re.compile(r"(?:\b(?:from|than|against|below|above)|[由从從较較比])[^,，.]{0,16}$")
"""In front of a price: a change behind it began there."""


def _moved(page: Page, by: int, share: int, price: int) -> Iterator[Relation]:
    """A change in percent against the same in money and the price that it led to, in whichever direction where no word tells."""
    level, step = page.bounds(price), page.bounds(by)
    first, second = sorted((by, share))
    up = way(page, first)
    up = way(page, second) if up is None else up
    if up is None and page.kind(price) not in QUOTES:
        return
    rise, fall, plain = (step / base * _HUNDRED for base in (level - step, level + step, level))
    either = Interval(fall.low, rise.high)
    meant = either if up is None else rise if up else fall
    others = [meant] if up is not None and price > share else [rise, fall, plain]
    if any(_rounds_to(page, share, result) for result in others):
        return
    quotes = page.near(price, lambda i: i < by and page.kind(i) in QUOTES and page.one_currency((i, price)), 2)
    quotes = [i for i in quotes if i != price and positive(page.bounds(i))]
    olds = [i for i in quotes if _rounds_to(page, share, step / page.bounds(i) * _HUNDRED)]
    if olds and price > share and up is not None:
        yield _misquoted(page, olds[0], by, price, up=up)
    elif not olds and all(fit(page.found(share), result) is Fit.OFF for result in others):
        yield _unfit(page, by, share, price, meant)


_MOVE = re.compile(
    r"\b(?:up|down|by|rose|fell|risen|fallen|gained|lost|added|shed|dropped|slipped|jumped|climbed|edged|slid|off|premium|discount|dividend|earnings)(?: about| some| around| nearly| over| of)?\s*$",
    re.IGNORECASE,
)
"""In front of what a price moved by, or of what else there is for a share."""
_HUNDREDFOLD = (Decimal(80), Decimal(125))
"""How many times as many pence a price is as another one of its share, taken for pounds."""
_THEN = re.compile(
    r"\b(?:19|20)[0-9]{2}\b|\b(?:ago|float\w*|list(?:ed|ing)|ipo|once|originally|peak|high|low|collapse\w*)\b",
    re.IGNORECASE,
)
"""Around a price: it is of another time, from which a share may have moved by any factor."""
_DEAR = Decimal(5)
"""Pounds from which on a price may be one in pence: below them hardly a share has pence to be told in pounds by mistake."""


def pounds(page: Page) -> Iterator[Relation]:
    """A price in pounds that has the size of the others in pence: "sold at £274.40 each", of a share that stands at 280 pence."""
    prices = [i for i in range(len(page.claims)) if _is_price(page, i)]
    for index in (i for i in prices if page.found(i).currency == "GBP" and page.found(i).number >= _DEAR):
        pence = [i for i in prices if page.found(i).currency == "GBX" and _of_one(page, i, index)]
        others = [i for i in prices if i != index and page.found(i).currency == "GBP"]
        ratios = [(i, page.bounds(index).middle / page.bounds(i).middle) for i in pence]
        of_size = [i for i, ratio in ratios if _HUNDREDFOLD[0] < ratio < _HUNDREDFOLD[1]]
        if len(of_size) != len(pence) or not pence or any(_is_alike(page, i, index) for i in others):
            continue
        if any(_THEN.search(page.around(i, 100, 60)) for i in (index, *of_size)):
            continue
        claim, right = page.claims[index], page.bounds(index) / _HUNDRED
        near = min(of_size, key=lambda i: abs(page.found(i).start - claim.found.start))
        yield Relation(
            target=index,
            inputs=(near,),
            fit=Fit.OFF,
            recomputed=right,
            working=f"{claim.found.text} against {page.found(near).text}",
            reason=f"Elsewhere the share costs {page.found(near).text}: these are pence, too.",
            correction=f"{claim.found.number.normalize():f}p",
            slips=True,
        )


def _is_price(page: Page, index: int) -> bool:
    """Whether an amount is the price of a share, in a trade or on a day."""
    known = page.kind(index) in PRICES | QUOTES and page.is_amount(index) and page.found(index).value is not None
    return known and positive(page.bounds(index)) and _MOVE.search(page.lead(index)) is None


def _of_one(page: Page, one: int, other: int) -> bool:
    """Whether two prices are of one company: the one of a trade, the other of the market, for reports of a market quote many shares."""
    of_trade = (page.kind(one) in PRICES) != (page.kind(other) in PRICES)
    return of_trade and page.claims[one].issuer == page.claims[other].issuer and "\n" not in page.gap(one, other)


def _is_alike(page: Page, one: int, other: int) -> bool:
    """Whether two prices are of one size: both, then, are meant."""
    ratio = page.bounds(one).middle / page.bounds(other).middle
    return Decimal("0.5") < ratio < Decimal(2)


def _rounds_to(page: Page, share: int, result: Interval) -> bool:
    """Whether a printed percentage is a result to the last digit."""
    return page.bounds(share).meet(result) is not None


def _misquoted(page: Page, old: int, by: int, last: int, *, up: bool) -> Relation:
    """A price that is not an older one and its change, of which the percentage is that change of the older one."""
    claim = page.claims[last]
    result = page.bounds(old) + page.bounds(by) if up else page.bounds(old) - page.bounds(by)
    names = shown(page.claims[old]), shown(page.claims[by])
    return Relation(
        target=last,
        inputs=(old, by),
        fit=fit(claim.found, page.scaled(last, result)),
        recomputed=page.scaled(last, result),
        working=f"{names[0]} {'+' if up else '-'} {names[1]} = {told(page.scaled(last, result), claim)}",
        reason=f"From {names[0]} a change of {names[1]} leads to {told(page.scaled(last, result), claim)}.",
        correction=say(page.scaled(last, result), claim, page.script),
    )


def _unfit(page: Page, by: int, share: int, last: int, result: Interval) -> Relation:
    """A percentage that is not the change in money of the price that it led to."""
    names = tuple(shown(page.claims[i]) for i in (by, share, last))
    return Relation(
        target=share,
        inputs=(by, last),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{names[0]} to {names[2]} = {told(result, page.claims[share])}",
        reason=f"A change of {names[0]} to {names[2]} is {told(result, page.claims[share])}, not {names[1]}.",
        correction=say(result, page.claims[share], page.script),
    )
