"""Percentages of more than all: a holding above 100%, a fall to below nothing.

What a figure is of is told by the words around it: which part a percentage above 100 plays is the hardest to say, for as a holding
it makes no sense. So counts of shares and other percentages beside it are asked, too.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import STAKES, Page, Relation
from stakeline.checks.relations.wholes import excess
from stakeline.checks.relations.wholes.excess import MORE_THAN_HELD, MORE_THAN_LOST, NOT_OF_ALL
from stakeline.checks.relations.words import shown
from stakeline.model.numbers import Interval

_ALL = 100
_GLUED = 10000
"""Percentages beyond this are columns of a table run together."""
_PARTS = frozenset(
    {
        "stake.before_pct", "stake.after_pct", "stake.pct", "transaction.stake_pct", "transaction.pct_of_holding",
        "segment.share_pct", "threshold.crossed",
    }
)  # fmt: skip
"""Kinds of percentages of a whole: among thousands in real texts that were read so, none is truly above 100."""
_NEXT = 24
_MORE_POSSIBLE = re.compile(
    r"\b(?:by|up|increase of|gain of|premium|float|short|loan|interest rate|rates?|target|plan|cover\w*|subscri\w+|demand|return|profit|turnover|growth|payout|gr[eo]w\w*)\b"
    r"|(?:增[加長长幅]?|升|[涨漲]|扩大|擴大)[了达達逾约約]?(?=\|)|流通|沽空|[淡空]倉|超[额額]|[认認][购購]|溢[价價]|回[报報]|利率|[覆负負]",
    re.IGNORECASE,
)
"""Right beside a percentage: it may be of something else all the same."""


def impossible(page: Page) -> Iterator[Relation]:
    """Percentages above what anything can have: a holding of more than all shares, a fall to below nothing."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "pct" or not _ALL < found.number <= _GLUED or found.word:
            continue
        reason = _reason(page, index) or excess.reason(page, index)
        if reason is not None:
            yield Relation(
                target=index,
                inputs=(),
                fit=Fit.OFF,
                recomputed=Interval(Decimal(0), Decimal(_ALL)),
                working=f"{shown(claim)} > 100%",
                reason=reason,
                basis="hard_fact",
            )


def _reason(page: Page, index: int) -> str | None:
    """Why a percentage cannot be above 100, by what is beside it; None where it can."""
    if _is_whole(page, index):
        return MORE_THAN_HELD
    claim = page.claims[index]
    fall = claim.kind == "price.change_pct" and claim.direction == "down" and way(page, index) is False
    return MORE_THAN_LOST if fall else None


def _is_whole(page: Page, index: int) -> bool:
    """Whether a percentage is one of a whole, of shares or of a company's sales."""
    claim = page.claims[index]
    if claim.found.growth:
        return False
    possible = _MORE_POSSIBLE.search(page.lead(index, _NEXT) + "|" + page.tail(index, _NEXT)) is not None
    if claim.kind in _PARTS or (claim.kind in _MISREAD and _is_a_fraction(page, index)):
        return not possible
    around = page.lead(index, 64) + " " + page.tail(index, 32)
    if _OF_CAPITAL_HAN.search(page.lead(index)):
        return True
    if NOT_OF_ALL.search(around):
        return False
    return _is_said_of_all(page, index) or _is_of_count(page, index) or _is_beside_level(page, index)


def _is_a_fraction(page: Page, index: int) -> bool:
    """Whether a hundredth of a percentage, or a tenth, is what two counts of shares or two other percentages give."""
    own = page.found(index).bounds()
    counts = page.near(index, lambda i: page.found(i).unit == "shares" and page.found(i).number >= _FEWEST, _REACH)
    levels = page.near(index, lambda i: page.is_percent(i) and 0 < page.found(i).number <= _ALL)
    results = [page.bounds(n) / page.bounds(m) * _HUNDRED for n in counts for m in counts if n != m]
    for one, other in combinations(levels, 2):
        a, b = page.found(one).number, page.found(other).number
        results += [Interval.exact(a + b), Interval.exact(abs(a - b))]
    hundredths = [own / Interval.exact(power) for power in (100, 10)]
    told_of = [r for r in results if 0 < r.high <= r.low * _NARROW and r.high < _ALL]
    return any(h.meet(r) is not None for h in hundredths for r in told_of)


