"""The side of a level on which a holding is, and the way it passed it, against what was held before and after.

The holding is two percentages told as older and newer, by their kinds or by the words between them. A level that lies between them
was passed the way that they say; one that does not was not passed at all.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from math import floor

from stakeline.checks.relations.changes.compared import between, is_plain, older
from stakeline.checks.relations.fit import Fit, in_print, replaced
from stakeline.checks.relations.holdings.sides import SHORT, TAKEN, direction_of, is_noticed, passes
from stakeline.checks.relations.holdings.stakes import is_change, is_cut, moves
from stakeline.checks.relations.page import NEAR, Page, Relation
from stakeline.checks.relations.words import shown

_FIRST = re.compile(r"首次|首度|\bfor the first time\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:then|later|once|had|before|until|since)\b|曾|早前|此前|之前|其后|其後|随后|隨後", re.IGNORECASE
)
"""Between a level and a holding: the one is of another time."""
_THEN = re.compile(r"\b(?:then|later|once|until)\b|其后|其後|随后|隨後", re.IGNORECASE)
_VOTES = re.compile(r"\bvot(?:es|ing)\b|表[决決][权權]|投票[权權]")
_PUBLIC = re.compile(r"public|float|公众|公眾", re.IGNORECASE)
_OF_SHARES = re.compile(
    r"stake|holding|holder|interest|shares|filing|disclos|持股|股[权權份东東]|持有|权益|權益|持倉|好倉|好仓|举牌|舉牌",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\brule|must|require|condition|subject to|report each|at which|threshold for|level at|reserved|kept for|set aside|earmarked|须|規定|规定|应当|應當|預留|预留",
    re.IGNORECASE,
)
"""Of a level that a rule names, not one that somebody passed."""
_PLANNED = re.compile(
    r"\b(?:will|would|could|(?-i:may)|might|plan|intend|aim|want|expect|if|unless|before|until|to (?:go|rise|fall|get|drop|climb))\w*\b|将|將|拟|擬|计划|計劃|若|如果|预计|預計|有望",
    re.IGNORECASE,
)
"""Around a level that somebody may yet pass."""
_WENT = re.compile(
    r"(?:^|[,;] )(?:[A-Za-z]+ ){1,5}"
    r"(?:fell|fallen|dropped|slid|slipped|sank|sunk|dipped|rose|risen|climbed|moved|went|gone|came|jumped|crossed|broke) (?:[a-z]+ )?(?:above|over|past|through|below|under|beneath) (?:the )?$"
)
"""The same of its own accord: "With that it fell under the"."""
_NEITHER = (
    "result.",
    "segment.",
    "cost.",
    "market_value",
    "threshold.",
    "fx.",
    "transaction.discount",
    "transaction.pct",
)
_NOBODY = re.compile(
    r"\b(?:without|no longer|nobody|no one|none|no (?:other )?(?:single )?(?:holder|shareholder|investor|owner))\b|再无|再無|没有|沒有|无人|無人",
    re.IGNORECASE,
)
"""In front of a level: it is told that nobody is there."""
_DEFINED = re.compile(
    r"[(（](?:(?:anyone|anybody|those|holders?|shareholders?|one|which means|meaning|i\.e\.)[^()（）]{0,40}|即[^()（）]{0,12}|指[^()（）]{0,12})$",
    re.IGNORECASE,
)
"""In front of a level: brackets tell what a substantial shareholder is."""
_ONCE = re.compile(
    r"\b(?:after|once|when|if|until|unless)\b[^,.;]{0,50}\b(?:falls|drops|slips|dips|goes|rises|moves|gets|climbs)\b[^,.;]*$",
    re.IGNORECASE,
)
"""In front of a level: what is to happen there some day, "after its stake falls below"."""
_REACH = 70
"""Characters between two holdings of which some words may be others than those of comparison."""
_LIKE = Decimal("1.6")
"""How many times the older one a holding can be of which only the words, not the kinds, tell that it is one."""


def thresholds(page: Page) -> Iterator[Relation]:
    """The direction in which a level was passed, from the holdings on both sides of it."""
    pairs: dict[int, list[tuple[int, int]]] = {}
    for pair in dict.fromkeys((*moves(page), *_told(page))):
        for sentence in {page.found(i).sentence for i in pair}:
            pairs.setdefault(sentence, []).append(pair)
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or not (claim.kind == "threshold.crossed" or _like_level(page, index)):
            continue
        if any(words.search(page.lead(index)) for words in (_DEFINED, _NOBODY, _ONCE)):
            continue
        around_it = range(claim.found.sentence - 2, claim.found.sentence + 3)
        near = list(dict.fromkeys(p for s in around_it for p in pairs.get(s, ())[:NEAR]))
        own = _own(page, index, near)
        if own:
            yield from _against(page, index, min(own, key=lambda p: _away(page, index, p)))
        elif claim.kind == "threshold.crossed" and not _PUBLIC.search(page.lead(index) + page.tail(index)):
            yield from _after(page, index)


def _own(page: Page, index: int, near: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The holdings that a level can be of: what the public has to have is of the public's only, a doubtful level lies between."""
    own = [p for p in near if index not in p and page.same(index, *p)]
    if _PUBLIC.search(page.lead(index) + page.tail(index)):
        own = [p for p in own if max(p) == index - 1 and _PUBLIC.search(page.lead(min(p)))]
    if page.kind(index) != "threshold.crossed":
        own = [p for p in own if not _away(page, index, p)[0]]
    return own


