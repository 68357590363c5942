"""Two levels of one thing told side by side, the newer and the older, and what the words around them say of the way from one to the other.

Which is the older one is told by the words in front of it and behind it: "against", "from", "a year earlier", 上年同期, a year.
Where nothing but words of comparison stands between the two, whatever their kinds were taken for, they are levels of one thing.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from stakeline.checks.relations.page import Page, positive

_WORDS_EN = re.compile(
    r"(?:"
    r"a|about|above|been|its|so|thus|equal|equals|equivalent|corresponds|corresponding|gives|makes|means|amounted|between|under|improvement|plus|minus|time|better|worse|went|going|moved|stands|now|before|afterwards|until|through|advance|advanced|after|again|against|ago|almost|also|amount|an|and|annual|annually|apiece|approximately|apr|"
    r"april|around|as|at|aug|august|autumn|before|below|boosted|by|came|change|climb|climbed|close|compared|compares|comparing|"
    r"comparison|corresponding|cut|dec|december|decline|declined|decrease|decreased|deepened|deficit|doubled|down|drop|dropped|each|"
    r"earlier|earned|end|ended|ending|estimated|expanded|fall|fallen|falling|feb|february|fell|fewer|figure|first|fiscal|for|fourth|"
    r"friday|from|full|full-year|gain|gained|grew|grown|growth|had|half|halved|has|have|having|high|higher|in|increase|increased|"
    r"is|it|it's|its|jan|january|jul|july|jump|jumped|jun|june|just|last|less|level|lifted|loss|losses|lost|low|lower|made|mar|"
    r"march|marked|may|monday|month|months|more|narrowed|narrowing|nearly|net|nine|nov|november|number|oct|october|of|on|one|only|"
    r"or|over|peak|per|period|plunge|plunged|previous|previously|prior|profit|quarter|raised|reached|record|recorded|reduced|"
    r"representing|represents|rise|risen|rising|rose|roughly|same|saturday|second|seen|sep|sept|september|share|shares|shrank|"
    r"shrinking|shrunk|six|slid|slipped|slump|slumped|soared|some|spring|still|stood|sum|summer|sunday|surge|surged|than|that|"
    r"that's|the|their|they|third|this|three|thursday|to|total|tripled|tuesday|twelve|up|value|versus|vs|was|wednesday|week|were|"
    r"when|where|which|widened|widening|winter|with|year|year-ago|year-earlier|year-on-year|years|yesterday|yoy"
    r")(?:'s)?"
)
"""One word that only compares, or says of when."""
_TOKEN = re.compile(r"[a-z]+(?:['’-][a-z]+)*", re.IGNORECASE)
_WORDS_ZH = re.compile(
    r"[〇零一二三四五六七八九]{4}(?=年)|同比|按年|按季|环比|環比|较|較|比|对比|對比|相比|上一?年度?|去年度?|前一?年度?|一年前|同期|同季|上季|年度|季度|半年|年内|年初|月初|期内|年底|年末|期末|期初|末|度|期|年|季|月|日|底|数字|數字|"
    r"的|之|[变變][动動]|[变變改]|交易|现|現|今次|是次|此次|如今|[當当][年时時]|最新|为|為|是|则|則|由|从|從|自|至|到|达|達|报|報|录得|錄得|增长|增長|增加|增幅|升幅|跌幅|降幅|涨幅|漲幅|上升|上涨|上漲|提升|提高|扩大|擴大|下降|下滑|下跌|减少|減少|收窄|缩小|縮小|缩水|縮水|(?<=[,，])[多少](?=[约約]?$)|下同|[对對]|萎[缩縮]|滑落|挫|回落|倒退|进步|進步|降低|"
    r"大幅|大增|大跌|大减|大減|急升|急跌|显著|顯著|略微?|微|有所|进一步|進一步|亦|也|而|但|又|了|约|約|近|逾|超|仅|僅|只|还|還|此前|之前|先前|原来|原來|原先|对上|對上|上|前|一|个|個|每|十|股|派|"
    r"亏损|虧損|净亏|淨虧|盈利|净|淨|赤字|录|錄|蝕|赚|賺|人民[币幣]|港[币幣]|升|跌|降|增|减|減|及|和|与|與|[一二三四]季|上半|下半|全|中|末|三|六|九|[两兩][年季月个個]?[间間]?"
)
_LOOSE_REACH = 90
"""Characters between two levels of which some words may be others than those of comparison."""

_GROUPS = (
    re.compile(
        r"revenue|sales|turnover|营收|營收|收入|(?<!预期)(?<!預期)(?<!每股)收益(?!率)|营业额|營業額", re.IGNORECASE
    ),
    re.compile(
        r"profit|earn|income|surplus|\bloss|\blost\b|deficit|shortfall|red ink|盈利|净利|淨利|溢利|利润|利潤|纯利|純利|亏|虧|赤字|[赚賺蝕]",
        re.IGNORECASE,
    ),
    re.compile(r"cost|expense|spending|成本|费用|費用|开支|開支", re.IGNORECASE),
    re.compile(r"dividend|payout|股息|派息|分红|分紅", re.IGNORECASE),
    re.compile(r"assets|debt|cash|orders?\b|资产|資產|负债|負債|现金|現金|订单|訂單", re.IGNORECASE),
    re.compile(
        r"\bprices?\b|\brates?\b|demand|volumes?\b|customers|margins?\b|yields?\b|interest|competition|stakes?\b|holding|价格|價格|利率|需求|销量|銷量|毛利|率|持股|股价|股價",
        re.IGNORECASE,
    ),
)
_WILD = frozenset(
    {
        "result.prior_value", "result.other", "other.amount", "operating.figure", "count", "transaction.value", "transaction.shares",
        "market_value", "stake.value", "deal.value",
    }
)  # fmt: skip
"""Kinds that an amount compared with is taken for where its words are few."""

_AGAINST = re.compile(
    r"(?:\b(?:from|against|compare[sd] (?:with|to)|comparing with|in comparison (?:with|to)|versus|vs\.?|than"
    r"|(?:up|down|rise|fall|drop|increase|decrease|improvement|advance|gain|decline) on)|对比|對比|^[对對]|相比|多过|多過|少过|少過|(?<!不)低于|(?<!不)低於|(?<!不)高于|(?<!不)高於|较|較|由|从|從|比|自)"
    r"(?P<rest>[^,，;；:：()（）]{0,56})$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:a year (?:earlier|ago|before)|the (?:year|one) before|(?:the )?(?:previous|prior|preceding) (?:year|period|quarter|half|month)"
    r"|(?:in )?the (?:same|corresponding|year-earlier|year-ago) (?:period|half|quarter|months|six months|nine months|time)|year-ago|year-earlier|previously|twelve months earlier|(?:the )?(?:previous|prior|last) (?:figure|level|stake|holding|notice|notification|disclosure|filing))\b"
    r"|上一?年|前一?年|一年前|同期|[年月期]初|(?:交易|[变變][动動]|[买買]入|[卖賣]出|增持|[减減]持)前|此前|之前|先前|原来|原來|原先|前值|对上一年|對上一年",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"before(?= and|$)", re.IGNORECASE)
"""Right behind a level: "5.1% before and 4.9% afterwards"."""
_LAST = re.compile(r"\blast (?:year|spring|summer|autumn|winter|month)\b|\bearlier\b|去年", re.IGNORECASE)
"""Earlier than now, but perhaps later than another time."""
_BEFORE_THAT = re.compile(
    r"\b(?:after|(?:having|had) (?:still |already |only )?(?:been|stood at|amounted to|come to|totall?ed|lost|earned|made|taken|posted|had|declared|reported|held|owned)) (?:(?:just|only|about|the|an? (?:net )?(?:loss|profit) of) )*$",
    re.IGNORECASE,
)
MEASURED = re.compile(
    r"\s*(?:above|below|over|under|more than|less than|higher than|lower than|on(?: top of)?|的)(?: the)?\b",
    re.IGNORECASE,
)
"""Behind a change: what follows is what it is measured by ("15% above the 75 cents")."""
_ARRIVED = re.compile(
    r"(?:\bto (?:(?:about|some|around|just|only|nearly|a|loss|profit|net|of|record) )*|(?:[至到](?:(?:19|20)[0-9]{2}年[初底末]?的?)?|[变變改][为為])(?:约|約|近)?\s*|(?:今次|是次|此次|如今|[现現][时時在]|目前)(?:约|約|为|為|的)*)$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(（][^()（）0-9]{0,8}(?:19|20)[0-9]{2}[^()（）]{0,16}$")
_LIST = re.compile(r"\s*(?:[,，、]|(?:, )?and|[和及与與])\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:to|and|at|until|[-–—~～至到])\s*", re.IGNORECASE)
WITHIN = re.compile(
    r"\s*(?:earlier(?! (?:this|in|last|that))|(?:earlier )?(?:in|during) (?:the )?(?:early |late |morning |afternoon |opening )?(?:day|session|morning|afternoon|trade|trading)\b"
    r"|at (?:the open(?:ing)?|midday|one (?:stage|point))\b|intra-?day\b)",
    re.IGNORECASE,
)
"""Behind a price: it is of a moment of the day whose change is told, not of the day before."""
UNIT = re.compile(
    r"^ (?:(?:of|in) )?[a-z-]+(?: of [a-z-]+)?(?=,| (?:from|against|compared|after|versus|than)\b)", re.IGNORECASE
)
"""What a number counts, right behind it: "3.1 million tonnes, after"."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
STOP = re.compile(r"[.!?](?=\s|$)|[。！？;；]")


