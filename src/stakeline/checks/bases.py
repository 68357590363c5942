"""Of which shares a percentage is, where the article does not say: told by a level that the trade crossed on one base alone.

"Below 9%", 80 million shares sold, 8.74% left: with 25,979 million shares of its class the holding was 9.05% before and crossed
the level; with all 33,507 million shares of the company it was 8.98%, and there was nothing to cross. Counts of shares come
from outside; no other word on the trade is needed.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from stakeline.checks.evidence import Known
from stakeline.checks.relations.fit import printed
from stakeline.model.claims import Claim, Ruling, Severity, Verdict
from stakeline.model.numbers import Interval

_AFTER = frozenset({"stake.after_pct", "stake.pct"})
_HUNDRED = Interval.exact(100)
_CENT = Decimal("0.01")

Counts = Callable[[Claim], Sequence[Known]]
"""Shares in issue known of a claim's issuer, by class and in all ("total")."""


class _Case(NamedTuple):
    """A holding after a trade, the trade, and the level that it is said to have crossed; by index of their rulings."""

    after: int
    shares: int
    level: int


def with_bases(rulings: Sequence[Ruling], counts: Counts) -> tuple[Ruling, ...]:
    """The rulings, with those on a percentage and its level settled where exactly one base can be meant."""
    told = list(rulings)
    case = _case(told)
    if case is None:
        return tuple(told)
    after, shares, level = (told[i].claim for i in case)
    fitting: list[tuple[Known, Interval]] = []
    others: list[tuple[Known, Interval]] = []
    for count in counts(after):
        before = _before(after, shares, count)
        crossed = before is not None and _crossed(after, before, level)
        if before is None or crossed is None:
            return tuple(told)
        (fitting if crossed else others).append((count, before))
    if len(fitting) == 1 and others:
        _settle(told, case, fitting[0], others)
    return tuple(told)


def _case(rulings: Sequence[Ruling]) -> _Case | None:
    """The one holding, trade and level of the article that belong together; None where there are none, or several."""
    found = []
    for wanted in (_AFTER, {"transaction.shares"}, {"threshold.crossed"}):
        some = [i for i, r in enumerate(rulings) if r.claim.kind in wanted and not r.finding]
        if len({rulings[i].claim.found.value for i in some}) != 1:
            return None
        found.append(some[0])
    claims = [rulings[i].claim for i in found]
    one = len({c.issuer for c in claims if c.issuer}) == 1
    holders = {c.holder for c in claims[:2] if c.holder}  # a headline that names the level often names nobody
    told = claims[1].direction in {"buy", "sell"} and claims[2].direction in {"above", "below"}
    open_ = rulings[found[0]].verdict is Verdict.NOT_CHECKABLE
    return _Case(*found) if one and len(holders) <= 1 and told and open_ else None


def _before(after: Claim, shares: Claim, count: Known) -> Interval | None:
    """The holding before the trade, in percent of a count."""
    if count.value.low <= 0:
        return None
    part = printed(shares.found) / count.value * _HUNDRED
    held = printed(after.found)
    return held + part if shares.direction == "sell" else held - part


def _crossed(after: Claim, before: Interval, level: Claim) -> bool | None:
    """Whether the level lies between before and after the way the article says; None where rounding leaves it open."""
    line, now = level.found.number, printed(after.found)
    if level.direction == "below":
        return None if now.high >= line or before.low < line <= before.high else before.low >= line
    return None if now.low < line or before.low < line <= before.high else before.high < line


def _settle(
    told: list[Ruling], case: _Case, base: tuple[Known, Interval], others: Sequence[tuple[Known, Interval]]
) -> None:
    count, before = base
    after, shares, level = (told[i].claim for i in case)
    sign = "+" if shares.direction == "sell" else "-"
    stated = after.found.text
    working = f"{stated} {sign} {shares.found.text} / {_count(count)} = {_percent(before)} before"
    against = "; ".join(f"{c.of}: {_percent(b)} before" for c, b in others)
    line = f"{level.found.number:f}%"
    reason = (
        f"Of {_name(count)} alone the trade crosses the {line} level ({_percent(before)} before it); not of {against}."
    )
    named = after.share_class is not None and after.share_class == count.share_class
    sources = tuple(dict.fromkeys((count.source, *(c.source for c, _ in others))))
    told[case.after] = msgspec.structs.replace(
        told[case.after],
        verdict=Verdict.SUPPORTED,
        severity=None if named else Severity.IMPRECISE,
        basis="outside_constant",
        recomputed=after.found.bounds(),
        reason=reason if named else f"It is right of {_name(count)}, which the article does not say. {reason}",
        working=working,
        sources=sources,
        correction=None if named else f"{stated} of {_name(count)}" if after.found.lang == "en" else None,
    )
    if told[case.level].verdict is Verdict.NOT_CHECKABLE:
        told[case.level] = msgspec.structs.replace(
            told[case.level],
            verdict=Verdict.SUPPORTED,
            basis="outside_constant",
            recomputed=f"crossed {'downwards' if level.direction == 'below' else 'upwards'}",
            reason=reason,
            working=working,
            sources=sources,
        )


def _name(count: Known) -> str:
    return "all shares" if count.share_class == "total" else f"the {_class(count.share_class)} shares"


def _class(share_class: str | None) -> str:
    return f"Class {share_class}" if share_class in {"A", "B", "C"} else share_class or ""


def _count(count: Known) -> str:
    return f"{count.value.middle:,.0f}"


def _percent(span: Interval) -> str:
    low, high = span.low.quantize(_CENT), span.high.quantize(_CENT)
    return f"{low}%" if low == high else f"{low}% to {high}%"
