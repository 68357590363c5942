"""Two figures that a change leads from and to: which is the older one, and whether it is a loss."""

import re

from stakeline.checks.relations.page import Page

_DEALS, _REPORTED = ("transaction.", "buyback.", "stake.", "deal."), ("result.", "segment.", "cost.")
_NOT_LEVELS = frozenset({"fx.conversion", "dividend.per_share", "fx.rate"})
_PRIOR_LEAD = re.compile(
    r"(?:\bfrom|\bagainst|compared (?:with|to)|\bversus|\bvs\.?|\bthan|上年(?:同期|度)?(?:的|则|則)?(?:为|為|亏损|虧損|净亏损|淨虧損|盈利|收入)?|去年(?:同期|同季)?(?:的|则|則)?(?:为|為|亏损|虧損|净亏损|淨虧損|盈利|收入)?"
    r"|\bin the (?:corresponding|same|year-earlier|year-ago|prior-year|previous) (?:period|half|quarter|year)(?: of (?:19|20)[0-9]{2})?,? (?:it|that|they|this) (?:had been|was|were|stood at)"
    r"|前一(?:个|個)?(?:交易)?日收(?:报|報|市|盘|盤)(?:价|價)?(?:为|為)?"
    r"|前一年(?:同期)?(?:的|为|為)?|(?:19|20)[0-9]{2}年(?:同期)?的|\b由|(?<!自)从|從|较(?:上年|去年)(?:同期)?的?|較(?:上年|去年)(?:同期)?的?)"
    r"\s*(?:(?:a )?(?:net |operating |adjusted )?(?:loss|profit) of )?(?:about|around|some|nearly|just|only|over|约|約|近)?\s*$",
    re.IGNORECASE,
)
_PRIOR_TAIL = re.compile(
    r"[ ,]*(?:a year (?:earlier|ago|before)|the year before|the previous year|last year|in the (?:same|year-ago|year-earlier|prior|previous)|in the quarter before|three months earlier|previously)\b"
    r"|^\s*(?:in|for) (?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(
    r"[(（](?:[HQ][1-4] ?|FY ?)?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?:年)?\s*[:：]\s*(?:a )?(?:net )?(?:loss|profit)?(?: of)?\s*$",
    re.IGNORECASE,
)
"""In front of the amount of an earlier year in a bracket: (2017: £35.1m)."""
_YEAR_REACH = 32
LOSS = re.compile(r"loss|亏损|虧損|净亏|淨虧", re.IGNORECASE)


def level(page: Page, index: int, like: int) -> bool:
    """Whether an amount can be one side of a change."""
    if not page.is_amount(index) or page.kind(index) in _NOT_LEVELS or page.found(index).number <= 0:
        return False
    if page.kind(index).startswith(_DEALS) and page.kind(like).startswith(_REPORTED):
        return False
    prices = page.kind(index).startswith("price.") or page.is_price(index)
    return prices == (page.kind(like) == "price.change_pct")


CLOSE = 25
"""Characters between a change and an amount that is said with it: "rose 2.9% to HK$4.20"."""


def alike(page: Page, index: int, new: int, old: int) -> bool:
    """Whether two amounts can be of one thing, and that the thing that changed."""
    segments = {s for i in (index, new, old) if (s := page.claims[i].segment) is not None}
    kinds = {page.kind(i) for i in (new, old)} - {"result.prior_value", "other.amount", "result.other"}
    return len(segments) <= 1 and (len(kinds) <= 1 or page.kind(index) == "price.change_pct")


def is_prior(page: Page, index: int) -> bool:
    """Whether an amount is the one compared with."""
    return page.kind(index) in {"result.prior_value", "price.offer_or_cost"} or is_told_prior(page, index)


def is_told_prior(page: Page, index: int) -> bool:
    """Whether the words have an amount as the one compared with, whatever its kind was taken for."""
    start = page.found(index).start
    if _OF_YEAR.search(page.text[max(start - _YEAR_REACH, 0) : start]):
        return True
    return _PRIOR_LEAD.search(page.lead(index)) is not None or _PRIOR_TAIL.match(page.tail(index)) is not None


def loses(page: Page, index: int) -> bool:
    """Whether an amount is a loss."""
    claim = page.claims[index]
    return (
        claim.kind == "result.net_loss" or "loss" in (claim.measure or "") or LOSS.search(page.lead(index)) is not None
    )


_VAGUE = r"(?:about|around|some|nearly|almost|roughly|approximately|an?|over|约|約|近|逾|超过|超過|了|到|至)"
FROM = re.compile(
    rf"(?:\bfrom|由|从|從|自|原先的?|原来的?|此前的?)\s*(?:(?:[a-z]+ ){{0,2}}{_VAGUE}\s*)?$", re.IGNORECASE
)
TO = re.compile(
    rf"(?:\bto|[降增升减減跌]至|[降增升减減跌]到|下降到|上升到|增加到|减少到|減少至|變為|变为|至|到|为|為)\s*(?:(?:just|only|the current) )?(?:{_VAGUE}\s*)?$",
    re.IGNORECASE,
)


def from_to(page: Page, one: int, other: int) -> bool:
    """Whether two neighbouring figures are told as before and after: "from 18.9 billion to 18.7 billion"."""
    return page.together(one, other) and is_from(page, one) and TO.search(page.lead(other)) is not None


def is_from(page: Page, index: int) -> bool:
    """Whether a level is the older one by the words in front of it, with or without its day: 由3月10日的5.03%."""
    if FROM.search(page.lead(index)):
        return True
    dated = (
        index > 0 and page.found(index - 1).unit == "date" and page.gap(index - 1, index).strip() in {"的", ",", "，"}
    )
    return dated and FROM.search(page.lead(index - 1)) is not None
