"""The equations of one holding: before, trade and after, in shares and in percent, and what each makes of its members."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from stakeline.checks.relations.changes.pairs import FROM, TO, from_to
from stakeline.checks.relations.fit import AMOUNT, Fit, fit, in_print, magnitude, mistyped, transposed
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import Page, Relation, positive, reached
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
SLIPS = range(1, 5)
"""Powers of ten by which a figure is mistyped: a point, 萬 for 億."""

_PREFERRED = {"stake.after_pct": 0, "transaction.stake_pct": 1, "stake.pct": 2, "stake.after_shares": 3}
"""Where nothing tells which of several figures is wrong, the derived one is."""


Kind = Literal["shares", "percent", "ratio", "whole", "step", "grown"]


class Balance(msgspec.Struct, frozen=True):
    """Figures that belong together.

    shares, percent: (trade, holding, holding); ratio: (shares, percent, shares, percent); whole: (shares, percent, all shares);
    step: (shares traded, all shares, percent, percent); grown: (shares traded, shares held, their percent, the other percent).
    """

    kind: Kind
    members: tuple[int, ...]
    fit: Fit


def solved(page: Page, kind: str, members: tuple[int, ...], target: int) -> list[Interval]:
    """What a member of an equation can be by the others; of a holding beside a trade, either way."""
    most = _HUNDRED.high if page.is_percent(target) else None
    return [r for r in results(page, kind, members, target) if most is None or r.low <= most]


def results(
    page: Page, kind: str, members: tuple[int, ...], target: int, values: dict[int, Interval] | None = None
) -> list[Interval]:
    """What the others make a member. values: where they lie, if not as printed."""
    values = values or {i: reached(page.found(i)) for i in members}
    if kind in {"shares", "percent"}:
        trade, *sides = members
        if target == trade:
            return [unsigned(values[sides[0]] - values[sides[1]])]
        other = next(i for i in sides if i != target)
        return [r for r in (values[other] - values[trade], values[other] + values[trade]) if positive(r)]
    if kind == "step":
        return _of_step(values, members, target)
    if kind == "grown":
        return _of_grown(values, members, target)
    if kind == "whole":
        n, part, total = members
        of_part = values[total] * values[part] / _HUNDRED
        return [of_part if target == n else values[n] * _HUNDRED / values[total if target == part else part]]
    n, part, other, share = members
    if target in {other, share}:
        n, part, other, share = other, share, n, part
    return [
        values[n] * values[share] / values[other] if target == part else values[other] * values[part] / values[share]
    ]


def _of_step(values: dict[int, Interval], members: tuple[int, ...], target: int) -> list[Interval]:
    """The same of a trade over all shares and the two percentages around it."""
    n, total, *sides = members
    step = unsigned(values[sides[0]] - values[sides[1]])
    if target in sides:
        other = next(i for i in sides if i != target)
        step = values[n] / values[total] * _HUNDRED
        return [r for r in (values[other] - step, values[other] + step) if positive(r)]
    of_one = values[total] / _HUNDRED * step if target == n else values[n] * _HUNDRED
    return [of_one if target == n else of_one / step] if positive(step) else []


def _of_grown(values: dict[int, Interval], members: tuple[int, ...], target: int) -> list[Interval]:
    """The same of a trade, the holding on one side of it in shares and in percent, and the percentage on the other side."""
    n, held, share, other = members
    if target in {share, other}:
        more = values[other].middle > values[share].middle
        counts = [values[held] + values[n], values[held] - values[n]][:: 1 if more else -1]
        return [
            values[share] * count / values[held] if target == other else values[other] * values[held] / count
            for count in counts
            if positive(count)
        ]
    part = unsigned(values[other] - values[share]) / values[share]
    if target == n:
        return [values[held] * part]
    return [values[n] / part] if positive(part) else []


def rank(page: Page, index: int) -> int:
    """How likely a figure is worked out from the others, 0 most: percentages, then what is left."""
    return _PREFERRED.get(page.kind(index), _PREFERRED["stake.pct"] if page.is_percent(index) else len(_PREFERRED))


def derived(page: Page, members: tuple[int, ...]) -> int:
    """The member that is likeliest worked out from the others."""
    return min(members, key=lambda i: (rank(page, i), -i))


def stated(page: Page, equation: Balance, target: int, outcome: Fit, near: Decimal | None = None) -> Relation:
    """What an equation says of one of its members; of two things that it can be the one near what is printed, or near another value."""
    claim = page.claims[target]
    own = page.found(target).number if near is None else near
    result = min(results(page, equation.kind, equation.members, target), key=lambda r: abs(r.middle - own))
    others = tuple(i for i in equation.members if i != target)
    return Relation(
        target=target,
        inputs=others,
        fit=outcome,
        recomputed=result,
        working=f"{_working(page, equation.kind, equation.members, target, result)} = {told(result, claim)}",
        reason="The other figures of the holding give it."
        if outcome is Fit.AGREES
        else f"By the other figures of the holding it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=abs(magnitude(claim.found, result) or 0) in SLIPS,
    )


def _working(page: Page, kind: str, members: tuple[int, ...], target: int, result: Interval) -> str:
    """The formula with its numbers."""
    names = {i: shown(page.claims[i]) for i in members}
    if kind in {"shares", "percent"}:
        trade, *sides = members
        if target == trade:
            return f"|{names[sides[0]]} - {names[sides[1]]}|"
        other = next(i for i in sides if i != target)
        return f"{names[other]} {'+' if result.middle > page.found(other).number else '-'} {names[trade]}"
    if kind == "step":
        n, total, *sides = members
        step = f"|{names[sides[0]]} - {names[sides[1]]}|"
        if target in sides:
            other = next(i for i in sides if i != target)
            sign = "+" if result.middle > page.found(other).number else "-"
            step = f"{names[other]} {sign} {names[n]} / {names[total]}"
        return {n: f"{names[total]} x {step}", total: f"{names[n]} / {step}"}.get(target, step)
    if kind == "whole":
        n, part, total = members
        whole = f"{names[n]} / {names[total if target == part else part]}"
        return f"{names[total]} x {names[part]}" if target == n else whole
    if kind == "grown":
        n, held, share, other = members
        step = f"|{names[other]} - {names[share]}| / {names[share]}"
        sign = "+" if page.found(other).number > page.found(share).number else "-"
        sum_ = f"({names[held]} {sign} {names[n]})"
        return {
            n: f"{names[held]} x {step}",
            held: f"{names[n]} x {names[share]} / |{names[other]} - {names[share]}|",
            share: f"{names[other]} x {names[held]} / {sum_}",
        }.get(target, f"{names[share]} x {sum_} / {names[held]}")
    n, part, other, share = members
    if target in {other, share}:
        n, part, other, share = other, share, n, part
    return (
        f"{names[n]} / ({names[other]} / {names[share]})"
        if target == part
        else f"{names[other]} x {names[part]} / {names[share]}"
    )


def led(page: Page, one: int, other: int) -> bool:
    """Whether two figures, the first in front, are before and after in either order: "from 6% to 5%", "to 5% from 6%"."""
    back = len(page.gap(one, other)) <= _LED and page.together(one, other)
    back = back and TO.search(page.lead(one)) is not None and FROM.search(page.lead(other)) is not None
    return back or from_to(page, one, other)


_LED = 20
"""Characters between two levels of which the first is the newer."""


def is_vague(page: Page, equation: Balance, relation: Relation) -> bool:
    """Whether a result would bear out almost any figure, by a percentage of one digit, and is not the printed one: "34% to 137%"."""
    result, own = relation.recomputed, page.found(relation.target).number
    if not isinstance(result, Interval) or result.high <= _VAGUE * result.low:
        return False
    values = {i: Interval.exact(page.found(i).number) for i in equation.members}
    made = results(page, equation.kind, equation.members, relation.target, values)
    return all(abs(own - r.middle) > _NEARLY * own for r in made)


_VAGUE, _NEARLY = Decimal("1.6"), Decimal("0.1")


def as_printed(page: Page, equation: Balance) -> bool:
    """Whether an equation holds for its figures as they are printed, not only for what they may be rounded from: the sharpest one tells."""
    target = min(equation.members, key=lambda i: page.found(i).half / page.found(i).number)
    values = {i: Interval.exact(page.found(i).number) for i in equation.members}
    made = results(page, equation.kind, equation.members, target, values)
    return any(fit(page.found(target), r, slack=_ROUNDED) is Fit.AGREES for r in made)


_ROUNDED = Decimal("0.03")


def of_new_shares(page: Page, equation: Balance) -> bool:
    """Whether the shares traded were new ones, or went back to the company: then there were fewer of all, or more."""
    n, held, share, other = equation.members
    count, total = page.bounds(held), page.bounds(held) / page.bounds(share) * _HUNDRED
    fewer, more = ((count - page.bounds(n), total - page.bounds(n)), (count + page.bounds(n), total + page.bounds(n)))
    return any(
        positive(part) and positive(whole) and fit(page.found(other), part / whole * _HUNDRED) is Fit.AGREES
        for part, whole in (fewer, more)
    )


def is_another_trade(page: Page, equation: Balance, relation: Relation) -> bool:
    """Whether a side of a trade is off by half as much as the trade, or more: then there was another one."""
    trade, *sides = equation.members
    if equation.kind not in {"shares", "percent"} or relation.target not in sides:
        return False
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of an equation it always is
    return abs(page.found(relation.target).number - relation.recomputed.middle) > _HALF_OF_IT * page.found(trade).number


_HALF_OF_IT = Decimal("0.5")


def of_two_days(page: Page, equation: Balance) -> bool:
    """Whether two holdings are told of two days, and no further apart than the number of all shares may change in between."""
    one, other = sorted(equation.members[:2]), sorted(equation.members[2:])
    first, last = (one, other) if one < other else (other, one)
    dated = any(page.found(i).unit in {"date", "period"} for i in range(first[-1] + 1, last[0]))
    return dated and drifts(page, equation, _DRIFT)


def drifts(page: Page, equation: Balance, share: Decimal) -> bool:
    """Whether two holdings are of numbers of all shares that differ by no more than a share of them."""
    if equation.kind != "ratio":
        return False
    result = results(page, "ratio", equation.members, equation.members[1])[0].middle
    return abs(page.found(equation.members[1]).number / result - 1) < share


_DRIFT = Decimal("0.05")
"""How much the number of all shares changes in some months without a word of it."""


def is_partial(page: Page, equation: Balance) -> bool:
    """Whether a trade told in a sentence of its own, behind the two holdings, can be a part of what changed them."""
    trade, *sides = equation.members
    if equation.kind == "grown":
        return page.found(trade).number < results(page, "grown", equation.members, trade)[0].low
    if equation.kind not in {"shares", "percent"}:
        return False
    behind = page.found(trade).sentence > max(page.found(i).sentence for i in sides)
    return behind and page.found(trade).number < results(page, equation.kind, equation.members, trade)[0].low


def is_measured(page: Page, trade: int, *sides: int) -> bool:
    """Whether another figure near by is the difference of two holdings: then it is the trade that does not fit them."""
    step = unsigned(page.bounds(sides[0]) - page.bounds(sides[1]))
    near = page.near(sides[0], lambda i: page.is_percent(i) and i not in {trade, *sides})
    others = (unsigned(page.bounds(a) - page.bounds(b)) for a, b in moves(page) if {a, b}.isdisjoint(sides))
    told_so = any(fit(page.found(i), step) is Fit.AGREES and page.found(i).unit == "pp" for i in near)
    return told_so or any(positive(o) and o.middle == step.middle for o in others)


def explains(page: Page, failing: list[Balance], index: int, give: Decimal = AMOUNT) -> bool:
    """Whether one value of a figure would make all failing equations hold."""
    wanted = [solved(page, e.kind, e.members, index) for e in failing]
    return all(wanted) and any(
        all(any(meet(one, other, give) for other in others) for others in wanted) for one in wanted[0]
    )


def meet(one: Interval, other: Interval, share: Decimal) -> bool:
    """Whether two results can be one, by a share of the larger."""
    give = share * max(one.high, other.high)
    return one.low <= other.high + give and other.low <= one.high + give


def slipped(page: Page, failing: list[Balance], index: int, *, telling: int | None = None) -> bool:
    """Whether a slip of the pen makes a figure what the equations want. telling: how many digits it must have, if not as usual."""
    found = page.found(index)
    made = [solved(page, e.kind, e.members, index) for e in failing]
    shifted = [
        any(_shifted(found, r, _rights(page, e, index)) for r in rs) for e, rs in zip(failing, made, strict=True)
    ]
    if all(shifted) or (any(shifted) and {e.kind for e in failing} != {"ratio"}):  # one of several holdings, by chance
        return True
    for equation, results_ in zip(failing, made, strict=True):
        rights = _rights(page, equation, index)
        two_days = equation.kind == "ratio" and len(failing) == 1
        narrow = any(r.high <= r.low * _NARROW for r in results_)
        enough = _TELLING if two_days else telling if telling is not None and narrow else _FEW
        wrong = any(mistyped(found, r, enough) for r in rights)
        wrong = wrong and (not two_days or any(one_digit(found, r, _SURELY) for r in results_))
        if wrong or (equation.kind in {"ratio", "whole"} and any(transposed(found, r.middle) for r in rights)):
            return True
    return False


_NARROW = Decimal("1.05")
"""How far apart the ends of a result may lie, its figures rounded, to tell a wrong digit of two."""


def one_digit(found: Found, result: Interval, telling: int) -> bool:
    """Whether one other digit, or another power of ten, makes a figure what it should be, and by no coincidence."""
    digits = in_print(found)
    if not any(c in "123456789" for c in digits) or not positive(result) or not found.number or found.word:
        return False
    unit = found.number / Decimal(digits)
    width = result.high - result.low + 2 * found.half
    if abs(magnitude(found, result) or 0) in SLIPS:
        return width * telling * _ANY <= result.middle
    step = unit * (Decimal(10) ** (len(digits.partition(".")[0]) - 1))
    for place, own in enumerate(digits):
        if own == ".":
            continue
        if width * telling > step:
            return False
        texts = (digits[:place] + c + digits[place + 1 :] for c in "0123456789" if c != own and (place or c != "0"))
        if any(result.low - found.half <= Decimal(t) * unit <= result.high + found.half for t in texts):
            return True
        step /= 10
    return False


_ANY = 3
"""Powers of ten are as many as digits, but what is of something else is many times smaller or larger, too."""


def _rights(page: Page, equation: Balance, index: int) -> list[Interval]:
    """What the others make a member as they are printed, none of them rounded."""
    printed = {i: Interval.exact(page.found(i).number) for i in equation.members}
    made = [r for r in results(page, equation.kind, equation.members, index, printed) if positive(r)]
    if equation.kind not in {"shares", "percent"} or index == equation.members[0]:
        return made
    other = next(i for i in equation.members[1:] if i != index)
    above = page.found(index).number > page.found(other).number  # the trade went the way that its holdings go
    return [r for r in made if (r.middle > page.found(other).number) is above]


def _shifted(found: Found, result: Interval, rights: Sequence[Interval]) -> bool:
    """Whether a figure is a power of ten away from a result, and not merely for a coarse figure among the others: rights are by what is printed."""
    power = magnitude(found, result) or 0
    return abs(power) in SLIPS and any(abs(found.number.scaleb(-power) / r.middle - 1) < _COARSE for r in rights)


_COARSE = Decimal("0.12")
"""How far from a power of ten a figure may be of few digits."""
_TELLING = 4
"""Digits of a figure by which one wrong digit can be told between two holdings that may be of two days; fewer where several others agree."""
_SURELY = 6
"""How many times narrower than a digit's unit a result must be to tell that digit of them."""
_FEW = 3
"""Digits that are enough for one wrong one to tell, in a difference of printed figures: it has nothing to round."""
