"""The parts of a revenue: that they add up to it where the article tells all of them."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.fit import Fit, fit, in_print
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.wholes.sums import added, against, is_borne, left, slipped

_REACH = 3
"""Sentences behind a revenue within which its parts are told."""
_EXACT = Decimal("0.002")
"""How well printed parts must add up, beyond what is rounded."""
_FAR = Decimal("1.25")
"""A sum further than this from a revenue is of something else."""
_REST = re.compile(
    r"(?:\b(?:the (?:rest|remainder|balance)|remaining|(?:only|sole) other|and (?:all )?others?)\b[^0-9.;]{0,32}|(?:其[余餘]|[余餘]下|剩[余餘]|[及和与與、]其[他它])[^0-9。；;]{0,12})$",
    re.IGNORECASE,
)
"""In front of the last part of a whole: with it all are told."""
_NO_OTHER = re.compile(
    r"\b(?:no other|its only (?:two|three|four|five)|all (?:two|three|four|five)) (?:divisions?|segments?|business(?:es)?|units?|activit(?:y|ies)|sources?|lines?)\b|(?:[无無]|[没沒]有)其[他它][^0-9，,。]{0,4}(?:[业業][务務]|分部|板[块塊]|收入|[来來]源)",
    re.IGNORECASE,
)
"""In a sentence that tells all the parts of a whole."""
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
        rest = any(_REST.search(page.lead(i)) for i in parts)
        words = page.text[page.found(sentence[0]).start - len(page.lead(sentence[0])) : page.found(sentence[-1]).end]
        some = _SOME.search(words) is not None
        told = rest or (len(parts) > 2 and _DIVIDED.search(words) is not None and not some)
        if _NO_OTHER.search(words + page.around(sentence[-1], 0, _BEHIND)):
            yield from _all(page, whole, parts, told=True, sure=whole)
        else:
            yield from _all(page, whole, parts, told=told, sure=parts[-1] if rest and not some else None)


def revenue(page: Page) -> int | None:
    """The revenue of an article's period: the first that is not one compared with; one may be told with its year."""
    found = [i for i in range(len(page.claims)) if page.kind(i) == "result.revenue" and page.is_amount(i)]
    found = [i for i in found if positive(page.bounds(i))]
    return next((i for i in found if not is_prior(page, i)), next(iter(found), None))


def _is_part(page: Page, index: int, whole: int) -> bool:
    found = page.found(index)
    amount = index > whole and page.is_amount(index) and found.value is not None and found.bound is None
    if not amount or (found.number >= page.found(whole).number and page.kind(index) != "segment.revenue"):
        return False
    if page.currency(index) != page.currency(whole) and not _BARE.fullmatch(found.text):
        return False
    return not page.kind(index).startswith(_NOT_PARTS) and not page.is_price(index) and not is_prior(page, index)


def _all(page: Page, whole: int, parts: list[int], *, told: bool, sure: int | None) -> Iterator[Relation]:
    """Parts of one sentence, and those in front of it, against their whole.

    told: words say that these are all. sure: the figure that the others give where the words say so beyond doubt.
    """
    earlier = sorted(i for i in page.near(parts[0], lambda i: _is_part(page, i, whole), _REACH) if i < parts[0])
    every = [*earlier, *parts]
    for count in range(2, len(every) + 1):
        if fit(page.found(whole), added(page, every[-count:]), slack=_EXACT) is Fit.AGREES:
            yield _agreeing(page, whole, every[-count:])
            return
    named = [i for i in every if page.kind(i) == "segment.revenue"]
    for group, all_ in ((parts, told), (named, False)):
        result = added(page, group)
        vague = any(page.found(i).approx for i in (whole, *group))
        if len(group) < _FEWEST or vague or fit(page.found(whole), result, slack=_EXACT) is not Fit.OFF:
            continue
        odd = slipped(page, whole, group)
        odd = [whole] if whole in odd else odd
        if len(odd) == 1 and (all_ or _is_certain(page, whole, group, odd[0])):
            yield (left(page, odd[0], whole, group) if odd[0] != whole else against(page, whole, tuple(group), result))
            return
    if sure is None or len(parts) <= _FEWEST or not _is_close(page, whole, parts):
        return
    if sure != whole:
        yield left(page, sure, whole, parts)
    elif not is_borne(page, whole, (whole, *parts)):
        yield against(page, whole, tuple(parts), added(page, parts))


def _is_close(page: Page, whole: int, parts: list[int]) -> bool:
    """Whether parts miss their whole by little, and leave something for the last of them."""
    result, rest = added(page, parts), page.bounds(whole) - added(page, parts[:-1])
    vague = any(page.found(i).approx for i in (whole, *parts))
    close = not vague and positive(rest) and 1 / _FAR < page.found(whole).number / result.middle < _FAR
    return close and fit(page.found(whole), result, slack=_EXACT) is Fit.OFF


def _is_certain(page: Page, whole: int, parts: list[int], odd: int) -> bool:
    """Whether parts that no words call all are so nevertheless: they come to more than their whole, or the digits of one tell."""
    if any(page.kind(i) != "segment.revenue" for i in parts) or _SOME.search(page.gap(parts[0], parts[-1])):
        return False
    if added(page, parts).low > page.bounds(whole).high:
        return True
    group = (whole, *parts)
    digits = sum(c in "0123456789" for c in in_print(page.found(odd)))
    others = all(is_borne(page, i, group) for i in group if i != odd)
    return digits >= _TELLING or (digits >= _SOME_DIGITS and others)


_BEHIND = 80
"""Characters behind the last figure of a sentence in which words tell that its parts are all."""
_FEWEST, _SOME_DIGITS, _TELLING = 2, 3, 4
"""Parts of a whole; digits of one that do not make up a whole by chance."""


def _agreeing(page: Page, whole: int, parts: list[int]) -> Relation:
    relation = against(page, whole, tuple(parts), added(page, parts))
    return msgspec.structs.replace(relation, fit=Fit.AGREES, reason="The parts of the revenue agree.")
