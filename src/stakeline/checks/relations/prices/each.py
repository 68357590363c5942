"""What is paid or earned for one share against the same for many: dividends, earnings, the gain of a sale."""

import re
from collections.abc import Callable, Iterator

import msgspec

from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.page import PRICES, QUOTES, TRADED, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_PER_SHARE = frozenset({"dividend.per_share", "result.eps"})
_COUNTS = TRADED | {"shares.issued", "stake.before_shares", "stake.after_shares"}
_SINGLE = re.compile(r" ?(?:each\b|apiece|a share|per share|(?:for )?(?:each|every) share|/股|每股)", re.IGNORECASE)
_SINGLE_BEFORE = re.compile(r"每股[^0-9,，。;；]{0,8}$")
_OF_YEAR = re.compile(
    r"dividend|earn(?:s|ed|ings)|\beps\b|payout|distribution|股息|派息|派发|派發|盈利|收益|分红|分紅", re.IGNORECASE
)
"""Around an amount for one share: it is a dividend or what one share earns, no price."""
_NEVER = frozenset(
    {
        "market_value",
        "market_value.change",
        "fx.conversion",
        "fx.rate",
        "result.revenue",
        "segment.revenue",
        "result.prior_value",
    }
)
_NEAR = 3
"""Counts that are tried for an amount."""


def each(page: Page) -> Iterator[Relation]:
    """Dividend or earnings per share x shares = what all of them get or earn."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "currency" or claim.kind in _NEVER | PRICES | QUOTES or _is_single(page, index):
            continue
        singles = page.near(index, lambda i: _is_single(page, i))
        if len(singles) != 1 or not page.one_currency((singles[0], index)) or not page.same(singles[0], index):
            continue
        counts = [
            n
            for n in page.near(index, lambda i: _is_count(page, i))
            if page.together(n, index) or page.together(n, singles[0])
        ]
        yield from _clearest([_total(page, index, singles[0], n) for n in counts[:_NEAR]])


def _clearest(tried: list[Relation]) -> Iterator[Relation]:
    """One that agrees; else the only one that a slip of the pen explains."""
    agreeing = [r for r in tried if r.fit is Fit.AGREES]
    slips = [r for r in tried if r.fit is Fit.OFF and r.slips]
    if agreeing:
        yield agreeing[0]
    elif len(slips) == 1:
        yield slips[0]


def _is_single(page: Page, index: int) -> bool:
    """Whether an amount is the dividend on one share, or what one share earns."""
    if page.found(index).unit != "currency" or not page.found(index).value:
        return False
    if page.kind(index) in _PER_SHARE:
        return True
    return of_one_share(page, index) and _OF_YEAR.search(page.lead(index)) is not None


def of_one_share(page: Page, index: int) -> bool:
    """Whether the words right beside an amount say that it is for one share."""
    return bool(_SINGLE.match(page.tail(index)) or _SINGLE_BEFORE.search(page.lead(index)))


def _is_count(page: Page, index: int) -> bool:
    return page.kind(index) in _COUNTS and page.found(index).value is not None and positive(page.bounds(index))


def _total(page: Page, index: int, single: int, count: int) -> Relation:
    """An amount against so much a share; where it is the year's profit, what one share earns of it is the derived figure."""
    one = page.bounds(single) / Interval.exact(_per(page, single))
    if page.kind(index).startswith("result."):
        target, inputs = single, (index, count)
        result = page.scaled(single, page.bounds(index) / page.bounds(count) * Interval.exact(_per(page, single)))
        working, reason = (
            f"{shown(page.claims[index])} / {shown(page.claims[count])}",
            "The profit over those shares is",
        )
    else:
        target, inputs = index, (single, count)
        result = page.scaled(index, one * page.bounds(count))
        working, reason = f"{shown(page.claims[single])} x {shown(page.claims[count])}", "On those shares that is"
    return _relation(page, target, inputs, result, working, reason)


def _per(page: Page, single: int) -> int:
    """For how many shares an amount is: mainland companies pay per ten, 每10股派2.5元."""
    start = page.found(single).start
    return 10 if _TEN.search(page.text[max(start - _LEAD, 0) : start]) else 1


_TEN = re.compile(r"每(?:10|十)股[^0-9,，。;；]*$|\bper (?:10|ten) shares[^0-9,.;]*$", re.IGNORECASE)
_LEAD = 24


