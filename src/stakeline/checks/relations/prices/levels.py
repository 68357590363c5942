"""What a level can be: a part of its whole, at most all of it, a close inside its day, a last price that is not an old one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.figures.days import MONTH
from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.changes.ways import rises
from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import NEAR, PRICES, QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_FROM = re.compile(r"\bfrom\s*$|[由从從]\s*$")
_DAY = re.compile(r"intraday|session|day's|during the day|盘中|盤中|全日|日内|日內", re.IGNORECASE)
_MOVES = frozenset({"price.change_pct", "other.pct", "result.change_pct", "transaction.discount_pct"})
_LEAST_MOVE = 5
"""Percent below which a price may be back where it was."""
_AFTER_DEAL = re.compile(
    r"\bsince\b|\b(?:from|above|below|over|under|than) (?:the|its|what) [^,.;0-9]{0,24}\b(?:price|paid|cost)\b|自|以来|以來|(?:[此其]|[配出]售|[减減]持|交易|入股|沽[出售]|成交)[后後]|(?:较|較|比)[^,，。;；0-9]{0,10}(?:成交|交易|[出配]售|[减減]持|入股|[买買]入|[当當][时時]|[价價])",
    re.IGNORECASE,
)
"""Beside a change: it began at the price of a deal."""
_SINCE_THEN = re.compile(
    rf"^[^,.;]{{0,24}}\bsince (?:early |late |mid-|the (?:start|end|beginning) of )?(?:{MONTH}|(?:19|20)[0-9]{{2}}|(?:(?:the|its|an?) )?(?:[a-z]+ )?(?:offer|bid|announcement|results|news))\b"
)
"""Behind a change: it began at the price of a day of its own."""
_OF_PEAK = re.compile(
    r"\bpeak|\bhigh\b|record|\blow\b|listing|flotation|debut|this year|since january|profit|earnings|revenue|sales\b|公告|公布|宣[布佈]|要[约約]|利[润潤]|[盈溢收][利入]|高[位点點峰见見]|低[位点點谷]|年初|今年|年[内內]|上市|挂牌|掛牌",
    re.IGNORECASE,
)
"""Beside a change: it began at another price."""
_LAST_SESSION = re.compile(
    r"\b(?:had|having) (?:closed|ended|finished|stood|been|settled)\b[^,;.]{0,28}$|\b(?:closed|ended|finished) (?:on )?[A-Z][a-z]+day at $|\b(?:previous|prior|yesterday's|the day before)\b[^,;.]{0,16}$"
    r"|[昨上前][^,，。;；]{0,6}(?:收|[报報])[^,，。;；]{0,6}$"
)
"""In front of the close before a change."""
_ANEW = re.compile(
    r"\btoday\b|this morning|\bon [A-Z][a-z]+day\b|今[早日天]|[开開][盘盤市]|盘[中初]|盤[中初]|早[盘盤]|午[后後]|[低高][开開]",
    re.IGNORECASE,
)
"""Beside a change behind that close: it is of the day after."""
_HALTED = re.compile(r"\bhalt|suspen|停牌", re.IGNORECASE)


def stale(page: Page) -> Iterator[Relation]:
    """A last price that is the very price of an older deal or day, though the article says that it has fallen or risen since."""
    prices: dict[tuple[str | None, Decimal | None], list[int]] = {}
    for index in range(len(page.claims)):
        if page.kind(index) in PRICES | QUOTES and page.is_amount(index):
            prices.setdefault((page.currency(index), page.found(index).value), []).append(index)
    for alike in prices.values():
        for index in alike if 1 < len(alike) <= NEAR else ():
            if _is_last(page, index):
                yield from _unmoved(page, index, [i for i in alike if i != index and page.kind(i) != "price.last"])


def _is_last(page: Page, index: int) -> bool:
    """Whether a price is the latest one, by its kind or by the words in front of it."""
    if _LAST_SESSION.search(page.lead(index)):
        return False
    return page.kind(index) in {"price.last", "price.close"} or _NOW.search(page.lead(index)) is not None


_NOW = re.compile(
    r"\b(?:now|currently|presently|lately|last)\b(?: [a-z]+){0,2} $|[现現][报報价價][为為]?$|最新[价價]?[报報为為]?$",
    re.IGNORECASE,
)


def _unmoved(page: Page, index: int, alike: list[int]) -> Iterator[Relation]:
    """A last price against the same price told of an older deal or day and the nearest changes."""
    moves = page.near(index, lambda i: _is_move(page, i) and not _is_of_another(page, i, index), 2)
    pairs = [(old, move) for move in moves[:2] for old in alike if _is_older(page, old, index, move)]
    if not pairs:
        return
    old, move = pairs[0]
    first, last = min(old, move, index), max(old, move, index)
    if _BACK.search(page.text[page.found(first).start : page.found(last).end]):
        return
    claim, change = page.claims[index], page.claims[move]
    share = change.found.bounds() / _HUNDRED
    way_told = rises(page, move)
    up = way_told is True
    result = page.scaled(index, page.bounds(old) * (_ONE + share if up else _ONE - share))
    sure = way_told is not None
    factor = f"{shown(page.claims[old])} x (1 {'+' if up else '-'} {shown(change)})"
    yield Relation(
        target=index,
        inputs=(old, move),
        fit=Fit.OFF,
        recomputed=result if sure else f"not {claim.found.text}",
        working=f"{factor} = {told(result, claim)}" if sure else f"{shown(change)} from {shown(page.claims[old])}",
        reason=f"{claim.found.text} was the price before; after a change of {change.found.text} it cannot be the last price.",
        correction=say(result, claim, page.script) if sure else None,
    )


_BACK = re.compile(
    r"\b(?:recover|regain|rebound|claw|recoup|bounc|retrac)\w*|\b(?:at one point|since (?:then )?r[io]sen)\b|收[复復]|回升|反[弹彈]|曾",
    re.IGNORECASE,
)
"""Among two prices and a change: the price went back."""


def _is_move(page: Page, index: int) -> bool:
    """Whether a figure is a change of a price, from no price that is told with it."""
    claim = page.claims[index]
    if claim.kind not in _MOVES or claim.found.unit != "pct" or not _LEAST_MOVE <= claim.found.number < _HUNDRED.low:
        return False
    directed = claim.kind == "price.change_pct" or rises(page, index) is not None
    return directed and _FROM.search(page.tail(index, 80)) is None


def _is_older(page: Page, old: int, index: int, move: int) -> bool:
    """Whether a price is of a deal since which, or of a session after which, the change came."""
    if page.kind(old) in PRICES:
        if _SINCE_THEN.search(page.tail(move)):
            return False
        words = page.lead(move) + " " + page.tail(move) + (page.lead(old) if move == old + 1 else "")
        near = abs(page.found(index).sentence - page.found(move).sentence) <= 1
        return near and _AFTER_DEAL.search(words) is not None and _OF_PEAK.search(words) is None
    moved_to = page.kind(index) == "price.close" and index == move + 1 and old < move  # "tumbled 12% to $31.20"
    latest = (page.kind(index) == "price.last" or moved_to) and not page.has(_HALTED)
    words = page.text[page.found(min(old, move)).end : page.found(max(index, move)).end] + page.tail(max(index, move))
    anew = move < old or _ANEW.search(words) is not None
    before = _LAST_SESSION.search(page.lead(old)) is not None or _is_of_day_before(page, old, words)
    return latest and anew and rises(page, move) is not None and before


def _is_of_day_before(page: Page, close: int, words: str) -> bool:
    """Whether a close is told of the weekday before the one that the words behind it name."""
    own = _ON_WEEKDAY.match(page.tail(close))
    others = set(_WEEKDAY.findall(words[own.end() :])) if own and page.kind(close) == "price.close" else set()
    return own is not None and others == {_NEXT_DAY[own[1]]}


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_NEXT_DAY = dict(zip(_DAYS, (*_DAYS[1:], _DAYS[0]), strict=True))
_WEEKDAY = re.compile("|".join(_DAYS))
_ON_WEEKDAY = re.compile(rf" on ({_WEEKDAY.pattern})\b")


def _is_of_another(page: Page, move: int, index: int) -> bool:
    """Whether another price near by makes a change what it is."""
    others = page.near(index, lambda i: page.kind(i) in PRICES | QUOTES and page.one_currency((i, index)), 2)
    others = [i for i in others if page.found(i).number > 0 and page.found(i).value != page.found(index).value]
    pairs = [two for i in others for two in ((i, index), (index, i))]
    return any(fit(page.found(move), unsigned(grown(page, *two))) is Fit.AGREES for two in pairs)


_SINCE = re.compile(
    r" ?(?:rise|rally|jump|gain|surge|rebound|increase|recovery|drop|fall|decline|slump|plunge|correction|retreat)s? in (?:the|its) (?:share|stock|unit) prices?\b[^.;]{0,60}\bfrom ",
    re.IGNORECASE,
)
"""From a change to the price that it started from."""
_AFTER = re.compile(
    r"\bafter (?:the|its) (?:stock|shares?|(?:share |stock |unit )?price)(?: had)? (?:f[ae]ll(?:en)?|dropped|declined|slumped|plunged|slid|ros?en?|rebounded|rallied|gained|jumped|surged|climbed|recovered)(?: by)?(?: (?:about|around|some))? $",
    re.IGNORECASE,
)
"""In front of a change that a trade came after."""


def since(page: Page) -> Iterator[Relation]:
    """A change that a trade came after, from an old price: "sold at HK$29.87 each ... a 53 per cent rise ... from HK$19.50"."""
    for index, claim in enumerate(page.claims):
        old = next((i for i in range(index + 1, min(index + 4, len(page.claims))) if page.is_amount(i)), None)
        if claim.kind != "price.change_pct" or old is None or not page.together(index, old):
            continue
        after = _AFTER.search(page.lead(index)) is not None and page.gap(index, old) == " from "
        if not (after or _SINCE.fullmatch(page.gap(index, old))) or not positive(page.bounds(old)):
            continue
        prices = page.near(index, lambda i: i < index and (page.is_price(i) or page.kind(i) in QUOTES), 2)  # noqa: B023
        new = next((p for p in prices if page.is_price(p) and page.one_currency((p, old))), None)
        if new is None or page.found(index).sentence - page.found(new).sentence > 2:
            continue
        fits = {p: fit(claim.found, unsigned(grown(page, p, old))) for p in prices if page.one_currency((p, old))}
        agreeing = next((p for p in fits if fits[p] is Fit.AGREES), None)
        several = len({page.found(p).value for p in prices if page.found(p).sentence >= page.found(new).sentence}) > 1
        if agreeing is None and (several or any(f is not Fit.OFF for f in fits.values())):
            continue
        yield _since(page, index, new if agreeing is None else agreeing, old, agrees=agreeing is not None)


def grown(page: Page, new: int, old: int) -> Interval:
    """How much a price is above another one, in percent."""
    return (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED


def _since(page: Page, index: int, new: int, old: int, *, agrees: bool) -> Relation:
    claim = page.claims[index]
    result = unsigned(grown(page, new, old))
    names = shown(page.claims[new]), shown(page.claims[old])
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.AGREES if agrees else Fit.OFF,
        recomputed=result,
        working=f"{names[0]} / {names[1]} - 1 = {told(result, claim)}",
        reason="The price of the trade against that price gives it."
        if agrees
        else f"From {names[1]} to the {names[0]} of the trade is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


_FINISH = re.compile(
    r"\bthen\b[^.;]{0,60}\b(?:finished|closed|settled|ended)(?: the (?:day|session))? at (?:about )?$", re.IGNORECASE
)
"""In front of the close that a day's low or high led to."""


