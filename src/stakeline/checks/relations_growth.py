"""Changes against two amounts: growth, losses that narrow or widen, ratios given as growth, prices."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations_fit import Fit, fit, magnitude, slip
from stakeline.checks.relations_page import Page, Relation, positive
from stakeline.checks.relations_page import magnitude as unsigned
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
CHANGES = frozenset(
    {
        "result.change_pct",
        "segment.change_pct",
        "cost.change_pct",
        "price.change_pct",
        "market_value.change",
        "other.pct",
    }
)
_MISREAD = frozenset(
    {"stake.change_pct", "stake.change_pp", "result.margin_pct", "other.ratio", "result.other", "segment.share_pct"}
)
"""Kinds that a change is sometimes taken for."""
_DEALS, _REPORTED = ("transaction.", "buyback.", "stake.", "deal."), ("result.", "segment.", "cost.")
_BESIDE = frozenset({"fx.conversion", "fx.rate"})
_NOT_LEVELS = frozenset({"fx.conversion", "dividend.per_share", "fx.rate"})
_PRIOR_LEAD = re.compile(
    r"(?:\bfrom|\bagainst|compared (?:with|to)|\bversus|\bvs\.?|\bthan|上年(?:同期|度)?(?:的|则|則)?(?:为|為|亏损|虧損|净亏损|淨虧損|盈利|收入)?|去年(?:同期|同季)?(?:的|则|則)?(?:为|為|亏损|虧損|净亏损|淨虧損|盈利|收入)?"
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
_TO = re.compile(
    r"(?:\bto|[至到]|为|為|达|達)\s*(?:(?:a (?:net |record )?(?:loss|profit) of )|(?:about|around|some|nearly|just|only|over|约|約|近))?\s*$",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:up|rose|risen|rise|rising|grew|growth|grown|grow|gain(?:ed)?|climb(?:ed)?|jump(?:ed)?|surg(?:ed|e)|increas\w+|add(?:ed)?|soar(?:ed)?|advanc\w+|higher|widen\w*|expand\w*|swell\w*|swelled|edged up)\b"
    r"|增长|增長|增加|上升|上漲|上涨|扩大|擴大|提升|提高|飙升|飆升|大增|急增|升",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|fell|fall(?:en)?|falling|drop\w*|declin\w+|decreas\w+|slid|slump\w*|plung\w+|shrank|shr[iu]nk|narrow\w*|lower|los[te]|shed|contract\w*|reduc\w+|tumbl\w+|slipp?\w*|dipp?\w*|cut)\b"
    r"|下降|减少|減少|下跌|下滑|收窄|收窄|缩小|縮小|减亏|減虧|降低|大跌|跌|降",
    re.IGNORECASE,
)
_CLEAR_UP = re.compile(r"widen|deepen|swell|扩大|擴大|加剧", re.IGNORECASE)
_CLEAR_DOWN = re.compile(r"narrow|shrank|shr[iu]nk|收窄|缩小|縮小|减亏|減虧", re.IGNORECASE)
_LOSS = re.compile(r"loss|亏损|虧損|净亏|淨虧", re.IGNORECASE)
_FARTHEST = 400
"""How much text may lie around two amounts that a verb is followed by."""
_TURN = re.compile(
    r"turn(?:ed|ing|s)? (?:a |to |into |from |around)|swung|swing|back (?:in)?to (?:profit|the black)|profit (?:from|against|compared with) a (?:net )?loss|loss (?:from|against|compared with) a (?:net )?profit|扭亏|扭虧|转亏|轉虧|转盈|轉盈|由盈|由亏|由虧",
    re.IGNORECASE,
)
_OTHER_BASE = re.compile(
    r"constant currenc|like-for-like|organic|comparable|annuali[sz]ed|per year|a year on average|compound|CAGR|per annum|excluding|underlying|adjust|pro forma|不变汇率|固定匯率|固定汇率|年均|复合|複合|剔除|调整后|經調整|经调整|可比|同店",
    re.IGNORECASE,
)
_SEQUENTIAL = re.compile(
    r"quarter[- ]on[- ]quarter|quarter before|(?:previous|prior|preceding|last) quarter|sequential|month[- ]on[- ]month|环比|環比|按季|按月",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;；]|[.!?](?=\s)|[。！？]|\bwhile\b|\bwhereas\b")


def growths(page: Page) -> Iterator[Relation]:
    """Every stated change against the pairs of amounts that it may be of."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        misread = claim.kind in _MISREAD and way(page, index) is not None
        if (claim.kind not in CHANGES and not misread) or found.unit not in {"pct", "x"} or not found.number:
            continue
        agreeing = _agreeing(page, index)
        if agreeing:
            yield min(agreeing, key=lambda r: r.rank)
            continue
        off = _off(page, index)
        if off is not None:
            yield off