_MISREAD = frozenset({"other.pct", "price.change_pct", "stake.change_pct"})
"""What a percentage of shares is taken for where it is above 100."""
_REACH, _NARROW = 2, Decimal("1.01")
_HUNDRED = Interval.exact(100)


def _is_said_of_all(page: Page, index: int) -> bool:
    """Whether the words on both sides of a percentage have it held, or be of all shares."""
    lead, tail = page.lead(index), page.tail(index)
    if (_KEPT.search(lead) or _HELD_HAN.search(lead)) and _ENDED.match(tail):
        return True
    headed = index == 0 and not lead.strip()
    held = _HELD.search(lead) is not None or headed or _OR.fullmatch(page.gap(index - 1, index)) is not None
    return held and _OF_COMPANY.match(tail) is not None


def _is_of_count(page: Page, index: int) -> bool:
    """Whether a count of shares stands beside a percentage as what it is: "13 million shares, or 129%", 12億股(462.3%)."""
    count = index - 1
    if count < 0 or not page.together(count, index) or page.found(count).unit not in {"shares", "count"}:
        return False
    if page.found(count).number < _FEWEST or _GROWN.search(page.lead(count)) or _OF.search(page.lead(count)):
        return False
    tail = page.tail(index)
    joined = _OR.fullmatch(page.gap(count, index)) is not None
    return joined and (_ENDED.match(tail) is not None or _OF_COMPANY.match(tail) is not None)


_FEWEST = 10000
_OF = re.compile(r"[占佔][^0-9，,。；]{0,24}$|\bof (?:the |its |a |up to )*$", re.IGNORECASE)
"""In front of a count: something is a percentage of it."""


def _is_beside_level(page: Page, index: int) -> bool:
    """Whether a percentage is a power of ten away from a holding that it came from, or led to, or of the sum of two."""
    near = [i for i in (index - 2, index - 1, index + 1) if 0 <= i < len(page.claims) and page.together(i, index)]
    near = [i for i in near if page.found(i).unit == "pct" and 0 < page.found(i).number <= _ALL]
    own, stakes = (page.found(index).number, {i for i in (*near, index) if page.kind(i) in STAKES})
    for other in near:
        first = min(index, other)
        alike = any(_LOW < own.scaleb(-power) / page.found(other).number < _HIGH for power in (1, 2))
        led = abs(index - other) == 1 and _LED.fullmatch(page.gap(index, other)) is not None
        if (
            alike
            and ((led and (_is_held(page, first) or stakes)) or {other, index} <= stakes)
            and _is_sober(page, first)
        ):
            return True
    if near[:2] == [index - 2, index - 1] and stakes and _is_sober(page, index - 2):
        sum_ = page.found(index - 2).number + page.found(index - 1).number
        return any(own.scaleb(-power) == sum_ for power in (1, 2))
    return False


def _is_sober(page: Page, index: int) -> bool:
    """Whether no words in front of two percentages have them be of something that can be more than all."""
    words = page.around(index, _BACK, 0)
    return NOT_OF_ALL.search(words) is None and _RATIO.search(words) is None


_RATIO = re.compile(
    r"派息|股息|比率|[负負][债債]|[费費成]本|毛利|[换換]手|收入|增速|充足|覆[盖蓋]|\b(?:payout|dividends?|ratio|gearing|leverage|debt|margin|growth|rates?|exposure|revenue|sales|yield|turnover)\b",
    re.IGNORECASE,
)
"""In front of two percentages: of what can be more than all."""


def _is_held(page: Page, index: int) -> bool:
    """Whether the words in front of two percentages have them be of shares."""
    words = page.around(index, _BACK, 0)
    return _SHARES.search(words) is not None


