"""What a figure's neighbours settle: ends of ranges, shares or counts, rates of exchange, points for percent, "about", brackets."""

import re
from decimal import Decimal
from itertools import pairwise

from stakeline.checks.figures import units
from stakeline.checks.figures.amounts import Draft
from stakeline.checks.figures.currency import of_taiwan
from stakeline.checks.figures.nouns import STOP_WORDS, noun
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
    r"(?:up|down|rose|risen|fell|fallen|climbed|jumped|gained|added|slipped|dropped|lost|surged|eased|edged|bounced|rallied|soared|plunged|tumbled|sank|slid|shed|advanced) $|[升涨漲跌][了逾近]?$",
    re.IGNORECASE,
)
_AFTER_BETWEEN = re.compile("之间|之間")
_WAN = 10_000
_FEW = 10
_MANY = 100
_STOCKS = 1000
"""Fewer stocks are as many companies."""
_TRUST = re.compile(
    r"\bREITs?\b|\bReits?\b|Trust \([A-Z]+\)|[Uu]nitholder|Trust(?:'s)? units|units (?:of|in) (?:[A-Z][A-Za-z&.-]* ){1,5}(?:Trust|Fund)|depositary units"
)
"""Where it appears units are shares of a trust, elsewhere goods."""
_UNIT_PRICE = re.compile(r" units [^;.]{0,60}\$[0-9]{1,2}\.[0-9]{1,4} (?:a|per|each) unit")
_PRICED = re.compile(r" units at (?:an average of )?(?:[A-Z]{1,3})?\$[0-9]\.")
"""What costs a few dollars is no flat or car."""
_SHARES_TOLD = re.compile(r"(?<![A-Za-z])(?:shares?|stake|ADSs?|stock|holding|shareholding)(?![A-Za-z])|[股份]")
_COUNTED = re.compile(
    r" (?:[a-z][a-z-]{1,12} )?((?!ones)[a-z][a-z-]{2,20}s|point|people|staff|tonnes|customers)(?![A-Za-z])| ?(MW|GWh?|TWh|kWh|km|tonnes|tons|mt|boe|bpd|oz|ha)(?![A-Za-z])"
)
_GOODS = re.compile(
    r" (?:[a-z][a-z-]{1,15} ){0,6}(vehicles|cars|trucks|buses|motorcycles|phones|handsets|devices|homes|flats|customers|subscribers|users|passengers|visitors|barrels|tonnes|tons|ounces|stores|employees|workers|beds|rooms|seats|patients|students|tickets|bottles|cases|doses)(?![A-Za-z])"
)
"""Nouns that no words in front of them make shares: 1.2 million new energy vehicles."""
_OF_THEM = re.compile(" of (?:them|these|those|which)(?![A-Za-z])")
_RATIO = re.compile(r"(?:ratio|multiple|beta)\b(?: (?!to )[a-z]+){0,6} (?:of|at|was|is|to) (?:about )?$", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\bnumber of (?!(?:[a-z]+ )?(?:shares|securities|votes))[a-z][a-z -]{2,40} $", re.IGNORECASE)
_PER_OTHER = re.compile(
    r" (?:to|per|against|a|for) (?:the |one |a |each |every )?(?:US |U\.S\. )?(?:dollar|greenback|euro|pound|yuan|renminbi|won)(?![A-Za-z])| to US\$1(?:\.00?)?(?![0-9])"
)
_RATE_HAN = re.compile("[汇匯]率(?:[约約为為按]|: ?)*$")
_MONEY_HAN = re.compile(
    "(?:成交|涉|套现|套現|市值|套(?![餐房])|耗[资資]|[总總]投[资資]|(?<!雪)花(?![旗园園王卉])|砸|买入|買入|卖出|賣出|流入|流出|斥资|斥資|收入|营收|營收|收益|掷|擲|代价|代價|盈利|亏损|虧損|蝕|净利|淨利|純利|纯利|溢利|金额|金額|总额|總額|赚|賺|募资|集资|集資|資金|资金|身家|蒸发|蒸發|值|集(?!中)|籌|筹)[\u4e00-\u9fff]{0,3} ?$"
)
_SPENT_HAN = re.compile("(?:增持|入股|回购|回購|买入|買入|购入|購入|收购|收購)")
_AND_HAN = re.compile(" ?[,，、;；] ?[共约約]?")
"""Between a count of shares and what it came to: 435.32万股,5040.99万."""
_CLASS_HAN = re.compile("[\u4e00-\u9fffA-Za-z]{0,8}?(?:[HAB]股|普通股|新股)")
_MORE_OF = re.compile(r" (?:more|others?|each|apiece|at)(?![A-Za-z])")
_TRADED = re.compile(
    r"\b(?:[Bb]ought|[Bb]uys?|[Ss]old|[Ss]ells?|[Ss]elling|[Bb]uying|picked up|[Tt]ook|disposed of|offloaded|shed|unloaded|acquired|got|purchased|added|Sale|Purchase)"
    r"(?: (?:about|around|some|another|a further|over|more than|nearly|almost|roughly|just|up to|a total of|an additional|an initial))? -?$"
)
_KEPT = re.compile(
    r"\b(?:keeps?|holds?|retains?|left with|now has|still has|owns?)(?: (?:about|around|some|over|more than|nearly|almost|roughly|just))? $"
)
_PRICE_BEHIND = re.compile(
    r" ?(?:\([0-9.]{1,6} ?(?:%|per ?cent)\) )?(?:@|at|for)(?: (?:about|around|nearly|over|an average(?: price)?(?: of)?|a price of|prices? (?:of|between|from)))? ?(?:[A-Z]{1,3}|Rs\.?|Re)? ?[$£€₹]?[0-9]"
)
"""What tells that a bare number is of shares: a verb of trade in front of it, a price behind it."""
_AT_PRICE = re.compile(r" ?@ ?[A-Z]{0,3}[$£€₹]? ?[0-9]")
_THINGS = re.compile(r" (?:of |new |more )?[A-Za-z]{2,}s(?![a-z])")
"""Behind a number that counts something else."""
_END = re.compile(r"[.,;)]|$|\n")
_ROW = 80
_SLACK = Decimal("0.02")
"""Characters that a count, an amount and a price of one row take, and how far rounding parts them."""
_VERB = 40
_MEAN_HAN = re.compile("的?(?:加[权權])?平?均[价價]")
"""Behind a price that is printed without its currency: 以約224.19的均價."""
_DEALT = re.compile(
    r" (?:sold|bought|tendered|changing hands|changed hands|(?:were|was|had been) (?:sold|bought|picked up|placed|on offer))(?![a-z])"
)
"""Behind a bare number of shares."""
_APART = re.compile(r" ?[:=≈] ?| ?(?:兑|兌|对|對) ?| (?:equals|is|was|to|at) (?:about )?")

_BEFORE: tuple[tuple[Approx, re.Pattern[str]], ...] = (
    ("upto", re.compile(r"(?<![A-Za-z])(?:up to|as much as|as many as|at most|no more than|not more than|a maximum of|maximum|as high as) (?:an? |the )?$|(?:至多|最多|多达|多達|高达|高達|不超过|不超過|不超|不逾|不多于|不多於|上限)(?:[为為])?(?:每股)? ?$", re.IGNORECASE)),
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
    _bare(plain, drafts)
    _products(drafts)
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
        if gap is None or first.value > last.value * max(last.scale, 1 / last.scale) * 1000:
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
    bare = first.end == first.number[1]
    if bare and first.unit is None and last.scale < 1:
        first.times(last.scale)  # 82.5-83 cents
    if bare and first.scale == 1 and last.scale > 1 and last.value / last.scale * 1000 > first.value:
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
                names = draft.noun.endswith("stocks") and draft.value < _STOCKS
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
        if draft.unit == "currency" and draft.scale == 1 and _PER_OTHER.match(text, draft.end):
            draft.unit, draft.currency = "x", None


def _bare(plain: Plain, drafts: list[Draft]) -> None:
    """Numbers without unit and noun: shares where the talk is of shares, money where it is of money, else a count or nothing."""
    told: dict[int, bool] = {}
    money: Draft | None = None
    many: Draft | None = None
    for draft in drafts:
        if draft.unit is None and many is not None and draft.value >= _MANY and _OF_THEM.match(plain.text, draft.end):
            draft.unit, draft.noun = many.unit, many.noun
        elif draft.unit is None and draft.noun != "rate":
            _guess(plain, draft, money, many, told)
            if draft.unit != "shares" and _is_traded(plain.text, draft):
                draft.unit, draft.currency, draft.noun = "shares", None, None
        if draft.unit in {"shares", "count"}:
            many = draft
        if draft.unit == "currency" and draft.scale > 1:
            money = draft
        elif draft.unit == "shares":
            money = None


def _products(drafts: list[Draft]) -> None:
    """A bare number in front of an amount and a price, in either order, that multiply: shares, as the columns of a table have them."""
    for count, one, other in zip(drafts, drafts[1:], drafts[2:], strict=False):
        money = one.unit == other.unit == "currency" and one.currency == other.currency
        if not money or count.unit != "count" or count.noun is not None or other.end - count.start > _ROW:
            continue
        price, amount = sorted((one.value, other.value))
        if price and abs(count.value * price / amount - 1) <= _SLACK:
            count.unit = "shares"


def _is_traded(text: str, draft: Draft) -> bool:
    """Whether a bare number is a count of shares by the verb in front of it and the price behind it: bought 110,000 at S$0.929."""
    if draft.value < _MANY or draft.value != draft.value.to_integral_value():
        return False
    if _AT_PRICE.match(text, draft.end) or (draft.value >= _STOCKS and _DEALT.match(text, draft.end)):
        return True
    begin = max(draft.start - _VERB, 0)
    if _TRADED.search(text, begin, draft.start):
        large = draft.value >= _STOCKS and draft.noun is None and _THINGS.match(text, draft.end) is None
        return large or _PRICE_BEHIND.match(text, draft.end) is not None
    return (
        draft.value >= _WAN
        and _KEPT.search(text, begin, draft.start) is not None
        and _END.match(text, draft.end) is not None
    )


def _is_rate(text: str, draft: Draft) -> bool:
    """As in "at 1.2965 to the greenback", 匯率0.914."""
    told = _RATE_HAN.search(text, max(draft.start - 6, 0), draft.start)
    return told is not None or _PER_OTHER.match(text, draft.end) is not None


def _guess(plain: Plain, draft: Draft, money: Draft | None, beside: Draft | None, told: dict[int, bool]) -> None:
    """The unit of one bare number. money: the last amount before it, if no shares came between; beside: the shares told last."""
    text, sentence = plain.text, plain.sentence_at(draft.start)
    big = draft.scale >= 1000 or (draft.value >= 1000 and "," in text[slice(*draft.number)])
    counted = _counted(text, draft.end)
    if draft.scale == 1 and _RATIO.search(text, max(draft.start - 60, 0), draft.start):
        draft.unit = "x"
    elif draft.scale == 1 and draft.step < 1 and _is_rate(text, draft):
        draft.unit, draft.noun = "x", "rate"
    elif big and _NUMBER_OF.search(text, max(draft.start - 60, 0), draft.start):
        draft.unit = "count"
    elif counted is not None and (big or draft.value >= _FEW or not counted.islower()):
        draft.unit, draft.noun = "count", counted
    elif draft.scale >= _WAN and _CLASS_HAN.match(text, draft.end):
        draft.unit, draft.noun = "shares", "股"
    elif (draft.scale >= _WAN and _is_money_han(plain, draft, beside)) or (
        draft.step < 1 and draft.noun is None and _MEAN_HAN.match(text, draft.end)
    ):
        draft.unit, draft.currency = "currency", units.LOCAL_BARE
    elif (
        draft.scale > 1
        and money is not None
        and plain.sentence_at(money.start) == sentence
        and not _MORE_OF.match(text, draft.end)
    ):
        draft.unit, draft.currency = "currency", money.currency
    elif big:
        whole = draft.value == draft.value.to_integral_value()
        shares = whole and any(_shares_told(plain, s, told) for s in (sentence, sentence - 1))
        draft.unit = "shares" if shares else "count"


def _is_money_han(plain: Plain, draft: Draft, beside: Draft | None) -> bool:
    """Whether a Chinese number without unit is money: by the words around it, behind shares (435.32万股,5040.99万), in a headline."""
    text = plain.text
    if _SPENT_HAN.match(text, draft.end) or _MONEY_HAN.search(text, max(draft.start - 10, 0), draft.start):
        return True
    if text[draft.end - 1] not in "万萬億亿" or text[draft.end : draft.end + 1] == "股":
        return False
    start, end = plain.sentences[0]
    headline = (
        start <= draft.start and draft.end <= end and text[end : end + 1] == "\n"
    )  # papers leave 元 out of these, not 股
    return headline or (beside is not None and _AND_HAN.fullmatch(text, beside.end, draft.start) is not None)


def _counted(text: str, at: int) -> str | None:
    """What a number counts, where a plural or a measure stands behind it."""
    match = _GOODS.match(text, at) or _COUNTED.match(text, at)
    if match is None or match[0].startswith(" and ") or any(w in STOP_WORDS and w != "and" for w in match[0].split()):
        return None
    return match[0].strip()


def _shares_told(plain: Plain, sentence: int, told: dict[int, bool]) -> bool:
    """Whether a sentence speaks of shares."""
    if sentence < 0:
        return False
    if sentence not in told:
        told[sentence] = _SHARES_TOLD.search(plain.text, *plain.sentences[sentence]) is not None
    return told[sentence]


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