_STEP = re.compile(
    r"\b(?:by|(?:rise|fall|drop|increase|decrease|decline|gain|growth|reduction) of|(?:rose|fell|increased|decreased|declined|dropped|grew|gained|added|shed|up|down|climbed|jumped))(?: (?:a|an|about|around|some|nearly|over|more than|just|only|further|another))* ?$|\b(?:an )?additional $"
    r"|(?:增加|增长|增長|增|减少|減少|减|減|上升|下降|下跌|上涨|上漲|升|跌|降|多|少|缩水|縮水|扩大|擴大|收窄)(?:了|出|约|約|近|逾|超|人民[币幣]|港[币幣])*\s*$",
    re.IGNORECASE,
)
"""Directly in front of the size of a change in money or shares."""
_OR = re.compile(r"\s*[,，、]?\s*(?:or|或|即)(?: by)?\s*", re.IGNORECASE)
"""Between a change in percent and the same in money."""
_SURE, _TIMED = 3, 2
"""The mark of a level that a word in front of it has as the older one."""
_FARTHEST = 12
"""How many times another one a level can be of which some words are others than those of comparison."""
_FARTHEST_PLAIN = 200
"""The same where all words compare: even with a slip of the pen."""


class Compared(NamedTuple):
    """Two levels; plain: nothing but words of comparison stands between them."""

    new: int
    old: int
    plain: bool


