"""What a figure's neighbours settle: ends of ranges, shares or counts, rates of exchange, points for percent, "about", brackets."""

import re
from decimal import Decimal
from itertools import pairwise

from stakeline.checks.figures import bare, units
from stakeline.checks.figures.amounts import Draft
from stakeline.checks.figures.bare import PER_OTHER, STOCKS
from stakeline.checks.figures.currency import of_taiwan
from stakeline.checks.figures.nouns import noun
from stakeline.checks.text import Plain
from stakeline.model.claims import Approx

_RANGE = re.compile(r" ?(?:-|~|—|–|至|到|to) ?")
_SET_OFF = re.compile(" [-–—] ")
"""Between a figure and an amount with its own currency and magnitude: columns of a list, or an aside."""
_BOTH = re.compile(r",? (?:and|or|to) |[和与與及或]")
_LISTED = re.compile(r",? and |, ")
_LISTED_HAN = re.compile(" ?[、及和與与] ?")
_BETWEEN = re.compile(r"(?:between |(?:介乎|介於|介于|在|處於|处于))(?:about |around |roughly )?$", re.IGNORECASE)
_FROM = re.compile(r"(?:from|由|从|從) ?(?:about |around )?$", re.IGNORECASE)
_BY = re.compile(r"(?<![A-Za-z])by $")
_MOVED_BY = re.compile(
    r"(?:up|down|rose|risen|fell|fallen|climbed|jumped|gained|added|slipped|dropped|lost|surged|eased|edged|bounced|rallied|soared|plunged|tumbled|sank|slid|shed|advanced) $|[升涨漲跌挫滑扬揚泻瀉][了逾近]?$",
    re.IGNORECASE,
)
_AFTER_BETWEEN = re.compile("之间|之間")
_TRUST = re.compile(
    r"\bREITs?\b|\bReits?\b|Trust \([A-Z]+\)|[Uu]nitholder|Trust(?:'s)? units|units (?:of|in) (?:[A-Z][A-Za-z&.-]* ){1,5}(?:Trust|Fund)|depositary units"
)
"""Where it appears units are shares of a trust, elsewhere goods."""
_UNIT_PRICE = re.compile(r" units [^;.]{0,60}\$[0-9]{1,2}\.[0-9]{1,4} (?:a|per|each) unit")
_PRICED = re.compile(r" units at (?:an average of )?(?:[A-Z]{0,3}\$|RM|[£€])[0-9]{1,2}\.")
"""What costs a few dollars is no flat or car."""
_APART = re.compile(r" ?[:=≈] ?| ?(?:兑|兌|对|對) ?| (?:equals|is|was|to|at) (?:about )?")
_BEFORE: tuple[tuple[Approx, re.Pattern[str]], ...] = (
    ("upto", re.compile(r"(?<![A-Za-z])(?:(?<!adds )(?<!add )(?<!added )(?<!adding )up to|as much as|as many as|at most|no more than|not more than|a maximum of|maximum|as high as) (?:an? |the )?$|(?:至多|最多|多达|多達|高达|高達|不超过|不超過|不超|不逾|不多于|不多於|上限)(?:[为為])?(?:每股)? ?$", re.IGNORECASE)),
    ("over", re.compile(r"(?<![A-Za-z])(?:more than|over|above|at least|exceeding|exceeds|exceed|in excess of|upwards? of|just over|no less than|not less than|no fewer than|a minimum of|topping|surpassing|better than|well over) (?:the |an? )?$|(?:逾|超|超过|超過|多于|多於|高于|高於|不少于|不少於|不低于|不低於|至少|最少|突破|超出|超逾|上)(?:每股)? ?$", re.IGNORECASE)),
    ("under", re.compile(r"(?<![A-Za-z])(?:less than|fewer than|under|below|nearly|almost|just under|not quite|just short of|slightly less than|shy of|a little under|beneath) (?:the |an? )?$|(?:不足|不到|少于|少於|低于|低於|近|将近|將近|接近|未到|未及|不及|几乎|幾乎)(?:每股)? ?$", re.IGNORECASE)),
    ("about", re.compile(r"(?<![A-Za-z])(?:about|around|roughly|approximately|approx\.?|some|close to|near|circa|an estimated|estimated|or so|c\.|~) ?(?:the |an? )?$|~ ?$|(?:约|約|大约|大約|约为|約為|约合|約合|大概|左右|粗略|估计约|約值|约占|約佔)(?:每股)? ?$", re.IGNORECASE)),
)  # fmt: skip
_AFTER: tuple[tuple[Approx, re.Pattern[str]], ...] = (
    ("about", re.compile(r" ?(?:左右|上下)| or so(?![A-Za-z])|-odd(?![A-Za-z])")),
    ("over", re.compile(r" ?(?:以上|有余|有餘|多(?![于於]))| or more(?![A-Za-z])|\+")),
    ("under", re.compile(r" ?(?:以下|以内|以內)| or less(?![A-Za-z])")),
)
_OPEN = re.compile(
    r"\( ?(?:or |about |around |roughly |approximately |some |nearly |more than |over |or about |equal to |即|相当于|相當於|约合|約合|折合|约|約|合)* ?$"
)
_UPWARD = re.compile(
    r"(?<![A-Za-z])(?:(?<!make )(?<!makes )(?<!made )(?<!making )up|down|rose|fell|increased?|decreased?|by|rise|fall|gain|drop|change|higher|lower|increase of|decrease of|drop of) $|(?:增加|减少|減少|下降|下降了|上升|上升了|提高|提高了|降低|降低了|增加了|减少了|減少了|升|跌|增持|减持|減持) ?$",
    re.IGNORECASE,
)


