"""How far a share moved from a price told elsewhere: 收報4.27元,比沽貨價低1.1%, "was floated at HK$15.80 and has since given up 61%".

The words around a change say what it is measured by, those around a price what it is: the close before, the price of an offering,
that of a trade, the highest or lowest, one of a day of its own. Where they name nothing, a day's change is meant. The newer price
is the one that the change is told with, else the quote nearest by. A change that no such pair gives is wrong where a slip of the pen
makes it what just one of them gives.
"""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.compared import is_step
from stakeline.checks.relations.changes.told import ARRIVED, OR, slipped_apart
from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.page import QUOTES, Page, Relation

_REACH = 6
"""Sentences between a change and its prices."""
_FEW, _TELLING = 2, 3
"""Digits of a change that tell its slip, where the words name what it is measured by, or the price stands with it, and where not."""
_KINDS = frozenset({"price.change_pct", "other.pct", "stake.change_pct"})
_CLOSED, _OFFERED, _PAID, _PEAK, _DAY = "closed", "offered", "paid", "peak", "day"
_BASES = {
    _CLOSED: re.compile(
        r"前收|[前上昨][一個个]?(?:交易)?[日天週周]?[一二三四五]?[^,，。;；0-9]{0,4}(?:收|[報报])|(?:[周週]|星期)[一二三四五][^,，。;；0-9]{0,4}(?:收|的)|停牌前|[前上][一個个]?(?:交易)?日"
        r"|\b(?:previous|prior|last|yesterday's|day's) (?:close|closing price|price|finish)|\b(?:had|having) (?:closed|ended|finished|settled)|\b(?:closed|ended|finished) (?:on )?[A-Z][a-z]+day at"
        r"|after [A-Z][a-z]+day's close|\bbefore the (?:halt|suspension)|\bhad (?:ended|closed|finished)|the day before|[A-Z][a-z]+day's",
    ),
    _OFFERED: re.compile(
        r"招股|[發发][行售]|上市(?!新)|挂牌|掛牌|\bfloat|\blist(?:ed|ing)|\bIPO\b|\boffering|came to (?:the )?market|\bdebut",
        re.IGNORECASE,
    ),
    _PAID: re.compile(
        r"[沽賣卖出][貨货出]?價|[沽賣卖出][货出]?价|[買买][入貨货]?[價价]|出[貨货][價价]|均[價价]|配售[價价]|作[價价]|[要收][約约購购][價价]|[換换]股[價价]|[註注][銷销][價价]|入股|成本|成交[價价]|增持|[減减]持|註銷|配售"
        r"|\b(?:offer|paid|cost|bought|sold|purchase|placement|placing|deal)\b",
        re.IGNORECASE,
    ),
    _PEAK: re.compile(
        r"高位|高[點点]|高見|高见|[頂顶]|低位|低[點点]|低見|低见|新[高低](?![,，])|\bpeak|\bhigh\b|\blow\b|\brecord\b|\bbottom",
        re.IGNORECASE,
    ),
    _DAY: re.compile(
        r"[年月][初底末中]|[今去前]年|年[內内]|20[0-9]{2}年|全年|[個个]月|\b(?:in|since|of|from|at the start of|this|last) (?:early |late |the (?:start|end) of )?(?:January|February|March|April|May|June|July|August|September|October|November|December|year|month|(?:19|20)[0-9]{2})\b|\bbefore the\b",
    ),
}
"""What says that a price is of the past, and that a change is measured by such a one."""
_SINCE = re.compile(
    r"\bsince\b|此[後后]|其[後后]|至今|[比較较]之|以[來来]|[帳账]面|浮[盈亏虧]|升值|[賺赚蝕]", re.IGNORECASE
)
"""Beside a change: it is measured by the price last told, of whatever it was."""
_COMPARES = re.compile(r"[较較比與与於于]|\b(?:under|above|below|over|than|short of|on|from)\b", re.IGNORECASE)
_INTRADAY = re.compile(
    r"[一曾]度|最[多高低]|曾|[至到][^,，0-9]{0,6}[高低]位|盤中|盘中|[開开][報报市]?|\bas much as\b|\bat one (?:stage|point)\b|\bopen|intraday|\bup to\b",
    re.IGNORECASE,
)
"""Beside a change: it is of a moment of the day."""
_OTHER = re.compile(
    r"指[數数]|大[市盤盘]|恒指|\b(?:index|market|Nifty|Sensex|Nasdaq|Dow|sector|rivals?|peers?|revenue|sales|profit)\b|[溢折][價价讓让]|premium|discount|市[值盈]|市帳|A股|ADR|成交[額额量]|[換换]手",
    re.IGNORECASE,
)
"""Beside a change: it is of something else than the share, or of another share of the company."""


def moved(page: Page) -> Iterator[Relation]:
    """Changes of a share price told with one of their two prices, or with none."""
    for index in range(len(page.claims)):
        words = _clause(page, index) if _moves(page, index) else ""
        if not words or _OTHER.search(words):
            continue
        prices = _prices(page, index)
        olds, free, dated = _older(page, index, words, prices)
        news = [i for i in prices if i not in olds and (free or page.kind(i) in QUOTES)]
        fresh = [i for i in news if _CLOSED not in prices[i] or _touches(page, index, i)]
        known = any(page.kind(i) in QUOTES or _touches(page, index, i) for i in fresh)
        new = _newer(page, index, news if dated and not known else fresh, words)
        if new is None or not olds or not all(page.one_currency((new, old)) and _alike(page, new, old) for old in olds):
            continue
        beside = any(_touches(page, index, i) for i in (new, *olds))
        if beside or "\n" not in page.gap(min(index, new, *olds), max(index, new, *olds)):
            few = beside and len({page.found(i).number for i in olds}) == 1
            yield from slipped_apart(page, index, [(new, old) for old in olds], _FEW if few else _TELLING)