def _finish(page: Page, index: int) -> list[int]:
    """The close of the next sentence, where words say that the day went on from its low or high to it."""
    closes = page.near(index, lambda i: i > index and page.kind(i) == "price.close" and page.is_amount(i))
    return [i for i in closes if _FINISH.search(page.lead(i, 100))]


_OTHER_DAY = re.compile(
    r"week|year|month|record|all-time|since|\bever\b|earlier|[A-Z][a-z]+day|年|月|周|[历歷]史|曾|早前|今早|昨|上日|前|其后|其後",
    re.IGNORECASE,
)
"""Around a high or low that need not be of the day of a close beside it."""


def _in_one_breath(page: Page, index: int) -> bool:
    """Whether a close follows a high or low of its sentence with nothing but the other one between: 高見5.04元,低見4.8元,收報5元."""
    at = index + 1
    while at < len(page.claims) and page.kind(at) in {"price.high", "price.low"}:
        at += 1
    if at == len(page.claims) or at - index > 2 or page.kind(at) != "price.close" or not page.together(index, at):
        return False
    if index and page.found(index - 1).unit == "date" and not re.search(r"[,，]", page.gap(index - 1, index)):
        return False
    gap = page.gap(index, at)
    return len(gap) <= _BREATH and not _OTHER_DAY.search(page.lead(index) + gap)


