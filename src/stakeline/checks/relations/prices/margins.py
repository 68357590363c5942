"""What was earned, or lost in value: a count times the difference of two prices, or the difference of two amounts, but for a slip of the pen.

Of a sale the two prices are what the shares fetched and what they had cost; of a company's or a holding's worth the close of the day
and the one before. Only one wrong digit is told: a gain may be counted after tax, a loss since another day.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product

from stakeline.checks.relations.fit import ABOUT, Fit, fit, in_print, mistyped
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_REACH, _MOST = 3, 3
"""Sentences around a gain in which its parts may stand, and how many of each kind are tried."""
_DIGITS = 3
_CLOSES = frozenset({"price.close", "price.last"})
_WORTHS = frozenset({"transaction.value", "stake.value", "market_value", "deal.value", "cost.value"})
_NET = re.compile(
    r"(?<!before )\b(?:tax|fees)\b|(?<!不计)(?<!未計)(?<!未计)[税稅]|费用|費用|累[计計]|cumulative|so far",
    re.IGNORECASE,
)
"""Around a gain: it is not just the price less the cost."""


def margins(page: Page) -> Iterator[Relation]:
    """A gain or a change of worth that one other digit makes what the figures around it give."""
    for index, claim in enumerate(page.claims):
        known = page.is_amount(index) and claim.found.value is not None and not claim.found.word
        if claim.kind not in _PARTS or not known or _digits(page, index) < _DIGITS - 1:
            continue
        ways = [*_products(page, index), *_differences(page, index)]
        found = claim.found
        if any(fit(found, r, slack=ABOUT) is not Fit.OFF for _, r in ways) or _NET.search(page.around(index, 60, 40)):
            continue
        meant = [w for w in ways if mistyped(found, Interval.exact(w[1].middle), _DIGITS - page.together(index, *w[0]))]
        if len({w[1].middle for w in meant}) == 1:
            yield _relation(page, index, *meant[0])


def _digits(page: Page, index: int) -> int:
    return len(in_print(page.found(index)).replace(".", "").lstrip("0"))


_PARTS = {
    "transaction.gain": (frozenset({"transaction.avg_price"}), frozenset({"price.offer_or_cost"})),
    "market_value.change": (_CLOSES, _CLOSES),
}
"""Of which kinds the two prices are whose difference tells: of a gain what was got and what was paid."""


def _products(page: Page, index: int) -> Iterator[tuple[tuple[int, ...], Interval]]:
    """A count times the difference of two prices."""
    counts = _few(page, index, lambda i: page.found(i).unit == "shares" and page.kind(i) != "volume.shares")
    of_new, of_old = _PARTS[page.kind(index)]
    new = _few(page, index, lambda i: page.kind(i) in of_new and page.one_currency((i, index)))
    old = _few(page, index, lambda i: page.kind(i) in of_old and page.one_currency((i, index)))
    for n, p, q in product(counts, new, old):
        step = page.bounds(p) - page.bounds(q)
        step = step if page.bounds(p).middle > page.bounds(q).middle else -step
        if positive(step) and (page.kind(index) == "transaction.gain" or p < q):
            exact = Interval.exact(page.found(n).number) * Interval.exact(step.middle)
            yield (n, p, q), page.scaled(index, exact)


def _differences(page: Page, index: int) -> Iterator[tuple[tuple[int, ...], Interval]]:
    """The difference of two amounts told right in front of it."""
    amounts = _few(page, index, lambda i: page.kind(i) in _WORTHS and i < index and page.one_currency((i, index)))[:2]
    if len(amounts) == 2 and max(page.found(i).sentence for i in amounts) >= page.found(index).sentence - 1:
        large, small = sorted(amounts, key=lambda i: -page.found(i).number)
        step = page.bounds(large) - page.bounds(small)
        if positive(step):
            yield (large, small), step


def _few(page: Page, index: int, wanted: Callable[[int], bool]) -> list[int]:
    """The nearest figures of a part, each value once."""
    near = page.near(
        index,
        lambda i: i != index and page.found(i).value is not None and positive(page.bounds(i)) and wanted(i),
        _REACH,
    )
    return list({page.found(i).value: i for i in reversed(near)}.values())[::-1][:_MOST]


def _relation(page: Page, index: int, parts: tuple[int, ...], result: Interval) -> Relation:
    claim, names = page.claims[index], [shown(page.claims[i]) for i in parts]
    working = f"{names[0]} - {names[1]}" if len(names) == 2 else f"{names[0]} x |{names[1]} - {names[2]}|"
    return Relation(
        target=index,
        inputs=parts,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{working} = {told(result, claim)}",
        reason=f"By these it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
    )
