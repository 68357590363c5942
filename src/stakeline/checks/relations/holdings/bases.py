"""Percentages said to be of all shares that are of one class: what is held, or traded, over the class gives them, over all shares it does not."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import STAKES, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 2
"""Sentences within which shares and a percentage are taken to be of one holding."""
_WORDS = 70
_CLASS = re.compile(r"\b[ABH][- ]shares?\b|\bclass [ABC]\b|\b[ABH] class\b|[ABH]股|[ABH] ?[类類]", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:total|entire|whole|all (?:issued )?shares|all classes|issued (?:share )?capital|share capital|the company|the group)\b"
    r"|(?:全部|所有|整体|整體)(?:已?[发發]行)?|[总總](?:股本|[发發]行)|公司(?:已[发發]行)?股[本份]|已[发發]行股[本份]",
    re.IGNORECASE,
)
"""Around a percentage: what it is said to be of."""
_IN_ALL = re.compile(
    r"\b(?:total|altogether|in all|all classes|overall)\b|[总總]股本|[总總]共|合共|全部|共|[总總][发發]行",
    re.IGNORECASE,
)
"""Around a number of shares: it is that of all classes."""


def bases(page: Page) -> Iterator[Relation]:
    """Percentages of a class that are called percentages of all shares."""
    if not page.has(_CLASS):
        return
    one_class, all_ = _wholes(page)
    if one_class is None or all_ is None:
        return
    for index in range(len(page.claims)):
        if _is_part(page, index) and _is_of_all(page, index):
            yield from _held(page, index, one_class, all_)
            yield from _moved(page, index, one_class, all_)


def _wholes(page: Page) -> tuple[int | None, int | None]:
    """The number of shares of one class and that of all, where the article tells one of each."""
    counts = [i for i in range(len(page.claims)) if page.found(i).unit == "shares" and positive(page.bounds(i))]
    counts.sort(key=lambda i: page.found(i).number)
    largest = counts[-2:]
    if len(largest) < 2 or page.found(largest[0]).number == page.found(largest[1]).number:
        return None, None
    one, every = largest
    beside = {i: page.lead(i, _NEAR) + " | " + page.tail(i, _NEAR) for i in largest}
    told = _CLASS.search(beside[one]) and (_IN_ALL.search(beside[every]) or not _CLASS.search(beside[every]))
    return (one, every) if told else (None, None)


_NEAR = 24
_BESIDE = 10
"""Characters in front of a percentage in which nothing else is told: 的, " to "."""


def _is_of_all(page: Page, index: int) -> bool:
    """Whether a percentage is said to be of all shares: behind it, or right in front of it."""
    tail = page.tail(index, _WORDS)
    if _CLASS.search(page.lead(index, _BESIDE)):
        return False
    if _ALL.search(tail):
        return _CLASS.search(tail) is None
    found = list(_ALL.finditer(lead := page.lead(index, _WORDS)))
    return bool(found) and len(lead) - found[-1].end() <= _BESIDE


def _is_part(page: Page, index: int) -> bool:
    found = page.found(index)
    return (
        page.kind(index) in STAKES | {"transaction.stake_pct", "stake.pct"}
        and found.unit == "pct"
        and found.value is not None
    )


def _held(page: Page, index: int, one_class: int, all_: int) -> Iterator[Relation]:
    """By the shares that are held or traded."""
    for part in page.near(index, lambda i: page.found(i).unit == "shares" and i not in (one_class, all_), _REACH):
        of_class = page.bounds(part) / page.bounds(one_class) * _HUNDRED
        of_all = page.bounds(part) / page.bounds(all_) * _HUNDRED
        if fit(page.found(index), of_class) is Fit.AGREES and fit(page.found(index), of_all) is Fit.OFF:
            yield _relation(
                page, index, (part, all_), of_all, f"{shown(page.claims[part])} / {shown(page.claims[all_])}"
            )
            return


def _moved(page: Page, index: int, one_class: int, all_: int) -> Iterator[Relation]:
    """By the shares that were traded, of a percentage and the one that it came from; both are then of the class."""
    for other in page.near(index, lambda i: page.is_stake(i) and _is_part(page, i), 0)[:1]:
        for part in page.near(index, page.is_traded, _REACH):
            of_class, of_all = (_beside(page, index, other, part, whole) for whole in (one_class, all_))
            if fit(page.found(index), of_class) is Fit.AGREES and fit(page.found(index), of_all) is Fit.OFF:
                for one, from_, result in (
                    (index, other, of_all),
                    (other, index, _beside(page, other, index, part, all_)),
                ):
                    working = (
                        f"{shown(page.claims[from_])} with {shown(page.claims[part])} / {shown(page.claims[all_])}"
                    )
                    yield _relation(page, one, (part, all_), result, working)
                return


def _beside(page: Page, index: int, other: int, part: int, whole: int) -> Interval:
    """What a percentage is by the other side of a trade of so many of all shares."""
    step = page.bounds(part) / page.bounds(whole) * _HUNDRED
    rises = page.found(index).number > page.found(other).number
    return page.bounds(other) + step if rises else page.bounds(other) - step


def _relation(page: Page, index: int, inputs: tuple[int, int], result: Interval, working: str) -> Relation:
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
