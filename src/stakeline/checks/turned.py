"""Changes of the right size that go the wrong way: "rose 8.4%, ending at $27.48 from $30.00", 收報8.19元,較前收8.74元上升6.3%."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.growth import CHANGES
from stakeline.checks.relations.changes.pairs import loses
from stakeline.checks.relations.changes.told import corrected
from stakeline.checks.relations.changes.ways import sized, way
from stakeline.checks.relations.fit import Fit, fit, narrow
from stakeline.checks.relations.page import Page, Relation, magnitude, positive
from stakeline.checks.relations.words import shown
from stakeline.checks.statements import Judged
from stakeline.model.claims import Verdict
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_GOVERNS = re.compile(
    r" ?(?:by )?(?:about |around |some |nearly |almost |more than |over |a further )?|(?:同比|按年)?(?:了|约|約|近|逾|达|達|幅度[为為达達])?"
)
"""Between a verb and the change that it is told of."""


def turned(page: Page, judged: Iterable[Judged]) -> Iterator[Relation]:
    """The percentages of change that refuted verbs stand in front of, where the levels that refute them give their size."""
    starts = {c.found.start: i for i, c in enumerate(page.claims) if c.found.unit == "pct" and not c.found.word}
    for verb, levels in judged:
        behind = next((at for at in range(verb.end, verb.end + _REACH) if at in starts), None)
        if levels is None or behind is None or verb.verdict is not Verdict.INCONSISTENT:
            continue
        if not positive(page.bounds(levels[1])) or (loses(page, levels[0]) and not sized(page, starts[behind])):
            continue  # a loss that "fell" may have grown
        growth = magnitude((page.bounds(levels[0]) / page.bounds(levels[1]) - _ONE) * _HUNDRED)
        index = starts[behind]
        if _GOVERNS.fullmatch(page.text[verb.end : behind]) and fit(page.found(index), growth) is Fit.AGREES:
            yield _other_way(page, index, levels, f" ({verb.text}): {verb.reason}")


_REACH = 24


def misdirected(page: Page, agreeing: Iterable[Relation]) -> Iterator[Relation]:
    """The percentages that two levels of their sentence give, where the words right beside them have these go the other way."""
    for relation in agreeing:
        index, levels = relation.target, relation.inputs
        if len(levels) != _TWO or page.kind(index) not in CHANGES or page.found(index).unit != "pct":
            continue
        plain = page.together(index, *levels) and _are_levels(page, *levels) and narrow(relation.recomputed, _WIDEST)
        said = way(page, index) if plain else None
        up = page.found(levels[0]).number > page.found(levels[-1]).number
        if said is not None and said != up and not page.found(index).word and not loses(page, levels[0]):
            yield _other_way(
                page, index, levels, f": {shown(page.claims[levels[0]])} after {shown(page.claims[levels[1]])}."
            )


def _are_levels(page: Page, new: int, old: int) -> bool:
    """Whether two amounts are levels of one thing, and none of them a step: "gained 7.2%, or 40p, to 598p"."""
    one, other = page.found(new), page.found(old)
    amounts = one.unit == other.unit == "currency" and page.one_currency((new, old))
    return amounts and one.number < _STEEPEST * other.number < _STEEPEST**2 * one.number


_TWO = 2
_WIDEST = Decimal("0.25")
"""How far apart the ends of a change may lie, relative to it: of HK$1.4 and 1.5 billion anything up to 13% may be said."""
_STEEPEST = 3
"""How many times the other a level may be."""


def _other_way(page: Page, index: int, levels: tuple[int, ...], why: str) -> Relation:
    new, old = (page.claims[i] for i in levels)
    up = new.found.number > old.found.number
    return Relation(
        target=index,
        inputs=levels,
        fit=Fit.OFF,
        recomputed=page.found(index).bounds(),
        working=f"{shown(new)} <> {shown(old)}",
        reason=f"Its size is right, its direction is not{why}",
        correction=corrected(page, index, page.found(index).bounds(), up=up, loss=loses(page, levels[0])),
    )
