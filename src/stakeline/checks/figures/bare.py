"""Numbers without unit and noun: shares where the talk is of shares, money where it is of money, else a count or nothing."""

import re
from decimal import Decimal

from stakeline.checks.figures import units
from stakeline.checks.figures.amounts import Draft
from stakeline.checks.figures.nouns import STOP_WORDS
from stakeline.checks.text import Plain

STOCKS = 1000
"""Fewer stocks are as many companies."""
PER_OTHER = re.compile(
    r" (?:to|per|against|a|for) (?:the |one |a |each |every )?(?:US |U\.S\. )?(?:dollar|greenback|euro|pound|yuan|renminbi|won)(?![A-Za-z])| to US\$1(?:\.00?)?(?![0-9])"
)
_WAN = 10_000
_FEW = 10
_MANY = 100
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
_RATE_HAN = re.compile("[汇匯]率(?:[约約为為按]|: ?)*$")
_MONEY_HAN = re.compile(
    "(?:成交|涉|套现|套現|市值|套(?![餐房])|耗[资資]|[总總]投[资資]|(?<!雪)花(?![旗园園王卉])|砸|买入|買入|卖出|賣出|流入|流出|斥资|斥資|收入|营收|營收|收益|掷|擲|代价|代價|盈利|亏损|虧損|蝕|净利|淨利|純利|纯利|溢利|金额|金額|总额|總額|赚|賺|募资|集资|集資|資金|资金|身家|蒸发|蒸發|值|集(?!中)|籌|筹)[\u4e00-\u9fff]{0,3} ?$"
)
_SPENT_HAN = re.compile("(?:增持|入股|回购|回購|买入|買入|购入|購入|收购|收購)")
_AND_HAN = re.compile(" ?[,，、;；] ?[共约約]?")
"""Between a count of shares and what it came to: 435.32万股,5040.99万."""
_CLASS_HAN = re.compile("[\u4e00-\u9fffA-Za-z]{0,8}?(?:[HAB]股|普通股|新股)")
_MORE_OF = re.compile(r" (?:more|others?|each|apiece|at)(?![A-Za-z])")
_FOR = re.compile(r" for (?:(?:about|around|some|over|more than|nearly|almost|roughly|just|up to|a total of|all) )?")
"""Between an amount and a bare number: what the amount was paid for."""
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


def settle(plain: Plain, drafts: list[Draft]) -> None:
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
            if draft.loose and not _is_of_shares(plain, draft, many):
                draft.unit = None
        if draft.unit in {"shares", "count"}:
            many = draft
        if draft.unit == "currency" and draft.scale > 1:
            money = draft
        elif draft.unit == "shares":
            money = None


def multiply(drafts: list[Draft]) -> None:
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
    if _AT_PRICE.match(text, draft.end) or (draft.value >= STOCKS and _DEALT.match(text, draft.end)):
        return True
    begin = max(draft.start - _VERB, 0)
    if _TRADED.search(text, begin, draft.start):
        large = draft.value >= STOCKS and draft.noun is None and _THINGS.match(text, draft.end) is None
        return large or _PRICE_BEHIND.match(text, draft.end) is not None
    return (
        draft.value >= _WAN
        and _KEPT.search(text, begin, draft.start) is not None
        and _END.match(text, draft.end) is not None
    )


def _is_of_shares(plain: Plain, draft: Draft, beside: Draft | None) -> bool:
    """Whether a number with a letter alone, 18m, counts shares: shares in the same letter stand in front of it, or a verb says so."""
    if draft.unit != "shares" or _END.match(plain.text, draft.end) is None:
        return False
    if _KEPT.search(plain.text, max(draft.start - _VERB, 0), draft.start):
        return True
    return (
        beside is not None
        and (beside.unit, beside.scale) == ("shares", draft.scale)
        and plain.sentence_at(beside.start) == plain.sentence_at(draft.start)
    )


def _is_rate(text: str, draft: Draft) -> bool:
    """As in "at 1.2965 to the greenback", 匯率0.914."""
    told = _RATE_HAN.search(text, max(draft.start - 6, 0), draft.start)
    return told is not None or PER_OTHER.match(text, draft.end) is not None


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
        and not _FOR.fullmatch(text, money.end, draft.start)
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
