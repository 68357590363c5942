"""The parts of a revenue: that they add up to it where the article tells all of them, and which percentage of it each is."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_REACH = 3
"""Sentences behind a revenue within which its parts are told."""
_EXACT = Decimal("0.002")
"""How well printed parts must add up, beyond what is rounded."""
_FAR = Decimal("1.25")
"""A sum further than this from a revenue is of something else."""
_PEN_DIGITS = 3
_REST = re.compile(
    r"(?:\b(?:the (?:rest|remainder|balance)|remaining|(?:only|sole) other)\b[^0-9.;]{0,32}|(?:其[余餘]|[余餘]下|剩[余餘])[^0-9。；;]{0,12})$",
    re.IGNORECASE,
)
"""In front of the last part of a whole: with it all are told."""
_DIVIDED = re.compile(
    r"按[^0-9，,。]{1,8}[划劃]分|[分按][^0-9，,。]{1,6}[看计計]|\b(?:by (?:segment|division|business|product|region|brand|geography)|(?:two|three|four|five) (?:segments|divisions|units|businesses))\b",
    re.IGNORECASE,
)
"""In a sentence that tells the parts of a whole."""
_SOME = re.compile(r"\b(?:includ\w+|of which|mainly|chiefly|among)\b|其中|包括|主要", re.IGNORECASE)
"""In a sentence that need not tell all of them."""
_NOT_PARTS = (
    "result.net",
    "result.gross",
    "result.prior",
    "result.eps",
    "result.other",
    "dividend.",
    "price.",
    "cost.",
    "fx.",
)


_BARE = re.compile(r"[0-9.,]+ ?[億亿萬万千百]*元?")
"""An amount without its currency: behind a revenue it is in the currency of that."""


def segments(page: Page) -> Iterator[Relation]:
    """The parts of a revenue against it, where words say that they are all."""
    whole = revenue(page)
    if whole is None:
        return
    for sentence in page.sentences.values():
        parts = [i for i in sentence if _is_part(page, i, whole)]
        if (
            not 1 <= len(parts) <= NEAR
            or not 0 <= page.found(parts[-1]).sentence - page.found(whole).sentence <= _REACH
        ):
            continue
        rest = [i for i in parts if _REST.search(page.lead(i))]
        words = page.text[page.found(sentence[0]).start - len(page.lead(sentence[0])) : page.found(sentence[-1]).end]
        if rest:
            yield from _all(page, whole, parts, sure=not _SOME.search(words))
        elif len(parts) > 2 and _DIVIDED.search(words) and not _SOME.search(words):
            yield from _all(page, whole, parts, sure=False)


def revenue(page: Page) -> int | None:
    """The revenue of an article's period: the first that is not one compared with; one may be told with its year."""
    found = [i for i in range(len(page.claims)) if page.kind(i) == "result.revenue" and page.is_amount(i)]
    found = [i for i in found if positive(page.bounds(i))]
    return next((i for i in found if not is_prior(page, i)), next(iter(found), None))


def _is_part(page: Page, index: int, whole: int) -> bool:
    found = page.found(index)
    amount = index > whole and page.is_amount(index) and found.value is not None and found.bound is None
    if not amount or found.number >= page.found(whole).number:
        return False
    if page.currency(index) != page.currency(whole) and not _BARE.fullmatch(found.text):
        return False
    return not page.kind(index).startswith(_NOT_PARTS) and not page.is_price(index) and not is_prior(page, index)


def _all(page: Page, whole: int, parts: list[int], *, sure: bool) -> Iterator[Relation]:
    """Parts of one sentence, and those in front of it, against their whole; sure: words say that these are all."""
    last = parts[-1]
    earlier = sorted(i for i in page.near(parts[0], lambda i: _is_part(page, i, whole), _REACH) if i < parts[0])
    every = [*earlier, *parts]
    for count in range(2, len(every) + 1):
        if fit(page.found(whole), _added(page, every[-count:]), slack=_EXACT) is Fit.AGREES:
            yield _relation(page, whole, every[-count:], _added(page, every[-count:]), Fit.AGREES, "+")
            return
    result = _added(page, parts)
    close = positive(result) and 1 / _FAR < page.found(whole).number / result.middle < _FAR
    vague = any(page.found(i).approx for i in (whole, *parts))
    if len(parts) < 2 or not close or vague or fit(page.found(whole), result) is not Fit.OFF:
        return
    others = parts[:-1]
    left = page.bounds(whole) - _added(page, others)
    slipped = positive(left) and mistyped(page.found(last), left, _PEN_DIGITS)
    exact = Interval.exact(result.middle)
    if transposed(page.found(whole), result.middle) or (
        not slipped and mistyped(page.found(whole), exact, _PEN_DIGITS)
    ):
        yield _relation(page, whole, parts, result, Fit.OFF, "+")
        return
    if positive(left) and (slipped or (sure and len(parts) > 2)):
        yield _relation(page, last, [whole, *others], left, Fit.OFF, "-")


