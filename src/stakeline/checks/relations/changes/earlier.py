"""A change of a result whose older level stands in another clause or sentence: "rose 39.0% to RMB3.468 billion. ... had taken in RMB2.915 billion".

The newer level is the one that the change is told with. The older one is marked as such and is of the same measure, or is told of
nothing else. So far apart the two may still be of other things: the change is only blamed where a slip of the pen explains it.
"""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.compared import OF_IT, are_apart, between, is_level, is_plain, measures, older
from stakeline.checks.relations.changes.pairs import is_prior, loses
from stakeline.checks.relations.changes.told import slipped_apart
from stakeline.checks.relations.changes.ways import TURNS
from stakeline.checks.relations.page import Page, Relation, positive

_REACH, _MOST = 4, 8
"""Sentences and figures between a change and its older level."""
_FEW, _TELLING = 2, 3
"""Digits of a change that tell its slip, where only one level can be the older one and where words part it from the newer."""
_LED = re.compile(
    r"\bto (?:(?:about|some|around|just|only|nearly|a|record) )*$|(?:[至到]|[达達][到至]?)(?:了|约|約|近|人民[币幣]|港[币幣])*$",
    re.IGNORECASE,
)
"""In front of the level that a change leads to."""
_REPEATS = re.compile(r",? or |[,，]?[或即]")
"""Behind a change in money that one in percent repeats."""
_MEASURED = 64
_QUARTERLY = re.compile(
    r"环比|環比|按季|季[增减減升跌]|quarter[- ]on[- ]quarter|sequential|quarterly basis|(?:on|from) the (?:previous |prior |preceding )?quarter",
    re.IGNORECASE,
)
_LAST_QUARTER = re.compile(
    r"上[一個个]?季|前[一個个]?季|今年第?[一二三四]季|(?:previous|prior|preceding|last) quarter|quarter before|three months (?:earlier|before)"
    r"|in the (?:first|second|third|fourth|March|June|September|December) quarter(?! (?:of )?(?:20|last|a year))",
    re.IGNORECASE,
)
_FILLED, _CLOSE = re.compile(r"[去今本当當]年|第"), 3
_PARTS = re.compile(r"其中|of which|segment|division|业务|業務|板块|板塊|分部", re.IGNORECASE)


def earlier(page: Page, index: int) -> Iterator[Relation]:
    """A change against the level that it led to and the only older one that a slip of the pen makes it of."""
    new = _told_with(page, index)
    if new is None:
        yield from _measured_by(page, index)
        return
    olds = [i for i in page.near(index, lambda i: is_level(page, i), _REACH)[:_MOST] if _is_before(page, index, new, i)]
    few = len(olds) == 1 and (_is_next(page, index, new, olds[0]) or measures(page.lead(olds[0], _MEASURED)))
    yield from slipped_apart(page, index, [(new, old) for old in olds], _FEW if few else _TELLING)


def _measured_by(page: Page, index: int) -> Iterator[Relation]:
    """A change told with its older level only: "it grew 10.8% from 1.251 billion", 较7.60亿元增长10.0%; the newer one was told before."""
    behind, front = index + 1, index - 1
    if behind < len(page.claims) and page.together(index, behind) and _FROM.fullmatch(page.gap(index, behind)):
        old = behind
    elif (
        front >= 0
        and page.together(index, front)
        and _THAN.search(page.lead(front))
        and is_plain(page.gap(front, index))
    ):
        old = front
    else:
        return
    if not is_level(page, old):
        return
    first = min(index, old)
    news = page.near(first, lambda i: i < first and is_level(page, i) and not is_prior(page, i), _NEXT)
    news = [i for i in news if _is_newer(page, i, old)][:_CLOSE]
    yield from slipped_apart(page, index, [(new, old) for new in news])


_FROM = re.compile(r"(?: [a-z-]+){0,3} from (?:the |its |about )?", re.IGNORECASE)
_THAN = re.compile(r"[较較比][^0-9,，。;；]{0,16}$")
_NEXT = 1


