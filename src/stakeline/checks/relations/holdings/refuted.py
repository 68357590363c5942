"""Which figure of a holding is wrong where its equations fail.

A figure is wrong where it alone stands in every equation that fails and in none that holds. One equation is no proof by
itself: then a slip of the pen must explain the difference, or the figures must be told in one breath, alone.
"""

import re
from decimal import Decimal

from stakeline.checks.relations.blame import borne_by_product
from stakeline.checks.relations.fit import AMOUNT, Fit, far
from stakeline.checks.relations.holdings.balances import (
    Balance,
    as_printed,
    drifts,
    explains,
    is_another_trade,
    is_measured,
    is_partial,
    led,
    meet,
    of_two_days,
    rank,
    slipped,
    stated,
)
from stakeline.checks.relations.holdings.classes import one_class
from stakeline.checks.relations.holdings.couples import of_all, of_whole
from stakeline.checks.relations.holdings.parts import Part
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.model.numbers import Interval

_REACH = 2
"""Sentences between figures of one holding."""
CAUSES = re.compile(
    r"dilut|convert|conversion|issu(?:e of|ance|ed new)|placing|placement|cancel|rights (?:issue|offer)|buyback|repurchase|split(?!ting| into [0-9])|稀[释釋]|[被主]动|被動|增[发發]|[转轉]股|[换換]股|配售|配股|[注註][销銷]|可[转轉]债|回购|回購|一致行[动動]|限制性股票|送股|拆股|enlarged|consolidat|\bIPO\b|flotation|the float\b|went public|擴大|扩大|攤薄|摊薄|供股|合股|[转轉]增|[转轉][0-9]|送[转轉红紅股0-9]|定增|增[资資]|当时|當時|at the time|as it (?:then )?was",
    re.IGNORECASE,
)
"""Anywhere in an article: the number of shares, or a holding, may have changed by more than its owner's trade."""


def alike(page: Page, name: str, *held: Part) -> bool:
    """Whether no two of some holdings are said to be of different holders, issuers or classes."""
    values = {getattr(page.claims[i], name) for part in held for i in part.figures} - {None}
    longest = max(values, key=len, default="")
    return all(value in longest for value in values)  # 了建元资本, "Naspers Ltd" and "Naspers" are one


def refuted(page: Page, block: list[Part], equations: list[Balance]) -> Relation | None:
    """The relation against the one figure that all failing equations of a holding point to."""
    failing = [e for e in equations if e.fit is Fit.OFF and not of_two_days(page, e)]
    sound = _sound(page, equations, failing)
    if failing and (wrong := _against_one(page, block, failing, sound)) is not None:
        return wrong
    alone = (_against_one(page, block, [e], sound, surely=True) for e in failing if e.kind == "whole")
    return next((r for r in alone if r is not None), None)


def _sound(page: Page, equations: list[Balance], failing: list[Balance]) -> set[int]:
    """Figures that others bear out: of an equation that holds, and not only for figures that are rounded, "5亿" say."""
    holding = [e for e in equations if e.fit is Fit.AGREES and as_printed(page, e)]
    sound = {i for e in holding for i in e.members}
    sound |= {i for e in failing if e.kind == "percent" and is_measured(page, *e.members) for i in e.members[1:]}
    return sound | {
        i
        for e in failing
        if e.kind == "ratio" and is_measured(page, *e.members[:2], e.members[3])
        for i in e.members[1::2]
    }


