"""The brief of an event: everything known around it gathered, told, and remembered for `why`."""

import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from stakeline import market, regimes, registry, results
from stakeline.briefs import compose, explain, tree
from stakeline.ledger import Ledger, Names
from stakeline.model.briefs import Brief
from stakeline.model.context import Context, Prices, Worth
from stakeline.model.errors import StakelineError, UnknownName, UsageError
from stakeline.model.figures import Figure, Place
from stakeline.model.notices import Leg, Status
from stakeline.model.stakes import Entry, Event, EventKind, Issuer, Timeline
from stakeline.workflows import knowledge, printed, quarters
from stakeline.workflows.knowledge import Asked, Knowledge
from stakeline.workflows.readers import cite, literal

BRACKET = "USD"
"""The currency put in brackets behind amounts in another."""

_TOLD = (EventKind.CHANGE, EventKind.TRADE, EventKind.CROSSING, EventKind.ENTRY, EventKind.EXIT)
"""What an issuer's latest event can be, of one day and leg the last of these (`_leads`); gaps and doubts are told beside one. A withdrawn
notice is the latest event only where nothing else is known."""
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_ASIDE = (EventKind.MISMATCH, EventKind.SUSPECT, EventKind.LATE, EventKind.FIRST_PURCHASE, EventKind.CLUSTER)


def brief(
    ledger: Ledger,
    subject: str,
    *,
    on: str | None = None,
    known: str | None = None,
    unkept: Callable[[OSError], None] | None = None,
) -> Brief:
    """The story of an event by its id, or of the latest event known of an issuer.

    unkept: told where the brief could not be kept beside the ledger, so that `why` will not know its footnotes (a folder
    that cannot be written); without it that is a warning. UnknownName where there is no such event, or the issuer had none
    known then.
    """
    names = ledger.names()
    told, event = _event(ledger, subject, names, on, known)
    made = compose(
        event,
        gap=_gap_before(told, event),
        issuer=told.issuer,
        context=context(told, event),
        regime=told.regime,
        on=told.asked.on,
        known=told.asked.known,
        zone=told.regime.zone,
        beside=_beside(told, event),
        replaced=_replaced(told, event),
    )
    try:
        printed.keep(ledger.folder, made)
    except OSError as error:
        if unkept is None:
            warnings.warn(f"the footnotes of this brief are not remembered: {error}", RuntimeWarning, stacklevel=2)
        else:
            unkept(error)
    return made


def context(told: Knowledge, event: Event) -> Context:
    """What was known around an event: counts, prices, worth, results and peers."""
    own = [r for r in told.facts if r.body.subject == told.issuer.subject]
    counts = told.counts(event.security.share_class)
    prices = market.prices(own, cite, event_day=event.day, on=told.asked.on)
    last = date.fromisoformat(prices.last_close.day) if prices.last_close and prices.last_close.day else told.asked.on
    return Context(
        class_count=event.entry.issued or counts.of_class(event.day),
        company_count=counts.company(event.day),
        prices=prices,
        proceeds=_proceeds(told, event),
        market_value=_market_value(told, prices, counts.company(last), last),
        results=results.results(own, cite, told.asked.on),
        peers=results.peers(told.facts, cite, told.asked.on),
    )


def why(ledger: Ledger | None, figure_id: str, file: str | None = None) -> tuple[Figure, str]:
    """A figure of a printed brief and its explanation, with what stands literally at each place it was read.

    figure_id: also the cite of a row of a portfolio ("7443f3a7e1c8#2"), as `show` prints it.
    file: a brief written as JSON; else the briefs made from the ledger are searched. Moments are told in the zone of the brief's market.
    """
    if file:
        figure, zone = printed.find_in(file, figure_id)
    elif ledger is not None:
        figure, zone = quarters.cited(ledger, figure_id) or printed.find(ledger.folder, figure_id)
    else:
        raise UsageError("name a ledger, or a brief with --in FILE.json")
    return figure, explain(figure, lambda place: _literal(ledger, place), zone=zone)


def literals(ledger: Ledger | None, figure: Figure) -> dict[str, str]:
    """What stands literally at each place where a figure, or one that it was computed from, was read: locator -> text.

    Where two documents have the same locator, the later one's begins with its document. Places that cannot be shown are
    missing.
    """
    found: dict[str, str] = {}
    places = {(p.document, p.locator): p for f in tree(figure) for p in f.places}
    for (document, locator), place in places.items():
        text = _literal(ledger, place)
        if text is not None:
            found[locator if locator not in found else f"{document}, {locator}"] = text
    return found