def _like_level(page: Page, index: int) -> bool:
    """Whether a whole percentage that was taken for a holding may be a level by the words around it: 升至8%以上."""
    found = page.found(index)
    whole = found.number == floor(found.number) and found.half == _HALF
    return whole and page.kind(index).startswith(("stake.", "other.pct")) and direction_of(page, index) is not None


_HALF = Decimal("0.5")
"""Half of the last digit of a percentage without decimals."""


def _away(page: Page, index: int, pair: tuple[int, int]) -> tuple[bool, bool, list[int]]:
    """How little two holdings have to do with a level: those that it lies between come first, then those of its sentence, the nearest."""
    low, high = sorted(page.found(i).number for i in pair)
    between_them = (
        page.found(pair[1]).sentence >= page.found(index).sentence - 1 and low < page.found(index).number < high
    )
    beside = page.together(index, *pair)
    return not between_them, not beside, sorted(abs(page.found(i).start - page.found(index).start) for i in pair)


def _told(page: Page) -> Iterator[tuple[int, int]]:
    """Percentages that the words tell as before and after, whatever their kinds: "5.3%, a filing shows, after 4.2% in March"."""
    levels = [i for i in range(len(page.claims)) if _is_holding(page, i)]
    for first, second in pairwise(levels):
        low, high = sorted(page.found(i).number for i in (first, second))
        apart = page.found(second).sentence - page.found(first).sentence
        gap = between(page, first, second)
        if apart > 1 or low == high or high > low * _LIKE:
            continue
        if page.same(first, second) and (noticed := [is_noticed(page, i) for i in (first, second)]) != noticed[::-1]:
            yield (first, second) if noticed[0] else (second, first)
            continue
        if len(gap) > _REACH and not is_plain(gap):
            continue
        before = older(page, first, second, plain=is_plain(gap))
        if before is not None:
            yield before, second if before == first else first


def _is_holding(page: Page, index: int) -> bool:
    found = page.found(index)
    if found.unit != "pct" or found.word or not found.number or page.kind(index).startswith(_NEITHER):
        return False
    return not is_change(page, index)