def _against_one(
    page: Page, block: list[Part], failing: list[Balance], sound: set[int], *, surely: bool = False
) -> Relation | None:
    """The same of equations that all fail. surely: only by a slip of the pen in a percentage."""
    common = set.intersection(*(set(e.members) for e in failing)) - sound
    common = {i for i in common if not (page.is_traded(i) and borne_by_product(page, i))}
    suspects = [i for i in sorted(common) if explains(page, failing, i)]
    if len(failing) == 1:
        suspects = _left(page, suspects)
    slips = [i for i in suspects if slipped(page, failing, i)]
    if surely:
        suspects = slips = [i for i in slips if page.is_percent(i)]
    proven = len({"ratio" if e.kind == "whole" else e.kind for e in failing}) > 1
    more = len(failing) > 1 or (bool(slips) and failing[0].kind != "ratio")
    agreed = more and all(_others(block, e, suspects) <= sound for e in failing)
    if not suspects or not (proven or _told_together(page, block, failing, slips=bool(slips), agreed=agreed)):
        return None
    size = _size(page, block, failing[0], slips=bool(slips))
    likely = [*slips, *_percentages(page, failing, suspects)] or suspects
    likely = [i for i in likely if explains(page, failing, i, give=Decimal(0))] or likely
    one_couple = len(failing) > 1 and {e.kind for e in failing} == {"ratio"}
    likely = likely if one_couple else _left(page, likely)
    wrong = size if size in suspects else min(likely, key=lambda i: _order(page, failing[0], i))
    exact = [e for e in failing if e.kind in {"shares", "percent"} and set(e.members) - {wrong} <= sound]
    relation = stated(page, (exact or failing)[0], wrong, Fit.OFF)
    apart = isinstance(relation.recomputed, Interval) and far(page.found(wrong), relation.recomputed)
    apart = apart and not any(p.share == wrong and p.count in sound and not p.loose for p in block)
    other = page.kind(wrong) == "other.pct"  # of something else, an issue of shares say
    apart = apart or is_another_trade(page, failing[0], relation)
    apart = apart and wrong not in slips and not slipped(page, failing, wrong, telling=_TWO)
    return None if other or apart else relation


def _left(page: Page, suspects: list[int]) -> list[int]:
    """Without what was held before, where what is left may be the wrong one: this is worked out."""
    if not any(page.kind(i).startswith("stake.after") for i in suspects):
        return suspects
    return [i for i in suspects if not page.kind(i).startswith("stake.before")]


_TWO = 2
"""Digits of which one can be told to be wrong where the equation is told in one breath."""


def _percentages(page: Page, failing: list[Balance], suspects: list[int]) -> list[int]:
    """Of all shares told beside a count and its percentage: this is the derived one, even if it has a digit or two."""
    if any(e.kind != "whole" for e in failing):
        return []
    return [i for i in suspects if page.is_percent(i) and slipped(page, failing, i, telling=1)]


def _others(block: list[Part], equation: Balance, suspects: list[int]) -> set[int]:
    """The members of an equation but for the suspects and what is told beside them."""
    beside = {i for p in block if not p.loose and set(suspects) & set(p.figures) for i in p.figures}
    return set(equation.members) - set(suspects) - beside


def _size(page: Page, block: list[Part], equation: Balance, *, slips: bool) -> int | None:
    """The size of a trade told beside "from 6% to 7%": it is the derived figure, but for a slip where a count bears it out."""
    trade, *sides = equation.members
    bare = any(p.share == trade and (p.loose or p.count is None) for p in block)
    told_so = equation.kind == "percent" and led(page, *sorted(sides))
    return trade if told_so and (bare or not slips or _by_counts(page, block, trade, *sides)) else None


def _by_counts(page: Page, block: list[Part], trade: int, *sides: int) -> bool:
    """Whether the shares traded, over those held, give the step from one side to the other: then it is the size that is wrong."""
    step = unsigned(page.bounds(sides[0]) - page.bounds(sides[1]))
    counts = [p.count for p in block if p.share == trade and p.count is not None]
    held = [p.count for p in block if not p.traded and p.count is not None]
    return any(
        meet(step, page.bounds(n) / page.bounds(h) * page.bounds(s), AMOUNT)
        for n in counts
        for h in held
        for s in sides
    )


