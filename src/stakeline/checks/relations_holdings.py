"""Holdings in shares: before and after a trade, the part of them that was traded, the number of shares of a class that they imply."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.checks.relations_fit import AMOUNT, Fit, fit, magnitude, mistyped
from stakeline.checks.relations_page import NEAR, Page, Relation
from stakeline.checks.relations_stakes import from_to, moves
from stakeline.checks.relations_words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)


def holdings(page: Page) -> Iterator[Relation]:
    """Shares before - shares traded = shares after, and what part of the holder's own shares a trade was."""
    afters = [i for i in range(len(page.claims)) if page.kind(i) == "stake.after_shares"]
    for after in afters:
        befores = page.near(after, lambda i: page.kind(i) == "stake.before_shares", 2)
        yield from _balance(page, after, befores)
    for after in range(1, len(page.claims)):
        if page.kind(after) == page.kind(after - 1) == "shares.issued" and from_to(page, after - 1, after):
            yield from _balance(page, after, [after - 1])
    for index, claim in enumerate(page.claims):
        own = (
            claim.kind in {"other.pct", "stake.change_pp", "price.change_pct"}
            and _OWN.match(page.tail(index)) is not None
        )
        if claim.found.unit == "pct" and (own or claim.kind in {"stake.change_pct", "transaction.pct_of_holding"}):
            yield from _own_part(page, index)


_LESS_SURE = 10
_OWN = re.compile(
    r" (?:decrease|reduction|increase|rise|fall) in (?:his|her|its|their) (?:position|ownership|holding|stake)",
    re.IGNORECASE,
)


def _traded(page: Page, index: int) -> list[tuple[tuple[int, ...], Interval]]:
    """Counts of shares traded near a figure: each, then the two and the three nearest together."""
    ones = page.near(index, page.is_traded, 2)
    sums: list[tuple[tuple[int, ...], Interval]] = [((n,), page.bounds(n)) for n in ones]
    for count in (2, 3):
        if len(ones) >= count:
            total = Interval.exact(0)
            for n in ones[:count]:
                total += page.bounds(n)
            sums.append((tuple(ones[:count]), total))
    return sums


def _balance(page: Page, after: int, befores: list[int]) -> Iterator[Relation]:
    claim = page.claims[after]
    tried = []
    for before in befores[:2]:
        for ns, count in _traded(page, after):
            for sign, result in (("-", page.bounds(before) - count), ("+", page.bounds(before) + count)):
                if result.low <= 0:
                    continue
                terms = f" {sign} ".join(shown(page.claims[n]) for n in (before, *ns))
                outcome = fit(claim.found, result)
                if outcome is Fit.AGREES and fit(claim.found, result, slack=_fine(count, result)) is not Fit.AGREES:
                    outcome = Fit.UNDECIDED
                tried.append(
                    Relation(
                        target=after,
                        inputs=(before, *ns),
                        fit=outcome,
                        recomputed=result,
                        working=f"{terms} = {told(result, claim)}",
                        reason="What was held and what was traded give it."
                        if outcome is Fit.AGREES
                        else f"What was held and what was traded leave {told(result, claim)}.",
                        correction=say(result, claim, page.script),
                        vouches=True,
                        slips=magnitude(claim.found, result) is not None,
                        rank=len(ns),
                    )
                )
    agreeing = [r for r in tried if r.fit is Fit.AGREES]
    if agreeing:
        yield min(agreeing, key=lambda r: r.rank)
        return
    if _remainder(page, after):
        return
    slips = [r for r in tried if r.fit is Fit.OFF and r.slips and page.same(after, *r.inputs) and r.rank == 1]
    if slips and len(befores) == 1:
        yield slips[0]
        return
    bought = page.found(after).number > page.found(befores[0]).number if befores else False
    plain = [r for r in tried if r.rank == 1 and (" + " in r.working) == bought]
    if (
        len(befores) == 1
        and len(plain) == 1
        and plain[0].fit is Fit.OFF
        and page.same(after, *plain[0].inputs)
        and (page.together(after, *plain[0].inputs) or _by_digit(page, plain[0]) or _borne_out(page, plain[0]))
    ):
        yield plain[0]


