"""A change told in one breath with its two levels: "more than tripled from 145p to 390p", 3200万股,较上年末的2400万股增加25%."""

import re
from collections.abc import Iterator

from stakeline.checks.relations_fit import Fit, fit, magnitude
from stakeline.checks.relations_page import Page, Relation, positive
from stakeline.checks.relations_page import magnitude as unsigned
from stakeline.checks.relations_pairs import TURN
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_GREW = re.compile(
    r"\b(?:has|have|had) (?:[a-z]+ ){0,2}$|\b(?:rose|risen|jumped|climbed|soared|surged|gained|fallen|fell|dropped)(?: by)?(?: about| some| nearly| more than)? $"
)
"""In front of a change whose two levels follow."""
_FROM, _TO = re.compile(r" from (?:[^0-9.,;()]{0,40} )?"), re.compile(r" to (?:about |some )?")
_AGAINST = re.compile(r"(?:\s*[,，]?\s*)(?:较|較|比)[^0-9,，。；;]{0,10}")
_MOVED = re.compile(r"(?:大幅)?(?:增加|增长|增長|上升|减少|減少|下降)(?:了|约|約)?")
_RAISED = re.compile(r"[^0-9,，。；;]{0,6}(?:提高|增加|增长|增長|上升|上调|上調|升|增|加)[至到]")
_BY = re.compile(r"\s*[,，]\s*(?:增幅|升幅|涨幅|漲幅)(?:达|達|为|為|高达|高達|约|約)*")
_OTHER_BASE = re.compile(
    r"constant|like-for-like|organic|adjust|不变汇率|固定匯率|固定汇率|年均|复合|複合|剔除|经调整|經調整|可比|拆股|送股|转增"
)
"""Around a change: it is not that of the two levels beside it."""


def told_together(page: Page) -> Iterator[Relation]:
    """A change against the two levels that its own clause gives, in the order of the words."""
    for index, claim in enumerate(page.claims):
        two = levels_beside(page, index) if claim.found.unit in {"pct", "x"} and claim.found.number else None
        if two is not None:
            yield from _of(page, index, *two)


def levels_beside(page: Page, index: int) -> tuple[int, int] | None:
    """The newer and the older level that a change is told with; None where its clause does not give them."""
    two = _from_to(page, index) or _against(page, index) or _raised(page, index)
    return two if two is not None and _alike(page, *two) else None


def _from_to(page: Page, index: int) -> tuple[int, int] | None:
    """The newer and the older level: "have tripled from a low of 145p to 390p"."""
    old, new = index + 1, index + 2
    if new >= len(page.claims) or page.found(index).unit != "pct" or not _GREW.search(page.lead(index)):
        return None
    joined = _FROM.fullmatch(page.gap(index, old)) and _TO.fullmatch(page.gap(old, new))
    return (new, old) if joined else None


def _against(page: Page, index: int) -> tuple[int, int] | None:
    """The newer and the older level: 3200万股,较上年末的2400万股增加25%."""
    new, old = index - 2, index - 1
    if new < 0 or page.found(index).unit != "pct":
        return None
    joined = _AGAINST.fullmatch(page.gap(new, old)) and _MOVED.fullmatch(page.gap(old, index))
    return (new, old) if joined else None


def _raised(page: Page, index: int) -> tuple[int, int] | None:
    """The newer and the older level of a growth in multiples: 由每股1.2元提高到3元,增幅達2.5倍."""
    old, new = index - 2, index - 1
    if old < 0 or page.found(index).unit != "x":
        return None
    joined = _RAISED.fullmatch(page.gap(old, new)) and _BY.fullmatch(page.gap(new, index))
    return (new, old) if joined else None


def _alike(page: Page, new: int, old: int) -> bool:
    """Whether two figures are levels of one thing: shares, or money of one currency, of one time's making."""
    one, other = page.found(new), page.found(old)
    words = page.text[max(min(one.start, other.start) - 40, 0) : max(one.end, other.end) + 24]
    return (
        one.unit == other.unit
        and one.unit in {"shares", "currency"}
        and page.one_currency((new, old))
        and page.together(new, old)
        and positive(page.bounds(old))
        and not TURN.search(words)
        and not _OTHER_BASE.search(words)
    )


def _of(page: Page, index: int, new: int, old: int) -> Iterator[Relation]:
    claim = page.claims[index]
    growth = page.bounds(new) / page.bounds(old) - _ONE
    result = growth if claim.found.unit == "x" else unsigned(growth * _HUNDRED)
    outcome = fit(claim.found, result)
    if outcome is Fit.UNDECIDED or not positive(result):
        return
    yield Relation(
        target=index,
        inputs=(new, old),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = {told(result, claim)}",
        reason="The two levels beside it give it."
        if outcome is Fit.AGREES
        else f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