def _told_together(page: Page, block: list[Part], failing: list[Balance], *, slips: bool, agreed: bool) -> bool:
    """Whether the figures are of one holder and class, told next to each other. agreed: all the others bear one another out.

    Without a slip of the pen nothing else may have changed them: no other cause, no other trade.
    """
    members = {i for e in failing for i in e.members}
    told_of = [p for p in block if members & set(p.figures)]
    sentences = [page.found(i).sentence for i in members]
    loose = any(p.loose and set(p.figures) <= members for p in told_of)
    reach = _FAR if agreed or is_alone(page, members) else _REACH if loose or slips else 1
    close = max(sentences) - min(sentences) <= reach and one_class(page, *told_of)
    own = agreed and any(e.kind == "whole" for e in failing)
    close = close and (own or alike(page, "holder", *told_of))
    if slips and len(failing) > 1 and {e.kind for e in failing} == {"ratio"}:
        return one_class(page, *told_of)  # the holdings of others agree with one another
    if agreed and len(failing) >= _SEVERAL and {e.kind for e in failing} == {"ratio"} and not page.has(CAUSES):
        beside = any(page.together(*e.members) for e in failing)
        return beside and one_class(page, *told_of)  # so do three others, of which one is told beside it
    if all(
        e.kind == "whole" and (page.together(*e.members) or is_alone(page, members) or is_tied(page, e))
        for e in failing
    ):
        return close and (slips or page.together(*members) or not page.has(CAUSES))
    if loose:
        return close and (slips or all(is_tied(page, e) for e in failing))
    others = page.has(CAUSES) or any(is_partial(page, e) or _is_crowded(page, e) for e in failing)
    others = others or (len(failing) == 1 and drifts(page, failing[0], _DRIFT))
    return close and (slips or not others)


_SEVERAL = 3
"""Holdings of others that agree on the number of all shares, and so are no chance."""
_FAR = 4
"""Sentences between the figures of an article's only trade."""
_DRIFT = Decimal("0.1")
"""By how much the number of all shares may change with a trade, of new shares perhaps."""


def is_tied(page: Page, equation: Balance) -> bool:
    """Whether a percentage is said to be of all shares, by words beside it or by the number of these."""
    if equation.kind != "whole":
        return False
    return of_all(page, equation.members[1]) or of_whole(page, equation.members[1], {equation.members[2]})


def is_alone(page: Page, members: set[int]) -> bool:
    """Whether an article has no other trades or holdings that could belong to those of an equation."""
    units = {page.found(i).unit for i in members}
    values = {page.found(i).value for i in members}
    return not any(
        page.found(i).unit in units
        and page.found(i).value not in values
        and (page.kind(i).startswith("stake.") or page.is_traded(i) or page.kind(i) == "transaction.stake_pct")
        and page.kind(i) != "stake.change_pct"
        for i in range(len(page.claims))
        if i not in members
    )


def _is_crowded(page: Page, equation: Balance) -> bool:
    """Whether another figure of the same unit stands among a trade and its two holdings: perhaps a second trade."""
    inside = range(min(equation.members) + 1, max(equation.members))
    unit = page.found(equation.members[0]).unit
    return equation.kind in {"shares", "percent", "grown"} and any(
        page.found(i).unit == unit and page.kind(i) not in _ASIDE and i not in equation.members for i in inside
    )


_ASIDE = frozenset(
    {"transaction.discount_pct", "price.change_pct", "threshold.crossed", "result.change_pct", "result.margin_pct"}
)
"""Percentages of something else than shares."""


def _order(page: Page, equation: Balance, index: int) -> tuple[int, int]:
    """Which of several figures is the derived one: a class too small for a holding, what is left after a trade."""
    if equation.kind == "whole" and page.found(equation.members[2]).number < page.found(equation.members[0]).number:
        return (-1 if index == equation.members[2] else 0), 0
    if equation.kind == "whole" and equation.members[1] < equation.members[0] == index:  # "6%, or 24 million shares"
        return -1, 0
    if equation.kind == "step" and index == equation.members[0] and page.found(index).approx:
        return -1, 0  # a round count beside percentages to the digit
    if equation.kind == "grown" and index == equation.members[3]:  # the couple beside it tells more
        return -1, 0
    return rank(page, index), -index