def _by_digit(page: Page, balance: Relation) -> bool:
    """Whether one wrong digit makes a count out of what a balance leaves."""
    result = balance.recomputed
    return isinstance(result, Interval) and mistyped(page.found(balance.target), Interval.exact(result.middle), 3)


def _borne_out(page: Page, balance: Relation) -> bool:
    """Whether what a balance leaves is, over all shares, the percentage printed right behind the count that it speaks against."""
    part = balance.target + 1
    if part == len(page.claims) or page.kind(part) != "stake.after_pct" or not isinstance(balance.recomputed, Interval):
        return False
    totals = [page.bounds(i) for i in page.near(part, lambda i: page.kind(i) == "shares.issued", 2)]
    shares = [balance.recomputed / total * _HUNDRED for total in totals if total.low > 0]
    return any(fit(page.found(part), share) is Fit.AGREES for share in shares)


def _remainder(page: Page, after: int) -> bool:
    """Whether a count is what is left of a plan: what was announced less what was traded."""
    ones = [page.bounds(n) for n in page.near(after, page.is_traded, 1)]
    return any(fit(page.found(after), a - b) is Fit.AGREES for a in ones for b in ones if (a - b).low > 0)


def _fine(count: Interval, result: Interval) -> Decimal:
    """The slack of a holding after a trade: a tenth of the trade, for 1% of a large holding is more than the trade itself."""
    return min(AMOUNT, count.middle / result.middle / 10)


def _own_part(page: Page, index: int) -> Iterator[Relation]:
    """What part of a holder's shares a trade was, from the shares traded and those held before or after."""
    claim, found = page.claims[index], page.found(index)
    helds = page.near(index, lambda i: page.kind(i) in {"stake.after_shares", "stake.before_shares"}, 2)
    bought = claim.direction == "up" or any(
        page.claims[i].direction == "buy" for i in page.near(index, page.is_traded, 2)
    )
    tried: list[Relation] = []
    for held in helds[:3]:
        for ns, count in _traded(page, index):
            bases = _bases(page, held, count, bought=bought)
            grown = claim.kind == "stake.change_pct" and claim.direction == "up" and page.together(index, held)
            for rank, base, sign in bases[:1] if grown and page.kind(held) == "stake.after_shares" else bases:
                result = count / base * _HUNDRED
                names = " + ".join(shown(page.claims[n]) for n in ns)
                total = f"({shown(page.claims[held])} {sign} {names})" if sign else shown(page.claims[held])
                outcome = fit(found, result)
                tried.append(
                    Relation(
                        target=index,
                        inputs=(*ns, held),
                        fit=outcome,
                        recomputed=result,
                        working=f"{names} / {total} = {told(result, claim)}",
                        reason="The shares traded over those held give it."
                        if outcome is Fit.AGREES
                        else f"The shares traded are {told(result, claim)} of those held before.",
                        correction=say(result, claim, page.script),
                        slips=abs(magnitude(found, result) or 0) in _SLIPS,
                        rank=rank + len(ns),
                    )
                )
    agreeing = [r for r in tried if r.fit is Fit.AGREES and (r.rank < _LESS_SURE or _narrow(r.recomputed))]
    if agreeing:
        yield min(agreeing, key=lambda r: r.rank)
        return
    if any(r.fit is Fit.AGREES for r in tried):
        return
    single = [r for r in tried if r.rank == 1 and page.same(index, *r.inputs) and _narrow(r.recomputed)]
    slips = [r for r in single if r.slips and r.fit is Fit.OFF]
    if slips:
        yield slips[0]
        return
    near = len(single) == 1 and _near_enough(page, single[0])
    if single and all(r.fit is Fit.OFF for r in single) and (near or _of_company(page, index)):
        yield single[0]


