"""Parts and their total, and the prices of one trade: averages between the lowest and the highest."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations_fit import Fit, fit, magnitude, mistyped
from stakeline.checks.relations_page import NEAR, STAKES, Page, Relation
from stakeline.checks.relations_trades import end_of
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_SUM = re.compile(
    r"(?:(?:together(?! with)|in total|altogether|combined|a total of|totall?ing|in all|for a total|both)[^0-9.;]{0,24}|(?:合共|合计|合計|总计|總計|共计|共計|一共|两项|兩項|二者|累计|累計)[^0-9。；]{0,12})$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[ ,]*(?:shares )?(?:(?:in total|altogether|together|combined|in all)\b|(?:shares )?(?:were|was|have been) [a-z]+ in all\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"[ ,，、;；(（]*(?:for |or |and |making )?(?:a total of|in total|together|combined|合共|合计|合計|共计|共計)[ 持有约約为為]*",
    re.IGNORECASE,
)
"""All that stands between the last part and its total."""
_BOTH = re.compile(r"(?:the two|both|两项|兩項|二者|兩者|两者|together(?! with))[^0-9]*$", re.IGNORECASE)
_THE_TWO = re.compile(
    r"\bthe two [a-z -]*(?:transactions|trades|purchases|sales|deals|blocks)\b[^0-9.;]*$", re.IGNORECASE
)
"""In front of the total of the two trades that the sentence before tells of."""
_AFTERWARDS = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)


def totals(page: Page) -> Iterator[Relation]:
    """Parts and their total, where words call it one: "together 39.91%", 合共3,386,214股."""
    for total, claim in enumerate(page.claims):
        found = claim.found
        if (
            found.value is None
            or found.bracket
            or not (_SUM.search(page.lead(total)) or _BEHIND.match(page.tail(total)))
        ):
            continue
        alike = sorted(
            i
            for i in page.near(total, lambda i: _alike(page, i, total))  # noqa: B023 -- used at once
            if i < total
        )
        kin = [
            i
            for i in alike
            if page.kind(i) == page.kind(total) and page.found(total).sentence - page.found(i).sentence <= 1
        ]
        fits = _fits(page, total, alike)
        yield from _sum(page, total, kin if len(kin) == 2 and not fits else alike)
        if not fits and _AMONG.match(page.text, claim.found.end):
            yield from _named_parts(page, total)
        elif not fits:
            yield from _of_several(page, total, [i for i in kin if page.together(i, total)])


_AMONG = re.compile(r"\s*[:：,，;；]?\s*其中")
_TWO, _THREE = re.compile(r"[两兩二][^0-9。]{0,12}$"), re.compile(r"三[^0-9。]{0,12}$")


def _named_parts(page: Page, total: int) -> Iterator[Relation]:
    """A total and, behind it, as many parts as it says it has: 两股东合计减持1.68%:其中,甲减持0.95%,乙减持0.73%."""
    lead = page.lead(total)
    count = 2 if _TWO.search(lead) else 3 if _THREE.search(lead) else 0
    parts = [
        i
        for i in page.near(total, lambda i: i > total and page.kind(i) == page.kind(total), 0)
        if _alike(page, i, total)
    ]
    if not count or len(parts) != count:
        return
    result = Interval.exact(0)
    for part in sorted(parts):
        result += page.found(part).bounds()
    if fit(page.found(total), result) is Fit.OFF:
        yield _off(page, total, tuple(sorted(parts)), result)


def _of_several(page: Page, total: int, parts: list[int]) -> Iterator[Relation]:
    """Three parts or more and their total, all in one sentence that tells of no other figure of the kind."""
    claim = page.claims[total]
    words = page.text[page.found(parts[0]).start : claim.found.end] if parts else ""
    if not claim.kind.startswith(("transaction.", "stake.")) or not _LEAST_PARTS <= len(parts) < NEAR:
        return
    if any(page.found(i).approx for i in (total, *parts)) or _MORE.search(words):
        return
    result = Interval.exact(0)
    for part in parts:
        result += page.found(part).bounds()
    if fit(claim.found, result) is Fit.OFF and _HALF < claim.found.number / result.middle < _DOUBLE:
        yield _off(page, total, tuple(parts), result)


def _fits(page: Page, total: int, parts: list[int]) -> bool:
    """Whether some of the parts in front of a total add up to it."""
    return any(r.fit is Fit.AGREES for r in _sum(page, total, parts))


def _alike(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one), page.found(other)
    return a.unit == b.unit and a.value is not None and a.currency == b.currency and page.kind(one) != "fx.conversion"


def _sum(page: Page, total: int, parts: list[int]) -> Iterator[Relation]:
    """A total against its last two, three, four parts; off only where words say that there are just these two."""
    found, claim = page.found(total), page.claims[total]
    off: Relation | None = None
    for count in range(2, min(len(parts), NEAR) + 1):
        chosen = parts[-count:]
        result = Interval.exact(0)
        for part in chosen:
            result += page.found(part).bounds()
        outcome = fit(found, result)
        relation = Relation(
            target=total,
            inputs=tuple(chosen),
            fit=outcome,
            recomputed=result,
            working=f"{' + '.join(shown(page.claims[p]) for p in chosen)} = {told(result, claim)}",
            reason="The parts add up to it."
            if outcome is Fit.AGREES
            else f"The parts add up to {told(result, claim)}.",
            correction=say(result, claim, page.script),
            vouches=True,
            slips=magnitude(found, result) is not None,
        )
        if outcome is Fit.AGREES:
            yield relation
            return
        kinds = {page.kind(p) for p in chosen}
        close = page.together(total, *chosen) or (
            mistyped(found, result) and page.found(total).sentence - page.found(chosen[0]).sentence <= 1
        )
        if count == 2 and len(kinds) == 1 and page.found(total).sentence - page.found(chosen[0]).sentence == 1:
            close = close or (page.together(*chosen) and _THE_TWO.search(page.lead(total)) is not None)
        if count == 2 and outcome is Fit.OFF and (len(kinds) == 1 or kinds <= STAKES) and close:
            off = relation
    if off is None or len(parts) != 2:
        return
    assert isinstance(off.recomputed, Interval)  # noqa: S101 -- of a sum it always is
    if (
        off.slips
        or mistyped(found, off.recomputed)
        or _BOTH.search(page.lead(total))
        or _NEXT.fullmatch(page.gap(parts[-1], total))
    ):
        yield off


_LISTED = re.compile(r"\s*(?:股|shares)?\s*(?:[、,，和及與与]|,? and )\s*", re.IGNORECASE)
"""All that stands between the parts of a list."""
_DAYS = re.compile(r"[一二兩两三四五六七八九十數数]+[日天次者人]")


def lists(page: Page) -> Iterator[Relation]:
    """Three parts or more in a list and their total right behind it: 468.8萬股、204.6萬股及113.45萬股,三日合共786.85萬股."""
    for total in range(_LEAST_PARTS, len(page.claims)):
        gap = _DAYS.sub("", page.gap(total - 1, total))
        if not _NEXT.fullmatch(gap) or not _alike(page, total - 1, total) or page.found(total).value is None:
            continue
        first = total - 1
        while first and _alike(page, first - 1, total) and _LISTED.fullmatch(page.gap(first - 1, first)):
            first -= 1
        parts = list(range(first, total))
        if not _LEAST_PARTS <= len(parts) <= NEAR or len({page.kind(i) for i in parts}) != 1:
            continue
        claim = page.claims[total]
        result = Interval.exact(0)
        for part in parts:
            result += page.found(part).bounds()
        outcome = fit(claim.found, result)
        if outcome is Fit.OFF:
            yield _off(page, total, tuple(parts), result)


_LEAST_PARTS = 3
_HALF, _DOUBLE = Decimal("0.5"), Decimal(2)
"""A total further away from its parts is of something else."""
_MORE = re.compile(
    r"including|among|another|other|remain|rest|cumulat|累计|累計|其中|另|其他|其余|其餘|此前|before|previous|earlier|from|由|从|從|\bto\b|至",
    re.IGNORECASE,
)
"""Between parts and a total: they need not be all its parts, or no parts at all."""


def _off(page: Page, total: int, parts: tuple[int, ...], result: Interval) -> Relation:
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


def extremes(page: Page) -> Iterator[Relation]:
    """The highest and the lowest price of a trade, printed right behind its average."""
    for index in range(1, len(page.claims)):
        end = end_of(page, index) if page.is_price(index) else None
        mean = index - 1
        alone = page.kind(mean) == "transaction.avg_price" and page.found(mean).bound is None
        if end is None or not alone or page.found(index).bound is not None or not page.together(mean, index):
            continue
        if (
            page.currency(mean) is None
            or page.currency(mean) != page.currency(index)
            or len(page.gap(mean, index)) > _SHORT
        ):
            continue
        one, average = page.bounds(index), page.bounds(mean)
        if (one.high < average.low) if end == "high" else (one.low > average.high):
            below = "below" if end == "high" else "above"
            yield Relation(
                target=index,
                inputs=(mean,),
                fit=Fit.OFF,
                recomputed=f"{'at least' if end == 'high' else 'at most'} {page.found(mean).text}",
                working=f"{shown(page.claims[index])} {'<' if end == 'high' else '>'} {shown(page.claims[mean])}",
                reason=f"The {'highest' if end == 'high' else 'lowest'} price cannot be {below} the average of {page.found(mean).text}.",
            )


_SHORT = 30
"""Characters between an average and the highest price of the same trade."""


def averages(page: Page) -> Iterator[Relation]:
    """An average price lies between the lowest and the highest."""
    for low in (i for i in range(len(page.claims)) if page.is_price(i) and end_of(page, i) == "low"):
        highs = page.near(low, lambda i: page.is_price(i) and end_of(page, i) == "high", 0)
        means = [
            i
            for i in page.near(low, page.is_price, 0)
            if page.kind(i) == "transaction.avg_price" and not end_of(page, i)
        ]
        if len(highs) != 1 or len(means) != 1 or len({page.currency(i) for i in (low, highs[0], means[0])}) != 1:
            continue
        if means[0] and page.kind(means[0] - 1) == "fx.conversion":  # the second end of a range in brackets
            continue
        if not page.same(low, highs[0], means[0]) or not page.alone(
            low, lambda i: page.is_price(i) and end_of(page, i) == "low"
        ):
            continue
        trades = page.near(low, page.is_traded, 0)
        spread = (low, highs[0], means[0])
        if len(trades) > 1 or page.aside(*spread) or _AFTERWARDS.search(page.gap(min(spread), max(spread))):
            continue
        a, b = page.found(low), page.found(highs[0])
        if b.bounds().high < a.bounds().low:
            continue
        span = Interval(page.bounds(low).low, max(page.bounds(highs[0]).high, page.bounds(low).low))
        mean = page.bounds(means[0])
        if mean.meet(span) is None:
            result = page.scaled(means[0], span)
            yield Relation(
                target=means[0],
                inputs=(low, highs[0]),
                fit=Fit.OFF,
                recomputed=result,
                working=f"{shown(page.claims[low])} <= average <= {shown(page.claims[highs[0]])}",
                reason=f"An average of {page.found(means[0]).text} does not lie between {a.text} and {b.text}.",
            )
