"""What one notice says of a claim: the trade, its price, what was held before and after, the level that was crossed."""

from collections.abc import Callable, Iterable

from stakeline import market, registry
from stakeline.checks.evidence import Known
from stakeline.model.claims import Claim
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Event, Timeline
from stakeline.registry.counts import share_words
from stakeline.workflows.outside_told import Told, agrees, in_other_currency, other_currency, unmeant
from stakeline.workflows.readers import cite

BEFORE = frozenset({"stake.before_pct", "stake.before_shares"})
PERCENT = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})
COUNTS = frozenset({"transaction.shares", "stake.before_shares", "stake.after_shares"})
_HUNDRED = Interval.exact(100)
_TOTAL = "total"


def facts_of(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """What one notice says of a claim."""
    if claim.kind in PERCENT:
        return _percentages(told, claim, timeline, entry)
    if claim.kind == "transaction.stake_pct":
        return _size_of_trade(told, claim, timeline, entry)
    if claim.kind == "threshold.crossed":
        return _levels(told, claim, timeline, entry)
    figure, of = _SIMPLE[claim.kind](told, timeline, entry)
    if figure is None:
        return ()
    other = other_currency(claim, figure) if claim.found.unit == "currency" else None
    if claim.found.unit == "currency" and figure.currency != claim.found.currency and other is None:
        return ()
    words = f"{of}, by the notice of {entry.day}" + (" that was withdrawn or replaced" if entry.withdrawn else "")
    facts = told.known(figure, words, as_of=entry.day.isoformat())
    return in_other_currency(facts, other) if other is not None else facts


def _percentages(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """The stake as filed, of its class, and worked out, of the company.

    Where the article names no base and the issuer has several classes, "of the class" is what it leaves out.
    """
    stake = entry.before if claim.kind in BEFORE else entry.after
    own = timeline.security.share_class
    bases = registry.bases(told.facts, timeline.security, entry.day, cite, issued=entry.issued, within=told.issuer)
    filed = stake.percent or registry.on_base(stake, Base.CLASS, bases)
    company = entry.company_before if claim.kind in BEFORE else entry.company_after
    company = company or registry.on_base(stake, Base.COMPANY, bases)
    words = share_words(own, told.issuer.classes)
    several = own is not None and len(set(told.issuer.classes) | {own}) > 1
    when = f", {'before' if claim.kind in BEFORE else 'after'} the event of {entry.day}"
    named = claim.share_class
    of_class = told.known(filed, f"the share of the {words}{when}", share_class=own, as_of=entry.day.isoformat())
    of_all = told.known(company, f"the share of all shares{when}", share_class=_TOTAL, as_of=entry.day.isoformat())
    if named == _TOTAL:
        return [*of_all, *(unmeant(of_class) if several else of_class)]
    if named is not None and named != own:
        return unmeant([*of_class, *of_all])
    if named is None and several and any(agrees(claim, k) for k in of_all):
        return of_all  # "its stake in the company"
    if named is None and several and any(agrees(claim, k) for k in of_class):
        return [*of_all, *unmeant(of_class)]
    return [*of_class, *(unmeant(of_all) if several else [])]


def _size_of_trade(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    bases = registry.bases(told.facts, timeline.security, entry.day, cite, issued=entry.issued, within=told.issuer)
    own = timeline.security.share_class
    words = share_words(own, told.issuer.classes)
    for count, name, of in ((bases.class_count, own, f"the {words}"), (bases.company_count, _TOTAL, "all shares")):
        figure = _quotient(entry.moved, count, f"percent of {of}")
        same = claim.share_class in {None, name} and (name == own or claim.share_class == _TOTAL)
        yield from told.known(figure, f"the trade of {entry.day} as a share of {of}", share_class=name, same=same)


def _levels(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """The level of the law that the event crossed, if it is the claim's."""
    if told.of is None:
        return
    events: Iterable[Event] = told.of.events([timeline])
    for event in events:
        if event.entry.id != entry.id:
            continue
        way = {"down": "below", "up": "above"}.get(event.direction or "")
        for crossing in (c for c in event.crossings if c.law and c.certain):
            for level in crossing.crossed:
                if claim.found.number == level:
                    figure = _level(level, crossing.before, crossing.after)
                    words = share_words(timeline.security.share_class, told.issuer.classes)
                    of = f"the level of the {words} that was crossed on {entry.day}"
                    yield from told.known(figure, of, share_class=timeline.security.share_class, direction=way)


def _level(level: int, before: Figure, after: Figure) -> Figure:
    return derive(
        "a whole percentage from the level before to the level after",
        (before, after),
        Interval.exact(level),
        unit="pct",
        basis="percentage level",
    )


def _moved(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    return entry.moved, "the number of shares"


def _price(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    return entry.price, "the average price"


def _highest(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    return entry.highest, "the highest price paid"


def _paid(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    if entry.value is not None:
        return entry.value, "the sum"
    whole = entry.moved is not None and entry.price is not None and entry.other_price is None
    if not whole or entry.moved is None or entry.price is None or entry.price.currency is None:
        return None, ""
    return market.proceeds(entry.moved, entry.price), "shares times the average price"


def _of_holding(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    figure = _quotient(entry.moved, entry.before.shares, "percent of the holding before")
    return figure, "the trade as a share of the holding"


def _before(told: Told, timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    return _held(told, timeline, entry, after=False), "the holding before"


def _after(told: Told, timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    return _held(told, timeline, entry, after=True), "the holding after"


def _held(told: Told, timeline: Timeline, entry: Entry, *, after: bool) -> Figure | None:
    bases = registry.bases(told.facts, timeline.security, entry.day, cite, issued=entry.issued, within=told.issuer)
    return registry.shares_of(entry.after if after else entry.before, bases.class_count)


def _points(_told: Told, _timeline: Timeline, entry: Entry) -> tuple[Figure | None, str]:
    before, after = entry.before.percent, entry.after.percent
    if before is None or after is None:
        return None, ""
    change = derive(
        "after - before", (after, before), after.bounds() - before.bounds(), unit="pp", basis="of the class"
    )
    return change, "the change in percentage points"


def _quotient(part: Figure | None, whole: Figure | None, basis: str) -> Figure | None:
    if part is None or whole is None or whole.bounds().low <= 0:
        return None
    bounds = part.bounds() / whole.bounds() * _HUNDRED
    return derive("part / whole", (part, whole), bounds, unit="pct", basis=basis, day=part.day)


_SIMPLE: dict[str, Callable[[Told, Timeline, Entry], tuple[Figure | None, str]]] = {
    "transaction.shares": _moved,
    "transaction.avg_price": _price,
    "transaction.price_high": _highest,
    "transaction.value": _paid,
    "transaction.pct_of_holding": _of_holding,
    "stake.before_shares": _before,
    "stake.after_shares": _after,
    "stake.change_pp": _points,
}
