"""Shares, prices and proceeds of trades: their product, parts and totals, averages inside their range, implied counts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations_fit import Fit, fit, magnitude, slip
from stakeline.checks.relations_money import reference_rate
from stakeline.checks.relations_page import NEAR, PAID, Page, Relation, positive
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_LOOSE = re.compile(
    r"(?:combined|overall|so far|cumulative|since|remaining|remainder|leaving|plan|programme|program|up to|as much as|net of|after (?:tax|fees|costs)|"
    r"also|another|including|worth of|stake worth|holding worth|valued|累计|累計|剩余|剩餘|余下|餘下|尚餘|淨額|净额|计划|計劃|另|包括|不超过|不超過|成交(?:金额|金額|额|額)|turnover)[^0-9]*$",
    re.IGNORECASE,
)
"""In front of an amount: it may be of more, or of less, than the trade beside it."""
_WHOLE = re.compile(r"(?:total|altogether|in all|合共|合计|合計|总计|總計|共计|共計)[^0-9]*$", re.IGNORECASE)
"""In front of the sum of several trades, or of one."""
_IMPLIED = re.compile(
    r"(?:约合|約合|相当于|相當於|折合|即|\bor|\bequal to|equivalent to|works out at|implying|that is)[^0-9]{0,14}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)
_TENDER = re.compile(r"tender|acceptance|offer to buy back|要约|要約|接纳|接納")
_SUM = re.compile(
    r"(?:(?:together(?! with)|in total|altogether|combined|a total of|totall?ing|in all|for a total|both)[^0-9.;]{0,24}|(?:合共|合计|合計|总计|總計|共计|共計|一共|两项|兩項|二者|累计|累計)[^0-9。；]{0,12})$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[ ,]*(?:in total|altogether|together|combined|in all)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"[ ,，、;；(（]*(?:for |or |and |making )?(?:a total of|in total|together|combined|合共|合计|合計|共计|共計)[ 持有约約为為]*",
    re.IGNORECASE,
)
"""All that stands between the last part and its total."""
_BOTH = re.compile(r"(?:the two|both|两项|兩項|二者|兩者|两者|together(?! with))[^0-9]*$", re.IGNORECASE)
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
_APART = Decimal("0.05")
"""How far a product must be from an amount where nothing but their order tells that they belong together."""
_OTHER = re.compile(
    r"\b(?:bought at|acquired at|cost of|paid|market value|worth at|compared|versus|against|option|respectively|each of|both)\b|成本|市值|分别|分別|各自|較|较",
    re.IGNORECASE,
)
"""Between them: one is of another trade, or several are told of at once."""
_HALF_SO_MUCH, _TWICE = Decimal("0.4"), Decimal("2.5")


def products(page: Page) -> Iterator[Relation]:
    """Shares x price = what was paid or raised."""
    spent: set[int] = set()
    open_: list[tuple[int, list[Relation]]] = []
    for value in (i for i in range(len(page.claims)) if page.is_paid(i)):
        tried = _tried(page, value)
        agreeing = [r for r in tried if r.fit is Fit.AGREES]
        if agreeing:
            best = min(agreeing, key=lambda r: r.rank)
            spent.update(best.inputs)
            yield _derived(page, value, best)
        elif tried:
            open_.append((value, tried))
    for value, tried in open_:
        left = [
            r
            for r in tried
            if _certain(page, value, r) and (not spent.intersection(r.inputs) or _beside(page, value, r))
        ]
        if left:
            yield _blamed(page, value, min(left, key=lambda r: r.rank))


def _tried(page: Page, value: int) -> list[Relation]:
    """An amount against the products of the shares and prices near it, nearest first."""
    shares = page.near(value, page.is_traded, 2)[:_FEW]
    prices = page.near(value, page.is_price, 2)[:_FEW]
    tried = [
        _product(page, value, n, (p,))
        for n in shares
        for p in prices
        if page.one_currency((p, value))
        and _mates(page, n, p)
        and ((n, p) == (shares[0], prices[0]) or _multiplies(page, value, n, p) or _in_a_row(page, value, (n, p)))
    ]
    for n in shares:
        low = next((p for p in prices if _end(page, p) == "low"), None)
        high = next((p for p in prices if _end(page, p) == "high"), None)
        if low is not None and high is not None and page.one_currency((low, high, value)) and _mates(page, n, low):
            tried.append(_product(page, value, n, (low, high)))
    tried += [
        r
        for n in shares[:2]
        for p in prices[:2]
        if _mates(page, n, p) and (r := _foreign(page, value, n, p)) is not None
    ]
    tried += _two_trades(page, value, shares, prices)
    return [r for r in tried if isinstance(r.recomputed, Interval) and positive(r.recomputed)]


def _mates(page: Page, shares: int, price: int) -> bool:
    """Whether a count and a price can be of one trade: of one sentence, or neither with another partner in its own."""
    if page.together(shares, price):
        return True
    return page.alone(price, page.is_traded) and page.alone(shares, page.is_price)


def _multiplies(page: Page, value: int, shares: int, price: int) -> bool:
    """Whether a product can be an amount at all: only of the nearest shares and price is it told why not."""
    product = page.scaled(value, page.bounds(shares) * page.bounds(price)).middle
    return product * Decimal("0.7") < page.found(value).number < product * Decimal("1.3")


def _end(page: Page, price: int) -> str | None:
    kind = page.kind(price)
    if kind in {"transaction.price_low", "transaction.price_high"}:
        return kind.rsplit("_", 1)[1]
    return page.found(price).bound


def _product(page: Page, value: int, shares: int, prices: tuple[int, ...]) -> Relation:
    ends = [page.bounds(p) for p in prices]
    price = ends[0] if len(ends) == 1 else Interval(min(e.low for e in ends), max(e.high for e in ends))
    result = page.scaled(value, page.bounds(shares) * price)
    claim, vague = page.claims[value], [page.found(i) for i in (shares, *prices) if page.found(i).approx]
    slack = Decimal("0.03") if vague else None
    left = " to ".join(shown(page.claims[p]) for p in prices)
    working = f"{shown(page.claims[shares])} x {left} = {told(result, claim)}"
    outcome = fit(page.found(value), result, slack=slack)
    if len(prices) == 1 and positive(result) and result.high > _COARSE * result.low:
        middle = fit(page.found(value), Interval.exact(result.middle), slack=_EXACT)
        away = magnitude(page.found(value), Interval.exact(result.middle))
        if (outcome is Fit.AGREES and middle is not Fit.AGREES) or (outcome is Fit.OFF and away is None):
            outcome = Fit.UNDECIDED
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
    end = _end(page, price)
    if slip(page.found(value), result) is not None:
        return False
    own = page.found(value).number
    return (end == "low" and own > result.low) or (end == "high" and own < result.high)


def _two_trades(page: Page, value: int, shares: list[int], prices: list[int]) -> list[Relation]:
    """n1 x p1 + n2 x p2: the two nearest trades in front of a total, in order."""
    ns, ps = (sorted(i for i in group if i < value) for group in (shares, prices))
    if len(ns) < 2 or len(ps) < 2 or not page.one_currency((*ps[-2:], value)):
        return []
    one, two = (page.bounds(n) * page.bounds(p) for n, p in zip(ns[-2:], ps[-2:], strict=True))
    result = page.scaled(value, one + two)
    if fit(page.found(value), result) is not Fit.AGREES:
        return []
    names = [f"{shown(page.claims[n])} x {shown(page.claims[p])}" for n, p in zip(ns[-2:], ps[-2:], strict=True)]
    return [
        Relation(
            target=value,
            inputs=(*ns[-2:], *ps[-2:]),
            fit=Fit.AGREES,
            recomputed=result,
            working=f"{' + '.join(names)} = {told(result, page.claims[value])}",
            reason="The two trades add up to it.",
            vouches=True,
            rank=_distance(page, value, (*ns[-2:], *ps[-2:])) + 1000,
        )
    ]


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
    if relation.fit is not Fit.OFF or _beside(page, value, relation):
        return relation.fit is Fit.OFF
    if not page.same(value, *relation.inputs):
        return False
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
        loose = _LOOSE.search(page.lead(value)) or _WHOLE.search(page.lead(value))
        return page.together(value, *relation.inputs) or not loose
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    ratio = page.found(value).number / relation.recomputed.middle
    return (
        page.together(value, *relation.inputs)
        and page.alone(shares, page.is_traded)
        and page.alone(value, page.is_paid)
        and all(page.alone(p, lambda i: page.is_price(i) and i not in prices) for p in prices)
        and not _LOOSE.search(page.lead(value))
        and (not _WHOLE.search(page.lead(value)) or len(page.near(value, page.is_traded, 2)) == 1)
        and not page.aside(value, *relation.inputs)
        and not _AFTER.search(page.gap(min(value, *relation.inputs), max(value, *relation.inputs)))
        and not any(page.claims[i].measure == "planned" for i in (value, *relation.inputs))
        and _HALF_SO_MUCH < ratio < _TWICE
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
    return abs(ratio - 1) > _APART and _HALF_SO_MUCH / 2 < ratio < _TWICE * 2


def _exact(page: Page, value: int, relation: Relation) -> bool:
    """Whether figures of two sentences are told exactly enough, and of one trade, for a difference to mean anything."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    narrow = relation.recomputed.high <= relation.recomputed.low * _NARROW
    known = page.kind(value) in PAID or page.together(value, *relation.inputs[1:])
    return narrow and known and (relation.slips or page.together(value, *relation.inputs[1:]))


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
    if len(gap) > _LONG or page.aside(*parts) or _AFTER.search(gap) or _LOOSE.search(lead) or _OTHER.search(gap):
        return False
    several = _WHOLE.search(lead) and not page.alone(inputs[0], page.is_traded)
    known = all(page.currency(p) is not None for p in inputs[1:])
    return not several and known and not any(page.claims[i].measure == "planned" for i in parts)


