"""Shares, prices and proceeds of trades: their product, and which of the three is wrong."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.blame import APART, LOOSE, blamed, hull, one_trade, spread, worked_out
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, slip, transposed
from stakeline.checks.relations.money import reference_rate
from stakeline.checks.relations.page import IN_ALL, PAID, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_WHOLE = re.compile(r"(?:total|altogether|in all|合共|合计|合計|总计|總計|共计|共計)[^0-9]*$", re.IGNORECASE)
"""In front of the sum of several trades, or of one."""
_IMPLIED = re.compile(
    r"(?:约合|約合|相当于|相當於|折合|即|\bor|\bequal to|equivalent to|works out at|implying|that is)[^0-9]{0,14}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)
_FEW = 5
"""Counts and prices tried for an amount: an article seldom tells of more trades in three sentences."""
_COARSE = Decimal("1.3")
"""A product whose ends lie further apart than this, as of "one million" shares, agrees with anything."""
_NARROW = Decimal("1.06")
"""How exact a product must be to speak against an amount of another sentence."""
_EXACT = Decimal("0.03")
"""How well an amount must fit such a product once the count is taken as exact, or one in another currency."""
_LONG = 260
"""Characters within which a count, a price and an amount are of one trade."""
_OTHER = re.compile(
    r"\b(?:bought at|acquired at|cost of|paid|market value|worth at|compared|versus|against|option|respectively|each of|both|and [^.;|]*(?:bought|sold|acquired|purchased|offloaded))\b|\||成本|市值|分别|分別|各自|較|较",
    re.IGNORECASE,
)
"""Between them: one is of another trade, or several are told of at once."""
_HALF_SO_MUCH, _TWICE = Decimal("0.4"), Decimal("2.5")


def products(page: Page) -> Iterator[Relation]:
    """Shares x price = what was paid or raised."""
    spent: set[int] = set()
    headed: set[int] = set()  # what bears out an amount of the headline, which the story tells once more
    borne: list[tuple[int, set[int]]] = []  # an amount that a count and a price give, and these
    open_: list[tuple[int, list[Relation]]] = []
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and not is_whole(page, i)):
        tried = _tried(page, value)
        agreeing = [r for r in tried if r.fit is Fit.AGREES]
        own = [r for r in tried if r.slips and page.together(value, *r.inputs) and _beside(page, value, r)]
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
            and _certain(page, value, r)
            and not _of_other_shares(page, value, r)
            and not any(page.together(v, value) and len(inputs.intersection(r.inputs)) > 1 for v, inputs in borne)
            and (not (spent if r.slips else spent | headed).intersection(r.inputs) or _beside(page, value, r))
        ]
        if left:
            yield blamed(page, value, min(left, key=lambda r: r.rank))


def joint(page: Page) -> Iterator[Relation]:
    """Several counts, the one price that they have in common and what they come to: 28 million and 17 million shares, both at HK$50."""
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and not is_whole(page, i)):
        price = value - 1
        if price < 0 or not page.is_price(price) or not page.together(price, value):
            continue
        counts = _run(page, price)
        if len(counts) < _SEVERAL or not page.one_currency((price, value)):
            continue
        each = [page.scaled(value, page.bounds(n) * page.bounds(price)) for n in counts]
        result = sum(each[1:], start=each[0])
        if not positive(result):
            continue
        outcome = fit(page.found(value), result)
        told_so = _ALL_OF_THEM.search(page.gap(counts[0], value) + page.tail(value)) is not None
        apart = 1 / _TWICE < page.found(value).number / result.middle < _TWICE or magnitude(page.found(value), result)
        one = any(fit(page.found(value), r) is not Fit.OFF for r in each)
        if outcome is Fit.AGREES or (outcome is Fit.OFF and told_so and apart and not one):
            yield _joined(page, value, (*counts, price), result, outcome)


_SEVERAL = 2
_ALL_OF_THEM = re.compile(
    r"\b(?:both|each|all|together|combined|in total|altogether)\b|均|[都皆]|合[共计計]|[共總总]计?|[两兩二三四]者|同[样樣]",
    re.IGNORECASE,
)
"""Between several counts and what they come to: the price is that of all of them."""


def _run(page: Page, price: int) -> list[int]:
    """The counts of one sentence in front of a price, in order; none where another price or amount stands among them."""
    front = [i for i in page.sentences[page.found(price).sentence] if i < price]
    if any(page.is_price(i) or page.is_paid(i) for i in front):
        return []
    return [i for i in front if page.is_traded(i)]


def _joined(page: Page, value: int, inputs: tuple[int, ...], result: Interval, outcome: Fit) -> Relation:
    """An amount against several counts at one price."""
    *counts, price = inputs
    claim, come = page.claims[value], told(result, page.claims[value])
    return Relation(
        target=value,
        inputs=inputs,
        fit=outcome,
        recomputed=result,
        working=f"({' + '.join(shown(page.claims[n]) for n in counts)}) x {shown(page.claims[price])} = {come}",
        reason="The shares at that price add up to it."
        if outcome is Fit.AGREES
        else f"Together the shares at that price come to {come}.",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=magnitude(claim.found, result) is not None,
    )


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
    """Whether an amount is told as that of which a percentage right in front of it is: "ten per cent of the HK$2 billion"."""
    return value > 0 and page.is_percent(value - 1) and _OF.fullmatch(page.gap(value - 1, value)) is not None


_OF = re.compile(r" of (?:the|its|his|her|their|an?) (?:[a-z]+ )?")


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
            or _in_a_row(page, value, (n, p))
            or _same_digits(page, value, n, p)
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
        if p in dear and _same_digits(page, value, n, p)
    ]
    return [r for r in tried if isinstance(r.recomputed, Interval) and positive(r.recomputed)]


_ONE_PRICE = 2
"""Inputs of a product of a count and one price; a range of prices makes one more."""
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
        return True
    return page.alone(price, page.is_traded) and page.alone(shares, page.is_price)


def _multiplies(page: Page, value: int, shares: int, price: int) -> bool:
    """Whether a product can be an amount at all: only of the nearest shares and price is it told why not."""
    product = page.scaled(value, page.bounds(shares) * page.bounds(price)).middle
    return product * Decimal("0.7") < page.found(value).number < product * Decimal("1.3")


def _same_digits(page: Page, value: int, shares: int, price: int) -> bool:
    """Whether an amount is, digit for digit, a product with its point in another place: then it is meant for that product."""
    product = page.scaled(value, page.bounds(shares) * page.bounds(price))
    adjacent = page.together(shares, price) and _in_a_row(page, shares, (price,))
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


def end_of(page: Page, price: int) -> str | None:
    """Which end of a range of prices a price is: "low", "high" or neither."""
    kind = page.kind(price)
    told = kind.rsplit("_", 1)[1] if kind in {"transaction.price_low", "transaction.price_high"} else None
    return _end_in_print(page, price) or told or page.found(price).bound


_TO = re.compile(r"\s*(?:[至到~～—–-]+|/股[至到]|\bto\b)\s*")
"""All that stands between the two prices of a range."""


def _end_in_print(page: Page, price: int) -> str | None:
    """Which end of a range a price is that is told with another one, the higher first perhaps: 49.75港元至46.05港元."""
    for other in (price - 1, price + 1):
        known = 0 <= other < len(page.claims) and page.found(other).unit == "currency" and page.is_price(other)
        if known and _TO.fullmatch(page.gap(price, other)) and page.one_currency((price, other)):
            if _SIDE.search(page.lead(min(price, other))):
                return None  # the offer was raised from one to the other
            return "low" if page.found(price).number < page.found(other).number else "high"
    return None


_SIDE = re.compile(r"[由从從]\s*$|\bfrom\s*$", re.IGNORECASE)


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
    """Shares x price in another currency than the amount, at a peg or the day's rate; it only speaks against slips of magnitude."""
    one, other = page.currency(price), page.currency(value)
    if one is None or other is None or one == other:
        return None
    reference = reference_rate(page, one, other)
    if reference is None:
        return None
    rate, name = reference
    claim = page.claims[value]
    result = page.scaled(value, page.bounds(shares) * page.bounds(price) * rate)
    outcome = fit(claim.found, result, slack=_EXACT)
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