def _of_company(page: Page, index: int) -> bool:
    """Whether a part said to be of the holding is, to the digit, what the holding lost of the company."""
    if page.kind(index) != "transaction.pct_of_holding" or page.found(index).half >= page.found(index).number / 20:
        return False
    return any(abs(page.found(a).number - page.found(b).number) == page.found(index).number for a, b in moves(page))


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


_OF_OWN = re.compile(
    r"pledg|质押|質押|冻结|凍結|其?所?持(?:有)?(?:的)?(?:本?公司)?股[份权權](?:总数|總數|的)|\bof (?:his|her|its|their) (?:own |total |entire )?(?:holding|stake|shares|position)"
    r"|float|流通|of the offer|outstanding options",
    re.IGNORECASE,
)
"""Of a percentage that is of the holder's own shares, or of the float: no part of the class."""
_SLIPS = range(1, 5)
"""Powers of ten by which a percentage, or the count of shares that it is made from, is mistyped: a point, 萬 for 億."""
_COUNTED = {"stake.before_shares": "stake.before_pct", "stake.after_shares": "stake.after_pct"}


def classes(page: Page) -> Iterator[Relation]:
    """Shares / percent is the number of shares of one class, the same before, after and for the trade."""
    counts: list[tuple[int, int, Interval]] = []
    for index in range(len(page.claims)):
        kind = page.kind(index)
        wanted = _COUNTED.get(kind) or ("transaction.stake_pct" if page.is_traded(index) else None)
        if wanted is None or page.found(index).unit != "shares":
            continue
        near = [
            i
            for i in page.near(index, lambda i: page.kind(i) == wanted, 0)  # noqa: B023 -- used at once
            if page.found(i).number > 0 and not _OF_OWN.search(page.lead(i) + " " + page.tail(i, 32))
        ]
        close = [
            i for i in near if not any(page.found(k).unit == "shares" for k in range(min(i, index) + 1, max(i, index)))
        ]
        close.sort(key=lambda i: len(page.gap(i, index)))
        if close and page.same(index, close[0]):
            counts.append((index, close[0], page.bounds(index) * _HUNDRED / page.bounds(close[0])))
    counts.sort(key=lambda c: page.kind(c[0]) != "stake.before_shares")
    yield from _one_class(page, counts[:NEAR])
    yield from _issued(page, counts[:NEAR])


def _one_class(page: Page, counts: list[tuple[int, int, Interval]]) -> Iterator[Relation]:
    """Each count but the first against an earlier one; where two agree and a third does not, the third is off."""
    if len(counts) < 2:
        return
    fits: dict[tuple[int, int], Relation] = {}
    for one, (n, part, implied) in enumerate(counts):
        for two, (other_n, other_part, other) in enumerate(counts):
            if one == two or not (page.same(n, other_n) or _one_issuer(page, n, other_n)):
                continue
            result = page.bounds(n) * _HUNDRED / other
            claim = page.claims[part]
            fits[one, two] = Relation(
                target=part,
                inputs=(n, other_n, other_part),
                fit=fit(page.found(part), result) if implied.meet(other) is None else Fit.AGREES,
                recomputed=result,
                working=f"{shown(page.claims[n])} / ({shown(page.claims[other_n])} / {shown(page.claims[other_part])}) = {told(result, claim)}",
                reason="It implies the same number of shares as the other holding.",
                correction=say(result, claim, page.script),
                slips=abs(magnitude(page.found(part), result) or 0) in _SLIPS,
            )
    for one in range(len(counts)):
        mine = {two: r for (a, two), r in fits.items() if a == one}
        agreeing = [r for r in mine.values() if r.fit is Fit.AGREES]
        others = [r for (a, b), r in fits.items() if one not in {a, b}]
        if agreeing and any(two < one for two, r in mine.items() if r.fit is Fit.AGREES):
            yield agreeing[0]
        elif mine and all(r.fit is Fit.OFF for r in mine.values()) and any(r.fit is Fit.AGREES for r in others):
            off = next(iter(mine.values()))
            if off.slips or page.same(off.target, *off.inputs) or _mistyped(page, off):
                yield _off(off, page)
        elif mine and all(r.fit is Fit.OFF and _mistyped(page, r) for r in mine.values()):
            yield _off(next(iter(mine.values())), page)