def compared(page: Page) -> list[Compared]:
    """Every pair of neighbouring amounts of a sentence, or of one and the next that resumes it, of which the words tell the older one.

    A level is of one pair: of its own sentence, of the plainest words, of the nearest figure.
    """
    order = [i for i in range(len(page.claims)) if is_level(page, i)]
    found = [two for first, second in pairwise(order) if (two := _pair(page, first, second)) is not None]
    found.sort(
        key=lambda t: (not page.together(t.new, t.old), not t.plain, not _parted(t), len(page.gap(t.new, t.old)))
    )
    taken: set[int] = set()
    kept = []
    for two in found:
        if two.new not in taken and two.old not in taken:
            kept.append(two)
            taken |= {two.new, two.old}
    return sorted(kept)


def _parted(two: Compared) -> bool:
    """Whether the change stands between two levels: "3.3 billion, 69% more than 1.9 billion, with a profit of ..."."""
    return abs(two.new - two.old) > 1


def _pair(page: Page, first: int, second: int) -> Compared | None:
    """Two neighbours, where they are levels of one thing and of two times."""
    if not _can_compare(page, first, second):
        return None
    gap = UNIT.sub("", between(page, first, second))
    if _RANGE.fullmatch(gap) and _mark(page, first) < _SURE:
        return None
    if STOP.search(gap) and not _resumed(page, first, second):
        return None
    plain = is_plain(STOP.split(gap)[-1])
    low, high = sorted(page.found(i).number for i in (first, second))
    alike = plain or (len(gap) <= _LOOSE_REACH and _alike(page, first, second))
    if not alike or high > low * (_FARTHEST_PLAIN if plain else _FARTHEST):
        return None
    behind = re.split(r"[,，;；]", page.tail(second, 24))[0]
    if are_apart(page.lead(first, 64), between(page, first, second) + behind) or WITHIN.match(behind):
        return None
    old = older(page, first, second, plain=plain)
    return None if old is None else Compared(second if old == first else first, old, plain)


