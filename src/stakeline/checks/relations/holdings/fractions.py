"""Parts of one's own holding in words against percentages: "sold more than half of its 3.46% stake", 减持逾半,由9.8%降至5.6%.

The two levels are those of the nearest sentence; or the whole stands right behind the part, and what is sold is told once.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 3
"""Sentences between a part and the levels that it leads from and to."""
_SHORT = Decimal("0.8")
"""A part that is a fifth away from what is said of it without "more than" was hardly meant so."""
_KINDS = frozenset({"stake.change_pct", "transaction.pct_of_holding", "transaction.stake_pct", "stake.change_pp"})
_OF_ITS = re.compile(
    r" of (?:its|his|her|their|the|an?) (?:(?:own|total|entire|whole|existing|remaining|current) )?(?:stakes? of |holding of )?"
)
"""All that stands between a part and the whole holding."""
_OWN = re.compile(r" of (?:its|his|her|their) |(?:持股|股份|股权|股權|持仓|持倉)")
_BY = re.compile(r"\b(?:stake|holding|shareholding|interest|position)\b[^.;]{0,40} by (?:[a-z]+ ){0,2}$", re.IGNORECASE)
_SOME = re.compile(
    r"\bsome\b|\bat (?:the )?(?:most|least)|\bup to\b|\bmore to\b|最多|至多|其中|计划|計劃|拟|擬", re.IGNORECASE
)
"""In front of a part: it may be of another trade than the one whose levels are told."""

_ELSEWHENCE = re.compile(r" from\b|[,，]?[较較比]")
"""Behind a part: it is of another level, told there."""


def fractions(page: Page) -> Iterator[Relation]:
    """Parts of a holding in words, where its two levels, or its part and its whole, are told in percent."""
    for index in range(len(page.claims)):
        if _is_part(page, index):
            two = _part_and_whole(page, index) or _levels(page, index)
            if two is not None:
                yield from _judged(page, index, *two)
            elif sold := _sold_and_left(page, index):
                yield from _of_counts(page, index, *sold)


def _is_part(page: Page, index: int) -> bool:
    found, lead = page.found(index), page.lead(index)
    if not found.word or found.unit != "pct" or found.number >= _HUNDRED.low or page.kind(index) not in _KINDS:
        return False
    if page.claims[index].direction in {"up", "buy"} or _SOME.search(lead) or _ELSEWHENCE.match(page.tail(index)):
        return False
    return found.growth or bool(_OWN.match(page.tail(index)) or _OWN.search(lead[-6:]) or _BY.search(lead))


def _part_and_whole(page: Page, index: int) -> tuple[int, int, bool] | None:
    """What is sold and what it is a part of."""
    whole = index + 1
    if whole >= len(page.claims) or not _OF_ITS.fullmatch(page.gap(index, whole)) or page.found(whole).unit != "pct":
        return None
    sold = [i for i in page.near(index, lambda i: _is_sold(page, i), _REACH) if i > whole]
    values = {page.found(i).value for i in sold if page.found(i).number < page.found(whole).number}
    return (sold[0], whole, False) if len(values) == 1 == len({page.found(i).value for i in sold}) else None


def _is_sold(page: Page, index: int) -> bool:
    return (
        page.kind(index) == "transaction.stake_pct"
        and page.claims[index].direction == "sell"
        and not page.found(index).word
    )


def _levels(page: Page, index: int) -> tuple[int, int, bool] | None:
    """What was held before and afterwards: the only fall told in the nearest sentence that has one."""
    falls = [
        (before, after)
        for before, after in moves(page)
        if page.found(before).number > page.found(after).number
        and not any(page.found(i).word or i == index for i in (before, after))
        and page.together(before, after)
        and 0 <= page.found(before).sentence - page.found(index).sentence <= _REACH
    ]
    if not falls:
        return None
    first = min(page.found(before).sentence for before, _ in falls)
    near = [two for two in falls if page.found(two[0]).sentence == first]
    known = len(near) == 1 and _one_holder(page, index, *near[0]) and not page.aside(index, *near[0])
    return (*near[0], True) if known else None


def _sold_and_left(page: Page, index: int) -> tuple[int, int] | None:
    """The only shares traded and those that are left, told in one sentence, the part's own or the next."""
    traded = page.near(index, page.is_traded)
    left = page.near(index, lambda i: page.kind(i) == "stake.after_shares" and _LEFT.search(page.lead(i)) is not None)
    if len(traded) != 1 or len(left) != 1 or not page.together(*traded, *left) or not page.same(index, *traded, *left):
        return None
    return traded[0], left[0]


_LEFT = re.compile(
    r"\b(?:left|leav(?:es|ing)|remain\w*|retain\w*|keep\w*|still)\b[^.;]*$|(?:剩|余下|餘下|仍|尚)[^。;；]*$",
    re.IGNORECASE,
)
"""In front of what is left after a sale."""


def _of_counts(page: Page, index: int, sold: int, left: int) -> Iterator[Relation]:
    """A part in words against the shares sold and those that are left."""
    claim, whole = page.claims[index], page.bounds(sold) + page.bounds(left)
    result = page.bounds(sold) / whole * _HUNDRED
    if (right := _fits(page, index, result)) is not Fit.UNDECIDED and positive(whole):
        names = [shown(page.claims[i]) for i in (sold, left)]
        come = told(result, claim)
        yield Relation(
            target=index,
            inputs=(sold, left),
            fit=right,
            recomputed=result,
            working=f"{names[0]} / ({names[0]} + {names[1]}) = {come}",
            reason="The shares sold and left give it."
            if right is Fit.AGREES
            else f"By the shares sold and left it is {come}, not {page.found(index).text}.",
            correction=say(result, claim, page.script),
        )


def _one_holder(page: Page, *indices: int) -> bool:
    """Whether figures are of one holder, called by a full name and by a part of it, as far as is known."""
    names = [set(holder.split()) for i in indices if (holder := page.claims[i].holder)]
    return all(one <= other or other <= one for one in names for other in names)


def _judged(page: Page, index: int, one: int, other: int, are_levels: bool) -> Iterator[Relation]:  # noqa: FBT001
    """are_levels: one and other are what was held before and afterwards, else what was sold and of how much."""
    found, claim = page.found(index), page.claims[index]
    if not positive(page.bounds(one if are_levels else other)):
        return
    left = page.bounds(other) / page.bounds(one) * _HUNDRED
    result = _HUNDRED - left if are_levels else page.bounds(one) / page.bounds(other) * _HUNDRED
    right = _fits(page, index, result)
    if right is Fit.UNDECIDED:
        return
    names = [shown(page.claims[i]) for i in (one, other)]
    formula = f"1 - {names[1]} / {names[0]}" if are_levels else f"{names[0]} / {names[1]}"
    yield Relation(
        target=index,
        inputs=(one, other),
        fit=right,
        recomputed=result,
        working=f"{formula} = {told(result, claim)}",
        reason="The two percentages give it."
        if right is Fit.AGREES
        else f"By {names[0]} and {names[1]} it is {told(result, claim)}, not {found.text}.",
        correction=say(result, claim, page.script),
    )


def _fits(page: Page, index: int, result: Interval) -> Fit:
    """Words are coarse: only "more than" has an edge."""
    found = page.found(index)
    near = found.number * _SHORT <= result.high and result.low <= found.number / _SHORT
    if found.growth or found.approx != "over":
        return Fit.AGREES if near else Fit.OFF
    return fit(found, result)
