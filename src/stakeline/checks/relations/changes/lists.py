"""Changes in a list, each of the level in the same place: "revenue and profit rose 12% and 8% to 52 and 4.1 billion, from 46.4 and 3.8".

The older levels are another list, or of three years and more each the one before: 营收分别为63.4亿元、85.5亿元、103.8亿元,同比增长44%、35%、21%.
That the lists belong together the other places must prove: all of them agree, and the one that does not is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from stakeline.checks.relations.changes.compared import is_level
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_JOIN = re.compile(r"(?:和|及|与|與|、|[,，]? ?and |, |[,，])(?:[年季][增减減]|about |约|約)?", re.IGNORECASE)
_MARK = re.compile(r"respectively|分[别別]|各[为為]", re.IGNORECASE)
_FEWEST, _YEARS, _MOST = 2, 3, 8


def lists(page: Page) -> Iterator[Relation]:
    """The one change of a list that the levels in its place do not give, where all others are given."""
    for number, indices in page.sentences.items():
        around = [*indices, *page.sentences.get(number + 1, ())]
        levels = _runs(page, around, percent=False)
        for run in _runs(page, indices, percent=True) if levels else ():
            if not _is_marked(page, run):
                continue
            wrong = [_misfit(page, pairs) for pairs in _pairings(page, levels, run)]
            yield from (w for w in wrong[:_MOST] if w is not None)


def _is_marked(page: Page, run: Sequence[int]) -> bool:
    """Whether words say that places of lists belong together."""
    first, last = page.found(run[0]), page.found(run[-1])
    return _MARK.search(page.text, max(first.start - 120, 0), last.end + 60) is not None


def _runs(page: Page, indices: Sequence[int], *, percent: bool) -> list[list[int]]:
    """Figures in a row that only the words of a list join."""
    runs: list[list[int]] = []
    for index in indices:
        if not (page.found(index).unit == "pct" if percent else is_level(page, index)):
            continue
        last = runs[-1][-1] if runs else None
        joined = last == index - 1 and _JOIN.fullmatch(page.gap(index - 1, index)) and page.together(index - 1, index)
        if joined:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) >= _FEWEST]


def _pairings(page: Page, levels: list[list[int]], run: list[int]) -> Iterator[list[tuple[int, int, int]]]:
    """Change, newer and older level by their places: of two lists, of one level and a list, or of a list in which each is of the year before."""
    for news, olds in permutations([own for own in levels if len(own) == len(run)], 2):
        yield list(zip(run, news, olds, strict=True))
    if run[0] and is_level(page, run[0] - 1) and page.together(run[0] - 1, run[0]):
        news = [run[0] - 1] * len(run)
        yield from (list(zip(run, news, olds, strict=True)) for olds in levels if len(olds) == len(run))
    for own in levels:
        if len(own) >= _YEARS and len(own) - len(run) in {0, 1}:
            yield list(zip(run[-len(own) + 1 :], own[1:], own, strict=False))


def _misfit(page: Page, pairs: list[tuple[int, int, int]]) -> Relation | None:
    if not all(page.one_currency(two) and positive(page.bounds(two[1])) for _, *two in pairs):
        return None
    results = [(page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED for _, new, old in pairs]
    fits = [fit(page.found(change), unsigned(r)) for (change, _, _), r in zip(pairs, results, strict=True)]
    if len(pairs) < _FEWEST or sorted(f.value for f in fits) != ["agrees"] * (len(fits) - 1) + ["off"]:
        return None
    at = fits.index(Fit.OFF)
    (index, new, old), result = pairs[at], unsigned(results[at])
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = {told(result, claim)}",
        reason=f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}, as the rest of the list has it.",
        correction=say(result, claim, page.script),
    )
