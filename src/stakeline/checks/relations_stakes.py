"""Holdings before and after: their difference, points against percent, the threshold between them."""

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from stakeline.checks.relations_fit import Fit, fit, magnitude, mistyped, slip
from stakeline.checks.relations_page import NEAR, STAKES, Page, Relation, positive
from stakeline.checks.relations_page import magnitude as unsigned
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_VAGUE = r"(?:about|around|some|nearly|almost|roughly|approximately|an?|over|约|約|近|逾|超过|超過|了|到|至)"
_FROM = re.compile(
    rf"(?:\bfrom|由|从|從|自|原先的?|原来的?|此前的?)\s*(?:(?:[a-z]+ ){{0,2}}{_VAGUE}\s*)?$", re.IGNORECASE
)
_TO = re.compile(
    rf"(?:\bto|[降增升减減跌]至|[降增升减減跌]到|下降到|上升到|增加到|减少到|減少至|變為|变为|至|到|为|為)\s*(?:(?:just|only|the current) )?(?:{_VAGUE}\s*)?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\bup|\bdown|\bby|\brose|\bfell|\brisen|\bfallen|\badded|(?:increase|decrease|rise|fall|drop|gain|decline|reduction|change) of"
    r"|下降|上升|增加|减少|減少|提高|提升|下跌|上涨|上漲|下滑|回落|下调|下調|[幅变變][度动動](?:比例)?[为為达達])(?:了|約|约| about| some| around| roughly| nearly| a further| another)?\s*$",
    re.IGNORECASE,
)
"""Directly in front of the size of a change."""
_SIZE = re.compile(
    r"\s*(?:stake|interest|shareholding|holding|equity|of (?!a percentage)|的?股[份权權]|的?权益|的?權益|shares)",
    re.IGNORECASE,
)
"""Directly behind the size of a trade: "by selling a 0.49% stake"."""
_POINTS = re.compile(r"point|pp|点|點|bps?\b", re.IGNORECASE)
_UP = re.compile(
    r"above|over|exceed|past|more than|rose|rising|topp|climb|up through|升|超|突破|逾|以上|高于|高於|增至|upward",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"below|under|less than|fell|fall|slip|drop|beneath|dip|down through|跌|以下|低于|低於|降|不足|未达", re.IGNORECASE
)
_SIDE = re.compile(r"\b(?:(above|over)|below|under|beneath) (?:the )?$", re.IGNORECASE)
"""Directly in front of a level: it outweighs any verb."""
_NO_LONGER = re.compile(r"no longer|not (?:a|an|any)\b|不再|不是|并非|並非|非持", re.IGNORECASE)
_ADVERB = re.compile(r" (?:[a-z]+ )?(up|down)wards?\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:then|later|once|had|before|until|since)\b|曾|早前|此前|之前|其后|其後|随后|隨後", re.IGNORECASE
)
"""Between a threshold and a holding: the one is of another time."""
_PUBLIC = re.compile(r"public|float|公众|公眾", re.IGNORECASE)
_OF_SHARES = re.compile(
    r"stake|holding|holder|interest|shares|filing|disclos|持股|股[权權份东東]|持有|权益|權益|持倉|好倉|好仓|举牌|舉牌",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\brule|must|require|report each|at which|threshold for|level at|须|規定|规定|应当|應當", re.IGNORECASE
)
"""Of a level that a rule names, not one that somebody passed."""
_TAKEN = re.compile(
    r"\b(?:taken|took|takes|taking|carried|pushed|pushing|brought|bringing|lifted|sent) (?:it|them|him|her|its \w+) ",
    re.IGNORECASE,
)
"""In front of a level: somebody did pass it, whatever rule names it."""


_LEVELS = STAKES | {"result.margin_pct", "other.pct", "segment.share_pct", "transaction.stake_pct", "stake.change_pct"}
"""Kinds that can be one side of "from 9.05% to 8.74%", misread ones among them."""


def is_change(page: Page, index: int) -> bool:
    """Whether a percentage is how much another one changed, not a level or the size of a trade."""
    if not page.is_percent(index) or _SIZE.match(page.tail(index)):
        return False
    return page.kind(index) in {"stake.change_pp", "stake.change_pct"} or _BY.search(page.lead(index)) is not None