def _prices(page: Page, index: int) -> dict[int, set[str]]:
    """The prices around a change, nearest first, and what each is said to be."""
    near = page.near(index, lambda i: _is_price(page, i) and not _repeats(page, index, i), _REACH)
    return {i: _sides(page, i) for i in near}


def _older(page: Page, index: int, words: str, prices: dict[int, set[str]]) -> tuple[list[int], bool, bool]:
    """The prices that a change may be measured by; whether the newer one may be that of a trade, too; whether it may be the last close."""
    named = {name for name, base in _BASES.items() if base.search(words)}
    if not _COMPARES.search(words):
        named -= {_PAID}
    if index and index - 1 in prices and _DEBUT.search(page.lead(index - 1)):
        named = {_OFFERED}
    since = _SINCE.search(words) is not None
    olds = [i for i in prices if prices[i] & (named or {_CLOSED})]
    others = [i for i in olds if not _touches(page, index, i) or _measures(page, index, i)]
    olds = others or olds  # "closed at 7.69, down 5%": not by itself
    if not named and (measured := [i for i in prices if _measures(page, index, i)]):
        olds = measured[:1]
    elif not named and since:
        olds = [i for i in prices if i < index][:1]
    return olds, since or bool(named & {_OFFERED, _PAID}), bool(named) and _CLOSED not in named


_DEBUT = re.compile(r"首[日天]|\b(?:first day|debut)\b", re.IGNORECASE)
"""In front of the price right before a change: it is the first one after the offering."""


def _alike(page: Page, one: int, other: int) -> bool:
    """Whether two prices may be of one share: nothing says otherwise but that one name is the other in full."""
    names = [page.claims[i].issuer for i in (one, other)]
    return page.same(one, other) or bool(names[0] and names[1] and (names[0] in names[1] or names[1] in names[0]))


def _moves(page: Page, index: int) -> bool:
    """Whether a percentage is by how much a share rose or fell."""
    found = page.found(index)
    if found.unit not in {"pct", "x"} or found.word or page.kind(index) not in _KINDS:
        return False
    if ARRIVED.search(page.lead(index)):
        return False
    return page.kind(index) == "price.change_pct" or way(page, index) is not None


def _is_price(page: Page, index: int) -> bool:
    """Whether a figure is a price of one share."""
    if page.found(index).unit != "currency" or page.kind(index) == "fx.conversion" or page.found(index).bracket:
        return False
    return page.is_price(index) or page.kind(index).startswith("price.") or page.kind(index) in QUOTES


def _repeats(page: Page, index: int, price: int) -> bool:
    """Whether an amount is what a share rose or fell by, in money: "7.5 sen or 65.2%"."""
    return is_step(page, price) or (_touches(page, index, price) and OR.fullmatch(page.gap(index, price)) is not None)


def _sides(page: Page, index: int) -> set[str]:
    """What a price is said to be."""
    lead, tail = page.lead(index), _clause(page, index).rpartition("|")[2]
    own = re.split(r"[,，]", lead, maxsplit=1)[-1] if index and page.together(index - 1, index) else lead
    named = {name for name, base in _BASES.items() if base.search(f"{own}|{tail}")}
    return named | {_PAID} if page.is_price(index) else named


def _clause(page: Page, index: int) -> str:
    """The words in front of a figure and those behind it up to a comma, but not those that lead to the next one."""
    tail = re.split(r"[,，;；]", page.tail(index, 32))[0]
    return page.lead(index) + "|" + ("" if _TO.match(tail) else tail)


_TO = re.compile(r" ?(?:lower |higher )?(?:to|at)\b|[至到]", re.IGNORECASE)


def _touches(page: Page, index: int, price: int) -> bool:
    """Whether a price stands next to a change in its sentence."""
    return abs(price - index) == 1 and page.together(price, index)


def _measures(page: Page, index: int, price: int) -> bool:
    """Whether a change is measured by the price next to it: "81% under the HK$31.50", 自高点44.96元回落34.0%."""
    if not _touches(page, index, price):
        return False
    if price > index:
        return _UNDER.match(page.gap(index, price)) is not None
    return _THAN.search(page.lead(price)) is not None or _BEFORE.search(page.lead(price)) is not None


_UNDER = re.compile(
    r" (?:(?:more|less|higher|lower|short|down|up|off|cheaper|dearer|better) )*(?:under|above|below|over|from|than|on|of)\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"(?:[較较比與与由自從从]|\b(?:from|against|than))[^,，。;；]{0,16}$", re.IGNORECASE)
_BEFORE = re.compile(r"(?:前|上一?)(?:[一個个]?(?:交易)?[日天])?收[^,，。;；0-9]{0,6}$")


def _newer(page: Page, index: int, prices: list[int], words: str) -> int | None:
    """The price that a change led to: the one beside it, else the quote nearest by, unless the change is of a moment."""
    beside = sorted((i for i in prices if _touches(page, index, i)), reverse=_TO.match(page.tail(index)) is not None)
    quotes = [i for i in prices if page.kind(i) in QUOTES] or prices
    return next(iter(beside + ([] if _INTRADAY.search(words) else quotes)), None)