OF_IT = re.compile(r" of (?:it|that|them|which|these|this)\b", re.IGNORECASE)
"""Behind an amount that is a part of the one in front of it."""
_SPANS = (
    re.compile(
        r"全年|(?<![上去前])年度|\b(?:full|whole|entire)[- ]year|\bfor the year|\bannual|\btwelve[- ]months?|\byear to\b",
        re.IGNORECASE,
    ),
    re.compile(r"半年|中期|\bhalf(?:-year)?\b|\bsix[- ]months?|\binterim", re.IGNORECASE),
    re.compile(r"前三季|[九9](?:個|个)月|\bnine[- ]months?", re.IGNORECASE),
    re.compile(r"(?<!前三)季|\bquarter|\bthree[- ]months?", re.IGNORECASE),
    re.compile(r"[0-9一二三四五六七八九十]月份|[单單当當本上]月|\bmonthly", re.IGNORECASE),
)


def are_apart(words: str, others: str) -> bool:
    """Whether words speak of times of different lengths: a half and a quarter."""
    spans = _spans(words), _spans(others)
    return bool(spans[0] and spans[1]) and not spans[0] & spans[1]


def _spans(words: str) -> set[int]:
    """How long the times are that words name: a year, half of it, a quarter."""
    return {number for number, span in enumerate(_SPANS) if span.search(words)}


def _can_compare(page: Page, first: int, second: int) -> bool:
    """Whether two figures are of one unit and nothing but changes stands between them; neither is a step or one of a list."""
    near = page.found(second).sentence - page.found(first).sentence <= 1
    if not near or not _one_unit(page, first, second):
        return False
    if not all(_of_change(page, i) for i in range(first + 1, second)):
        return False
    if OF_IT.match(page.tail(second)) or page.lead(second).rstrip().endswith("其中"):
        return False
    return not any(is_step(page, i) or is_joined(page, i, _LIST) for i in (first, second))


def measures(words: str) -> set[int]:
    """What words speak of: revenue, profits and losses, costs, dividends, means, prices and the like."""
    return {number for number, group in enumerate(_GROUPS) if group.search(words)}


def is_level(page: Page, index: int) -> bool:
    """Whether a figure is an amount of something, not a change, a rate or its neighbour in another currency."""
    found = page.found(index)
    return (
        found.unit in {"currency", "shares", "count"}
        and page.kind(index) not in {"fx.conversion", "fx.rate"}
        and not found.growth
        and found.number > 0
    )


def is_ranged(page: Page, index: int) -> bool:
    """Whether a figure is one end of a range: 6,000万至7,200万元, "150% to 200%"."""
    return is_joined(page, index, _RANGE)


def is_joined(page: Page, index: int, words: re.Pattern[str]) -> bool:
    """Whether only such words join a figure to another one of its unit."""
    for low in (index - 1, index):
        if low < 0 or low + 1 >= len(page.claims) or page.found(low).unit != page.found(low + 1).unit:
            continue
        if words.fullmatch(page.gap(low, low + 1)) and not _AGAINST.search(page.lead(low, 64)):
            return True
    return False


def is_step(page: Page, index: int) -> bool:
    """Whether an amount is by how much another one changed: 较2022年末减少2.3亿元."""
    lead = page.lead(index)
    repeats = index > 0 and page.found(index - 1).unit == "pct" and _OR.fullmatch(lead) is not None
    return repeats or _STEP.search(lead) is not None


def _of_change(page: Page, index: int) -> bool:
    """Whether a figure between two levels does not part them: a change, a day, an amount repeated in another currency."""
    found = page.found(index)
    return (
        found.unit in {"pct", "x", "date", "period"} or found.growth or page.kind(index) in {"fx.conversion", "fx.rate"}
    )


def _one_unit(page: Page, one: int, other: int) -> bool:
    units = {page.found(one).unit, page.found(other).unit}
    alike = len(units) == 1 or units == {"shares", "count"}
    if units == {"count"}:
        nouns = {w for i in (one, other) if (w := _noun(page, i)) and not _WORDS_EN.fullmatch(w)}
        alike = len(nouns) <= 1
    return alike and page.one_currency((one, other)) and all(positive(page.bounds(i)) for i in (one, other))


def _noun(page: Page, index: int) -> str:
    """The word behind a count, in Chinese the character."""
    behind = re.match(r" ?([a-z-]+|[\u3400-\u9fff])", page.tail(index, 24), re.IGNORECASE)
    return behind[1].lower() if behind else ""


def between(page: Page, first: int, second: int) -> str:
    """The words between two figures without the figures among them."""
    parts = [page.gap(i, i + 1) for i in range(first, second)]
    return " ".join(parts)


