"""What an offer of shares comes to: its count at its price, or at both ends of a range of prices.

Placings, rights issues, tender offers and buyouts are told in one breath: how many shares, at what, for how much. A plan says no less
of its parts than a trade that was made, so three figures in a row are of one offer unless another count, price or amount stands among
them. What is raised is told net of costs as often as not: a little less is no error.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

import msgspec

from stakeline.checks.relations.blame import blamed, hull, spread
from stakeline.checks.relations.fit import ABOUT, Fit, fit, mistyped, slip
from stakeline.checks.relations.page import MANY, PAID, PRICES, QUOTES, RECEIPTS, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_RAISED = frozenset({"deal.value"})
_COSTS = Decimal("0.9")
"""What costs may leave of what an offer raises, about."""
_FAR = Decimal(12)
"""Times by which an amount can be off and still be meant for a product, where no slip of the pen explains it."""
_ONE_PRICE = 2
"""Inputs of a product with one price, not a range of them."""
_FEWEST = 1000
"""Fewer shares are a ratio: one new for every twelve."""
_LONG = 200
"""Characters within which the three are told."""
_REACH = 4
"""Sentences within which other figures may explain an amount."""
_OTHERS = re.compile(
    r"\b(?:combined|overall|so far|cumulative|since|all told|partly|part|balance|rest|altogether|together|remaining|another|also|other|respectively|instead|rival|earlier|net of|par|nominal|face value|options?|warrants?|exercis\w+)\b"
    r"|部[分份]|[余餘][款额額]|累[计計]|剩[余餘]|[余餘]下|另[外有]|[连連]同|再|[曾原](?:[经經本定先拟擬计計])|此前|面[值额額]|分[别別]|行[权權使]|[认認]股[权權]|期[权權]",
    re.IGNORECASE,
)
"""Among the three: one is of another offer, of an earlier plan, or of several offers."""
_SAME = re.compile(r"\bsame price\b|同[一样樣][价價]|相同[价價]")
"""Behind the three: the shares were sold beside the offer, at its price."""
_TO = re.compile(r" ?(?:[至到~～—–-]|to|and) ?")
"""Between the two ends of a range."""

_Item = tuple[str, tuple[int, ...]]
"""A count, a price or a sum of money, "C", "P" or "V", and its claims: two of a range."""
_Offer = tuple[int, tuple[int, ...], tuple[int, ...]]
"""A count, its price and what it comes to."""


def offers(page: Page) -> Iterator[Relation]:
    """Count x price = what is raised or paid, where nothing of another offer stands between the three."""
    if page.has(RECEIPTS):
        return
    items = list(_items(page))
    for at, (sort, value) in enumerate(items):
        if sort != "V" or any(page.kind(v) not in _RAISED | PAID for v in value):
            continue
        told_with = [o for k in (at - 2, at - 1, at) if k >= 0 and (o := _of_one(page, items[k : k + 3])) is not None]
        tried = [[_product(page, end, *offer) for end in value] for offer in told_with]
        fits = [[r.fit for r in ends] for ends in tried]
        agreeing = [ends[0] for ends, f in zip(tried, fits, strict=True) if set(f) == {Fit.AGREES}]
        if agreeing:
            yield msgspec.structs.replace(agreeing[0], reason="Shares x price gives it.", slips=False)
        if any(Fit.OFF not in f for f in fits):
            continue
        halves = [ends for ends, f in zip(tried, fits, strict=True) if Fit.AGREES in f]
        if halves:  # one end of a range is borne out, and so is what the other is of
            yield from (r for r in halves[0] if r.fit is Fit.OFF)
            continue
        open_ = [(o, ends) for o, ends in zip(told_with, tried, strict=True) if not _is_taken(page, o)]
        if open_ and not _explained(page, open_[0][0]):
            meant = [r for r in open_[0][1] if r.fit is Fit.OFF and _is_meant(page, r)]
            yield from (blamed(page, r.target, r) if r.slips and len(r.inputs) == _ONE_PRICE else r for r in meant)


def _items(page: Page) -> Iterator[_Item]:
    """The counts, prices and sums of a page in order, both ends of a range as one."""
    index = 0
    while index < len(page.claims):
        sort = _sort(page, index)
        if sort == "C" and _SOME.search(page.lead(index)):
            sort = None
        if sort in {"P", "V"} and _is_range(page, index, index + 1):
            yield sort, (index, index + 1)
            index += 1
        elif sort is not None:
            yield sort, (index,)
        index += 1


_SOME = re.compile(r"(?:其中|[当當]中|包括|\b(?:including|of which|of them))[^0-9,，。；]{0,12}$", re.IGNORECASE)
"""In front of a part of the shares just told."""


def _is_range(page: Page, low: int, high: int) -> bool:
    """Whether two figures are the ends of a range, in the wrong order perhaps."""
    if high >= len(page.claims) or _sort(page, high) != _sort(page, low) or not page.one_currency((low, high)):
        return False
    return _TO.fullmatch(page.gap(low, high)) is not None


def _sort(page: Page, index: int) -> str | None:
    """What part a figure can play: "C", "P" or "V"."""
    found = page.found(index)
    if found.value is None or found.bracket or not positive(page.bounds(index)):
        return None
    if found.unit == "shares":
        return "C"
    if not page.is_amount(index) or page.kind(index) in QUOTES or page.kind(index) == "market_value":
        return None
    return "P" if page.is_price(index) or page.kind(index) in PRICES else "V"


def _of_one(page: Page, window: list[_Item]) -> _Offer | None:
    """Count, price and amount, where three figures in a row are one of each and nothing says that they are of several matters."""
    parts = dict(window)
    if len(window) != len(parts) or set(parts) != {"C", "P", "V"}:
        return None
    (count,), price, value = parts["C"], parts["P"], parts["V"]
    every = sorted((count, *price, *value))
    if not _is_one_matter(page, every, value) or not page.one_currency((*price, *value)):
        return None
    if not _is_offered(page, count) or page.bounds(count).low < _FEWEST:
        return None
    dear = any(page.bounds(p).high * MANY > page.bounds(v).low for p in price for v in value)
    return None if dear else (count, price, value)


def _is_one_matter(page: Page, every: list[int], value: tuple[int, ...]) -> bool:
    """Whether nothing says that three figures in a row are of several offers, or of a trade that was no offer."""
    words = page.gap(every[0], every[-1])
    if "\n" in words or len(words) > _LONG or page.aside(*every) or _OTHERS.search(words + page.lead(every[0], 16)):
        return False
    if _SAME.search(page.tail(every[-1], 40)):
        return False
    if not page.together(*every) and not _is_told_of_it(page, every, value):
        return False
    return all(page.kind(v) in _RAISED for v in value) or _is_plan(page, every)


def _is_told_of_it(page: Page, every: list[int], value: tuple[int, ...]) -> bool:
    """Whether an amount of another sentence is of a count and a price: the only figure of theirs in front, or the only sum behind them."""
    first, last = every[0], every[-1]
    if last in value:
        beside = any(page.together(last, i) for i in every if i not in value)
        return beside or page.alone(
            last, lambda i: _sort(page, i) == "V" and i not in value and not _NET.search(page.lead(i))
        )
    return first in value and page.alone(first, lambda i: _sort(page, i) is not None)


def _is_plan(page: Page, parts: list[int]) -> bool:
    """Whether figures are told of a plan, or at a price that is offered: what was traded is for the room of trades."""
    return any(page.claims[i].measure == "planned" or page.kind(i) == "price.offer_or_cost" for i in parts)


def _is_offered(page: Page, count: int) -> bool:
    """Whether a count is of shares that an offer is of: not of what someone holds, nor of all that there are."""
    if page.kind(count) == "shares.issued":
        return _NEW.search(page.lead(count)) is not None
    return not page.kind(count).startswith(("stake.", "volume."))


_NEW = re.compile(
    r"(?<!已)[發发]行[^0-9,，。；]{0,6}$|\b(?:to issue|issuing|issues?|issue of)(?: about| some| up to| a further)? $",
    re.IGNORECASE,
)


def _product(page: Page, target: int, count: int, price: tuple[int, ...], value: tuple[int, ...]) -> Relation:
    """An amount, or one end of its range, against the count at the price, or at that end of the range of prices."""
    prices = (price[value.index(target)],) if len(value) == len(price) else price
    claim, found = page.claims[target], page.found(target)
    result = page.scaled(target, page.bounds(count) * hull(page, prices))
    come, factor = told(result, claim), slip(found, result)
    vague = any(page.found(i).approx for i in (count, *prices, target))
    if found.approx in {"upto", "under"}:  # at most what all the shares come to, which is told with it
        found = msgspec.structs.replace(found, approx=None)
    return Relation(
        target=target,
        inputs=(count, *prices),
        fit=fit(found, result, slack=ABOUT if vague else None),
        recomputed=result,
        working=f"{shown(page.claims[count])} x {spread(page, prices)} = {come}",
        reason=f"The shares at that price come to {come}, not {claim.found.text}.",
        correction=say(result, claim, page.script),
        slips=factor is not None,
    )


def _is_meant(page: Page, relation: Relation) -> bool:
    """Whether an amount misses a product by more than costs and by no more than an error of the pen or of reckoning."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    found, result = page.found(relation.target), relation.recomputed
    if relation.slips or mistyped(found, result):
        return True
    over = found.number > result.high * (1 + ABOUT) and found.approx != "over"
    under = found.number < result.low * _COSTS
    return (over and found.number < result.high * _FAR) or (under and found.number * _FAR > result.low)


