"""Equations of holdings that one digit keeps from holding, wherever in an article their figures stand.

Another class, another day or another trade makes a sum fail by anything. One other digit that makes it hold is a coincidence as
rare as what the rest gives is exact beside what that digit counts: 50.84% for 20.84% is told by 55.07% less 4.23%, which can be
off by some hundredths, and so is no other trade. So no words need to say that nothing else has changed.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from stakeline.checks.relations.blame import borne_by_product
from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.fit import Fit, fit, magnitude, printed
from stakeline.checks.relations.holdings.balances import Balance, Kind, one_digit, results, stated
from stakeline.checks.relations.holdings.classes import CLASSES, one_class
from stakeline.checks.relations.holdings.issued import issued
from stakeline.checks.relations.holdings.parts import Part, parts, planned
from stakeline.checks.relations.holdings.stakes import claim_way, is_change, moves
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_OF_THREE = 12
"""How many times narrower than a digit's unit a result must be to tell that digit of a trade and two holdings: other trades hit it seldom."""
_OF_FOUR = 15
"""The same where any of four figures may be the wrong one, and nothing bears the others out."""
_OF_TWO = 3
"""And where several others bear one another out."""
_REACH = 4
"""Sentences between the figures of one holding."""
_WIDE = Decimal("0.1")
"""A number of all shares that is known no better bears nothing out."""


def digits(page: Page) -> Iterator[Relation]:
    """Counts and percentages of one number of all shares, and holdings around a trade, that one digit keeps from agreeing."""
    everything = parts(page)
    yield from _ratios(page, everything)
    yield from _steps(page, everything)


def _ratios(page: Page, everything: Sequence[Part]) -> Iterator[Relation]:
    """A count and its percentage that make another number of all shares than two others, or the only other beside it."""
    couples = [p for p in everything if _is_couple(p)]
    couples = _distinct(page, [p for p in couples if all(page.found(i).approx != "over" for i in p.figures)])
    totals = [Part(i, None, traded=False) for i in issued(page)]
    for part in couples:
        others = [p for p in (*couples, *totals) if p is not part and _of_one_whole(page, part, p)]
        others = [p for p in others if _is_exact(_whole(page, p))]
        if any(_meet(_whole(page, part), _whole(page, p)) for p in others):
            continue
        agreeing = _agreeing(page, others)
        beside = [p for p in others if p.couple and _is_beside(page, part, p)]
        beside = [p for p in beside if page.together(*part.figures, *p.figures)] or beside
        if len(agreeing) > 1:
            yield from _odd(page, part, agreeing)
        elif len(beside) == 1:
            yield from _one_of_four(page, part, beside[0])


def _distinct(page: Page, couples: Sequence[Part]) -> list[Part]:
    """Couples without those that are told a second time."""
    seen: dict[tuple[Decimal, ...], Part] = {}
    for part in couples:
        seen.setdefault(tuple(page.found(i).number for i in part.figures), part)
    return list(seen.values())


def _whole(page: Page, part: Part) -> Interval:
    """The number of all shares that a count and its percentage make, or that is told."""
    count = page.bounds(part.figures[0])
    return count if part.share is None else count / page.bounds(part.share) * _HUNDRED


def _is_exact(whole: Interval) -> bool:
    return whole.high - whole.low <= _WIDE * whole.middle


def _meet(one: Interval, other: Interval) -> bool:
    """Whether two numbers of all shares may be one, some shares more or less."""
    give = _DRIFT * max(one.high, other.high)
    return one.low <= other.high + give and other.low <= one.high + give


_DRIFT = Decimal("0.03")
"""How much the number of all shares changes without a word of it."""


def _of_one_whole(page: Page, one: Part, other: Part) -> bool:
    """Whether nothing says that two counts are of shares of two companies, or classes."""
    figures = (*one.figures, *other.figures)
    sentences = [page.found(i).sentence for i in figures]
    issuers = {page.claims[i].issuer for i in figures} - {None}
    far = max(sentences) - min(sentences) > _REACH
    return len(issuers) <= 1 and not far and not page.across(*figures) and one_class(page, one, other)


def _agreeing(page: Page, others: Sequence[Part]) -> list[Part]:
    """The most parts whose numbers of all shares are one, none of them told twice."""
    best: list[Part] = []
    for part in others:
        met = [p for p in others if _meet(_whole(page, p), _whole(page, part))]
        if all(_meet(_whole(page, a), _whole(page, b)) for a, b in combinations(met, 2)) and len(met) > len(best):
            best = met
    return best if len(best) * 2 > len(others) else []


