"""Parts and their total."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped
from stakeline.checks.relations.page import NEAR, STAKES, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_SUM = re.compile(
    r"(?:\b(?:together(?! with)|in total|altogether|combined|joint|jointly|aggregate|a total of|totall?ing|in all|both|between them|(?:the|all) (?:two|three|four|five)|total revenue)\b[^0-9.;]{0,32}"
    r"|(?:[合总總]共|一共|[合总總共][计計]|(?<!第)[两兩二三四五][者项項人笔筆次日天季家][^0-9,，。；]{0,6}共?)[^0-9,，。；]{0,12})$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"(?:(?:累计|累計|全年|全期|全季)[^0-9。；]{0,12}|\b(?:bringing|brings|brought|taking|takes|took|making|makes?|lifting|giv(?:e|es|ing)|to date|so far|(?:add|sum|com|amount)(?:s|e|es|ing)?(?: up)? to)\b[^0-9.;]{0,48})$",
    re.IGNORECASE,
)
"""In front of a total; of one up to a day, to which more may belong than the parts just told."""
_BEHIND = re.compile(
    r"[ ,]*(?:shares )?(?:(?:in total|altogether|together|combined|in all)\b|(?:shares )?(?:were|was|have been) [a-z]+ in all\b)",
    re.IGNORECASE,
)
_OF_LAST = re.compile(r"^(?: shares)?,? (?:in total|altogether|together|combined|in all)(?=[,;])", re.IGNORECASE)
"""In front of a figure: the one before it is a total, "HK$235 million together, nearly all of it (HK$232 million)"."""
_MORE = re.compile(
    r"\b(?:including|among|remain\w*|the rest|cumulat\w*|before|previous\w*|earlier|of which|than|after)\b|累计|累計|其中|其余|其餘|此前|之前|年前|包括",
    re.IGNORECASE,
)
"""Between parts and a total: they need not be all its parts, or no parts at all."""
_ONE_OF_TWO = re.compile(r"(?:\b(?:from|to|against)(?: about)?|[由从從至到较較])\s*$", re.IGNORECASE)
"""In front of a figure that is the one end of a move."""
_SOMEONE = re.compile(
    r"\b(?:and|with) (?:the|his|her|its|their|another|an?|[A-Z])|[连連]同|[和及与與][^0-9,，。；]{1,12}(?:合|共)"
)
"""Between the last part and the total: one more has a part in it that is not told."""
_PEN_DIGITS = 2
"""Digits of a total of which one can be told to be wrong: printed parts have nothing to round."""
_FAR = Decimal("1.5")
"""A total further than this from its parts is of something else."""


def totals(page: Page) -> Iterator[Relation]:
    """Parts and the total behind them, where words call it one: "together 39.91%", 三人合计51.5万股.

    The parts are all figures of its unit that its sentence has in front of it, or, where it has none, the sentence before.
    """
    for total, claim in enumerate(page.claims):
        lead = _OF_LAST.sub("", page.lead(total))
        whole = _SUM.search(lead) or _BEHIND.match(page.tail(total))
        if claim.found.value is None or claim.found.bracket or not (whole or _SO_FAR.search(lead)):
            continue
        alike = sorted(i for i in page.near(total, lambda i: _alike(page, i, total)) if i < total)  # noqa: B023
        alike = [i for i in alike if page.is_price(i) is page.is_price(total)]
        agreeing = _suffix(page, total, alike)
        if agreeing is not None:
            miscopied = bool(whole) and _miscopied(page, total, agreeing.inputs)
            yield _off(page, total, agreeing.inputs, _added(page, agreeing.inputs)) if miscopied else agreeing
            continue
        parts = [i for i in alike if page.together(i, total)]
        parts = parts or ([i for i in alike if page.together(i, alike[-1])] if whole else [])
        if len(parts) < 2 and whole:
            parts = _told_one_by_one(page, total)
        result = _added(page, parts)
        told_whole = len(parts) > 1 and positive(result) and _all_of(page, total, parts)
        if claim.found.unit == "pct" and any(claim.found.number <= page.found(i).number for i in parts):
            told_whole = False  # changes in a row, no parts of one whole
        off = told_whole and fit(claim.found, result) is Fit.OFF
        if off and not _adds_up(page, total, page.near(total, lambda i: _alike(page, i, total), 0)):  # noqa: B023
            exact = Interval.exact(result.middle)
            pen = mistyped(claim.found, exact, _PEN_DIGITS) or magnitude(claim.found, result) is not None
            near = 1 / _FAR < claim.found.number / result.middle < _FAR
            if pen or (near and whole and (page.together(total, *parts) or _as_many(page, total, parts))):
                yield _off(page, total, tuple(parts), result)


def _miscopied(page: Page, total: int, parts: tuple[int, ...]) -> bool:
    """Whether a total of its sentence's parts, all printed to one place, has one digit wrong, or two changed round: none is rounded."""
    figures = [page.found(i) for i in (*parts, total)]
    step = 2 * figures[0].half
    rounded = not step or any(f.half * 2 != step or f.approx or f.word for f in figures)
    if rounded or not page.together(*parts, total) or _MORE.search(page.gap(parts[0], total)):
        return False
    own, right = (str(int(n / step)) for n in (figures[-1].number, sum(f.number for f in figures[:-1])))
    if len(own) != len(right) or len(own) < _EXACT_DIGITS or abs(int(own) - int(right)) <= len(parts):
        return False
    wrong = [k for k in range(len(own)) if own[k] != right[k]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and own[wrong[0]] == right[wrong[1]]
    return len(wrong) == 1 or (swapped and own[wrong[1]] == right[wrong[0]])


_EXACT_DIGITS = 4


def _told_one_by_one(page: Page, total: int) -> list[int]:
    """The figures of a total's own kind in the sentences in front of it, a trade in each."""
    near = page.near(total, lambda i: page.kind(i) == page.kind(total) and _alike(page, i, total), _SENTENCES)
    return sorted(i for i in near if i < total)


_SENTENCES = 3
"""Sentences in front of a total in which its parts may be told."""


def _suffix(page: Page, total: int, alike: list[int]) -> Relation | None:
    """The last two figures in front of a total, or three, four ..., where they add up to it."""
    for count in range(2, min(len(alike), NEAR) + 1):
        parts = alike[-count:]
        result = _added(page, parts)
        if fit(page.found(total), result) is Fit.AGREES:
            off = _off(page, total, tuple(parts), result)
            return msgspec.structs.replace(off, fit=Fit.AGREES, reason="The parts add up to it.", vouches=True)
    return None


def _adds_up(page: Page, total: int, others: list[int]) -> bool:
    """Whether a figure is the sum of a total and others beside it, or the total of some others only: it is another one than it seems."""
    figures = sorted((total, *others))
    runs = [figures[a:b] for a in range(len(figures)) for b in range(a + 2, len(figures) + 1)]
    return any(
        fit(page.found(i), _added(page, run)) is Fit.AGREES
        for run in runs
        for i in (figures if total in run else (total,))
        if i not in run
    )


def _as_many(page: Page, total: int, parts: list[int]) -> bool:
    """Whether the words in front of a total say how many parts it has, and there are as many: "the two deals"."""
    counted = _COUNTED.search(page.lead(total, 64))
    return counted is not None and _NUMBERS[counted[1].lower()] == len(parts)


def _all_of(page: Page, total: int, parts: list[int]) -> bool:
    """Whether figures can only be all the parts of one total: of one kind, none of them vague, none the end of a move."""
    kinds = {page.kind(i) for i in (*parts, total)} - _ANY
    one = len(kinds) <= 1 or kinds <= STAKES or kinds == {"segment.revenue", "result.revenue"}
    one = one and not (page.found(total).unit == "pct" and any(page.found(i).number > _ALL for i in parts))
    words = page.text[page.found(parts[0]).start : page.found(total).start]
    vague = any(page.found(i).approx for i in (*parts, total)) or any(
        _ONE_OF_TWO.search(page.lead(i, 12)) for i in parts
    )
    one = one and not _SOMEONE.search(page.gap(parts[-1], total))
    counted = _COUNTED.search(page.lead(total))
    one = one and (counted is None or _NUMBERS[counted[1].lower()] == len(parts))
    return one and not vague and not _MORE.search(words) and all(page.found(i).bound is None for i in parts)


_ANY = frozenset({"other.amount", "result.other"})
"""Kinds of amounts of which nothing is known that speaks against a sum."""
_OF_THE = re.compile(r"(?:^|[,，:] ?|\n)Of (?:the|its|his|her|their|these|those|all)(?: [a-z]+)? $")
"""In front of a total whose parts follow: "Of the 24 million shares A sold ..."."""
_ALL_OF_IT = re.compile(
    r"\b(?:made up|consist\w*|compos\w+|compris\w+|split|divided|broken down|namely)\b|[:：]|——|[组組]成|分[为為成]",
    re.IGNORECASE,
)
_SOME_OF_IT = re.compile(r"\b(?:includ\w+|of which|of whom)\b|其中|包括|[^0-9,，。；、]{2}[占佔]$", re.IGNORECASE)
"""Between a total and the first of its parts: all of them follow, or some."""
_COUNTED = re.compile(
    r"(\btwo|\bthree|\bfour|\bfive|(?<!第)[两兩二三四五](?=[者项項人笔筆次日天季家名位大只支股]))(?![a-z])[^0-9.;。；]{0,32}$",
    re.IGNORECASE,
)
"""In front of a total: how many parts it has."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_MOVED = re.compile(
    r"\b(?:(?<!came )(?<!come )(?<!comes )(?<!coming )from|to|against|than|compared|versus|before|after|rose|fell)\b|[由从從至较較比]|同比",
    re.IGNORECASE,
)
"""Between parts: they are no parts of one total."""
_CLOSE = Decimal("1.25")
"""How far a total may be from its parts to be meant as their total."""


def partitions(page: Page) -> Iterator[Relation]:
    """A total and, behind it, its parts: "debt of £410 million, made up of £275 million of bonds and ...".

    Where not all parts need be told, as behind "including", they are wrong only if they come to more than the total.
    """
    for total, claim in enumerate(page.claims):
        behind = _parts_behind(page, total)
        some, whole = _told_of(page, total, behind) if behind else (False, False)
        if not some and not whole:
            continue
        result = _added(page, behind)
        if not positive(result):
            continue
        found = claim.found
        if found.approx and found.approx == page.found(behind[0]).approx:  # up to so much in all, up to so much of each
            found = msgspec.structs.replace(found, approx=None)
        ratio = found.number / result.middle
        near = 1 / _FAR < ratio < (_CLOSE if whole else 1)
        if near and fit(found, result) is Fit.OFF and not _adds_up(page, total, behind):
            yield _off(page, total, tuple(behind), result)


def _told_of(page: Page, total: int, behind: list[int]) -> tuple[bool, bool]:
    """Whether words say that some parts of a total follow, and that all do."""
    words = page.gap(total, behind[0])
    if not page.together(total, behind[0]):
        return False, _SUM.search(page.lead(total)) is not None and _as_many(page, total, behind)
    some = _OF_THE.search(page.lead(total)) is not None or _SOME_OF_IT.search(words) is not None
    whole = _ALL_OF_IT.search(words) is not None and "(" not in words and "（" not in words
    return some, _as_many(page, total, behind) if some else whole


def _parts_behind(page: Page, total: int) -> list[int]:
    """The figures behind a total that can be its parts, at least two: of its sentence, or else of the next one."""
    found = page.found(total)
    if not _can_add(page, total) or not positive(found.bounds()):
        return []
    behind = sorted(page.near(total, lambda i: i > total and _alike(page, i, total)))
    behind = [i for i in behind if page.together(i, behind[0])]
    kinds = {page.kind(i) for i in (total, *behind)}
    one = len(kinds) == 1 or (found.unit != "pct" and bool(behind) and page.together(total, behind[0]))
    if len(behind) < 2 or not one or not all(_can_add(page, i) for i in behind):
        return []
    return [] if _MOVED.search(page.gap(behind[0], behind[-1])) else behind


def _can_add(page: Page, index: int) -> bool:
    """Whether a figure can be a total or a part of one."""
    found = page.found(index)
    other = page.kind(index).startswith(("price.", "threshold.", "fx.")) or page.kind(index).endswith(
        (".change_pct", ".prior_value")
    )
    added = found.value is not None and found.unit != "count" and not (found.unit == "pct" and found.number > _ALL)
    return added and not other and not found.word and not found.bracket and found.bound is None


_ALL = 100
"""Percent of a whole."""


def _added(page: Page, parts: Iterable[int]) -> Interval:
    """The sum of some figures."""
    result = Interval.exact(0)
    for part in parts:
        result += page.found(part).bounds()
    return result


_REST = re.compile(
    r"(?:\b(?:leaves?|leaving|left|remain\w*|retain\w*|keeps?|kept|still)\b[^0-9.;]{0,32}|(?:[余餘剩仍尚]|[还還]有|手[中上])[^0-9,，。；]{0,10})$",
    re.IGNORECASE,
)
_REST_BEHIND = re.compile(
    r"(?: shares)? (?:(?:is|are|was|were) )?(?:left|remain\w*|unsold|unused|to go)\b|股?[未尚]", re.IGNORECASE
)


def remainders(page: Page) -> Iterator[Relation]:
    """What is left of a total, in a sentence with just three figures of the unit: the total, what went of it, and the rest."""
    for sentence in (s for s in page.sentences.values() if len(s) <= _LONGEST):
        for rest in sentence:
            alike = [i for i in sentence if _alike(page, i, rest) and _can_add(page, i)]
            worded = _REST.search(page.lead(rest)) or _REST_BEHIND.match(page.tail(rest))
            if len(alike) != _THREE or not worded or page.found(rest).unit not in {"shares", "currency"}:
                continue
            total, gone = sorted((i for i in alike if i != rest), key=lambda i: -page.found(i).number)
            result = page.bounds(total) - page.bounds(gone)
            if (
                not positive(result)
                or page.found(rest).number > page.found(total).number
                or not _can_add(page, rest)
                or not _is_rest(page, total, gone, rest)
            ):
                continue
            if page.kind(total) == "segment.revenue":  # a part, too
                continue
            if gone < total and _REST.search(page.lead(total)):  # left of that trade, not the whole before it
                continue
            ratio = page.found(rest).number / result.middle
            if 1 / _FARTHER < ratio < _FARTHER and fit(page.found(rest), result) is Fit.OFF:
                went = page.bounds(total) - page.bounds(rest)
                if _is_fraction(page, total, went):
                    yield _left(page, gone, (total, rest), went, "By the total and the rest it is")
                else:
                    yield _left(page, rest, (total, gone), result, "What went leaves")


def _is_fraction(page: Page, total: int, part: Interval) -> bool:
    """Whether a percentage or fraction beside a total is a part of it: "sold a third"."""
    parts = page.near(total, lambda i: page.found(i).unit == "pct" and positive(page.bounds(i)), 0)
    return any(fit(page.found(i), part / page.bounds(total) * _HUNDRED) is Fit.AGREES for i in parts)


def _left(page: Page, target: int, inputs: tuple[int, int], result: Interval, words: str) -> Relation:
    """The difference of two of a total, what went of it, and the rest, against the third."""
    come = told(result, page.claims[target])
    working = f"{' - '.join(shown(page.claims[i]) for i in inputs)} = {come}"
    return msgspec.structs.replace(_off(page, target, inputs, result), working=working, reason=f"{words} {come}.")


_THREE, _FARTHER = 3, 2
_LONGEST = 4 * NEAR
"""Figures of a sentence beyond which it is a table."""


def _is_rest(page: Page, total: int, gone: int, rest: int) -> bool:
    """Whether nothing but a sale or use can lie between a total and the rest of it."""
    kinds = {page.kind(i) for i in (total, gone, rest)}
    traded = page.kind(gone).startswith(("transaction.", "buyback.")) and page.found(rest).unit == "shares"
    words = page.text[page.found(min(total, gone, rest)).start : page.found(max(total, gone, rest)).end]
    return (
        (len(kinds) == 1 or traded)
        and not any(page.found(i).approx for i in (gone, rest))
        and page.found(total).approx in {None, "upto"}
        and not _MORE_WENT.search(words)
    )


_MORE_WENT = re.compile(r"\b(?:another|further|also|and then|worth|options?)\b|另|再|其他|质押|質押", re.IGNORECASE)
"""More than one sale, or another thing than a sale, may lie between."""


def tranches(page: Page) -> Iterator[Relation]:
    """Several trades, each a count and its price, and what they come to together: 8 million at HK$5.61 and 5.5 million at HK$5.48."""
    for value in (i for i in range(len(page.claims)) if page.is_paid(i)):
        near = sorted(i for i in page.near(value, lambda i: page.is_traded(i) or page.is_price(i), 2) if i < value)
        trades = _in_pairs(page, near)
        if not trades or not page.one_currency((value, *(p for _, p in trades))):
            continue
        result = page.scaled(value, _come_to(page, trades))
        off = _off(page, value, tuple(near), result)
        outcome = fit(page.found(value), result)
        working = f"{' + '.join(f'{shown(page.claims[n])} x {shown(page.claims[p])}' for n, p in trades)} = {told(result, page.claims[value])}"
        if outcome is Fit.AGREES:
            reason = "The trades add up to it."
            yield msgspec.structs.replace(off, fit=outcome, working=working, reason=reason, vouches=True)
        told_so = _TOGETHER.search(page.lead(value)) or _BEHIND.match(page.tail(value))
        if outcome is Fit.OFF and told_so and _likely(page, value, trades, result):
            yield msgspec.structs.replace(off, working=working)


_TOGETHER = re.compile(
    r"\b(?:together|altogether|in all|in total|combined|both|the (?:two|three|four))\b|合[共计計]|[总總共]计|共計|[两兩二三四]者|[两兩二三四五][笔筆次]",
    re.IGNORECASE,
)


def _in_pairs(page: Page, near: list[int]) -> list[tuple[int, int]]:
    """The trades that figures in order tell of, a count and a price each, all in one order; none where they do not pair."""
    pairs = list(zip(near[::2], near[1::2], strict=False))
    counts_first = bool(near) and page.is_traded(near[0])
    paired = len(near) >= 4 and len(near) % 2 == 0
    paired = paired and all(page.is_traded(a) is counts_first and page.is_price(b) is counts_first for a, b in pairs)
    return [(a, b) if counts_first else (b, a) for a, b in pairs] if paired else []


def _come_to(page: Page, trades: Iterable[tuple[int, int]]) -> Interval:
    """Counts times their prices, added up."""
    result = Interval.exact(0)
    for count, price in trades:
        result += page.bounds(count) * page.bounds(price)
    return result


def _likely(page: Page, value: int, trades: list[tuple[int, int]], result: Interval) -> bool:
    """Whether an amount is meant for the sum of trades: it is none of them, and near the sum or a power of ten away."""
    found = page.found(value)
    if not positive(result):
        return False
    one = any(fit(found, page.scaled(value, page.bounds(n) * page.bounds(p))) is not Fit.OFF for n, p in trades)
    near = 1 / _FAR < found.number / result.middle < _FAR or magnitude(found, result) is not None
    return near and not one


_PART = re.compile(
    r"[^.;。；0-9]{0,24}(?:[占佔][^。；,，0-9]{0,14}|,? (?:which (?:is|was|makes)|that is|or|representing|accounting for|making up) (?:about |some |nearly )?)",
    re.IGNORECASE,
)
"""Between a part and its percentage: 占营收的比重为."""
_OF_SUM = re.compile(r" of (?:the|this|that) (?:sum|total|amount|whole|lot|proceeds)\b")
"""Behind a percentage: it is of the amount in front of the part."""


_OUT_OF = re.compile(r"(?:^|[,，] ?|\n)(?:Of|Out of|of) [^0-9,.;]{0,24}$|[总總共][^0-9,，。；]{0,6}$")
"""In front of an amount of which a part is told next."""


def shares_of_sums(page: Page) -> Iterator[Relation]:
    """A part and, right behind it, its percentage of the sum just named."""
    for index in range(2, len(page.claims)):
        part, found = index - 1, page.found(index)
        if found.unit != "pct" or not page.is_amount(part) or not positive(page.bounds(part)):
            continue
        whole, behind = index - 2, _OF_SUM.match(page.tail(index))
        named = behind or (_OUT_OF.search(page.lead(whole)) and _PART.fullmatch(page.gap(part, index)))
        if not named or not page.together(whole, part, index) or not _alike(page, whole, part):
            continue
        if page.bounds(whole).low <= page.bounds(part).high:
            continue
        result = page.bounds(part) / page.bounds(whole) * _HUNDRED
        if fit(found, result) is Fit.OFF:
            yield _ratio(page, index, part, whole, result)


_HUNDRED = Interval.exact(100)


def _ratio(page: Page, index: int, part: int, whole: int, result: Interval) -> Relation:
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=(part, whole),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[part])} / {shown(page.claims[whole])} = {told(result, claim)}",
        reason=f"The part is {told(result, claim)} of the total.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


def _alike(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one), page.found(other)
    return a.unit == b.unit and a.value is not None and a.currency == b.currency and page.kind(one) != "fx.conversion"


def _off(page: Page, total: int, parts: tuple[int, ...], result: Interval) -> Relation:
    claim = page.claims[total]
    return Relation(
        target=total,
        inputs=parts,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{' + '.join(shown(page.claims[p]) for p in parts)} = {told(result, claim)}",
        reason=f"The parts add up to {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
