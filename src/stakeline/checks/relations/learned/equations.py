"""Figures that could belong together in an equation: whatever their units and their distance allow.

Most of these equations are no one's: a price of one trade and the count of another. Those that hold to the digit are meant, but for
a few coincidences; of those that fail, meant.py says which are meant nevertheless. They are tried in floating point, for there are
hundreds to a page; what is said of a figure in the end is worked out exactly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, pairwise, permutations
from typing import Any, NamedTuple, TypeVar

from stakeline.checks.relations.fit import ABOUT, AMOUNT, MORE_THAN, PERCENT
from stakeline.checks.relations.page import Page
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 2
"""Sentences between figures of one equation."""
_FIGURES = 9
"""How many figures on either side are tried."""
_CHARACTERS = 500
_ADJACENT = 6
"""How far apart, in figures, the three parts of a sum may stand."""
_BESIDE = 2
"""How far a count may stand from its own percentage or price."""
_AMOUNT, _PERCENT = float(AMOUNT), float(PERCENT)
_UNSURE = 3
"""How many times its slack a figure must be away before an equation counts as failed."""
_TELLING = 0.05
"""How far apart the ends of a result may lie, relative to it, for an agreement to be more than a coincidence."""
_VAGUELY = 1 - float(ABOUT)
_VAGUE = {"over": float(MORE_THAN), **dict.fromkeys(("about", "under", "upto"), 1 + float(ABOUT))}
_SMALLEST = 1e-12


class Span:
    """A number between two bounds, in floating point: as quick as it is rough, where Interval is exact."""

    __slots__ = ("high", "low")

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    @classmethod
    def exact(cls, value: float) -> "Span":
        """The span that holds one value."""
        return cls(value, value)

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Span") -> "Span":
        return Span(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Span") -> "Span":
        """Of numbers above zero, as all figures of an equation are."""
        return Span(self.low * other.low, self.high * other.high)

    def __truediv__(self, other: "Span") -> "Span":
        return Span(self.low / other.high, self.high / other.low)


AnySpan = TypeVar("AnySpan", Span, Interval)


class Term(NamedTuple):
    """A figure as a number, a percentage as a fraction.

    place: among the terms of its page; claim: its place among the page's claims; ranged: an end of a range, which it then stands for.
    bounds: where it lies as printed; reached: where it may lie, cut off or vaguely put.
    """

    place: int
    claim: int
    unit: str
    kind: str
    value: float
    half: float
    approx: str | None
    currency: str | None
    start: int
    end: int
    sentence: int
    ranged: bool
    bounds: Span
    reached: Span


def terms(page: Page) -> list[Term]:
    """The numbers of a page, those of no value and those in words left out."""
    made: list[Term] = []
    for index in range(len(page.claims)):
        found = page.found(index)
        if found.value is not None and found.value > 0 and not found.word:
            made.append(_term(page, index, len(made)))
    for one, other in pairwise(made):
        if _is_range(page.found(one.claim), page.found(other.claim), one, other):
            middle, half = (one.value + other.value) / 2, (other.value - one.value) / 2 + max(one.half, other.half)
            for term in (one, other):
                bounds, reached = _spans(middle, half, term.approx)
                made[term.place] = term._replace(
                    value=middle, half=half, kind=f"range:{term.unit}", ranged=True, bounds=bounds, reached=reached
                )
    return made


def _spans(value: float, half: float, approx: str | None) -> tuple[Span, Span]:
    low, high = value - half, value + 2 * half
    if approx is not None:
        low, high = low * _VAGUELY, high * _VAGUE[approx]
    return Span(max(value - half, _SMALLEST), value + half), Span(max(low, _SMALLEST), high)


def worth(page: Page, index: int) -> Interval:
    """Where a figure lies as equations count: percentages as fractions, pence as pounds."""
    return page.bounds(index) / _HUNDRED if page.is_percent(index) else page.bounds(index)


def _term(page: Page, index: int, place: int) -> Term:
    found, kind, bounds = page.found(index), page.kind(index), worth(page, index)
    counted = found.unit == "count" and kind in _COUNTS
    value, half = float(bounds.middle), float(bounds.high - bounds.low) / 2
    printed, reached = _spans(value, half, found.approx)
    return Term(
        place=place,
        claim=index,
        unit="shares" if counted else "pct" if found.unit == "pp" else found.unit,
        kind=f"pp:{kind}" if found.unit == "pp" else kind,
        value=value,
        half=half,
        approx=found.approx,
        currency=page.currency(index),
        start=found.start,
        end=found.end,
        sentence=found.sentence,
        ranged=False,
        bounds=printed,
        reached=reached,
    )


_COUNTS = frozenset(
    {"transaction.shares", "stake.after_shares", "stake.before_shares", "shares.issued", "buyback.shares"}
)


def _is_range(low: Found, high: Found, one: Term, other: Term) -> bool:
    ends = (low.bound, high.bound) == ("low", "high") or (
        one.kind.endswith("price_low") and other.kind.endswith("price_high")
    )
    return ends and one.value < other.value and one.currency == other.currency


class Equation(NamedTuple):
    """Terms that belong together if an equation of a kind holds. holds: None where it can be said neither way."""

    kind: str
    terms: tuple[Term, ...]
    holds: bool | None


def _unsigned(x: AnySpan) -> AnySpan:
    zero = type(x).exact(0)
    return x if x.low >= 0 else zero - x if x.high <= 0 else type(x)(zero.low, max(-x.low, x.high))


def _product(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    n, price, amount = x
    return [(amount / price, amount / n, n * price)[role]]


def _part(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    part, whole, share = x
    return [(whole * share, part / share, part / whole)[role]]


def _total(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    whole, others = x[-1], [p for i, p in enumerate(x[:-1]) if i != role]
    total = _sum(others)
    return [total if role == len(x) - 1 else whole - total]


def _growth(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    old, new, share = x
    one = type(old).exact(1)
    if role == 2:
        return [_unsigned(new / old - one)]
    factors = [f for f in (one + share, one - share) if f.low > 0]
    return [new / f if role == 0 else old * f for f in factors]


def _couples(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    n, part, other, share = x
    return [(other * part / share, n * share / other, n * share / part, other * part / n)[role]]


def _rest(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    return [type(x[0]).exact(1) - _sum([p for i, p in enumerate(x) if i != role])]


def _both(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    one, other, price, amount = x
    return [(amount / price - other, amount / price - one, amount / (one + other), (one + other) * price)[role]]


def _lots(role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    one, price, other, second, amount = x
    if role == 4:
        return [one * price + other * second]
    rest = amount - (other * second if role < 2 else one * price)
    return [rest / x[role + 1 if role % 2 == 0 else role - 1]] if rest.low > 0 else []


def _sum(parts: Sequence[AnySpan]) -> AnySpan:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


KINDS: dict[str, tuple[str, Callable[[int, Sequence[Any]], list[Any]]]] = {
    "product": ("npV", _product),
    "part": ("nNp", _part),
    "ratio": ("aAp", _part),
    "sum": ("abS", _total),
    "three": ("abcS", _total),
    "growth": ("onp", _growth),
    "couples": ("npmq", _couples),
    "rest": ("abR", _rest),
    "rest3": ("abcR", _rest),
    "both": ("nmpV", _both),
    "lots": ("npmqV", _lots),
}
"""Each kind of equation: a letter for each of its terms, and what one of them should be by the others.