def _blamed(page: Page, value: int, relation: Relation) -> Relation:
    """A disagreeing product speaks against the amount; in a tender for the company's own shares a slip is in the count.

    A company makes an offer to all holders for a sizeable part of its shares: of a count and an amount that are a power of
    ten apart the larger is then right.
    """
    shares, *prices = relation.inputs
    power = magnitude(page.found(value), relation.recomputed) if isinstance(relation.recomputed, Interval) else None
    tender = page.kind(shares) == "buyback.shares" and page.has(_TENDER)
    if (
        power == -2 and page.found(value).currency == page.found(prices[0]).currency == "GBP"
    ):  # pounds printed for pence
        return against_price(page, value, shares, prices[0])
    if power is None or power < 3 or not tender or len(prices) != 1:
        return relation
    return against_shares(page, value, shares, prices[0])


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


def totals(page: Page) -> Iterator[Relation]:
    """Parts and their total, where words call it one: "together 39.91%", 合共3,386,214股."""
    for total, claim in enumerate(page.claims):
        found = claim.found
        if (
            found.value is None
            or found.bracket
            or not (_SUM.search(page.lead(total)) or _BEHIND.match(page.tail(total)))
        ):
            continue
        alike = sorted(
            i
            for i in page.near(total, lambda i: _alike(page, i, total))  # noqa: B023 -- used at once
            if i < total
        )
        kin = [
            i
            for i in alike
            if page.kind(i) == page.kind(total) and page.found(total).sentence - page.found(i).sentence <= 1
        ]
        yield from _sum(page, total, kin if len(kin) == 2 and not _fits(page, total, alike) else alike)


