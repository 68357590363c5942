"""Purchases by insiders: the first that is known of one of them, and several of them within days.

An insider here is whoever files under a duty without a lowest level (a director, an officer ...): every purchase is notified, so
that a purchase among earlier notices without one means something. Grants, exercises and the like are no purchases.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from stakeline.events.naming import named
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Cause, Entry, Event, EventKind, Timeline

WITHIN = timedelta(days=7)
"""From the first to the last purchase of a cluster: our choice, for no rule defines one."""
_LEAST = 2
"""Insiders of a cluster."""


def insiders(timelines: Sequence[Timeline], found: Iterable[Event]) -> Iterator[Event]:
    """First purchases and clusters of purchases in one issuer. found: the events of its timelines."""
    bought = sorted((e for e in found if _purchase(e)), key=lambda e: (e.day, e.id))
    yield from _first(timelines, bought)
    yield from _clusters(bought)


def _purchase(event: Event) -> bool:
    """True for shares that an insider chose to buy."""
    entry = event.entry
    notified = event.kind in {EventKind.TRADE, EventKind.CROSSING, EventKind.ENTRY}
    return notified and entry.any_size and event.leg is Leg.LONG and _chosen(event)


def _chosen(event: Event) -> bool:
    return event.cause is Cause.TRADE and event.entry.direction is Direction.ACQUIRE


def _first(timelines: Sequence[Timeline], bought: Sequence[Event]) -> Iterator[Event]:
    """The first purchase known of each insider, where earlier notices of theirs are known that tell of none."""
    notices: dict[str, list[Entry]] = defaultdict(list)
    for timeline in timelines:
        notices[timeline.party.key] += [e for e in timeline.entries if not e.withdrawn]
    seen: set[str] = set()
    for event in bought:
        if event.party.key in seen:
            continue
        seen.add(event.party.key)
        earlier = [e for e in notices[event.party.key] if e.day < event.day and _filing(e) != _filing(event.entry)]
        if earlier:
            many = len({_filing(e) for e in earlier})
            since = min(e.day for e in earlier)
            told = f"{many} earlier notice{'' if many == 1 else 's'} known, since {since},"
            note = f"the first purchase known: {told} tell{'s' if many == 1 else ''} of none"
            yield replace(_of(event, EventKind.FIRST_PURCHASE, [event]), note=note)


def _clusters(bought: Sequence[Event]) -> Iterator[Event]:
    """Purchases of several insiders within days, each purchase in one cluster at most; told of the last of them."""
    at = 0
    while at < len(bought):
        near = bought[at : bisect_right(bought, bought[at].day + WITHIN, lo=at, key=lambda e: e.day)]
        buyers = _apart(near)
        if len(buyers) < _LEAST:
            at += 1
            continue
        at += len(near)
        who = "; ".join(f"{e.party.name} on {e.day} ({_filing(e.entry)})" for e in buyers)
        note = f"{len(buyers)} insiders bought within {WITHIN.days} days: {who}; what they bought is not added up"
        yield replace(_of(buyers[-1], EventKind.CLUSTER, buyers), note=note)


def _apart(near: Sequence[Event]) -> list[Event]:
    """One purchase of each insider. Who reports together, or tells the very same figures, tells the same purchase."""
    found: list[Event] = []
    for event in near:
        if not any(_same(event, other) for other in found):
            found.append(event)
    return found


def _same(one: Event, other: Event) -> bool:
    together = one.party.key == other.party.key or not set(one.entry.seats).isdisjoint(other.entry.seats)
    return together or _figures(one.entry) == _figures(other.entry)


def _figures(entry: Entry) -> tuple[object, ...]:
    return entry.day, *(f and f.number for f in (entry.moved, entry.price, entry.after.shares))


def _filing(entry: Entry) -> str:
    """The name of the filing that an event is of."""
    return entry.id.partition("#")[0]


def _of(event: Event, kind: EventKind, among: Sequence[Event]) -> Event:
    """An event beside the last purchase that it rests on; known when all are."""
    known = [e.known_from for e in among if e.known_from is not None]
    renamed = named(kind, event.party, event.security, event.leg, event.entry, ">".join(e.id for e in among))
    return replace(event, id=renamed, kind=kind, known_from=max(known, default=None), law=None, crossings=(), note=None)
