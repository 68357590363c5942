"""Notices as evidence: what was traded, at which price, what was held before and after, which level was crossed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from stakeline import market, registry
from stakeline.checks.evidence import Known
from stakeline.model.claims import Claim
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Event, Timeline
from stakeline.registry.counts import share_words
from stakeline.workflows.outside_names import cores
from stakeline.workflows.outside_told import Told, agrees, day_of, unmeant
from stakeline.workflows.readers import cite

RECENT = timedelta(days=60)
"""How far back an event is looked for of which an article names no day. Notices come within days of it."""

_HUNDRED = Interval.exact(100)
_TOTAL = "total"
_BEFORE = frozenset({"stake.before_pct", "stake.before_shares"})
_PERCENT = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})
_KINDS = frozenset(
    (
        "transaction.shares",
        "transaction.avg_price",
        "transaction.price_high",
        "transaction.value",
        "transaction.stake_pct",
        "transaction.pct_of_holding",
        "stake.before_shares",
        "stake.after_shares",
        "stake.change_pp",
        "threshold.crossed",
        *_PERCENT,
    )
)
_TELLING = frozenset(
    {"transaction.shares", "transaction.avg_price", "stake.before_pct", "stake.after_pct", "stake.after_shares"}
)
"""Kinds whose figures tell one event from others."""

One = tuple[Timeline, Entry]


def known(told: Told, claim: Claim, claims: Sequence[Claim], _text: str) -> Iterable[Known] | None:
    """Facts of notices that bear on a claim; None where the claim is of no such kind.

    A notice refutes a claim only where the article surely means its event (`is_meant`); any may bear one out.
    """
    if claim.kind not in _KINDS:
        return None
    if told.of is None or claim.measure == "planned":
        return ()
    found = [(one, list(_facts(told, claim, *one))) for one in _candidates(told, claim, claims)]
    standing = [(one, facts) for one, facts in found if not one[1].withdrawn and facts]
    withdrawn = unmeant(k for (_, entry), facts in found if entry.withdrawn for k in facts)
    agreeing = [facts for _, facts in standing if any(k.same and agrees(claim, k) for k in facts)]
    if agreeing:
        return [*agreeing[0], *withdrawn]
    certain = [facts for one, facts in standing if claim.kind != "stake.pct" and is_meant(told, claim, claims, one)]
    if len(certain) == 1:
        return [*certain[0], *withdrawn]
    return [k for _, facts in standing for k in unmeant(facts) if agrees(claim, k)]


def is_meant(told: Told, claim: Claim, claims: Sequence[Claim], one: One, *, least: int = 1) -> bool:
    """Whether an article surely means an event: it names its day, or tells (`least`) other figures of it rightly."""
    own = [c for c in claims if c.holder == claim.holder and c.found is not claim.found and c.measure != "planned"]
    if claim.kind != "transaction.date":
        named = {c.found.day for c in own if c.kind == "transaction.date"} | {day_of(claim)}
        if one[1].day in named:
            return True
    told_right = {
        c.kind
        for c in own
        if c.kind in _TELLING and c.found.value is not None
        if any(k.same and agrees(c, k) for k in _facts(told, c, *one))
    }
    return len(told_right - {claim.kind}) >= least


def _candidates(told: Told, claim: Claim, claims: Sequence[Claim]) -> list[One]:
    """The notified events that a claim may be of: of its day, else of the day that the article gives the trade, else recent."""
    recent = recent_events(told, claim)
    own = day_of(claim)
    if claim.kind == "stake.pct":
        return [one for one in recent if own is None or one[1].day <= own][-1:]
    if own is not None:
        return [one for one in recent if one[1].day == own]
    named = {c.found.day for c in claims if c.kind == "transaction.date" and c.holder == claim.holder}
    return [one for one in recent if one[1].day in named] or recent


def recent_events(told: Told, claim: Claim) -> list[One]:
    """The events of the claim's holder in the time before the article, oldest first; of its class, where it names one."""
    if told.of is None or not claim.holder:
        return []
    first, last = told.asked.on - RECENT, told.asked.on
    wanted = day_of(claim)
    if wanted is not None:
        first = min(first, wanted)
    timelines = [t for t in _of_holder(told, claim.holder) if t.leg is Leg.LONG]
    ones = [(t, e) for t in timelines for e in t.entries if first <= e.day <= last and not e.balance_only]
    return sorted((one for one in ones if _same_way(claim, one[1])), key=lambda one: (one[1].day, one[1].id))


def _of_holder(told: Told, name: str) -> list[Timeline]:
    """The timelines of the one party that a name means, in this issuer."""
    of_name: dict[str, set[str]] = {}
    for timeline in told.timelines:
        party = timeline.party
        for form in {form for n in (party.name, *party.names, *party.seats) for form in cores(n)}:
            of_name.setdefault(form, set()).add(party.key)
    keys = next((of_name[form] for form in cores(name) if form in of_name), set())
    return [t for t in told.timelines if t.party.key in keys] if len(keys) == 1 else []


def _same_way(claim: Claim, entry: Entry) -> bool:
    """Whether an event may be what the article calls a sale or a purchase."""
    against = {"sell": Direction.ACQUIRE, "buy": Direction.DISPOSE}.get(claim.direction or "")
    return against is None or entry.direction is not against


def _facts(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """What one notice says of a claim."""
    if claim.kind in _PERCENT:
        return _percentages(told, claim, timeline, entry)
    if claim.kind == "transaction.stake_pct":
        return _size_of_trade(told, claim, timeline, entry)
    if claim.kind == "threshold.crossed":
        return _levels(told, claim, timeline, entry)
    figure, of = _SIMPLE[claim.kind](told, timeline, entry)
    if figure is None or (claim.found.unit == "currency" and figure.currency != claim.found.currency):
        return ()
    words = f"{of}, by the notice of {entry.day}" + (" that was withdrawn or replaced" if entry.withdrawn else "")
    return told.known(figure, words, as_of=entry.day.isoformat())


def _percentages(told: Told, claim: Claim, timeline: Timeline, entry: Entry) -> Iterable[Known]:
    """The stake as filed, of its class, and worked out, of the company.

    Where the article names no base and the issuer has several classes, "of the class" is what it leaves out.
    """
    stake = entry.before if claim.kind in _BEFORE else entry.after
    own = timeline.security.share_class
    bases = registry.bases(told.facts, timeline.security, entry.day, cite, issued=entry.issued, within=told.issuer)
    filed = stake.percent or registry.on_base(stake, Base.CLASS, bases)
    company = entry.company_before if claim.kind in _BEFORE else entry.company_after
    company = company or registry.on_base(stake, Base.COMPANY, bases)
    words = share_words(own, told.issuer.classes)
    several = own is not None and len(set(told.issuer.classes) | {own}) > 1
    when = f", {'before' if claim.kind in _BEFORE else 'after'} the event of {entry.day}"
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
    wanted = {"below": "down", "above": "up"}.get(claim.direction or "")
    events: Iterable[Event] = told.of.events([timeline])
    for event in events:
        if event.entry.id != entry.id or (wanted and event.direction != wanted):
            continue
        for crossing in (c for c in event.crossings if c.law and c.certain):
            for level in crossing.crossed:
                if claim.found.number == level:
                    figure = _level(level, crossing.before, crossing.after)
                    words = share_words(timeline.security.share_class, told.issuer.classes)
                    of = f"the level of the {words} that was crossed on {entry.day}"
                    yield from told.known(figure, of, share_class=timeline.security.share_class)


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
