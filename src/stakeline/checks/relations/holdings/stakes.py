"""Holdings before and after: their difference, points against percent."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from math import floor

import msgspec

from stakeline.checks.relations.changes.pairs import FROM, TO, is_from
from stakeline.checks.relations.elsewhere import is_larger
from stakeline.checks.relations.fit import Fit, far, fit, magnitude
from stakeline.checks.relations.page import STAKES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_BY = re.compile(
    r"(?:\bup|\bdown|\bby|\brose|\bfell|\brisen|\bfallen|\badded|(?:increase|decrease|rise|fall|drop|gain|decline|reduction|change) of"
    r"|下降|上升|增加|增[长長]|减少|減少|提高|提升|下跌|上涨|上漲|下滑|回落|下调|下調|(?:[幅变變][度动動](?:比例)?|[升降增减減跌涨漲]幅)[为為达達]到?)(?:了|約|约| about| some| around| roughly| nearly| a further| another)?\s*$",
    re.IGNORECASE,
)
"""Directly in front of the size of a change."""
_THAN = re.compile(
    r" (?:smaller|larger|bigger|lower|higher) than\b| (?:more|less) than the\b|[ -](?:increase|decrease|reduction|rise|drop|decline) from (?:the\b|its\b|[0-9])",
    re.IGNORECASE,
)
"""Directly behind it."""
_SIZE = re.compile(
    r"\s*(?:stake|interest|shareholding|holding|equity|of (?!a percentage)|的?股[份权權]|的?权益|的?權益|shares)",
    re.IGNORECASE,
)
"""Directly behind the size of a trade: "by selling a 0.49% stake"."""
_POINTS = re.compile(r"point|pp|点|點|bps?\b", re.IGNORECASE)
OF_SHARES = re.compile(
    r"stake|holding|holder|interest|shares|filing|disclos|持股|股[权權份东東]|持有|权益|權益|持倉|好倉|好仓|举牌|舉牌",
    re.IGNORECASE,
)
_LEVELS = STAKES | {"result.margin_pct", "other.pct", "segment.share_pct", "transaction.stake_pct", "stake.change_pct"}
"""Kinds that can be one side of "from 9.05% to 8.74%", misread ones among them."""
_PART = re.compile(r"其中|of which|including|of that|稀[释釋]|[摊攤]薄|dilut", re.IGNORECASE)
"""In front of a part of a change."""


def is_change(page: Page, index: int) -> bool:
    """Whether a percentage is how much another one changed, not a level or the size of a trade."""
    if not page.is_percent(index) or _SIZE.match(page.tail(index)) or _PART.search(page.lead(index)):
        return False
    told_so = _BY.search(page.lead(index)) or _THAN.match(page.tail(index))
    return page.kind(index) in {"stake.change_pp", "stake.change_pct"} or told_so is not None


def moves(page: Page) -> list[tuple[int, int]]:
    """Pairs of percentages, before and after, as the words around them have it ("from 9.05% to 8.74%") or their kinds."""
    found: list[tuple[int, int]] = []
    for indices in page.sentences.values():
        levels = [i for i in indices if page.found(i).unit == "pct" and not is_change(page, i)]
        for one, other in pairwise(levels):
            told = is_from(page, one) and TO.search(page.lead(other)) and not FROM.search(page.lead(other))
            if other - one > 4 or not (page.same(one, other) or (told and _goes_on(page, one))):
                continue
            kinds = page.kind(one), page.kind(other)
            if not set(kinds) <= _LEVELS:
                continue
            if told:
                found.append((one, other))
            elif _goes_on(page, other):
                continue
            elif (FROM.search(page.lead(other)) and not FROM.search(page.lead(one))) or kinds == _BACKWARDS:
                found.append((other, one))
            elif kinds == _BACKWARDS[::-1]:
                found.append((one, other))
    return found + _apart(page, found)


_BACKWARDS = ("stake.after_pct", "stake.before_pct")


def _goes_on(page: Page, old: int) -> bool:
    """Whether an older level has its newer one behind it: "3.3% after 2.2%, while goods went from a 3.6% gain to a 0.5% drop"."""
    new = old + 1
    if new >= len(page.claims) or page.found(new).unit != "pct" or not page.together(old, new):
        return False
    return _LEADS_TO.search(page.gap(old, new)) is not None


_LEADS_TO = re.compile(
    r"^(?: [a-z]+){0,2} to (?:an? |about |some )?$|^[^,，。;；0-9]{0,6}[至到](?:[约約]|近)?$", re.IGNORECASE
)


def _apart(page: Page, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Before and after in sentences of their own, where the article has one of each."""
    befores = [i for i in range(len(page.claims)) if page.kind(i) == "stake.before_pct"]
    afters = [i for i in range(len(page.claims)) if page.kind(i) == "stake.after_pct"]
    if not afters and befores:
        now = [i for i in range(len(page.claims)) if page.kind(i) == "stake.pct"]
        afters = [i for i in now if abs(page.found(i).sentence - page.found(befores[0]).sentence) <= _NEXT]
    if len(befores) == len(afters) == 1 and page.same(befores[0], afters[0]) and (befores[0], afters[0]) not in found:
        return [(befores[0], afters[0])]
    return []