def _certain(page: Page, value: int, relation: Relation) -> bool:
    """Whether the parts that three figures play are beyond doubt, so that one of them must be wrong."""
    exercised = not relation.slips and OPTIONS.search(page.around(value, _LONG, 0)) is not None
    if relation.fit is not Fit.OFF or exercised:
        return False
    if _beside(page, value, relation) or _misprinted(page, value, relation):
        return True
    if not page.same(value, *relation.inputs):
        return False
    return _only_one(page, value, relation) or _clear(page, value, relation)


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
        return page.together(value, *relation.inputs) or not loose
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
    if (relation.slips and _same_digits(page, value, *relation.inputs)) or one_trade(page, value, relation):
        return True
    return (
        mistyped(page.found(value), relation.recomputed)
        and page.together(*relation.inputs)
        and _in_a_row(page, value, relation.inputs)
        and not LOOSE.search(page.lead(value))
        and not _OTHER.search(page.gap(min(parts), max(parts)))
        and not any(page.claims[i].measure == "planned" for i in parts)
    )


def _beside(page: Page, value: int, relation: Relation) -> bool:
    """Whether count, price and amount follow each other as of one trade: then names of parties, often misread, do not matter."""
    if not all(page.kind(p).startswith("transaction.") for p in relation.inputs[1:]) or page.currency(value) is None:
        return False
    if not _in_a_row(page, value, relation.inputs) or not _one_telling(page, value, relation.inputs):
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
    ranged = len(relation.inputs) > _ONE_PRICE and page.together(value, relation.inputs[0])
    beside = page.together(value, *relation.inputs[1:]) or all(worked_out(page, value, p) for p in relation.inputs[1:])
    beside = beside or ranged  # both ends of what was paid are told of a count and its amount
    known = page.kind(value) in PAID or IN_ALL.search(page.lead(value)) is not None or beside
    of_one = page.together(*relation.inputs) or page.alone(relation.inputs[0], page.is_traded)  # not of all of a list
    return narrow and known and of_one and (relation.slips or beside)


def _in_a_row(page: Page, value: int, inputs: tuple[int, ...]) -> bool:
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