def _odd(page: Page, part: Part, agreeing: Sequence[Part]) -> Iterator[Relation]:
    """The figure of a couple that one digit keeps from what the others agree on."""
    best = min(agreeing, key=lambda p: _whole(page, p).high / _whole(page, p).low)
    equation = _against(part, best)
    wrong = [i for i in part.figures if _repaired(page, equation, i, _OF_TWO)]
    if wrong:
        words = any(_of_words(page, equation, i) for i in wrong if not page.is_percent(i))
        yield _wrong(page, equation, max(wrong, key=lambda i: page.is_percent(i) is not words), _OF_TWO)


def _of_words(page: Page, equation: Balance, index: int) -> bool:
    """Whether million is printed for billion, or 萬 for 億: so a count is mistaken, a percentage by its point."""
    powers = {magnitude(page.found(index), r) for r in results(page, equation.kind, equation.members, index)}
    return not powers.isdisjoint(_WORDS)


_WORDS = {-4, -3, 3, 4}
"""Powers of ten between the words of magnitudes."""


def _one_of_four(page: Page, part: Part, other: Part) -> Iterator[Relation]:
    """The only one of two counts and two percentages that one digit keeps from agreeing."""
    equation = _against(part, other)
    wrong = [i for i in equation.members if _repaired(page, equation, i, _OF_FOUR)]
    other_ways = [i for i in equation.members if i not in wrong and _repaired(page, equation, i, 1)]
    if len(wrong) == 1 and not other_ways and wrong[0] in part.figures:
        yield _wrong(page, equation, wrong[0], _OF_FOUR)


def _against(part: Part, other: Part) -> Balance:
    kind: Kind = "ratio" if other.couple else "whole"
    return Balance(kind, (*part.figures, *other.figures), Fit.OFF)


def _is_beside(page: Page, one: Part, other: Part) -> bool:
    """Whether two couples are told in one breath of one company whose shares nothing multiplies, nor gives several classes."""
    figures = (*one.figures, *other.figures)
    first, last = min(figures), max(figures)
    start, end = page.found(first).start, page.found(last).end
    classes = {m[0] for m in CLASSES.finditer(page.text, max(start - _AROUND, 0), end + _AROUND)}
    several = len(classes) > 1 or (bool(classes) and _ALL.search(page.text, start, end + _AROUND) is not None)
    apart = page.found(last).sentence - page.found(first).sentence > 1 or "\n" in page.gap(first, last)
    several = several or _TICKER.search(page.text, start, end) is not None
    return not several and not is_multiplied(page) and (not apart or _has_one_issuer(page, *figures))


def _has_one_issuer(page: Page, *indices: int) -> bool:
    """Whether an article names no company but one, and has all of some figures of it."""
    return len({c.issuer for c in page.claims}) == 1 and None not in {page.claims[i].issuer for i in indices}


def is_multiplied(page: Page) -> bool:
    """Whether something is told that gives every holder many more shares, or fewer, and not only as what might be."""
    return page.has(_MULTIPLIED) and any(
        not _IF.search(page.text, max(m.start() - _AROUND, 0), m.start()) for m in _MULTIPLIED.finditer(page.text)
    )


_IF = re.compile(r"[如若][^。;；]*$|\bif\b[^.;]*$", re.IGNORECASE)
_AROUND = 40
_TICKER = re.compile(r"[(（](?:[A-Z]+ ?[:：] ?)?(?:[A-Z]{2,5}|[0-9]{4,6})(?:[-.][A-Z]{2})?[)）]")
"""Between two counts: the second may be of the company that it stands for."""
_ALL = re.compile(r"[总總]股本|[总總][发發]行|\b(?:total|all|entire|capital)\b|已[发發]行")
_MULTIPLIED = re.compile(
    r"split(?!ting)|rights (?:issue|offer)|consolidat|bonus (?:issue|share)|enlarged|merge"
    r"|拆股|送股|送[转轉红紅0-9]|[转轉]增|合股|供股|配股|[扩擴]大|合并|合併|重[组組]",
    re.IGNORECASE,
)
"""Anywhere: there may have been many more shares on one day than on another."""


def _repaired(page: Page, equation: Balance, index: int, telling: int) -> Interval | None:
    """What one other digit makes a figure, so that an equation holds; None where none does."""
    if page.is_traded(index) and borne_by_product(page, index):
        return None
    found = page.found(index)
    values = {i: page.bounds(i) for i in equation.members}
    if equation.kind in {"shares", "percent"}:
        trade = equation.members[0]
        exact = {
            **values,
            trade: Interval.exact(page.found(trade).number),
        }  # 2% of 18.211% to 16.211% is no rounded one
        made = [r for v in ((values,) if index == trade else (values, exact)) for r in _kept(page, equation, index, v)]
    else:
        made = results(page, equation.kind, equation.members, index, values)
    made = [r for r in made if not page.is_percent(index) or r.high <= _HUNDRED.high]
    return next((r for r in made if fit(found, r) is Fit.OFF and one_digit(found, r, telling)), None)


