"""Several trades at one price, together or one told with each amount, and what they come to."""

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


def alike(page: Page) -> Iterator[Relation]:
    """A count and an amount "at the same price": that of the trade told before."""
    for value in (i for i in range(len(page.claims)) if page.is_paid(i) and not is_whole(page, i)):
        for count in (value - 1, value + 1):
            if not 0 <= count < len(page.claims) or not page.is_traded(count) or not page.together(count, value):
                continue
            last, first = max(count, value), min(count, value)
            words = page.tail(last, _CLOSE) if count > value else page.gap(count, value)
            price = next((i for i in range(first - 1, -1, -1) if page.is_price(i)), None)
            if price is None or not _at_same(page, count, value, words) or not page.one_currency((price, value)):
                continue
            near = page.found(first).sentence - page.found(price).sentence <= 1 and "\n" not in page.gap(price, first)
            result = page.scaled(value, page.bounds(count) * page.bounds(price))
            outcome = fit(page.found(value), result)
            apart = 1 / _FAR < page.found(value).number / result.middle < _FAR or magnitude(page.found(value), result)
            if near and positive(result) and (outcome is Fit.AGREES or (outcome is Fit.OFF and apart)):
                yield _joined(page, value, (count, price), result, outcome)


def _at_same(page: Page, count: int, value: int, words: str) -> bool:
    """Whether a count, and the amount told with it, are said to be at the price told before."""
    front = count < value and _SAME_BEFORE.search(page.lead(count)) is not None
    same = _SAME_PRICE.match(words)
    if count > value or not (front or same):
        return same is not None
    end = 0 if front or same is None else same.end()
    return len(words) - end <= _CLOSE and not _NEXT.search(words, end)


_SAME_BEFORE = re.compile(
    r"\b(?:at|for) (?:the|that) same price,? [^0-9,.;]{0,40}$|(?:以|按)(?:同一|同[樣样]|相同|同)的?[價价](?:格|位|錢|钱)?[^0-9,，。;；]{0,8}$"
)
"""In front of a count: the price was told already."""
_CLOSE = 40
"""Characters between a count "at the same price" and what it came to."""
_NEXT = re.compile(r"\b(?:and|while|whereas|but)\b|[;；、]|而|另")
"""Behind a count at the same price: the next amount is of another trade."""
_SAME_PRICE = re.compile(
    r"(?: (?:shares|of them|more))?,? (?:(?:also )?at|for) (?:the|that) same price\b|股?[,，]?(?:亦|也|都|均)?(?:以|按)?(?:同一|同[樣样]|相同|同)的?[價价](?:格|位|錢|钱)?"
)
"""Behind a count, or behind an amount and a count: the price was told already."""
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
        working=f"{_sum(page, counts)} x {shown(page.claims[price])} = {come}",
        reason="The shares at that price add up to it."
        if outcome is Fit.AGREES
        else f"{'Together t' if len(counts) > 1 else 'T'}he shares at that price come to {come}.",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=magnitude(claim.found, result) is not None,
    )


def _sum(page: Page, counts: list[int]) -> str:
    """Counts as a working has them."""
    shown_ = " + ".join(shown(page.claims[n]) for n in counts)
    return shown_ if len(counts) == 1 else f"({shown_})"
