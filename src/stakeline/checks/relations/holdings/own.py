"""Holdings in shares: what several trades leave of one, and what part of it a trade was."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.fit import AMOUNT, Fit, fit, magnitude
from stakeline.checks.relations.holdings.issued import issued
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import STAKES, Page, Relation, positive, reached
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)


def holdings(page: Page) -> Iterator[Relation]:
    """Shares before - several trades = shares after, and what part of the holder's own shares a trade was."""
    for after in range(1, len(page.claims)):
        if page.kind(after) == "stake.after_shares":
            yield from _left_over(page, after, page.near(after, lambda i: page.kind(i) == "stake.before_shares", 2))
        elif page.kind(after) == page.kind(after - 1) == "shares.issued" and from_to(page, after - 1, after):
            yield from _left_over(page, after, [after - 1])
    for index, claim in enumerate(page.claims):
        own = claim.kind in _MISTAKEN and (
            _OWN.match(page.tail(index)) or _OWN_BEFORE.search(page.lead(index)) or _in_a_row(page, index)
        )
        if claim.found.unit == "pct" and (own or claim.kind in {"stake.change_pct", "transaction.pct_of_holding"}):
            yield from _own_part(page, index)


_LESS_SURE = 10
_BACK = 4
"""Sentences within which a trade may be of a holding: a list of sales stands between the two."""
_HELD = frozenset({"stake.before_shares", "stake.after_shares"})
_MISTAKEN = STAKES | {"other.pct", "stake.change_pp", "price.change_pct", "transaction.stake_pct"}
"""Kinds that a part of one's own shares is taken for, where the words beside it tell what it is."""
_OWN = re.compile(
    r" (?:(?:decrease|reduction|increase|rise|fall|addition) in|to) (?:his|her|its|their) (?:position|ownership|holding|stake)",
    re.IGNORECASE,
)
_OF_OLD = re.compile(r" of [^.,;]{2,40}\b(?:in|of|at) [^.,;]{0,12}(?:19|20)[0-9]{2}\b")
"""Behind a percentage: it is of what was held in another year."""
_OF_AMOUNT = re.compile(
    r"[额額](?:同比|[环環]比|按年|按月)*(?:上升|下降|增加|增[长長]|[减減]少|大增|大[减減])?了?[约約]?$"
)
"""In front of a percentage: it is how much an amount grew, 减持额上升257%."""
_OWN_BEFORE = re.compile(r"持股[数數]?量?(?:缩减|縮減|减少|減少|增加)了?[约約]?$")
_SO_FAR = re.compile(
    r"(?:已|累[计計]|合共|共)(?:[减減]持|出售|[卖賣]出|沽出|套[现現])?了?(?:[约約近逾超])?$|\b(?:so far|altogether|already|in all|cumulative\w*) (?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)
"""In front of a part that several trades together were."""
_LEFT = re.compile(
    r"\b(?:left|leav(?:es|ing)|remain\w*|retain\w*|keeps?|still)\b|剩|余下|餘下|仍持|尚持", re.IGNORECASE
)
"""In front of what is left after a sale."""


def _traded(page: Page, index: int) -> list[tuple[tuple[int, ...], Interval]]:
    """Counts of shares traded near a figure: each, then the two and the three nearest together."""
    ones = page.near(index, page.is_traded, 2) or _only(page)
    sums: list[tuple[tuple[int, ...], Interval]] = [((n,), page.bounds(n)) for n in ones]
    for count in (2, 3):
        if len(ones) >= count:
            total = Interval.exact(0)
            for n in ones[:count]:
                total += page.bounds(n)
            sums.append((tuple(ones[:count]), total))
    return sums


def _only(page: Page) -> list[int]:
    """The one count of shares traded in an article, wherever it stands."""
    traded = [i for i in range(len(page.claims)) if page.is_traded(i)]
    return traded if len(traded) == 1 else []


def _left_over(page: Page, after: int, befores: list[int]) -> Iterator[Relation]:
    """What up to three trades together leave; one that is not left may be of another time."""
    claim = page.claims[after]
    for ns, count in sorted(_traded(page, after), key=lambda t: len(t[0])):
        for before in befores[:2]:
            for sign, result in (("-", page.bounds(before) - count), ("+", page.bounds(before) + count)):
                if result.low > 0 and fit(claim.found, result, slack=_fine(count, result)) is Fit.AGREES:
                    terms = f" {sign} ".join(shown(page.claims[n]) for n in (before, *ns))
                    yield Relation(
                        target=after,
                        inputs=(before, *ns),
                        fit=Fit.AGREES,
                        recomputed=result,
                        working=f"{terms} = {told(result, claim)}",
                        reason="What was held and what was traded give it.",
                        vouches=True,
                        rank=len(ns),
                    )
                    return


def _fine(count: Interval, result: Interval) -> Decimal:
    """The slack of a holding after a trade: a tenth of the trade, for 1% of a large holding is more than the trade itself."""
    return min(AMOUNT, count.middle / result.middle / 10)


def _own_part(page: Page, index: int) -> Iterator[Relation]:
    """What part of a holder's shares a trade was, from the shares traded and those held before or after."""
    if _OF_OLD.match(page.tail(index)) or _OF_AMOUNT.search(page.lead(index)):
        return
    tried = _tried(page, index)
    agreeing = [r for r in tried if r.fit is Fit.AGREES and (r.rank < _LESS_SURE or _narrow(r.recomputed))]
    if agreeing:
        yield min(agreeing, key=lambda r: r.rank)
        return
    if any(r.fit is Fit.AGREES for r in tried) or _is_explained(page, index) or _SO_FAR.search(page.lead(index)):
        return
    if any(_is_rest(page, index, r) for r in tried) or _of_earlier(page, index):
        return
    trades = len({page.found(n).value for n in page.near(index, page.is_traded, 2)})
    whole = [r for r in tried if len(r.inputs) in {2, trades + 1} and (_narrow(r.recomputed) or _to_digit(page, r))]
    all_ = set(issued(page))
    held = {page.found(i).value for i in range(len(page.claims)) if page.kind(i) in _HELD and i not in all_}
    only = len(held) == 1
    off = [r for r in whole if r.fit is Fit.OFF and (page.same(index, *r.inputs) or (only and r.slips))]
    closed = [r for r in tried if r.fit is Fit.OFF and r.rank == 0]
    slips = [r for r in off if r.slips]
    lone = off if only and off == whole and not _is_doubtful(page, index, trades) else []
    if closed or slips or lone:
        yield min(closed or slips or lone, key=lambda r: r.rank)
        return
    first = [r for r in whole if r.rank == 1 and page.same(index, *r.inputs)]
    near = len(first) == 1 and _near_enough(page, first[0])
    sure = page.kind(index) not in _MISTAKEN and (near or _of_company(page, index))
    if first and sure and all(r in off for r in first):
        yield first[0]


def _of_earlier(page: Page, index: int) -> bool:
    """Whether a trade that is told farther off gives a percentage: other sales are told between the two."""
    helds = page.near(index, lambda i: page.kind(i) in _HELD, 1)
    trades = [((n,), page.bounds(n)) for n in page.near(index, page.is_traded, _BACK)]
    bought = page.claims[index].direction == "up"
    return any(
        _over(page, index, ns, held, base, sign, rank).fit is Fit.AGREES
        for held in helds
        for ns, count in trades
        for rank, base, sign in _bases(page, held, count, bought=bought)[:1]
    )


def _is_doubtful(page: Page, index: int, trades: int) -> bool:
    """Whether the percentage may be of something else than a trade near by of what is held."""
    total = sum(page.is_traded(i) for i in range(len(page.claims)))
    held = _STAKE.match(page.tail(index)) is not None
    return held or page.kind(index) in _MISTAKEN or total > _FEW or trades == 0


_STAKE = re.compile(r" (?:stake|interest|holding|shareholding)\b|的?[股权權][份权權益]")
"""Directly behind a percentage that is a holding."""
_FEW = 3


def _tried(page: Page, index: int) -> list[Relation]:
    """A percentage against each trade near by over each holding; where a trade leads from one holding to the other, over the first."""
    whole = set(issued(page))
    if _in_a_row(page, index) and index + 1 not in whole:
        base = reached(page.found(index + 1)) + reached(page.found(index - 1))
        return [_over(page, index, (index - 1,), index + 1, base, "+", 0)]
    helds = page.near(index, lambda i: page.kind(i) in _HELD and i not in whole, 2)
    trades = _traded(page, index)
    buys = {page.claims[i].direction for ns, _ in trades for i in ns}
    bought = page.claims[index].direction == "up" or "buy" in buys
    closed = _closed(page, helds, trades, bought=bought)
    if closed is not None and (page.together(index, closed[1]) or not _told_beside(page, index, helds, trades)):
        ns, before = closed
        return [_over(page, index, ns, before, page.bounds(before), "", 0)]
    olds = [h for h in helds if page.kind(h) == "stake.before_shares"]
    told_so = page.kind(index) == "stake.change_pct"
    known = len(olds) == 1 and len(helds) == 2 and told_so and page.together(index, *helds)
    found: list[Relation] = []
    for held in olds if known else helds[:3]:
        after = page.kind(held) == "stake.after_shares"
        grown = told_so and page.claims[index].direction == "up" and page.together(index, held)
        left = "sell" in buys and not bought and _LEFT.search(page.lead(held)) is not None
        for ns, count in trades:
            bases = _bases(page, held, count, bought=bought)
            for rank, base, sign in bases[:1] if known or (after and (grown or left)) else bases:
                found.append(_over(page, index, ns, held, base, sign, rank + len(ns)))
    return found


def _in_a_row(page: Page, index: int) -> bool:
    """Whether a sale, the part of the holding that it was and what is left of this are told one after the other."""
    if not 0 < index < len(page.claims) - 1 or not page.together(index - 1, index, index + 1):
        return False
    left = (page.kind(index + 1) in _HELD or page.is_traded(index + 1)) and _LEFT.search(
        page.lead(index + 1)
    ) is not None
    words = page.lead(index) + "|" + page.tail(index)
    return left and page.is_traded(index - 1) and page.found(index).unit == "pct" and bool(_OF_OWN.search(words))


_OF_OWN = re.compile(
    r"[减減][幅少][约約]?\||\| of (?:his|her|its|their|the|a) (?:[a-z]+ ){0,2}(?:holding|stake|shares|position|shareholding)\b",
    re.IGNORECASE,
)
"""Around a percentage: it is of what was held before."""


def _told_beside(page: Page, index: int, helds: list[int], trades: list[tuple[tuple[int, ...], Interval]]) -> bool:
    """Whether one trade of a percentage's own sentence, over a holding told there, gives it."""
    return any(
        page.together(index, held, *ns) and _over(page, index, ns, held, base, sign, rank).fit is Fit.AGREES
        for held in helds
        for ns, count in trades
        for rank, base, sign in _bases(page, held, count, bought=page.claims[index].direction == "up")[:1]
    )


def _over(page: Page, index: int, ns: tuple[int, ...], held: int, base: Interval, sign: str, rank: int) -> Relation:
    """Shares traded over those held."""
    claim = page.claims[index]
    count = Interval.exact(0)
    for n in ns:
        count += page.bounds(n)
    result = count / base * _HUNDRED
    names = " + ".join(shown(page.claims[n]) for n in ns)
    total = f"({shown(page.claims[held])} {sign} {names})" if sign else shown(page.claims[held])
    outcome = fit(claim.found, result)
    return Relation(
        target=index,
        inputs=(*ns, held),
        fit=outcome,
        recomputed=result,
        working=f"{names} / {total} = {told(result, claim)}",
        reason="The shares traded over those held give it."
        if outcome is Fit.AGREES
        else f"The shares traded are {told(result, claim)} of those held before.",
        correction=say(result, claim, page.script),
        slips=abs(magnitude(claim.found, result) or 0) in _SLIPS,
        rank=rank,
    )


def _closed(
    page: Page, helds: list[int], trades: list[tuple[tuple[int, ...], Interval]], *, bought: bool
) -> tuple[tuple[int, ...], int] | None:
    """The one trade, of one or several parts, that leads from one of two holdings to the other, and the first of these."""
    found = []
    for one, other in combinations(helds[:4], 2):
        step = unsigned(page.bounds(one) - page.bounds(other))
        low, high = sorted((one, other), key=lambda i: page.found(i).number)
        for ns, count in trades:
            if positive(step) and count.low <= step.high and step.low <= count.high and page.same(one, other):
                found.append((ns, low if bought else high))
    return found[0] if len({before for _, before in found}) == 1 else None


def _is_explained(page: Page, index: int) -> bool:
    """Whether a percentage is what one holding near by is less or more than another, in shares or in percent."""
    for wanted in (lambda i: page.kind(i) in _HELD, page.is_stake):
        for one, other in permutations(page.near(index, wanted, 2)[:4], 2):
            base = page.bounds(other)
            result = unsigned(page.bounds(one) - base) / base * _HUNDRED if positive(base) else base
            if positive(base) and _narrow(result) and fit(page.found(index), result) is Fit.AGREES:
                return True
    return False


def _is_rest(page: Page, index: int, part: Relation) -> bool:
    """Whether a percentage is what a trade left of the holding, not the part of it that was traded."""
    assert isinstance(part.recomputed, Interval)  # noqa: S101 -- of a part it always is
    rest = _HUNDRED - part.recomputed
    return positive(rest) and fit(page.found(index), rest) is Fit.AGREES


def _of_company(page: Page, index: int) -> bool:
    """Whether a part said to be of the holding is, to the digit, what the holding lost of the company."""
    if page.kind(index) != "transaction.pct_of_holding" or page.found(index).half >= page.found(index).number / 20:
        return False
    return any(abs(page.found(a).number - page.found(b).number) == page.found(index).number for a, b in moves(page))


def _to_digit(page: Page, relation: Relation) -> bool:
    """Whether a percentage has the very digits of what the printed counts give, though one of them has but a single digit."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a part it always is
    return relation.slips and bool(magnitude(page.found(relation.target), Interval.exact(relation.recomputed.middle)))


def _narrow(result: Interval | str) -> bool:
    """Whether a recomputed percentage is exact enough to bear anything out."""
    return isinstance(result, Interval) and result.high - result.low <= max(Decimal(1), result.middle / 10)


def _bases(page: Page, held: int, count: Interval, *, bought: bool) -> list[tuple[int, Interval, str]]:
    """What was held before a trade: as the kind of the holding has it, then, if kind or sense are misread, otherwise.

    With a rank: only the first, of rank 0, is certain enough to speak against a percentage.
    """
    own = page.bounds(held)
    after = [(own - count, "-"), (own + count, "+")] if bought else [(own + count, "+"), (own - count, "-")]
    before = page.kind(held) == "stake.before_shares"
    bases = [(own, ""), *after] if before else [*after, (own, "")]
    return [(_LESS_SURE * i, base, sign) for i, (base, sign) in enumerate(bases) if base.low > 0]


def _near_enough(page: Page, relation: Relation) -> bool:
    """An unexplained difference counts only between figures of the same sentence or the next, and where it is not wild."""
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a part it always is
    sentences = [page.found(i).sentence for i in (relation.target, *relation.inputs)]
    ratio = page.found(relation.target).number / relation.recomputed.middle
    return max(sentences) - min(sentences) <= 1 and Decimal("0.3") < ratio < Decimal(3)


_SLIPS = range(1, 5)
"""Powers of ten by which a percentage, or the count of shares that it is made from, is mistyped: a point, 萬 for 億."""