def moves(page: Page) -> list[tuple[int, int]]:
    """Pairs of percentages, before and after, as the words around them have it ("from 9.05% to 8.74%") or their kinds."""
    found: list[tuple[int, int]] = []
    for indices in page.sentences.values():
        levels = [i for i in indices if page.found(i).unit == "pct" and not is_change(page, i)]
        for one, other in pairwise(levels):
            if other - one > 4 or not page.same(one, other):
                continue
            kinds = page.kind(one), page.kind(other)
            if not set(kinds) <= _LEVELS:
                continue
            if _is_from(page, one) and _TO.search(page.lead(other)) and not _FROM.search(page.lead(other)):
                found.append((one, other))
            elif _FROM.search(page.lead(other)) and not _FROM.search(page.lead(one)):
                found.append((other, one))
            elif kinds == ("stake.before_pct", "stake.after_pct"):
                found.append((one, other))
            elif kinds == ("stake.after_pct", "stake.before_pct"):
                found.append((other, one))
    return found + _apart(page, found)


def from_to(page: Page, one: int, other: int) -> bool:
    """Whether two neighbouring figures are told as before and after: "from 18.9 billion to 18.7 billion"."""
    return page.together(one, other) and _is_from(page, one) and _TO.search(page.lead(other)) is not None


def _is_from(page: Page, index: int) -> bool:
    """Whether a level is the older one by the words in front of it, with or without its day: 由3月10日的5.03%."""
    if _FROM.search(page.lead(index)):
        return True
    dated = (
        index > 0 and page.found(index - 1).unit == "date" and page.gap(index - 1, index).strip() in {"的", ",", "，"}
    )
    return dated and _FROM.search(page.lead(index - 1)) is not None


