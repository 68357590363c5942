"""The way a level went against the verb in front of it: what "fell from 4.94% to 5.06%" did not fall, 由8.05%升至7.93% did not rise."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import Page, Relation, magnitude, positive, reached
from stakeline.checks.relations.words import say, shown
from stakeline.model.numbers import Interval

_UP_EN = r"r[oi]se[ns]?|rising|gr[eo]wn?|growing|increas\w+|climb\w*|jump\w*|surg\w+|soar\w*|expand\w*|widen\w*|rais\w+|lift\w*|boost\w*|(?:edg|inch|tick|nudg|cre[ep]p?t?)\w* (?:up|higher)"
_DOWN_EN = (
    r"f[ae]ll(?:en|ing|s)?|dropp?\w*|declin\w+|decreas\w+|slid|slump\w*|plung\w+|shr[aiu]nk\w*|narrow\w*|lower(?:ed|ing|s)"
    r"|reduc\w+|cut(?:s|ting)?|trimm?\w*|slipp?\w*|tumbl\w+|dipp?\w*|pared?|slash\w*|(?:edg|inch|tick|nudg)\w* (?:down|lower)"
)
_VERB = rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))\b"
_ABOUT = (
    r"(?:(?:about|around|some|nearly|just|only|almost|roughly|a|an|the|over|approximately|more than|less than) ){0,2}"
)
_EARLIER = r"(?:(?:[A-Z][a-z]+day|the day before|yesterday|the previous day)['’]s (?:close|closing price|finish) (?:of |at )|(?:a |the |its |his |her )?(?:last year|the prior year|the previous year|prior year|previous year|year-ago|year-earlier|previous|earlier)(?:['’]s)? )?"
_TO_NEW = re.compile(rf"{_VERB}(?P<noun>[^,;:()|]{{0,70}}?) ?\bto {_ABOUT}$", re.IGNORECASE)
_FROM_OLD = re.compile(rf"{_VERB}(?P<noun>[^,;:()|]{{0,70}}?) ?\bfrom {_EARLIER}{_ABOUT}$", re.IGNORECASE)
_TO = re.compile(rf" ?(?:[a-z]+ ){{0,2}}?to {_ABOUT}", re.IGNORECASE)
_FROM = re.compile(rf" ?(?:[a-z]+ ){{0,2}}?from {_EARLIER}{_ABOUT}", re.IGNORECASE)
_FELL_TO = re.compile(
    rf"(?P<between>[^,;:()|.]{{0,48}}?)(?:, )?(?:it |they )?{_VERB} (?:[a-z]+ ){{0,2}}?to {_ABOUT}", re.IGNORECASE
)
"""Between two levels, the verb behind the older one: "from 15.02% at the start of the month it fell to 13.98%"."""
_FROM_END = re.compile(rf"\bfrom {_EARLIER}{_ABOUT}$", re.IGNORECASE)
_THAN = re.compile(
    rf"(?: [a-z]+){{0,3}}, (?:(?P<up>up)|(?P<down>down)) from {_EARLIER}{_ABOUT}",
    re.IGNORECASE,
)
"""All that stands between a level and the one before it: "1.5p a share, down from last year's 3p"."""
_OLD_ZH = re.compile(
    r"(?:由|[从從]|自)(?:此前|之前|先前|原先|原[来來]|上年同期|去年同期)?的?(?:约|約)?(?:人民[币幣]|港[币幣])?$"
)
_NEW_ZH = re.compile(
    r"(?:股[份权權])?(?:同比|按年|大幅|进一步|進一步)?(?:(?P<up>上升|升|提升|提高|增加|增|增持|扩大|擴大|上调|上調)|(?P<down>下降|降|降低|减少|減少|减|減|减持|減持|收窄|缩小|縮小|下调|下調|跌))"
    r"(?:至|到)(?:约|約)?(?:人民[币幣]|港[币幣])?"
)
_OTHER = re.compile(
    r"\band (?=[a-z])|\b(?:but|while|after|as|when|which|that|by|before|took|taking|bring\w*|leav\w*|would|could|if|to|from|against)\b"
)
"""Between the verb and its level: the level is of another verb."""
_ADDED = re.compile(r"\b(?:additional|another|extra|further) $", re.IGNORECASE)
"""In front of what comes on top: the level is what it comes to."""
_LOSS = re.compile(r"loss|deficit|debt|负债|負債|亏|虧", re.IGNORECASE)
_SIZE = re.compile(r"narrow|shr[aiu]nk|widen|expand|收窄|缩小|縮小|扩大|擴大", re.IGNORECASE)
_TURN = re.compile(r"profit|earnings|income|盈利|溢利|利润|利潤", re.IGNORECASE)
_REACH = 140


def turns(page: Page) -> Iterator[Relation]:
    """Pairs of levels that the words around them mark as older and newer, where the verb has them the other way."""
    for first in range(len(page.claims) - 1):
        second = first + 1
        if page.kind(second) == "fx.conversion" and second + 1 < len(page.claims):
            second += 1
        if not _alike(page, first, second):
            continue
        for new, old, match in _readings(page, first, second):
            up = match["up"] is not None
            rose = page.found(new).number > page.found(old).number
            if up != rose and not _of_loss(page, first, second, match[0]):
                yield _turned(page, new, old, match["up"] or match["down"], rose=rose, share=_share(page, new, old))


def thousands(page: Page) -> Iterator[Relation]:
    """Two amounts compared where the newer one, against the verb, is larger or smaller by a thousand: "decreased: $1.6 billion against $1.8 million"."""
    for old in range(1, len(page.claims)):
        new = old - 1
        if (
            not _alike(page, new, old)
            or page.found(new).unit != "currency"
            or not _AGAINST.fullmatch(page.gap(new, old))
        ):
            continue
        verbs = list(re.finditer(_VERB, page.lead(new, _REACH), re.IGNORECASE))
        a, b = page.found(new).number, page.found(old).number
        power = _THOUSAND if a > b else -_THOUSAND
        near = 1 / _SAME_SIZE < a.scaleb(-power) / b < _SAME_SIZE
        if not verbs or not near or len({m["up"] is None for m in verbs}) != 1 or (verbs[-1]["up"] is None) != (a > b):
            continue
        claim, result = page.claims[old], page.bounds(old) * Interval.exact(Decimal(10) ** power)
        yield Relation(
            target=old,
            inputs=(new,),
            fit=Fit.OFF,
            recomputed=result,
            working=f"{shown(page.claims[new])} against {shown(claim)}: “{verbs[-1][0]}”",
            reason=f"{page.found(new).text} against {claim.found.text} is not what “{verbs[-1][0]}” says: one of the two has another magnitude.",
            correction=say(page.scaled(old, result), claim, page.script),
            slips=True,
        )


_AGAINST = re.compile(
    r"[^.;:()0-9]{0,24}? (?:as )?(?:against|compared (?:with|to)|versus|vs\.?|from|after) (?:[a-z]+ ){0,2}?",
    re.IGNORECASE,
)
_THOUSAND, _SAME_SIZE = 3, Decimal("2.5")


def _alike(page: Page, one: int, other: int) -> bool:
    """Whether two figures can be levels of one thing, and are clearly not the same."""
    a, b = page.found(one), page.found(other)
    if a.value is None or b.value is None or not page.together(one, other) or a.growth or b.growth:
        return False
    if _ADDED.search(page.lead(one)):
        return False
    units = {a.unit, b.unit}
    if not (units <= {"pct", "count"} and "pct" in units) and not (
        len(units) == 1 and a.unit in {"currency", "shares"}
    ):
        return False
    if not page.one_currency((one, other)) or not positive(a.bounds()) or not positive(b.bounds()):
        return False
    return reached(a).meet(reached(b)) is None


def _readings(page: Page, first: int, second: int) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The newer and the older of two neighbours and the verb that leads from one to the other, as the words have it."""
    lead, gap = page.lead(first, _REACH), page.gap(first, second)
    if page.found(first).lang == "zh":
        match = _NEW_ZH.fullmatch(gap.replace(" ", ""))
        if match and _OLD_ZH.search(lead.rstrip()):
            yield second, first, match
        return
    if match := _THAN.fullmatch(gap):
        yield first, second, match
    elif match := _between(lead, gap) or (_nearest(_FROM_OLD, lead) if _TO.fullmatch(gap) else None):
        yield second, first, match
    elif _FROM.fullmatch(gap) and (match := _nearest(_TO_NEW, lead)):
        yield first, second, match


