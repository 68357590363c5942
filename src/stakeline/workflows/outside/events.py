"""The notified events that an article tells of: those of a holder in the time before it, and which of them is surely meant."""

from collections.abc import Sequence
from datetime import date, timedelta

from stakeline.checks.evidence import exactly
from stakeline.model.claims import Claim
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Entry, Timeline
from stakeline.workflows.outside.names import of_holder
from stakeline.workflows.outside.notices import facts_of
from stakeline.workflows.outside.told import Told, day_of

RECENT = timedelta(days=60)
"""How far back an event is looked for of which an article names no day. Notices come within days of it."""

_TELLING = frozenset(
    {"transaction.shares", "transaction.avg_price", "stake.before_pct", "stake.after_pct", "stake.after_shares"}
)
"""Kinds whose figures tell one event from others."""
_SEVERAL = 2
"""Figures that must be right of an event before the article is taken to tell it under another day."""

One = tuple[Timeline, Entry]


def is_meant(told: Told, claim: Claim, claims: Sequence[Claim], one: One, *, least: int = 1) -> bool:
    """Whether an article surely means an event: it names its day, or tells (`least`) other figures of it rightly."""
    if claim.kind != "transaction.date" and one[1].day in named_days(claim, claims) | {day_of(claim)}:
        return True
    return len(told_right(told, claim, claims, one) - {claim.kind}) >= least


def named_days(claim: Claim, claims: Sequence[Claim]) -> set[date | None]:
    """The days that the article gives trades of a claim's holder."""
    return {c.found.day for c in claims if c.kind == "transaction.date" and c.holder == claim.holder}


def told_right(told: Told, claim: Claim, claims: Sequence[Claim], one: One) -> set[str]:
    """The kinds of the article's other figures on a holder that are right of an event."""
    own = [c for c in claims if c.holder == claim.holder and c.found is not claim.found and c.measure != "planned"]
    telling = [c for c in own if c.kind in _TELLING and c.found.value is not None]
    return {c.kind for c in telling if any(k.same and exactly(c, k) for k in facts_of(told, c, *one))}


def misdated(told: Told, claim: Claim, claims: Sequence[Claim], one: One) -> One | None:
    """The event that an article tells under the day of another: several figures are right of it, and none of the one of that day."""
    named = {c.found.day for c in claims} | {day_of(claim), one[1].day}
    if told_right(told, claim, claims, one):
        return None
    others = [o for o in recent_events(told, claim) if o[1].day not in named and not o[1].withdrawn]
    right = [o for o in others if len(told_right(told, claim, claims, o)) >= _SEVERAL]
    return right[0] if len(right) == 1 else None


def candidates(told: Told, claim: Claim, claims: Sequence[Claim]) -> list[One]:
    """The notified events that a claim may be of: of its day, else of the day that the article gives the trade, else recent."""
    recent = recent_events(told, claim)
    own = day_of(claim)
    if claim.kind == "stake.pct":
        return [one for one in recent if own is None or one[1].day <= own][-1:]
    if own is not None:
        return [one for one in recent if one[1].day == own]
    named = named_days(claim, claims)
    return [one for one in recent if one[1].day in named] or recent


def recent_events(told: Told, claim: Claim) -> list[One]:
    """The events of the claim's holder in the time before the article, oldest first; of its class, where it names one."""
    if told.of is None or not claim.holder:
        return []
    first, last = told.asked.on - RECENT, told.asked.on
    first = min(first, day_of(claim) or first)
    ones = [one for one in trades(told, claim.holder) if first <= one[1].day <= last and _same_way(claim, one[1])]
    return sorted(ones, key=lambda one: (one[1].day, one[1].id))


def trades(told: Told, holder: str) -> list[One]:
    """All events of a holder's long position, which is what articles tell of."""
    timelines = [t for t in of_holder(told, holder) if t.leg is Leg.LONG]
    return [(t, e) for t in timelines for e in t.entries if not e.balance_only]


def _same_way(claim: Claim, entry: Entry) -> bool:
    """Whether an event may be what the article calls a sale or a purchase."""
    against = {"sell": Direction.ACQUIRE, "buy": Direction.DISPOSE}.get(claim.direction or "")
    return against is None or entry.direction is not against
