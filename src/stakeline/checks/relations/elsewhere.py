"""What else in an article tells that a count of shares is wrong, when it does not multiply to what was paid."""

import re
from decimal import Decimal

from stakeline.checks.relations.fit import ABOUT, Fit, fit
from stakeline.checks.relations.page import STAKES, Page, positive
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
FAR = 2
"""Sentences within which figures may tell of one another's slips."""


def part_elsewhere(page: Page, shares: int, right: Interval) -> bool:
    """Whether a percentage of all shares tells that a count is wrong, and that it is what a price and an amount give."""
    parts = [page.bounds(i) / _HUNDRED for i in page.near(shares, lambda i: _is_part(page, i, shares))[:2]]
    larger = [page.bounds(n) for n in page.near(shares, lambda i: is_larger(page, i, right), FAR) if n != shares]
    return any(
        _tells(page, shares, whole * part, right)
        for part in (*parts, *_gone(page, shares))
        for whole in (*larger, *_by_holdings(page))
    )


def _by_holdings(page: Page) -> list[Interval]:
    """All shares, as a holding that is told in shares and in percent gives them."""
    held = [i for i in range(len(page.claims)) if page.kind(i) in _IN_PERCENT and page.found(i).unit == "shares"]
    couples = [(i, page.near(i, lambda k: page.kind(k) == _IN_PERCENT[page.kind(i)], 0)) for i in held[:_SEVERAL]]  # noqa: B023 -- used at once
    sizes = [(page.bounds(i), page.bounds(k)) for i, shares in couples for k in shares[:1]]
    return [n / share * _HUNDRED for n, share in sizes if positive(share)]


_IN_PERCENT = {"stake.after_shares": "stake.after_pct", "stake.before_shares": "stake.before_pct"}
_SEVERAL = 8
"""Holdings of an article by which the number of all shares is told."""


def _gone(page: Page, shares: int) -> list[Interval]:
    """The part of all shares by which the only holding of its sentence, or near by, changes."""
    before, after = (
        page.near(shares, lambda i: page.kind(i) == kind, 0) or page.near(shares, lambda i: page.kind(i) == kind)  # noqa: B023 -- used at once
        for kind in _SIDES
    )
    if not len(before) == len(after) == 1:
        return []
    step = page.bounds(before[0]) - page.bounds(after[0])
    return [p / _HUNDRED for p in (step, -step) if positive(p)]


def converted(page: Page, value: int) -> bool:
    """Whether an amount is told in another currency, too: that tells whether it is wrong."""
    return value + 1 < len(page.claims) and page.found(value + 1).bracket


def count_elsewhere(page: Page, value: int, shares: int, right: Interval) -> bool:
    """Whether something else tells, too, that the count is wrong, and that it is what the price and the amount give."""
    held = page.near(shares, lambda i: page.kind(i).startswith("stake.") and page.found(i).unit == "shares", FAR)
    if any(page.bounds(i).high < right.low for i in held):  # no one sells more than there is
        return False
    if any(
        page.bounds(i).high < page.bounds(shares).low
        and page.kind(i) == _REACHED.get(page.claims[shares].direction or "")
        for i in held
    ):
        return True
    wholes = page.near(shares, lambda i: page.kind(i) == "shares.issued" and positive(page.bounds(i)), FAR)
    if any(right.high < page.bounds(n).high < page.bounds(shares).low for n in wholes):  # nor more than there are
        return True
    if part_elsewhere(page, shares, right):
        return True
    parts = [page.bounds(i) / _HUNDRED for i in page.near(shares, lambda i: _is_part(page, i, shares))[:2]]
    parts += _gone(page, shares)
    if (
        not wholes
        and not converted(page, value)
        and any(_no_class(page.bounds(shares) / p) and not _no_class(right / p) for p in parts)
    ):
        return True
    gains = page.near(value, lambda i: _is_gain(page, i) and page.one_currency((i, value)), 0)
    product = page.found(shares).number * page.found(value).number / right.middle
    return any(product < page.found(g).number < page.found(value).number for g in gains)


_REACHED = {"buy": "stake.after_shares", "sell": "stake.before_shares"}
"""What no count bought, or sold, can exceed: what is held then, or was before."""


def is_larger(page: Page, index: int, count: Interval) -> bool:
    """Whether a figure counts more shares than a trade is of: it may be all of them, whatever it was taken for."""
    found = page.found(index)
    return found.unit == "shares" and found.value is not None and page.bounds(index).low > count.high


def _is_gain(page: Page, index: int) -> bool:
    """Whether an amount is what a sale earned."""
    named = page.found(index).unit == "currency" and _GAIN.search(page.lead(index)) is not None
    return named or page.kind(index) == "transaction.gain"


_GAIN = re.compile(
    r"(?:处分|處分)?利益[^0-9,，。；]{0,4}$|[获獲]利[^0-9,，。；]{0,4}$|\b(?:gain|profit) of (?:about |some )?$",
    re.IGNORECASE,
)


def _tells(page: Page, shares: int, count: Interval, right: Interval) -> bool:
    """Whether a recomputed count speaks for another one and against the printed one."""
    return count.meet(right) is not None and fit(page.found(shares), count, slack=ABOUT) is Fit.OFF


def _no_class(total: Interval) -> bool:
    """Whether no class of a listed company has so few shares, or so many."""
    return total.high < _FEWEST or total.low > _MOST


_SIDES = ("stake.before_pct", "stake.after_pct")
_FEWEST, _MOST = Decimal(30_000_000), Decimal(10) ** 12


def _is_part(page: Page, index: int, shares: int) -> bool:
    """Whether a percentage is the size of a trade, or the holding that a count is said to be."""
    kinds = ("transaction.stake_pct",) if page.is_traded(shares) else STAKES
    return page.kind(index) in kinds and page.found(index).unit == "pct" and positive(page.bounds(index))
