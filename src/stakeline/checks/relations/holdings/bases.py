"""Percentages said to be of all shares that are of one class: what is held, or traded, over the class gives them, over all shares it does not."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.fit import Fit, fit, printed
from stakeline.checks.relations.holdings.classes import named_class
from stakeline.checks.relations.holdings.digits import is_multiplied
from stakeline.checks.relations.holdings.parts import Part, parts
from stakeline.checks.relations.page import STAKES, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 2
"""Sentences within which shares and a percentage are taken to be of one holding."""
_WORDS = 70
_CLASS = re.compile(r"\b[ABH][- ]shares?\b|\bclass [ABC]\b|\b[ABH] class\b|[ABH]股|[ABH] ?[类類]", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:total|entire|whole|all (?:of )?(?:the |its )?(?:[\w&-]+(?:'s|’s|s') )?(?:issued )?shares|all classes|issued (?:share )?capital|share capital|the company|the group)\b"
    r"|(?:全部|所有|整体|整體)(?:已?[发發]行)?|[总總](?:股[本份]|[发發]行)|[发發]行股[本份数數]|公司(?:已[发發]行)?股[本份]|已[发發]行股[本份]",
    re.IGNORECASE,
)
"""Around a percentage: what it is said to be of."""
_IN_ALL = re.compile(
    r"\b(?:total|altogether|in all|all classes|overall)\b|[总總]股本|[总總]共|合共|全部|共|[总總][发發]行",
    re.IGNORECASE,
)
"""Around a number of shares: it is that of all classes."""


def _beside_others(page: Page) -> Iterator[Relation]:
    """By another count and the percentage that it is of all shares, of which there are then many more."""
    told = [p for p in parts(page) if p.couple and not p.loose and _is_of_all(page, p.figures[1])]
    if is_multiplied(page):
        return
    for one in told:
        count, share = one.figures
        wider = [p for p in told if named_class(page, p.figures[0]) is None and _is_wider(page, p, one)]
        if wider and named_class(page, count) is not None and page.same(count, wider[0].figures[0]):
            other, part = wider[0].figures
            result = page.bounds(count) / page.bounds(other) * page.bounds(part)
            names = [shown(page.claims[i]) for i in (count, other, part)]
            yield _relation(page, share, (count, other, part), result, f"{names[0]} / ({names[1]} / {names[2]})")


def _is_wider(page: Page, one: Part, other: Part) -> bool:
    """Whether a couple makes a number of all shares that is clearly larger than another's."""
    whole, less = (page.bounds(p.figures[0]) / page.bounds(p.figures[1]) for p in (one, other))
    return whole.low > _CLEARLY * less.high


_CLEARLY = Decimal("1.3")


class Whole(msgspec.Struct, frozen=True):
    """A number of shares as the article has it, in one figure or in two classes."""

    figures: tuple[int, ...]
    count: Interval
    name: str


def bases(page: Page) -> Iterator[Relation]:
    """Percentages of a class that are called percentages of all shares."""
    if not page.has(_CLASS):
        return
    yield from _beside_others(page)
    classes, all_ = _wholes(page)
    for index in range(len(page.claims)):
        if all_ is not None and _is_part(page, index) and _is_of_all(page, index):
            for one_class in classes:
                yield from _held(page, index, one_class, all_)
                yield from _moved(page, index, one_class, all_)


def _wholes(page: Page) -> tuple[list[Whole], Whole | None]:
    """The numbers of shares of a class and that of all, where the article tells one of each, or two classes that are all."""
    counts = [i for i in range(len(page.claims)) if page.found(i).unit == "shares" and positive(page.bounds(i))]
    counts.sort(key=lambda i: page.found(i).number)
    if len(counts) >= _THREE and (both := _classes_of(page, counts[-_THREE:])):
        return both, _whole(page, counts[-1])
    wholes = [_whole(page, i) for i in counts[-2:]]
    if len(wholes) < 2 or wholes[0].count == wholes[1].count:
        return [], None
    beside = [page.lead(i, _NEAR) + " | " + page.tail(i, _NEAR) for i in counts[-2:]]
    named = [_CLASS.search(words) for words in beside]
    if named[0] and (_IN_ALL.search(beside[1]) or not named[1]):
        return wholes[:1], wholes[1]
    one, other = counts[-2:]
    neighbours = abs(one - other) == 1 and _AND.search(page.gap(one, other)) is not None and page.together(one, other)
    if neighbours and {named_class(page, i) for i in (one, other)} in _BOTH:
        return wholes, Whole((one, other), wholes[0].count + wholes[1].count, f"({wholes[0].name} + {wholes[1].name})")
    return [], None


