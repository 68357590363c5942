"""How far a share moved, against prices told elsewhere: the close before the day, or an old price and that of the trade.

Where one sentence has the change and both prices, `told` judges it. Here the one end stands with the change, and the other is
the only price that it can be: "ended Monday at 147.65 euros. ... was off 13.7% at 127.05", "bought at HK$2.14. ... had come down
14% from the HK$2.40 of October".
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.told import OTHER_BASE
from stakeline.checks.relations.changes.ways import rises, way
from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_REACH = 2
"""Sentences between a change and the price that it began at or came to."""
_MOVES = frozenset({"price.change_pct", "other.pct"})
_AT = re.compile(
    r"(?:,? (?:lower|higher|down|up))?,? (?:to|at)(?: about| around| just)? (?:a price of )?"
    r"|[,，]?(?:至|到|[现現新最]*[报報]价?|收[报報盘盤]?[于於]?|[见見])?",
    re.IGNORECASE,
)
"""All that stands between a change and the price that it led to."""
_BEFORE = re.compile(
    r"\b(?:had|having) (?:closed|ended|finished|settled)\b[^,;.]{0,28}$|\b(?:closed|ended|finished) (?:on )?[A-Z][a-z]+day at $"
    r"|\b(?:previous|prior|last|yesterday's|(?:Mon|Tues|Wednes|Thurs|Fri)day's) (?:close|closing price|price|finish)(?: of| at| was| being)* $"
    r"|(?:[昨上前][一个個]?(?:交易)?[日天]?|上周[一二三四五]|上週[一二三四五])[^,，。;；0-9]{0,4}收[^,，。;；0-9]{0,6}$"
)
"""In front of the close before the day of which the change is told."""
_FROM = re.compile(
    r" from (?:the |its |a )?(?:(?:closing |last )?(?:price|close|level|finish) of |what it (?:was|fetched|stood at) )?"
)
_SHARE = re.compile(
    r"\b(?:stock|shares?|share price|counter|scrip|unit price|price)\b[^.;]{0,24} (?:ha[ds]|was|were|been|is|are|by)?\b[^.;]{0,24}$",
    re.IGNORECASE,
)
"""In front of a change: it is of the price of the share."""
_OLD_DAY = re.compile(r" (?:of|on|in|at|seen|reached|touched)\b", re.IGNORECASE)
"""Behind the old price: it is of a day of its own."""
_THAN = re.compile(r"(?:[较較比][^,，。;；]{0,12}|[由从從自][^,，。;；]{0,12})$")
_OLD_TO = re.compile(r"(?:元|港元|美元)?[^,，。;；0-9]{0,4}(?:[下上]?[跌升涨漲挫]|回落|累[跌升])(?:了|去|近|約|约|逾)*")
_ELSEWHERE = re.compile(
    r"\b(?:week|month|year|peak|high|low|listing|debut|record|ADRs?|index)\b|[周週月年高低]|上市|累[计計]|指[数數]",
    re.IGNORECASE,
)
"""Around a change: it may have begun at a price of its own."""
_FARTHEST = Decimal(2)
"""How many times what the prices give a change can be that was meant of them."""


def quoted(page: Page) -> Iterator[Relation]:
    """Changes of a share price told with one of their two prices."""
    for index, claim in enumerate(page.claims):
        moved = claim.kind in _MOVES and claim.found.unit == "pct" and not claim.found.word and way(page, index)
        if not moved and not (claim.kind == "price.change_pct" and claim.found.unit == "pct" and not claim.found.word):
            continue
        if OTHER_BASE.search(page.lead(index, 28) + page.tail(index, 32)):
            continue
        two = _to_price_of_trade(page, index) or _from_close(page, index)
        if two is not None:
            yield from _judged(page, index, *two)


def _to_price_of_trade(page: Page, index: int) -> tuple[int, int] | None:
    """The price of the trade just told and the old one that the share is said to have moved from."""
    old = index + 1
    if old < len(page.claims) and _FROM.fullmatch(page.gap(index, old)) and _SHARE.search(page.lead(index, 64)):
        known = _OLD_DAY.match(page.tail(old)) is not None
    else:
        old = index - 1
        known = (
            old >= 0 and _THAN.search(_words(page, old)) is not None and bool(_OLD_TO.fullmatch(page.gap(old, index)))
        )
    if not known or not page.is_amount(old) or not page.together(old, index):
        return None
    near = page.near(min(old, index), lambda i: i < min(old, index) and page.is_amount(i) and _is_price(page, i))
    values = {page.found(i).value for i in near}
    return (near[0], old) if len(values) == 1 and page.is_price(near[0]) else None


def _from_close(page: Page, index: int) -> tuple[int, int] | None:
    """The price that a change led to and the only close told of the day before."""
    new = index + 1
    beside = new < len(page.claims) and page.kind(new) in QUOTES and page.is_amount(new) and page.together(index, new)
    if not beside or not _AT.fullmatch(page.gap(index, new)):
        return None
    if _ELSEWHERE.search(page.lead(index, 32) + page.gap(index, new) + re.split(r"[,，]", page.tail(new, 24))[0]):
        return None
    closes = [i for i in range(len(page.claims)) if page.is_amount(i) and _BEFORE.search(_words(page, i))]
    closes = [i for i in closes if page.found(i).value != page.found(new).value and page.one_currency((i, new))]
    near = [i for i in closes if abs(page.found(i).sentence - page.found(index).sentence) <= _REACH]
    return (new, near[0]) if len(near) == 1 == len({page.found(i).value for i in closes}) else None


def _words(page: Page, index: int) -> str:
    """The words of its sentence in front of a price, days among them: "had ended December 5 at"."""
    start = page.found(index).start
    day = index and page.found(index - 1).unit == "date" and page.together(index - 1, index)
    return page.text[page.found(index - 1).start - len(page.lead(index - 1)) : start] if day else page.lead(index)


def _is_price(page: Page, index: int) -> bool:
    return page.is_price(index) or page.kind(index) in QUOTES


def _judged(page: Page, index: int, new: int, old: int) -> Iterator[Relation]:
    """A change against the two prices, where it is near enough to be meant of them and of their direction."""
    claim = page.claims[index]
    known = page.one_currency((new, old)) and page.currency(new) is not None and positive(page.bounds(old))
    if not known or not page.same(index, new, old):
        return
    growth = (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED
    up, result = rises(page, index), unsigned(growth)
    outcome = fit(claim.found, result)
    near = 1 / _FARTHEST < claim.found.number / result.middle < _FARTHEST if positive(result) else False
    if outcome is Fit.UNDECIDED or not near or up is not (growth.low > 0):
        return
    names = shown(page.claims[new]), shown(page.claims[old])
    yield Relation(
        target=index,
        inputs=(new, old),
        fit=outcome,
        recomputed=result,
        working=f"{names[0]} / {names[1]} - 1 = {'+' if up else '-'}{told(result, claim)}",
        reason="The two prices give it."
        if outcome is Fit.AGREES
        else f"From {names[1]} to {names[0]} is a change of {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
