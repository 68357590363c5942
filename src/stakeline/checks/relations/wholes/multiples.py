"""How many times one figure goes into another, told between the two: "38.6 million shares, 9.2 times the average of 4.2 million"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_TIMES = re.compile(r"\btimes$|\b(?:twice|double|triple|thrice|quadruple)$", re.IGNORECASE)
_OF = re.compile(
    r" (?:of |as (?:many|much|high|large|big) as )?(?:the|its|his|her|their|last|that|those|a|an)\b[^.,;:()0-9]{0,60}"
)
"""All that stands between a multiple and what it is of."""
_IS = re.compile(
    r"(?: [a-z]+){0,6}(?:,| (?:is|was|or|at|nearly|almost|about|some|roughly|over|than|least))(?: [a-z]+){0,6} ?",
    re.IGNORECASE,
)
"""All that stands between what is many times another figure and the multiple: no verb of another sentence part."""
_OTHER = re.compile(
    r"\b(?:while|whereas|but|which|who|after|before|when|earnings|profits?|bookings?|ebitda|book|sales|cash flow|cost|priced?)\b",
    re.IGNORECASE,
)
"""Among the three: one is of another matter, or the multiple is one that shares are valued at."""
_FAR = Decimal(3)
"""Times by which a multiple can be off and still be meant for two figures, where it is no power of ten."""
_UNITS = {"currency": "money", "shares": "number", "count": "number"}
_ONE = Interval.exact(Decimal(1))


def multiples(page: Page) -> Iterator[Relation]:
    """A larger figure over a smaller one of its unit = the multiple told between them."""
    for index in range(1, len(page.claims) - 1):
        large, small = index - 1, index + 1
        found = page.found(index)
        if found.unit != "x" or found.growth or found.value is None or not _TIMES.search(found.text):
            continue
        if not page.together(large, small) or not _alike(page, large, small):
            continue
        words = page.gap(large, index), page.gap(index, small)
        told_so = _IS.fullmatch(words[0]) and _OF.fullmatch(words[1]) and not any(map(_OTHER.search, words))
        if told_so:
            yield from _multiple(page, index, large, small)


def _alike(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one), page.found(other)
    known = None not in {a.value, b.value} and positive(page.bounds(one)) and positive(page.bounds(other))
    return known and _UNITS.get(a.unit, 0) == _UNITS.get(b.unit, 1) and page.one_currency((one, other))


def _multiple(page: Page, index: int, large: int, small: int) -> Iterator[Relation]:
    """Against the multiple, as what comes of the two; what is so many times more may be told of the difference."""
    claim = page.claims[index]
    result = page.bounds(large) / page.bounds(small)
    vague = any(page.found(i).approx for i in (large, small))
    outcome = fit(claim.found, result, slack=Decimal("0.05") if vague else Decimal("0.01"))
    more = positive(result - _ONE) and fit(claim.found, result - _ONE) is not Fit.OFF
    ratio = page.found(index).number / result.middle
    slips = magnitude(claim.found, result) is not None
    if outcome is Fit.OFF and (more or not (slips or 1 / _FAR < ratio < _FAR)):
        return
    come = told(result, claim)
    if outcome is not Fit.UNDECIDED:
        yield Relation(
            target=index,
            inputs=(large, small),
            fit=outcome,
            recomputed=result,
            working=f"{shown(page.claims[large])} / {shown(page.claims[small])} = {come}",
            reason="The one over the other gives it." if outcome is Fit.AGREES else f"The one is {come} the other.",
            correction=say(result, claim, page.script),
            slips=slips and outcome is Fit.OFF,
        )