def _event(ledger: Ledger, subject: str, names: Names, on: str | None, known: str | None) -> tuple[Knowledge, Event]:
    issuers = knowledge.issuers(names)
    subject = knowledge.called(ledger, subject, names)
    try:
        issuer = registry.find(subject, issuers)
    except UnknownName:
        found = next(_by_id(ledger, subject, names, on, known), None)
        if found is None:
            raise
        return found
    told = knowledge.about(ledger, issuer, _clocks(issuer, on, known), names)
    found_events = told.events()
    events = [e for e in found_events if e.kind in _TOLD]
    events = events or [e for e in found_events if e.kind is EventKind.WITHDRAWN]
    if not events:
        raise UnknownName(f"no event of {issuer.name} was known by {told.asked.known:%Y-%m-%d %H:%M} UTC")
    return told, max(events, key=_leads)


def _leads(event: Event) -> tuple[date, bool, bool, int, datetime, str]:
    """Sorts the event that a brief leads with last.

    Of the last day, a leg that has an event line or crossed something (a total told beside it moved nothing); of these the
    long leg, then the kind furthest down in `_TOLD`, then what became known last, then by id.
    """
    entry = event.entry
    happened = event.kind is not EventKind.CHANGE or any(f is not None for f in (entry.code, entry.told, entry.moved))
    kind = (EventKind.WITHDRAWN, *_TOLD).index(event.kind)
    return event.day, happened, event.leg is Leg.LONG, kind, event.known_from or _EARLIEST, event.id


def _by_id(
    ledger: Ledger, event_id: str, names: Names, on: str | None, known: str | None
) -> Iterator[tuple[Knowledge, Event]]:
    if not event_id.startswith("e"):
        return
    for issuer in knowledge.issuers(names):
        told = knowledge.about(ledger, issuer, _clocks(issuer, on, known), names)
        for event in told.events():
            if event.id == event_id:
                yield told, event


def _clocks(issuer: Issuer, on: str | None, known: str | None) -> Asked:
    return knowledge.asked(on, known, regimes.regime(registry.regime_part(issuer.subject)).zone)


def _gap_before(told: Knowledge, event: Event) -> Event | None:
    """The gap that ends with the event's notice: across notices without totals where there is one."""
    gaps = [
        e for e in told.events(_own(told, event)) if e.kind is EventKind.GAP and e.gap and e.gap.last == event.entry.id
    ]
    bounded = [e for e in gaps if e.gap and e.gap.net is not None]
    return next(reversed(bounded or gaps), None)


def _own(told: Knowledge, event: Event) -> list[Timeline]:
    """The timeline that the event is of."""
    return [
        t for t in told.timelines if (t.party.key, t.security, t.leg) == (event.party.key, event.security, event.leg)
    ]


def _beside(told: Knowledge, event: Event) -> tuple[Event, ...]:
    """What is said besides of the notice that the event rests on: what is odd, that it was late, how it stands among purchases."""
    same = event.party.key, event.security, event.leg, event.entry.id
    return tuple(
        e
        for e in told.events()
        if e.kind in _ASIDE and (e.party.key, e.security, e.leg, e.entry.id) == same and e.id != event.id
    )


def _replaced(told: Knowledge, event: Event) -> tuple[Entry, ...]:
    """The notices that an amendment stands in the place of, where they are known."""
    wanted = set(event.entry.related) if event.entry.status is Status.AMENDMENT else set()
    entries = [e for t in told.timelines if t.leg is event.leg for e in t.entries]
    return tuple(e for e in entries if e.withdrawn and wanted & {e.id, *e.serials})


def _proceeds(told: Knowledge, event: Event) -> Worth | None:
    entry = event.entry
    if entry.moved is None or entry.price is None or entry.price.currency is None:
        return None
    if entry.other_price is not None:  # the shares are of both prices together
        return None
    amount = market.proceeds(entry.moved, entry.price)
    return market.worth(amount, BRACKET, on=event.day, known=told.asked.known, rows=told.facts, cite=cite)


def _market_value(told: Knowledge, prices: Prices, count: Figure | None, day: date) -> Worth | None:
    if prices.last_close is None or count is None:
        return None
    amount = market.market_value(prices.last_close, count)
    return market.worth(amount, BRACKET, on=day, known=told.asked.known, rows=told.facts, cite=cite)


def _literal(ledger: Ledger | None, place: Place) -> str | None:
    """What stands at a place in the archive; None where the document is not ours to show (a package's table)."""
    if ledger is None:
        return None
    try:
        return literal(ledger.document(place.document), place)
    except StakelineError:
        return None