def _is_taken(page: Page, offer: _Offer) -> bool:
    """Whether a count and a price give another amount of the paragraph, so that they are of that one; what is left of it net is none."""
    count, price, value = offer
    others = page.near(value[0], lambda i: _sort(page, i) == "V" and i not in value and not _NET.search(page.lead(i)))
    return any(
        _gives(page, i, page.bounds(count) * page.bounds(p))
        for i in others
        for p in price
        if page.one_currency((i, p)) and "\n" not in page.gap(i, value[0])
    )


_NET = re.compile(r"[净淨]|扣除|\bnet\b|\bafter\b", re.IGNORECASE)


def _explained(page: Page, offer: _Offer) -> bool:
    """Whether other figures near by give an amount: another count or price, a sum of two amounts, or shares and money together."""
    count, price, value = offer
    index = value[0]
    counts, prices, sums = (page.near(index, lambda i: _mates(page, i, index, sort), _REACH) for sort in "CPV")  # noqa: B023 -- used at once
    sums = [i for i in sums if i not in value]
    results = [page.bounds(n) * page.bounds(p) for n in counts for p in prices]
    results += [page.bounds(a) + page.bounds(b) for a, b in combinations(sums, 2)]
    results += [page.bounds(a) - page.bounds(b) for a, b in permutations(sums, 2)]
    each, own = hull(page, price), page.bounds(count) * hull(page, price)
    results += [each * (page.bounds(count) + page.bounds(n)) for n in counts if page.together(n, count)]
    for other in (page.bounds(i) for i in sums if page.together(i, index)):
        results += [own + other, own - other, other - own]
    return any(_gives(page, index, r) for r in results)


def _mates(page: Page, index: int, value: int, sort: str) -> bool:
    """Whether a figure plays a part and is in the currency of an amount, if in any."""
    return _sort(page, index) == sort and (sort == "C" or page.one_currency((index, value)))


def _gives(page: Page, index: int, result: Interval) -> bool:
    """Whether a result, taken as exact, is an amount: one told coarsely would be many."""
    return result.middle > 0 and fit(page.found(index), Interval.exact(page.scaled(index, result).middle)) is Fit.AGREES