def _between(lead: str, gap: str) -> re.Match[str] | None:
    """The verb between an older level and a newer one, where no other stands in front of it."""
    match = _FELL_TO.fullmatch(gap) if _FROM_END.search(lead) else None
    return match if match is not None and not _OTHER.search(match["between"]) else None


def _nearest(pattern: re.Pattern[str], lead: str) -> re.Match[str] | None:
    """The last verb in front of a level, where nothing says that the level is of another."""
    match = None
    for start in (m.start() for m in re.finditer(_VERB, lead, re.IGNORECASE)):
        match = pattern.match(lead, start) or match
    return match if match is not None and not _OTHER.search(match["noun"]) else None


def _of_loss(page: Page, first: int, second: int, verb: str) -> bool:
    """Whether the amounts may be losses, which "rise" in two senses, or one of them a loss and the other a profit."""
    text = page.lead(first, _REACH) + page.gap(first, second)
    if not _LOSS.search(text) and not any("loss" in page.kind(i) for i in (first, second)):
        return False
    return not _SIZE.search(verb) or _TURN.search(text) is not None


def _share(page: Page, new: int, old: int) -> int | None:
    """The change in percent of just the size that two amounts give, told with them: of it is what the verb says."""
    size = magnitude((page.bounds(new) / page.bounds(old) - Interval.exact(1)) * Interval.exact(100))
    beside = (i for i in (min(new, old) - 1, max(new, old) + 1) if 0 <= i < len(page.claims))
    changes = (i for i in beside if page.found(i).unit == "pct" and page.kind(i) in _CHANGES and page.together(i, new))
    return next((i for i in changes if fit(page.found(i), size) is Fit.AGREES), None)


_CHANGES = frozenset({"result.change_pct", "price.change_pct", "other.pct"})


def _turned(page: Page, new: int, old: int, verb: str, *, rose: bool, share: int | None) -> Relation:
    """The level that the verb does not lead to, or the change in percent that it speaks of."""
    a, b = page.found(old).text, page.found(new).text
    correction = f"{'up' if rose else 'down'} from {a} to {b}"
    if page.found(new).lang == "zh":
        hant = page.script == "Hant"
        correction = f"{'由' if hant else '从'}{a}{'升' if rose else '降'}至{b}"
    sign = "<" if rose else ">"
    return Relation(
        target=new if share is None else share,
        inputs=(old,) if share is None else (new, old),
        fit=Fit.OFF,
        recomputed=f"{'below' if rose else 'above'} {a}",
        working=f"{shown(page.claims[old])} {sign} {shown(page.claims[new])}",
        reason=f"From {a} to {b} is a {'rise' if rose else 'fall'}, which “{verb}” does not say: the verb or the two figures are the wrong way round.",
        correction=correction if share is None else None,
        settles=share is not None,
    )