def _relation(
    page: Page, target: int, inputs: tuple[int, ...], result: Interval, working: str, reason: str
) -> Relation:
    claim = page.claims[target]
    outcome = fit(claim.found, result)
    pen = mistyped(claim.found, result) or transposed(claim.found, result.middle)
    return Relation(
        target=target,
        inputs=inputs,
        fit=outcome,
        recomputed=result,
        working=f"{working} = {told(result, claim)}",
        reason="The amount for one share gives it." if outcome is Fit.AGREES else f"{reason} {told(result, claim)}.",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=positive(result) and (pen or magnitude(claim.found, result) is not None),
    )


_GAIN = re.compile(r"\b(?:gain|profit|pocket|made|earn|los[st])|获利|獲利|赚|賺|收益|浮盈|蚀|蝕|亏|虧", re.IGNORECASE)
_NET = re.compile(
    r"(?<![不未][计計扣])[税稅]|账面值|帳面值|会计|會計|股息|dividend|(?<!before )\btax|fees|accounting|book",
    re.IGNORECASE,
)
"""Around a gain: it is not just the price less the cost."""
_BEFORE = 120


_REALISED = re.compile(
    r"\b(?:trading|capital|investment) (?:profits?|gains?) (?:of|worth)(?: about| some| around| nearly| over)? $|\b(?:gain|profit) of (?:about |some |around |nearly |over )?$"
    r"|(?:[获獲]利|淨賺|净赚|勁賺|劲赚|[賺赚]得?|利益)(?:了|逾|約|约|近|達|达|超過|超过|最多)*$",
    re.IGNORECASE,
)
"""In front of what a seller earned by a sale."""
_ALL_HIS = re.compile(
    r"\b(?:including|remaining|unrealised|unrealized|paper|remeasur\w+|revalu\w+|so far|total of|cumulative|quarter|half|annual|years?|since|earlier|previous\w*|later|last (?:month|week))\b|[账帳帐]面|[浮賬]|累[计計]|重估|重新[计計]量|公允|全年|季|[净淨]利|上半年|去年|今年|[此早先之]前|[剩余餘曾]",
    re.IGNORECASE,
)
"""Around a gain: it is of more than the shares told of with it."""
_BY_SALE = re.compile(
    r"\b(?:th(?:e|is|at)(?: [a-z-]+)? (?:sale|deal|trade|transaction|disposal)|thereby)\b|[該该此][次項项]?(?:交易|出售|[减減]持)",
    re.IGNORECASE,
)
"""In the sentence of a gain behind that of the sale: what it was earned by."""
_FAR_BEYOND = 2
"""How many times what shares were sold for a gain is that is no other sum."""


def beyond(page: Page) -> Iterator[Relation]:
    """Nobody earns more by selling shares than they are sold for: a gain against the only count and price told with it."""
    for index, claim in enumerate(page.claims):
        if not page.is_amount(index) or page.is_price(index) or claim.found.value is None:
            continue
        counts, prices = page.near(index, page.is_traded), page.near(index, page.is_price)
        if len(counts) != 1 or len(prices) != 1 or page.currency(prices[0]) != page.currency(index):
            continue
        parts = (index, counts[0], prices[0])
        words = page.gap(min(parts), max(parts)) + "|" + page.around(index, _BEFORE, 60)
        if not _REALISED.search(page.lead(index)) or _NET.search(words) or _ALL_HIS.search(words):
            continue
        most = page.scaled(index, page.bounds(counts[0]) * page.bounds(prices[0]))
        of_sale = page.together(*parts) or _BY_SALE.search(page.around(index, _BEFORE, 60))
        if not of_sale or not page.together(*parts[1:]) or page.found(index).number <= _FAR_BEYOND * most.high:
            continue
        relation = _relation(
            page, index, parts[1:], most, f"{shown(page.claims[counts[0]])} x {shown(page.claims[prices[0]])}", ""
        )
        reason = f"The shares were sold for {told(most, claim)}: more cannot have been earned by that."
        yield msgspec.structs.replace(relation, reason=reason, correction=None, vouches=False)