def _is_newer(page: Page, new: int, old: int) -> bool:
    """Whether a level told before can be what another one came to."""
    alike = page.found(old).unit == page.found(new).unit and page.one_currency((new, old)) and page.same(new, old)
    words = page.lead(new, _MEASURED), page.lead(old, _MEASURED)
    theirs = measures(words[1])
    return (
        alike
        and loses(page, new) == loses(page, old)
        and page.claims[new].segment == page.claims[old].segment
        and not any(map(TURNS.search, words))
        and (not theirs or bool(theirs & measures(words[0])))
    )


_COUNT = re.compile(
    r"持(?:有)?(?:股份?|仓|倉)(?:[数數]量?|量)(?:[^,，。;；0-9]{0,4}(?:增|[减減]|升|降))"
    r"|\b(?:shares (?:he|she|it|they) (?:owns?|holds?)|number of (?:the )?shares|shareholding|holding|stake|position)\b[^,;.]{0,40}\b(?:by|up|down|increase of|rise of|fall of) ",
    re.IGNORECASE,
)
"""In front of a change: it is of the shares that somebody holds."""


def held(page: Page) -> Iterator[Relation]:
    """Changes of a holding against the only counts of shares before and afterwards that its holder has."""
    counts = [[i for i in range(len(page.claims)) if page.kind(i) == kind] for kind in _HELD]
    if not all(len({page.found(i).value for i in of}) == 1 for of in counts):
        return
    for index, claim in enumerate(page.claims):
        if claim.found.unit == "pct" and not claim.found.word and _COUNT.search(page.lead(index)):
            new, old = (min(of, key=lambda i: abs(i - index)) for of in counts)
            if page.same(new, old) and positive(page.bounds(old)):
                yield from slipped_apart(page, index, [(new, old)], _FEW)


_HELD = ("stake.after_shares", "stake.before_shares")


def _told_with(page: Page, index: int) -> int | None:
    """The level that a change leads to, or that it is added to with nothing but words of comparison between."""
    after = index + 1
    while after < len(page.claims) and page.found(after).unit in {"date", "period"}:
        after += 1
    if after < len(page.claims) and page.together(index, after) and is_level(page, after):
        gap = between(page, index, after)
        if _LED.search(gap) and is_plain(gap):
            return after
    before = index - 1
    while before >= 0 and (not is_level(page, before)) and page.together(before, index):
        before -= 1
    if before < 0 or not page.together(before, index):
        return None
    words = between(page, before, index)
    return before if is_plain(words) and not _REPEATS.match(words) else None


def _is_before(page: Page, index: int, new: int, old: int) -> bool:
    """Whether a level is the older one of what a change is of."""
    marked = is_prior(page, old) or older(page, min(new, old), max(new, old), plain=False) == old
    if old == new or not marked or is_prior(page, new) or OF_IT.match(page.tail(old)):
        return False
    alike = page.found(old).unit == page.found(new).unit and page.one_currency((new, old)) and page.same(new, old)
    if not alike or loses(page, new) != loses(page, old) or page.claims[new].segment != page.claims[old].segment:
        return False
    lead, front = page.lead(old, _MEASURED), page.lead(min(index, new), _MEASURED)
    own, theirs = measures(front), measures(lead)
    if TURNS.search(front + lead) or are_apart(front, lead) or not _of_one_time(page, index, old):
        return False
    if theirs:
        return bool(own & theirs) and _PARTS.search(front) is None
    return old > new and all(not is_level(page, i) or is_prior(page, i) for i in range(new + 1, old))


def _of_one_time(page: Page, index: int, old: int) -> bool:
    """Whether a change is on the quarter and its older level of the last one, or neither."""
    change, level = (page.lead(i, _MEASURED) + re.split(r"[,，;；]", page.tail(i, 32))[0] for i in (index, old))
    last = any(told.search(level) for told in (_LAST_QUARTER, _QUARTERLY))
    return last is (_QUARTERLY.search(change) is not None)


def _is_next(page: Page, index: int, new: int, old: int) -> bool:
    """Whether an older level goes on from the newer one in words of comparison only: "; 2022年則為29.87億元"."""
    return is_plain(_FILLED.sub("", page.lead(old, _MEASURED))) and old - max(index, new) <= _CLOSE