def _against(page: Page, index: int, pair: tuple[int, int]) -> Iterator[Relation]:
    """A level against the holdings before and after."""
    said = direction_of(page, index)
    sure = _is_sure(page, index, pair)
    stated = said or page.claims[index].direction
    if _is_state(page, index, pair, stated):
        return
    wrong = _is_misnumbered(page, index, pair, said) or (
        said is None and passes(page, index) and _beyond(page, index, pair)
    )
    if sure and wrong and not SHORT.search(page.lead(index, 24)):
        yield _never(page, index, pair)
        return
    if stated not in {"above", "below"}:
        return
    level = page.found(index).number
    before, after = (page.found(i).number for i in pair)
    if (after > level) == (stated == "above") and after != level:
        if (before <= level) == (stated == "above") or before == level or SHORT.search(page.lead(index, 24)):
            yield _passed(page, index, (pair[1],), stated)
        elif sure and said and _FIRST.search(page.lead(index)) and page.together(index, *pair):
            yield _never(page, index, pair)
    elif sure and said and min(before, after) < level < max(before, after) and not is_cut(page, index, pair):
        yield _wrong_way(page, index, pair)
    elif page.kind(index) != "threshold.crossed" and page.bounds(index).low <= before <= page.bounds(index).high:
        return  # what was held before, rounded
    elif (
        sure
        and said
        and (_beyond(page, index, pair) or _refutes(page, index, pair[1], said) or _alone(page, index, pair))
    ):
        yield _never(page, index, pair)


def _is_misnumbered(page: Page, index: int, pair: tuple[int, int], said: str | None) -> bool:
    """Whether a level that was passed, or is on the wrong side, is a digit away from one that was: "from 12.1% to 11.8%, under the 62% mark"."""
    found = page.found(index)
    before, after = (page.found(i).number for i in pair)
    low, high = min(before, after), max(before, after)
    if low <= found.number <= high or not any(low <= Decimal(t) <= high for t in replaced(in_print(found))):
        return False
    if said is not None and (after > found.number) != (said == "above"):
        return True
    led_to = said == ("above" if after > before else "below") and found.number not in _USUAL
    return passes(page, index) or (led_to and _is_next(page, index, pair))


_USUAL = frozenset(map(Decimal, (3, 5, 10, 15, 20, 25, 30, 50, 75)))
"""Levels of the law: a holding that moved elsewhere may be told to be on one side of them."""