product: shares x price = amount. part: shares / all shares = percent; ratio: the same of amounts. sum, three: parts and total.
growth: new / old - 1 = percent, either way. couples: shares / percent twice. rest: percentages that make a hundred. both: two
counts x one price = amount; lots: two counts, each with its price.
"""


def solved(kind: str, role: int, x: Sequence[AnySpan]) -> list[AnySpan]:
    """Where one term of an equation lies by the others, as far as that is above zero."""
    return [r for r in KINDS[kind][1](role, x) if r.high > 0]


def candidates(all_: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """All equations that terms near each other could form, each with the term last that it gives."""
    for last in all_:
        near = [
            t
            for t in all_[max(last.place - _FIGURES, 0) : last.place + _FIGURES + 1]
            if t is not last and abs(t.sentence - last.sentence) <= _REACH and abs(t.start - last.start) < _CHARACTERS
        ]
        if last.unit == "currency":
            yield from _giving_amounts(last, near)
        elif last.unit == "shares":
            yield from _sums(last, [t for t in near if t.unit == "shares"])
        elif last.unit == "pct":
            yield from _giving_percentages(last, near)


def _giving_amounts(last: Term, near: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    counts = [t for t in near if t.unit == "shares"]
    money = [t for t in near if t.unit == "currency" and t.currency == last.currency]
    prices = [t for t in money if t.value < last.value]
    for n in counts:
        for price in prices:
            if n.value > 1:
                yield "product", (n, price, last)
    yield from _sums(last, money)
    for n, m in combinations(counts, 2):
        for price in prices:
            yield "both", (n, m, price, last)
        for price, second in permutations(prices, 2):
            if abs(price.place - n.place) <= _BESIDE and abs(second.place - m.place) <= _BESIDE:
                yield "lots", (n, price, m, second, last)


def _giving_percentages(last: Term, near: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    counts = [t for t in near if t.unit == "shares"]
    others = [t for t in near if t.unit == "pct"]
    for one, other in permutations([t for t in near if t.unit in {"shares", "currency"}], 2):
        if one.unit == other.unit and one.currency == other.currency:
            if one.value < other.value:
                yield "part" if one.unit == "shares" else "ratio", (one, other, last)
            yield "growth", (one, other, last)
    for one, other in permutations(others, 2):
        yield "growth", (one, other, last)
    yield from _sums(last, others)
    before = [t for t in others if t.place < last.place]
    for one, other in combinations(before, 2):
        yield "rest", (one, other, last)
    for parts in combinations(before, 3):
        if last.place - parts[0].place <= _ADJACENT:
            yield "rest3", (*parts, last)
    yield from _pairs(last, counts, others)


def _pairs(last: Term, counts: Sequence[Term], others: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Two counts, each beside its own percentage."""
    for n in (t for t in counts if abs(t.place - last.place) <= _BESIDE):
        for share in (t for t in others if t.place > last.place):
            for m in (t for t in counts if t is not n and abs(t.place - share.place) <= _BESIDE):
                yield "couples", (n, last, m, share)


