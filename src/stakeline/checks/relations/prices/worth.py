"""What amounts imply: the dividend of a year, a company by one holding, the rate behind several brackets."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.holdings.parts import parts
from stakeline.checks.relations.page import PRICES, QUOTES, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_PAST = re.compile(r"(?:19|20)[0-9]{2}|\b(?:ago|last year|earlier|then)\b|去年|上年|当时|當時", re.IGNORECASE)
_FEWEST = 3
"""Brackets of one pair of currencies from which one of them can be told to be wrong."""
_FAR = Decimal("0.12")
_MILLION, _THOUSANDS = 5, 100_000
"""Powers of ten from which on, and the amount up to which, the magnitude is missing; lakh and crore are two apart."""
_WITH = re.compile(
    r"[^.;]{0,40}(?:together with|\bplus|added to|on top of|\bwith the|\band an?) (?:the |an |its )?(?:earlier |already paid )?(?:interim|final)[^.;0-9]{0,24}"
    r"|[^。；;0-9]{0,8}(?:连同|連同|加上)[^。；;0-9]{0,12}",
    re.IGNORECASE,
)
"""All that stands between the two dividends of a year."""
_YEARLY = re.compile(
    r"[^.;0-9]{0,24}(?:\b(?:mak(?:es|ing)|brings|bringing|total|adds up|giving|gives|full-year)\b|全年|合共|合计|合計|共派)[^.;。；0-9]{0,24}",
    re.IGNORECASE,
)
"""All that stands between the second of them and the sum."""


def yearly(page: Page) -> Iterator[Relation]:
    """Final and interim dividend = the dividend of the year, where the words add them up."""
    for index in range(2, len(page.claims)):
        one, two = index - 2, index - 1
        each = (one, two, index)
        if {page.kind(i) for i in each} != {"dividend.per_share"} or not page.together(*each):
            continue
        if not _WITH.fullmatch(page.gap(one, two)) or not _YEARLY.fullmatch(page.gap(two, index)):
            continue
        # a dividend is printed in full: only its sum may be rounded
        claim, result = page.claims[index], Interval.exact(page.found(one).number + page.found(two).number)
        outcome = fit(claim.found, result)
        if len({page.currency(i) for i in each}) != 1 or outcome is Fit.UNDECIDED:
            continue
        yield Relation(
            target=index,
            inputs=(one, two),
            fit=outcome,
            recomputed=result,
            working=f"{shown(page.claims[one])} + {shown(page.claims[two])} = {told(result, claim)}",
            reason="The two dividends add up to it."
            if outcome is Fit.AGREES
            else f"The two dividends add up to {told(result, claim)}.",
            correction=say(result, claim, page.script),
            slips=magnitude(claim.found, result) is not None,
        )


def wholes(page: Page) -> Iterator[Relation]:
    """Value of a holding / its percentage = market value of the company.

    Values of two days may differ by any amount: only two digits changed round or a slip of magnitude is a mistake.
    """
    for index, claim in enumerate(page.claims):
        if claim.kind != "market_value" or claim.found.unit != "currency":
            continue
        values = page.near(index, lambda i: page.kind(i) == "stake.value" and page.found(i).unit == "currency")
        if len(values) != 1 or not page.one_currency((values[0], index)):
            continue
        if index < values[0] and page.together(index, values[0]):  # told last, the holding's value is worked out
            continue
        stakes = [i for i in page.near(values[0], page.is_stake) if positive(page.bounds(i))]
        tried = [_whole(page, index, values[0], stake) for stake in stakes]
        agreeing = [r for r in tried if r.fit is Fit.AGREES and page.together(*r.inputs)]
        slips = [r for r in tried if r.fit is Fit.OFF and page.same(index, *r.inputs) and _of_pen(page, r)]
        if agreeing or (len(slips) == 1 and not any(r.fit is Fit.AGREES for r in tried)):
            yield (agreeing or slips)[0]


def _of_pen(page: Page, relation: Relation) -> bool:
    """Whether a disagreement is a power of ten or two digits changed round."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a quotient it always is
    return relation.slips or transposed(page.found(relation.target), relation.recomputed.middle)