def _mistyped(page: Page, relation: Relation) -> bool:
    """Whether a slip of the pen explains a percentage; another class of shares would hardly differ by one digit."""
    return isinstance(relation.recomputed, Interval) and mistyped(page.found(relation.target), relation.recomputed)


def _one_issuer(page: Page, one: int, other: int) -> bool:
    """Whether two holders' shares are of the same class of the same issuer."""
    a, b = page.claims[one], page.claims[other]
    classes_ = {None if c.share_class == "total" else c.share_class for c in (a, b)}
    return a.issuer is not None and a.issuer == b.issuer and len(classes_) == 1


def _off(relation: Relation, page: Page) -> Relation:
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a share it always is
    recomputed = told(relation.recomputed, page.claims[relation.target])
    return msgspec.structs.replace(
        relation, reason=f"By the other holdings of the article these shares are {recomputed}."
    )


_OF_ALL = re.compile(r"(?:股|股份)*(?:之|的|约|約){0,2}|,? or (?:about )?", re.IGNORECASE)
"""All that stands between the number of all shares and the percentage that some are of it."""


def of_issued(page: Page) -> Iterator[Relation]:
    """Some shares as a percentage of all, printed one behind the other: 256,579,000股佔已發行股本5,770,000,000股之4.45%."""
    for total in range(1, len(page.claims) - 1):
        part, n = total + 1, total - 1
        counts = all(page.found(i).unit == "shares" and page.found(i).number > 0 for i in (n, total))
        if not counts or page.kind(total) != "shares.issued" or page.found(part).unit != "pct":
            continue
        whole = (
            page.found(total).number > page.found(n).number
            and page.together(total, part)
            and page.found(total).sentence - page.found(n).sentence <= 1
        )
        if not whole or not _OF_ALL.fullmatch(page.gap(total, part)) or not _SHARE.search(page.gap(n, total)):
            continue
        relation = _over_all(page, part, n, total, page.bounds(n) / page.bounds(total) * _HUNDRED)
        if relation.fit is not Fit.UNDECIDED:
            yield relation


_SHARE = re.compile(r"占|佔|相当于|相當於|represent|equivalent|equal to|out of", re.IGNORECASE)


def _over_all(page: Page, part: int, n: int, total: int, result: Interval) -> Relation:
    """A percentage against so many shares over all shares, which give `result`."""
    claim = page.claims[part]
    outcome = fit(claim.found, result)
    return Relation(
        target=part,
        inputs=(n, total),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[n])} / {shown(page.claims[total])} = {told(result, claim)}",
        reason="The shares over all shares give it."
        if outcome is Fit.AGREES
        else f"The shares are {told(result, claim)} of all shares.",
        correction=say(result, claim, page.script),
    )


def _of_named(page: Page, part: int, totals: list[int]) -> list[int]:
    """The counts that a percentage can be of: one said to be of all shares is of no class where the article has a larger count."""
    if page.claims[part].share_class != "total" or not totals:
        return totals
    most = max(page.found(i).number for i in totals)
    return [i for i in totals if page.claims[i].share_class in {None, "total"} or page.found(i).number == most]


def _issued(page: Page, counts: list[tuple[int, int, Interval]]) -> Iterator[Relation]:
    """Shares as a part of all shares, where the article says how many there are."""
    for n, part, _ in counts:
        totals = [i for i in page.near(n, lambda i: page.kind(i) == "shares.issued", 2) if page.bounds(i).low > 0]
        for total in _of_named(page, part, totals)[:2]:
            result = page.bounds(n) / page.bounds(total) * _HUNDRED
            relation = _over_all(page, part, n, total, result)
            slips = abs(magnitude(page.found(part), result) or 0) in _SLIPS
            if relation.fit is Fit.AGREES or (slips and len(totals) == 1 and page.same(n, part, total)):
                yield msgspec.structs.replace(relation, slips=slips)
