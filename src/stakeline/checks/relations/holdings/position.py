"""A holding before and after one trade, in shares and in percent, as one set of equations.

Three kinds of them: before, trade and after in shares; the same in percent; shares / percent is one number of shares for
each of them.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

import msgspec

from stakeline.checks.relations.fit import AMOUNT, Fit, fit, magnitude
from stakeline.checks.relations.holdings.balances import (
    Balance,
    Kind,
    derived,
    is_vague,
    led,
    meet,
    of_new_shares,
    results,
    slipped,
    stated,
)
from stakeline.checks.relations.holdings.classes import CLASSES, one_class
from stakeline.checks.relations.holdings.issued import issued
from stakeline.checks.relations.holdings.parts import Part, compared, parts, planned
from stakeline.checks.relations.holdings.refuted import alike, is_alone, is_tied, refuted
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import NEAR, Page, Relation
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 2
"""Sentences between figures of one holding."""
_FAR = 5
"""Sentences between a holding and the number of all shares."""


def positions(page: Page) -> Iterator[Relation]:
    """What the equations of each run of holdings and trades bear out, and the one figure that they refute."""
    totals = set(issued(page))
    for block in _blocks(page, parts(page)):
        tried = [*_ratios(page, block, totals), *_balances(page, block, totals)]
        sound = {i for e in tried if e.fit is Fit.AGREES and e.kind != "whole" for i in e.members}
        equations = [e for e in tried if _counts(page, block, e, sound)]
        for equation in equations:
            if equation.fit is Fit.AGREES:
                borne_out = stated(page, equation, derived(page, equation.members), Fit.AGREES)
                if not is_vague(page, equation, borne_out):
                    yield borne_out
        wrong = refuted(page, block, equations)
        if wrong is not None:
            yield wrong
    for block, equation in _cancelled(page):
        wrong = refuted(page, block, [equation])
        if wrong is not None:
            yield wrong


def _counts(page: Page, block: list[Part], equation: Balance, sound: set[int]) -> bool:
    """Whether an equation says anything: of figures put together from afar only one that holds, or fails by a slip of the pen.

    sound: figures that others bear out; where but one is left, it does.
    """
    members = set(equation.members)
    loose = any(p.loose and set(p.figures) <= members for p in block) and not is_tied(page, equation)
    loose = loose and len(members - sound) > 1
    if equation.kind not in {"ratio", "whole"}:
        loose = loose or any(p.traded and planned(page, p) and members & set(p.figures) for p in block)
    telling = 2 if equation.kind == "whole" and is_alone(page, members) else None
    return (
        equation.fit is Fit.AGREES or not loose or any(slipped(page, [equation], i, telling=telling) for i in members)
    )


def _cancelled(page: Page) -> Iterator[tuple[list[Part], Balance]]:
    """All shares before and after shares of the company's own were bought back and cancelled."""
    totals = [i for i in range(len(page.claims)) if page.kind(i) == "shares.issued"]
    for one, other in pairwise(totals):
        trades = page.near(other, page.is_traded, _REACH) if other == one + 1 and led(page, one, other) else []
        if len(trades) == 1:
            yield [Part(trades[0], None, traded=True)], _equation(page, "shares", (trades[0], one, other))


def _blocks(page: Page, found: Sequence[Part]) -> Iterator[list[Part]]:
    """Runs of holdings and trades of one issuer, no two neighbours further apart than a reader connects."""
    block: list[Part] = []
    for part in found:
        apart = block and (
            len(block) == NEAR
            or _sentence(page, part) - _sentence(page, block[-1]) > _REACH
            or not (_sentence(page, part) == _sentence(page, block[-1]) or alike(page, "issuer", block[-1], part))
        )
        if apart:
            yield block
            block = []
        if not any(_told(page, part) == _told(page, p) for p in block):
            block.append(part)
    yield block


def _told(page: Page, part: Part) -> list[tuple[str, Decimal]]:
    """The figures of a holding by unit and value: one that is told twice is one."""
    return [(page.found(i).unit, page.found(i).number) for i in part.figures]


def _sentence(page: Page, part: Part) -> int:
    return page.found(part.figures[0]).sentence


def _ratios(page: Page, block: list[Part], totals: set[int]) -> Iterator[Balance]:
    couples = [p for p in block if p.couple and not _of_others(page, p, totals) and not _of_another(page, p, totals)]
    for one, other in combinations(couples, 2):
        if one_class(page, one, other):
            yield _equation(page, "ratio", (*one.figures, *other.figures))
    for part in couples:
        near = [
            i
            for i in page.near(part.figures[0], totals.__contains__, _FAR)
            if i not in part.figures and one_class(page, part, Part(i, None, traded=False))
        ]
        if len({page.found(i).value for i in near}) == 1:
            yield _equation(page, "whole", (*part.figures, near[0]))


def _of_others(page: Page, part: Part, totals: set[int]) -> bool:
    """Whether the percentage of a count is of another count near by that is not of all shares, a mandate say."""
    count, share = part.figures
    return any(
        fit(page.found(share), page.bounds(count) / page.bounds(i) * _HUNDRED) is Fit.AGREES
        for i in page.near(count, page.is_traded, 1)
        if i not in totals and page.found(i).number > page.found(count).number
    )