def _whole(page: Page, index: int, value: int, stake: int) -> Relation:
    """A market value against one holding's value and percentage."""
    claim = page.claims[index]
    result = page.scaled(index, page.bounds(value) * _HUNDRED / page.bounds(stake))
    outcome = fit(claim.found, result, slack=ABOUT)
    return Relation(
        target=index,
        inputs=(value, stake),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[value])} / {shown(page.claims[stake])} = {told(result, claim)}",
        reason="The value of the holding over its percentage gives it."
        if outcome is Fit.AGREES
        else f"By the value of the holding the company is worth {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


def capitals(page: Page) -> Iterator[Relation]:
    """A price x all shares, as the holdings of the paragraph have them (count / percentage) = what the company is worth at that price."""
    told_so = [i for i in range(1, len(page.claims)) if _at_price(page, i)]
    couples = [p.figures for p in parts(page) if p.couple and not p.loose] if told_so else []
    for index in told_so:
        own = [(n, share) for n, share in couples if _of_paragraph(page, index, n) and positive(page.bounds(share))]
        tried = [_capital(page, index, n, share) for n, share in own]
        off = [r for r in tried if _beyond(page, r)]
        if agreeing := [r for r in tried if r.fit is Fit.AGREES]:
            yield agreeing[0]
        elif off and not page.has(_SORTS) and not any(_excused(page, index, r) for r in tried):
            yield off[0]


def _at_price(page: Page, index: int) -> bool:
    """Whether an amount is what all shares are worth at the price right in front of it."""
    price = index - 1
    if not page.is_amount(price) or not page.together(price, index) or not page.one_currency((price, index)):
        return False
    if not (page.is_amount(index) and positive(page.bounds(price)) and page.found(index).value is not None):
        return False
    told_so = _GIVES_ALL.search(page.gap(price, index)) is not None
    return (
        page.kind(price) in PRICES | QUOTES
        if told_so
        else page.kind(price) in QUOTES and page.kind(index) == "market_value"
    )


_GIVES_ALL = re.compile(
    r"\b(?:market (?:cap\w*|value)|capitali[sz]ation)\b|\b(?:values?|valuing|gives?|giving|makes?|making) (?:it|the (?:company|firm|group|business))\b|市[值價]",
    re.IGNORECASE,
)
"""Between a price and what a company is worth at it."""
_SORTS = re.compile(
    r"\b(?-i:[ABH])[- ]shares?\b|\bclass [ABC]\b|[ABH][类類]?[^。；]{0,3}股|\bAD[SR]s?\b|depositary|preference|treasury|votes|voting|存[托託]|預託|预托",
    re.IGNORECASE,
)
"""Shares of several sorts: a percentage may be of one of them. "A share" is a sort only with its capital."""
_FINE = Decimal("1.08")
"""How exactly a holding must tell the number of all shares."""
_NO_OTHER_DAY = Decimal("0.08")
"""How far a worth must be from all of them: shares are issued and bought back."""
_SENTENCES = 4
_PEN_DIGITS = 3


def _of_paragraph(page: Page, index: int, count: int) -> bool:
    """Whether a count stands near an amount, in its own paragraph or of the very company that is worth it."""
    near = abs(page.found(index).sentence - page.found(count).sentence) <= _SENTENCES
    issuer = page.claims[index].issuer
    return near and ("\n" not in page.gap(index, count) or (issuer is not None and issuer == page.claims[count].issuer))


def _ratio(page: Page, relation: Relation) -> Decimal:
    """How many times what it should be a figure is."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    return page.found(relation.target).number / relation.recomputed.middle


def _beyond(page: Page, relation: Relation) -> bool:
    """Whether a worth is off by more than a change of capital explains, and by less than tells of another company."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a product it always is
    exact = relation.recomputed.high <= relation.recomputed.low * _FINE
    close = 1 / _SAME_SIZE < _ratio(page, relation) < _SAME_SIZE and not _is_near(page, relation)
    pen = mistyped(page.found(relation.target), Interval.exact(relation.recomputed.middle), _PEN_DIGITS)
    return relation.fit is Fit.OFF and exact and (relation.slips or close or pen)


