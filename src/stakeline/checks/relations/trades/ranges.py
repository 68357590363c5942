"""The prices of one trade: the average between the lowest and the highest, and the order of these."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.words import shown
from stakeline.model.numbers import Interval


def end_of(page: Page, price: int) -> str | None:
    """Which end of a range of prices a price is: "low", "high" or neither."""
    kind = page.kind(price)
    told = kind.rsplit("_", 1)[1] if kind in {"transaction.price_low", "transaction.price_high"} else None
    return _end_in_print(page, price) or told or page.found(price).bound


_TO = re.compile(r"\s*(?:[至到~～—–-]+|/股[至到]|\bto\b)\s*")
"""All that stands between the two prices of a range."""


def _end_in_print(page: Page, price: int) -> str | None:
    """Which end of a range a price is that is told with another one, the higher first perhaps: 49.75港元至46.05港元."""
    for other in (price - 1, price + 1):
        known = 0 <= other < len(page.claims) and page.found(other).unit == "currency" and page.is_price(other)
        if known and _TO.fullmatch(page.gap(price, other)) and page.one_currency((price, other)):
            if _SIDE.search(page.lead(min(price, other))):
                return None  # the offer was raised from one to the other
            return "low" if page.found(price).number < page.found(other).number else "high"
    return None


_SIDE = re.compile(r"[由从從]\s*$|\bfrom\s*$", re.IGNORECASE)
_AGAINST = re.compile(r"discount|premium|折[让讓]|溢[价價]", re.IGNORECASE)
"""Between a price and a range: the one is measured against the other, which is of the market."""
_ENDED = re.compile(r"^\. [A-Z]|[a-z]\. [A-Z]")
"""The end of a sentence behind a coin that looks like a title: "98 sen. Its price was"."""
_AFTERWARDS = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)


def extremes(page: Page) -> Iterator[Relation]:
    """The highest and the lowest price of a trade, printed right behind its average."""
    for index in range(1, len(page.claims)):
        end = end_of(page, index) if page.is_price(index) else None
        mean = index - 1
        alone = page.kind(mean) == "transaction.avg_price" and page.found(mean).bound is None
        if end is None or not alone or page.found(index).bound is not None or not page.together(mean, index):
            continue
        if not page.near(index, lambda i: page.found(i).unit == "shares"):  # prices of houses, of goods
            continue
        if (
            page.currency(mean) is None
            or page.currency(mean) != page.currency(index)
            or len(page.gap(mean, index)) > _SHORT
            or _BEYOND.search(page.gap(mean, index))
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


_BEYOND = re.compile(
    r"\b(?:outside|below|under|beneath|above|over|beyond|against|instead|less|more|lower|higher|than)\b|[低高][于於過过]|[较較比]|以外|之外|[跌超]出|原[定先]",
    re.IGNORECASE,
)
"""Between a price and the end of a range: it is told to lie outside of it, or the range was of an earlier plan."""
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
        if _ENDED.search(page.gap(highs[0], means[0])):
            continue
        if not page.same(low, highs[0], means[0]) or not page.alone(
            low, lambda i: page.is_price(i) and end_of(page, i) == "low"
        ):
            continue
        trades = page.near(low, page.is_traded, 0)
        spread = (low, highs[0], means[0])
        between = page.gap(min(spread), max(spread))
        beside = min(spread[:2], key=lambda i: abs(i - spread[2]))
        if _BEYOND.search(page.gap(spread[2], beside)):
            continue
        if len(trades) > 1 or page.aside(*spread) or _AFTERWARDS.search(between) or _AGAINST.search(between):
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
