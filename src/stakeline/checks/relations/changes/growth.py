"""Changes against two amounts: growth, losses that narrow or widen, ratios given as growth, prices."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from stakeline.checks.relations.changes.earlier import earlier
from stakeline.checks.relations.changes.pairs import CLOSE, alike, is_prior, level, loses
from stakeline.checks.relations.changes.told import beside, told_together
from stakeline.checks.relations.changes.ways import rises, way
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
CHANGES = frozenset(
    {
        "result.change_pct",
        "segment.change_pct",
        "cost.change_pct",
        "price.change_pct",
        "market_value.change",
        "other.pct",
    }
)
_MISREAD = frozenset(
    {"stake.change_pct", "stake.change_pp", "result.margin_pct", "other.ratio", "result.other", "segment.share_pct"}
)
"""Kinds that a change is sometimes taken for."""
_CLEAR_UP = re.compile(r"widen|deepen|swell|扩大|擴大|加剧", re.IGNORECASE)
_CLEAR_DOWN = re.compile(r"narrow|shrank|shr[iu]nk|收窄|缩小|縮小|减亏|減虧", re.IGNORECASE)


def growths(page: Page) -> Iterator[Relation]:
    """Every stated change against the levels told with it, else against the pairs of amounts near by that it may be of."""
    told_with = beside(page)
    for index in range(len(page.claims)):
        two = told_with.get(index)
        relation = told_together(page, index, two) if two is not None else None
        if two is not None and two.plain and relation is not None:
            yield relation
            continue
        agreeing = _agreeing(page, index, told=two is not None) if _is_change(page, index) else []
        if relation is not None and relation.fit is not Fit.AGREES:
            agreeing = [r for r in agreeing if set(r.inputs) != set(relation.inputs)]
        if two is not None and not any({two.new, two.old} & set(r.inputs) for r in agreeing):
            agreeing = []  # by chance, of other amounts
        if agreeing:
            yield min(agreeing, key=lambda r: r.rank)
        elif relation is not None:
            yield relation
        elif _is_change(page, index):
            yield from _slipped(page, index)
            yield from earlier(page, index)


def _is_change(page: Page, index: int) -> bool:
    found = page.found(index)
    known = page.kind(index) in CHANGES and (found.growth or not found.word)  # half of something agrees by chance
    known = known or (page.kind(index) in CHANGES | _MISREAD and way(page, index) is not None)
    return known and found.unit in {"pct", "x"} and bool(found.number)


def _agreeing(page: Page, index: int, *, told: bool) -> list[Relation]:
    """The pairs of amounts near a change that give it, in either order, and the increases in money."""
    levels = page.near(index, lambda i: level(page, i, index), 2)[:_MOST]
    close = {i for i in levels if page.together(i, index) and len(page.gap(i, index)) <= CLOSE}
    pairs = [two for two in permutations(levels, 2) if page.one_currency(two) and (not close or close & set(two))]
    tried = [r for new, old in pairs if (r := _relation(page, index, new, old)) is not None]
    if not told:
        tried += [r for one, whole in permutations(levels, 2) for r in _increase(page, index, one, whole)]
    return tried


def _relation(page: Page, index: int, new: int, old: int) -> Relation | None:
    """A change that two amounts give; None where they do not, or where something says that it went the other way."""
    if not positive(page.bounds(old)) or not alike(page, index, new, old):
        return None
    claim = page.claims[index]
    ratio = page.bounds(new) / page.bounds(old)
    signed = (ratio - _ONE) * _HUNDRED
    result = ratio if claim.found.unit == "x" else unsigned(signed)
    if fit(claim.found, result) is not Fit.AGREES or not _telling(page, index, (new, old), result):
        return None
    up = rises(page, index)
    prior = is_prior(page, new) and not is_prior(page, old)
    if prior:
        return None
    wrong_way = (up is True and signed.high < 0) or (up is False and signed.low > 0)
    of_loss = loses(page, new) and not _clear(
        page, index
    )  # a profit that falls below zero falls, though the loss grows
    if wrong_way and not of_loss:
        return None
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.AGREES,
        recomputed=result,
        working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = {'-' if signed.high < 0 else '+'}{told(result, claim)}",
        reason=f"{shown(page.claims[new])} against {shown(page.claims[old])} gives it.",
        correction=say(result, claim, page.script),
        rank=_rank(page, index, new, old),
    )


_WIDTH, _FINEST = Decimal("0.2"), Decimal("0.6")
"""How wide, of itself or in points, a change recomputed from coarse amounts may be and still bear out anything."""


def _telling(page: Page, index: int, two: tuple[int, int], result: Interval) -> bool:
    """Whether agreement is more than chance: one amount marked as the older, or exact amounts of the sentence of the change."""
    if sum(is_prior(page, i) for i in two) == 1:
        return True
    if page.found(index).unit == "x":
        result = result * _HUNDRED
    fine = result.high - result.low <= max(_FINEST, _WIDTH * result.middle)
    return fine and any(page.together(index, i) for i in two)


def _increase(page: Page, index: int, step: int, whole: int) -> Iterator[Relation]:
    """A change against an increase in money: 7.99 million of growth to 729 million."""
    if page.found(step).number * 20 > page.found(whole).number * 19 or not page.together(step, whole):
        return
    if way(page, step) is None and not re.search(r"\b(?:or|by|of)\W*$", page.lead(step)):
        return
    down = rises(page, index) is False
    base = page.bounds(whole) + page.bounds(step) if down else page.bounds(whole) - page.bounds(step)
    if base.low <= 0:
        return
    result = page.bounds(step) / base * _HUNDRED
    claim = page.claims[index]
    if fit(claim.found, result) is Fit.AGREES:
        sign = "+" if down else "-"
        yield Relation(
            target=index,
            inputs=(step, whole),
            fit=Fit.AGREES,
            recomputed=result,
            working=f"{shown(page.claims[step])} / ({shown(page.claims[whole])} {sign} {shown(page.claims[step])}) = {told(result, claim)}",
            reason="The increase over what there was before gives it."
            if not down
            else "The decrease over what there was before gives it.",
            rank=_rank(page, index, step, whole) + 100,
        )


def _rank(page: Page, *indices: int) -> int:
    at = page.found(indices[0]).start
    away = sum(abs(page.found(i).start - at) for i in indices)
    return away + (0 if page.together(*indices) else 400)


def _clear(page: Page, index: int) -> bool:
    """Whether the words next to a change can only be of the size of a loss."""
    words = page.lead(index, 28) + page.tail(index, 18)
    return bool(_CLEAR_UP.search(words)) != bool(_CLEAR_DOWN.search(words))


def _slipped(page: Page, index: int) -> Iterator[Relation]:
    """A rise by more than the whole that no two amounts near by give, and whose digits are those of the ratio of two of them.

    Of four digits that is chance once in some thousand times; with fewer, words must have one of the two as the older.
    """
    found, claim = page.found(index), page.claims[index]
    digits = len(_DIGIT.findall(found.text))
    if found.unit != "pct" or found.word or found.approx or digits < _FEWEST:
        return
    levels = page.near(index, lambda i: level(page, i, index) and positive(page.bounds(i)), 2)[:_MOST]
    pairs = [two for two in permutations(levels, 2) if page.one_currency(two) and alike(page, index, *two)]
    for new, old in pairs:
        ratio = page.bounds(new) / page.bounds(old) * _HUNDRED
        growth = ratio - _HUNDRED
        of_ratio = found.number > _HUNDRED.low and fit(found, ratio) is Fit.AGREES
        if not positive(growth) or not of_ratio or ratio.high - ratio.low > _NARROW * ratio.high:
            continue
        marked = _a_year_apart(page, new, old) or (is_prior(page, old) and page.together(index, old))
        if digits < _TELLING and not marked:
            continue
        if not way(page, index) or any(_gives(page, index, *p) for p in pairs):
            continue
        yield Relation(
            target=index,
            inputs=(new, old),
            fit=Fit.OFF,
            recomputed=growth,
            working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = +{told(growth, claim)}",
            reason=f"{found.text} is the new amount in percent of the old one; the growth is {told(growth, claim)}.",
            correction=say(growth, claim, page.script),
        )
        return


def _a_year_apart(page: Page, new: int, old: int) -> bool:
    """Whether two amounts of one kind are of the same time of two years in a row."""
    times = [page.claims[i].period_or_date or "" for i in (new, old)]
    if page.kind(new) != page.kind(old) or not all(map(_PERIOD.fullmatch, times)) or times[0][4:] != times[1][4:]:
        return False
    return int(times[0][:4]) - int(times[1][:4]) == 1


def _gives(page: Page, index: int, new: int, old: int) -> bool:
    """Whether a change is the growth from one amount to another."""
    return fit(page.found(index), (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED) is not Fit.OFF


_PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:[HQ][1-4])?")
_DIGIT = re.compile(r"[0-9]")
_FEWEST, _TELLING, _MOST = 3, 4, 6
"""Digits that tell one ratio from another, where words help and by themselves; amounts tried on each side of it."""
_NARROW = Decimal("0.02")
"""How far apart the ends of such a ratio may lie."""
