"""Which two amounts a stated change is of: its neighbours, of one clause, the older one marked as such, or told by their years."""

import re

from stakeline.checks.relations_page import Page

_DEALS, _REPORTED = ("transaction.", "buyback.", "stake.", "deal."), ("result.", "segment.", "cost.")
_BESIDE = frozenset({"fx.conversion", "fx.rate"})
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
_FARTHEST = 400
"""How much text may lie around two amounts that a verb is followed by."""
TURN = re.compile(
    r"turn(?:ed|ing|s)? (?:a |to |into |from |around)|swung|swing|back (?:in)?to (?:profit|the black)|profit (?:from|against|compared with) a (?:net )?loss|loss (?:from|against|compared with) a (?:net )?profit|扭亏|扭虧|转亏|轉虧|转盈|轉盈|由盈|由亏|由虧",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;；]|[.!?](?=\s)|[。！？]|\bwhile\b|\bwhereas\b|\bas (?:it|the)\b")


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
    if page.kind(index) in {"result.prior_value", "price.offer_or_cost"}:
        return True
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


def pair(page: Page, index: int) -> tuple[int, int] | None:
    """The two amounts that a change must be of: its neighbours, of one clause and currency, the older one marked as such.

    Rates, brackets and days between them do not count as neighbours. None where another figure competes, or where the
    words speak of another base (constant currency, an average per year).
    """
    order = sorted(
        [index, *page.near(index, lambda i: page.found(i).value is not None and page.kind(i) not in _BESIDE, 0)]
    )
    at = order.index(index)
    if 0 < at < len(order) - 1 and _plainly(page, order[at - 1], index, order[at + 1]):
        return order[at - 1], order[at + 1]
    if at > 1 and _compared(page, order[at - 2], order[at - 1], index):
        return order[at - 2], order[at - 1]
    if 0 < at < len(order) - 1 and _leading(page, order[at - 1], index, order[at + 1]):
        return order[at + 1], order[at - 1]
    windows = [order[max(at - 2, 0) : at + 1], order[max(at - 1, 0) : at + 2], order[at : at + 3]]
    found: list[tuple[int, int]] = []
    for window in windows:
        others = [i for i in window if i != index]
        if len(others) != 2 or not all(level(page, i, index) for i in others) or not _joined(page, window):
            continue
        priors = [i for i in others if is_prior(page, i)]
        if len(priors) == 1:
            old = priors[0]
            found.append((next(i for i in others if i != old), old))
    return found[0] if len(set(found)) == 1 else None


_EARLIER = re.compile(
    r"(?:a year (?:earlier|ago|before)|the year before|(?:上年|去年)(?:同期)?|前一年)[^0-9.;。；]{0,32}$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[HQ][1-4])?")


def by_year(page: Page, index: int) -> tuple[int, int] | None:
    """The two amounts told in front of a change, the newer first, where their years say which is which.

    They need not be of its clause, so that only a usual slip may be seen in them: a ratio for growth, the wrong direction.
    """
    order = [i for i in page.near(index, lambda i: page.found(i).value is not None, 2) if i < index]
    order = sorted(order)[-2:]
    if len(order) != 2 or not all(level(page, i, index) for i in order) or not page.one_currency(order):
        return None
    if not page.same(*order) or not alike(page, index, *order):
        return None
    early = [i for i in order if _EARLIER.search(page.lead(i))]
    years = [page.claims[i].period_or_date or "" for i in order]
    if len(early) == 1:
        return next(i for i in order if i != early[0]), early[0]
    dated = all(_YEAR.fullmatch(y) for y in years) and years[0][4:] == years[1][4:]
    if not dated or abs(int(years[0][:4]) - int(years[1][:4])) != 1:
        return None
    return (order[0], order[1]) if years[0] > years[1] else (order[1], order[0])


_FROM = re.compile(
    r"\s*(?:from|compared (?:with|to)|against|on)\s*"
    r"(?:(?:[a-z]+day's|the (?:previous|prior) (?:day|session|close)(?:'s)?|its (?:previous|last|prior) close|yesterday's|a)\s*"
    r"(?:clos(?:e|ing price)(?: of)?\s*|of\s*)?)?",
    re.IGNORECASE,
)