def gains(page: Page) -> Iterator[Relation]:
    """Shares x (price - cost) = gain, where a sentence or two have one count and two prices; what was got is no gain."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "currency" or claim.kind not in _GAINS:
            continue
        counts = _nearest(page, index, page.is_traded, 1) or _nearest(page, index, lambda i: page.kind(i) in _HELD, 1)
        prices = _nearest(page, index, lambda i: page.is_price(i) or page.kind(i) in PRICES | QUOTES, 2)
        if len(counts) != 1 or len(prices) != 2 or not page.one_currency((index, *prices)):
            continue
        ranged = {page.kind(p) for p in prices} == _ENDS
        if ranged or _are_lots(page, counts[0], prices) or _of_other_sale(page, index, counts[0], prices):
            continue
        if _GAIN.search(page.around(index, _BEFORE, 0)) and not _NET.search(page.around(index, 60, 40)):
            yield from _gain(page, index, counts[0], sorted(prices, key=lambda i: page.bounds(i).middle))


def _nearest(page: Page, index: int, wanted: Callable[[int], bool], number: int) -> list[int]:
    """The figures of a part in a gain's own sentence, where it has just as many as needed, else with those around it."""
    own = page.near(index, wanted, 0)
    return own if len(own) == number else page.near(index, wanted)


def _are_lots(page: Page, count: int, prices: list[int]) -> bool:
    """Whether two prices are those of two parts of a count, each told behind its own: neither is what the shares had cost."""
    parts = [p - 1 for p in prices if p and _is_number(page, p - 1) and page.together(p - 1, p)]
    if len(parts) != len(prices) or count in parts:
        return False
    return fit(page.found(count), page.bounds(parts[0]) + page.bounds(parts[1])) is Fit.AGREES


def _of_other_sale(page: Page, index: int, count: int, prices: list[int]) -> bool:
    """Whether a price of another sentence has an amount there that the count does not give with it: it is of other shares."""
    return any(
        fit(page.found(v), page.scaled(v, page.bounds(count) * page.bounds(p))) is Fit.OFF
        for p in prices
        if not page.together(p, index) and not page.together(p, count)
        for v in page.near(p, lambda i: page.is_paid(i) and page.found(i).value is not None, 0)
    )


_ENDS = frozenset({"transaction.price_low", "transaction.price_high"})
"""Of two prices that are these neither is what the shares had cost."""
_GOT = re.compile(r"\b(?:pocket|made|earn)\w*", re.IGNORECASE)
"""In front of an amount: what was got is said in these words, too."""
_HELD = frozenset({"stake.before_shares", "stake.after_shares"})
_GAINS = frozenset({"transaction.gain", "transaction.value", "other.amount", "stake.value"})


def _by_other_count(page: Page, index: int, margin: Interval) -> bool:
    """Whether a count from farther off earned a gain: beside it stands what was not sold."""
    counts = page.near(index, page.is_traded, _FARTHER)
    if any(fit(page.found(index), page.scaled(index, page.bounds(n) * margin)) is Fit.AGREES for n in counts):
        return True
    every = page.near(index, lambda i: _is_number(page, i))
    amounts = page.near(index, lambda i: page.is_amount(i) and page.found(i).value is not None, 1)
    steps = (page.bounds(one) - page.bounds(other) for one in amounts for other in amounts if one != index != other)
    return any(
        fit(page.found(index), page.scaled(index, page.bounds(n) * step)) is Fit.AGREES
        for step in steps
        if positive(step)
        for n in every
    )


def _is_number(page: Page, index: int) -> bool:
    """Whether a figure counts shares, or rights to them, whatever it was taken for."""
    found = page.found(index)
    return found.unit in {"shares", "count"} and found.value is not None and positive(page.bounds(index))


_FARTHER = 5
"""Sentences within which a count may be of a gain."""


def _gain(page: Page, index: int, count: int, prices: list[int]) -> Iterator[Relation]:
    cost, price = prices
    margin = page.bounds(price) - page.bounds(cost)
    if not positive(margin):
        return
    result = page.scaled(index, page.bounds(count) * margin)
    working = f"{shown(page.claims[count])} x ({shown(page.claims[price])} - {shown(page.claims[cost])})"
    relation = _relation(page, index, (count, price, cost), result, working, "At that price and that cost the gain is")
    lead = re.split(r"[,，]", page.lead(index))[-1]
    named = page.kind(index) == "transaction.gain" or _GAIN.search(lead) is not None
    got = fit(page.found(index), page.scaled(index, page.bounds(count) * page.bounds(price))) is Fit.AGREES
    if relation.fit is Fit.AGREES:
        yield msgspec.structs.replace(relation, reason="Shares x (price - cost) gives it.", vouches=False)
    elif (got and _GOT.search(lead)) or _by_other_count(page, index, margin):
        return
    elif relation.fit is Fit.OFF and named and (got or relation.slips or page.kind(index) == "transaction.gain"):
        yield msgspec.structs.replace(relation, settles=got)
