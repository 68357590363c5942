"""Which line of results a claim is of, and of which period: by the words of its clause, its kind, its neighbours."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from stakeline.model.claims import Claim
from stakeline.results.statements import latest

CHANGES = frozenset({"result.change_pct", "cost.change_pct"})
_OF_KIND = {
    "result.revenue": "revenue",
    "result.net_profit": "profit",
    "result.net_loss": "profit",
    "result.gross_profit": "gross_profit",
}

_WORDS = (
    ("adjusted_ebitda", r"adjusted\s+ebitda|经调整\s*ebitda|經調整\s*ebitda"),
    ("adjusted_profit", r"adjusted(?:\s+net)?\s+(?:loss|profit)|^adjusted$|non-ifrs|经调整|經調整"),
    ("profit_attributable", r"attributable|归母|歸母|应占|應佔|归属|歸屬"),
    ("gross_profit", r"gross profit|毛利(?!率)"),
    ("impairment", r"impairment(?:\s+(?:loss(?:es)?|charges?|provisions?))?|减值(?:损失|亏损)?|減值(?:虧損|損失)?"),
    (
        "research_and_development",
        r"r\s?&\s?d\b|research(?: and development)?(?= (?:costs?|expenses?|expenditures?|spending|investment))|research and development|研发|研發",
    ),
    ("cost_of_sales", r"cost of (?:sales|revenue|goods)|营业成本|營業成本|销售成本|銷售成本"),
    ("administrative", r"administrative|\badmin\b|管理费|管理費|行政"),
    ("selling", r"selling|marketing|(?:sales|distribution) (?:costs?|expenses?)|销售费|銷售費|营销费|營銷費|推广|推廣"),
    ("revenue", r"revenue|sales|turnover|income|营收|營收|收入|营业额|營業額"),
    ("profit", r"loss(?:es)?\b|profit|earnings|亏损|虧損|净利|淨利|溢利|利润|利潤"),
)
"""What a line of results is called in articles, the narrower first."""
_PATTERNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _WORDS)
_ELSE = re.compile(r"margin|operating|one-offs")
"""Measures that no line of ours is."""
_COSTS = ("selling", "administrative", "research_and_development", "impairment", "cost_of_sales")
_COST_WORDS = re.compile(r"costs?\b|expenses?\b|spending|expenditure|成本|费用|費用|开支|開支|支出", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:other|all|every)\b|其他|其它|各项|各項", re.IGNORECASE)
_STOP = re.compile(r"[.!?;](?=\s)|[。；！？\n]")
_APART = re.compile(
    r"\b(?:of|from|in|at|for)\b(?! (?:the )?(?:first|second|third|fourth|year|half|quarter|period|same|19|20|a year))|来自|來自|其中",
    re.IGNORECASE,
)
"""Behind the word for a line: whose part of it is meant."""
_LAST_WORD = re.compile(r"\b(?:from|to|at|of|by)\s*$")
_MOVES = re.compile(
    r"[\s,，;；)）(（]*(?:(?:down|up|a|an|the|decline|decrease|fall|drop|rise|increase|gain|jump|growth|lower|higher|of|by|or|"
    r"representing|year[- ]on[- ]year|which|was|is|falling|rising|dropping|surging|widening|narrowing|about|some|nearly|over)\s*)*"
    r"(?:同比|按年|较上年|較上年|大幅|下降|下跌|减少|減少|增长|增長|增加|上升|上涨|扩大|擴大|收窄|跌|升|增|减|減|约|約|近|逾|超|了)*\s*"
)
"""What may stand between an amount and its change."""
_COMES_TO = re.compile(
    r"\s*(?:(?:year[- ]on[- ]year|from a year earlier)\s*)?(?:to|[,，]?\s*[至到达達为為])\s*(?:about |some |nearly |[约約近])?",
    re.IGNORECASE,
)
"""Between a change and the amount that it led to."""
_PART = re.compile(
    r"\b(?:former|latter|segments?|divisions?|units?|subsidiar\w+|respectively|analysts?|expected|forecast|guidance|constant)\b|前者|后者|後者|分部|板块|板塊|业务|業務|预计|預計|预期|預期",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:(?:^|[\s,，、:：(（\"“])(?:its|the|their|total|net|company|group|company's|group's|overall|annual|half-year|half-yearly|full-year|"
    r"quarterly|interim|adjusted|reported|posted|said|says|(?:fiscal |FY)?(?:19|20)[0-9]{2}|and|while|but|with|that|a|on|as|whose)|'s|’s|^|[\s][A-Z]\w*'s?|[,，、:：]|公司|集团|集團|的|其|总|總|净|淨|年|期|度|实现|實現|录得|錄得|而|及|和|因)\s*$",
    re.IGNORECASE,
)
"""In front of it: nothing that narrows it down."""
_SEGMENTED = re.compile(r"\brespectively\b|分别|分別", re.IGNORECASE)
_LOOK = 160
_NEAR = 400
"""Characters around a figure in which a figure is looked for that it may be a change of."""


def latest_told(claims: Sequence[Claim]) -> str | None:
    """The latest period of results that an article speaks of."""
    told = {c.found.period for c in claims if c.found.unit == "period"}
    told |= {c.period_or_date for c in claims if c.kind.startswith(("result.", "cost.", "segment."))}
    return latest((p for p in told if p), date.max)


def spoken_of(words: str) -> Iterable[str]:
    """The lines that words speak of: "administrative expenses" one, "sales and other costs" every one.

    "Costs" alone are their sum, of which no line says how it moved.
    """
    named = [name for name, pattern in _PATTERNS if name in _COSTS and pattern.search(words)]
    if _COST_WORDS.search(words) is None:
        return named
    return _COSTS if _OTHER.search(words) else named


def measure_of(claim: Claim, claims: Sequence[Claim], text: str) -> tuple[str | None, bool]:
    """The line of results that a claim is of, and whether the article plainly says so.

    By its measure or kind, else by the words in front of it in its clause; a change or an earlier value without a word of its
    own may be of the nearest amount, but that is not plain.
    """
    if claim.measure and _ELSE.search(claim.measure):
        return None, False
    if claim.kind in _OF_KIND:
        adjusted = claim.measure is not None and claim.measure.startswith("adjusted")
        name = "adjusted_profit" if adjusted else _OF_KIND[claim.kind]
        return name, _spoken(claim, claims, text, name)[1]
    said, plain = _spoken(claim, claims, text, None)
    if claim.measure and (named := _named(claim.measure)) and not (said or "").startswith(f"{named}_"):
        return named, plain and said in {named, "profit"}
    if said is not None:
        return said, plain
    if claim.kind == "result.prior_value":
        return _continued(claim, claims, text)
    return _nearest(claim, claims, text), False


def _nearest(claim: Claim, claims: Sequence[Claim], text: str) -> str | None:
    """The line of the nearest amount of the same company."""
    far = {
        n: abs(c.found.start - claim.found.start)
        for n, c in enumerate(claims)
        if c.kind in _OF_KIND and c.issuer == claim.issuer
    }
    nearest = min(far, key=lambda n: far[n], default=None)
    if nearest is None or far[nearest] > _NEAR or claim.kind.startswith("cost."):
        return None
    return measure_of(claims[nearest], (), text)[0]


def _continued(claim: Claim, claims: Sequence[Claim], text: str) -> tuple[str | None, bool]:
    """The line of an earlier value that has no word of its own: that of the amount right before it, of the same company."""
    before = [c for c in claims if c.found.start < claim.found.start and c.found.unit in {"currency", "pct"}]
    last = before[-1] if before else None
    if last is None or last.kind not in _OF_KIND or last.issuer != claim.issuer:
        return None, False
    near = claim.found.start - last.found.end < _LOOK and claim.found.currency == last.found.currency
    return measure_of(last, claims, text)[0], near


def _spoken(claim: Claim, claims: Sequence[Claim], text: str, wanted: str | None) -> tuple[str | None, bool]:
    """The line that the words in front of a figure name last, and whether they name it as the whole company's.

    Plain is "revenue fell 14.3%" and "its net loss was 2 billion", and not "revenue of the latter", "cloud revenue", or a name
    behind another figure. wanted: the line looked for; without it the last one named.
    """
    start = claim.found.start
    before = _STOP.split(text[max(start - _LOOK, 0) : start])[-1]
    named = [place for place in _lines_in(before) if wanted in {None, place[2]}]
    if not named:
        return None, False
    begin, end, name = max(named)
    lead, behind = before[:begin], _LAST_WORD.sub("", before[end:])
    ended = start - len(before) + end
    between = [c for c in claims if ended <= c.found.start < start and c.found.unit != "period"]
    parted = bool(between) and not _goes_on(claim, between, text)
    if behind.startswith(" of ") and any(c.found.start == ended + len(" of ") for c in claims):
        behind = behind.removeprefix(" of")  # "revenue of HK$2 billion, up"
    if between and not parted and claim.kind not in CHANGES:
        behind = ""
    if claim.issuer and behind.startswith(f" of {claim.issuer}"):
        behind = behind.removeprefix(f" of {claim.issuer}")
    whole = not lead.strip() or _WHOLE.search(lead) is not None
    narrowed = _APART.search(behind) or _PART.search(before) or _SEGMENTED.search(text[start : start + _LOOK // 2])
    return name, whole and not parted and narrowed is None


def _goes_on(claim: Claim, between: Sequence[Claim], text: str) -> bool:
    """Whether a figure says more of the line whose name stands in front of other figures: its change, or the amount it led to."""
    words = text[max(c.found.end for c in between) : claim.found.start]
    if claim.kind in CHANGES:
        return _MOVES.fullmatch(words) is not None
    # "revenue rose 20% to"
    return len(between) == 1 and between[0].kind in CHANGES and _COMES_TO.fullmatch(words) is not None


def _lines_in(words: str) -> list[tuple[int, int, str]]:
    """The lines that words name and where, the narrower first: what lies inside one found is part of it."""
    found: list[tuple[int, int, str]] = []
    for name, pattern in _PATTERNS:
        for m in pattern.finditer(words):
            if not any(a <= m.start() and m.end() <= b for a, b, _ in found):
                found.append((m.start(), m.end(), name))
    return found


def _named(words: str) -> str | None:
    return next((name for name, pattern in _PATTERNS if pattern.search(words)), None)


def period_of(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The period that a claim is of: its own, the one after its base, else that of the nearest result of the same company."""
    if claim.period_or_date:
        return claim.period_or_date.removeprefix("FY") if claim.period_or_date[:2].isdigit() else None
    if claim.comparison_base and claim.comparison_base[:4].isdigit():
        return f"{int(claim.comparison_base[:4]) + 1}{claim.comparison_base[4:]}"
    before = [
        c
        for c in claims
        if c.period_or_date and c.issuer == claim.issuer and c.kind.startswith(("result.", "cost.", "segment."))
        and c.kind != "result.prior_value" and c.found.start < claim.found.start
    ]  # fmt: skip
    return before[-1].period_or_date if before else None