def _is_next(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether a level stands right behind two holdings."""
    last = max(pair)
    return index == last + 1 and page.together(index, last) and len(page.gap(last, index)) <= _BESIDE


def _is_state(page: Page, index: int, pair: tuple[int, int], stated: str | None) -> bool:
    """Whether a level only says on which side the older holding was: "in May it had 3.9%, below the 5% line"."""
    if stated not in {"above", "below"}:
        return False
    old, new = pair
    if old == new + 1:  # "to 4.4% from 5.7%, and beneath": of the newer one
        return False
    right = (page.found(old).number > page.found(index).number) == (stated == "above")
    return right and old < index and _STATE.fullmatch(page.gap(old, index)) is not None


_STATE = re.compile(
    r"(?: of \w+)?,? (?:(?:just|still|well|and) )*(?:above|over|below|under|beneath) (?:the )?", re.IGNORECASE
)
"""All that stands between a holding and the level that it is on one side of."""


def _refutes(page: Page, index: int, holding: int, stated: str) -> bool:
    """Whether a holding is on the other side of a level that follows it at once: "to 5.94%, that is below 5%"."""
    gap = page.gap(holding, index)
    side = page.found(holding).number > page.found(index).number
    apart = page.bounds(holding).meet(page.bounds(index)) is None
    told_of = holding < index and page.together(holding, index) and len(gap) <= _BESIDE and not _NEGATED.search(gap)
    return told_of and apart and side != (stated == "above")


_NEGATED = re.compile(
    r"\b(?:not|nor|never|no|yet|from|than|near\w*|close|and|or|of|if)\b|[未没沒不非距近或及和与與]", re.IGNORECASE
)
"""Between a holding and a level that it may not have come to."""


def _is_sure(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether a level is told of these holdings and of the same day, as done, and by no rule."""
    near = min(pair, key=lambda i: abs(page.found(i).start - page.found(index).start))
    resumed = index > min(pair) and not page.together(index, near)
    if abs(index - near) > NEAR or (resumed and _named(page, index)):
        return False
    around = page.lead(index) + re.split(r"[,，]", page.tail(index))[0]
    done = not _RULE.search(around) and not _PLANNED.search(page.lead(index))
    if done and _alone(page, index, pair):
        return True
    beside = page.together(index, near) and len(page.gap(index, near)) <= _BESIDE
    lead = page.lead(index)
    told = _WENT.search(lead) is not None or (
        passes(page, index) and page.together(index, near) and not _RULE.search(lead)
    )
    moved = TAKEN.search(lead) is not None or (told and not _PLANNED.search(lead))
    return _is_of(page, index, near, pair) and (done or beside or moved)


def _is_of(page: Page, index: int, near: int, pair: tuple[int, int]) -> bool:
    """Whether nothing between a level and the nearer of two holdings sends the reader to another time, holder or holding."""
    gap = page.gap(index, near)
    of_older = near == pair[0] and index < max(pair)
    other_time = _THEN if of_older else _LATER  # the older holding is of an earlier time by itself
    if _parted(page, gap, index, *pair) or (other_time.search(gap) and not _NOW.search(page.lead(index))):
        return False
    if not page.together(index, near):
        return not _others(page, index, pair)
    inside = range(min(index, near) + 1, max(index, near))
    return not any(page.found(i).unit == "pct" and i not in pair for i in inside)


def _alone(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether the article has no other level and no other holding in percent."""
    gap = between(page, *sorted((index, min(pair, key=lambda i: abs(i - index)))))
    if _parted(page, gap, index, *pair) or _LATER.search(gap):
        return False
    kinds = (page.kind(i) for i in range(len(page.claims)) if i not in {index, *pair})
    return not any(k.startswith(("stake.", "threshold.")) and k.endswith(("pct", "crossed")) for k in kinds)


_BESIDE = 20
"""Characters between a level and a holding that leave no room for another's."""
_NOW = re.compile(r"has been |\b(?:is|are|remains?|stays?) (?:above|below|over|under)", re.IGNORECASE)
"""In front of a level on whose side a holding is said to be still, "since Monday"."""


def _parted(page: Page, gap: str, *indices: int) -> bool:
    """Whether words between a level and holdings have these be another one's, or of other shares."""
    classes = {page.claims[i].share_class for i in indices}
    return _APART.search(gap) is not None or (_VOTES.search(gap) is not None and (len(classes) > 1 or None in classes))


def _beyond(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether both holdings are clearly on one side of a level of their own sentence, near enough to be told of it."""
    level = page.found(index).number
    low, high = sorted(page.found(i).number for i in pair)
    apart = level - high if level > high else low - level
    return page.together(index, *pair) and 0 < apart <= _NEXT and not _others(page, index, pair)


_APART = re.compile(r"\b(?i:after|as|when|while|whose|and|but) [A-Z]|\b(?:another|other|rival)\b|另|[;；]")
"""Between a level and holdings: these are another one's."""
_NEXT = Decimal("1.5")
"""Points between a holding and a level that it is wrongly said to have passed: the next whole percentage but one."""


def _named(page: Page, index: int) -> bool:
    """Whether the words in front of a level behind holdings have a name that is nowhere else: another holder's."""
    return any(page.text.count(name) == 1 for name in _NAME.findall(page.lead(index)))


_NAME = re.compile(
    r"(?<=[a-z,] )(?![A-Z][a-z]+day\b)[A-Z][a-z]{2,}|^[A-Z][a-z]{2,}(?= [A-Z])"
    r"|^(?!That|This|They|Who|Thus|Having)[A-Z][a-z]{2,}(?= (?:ha[sd] |have |also )?(?:f[ae]ll|drop|sl[iu]|s[au]nk|dip|r[io]se|climb|move|went|cross|pass))"
)


def _others(page: Page, index: int, pair: tuple[int, int]) -> bool:
    """Whether the sentence has another percentage, to which the level may belong."""
    around = range(max(index - NEAR, 0), min(index + NEAR + 1, len(page.claims)))
    return any(page.is_percent(i) and page.together(i, index) and i not in {index, *pair} for i in around)


def _after(page: Page, index: int) -> Iterator[Relation]:
    """A level that the holding afterwards bears out where the one before is not told."""
    found = page.found(index)
    stated = direction_of(page, index) or page.claims[index].direction
    after = page.near(index, lambda i: page.kind(i) == "stake.after_pct" and page.same(i, index))
    if not after or not _OF_SHARES.search(page.text[max(found.start - 160, 0) : found.end + 80]):
        return
    above = page.found(after[0]).number > found.number
    if stated in {"above", "below"} and above == (stated == "above"):
        yield _passed(page, index, (after[0],), str(stated))
    elif (stated is not None or passes(page, index)) and _is_sure(page, index, (after[0], after[0])):
        meant = Decimal(floor(page.found(after[0]).number)) + (stated == "below")
        if not above and meant >= _TWO_DIGITS and any(Decimal(t) == meant for t in replaced(in_print(found))):
            yield _never(page, index, (after[0], after[0]))


_TWO_DIGITS = 10
"""A level of one digit is a digit away from any other."""


def _wrong_way(page: Page, index: int, pair: tuple[int, int]) -> Relation:
    before, after = (page.found(i).number for i in pair)
    names = shown(page.claims[pair[0]]), shown(page.claims[pair[1]]), shown(page.claims[index])
    way = "upwards" if after > before else "downwards"
    sign = "<" if after > before else ">"
    return Relation(
        target=index,
        inputs=pair,
        fit=Fit.OFF,
        recomputed=f"crossed {way}: {names[0]} -> {names[1]}",
        working=f"{names[0]} {sign} {names[2]} {sign} {names[1]}",
        reason=f"The holding went from {names[0]} to {names[1]}, so it passed {names[2]} {way}.",
        correction=_worded(page, index, above=after > before),
    )


def _never(page: Page, index: int, pair: tuple[int, int]) -> Relation:
    names = shown(page.claims[pair[0]]), shown(page.claims[pair[1]]), shown(page.claims[index])
    above = page.found(pair[1]).number > page.found(index).number
    sign = ">" if above else "<"
    return Relation(
        target=index,
        inputs=pair,
        fit=Fit.OFF,
        recomputed=f"not passed: {names[0]} -> {names[1]}",
        working=f"{names[0]}, {names[1]} {sign} {names[2]}",
        reason=f"The holding went from {names[0]} to {names[1]}, both {'above' if above else 'below'} {names[2]}.",
    )


def _worded(page: Page, index: int, *, above: bool) -> str:
    text = page.found(index).text
    if page.found(index).lang == "zh":
        return (
            f"{'升穿' if above else '跌穿'}{text}" if page.script == "Hant" else f"{'升破' if above else '跌破'}{text}"
        )
    return f"{'above' if above else 'below'} {text}"


def _passed(page: Page, index: int, others: tuple[int, ...], stated: str) -> Relation:
    sign = ">" if stated == "above" else "<"
    after = shown(page.claims[others[-1]])
    return Relation(
        target=index,
        inputs=others,
        fit=Fit.AGREES,
        recomputed=f"{after} {sign} {shown(page.claims[index])}",
        working=f"{after} {sign} {shown(page.claims[index])}",
        reason=f"The holding afterwards is {stated} it.",
    )
