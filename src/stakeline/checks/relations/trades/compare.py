"""One price against another, in percent: how far apart they are, and whether other amounts explain a percentage."""

import re
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped
from stakeline.checks.relations.page import PRICES, QUOTES, Page, Relation
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
BACK = 2
"""Sentences in front of a percentage in which the price that is compared may stand."""
_NEAREST = 12
"""Amounts around a percentage that are tried before it is called wrong."""
_ALIKE = 50
"""How many times as much another price of the same share may be."""
_ROUGH = Decimal("0.01")
"""How far off a price of few digits may be all the same."""


def change_of(page: Page, new: int, old: int) -> Interval:
    """From one price to another, in percent."""
    return (_price(page, new, old) / _price(page, old, new) - _ONE) * _HUNDRED


def _price(page: Page, index: int, other: int) -> Interval:
    """Where a price lies: it is not rounded to fewer decimals than the one beside it has, 0.4元 beside 0.47元."""
    own, found, beside = page.bounds(index), page.found(index), page.found(other)
    if (
        found.approx
        or page.kind(index) not in PRICES | QUOTES
        or beside.half >= found.half
        or found.currency != beside.currency
    ):
        return own
    half = max(beside.half, found.number * _ROUGH) / (_HUNDRED.low if found.currency == "GBX" else 1)
    return own if half >= (own.high - own.low) / 2 else Interval(own.middle - half, own.middle + half)


def slipped(page: Page, index: int, two: tuple[int, int], telling: int = 2) -> bool:
    """Whether a slip of the pen makes a percentage what two prices give: one wrong digit, two changed round, the point."""
    new, old = (page.bounds(i).middle for i in two)
    exact = Interval.exact(abs(new / old - 1) * 100)
    found = page.found(index)
    return mistyped(found, exact, telling) or magnitude(found, unsigned(change_of(page, *two))) is not None


def is_of_size(page: Page, index: int, change: Interval) -> bool:
    """Whether a percentage is not so far from a change that it is one of something else, or is so by a slip of the pen."""
    near = change.low < _WILDEST * page.found(index).number < _WILDEST**2 * change.high
    return near or magnitude(page.found(index), change) is not None


_WILDEST = 4
"""How many times a move may be what it should be before it is of something else."""


def explained(
    page: Page, index: int, base: int, *, alone: bool = False, of: tuple[int, ...] = (), deal: bool = False
) -> bool:
    """Whether two amounts around give a percentage, in whatever order: it is of these, or of the other base.

    alone: nothing but the base and one price can be meant, so that measuring it by the wrong one of them is an error.
    of: it is of these, so that only other prices against one of them can explain it. deal: what is compared is the price of a
    deal, so that quotes of another sentence explain nothing.
    """
    found, level = page.found(index), page.found(base).number
    amounts = page.near(
        index,
        lambda i: (
            page.is_amount(i)
            and page.one_currency((i, base))
            and level < _ALIKE * page.found(i).number < _ALIKE**2 * level
        ),
        2 * BACK,
    )[:_NEAREST]
    amounts = [i for i in amounts if not _TARGET.search(page.lead(i))]
    if deal:
        amounts = [i for i in amounts if i == base or page.kind(i) in PRICES or page.together(i, index)]
    for one in amounts:
        for other in amounts:
            if one == other or (alone and one == base) or (of and one not in of and other not in of):
                continue
            changes = [unsigned(change_of(page, one, other))]
            if abs(one - index) == 1 and page.bounds(other).low > 2 * page.bounds(one).high:
                step, old = page.bounds(one), page.bounds(other)
                changes += [step / whole * _HUNDRED for whole in (old, old + step, old - step)]
            later = (
                page.found(one).sentence > page.found(index).sentence
            )  # not told yet: only what is exact explains it
            if any((o := fit(found, change)) is Fit.AGREES or (o is Fit.UNDECIDED and not later) for change in changes):
                return True
    return False


_TARGET = re.compile(r"\btarget[^0-9,.;]{0,24}$|目[标標][^0-9,，。;；]{0,6}$", re.IGNORECASE)
"""In front of what others think a share is worth: no deal is measured against it unawares."""


def relation_of(page: Page, index: int, two: tuple[int, int], outcome: Fit) -> Relation:
    """A percentage against the price and the base that give it or refute it."""
    claim = page.claims[index]
    change = change_of(page, *two)
    result = unsigned(change)
    price, base = (shown(page.claims[i]) for i in two)
    right = outcome is Fit.AGREES
    return Relation(
        target=index,
        inputs=two,
        fit=outcome,
        recomputed=result,
        working=f"{f'1 - {price} / {base}' if change.high < 0 else f'{price} / {base} - 1'} = {told(result, claim)}",
        reason=f"{price} against {base} gives {'it' if right else told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=not right and magnitude(claim.found, result) is not None,
    )