_NEXT = 2
"""Sentences between what was held before and what is held, where nothing but their number tells that it is the same."""


def differences(page: Page) -> Iterator[Relation]:
    """Before - after = change, in points; after / before - 1, in percent; and points printed as percent."""
    pairs = moves(page)
    for before, after in pairs:
        if not positive(page.bounds(before)):
            continue
        changes = page.near(before, lambda i: is_change(page, i))
        change = [i for i in changes if _beside(page, i, before, after) and not _from_other(page, i, before, after)]
        if change:
            yield _other_way(page, change[0], before, after) or _settled(page, _change(page, change[0], before, after))
        sizes = [
            i
            for i in page.near(after, lambda i: page.kind(i) == "transaction.stake_pct")
            if page.same(i, before, after)
        ]
        yield from _size(page, sizes, before, after)


def _settled(page: Page, relation: Relation) -> Relation:
    """A change in points that misses its two levels speaks against the later one where shares traded over all shares bear it out."""
    change, (before, after) = relation.target, relation.inputs
    step = unsigned(page.bounds(after) - page.bounds(before))
    if page.found(change).unit != "pp" or fit(page.found(change), step) is not Fit.OFF or not _borne_out(page, change):
        return relation
    claim, size = page.claims[after], page.bounds(change)
    fell = page.found(after).number < page.found(before).number
    result = page.bounds(before) - size if fell else page.bounds(before) + size
    come = told(result, claim)
    return Relation(
        target=after,
        inputs=(before, change),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[before])} {'-' if fell else '+'} {shown(page.claims[change])} = {come}",
        reason=f"By that change it is {come}; the shares traded bear the change out.",
        correction=say(result, claim, page.script),
    )


def _borne_out(page: Page, change: int) -> bool:
    """Whether shares traded, over a larger number of shares near by, are a change in points."""
    return any(
        fit(page.found(change), Interval.exact(page.found(n).number * 100 / page.found(whole).number)) is Fit.AGREES
        for n in page.near(change, lambda i: page.is_traded(i) and page.found(i).value is not None, _NEXT)
        for whole in page.near(change, lambda i: is_larger(page, i, page.bounds(n)), _NEXT)  # noqa: B023 -- used at once
    )


def _beside(page: Page, change: int, before: int, after: int) -> bool:
    """Whether a change stands next to the two levels, with no other percentage between; right behind them it is theirs."""
    if not page.together(change, before, after):
        return False
    low, high = min(change, before, after), max(change, before, after)
    if not page.same(change, before, after) and not (change == high == max(before, after) + 1):
        return False
    percents = [i for i in range(low, high + 1) if page.is_percent(i) and page.kind(i) != "threshold.crossed"]
    return len(percents) == 3 and not re.search(r"[;；]", page.text[page.found(low).end : page.found(high).start])


def _from_other(page: Page, change: int, before: int, after: int) -> bool:
    """Whether the words behind a change have it measured from a third level: "down to 39% from 41%, halved from 80%"."""
    other = change + 1
    return (
        other < len(page.claims)
        and other not in {before, after}
        and _MEASURED.match(page.gap(change, other)) is not None
    )


_MEASURED = re.compile(r"(?: [a-z]+)? from\b|[较較比]", re.IGNORECASE)


def points(page: Page) -> Iterator[Relation]:
    """A change against the only two levels near it: one in points, or one in percent that is, to the last digit, their points."""
    paired = {index for pair in moves(page) for index in pair}
    for change in range(len(page.claims)):
        kind = page.kind(change)
        own = kind == "transaction.pct_of_holding" or _of_own(page, change)
        if not page.is_percent(change) or not (is_change(page, change) or own):
            continue
        levels = page.near(change, lambda i: page.is_stake(i) and not is_change(page, i) and i != change)  # noqa: B023
        levels = _closest(page, change, levels)
        if len(levels) != 2 or not all(positive(page.bounds(i)) for i in levels):
            continue
        if any(_IN_ALL.search(page.lead(i)) for i in levels):  # of two changes and their sum none is a level
            continue
        exact = _exactly(page, change, levels)
        if not page.same(*levels) and not (exact and page.together(change, *levels)):
            continue
        before, after = sorted(levels, key=lambda i: (page.kind(i) != "stake.before_pct", i))
        relation = _change(page, change, before, after)
        judged = is_change(page, change) and page.together(change, before, after)  # by `differences`
        known = {before, after} <= paired and judged
        apart = isinstance(relation.recomputed, Interval) and far(page.found(change), relation.recomputed)
        if relation.fit is Fit.OFF and not known and not apart and (exact or _in_points(page, change, levels)):
            yield relation
        elif relation.fit is Fit.AGREES and (wrong := _other_way(page, change, before, after)) is not None:
            yield wrong