def _added(page: Page, parts: Sequence[int]) -> Interval:
    result = Interval.exact(0)
    for part in parts:
        result += page.bounds(part)
    return result


def _relation(page: Page, target: int, inputs: Sequence[int], result: Interval, outcome: Fit, sign: str) -> Relation:
    claim, come = page.claims[target], told(result, page.claims[target])
    return Relation(
        target=target,
        inputs=tuple(inputs),
        fit=outcome,
        recomputed=result,
        working=f"{f' {sign} '.join(shown(page.claims[i]) for i in inputs)} = {come}",
        reason="The parts of the revenue agree." if outcome is Fit.AGREES else f"The parts of the revenue give {come}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


_BETWEEN = re.compile(
    r"[^.;。；0-9]{0,24}(?:[占佔][^。；,，0-9]{0,14}|,? (?:which (?:is|was|makes)|that is|or|representing|accounting for|making up) (?:about |some |nearly )?)",
    re.IGNORECASE,
)
"""Between a part and its percentage."""
_OF_WHOLE = re.compile(r" of (?:the |its |all )?(?:total|group|overall|revenues?|sales|turnover)\b", re.IGNORECASE)
_OF_INCOME = re.compile(r"[占佔](?:比|[^0-9,，。]{0,6}(?:[总總]|收入|[营營]收|[营營][业業]))[^0-9,，。]{0,8}$")
"""Behind a percentage, or in front of it: it is of the revenue."""


def shares(page: Page) -> Iterator[Relation]:
    """A part of a revenue and, right behind it, its percentage of it: off where no other amount near by is that percentage, or that whole."""
    whole = revenue(page)
    for index in range(2, len(page.claims)) if whole is not None else ():
        assert whole is not None  # noqa: S101 -- the loop is empty without it
        part, found = index - 1, page.found(index)
        if page.kind(index) != "segment.share_pct" or found.unit != "pct" or not _is_part(page, part, whole):
            continue
        if not page.together(part, index) or not _BETWEEN.fullmatch(page.gap(part, index)):
            continue
        result = page.bounds(part) / page.bounds(whole) * _HUNDRED
        slipped = mistyped(found, Interval.exact(result.middle), _PEN_DIGITS) or magnitude(found, result) is not None
        sure = slipped or _is_of_whole(page, index, whole)
        if fit(found, result) is Fit.OFF and sure and not _of_another(page, index, part, whole):
            yield _relation(page, index, (part, whole), result, Fit.OFF, "/")


def _is_of_whole(page: Page, index: int, whole: int) -> bool:
    """Whether words tell that a percentage is of the revenue, or that its part is, right behind it."""
    if _OF_WHOLE.match(page.tail(index)) or _OF_INCOME.search(page.lead(index)):
        return True
    return whole == index - 2 and page.together(whole, index) and _SOME.search(page.gap(whole, index - 1)) is not None


def _of_another(page: Page, index: int, part: int, whole: int) -> bool:
    """Whether a percentage is that of another part, or of another whole."""
    amounts = page.near(index, lambda i: page.is_amount(i) and page.one_currency((i, whole)), _REACH)
    amounts = [i for i in amounts if positive(page.bounds(i))]
    pairs = [(i, whole) for i in amounts if i not in (part, whole)] + [(part, i) for i in amounts if i != part]
    return any(fit(page.found(index), page.bounds(a) / page.bounds(b) * _HUNDRED) is Fit.AGREES for a, b in pairs)