def _of_another(page: Page, part: Part, totals: set[int]) -> bool:
    """Whether the percentage put together with a count from afar is, of all shares, another count near by."""
    count, share = part.figures
    return (part.loose and not any(_is_part(page, share, count, whole) for whole in totals)) and any(
        _is_part(page, share, n, whole)
        for n in page.near(share, lambda i: page.found(i).unit == "shares" and i not in {*totals, count}, _REACH)
        for whole in totals
    )


def _is_part(page: Page, share: int, count: int, whole: int) -> bool:
    """Whether a count is, of all shares, a percentage."""
    return fit(page.found(share), page.bounds(count) / page.bounds(whole) * _HUNDRED) is Fit.AGREES


def _balances(page: Page, block: list[Part], totals: set[int]) -> Iterator[Balance]:
    """Before, trade and after, where the run has one trade and two holdings that can be the two sides of it."""
    for name in ("count", "share"):
        trades, sides = _sides(
            page, [p for p in block if getattr(p, name) is not None and (p.traded or not planned(page, p))]
        )
        trades = [p for p in _of_sentence(page, name, trades, sides) if not _is_elsewhere(page, p, block, sides)]
        ends = [page.found(getattr(p, name)).number for p in sides]
        if len(trades) > 1 and ends:  # no one trades more than there is on either side
            trades = [p for p in trades if page.found(getattr(p, name)).number <= max(ends)]
        if len(trades) == 1 and sides:
            figures = tuple(getattr(p, name) for p in (*trades, *sides))
            yield _equation(page, "shares" if name == "count" else "percent", figures)
        if name == "share" and sides:
            traded = _of_one(page, [p for p in block if p.traded], sides)
            yield from _steps(page, traded, sides, totals)
            if not trades:
                yield from _grown(page, traded, sides)


def _of_one(page: Page, traded: list[Part], sides: list[Part]) -> list[Part]:
    """Of several counts traded the one that is the sum of the others, or the only one in the sentence of two holdings."""
    counted = [p for p in traded if p.count is not None]
    if len(counted) < _TWO:
        return counted
    total = sum((page.found(p.count).number for p in counted if p.count is not None), Decimal(0))
    ends = [i for p in sides for i in p.figures]
    whole = [p for p in counted if p.count is not None and page.found(p.count).number * 2 == total]
    own = [p for p in counted if page.together(*p.figures, *ends)]
    return whole or own


def _is_elsewhere(page: Page, trade: Part, block: list[Part], sides: list[Part]) -> bool:
    """Whether the shares of another trade stand in the sentence of two holdings, and this one does not."""
    ends = [i for p in sides for i in p.figures]
    counts = [p.count for p in block if p.traded and p not in (trade, *sides) and p.count is not None]
    return bool(ends) and not page.together(*trade.figures, *ends) and any(page.together(n, *ends) for n in counts)


def _of_sentence(page: Page, name: str, trades: list[Part], sides: list[Part]) -> list[Part]:
    """Of several trades the one in the sentence of both holdings around it, unless two or all of them led from one to the other."""
    ends = [getattr(p, name) for p in sides]
    sizes = [getattr(p, name) for p in trades]
    own = [p for p, size in zip(trades, sizes, strict=True) if ends and page.together(size, *ends)]
    if len(trades) < _TWO or len(own) != 1 or not led(page, *sorted(ends)):
        return trades
    step = unsigned(page.bounds(ends[0]) - page.bounds(ends[1]))
    sums = [sum((page.bounds(i) for i in some), Interval.exact(0)) for some in (*combinations(sizes, 2), sizes)]
    return trades if any(meet(step, s, AMOUNT) for s in sums) else own


_TWO = 2


def _sides(page: Page, known: list[Part]) -> tuple[list[Part], list[Part]]:
    """Trades, and the two holdings around them: of all, or of the one holder who has two."""
    holders = {page.claims[i].holder for p in known if not p.traded for i in p.figures} - {None}
    for one in (None, *sorted(h for h in holders if h is not None)):
        own = [p for p in known if one is None or {page.claims[i].holder for i in p.figures} <= {one}]
        sides = [p for p in own if not p.traded]
        if len(own) == 3 and not sides:
            sides = next(
                ([a, b] for a, b in combinations(own, 2) if a.couple and b.couple and compared(page, a, b)), []
            )
        if len(sides) > _TWO:
            pairs = [(a, b) for a, b in pairwise(sides) if a.share and b.share and _around(page, a.share, b.share)]
            beside = [(a, b) for a, b in pairs if any(p.traded and page.together(*p.figures, *a.figures) for p in own)]
            pairs = beside if len(pairs) > 1 else pairs
            own, sides = [p for p in own if p.traded], list(pairs[0]) if len(pairs) == 1 else []
        if len(sides) == _TWO and alike(page, "holder", *sides) and compared(page, *sides):
            return [p for p in own if p not in sides], sides
    return [], []