def _sums(last: Term, alike: Sequence[Term]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    smaller = [t for t in alike if t.value < last.value]
    for one, other in combinations(smaller, 2):
        yield "sum", (one, other, last)
    for parts in combinations(smaller, 3):
        if parts[-1].place - parts[0].place <= _ADJACENT:
            yield "three", (*parts, last)


class Equations:
    """The equations of a page, and which of its figures and pairs of figures others of them explain."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.terms = terms(page)
        self.all = [
            Equation(kind, members, _holds(kind, members))
            for kind, members in candidates(self.terms)
            if (kind in _REPEATING or len({t.value for t in members}) == len(members)) and not _is_absurd(kind, members)
        ]

    @cached_property
    def holding(self) -> frozenset[tuple[str, tuple[int, ...]]]:
        """Those that hold and are no coincidence, by kind and places."""
        return frozenset((e.kind, places(e)) for e in self.all if e.holds and _is_telling(e))

    @cached_property
    def explained(self) -> Counter[tuple[object, ...]]:
        """In how many of those a term stands, by (place,) and by (kind, place), and a pair by (kind, roles, places)."""
        return _counted(self.holding)

    @cached_property
    def fitting(self) -> Counter[tuple[object, ...]]:
        """The same of all that hold."""
        return _counted((e.kind, places(e)) for e in self.all if e.holds)

    def others(self, equation: Equation, *key: object) -> bool:
        """Whether something is explained by another equation than this."""
        own = (equation.kind, places(equation)) in self.holding
        return self.explained[key] > own


def _counted(held: Iterable[tuple[str, tuple[int, ...]]]) -> Counter[tuple[object, ...]]:
    made: Counter[tuple[object, ...]] = Counter()
    for kind, at in held:
        made.update((place,) for place in set(at))
        made.update((kind, place) for place in set(at))
        made.update((kind, i, k, at[i], at[k]) for i, k in combinations(range(len(at)), 2))
    return made


def _is_absurd(kind: str, members: tuple[Term, ...]) -> bool:
    """Whether figures are so far from an equation that no one could mean it; half of all are."""
    one, other, *rest = (t.value for t in members)
    if kind == "product":
        return not 1 / _ABSURD < one * other / rest[0] < _ABSURD
    if kind in {"part", "ratio"}:
        return not 1 / _ABSURD < one / other / rest[0] < _ABSURD
    return kind == "growth" and not 1 / _FASTEST < other / one < _FASTEST


_ABSURD = 1e5
"""More than the largest slip of the pen, 億 for 萬."""
_FASTEST = 30
"""No change that a percentage is told of is larger."""
_REPEATING = frozenset({"couples", "both", "lots"})
"""Equations in which two terms may have one value."""


def places(equation: Equation) -> tuple[int, ...]:
    """Where the terms of an equation stand among those of the page."""
    return tuple(t.place for t in equation.terms)


def _holds(kind: str, members: tuple[Term, ...]) -> bool | None:
    x = [t.reached for t in members]
    unsure = False
    for role, term in enumerate(members):
        slack = _PERCENT if term.unit == "pct" else _AMOUNT
        low, high = term.value - term.half, term.value + 2 * term.half
        for result in solved(kind, role, x):
            give = slack * result.high
            if low <= result.high + give and result.low - give <= high:
                return True
            unsure = unsure or (low <= result.high + _UNSURE * give and result.low - _UNSURE * give <= high)
    return None if unsure else False


def _is_telling(equation: Equation) -> bool:
    x = [t.bounds for t in equation.terms]
    widths = (
        (r.high - r.low + 2 * t.half) / r.high
        for role, t in enumerate(equation.terms)
        for r in solved(equation.kind, role, x)
        if r.low > 0
    )
    return min(widths, default=1) < _TELLING