def _level(page: Page, index: int, like: int) -> bool:
    """Whether an amount can be one side of a change."""
    if not page.is_amount(index) or page.kind(index) in _NOT_LEVELS or page.found(index).number <= 0:
        return False
    if page.kind(index).startswith(_DEALS) and page.kind(like).startswith(_REPORTED):
        return False
    prices = page.kind(index).startswith("price.") or page.is_price(index)
    return prices == (page.kind(like) == "price.change_pct")


def _agreeing(page: Page, index: int) -> list[Relation]:
    """The pairs of amounts near a change that give it, in either order, and the increases in money."""
    levels = page.near(index, lambda i: _level(page, i, index), 2)[:6]
    tried: list[Relation] = []
    for new in levels:
        for old in levels:
            if new == old or not page.one_currency((new, old)):
                continue
            relation = _relation(page, index, new, old)
            if relation is not None:
                tried.append(relation)
    tried += [r for one in levels for whole in levels if one != whole for r in _increase(page, index, one, whole)]
    return tried


def way(page: Page, index: int) -> str | None:
    """Up or down, as the words next to a change say: in front of it the nearest, else behind it."""
    lead = page.lead(index, 28)
    ups, downs = ([m.start() for m in w.finditer(lead)] for w in (_UP, _DOWN))
    if ups or downs:
        return "up" if max(ups, default=-1) > max(downs, default=-1) else "down"
    tail = re.split(r"[,，、]", page.tail(index, 18))[0]
    up, down = _UP.search(tail), _DOWN.search(tail)
    if bool(up) != bool(down):
        return "up" if up else "down"
    return None


def _relation(page: Page, index: int, new: int, old: int) -> Relation | None:
    """A change that two amounts give; None where they do not, or where something says that it went the other way."""
    if not positive(page.bounds(old)) or not _alike(page, index, new, old):
        return None
    claim = page.claims[index]
    ratio = page.bounds(new) / page.bounds(old)
    signed = (ratio - _ONE) * _HUNDRED
    result = ratio if claim.found.unit == "x" else unsigned(signed)
    if fit(claim.found, result) is not Fit.AGREES or not _telling(page, index, (new, old), result):
        return None
    stated = claim.direction if claim.direction in {"up", "down"} else way(page, index)
    prior = is_prior(page, new) and not is_prior(page, old)
    wrong_way = prior or (stated == "up" and signed.high < 0) or (stated == "down" and signed.low > 0)
    of_loss = _loses(page, new) and not _clear(
        page, index
    )  # a profit that falls below zero falls, though the loss grows
    if wrong_way and not of_loss:
        return None
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.AGREES,
        recomputed=result,
        working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = {'-' if signed.high < 0 else '+'}{told(result, claim)}",
        reason=f"{shown(page.claims[new])} against {shown(page.claims[old])} gives it.",
        correction=say(result, claim, page.script),
        rank=_rank(page, index, new, old),
    )


_CLOSE = 25
"""Characters between a change and an amount that is said with it: "rose 2.9% to HK$4.20"."""
_WIDTH, _FINEST = Decimal("0.2"), Decimal("0.6")
"""How wide, of itself or in points, a change recomputed from coarse amounts may be and still bear out anything."""


def _telling(page: Page, index: int, two: tuple[int, int], result: Interval) -> bool:
    """Whether agreement is more than chance: one amount marked as the older, or exact amounts of the sentence of the change."""
    beside = [i for i in page.near(index, lambda i: _level(page, i, index), 0) if len(page.gap(i, index)) <= _CLOSE]
    if beside and not set(beside[:2]).intersection(two):
        return False
    if sum(is_prior(page, i) for i in two) == 1:
        return True
    if page.found(index).unit == "x":
        result = result * _HUNDRED
    fine = result.high - result.low <= max(_FINEST, _WIDTH * result.middle)
    return fine and any(page.together(index, i) for i in two)