def _wrong(page: Page, equation: Balance, index: int, telling: int) -> Relation:
    """The relation against a figure that one digit keeps from what an equation wants."""
    right = _repaired(page, equation, index, telling)
    return stated(page, equation, index, Fit.OFF, right.middle if right is not None else None)


def _kept(page: Page, equation: Balance, index: int, values: dict[int, Interval]) -> list[Interval]:
    """What a trade and the other of two holdings make one, going the way that is told, or else either way."""
    trade, before, after = equation.members
    bought = _is_bought(page, trade, after)
    if index == trade:
        step = values[after] - values[before]
        return [step, -step] if bought is None else [step if bought else -step]
    other = before if index == after else after
    more, less = values[other] + values[trade], values[other] - values[trade]
    return [more, less] if bought is None else [more if bought == (index == after) else less]


def _is_bought(page: Page, trade: int, after: int) -> bool | None:
    """Whether a trade is a purchase, by its own words or those of all others of its paragraph; None where these do not tell."""
    told = claim_way(page, trade)
    if told is not None:
        return told
    near = [i for i in page.near(after, page.is_traded, _REACH) if "\n" not in page.gap(i, after)]
    ways = {page.claims[i].direction for i in near} & {"buy", "sell"}
    return ways == {"buy"} if len(ways) == 1 else None


def _steps(page: Page, everything: Sequence[Part]) -> Iterator[Relation]:
    """Before, trade and after, in percent and in shares, where the article has one trade that may have led from one to the other."""
    borne_out = _borne_out(page, everything)
    for unit, pairs in (("pct", _levels(page)), ("shares", _counts(page))):
        trades = [i for p in everything if p.traded for i in p.figures if _is_size(page, i, unit, p)]
        trades += [i for i in range(len(page.claims)) if unit == "pct" and page.kind(i) == "stake.change_pp"]
        for before, after in pairs:
            sizes = [i for i in trades if i not in {before, after} and _is_of(page, i, before, after)]
            sizes = [i for i in _nearest(page, sizes, before, after) if not _WITH.search(page.gap(i, after))]
            if len({page.found(i).number for i in sizes}) == 1 and not _is_told(page, unit, before, after, sizes):
                yield from _misprint(page, unit, (sizes[0], before, after), borne_out)


_WITH = re.compile(
    r"[连連]同(?:此前|早前|之前|先前|上)|加上|\b(?:with|and|after) (?:its|his|her|their|the|other) (?:\w+ )?(?:earlier|previous|other|former|further)\b",
    re.IGNORECASE,
)
"""Between a trade and two holdings: others led from one to the other, too."""


def _is_size(page: Page, index: int, unit: str, part: Part) -> bool:
    own = page.is_percent(index) if unit == "pct" else page.found(index).unit in {"shares", "count"}
    return own and not planned(page, part) and not page.found(index).word and not _is_side(page, index)


def _is_side(page: Page, index: int) -> bool:
    """Whether a figure leads to its neighbour, or the neighbour to it: "5.01% to 7.02%"."""
    pairs = [(i, i + 1) for i in (index - 1, index) if 0 <= i < len(page.claims) - 1]
    alike = [(a, b) for a, b in pairs if page.found(a).unit == page.found(b).unit]
    return any(from_to(page, a, b) or _TO.fullmatch(page.gap(a, b)) for a, b in alike)


_TO = re.compile(r"\s*(?:to|[-–—]|[升降增减減跌]?[至到])\s*")


def _levels(page: Page) -> list[tuple[int, int]]:
    """Holdings in percent before and after."""
    return [pair for pair in moves(page) if all(page.is_stake(i) and not is_change(page, i) for i in pair)]


def _counts(page: Page) -> list[tuple[int, int]]:
    """Holdings in shares before and after: led from one to the other by words, or the only ones of their kinds near by."""
    held = [i for i in range(len(page.claims)) if page.kind(i) in _HELD and positive(page.bounds(i))]
    found = []
    for one, other in pairwise(held):
        kinds = {page.kind(one), page.kind(other)}
        near = page.found(other).sentence - page.found(one).sentence <= 1 and page.same(one, other)
        if from_to(page, one, other) or (near and kinds == _HELD):
            old_first = page.kind(one) == "stake.before_shares" or len(kinds) == 1
            found.append((one, other) if old_first else (other, one))
    return found


_HELD = frozenset({"stake.before_shares", "stake.after_shares"})


def _is_of(page: Page, trade: int, before: int, after: int) -> bool:
    """Whether a trade stands near two holdings, and is of the same company as far as is known."""
    near = min(abs(page.found(trade).sentence - page.found(i).sentence) for i in (before, after))
    issuers = {page.claims[i].issuer for i in (trade, before, after)} - {None}
    return near <= _REACH and len(issuers) <= 1 and page.same(before, after) and not page.across(trade, before, after)


