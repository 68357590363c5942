"""Which price a percentage is measured against: one that a word of comparison ties to it, or that its clause names.

"6% under the 300p at which it closed", "to 300p from 319p, down 6%", 較收市價5.8元折讓8.97%: the price is tied to the percentage.
"6% less than the parent paid", 較其入貨價高2.5%: the clause names the price of a deal, which stands elsewhere.
"""

import re

from stakeline.checks.relations.changes.compared import WITHIN
from stakeline.checks.relations.page import PRICES, QUOTES, Page

KINDS = frozenset({"transaction.discount_pct", "price.change_pct"})
UP = re.compile(
    r"premium|above|\bover\b|higher|\bmore\b|better|dearer|\bup\b|\brose|\brise|gain|jump|climb|surge|[溢高升漲涨]",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"discount|below|under|lower|\bless\b|cheaper|short of|\boff\b|down|weaker|\bfell|\bfall|drop|slid|reduction|[折低跌挫]",
    re.IGNORECASE,
)
_AGAINST = r"(?:than|from|against|versus|over|above|below|under|beneath|off|short of)"
_TIED_BEHIND = re.compile(
    rf"[^,;:()]{{0,40}}?(?:\b{_AGAINST}\b|\b(?:discount|premium|mark-?up|reduction|compared|relative)\b[^,;()]{{0,12}} (?:to|with|on|of)\b)[^,;()]{{0,70}}?,? ?(?:(?:where|at which) [^,;()]{{0,40}})?"
)
"""Between a percentage and the price that it is measured against, behind it."""
_NOUN_IN_FRONT = re.compile(
    r"(?i:\b(?:discount|premium|mark-?up|reduction)(?: of|:) (?:about |around |some |nearly |only )*$)"
)
_TO = re.compile(r" (?:to|on|from|over|against)\b[^,;()]{0,70}(?:, )?")
_COMPARES = re.compile(
    r" ?(?:discount|premium|mark-?up|reduction|higher|lower|less|more|better|cheaper|dearer|weaker|above|below|under|over|off|short)\b"
)
"""Right behind a percentage of prices, whatever it was taken for."""
_REACHED = re.compile(
    r"[^,;:()，。；]{0,30}(?:\b(?:to|at)\b[^,;()]{0,32}|[至到報报收于於][^,，。；]{0,6}|[,，](?:现|現)?[报報])"
)
"""Between a move and the price that it led to."""
_LEFT = re.compile(
    r"[^.;。；]{0,40}?\b(?:from|against|versus|compared (?:with|to)|(?:previous|prior|last|[A-Z][a-z]+day's) close)\b[^,;()]{0,40}"
    r"|[^,;.]{0,24},? after |[^.]{0,90}\bhad (?:ended|closed|finished)\b[^,;().]{0,30}"
    r"|[^。；]{0,8}(?:前收|上日收|前一(?:个|個)?(?:交易)?日收|昨收)[^,，。；]{0,8}"
)
"""Between the price that a move led to and the one that it began at."""
_MEASURED = re.compile(r"(?:较|較|比|相[对對当當]|低于|低於|高于|高於)[^,，。;；]{0,24}$")
"""In front of the price that the percentage behind it is measured against."""
_TIED_FRONT = re.compile(r"(?:下[跌挫]|上[升漲涨])?[,，]?[^,，;；。、:]{0,16}")
_LISTED = re.compile(r"%?(?:至|到|-|–|~|、|和|及)(?:约|約)?")
"""Between two percentages measured against one price."""
_BEGAN = re.compile(r"(?:\bfrom|[由从從])[^,，;；。]{0,24}$")
_ARRIVED = re.compile(r"[^,，;；。()]{0,40}(?:\bto\b|[至到])[^,，;；。()]{0,8}")
_NAMED = re.compile(
    r" ?(?:[a-z]+ )?(?:than|above|below|over|under|beneath|short of|to|on) (?:(?!average|target|peak|high|asset|book|record)[^.;,0-9]){0,40}?"
    r"(?P<noun>\bpaid\b|\bgot\b|\breceived\b|\bthat\b|clos(?:e|ing)\b|last traded|(?:sale|selling|deal|placing|placement|offer|float|issue|flotation|purchase|transaction) price|\b(?:offer|bid|float|flotation)\b(?! (?:of|from|by|for|period|document)))"
)
_NOUN_HAN = r"(?:(?![日天周月年]平?均|平均收|交易日|目[标標]|淨值|净值|[净淨]资产|[净淨]資產|最[高低])[^0-9,，。;；]){0,10}(?:[价價]|成本|收市|收[盘盤]|[昨上前]收)(?:格)?"
_NAMED_HAN = re.compile(
    rf"(?:较|較|比|相[对對]|[低高][于於過过])(?P<noun>{_NOUN_HAN})(?P<way>[^0-9,，。;；价價]{{0,6}}(?:[折溢][价價]|[^0-9,，。;；价價])[^0-9,，。;；价價]?)$"
    rf"|(?P<side>[低高][于於過过])(?P<price>{_NOUN_HAN})(?:约|約)?$"
)
"""Beside a percentage: it is measured against a price that stands elsewhere."""
_TENTHS = re.compile(r"[0-9零〇一二三四五六七八九半](?:角|毫|仙|分(?!之))")