def settle(plain: Plain, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are figures, each with its unit, its approximation and its bracket; drafts in order of start."""
    text = plain.text
    _lots(text, drafts)
    _nouns(text, drafts)
    _ranges(text, drafts)
    _lists(text, drafts)
    _rates(text, drafts)
    bare.settle(plain, drafts)
    bare.multiply(drafts)
    kept = [d for d in drafts if d.unit is not None]
    for before, draft in zip([None, *kept], kept, strict=False):
        _around(text, before.end if before else 0, draft)
    _points(plain, kept)
    return kept


def _lots(text: str, drafts: list[Draft]) -> None:
    """張 are lots of shares in an article about Taiwan; elsewhere a few sheets are no figure."""
    lots = [d for d in drafts if d.noun is not None and d.noun in units.LOTS]
    taiwan = bool(lots) and of_taiwan(text)
    for draft in lots:
        if taiwan:
            draft.unit = "shares"
            draft.times(units.LOT)
            draft.scale /= units.LOT
        elif draft.scale == 1:
            draft.unit, draft.end, draft.noun = None, draft.number[1], None


def _ranges(text: str, drafts: list[Draft]) -> None:
    """Ends of ranges share what only one of them prints: US$208-212, 3-5 million yuan, between 3 and 5 million."""
    for first, last in pairwise(drafts):
        gap = text[first.end : last.start] if last.start - first.end <= 6 else None
        if gap is None or last.loose or first.value > last.value * max(last.scale, 1 / last.scale) * 1000:
            continue
        between = (
            _BETWEEN.search(text, max(first.start - 20, 0), first.start) is not None
            or _AFTER_BETWEEN.match(text, last.end) is not None
        )
        joined = _RANGE.fullmatch(gap) is not None
        if not joined and not (between and _BOTH.fullmatch(gap)):
            continue
        if not (first.unit in {None, last.unit} or (last.unit is None and first.front)):
            continue
        if last.front and last.scale > first.scale and _SET_OFF.fullmatch(gap):
            continue
        _share_unit(first, last)
        moved = first.unit == "currency" and _MOVED_BY.search(text, max(first.start - 12, 0), first.start) is not None
        moved = moved or _BY.search(text, max(first.start - 4, 0), first.start) is not None
        free = between or not (moved or _FROM.search(text, max(first.start - 12, 0), first.start))
        if free and first.value < last.value:
            first.bound, last.bound = "low", "high"


def _lists(text: str, drafts: list[Draft]) -> None:
    """The members of a list share the unit printed behind the last: 6200萬、1770萬及550萬元; 3.2 and 4.5 per cent."""
    for first, last in reversed([*pairwise(drafts)]):
        if first.unit is not None or last.unit not in {"currency", "shares", "pct"} or last.front or last.word:
            continue
        gap = text[first.end : last.start] if last.start - first.end <= 6 else ""
        han = _LISTED_HAN.fullmatch(gap) is not None and (first.scale > 1 or first.step < 1)
        if han or (last.unit == "pct" and first.step < 1 and first.end == first.number[1] and _LISTED.fullmatch(gap)):
            if first.scale == 1 < last.scale:
                first.times(last.scale)
            first.unit, first.currency, first.noun = last.unit, last.currency, last.noun


def _share_unit(first: Draft, last: Draft) -> None:
    """Gives each end of a range what only the other prints."""
    alone = first.end == first.number[1]
    if alone and first.unit is None and last.scale < 1:
        first.times(last.scale)  # 82.5-83 cents
    if alone and first.scale == 1 and last.scale > 1 and last.value / last.scale * 1000 > first.value:
        first.times(last.scale)
    if first.unit is None and last.unit is not None:
        first.unit, first.currency, first.noun = last.unit, last.currency, last.noun
        if last.unit == "pct" and last.step >= 10:
            first.times(Decimal(10))  # 三至四成
    elif last.unit is None and first.front:
        last.unit, last.currency = first.unit, first.currency
    elif first.currency in units.LOCAL and last.currency not in units.LOCAL and first.unit == "currency":
        first.currency = last.currency


def _nouns(text: str, drafts: list[Draft]) -> None:
    """Finds the shares that a bare number counts: "45 million Lerado Financial shares", "80 million of its H shares"."""
    trust = _TRUST.search(text) is not None or _UNIT_PRICE.search(text) is not None
    for draft in drafts:
        if draft.unit is None:
            draft.noun = noun(text, draft.end)
            if draft.noun is not None:
                goods = draft.noun.endswith("units") and not trust and not _PRICED.match(text, draft.end)
                names = draft.noun.endswith("stocks") and draft.value < STOCKS
                draft.unit = "count" if goods or names else "shares"


def _rates(text: str, drafts: list[Draft]) -> None:
    """A rate of exchange: in "$1 = 6.8750 yuan" only the second number is a figure, and it is a rate."""
    for first, last in pairwise(drafts):
        if (
            first.unit == last.unit == "currency"
            and first.value == 1
            and first.scale == 1
            and first.currency != last.currency
        ):
            gap = text[first.end : last.start] if last.start - first.end <= 12 else None
            if gap is not None and _APART.fullmatch(gap):
                first.unit = None
                first.noun = "rate"
                last.unit, last.currency = "x", None
    for draft in drafts:
        if draft.unit == "currency" and draft.scale == 1 and PER_OTHER.match(text, draft.end):
            draft.unit, draft.currency = "x", None


def _around(text: str, floor: int, draft: Draft) -> None:
    """The word that qualifies a figure, and whether it opens a bracket behind another one."""
    left = max(draft.start - 24, floor)
    for approx, pattern in _BEFORE:
        if pattern.search(text, left, draft.start):
            draft.approx = approx
            break
    else:
        draft.approx = next((approx for approx, pattern in _AFTER if pattern.match(text, draft.end)), draft.approx)
    opened = _OPEN.search(text, max(draft.start - 30, floor), draft.start)
    draft.bracket = opened is not None and floor > 0 and opened.start() - floor <= 2


def _is_change(text: str, draft: Draft) -> bool:
    """Whether a percentage is what something went up or down by, not a level."""
    return _UPWARD.search(text, max(draft.start - 14, 0), draft.start) is not None


def _points(plain: Plain, drafts: list[Draft]) -> None:
    """A percent sign where points are meant: what a holding changed by, equal to the difference of the two beside it."""
    of: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.unit == "pct" and not draft.word:
            of.setdefault(plain.sentence_at(draft.start), []).append(draft)
    for beside in of.values():
        for at, draft in enumerate(beside):
            near = [d for d in beside[max(at - 2, 0) : at + 3] if d is not draft and not _is_change(plain.text, d)]
            differences = {abs(a.value - b.value) for a in near for b in near if a is not b}
            if (
                _is_change(plain.text, draft)
                and draft.value in differences
                and all(d.value != draft.value for d in near)
            ):
                draft.unit = "pp"