_BREATH = 40


def _is_step(page: Page, index: int) -> bool:
    """Whether an amount is a change in money beside the same in percent: 升3.2%或0.5元."""
    return index > 0 and page.found(index - 1).unit == "pct" and _OR.fullmatch(page.gap(index - 1, index)) is not None


_OR = re.compile(r",? ?or (?:about )?|[,，]?[或即](?:[约約])?| ?[(（]")


def intraday(page: Page) -> Iterator[Relation]:
    """A close lies between the lowest and the highest price of its day."""
    for index in range(len(page.claims)):
        if page.kind(index) not in {"price.high", "price.low"} or not page.is_amount(index):
            continue
        if not (_DAY.search(page.lead(index)) or _in_one_breath(page, index)) or _is_step(page, index):
            continue
        closes = page.near(
            index, lambda i: page.kind(i) == "price.close" and page.is_amount(i) and not is_prior(page, i), 0
        )
        others = page.near(index, lambda i: page.kind(i) in QUOTES, 0)
        later = [] if closes else _finish(page, index)
        closes = closes or later
        if (
            len(closes) != 1
            or len(others) > 2
            or not page.one_currency((index, closes[0]))
            or not (later or page.same(index, closes[0]))
        ):
            continue
        high = page.kind(index) == "price.high"
        one, close = page.bounds(index), page.bounds(closes[0])
        if (close.low > one.high) if high else (close.high < one.low):
            target, other = (closes[0], index) if later else (index, closes[0])
            yield Relation(
                target=target,
                inputs=(other,),
                fit=Fit.OFF,
                recomputed=f"{'at least' if high is not bool(later) else 'at most'} {page.found(other).text}",
                working=f"{shown(page.claims[index])} {'<' if high else '>'} {shown(page.claims[closes[0]])}",
                reason=f"The close of {page.found(closes[0]).text} is {'above the highest' if high else 'below the lowest'} price of the day.",
            )