def _is_near(page: Page, relation: Relation) -> bool:
    """Whether a change of capital explains what a worth is off by."""
    return abs(_ratio(page, relation) - 1) <= _NO_OTHER_DAY


def _holds(page: Page, index: int, relation: Relation) -> bool:
    """Whether a worth is that of the shares of the holding alone."""
    price, count, _ = relation.inputs
    return (
        fit(page.found(index), page.scaled(index, page.bounds(price) * page.bounds(count)), slack=ABOUT) is Fit.AGREES
    )


_SAME_SIZE = Decimal(2)


def _excused(page: Page, index: int, relation: Relation) -> bool:
    """Whether a change of capital, the shares of one holding alone or another price explain a worth."""
    _, count, share = relation.inputs
    return _is_near(page, relation) or _holds(page, index, relation) or _by_other(page, index, count, share)


def _by_other(page: Page, index: int, count: int, share: int) -> bool:
    """Whether a worth is at another price near by: that of the offer, where the one in front of it stood before."""
    others = page.near(index, lambda i: page.is_amount(i) and page.kind(i) in PRICES | QUOTES, 1)
    return any(
        fit(page.found(index), _all_shares(page, index, p, count, share), slack=ABOUT) is Fit.AGREES
        for p in others
        if positive(page.bounds(p)) and page.one_currency((p, index))
    )


def _all_shares(page: Page, index: int, price: int, count: int, share: int) -> Interval:
    """A price x all shares as one holding has them, in the unit of an amount."""
    return page.scaled(index, page.bounds(price) * page.bounds(count) * _HUNDRED / page.bounds(share))


