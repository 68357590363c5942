"""A change told in one breath with its two levels: "more than tripled from 145p to 390p", 3200万股,较上年末的2400万股增加25%.

The change stands between its levels, behind them or in front of them, with nothing but words of comparison around it. Where that
is so of the levels too, it must be what they give; where other words stand between them, only a usual slip counts against it:
the ratio for the growth, the older level's part of the newer one, a power of ten, the other direction.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from msgspec.structs import replace

from stakeline.checks.relations.changes.compared import (
    MEASURED,
    STOP,
    UNIT,
    Compared,
    are_apart,
    between,
    compared,
    is_level,
    is_plain,
    is_ranged,
    is_step,
    measures,
)
from stakeline.checks.relations.changes.ways import TURNS, rises, signs, sized, way
from stakeline.checks.relations.fit import Fit, fit, in_print, magnitude, replaced, slip, swapped
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
OTHER_BASE = re.compile(
    r"constant|like-for-like|organic|comparable|annuali[sz]ed|per year|a year on average|compound|CAGR|per annum|excluding|adjusted (?:for|basis)|on an adjusted|pro forma|split"
    r"|不变汇率|固定匯率|固定汇率|年均|复合|複合|剔除|扣除|调整后|調整後|可比|同店|拆股|送股|转增|環比|环比|按季|按月|(?:quarter|month|week)[- ]on[- ](?:quarter|month|week)|sequential|on the (?:previous )?(?:quarter|month|week)|since|local|currenc|较年初|較年初|较上[季月]|較上[季月]|以[来來]",
    re.IGNORECASE,
)
"""Around a change: it may be measured by another level than the one beside it."""
_GREW_ZH = re.compile(
    r"(?:增加|增长|增長|上升|上漲|上涨|提高|多|高|高出|升|增|增幅|升幅|涨幅|漲幅)(?:了|约|約|达|達|为|為|高|近|逾)*$"
)
"""In front of a multiple that says how much more there is; elsewhere it says how many times as much."""
_DIGIT = re.compile(r"[0-9]")
_TELLING = 3
"""Digits of a change that a slip explains by more than chance, whatever base is named beside it."""
_NOT_CHANGES = ("transaction.", "threshold.", "fx.", "stake.before", "stake.after")
_FROM = re.compile(r"\bfrom\b|[较較比]", re.IGNORECASE)
OR = re.compile(r"(?:,? or |[,，]? ?[(（][+-]?|[,，]?[即或])(?:about |some |nearly |约|約)?", re.IGNORECASE)
"""Between two levels and the change that sums them up, without a word of its own."""
ARRIVED = re.compile(r"\bto (?:about |some |nearly )?$|[至到](?:约|約|近)?$", re.IGNORECASE)
"""In front of what something came to, not of by how much it changed."""


def beside(page: Page) -> dict[int, Compared]:
    """The two levels that a change is told with, by the change; a change that could be of two pairs is of neither."""
    found: dict[int, list[Compared]] = {}
    pairs = list(compared(page))
    counted = Counter(i for two in pairs for i in (two.new, two.old))
    for two in pairs:
        if any(is_ranged(page, i) or counted[i] > 1 for i in (two.new, two.old)):
            continue  # of three levels in a row a change may be between the first and the last
        for index, plain in _around(page, two):
            found.setdefault(index, []).append(two._replace(plain=two.plain and plain))
    return {index: of[0] for index, of in found.items() if len(of) == 1}


def _around(page: Page, two: Compared) -> Iterator[tuple[int, bool]]:
    """The change between two levels, else that right behind them or in front of them; and whether only words of comparison part them."""
    first, second = sorted((two.new, two.old))
    inside = [i for i in range(first + 1, second) if page.found(i).unit in {"pct", "x"}]
    if inside:
        repeats = OR.fullmatch(page.gap(first, first + 1)) and MEASURED.match(page.tail(inside[0]))
        if repeats:
            return  # "7.5p, or 65% above the 11.5p": the first is the change in money
        if len(inside) == 1 and _is_change(page, inside[0]) and is_plain(UNIT.sub("", between(page, first, inside[0]))):
            yield inside[0], True
        return
    after, before = _next(page, second, 1), _next(page, first, -1)
    led = before is not None and _leads_to(page, before, first)
    if before is not None and led and _is_given(page, before, two):
        after = None  # what follows is of something else
    how = _joins(page, two, second, after) if after is not None and not _listed(page, two, after, 1) else None
    if after is not None and how is not None and (how or not led):
        yield after, how
    elif before is not None and led and not _listed(page, two, before, -1):
        known = page.together(first, second) or not _FROM.search(page.gap(before, before + 1))
        yield from [(before, True)] if known else []  # else the other level is of a third time


def _joins(page: Page, two: Compared, second: int, after: int) -> bool | None:
    """Whether a change behind two levels is plainly of them; None where it may be of something else."""
    words, front = between(page, second, after), page.lead(min(two.new, two.old), _LEAD)
    if are_apart(front, words) or _THEN.search(words):
        return None
    if is_plain(words):
        return True
    own = measures(front) >= measures(words)
    return False if own and len(words) <= _LEAD and not STOP.search(words) else None


_THEN = re.compile(r"\bthen\b|\bof (?:it|that|which|them)\b|[随隨][后後]|其[后後]", re.IGNORECASE)
"""Between two levels and a change: it is the next step of several."""
_LEAD = 60
"""Characters in which words may say what a change is of."""


def _next(page: Page, index: int, step: int) -> int | None:
    """The next figure that is no day, where it is a change of the same sentence."""
    at = index + step
    while 0 <= at < len(page.claims) and (
        page.found(at).unit in {"date", "period"} or (is_level(page, at) and is_step(page, at))
    ):
        at += step
    if not (0 <= at < len(page.claims) and page.together(at, index)):
        return None
    repeats = page.kind(at).endswith(".change_pct") and OR.fullmatch(page.gap(index, at)) is not None and step > 0
    return at if _is_change(page, at) or repeats else None


_RESPECTIVELY = re.compile(r"\brespectively\b|分[别別]|各[为為]", re.IGNORECASE)
"""Around levels of several things in a row."""
_IN_ALL_OF = re.compile(
    r" (?:(?:rise|fall|drop|increase|decrease|decline|gain|jump|growth|improvement) )?(?:in|of) (?:[a-zA-Z'’-]+ ){1,6}(?:to|at) (?:about |some |a record )?"
)
"""Between a change and the newer of its two levels, with what it is a change of: "a fall of 5% in quarterly net profit to"."""


def _leads_to(page: Page, change: int, level: int) -> bool:
    """Whether nothing but comparison, or the name of what changed, stands between a change and the first of two levels behind it."""
    words = between(page, change, level)
    return is_plain(words) or _IN_ALL_OF.fullmatch(words) is not None


def _listed(page: Page, two: Compared, index: int, step: int) -> bool:
    """Whether another change follows: the two may be of two periods, or of two pairs of levels.

    Not so where other words than those of comparison part the two, for then it is of something else, unless the levels give it.
    """
    other = index + step
    if not (0 <= other < len(page.claims) and page.together(other, index) and _is_change(page, other)):
        return False
    return is_plain(page.gap(other, index)) or _is_given(page, other, two)


def _is_given(page: Page, index: int, two: Compared) -> bool:
    """Whether a change is what two levels give, in percent."""
    growth = unsigned((page.bounds(two.new) / page.bounds(two.old) - _ONE) * _HUNDRED)
    return page.found(index).unit == "pct" and fit(page.found(index), growth) is Fit.AGREES


def _is_change(page: Page, index: int) -> bool:
    found = page.found(index)
    if (
        found.unit not in {"pct", "x"}
        or not found.number
        or is_ranged(page, index)
        or page.kind(index).startswith(_NOT_CHANGES)
    ):
        return False
    if ARRIVED.search(page.lead(index)):
        return False
    if found.unit == "x":
        return found.lang == "zh" and _GREW_ZH.search(page.lead(index)) is not None
    return found.growth or page.kind(index).endswith(".change_pct") or way(page, index) is not None


def told_together(page: Page, index: int, two: Compared) -> Relation | None:
    """A change against the levels that it is told with; None where nothing can be said."""
    claim, found = page.claims[index], page.found(index)
    new, old = two.new, two.old
    growth = page.bounds(new) / page.bounds(old) - _ONE
    scale = _ONE if found.unit == "x" else _HUNDRED
    result = unsigned(growth * scale)
    one, other = signs(page, two)
    low, high = min(index, new, old), max(index, new, old)
    words = page.lead(low) + page.text[page.found(low).start : page.found(high).end] + page.tail(high, 32)
    if one != other or not positive(result) or TURNS.search(words) or _in_order(page, low, high):
        return None
    outcome = _of_part(found, result) if found.word and growth.high < 0 and found.unit == "pct" else fit(found, result)
    if outcome is Fit.UNDECIDED and found.approx != "upto":
        return None  # 增幅高达300%: as much as that, of a ratio all the same
    up = growth.low > 0
    wrong_way = _against(page, index, up=up, loss=one < 0)
    right = outcome is Fit.AGREES and not wrong_way
    reason = "The two levels beside it give it." if right else None
    if reason is None and outcome is Fit.AGREES:
        reason = f"{'The loss' if one < 0 else 'It'} {_verb(up=up, loss=one < 0)}: {page.found(new).text} after {page.found(old).text}."
    slipped = _slipped(page, index, two, result) if reason is None else None
    chance = slipped is None or len(_DIGIT.findall(found.text)) < _TELLING
    other = reason is None and chance and OTHER_BASE.search(page.lead(index, 28) + page.tail(index, 32)) is not None
    reason = reason or slipped
    if reason is None and outcome is Fit.OFF and (two.plain or misprinted(found, result)):
        reason = f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}."
    if reason is None or other:
        return None
    relation = _off(page, index, two, result, reason, up=up)
    if right:
        return replace(relation, fit=Fit.AGREES, slips=False)
    if wrong_way:
        return replace(relation, correction=corrected(page, index, result, up=up, loss=one < 0))
    return relation


def _in_order(page: Page, low: int, high: int) -> bool:
    """Whether levels are of several things in a row, so that their order tells which is of which."""
    return _RESPECTIVELY.search(page.text[page.found(low).end : page.found(high).end + _LEAD]) is not None


def _off(page: Page, index: int, two: Compared, result: Interval, reason: str, *, up: bool) -> Relation:
    """A change that is not what two levels give."""
    claim, names = page.claims[index], [shown(page.claims[i]) for i in (two.new, two.old)]
    return Relation(
        target=index,
        inputs=(two.new, two.old),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{names[0]} / {names[1]} - 1 = {'+' if up else '-'}{told(result, claim)}",
        reason=reason,
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


def _digits(found: Found) -> int:
    return len(_DIGIT.findall(in_print(found)))


_COARSE = Decimal("1.25")
"""How far apart the ends of a change may lie for a digit of it to be wrong: of 0.075 and 0.4 it is 364% to 504%."""


def slipped_apart(
    page: Page, index: int, pairs: Iterable[tuple[int, int]], telling: int = _TELLING
) -> Iterator[Relation]:
    """A change against levels told apart from it, the newer one first: where none gives it and a usual slip makes it what one gives."""
    claim, up = page.claims[index], rises(page, index)
    if claim.found.approx == "upto":  # "as much as 4.7%, to 910.05": of one price it is exact
        claim = replace(claim, found=replace(claim.found, approx=None))
    wrong: dict[Decimal, Relation] = {}
    for new, old in pairs:
        growth = (page.bounds(new) / page.bounds(old) - _ONE) * (_ONE if claim.found.unit == "x" else _HUNDRED)
        result = unsigned(growth)
        if not positive(result) or fit(claim.found, result) is not Fit.OFF:
            return
        if result.high > _COARSE * result.low:
            continue
        turned = unsigned((page.bounds(old) / page.bounds(new) - _ONE) * _HUNDRED)
        if up is not (growth.low > 0) and fit(claim.found, turned) is Fit.AGREES:
            return
        if any(_has_change(page, i, result) for i in (new, old)):
            continue  # the two have a change of their own
        two = Compared(new, old, plain=False)
        reason = _slipped(page, index, two, result) if _digits(claim.found) >= telling else None
        if reason is None and misprinted(claim.found, result, telling):
            reason = f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}."
        if reason is not None and up in {None, growth.low > 0}:
            wrong[page.found(old).number] = _off(page, index, two, result, reason, up=growth.low > 0)
    if len(wrong) == 1:
        yield from wrong.values()


def _has_change(page: Page, level: int, size: Interval) -> bool:
    """Whether near a level a change of that size is told."""
    return bool(page.near(level, lambda i: page.found(i).unit == "pct" and fit(page.found(i), size) is Fit.AGREES))


def misprinted(found: Found, result: Interval, telling: int = _TELLING) -> bool:
    """Whether one wrong digit, or two neighbours changed round, make a change what two levels give, and so many digits tell it.

    Coarse levels leave many figures open: only those near the middle count.
    """
    if _digits(found) < telling or found.word:
        return False
    digits, give = in_print(found), _ROOM * found.half
    low, high = max(result.low, result.middle - give), min(result.high, result.middle + give)
    others = (Decimal(text) for text in chain(swapped(digits), replaced(digits)))
    return any(n - found.half <= high and low <= n + 2 * found.half for n in others)


_ROOM = 3
"""How many halves of the last printed digit a change may be from what the printed levels give exactly."""


def _verb(*, up: bool, loss: bool) -> str:
    if loss:
        return "widened" if up else "narrowed"
    return "rose" if up else "fell"


def corrected(page: Page, index: int, result: Interval, *, up: bool, loss: bool) -> str:
    """The change as it should read, with its direction."""
    claim = page.claims[index]
    right = fit(claim.found, result) is Fit.AGREES  # then only the direction is wrong
    size = claim.found.text if right else say(result, claim, page.script)
    if page.found(index).lang != "zh":
        return f"{_verb(up=up, loss=loss)} {size}"
    words = ("擴大", "收窄", "增加", "減少") if page.script == "Hant" else ("扩大", "收窄", "增加", "减少")
    if page.kind(index).startswith("price."):
        return f"{'上升' if up else '下跌'}{size}"
    return f"{words[(0 if up else 1) + (0 if loss else 2)]}{size}"


def _of_part(found: Found, result: Interval) -> Fit:
    """Of a fall in words ("halved", "by two thirds"): a fall is of the older level, so that a fifth of it matters."""
    off = result.high < found.number * _SHORT or (result.low > found.number / _SHORT and found.approx != "over")
    return Fit.OFF if off else Fit.AGREES


_SHORT = Decimal("0.8")


def _against(page: Page, index: int, *, up: bool, loss: bool) -> bool:
    """Whether the words have a change go the other way than its levels."""
    said = way(page, index)
    if said is None or said == up or page.found(index).growth:
        return False
    return not loss or sized(page, index)


def _slipped(page: Page, index: int, two: Compared, result: Interval) -> str | None:
    """The reason of a difference, where it is one of the usual slips."""
    found, claim = page.found(index), page.claims[index]
    scale = _ONE if found.unit == "x" else _HUNDRED
    ratio = page.bounds(two.new) / page.bounds(two.old)
    if not found.word or found.unit == "x":
        if fit(found, ratio * scale) is Fit.AGREES:
            return f"{found.text} is the new amount over the old one; the growth is {told(result, claim)}."
        if fit(found, unsigned(_ONE - _ONE / ratio) * scale) is Fit.AGREES:
            return f"{found.text} is the change over the new amount; over the old one it is {told(result, claim)}."
        if fit(found, _ONE / ratio * scale) is Fit.AGREES:
            return f"{found.text} is the old amount over the new one; the growth is {told(result, claim)}."
    factor = slip(found, result) if magnitude(found, result) in {1, -1, 2, -2} else None
    return (
        f"The change is {told(result, claim)}; the figure is {factor} that."
        if factor is not None and not found.word
        else None
    )
