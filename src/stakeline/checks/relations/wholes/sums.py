"""What parts and totals have in common: which figures can be added, what they come to, and how that is said."""

import re
from collections.abc import Iterable

from stakeline.checks.relations.fit import Fit, magnitude
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

BEHIND = re.compile(
    r"[ ,]*(?:shares )?(?:(?:in total|altogether|together|combined|in all)\b|(?:shares )?(?:were|was|have been) [a-z]+ in all\b)",
    re.IGNORECASE,
)
"""Behind a figure: it is a total."""


def can_add(page: Page, index: int) -> bool:
    """Whether a figure can be a total or a part of one."""
    found = page.found(index)
    other = page.kind(index).startswith(("price.", "threshold.", "fx.")) or page.kind(index).endswith(
        (".change_pct", ".prior_value")
    )
    added = found.value is not None and found.unit != "count" and not (found.unit == "pct" and found.number > ALL)
    return added and not other and not found.word and not found.bracket and found.bound is None


ALL = 100
"""Percent of a whole."""


def added(page: Page, parts: Iterable[int]) -> Interval:
    """The sum of some figures."""
    result = Interval.exact(0)
    for part in parts:
        result += page.found(part).bounds()
    return result


def is_alike(page: Page, one: int, other: int) -> bool:
    """Whether two figures are of one unit and currency."""
    a, b = page.found(one), page.found(other)
    return a.unit == b.unit and a.value is not None and a.currency == b.currency and page.kind(one) != "fx.conversion"


def against(page: Page, total: int, parts: tuple[int, ...], result: Interval) -> Relation:
    """A total against the sum of its parts."""
    claim = page.claims[total]
    return Relation(
        target=total,
        inputs=parts,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{' + '.join(shown(page.claims[p]) for p in parts)} = {told(result, claim)}",
        reason=f"The parts add up to {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