def _capital(page: Page, index: int, count: int, share: int) -> Relation:
    """A worth at the price in front of it against all shares as one holding has them."""
    claim, inputs = page.claims[index], (index - 1, count, share)
    result = _all_shares(page, index, *inputs)
    each, held, part = (shown(page.claims[i]) for i in inputs)
    outcome = fit(claim.found, result, slack=ABOUT)
    return Relation(
        target=index,
        inputs=inputs,
        fit=outcome,
        recomputed=result,
        working=f"{each} x {held} / {part} = {told(result, claim)}",
        reason="The price and all shares, by a holding, give it."
        if outcome is Fit.AGREES
        else f"At that price all shares, by a holding, are worth {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


_CAPITAL = re.compile(r"(?:market (?:cap\w*|value)|市[值價]|valued)[^0-9.;。；]*$", re.IGNORECASE)
"""In front of what the whole company is worth."""
_WORTH = re.compile(r"(?:\bworth|(?<![市价價])值)(?:约|約| about| some)?\s*$", re.IGNORECASE)


def _is_worth(page: Page, index: int) -> bool:
    """Whether an amount is what a holding is worth."""
    kind = page.kind(index)
    return kind == "stake.value" or (
        kind in {"market_value", "transaction.value", "other.amount"} and _WORTH.search(page.lead(index)) is not None
    )


def holdings_worth(page: Page) -> Iterator[Relation]:
    """A holding's percentage x the company's market value = its worth, where the article has just one of each.

    Values of two days may differ by any amount: only two digits changed round or a slip of magnitude is a mistake.
    """
    values = [i for i in range(len(page.claims)) if page.is_amount(i) and _is_worth(page, i)]
    wholes_ = [i for i in range(len(page.claims)) if page.is_amount(i) and _CAPITAL.search(page.lead(i))]
    values = [i for i in values if i not in wholes_]
    sold = {
        i for i, claim in enumerate(page.claims) if claim.kind == "transaction.stake_pct" and claim.found.unit == "pct"
    }
    stakes = [i for i in range(len(page.claims)) if (page.is_stake(i) or i in sold) and positive(page.bounds(i))]
    if len(values) != 1 or len(wholes_) != 1 or len(stakes) != 1:
        return
    value, whole, stake = values[0], wholes_[0], stakes[0]
    claim = page.claims[value]
    result = page.scaled(value, page.bounds(whole) * page.bounds(stake) / _HUNDRED)
    if not page.one_currency((value, whole)) or not page.same(value, whole, stake):
        return
    if page.bounds(whole).low <= page.bounds(value).high:
        return
    outcome = fit(claim.found, result)
    pen = transposed(claim.found, result.middle) or magnitude(claim.found, result) is not None
    if outcome is Fit.AGREES or (outcome is Fit.OFF and pen):
        yield Relation(
            target=value,
            inputs=(stake, whole),
            fit=outcome,
            recomputed=result,
            working=f"{shown(page.claims[stake])} x {shown(page.claims[whole])} = {told(result, claim)}",
            reason="The percentage of the market value gives it."
            if outcome is Fit.AGREES
            else f"By the market value the holding is worth {told(result, claim)}.",
            correction=say(result, claim, page.script),
            slips=magnitude(claim.found, result) is not None,
        )


def brackets(page: Page) -> Iterator[Relation]:
    """Conversions of one pair of currencies against each other, where no rate is known: an article uses one rate."""
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for index in range(1, len(page.claims)):
        origin = index - 1
        one, other = page.currency(origin), page.currency(index)
        bracket = page.found(index).bracket and page.found(index).unit == "currency"
        if not bracket or not page.together(origin, index) or page.found(origin).unit != "currency":
            continue
        if one is None or other is None or one == other or not positive(page.bounds(origin)):
            continue
        if page.on is None or page.rate is None or page.rate(page.on, one, other) is None:
            pairs.setdefault((one, other), []).append((origin, index))
    for group in pairs.values():
        if len(group) >= _FEWEST:
            yield from _one_rate(page, group)


def _one_rate(page: Page, group: list[tuple[int, int]]) -> Iterator[Relation]:
    """Each bracket at the rate in the middle; off only where it is far away and the words name no other time."""
    rates = sorted((page.bounds(index) / page.bounds(origin) for origin, index in group), key=lambda r: r.middle)
    rate = rates[len(rates) // 2]
    agreeing = sum(abs(r.middle / rate.middle - 1) <= ABOUT for r in rates)
    if agreeing < len(rates) - 1 or not positive(rate):
        return
    for origin, index in group:
        claim = page.claims[index]
        result = page.scaled(index, page.bounds(origin) * rate)
        outcome = fit(claim.found, result, slack=ABOUT)
        far = fit(claim.found, result, slack=_FAR) is Fit.OFF
        around = page.text[max(claim.found.start - 160, 0) : claim.found.end + 60]
        if outcome is Fit.UNDECIDED or (outcome is Fit.OFF and (not far or _PAST.search(around))):
            continue
        if outcome is Fit.OFF and _lacks_unit(page, origin, index, result):
            yield _bracket(page, origin, index, page.scaled(origin, page.bounds(index) / rate), outcome)
            continue
        yield _bracket(page, index, origin, result, outcome)


def _lacks_unit(page: Page, origin: int, index: int, result: Interval) -> bool:
    """Whether an amount stands without the million that its conversion has: "Rs 1,254.6 ($167 million)"."""
    power = magnitude(page.found(index), result) or 0
    return power >= _MILLION and page.found(origin).number < _THOUSANDS < page.found(index).number


def _bracket(page: Page, target: int, other: int, result: Interval, outcome: Fit) -> Relation:
    claim = page.claims[target]
    return Relation(
        target=target,
        inputs=(other,),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[other])} at the rate of the other brackets = {told(result, claim)}",
        reason="It has the rate of the article's other brackets."
        if outcome is Fit.AGREES
        else f"At the rate of the article's other brackets it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
