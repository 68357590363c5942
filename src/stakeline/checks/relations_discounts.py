"""The price of a trade against the close that it is compared with: discounts and premiums."""

import re
from collections.abc import Iterator

from stakeline.checks.relations_fit import Fit, fit, magnitude
from stakeline.checks.relations_page import Page, Relation, positive
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_DISCOUNT = re.compile(r"discount|below|under|less than|折讓|折让|折价|折價|低")
_PREMIUM = re.compile(r"premium|above|over|higher|溢价|溢價|高")


def discounts(page: Page) -> Iterator[Relation]:
    """The price of a trade against the close it is compared with."""
    for index, claim in enumerate(page.claims):
        if claim.kind != "transaction.discount_pct" or claim.found.unit != "pct":
            continue
        words = page.lead(index) + " " + page.tail(index)
        premium = claim.direction == "premium" or (_PREMIUM.search(words) and not _DISCOUNT.search(words))
        prices = page.near(index, page.is_price)
        own = _own_close(page, index)
        closes = [own] if own is not None else page.near(index, lambda i: page.kind(i) in {"price.close", "price.last"})
        if own is not None:
            prices = [p for p in prices if p != own and not _CLOSE.search(page.lead(p))]
            alike = {page.found(p).value for p in prices}
            prices = prices[:1] if len(alike) == 1 else prices
        tried = [
            (p, c, ((page.bounds(p) / page.bounds(c)) - _ONE) * _HUNDRED)
            for p in prices
            for c in closes
            if p != c and page.one_currency((p, c)) and positive(page.bounds(c))
        ]
        judged = list(_against(page, index, tried, up=bool(premium)))
        if not judged and own is not None:
            judged = list(_none(page, index, tried, up=bool(premium)))
        yield from judged


def _own_close(page: Page, index: int) -> int | None:
    """The close that a discount is told of: next to it, with no other figure between and a word that says so."""
    behind, front = index + 1, index - 1
    for other, reach in ((behind, 80), (front, 12)):
        if not 0 <= other < len(page.claims) or not page.together(index, other) or page.found(other).unit != "currency":
            continue
        gap = page.gap(index, other)
        words = gap if other == behind else page.lead(other)
        if other == behind and _TO_CLOSE.fullmatch(gap) and page.kind(other) in {"price.close", "price.last"}:
            return other
        if len(gap) <= reach and not re.search(r"[,，;；]", gap) and _CLOSE.search(words):
            return other
    return None


_TO_CLOSE = re.compile(r" (?:premium|discount) (?:to|over|on) (?:the )?")
"""All that stands between a premium and the price that it is told to be of."""
_CLOSE = re.compile(r"clos(?:e|ed|ing)|last traded|收市|收盘|收盤|收報|收报", re.IGNORECASE)


def _against(page: Page, index: int, tried: list[tuple[int, int, Interval]], *, up: bool) -> Iterator[Relation]:
    """A discount or premium against a price and a close. One that is the other is off, where only one can be meant."""
    found, claim = page.found(index), page.claims[index]
    for price, close, change in tried:
        result = change if up else -change
        outcome = fit(found, result)
        if (
            result.high < 0
            and len(tried) == 1
            and page.together(index, price, close)
            and page.same(index, price, close)
        ):
            if (
                fit(found, -result) is Fit.AGREES
                and price < close
                and _PREMIUM.search(page.lead(index) + page.tail(index))
            ):
                yield _reversed(page, index, (price, close), -result, up=up)
            return
        sure = (
            len(tried) == 1
            and result.low > 0
            and page.together(index, close)
            and (_own_close(page, index) == close or (page.together(price, close) and page.same(index, price, close)))
            and (
                _told_base(page, index, close)
                or fit(found, Interval.exact(100) * (_ONE - _ONE / (_ONE + change / _HUNDRED))) is not Fit.AGREES
            )
        )
        if outcome is Fit.AGREES or (outcome is Fit.OFF and sure):
            sign = f"{shown(page.claims[price])} / {shown(page.claims[close])} - 1"
            yield Relation(
                target=index,
                inputs=(price, close),
                fit=outcome,
                recomputed=result,
                working=f"{sign if up else f'1 - {shown(page.claims[price])} / {shown(page.claims[close])}'} = {told(result, claim)}",
                reason="The price against the close gives it."
                if outcome is Fit.AGREES
                else f"The price against that close gives {told(result, claim)}.",
                correction=say(result, claim, page.script),
                slips=magnitude(found, result) is not None,
            )
            return


def _told_base(page: Page, index: int, close: int) -> bool:
    """Whether the words leave no other base open: "a 27.2 per cent premium to the 193p"."""
    return close == index + 1 and _TO_CLOSE.fullmatch(page.gap(index, close)) is not None


_WILDEST = 5
"""How many times a discount may be what it should be before it is of something else."""


def _none(page: Page, index: int, tried: list[tuple[int, int, Interval]], *, up: bool) -> Iterator[Relation]:
    """A discount to a close that no price near it gives: it is of the price of its sentence or of the one before."""
    found, claim = page.found(index), page.claims[index]
    results = [(p, c, change if up else -change) for p, c, change in tried]
    back = [_HUNDRED * (_ONE / (_ONE + change / _HUNDRED) - _ONE) for _, _, change in tried]
    if any(fit(found, r) is not Fit.OFF for r in [*(r for _, _, r in results), *(-b if up else b for b in back)]):
        return
    likely = [
        (p, c, r)
        for p, c, r in results
        if page.found(index).sentence - page.found(p).sentence in {0, 1}
        and positive(r)
        and (r.middle < _WILDEST * found.number < _WILDEST**2 * r.middle or magnitude(found, r) is not None)
    ]
    if len({page.found(p).value for p, _, _ in likely}) != 1:
        return
    price, close, result = likely[0]
    ratio = f"{shown(page.claims[price])} / {shown(page.claims[close])}"
    yield Relation(
        target=index,
        inputs=(price, close),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{f'{ratio} - 1' if up else f'1 - {ratio}'} = {told(result, claim)}",
        reason=f"The price against that close gives {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(found, result) is not None,
    )


def _reversed(page: Page, index: int, inputs: tuple[int, int], result: Interval, *, up: bool) -> Relation:
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
        recomputed=result,
        working=f"{price} {'<' if up else '>'} {close}",
        reason=f"{price} is {'below' if up else 'above'} {close}: a {'discount' if up else 'premium'}.",
        correction=f"{right} {claim.found.text}" if claim.found.lang == "en" else f"{right}{claim.found.text}",
    )
