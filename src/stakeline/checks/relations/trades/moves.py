"""Moves of a share on the day against the close before it, told elsewhere: the one that a deal of the day before is measured against.

"現報3.42元,跌9.04% ... 配售價較昨日收市價3.76元折讓7.7%": the market moves on from that close. Which close a move began at is seldom
said beside it, so that it is only wrong where another move of the day did begin there, or a slip of the pen makes it what it should be.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.ways import rises, way
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped
from stakeline.checks.relations.page import QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.trades.tied import OTHER_BASE, base_of
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_REACH = 8
"""Sentences around a move in which the close before it may stand."""
_KINDS = frozenset({"price.change_pct", "other.pct", "result.change_pct"})
_DIGITS = 2
"""Digits that a move must have for one wrong one among them to mean anything."""
_FARTHEST = Decimal(12)
"""How many times what it should be a move can be that another one shows to be of that close."""
_BEHIND = re.compile(
    r"(?: (?:lower|higher|down|up|off|weaker|firmer))?,? (?:to|at)(?: about| around| just)? (?:a (?:low|high|price) of )?"
    r"|[,，]?(?:至|到|[现現新最]*[报報]价?|收[报報盘盤]?[于於]?|[高低]?[见見])?"
)
"""Between a move and the price that it led to."""
_FRONT = re.compile(
    r"(?: (?:a share|each|apiece|on the [A-Z]{2,4}))?,? (?:which (?:is|was) |or |up |down |off |a (?:rise|fall|gain|loss|drop|decline) of (?:about |nearly )?)?"
    r"|(?:收市)?[,，](?:倒|[急再]|仍)?(?:[升跌挫涨漲揚扬][幅了]?|下[跌挫]|上[升涨漲揚扬]|反[弹彈])(?:约|約|近|逾)?"
)
"""Between a price and the move that led to it, told behind it."""
_BEFORE = re.compile(
    r"\b(?:had|having) (?:closed|ended|finished|settled)\b[^,;.]{0,28}$|\b(?:previous|prior|yesterday's) (?:day's )?(?:close|closing price)[^,;.]{0,16}$"
    r"|[昨上前][一个個]?(?:交易)?[日天][^,，。;；0-9]{0,4}收[^,，。;；0-9]{0,6}$|昨收[^,，。;；0-9]{0,4}$|停牌前[^,，。;；0-9]{0,6}$"
)
_BEFORE_BEHIND = re.compile(r",? (?:its|the|Monday's|yesterday's) (?:previous|last|prior)[a-z' ]{0,8} close\b")
"""Around the close before the day of which a move is told."""
_ELSEWHERE = re.compile(
    r"\b(?:week|month|year|peak|since|listing|debut|record|ADRs?|index|earlier)\b|[周週月年]|上市|累[计計]|指[数數]|A股|[昨上前][一个個]?(?:交易)?[日天]"
)
"""Around a move: it may have begun at a price of its own."""


def moves(page: Page) -> Iterator[Relation]:
    """Every move of a share that the only close told of before it refutes."""
    closes = [i for i in range(len(page.claims)) if _is_before(page, i)]
    if not closes:
        return
    pairs = [(i, new) for i in range(len(page.claims)) if (new := _reached(page, i)) is not None]
    for index, new in pairs:
        base = _base(page, index, new, closes)
        if base is None:
            continue
        change = (page.bounds(new) / page.bounds(base) - _ONE) * _HUNDRED
        result, found = unsigned(change), page.found(index)
        if not positive(result) or fit(found, result) is not Fit.OFF or _way(page, index) is not (change.low > 0):
            continue
        exact = _exact(page, new, base)
        slipped = not found.approx and (mistyped(found, exact, _DIGITS) or magnitude(found, result) is not None)
        near = 1 / _FARTHEST < found.number / result.middle < _FARTHEST
        if slipped or (near and any(_bears_out(page, base, *p) for p in pairs if p[0] != index)):
            yield _relation(page, index, (new, base), result)


def _exact(page: Page, new: int, base: int) -> Interval:
    """A move, exactly: prices of the market are printed to the last tick."""
    return unsigned(Interval.exact((page.bounds(new).middle / page.bounds(base).middle - 1) * 100))


def _is_before(page: Page, index: int) -> bool:
    """Whether a price is the close before the day: by its words, or because a deal is measured against it."""
    if page.kind(index) not in QUOTES or not page.is_amount(index) or not positive(page.bounds(index)):
        return False
    if _BEFORE.search(page.lead(index)) or _BEFORE_BEHIND.match(page.tail(index)):
        return True
    around = range(max(index - 2, 0), min(index + 3, len(page.claims)))
    return any(page.kind(i) == "transaction.discount_pct" and base_of(page, i) == index for i in around)


def _reached(page: Page, index: int) -> int | None:
    """The price that a move of the day led to, right beside it."""
    found = page.found(index)
    if page.kind(index) not in _KINDS or found.unit != "pct" or found.word or not found.number:
        return None
    if _way(page, index) is None:
        return None
    for new, words in ((index + 1, _BEHIND), (index - 1, _FRONT)):
        if not 0 <= new < len(page.claims) or page.kind(new) not in QUOTES or not page.together(index, new):
            continue
        if words.fullmatch(page.gap(index, new)) and positive(page.bounds(new)):
            around = page.lead(index) + page.lead(new) + re.split(r"[,，]", page.tail(max(index, new), 24))[0]
            return None if _ELSEWHERE.search(around) or OTHER_BASE.search(page.tail(index, 24)) else new
    return None


def _base(page: Page, index: int, new: int, closes: list[int]) -> int | None:
    """The one close before the day that is told around a move; None where there are several, or it is the price itself."""
    near = [i for i in closes if abs(page.found(i).sentence - page.found(index).sentence) <= _REACH and i != new]
    near = [i for i in near if page.same(index, i)]  # those of other companies tell nothing
    values = {page.found(i).value for i in near}
    if len(values) != 1 or page.found(new).value in values:
        return None
    base = min(near, key=lambda i: abs(i - index))
    currency = page.currency(new)
    alike = currency is not None and currency == page.currency(base) and page.same(index, new, base)
    return base if alike and not page.across(index, base) else None


def _bears_out(page: Page, base: int, index: int, new: int) -> bool:
    """Whether another move began at a close."""
    if not page.one_currency((new, base)) or page.found(new).value == page.found(base).value:
        return False
    change = (page.bounds(new) / page.bounds(base) - _ONE) * _HUNDRED
    return fit(page.found(index), unsigned(change)) is Fit.AGREES and _way(page, index) is (change.low > 0)


def _way(page: Page, index: int) -> bool | None:
    """Whether a move goes up, by the words beside it rather than by those of its sentence."""
    beside = way(page, index)
    return rises(page, index) if beside is None else beside


def _relation(page: Page, index: int, two: tuple[int, int], result: Interval) -> Relation:
    claim = page.claims[index]
    new, old = (shown(page.claims[i]) for i in two)
    return Relation(
        target=index,
        inputs=two,
        fit=Fit.OFF,
        recomputed=result,
        working=f"|{new} / {old} - 1| = {told(result, claim)}",
        reason=f"From the close of {old} to {new} is a change of {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
