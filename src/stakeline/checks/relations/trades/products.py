"""Shares, prices and proceeds of trades: their product."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import SIGN, blamed, hull, spread
from stakeline.checks.relations.fit import Fit, fit, magnitude, slip, transposed
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.prices.conversions import any_rate, reference_rate
from stakeline.checks.relations.trades.certain import adjoining, certain, in_a_row, is_priced, one_year, same_digits
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_IMPLIED = re.compile(
    r"(?:约合|約合|相当于|相當於|折合|即|\bor|\bequal to|equivalent to|works out at|implying|that is)[^0-9]{0,14}$",
    re.IGNORECASE,
)
_FEW = 5
"""Counts and prices tried for an amount: an article seldom tells of more trades in three sentences."""
_COARSE = Decimal("1.3")
"""A product whose ends lie further apart than this, as of "one million" shares, agrees with anything."""
_EXACT = Decimal("0.03")
"""How well an amount must fit such a product once the count is taken as exact, or one in another currency."""


def products(page: Page) -> Iterator[Relation]:
    """Shares x price = what was paid or raised."""
    spent: set[int] = set()
    headed: set[int] = set()  # what bears out an amount of the headline, which the story tells once more
    borne: list[tuple[int, set[int]]] = []  # an amount that a count and a price give, and these
    open_: list[tuple[int, list[Relation]]] = []
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and not is_whole(page, i)):
        tried = _tried(page, value)
        agreeing = [r for r in tried if r.fit is Fit.AGREES]
        own = [r for r in tried if r.slips and page.together(value, *r.inputs) and adjoining(page, value, r)]
        if own and not any(page.together(value, *r.inputs) for r in agreeing):  # what agrees is told of elsewhere
            open_.append((value, own))
        elif agreeing:
            best = min(agreeing, key=lambda r: r.rank)
            (headed if "\n" in page.gap(value, best.inputs[0]) else spent).update(best.inputs)
            borne.append((value, {*best.inputs}))
            yield _derived(page, value, best)
        elif tried and not (value and page.kind(value - 1) == "volume.shares"):  # what changed hands that day
            open_.append((value, tried))
    for value, tried in open_:
        left = [
            r
            for r in tried
            if one_year(page, value, *r.inputs)
            and certain(page, value, r)
            and not _of_other_shares(page, value, r)
            and not any(page.together(v, value) and len(inputs.intersection(r.inputs)) > 1 for v, inputs in borne)
            and (not (spent if r.slips else spent | headed).intersection(r.inputs) or adjoining(page, value, r))
        ]
        if left:
            yield blamed(page, value, min(left, key=lambda r: r.rank))


def lines(page: Page) -> Iterator[Relation]:
    """Trades as lists have them, whatever kinds their figures were taken for: "188,605 @ $0.13 Value: $24,518.65"."""
    for count in range(len(page.claims) - 2):
        price, value = count + 1, count + 2
        line = _AT.fullmatch(page.gap(count, price)) and _VALUE.fullmatch(page.gap(price, value))
        numbers = line and page.found(count).unit in {"shares", "count"} and page.found(count).value is not None
        if numbers and all(page.currency(i) is not None and positive(page.bounds(i)) for i in (price, value)):
            relation = _product(page, value, count, (price,))
            if page.one_currency((price, value)) and relation.fit is not Fit.UNDECIDED:
                yield relation


_AT = re.compile(r"(?:\s*shares?)?\s*@\s*")
_VALUE = re.compile(
    r"[,;|]?\s*\(?(?:total|value|consideration|amount|cost|proceeds)(?: value| cost| paid)?[:=]?\s*", re.IGNORECASE
)
"""Between the figures of a line of a list: a count at a price, and what it comes to."""


def _of_other_shares(page: Page, value: int, relation: Relation) -> bool:
    """Whether another count of shares, taken for something else than a trade, gives an amount at the price."""
    counts = page.near(
        value, lambda i: page.found(i).unit in {"shares", "count"} and page.found(i).value is not None, 2
    )
    found, price = page.found(value), page.bounds(relation.inputs[1])
    others = (i for i in counts if not page.is_traded(i) and positive(page.bounds(i)))
    return any(fit(found, page.scaled(value, page.bounds(i) * price)) is Fit.AGREES for i in others)


def is_whole(page: Page, value: int) -> bool:
    """Whether an amount is told as that of which a percentage right in front of it is, "ten per cent of the HK$2 billion", or of a holding."""
    if not value or not page.is_percent(value - 1):
        return False
    gap = page.gap(value - 1, value)
    return _OF.fullmatch(gap) is not None or (page.is_stake(value - 1) and _COST.fullmatch(gap) is not None)


_OF = re.compile(r" of (?:the|its|his|her|their|an?) (?:[a-z]+ )?")


_COST = re.compile(
    r" (?:(?:stake|holding|interest) )?(?:has |had |have )?(?:cost|costs|is worth|was worth|came to|set \w+ back)(?: about| some| around)? "
    r"|(?:的?(?:股[权權份]|持股|权益|權益))?(?:合[共计計])?(?:成本|耗[资資]|[斥涉][资資])(?:[约約共为為])*"
)
"""Between what is held, in percent, and what all of it cost."""


def _tried(page: Page, value: int) -> list[Relation]:
    """An amount against the products of the shares and prices near it, nearest first."""
    far, dear = page.near(value, page.is_traded, _REACH), page.near(value, page.is_price, _REACH)
    shares = ([n for n in far if _within(page, value, n)] or far)[:_FEW]
    prices = ([p for p in dear if _within(page, value, p)] or dear)[:_FEW]
    tried = [
        _product(page, value, n, (p,))
        for n in shares
        for p in prices
        if page.one_currency((p, value))
        and _mates(page, n, p)
        and (
            (n, p) == (shares[0], prices[0])
            or _multiplies(page, value, n, p)
            or in_a_row(page, value, (n, p))
            or same_digits(page, value, n, p)
        )
    ]
    for n in shares:
        low = next((p for p in prices if end_of(page, p) == "low"), None)
        high = next((p for p in prices if end_of(page, p) == "high"), None)
        if low is not None and high is not None and page.one_currency((low, high, value)) and _mates(page, n, low):
            tried.append(_product(page, value, n, (low, high)))
    tried += [
        _product(page, value, n, (p, p + 1))
        for n in shares[:1]
        for p in prices
        if p + 1 in prices
        and _PAIR.fullmatch(page.gap(p, p + 1))
        and None in {end_of(page, p), end_of(page, p + 1)}
        and page.one_currency((p, p + 1, value))
        and page.together(n, p, value)
        and page.alone(n, page.is_traded)
    ]
    tried += [
        r
        for n in shares[:2]
        for p in prices[:2]
        if _mates(page, n, p) and (r := _foreign(page, value, n, p)) is not None
    ]
    tried += [
        _product(page, value, n, (p,))
        for n in far
        for p in (n - 1, n + 1)
        if p in dear and same_digits(page, value, n, p)
    ]
    return [r for r in tried if isinstance(r.recomputed, Interval) and positive(r.recomputed)]


_PAIR = re.compile(r" (?:and|to|or) |[至到和及、~-]")
"""Between the two prices at which the parts of one count were traded."""
_REACH = 4
"""Sentences within which an amount may be of a count and a price, where none is nearer or its digits are those of their product."""


def _within(page: Page, value: int, other: int) -> bool:
    """Whether a figure stands at most two sentences from an amount."""
    return abs(page.found(value).sentence - page.found(other).sentence) <= 2


def _mates(page: Page, shares: int, price: int) -> bool:
    """Whether a count and a price can be of one trade: of one sentence, or neither with another partner in its own."""
    if page.together(shares, price):
        return not is_priced(page, shares, price)
    return page.alone(price, page.is_traded) and page.alone(shares, page.is_price)


def _multiplies(page: Page, value: int, shares: int, price: int) -> bool:
    """Whether a product can be an amount at all: only of the nearest shares and price is it told why not."""
    product = page.scaled(value, page.bounds(shares) * page.bounds(price)).middle
    return product * Decimal("0.7") < page.found(value).number < product * Decimal("1.3")


def _product(page: Page, value: int, shares: int, prices: tuple[int, ...]) -> Relation:
    result = page.scaled(value, page.bounds(shares) * hull(page, prices))
    claim, vague = page.claims[value], [page.found(i) for i in (shares, *prices) if page.found(i).approx]
    slack = Decimal("0.03") if vague else None
    working = f"{shown(page.claims[shares])} x {spread(page, prices)} = {told(result, claim)}"
    outcome = fit(page.found(value), result, slack=slack)
    if len(prices) == 1 and positive(result) and result.high > _COARSE * result.low:
        middle = fit(page.found(value), Interval.exact(result.middle), slack=_EXACT)
        away = magnitude(page.found(value), Interval.exact(result.middle))
        swapped = transposed(page.found(value), result.middle)
        if (outcome is Fit.AGREES and middle is not Fit.AGREES) or (
            outcome is Fit.OFF and away is None and not swapped
        ):
            outcome = Fit.UNDECIDED
    if (
        outcome is Fit.UNDECIDED
        and page.found(value).approx == "upto"
        and (magnitude(page.found(value), result) or 0) > 0
    ):
        outcome = Fit.OFF  # "up to" allows for less, though not for a tenth
    if len(prices) == 1 and outcome is Fit.OFF and _floor(page, prices[0], value, result):
        outcome = Fit.UNDECIDED
    factor = slip(page.found(value), result) if outcome is Fit.OFF else None
    apart = f", {factor} the product" if factor else ""
    return Relation(
        target=value,
        inputs=(shares, *prices),
        fit=outcome,
        recomputed=result,
        working=working,
        reason="Shares x price gives it."
        if outcome is Fit.AGREES
        else f"The shares at that price come to {told(result, claim)}, not {page.found(value).text}{apart}.",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=factor is not None,
        rank=_distance(page, value, (shares, *prices)),
    )


def _foreign(page: Page, value: int, shares: int, price: int) -> Relation | None:
    """Shares x price in another currency than the amount, at a peg or the day's rate; it only speaks against slips of magnitude.

    Where no rate is known, all that there were since 1999 tell of a hundredfold, unless the amount is in the price's currency after all.
    """
    one, other = page.currency(price), page.currency(value)
    if one is None or other is None or one == other or not SIGN.search(page.found(value).text):
        return None  # a bare number is in no currency of its own
    reference = reference_rate(page, one, other)
    rate, name = reference or any_rate(one, other) or (None, "")
    if rate is None:
        return None
    claim = page.claims[value]
    own = page.scaled(value, page.bounds(shares) * page.bounds(price))
    result = own * rate
    outcome = fit(claim.found, result, slack=_EXACT)
    if reference is None and not (
        outcome is Fit.OFF
        and abs(magnitude(claim.found, result) or 0) > 1
        and fit(claim.found, own, slack=_EXACT) is Fit.OFF
    ):
        return None
    if not positive(result) or (outcome is Fit.OFF and slip(claim.found, result) is None):
        return None
    if outcome is Fit.AGREES and (result.high > _COARSE * result.low or claim.found.approx == "over"):
        return None
    come = f"{shown(page.claims[shares])} x {shown(page.claims[price])} at {name} = {told(result, claim)}"
    return Relation(
        target=value,
        inputs=(shares, price),
        fit=outcome,
        recomputed=result,
        working=come,
        reason=f"Shares x price gives it at {name}."
        if outcome is Fit.AGREES
        else f"The shares at that price come to {told(result, claim)} at {name}, not {claim.found.text}.",
        basis="outside_constant",
        correction=say(result, claim, page.script),
        slips=outcome is not Fit.AGREES,
        rank=_distance(page, value, (shares, price)) + 100,
    )


def _floor(page: Page, price: int, value: int, result: Interval) -> bool:
    """Whether a price is only the least that was asked, so that more may have been paid."""
    end = end_of(page, price)
    if slip(page.found(value), result) is not None:
        return False
    own = page.found(value).number
    return (end == "low" and own > result.low) or (end == "high" and own < result.high)


def _distance(page: Page, index: int, others: tuple[int, ...]) -> int:
    """How far figures stand apart; another sentence counts as far, another party as farther."""
    at = page.found(index).start
    return (
        sum(abs(page.found(i).start - at) for i in others)
        + (0 if page.together(index, *others) else 500)
        + (0 if page.same(index, *others) else 2000)
    )


def _derived(page: Page, value: int, relation: Relation) -> Relation:
    """An agreeing product bears out the amount; where the price is introduced as worked out, the price."""
    if len(relation.inputs) != 2:
        return relation
    shares, price = relation.inputs
    if not (price > value and _IMPLIED.search(page.lead(price))):
        return relation
    result = page.bounds(value) / page.bounds(shares)
    claim = page.claims[price]
    return Relation(
        target=price,
        inputs=(value, shares),
        fit=Fit.AGREES,
        recomputed=result,
        working=f"{shown(page.claims[value])} / {shown(page.claims[shares])} = {told(result, claim)}",
        reason="The amount over the shares gives it.",
        vouches=True,
    )
