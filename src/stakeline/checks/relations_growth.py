"""Changes against two amounts: growth, losses that narrow or widen, ratios given as growth, prices."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations_fit import Fit, fit, magnitude, slip
from stakeline.checks.relations_page import Page, Relation, positive
from stakeline.checks.relations_page import magnitude as unsigned
from stakeline.checks.relations_pairs import CLOSE, LOSS, TURN, alike, by_year, is_prior, level, loses, pair
from stakeline.checks.relations_told import levels_beside
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
_OTHER_BASE = re.compile(
    r"constant currenc|like-for-like|organic|comparable|annuali[sz]ed|per year|a year on average|compound|CAGR|per annum|excluding|underlying|adjust|pro forma|不变汇率|固定匯率|固定汇率|年均|复合|複合|剔除|调整后|經調整|经调整|可比|同店",
    re.IGNORECASE,
)
_SEQUENTIAL = re.compile(
    r"quarter[- ]on[- ]quarter|quarter before|(?:previous|prior|preceding|last) quarter|sequential|month[- ]on[- ]month|环比|環比|按季|按月",
    re.IGNORECASE,
)


def growths(page: Page) -> Iterator[Relation]:
    """Every stated change against the pairs of amounts that it may be of."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        misread = claim.kind in _MISREAD and way(page, index) is not None
        if (claim.kind not in CHANGES and not misread) or found.unit not in {"pct", "x"} or not found.number:
            continue
        agreeing = _agreeing(page, index)
        two = pair(page, index) if agreeing else None
        if two is not None and not any(set(two) & set(r.inputs) for r in agreeing):
            agreeing = []  # by chance, of other amounts
        if agreeing:
            yield min(agreeing, key=lambda r: r.rank)
            continue
        off = _off(page, index)
        if off is not None:
            yield off


def _agreeing(page: Page, index: int) -> list[Relation]:
    """The pairs of amounts near a change that give it, in either order, and the increases in money."""
    levels = page.near(index, lambda i: level(page, i, index), 2)[:6]
    tried: list[Relation] = []
    for new in levels:
        for old in levels:
            if new == old or not page.one_currency((new, old)):
                continue
            relation = _relation(page, index, new, old)
            if relation is not None:
                tried.append(relation)
    if levels_beside(page, index) is None:
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
    if not positive(page.bounds(old)) or not alike(page, index, new, old):
        return None
    claim = page.claims[index]
    ratio = page.bounds(new) / page.bounds(old)
    signed = (ratio - _ONE) * _HUNDRED
    result = ratio if claim.found.unit == "x" else unsigned(signed)
    if fit(claim.found, result) is not Fit.AGREES or not _telling(page, index, (new, old), result):
        return None
    stated = claim.direction if claim.direction in {"up", "down"} else way(page, index)
    prior = is_prior(page, new) and not is_prior(page, old)
    if prior:
        return None
    wrong_way = (stated == "up" and signed.high < 0) or (stated == "down" and signed.low > 0)
    of_loss = loses(page, new) and not _clear(
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


_WIDTH, _FINEST = Decimal("0.2"), Decimal("0.6")
"""How wide, of itself or in points, a change recomputed from coarse amounts may be and still bear out anything."""


def _telling(page: Page, index: int, two: tuple[int, int], result: Interval) -> bool:
    """Whether agreement is more than chance: one amount marked as the older, or exact amounts of the sentence of the change."""
    beside = [i for i in page.near(index, lambda i: level(page, i, index), 0) if len(page.gap(i, index)) <= CLOSE]
    if beside and not set(beside[:2]).intersection(two):
        return False
    if sum(is_prior(page, i) for i in two) == 1:
        return True
    if page.found(index).unit == "x":
        result = result * _HUNDRED
    fine = result.high - result.low <= max(_FINEST, _WIDTH * result.middle)
    return fine and any(page.together(index, i) for i in two)


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


def _clear(page: Page, index: int) -> bool:
    """Whether the words next to a change can only be of the size of a loss."""
    words = page.lead(index, 28) + page.tail(index, 18)
    return bool(_CLEAR_UP.search(words)) != bool(_CLEAR_DOWN.search(words))


def _off(page: Page, index: int) -> Relation | None:
    """A change that its two amounts refute."""
    claim, found = page.claims[index], page.found(index)
    close = pair(page, index)
    two = close or by_year(page, index)
    if two is None or found.unit != "pct":
        return None
    new, old = two
    around = page.around(index, 60, 40)
    if TURN.search(around) or loses(page, new) != _loses_old(page, old, new) or not positive(page.bounds(old)):
        return None
    signed = (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED
    result = unsigned(signed)
    up = signed.low > 0
    wording = _wrong_way(page, index, two, up=up) if signed.low > 0 or signed.high < 0 else None
    explained = _explained(page, index, new, old, result) or wording
    if explained is None:
        if (
            close is None
            or fit(found, result) is not Fit.OFF
            or _OTHER_BASE.search(around)
            or _SEQUENTIAL.search(around)
        ):
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
    if page.claims[old].measure is not None or LOSS.search(page.lead(old)):
        return loses(page, old)
    if re.search(r"profit|earnings|income|盈利|利润|利潤|溢利|赚|賺", page.lead(old), re.IGNORECASE):
        return False
    return loses(page, new)


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
    if loses(page, new) and not _clear(page, index):
        return None
    change = (page.bounds(new) / page.bounds(old) - _ONE) * _HUNDRED
    if fit(page.found(index), unsigned(change)) is Fit.OFF:
        return None
    noun = "The loss" if loses(page, new) else "It"
    return f"{noun} {_verb(page, new, up=up)}: {page.found(new).text} after {page.found(old).text}."


def _verb(page: Page, new: int, *, up: bool) -> str:
    if loses(page, new):
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
        return f"{words[(0 if up else 1) + (0 if loses(page, new) else 2)]}{size}"
    return f"{_verb(page, new, up=up)} {size}"
