"""One level against two older ones: "比去年第三季的9.12亿元少8.3%,比第二季的7.60亿元多10.0%", "up 8% from $5.0 million and 3% from $5.2 million".

Where one of the changes is what the newer level and the older one beside it give, the others are measured in the same way.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from stakeline.checks.relations.changes.compared import is_level, is_plain, is_ranged
from stakeline.checks.relations.changes.told import OTHER_BASE
from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_OLD_ZH = re.compile(r"[比较較][^0-9,，。;；]{0,16}$")
_BEHIND_ZH = re.compile(
    r"[^0-9,，。;；]{0,4}(?:少|多|增加?|增[长長]|减少?|減少?|下降|上升|[升跌降涨漲高低])(?:了|出|约|約)*"
)
_BEHIND_EN = re.compile(
    r" (?:(?:less|lower|more|higher|fewer|above|below|up|down|better) )?(?:than|from|on|over|above|below) (?:the |its |last |an? )?(?:[a-z'-]+ ){0,4}?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" ?[(（](?:[^()（）0-9]{0,12}[:：]?)")
"""Between a change and the older level that it is measured against, or, in Chinese, the other way round."""
_REACH = 10


def chains(page: Page) -> Iterator[Relation]:
    """The changes of a sentence that stand with an older level each, where one of them shows which level all are of."""
    for indices in page.sentences.values():
        pairs = [two for index in indices if (two := _measured(page, index)) is not None]
        if len(pairs) < _FEWEST:
            continue
        first = min(min(two) for two in pairs)
        olds = {old for _, old in pairs}
        news = [i for i in indices if i < first and first - i <= _REACH and is_level(page, i)]
        others = [i for i in indices if i > first and is_level(page, i) and i not in olds]
        if not news or others or any(is_ranged(page, i) for i in olds) or not _are_plain(page, pairs):
            continue
        new = news[-1]
        judged = [(change, old, result) for change, old in pairs if (result := _growth(page, new, old)) is not None]
        fits = [fit(page.found(change), result) for change, _, result in judged]
        if Fit.AGREES in fits and len(judged) == len(pairs):
            for (change, old, result), outcome in zip(judged, fits, strict=True):
                if outcome is not Fit.UNDECIDED and not OTHER_BASE.search(page.tail(change, 16)):
                    yield _relation(page, change, (new, old), result, outcome)


_FEWEST = 2


def _are_plain(page: Page, pairs: list[tuple[int, int]]) -> bool:
    """Whether nothing but words of comparison stands between the changes: no other thing is told of."""
    gaps = (page.gap(max(one), min(other)) for one, other in pairwise(pairs))
    return all(is_plain(_THIS.sub("", gap)) for gap in gaps)


_THIS = re.compile("[今去本当當]年|本[季月]|第(?=[一二三四])")


def _measured(page: Page, index: int) -> tuple[int, int] | None:
    """A change and the older level that it stands with."""
    found = page.found(index)
    if found.unit != "pct" or found.word or not found.number:
        return None
    before, after = index - 1, index + 1
    if after < len(page.claims) and page.together(index, after) and is_level(page, after):
        gap = page.gap(index, after)
        if _BRACKET.fullmatch(gap) or (found.lang == "en" and _BEHIND_EN.fullmatch(gap)):
            return index, after
    led = before >= 0 and page.together(index, before) and is_level(page, before) and found.lang == "zh"
    if led and _BEHIND_ZH.fullmatch(page.gap(before, index)) and _OLD_ZH.search(page.lead(before)):
        return index, before
    return None


def _growth(page: Page, new: int, old: int) -> Interval | None:
    """How far one level is from another, where both can be of one thing."""
    alike = page.found(new).unit == page.found(old).unit and page.one_currency((new, old))
    if not alike or not positive(page.bounds(old)):
        return None
    return unsigned((page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED)


def _relation(page: Page, index: int, two: tuple[int, int], result: Interval, outcome: Fit) -> Relation:
    claim = page.claims[index]
    new, old = two
    return Relation(
        target=index,
        inputs=two,
        fit=outcome,
        recomputed=result,
        working=f"|{shown(page.claims[new])} / {shown(page.claims[old])} - 1| = {told(result, claim)}",
        reason="The two levels give it."
        if outcome is Fit.AGREES
        else f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
