"""The verb of a change against two levels that give its size: 收72.65元,升1.9%,前收市價74.05元 is a fall.

The figures are right, the verb is not. So the size must be just what the levels give, one of them must be told as the older, and
nothing else may have gone the way that is said.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from stakeline.checks.relations.changes.compared import measures, older
from stakeline.checks.relations.changes.growth import CHANGES
from stakeline.checks.relations.changes.pairs import alike, is_prior, level, loses
from stakeline.checks.relations.changes.ways import TURNS, Way, sized, verb
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import Page, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_KINDS = CHANGES | {"stake.change_pct"}
_OLD_PRICE = re.compile(
    r"(?:前[一個个日]?|上[一個个日周週]|(?P<yesterday>昨))[^,，。;；0-9]{0,6}(?:收|[報报])[^,，。;；0-9]{0,8}$"
    r"|(?:招股|[發发][行售]|上市|入股)[^,，。;；0-9]{0,4}[價价][^,，。;；0-9]{0,4}$"
    r"|\b(?:previous|prior|last|day's|yesterday's) (?:closing price|close|finish)(?: of| at| was)* $",
    re.IGNORECASE,
)
"""In front of a price that a share had before; yesterday's may be the one that it came to."""
_LEVELS, _REACH, _FAR = 8, 1, 3
"""Amounts tried around a change, and the sentences on either side where they are looked for; farther off by name only."""
_NARROW = Decimal("0.1")
"""How far apart, as a part of itself, the ends of a change may lie that two levels are said to give."""


class Told(NamedTuple):
    """A verb that two levels refute, and these."""

    way: Way
    new: int
    old: int


def against(page: Page) -> Iterator[Told]:
    """Verbs of changes whose size two levels give, and whose way they refute."""
    for index in range(len(page.claims)):
        said = verb(page, index) if _is_change(page, index) else None
        if said is None:
            continue
        pairs = list(_giving(page, index))
        wrong = [two for two in pairs if _rose(page, *two) is not said.up and _is_sure(page, index, *two)]
        turned = {(old, new) for new, old in wrong}
        if wrong and not any(_rose(page, *two) is said.up and two not in turned for two in pairs):
            near = min(wrong, key=lambda two: sum(abs(page.found(i).start - page.found(index).start) for i in two))
            if not _repeated(page, index, near):
                yield Told(said, *near)


def _is_change(page: Page, index: int) -> bool:
    found = page.found(index)
    known = page.kind(index) in _KINDS and found.unit in {"pct", "x"}
    return known and not found.word and not found.growth and not found.approx and found.number > 0


def _giving(page: Page, index: int) -> Iterator[tuple[int, int]]:
    """Pairs of levels, the newer first, that a change is the size of."""
    found = page.found(index)
    levels = page.near(index, lambda i: level(page, i, index) and positive(page.bounds(i)), _FAR)[:_LEVELS]
    for new, old in permutations(levels, 2):
        apart = page.kind(index) == "price.change_pct" and not _in_a_row(page, index, new, old)
        if apart or not page.one_currency((new, old)) or not alike(page, index, new, old):
            continue
        growth = unsigned((page.bounds(new) / page.bounds(old) - _ONE) * (_ONE if found.unit == "x" else _HUNDRED))
        if fit(found, growth) is Fit.AGREES and growth.high - growth.low <= max(_NARROW * growth.high, found.half * 2):
            yield new, old


def _in_a_row(page: Page, *indices: int) -> bool:
    """Whether no other figure than days stands between figures, and none of them is the price of a trade."""
    inside = range(min(indices), max(indices) + 1)
    others = (i for i in inside if i not in indices and page.found(i).unit not in {"date", "period"})
    return next(others, None) is None and not any(page.kind(i).startswith("transaction.") for i in indices)


def _rose(page: Page, new: int, old: int) -> bool:
    return page.found(new).number > page.found(old).number


def _is_sure(page: Page, index: int, new: int, old: int) -> bool:
    """Whether of two levels one is plainly the older, and both are amounts of what changed and no losses."""
    if page.bounds(new).meet(page.bounds(old)) is not None or not _is_older(page, new, old):
        return False
    if not page.same(new, old) or not any(page.together(index, i) for i in (new, old)):
        return False
    low, high = min(index, new, old), max(index, new, old)
    words = page.lead(low, 90) + page.text[page.found(low).start : page.found(high).end] + page.tail(high, 24)
    if TURNS.search(words) or (any(loses(page, i) for i in (new, old)) and not sized(page, index)):
        return False
    own, theirs, before = (measures(page.lead(i, 64)) for i in (index, new, old))
    if max(abs(page.found(i).sentence - page.found(index).sentence) for i in (new, old)) > _REACH:
        return bool(theirs & before) and page.claims[new].segment == page.claims[old].segment
    return not (own and theirs) or bool(own & theirs)


def _is_older(page: Page, new: int, old: int) -> bool:
    told = older(page, min(new, old), max(new, old), plain=False)
    if told is not None:
        return told == old
    ranks = _rank(page, new), _rank(page, old)
    return ranks[1] > ranks[0]


def _rank(page: Page, index: int) -> int:
    """How plainly a level is told as the older one."""
    price = _OLD_PRICE.search(page.lead(index))
    if price is not None:
        return 1 if price["yesterday"] else 2
    return 2 if is_prior(page, index) else 0


def _repeated(page: Page, index: int, two: tuple[int, int]) -> bool:
    """Whether another change near by is of the same size and goes the way of the two levels: what is said is of something else."""
    size = unsigned((page.bounds(two[0]) / page.bounds(two[1]) - _ONE) * _HUNDRED)
    others = page.near(index, lambda i: page.found(i).unit == "pct" and fit(page.found(i), size) is Fit.AGREES, _REACH)
    return any((said := verb(page, i)) is not None and said.up is _rose(page, *two) for i in others)