def _fits(page: Page, total: int, parts: list[int]) -> bool:
    """Whether some of the parts in front of a total add up to it."""
    return any(r.fit is Fit.AGREES for r in _sum(page, total, parts))


def _alike(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one), page.found(other)
    return a.unit == b.unit and a.value is not None and a.currency == b.currency and page.kind(one) != "fx.conversion"


def _sum(page: Page, total: int, parts: list[int]) -> Iterator[Relation]:
    """A total against its last two, three, four parts; off only where words say that there are just these two."""
    found, claim = page.found(total), page.claims[total]
    off: Relation | None = None
    for count in range(2, min(len(parts), NEAR) + 1):
        chosen = parts[-count:]
        result = Interval.exact(0)
        for part in chosen:
            result += page.found(part).bounds()
        outcome = fit(found, result)
        relation = Relation(
            target=total,
            inputs=tuple(chosen),
            fit=outcome,
            recomputed=result,
            working=f"{' + '.join(shown(page.claims[p]) for p in chosen)} = {told(result, claim)}",
            reason="The parts add up to it."
            if outcome is Fit.AGREES
            else f"The parts add up to {told(result, claim)}.",
            correction=say(result, claim, page.script),
            vouches=True,
            slips=magnitude(found, result) is not None,
        )
        if outcome is Fit.AGREES:
            yield relation
            return
        kinds = {page.kind(p) for p in chosen}
        if count == 2 and outcome is Fit.OFF and len(kinds) == 1 and page.together(total, *chosen):
            off = relation
    if off is None or len(parts) != 2:
        return
    if off.slips or _BOTH.search(page.lead(total)) or _NEXT.fullmatch(page.gap(parts[-1], total)):
        yield off


def averages(page: Page) -> Iterator[Relation]:
    """An average price lies between the lowest and the highest."""
    for low in (i for i in range(len(page.claims)) if page.is_price(i) and _end(page, i) == "low"):
        highs = page.near(low, lambda i: page.is_price(i) and _end(page, i) == "high", 0)
        means = [
            i for i in page.near(low, page.is_price, 0) if page.kind(i) == "transaction.avg_price" and not _end(page, i)
        ]
        if len(highs) != 1 or len(means) != 1 or not page.one_currency((low, highs[0], means[0])):
            continue
        if not page.same(low, highs[0], means[0]) or not page.alone(
            low, lambda i: page.is_price(i) and _end(page, i) == "low"
        ):
            continue
        trades = page.near(low, page.is_traded, 0)
        spread = (low, highs[0], means[0])
        if len(trades) > 1 or page.aside(*spread) or _AFTER.search(page.gap(min(spread), max(spread))):
            continue
        a, b = page.found(low), page.found(highs[0])
        if b.bounds().high < a.bounds().low:
            continue
        span = Interval(page.bounds(low).low, max(page.bounds(highs[0]).high, page.bounds(low).low))
        mean = page.bounds(means[0])
        if mean.meet(span) is None:
            result = page.scaled(means[0], span)
            yield Relation(
                target=means[0],
                inputs=(low, highs[0]),
                fit=Fit.OFF,
                recomputed=result,
                working=f"{shown(page.claims[low])} <= average <= {shown(page.claims[highs[0]])}",
                reason=f"An average of {page.found(means[0]).text} does not lie between {a.text} and {b.text}.",
            )