_THREE = 3


def _classes_of(page: Page, counts: list[int]) -> list[Whole]:
    """The two classes that the largest of three counts is the sum of, where one of them is named."""
    *two, total = counts
    named = {named_class(page, i) for i in two} - {None}
    sum_ = sum((page.found(i).number for i in two), Decimal(0))
    return [_whole(page, i) for i in two] if named and sum_ == page.found(total).number else []


_AND = re.compile(r"\band\b|\bplus\b|[及和与與、加]|[,，]")
_BOTH = ({"A", "H"}, {"A", "B"})
"""Classes that together are all shares of a company."""


def _whole(page: Page, index: int) -> Whole:
    return Whole((index,), page.bounds(index), shown(page.claims[index]))


_NEAR = 24
_BESIDE = 10
"""Characters in front of a percentage in which nothing else is told: 的, " to "."""


def _is_of_all(page: Page, index: int) -> bool:
    """Whether a percentage is said to be of all shares: behind it, or right in front of it."""
    tail = page.tail(index, _WORDS)
    if _CLASS.search(re.split(r"[,，]", page.lead(index, _BESIDE))[-1]):
        return False
    if _ALL.search(tail):
        return _CLASS.search(tail) is None
    found = list(_ALL.finditer(lead := page.lead(index, _WORDS)))
    return bool(found) and len(lead) - found[-1].end() <= _BESIDE


_KINDS = STAKES | {"transaction.stake_pct", "other.pct"}


def _is_part(page: Page, index: int) -> bool:
    found = page.found(index)
    return page.kind(index) in _KINDS and found.unit == "pct" and found.value is not None


def _held(page: Page, index: int, one_class: Whole, all_: Whole) -> Iterator[Relation]:
    """By the shares that are held or traded."""
    counted = {*one_class.figures, *all_.figures}
    for part in page.near(index, lambda i: page.found(i).unit == "shares" and i not in counted, _REACH):
        of_class, of_all = (page.bounds(part) / w.count * _HUNDRED for w in (one_class, all_))
        if _only(page, index, of_class, of_all):
            working = f"{shown(page.claims[part])} / {all_.name}"
            yield _relation(page, index, (part, *all_.figures), of_all, working)
            return


def _only(page: Page, index: int, of_class: Interval, of_all: Interval) -> bool:
    """Whether a percentage is right of a class, and wrong of all shares."""
    found = page.found(index)
    exact = abs(of_class.middle - found.number) < _FINE * found.number and printed(found).meet(of_all) is None
    return fit(found, of_class) is Fit.AGREES and (exact or fit(found, of_all) is Fit.OFF)


_FINE = Decimal("0.02")
"""How close to a percentage of a class one of a single digit must be to be known again."""


def _moved(page: Page, index: int, one_class: Whole, all_: Whole) -> Iterator[Relation]:
    """By the shares that were traded, of a percentage and the one that it came from; both are then of the class."""
    for other in page.near(index, lambda i: page.is_stake(i) and _is_part(page, i), 0)[:1]:
        for part in page.near(index, page.is_traded, _REACH):
            of_class, of_all = (_beside(page, index, other, part, whole) for whole in (one_class, all_))
            if _only(page, index, of_class, of_all):
                back = _beside(page, other, index, part, all_)
                for one, from_, result in ((index, other, of_all), (other, index, back)):
                    working = f"{shown(page.claims[from_])} with {shown(page.claims[part])} / {all_.name}"
                    yield _relation(page, one, (part, *all_.figures), result, working)
                return


def _beside(page: Page, index: int, other: int, part: int, whole: Whole) -> Interval:
    """What a percentage is by the other side of a trade of so many of all shares."""
    step = page.bounds(part) / whole.count * _HUNDRED
    rises = page.found(index).number > page.found(other).number
    return page.bounds(other) + step if rises else page.bounds(other) - step


def _relation(page: Page, index: int, inputs: tuple[int, ...], result: Interval, working: str) -> Relation:
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{working} = {told(result, claim)}",
        reason=f"It is a percentage of the class; of all shares it would be {told(result, claim)}.",
        correction=say(result, claim, page.script),
        settles=True,
    )
