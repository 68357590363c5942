"""Parts of a trade or holding and their sum, each in shares and in percent: ten million or 7.4%, of these eight million or 5.9%.

Where the counts add up and the percentages do not, or the other way about, one figure of the column that fails is wrong; which one
it is the other column tells.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from stakeline.checks.relations.fit import Fit, fit, printed
from stakeline.checks.relations.holdings.balances import Balance, stated
from stakeline.checks.relations.holdings.classes import one_class
from stakeline.checks.relations.holdings.parts import Part, parts
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.numbers import Interval

_REACH = 2
"""Sentences within which a sum and its parts are told."""
_SMALLEST = 5
"""Times the last digits of a sum's figures go into its smallest part: less is told by rounding."""
_FAR = Decimal("1.15")
"""How far the odd percentage is from what its count would be."""


def splits(page: Page) -> Iterator[Relation]:
    """The odd one of three couples of which one is the sum of the other two, in one column."""
    couples = [p for p in parts(page) if p.couple and not p.loose and not any(page.found(i).approx for i in p.figures)]
    for first in range(len(couples)):
        near = [p for p in couples[first : first + _WINDOW] if _is_near(page, couples[first], p)]
        for three in combinations(near, 3):
            if three[0] is couples[first]:
                yield from _odd_one(page, three)


_WINDOW = 6


def _is_near(page: Page, one: Part, other: Part) -> bool:
    figures = (*one.figures, *other.figures)
    apart = max(page.found(i).sentence for i in figures) - min(page.found(i).sentence for i in figures)
    return apart <= _REACH and "\n" not in page.gap(min(figures), max(figures))


def _odd_one(page: Page, three: Sequence[Part]) -> Iterator[Relation]:
    """Of three couples that are two parts and their sum by one column, the figure that keeps the other from adding up."""
    if not one_class(page, *three):
        return
    for column, other in ((0, 1), (1, 0)):
        figures = sorted((p.figures[column] for p in three), key=lambda i: page.found(i).number)
        if not _adds_up(page, figures):
            continue
        order = sorted(three, key=lambda p: page.found(p.figures[column]).number)
        ends = [p.figures[other] for p in order]
        if _adds_up(page, ends, loosely=True):
            continue
        odd = [p for p in three if _is_odd(page, p, [q for q in three if q is not p])]
        if len(odd) == 1:
            base = max((p for p in three if p is not odd[0]), key=lambda p: page.found(p.figures[0]).number)
            equation = Balance("ratio", (*odd[0].figures, *base.figures), Fit.OFF)
            relation = stated(page, equation, odd[0].figures[other], Fit.OFF)
            if (
                isinstance(relation.recomputed, Interval)
                and fit(page.found(relation.target), relation.recomputed) is Fit.OFF
            ):
                yield relation


def _adds_up(page: Page, figures: Sequence[int], *, loosely: bool = False) -> bool:
    """Whether the last of three figures is the sum of the others, as printed; loosely: by all that rounding may do."""
    one, other, total = (page.found(i) for i in figures)
    step = 2 * max(f.half for f in (one, other, total))
    if loosely:
        both = printed(one) + printed(other)
        return both.low <= printed(total).high and printed(total).low <= both.high
    away = abs(one.number + other.number - total.number)
    return away <= step and one.number >= (_SMALLEST if away else 2) * step


def _is_odd(page: Page, part: Part, others: Sequence[Part]) -> bool:
    """Whether two couples make one number of all shares, as nearly as they are printed, and a third makes another one."""
    own, *rest = (_whole(page, p) for p in (part, *others))
    met = rest[0].low <= rest[1].high and rest[1].low <= rest[0].high
    low, high = min(r.low for r in rest), max(r.high for r in rest)
    return met and (own.low > high * _FAR or own.high * _FAR < low)


def _whole(page: Page, part: Part) -> Interval:
    count, share = part.figures
    return page.bounds(count) / page.bounds(share)