def _closest(page: Page, change: int, levels: list[int]) -> list[int]:
    """Of several levels the only two neighbours that a change is exactly the difference of, where one is told beside it."""
    exact = [list(two) for two in pairwise(sorted(levels)) if _exactly(page, change, list(two))]
    telling = len(page.found(change).number.normalize().as_tuple().digits) >= _FEW
    if len(levels) < _FEW or not telling or len(exact) != 1 or not any(page.together(change, i) for i in exact[0]):
        return levels
    return exact[0]


_FEW = 3
"""Levels near a change of which two must be chosen, and digits that are not alike by chance."""


_IN_ALL = re.compile(r"\b(?:a total|in total|altogether|in all|combined)\b|合[计計共]|累[计計]", re.IGNORECASE)
_OWN = re.compile(
    r" of (?:its|his|her|their) (?:(?:own|total|entire|whole|remaining|existing|current) )*(?:stakes?|shareholding|holdings?|shares|position|interest|investment)\b(?! in (?:total|all)\b)",
    re.IGNORECASE,
)
_OWN_HAN = re.compile(
    r"(?:其|自身|个人|個人)?(?:所持有?|持有)的?[^,，。;；0-9]{0,12}(?:股份|股权|股權|持股)[总總]?[数數量]?(?:中)?的(?:约|約)?$|持股(?:的|量的)(?:约|約)?$"
)
"""Beside a part of what the seller himself held."""


def _of_own(page: Page, index: int) -> bool:
    """Whether words right beside a percentage have it of the seller's own shares."""
    traded = page.kind(index) in {"transaction.stake_pct", "stake.pct", "stake.change_pct", "other.pct"}
    beside = _OWN.match(page.tail(index)) or _OWN_HAN.search(page.lead(index))
    return traded and page.found(index).unit == "pct" and beside is not None


def _exactly(page: Page, change: int, levels: list[int]) -> bool:
    """Whether a percentage is, to the last digit, the points between two levels."""
    found = page.found(change)
    step = unsigned(page.bounds(levels[0]) - page.bounds(levels[1])).middle
    return found.unit == "pct" and found.number == step and found.half < step


def _in_points(page: Page, change: int, levels: list[int]) -> bool:
    """Whether a change is in points of a holding, and of no other holder than the levels."""
    alone = len(page.near(change, lambda i: page.found(i).unit == "pp")) == 0
    first, last = page.found(min(change, *levels)), page.found(max(change, *levels))
    alone = alone and OF_SHARES.search(page.text, max(first.start - 160, 0), last.end) is not None
    return (
        page.kind(change) == "stake.change_pp"
        and page.found(change).unit == "pp"
        and alone
        and page.same(change, *levels)
    )


_OLDER = re.compile(r"(?:[较較比]|\bfrom|\bagainst|compared with)[^0-9,，。;；]{0,12}$", re.IGNORECASE)
_ROSE = re.compile(
    r"(?:上升|增加|增持|提高|提升|上调|上調)(?:了|约|約)*$"
    r"|\b(?:up|rose|increased)(?: by)? $|\b(?:increased|raised|lifted|boosted)(?: (?!and |but )[\w'’&-]+){1,6} by $",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"(?:下降|减少|減少|减持|減持|下调|下調|降低)(?:了|约|約)*$"
    r"|\b(?:down|fell|decreased)(?: by)? $|\b(?:decreased|reduced|cut|lowered|trimmed)(?: (?!and |but )[\w'’&-]+){1,6} by $",
    re.IGNORECASE,
)


def _other_way(page: Page, change: int, before: int, after: int) -> Relation | None:
    """A change of the right size said to go the other way than its two levels, of which one is plainly the older."""
    rose, fell = (w.search(page.lead(change)) is not None for w in (_ROSE, _FELL))
    up = page.found(after).number > page.found(before).number
    older = page.kind(before) == "stake.before_pct" and _OLDER.search(page.lead(before)) is not None
    if rose in {fell, up} or not older or not page.together(before, after):
        return None
    relation = _change(page, change, before, after)
    names = shown(page.claims[before]), shown(page.claims[after])
    return msgspec.structs.replace(
        relation, fit=Fit.OFF, reason=f"From {names[0]} to {names[1]} it {'rose' if up else 'fell'}.", correction=None
    )


