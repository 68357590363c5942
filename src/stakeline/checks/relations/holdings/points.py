"""Percent printed where percentage points are meant: of margins and other rates, and of one change told twice.

A rate that goes from 30.1% to 32.7% rises by 2.6 points, or by 8.6 percent. So a change that is to its last digit what two rates
differ by is one in points. So is one beside another in points of the same rate, told in the same words, and one that another place
of the article prints in points.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from stakeline.checks.relations.changes.compared import between, is_plain
from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.holdings.stakes import OF_SHARES, is_change
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_PRINTED = re.compile(r"point|pp|点|點|bps?\b", re.IGNORECASE)
_RATE = re.compile(r"margins?\b|\brates?\b|\bratios?\b|\byields?\b|\bpercentage\b(?! point)|毛利|率", re.IGNORECASE)
"""Near two levels: they are parts of something, so that their difference is in points."""
_RATE_HERE = re.compile(
    r"(?P<zh>毛利率|[净淨]利率|利[润潤]率|率|占比|比[例重]|份[额額])[^0-9,，、;；率比]{0,8}$|(?P<en>margin|rate|ratio|yield)s? [a-z ]{0,24}$"
)
"""Right in front of a change: whose it is."""
_SIZE = re.compile(
    r"\b(?:improved|worsened|widened|narrowed|eased|gained|lost|slipped|climbed|grew|advanced|retreated)(?: by)? $|(?:增[长長加]|提[高升]|上[升涨漲]|下[降跌滑]|[扩擴]大|收窄|改善|[升跌降增减減多少高低]幅?)(?:了|约|約|为|為|达|達)*$",
    re.IGNORECASE,
)
"""Directly in front of the size of a change."""
_ARRIVES = re.compile(r"\s*[,，]?\s*(?:to|至|到)\s*(?:约|約|about )?", re.IGNORECASE)
"""All that stands between a change and the level that it leads to."""
_SIDE_BY_SIDE = 120
"""Characters between two changes told in the same words."""
_BEFORE, _BEHIND = 90, 40
_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_UNITS = frozenset(
    {"percent", "percentage", "point", "points", "cent", "over", "about", "some", "nearly", "their", "with", "from"}
)
_HAN = re.compile("[\u3400-\u9fff]+")
_WORDS_ALIKE, _HAN_ALIKE = 3, 5
"""Words, and Chinese characters in a row, that two places must share to speak of one change."""
_FEW = 3
"""How many figures from a change its levels may stand."""
_DIGITS = 2
"""Digits that a change must have to be known again by."""


def rates(page: Page) -> Iterator[Relation]:
    """Changes between two rates, beside another change of the same rate, and those that stand in points elsewhere."""
    points: dict[Decimal, list[int]] = {}
    for index in range(len(page.claims)):
        if _is_point(page, index):
            points.setdefault(page.found(index).number, []).append(index)
    for index in range(len(page.claims)):
        if not _is_percent(page, index):
            continue
        if levels := _levels(page, index):
            one, other = (page.found(i).text for i in levels)
            yield _points(page, index, levels, f"Between {one} and {other} lie {_size(page, index)} percentage points.")
        elif twin := _parallel(page, index):
            reason = f"Of the same rate {page.found(twin[0]).text} is told beside it, in points."
            yield _points(page, index, twin, reason)
        elif again := _elsewhere(page, index, points.get(page.found(index).number, [])[:NEAR]):
            yield _points(page, index, again, f"Elsewhere the article has {page.found(again[0]).text}.")


def _is_percent(page: Page, index: int) -> bool:
    """Whether a figure is printed in percent, in number; `Found.unit` has what is meant."""
    found = page.found(index)
    return found.unit in {"pct", "pp"} and not _PRINTED.search(found.text) and not found.word and found.number > 0


def _is_point(page: Page, index: int) -> bool:
    return page.found(index).unit == "pp" and _PRINTED.search(page.found(index).text) is not None


def _levels(page: Page, index: int) -> tuple[int, int] | None:
    """The two rates of its sentence that differ by just a change, where they are not that change in percent apart."""
    if not _is_size(page, index):
        return None
    window = range(max(index - _FEW, 0), min(index + _FEW + 1, len(page.claims)))
    near = [i for i in window if page.found(i).unit == "pct" and page.together(i, index)]
    near = [i for i in near if i != index and not _is_size(page, i)]
    for one, other in pairwise(near):
        step = unsigned(page.bounds(one) - page.bounds(other))
        if page.found(index).number != step.middle or page.found(index).half >= step.middle:
            continue
        low, high = min(index, one), max(index, other)
        words = page.lead(low) + page.text[page.found(low).start : page.found(high).start]
        parted = any(_is_point(page, i) for i in range(low, high + 1))
        bases = [page.bounds(i) for i in (one, other) if positive(page.bounds(i))]
        if not is_plain(_RATE.sub("", between(page, low, high))):
            continue  # the change is of something else
        held = OF_SHARES.search(words)  # a change in percent of all shares is told as such every day
        if parted or held or not _RATE.search(words) or len(bases) < 2 or not page.same(one, other):
            continue
        if all(fit(page.found(index), step / base * _HUNDRED) is Fit.OFF for base in bases):
            return one, other
    return None


def _is_size(page: Page, index: int) -> bool:
    """Whether a percentage is by how much another one changed."""
    return is_change(page, index) or _SIZE.search(page.lead(index)) is not None


def _parallel(page: Page, index: int) -> tuple[int, ...]:
    """Another change told in the same words of the same rate, with the level it leads to, but in points."""
    mine = _led(page, index)
    if mine is None:
        return ()
    for other in page.near(index, lambda i: _is_point(page, i), 0):
        if len(page.gap(index, other)) <= _SIDE_BY_SIDE and _led(page, other) == mine and page.found(other).half:
            return (other,)
    return ()


def _led(page: Page, index: int) -> str | None:
    """The rate that a change is of, where the level that it leads to stands right behind it."""
    rate = _RATE_HERE.search(page.lead(index))
    after = index + 1
    if rate is None or after == len(page.claims) or page.found(after).unit != "pct" or way(page, index) is None:
        return None
    return (rate["zh"] or rate["en"]) if _ARRIVES.fullmatch(page.gap(index, after)) else None


def _elsewhere(page: Page, index: int, points: list[int]) -> tuple[int, ...]:
    """The same change in points at another place of the article, told in the same words."""
    found = page.found(index)
    rate = _RATE.search(page.lead(index, _BEFORE)) if found.lang == "en" else _RATE_HERE.search(page.lead(index))
    if len(found.number.normalize().as_tuple().digits) < _DIGITS or way(page, index) is None or rate is None:
        return ()
    for other in points:
        twin = page.found(other)
        same = twin.half == found.half
        apart = twin.sentence != found.sentence and way(page, other) == way(page, index)
        if same and apart and _shared(_around(page, index), _around(page, other)):
            return (other,)
    return ()


def _around(page: Page, index: int) -> str:
    return page.around(index, _BEFORE, _BEHIND)


def _shared(one: str, other: str) -> bool:
    """Whether two places are of one thing by their words."""
    words = [{w.lower() for w in _WORD.findall(text)} - _UNITS for text in (one, other)]
    if len(words[0] & words[1]) >= _WORDS_ALIKE:
        return True
    runs = (run[i : i + _HAN_ALIKE] for run in _HAN.findall(one) for i in range(len(run) - _HAN_ALIKE + 1))
    return any(run in other for run in runs)


def _size(page: Page, index: int) -> str:
    return format(page.found(index).number, "f")


def _points(page: Page, index: int, inputs: tuple[int, ...], reason: str) -> Relation:
    claim, size = page.claims[index], _size(page, index)
    unit = ("個百分點" if page.script == "Hant" else "个百分点") if claim.found.lang == "zh" else " percentage points"
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=f"{size} percentage points",
        working=f"{' , '.join(page.found(i).text for i in inputs)}: {told(page.bounds(index), claim)}",
        reason=reason,
        correction=f"{size}{unit}",
    )
