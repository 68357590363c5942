"""What parts and totals have in common: which figures can be added, what they come to, and how that is said."""

import re
from collections.abc import Iterable, Sequence

from stakeline.checks.relations.blame import borne_by_product
from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, overlong
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

BEHIND = re.compile(
    r"[ ,]*(?:shares )?(?:(?:in total|altogether|together|combined|in all|between them)\b|(?:shares )?(?:were|was|have been) [a-z]+ in all\b)",
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


_HUNDRED, _PEN_DIGITS = Interval.exact(100), 2


def slipped(page: Page, total: int, parts: Sequence[int]) -> list[int]:
    """The figures of a sum of which a digit keeps it from adding up, but for those that a percentage or a product bears out."""
    rests = {i: rest_of(page, i, total, parts) for i in parts}
    rests[total] = added(page, parts)
    return [i for i, r in rests.items() if _is_slip(page, i, r) and not is_borne(page, i, (total, *parts))]


def rest_of(page: Page, part: int, total: int, parts: Sequence[int]) -> Interval:
    """What the other parts leave of a total for one of them."""
    return page.found(total).bounds() - added(page, [p for p in parts if p != part])


def _is_slip(page: Page, index: int, right: Interval) -> bool:
    found, exact = page.found(index), Interval.exact(right.middle)
    pen = mistyped(found, exact, _PEN_DIGITS) or overlong(found, right) or magnitude(found, right) is not None
    return positive(right) and pen


def refuted(page: Page, total: int, parts: tuple[int, ...], result: Interval) -> Relation:
    """A sum that does not add up against its total; against a part where only that has a digit wrong, and the total is borne out or the part has one too many."""
    odd = [i for i in slipped(page, total, parts) if i != total]
    only = odd[0] if len(odd) == 1 else None
    one_too_many = only is not None and overlong(page.found(only), rest_of(page, only, total, parts))
    if only is not None and (one_too_many or is_borne(page, total, (total, *parts))):
        return left(page, only, total, parts)
    return against(page, total, parts, result)


def left(page: Page, part: int, total: int, parts: Sequence[int]) -> Relation:
    """One part against what the others leave of the total."""
    others = [p for p in parts if p != part]
    claim, rest = page.claims[part], page.found(total).bounds() - added(page, others)
    come = told(rest, claim)
    return Relation(
        target=part,
        inputs=(total, *others),
        fit=Fit.OFF,
        recomputed=rest,
        working=f"{' - '.join(shown(page.claims[i]) for i in (total, *others))} = {come}",
        reason=f"The other parts leave {come}.",
        correction=say(rest, claim, page.script),
        slips=magnitude(claim.found, rest) is not None,
    )


def is_borne(page: Page, index: int, group: tuple[int, ...]) -> bool:
    """Whether a figure and another one give a percentage told with them: a part of the total, a change from a prior amount."""
    if page.found(index).unit == "shares" and borne_by_product(page, index):
        return True
    total = group[0]
    shares = page.near(
        index, lambda i: page.kind(i) == "segment.share_pct" or (abs(i - index) == 1 and page.found(i).unit == "pct")
    )
    others = group[1:] if index == total else (total,)
    ratios = [
        (p, page.bounds(n) / page.bounds(w) * _HUNDRED)
        for p in shares
        for o in others
        for n, w in [(index, o) if index != total else (o, total)]
    ]
    changes = page.near(index, lambda i: page.kind(i).endswith("change_pct"))
    priors = page.near(
        index, lambda i: i not in group and is_alike(page, i, index) and is_prior(page, i) and positive(page.bounds(i))
    )
    ratios += [
        (p, unsigned(page.bounds(index) / page.bounds(o) * _HUNDRED - _HUNDRED)) for p in changes for o in priors
    ]
    return any(fit(page.found(p), ratio) is Fit.AGREES for p, ratio in ratios)
