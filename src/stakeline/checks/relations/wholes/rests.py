"""What is left of a total, what several trades come to, and a part of a sum just named."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.wholes.sums import BEHIND, against, can_add, is_alike
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_FAR = Decimal("1.5")
"""An amount further than this from what trades come to is of something else."""
_REST = re.compile(
    r"(?:\b(?:leaves?|leaving|left|remain\w*|retain\w*|keeps?|kept|still)\b[^0-9.;]{0,32}|(?:[余餘剩仍尚]|[还還]有|手[中上])[^0-9,，。；]{0,10})$",
    re.IGNORECASE,
)
_REST_BEHIND = re.compile(
    r"(?: shares)? (?:(?:is|are|was|were) )?(?:left|remain\w*|unsold|unused|to go)\b|股?[未尚]", re.IGNORECASE
)


def remainders(page: Page) -> Iterator[Relation]:
    """What is left of a total, in a sentence with just three figures of the unit: the total, what went of it, and the rest."""
    for sentence in (s for s in page.sentences.values() if len(s) <= _LONGEST):
        for rest in sentence:
            alike = [i for i in sentence if is_alike(page, i, rest) and can_add(page, i)]
            worded = _REST.search(page.lead(rest)) or _REST_BEHIND.match(page.tail(rest))
            if len(alike) != _THREE or not worded or page.found(rest).unit not in {"shares", "currency"}:
                continue
            total, gone = sorted((i for i in alike if i != rest), key=lambda i: -page.found(i).number)
            result = page.bounds(total) - page.bounds(gone)
            if (
                not positive(result)
                or page.found(rest).number > page.found(total).number
                or not can_add(page, rest)
                or not _is_rest(page, total, gone, rest)
            ):
                continue
            if page.kind(total) == "segment.revenue":  # a part, too
                continue
            if gone < total and _REST.search(page.lead(total)):  # left of that trade, not the whole before it
                continue
            ratio = page.found(rest).number / result.middle
            if 1 / _FARTHER < ratio < _FARTHER and fit(page.found(rest), result) is Fit.OFF:
                went = page.bounds(total) - page.bounds(rest)
                if _is_fraction(page, total, went):
                    yield _left(page, gone, (total, rest), went, "By the total and the rest it is")
                else:
                    yield _left(page, rest, (total, gone), result, "What went leaves")


def _is_fraction(page: Page, total: int, part: Interval) -> bool:
    """Whether a percentage or fraction beside a total is a part of it: "sold a third"."""
    parts = page.near(total, lambda i: page.found(i).unit == "pct" and positive(page.bounds(i)), 0)
    return any(fit(page.found(i), part / page.bounds(total) * _HUNDRED) is Fit.AGREES for i in parts)


def _left(page: Page, target: int, inputs: tuple[int, int], result: Interval, words: str) -> Relation:
    """The difference of two of a total, what went of it, and the rest, against the third."""
    come = told(result, page.claims[target])
    working = f"{' - '.join(shown(page.claims[i]) for i in inputs)} = {come}"
    return msgspec.structs.replace(against(page, target, inputs, result), working=working, reason=f"{words} {come}.")


_THREE, _FARTHER = 3, 2
_LONGEST = 4 * NEAR
"""Figures of a sentence beyond which it is a table."""


def _is_rest(page: Page, total: int, gone: int, rest: int) -> bool:
    """Whether nothing but a sale or use can lie between a total and the rest of it."""
    kinds = {page.kind(i) for i in (total, gone, rest)}
    traded = page.kind(gone).startswith(("transaction.", "buyback.")) and page.found(rest).unit == "shares"
    words = page.text[page.found(min(total, gone, rest)).start : page.found(max(total, gone, rest)).end]
    return (
        (len(kinds) == 1 or traded)
        and not any(page.found(i).approx for i in (gone, rest))
        and page.found(total).approx in {None, "upto"}
        and not _MORE_WENT.search(words)
    )


_MORE_WENT = re.compile(r"\b(?:another|further|also|and then|worth|options?)\b|另|再|其他|质押|質押", re.IGNORECASE)
"""More than one sale, or another thing than a sale, may lie between."""


def tranches(page: Page) -> Iterator[Relation]:
    """Several trades, each a count and its price, and what they come to together: 8 million at HK$5.61 and 5.5 million at HK$5.48."""
    for value in (i for i in range(len(page.claims)) if page.is_paid(i)):
        near = sorted(i for i in page.near(value, lambda i: page.is_traded(i) or page.is_price(i), 2) if i < value)
        trades = _in_pairs(page, near)
        if not trades or not page.one_currency((value, *(p for _, p in trades))):
            continue
        result = page.scaled(value, _come_to(page, trades))
        off = against(page, value, tuple(near), result)
        outcome = fit(page.found(value), result)
        working = f"{' + '.join(f'{shown(page.claims[n])} x {shown(page.claims[p])}' for n, p in trades)} = {told(result, page.claims[value])}"
        if outcome is Fit.AGREES:
            reason = "The trades add up to it."
            yield msgspec.structs.replace(off, fit=outcome, working=working, reason=reason, vouches=True)
        told_so = _TOGETHER.search(page.lead(value)) or BEHIND.match(page.tail(value))
        if outcome is Fit.OFF and told_so and _likely(page, value, trades, result):
            yield msgspec.structs.replace(off, working=working)


_TOGETHER = re.compile(
    r"\b(?:together|altogether|in all|in total|combined|both|the (?:two|three|four))\b|合[共计計]|[总總共]计|共計|[两兩二三四]者|[两兩二三四五][笔筆次]",
    re.IGNORECASE,
)


def _in_pairs(page: Page, near: list[int]) -> list[tuple[int, int]]:
    """The trades that figures in order tell of, a count and a price each, all in one order; none where they do not pair."""
    pairs = list(zip(near[::2], near[1::2], strict=False))
    counts_first = bool(near) and page.is_traded(near[0])
    paired = len(near) >= 4 and len(near) % 2 == 0
    paired = paired and all(page.is_traded(a) is counts_first and page.is_price(b) is counts_first for a, b in pairs)
    return [(a, b) if counts_first else (b, a) for a, b in pairs] if paired else []


def _come_to(page: Page, trades: Iterable[tuple[int, int]]) -> Interval:
    """Counts times their prices, added up."""
    result = Interval.exact(0)
    for count, price in trades:
        result += page.bounds(count) * page.bounds(price)
    return result


def _likely(page: Page, value: int, trades: list[tuple[int, int]], result: Interval) -> bool:
    """Whether an amount is meant for the sum of trades: it is none of them, and near the sum or a power of ten away."""
    found = page.found(value)
    if not positive(result):
        return False
    one = any(fit(found, page.scaled(value, page.bounds(n) * page.bounds(p))) is not Fit.OFF for n, p in trades)
    near = 1 / _FAR < found.number / result.middle < _FAR or magnitude(found, result) is not None
    return near and not one


_PART = re.compile(
    r"[^.;。；0-9]{0,24}(?:[占佔][^。；,，0-9]{0,14}|,? (?:which (?:is|was|makes)|that is|or|representing|accounting for|making up) (?:about |some |nearly )?)",
    re.IGNORECASE,
)
"""Between a part and its percentage: 占营收的比重为."""
_OF_SUM = re.compile(r" of (?:the|this|that) (?:sum|total|amount|whole|lot|proceeds)\b")
"""Behind a percentage: it is of the amount in front of the part."""


_OUT_OF = re.compile(r"(?:^|[,，] ?|\n)(?:Of|Out of|of) [^0-9,.;]{0,24}$|[总總共][^0-9,，。；]{0,6}$")
"""In front of an amount of which a part is told next."""


def shares_of_sums(page: Page) -> Iterator[Relation]:
    """A part and, right behind it, its percentage of the sum just named."""
    for index in range(2, len(page.claims)):
        part, found = index - 1, page.found(index)
        if found.unit != "pct" or not page.is_amount(part) or not positive(page.bounds(part)):
            continue
        whole, behind = index - 2, _OF_SUM.match(page.tail(index))
        named = behind or (_OUT_OF.search(page.lead(whole)) and _PART.fullmatch(page.gap(part, index)))
        if not named or not page.together(whole, part, index) or not is_alike(page, whole, part):
            continue
        if page.bounds(whole).low <= page.bounds(part).high:
            continue
        result = page.bounds(part) / page.bounds(whole) * _HUNDRED
        if fit(found, result) is Fit.OFF:
            yield _ratio(page, index, part, whole, result)


_HUNDRED = Interval.exact(100)


def _ratio(page: Page, index: int, part: int, whole: int, result: Interval) -> Relation:
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=(part, whole),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[part])} / {shown(page.claims[whole])} = {told(result, claim)}",
        reason=f"The part is {told(result, claim)} of the total.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
