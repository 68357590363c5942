"""What belongs together in a plan or an offer: what it brings in gross and net, and the ceilings of its parts and of the whole."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.elsewhere import converted
from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped
from stakeline.checks.relations.holdings.stakes import is_change
from stakeline.checks.relations.page import PAID, PRICES, QUOTES, Page, Relation, positive
from stakeline.checks.relations.prices.each import of_one_share
from stakeline.checks.relations.trades.certain import one_year
from stakeline.checks.relations.trades.tied import DOWN, UP, base_of
from stakeline.checks.relations.trades.whose import is_known
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_FILL = r"(?:\s*(?:将|將|预计|預計|约|約|为|為|达|達|是|款项|款項|人民[币幣]|港[币幣]))*$"
_GROSS = re.compile(
    rf"\bgross (?:proceeds|amount|funds|sum)\b[^0-9.;,]{{0,60}}$|\bgross (?:of )?$|(?:总额|總額|毛额|毛額){_FILL}",
    re.IGNORECASE,
)
_NET = re.compile(
    rf"\bnet (?:proceeds|amount)\b[^0-9.;,]{{0,60}}(?:,[^0-9.;,]{{0,24}})?$|\bnet $|(?:净额|淨額|净筹|淨籌|净集资|淨集資){_FILL}",
    re.IGNORECASE,
)
_REACH = 80
_BEHIND = (
    re.compile(r"\s*\(?gross\b(?! margin| profit)", re.IGNORECASE),
    re.compile(r"\s*\(?net\b(?! of)", re.IGNORECASE),
)
"""In front of an amount, or behind it: whether costs are still to be taken from it."""
_RAISED = re.compile(
    r"proceeds|rais(?:e|ed|ing)|placing|placement|offering|issue|集[资資]|募[资資集]|筹|籌|配售|配股|[认認]购|[认認]購|所得|[发發]行",
    re.IGNORECASE,
)
_MOST = Decimal("1.3")
"""Further above the gross amount a net one is of something else."""
_TOGETHER = re.compile(
    r"(?:\b(?:together(?! with)|combined|in total|altogether|jointly|a total of)\b[^0-9.;]{0,28}|(?:合[计計共]|[总總共][计計]|[两兩]者[^0-9,，]{0,4}|[总總]共)[^0-9,，。；]{0,12})$",
    re.IGNORECASE,
)
_PEN_DIGITS = 2


def nets(page: Page) -> Iterator[Relation]:
    """Net proceeds are smaller than gross ones, where an article has one of each."""
    amounts = [i for i in range(len(page.claims)) if page.is_amount(i)]
    gross, net = (
        [i for i in amounts if lead.search(page.lead(i, _REACH)) or tail.match(page.tail(i))]
        for lead, tail in zip((_GROSS, _NET), _BEHIND, strict=True)
    )
    if not gross and len(net) == 1:  # what is to be raised, told with no such word
        gross = [i for i in amounts if page.kind(i) in PAID | {"deal.value"} and i < net[0] and is_known(page, i)]
        gross = [i for i in gross if not page.is_price(i)] if len({page.found(i).value for i in gross}) == 1 else []
        yield from _far_less(page, gross[-1:], net[0])
        return
    if len(gross) != 1 or len(net) != 1 or not page.one_currency((gross[0], net[0])):
        return
    whole, rest = gross[0], net[0]
    if abs(page.found(whole).sentence - page.found(rest).sentence) > 1 or not positive(page.bounds(whole)):
        return
    low, high = sorted((whole, rest))
    about = page.text[max(page.found(low).start - 120, 0) : page.found(high).end]
    above = page.bounds(rest).low > page.bounds(whole).high
    near = page.found(rest).number <= page.found(whole).number * _MOST or magnitude(
        page.found(rest), page.bounds(whole)
    )
    if not (above and near and _RAISED.search(about)):
        return
    wrong, right = (whole, rest) if _is_product(page, rest) and not _is_product(page, whole) else (rest, whole)
    yield Relation(
        target=wrong,
        inputs=(right,),
        fit=Fit.OFF,
        recomputed=f"{'less' if wrong == rest else 'more'} than {page.found(right).text}",
        working=f"{shown(page.claims[rest])} > {shown(page.claims[whole])}",
        reason=f"What is left after costs, {page.found(rest).text}, cannot be more than the gross {page.found(whole).text}.",
    )


def _far_less(page: Page, gross: list[int], net: int) -> Iterator[Relation]:
    """Net proceeds in millions of what is to be raised in billions: all but the costs of it, powers of ten below."""
    for whole in gross:
        result = page.scaled(net, page.bounds(whole) * Interval(_LEFT, Decimal(1)))
        power = round((page.found(net).number / result.middle).log10())
        meant = power <= -_MAGNITUDE and page.found(net).number.scaleb(-power) <= page.found(whole).number
        if not meant or not page.one_currency((whole, net)) or magnitude(page.found(net), result) is None:
            continue
        claim, come = page.claims[net], told(result, page.claims[net])
        yield Relation(
            target=net,
            inputs=(whole,),
            fit=Fit.OFF,
            recomputed=result,
            working=f"{shown(page.claims[whole])} less costs = {come}",
            reason=f"Costs leave nearly all of {page.found(whole).text}, not {claim.found.text}.",
            slips=True,
        )


_LEFT, _MAGNITUDE = Decimal("0.94"), 3
"""The least that costs leave of what is raised, and powers of ten by which millions are less than billions."""


def _is_product(page: Page, index: int) -> bool:
    """Whether a count and a price near by give an amount."""
    counts, prices = page.near(index, page.is_traded, 2), page.near(index, page.is_price, 2)
    products = (page.scaled(index, page.bounds(n) * page.bounds(p)) for n in counts for p in prices)
    return any(fit(page.found(index), product) is Fit.AGREES for product in products)


def placed(page: Page) -> Iterator[Relation]:
    """Shares sold so much under a close: their count x what is left of the close = what they brought in, where no price is told."""
    every = range(len(page.claims))
    counts = [i for i in every if page.is_traded(i) and positive(page.bounds(i))]
    priced = any(page.kind(i) in PRICES or (page.found(i).unit == "currency" and of_one_share(page, i)) for i in every)
    if len({page.found(i).value for i in counts}) != 1 or priced:
        return
    for index in (i for i in every if page.kind(i) == "transaction.discount_pct" and page.found(i).value is not None):
        base = base_of(page, index)
        paid = [i for i in page.near(index, page.is_paid) if base is not None and page.one_currency((i, base))]
        up, down = (p.search(page.lead(index, 24) + page.tail(index, 24)) for p in (UP, DOWN))
        if base is None or page.kind(base) not in QUOTES or len({page.found(i).value for i in paid}) != 1:
            continue
        if (
            bool(up) == bool(down)
            or not one_year(page, counts[0], paid[0])
            or page.claims[counts[0]].measure == "planned"
        ):
            continue
        step = page.bounds(index) / Interval.exact(Decimal(100))
        each = page.bounds(base) * (Interval.exact(Decimal(1)) + (step if up else -step))
        yield from _placed(page, counts[0], paid[0], each, (base, index))


def _placed(page: Page, count: int, paid: int, each: Interval, inputs: tuple[int, int]) -> Iterator[Relation]:
    """What shares brought in against their count; against the count where a conversion bears the amount out."""
    result = page.scaled(paid, page.bounds(count) * each)
    ratio = page.found(paid).number / result.middle
    outcome = fit(page.found(paid), result, slack=ABOUT)
    slips = magnitude(page.found(paid), result) is not None
    if outcome is Fit.UNDECIDED or not (slips or 1 / _OTHER_TRADE < ratio < _OTHER_TRADE):
        return
    target, other = (count, paid) if outcome is Fit.OFF and converted(page, paid) else (paid, count)
    result = page.bounds(paid) / each if target == count else result
    claim, (close, step) = page.claims[target], (shown(page.claims[i]) for i in inputs)
    come = told(result, claim)
    yield Relation(
        target=target,
        inputs=(other, *inputs),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[other])} at {step} from {close}: {come}",
        reason="The shares at that distance from the close give it."
        if outcome is Fit.AGREES
        else f"At that distance from the close it is {come}.",
        correction=say(result, claim, page.script),
        slips=slips,
    )


_OTHER_TRADE = Decimal(5)
"""How many times what shares come to an amount may be before it is that of another trade."""


def ceilings(page: Page) -> Iterator[Relation]:
    """Two percentages and what they come to together, right behind them: off by one digit or a power of ten."""
    for total in range(2, len(page.claims)):
        parts = (total - 2, total - 1)
        figures = [page.found(i) for i in (*parts, total)]
        if {f.unit for f in figures} != {"pct"} or any(f.word or f.bracket for f in figures):
            continue
        bound = [f.approx for f in figures]
        if (
            len(set(bound)) != 1
            or bound[0] not in {None, "upto", "under"}
            or figures[2].sentence - figures[0].sentence > 1
        ):
            continue
        if not _TOGETHER.search(page.lead(total)) or any(is_change(page, i) for i in (*parts, total)):
            continue
        result = page.bounds(parts[0]) + page.bounds(parts[1])
        exact = Interval.exact(result.middle)
        slips = magnitude(figures[2], result) is not None
        agrees = result.meet(page.bounds(total)) is not None
        if agrees or (mistyped(figures[2], exact, _PEN_DIGITS) or slips):
            yield _sum(page, total, parts, result, agrees=agrees, slips=slips)


def _sum(page: Page, total: int, parts: tuple[int, int], result: Interval, *, agrees: bool, slips: bool) -> Relation:
    claim = page.claims[total]
    one, other = (shown(page.claims[i]) for i in parts)
    return Relation(
        target=total,
        inputs=parts,
        fit=Fit.AGREES if agrees else Fit.OFF,
        recomputed=result,
        working=f"{one} + {other} = {told(result, claim)}",
        reason="The two add up to it." if agrees else f"The two add up to {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=slips and not agrees,
    )
