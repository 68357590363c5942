"""Equations that fail though they are meant: the figures of which one is wrong, whatever words it is told in.

How likely figures are meant together was learned from articles: there, equations that hold to the digit are meant, and what stands
around them (signs.py) is what stands around those that are meant and fail. A figure is only blamed where hardly anything else is
possible: nothing else explains it, and it is near what it should be or a slip of the pen away. The weights come from
benchmarks/train_equations.py.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from math import log

from stakeline.checks.relations.blame import blamed
from stakeline.checks.relations.fit import Fit, fit, replaced, swapped
from stakeline.checks.relations.holdings.balances import rank
from stakeline.checks.relations.holdings.classes import CLASSES, LATTER
from stakeline.checks.relations.holdings.refuted import CAUSES
from stakeline.checks.relations.learned.equations import KINDS, Equation, Equations, Span, Term, places, solved, worth
from stakeline.checks.relations.learned.signs import signs
from stakeline.checks.relations.page import RECEIPTS, Page, Relation, positive
from stakeline.checks.relations.trades.certain import OPTIONS
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
LEAST = 2.0
"""The least logarithm of the odds that an equation is meant, given how its figures differ."""
_SLIPPED, _NEAR = 1.5, 1.0
"""What it speaks for an equation that a slip of the pen explains the difference, or that it is small: by chance few do."""
_CLOSE, _WIDE = 0.7, 1.2
"""Differences, as logarithms: up to twice or half, up to three times or a third. What is further off is of another matter."""
_FARTHEST = log(2e4)
"""The most that a slip of the pen makes: 億 for 萬."""
_EXACT = 1.03
"""How far apart the ends of a result may lie to tell a slip of the pen."""
_DIGITS = 3
"""Digits that a figure must have for one wrong one among them to mean anything."""
_LONGEST = 20
_TIGHT = 0.0006
_POWERS = tuple(10.0**k for k in range(-4, 5) if k)


def meant(page: Page) -> Iterator[Relation]:
    """The figures that equations refute which are certainly meant, the likeliest of each figure; and amounts of several counts."""
    all_ = Equations(page)
    found: dict[int, tuple[float, Relation]] = {}
    for equation in all_.all:
        if _is_pooled(all_, equation) and _odds(all_, equation) + _surprise(equation) > _PARDONED:
            pooled = _relations(page, equation, len(equation.terms) - 1)
            yield from (r for r in pooled if r.fit is not Fit.OFF)  # borne out, never refuted: exactly, it may miss
        if equation.holds is not False or not _is_open(all_, equation) or _is_disturbed(page, equation):
            continue
        odds, role = _difference(all_, equation)
        if role is not None and (odds := odds + _odds(all_, equation)) >= LEAST:
            for relation in _relations(page, equation, role):
                if relation.fit is Fit.OFF and odds > found.get(relation.target, (0.0,))[0]:
                    found[relation.target] = odds, relation
    yield from (relation for _, relation in found.values())


_POOLED = frozenset({"both", "lots"})
"""Amounts that several counts give together: none of them gives it alone, and a relation of one count would accuse it."""


def _is_pooled(all_: Equations, equation: Equation) -> bool:
    """Whether several counts of one sort, and their prices, give an amount and that is no coincidence."""
    if equation.kind not in _POOLED or (equation.kind, places(equation)) not in all_.holding:
        return False
    return len({t.kind.split(".")[0] for t in equation.terms if t.unit == "shares"}) == 1


_PARDONED = -3.0
"""The least that bears an amount out: to leave a figure alone takes less than to accuse it."""
_ALIKE = 40
"""How many equations of several counts there are to a page, about: one of them holds by chance the sooner."""


def _surprise(equation: Equation) -> float:
    """What it speaks for an equation that it holds to so many digits."""
    last = len(equation.terms) - 1
    results = solved(equation.kind, last, [t.bounds for t in equation.terms])
    half = equation.terms[last].half
    return max((-log(_ALIKE * (r.high - r.low + 2 * half) / r.high) for r in results if r.low > 0), default=0.0)


def _odds(all_: Equations, equation: Equation) -> float:
    """The logarithm of the odds that an equation is meant, by its signs alone."""
    weights = learned()
    return sum(weights.get(sign, 0.0) for sign in signs(all_, equation))


@cache
def learned() -> dict[str, float]:
    """The weights that ship: of each sign, what it adds to the logarithm of the odds."""
    return read(files(__package__).joinpath("meant.txt").read_text(encoding="utf-8"))


def read(text: str) -> dict[str, float]:
    """The weights of a file of them, each line a sign, a tab and its weight."""
    return {sign: float(weight) for sign, _, weight in (line.partition("\t") for line in text.splitlines())}


def _is_open(all_: Equations, equation: Equation) -> bool:
    """Whether nothing else explains what an equation would give, nor two of its figures together."""
    at = places(equation)
    if all_.explained[(at[-1],)] or all_.fitting[equation.kind, at[-1]]:
        return False
    return not any(all_.fitting[equation.kind, i, k, at[i], at[k]] for i, k in combinations(range(len(at)), 2))


_HOLDINGS = frozenset({"part", "sum", "three", "rest", "rest3", "couples"})
"""Equations of holdings: what else changed them, or that they are of several classes or companies, excuses a difference."""


def _is_disturbed(page: Page, equation: Equation) -> bool:
    """Whether words near by give another reason for a difference: another time, receipts, new shares, another class or company."""
    at = [t.claim for t in equation.terms]
    if equation.kind == "couples" and equation.terms[0].value == equation.terms[2].value:
        return True  # one count is two percentages only of two companies
    if equation.kind in _HOLDINGS and equation.terms[-1].unit != "currency":
        return page.has(CAUSES) or page.has(CLASSES) or LATTER.search(page.gap(min(at), max(at))) is not None
    return page.has(RECEIPTS) or (
        equation.kind == "product" and (_is_of_other(page, at) or _is_of_farther(page, at) or _is_mixed(page, at))
    )


def _is_of_farther(page: Page, at: list[int]) -> bool:
    """Whether a count from farther off than equations reach gives an amount at the price."""
    count, price, amount = at
    counts = page.near(
        amount, lambda i: i != count and page.found(i).unit == "shares" and page.found(i).value is not None, _FARTHER
    )
    return any(
        fit(page.found(amount), page.scaled(amount, page.bounds(n) * page.bounds(price))) is Fit.AGREES for n in counts
    )


def _is_mixed(page: Page, at: list[int]) -> bool:
    """Whether shares at their price make up an amount with another of its sentence, or that one with it: partly paid in shares."""
    count, price, amount = at
    own = page.scaled(amount, page.bounds(count) * page.bounds(price))
    paid = page.bounds(amount)
    others = page.near(amount, lambda i: i != price and page.is_amount(i) and page.one_currency((i, amount)), 0)
    results = [r for r in (paid + own, paid - own, own - paid) if r.middle > 0]
    return any(fit(page.found(i), Interval.exact(r.middle)) is Fit.AGREES for i in others for r in results)


_FARTHER = 5
"""Sentences within which a count may be of an amount."""


def _is_of_other(page: Page, at: list[int]) -> bool:
    """Whether a count, a price and an amount are of different trades: of options, of what was gained, of all holders, of another time."""
    count, price, amount = at
    whose = page.claims[amount].holder, page.claims[count].holder
    of_all = whose[0] is None and whose[1] is not None and not page.together(amount, count)
    gained = page.kind(amount) in {"transaction.gain", "market_value.change"} or OPTIONS.search(
        page.around(price, 60, 30)
    )
    return page.aside(*at) or of_all or bool(gained)


def _difference(all_: Equations, equation: Equation) -> tuple[float, int | None]:
    """What the difference of an equation speaks for its being meant, and the term to blame; None where it is too large."""
    x = [t.bounds for t in equation.terms]
    free = [r for r, t in enumerate(equation.terms) if not all_.explained[(t.place,)]]
    results = [(r, s) for r in range(len(x)) for s in solved(equation.kind, r, x) if s.low > 0]
    near = min((abs(log(2 * equation.terms[r].value / (s.low + s.high))) for r, s in results), default=_FARTHEST)
    slips = [r for r, s in results if r in free and near < _FARTHEST and _is_slip(all_.page, equation.terms[r], s)]
    if (near >= _WIDE and not slips) or _is_at_own_price(all_.page, equation):
        return 0.0, None
    derived = (slips or free)[-1]
    if equation.kind in _HOLDINGS:
        derived = min(slips or free, key=lambda r: rank(all_.page, equation.terms[r].claim))
    return (_SLIPPED if slips else 0.0) + (_NEAR if near < _CLOSE else 0.0), derived


def _is_at_own_price(page: Page, equation: Equation) -> bool:
    """Whether a count and an amount are told together and the price in another sentence: theirs may well be another."""
    if equation.kind != "product":
        return False
    count, price, amount = (t.claim for t in equation.terms)
    return page.together(count, amount) and not page.together(price, amount)


def _is_slip(page: Page, term: Term, result: Span) -> bool:
    """Whether a power of ten, one wrong digit or two neighbours changed round make a figure what it should be."""
    if result.low <= 0 or result.high > _EXACT * result.low:
        return False
    if any(_meets(term.value * p, term.half * p, result) for p in _POWERS):
        return True
    others = () if term.ranged else _mistyped(page.found(term.claim).text, term.value)
    return any(_meets(v, term.half, result) for v in others)


@lru_cache(maxsize=1024)
def _mistyped(text: str, value: float) -> tuple[float, ...]:
    """A printed figure with one wrong digit, or two neighbours changed round: all that may have been meant."""
    digits = "".join(c for c in text if c in "0123456789.").strip(".")
    if digits.count(".") > 1 or not digits.strip("0.") or len(digits) > _LONGEST:
        return ()
    others = set(swapped(digits))
    if sum(c != "." for c in digits) >= _DIGITS:
        others |= set(replaced(digits))
    unit = value / float(digits)
    return tuple(float(o) * unit for o in others - {digits})


def _meets(value: float, half: float, result: Span) -> bool:
    give = max(half, _TIGHT * result.high)
    return result.low - give <= value <= result.high + give


def _relations(page: Page, equation: Equation, role: int) -> Iterator[Relation]:
    """What an equation says of one of its terms, worked out exactly; nothing where the others leave it no room."""
    target = equation.terms[role].claim
    claim, own = page.claims[target], worth(page, target).middle
    results = [r for r in solved(equation.kind, role, [_worth(page, t) for t in equation.terms]) if positive(r)]
    if not results:
        return
    result = page.scaled(target, min(results, key=lambda r: abs(r.middle - own)))
    result = result * _HUNDRED if page.is_percent(target) else result
    relation = Relation(
        target=target,
        inputs=tuple(t.claim for i, t in enumerate(equation.terms) if i != role),
        fit=fit(claim.found, result),
        recomputed=result,
        working=f"{_formula(page, equation, role)} = {told(result, claim)}",
        reason=f"By the figures told with it, it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
    )
    blaming = relation.fit is Fit.OFF and equation.kind == "product" and role == _AMOUNT
    yield blamed(page, target, relation) if blaming else relation


_AMOUNT = 2
"""The role of the amount in a product."""


def _worth(page: Page, term: Term) -> Interval:
    """A term exactly; an end of a range is the range."""
    if not term.ranged:
        return worth(page, term.claim)
    low, high = (Decimal(repr(v)) for v in (term.value - term.half, term.value + term.half))
    return Interval(low, high)


_FORMULAS = {
    "product": ("{V} / {p}", "{V} / {n}", "{n} x {p}"),
    "part": ("{N} x {p}", "{n} / {p}", "{n} / {N}"),
    "ratio": ("{A} x {p}", "{a} / {p}", "{a} / {A}"),
    "sum": ("{S} - {b}", "{S} - {a}", "{a} + {b}"),
    "three": ("{S} - {b} - {c}", "{S} - {a} - {c}", "{S} - {a} - {b}", "{a} + {b} + {c}"),
    "growth": ("{n} at a change of {p}", "{o} changed by {p}", "|{n} / {o} - 1|"),
    "couples": ("{m} x {p} / {q}", "{n} x {q} / {m}", "{n} x {q} / {p}", "{m} x {p} / {n}"),
    "rest": ("100% - {b} - {R}", "100% - {a} - {R}", "100% - {a} - {b}"),
    "rest3": ("100% - {b} - {c} - {R}", "100% - {a} - {c} - {R}", "100% - {a} - {b} - {R}", "100% - {a} - {b} - {c}"),
    "both": ("{V} / {p} - {m}", "{V} / {p} - {n}", "{V} / ({n} + {m})", "({n} + {m}) x {p}"),
    "lots": ("({V} - {m} x {q}) / {p}", "({V} - {m} x {q}) / {n}", "({V} - {n} x {p}) / {q}", "({V} - {n} x {p}) / {m}", "{n} x {p} + {m} x {q}"),
}  # fmt: skip
"""How each term of an equation is worked out from the others, by the letters of their roles."""


def _formula(page: Page, equation: Equation, role: int) -> str:
    names = {r: shown(page.claims[t.claim]) for r, t in zip(KINDS[equation.kind][0], equation.terms, strict=True)}
    return _FORMULAS[equation.kind][role].format(**names)