def _around(page: Page, one: int, other: int) -> bool:
    """Whether two percentages are told as those before and after: "from 6% to 5%", 减持前6%,减持后5%."""
    named = _BEFORE_HAN.search(page.lead(one)) and _AFTER_HAN.search(page.lead(other))
    return led(page, one, other) or named is not None or not {(one, other), (other, one)}.isdisjoint(moves(page))


_BEFORE_HAN = re.compile(r"(?:[减減增]持|[变變]动|變動|交易|[转轉][让讓]|出售|[买買]入)前[^。;；]{0,20}$")
_AFTER_HAN = re.compile(r"(?:[减減增]持|[变變]动|變動|交易|[转轉][让讓]|出售|[买買]入)[后後][^。;；]{0,20}$")


def _steps(page: Page, trades: list[Part], sides: list[Part], totals: set[int]) -> Iterator[Balance]:
    """The shares of one trade over all shares, where the article has one number of these, against two percentages."""
    if len(trades) != 1 or len({page.found(i).value for i in totals}) != 1:
        return
    count, whole = trades[0].count, min(totals)
    classes = {match[0][0] for match in CLASSES.finditer(page.text)}
    if classes and not (len(classes) == 1 and CLASSES.search(page.lead(whole) + page.tail(whole))):
        return
    old, new = sides[0].share, sides[1].share
    if count is not None and old is not None and new is not None and one_class(page, *trades, *sides):
        equation = _equation(page, "step", (count, whole, old, new))
        if equation.fit is not Fit.OFF or not any(_is_part(page, side, count, whole) for side in (old, new)):
            yield equation  # or else it was taken for a trade, and is what is held


def _grown(page: Page, trades: list[Part], sides: list[Part]) -> Iterator[Balance]:
    """The shares of one trade and of one of the two holdings around it, against both percentages."""
    held = [p for p in sides if p.couple and not p.loose]
    counts = {page.found(p.count).number for p in trades if p.count is not None}
    if len(held) != 1 or len(counts) != 1 or len(trades) != 1 or not one_class(page, *trades, *sides):
        return
    n, other = trades[0].count, next(p.share for p in sides if p is not held[0])
    if n is None or other is None:
        return
    equation = _equation(page, "grown", (n, *held[0].figures, other))
    if equation.fit is not Fit.OFF or not of_new_shares(page, equation):
        yield equation


def _equation(page: Page, kind: Kind, members: tuple[int, ...]) -> Balance:
    target = members[_TESTED[kind]]
    outcome = _best(_tested(page, kind, members, target), results(page, kind, members, target))
    if kind == "percent" and outcome is Fit.OFF and _of_own(page, *members):
        outcome = Fit.UNDECIDED  # or what was taken for a trade is a part of something else
    return Balance(kind, members, outcome)


_TESTED = {"shares": 0, "percent": 0, "ratio": 1, "whole": 1, "step": 3, "grown": 3}
"""Which member of an equation is held against the others."""


def _of_own(page: Page, trade: int, *sides: int) -> bool:
    """Whether the size of a trade is a percentage of what was held, a part of one side, or too large for one of all shares."""
    if page.found(trade).number > max(page.found(i).number for i in sides):
        return (
            not any(page.found(trade).number == page.found(i).number for i in sides)
            and magnitude(page.found(trade), unsigned(page.bounds(sides[0]) - page.bounds(sides[1]))) is None
        )
    step = unsigned(page.bounds(sides[0]) - page.bounds(sides[1]))
    rests = page.near(trade, lambda i: page.is_percent(i) and i not in sides, 0)
    sums = [
        (whole, part) for i in rests for s in sides for whole, part in ((s, i), (i, s))
    ]  # more of it, or on top of it
    if any(fit(page.found(w), page.bounds(trade) + page.bounds(p)) is Fit.AGREES for w, p in sums):
        return True
    changes = page.near(sides[0], lambda i: page.found(i).unit == "pct" and i not in {trade, *sides})
    if any(page.found(i).number == step.middle and page.found(i).half < step.middle for i in changes):
        return True  # another figure is the change
    return any(fit(page.found(trade), step / page.bounds(i) * _HUNDRED) is Fit.AGREES for i in sides)


def _tested(page: Page, kind: Kind, members: tuple[int, ...], target: int) -> Found:
    """The figure that an equation tests; one and the same ceiling in shares and in percent is no vaguer than its two figures."""
    found = page.found(target)
    ceilings = kind in {"ratio", "whole"} and all(page.found(i).approx in {"upto", "under"} for i in members[:2])
    if not ceilings or _AND.search(page.gap(*members[:2])):
        return found
    return msgspec.structs.replace(found, approx=None)


_AND = re.compile(r"\band\b|[且及和与與]")
"""Between two ceilings that both hold."""


def _best(found: Found, results: list[Interval]) -> Fit:
    fits = {fit(found, r) for r in results}
    return next((f for f in (Fit.AGREES, Fit.UNDECIDED) if f in fits), Fit.OFF)
