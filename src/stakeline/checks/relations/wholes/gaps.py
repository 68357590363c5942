"""By how much one of two amounts of a sentence is larger: "$0.84 a share, beating the consensus of $0.78 by $0.06", 每股賺1.63元."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.wholes.sums import is_alike
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_BY = re.compile(
    r"\b(?:by|difference of|gap of)(?: about| some| nearly| just)? $"
    r"|(?:多|少|高|低)(?:出|了|逾|近)?$|(?:相差|差[额額]|差距)[^0-9,，。；]{0,6}$|每股[^0-9,，。；]{0,4}[赚賺亏虧蚀蝕][了约約]?$",
    re.IGNORECASE,
)
"""In front of a difference."""
_DIFFERENCE = re.compile(
    r"\b(?:difference|gap|shortfall) of(?: about| some)? $|(?:相差|差[额額距])[^0-9,，。；]{0,6}$", re.IGNORECASE
)
"""The same where it can be of nothing but the two amounts told last."""
_EARNED = re.compile(
    r"每股[^0-9,，。；]{0,4}[赚賺亏虧蚀蝕][了约約]?$|\b(?:gain|profit|loss) of (?:about )?$", re.IGNORECASE
)
"""In front of what one share earned."""
_MORE = re.compile(
    r" (?:a share |per share |each )?(?:more|less|fewer|higher|lower|above|below|better|short|ahead|over|under|cheaper|dearer)\b",
    re.IGNORECASE,
)
"""Behind it."""
_TWO = 2
_DIGITS = 1
"""Digits of a difference whose two amounts are told beside it: it has nothing to round."""
_TIMES = 20
"""How many times the smaller amount the larger may be, for their difference to be told."""


def gaps(page: Page) -> Iterator[Relation]:
    """A difference against the only two amounts in front of it, or around it."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "currency" or claim.found.value is None or claim.found.approx or claim.found.bracket:
            continue
        if not (_BY.search(page.lead(index)) or _MORE.match(page.tail(index))):
            continue
        near = page.near(index, lambda i: _is_level(page, i, index), 0)  # noqa: B023 -- used at once
        near = _of_share(page, index) or _with_earlier(page, index, near)
        if len(near) != _TWO or page.is_price(near[0]) is not page.is_price(near[1]):
            continue
        one, other = sorted(near, key=lambda i: -page.found(i).number)
        if page.found(one).number > _TIMES * page.found(other).number:
            continue
        result = page.scaled(index, unsigned(page.bounds(one) - page.bounds(other)))
        outcome = fit(claim.found, result)
        pen = (
            mistyped(claim.found, Interval.exact(result.middle), _DIGITS) or magnitude(claim.found, result) is not None
        )
        if positive(result) and (outcome is Fit.AGREES or (outcome is Fit.OFF and pen)):
            yield _relation(page, index, (one, other), result, outcome)


def _with_earlier(page: Page, index: int, near: list[int]) -> list[int]:
    """The only amount in front of a difference and the one that the sentence before ends with: "... RM460 million. They were sold for RM364 million, a difference of"."""
    if len(near) != 1 or near[0] > index or not _DIFFERENCE.search(page.lead(index)):
        return near
    one = near[0]
    earlier = [i for i in page.near(one, lambda i: i < one and _is_level(page, i, index)) if not page.together(i, one)]
    return [*earlier[:1], one]


def _of_share(page: Page, index: int) -> list[int]:
    """What a share was sold for and what it had cost, where an amount is what one of them earned."""
    if not _EARNED.search(page.lead(index)):
        return []
    near = page.near(index, lambda i: page.is_price(i) and _is_level(page, i, index))
    costs = [i for i in near if page.kind(i) == "price.offer_or_cost"]
    prices = [i for i in near if page.kind(i) == "transaction.avg_price"]
    return [*costs, *prices] if len(costs) == len(prices) == 1 else []


def _is_level(page: Page, index: int, gap: int) -> bool:
    """Whether an amount can be one of the two: of its unit, and no product or neighbour in brackets."""
    found = page.found(index)
    return (
        is_alike(page, index, gap)
        and positive(found.bounds())
        and not found.bracket
        and not page.kind(index).startswith("fx.")
    )


def _relation(page: Page, index: int, levels: tuple[int, int], result: Interval, outcome: Fit) -> Relation:
    claim = page.claims[index]
    come = told(result, claim)
    return Relation(
        target=index,
        inputs=levels,
        fit=outcome,
        recomputed=result,
        working=f"{' - '.join(shown(page.claims[i]) for i in levels)} = {come}",
        reason="The two differ by it." if outcome is Fit.AGREES else f"The two differ by {come}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None and outcome is Fit.OFF,
    )