def _nearest(page: Page, trades: list[int], *holdings: int) -> list[int]:
    """Of several trades those in the paragraph, and there in the sentence, that is nearest to two holdings."""
    away = {
        i: min((page.gap(i, h).count("\n"), abs(page.found(i).sentence - page.found(h).sentence)) for h in holdings)
        for i in trades
    }
    return [i for i in trades if away[i] == min(away.values())]


def _is_told(page: Page, unit: str, before: int, after: int, sizes: Sequence[int]) -> bool:
    """Whether some other figure near by is what lies between two holdings, or two are together: then it was another trade."""
    step = unsigned(page.bounds(before) - page.bounds(after))
    units = {"pct", "pp"} if unit == "pct" else {"shares", "count"}
    near = page.near(after, lambda i: page.found(i).unit in units and i not in {before, after}, _REACH)
    near = list(dict.fromkeys((*near, *sizes)))
    sums = [page.bounds(i) for i in near] + [page.bounds(a) + page.bounds(b) for a, b in combinations(near, 2)]
    sums += [page.bounds(n) / page.bounds(w) * _HUNDRED for n, w in _of_all(page, after) if unit == "pct"]
    return any(printed_alike(step, s) for s in sums)


def _of_all(page: Page, after: int) -> Iterator[tuple[int, int]]:
    """Counts traded near a holding, with the number of all shares."""
    for whole in issued(page):
        trades = page.near(after, page.is_traded, _REACH)
        yield from ((n, whole) for n in trades if page.found(n).number < page.found(whole).number)


def printed_alike(one: Interval, other: Interval) -> bool:
    """Whether two figures may be one by their digits alone."""
    return one.low <= other.high and other.low <= one.high


def _borne_out(page: Page, everything: Sequence[Part]) -> set[int]:
    """Figures of couples that make the number of all shares that others make, or that is told."""
    couples = [p for p in everything if _is_couple(p)]
    totals = [Part(i, None, traded=False) for i in issued(page)]
    others = [(p, w) for p in (*couples, *totals) if _is_exact(w := _whole(page, p))]
    return {
        i
        for part in couples
        for other, whole in others
        if _meet(_whole(page, part), whole)
        and len(_distinct(page, (other, part))) > 1
        and _of_one_whole(page, part, other)
        for i in part.figures
    }


def _is_couple(part: Part) -> bool:
    return part.couple and not part.loose


def _misprint(page: Page, unit: str, members: tuple[int, int, int], borne_out: set[int]) -> Iterator[Relation]:
    """The one of a trade and two holdings that one digit keeps from adding up; what is left, where it may be more than one."""
    kind: Kind = "percent" if unit == "pct" else "shares"
    equation = Balance(kind, members, Fit.OFF)
    trade, before, after = members
    sure = page.same(trade, before, after) and _is_bought(page, trade, after) is not None
    telling = _OF_THREE if sure else _OF_THREE * 2
    wrong = [i for i in members if _repaired(page, equation, i, telling) and not _is_repeated(page, i)]
    wrong = [i for i in wrong if i not in borne_out]
    if {before, after} <= set(wrong):
        sound = ({before, after} - {_odd_side(page, equation)}).pop()
        wrong = [i for i in wrong if i != sound]
    if len(wrong) > 1 and page.found(trade).unit == "pp":
        return  # which of them it is the sentence's own words tell
    rest = [i for i in (after, trade, before) if i in wrong]
    if rest:
        yield _wrong(page, equation, rest[0], telling)


def _odd_side(page: Page, equation: Balance) -> int:
    """Which of two holdings the same two in the other unit do not bear out; what is left, where they do not tell."""
    _, before, after = equation.members
    pairs = _counts(page) if equation.kind == "percent" else _levels(page)
    values = {i: page.bounds(i) for i in equation.members}
    for old, new in pairs:
        if abs(page.found(old).sentence - page.found(before).sentence) > 1 or not page.same(old, before):
            continue
        part = page.bounds(old) / page.bounds(new)
        made = _kept(page, equation, after, values)[0], _kept(page, equation, before, values)[0]
        if not all(map(positive, made)):
            continue
        away = [
            abs((one / other).middle - part.middle)
            for one, other in ((values[before], made[0]), (made[1], values[after]))
        ]
        return before if away[1] * 2 < away[0] else after
    return after


def _is_repeated(page: Page, index: int) -> bool:
    """Whether the article has a figure a second time: it is no misprint."""
    own = page.found(index)
    window = range(len(page.claims))
    return any(i != index and page.found(i).unit == own.unit and printed(page.found(i)) == printed(own) for i in window)
