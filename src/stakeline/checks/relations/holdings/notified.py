"""Percentages that Hong Kong's law has notified, said to be of all shares: they are of one class.

A holding becomes notifiable at 5% of the voting shares of a class (Securities and Futures Ordinance, Cap. 571, s.308(1) "relevant share
capital" and s.311; H shares are a class of their own, so are shares with other votes). Where a trade in one class took somebody
across that level, and a notice was due for it, both percentages are of the class: a count of the class over their difference gives the class.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import STAKES, Page, Relation
from stakeline.checks.relations.words import shown, told
from stakeline.model.numbers import Interval

_LEVEL = Decimal(5)
_HUNDRED = Interval.exact(100)
_DUE = re.compile(
    r"[须須](?:予|要|作出|按规定|按規定)?披露|披露(?:易|[门門]槛|[门門]檻|界[线線])|[权權]益披露|[联聯]交所(?:股[权權]|的)?[资資]料|港交所(?:股[权權]|[权權]益|的)?(?:披露|[资資]料)"
    r"|\b(?:disclos(?:able|e[ds]?|ure)|notif(?:iable|y|ied|ication))\b|\bstock exchange (?:filing|data|record)s?\b",
    re.IGNORECASE,
)
_HONG_KONG = re.compile(r"港|[联聯]交所|H股|Hong Kong|HK\$|HKEX|\bH[ -]shares?\b", re.IGNORECASE)
_ALL = re.compile(
    r"[总總]股本|全部(?:已[发發]行)?股份|所有股份|\b(?:total (?:issued )?(?:share capital|shares|share count)|entire (?:share )?capital|all (?:of )?(?:its|the|their) shares|whole company)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(r"[ABH] ?股(?:股本|[总總][数數])|\b(?:[ABH][ -]shares|class [ABC])\b", re.IGNORECASE)
_FROM_TO = re.compile(r"[^,，。;；()（）0-9]{0,16}")
"""Between two levels of one holding."""
_AROUND = 45
_CLASSES = {"H": "H", "A": "A", "B": "Class B"}


def notified(page: Page) -> Iterator[Relation]:
    """Both percentages around the first level, where the trade was in a named class and they are said to be of all shares."""
    if not (page.has(_DUE) and page.has(_ALL) and page.has(_HONG_KONG)):
        return
    for index in range(len(page.claims) - 1):
        pair = index, index + 1
        trades = page.near(index, page.is_traded, 0)
        if len(trades) == 1 and page.same(*pair, *trades) and _is_across(page, *pair) and _is_of_all(page, *pair):
            of = _CLASSES.get(page.claims[trades[0]].share_class or "")
            if of is not None and page.found(trades[0]).unit == "shares":
                yield from (_relation(page, i, trades[0], pair, of) for i in pair)


def _is_across(page: Page, one: int, other: int) -> bool:
    """Whether two holdings told one right behind the other have the first notifiable level between them."""
    if not all(page.kind(i) in STAKES and page.found(i).unit == "pct" and page.found(i).value for i in (one, other)):
        return False
    low, high = sorted((page.found(one).number, page.found(other).number))
    return _FROM_TO.fullmatch(page.gap(one, other)) is not None and low < _LEVEL <= high


def _is_of_all(page: Page, one: int, other: int) -> bool:
    """Whether the words right around the two say of all shares, and no class."""
    beside = page.lead(one, _AROUND) + page.gap(one, other) + page.tail(other, _AROUND)
    return _ALL.search(beside) is not None and _CLASS.search(beside) is None


def _relation(page: Page, index: int, trade: int, pair: tuple[int, int], of: str) -> Relation:
    one, other = (page.claims[i] for i in pair)
    step = page.bounds(pair[0]) - page.bounds(pair[1])
    whole = page.bounds(trade) / (step if step.low > 0 else -step) * _HUNDRED
    percent = shown(page.claims[index])
    right = f"{of}股的{percent}" if page.script is not None else f"{percent} of the {of} shares"
    return Relation(
        target=index,
        inputs=(trade,),
        fit=Fit.OFF,
        recomputed=right,
        working=f"{shown(page.claims[trade])} / ({shown(other)} - {shown(one)}) = {told(whole, page.claims[trade])}, the {of} shares",
        reason=f"What is notified in Hong Kong from 5% on is the percentage of the class that was traded, here the {of} shares, not of all shares "
        "(Securities and Futures Ordinance, Cap. 571, Part XV, s.311).",
        basis="hard_fact",
        correction=right,
    )