def is_price(page: Page, index: int) -> bool:
    """Whether a figure is a price of one share, of a trade or of the market."""
    if not 0 <= index < len(page.claims) or page.found(index).unit != "currency" or page.found(index).number <= 0:
        return False
    if _TENTHS.match(page.tail(index)):
        return False  # 六元八角 is read as six yuan
    return page.kind(index) in PRICES | QUOTES or page.is_price(index)


def base_of(page: Page, index: int) -> int | None:
    """The price that a percentage is measured against, where a word of comparison ties the two."""
    front = _base_in_front(page, index)
    return front if front is not None and measured(page, front) else _base_behind(page, index) or front


def undated(page: Page, index: int, step: int) -> int:
    """The next figure on one side that is no day."""
    at = index + step
    while 0 <= at < len(page.claims) and page.found(at).unit in {"date", "period"}:
        at += step
    return at


_SINCE = re.compile(r"\b(?:from|since)\b|[自由从從]")


def _base_behind(page: Page, index: int) -> int | None:
    first = undated(page, index, 1)
    if not is_price(page, first) or not page.together(index, first):
        return None
    gap = page.gap(index, first)
    ours = page.kind(index) in KINDS
    if OTHER_BASE.search(gap) and not _SINCE.search(gap):
        return None
    last = undated(page, index, -1)
    beside = ours and is_price(page, last) and len(page.gap(last, index)) <= CLOSE
    if (
        (_TIED_BEHIND.fullmatch(gap) and (ours or _COMPARES.match(gap)))
        or (_NOUN_IN_FRONT.search(page.lead(index)) and _TO.fullmatch(gap))
        or (beside and _left(page, index, first))
    ):
        return first
    second = undated(page, first, 1)
    if not ours or not _REACHED.fullmatch(gap) or not is_price(page, second) or not page.together(index, second):
        return None
    return second if _left(page, first, second) else None


def _left(page: Page, index: int, old: int) -> bool:
    """Whether a move began at a price of the market that is told behind it; "against the placing price" is only a comparison."""
    gap = page.gap(index, old)
    before = _LEFT.fullmatch(gap) is not None and (page.kind(old) in QUOTES or "from" in gap)
    return before and not WITHIN.match(page.tail(old))


def _base_in_front(page: Page, index: int) -> int | None:
    last = undated(page, index, -1)
    if last >= 0 and page.found(last).unit == "pct" and _LISTED.fullmatch(page.gap(last, index)):
        index, last = last, undated(page, last, -1)
    if not is_price(page, last) or not page.together(index, last):
        return None
    gap = page.gap(last, index)
    if page.kind(index) not in KINDS and not _PREMIUM_HAN.search(gap):
        return None
    if measured(page, last) and not _COMPARED_HAN.search(gap) and _TIED_FRONT.fullmatch(gap):
        return last
    before = undated(page, last, -1)
    if not is_price(page, before) or not page.together(before, index) or len(gap) > CLOSE:
        return None
    return before if _BEGAN.search(page.lead(before)) and _ARRIVED.fullmatch(page.gap(before, last)) else None


_PREMIUM_HAN = re.compile(r"溢[价價]|折[让讓价價]")
"""In front of a percentage of two prices, whatever it was taken for."""
_COMPARED_HAN = re.compile("[较較比]")


def measured(page: Page, index: int) -> bool:
    """Whether the words in front of a price, back over the days told with it, measure what follows against it."""
    last = undated(page, index, -1)
    start = page.found(index).start
    floor = max(page.found(last).end if last >= 0 else 0, start - CLOSE - 16)
    return _MEASURED.search(page.text[floor:start]) is not None


CLOSE = 24
"""How far behind the two prices of a move its percentage may stand."""


OTHER_BASE = re.compile(
    r"\b(?:this|last|past|previous|the) (?:year|month|week|quarter|half)\b|so far|average|[年月周週]|个月|個月|平均|均[价價]",
    re.IGNORECASE,
)
"""Beside a percentage: its base is the price of another time, or an average of many, whatever price stands near."""


def noun_of(page: Page, index: int) -> str | None:
    """The price that the clause of a percentage names, without its figure, as what it is measured against."""
    han = _NAMED_HAN.search(page.lead(index))
    if han is not None:
        way = han["way"] or han["side"]
        return han["noun"] or han["price"] if UP.search(way) or DOWN.search(way) else None
    english = _NAMED.match(page.tail(index, 64))
    return english["noun"] if english is not None else None
