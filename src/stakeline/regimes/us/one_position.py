"""One position from the cover pages of several reporting persons.

A fund, its general partner, its adviser and its owner each report the same shares, so their aggregates are never added up.
What the numbers prove: all report the same; or the largest is, exactly, the sum of others, who are its parts. What the
powers tell besides: who has no sole power shares every share with somebody, and the largest shares as many, where it is
above the others (by its type, or because another tells exactly what it shares). Else the group holds no less than the
largest and no more than all together (Rule 13d-5: a group is one person, and holds what each does).
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from functools import reduce
from itertools import combinations

import msgspec

from stakeline.model.notices import Amount, Cover
from stakeline.model.numbers import PRECISION, Number, exact_sum
from stakeline.model.problems import Problem, Severity, quote

_NOTHING, _ALL, _UNTOLD = Decimal(0), Decimal(100), Decimal(-1)
_EXACT = Context(prec=PRECISION)
_OVER = {"HC", "IA"}
"""Types of person that hold through others: a parent or control person, an investment adviser."""
_MOST_PARTS = 12
"""Amounts of which every sum is tried."""


class Combined(msgspec.Struct, frozen=True):
    """The position of all reporting persons together.

    lead: place of the person whose aggregate it is, or is at least. words: how it follows, None for one person alone.
    doubt: what the cover pages leave open.
    """

    lead: int
    shares: Amount
    percent: Amount
    words: str | None = None
    doubt: str | None = None


def combined(covers: Sequence[Cover]) -> Combined:
    """The one position that cover pages tell. covers: at least one."""
    if len(covers) == 1:
        return Combined(0, covers[0].aggregate, covers[0].percent)
    sizes = [(_value(c.aggregate), _value(c.percent)) for c in covers]
    lead = sizes.index(max(sizes))
    top = covers[lead]
    if not isinstance(top.aggregate, Number):
        return Combined(lead, top.aggregate, top.percent)
    told = [c for c in covers if isinstance(c.aggregate, Number)]
    words = _nested(top, told)
    missing = [c.name for c in covers if not isinstance(c.aggregate, Number)]
    doubt = f"the aggregate of {quote(', '.join(missing))} is not told: the total may be larger" if missing else None
    if words is not None:
        return Combined(lead, top.aggregate, top.percent, words, doubt)
    open_ = "the cover pages do not tell whose shares are whose: at least the largest aggregate, at most the sum of all"
    shares = msgspec.structs.replace(top.aggregate, high=exact_sum(*(_value(c.aggregate) for c in told)))
    percent = top.percent
    others = [c.percent for c in told if isinstance(c.percent, Number)]
    if isinstance(percent, Number) and len(others) == len(told):
        percent = msgspec.structs.replace(percent, high=exact_sum(*(p.span().high for p in others)))
    return Combined(lead, shares, percent, open_, "; ".join(filter(None, (open_, doubt))))


def _value(amount: Amount) -> Decimal:
    """The number; below every number where there is none."""
    return amount.value if isinstance(amount, Number) else _UNTOLD


def _nested(top: Cover, told: Sequence[Cover]) -> str | None:
    """Why all the others' shares are among those of the top, in words; None where nothing shows it."""
    sizes = [_value(c.aggregate) for c in told]
    whole = max(sizes)
    inside = {size for size in sizes if _NOTHING < size < whole}
    if not inside and whole and len(told) > 1:
        return "all reporting persons tell the same shares: one position, not added up"
    if not inside:
        return (
            "no reporting person holds any shares" if not whole else f"{quote(top.name)} alone tells a number of shares"
        )
    open_ = _left(whole, inside)
    if not open_:
        return f"the aggregate of {quote(top.name)} is the sum of its parts, which others report again; not added up"
    shared = max(_value(top.shared_vote), _value(top.shared_dispose))
    above = shared in open_ or not _OVER.isdisjoint(top.types) or sizes.count(whole) > 1
    if above and not any(_sole(c) for c, size in zip(told, sizes, strict=True) if size in open_):
        open_ = _left(shared, open_ - {shared})
        if exact_sum(*open_) <= shared:
            return f"the others hold with shared power alone, all within what {quote(top.name)} shares; not added up"
    return None


def _sole(cover: Cover) -> bool:
    """True where the person has power of its own, or the page does not tell."""
    powers = cover.sole_vote, cover.sole_dispose
    return any(not isinstance(p, Number) or p.value != _NOTHING for p in powers)


def _left(whole: Decimal, amounts: set[Decimal]) -> set[Decimal]:
    """The amounts that no sum explains: parts of the whole, parts of its parts, and what such parts add up to in between."""
    left, wholes, inside = set(amounts), [whole], set[Decimal]()
    while wholes:
        parts = _parts(wholes.pop(), sorted(left))
        left.difference_update(parts)
        inside.update(parts)
        wholes += parts
    return {amount for amount in left if not _parts(amount, sorted(inside))} if inside else left


def _parts(whole: Decimal, amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Two or more amounts, all above nothing, that add up to the whole, exactly; none where there are none or too many to try."""
    if not 1 < len(amounts) <= _MOST_PARTS or _sum(amounts) < whole:
        return ()
    tries = (some for size in range(len(amounts), 1, -1) for some in combinations(amounts, size))
    return next((some for some in tries if _sum(some) == whole), ())


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    """`exact_sum` without a context of its own: thousands of sums are tried."""
    return reduce(_EXACT.add, amounts)


def told_twice(covers: Sequence[Cover]) -> Iterator[Problem]:
    """Where figures of the pages do not fit: a percentage above 100, and shares outstanding that differ from page to page."""
    for at, cover in enumerate(covers, 1):
        percent = cover.percent
        if isinstance(percent, Number) and percent.value > _ALL and isinstance(cover.aggregate, Number):
            yield _note(f"cover page {at}", f"{percent.value:f}%", "more than the whole class; kept as filed")
    if len(covers) > 1:
        yield from _bases(covers)


def _bases(covers: Sequence[Cover]) -> Iterator[Problem]:
    """Where no one number of shares outstanding fits the percentages of all pages.

    A person's own rights to shares within 60 days count in its base alone (Rule 13d-3(d)(1)), so this is no error by itself.
    """
    told: dict[tuple[Amount, Amount], Cover] = {}
    for cover in covers:
        told.setdefault((cover.aggregate, cover.percent), cover)
    if len(told) == 1:
        return
    bases = []
    for (shares, percent), cover in told.items():
        if not isinstance(percent, Number) or not isinstance(shares, Number):
            continue
        value, unit = percent.value, percent.unit
        if unit is not None and unit < value <= _ALL:
            whole = shares.value * _ALL
            bases.append((whole / (value + unit), whole / (value - unit), cover))
    if len(bases) > 1 and max(b[0] for b in bases) > min(b[1] for b in bases):
        low, high = min(bases, key=lambda b: b[1]), max(bases, key=lambda b: b[0])
        found = "; ".join(f"{c.name}: {_value(c.aggregate):,f} is {_value(c.percent):f}%" for _, _, c in (low, high))
        yield _note("the cover pages", found, "the percentages are of different numbers of shares; kept as filed")


def _note(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.NOTE, where=where, found=quote(found), message=message)