def _change(page: Page, change: int, before: int, after: int) -> Relation:
    """The size of a change against its two levels."""
    found, claim = page.found(change), page.claims[change]
    percent = msgspec.structs.replace(claim, found=msgspec.structs.replace(found, unit="pct"))
    step = unsigned(page.bounds(after) - page.bounds(before))
    growth = unsigned((page.bounds(after) / page.bounds(before) - _ONE) * _HUNDRED)
    sign = "rose" if page.found(after).number > page.found(before).number else "fell"
    names = shown(page.claims[after]), shown(page.claims[before])
    in_points = _POINTS.search(found.text) is not None
    expected, formula = (
        (step, f"|{names[0]} - {names[1]}|") if in_points else (growth, f"|{names[0]} / {names[1]} - 1|")
    )
    outcome = fit(found, expected)
    words = re.sub(r"\s*(?:%|per ?cent)$", "", found.text)
    reason = (
        "Before and after give it."
        if outcome is Fit.AGREES
        else f"From {names[1]} to {names[0]} it {sign} by {told(expected, claim)}."
    )
    correction = say(expected, claim, page.script)
    if not in_points and outcome is not Fit.AGREES and fit(found, step) is Fit.AGREES:
        unit = ("個百分點" if page.script == "Hant" else "个百分点") if found.lang == "zh" else " percentage points"
        outcome, expected, formula = Fit.OFF, step, f"|{names[0]} - {names[1]}|"
        reason = f"From {names[1]} to {names[0]} is a change of {words} percentage points; in percent it is {told(growth, percent)}."
        correction = f"{words}{unit}"
    elif outcome is Fit.OFF and not in_points and fit(found, step) is Fit.UNDECIDED:
        outcome = Fit.UNDECIDED
    return Relation(
        target=change,
        inputs=(before, after),
        fit=outcome,
        recomputed=expected,
        working=f"{formula} = {told(expected, claim)}",
        reason=reason,
        correction=correction,
        slips=magnitude(found, expected) is not None,
    )


def _size(page: Page, sizes: list[int], before: int, after: int) -> Iterator[Relation]:
    """The size of a trade against the two levels around it; several trades may have gone into one change.

    So none is called wrong but the only one, of the very digits of the change and larger by a power of ten.
    """
    step = unsigned(page.bounds(after) - page.bounds(before))
    if len(sizes) == 1 and positive(step) and _shifted(page.found(sizes[0]), step.middle):
        claim = page.claims[sizes[0]]
        yield Relation(
            target=sizes[0],
            inputs=(before, after),
            fit=Fit.OFF,
            recomputed=step,
            working=f"|{shown(page.claims[after])} - {shown(page.claims[before])}| = {told(step, claim)}",
            reason=f"From {shown(page.claims[before])} to {shown(page.claims[after])} are {told(step, claim)}.",
            correction=say(step, claim, page.script),
            slips=True,
        )
    for size in sizes[:3]:
        found, claim = page.found(size), page.claims[after]
        bought = page.found(after).number > page.found(before).number
        if claim_way(page, size) not in {None, bought}:
            continue
        result = (
            page.bounds(before) + page.found(size).bounds()
            if bought
            else page.bounds(before) - page.found(size).bounds()
        )
        step = unsigned(page.bounds(after) - page.bounds(before))
        if result.low > 0 and fit(found, step) is Fit.AGREES:
            yield Relation(
                target=after,
                inputs=(before, size),
                fit=Fit.AGREES,
                recomputed=result,
                working=f"{shown(page.claims[before])} {'+' if bought else '-'} {shown(page.claims[size])} = {told(result, claim)}",
                reason="What was held before and what was traded give it.",
                vouches=True,
            )
            return


def _shifted(found: Found, step: Decimal) -> bool:
    """Whether a figure is ten or a hundred times a step to its last digit, of which it has two."""
    return found.number in (step * 10, step * 100) and len(found.number.normalize().as_tuple().digits) > 1


def claim_way(page: Page, size: int) -> bool | None:
    """Whether a trade adds to a holding; None where its words do not tell."""
    way = page.claims[size].direction
    return way == "buy" if way in {"buy", "sell"} else None


def is_cut(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether a whole percentage is only one of the two holdings without its decimals: "holds more than 78%" of 78.08%."""
    level = page.found(index).number
    held = _HOLDS.search(page.text[max(page.found(index).start - _LINE, 0) : page.found(index).end]) is not None
    return held and any(floor(page.found(i).number) == level for i in pair)


_HOLDS = re.compile(
    r"持[^,，。;；升增降减減跌破穿]{0,12}(?:逾|超[过過]?)[0-9.]+%$"
    r"|\b(?:h[oe]ld|own|has|had|with|keep|control)\w* (?:[a-z]+ ){0,2}?(?:more than|over|above) [0-9.]+ ?(?:%|per ?cent)$",
    re.IGNORECASE,
)
"""Up to a whole percentage that somebody holds, and somewhat more."""
_LINE = 48
