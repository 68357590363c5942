"""Parts and their total."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, mistyped, overlong
from stakeline.checks.relations.page import NEAR, STAKES, Page, Relation, positive
from stakeline.checks.relations.wholes.sums import ALL, BEHIND, added, against, can_add, is_alike, refuted, rest_of
from stakeline.model.numbers import Interval

_SUM = re.compile(
    r"(?:\b(?:together(?! with)|in total|altogether|combined|joint|jointly|aggregate|a total of|totall?ing|in all|both|between them|(?:the|all) (?:two|three|four|five)|total revenue)\b[^0-9.;]{0,32}"
    r"|(?:[合总總]共|一共|[合总總共][计計]|(?<!第)[两兩二三四五][者项項人笔筆次日天季家][^0-9,，。；]{0,6}共?)[^0-9,，。；]{0,12})$",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"(?:[各每均]|都(?=[在有超逾达達是为為不]))[^0-9,，。;；]{0,6}$|\beach\b[^0-9,.;]{0,20}$")
"""In front of an amount: it is told of each of several, not of all: 两家的总额都在2亿元以上."""
_SO_FAR = re.compile(
    r"(?:(?:累计|累計|全年|全期|全季)[^0-9。；]{0,12}|\b(?:bringing|brings|brought|taking|takes|took|making|makes?|lifting|giv(?:e|es|ing)|to date|so far|(?:add|sum|com|amount)(?:s|e|es|ing)?(?: up)? to)\b[^0-9.;]{0,48})$",
    re.IGNORECASE,
)
"""In front of a total; of one up to a day, to which more may belong than the parts just told."""
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
_FAR, _FARTHEST = Decimal("1.5"), Decimal(5)
"""A total further than this from its parts is of something else; from as many parts as it is told to have, further."""


def totals(page: Page) -> Iterator[Relation]:
    """Parts and the total behind them, where words call it one: "together 39.91%", 三人合计51.5万股.

    The parts are all figures of its unit that its sentence has in front of it, or, where it has none, the sentence before.
    """
    for total, claim in enumerate(page.claims):
        lead = _OF_LAST.sub("", page.lead(_named(page, total)))
        whole = _SUM.search(lead) or BEHIND.match(page.tail(total)) or _is_tally(page, total)
        if claim.found.value is None or claim.found.bracket or _OF_EACH.search(lead):
            continue
        if not (whole or _SO_FAR.search(lead)):
            continue
        alike = sorted(i for i in page.near(total, lambda i: is_alike(page, i, total)) if i < total)  # noqa: B023
        alike = [i for i in alike if page.is_price(i) is page.is_price(total)]
        agreeing = _suffix(page, total, alike)
        if agreeing is not None:
            miscopied = bool(whole) and _miscopied(page, total, agreeing.inputs)
            yield against(page, total, agreeing.inputs, added(page, agreeing.inputs)) if miscopied else agreeing
            continue
        parts = [i for i in alike if page.together(i, total)]
        parts = parts or ([i for i in alike if page.together(i, alike[-1])] if whole else [])
        parts = _without_sums(page, total, parts)
        if len(parts) < 2 and whole:
            parts = _told_one_by_one(page, total)
        result = added(page, parts)
        told_whole = len(parts) > 1 and positive(result) and _all_of(page, total, parts)
        if claim.found.unit == "pct" and any(claim.found.number <= page.found(i).number for i in parts):
            told_whole = False  # changes in a row, no parts of one whole
        off = told_whole and fit(claim.found, _widened(page, parts, result)) is Fit.OFF
        if off and not _adds_up(page, total, page.near(total, lambda i: is_alike(page, i, total), 0)):  # noqa: B023
            exact = Interval.exact(result.middle)
            pen = mistyped(claim.found, exact, _PEN_DIGITS) or magnitude(claim.found, result) is not None
            counted = claim.found.unit == "currency" and _number_of_parts(page, total) is not None
            far = _FARTHEST if counted else _FAR
            near = 1 / far < claim.found.number / result.middle < far
            more = bool(whole) and any(overlong(page.found(i), rest_of(page, i, total, parts)) for i in parts)
            if pen or more or (near and whole and (page.together(total, *parts) or _as_many(page, total, parts))):
                yield refuted(page, total, tuple(parts), result)


def _named(page: Page, total: int) -> int:
    """The figure whose words name a total: itself, or the number of shares right in front of a percentage that is of the same total."""
    beside = page.found(total).unit == "pct" and total and page.found(total - 1).unit == "shares"
    return total - 1 if beside and _OR.fullmatch(page.gap(total - 1, total)) else total


_OR = re.compile(
    r"(?: shares)?,? (?:or|representing|equal to|equivalent to) (?:about )?| ?[(（]|[,，]?[占佔][^0-9,，。；]{0,8}"
)


def _without_sums(page: Page, total: int, parts: list[int]) -> list[int]:
    """Parts but for those told as a total of the ones before them, and for a whole in front of as many parts as the total is said to have."""
    own = [i for k, i in enumerate(parts) if not (_SUM.search(page.lead(i)) and _suffix(page, i, parts[:k]))]
    many = _number_of_parts(page, total)
    if many is None or len(own) != many + 1 or not _OF_THE.search(page.lead(own[0])):
        return own
    return own[1:] if page.bounds(own[0]).low > added(page, own[1:]).high else own


def _widened(page: Page, parts: list[int], result: Interval) -> Interval:
    """Where a sum lies whose parts are told about."""
    if not any(page.found(i).approx for i in parts):
        return result
    return Interval(result.low * (1 - ABOUT), result.high * (1 + ABOUT))


def _is_tally(page: Page, total: int) -> bool:
    """Whether the sentence of a figure, the first of its unit there, begins as one that adds up what was told before."""
    found = page.found(total)
    front = _CLAUSE.split(page.text[max(found.start - _FRONT, 0) : found.start])[-1]
    first = not any(i < total for i in page.near(total, lambda i: is_alike(page, i, total), 0))
    return first and _ADDED_UP.match(front) is not None


def _number_of_parts(page: Page, total: int) -> int | None:
    """How many parts the words in front of a total say that it has, or those that its sentence begins with."""
    front = _CLAUSE.split(page.text[max(page.found(total).start - _FRONT, 0) : page.found(total).start])[-1]
    counted = _COUNTED.search(page.lead(total)) or (_FIRST.match(front) if _is_tally(page, total) else None)
    return _NUMBERS[counted[1].lower()] if counted is not None else None


_FIRST = re.compile(r"\s*(?:[这這以][^0-9，,。；]{0,2}|all |both )?([两兩二三四五]|two|three|four|five)", re.IGNORECASE)
_OVER = "over"
_FRONT = 80
_CLAUSE = re.compile(r"[。！？；;\n!?]|\.\s")
_ADDED_UP = re.compile(
    r"\s*(?:(?:[这這以][^0-9，,。；]{0,2})?[两兩二三四五](?:[次笔筆回者人项項宗年天日家]|[^0-9，,。；]{1,3}[次笔筆回项項宗])(?:[合总總共][计計共]|相加|加起[来來]|加[总總])"
    r"|(?:together|in all|altogether|combined|all told|(?:all|both) (?:two|three|four|five)? ?[a-z]+ together)\b)",
    re.IGNORECASE,
)
"""At the start of a sentence: it adds up what was told before."""


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
    near = page.near(total, lambda i: page.kind(i) == page.kind(total) and is_alike(page, i, total), _SENTENCES)
    return sorted(i for i in near if i < total)


_SENTENCES = 3
"""Sentences in front of a total in which its parts may be told."""


def _suffix(page: Page, total: int, alike: list[int]) -> Relation | None:
    """The last two figures in front of a total, or three, four ..., where they add up to it."""
    for count in range(2, min(len(alike), NEAR) + 1):
        parts = alike[-count:]
        result = added(page, parts)
        if fit(page.found(total), result) is Fit.AGREES:
            off = against(page, total, tuple(parts), result)
            return msgspec.structs.replace(off, fit=Fit.AGREES, reason="The parts add up to it.", vouches=True)
    return None


def _adds_up(page: Page, total: int, others: list[int]) -> bool:
    """Whether a figure is the sum of a total and others beside it, or the total of some others only: it is another one than it seems."""
    figures = sorted((total, *others))
    runs = [figures[a:b] for a in range(len(figures)) for b in range(a + 2, len(figures) + 1)]
    return any(
        fit(page.found(i), added(page, run)) is Fit.AGREES
        for run in runs
        for i in (figures if total in run else (total,))
        if i not in run
    )


def _as_many(page: Page, total: int, parts: list[int]) -> bool:
    """Whether the words in front of a total say how many parts it has, and there are as many: "the two deals"."""
    counted = _COUNTED.search(page.lead(total, 96))
    return counted is not None and _NUMBERS[counted[1].lower()] == len(parts)


def _all_of(page: Page, total: int, parts: list[int]) -> bool:
    """Whether figures can only be all the parts of one total: of one kind, none of them vague, none the end of a move."""
    kinds = {page.kind(i) for i in (*parts, total)} - _ANY
    one = len(kinds) <= 1 or kinds <= STAKES or kinds == {"segment.revenue", "result.revenue"}
    counted = page.found(total).unit == "shares" and _number_of_parts(page, total) == len(parts)
    one = one or (counted and _COMBINED.search(page.lead(total)) is not None)
    one = one or (kinds <= _HELD and _COMBINED.search(page.lead(total)) is not None)
    one = one and not (page.found(total).unit == "pct" and any(page.found(i).number > ALL for i in parts))
    words = page.text[page.found(parts[0]).start : page.found(total).start]
    loose = {None, "about"} if page.found(total).unit == "currency" else {None}
    vague = any(page.found(i).approx not in loose for i in parts) or page.found(total).approx not in {
        *loose,
        "upto",
        _OVER,
    }
    vague = vague or any(_ONE_OF_TWO.search(page.lead(i, 12)) for i in parts)
    one = one and not _SOMEONE.search(page.gap(parts[-1], total))
    many = _number_of_parts(page, total)
    one = one and many in {None, len(parts)}
    told_of_all = many is not None and _is_tally(page, total)
    return (
        one
        and not vague
        and (told_of_all or not _MORE.search(words))
        and all(page.found(i).bound is None for i in parts)
    )


_COMBINED = re.compile(r"\b(?:together|combined|total|aggregate|altogether|in all)\b|[合共总總]", re.IGNORECASE)
"""In front of a total that can be nothing else, whatever its kind was taken for."""
_HELD = frozenset({"stake.before_shares", "stake.after_shares"})
"""Kinds of holdings of several holders, of which one is easily taken for what another had before."""
_ANY = frozenset({"other.amount", "result.other"})
"""Kinds of amounts of which nothing is known that speaks against a sum."""
_OF_THE = re.compile(r"(?:^|[,，:] ?|\n)(?:Of|Out of) (?:the|its|his|her|their|these|those|all)(?: [a-z]+)? $")
"""In front of a total whose parts follow: "Of the 24 million shares A sold ..."."""
_ALL_OF_IT = re.compile(
    r"\b(?:made up|consist\w*|compos\w+|compris\w+|split|divided|broken down|namely)\b|[:：]|——|[组組]成|分[为為成]",
    re.IGNORECASE,
)
_SOME_OF_IT = re.compile(r"\b(?:includ\w+|of which|of whom)\b|[其當当]中|包括|[^0-9,，。；、]{2}[占佔]$", re.IGNORECASE)
"""Between a total and the first of its parts: all of them follow, or some."""
_COUNTED = re.compile(
    r"(\btwo|\bthree|\bfour|\bfive|(?<!第)[两兩二三四五](?=[者项項人笔筆次日天季家名位大只支股]))(?![a-z])[^0-9.;。；]{0,80}$",
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
        result = added(page, behind)
        if not positive(result):
            continue
        found = claim.found
        if found.approx and found.approx == page.found(behind[0]).approx:  # up to so much in all, up to so much of each
            found = msgspec.structs.replace(found, approx=None)
        ratio = found.number / result.middle
        near = 1 / _FAR < ratio < (_CLOSE if whole else 1)
        if (
            (near or _is_one_digit(page, total, behind))
            and fit(found, result) is Fit.OFF
            and not _adds_up(page, total, behind)
        ):
            yield refuted(page, total, tuple(behind), result)


def _is_one_digit(page: Page, total: int, parts: list[int]) -> bool:
    """Whether one digit, or two changed round, make a total what its parts come to, all printed to one place and none rounded."""
    figures = [page.found(i) for i in (*parts, total)]
    if len({f.half for f in figures}) > 1 or any(f.approx or f.word for f in figures):
        return False
    return mistyped(figures[-1], Interval.exact(sum((f.number for f in figures[:-1]), Decimal(0))), _SOME_DIGITS)


_SOME_DIGITS = 3
"""Digits of a total whose parts need not all be told: one of fewer is wrong by chance."""


def _told_of(page: Page, total: int, behind: list[int]) -> tuple[bool, bool]:
    """Whether words say that some parts of a total follow, and that all do."""
    words = page.gap(total, behind[0])
    if not page.together(total, behind[0]):
        return False, _is_of_as_many(page, total, behind)
    some = _OF_THE.search(page.lead(total)) is not None or _SOME_OF_IT.search(words) is not None
    whole = _ALL_OF_IT.search(words) is not None and "(" not in words and "（" not in words
    return some, _as_many(page, total, behind) if some else whole


def _is_of_as_many(page: Page, total: int, parts: list[int]) -> bool:
    """Whether a figure is told as a total, and as one of so many parts: "three holders sold 12 million shares between them"."""
    return bool(_SUM.search(page.lead(total)) or BEHIND.match(page.tail(total))) and _as_many(page, total, parts)


def _parts_behind(page: Page, total: int) -> list[int]:
    """The figures behind a total that can be its parts, at least two: of its sentence, or else of the next one."""
    found = page.found(total)
    if not can_add(page, total) or not positive(found.bounds()):
        return []
    behind = sorted(page.near(total, lambda i: i > total and is_alike(page, i, total)))
    behind = [i for i in behind if page.is_price(i) is page.is_price(total)]
    behind = [i for i in behind if page.together(i, behind[0])]
    kinds = {page.kind(i) for i in (total, *behind)}
    beside = bool(behind) and (page.together(total, behind[0]) or _is_of_as_many(page, total, behind))
    one = len(kinds) == 1 or (found.unit != "pct" and beside)
    if len(behind) < 2 or not one or not all(can_add(page, i) for i in behind):
        return []
    return [] if _MOVED.search(page.gap(behind[0], behind[-1])) else behind