def _apart(page: Page, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Before and after in sentences of their own, where the article has one of each."""
    befores = [i for i in range(len(page.claims)) if page.kind(i) == "stake.before_pct"]
    afters = [i for i in range(len(page.claims)) if page.kind(i) == "stake.after_pct"]
    afters = afters or [i for i in range(len(page.claims)) if page.kind(i) == "stake.pct"]
    if len(befores) == len(afters) == 1 and page.same(befores[0], afters[0]) and (befores[0], afters[0]) not in found:
        return [(befores[0], afters[0])]
    return []


def differences(page: Page) -> Iterator[Relation]:
    """Before - after = change, in points; after / before - 1, in percent; and points printed as percent."""
    pairs = moves(page)
    for before, after in pairs:
        if not positive(page.bounds(before)):
            continue
        changes = page.near(before, lambda i: is_change(page, i))
        change = [i for i in changes if _beside(page, i, before, after)]
        if change:
            yield _change(page, change[0], before, after)
        sizes = [
            i
            for i in page.near(after, lambda i: page.kind(i) == "transaction.stake_pct")
            if page.same(i, before, after)
        ]
        yield from _size(page, sizes, before, after, only=len(pairs) == 1)
    for before, size, after in _sold_down(page, {level for pair in pairs for level in pair}):
        yield from _size(page, [size], before, after, only=True)


def _sold_down(page: Page, paired: set[int]) -> Iterator[tuple[int, int, int]]:
    """A holding, the trade of the next sentence, and the holding "to" which that brings it; the public's part is not the holder's."""
    for after in range(1, len(page.claims)):
        own = page.kind(after) == "stake.after_pct" and after not in paired and not _PUBLIC.search(page.lead(after))
        if not own or not _TO.search(page.lead(after)):
            continue
        sizes = [i for i in page.near(after, lambda i: page.kind(i) == "transaction.stake_pct") if i < after]
        levels = page.near(after, lambda i: page.is_stake(i) and not _PUBLIC.search(page.lead(i)), 2)
        befores = [i for i in levels if i < after]
        told_once = len(sizes) == len(befores) == 1 and befores[0] < sizes[0] and page.together(sizes[0], after)
        if told_once and page.same(befores[0], sizes[0], after):
            yield befores[0], sizes[0], after


def _beside(page: Page, change: int, before: int, after: int) -> bool:
    """Whether a change stands next to the two levels, with no other percentage between."""
    if not page.together(change, before, after) or not page.same(change, before, after):
        return False
    low, high = min(change, before, after), max(change, before, after)
    return sum(page.is_percent(i) for i in range(low, high + 1)) == 3 and not re.search(
        r"[;；]", page.text[page.found(low).end : page.found(high).start]
    )


def points(page: Page) -> Iterator[Relation]:
    """A change printed in percent that is, to the last digit, the points between the only two levels near it."""
    for change, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or not is_change(page, change):
            continue
        levels = page.near(change, lambda i: page.is_stake(i) and not is_change(page, i), 2)
        if len(levels) == 2 and page.same(*levels) and all(positive(page.bounds(i)) for i in levels):
            yield from _points(page, change, *sorted(levels))


def _points(page: Page, change: int, before: int, after: int) -> Iterator[Relation]:
    """One such change against the levels of other sentences; which of them is the older one makes no difference to it."""
    step = unsigned(page.bounds(after) - page.bounds(before)).middle
    if page.together(change, before, after):
        return
    if page.found(change).unit == "pct" and page.found(change).number == step and page.found(change).half < step:
        relation = _change(page, change, before, after)
        if relation.fit is Fit.OFF:
            yield relation


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
    words = found.text.rstrip("%").strip()
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


def _size(page: Page, sizes: list[int], before: int, after: int, *, only: bool) -> Iterator[Relation]:
    """The size of a trade against the two levels around it; several trades may have gone into one change."""
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
    if len(sizes) == 1 and (only or page.together(sizes[0], before, after)):
        size = sizes[0]
        yield from _balance(page, size, before, after)
        step = unsigned(page.bounds(after) - page.bounds(before))
        if positive(step) and magnitude(page.found(size), step) in {1, -1, 2, -2}:
            yield Relation(
                target=size,
                inputs=(before, after),
                fit=Fit.OFF,
                recomputed=step,
                working=f"|{shown(page.claims[after])} - {shown(page.claims[before])}| = {told(step, page.claims[size])}",
                reason=f"The holding changed by {told(step, page.claims[size])}; the figure is {slip(page.found(size), step)} that.",
                correction=say(step, page.claims[size], page.script),
                slips=True,
            )


def _balance(page: Page, size: int, before: int, after: int) -> Iterator[Relation]:
    """A level after a trade that is wrong by one digit, or told with its trade in one sentence that says all.

    Elsewhere a difference may be dilution, or a second trade.
    """
    claim = page.claims[after]
    bought = page.found(after).number > page.found(before).number
    step = page.bounds(size) if bought else -page.bounds(size)
    result = page.bounds(before) + step
    step_told = not _is_from(page, size) and not page.found(size).approx  # behind "from" it is a level
    told_alike = step_told and claim_way(page, size) in {None, bought}
    plain = mistyped(claim.found, Interval.exact(result.middle), 3) or _plainly(page, before, size, after)
    if told_alike and positive(result) and fit(claim.found, result) is Fit.OFF and plain:
        yield Relation(
            target=after,
            inputs=(before, size),
            fit=Fit.OFF,
            recomputed=result,
            working=f"{shown(page.claims[before])} {'+' if bought else '-'} {shown(page.claims[size])} = {told(result, claim)}",
            reason=f"What was held before and what was traded come to {told(result, claim)}.",
            correction=say(result, claim, page.script),
        )


def _plainly(page: Page, before: int, size: int, after: int) -> bool:
    """Whether one sentence has two levels and one trade, of the same shares, no other percentage, and no other cause of a change."""
    parts = (before, size, after)
    classes = {page.claims[i].share_class for i in parts}
    if not page.together(*parts) or len(classes) > 1 or page.aside(*parts):
        return False
    step = unsigned(page.bounds(after) - page.bounds(before))
    alone = sum(page.is_percent(i) for i in page.sentences[page.found(after).sentence]) == len(parts)
    of_own = fit(page.found(size), step / page.bounds(before) * _HUNDRED) is Fit.AGREES
    return alone and not of_own and not page.has(_CAUSES)


_CAUSES = re.compile(
    r"dilut|convert|conversion|issu(?:e of|ance|ed new)|placing|placement|cancel|rights|稀[释釋]|[被主]动|被動|增[发發]|[转轉]股|[换換]股|配售|[注註][销銷]|可[转轉]债|一致行[动動]|限制性股票",
    re.IGNORECASE,
)
"""Anywhere in an article: a holding may have changed by more than its owner's trade."""


def claim_way(page: Page, size: int) -> bool | None:
    """Whether a trade adds to a holding; None where its words do not tell."""
    way = page.claims[size].direction
    return way == "buy" if way in {"buy", "sell"} else None


def direction_of(page: Page, threshold: int) -> str | None:
    """Whether "above" or "below", as the words next to a threshold say; None where they say neither or both.

    Of no one who is "no longer a holder of more than 5%", 不再是持股5%以上股东, is it known when that was last true.
    """
    if _NO_LONGER.search(page.lead(threshold)):
        return None
    behind = re.split(r"[,，、]", page.tail(threshold, 16))[0]
    lead = page.lead(threshold, 24)
    if adverb := _ADVERB.match(behind):
        return "above" if adverb[1].lower() == "up" else "below"
    if beside := _SIDE.search(lead):
        return "above" if beside[1] else "below"
    up, down = (bool(w.search(behind) if behind.startswith(("以", "之")) else w.search(lead)) for w in (_UP, _DOWN))
    if up != down:
        return "above" if up else "below"
    return None


def thresholds(page: Page) -> Iterator[Relation]:
    """The direction in which a threshold was passed, from the holdings on both sides of it."""
    pairs: dict[int, list[tuple[int, int]]] = {}
    for pair in moves(page):
        pairs.setdefault(page.found(pair[1]).sentence, []).append(pair)
    for index, claim in enumerate(page.claims):
        if claim.kind != "threshold.crossed" or claim.found.unit != "pct":
            continue
        way = direction_of(page, index)
        stated = way or claim.direction
        around = page.lead(index) + page.tail(index)
        if stated not in {"above", "below"} or _PUBLIC.search(around):
            continue
        level = claim.found.number
        near = [p for s in range(claim.found.sentence - 2, claim.found.sentence + 3) for p in pairs.get(s, ())[:NEAR]]
        own = [p for p in near if page.same(index, *p)]
        if own:
            yield from _crossed(
                page,
                index,
                min(own, key=lambda p: abs(page.found(p[1]).start - claim.found.start)),
                stated,
                sure=way is not None and (_TAKEN.search(page.lead(index)) is not None or not _RULE.search(around)),
            )
            continue
        after = page.near(index, lambda i: page.kind(i) == "stake.after_pct" and page.same(i, index))  # noqa: B023
        if (
            after
            and _OF_SHARES.search(page.text[max(claim.found.start - 160, 0) : claim.found.end + 80])
            and (page.found(after[0]).number > level) == (stated == "above")
        ):
            yield _passed(page, index, (after[0],), stated)


def _crossed(page: Page, index: int, pair: tuple[int, int], stated: str, *, sure: bool) -> Iterator[Relation]:
    level = page.found(index).number
    before, after = (page.found(i).number for i in pair)
    right = (after > level) == (stated == "above") and after != level
    if right and ((before <= level) == (stated == "above") or before == level):
        yield _passed(page, index, pair, stated)
    elif right or _LATER.search(
        page.gap(index, min(pair, key=lambda i: abs(page.found(i).start - page.found(index).start)))
    ):
        return
    elif sure and before != level != after and (before < level < after or after < level < before):
        way = "upwards" if after > before else "downwards"
        yield Relation(
            target=index,
            inputs=pair,
            fit=Fit.OFF,
            recomputed=f"crossed {way}: {shown(page.claims[pair[0]])} -> {shown(page.claims[pair[1]])}",
            working=f"{shown(page.claims[pair[0]])} {'<' if before < level else '>'} {shown(page.claims[index])} {'<' if level < after else '>'} {shown(page.claims[pair[1]])}",
            reason=f"The holding went from {shown(page.claims[pair[0]])} to {shown(page.claims[pair[1]])}, so it passed {shown(page.claims[index])} {way}.",
            correction=_worded(page, index, above=after > level),
        )


def _worded(page: Page, index: int, *, above: bool) -> str:
    text = page.found(index).text
    if page.found(index).lang == "zh":
        return (
            f"{'升穿' if above else '跌穿'}{text}" if page.script == "Hant" else f"{'升破' if above else '跌破'}{text}"
        )
    return f"{'above' if above else 'below'} {text}"


def _passed(page: Page, index: int, others: tuple[int, ...], stated: str) -> Relation:
    sign = ">" if stated == "above" else "<"
    after = shown(page.claims[others[-1]])
    return Relation(
        target=index,
        inputs=others,
        fit=Fit.AGREES,
        recomputed=f"{after} {sign} {shown(page.claims[index])}",
        working=f"{after} {sign} {shown(page.claims[index])}",
        reason=f"The holding afterwards is {stated} it.",
    )