def _alike(page: Page, index: int, new: int, old: int) -> bool:
    """Whether two amounts can be of one thing, and that the thing that changed."""
    segments = {s for i in (index, new, old) if (s := page.claims[i].segment) is not None}
    kinds = {page.kind(i) for i in (new, old)} - {"result.prior_value", "other.amount", "result.other"}
    return len(segments) <= 1 and (len(kinds) <= 1 or page.kind(index) == "price.change_pct")


def _increase(page: Page, index: int, step: int, whole: int) -> Iterator[Relation]:
    """A change against an increase in money: 7.99 million of growth to 729 million."""
    if page.found(step).number * 20 > page.found(whole).number * 19 or not page.together(step, whole):
        return
    if not (
        re.search(r"\b(?:or|by|of)\W*$", page.lead(step))
        or _UP.search(page.lead(step, 12))
        or _DOWN.search(page.lead(step, 12))
    ):
        return
    down = (page.claims[index].direction or way(page, index)) == "down"
    base = page.bounds(whole) + page.bounds(step) if down else page.bounds(whole) - page.bounds(step)
    if base.low <= 0:
        return
    result = page.bounds(step) / base * _HUNDRED
    claim = page.claims[index]
    if fit(claim.found, result) is Fit.AGREES:
        sign = "+" if down else "-"
        yield Relation(
            target=index,
            inputs=(step, whole),
            fit=Fit.AGREES,
            recomputed=result,
            working=f"{shown(page.claims[step])} / ({shown(page.claims[whole])} {sign} {shown(page.claims[step])}) = {told(result, claim)}",
            reason="The increase over what there was before gives it."
            if not down
            else "The decrease over what there was before gives it.",
            rank=_rank(page, index, step, whole) + 100,
        )


def _rank(page: Page, *indices: int) -> int:
    at = page.found(indices[0]).start
    away = sum(abs(page.found(i).start - at) for i in indices)
    return away + (0 if page.together(*indices) else 400)


def is_prior(page: Page, index: int) -> bool:
    """Whether an amount is the one compared with."""
    if page.kind(index) in {"result.prior_value", "price.offer_or_cost"}:
        return True
    start = page.found(index).start
    if _OF_YEAR.search(page.text[max(start - _YEAR_REACH, 0) : start]):
        return True
    return _PRIOR_LEAD.search(page.lead(index)) is not None or _PRIOR_TAIL.match(page.tail(index)) is not None


def _loses(page: Page, index: int) -> bool:
    """Whether an amount is a loss."""
    claim = page.claims[index]
    return (
        claim.kind == "result.net_loss" or "loss" in (claim.measure or "") or _LOSS.search(page.lead(index)) is not None
    )


def _clear(page: Page, index: int) -> bool:
    """Whether the words next to a change can only be of the size of a loss."""
    words = page.lead(index, 28) + page.tail(index, 18)
    return bool(_CLEAR_UP.search(words)) != bool(_CLEAR_DOWN.search(words))


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
    windows = [order[max(at - 2, 0) : at + 1], order[max(at - 1, 0) : at + 2], order[at : at + 3]]
    found: list[tuple[int, int]] = []
    for window in windows:
        others = [i for i in window if i != index]
        if len(others) != 2 or not all(_level(page, i, index) for i in others) or not _joined(page, window):
            continue
        priors = [i for i in others if is_prior(page, i)]
        if len(priors) == 1:
            old = priors[0]
            found.append((next(i for i in others if i != old), old))
    return found[0] if len(set(found)) == 1 else None


_FROM = re.compile(r"\s*(?:from|compared (?:with|to)|against|on)\s*", re.IGNORECASE)


