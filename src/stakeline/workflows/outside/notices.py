"""What one notice says of a claim: the trade, its price, what was held before and after, the level that was crossed."""

from collections.abc import Callable, Iterable

from stakeline import market, registry
from stakeline.checks.evidence import Known
from stakeline.model.claims import Claim
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Stake, Timeline
from stakeline.registry.counts import share_words
from stakeline.workflows.outside.told import (
    Told,
    agreeing,
    in_currency,
    in_other_currency,
    other_currency,
    percent_of,
    unmeant,
)
from stakeline.workflows.readers import cite

BEFORE = frozenset({"stake.before_pct", "stake.before_shares"})
PERCENT = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})
COUNTS = frozenset({"transaction.shares", "stake.before_shares", "stake.after_shares"})
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
    amount = claim.found.unit == "currency"
    other = other_currency(claim, figure) if amount else None
    if amount and not in_currency(figure, claim) and other is None:
        return ()
    words = f"{of}, by the notice of {entry.day}" + (" that was withdrawn or replaced" if entry.withdrawn else "")
    facts = told.known(figure, words, as_of=entry.day.isoformat())
    return in_other_currency(facts, other) if other is not None else facts


def _percentages(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """The stake as filed, of its class, and worked out, of the company.

    Where the article names no base and the issuer has several classes, "of the class" is what it leaves out.
    """
    before = claim.kind in BEFORE
    stake, company = (entry.before, entry.company_before) if before else (entry.after, entry.company_after)
    own = timeline.security.share_class
    bases = _bases(told, timeline, entry)
    filed = stake.percent or registry.on_base(stake, Base.CLASS, bases)
    company = company or registry.on_base(stake, Base.COMPANY, bases)
    words = share_words(own, told.issuer.classes)
    several = own is not None and len(set(told.issuer.classes) | {own}) > 1
    when = f", {'before' if before else 'after'} the event of {entry.day}"
    named = claim.share_class
    of_class = told.known(filed, f"the share of the {words}{when}", share_class=own, as_of=entry.day.isoformat())
    of_all = told.known(company, f"the share of all shares{when}", share_class=_TOTAL, as_of=entry.day.isoformat())
    if named == _TOTAL:
        return [*of_all, *(unmeant(of_class) if several else of_class)]
    if named is not None and named != own:
        return unmeant([*of_class, *of_all])
    if named is None and several and agreeing(claim, of_all):
        return of_all  # "its stake in the company"
    if named is None and several and agreeing(claim, of_class):
        return [*of_all, *unmeant(of_class)]
    return [*of_class, *(unmeant(of_all) if several else [])]


def _size_of_trade(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    bases, own = _bases(told, timeline, entry), timeline.security.share_class
    words = share_words(own, told.issuer.classes)
    for count, name, of in ((bases.class_count, own, f"the {words}"), (bases.company_count, _TOTAL, "all shares")):
        figure = _share(entry.moved, count, of)
        same = claim.share_class in {None, name} and (name == own or claim.share_class == _TOTAL)
        yield from told.known(figure, f"the trade of {entry.day} as a share of {of}", share_class=name, same=same)


def _levels(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """The level of the law that the event crossed, if it is the claim's."""
    events = told.of.events([timeline]) if told.of is not None else ()
    own = timeline.security.share_class
    of = f"the level of the {share_words(own, told.issuer.classes)} that was crossed on {entry.day}"
    for event in (e for e in events if e.entry.id == entry.id):
        way = {"down": "below", "up": "above"}.get(event.direction or "")
        for crossing in (c for c in event.crossings if c.law and c.certain):
            for level in (level for level in crossing.crossed if level == claim.found.number):
                figure = _level(level, crossing.before, crossing.after)
                yield from told.known(figure, of, share_class=own, direction=way)


def _level(level: int, before: Figure, after: Figure) -> Figure:
    return derive(
        "a whole percentage from the level before to the level after",
        (before, after),
        Interval.exact(level),
        unit="pct",
        basis="percentage level",
    )


def _paid(entry: Entry) -> tuple[Figure | None, str]:
    if entry.value is not None:
        return entry.value, "the sum"
    if entry.moved is None or entry.price is None or entry.price.currency is None or entry.other_price is not None:
        return None, ""
    return market.proceeds(entry.moved, entry.price), "shares times the average price"


def _held(told: Told, timeline: Timeline, entry: Entry, stake: Stake) -> Figure | None:
    return registry.shares_of(stake, _bases(told, timeline, entry).class_count)


def _bases(told: Told, timeline: Timeline, entry: Entry) -> registry.Bases:
    return registry.bases(told.facts, timeline.security, entry.day, cite, issued=entry.issued, within=told.issuer)


def _points(entry: Entry) -> Figure | None:
    before, after = entry.before.percent, entry.after.percent
    if before is None or after is None:
        return None
    change = after.bounds() - before.bounds()
    return derive("after - before", (after, before), change, unit="pp", basis="of the class")


def _share(part: Figure | None, whole: Figure | None, of: str) -> Figure | None:
    if part is None or whole is None or whole.bounds().low <= 0:
        return None
    return percent_of(part, whole, f"percent of {of}", part.day)


_SIMPLE: dict[str, Callable[[Told, Timeline, Entry], tuple[Figure | None, str]]] = {
    "transaction.shares": lambda _told, _of, e: (e.moved, "the number of shares"),
    "transaction.avg_price": lambda _told, _of, e: (e.price, "the average price"),
    "transaction.price_high": lambda _told, _of, e: (e.highest, "the highest price paid"),
    "transaction.value": lambda _told, _of, e: _paid(e),
    "transaction.pct_of_holding": lambda _told, _of, e: (
        _share(e.moved, e.before.shares, "the holding before"),
        "the trade as a share of the holding",
    ),
    "stake.before_shares": lambda told, of, e: (_held(told, of, e, e.before), "the holding before"),
    "stake.after_shares": lambda told, of, e: (_held(told, of, e, e.after), "the holding after"),
    "stake.change_pp": lambda _told, _of, e: (_points(e), "the change in percentage points"),
}
"""By kind of claim: the figure of an event, and what it is."""