_RESUMED = re.compile(
    r"[;；] ?(?=in the (?:corresponding|same|year-earlier|year-ago|previous)|(?:compared|against)|(?:去年|上年)(?:同期)?)",
    re.IGNORECASE,
)
"""The end of a clause that the amount compared with follows."""
_LED = re.compile(
    r"(?:同比|按年)?(?:大幅)?(?:增长|增長|增加|上升|提升|下降|减少|減少|下跌|下滑|下挫)(?:了|约|約)*| (?:rose|grew|increased|fell|declined|dropped|decreased|climbed|jumped)(?: by)?(?: about| some| nearly)? ",
    re.IGNORECASE,
)
_LED_TO = re.compile(r"[,，]?(?:至|到)(?:约|約)?(?:人民[币幣]|港[币幣])?|,? to ", re.IGNORECASE)


_BEFORE_ZH = re.compile(r"[,，](?:较|較|比)(?:前|上)一?(?:个|個)?(?:交易)?日(?:收[市盘盤]价?價?)?的?")
_MOVED_ZH = re.compile(r"(?:下跌|上涨|上漲|上升|跌|升|漲|涨)(?:了|约|約)?")


def _compared(page: Page, new: int, old: int, index: int) -> bool:
    """Whether a price is told beside that of the day before and the move: 17.1元,較前一交易日的18元下跌5%."""
    told_so = _BEFORE_ZH.fullmatch(page.gap(new, old)) and _MOVED_ZH.fullmatch(page.gap(old, index))
    return told_so is not None and level(page, new, index) and level(page, old, index) and page.one_currency((new, old))


def _leading(page: Page, old: int, index: int, new: int) -> bool:
    """Whether a change leads from the amount in front of it to the one behind: 從21億元增長38.1%,至29億元."""
    levels = level(page, new, index) and level(page, old, index)
    return (
        levels
        and _LED.fullmatch(page.gap(old, index)) is not None
        and _LED_TO.fullmatch(page.gap(index, new)) is not None
        and _joined(page, [old, index, new])
    )


def _plainly(page: Page, new: int, index: int, old: int) -> bool:
    """Whether a change stands between its two amounts: "$86 million, down 15.3% from $103 million"."""
    levels = level(page, new, index) and level(page, old, index)
    return (
        levels
        and _FROM.fullmatch(page.gap(index, old)) is not None
        and len(page.gap(new, index)) <= CLOSE
        and not is_prior(page, new)
        and _joined(page, [new, index, old])
    )


def pair_after(page: Page, first: int, *, loss: bool) -> tuple[int, int] | None:
    """The newer and the older amount that follow a verb: the first two of its sentence, one of them marked as the older."""
    order = sorted(
        i for i in [first, *page.near(first, lambda i: i > first, 0)] if page.is_amount(i) and not page.is_price(i)
    )[:2]
    if len(order) != 2 or sum(page.is_percent(i) for i in range(first, order[1])) > 1 or not _joined(page, order):
        return None
    priors = [i for i in order if is_prior(page, i)]
    if len(priors) != 1:
        return None
    old = priors[0]
    new = next(i for i in order if i != old)
    text = page.text[max(page.found(first).start - 60, 0) : page.found(order[1]).end]
    if len(text) > _FARTHEST or TURN.search(text) or page.bounds(new).meet(page.bounds(old)) is not None:
        return None
    other = re.compile(r"profit|盈利|利润|利潤|溢利", re.IGNORECASE) if loss else LOSS
    if other.search(page.lead(old)) or other.search(page.lead(new, 24)):
        return None
    return new, old


def _joined(page: Page, window: list[int]) -> bool:
    """Whether figures are in one clause, of one party, segment and currency."""
    text = _RESUMED.sub(", ", page.text[page.found(window[0]).end : page.found(window[-1]).start])
    amounts = [i for i in window if page.found(i).unit == "currency"]
    segments = {s for i in window if (s := page.claims[i].segment) is not None}
    kinds = {page.kind(i) for i in amounts if not _PRIOR_LEAD.search(page.lead(i))}
    same_kind = {"price.close" if k == "price.last" else k for k in kinds} - {
        "result.prior_value",
        "other.amount",
        "result.other",
    }
    return (
        not _BREAK.search(text)
        and page.one_currency(amounts)
        and page.same(*window)
        and len(segments) <= 1
        and len(same_kind) <= 1
    )