def _plainly(page: Page, new: int, index: int, old: int) -> bool:
    """Whether a change stands between its two amounts: "$86 million, down 15.3% from $103 million"."""
    levels = _level(page, new, index) and _level(page, old, index)
    return (
        levels
        and _FROM.fullmatch(page.gap(index, old)) is not None
        and len(page.gap(new, index)) <= _CLOSE
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
    if len(text) > _FARTHEST or _TURN.search(text) or page.bounds(new).meet(page.bounds(old)) is not None:
        return None
    other = re.compile(r"profit|盈利|利润|利潤|溢利", re.IGNORECASE) if loss else _LOSS
    if other.search(page.lead(old)) or other.search(page.lead(new, 24)):
        return None
    return new, old


def _joined(page: Page, window: list[int]) -> bool:
    """Whether figures are in one clause, of one party, segment and currency."""
    text = page.text[page.found(window[0]).end : page.found(window[-1]).start]
    amounts = [i for i in window if page.found(i).unit == "currency"]
    segments = {s for i in window if (s := page.claims[i].segment) is not None}
    same_kind = {page.kind(i) for i in amounts if not _PRIOR_LEAD.search(page.lead(i))} - {
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


def _off(page: Page, index: int) -> Relation | None:
    """A change that its two amounts refute."""
    claim, found = page.claims[index], page.found(index)
    two = pair(page, index)
    if two is None or found.unit != "pct":
        return None
    new, old = two
    around = page.text[max(found.start - 60, 0) : found.end + 40]
    if _TURN.search(around) or _loses(page, new) != _loses_old(page, old, new) or not positive(page.bounds(old)):
        return None
    signed = (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED
    result = unsigned(signed)
    up = signed.low > 0
    wording = _wrong_way(page, index, two, up=up) if signed.low > 0 or signed.high < 0 else None
    explained = _explained(page, index, new, old, result) or wording
    if explained is None:
        if fit(found, result) is not Fit.OFF or _OTHER_BASE.search(around) or _SEQUENTIAL.search(around):
            return None
        if not Decimal("0.2") < (found.number + 1) / (result.middle + 1) < Decimal(5) and not found.growth:
            return None
        explained = f"{shown(page.claims[new])} against {shown(page.claims[old])} is {'a rise' if up else 'a fall'} of {told(result, claim)}."
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[new])} / {shown(page.claims[old])} - 1 = {'+' if up else '-'}{told(result, claim)}",
        reason=explained,
        correction=_corrected(page, index, new, result, up=up),
        slips=magnitude(found, result) is not None,
    )


def _loses_old(page: Page, old: int, new: int) -> bool:
    """Whether the older amount is a loss; where nothing is said of it, it is what the newer one is."""
    if page.claims[old].measure is not None or _LOSS.search(page.lead(old)):
        return _loses(page, old)
    if re.search(r"profit|earnings|income|盈利|利润|利潤|溢利|赚|賺", page.lead(old), re.IGNORECASE):
        return False
    return _loses(page, new)


def _explained(page: Page, index: int, new: int, old: int, result: Interval) -> str | None:
    """The reason of a difference, where it is one of the usual slips."""
    found, claim = page.found(index), page.claims[index]
    if fit(found, result) is not Fit.OFF or found.word:
        return None
    if fit(found, page.bounds(new) / page.bounds(old) * _HUNDRED) is Fit.AGREES:
        return f"{found.text} is the new amount in percent of the old one; the growth is {told(result, claim)}."
    factor = slip(found, result) if magnitude(found, result) in {1, -1, 2, -2} else None
    if factor is not None:
        return f"The change is {told(result, claim)}; the figure is {factor} that."
    return None


def _wrong_way(page: Page, index: int, two: tuple[int, int], *, up: bool) -> str | None:
    """Where the size is right and the direction is not."""
    new, old = two
    said = way(page, index)
    direction = page.claims[index].direction
    if said is None or (direction in {"up", "down"} and direction != said) or (said == "up") == up:
        return None
    if _loses(page, new) and not _clear(page, index):
        return None
    change = (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED
    if fit(page.found(index), unsigned(change)) is Fit.OFF:
        return None
    noun = "The loss" if _loses(page, new) else "It"
    return f"{noun} {_verb(page, new, up=up)}: {page.found(new).text} after {page.found(old).text}."


def _verb(page: Page, new: int, *, up: bool) -> str:
    if _loses(page, new):
        return "widened" if up else "narrowed"
    return "rose" if up else "fell"


def _corrected(page: Page, index: int, new: int, result: Interval, *, up: bool) -> str:
    """The change as it should read, with its direction where that was wrong."""
    claim = page.claims[index]
    size = say(result, claim, page.script)
    said = way(page, index)
    if said is None or (said == "up") == up:
        return size
    if page.found(index).lang == "zh":
        words = ("擴大", "收窄", "增加", "減少") if page.script == "Hant" else ("扩大", "收窄", "增加", "减少")
        return f"{words[(0 if up else 1) + (0 if _loses(page, new) else 2)]}{size}"
    return f"{_verb(page, new, up=up)} {size}"
