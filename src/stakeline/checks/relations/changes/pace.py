"""Compound growth: what a year's growth must be for one level to become another in so many years."""

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from stakeline.checks.relations.changes.compared import between, is_level, is_plain
from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import PRECISION, Interval

_COMPOUND = re.compile(
    r"(?:年[均度]?(?:平均)?[复複]合(?:年)?(?:增[长長幅速]|成[长長])?率?|年均(?:[复複]合)?(?:增[长長幅速]|成[长長])率?|[复複]合年?(?:增[长長]|成[长長])率|CAGR"
    r"|compound(?:ed)?(?: average)?(?: annual)?(?: growth)?(?: rate)?|(?:average )?annual (?:growth )?rate|annualised growth|annualized growth)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"compound|CAGR|[复複]合", re.IGNORECASE)
_REACH, _TAIL = 40, 32
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_FEWEST = 2


def paces(page: Page) -> Iterator[Relation]:
    """A yearly rate against the two levels of its sentence and the years that stand with them."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or claim.found.word or not _is_yearly(page, index):
            continue
        levels = [i for i in page.near(index, lambda i: is_level(page, i), 0) if abs(i - index) <= _MOST]
        if len(levels) != 2 or not page.one_currency(levels) or not _is_theirs(page, index, levels):
            continue
        known = _dated(page, levels) or _ranged(page, index, levels)
        if known is None:
            continue
        old, new, years = known
        if years < _FEWEST or page.found(new).unit != page.found(old).unit or not positive(page.bounds(old)):
            continue
        ratio = page.bounds(new) / page.bounds(old)
        if ratio.low <= 1:
            continue
        yield _pace(page, index, old, new, ratio, years, spanned=_dated(page, levels) is None)


_MOST = 4


def _is_theirs(page: Page, index: int, levels: list[int]) -> bool:
    """Whether nothing but words of comparison stands between a rate and the nearer level: it is of nothing else."""
    near = min(levels, key=lambda i: abs(i - index))
    return is_plain(_FILL.sub(" ", _COMPOUND.sub(" ", between(page, *sorted((near, index))))))


_FILL = re.compile(r"\b(?:rate|at|growth)\b|(?<=[0-9])年|[即计計]", re.IGNORECASE)


def _is_yearly(page: Page, index: int) -> bool:
    """Whether a percentage is said to be a year's growth on average."""
    return (
        _COMPOUND.search(page.lead(index, _REACH)) is not None or _COMPOUND.search(page.tail(index, _TAIL)) is not None
    )


def _dated(page: Page, levels: list[int]) -> tuple[int, int, int] | None:
    """The older and the newer level and the years between them, where a year stands with each."""
    dated = sorted((year, i) for i in levels if (year := _year(page, i)) is not None)
    return (dated[0][1], dated[1][1], dated[1][0] - dated[0][0]) if len(dated) == len(levels) else None


def _ranged(page: Page, index: int, levels: list[int]) -> tuple[int, int, int] | None:
    """The same, where the sentence names the two years in one breath and leads from one level to the other."""
    old, new = sorted(levels)
    spans = _SPAN.findall(page.around(index, _SENTENCE, _SENTENCE))
    if len(spans) != 1 or not from_to(page, old, new):
        return None
    return old, new, int(spans[0][1]) - int(spans[0][0])


_SPAN = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})年?[底末]? ?(?:至|到|[-–—~～]|to|and|through) ?((?:19|20)[0-9]{2})(?![0-9])"
)
_SENTENCE = 160


def _year(page: Page, index: int) -> int | None:
    """The one year that stands with a level: the last in front of it in its clause, else right behind it."""
    start, end = page.found(index).start, page.found(index).end
    clause = re.split(r"[,，;；。]|\.\s", page.text[max(start - 24, 0) : start])[-1]
    behind = re.match(r" ?(?:\(|in |by |for )(?:the year )?((?:19|20)[0-9]{2})(?![0-9])", page.text[end : end + 20])
    if behind is not None:
        return int(behind[1])
    years = _YEAR.findall(clause)
    return int(years[-1]) if years else None


def _pace(page: Page, index: int, old: int, new: int, ratio: Interval, years: int, *, spanned: bool) -> Relation:
    claim = page.claims[index]
    result = _root(ratio, years)
    longer = _root(ratio, years + 1)  # 2019 to 2023 may be five years' growth
    even = (ratio - Interval.exact(1)) / Interval.exact(years) * Interval.exact(100)
    outcome = fit(claim.found, result)
    named = _NAMED.search(page.around(index, _REACH, _TAIL))
    if outcome is Fit.OFF and fit(claim.found, even) is not Fit.OFF and not named:
        outcome = Fit.UNDECIDED  # an average of another kind
    if outcome is Fit.OFF and spanned and fit(claim.found, longer) is not Fit.OFF:
        outcome = Fit.UNDECIDED
    return Relation(
        target=index,
        inputs=(new, old),
        fit=outcome,
        recomputed=result,
        working=f"({shown(page.claims[new])} / {shown(page.claims[old])})^(1/{years}) - 1 = {told(result, claim)}",
        reason="The two levels and the years between them give it."
        if outcome is Fit.AGREES
        else f"From {page.found(old).text} to {page.found(new).text} in {years} years is {told(result, claim)} a year.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


def _root(ratio: Interval, years: int) -> Interval:
    """What grows to a multiple in so many years, in percent a year."""
    with localcontext(prec=PRECISION):
        ends = [(end ** (Decimal(1) / years) - 1) * 100 for end in (ratio.low, ratio.high)]
    return Interval(*ends)
