"""Equations that fail alike: where two of them give one and the same value for a figure that they share, that figure is wrong."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from stakeline.checks.relations.blame import hull
from stakeline.checks.relations.fit import Fit, in_print, magnitude, mistyped
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_Form = Callable[[Interval, Interval], Interval]
_FORMS: tuple[tuple[_Form, tuple[_Form, ...], tuple[_Form, ...]], ...] = (
    (lambda a, b: a * b, (lambda t, b: t / b,), (lambda t, a: t / a,)),
    (lambda a, b: a / b, (lambda t, b: t * b,), (lambda t, a: a / t,)),
    (lambda a, b: a / b * _HUNDRED, (lambda t, b: t * b / _HUNDRED,), (lambda t, a: a / t * _HUNDRED,)),
    (lambda a, b: a + b, (lambda t, b: t - b,), (lambda t, a: t - a,)),
    (lambda a, b: a - b, (lambda t, b: t + b,), (lambda t, a: a - t,)),
    (
        lambda a, b: unsigned(a / b - _ONE) * _HUNDRED,  # whether more or less is meant is not told
        (lambda t, b: b * (_ONE + t / _HUNDRED), lambda t, b: b * (_ONE - t / _HUNDRED)),
        (lambda t, a: a / (_ONE + t / _HUNDRED), lambda t, a: a / (_ONE - t / _HUNDRED)),
    ),
)
"""What two figures may give; what the first one is by that and the second, and the second by that and the first."""
_SAME, _NARROW = Decimal("0.005"), Decimal("1.03")
"""How near a form must come to what a relation has recomputed to be its form; how wide what two equations leave may be to be one value."""
_TELLING = 2
"""Digits that a figure must have for one of them to be wrong: two equations tell what it should be."""


def shared(
    page: Page, off: Iterable[Relation], right: Iterable[Relation]
) -> Iterator[tuple[Relation, tuple[int, int]]]:
    """Relations against figures that two failing equations have in common and nothing else, each with the two that were accused instead.

    A figure that as many equations bear out as fail by it is not the wrong one.
    """
    borne: dict[int, int] = {}
    for relation in right:
        for index in (relation.target, *relation.inputs):
            borne[index] = borne.get(index, 0) + 1
    by_input: dict[int, list[Relation]] = {}
    for relation in off:
        for index in relation.inputs:
            by_input.setdefault(index, []).append(relation)
    for index, failing in by_input.items():
        if len(failing) <= borne.get(index, 0) or page.found(index).value is None:
            continue
        for one, other in combinations(failing, 2):
            common = {one.target, *one.inputs} & {other.target, *other.inputs}
            value = _one_value(page, index, one, other) if common == {index} else None
            if value is not None:
                yield _against(page, index, value, one, other), (one.target, other.target)


def _one_value(page: Page, index: int, one: Relation, other: Relation) -> Interval | None:
    """What a figure must be for two equations to hold, where that is one value, and another one than is printed by a slip of the pen."""
    for first in _roots(page, one, index):
        for second in _roots(page, other, index):
            both = first.meet(second)
            value = None if both is None else page.scaled(index, both)
            if value is not None and positive(value) and _is_slip(page, index, value):
                return value
    return None


def _is_slip(page: Page, index: int, value: Interval) -> bool:
    """Whether a slip of the pen, or the digits of another order, make a figure what it should be."""
    found = page.found(index)
    if magnitude(found, value) is not None:
        return True
    if value.high > value.low * _NARROW:
        return False
    digits = in_print(found).replace(".", "")
    unit = found.number / Decimal(digits) if digits.strip("0") else Decimal(0)
    meant = str(round(value.middle / unit)) if unit else ""
    mixed = sorted(meant) == sorted(digits) and meant != digits
    return mixed or mistyped(found, Interval.exact(value.middle), _TELLING)


def _roots(page: Page, relation: Relation, index: int) -> Iterator[Interval]:
    """The values of one input with which an equation would hold, the others being one figure or the ends of a range of prices."""
    result, others = relation.recomputed, [i for i in relation.inputs if i != index]
    ranged = page.found(index).unit == "shares" and all(map(page.is_amount, others))
    if not isinstance(result, Interval) or not (len(others) == 1 or (others and ranged)):
        return
    own, other, target = page.bounds(index), hull(page, others), page.bounds(relation.target)
    if not (positive(own) and positive(other)):
        return
    scale = _HUNDRED.low if page.found(relation.target).currency == "GBX" else 1
    low, high = (end / scale for end in (result.low * (1 - _SAME), result.high * (1 + _SAME)))
    if not positive(target) or (page.is_percent(relation.target) and target.high >= _HUNDRED.low):
        return  # nothing falls by all that there is
    for form, *roots in _FORMS:
        for (a, b), of in zip(((own, other), (other, own)), roots, strict=True):
            given = form(Interval.exact(a.middle), Interval.exact(b.middle)).middle
            if low <= given <= high:
                yield from (root(target, other) for root in of)


def _against(page: Page, index: int, value: Interval, one: Relation, other: Relation) -> Relation:
    """Two failing equations, read as speaking against the figure that they share."""
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=tuple(sorted({one.target, other.target, *one.inputs, *other.inputs} - {index})),
        fit=Fit.OFF,
        recomputed=value,
        working=f"{one.working}; {other.working}",
        reason=f"Neither holds with {claim.found.text}; both hold with {told(value, claim)}.",
        correction=say(value, claim, page.script),
        slips=magnitude(claim.found, value) is not None,
    )