_LOW, _HIGH = Decimal("0.5"), Decimal(2)
"""How far from each other two holdings are, one after the other, but for the wrong power of ten."""
_BACK = 120
_LED = re.compile(
    r"\s*(?:,? ?(?:to|from|against|instead of|as against|up from|down from|became|becomes|and had|until lately,|instead of|,)(?: about| some| nearly| just)? ?|[-–—~→]+"
    r"|[^0-9,，。；;]{0,4}(?:[至到]|[为為]|[变變]成|[减減增降升]))\s*(?:[约約近逾超])?\s*",
    re.IGNORECASE,
)
"""All that stands between two holdings of which one became the other."""
_OR = re.compile(
    r"(?: (?:[AHB][- ])?(?:(?:ordinary|common|new|Class [AB]) )?(?:shares|stock|units))?"
    r"(?:,? ?(?:or|i\.e\.|representing|equal to|equivalent to|equivalent of|which is|that is|making|being),? ?| ?[(（,，]| ?[,，]? ?(?:an?|the) ?$|[,，;；]? that is )"
    r"(?: ?(?:or )?(?:an?|about|some|around|roughly|nearly|approximately|almost|up to)){0,2} ?"
    r"|[^0-9,，。；;、]{0,4}(?:[,，、(（] ?|(?=[占佔即或]))(?:(?:[占佔即或合共约約]|相当于|相當於|比例|持股|[总總]股本|已[发發]行|公司|股[份本]|全部|的|[为為]|[(（]){0,6}) ?",
    re.IGNORECASE,
)
"""All that stands between a count of shares and the percentage that it is."""
_GROWN = re.compile(
    r"\b(?:by|increas\w*|rais\w*|add\w*|grow\w*|grew|rise|rose|more|up|jump\w*|gain\w*|averag\w*|volume|demand|bids?|orders?)\b[^.;]{0,24}$"
    r"|(?:[增升多](?![加升]?[至到达達])|[认認申])[^0-9。；;]{0,10}$|成交[^0-9。；;]{0,10}$",
    re.IGNORECASE,
)
"""In front of a count: it is how much something grew, or was asked for."""
_ENDED = re.compile(r"\s*(?:$|[)）.,，。;；])")
_OF_COMPANY = re.compile(
    r" (?:stake|interest|holding|shareholding)\b"
    r"| of (?:the |its |all |all the |their )?(?:(?:total |issued |outstanding |voting |share |registered |enlarged |ordinary )*(?:capital|shares|stock|company|group|bank|votes)\b|(?!(?:Q[1-4]|H[12]|FY|January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z])"
    r"| of (?:those|them) (?:in issue|outstanding|in the company)"
)
"""Behind a percentage that is of a company."""
_HELD = re.compile(
    r"\b(?:holds?|held|holding|speaks? for|has|had|have|owns?|owned|owning|keeps?|kept|left with|controls?|secures?|acquir\w+|bought|buys?|sells?|sold|placed|wants|an?|the|some|about|around|,)(?: (?:still|now|about|some|around|up to|nearly|the|an?|almost|over|only|just))*(?: the)? ?$",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:keeps?|kept|left with|down to|remains? at|still (?:has|holds|owns)|would hold|will hold)(?: about| some)? $",
    re.IGNORECASE,
)
_HELD_HAN = re.compile(r"(?:[仍尚现現]|[还還]|直接|[间間]接)?持[有股](?:公司|比例)*[为為]?[约約]?$")
"""In front of what is held."""
_OF_CAPITAL_HAN = re.compile(
    r"[占佔](?:公司|本公司|其|全部)?(?:[总總]股[本数數]|(?:已|經|经)?[发發]行(?:股份|股本)?|股份[总總][数數]|(?:[扩擴]大[后後])?股[本份])(?:[总總][数數额額])?(?:[(（][^()（）]{0,12}[)）])?的?(?:比例)?[为為]?[约約]?$"
)
"""In front of a percentage that is of all shares."""
_SHARES = re.compile(
    r"stake|hold(?:s|ing|ings)?\b|held\b|\bown(?:s|ed|ership)?\b|interest|shareholding|issued (?:share )?capital|of the company"
    r"|持股|持有|股权|股權|权益|權益|[占佔]比|比例|[好淡]仓|好倉|总股本|總股本|已发行|已發行|全部股份",
    re.IGNORECASE,
)