def is_plain(words: str) -> bool:
    """Whether words only compare: no other subject, no other measure."""
    rest = _WORDS_ZH.sub("", words)
    if re.search("[\u3400-\u9fff]", rest):
        return False
    tokens = (m[0].lower().replace("’", "'") for m in _TOKEN.finditer(rest))
    plain = all(_WORDS_EN.fullmatch(t) or all(map(_WORDS_EN.fullmatch, t.split("-"))) for t in tokens)
    return plain and not STOP.search(words)


def _resumed(page: Page, first: int, second: int) -> bool:
    """Whether what follows only goes on to the other time of the same measure: "In the same period of 2021 it was $3 million."."""
    gap = between(page, first, second)
    last = STOP.split(gap)[-1]
    timed = _PAST.search(last) is not None or _YEAR.search(last) is not None or _BEFORE_THAT.search(last) is not None
    timed = timed or _PAST.match(page.tail(second).lstrip()) is not None
    before = measures(page.lead(first, 90))
    if not re.search("[.!?。！？]", gap) and _mark(page, first) >= _TIMED:
        return is_plain(last) or bool(before & measures(last))
    return timed and (is_plain(last) or bool(before & measures(last)))


def _alike(page: Page, first: int, second: int) -> bool:
    """Whether kinds and words allow two amounts to be of one thing."""
    kinds = {page.kind(first), page.kind(second)} - _WILD
    if len({k.rpartition(".")[2] for k in kinds}) > 1 and not kinds <= {"result.net_profit", "result.net_loss"}:
        return False
    groups = [measures(part) for part in (page.lead(first, 90), between(page, first, second))]
    segments = {s for i in (first, second) if (s := page.claims[i].segment) is not None}
    return (not groups[0] or groups[1] <= groups[0]) and page.same(first, second) and len(segments) <= 1


def older(page: Page, first: int, second: int, *, plain: bool) -> int | None:
    """Which of two neighbours the words have as the older one."""
    marks = _mark(page, first), _mark(page, second)
    years = _year(page, first), _year(page, second)
    if max(marks) < _TIMED and years[0] is not None and years[1] is not None and years[0] != years[1]:
        return first if years[0] < years[1] else second
    if marks[0] > marks[1] and (marks[0] > 0 or (plain and page.claims[first].direction not in {"buy", "sell"})):
        # "compared with B and C": both are older; "sold 2,000, down to 9,000": a trade is no level
        return (
            first
            if marks[1] < 0 or marks[0] < _SURE or re.search(r"[,，;；:：.。]", between(page, first, second))
            else None
        )
    if marks[1] > max(marks[0], 0):
        return second
    return None


def _mark(page: Page, index: int) -> int:
    """How plainly a level is told as what another is compared with; below nothing where it is what the other one came to."""
    lead = page.lead(index, 64)
    if _is_compared(page, index, lead):
        return _SURE
    if _ARRIVED.search(lead):
        return -1
    tail = re.split(r"[,，、)）]", page.tail(index, 40))[0].lstrip()
    clause = re.split(r"[,，、(（](?=.)", lead)[-1]
    if _BRACKET.search(lead) or _PAST.search(clause) or _PAST.match(tail) or _BEFORE.match(tail):
        return _TIMED
    return 1 if _LAST.search(clause) or _LAST.match(tail) else 0


def _is_compared(page: Page, index: int, lead: str) -> bool:
    """Whether the word in front of a level has another one compared with it."""
    against = _AGAINST.search(lead)
    if against is not None and is_plain(against["rest"]) and not re.search(r"\bto\b|[至到]", against["rest"]):
        return True
    if index and page.found(index - 1).unit in {"pct", "x"} and MEASURED.match(lead):
        return True
    return _BEFORE_THAT.search(lead) is not None and is_plain(" ".join(_TOKEN.findall(page.tail(index, 24))[:2]))


def _year(page: Page, index: int) -> int | None:
    """The year that stands with a level: behind "in" after it, else the last in its clause in front."""
    behind = re.match(
        r"\s*(?:\(|（)?(?:in|for) (?:the year )?((?:19|20)[0-9]{2})",
        page.text[page.found(index).end : page.found(index).end + 24],
    )
    if behind:
        return int(behind[1])
    start = page.found(index).start
    clause = re.split(r"[,，;；。]|\.\s", page.text[max(start - 40, 0) : start])[-1]
    years = _YEAR.findall(clause)
    if not years and page.on is not None and re.search(r"\blast year\b|去年(?!同)", clause):
        return page.on.year - 1
    return int(years[-1]) if years else None
