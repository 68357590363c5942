"""Several trades at one price, and what they come to."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.trades.products import is_whole
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval


def joint(page: Page) -> Iterator[Relation]:
    """Several counts, the one price that they have in common and what they come to: 28 million and 17 million shares, both at HK$50."""
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and not is_whole(page, i)):
        price = value - 1
        if price < 0 or not page.is_price(price) or not page.together(price, value):
            continue
        counts = _run(page, price)
        if len(counts) < _SEVERAL or not page.one_currency((price, value)):
            continue
        each = [page.scaled(value, page.bounds(n) * page.bounds(price)) for n in counts]
        result = sum(each[1:], start=each[0])
        if not positive(result):
            continue
        outcome = fit(page.found(value), result)
        told_so = _ALL_OF_THEM.search(page.gap(counts[0], value) + page.tail(value)) is not None
        apart = 1 / _FAR < page.found(value).number / result.middle < _FAR or magnitude(page.found(value), result)
        one = any(fit(page.found(value), r) is not Fit.OFF for r in each)
        if outcome is Fit.AGREES or (outcome is Fit.OFF and told_so and apart and not one):
            yield _joined(page, value, (*counts, price), result, outcome)


_FAR = Decimal("2.5")
"""Times by which a printed amount may differ from its product and still be meant for it."""
_SEVERAL = 2
_ALL_OF_THEM = re.compile(
    r"\b(?:both|each|all|together|combined|in total|altogether)\b|均|[都皆]|合[共计計]|[共總总]计?|[两兩二三四]者|同[样樣]",
    re.IGNORECASE,
)
"""Between several counts and what they come to: the price is that of all of them."""


def _run(page: Page, price: int) -> list[int]:
    """The counts of one sentence in front of a price, in order; none where another price or amount stands among them."""
    front = [i for i in page.sentences[page.found(price).sentence] if i < price]
    if any(page.is_price(i) or page.is_paid(i) for i in front):
        return []
    return [i for i in front if page.is_traded(i)]


def _joined(page: Page, value: int, inputs: tuple[int, ...], result: Interval, outcome: Fit) -> Relation:
    """An amount against several counts at one price."""
    *counts, price = inputs
    claim, come = page.claims[value], told(result, page.claims[value])
    return Relation(
        target=value,
        inputs=inputs,
        fit=outcome,
        recomputed=result,
        working=f"({' + '.join(shown(page.claims[n]) for n in counts)}) x {shown(page.claims[price])} = {come}",
        reason="The shares at that price add up to it."
        if outcome is Fit.AGREES
        else f"Together the shares at that price come to {come}.",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=magnitude(claim.found, result) is not None,
    )
